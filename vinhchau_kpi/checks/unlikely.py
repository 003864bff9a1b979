"""Figures that are possible and should be looked at: jumps, far from the target, a rate that falls to 0."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from math import lcm
from operator import mul

from vinhchau_kpi import rules
from vinhchau_kpi.checks.magnitude import magnitudes
from vinhchau_kpi.checks.running import Total, running_totals
from vinhchau_kpi.checks.series import Given, median, rounded, series
from vinhchau_kpi.figure import Figure, Stretch
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.ledger import NOTHING, SCALE, SHIFT, Column
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.plan import Indicator, Plan

HIGH_RATE = 50
"""A rate (%) from which a fall to 0 is doubted."""
LOW_PERCENT = 5
"""A percent that may well be below 1 next year."""
LEAST = 1 << SHIFT
"""The least packed number above 0."""


def unlikely(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """What should be looked at in the figures of each area, and of the town."""
    columns = known.columns(indicator.code)
    if columns is not None:
        yield from _by_columns(plan, known, indicator, columns)
        return
    by_area: dict[str | None, list[Figure]] = {}
    for figure in known.figures(indicator.code):
        by_area.setdefault(figure.area, []).append(figure)
    for figures in by_area.values():
        yield from _of_one(plan, indicator, figures)


def _of_one(plan: Plan, indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    """What should be looked at in the figures of one area, or of the town."""
    given = series(plan, indicator, figures)
    if indicator.is_flow:
        totals = running_totals(given)
        yield from _running(indicator, totals)
        own = {one.given.figure.key: one.instead for one in totals}
        given = [one._replace(value=own.get(one.figure.key, one.value)) for one in given]
    if plan.unit_of(indicator).is_percent:
        fractions = list(_fractions(indicator, given))
        yield from fractions
        doubted = {key for finding in fractions for key in finding.about}
        given = [one for one in given if one.figure.key not in doubted]
        yield from _zeros(indicator, figures)
    yield from _magnitudes(plan, indicator, given)


def _by_columns(plan: Plan, known: Known, indicator: Indicator, columns: Mapping[Stretch, Column]) -> Iterator[Finding]:
    """Of the areas in a ledger only those are judged of which a look at whole columns does not show that nothing would be
    found."""
    assert known.ledger is not None
    for at in sorted(_doubtful(plan, indicator, columns)):
        figures = [known.ledger.figure(column, at) for column in columns.values() if column.lines[at]]
        yield from _of_one(plan, indicator, figures)


def _doubtful(plan: Plan, indicator: Indicator, columns: Mapping[Stretch, Column]) -> set[int]:
    """The places whose figures may have something unlikely about them: never too few, seldom too many."""
    found: set[int] = set()
    for column in columns.values():
        found |= _out_of_bounds(plan, indicator, column)
    shares = {
        stretch: plan.share(indicator, stretch[1]) - plan.share(indicator, stretch[0] - 1)
        if indicator.is_flow
        else Fraction(1)
        for stretch in columns
    }
    used = {stretch: share for stretch, share in shares.items() if share > 0 and max(columns[stretch].values) >= LEAST}
    if len(used) < 2:
        return found
    # Every value as what a whole year would be at its pace, times a number that leaves no fractions.
    together = lcm(*(share.numerator for share in used.values()))
    times = {stretch: together // share.numerator * share.denominator for stretch, share in used.items()}
    paces = [list(map(mul, columns[stretch].values, repeat(factor))) for stretch, factor in times.items()]
    bound = max(max(pace) for pace in paces) + 1
    lowest = [
        pace if min(columns[stretch].values) >= LEAST else _or_else(bound, pace, LEAST * factor)
        for (stretch, factor), pace in zip(times.items(), paces, strict=True)
    ]
    # A packed number is up to 7 more than eight times what it stands for.
    slack = 7 * max(times.values())
    ratio = int(LEAST_JUMP)
    return found.union(
        at
        for at, (high, low) in enumerate(zip(map(max, *paces), map(min, *lowest), strict=True))
        if high >= ratio * (low - slack) and low < bound
    )


def _or_else(bound: int, pace: list[int], least: int) -> list[int]:
    """`bound` in place of what is below `least`."""
    return [one if one >= least else bound for one in pace]


def _out_of_bounds(plan: Plan, indicator: Indicator, column: Column) -> set[int]:
    """The places of a column that are far from the target, or 0 in a percent."""
    values = column.values
    found: set[int] = set()
    if max(values) == NOTHING:
        return found
    target = indicator.target.at_least
    if target is not None and target > 0:
        too_large = int(MOST_OF_TARGET * target * SCALE) << SHIFT
        if max(values) >= too_large:
            found.update(at for at, value in enumerate(values) if value >= too_large)
        too_small = int(target * LEAST_OF_TARGET * SCALE + 1) << SHIFT
        if not indicator.is_flow and min(values) < too_small:
            found.update(at for at, value in enumerate(values) if LEAST <= value < too_small)
    if plan.unit_of(indicator).is_percent and min(values) < LEAST:
        found.update(at for at, value in enumerate(values) if 0 <= value < LEAST)
    return found


def _running(indicator: Indicator, totals: Iterable[Total]) -> Iterator[Finding]:
    for one in totals:
        figure = one.given.figure
        args = {
            "code": indicator.code,
            "value": one.given.value,
            "before": one.before,
            "instead": one.instead,
            "usual": rounded(one.usual),
        }
        yield Finding(rules.RUNNING_TOTAL, figure.place, args, {figure.key: one.instead})


def _magnitudes(plan: Plan, indicator: Indicator, given: Sequence[Given]) -> Iterator[Finding]:
    for one in magnitudes(plan, indicator, given):
        figure, value = one.given.figure, one.given.value
        factor = f"{round(value / one.usual)}" if value > one.usual else f"1/{round(one.usual / value)}"
        against = N_("the other periods ({value})") if not one.is_of_target else N_("the plan's target ({value})")
        args = {
            "code": indicator.code,
            "value": value,
            "factor": factor,
            "usual": Message(against, {"value": rounded(one.usual)}),
            "instead": one.instead,
        }
        yield Finding(rules.MAGNITUDE, figure.place, args, {figure.key: one.instead})


def _fractions(indicator: Indicator, given: Sequence[Given]) -> Iterator[Finding]:
    """A percent of up to 1 where its target, its baseline or the other figures stand above `LOW_PERCENT`."""
    for one in given:
        if one.figure.value is None or not 0 < one.value <= 1:
            continue
        others = [other.value for other in given if other is not one and other.value > 1]
        base = indicator.baseline.value if indicator.baseline is not None else None
        for other in (one.step, base, median(others) if others else None):
            if other is not None and other > LOW_PERCENT:
                instead = one.value * 100
                args = {"code": indicator.code, "value": one.value, "other": rounded(Fraction(other)), "instead": instead}
                yield Finding(rules.PERCENT_AS_FRACTION, one.figure.place, args, {one.figure.key: instead})
                break


def _zeros(indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(ordered):
        if later.value == 0 and earlier.value is not None and earlier.value >= HIGH_RATE:
            args = {"code": indicator.code, "other": earlier.value, "period": earlier.period}
            yield Finding(rules.ZERO_RATE, later.place, args, {later.key: None})
