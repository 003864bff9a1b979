"""Two reports → what moved and why; two sets of figures → what was added, removed, changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vinhchau_kpi.figures import Figure, Figures, Key, Known
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Report, Row


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
class Change:
    """One indicator in both reports. `change` is b − a in the unit, `percent_change` in points; None where
    either side has no number."""

    a: Row
    b: Row
    change: Fraction | None
    percent_change: Fraction | None
    causes: tuple[Cause, ...]

    @property
    def is_change(self) -> bool:
        return bool(self.causes) or self.a.status != self.b.status


@dataclass(frozen=True, slots=True)
class Diff:
    """Two reports of one plan, row by row."""

    a: Report
    b: Report
    rows: tuple[Change, ...]


def diff(a: Report, known_a: Known, b: Report, known_b: Known) -> Diff:
    """Compare two reports of the same plan and sections; `known_…` are the figures each was made from."""
    rows = tuple(
        Change(
            a=before,
            b=after,
            change=_difference(before.actual.value, after.actual.value),
            percent_change=_difference(before.percent, after.percent),
            causes=_causes(before, known_a, a.period, after, known_b, b.period),
        )
        for before, after in zip(a.rows, b.rows, strict=True)
    )
    return Diff(a, b, rows)


def _difference(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else b - a


def _causes(a: Row, known_a: Known, period_a: Period, b: Row, known_b: Known, period_b: Period) -> tuple[Cause, ...]:
    """Figures in one scope and not in the other are new; those in both with other numbers are restated."""
    before = _scope(known_a, a.code, period_a)
    after = _scope(known_b, b.code, period_b)
    found = []
    if before.keys() != after.keys():
        found.append(Cause.NEW_FIGURES)
    if any(before[key].numbers != after[key].numbers for key in before.keys() & after.keys()):
        found.append(Cause.RESTATED)
    if a.target != b.target:
        found.append(Cause.TARGET_REVISED)
    return tuple(found)


def _scope(known: Known, code: str, period: Period) -> dict[Key, Figure]:
    """The figures that a report on `period` can use of an indicator."""
    return {
        Key(code, stretch, area): figure
        for stretch, by_area in known.latest.get(code, {}).items()
        if stretch[1] <= period.last
        for area, figure in by_area.items()
    }


class Edit(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


EDIT_NAMES = {Edit.ADDED: N_("added"), Edit.REMOVED: N_("removed"), Edit.CHANGED: N_("changed")}


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that the two files do not give alike."""

    key: Key
    a: Figure | None
    b: Figure | None
    edit: Edit


@dataclass(frozen=True, slots=True)
class FileDiff:
    """Two files of figures: what b has that a has not, and so on; `same` counts the figures they agree on."""

    plan: Plan
    a: str
    b: str
    rows: tuple[FigureChange, ...]
    same: int


def file_diff(plan: Plan, name_a: str, a: Figures, name_b: str, b: Figures) -> FileDiff:
    """Compare the latest version of each figure; 1.0 and 1.00 are the same number."""
    before, after = _latest(a), _latest(b)
    order = {code: at for at, code in enumerate(plan.codes)}
    keys = sorted(before.keys() | after.keys(), key=lambda k: (order[k.code], k.stretch[1], k.stretch[0], k.area or ""))
    rows = []
    for key in keys:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            rows.append(FigureChange(key, old, new, Edit.ADDED if old is None else Edit.REMOVED))
        elif (old.numbers, old.kind) != (new.numbers, new.kind):
            rows.append(FigureChange(key, old, new, Edit.CHANGED))
    return FileDiff(plan, name_a, name_b, tuple(rows), len(keys) - len(rows))


def _latest(figures: Figures) -> dict[Key, Figure]:
    return {key: max(versions, key=lambda f: f.version) for key, versions in figures.by_key.items()}
