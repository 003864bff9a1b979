"""Numbers of another order than what is usual: a decimal sign, a unit or a zero too many or too few."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.checks.series import Given, median, times_apart
from vinhchau_kpi.plan import Indicator, Plan

LEAST = 8
"""How many times what is usual, or a part of it, a figure must be to be doubted."""
MOST = 64
"""How many times it must be where the other figures are far from each other themselves."""
FAR_BELOW = 50
"""A part of the target's step so small is doubted even where the whole series is."""
LEAST_COUNT = 3
"""Below this a count says nothing of its order."""
LUMPS = 2
"""Years' worth that may come at one time where figures come seldom."""


class Odd(NamedTuple):
    """A figure of another order: what it is held against, whether that is the target, and what would be right."""

    given: Given
    usual: Fraction
    is_of_target: bool
    instead: Fraction


def magnitudes(plan: Plan, indicator: Indicator, given: Sequence[Given]) -> list[Odd]:
    """The figures of one area that are `LEAST` times what is usual or more, or a part of it. `given`: by their ends."""
    unit = plan.unit_of(indicator)
    least = Fraction(LEAST_COUNT if unit.whole else 0)
    is_low_plain = indicator.target.at_most is None and not unit.is_percent
    found = []
    for one in given:
        if not one.value:
            continue
        odd = _odd(indicator, one, [other for other in given if other is not one], least, is_low_plain)
        if odd is not None:
            found.append(odd)
    return found


def _odd(
    indicator: Indicator, one: Given, others: Sequence[Given], least: Fraction, is_low_plain: bool
) -> Odd | None:
    bound, usual = _usual_flow(one, others) if indicator.is_flow else _usual_level(one, others)
    step = one.step
    if step is not None and step > one.value and not is_low_plain:
        # A cap far above, or a coverage that has only begun to rise, is no doubt.
        step = None
    if usual is None:
        if step is None or _is_near(one.value, step, LEAST, least):
            return None
        if len(others) > 1 and one.value < LUMPS * step / (one.share or 1):
            return None
        base = _baseline(indicator, one)
        if base is not None and not _is_same_side(one.value, step, base, least):
            return None
        if others and not _is_same_side(one.value, step, others[0].value, least):
            return None
        return Odd(one, step, True, _right(one.value, step))
    if not _is_near(one.value, usual, bound, least):
        is_backed = one.step and _is_near(one.value, one.step, LEAST, least)
        if bound > LEAST and is_backed:
            return None
        if is_backed and times_apart(usual, one.step) >= FAR_BELOW:
            return None
        return Odd(one, usual, False, _right(one.value, usual))
    if step is not None:
        most = LEAST if one.value > step else FAR_BELOW
        if not _is_near(one.value, step, most, least) and not _is_near(usual, step, most, least):
            return Odd(one, step, True, _right(one.value, step))
    return None


def _usual_flow(one: Given, others: Sequence[Given]) -> tuple[Fraction, Fraction | None]:
    """How many times what is usual is too much, and what is usual: the others' pace in the figure's own stretch."""
    paces = [other.pace for other in others if other.share and other.value]
    if len(paces) < 2 or not one.share:
        return Fraction(LEAST), None
    spread = max(paces) / min(paces)
    return min(max(2 * spread, Fraction(LEAST)), Fraction(MOST)), median(paces) * one.share


def _usual_level(one: Given, others: Sequence[Given]) -> tuple[Fraction, Fraction | None]:
    """Of the two nearest in time the nearer in value: a level may rise tenfold, but not there and back."""
    above = [other for other in others if other.value]
    if len(above) < 2:
        return Fraction(LEAST), None
    nearest = sorted(above, key=lambda other: (abs(other.end - one.end), other.end))[:2]
    return Fraction(LEAST), min((other.value for other in nearest), key=lambda value: times_apart(value, one.value))


def _baseline(indicator: Indicator, one: Given) -> Fraction | None:
    if indicator.baseline is None or indicator.baseline.value <= 0 or one.figure.area is not None:
        return None
    return Fraction(indicator.baseline.value) * one.share


def _is_near(one: Fraction, other: Fraction, bound: Fraction | int, least: Fraction) -> bool:
    return max(one, other) < bound * max(min(one, other), least)


def _is_same_side(one: Fraction, step: Fraction, other: Fraction, least: Fraction) -> bool:
    return (one > step) == (one > other) and not _is_near(one, other, LEAST, least)


def _right(value: Fraction, usual: Fraction) -> Fraction:
    """The value by the power of ten that brings it nearest to what is usual."""
    powers = (Fraction(10) ** power for power in range(-12, 13))
    return min((value * power for power in powers), key=lambda right: times_apart(right, usual))
