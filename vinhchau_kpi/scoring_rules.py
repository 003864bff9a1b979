"""The rules of a scale: the points that a measure earns, exactly, and why. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.measured import Measured, Percent
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.scale import Band, Criterion, Item, band_of


class Span(NamedTuple):
    """From the least to the most that a number can still come to; both the same where it is known."""

    low: Fraction
    high: Fraction


NOTHING = Span(Fraction(0), Fraction(0))


class Base(NamedTuple):
    """What the rule of a criterion gives, before its items. `is_waiting`: for the figures of others."""

    span: Span
    why: tuple[Message, ...]
    is_waiting: bool = False


def capped(span: Span, most: Decimal | None) -> Span:
    return span if most is None else Span(*(min(one, Fraction(most)) for one in span))


def steps_of(item: Item, excess: Fraction) -> Fraction:
    """How many steps `excess` has: whole ones, or begun ones, or exactly."""
    if excess <= 0:
        return Fraction(0)
    if item.steps == "exact":
        return excess
    return Fraction(math.floor(excess) if item.steps == "whole" else math.ceil(excess))


def item_words(item: Item, many: Span, found: Span, behind: Message | tuple[str, ...]) -> Message:
    """How an item came to its points; `behind`: who has entered the cases, or which figures they are."""
    args = {
        "what": item.code or Message(_WHAT[item.count] if item.count else _STEPS[item.steps], {"over": item.over or 0}),
        "low": many.low,
        "high": many.high,
        "each": item.each,
        "most": item.most or 0,
        "behind": behind,
    }
    if many.low != many.high:
        return Message(N_("{what}: {low} to {high} × {each} ({behind})"), args)
    is_capped = item.most is not None and found.low < abs(Fraction(item.each)) * many.low
    if behind:
        some = (
            N_("{what}: {low} × {each}, at most {most} ({behind})")
            if is_capped
            else N_("{what}: {low} × {each} ({behind})")
        )
        return Message(some, args)
    return Message(N_("{what}: {low} × {each}, at most {most}") if is_capped else N_("{what}: {low} × {each}"), args)


_WHAT = {"late": N_("figures that came late"), "not_received": N_("figures that did not come")}
_STEPS = {
    "whole": N_("full steps over {over}"),
    "started": N_("begun steps over {over}"),
    "exact": N_("over {over}"),
}


def in_proportion(criterion: Criterion, percent: Fraction) -> tuple[Fraction, Message]:
    assert criterion.proportion is not None
    floor = criterion.proportion.zero_below
    args = {"points": criterion.points, "percent": Percent(percent)}
    if floor is not None and percent < floor:
        return Fraction(0), Message(N_("nothing below {floor} %"), {"floor": floor})
    if percent >= 100:
        return Fraction(criterion.points), Message(N_("100 % or more: all {points}"), args)
    return max(Fraction(0), Fraction(criterion.points) * percent / 100), Message(N_("{points} × {percent}"), args)


def by_leader(criterion: Criterion, percent: Fraction, others: Mapping[str, Measured]) -> Base:
    """`others`: the rest of the cluster that has a target."""
    assert criterion.leader is not None
    points = Fraction(criterion.points)
    half = points * criterion.leader.met
    args: dict[str, object] = {"points": criterion.points, "half": half, "percent": Percent(percent)}
    if percent < 100:
        got = max(Fraction(0), half * percent / 100)
        return Base(Span(got, got), (Message(N_("below the target: {half} × {percent}"), args),))
    if percent == 100:
        return Base(Span(half, half), (Message(N_("exactly the target: {half}"), args),))
    excess = percent - 100
    furthest = max([excess, *(one.value - 100 for one in others.values() if one.value is not None)])
    got = half + (points - half) * excess / furthest
    args |= {"rest": points - half, "excess": Percent(excess), "furthest": Percent(furthest)}
    waited_for = tuple(unit for unit, one in others.items() if one.is_missing)
    if waited_for:
        words = Message(N_("over the target: {half} and more; still missing: {units}"), args | {"units": waited_for})
        return Base(Span(half, got), (words,), is_waiting=True)
    if excess == furthest:
        return Base(Span(got, got), (Message(N_("the furthest over the target: {points}"), args),))
    words = Message(N_("{half} + {rest} × {excess} over ÷ {furthest} of the furthest over"), args)
    return Base(Span(got, got), (words,))


def by_rank(criterion: Criterion, value: Fraction, others: Mapping[str, Measured]) -> Base:
    """Ranks are of the cluster, the highest value first; units alike share one. Who comes after the last has its points."""
    better = sum(one.value is not None and one.value > value for one in others.values())
    missing = tuple(unit for unit, one in others.items() if one.is_missing)
    worths = [
        Fraction(criterion.ranks[min(rank, len(criterion.ranks) - 1)])
        for rank in range(better, better + len(missing) + 1)
    ]
    args = {"rank": better + 1, "points": worths[0], "units": missing}
    if missing:
        return Base(
            Span(min(worths), max(worths)), (Message(N_("rank {rank} so far; still missing: {units}"), args),), True
        )
    return Base(Span(worths[0], worths[0]), (Message(N_("rank {rank} of the cluster: {points}"), args),))


def in_band(criterion: Criterion, value: Fraction) -> tuple[Fraction, Message]:
    band = band_of(criterion.bands, value)
    args = {"band": _band_words(band), "points": band.worth}
    return Fraction(band.worth), Message(N_("in the band {band}: {points}"), args)


def _band_words(band: Band) -> Message:
    args = {"lower": band.above if band.above is not None else band.at_least, "upper": band.below or band.at_most}
    if band.otherwise is not None:
        return Message(N_("“otherwise”"))
    if band.at_least is not None:
        return Message(N_("“from {lower}”"), args)
    if band.above is not None:
        return Message(N_("“above {lower}”"), args)
    return Message(N_("“below {upper}”") if band.below is not None else N_("“up to {upper}”"), args)
