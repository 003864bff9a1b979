"""Figures that are possible and should be looked at: jumps, far from the target, a rate that falls to 0."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from vinhchau_kpi import rules
from vinhchau_kpi.figure import Figure, Stretch
from vinhchau_kpi.figures import MILLION, Known, MayBeOdd
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.plan import Indicator, Plan

HIGH_RATE = 50
"""A rate (%) from which a fall to 0 is doubted."""
FACTORS = (10, 100, 1000)
NEAREST_POWER = 3
"""A number of up to three times a power of ten is nearer to it than to the next one."""
MOST_OF_TARGET, LEAST_OF_TARGET = 5, Decimal("0.01")
"""Times its year's target from which a figure is doubted, and under which a level is."""
NEAR_FACTOR = Fraction(5, 4)
"""How near to a factor a jump must be: within a quarter either way."""
LEAST_JUMP = FACTORS[0] / NEAR_FACTOR


def unlikely(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """What should be looked at in the figures of each area, and of the town."""
    of_code, is_percent = known.of(indicator.code), plan.unit_of(indicator).is_percent
    for figures in of_code.worth_judging(_screen(plan, indicator, of_code.stretches), percent=is_percent):
        jumps = list(_jumps(plan, indicator, figures))
        yield from jumps
        yield from _far_from_target(indicator, figures, {finding.place for finding in jumps})
        if is_percent:
            yield from _zeros(indicator, figures)


def _screen(plan: Plan, indicator: Indicator, stretches: Iterable[Stretch]) -> MayBeOdd:
    """Whether the checks below may find anything in an area's numbers."""
    has_pace = indicator.is_flow and not plan.unit_of(indicator).is_rate
    shares = [
        plan.share(indicator, last) - plan.share(indicator, first - 1) if has_pace else Fraction(1)
        for first, last in sorted(stretches, key=lambda stretch: stretch[1])
    ]
    # Every number as what a whole year would be at its pace, times a number that leaves no fractions.
    together = lcm(*(share.numerator for share in shares if share))
    times = [together // share.numerator * share.denominator if share else 0 for share in shares]
    target = indicator.target.at_least or 0
    highest = int(MOST_OF_TARGET * target * MILLION)
    lowest = 0 if indicator.is_flow else int(LEAST_OF_TARGET * target * MILLION) + 1
    is_percent = plan.unit_of(indicator).is_percent

    def may_be_odd(_: str | None, numbers: Sequence[int]) -> bool:
        given = [(number, number * factor) for number, factor in zip(numbers, times, strict=True) if number > 0]
        if not given:
            return is_percent
        paces = sorted([pace for _, pace in given if pace])
        return (
            0 < highest <= max(given)[0]
            or min(given)[0] < lowest
            or (is_percent and 0 in numbers)
            or (bool(paces) and paces[-1] >= int(LEAST_JUMP) * paces[0])
        )

    return may_be_odd


def _jumps(plan: Plan, indicator: Indicator, figures: Sequence[Figure]) -> Iterator[Finding]:
    """A value about 10, 100 or 1000 times (or a part of) what the other periods lead one to expect."""
    given = [(figure, Fraction(figure.value)) for figure in figures if figure.value]
    usuals = (
        _usual_flows(plan, indicator, given)
        if indicator.is_flow and not plan.unit_of(indicator).is_rate
        else _usual_levels(given)
    )
    for (figure, value), usual in zip(given, usuals, strict=True):
        if not usual:
            continue
        times = value / usual if value > usual else usual / value
        if times < LEAST_JUMP:
            continue
        factor = next((f for f in FACTORS if f / NEAR_FACTOR <= times <= f * NEAR_FACTOR), None)
        if times > FACTORS[-1]:
            # Đồng for tỷ đồng is a thousand million times.
            factor = next(10**power for power in range(3, 40) if times < 10**power * NEAREST_POWER)
        if factor is not None:
            words = factor if value > usual else f"1/{factor}"
            args = {"code": indicator.code, "factor": words, "value": value, "other": usual}
            yield Finding(rules.JUMP, figure.place, args, {figure.key: None})


def _far_from_target(indicator: Indicator, figures: Sequence[Figure], doubted: set[Place]) -> Iterator[Finding]:
    """A figure of several years' worth, or a level of less than a hundredth of its target; not where it is doubted already.

    It needs no other period to compare with, so it sees what is wrong with the first file of a year.
    """
    target = indicator.target.at_least
    if target is None or target <= 0:
        return
    too_large, too_small = MOST_OF_TARGET * target, target * LEAST_OF_TARGET
    for figure in figures:
        value = figure.value if figure.value is not None else figure.cumulative
        if not value:
            continue
        is_small = not indicator.is_flow and 0 < value < too_small
        if (value >= too_large or is_small) and figure.place not in doubted:
            times = Fraction(value) / Fraction(target)
            factor = f"1/{round(1 / times)}" if is_small else str(round(times))
            args = {"code": indicator.code, "value": value, "factor": factor, "target": target}
            yield Finding(rules.FAR_FROM_TARGET, figure.place, args, {figure.key: None})


def _usual_flows(plan: Plan, indicator: Indicator, given: list[tuple[Figure, Fraction]]) -> list[Fraction | None]:
    """For each figure what at least two other periods give for its own: the median of them, each scaled by its share of
    the year; None where there are fewer."""
    shares = [
        plan.share(indicator, figure.period.last) - plan.share(indicator, figure.period.first - 1)
        for figure, _ in given
    ]
    rates = sorted(
        (value / share, at) for at, ((_, value), share) in enumerate(zip(given, shares, strict=True)) if share
    )
    rank_of = {at: rank for rank, (_, at) in enumerate(rates)}
    usuals: list[Fraction | None] = []
    for at, share in enumerate(shares):
        rank = rank_of.get(at, len(rates))
        others = len(rates) - (at in rank_of)
        if others < 2:
            usuals.append(None)
            continue
        # The two in the middle of the others, found by stepping over the figure's own.
        low, high = (rates[n + (n >= rank)][0] for n in ((others - 1) // 2, others // 2))
        usuals.append((low + high) / 2 * share)
    return usuals


def _usual_levels(given: list[tuple[Figure, Fraction]]) -> list[Fraction | None]:
    """For each figure, of the two periods nearest in time the value nearer to its own: a level may rise tenfold, but not
    there and back. None where there are fewer than two others."""
    return [
        _usual_level(figure, value, [other for other in given if other[0] is not figure]) for figure, value in given
    ]


def _usual_level(figure: Figure, own: Fraction, others: list[tuple[Figure, Fraction]]) -> Fraction | None:
    if len(others) < 2:
        return None
    nearest = sorted(others, key=lambda other: (abs(other[0].period.last - figure.period.last), other[0].period.last))[
        :2
    ]
    return min((value for _, value in nearest), key=lambda value: max(value / own, own / value))


def _zeros(indicator: Indicator, figures: Sequence[Figure]) -> Iterator[Finding]:
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(ordered):
        if later.value == 0 and earlier.value is not None and earlier.value >= HIGH_RATE:
            args = {"code": indicator.code, "other": earlier.value, "period": earlier.period}
            yield Finding(rules.ZERO_RATE, later.place, args, {later.key: None})
