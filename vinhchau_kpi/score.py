"""plan × scale × what was known × who reported when × what was entered → `Scores`: points, classes and ranks. Pure.

Exact to the criterion, whose points are rounded once, half up; sums are of what is printed. Silence never earns: what is not
known makes a range from the least to the most that it can still come to. Each line says in words why it has its points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi import coverage, number
from vinhchau_kpi.coverage import Due
from vinhchau_kpi.doubt import Doubts, is_open
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures, Known
from vinhchau_kpi.finding import Place
from vinhchau_kpi.measured import Measured, Measures
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.scale import (
    STAGE_NAMES,
    Class,
    Criterion,
    Entered,
    Item,
    KnockOut,
    Scale,
    Stage,
    counting,
)
from vinhchau_kpi.scoring_rules import (
    NOTHING,
    Base,
    Span,
    by_leader,
    by_rank,
    capped,
    in_band,
    in_proportion,
    item_words,
    steps_of,
)

NAMED = 12
"""Figures that came late or not at all that a reason names; more are counted."""


class State(StrEnum):
    """How a criterion of one unit came to its points. Those that have only a range are `missing`, or `waiting` for the figures
    of another unit. `self_only`: nobody has appraised what the unit says of itself. `unclaimed`: a bonus nobody entered."""

    COMPUTED = "computed"
    ENTERED = "entered"
    SELF_ONLY = "self_only"
    UNCLAIMED = "unclaimed"
    MISSING = "missing"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of one unit. `low` and `high` are rounded as printed; the same where the points are known.

    `out_of` is what it counts in what the unit could have: 0 where it does not apply and is left out. `why`: how it came to its
    points, step by step. `figures` and `entries` are what it rests on; of a computed criterion `entries` may have a self-score,
    which does not count.
    """

    criterion: Criterion
    state: State
    low: Decimal
    high: Decimal
    out_of: Decimal
    why: tuple[Message, ...]
    figures: tuple[Figure, ...] = ()
    entries: tuple[Entered, ...] = ()
    doubts: Doubts = ()

    @property
    def points(self) -> Decimal | None:
        return self.low if self.low == self.high else None

    @property
    def appraised(self) -> Decimal | None:
        """Its points, where somebody but the unit has entered something that they rest on."""
        return self.points if any(one.stage > Stage.SELF for one in self.entries) else None

    @property
    def claimed(self) -> Decimal | None:
        """What the unit gives itself, by a line that is scored from self-scores alone; None where it has said nothing."""
        if self.criterion.is_computed:
            return next((one.value for one in self.entries if one.code == self.criterion.code), None)
        return self.points if self.entries else None

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(dict.fromkeys((*(one.place for one in self.figures), *(one.place for one in self.entries))))


@dataclass(frozen=True, slots=True)
class UnitScore:
    """What one unit comes to. Percents are of what it could have. An incomplete unit has a range, and like one that is knocked
    out neither class nor rank."""

    unit: str
    cluster: str | None
    lines: tuple[Line, ...]
    knocked_out: tuple[tuple[KnockOut, Entered], ...] = ()
    class_: Class | None = None
    rank: int | None = None

    @property
    def state(self) -> str:
        if self.knocked_out:
            return "knocked_out"
        return "complete" if self.low == self.high else "incomplete"

    @property
    def low(self) -> Decimal:
        return number.total(line.low for line in self.lines)

    @property
    def high(self) -> Decimal:
        return number.total(line.high for line in self.lines)

    @property
    def points(self) -> Decimal | None:
        return self.low if self.low == self.high else None

    @property
    def out_of(self) -> Decimal:
        return number.total(line.out_of for line in self.lines)

    @property
    def percent(self) -> Fraction | None:
        """None for a range, and where nothing applies to the unit."""
        return None if self.points is None or not self.out_of else 100 * Fraction(self.points) / Fraction(self.out_of)

    def of_part(self, criteria: Iterable[Criterion]) -> tuple[Decimal, Decimal]:
        """The range of its points in a part of the scale."""
        wanted = {one.code for one in criteria}
        lines = [line for line in self.lines if line.criterion.code in wanted]
        return number.total(line.low for line in lines), number.total(line.high for line in lines)


@dataclass(frozen=True, slots=True)
class Scores:
    """The points of every unit at the end of `period`, as known on `as_of` (None: by everything), in the order of the scale.

    `is_provisional`: before the plan's last month, held against what is expected by then.
    """

    plan: Plan
    scale: Scale
    period: Period
    as_of: date | None
    is_provisional: bool
    units: tuple[UnitScore, ...]


class Staged(NamedTuple):
    """Scores, and what they would be from self-scores alone."""

    scores: Scores
    self_scored: Scores


def score(
    scale: Scale, plan: Plan, known: Known, figures: Figures, period: Period, entered: Iterable[Entered] = ()
) -> Scores:
    """`known`: the figures as they count; `figures`: all their versions, for who reported when."""
    measures = Measures(scale, plan, known, figures, period)
    court = _Court(scale, measures, counting(entered, known.day))
    units = scale.units(plan)
    if scale.of == "areas":
        units = {unit: units[unit] for unit in plan.lives.living(units, period)}
    clusters: dict[str | None, list[str]] = {}
    for unit, cluster in units.items():
        clusters.setdefault(cluster, []).append(unit)
    found = [court.unit(unit, cluster, clusters[cluster]) for unit, cluster in units.items()]
    return Scores(plan, scale, period, known.day, measures.is_provisional, _ranked(scale, found))


def _ranked(scale: Scale, units: list[UnitScore]) -> tuple[UnitScore, ...]:
    """Of complete units the classes, and the ranks within each cluster: of 90, 80, 80 and 70 percent 1, 2, 2 and 4."""

    def by(one: UnitScore) -> Fraction | None:
        if one.state != "complete":
            return None
        return one.percent if scale.rank_by == "percent" else Fraction(one.low)

    marks = {one.unit: by(one) for one in units}
    done = []
    for one in units:
        own = marks[one.unit]
        if own is not None:
            others = (marks[other.unit] for other in units if other.cluster == one.cluster)
            rank = 1 + sum(mark is not None and mark > own for mark in others)
            class_ = scale.class_of(one.percent) if one.percent is not None else None
            one = replace(one, rank=rank, class_=class_)  # noqa: PLW2901
        done.append(one)
    return tuple(done)


@dataclass(frozen=True)
class _Court:
    """Everything that points are given by."""

    scale: Scale
    measures: Measures
    entered: Mapping[tuple[str, str], Entered]

    def unit(self, unit: str, cluster: str | None, peers: Sequence[str]) -> UnitScore:
        lines = tuple(self._line(criterion, unit, peers) for criterion in self.scale.criteria)
        said = ((one, self.entered.get((unit, one.code))) for one in self.scale.knock_outs)
        out = tuple((one, entry) for one, entry in said if entry is not None and entry.value == 1)
        return UnitScore(unit, cluster, lines, out)

    # One criterion

    def _line(self, criterion: Criterion, unit: str, peers: Sequence[str]) -> Line:
        own = self.entered.get((unit, criterion.code))
        if not criterion.is_computed:
            return self._entered_line(criterion, unit, own)
        computed = self._computed_line(criterion, unit, peers)
        if own is None:
            return computed
        said = _said(own)
        if own.stage is Stage.SELF:
            beside = Message(N_("{said}; computed points are not replaced by a self-score"), {"said": said})
            return replace(computed, why=(*computed.why, beside), entries=(*computed.entries, own))
        instead = N_("{said}, in place of the computed {low}: {note}")
        if computed.low != computed.high:
            instead = N_("{said}, in place of the computed {low} to {high}: {note}")
        args = {"said": said, "low": computed.low, "high": computed.high, "note": own.note}
        points = self._rounded(Fraction(own.value))
        return replace(
            computed,
            state=State.ENTERED,
            low=points,
            high=points,
            out_of=criterion.points,
            why=(*computed.why, Message(instead, args)),
            entries=(*computed.entries, own),
        )

    def _computed_line(self, criterion: Criterion, unit: str, peers: Sequence[str]) -> Line:
        if any(item.count for item in criterion.items) and not self._dues_of(criterion, unit):
            return self._left_out(criterion, Message(N_("no figure was due from it")))
        if criterion.indicator is None:
            span = Span(Fraction(criterion.points), Fraction(criterion.points))
            return self._with_items(criterion, unit, Base(span, (_full(criterion),)), None)
        measured = self.measures.of(criterion, unit)
        if measured.not_for is not None:
            return self._left_out(criterion, measured.not_for)
        base = self._base(criterion, unit, measured, peers)
        return self._with_items(criterion, unit, base, measured)

    def _entered_line(self, criterion: Criterion, unit: str, own: Entered | None) -> Line:
        items = [
            one for item in criterion.items if item.code is not None and (one := self.entered.get((unit, item.code)))
        ]
        points = Fraction(criterion.points)
        if criterion.rule is None and own is not None and all(own.stage >= one.stage for one in items):
            total = Fraction(own.value)
            line = self._finished(criterion, Span(total, total), (_said(own),), (own,))
            return replace(line, entries=(own, *items))
        if criterion.rule is not None and own is not None:
            value = Fraction(criterion.ranks[int(own.value) - 1] if own.is_rank else own.value)
            return self._with_items(criterion, unit, Base(Span(value, value), (_said(own),)), None, (own,))
        has_off = any(not item.is_added for item in criterion.items)
        if criterion.rule is None and (has_off or items or not criterion.points):
            line = self._with_items(criterion, unit, Base(Span(points, points), (_full(criterion),)), None)
            return line if own is None else replace(line, why=(_said(own), *line.why), entries=(*line.entries, own))
        least = Fraction(criterion.limits[0])
        nobody = Message(N_("nobody has entered it"))
        return self._with_items(criterion, unit, Base(Span(least, Fraction(criterion.highest_base)), (nobody,)), None)

    def _with_items(
        self,
        criterion: Criterion,
        unit: str,
        base: Base,
        measured: Measured | None,
        entries: tuple[Entered, ...] = (),
    ) -> Line:
        added, off, why = NOTHING, NOTHING, list(base.why)
        for item in criterion.items:
            span, words, entry = self._item(criterion, item, unit, measured)
            if item.is_added:
                added = Span(added.low + span.low, added.high + span.high)
            else:
                off = Span(off.low + span.low, off.high + span.high)
            why += [words] if words is not None else []
            entries += (entry,) if entry is not None else ()
        for name, together, most in (
            (N_("added at most {most}"), added, criterion.most_added),
            (N_("taken off at most {most}"), off, criterion.most_off),
        ):
            if most is not None and together.low > most:
                why.append(Message(name, {"most": most}))
        added, off = capped(added, criterion.most_added), capped(off, criterion.most_off)
        span = Span(base.span.low + added.low - off.high, base.span.high + added.high - off.low)
        doubts = measured.doubts if measured else ()
        line = self._finished(criterion, span, tuple(why), entries, base.is_waiting)
        return replace(line, figures=measured.figures if measured else (), doubts=doubts)

    def _finished(
        self,
        criterion: Criterion,
        span: Span,
        why: tuple[Message, ...],
        entries: tuple[Entered, ...] = (),
        is_waiting: bool = False,
    ) -> Line:
        low, high = (self._rounded(max(one, Fraction(0))) for one in span)
        if low < high:
            state = State.WAITING if is_waiting else State.MISSING
        elif any(one.stage is Stage.SELF for one in entries):
            state = State.SELF_ONLY
        elif criterion.is_computed:
            state = State.COMPUTED
        else:
            state = State.ENTERED if entries else State.UNCLAIMED
        return Line(criterion, state, low, high, criterion.points, why, entries=entries)

    def _left_out(self, criterion: Criterion, reason: Message) -> Line:
        points = Decimal(0) if self.scale.not_applicable == "leave_out" else criterion.points
        rounded = self._rounded(Fraction(points))
        return Line(criterion, State.NOT_APPLICABLE, rounded, rounded, points, (reason,))

    def _rounded(self, exact: Fraction) -> Decimal:
        return number.rounded(exact, self.scale.round)

    # Items

    def _item(
        self, criterion: Criterion, item: Item, unit: str, measured: Measured | None
    ) -> tuple[Span, Message | None, Entered | None]:
        """The points (0 or above) that an item adds or takes off, how, and what was entered."""
        each, worst = Fraction(abs(item.each)), self._worst(criterion, item)
        entry: Entered | None = None
        behind: Message | tuple[str, ...] = ()
        if item.over is not None:
            if measured is None or measured.value is None:
                return Span(Fraction(0), worst), None, None
            cases = steps_of(item, measured.value - Fraction(item.over))
            many = Span(cases, cases)
            if not cases:
                return NOTHING, None, None
        elif item.count is not None:
            many, behind = self._counted(criterion, item, unit)
        else:
            assert item.code is not None
            entry = self.entered.get((unit, item.code))
            if entry is None:
                if item.is_added:
                    return NOTHING, None, None
                silent = Message(N_("{code}: nobody has said how many cases"), {"code": item.code})
                return Span(Fraction(0), worst), silent, None
            many, behind = Span(Fraction(entry.value), Fraction(entry.value)), Message(STAGE_NAMES[entry.stage])
        found = capped(Span(each * many.low, each * many.high), item.most)
        return found, item_words(item, many, found, behind), entry

    def _worst(self, criterion: Criterion, item: Item) -> Fraction:
        """The most that an item can come to, as far as it matters."""
        most = criterion.most_added if item.is_added else criterion.most_off
        limits = [one for one in (item.most, most) if one is not None]
        return Fraction(min(limits)) if limits else Fraction(criterion.highest_base + (criterion.most_it_can_add or 0))

    def _counted(self, criterion: Criterion, item: Item, unit: str) -> tuple[Span, tuple[str, ...]]:
        """How many figures came late or not at all, and which; those without a day may have come late."""
        sure, perhaps = (
            (coverage.State.MISSING, None)
            if item.count == "not_received"
            else (coverage.State.LATE, coverage.State.UNDATED)
        )
        dues = [one for one in self._dues_of(criterion, unit) if one.state in (sure, perhaps)]
        low = sum(one.state is sure for one in dues)
        names = tuple(f"{one.indicator.code} {one.period}" for one in dues)
        shown = names if len(names) <= NAMED else (*names[:NAMED], "…")
        return Span(Fraction(low), Fraction(len(dues))), shown

    def _dues_of(self, criterion: Criterion, unit: str) -> list[Due]:
        return [one for one in self.measures.dues(unit) if criterion.indicator in (None, one.indicator.code)]

    # Rules

    def _base(self, criterion: Criterion, unit: str, measured: Measured, peers: Sequence[str]) -> Base:
        """What the rule gives for a measure that applies."""
        points = Fraction(criterion.points)
        if measured.is_missing:
            least = min((band.worth for band in criterion.bands), default=Decimal(0))
            return Base(Span(Fraction(least), Fraction(criterion.highest_base)), (measured.words,))
        value = measured.value
        if criterion.met:
            got = points if measured.is_met else Fraction(0)
            words = Message(N_("met: {points}") if measured.is_met else N_("not met: {points}"), {"points": got})
            return Base(Span(got, got), (measured.words, words))
        assert value is not None or criterion.rule is None
        if criterion.rule is None or value is None:
            return Base(Span(points, points), (measured.words, _full(criterion)))
        if criterion.leader is not None or criterion.ranks:
            others = {peer: self.measures.of(criterion, peer) for peer in peers if peer != unit}
            rule = by_leader if criterion.leader is not None else by_rank
            found = rule(criterion, value, {unit: one for unit, one in others.items() if one.not_for is None})
            return found._replace(why=(measured.words, *found.why))
        if criterion.proportion is not None:
            got, words = in_proportion(criterion, value)
        else:
            got, words = in_band(criterion, value)
        return Base(Span(got, got), (measured.words, words))


def _said(entry: Entered) -> Message:
    args = {"stage": Message(STAGE_NAMES[entry.stage]), "value": entry.value, "day": f"{entry.version:%d/%m/%Y}"}
    if entry.is_rank:
        return Message(N_("{stage}: rank {value}"), args)
    return Message(N_("{stage}: {value}") if entry.day is None else N_("{stage} on {day}: {value}"), args)


def _full(criterion: Criterion) -> Message:
    return Message(N_("full, {points}"), {"points": criterion.points})


def is_doubted(line: Line) -> bool:
    """Whether a doubt is open about a figure that its points rest on."""
    return is_open(line.doubts)
