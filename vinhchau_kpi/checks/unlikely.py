"""Figures that are possible and should be looked at: running totals, another order, a percent that is a fraction, a rate
that falls to 0."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from vinhchau_kpi import rules
from vinhchau_kpi.checks.magnitude import LEAST, STEADY, magnitudes
from vinhchau_kpi.checks.running import LEAST_SCORE, months_as_totals, running_totals
from vinhchau_kpi.checks.series import Given, adds_up, median, rounded, series
from vinhchau_kpi.figure import Figure, Stretch
from vinhchau_kpi.figures import MILLION, Known, MayBeOdd
from vinhchau_kpi.finding import Finding, Rule
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.plan import Indicator, Plan

HIGH_RATE = 50
"""A rate (%) from which a fall to 0 is doubted."""
LOW_PERCENT = 5
"""A percent up to here may well be below 1 at another time."""
TARGET, BASELINE, OTHERS = N_("the plan's target"), N_("last year's figure"), N_("the other periods")


def unlikely(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """What should be looked at in the figures of each area, and of the town."""
    of_code, is_percent = known.of(indicator.code), plan.unit_of(indicator).is_percent
    for figures in of_code.worth_judging(_screen(plan, indicator, of_code.stretches), percent=is_percent):
        given = series(plan, indicator, figures)
        if adds_up(plan, indicator):
            totals = {one.given.figure.key: one for one in running_totals(given)}
            for total in totals.values():
                yield _finding(rules.RUNNING_TOTAL, total.given, total.evidence, total.instead)
            given = [
                one._replace(value=totals[key].instead) if (key := one.figure.key) in totals else one for one in given
            ]
            refused = {one.given.figure.key for one in months_as_totals(given)}
            given = [one for one in given if one.figure.key not in refused]
        if is_percent:
            fractions = list(_fractions(indicator, given))
            yield from fractions
            doubted = {key for finding in fractions for key in finding.about}
            given = [one for one in given if one.figure.key not in doubted]
            yield from _zeros(indicator, figures)
        for odd in magnitudes(plan, indicator, given):
            times = Message(N_("{n} times") if odd.given.value > odd.usual else N_("1/{n} of"), {"n": odd.times})
            witness = Message(TARGET if odd.is_of_target else OTHERS)
            args = {"times": times, "usual": rounded(odd.usual), "witness": witness}
            yield _finding(rules.MAGNITUDE, odd.given, args, odd.instead)


def _finding(rule: Rule, given: Given, args: dict[str, Any], instead: Fraction) -> Finding:
    figure = given.figure
    place = figure.cumulative_place if given.is_cumulative else figure.place
    return Finding(
        rule, place, {"code": figure.code, "value": given.value, **args, "instead": instead}, {figure.key: instead}
    )


def _screen(plan: Plan, indicator: Indicator, stretches: Iterable[Stretch]) -> MayBeOdd:
    """Whether the checks above may find anything in an area's numbers: never no where they would, seldom yes where not."""
    has_pace = adds_up(plan, indicator)
    shares = [
        plan.share(indicator, last) - plan.share(indicator, first - 1) if has_pace else Fraction(1)
        for first, last in sorted(stretches, key=lambda stretch: stretch[1])
    ]
    # Every number as what a whole year would be at its pace, times a number that leaves no fractions.
    together = lcm(*(share.numerator for share in shares if share > 0))
    times = [together // share.numerator * share.denominator if share > 0 else 0 for share in shares]
    targets: dict[str, list[int]] = {}
    for one in indicator.set_by:
        for area, number in one.allocations.items():
            targets.setdefault(area, []).append(int(number * MILLION) * together)
        given = [int(number * MILLION) * together for number in one.allocations.values()]
        for area in plan.lives.made_of if given else ():
            # What it merged brought its parts of the target with it.
            targets.setdefault(area, []).extend((min(given), sum(given)))
    is_percent = plan.unit_of(indicator).is_percent

    def may_be_odd(area: str | None, numbers: Sequence[int]) -> bool:
        if area is None or (is_percent and any(0 <= number <= MILLION for number in numbers)):
            return True
        paces = [number * factor for number, factor in zip(numbers, times, strict=True) if number > 0 and factor]
        if not paces:
            return False
        high, low = max(paces), min(paces)
        of_area = targets.get(area)
        if high >= STEADY * low or (
            of_area and (high >= LEAST * min(of_area) or low * LEAST <= max(of_area) + LEAST * together)
        ):
            return True
        return has_pace and _may_be_totals(numbers, bool(of_area) or high >= LEAST_SCORE * low)

    return may_be_odd


def _may_be_totals(numbers: Iterable[int], are_apart: bool) -> bool:
    """Whether a number is at least all before it, or they are apart and never fall."""
    count, total, last, falls = 0, 0, 0, False
    for number in numbers:
        if number > 0:
            if count > 1 and number >= total:
                return True
            falls = falls or number < last
            count, total, last = count + 1, total + number, number
    return count > 1 and are_apart and not falls


def _fractions(indicator: Indicator, given: Sequence[Given]) -> Iterator[Finding]:
    """A percent of up to 1 where its target, its baseline or the other figures stand above `LOW_PERCENT`."""
    for one in given:
        if one.figure.value is None or not 0 < one.value <= 1:
            continue
        others = [other.value for other in given if other is not one and other.value > 1]
        base = Fraction(indicator.baseline.value) if indicator.baseline is not None else None
        for witness, other in ((TARGET, one.target), (BASELINE, base), (OTHERS, median(others) if others else None)):
            if other is not None and other > LOW_PERCENT:
                args = {"other": rounded(other), "witness": Message(witness)}
                yield _finding(rules.PERCENT_AS_FRACTION, one, args, one.value * 100)
                break


def _zeros(indicator: Indicator, figures: Sequence[Figure]) -> Iterator[Finding]:
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(ordered):
        if later.value == 0 and earlier.value is not None and earlier.value >= HIGH_RATE:
            args = {"code": indicator.code, "other": earlier.value, "period": earlier.period}
            yield Finding(rules.ZERO_RATE, later.place, args, {later.key: None})
