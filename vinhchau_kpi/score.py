"""plan × scale × what was known × who reported when × what was entered → `Scores`: points, classes and ranks. Pure.

Exact to the criterion, whose points are rounded once, half up; sums are of what is printed. Silence never earns: what is not
known makes a range from the least to the most that it can still come to. Each line says in words why it has its points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from vinhchau_kpi import coverage, number, rules
from vinhchau_kpi.coverage import Due
from vinhchau_kpi.doubt import Doubts, is_open
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.measured import Measured, Measures
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.scale import STAGE_NAMES, Class, Criterion, Entered, Item, KnockOut, Scale, Stage, counting
from vinhchau_kpi.scoring_rules import BY_RULE, Earned, earned, in_full, of_cases, steps_of
from vinhchau_kpi.text import fold

ZERO = Fraction(0)
NOTHING = Earned(ZERO, ZERO)

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
    def is_doubted(self) -> bool:
        """Whether a doubt is open about a figure that its points rest on."""
        return is_open(self.doubts)

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


def score(measures: Measures, entered: Iterable[Entered] = ()) -> Scores:
    """What the figures of `measures` and what was entered come to."""
    scale = measures.scale
    court = _Court(scale, measures, counting(entered, measures.known.day))
    units = scale.units(measures.plan)
    if scale.of == "areas":
        units = {unit: units[unit] for unit in measures.plan.lives.living(units, measures.period)}
    clusters: dict[str | None, list[str]] = {}
    for unit, cluster in units.items():
        clusters.setdefault(cluster, []).append(unit)
    found = _ranked(scale, [court.unit(unit, cluster, clusters[cluster]) for unit, cluster in units.items()])
    return Scores(measures.plan, scale, measures.period, measures.known.day, measures.is_provisional, found)


def _ranked(scale: Scale, units: list[UnitScore]) -> tuple[UnitScore, ...]:
    """Of complete units the classes, and the ranks within each cluster: of 90, 80, 80 and 70 percent 1, 2, 2 and 4."""

    def mark(one: UnitScore) -> Fraction | None:
        if one.state != "complete":
            return None
        return one.percent if scale.rank_by == "percent" else Fraction(one.low)

    marks = [(one.cluster, own) for one in units if (own := mark(one)) is not None]
    done = []
    for one in units:
        own = mark(one)
        if own is not None:
            rank = 1 + sum(cluster == one.cluster and other > own for cluster, other in marks)
            class_ = scale.class_of(one.percent) if one.percent is not None else None
            one = replace(one, rank=rank, class_=class_)  # noqa: PLW2901
        done.append(one)
    return tuple(done)


def contradictions(scale: Scale, entered: Sequence[Entered]) -> Iterator[tuple[Finding, set[Entered]]]:
    """Totals that are not what the cases make that were entered at the same stage; each with the entries that disagree."""
    for stage in Stage:
        counts = counting((one for one in entered if one.stage is stage), None)
        court = _Court(scale, None, counts)
        for (unit, code), total in counts.items():
            criterion = scale.codes[fold(code)]
            if not isinstance(criterion, Criterion) or criterion.is_computed or criterion.rule is not None:
                continue
            made = court.line(criterion, court.with_items(criterion, unit, in_full(criterion)))
            if made.entries and not made.low <= court.rounded(total.value) <= made.high:
                span = Message(N_("{low} to {high}"), {"low": made.low, "high": made.high})
                args = {"code": code, "unit": unit, "value": total.value, "places": tuple(map(str, made.places))}
                args["made"] = span if made.low < made.high else made.low
                yield Finding(rules.SCORE_TOTAL, total.place, args), {total, *made.entries}


@dataclass(frozen=True)
class _Court:
    """Everything that points are given by; without `measures`, by what was entered alone."""

    scale: Scale
    measures: Measures | None
    entered: Mapping[tuple[str, str], Entered]

    def unit(self, unit: str, cluster: str | None, peers: Sequence[str]) -> UnitScore:
        lines = tuple(self._line_of(criterion, unit, peers) for criterion in self.scale.criteria)
        said = ((one, self.entered.get((unit, one.code))) for one in self.scale.knock_outs)
        out = tuple((one, entry) for one, entry in said if entry is not None and entry.value == 1)
        return UnitScore(unit, cluster, lines, out)

    # One criterion

    def _line_of(self, criterion: Criterion, unit: str, peers: Sequence[str]) -> Line:
        own = self.entered.get((unit, criterion.code))
        if not criterion.is_computed:
            return self._entered_line(criterion, unit, own)
        computed = self._computed_line(criterion, unit, peers)
        if own is None:
            return computed
        said, entries = _said(own), (*computed.entries, own)
        if own.stage is Stage.SELF:
            beside = Message(N_("{said}; computed points are not replaced by a self-score"), {"said": said})
            return replace(computed, why=(*computed.why, beside), entries=entries)
        instead = N_("{said}, in place of the computed {low}: {note}")
        if computed.low != computed.high:
            instead = N_("{said}, in place of the computed {low} to {high}: {note}")
        why = Message(instead, {"said": said, "low": computed.low, "high": computed.high, "note": own.note})
        found = self.line(criterion, earned(own.value, *computed.why, why)._replace(figures=computed.figures))
        return replace(found, state=State.ENTERED, entries=entries, doubts=computed.doubts)

    def _computed_line(self, criterion: Criterion, unit: str, peers: Sequence[str]) -> Line:
        assert self.measures is not None
        if any(item.count for item in criterion.items) and not self._dues_of(criterion, unit):
            return self._left_out(criterion, Message(N_("no figure was due from it")))
        if criterion.indicator is None:
            return self.line(criterion, self.with_items(criterion, unit, in_full(criterion)))
        measured = self.measures.of(criterion, unit)
        if measured.not_for is not None:
            return self._left_out(criterion, measured.not_for)
        of_peers = {peer: self.measures.of(criterion, peer) for peer in peers if peer != unit}
        found = _by_measure(criterion, measured, {unit: one for unit, one in of_peers.items() if one.not_for is None})
        found = found._replace(why=(measured.words, *found.why), figures=(*measured.figures, *found.figures))
        return replace(self.line(criterion, self.with_items(criterion, unit, found, measured)), doubts=measured.doubts)

    def _entered_line(self, criterion: Criterion, unit: str, own: Entered | None) -> Line:
        items = [one for item in criterion.items if item.code and (one := self.entered.get((unit, item.code)))]
        if own is not None and criterion.rule is None and all(own.stage >= one.stage for one in items):
            line = self.line(criterion, earned(own.value, _said(own))._replace(entries=(own,)))
            return replace(line, entries=(own, *items))
        if own is not None and criterion.rule is not None:
            value = criterion.ranks[int(own.value) - 1] if own.is_rank else own.value
            base = earned(value, _said(own))._replace(entries=(own,))
        elif criterion.rule is None and (items or not criterion.points or any(not i.is_added for i in criterion.items)):
            base = in_full(criterion)
        else:
            least, most = criterion.limits[0], criterion.highest_base
            base = Earned(Fraction(least), Fraction(most), (Message(N_("nobody has entered it")),))
        line = self.line(criterion, self.with_items(criterion, unit, base))
        if own is None or criterion.rule is not None:
            return line
        return replace(line, why=(_said(own), *line.why), entries=(*line.entries, own))

    def with_items(self, criterion: Criterion, unit: str, base: Earned, measured: Measured | None = None) -> Earned:
        """What a rule gives, with what the items add and take off."""
        items = [(item.is_added, self._item(criterion, item, unit, measured)) for item in criterion.items]
        low, high = base.low, base.high
        every, caps = [base, *(one for _, one in items)], []
        for is_added, most, sentence in (
            (True, criterion.most_added, N_("added at most {most}")),
            (False, criterion.most_off, N_("taken off at most {most}")),
        ):
            own = [one for added, one in items if added is is_added]
            together = Earned(sum((one.low for one in own), ZERO), sum((one.high for one in own), ZERO))
            if most is not None and together.low > most:
                caps.append(Message(sentence, {"most": most}))
            least, greatest, *_ = together.capped(most)
            low, high = (low + least, high + greatest) if is_added else (low - greatest, high - least)
        return Earned(
            low,
            high,
            (*chain.from_iterable(one.why for one in every), *caps),
            tuple(chain.from_iterable(one.figures for one in every)),
            tuple(chain.from_iterable(one.entries for one in every)),
            base.is_waiting,
        )

    def line(self, criterion: Criterion, found: Earned) -> Line:
        """A criterion with what was earned by it: rounded, and never below 0."""
        low, high = (self.rounded(max(one, ZERO)) for one in (found.low, found.high))
        if low < high:
            state = State.WAITING if found.is_waiting else State.MISSING
        elif any(one.stage is Stage.SELF for one in found.entries):
            state = State.SELF_ONLY
        elif criterion.is_computed:
            state = State.COMPUTED
        else:
            state = State.ENTERED if found.entries else State.UNCLAIMED
        return Line(criterion, state, low, high, criterion.points, found.why, found.figures, found.entries)

    def _left_out(self, criterion: Criterion, reason: Message) -> Line:
        points = Decimal(0) if self.scale.not_applicable == "leave_out" else criterion.points
        rounded = self.rounded(points)
        return Line(criterion, State.NOT_APPLICABLE, rounded, rounded, points, (reason,))

    def rounded(self, exact: Decimal | Fraction) -> Decimal:
        return number.rounded(Fraction(exact), self.scale.round)

    # Items

    def _item(self, criterion: Criterion, item: Item, unit: str, measured: Measured | None) -> Earned:
        """The points (0 or above) that an item adds or takes off."""
        most = criterion.most_added if item.is_added else criterion.most_off
        limits = [one for one in (item.most, most) if one is not None]
        worst = Fraction(min(limits, default=criterion.highest_base + (criterion.most_it_can_add or 0)))
        if item.over is not None:
            if measured is None or measured.value is None:
                return Earned(ZERO, worst)
            cases = steps_of(item, measured.value - Fraction(item.over))
            return of_cases(item, cases, cases, ()) if cases else NOTHING
        if item.count is not None:
            return self._counted(criterion, item, unit)
        entry = self.entered.get((unit, item.code or ""))
        if entry is not None:
            many = Fraction(entry.value)
            return of_cases(item, many, many, Message(STAGE_NAMES[entry.stage]))._replace(entries=(entry,))
        silent = Message(N_("{code}: nobody has said how many cases"), {"code": item.code})
        return NOTHING if item.is_added else Earned(ZERO, worst, (silent,))

    def _counted(self, criterion: Criterion, item: Item, unit: str) -> Earned:
        """How many figures came late or not at all, and which; those without a day may have come late."""
        assert self.measures is not None
        sure, perhaps = (
            (coverage.State.MISSING, None)
            if item.count == "not_received"
            else (coverage.State.LATE, coverage.State.UNDATED)
        )
        dues = [one for one in self._dues_of(criterion, unit) if one.state in (sure, perhaps)]
        names = [f"{one.indicator.code} {one.period}" for one in dues]
        shown = tuple(names if len(names) <= NAMED else (*names[:NAMED], "…"))
        found = of_cases(item, Fraction(sum(one.state is sure for one in dues)), Fraction(len(dues)), shown)
        return found._replace(figures=self.measures.figures_of(dues, unit))

    def _dues_of(self, criterion: Criterion, unit: str) -> list[Due]:
        assert self.measures is not None
        return [one for one in self.measures.dues(unit) if criterion.indicator in (None, one.indicator.code)]


def _by_measure(criterion: Criterion, measured: Measured, others: Mapping[str, Measured]) -> Earned:
    """What the rule gives for a measure that applies; `others`: the measures of the rest of the cluster that do."""
    if measured.is_missing:
        least = min((band.worth for band in criterion.bands), default=Decimal(0))
        return Earned(Fraction(least), Fraction(criterion.highest_base))
    if criterion.met:
        got = criterion.points if measured.is_met else Decimal(0)
        return earned(
            got, Message(N_("met: {points}") if measured.is_met else N_("not met: {points}"), {"points": got})
        )
    if criterion.rule is None or measured.value is None:
        return in_full(criterion)
    return BY_RULE[criterion.rule](criterion, measured.value, others)


def _said(entry: Entered) -> Message:
    args = {"stage": Message(STAGE_NAMES[entry.stage]), "value": entry.value, "day": f"{entry.version:%d/%m/%Y}"}
    if entry.is_rank:
        return Message(N_("{stage}: rank {value}"), args)
    return Message(N_("{stage}: {value}") if entry.day is None else N_("{stage} on {day}: {value}"), args)
