"""Figures that are possible and should be looked at: running totals, another order, a percent that is a fraction, a rate
that falls to 0."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from math import lcm
from operator import rshift

from vinhchau_kpi import rules
from vinhchau_kpi.checks.magnitude import STEADY, magnitudes
from vinhchau_kpi.checks.running import LEAST_SCORE, Total, months_as_totals, running_totals
from vinhchau_kpi.checks.series import Given, median, rounded, series, times_apart
from vinhchau_kpi.figure import Figure, Stretch
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Finding, Rule
from vinhchau_kpi.ledger import NOTHING, SCALE, SHIFT, Column, Ledger
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.plan import Indicator, Plan

HIGH_RATE = 50
"""A rate (%) from which a fall to 0 is doubted."""
LOW_PERCENT = 5
"""A percent that may well be below 1 next year."""


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
        yield from _running(indicator, rules.RUNNING_TOTAL, totals)
        own = {one.given.figure.key: one.instead for one in totals}
        given = [one._replace(value=own.get(one.figure.key, one.value)) for one in given]
        months = months_as_totals(given)
        yield from _running(indicator, rules.MONTH_AS_TOTAL, months)
        doubted = {one.given.figure.key for one in months}
        given = [one for one in given if one.figure.key not in doubted]
    if plan.unit_of(indicator).is_percent:
        fractions = list(_fractions(indicator, given))
        yield from fractions
        doubted = {key for finding in fractions for key in finding.about}
        given = [one for one in given if one.figure.key not in doubted]
        yield from _zeros(indicator, figures)
    yield from _magnitudes(plan, indicator, given)


def _by_columns(plan: Plan, known: Known, indicator: Indicator, columns: Mapping[Stretch, Column]) -> Iterator[Finding]:
    """Of the areas in a ledger only those are judged of which a look at their plain numbers does not show that nothing
    would be found."""
    assert known.ledger is not None
    for at in _worth_judging(plan, indicator, known.ledger, columns):
        figures = [known.ledger.figure(column, at) for column in columns.values() if column.lines[at]]
        yield from _of_one(plan, indicator, figures)


def _worth_judging(
    plan: Plan, indicator: Indicator, ledger: Ledger, columns: Mapping[Stretch, Column]
) -> Iterator[int]:
    """The places whose figures may have something unlikely about them: never too few, seldom too many."""
    is_percent = plan.unit_of(indicator).is_percent
    in_time = sorted(columns, key=lambda stretch: stretch[1])
    shares = [
        plan.share(indicator, last) - plan.share(indicator, first - 1) if indicator.is_flow else Fraction(1)
        for first, last in in_time
    ]
    # Every number as what a whole year would be at its pace, times a number that leaves no fractions.
    together = lcm(*(share.numerator for share in shares if share))
    times = [together // share.numerator * share.denominator if share else 0 for share in shares]
    has_target = {
        ledger.place_of[area] for one in indicator.set_by for area in one.allocations if area in ledger.place_of
    }
    numbers = [_plain(columns[stretch], is_percent) for stretch in in_time]
    for at, row in enumerate(zip(*numbers, strict=True)):
        paces = [number * factor for number, factor in zip(row, times, strict=True) if number > 0 and factor]
        if (
            at in has_target
            or (is_percent and any(0 <= number <= SCALE for number in row))
            or (paces and max(paces) >= STEADY * min(paces))
            or (indicator.is_flow and _may_be_totals(row, paces))
        ):
            yield at


def _plain(column: Column, is_percent: bool) -> list[int]:
    """The numbers of a column in millionths, rounded down; `NOTHING` where there is none."""
    if not column.numerators:
        return list(map(rshift, column.values, repeat(SHIFT)))
    times = SCALE * (100 if is_percent else 1)
    return [
        (over >> SHIFT) * times // (under >> SHIFT) if over != NOTHING and under > 0 else value >> SHIFT
        for value, over, under in zip(*column.numbers, strict=True)
    ]


def _may_be_totals(row: Sequence[int], paces: Sequence[int]) -> bool:
    """Whether a number is at least all before it, or they never fall and are not much alike."""
    given = [number for number in row if number > 0]
    sums = itertools.accumulate(given)
    return any(
        n > 1 and number >= before for n, (number, before) in enumerate(zip(given[1:], sums, strict=False), 1)
    ) or (len(given) > 2 and max(paces, default=0) >= LEAST_SCORE * min(paces, default=1) and given == sorted(given))


def _running(indicator: Indicator, rule: Rule, totals: Iterable[Total]) -> Iterator[Finding]:
    for one in totals:
        figure = one.given.figure
        place = figure.cumulative_place if one.given.is_cumulative else figure.place
        args = {
            "code": indicator.code,
            "value": one.given.value,
            "before": one.before,
            "instead": one.instead,
            "usual": rounded(one.usual),
        }
        yield Finding(rule, place, args, {figure.key: one.instead})


def _magnitudes(plan: Plan, indicator: Indicator, given: Sequence[Given]) -> Iterator[Finding]:
    for one in magnitudes(plan, indicator, given):
        figure, value = one.given.figure, one.given.value
        times = round(times_apart(value, one.usual))
        args = {
            "code": indicator.code,
            "value": value,
            "times": Message(N_("{n} times") if value > one.usual else N_("1/{n} of"), {"n": times}),
            "usual": rounded(one.usual),
            "witness": Message(N_("the plan's target") if one.is_of_target else N_("the other periods")),
            "instead": one.instead,
        }
        place = figure.cumulative_place if one.given.is_cumulative else figure.place
        yield Finding(rules.MAGNITUDE, place, args, {figure.key: one.instead})


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
                args = {
                    "code": indicator.code,
                    "value": one.value,
                    "other": rounded(Fraction(other)),
                    "instead": instead,
                }
                yield Finding(rules.PERCENT_AS_FRACTION, one.figure.place, args, {one.figure.key: instead})
                break


def _zeros(indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(ordered):
        if later.value == 0 and earlier.value is not None and earlier.value >= HIGH_RATE:
            args = {"code": indicator.code, "other": earlier.value, "period": earlier.period}
            yield Finding(rules.ZERO_RATE, later.place, args, {later.key: None})
