"""Two results of one scale held against each other: two days, two periods, or two stages. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from vinhchau_kpi.scale import Stage
from vinhchau_kpi.score import Line, Scores, UnitScore


class Side(NamedTuple):
    """Scores, and the highest stage that they are made of; None: of all."""

    scores: Scores
    stage: Stage | None


class UnitChange(NamedTuple):
    """One unit on both sides. `lines`: the criteria that come to other points, or to points of another standard."""

    a: UnitScore
    b: UnitScore
    lines: tuple[tuple[Line, Line], ...]

    @property
    def is_change(self) -> bool:
        a, b = ((one.rank, one.class_, one.knocked_out) for one in (self.a, self.b))
        return bool(self.lines) or a != b


class ScoreDiff(NamedTuple):
    """Every unit, in the order of the scale."""

    a: Side
    b: Side
    units: tuple[UnitChange, ...]


def score_diff(a: Side, b: Side) -> ScoreDiff:
    units = zip(a.scores.units, b.scores.units, strict=True)
    return ScoreDiff(a, b, tuple(UnitChange(one, other, _changed(one, other)) for one, other in units))


def _changed(a: UnitScore, b: UnitScore) -> tuple[tuple[Line, Line], ...]:
    return tuple(
        (one, other)
        for one, other in zip(a.lines, b.lines, strict=True)
        if (one.low, one.high, one.out_of) != (other.low, other.high, other.out_of)
    )


def change(a: UnitScore | Line, b: UnitScore | Line) -> Decimal | None:
    """How many points more; None where either side has only a range."""
    return None if a.points is None or b.points is None else b.points - a.points
