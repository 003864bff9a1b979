"""The rules of a scale: the points that a measure earns, exactly, and why. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.measured import Measured, Percent
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.scale import Band, Criterion, Entered, Item, band_of


class Earned(NamedTuple):
    """Points from the least to the most that they can still come to, both the same where they are known; how, step by step,
    and what they rest on. `is_waiting`: for the figures of others."""

    low: Fraction
    high: Fraction
    why: tuple[Message, ...] = ()
    figures: tuple[Figure, ...] = ()
    entries: tuple[Entered, ...] = ()
    is_waiting: bool = False

    def capped(self, most: Decimal | None) -> Earned:
        if most is None:
            return self
        return self._replace(low=min(self.low, Fraction(most)), high=min(self.high, Fraction(most)))


def earned(points: Decimal | Fraction, *why: Message) -> Earned:
    """Points that are known."""
    return Earned(Fraction(points), Fraction(points), why)


def in_full(criterion: Criterion) -> Earned:
    return earned(criterion.points, Message(N_("full, {points}"), {"points": criterion.points}))


def steps_of(item: Item, excess: Fraction) -> Fraction:
    """How many steps `excess` has: whole ones, or begun ones, or exactly."""
    if excess <= 0:
        return Fraction(0)
    if item.steps == "exact":
        return excess
    return Fraction(math.floor(excess) if item.steps == "whole" else math.ceil(excess))


def of_cases(item: Item, low: Fraction, high: Fraction, behind: Message | tuple[str, ...]) -> Earned:
    """The points (0 or above) that so many cases add or take off; `behind`: who has entered them, or which figures they are."""
    each = abs(Fraction(item.each))
    found = Earned(each * low, each * high).capped(item.most)
    args = {
        "what": item.code or Message(_WHAT[item.count] if item.count else _STEPS[item.steps], {"over": item.over or 0}),
        "low": low,
        "high": high,
        "each": item.each,
        "most": item.most or 0,
        "behind": behind,
    }
    is_capped = found.low < each * low
    if low != high:
        sentence = N_("{what}: {low} to {high} × {each} ({behind})")
    elif behind and is_capped:
        sentence = N_("{what}: {low} × {each}, at most {most} ({behind})")
    elif behind:
        sentence = N_("{what}: {low} × {each} ({behind})")
    else:
        sentence = N_("{what}: {low} × {each}, at most {most}") if is_capped else N_("{what}: {low} × {each}")
    return found._replace(why=(Message(sentence, args),))


_WHAT = {"late": N_("figures that came late"), "not_received": N_("figures that did not come")}
_STEPS = {
    "whole": N_("full steps over {over}"),
    "started": N_("begun steps over {over}"),
    "exact": N_("over {over}"),
}

Others = Mapping[str, Measured]
"""What the rest of the cluster has, of those to whom a criterion applies."""


def in_proportion(criterion: Criterion, percent: Fraction, _: Others) -> Earned:
    assert criterion.proportion is not None
    floor = criterion.proportion.zero_below
    args = {"points": criterion.points, "percent": Percent(percent)}
    if floor is not None and percent < floor:
        return earned(Fraction(0), Message(N_("nothing below {floor} %"), {"floor": floor}))
    if percent >= 100:
        return earned(criterion.points, Message(N_("100 % or more: all {points}"), args))
    return earned(
        max(Fraction(0), Fraction(criterion.points) * percent / 100), Message(N_("{points} × {percent}"), args)
    )


def by_leader(criterion: Criterion, percent: Fraction, others: Others) -> Earned:
    assert criterion.leader is not None
    points = Fraction(criterion.points)
    half = points * criterion.leader.met
    args: dict[str, object] = {"points": criterion.points, "half": half, "percent": Percent(percent)}
    if percent < 100:
        got = max(Fraction(0), half * percent / 100)
        return earned(got, Message(N_("below the target: {half} × {percent}"), args))
    if percent == 100:
        return earned(half, Message(N_("exactly the target: {half}"), args))
    excess = percent - 100
    furthest = max([excess, *(one.value - 100 for one in others.values() if one.value is not None)])
    got = half + (points - half) * excess / furthest
    args |= {"rest": points - half, "excess": Percent(excess), "furthest": Percent(furthest)}
    waited_for = tuple(unit for unit, one in others.items() if one.is_missing)
    if waited_for:
        words = Message(N_("over the target: {half} and more; still missing: {units}"), args | {"units": waited_for})
        return Earned(half, got, (words,), is_waiting=True)
    if excess == furthest:
        return earned(got, Message(N_("the furthest over the target: {points}"), args))
    leader = next(one for one in others.values() if one.value == furthest + 100)
    words = Message(N_("{half} + {rest} × {excess} over ÷ {furthest} of the furthest over"), args)
    return earned(got, words)._replace(figures=leader.figures)


def by_rank(criterion: Criterion, value: Fraction, others: Others) -> Earned:
    """Ranks are of the cluster, the highest value first; units alike share one. Who comes after the last has its points."""
    better = [one for one in others.values() if one.value is not None and one.value > value]
    missing = tuple(unit for unit, one in others.items() if one.is_missing)
    figures = tuple(figure for one in better for figure in one.figures)
    worths = [
        Fraction(criterion.ranks[min(rank, len(criterion.ranks) - 1)])
        for rank in range(len(better), len(better) + len(missing) + 1)
    ]
    args = {"rank": len(better) + 1, "points": worths[0], "units": missing}
    sentence = N_("rank {rank} of the cluster: {points}")
    if missing:
        sentence = N_("rank {rank} so far; still missing: {units}")
    return Earned(min(worths), max(worths), (Message(sentence, args),), figures, is_waiting=bool(missing))


def in_band(criterion: Criterion, value: Fraction, _: Others) -> Earned:
    band = band_of(criterion.bands, value)
    return earned(band.worth, Message(N_("in the band {band}: {points}"), {"band": _words(band), "points": band.worth}))


BY_RULE = {"proportion": in_proportion, "leader": by_leader, "bands": in_band, "ranks": by_rank}
"""What looks at how much was measured; `met` looks only at whether the target is."""


def _words(band: Band) -> Message:
    if band.otherwise is not None:
        return Message(N_("“otherwise”"))
    if band.lower is not None:
        return Message(N_("“from {lower}”") if band.above is None else N_("“above {lower}”"), {"lower": band.lower[0]})
    upper = band.at_most if band.below is None else band.below
    return Message(N_("“up to {upper}”") if band.below is None else N_("“below {upper}”"), {"upper": upper})
