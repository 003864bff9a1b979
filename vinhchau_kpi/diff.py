"""Two reports of one plan → what moved, and what each cause did. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vinhchau_kpi import achievement
from vinhchau_kpi.actual import actual, amounts_of
from vinhchau_kpi.figures import Figure, Key, Known
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Report, Row
from vinhchau_kpi.status import WORST_TO_BEST, View


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

    @property
    def is_change(self) -> bool:
        return bool(self.causes) or self.a.status != self.b.status

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
        before, after = self.a.actual.value, self.b.actual.value
        if (before is None) != (after is None):
            return Turn.APPEARED if before is None else Turn.VANISHED
        if before is None or self.a.status is self.b.status:
            return None
        ranks = WORST_TO_BEST.get(self.a.status), WORST_TO_BEST.get(self.b.status)
        if None in ranks or ranks[0] == ranks[1]:
            return None
        return Turn.BETTER if ranks < ranks[::-1] else Turn.WORSE


@dataclass(frozen=True, slots=True)
class Diff:
    """Two reports of one plan, row by row."""

    a: Report
    b: Report
    rows: tuple[Change, ...]


def diff(a: Report, known_a: Known, b: Report, known_b: Known) -> Diff:
    """Compare two reports of the same plan and sections; `known_…` are the figures each was made from."""
    rows = tuple(_change(a.plan, before, known_a, after, known_b) for before, after in zip(a.rows, b.rows, strict=True))
    return Diff(a, b, rows)


def chosen(whole: Diff, view: View) -> Diff:
    """The changes that `view` looks at: the largest first in points of the target, or those that turned, appeared
    or vanished, or were restated, in the order of the plan."""
    rows = [row for row in whole.rows if row.is_change]
    match view:
        case View.MOST:
            rows.sort(key=lambda row: (row.percent_change is None, -abs(row.percent_change or 0)))
        case View.TURNED:
            rows = [row for row in rows if row.turn in (Turn.BETTER, Turn.WORSE)]
        case View.APPEARED:
            rows = [row for row in rows if row.turn in (Turn.APPEARED, Turn.VANISHED)]
        case View.RESTATED:
            rows = [row for row in rows if Cause.RESTATED in row.causes]
    return Diff(whole.a, whole.b, tuple(rows))


def _change(plan: Plan, a: Row, known_a: Known, b: Row, known_b: Known) -> Change:
    """Figures in one scope and not in the other are new; those in both with other numbers are restated, and so is a
    value that moved with no such figure (a report of another day decides which of two counts)."""
    before, after = _scope(known_a, a.code, a.period), _scope(known_b, b.code, b.period)
    first, last = a.actual.value, b.actual.value
    both = before.keys() & after.keys()
    is_new = before.keys() != after.keys()
    is_restated = any(before[key].numbers != after[key].numbers for key in both) or (not is_new and first != last)
    found = (
        (Cause.NEW_FIGURES, is_new),
        (Cause.RESTATED, is_restated),
        (Cause.TARGET_REVISED, a.target != b.target),
    )
    value = percent = None
    if first is not None and last is not None:
        between = last
        if is_new:
            restated = _with(known_a, {key: after[key] for key in both}) if is_restated else known_a
            alone = actual(a.indicator, amounts_of(plan, restated, a.indicator), a.period).value
            # Restated figures that make no value by themselves (a rate that lost its denominators) cannot be told apart.
            between = first if alone is None else alone
        value = Parts(new_figures=last - between, restated=between - first)
        if a.percent is not None and b.percent is not None:
            at_a, at_between, at_b = (_percent(a, one) for one in (first, between, last))
            percent = Parts(at_b - at_between, at_between - at_a, b.percent - at_b)
    return Change(a, b, value, percent, tuple(cause for cause, holds in found if holds))


def _percent(row: Row, value: Fraction) -> Fraction:
    """What `value` would be in percent of a row's target; for a row that has a percent."""
    base = row.indicator.baseline
    found = achievement.percent(row.target, value, Fraction(base.value) if base else None)
    assert found is not None
    return found


def _with(known: Known, figures: dict[Key, Figure]) -> Known:
    """What was known, with these figures of one indicator in the place of its own."""
    (code,) = {key.code for key in figures}
    latest = {stretch: dict(by_area) for stretch, by_area in known.latest[code].items()}
    for key, figure in figures.items():
        latest[key.stretch][key.area] = figure
    return Known(known.day, {code: latest})


def _scope(known: Known, code: str, period: Period) -> dict[Key, Figure]:
    """The figures that a report on `period` can use of an indicator."""
    return {
        Key(code, stretch, area): figure
        for stretch, by_area in known.latest.get(code, {}).items()
        if stretch[1] <= period.last
        for area, figure in by_area.items()
    }
