"""Two reports of one plan → what moved, and what each cause did. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vinhchau_kpi import achievement
from vinhchau_kpi.actual import actual, amounts_of
from vinhchau_kpi.figure import Figure, FigureKey
from vinhchau_kpi.figures import Known
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Report, Row
from vinhchau_kpi.status import SILENT, WORST_TO_BEST, Status, View


class Cause(StrEnum):
    """Why an indicator's value or percent is not what it was."""

    NEW_FIGURES = "new_figures"
    RESTATED = "restated"
    TARGET_REVISED = "target_revised"


CAUSE_NAMES = {
    Cause.NEW_FIGURES: N_("new figures"),
    Cause.RESTATED: N_("restated"),
    Cause.TARGET_REVISED: N_("target revised"),
}
NO_CAUSE = "none"


@dataclass(frozen=True, slots=True)
class Parts:
    """What each cause did to a number, in its unit or in points; exact, so that they add up to the whole change.

    Restated is what the figures known to both sides do with the later numbers, new figures what those known to one
    side alone do after that, and the target what it does last of all.
    """

    new_figures: Fraction
    restated: Fraction
    target_revised: Fraction = Fraction(0)

    @property
    def total(self) -> Fraction:
        return self.new_figures + self.restated + self.target_revised

    def of(self, cause: Cause) -> Fraction:
        found: Fraction = getattr(self, cause.value)
        return found


class Turn(StrEnum):
    """What is most worth knowing of a change."""

    BETTER = "better"
    WORSE = "worse"
    APPEARED = "appeared"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator in both reports. `value` and `percent` say how b − a came about, in the unit and in points; None
    where either side has no number."""

    a: Row
    b: Row
    value: Parts | None
    percent: Parts | None
    causes: tuple[Cause, ...]
    restated: tuple[tuple[Figure, Figure], ...] = ()
    """The figures known to both sides that B has with another number, each as A and as B has it."""

    @property
    def is_change(self) -> bool:
        """Whether anything differs: a number, a judgement, or only what they rest on."""
        return bool(self.causes) or self.a.status != self.b.status

    @property
    def has_moved(self) -> bool:
        """Whether something that a report shows differs."""
        before, after = self.a, self.b
        return (before.actual.value, before.percent, before.status, before.target) != (
            after.actual.value,
            after.percent,
            after.status,
            after.target,
        )

    @property
    def change(self) -> Fraction | None:
        """b − a in the unit."""
        return None if self.value is None else self.value.total

    @property
    def percent_change(self) -> Fraction | None:
        """b − a in percent points of the target."""
        return None if self.percent is None else self.percent.total

    @property
    def turn(self) -> Turn | None:
        """Whether a value came or went, or else its judgement turned; None where neither did."""
        return _turn(self.a.status, self.b.status)


@dataclass(frozen=True, slots=True)
class PromiseChange:
    """One commitment in both reports."""

    a: CommitmentRow
    b: CommitmentRow

    @property
    def is_change(self) -> bool:
        return self.a.status is not self.b.status

    @property
    def turn(self) -> Turn | None:
        return _turn(self.a.status, self.b.status)


@dataclass(frozen=True, slots=True)
class Diff:
    """Two reports of one plan, row by row."""

    a: Report
    b: Report
    rows: tuple[Change, ...]
    promises: tuple[PromiseChange, ...] = ()

    @property
    def is_different(self) -> bool:
        return any(row.is_change for row in self.rows) or any(one.is_change for one in self.promises)


def diff(a: Report, known_a: Known, b: Report, known_b: Known) -> Diff:
    """Compare two reports of the same plan and sections; `known_…` are the figures each was made from."""
    rows = tuple(_change(a.plan, before, known_a, after, known_b) for before, after in zip(a.rows, b.rows, strict=True))
    promises = tuple(map(PromiseChange, a.commitments, b.commitments))
    return Diff(a, b, rows, promises)


def _turn(before: Status, after: Status) -> Turn | None:
    if before is after:
        return None
    if (before in SILENT) != (after in SILENT):
        return Turn.APPEARED if before in SILENT else Turn.VANISHED
    ranks = WORST_TO_BEST.get(before), WORST_TO_BEST.get(after)
    if ranks[0] is None or ranks[1] is None or ranks[0] == ranks[1]:
        return None
    return Turn.BETTER if ranks[0] < ranks[1] else Turn.WORSE


def chosen(whole: Diff, view: View) -> Diff:
    """The changes that `view` looks at: the largest first in points of the target, or those that turned, appeared
    or vanished, or were restated, in the order of the plan."""
    rows = [row for row in whole.rows if row.is_change]
    turns: tuple[Turn, ...] = ()
    match view:
        case View.MOST:
            rows = [row for row in rows if row.has_moved]
            rows.sort(key=lambda row: (row.percent_change is None, -abs(row.percent_change or 0)))
        case View.TURNED:
            turns = Turn.BETTER, Turn.WORSE
            rows = [row for row in rows if row.turn in turns]
        case View.APPEARED:
            turns = Turn.APPEARED, Turn.VANISHED
            rows = [row for row in rows if row.turn in turns]
        case View.RESTATED:
            rows = [row for row in rows if Cause.RESTATED in row.causes]
    promises = tuple(promise for promise in whole.promises if promise.turn in turns)
    return Diff(whole.a, whole.b, tuple(rows), promises)


def _change(plan: Plan, a: Row, known_a: Known, b: Row, known_b: Known) -> Change:
    """Figures in one scope and not in the other are new; those in both with other numbers are restated, and so is a
    value that moved with no such figure (a report of another day decides which of two counts)."""
    in_both = _compared(a, known_a, b, known_b)
    is_new, restated = in_both.is_new, in_both.restated
    first, last = a.actual.value, b.actual.value
    is_restated = bool(restated) or (not is_new and first != last)
    found = (
        (Cause.NEW_FIGURES, is_new),
        (Cause.RESTATED, is_restated),
        (Cause.TARGET_REVISED, a.target != b.target),
    )
    value = percent = None
    if first is not None and last is not None:
        between = first if is_new else last
        if is_new and restated:
            alone = actual(a.indicator, amounts_of(plan, in_both.later(), a.indicator), a.period).value
            # Restated figures that make no value by themselves (a rate that lost its denominators) cannot be told apart.
            between = first if alone is None else alone
        value = Parts(new_figures=last - between, restated=between - first)
        if a.percent is not None and b.percent is not None:
            at_a, at_between, at_b = (_percent(a, one) for one in (first, between, last))
            percent = Parts(at_b - at_between, at_between - at_a, b.percent - at_b)
    causes = tuple(cause for cause, holds in found if holds)
    return Change(a, b, value, percent, causes, restated)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The figures of an indicator that two reports can use, held against each other.

    is_new     whether one of them can use a figure of an area and stretch that the other cannot
    restated   those that both can use and B has with another number, as A and as B has them, by period and area
    later      what A knew, with the figures that both can use as B has them
    """

    is_new: bool
    restated: tuple[tuple[Figure, Figure], ...]
    later: Callable[[], Known]


def _compared(a: Row, known_a: Known, b: Row, known_b: Known) -> _Compared:
    if known_a is known_b:
        reach_a, reach_b = (
            {stretch for stretch in known_a.stretches(row.code) if stretch[1] <= row.period.last} for row in (a, b)
        )
        return _Compared(reach_a != reach_b, (), lambda: known_a)
    return _by_columns(a, known_a, b, known_b) or _by_figures(a, known_a, b, known_b)


def _by_columns(a: Row, known_a: Known, b: Row, known_b: Known) -> _Compared | None:
    """None where columns do not hold all that is known on both sides."""
    every_a, every_b, mine, theirs = known_a.columns(a.code), known_b.columns(b.code), known_a.ledger, known_b.ledger
    if every_a is None or every_b is None or mine is None or theirs is None or not mine.is_akin_to(theirs):
        return None
    before = {stretch: column for stretch, column in every_a.items() if stretch[1] <= a.period.last}
    after = {stretch: column for stretch, column in every_b.items() if stretch[1] <= b.period.last}
    # A column that nothing was reported for in between is the same on both days.
    both = [(stretch, before[stretch], after[stretch]) for stretch in before if stretch in after]
    changed = [(stretch, one, other) for stretch, one, other in both if one is not other]
    is_new = before.keys() != after.keys() or not all(one.is_filled_as(other) for _, one, other in changed)
    restated = [
        (mine.figure(one, at), theirs.figure(other, at)) for _, one, other in changed for at in one.differing(other)
    ]

    def later() -> Known:
        ledger = mine.overlaid(theirs, a.code, [stretch for stretch, _, _ in changed])
        return Known(known_a.day, {}, ledger)

    return _Compared(is_new, _in_order(restated), later)


def _by_figures(a: Row, known_a: Known, b: Row, known_b: Known) -> _Compared:
    before, after = _scope(known_a, a.code, a.period), _scope(known_b, b.code, b.period)
    both = [key for key in before if key in after]
    restated = [(before[key], after[key]) for key in both if before[key].numbers != after[key].numbers]

    def later() -> Known:
        return _with(known_a, {key: after[key] for key in both})

    return _Compared(before.keys() != after.keys(), _in_order(restated), later)


def _in_order(restated: list[tuple[Figure, Figure]]) -> tuple[tuple[Figure, Figure], ...]:
    """By period and area: in which order they stand in the files depends on the version that is known."""
    return tuple(sorted(restated, key=lambda pair: (pair[0].period.last, pair[0].period.first, pair[0].area or "")))


def _percent(row: Row, value: Fraction) -> Fraction:
    """What `value` would be in percent of a row's target; for a row that has a percent."""
    base = row.indicator.baseline
    found = achievement.percent(row.target, value, Fraction(base.value) if base else None)
    assert found is not None
    return found


def _with(known: Known, figures: dict[FigureKey, Figure]) -> Known:
    """What was known, with these figures of one indicator in the place of its own."""
    (code,) = {key.code for key in figures}
    latest = {stretch: dict(by_area) for stretch, by_area in known.latest[code].items()}
    for key, figure in figures.items():
        latest[key.stretch][key.area] = figure
    return Known(known.day, {code: latest})


def _scope(known: Known, code: str, period: Period) -> dict[FigureKey, Figure]:
    """The figures that a report on `period` can use of an indicator."""
    return {
        figure.key: figure
        for stretch, by_area in known.latest.get(code, {}).items()
        if stretch[1] <= period.last
        for figure in by_area.values()
    }
