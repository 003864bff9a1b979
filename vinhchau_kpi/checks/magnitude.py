"""Numbers of another order than what is usual: a decimal sign, a unit or a zero too many or too few."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.checks.series import Given, adds_up, median, times_apart
from vinhchau_kpi.plan import Indicator, Plan

LEAST = 8
"""How many times what the target comes to, or a part of it, a figure must be to be doubted."""
STEADY, UNSTEADY = 5, 64
"""How many times what is usual a figure must be where the others are near each other, and the most that is asked for
where they are far apart: twice what they are apart themselves."""
MANY = 5
"""Of so many others the largest and the smallest may be as far off as they like."""
FAR_BELOW = 50
"""A part of the target's step so small is doubted even where the whole series is."""
AT_TARGET = Fraction(3, 100)
"""How far from its target a percent may be to be taken for it."""
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

    @property
    def times(self) -> int:
        """How many times the larger of the two is of the smaller, rounded."""
        return round(times_apart(self.given.value, self.usual))


def magnitudes(plan: Plan, indicator: Indicator, given: Sequence[Given]) -> list[Odd]:
    """The figures of one area that are far from what is usual, up or down. `given`: in the order of their ends."""
    unit = plan.unit_of(indicator)
    least = Fraction(LEAST_COUNT if unit.whole else 0)
    # Far below a cap, or a coverage that has only begun to rise, is no doubt.
    low_is_odd = indicator.target.cap is None and not unit.is_percent
    has_pace = adds_up(plan, indicator)
    found = (
        _odd(indicator, one, [o for o in given if o is not one], least, low_is_odd, has_pace)
        for one in given
        if one.value
    )
    return [odd for odd in found if odd is not None]


def _odd(
    indicator: Indicator, one: Given, others: Sequence[Given], least: Fraction, low_is_odd: bool, has_pace: bool
) -> Odd | None:
    step = one.step if one.step is not None and (low_is_odd or one.value > one.step) else None
    bound, usual = _usual_flow(one, others) if has_pace else _usual_level(one, others)
    if usual is None:
        if step is None:
            return _tenth(one) if indicator.target.cap is None else None
        is_odd = _is_odd_alone(indicator, one, step, others, least)
        return Odd(one, step, True, _right(one.value, step)) if is_odd else None
    if not _is_near(one.value, usual, bound, least):
        is_backed = low_is_odd and _is_backed(one, usual, bound, least)
        return None if is_backed else Odd(one, usual, False, _right(one.value, usual))
    if step is not None:
        far = LEAST if one.value > step else FAR_BELOW
        if not _is_near(one.value, step, far, least) and not _is_near(usual, step, far, least):
            return Odd(one, step, True, _right(one.value, step))
    return None


def _tenth(one: Given) -> Odd | None:
    """A percent below its target that comes to it when its sign is moved by one digit: 9,5 for 95."""
    is_tenth = one.step is not None and abs(10 * one.value - one.step) <= AT_TARGET * one.step
    return Odd(one, one.step, True, 10 * one.value) if is_tenth and one.step is not None else None


def _is_odd_alone(indicator: Indicator, one: Given, step: Fraction, others: Sequence[Given], least: Fraction) -> bool:
    """Whether a figure that too few stand beside is far from its target, and no less so from last year and the others."""
    if len(others) > 1 and one.value < LUMPS * step / one.share:
        return False
    witnesses = [step, *(other.value for other in others if other.value)]
    if indicator.baseline is not None and one.figure.area is None and indicator.baseline.value > 0:
        witnesses.append(Fraction(indicator.baseline.value) * one.share)
    is_above = one.value > step
    return all(is_above == (one.value > w) and not _is_near(one.value, w, LEAST, least) for w in witnesses)


def _is_backed(one: Given, usual: Fraction, bound: Fraction, least: Fraction) -> bool:
    """Whether the target speaks for a figure, where the others are far apart or all far from the target."""
    if one.step is None or not _is_near(one.value, one.step, LEAST, least):
        return False
    return bound > LEAST or times_apart(usual, one.step) >= FAR_BELOW


def _usual_flow(one: Given, others: Sequence[Given]) -> tuple[Fraction, Fraction | None]:
    """How many times what is usual is too much, and what is usual: the others' pace in the figure's own stretch."""
    paces = [other.pace for other in others if other.share and other.value]
    if len(paces) < 2 or not one.share:
        return Fraction(STEADY), None
    ordered = sorted(paces)
    inner = ordered[1:-1] if len(ordered) >= MANY else ordered
    apart = 2 * inner[-1] / inner[0]
    return min(max(apart, Fraction(STEADY)), Fraction(UNSTEADY)), median(paces) * one.share


def _usual_level(one: Given, others: Sequence[Given]) -> tuple[Fraction, Fraction | None]:
    """Of the two nearest in time the nearer in value: a level may rise tenfold, but not there and back."""
    above = [other for other in others if other.value]
    if len(above) < 2:
        return Fraction(STEADY), None
    nearest = sorted(above, key=lambda other: (abs(other.end - one.end), other.end))[:2]
    return Fraction(STEADY), min((other.value for other in nearest), key=lambda value: times_apart(value, one.value))


def _is_near(one: Fraction, other: Fraction, bound: Fraction | int, least: Fraction) -> bool:
    return max(one, other) < bound * max(min(one, other), least)


def _right(value: Fraction, usual: Fraction) -> Fraction:
    """The value by the power of ten that brings it nearest to what is usual."""
    powers = (Fraction(10) ** power for power in range(-12, 13))
    return min((value * power for power in powers), key=lambda right: times_apart(right, usual))
