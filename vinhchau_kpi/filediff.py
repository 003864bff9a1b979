"""Two files of figures → what was added, removed, changed, figure by figure. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vinhchau_kpi.figure import Figure, FigureKey
from vinhchau_kpi.figures import Known
from vinhchau_kpi.messages import N_
from vinhchau_kpi.plan import Plan


class Edit(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


EDIT_NAMES = {Edit.ADDED: N_("added"), Edit.REMOVED: N_("removed"), Edit.CHANGED: N_("changed")}


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that the two files do not give alike: another number, or an estimate that has become official."""

    key: FigureKey
    a: Figure | None
    b: Figure | None

    @property
    def edit(self) -> Edit:
        if self.a is None:
            return Edit.ADDED
        return Edit.REMOVED if self.b is None else Edit.CHANGED

    @property
    def is_other_kind(self) -> bool:
        return self.a is not None and self.b is not None and self.a.kind is not self.b.kind


@dataclass(frozen=True, slots=True)
class FileDiff:
    """Two files of figures: what b has that a has not, and so on, in the order of the plan; `same` counts the figures
    they agree on. A blank cell is no figure, so one that was filled in is added."""

    plan: Plan
    a: str
    b: str
    rows: tuple[FigureChange, ...]
    same: int
    as_of: date | None = None
    """The day on which both are looked at; None: with all their rows."""

    def count(self, edit: Edit) -> int:
        return sum(row.edit is edit for row in self.rows)


def file_diff(
    plan: Plan, name_a: str, a: Sequence[Known], name_b: str, b: Sequence[Known], as_of: date | None = None
) -> FileDiff:
    """Compare the latest version of each figure; 1.0 and 1.00 are the same number. `a` and `b`: what is known on `as_of` of
    one year after the other, the same years for both."""
    order = {code: at for at, code in enumerate(plan.codes)}
    changed: list[FigureChange] = []
    same = 0
    for before, after in zip(a, b, strict=True):
        for code in before.answers.keys() | after.answers.keys():
            mine, theirs = before.of(code), after.of(code)
            found = [FigureChange(_key(one, other), one, other) for one, other in mine.differing(theirs)]
            changed += found
            same += mine.size - sum(change.a is not None for change in found)
    changed.sort(
        key=lambda row: (
            order[row.key.code],
            row.key.period.year,
            row.key.period.last,
            row.key.period.first,
            row.key.area or "",
        )
    )
    return FileDiff(plan, name_a, name_b, tuple(changed), same, as_of)


def _key(a: Figure | None, b: Figure | None) -> FigureKey:
    figure = a or b
    assert figure is not None
    return figure.key
