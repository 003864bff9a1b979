"""Two reports of one plan → what moved, and what each cause did. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vinhchau_kpi import achievement
from vinhchau_kpi.actual import actual, amounts_of
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Compared, Known
from vinhchau_kpi.messages import N_
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
class Contributions:
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
    value: Contributions | None
    percent: Contributions | None
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
            alone = actual(
                plan,
                a.indicator,
                amounts_of(plan, Known(known_a.day, {a.code: in_both.later()}), a.indicator),
                a.period,
            ).value
            # Restated figures that make no value by themselves (a rate that lost its denominators) cannot be told apart.
            between = first if alone is None else alone
        value = Contributions(new_figures=last - between, restated=between - first)
        if a.percent is not None and b.percent is not None:
            at_a, at_between, at_b = (_percent(a, one) for one in (first, between, last))
            percent = Contributions(at_b - at_between, at_between - at_a, b.percent - at_b)
    causes = tuple(cause for cause, holds in found if holds)
    return Change(a, b, value, percent, causes, restated)


def _compared(a: Row, known_a: Known, b: Row, known_b: Known) -> Compared:
    """How what B can use of an indicator differs from what A can: the figures up to the end of each one's period."""
    if known_a is known_b:
        of_both = known_a.of(a.code)
        reach_a, reach_b = ({last for _, last in of_both.stretches if last <= row.period.last} for row in (a, b))
        return Compared(reach_a != reach_b, (), lambda: of_both)
    return known_a.of(a.code).compared(known_b.of(b.code), (a.period.last, b.period.last))


def _percent(row: Row, value: Fraction) -> Fraction:
    """What `value` would be in percent of a row's target; for a row that has a percent."""
    base = row.indicator.baseline
    found = achievement.percent(row.target, value, Fraction(base.value) if base else None)
    assert found is not None
    return found
