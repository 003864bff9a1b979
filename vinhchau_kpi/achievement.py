"""One target, one actual → percent, gap and status. Pure, exact, and the only place that judges.

Lower-is-better targets never get target ÷ actual: that is undefined at 0, the best outcome there is.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.plan import Measure
from vinhchau_kpi.status import Status
from vinhchau_kpi.target import Target

PROJECTION_FROM = Fraction(1, 10)
"""Share of the year below which a projection would say more about chance than about the year's end."""


class Proof(Enum):
    """What an actual proves. `LEAST`: something due is missing from a sum that can only grow by it. `NOTHING`: something
    due is missing, and what there is may still go either way (a rate; an amount that can be below 0)."""

    ALL = "all"
    LEAST = "least"
    NOTHING = "nothing"


class Standing(NamedTuple):
    """How the year stands when an actual is judged.

    share      part of the year's flow (0 to 1) expected by now; None for a level
    is_final   it is judged as of the plan's last month
    tolerance  part of the expected amount that still counts as on track
    proof      whether all that was due is in the actual
    """

    share: Fraction | None
    is_final: bool
    tolerance: Decimal = Decimal("0.95")
    proof: Proof = Proof.ALL


class Achievement(NamedTuple):
    """percent: of the target, exact, None where a percent has no meaning. gap: actual − the number that the target is met
    at, None where it has no number; for `between` the distance to the nearer edge, 0 inside."""

    percent: Fraction | None
    gap: Fraction | None
    status: Status


def achievement(
    target: Target, value: Fraction, baseline: Fraction | None, measure: Measure, now: Standing
) -> Achievement:
    """Judge `value` (for a flow the cumulative, for a promise 1 or 0) against `target`."""
    # Half a year's accidents are no reduction of the year before's, and neither are those of the months that came in.
    is_reduction = target.cap is not None
    has_percent = not is_reduction or ((measure == "level" or now.is_final) and now.proof is Proof.ALL)
    return Achievement(
        percent(target, value, baseline) if has_percent else None,
        gap(target, value),
        _proved(target, value, baseline, now.proof, _status(target, value, baseline, measure, now)),
    )


def percent(target: Target, value: Fraction, baseline: Fraction | None) -> Fraction | None:
    """100·a/N for a floor N > 0; 100·(b−a)/(b−N) for a cap N with a baseline b > N: the part of the planned reduction that
    was made, of what is whole; else None."""
    if target.floor is not None and target.floor > 0:
        return 100 * value / Fraction(target.floor)
    if target.cap is not None and baseline is not None and baseline > target.cap:
        return 100 * (baseline - value) / (baseline - Fraction(target.cap))
    return None


def gap(target: Target, value: Fraction) -> Fraction | None:
    """actual − target in the unit (for a %, in points)."""
    if target.number is not None:
        return value - Fraction(target.number)
    if target.between is not None:
        low, high = map(Fraction, target.between)
        return min(value - low, Fraction(0)) if value <= high else value - high
    return None


def is_met(target: Target, value: Fraction, baseline: Fraction | None) -> bool | None:
    """Whether the target is reached by `value`; None where that cannot be said (improve without a baseline)."""
    match target.sense:
        case "at_least":
            return value >= Fraction(target.numbers[0])
        case "at_most":
            return value <= Fraction(target.numbers[-1])
        case "above":
            return value > Fraction(target.numbers[0])
        case "below":
            return value < Fraction(target.numbers[0])
        case "exactly":
            return value == Fraction(target.numbers[0])
        case "between":
            low, high = target.numbers
            return Fraction(low) <= value <= Fraction(high)
        case "achieved":
            return value == 1
        case _:
            if baseline is None:
                return None
            return value > baseline if target.improve == "up" else value < baseline


def is_exceeded(target: Target, value: Fraction) -> bool:
    if target.aim is None:
        return False
    return value > Fraction(target.aim) if target.floor is not None else value < Fraction(target.aim)


def projection(value: Fraction, share: Fraction | None) -> Fraction | None:
    """The year's end if the rest goes as the profile: cumulative ÷ expected share; None below a tenth."""
    return None if share is None or share < PROJECTION_FROM else value / share


def _status(target: Target, value: Fraction, baseline: Fraction | None, measure: Measure, now: Standing) -> Status:
    met = is_met(target, value, baseline)
    if met is None:
        return Status.NOT_ASSESSED
    if measure == "flow" and not now.is_final and now.share is not None and not _is_settled(target, met):
        if target.improve is not None:
            return Status.NOT_YET
        return Status.ON_TRACK if _is_on_track(target, value, now.share, now.tolerance) else Status.BEHIND
    if met:
        return Status.EXCEEDED if is_exceeded(target, value) else Status.MET
    return Status.NOT_MET if now.is_final else Status.NOT_YET


def _is_settled(target: Target, met: bool) -> bool:
    """A flow only grows: reaching a number from below cannot be undone, staying under one is not sure before the end."""
    return met and (target.floor is not None or target.improve == "up" or bool(target.achieved))


def _is_on_track(target: Target, value: Fraction, share: Fraction, tolerance: Decimal) -> bool:
    margin = Fraction(tolerance)
    if target.floor is None and _is_broken(target, value):
        return False
    if target.cap is not None:
        return value * margin <= share * Fraction(target.cap)
    return value >= share * Fraction(target.numbers[0]) * margin


def _is_broken(target: Target, value: Fraction) -> bool:
    """Whether a value is over the most that a cap, a range or an exact number allows."""
    most = Fraction(target.numbers[-1])
    return value >= most if target.below is not None else value > most


def _proved(target: Target, value: Fraction, baseline: Fraction | None, proof: Proof, status: Status) -> Status:
    """The status, if what is missing cannot undo it; else that there are not figures enough.

    What is there holds a floor from below; a cap, a range and a way down it can only break.
    """
    if proof is Proof.ALL or status is Status.NOT_ASSESSED:
        return status
    if target.floor is not None or target.improve == "up" or target.achieved:
        is_sure = status in (Status.ON_TRACK, Status.MET, Status.EXCEEDED)
    elif target.improve == "down":
        is_sure = baseline is not None and value >= baseline
    else:
        is_sure = _is_broken(target, value)
    return status if is_sure and proof is Proof.LEAST else Status.INCOMPLETE
