"""A report and what stands behind it: what a page or a workbook shows beside the table itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vinhchau_kpi.figures import Figure, Known
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.report import Report, months_of
from vinhchau_kpi.trend import Course


@dataclass(frozen=True, slots=True)
class Dossier:
    """`whole` gives the heading and the summary, `shown` the rows that were chosen of it, in the plan's order or another.

    `courses` are the months of each row shown, by code. `findings` are those of all files read, in order, the rows
    that were left out among them.
    """

    whole: Report
    shown: Report
    in_plan_order: bool
    courses: Mapping[str, Course]
    findings: tuple[Finding, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that is counted in a row shown, or says that a commitment is kept; each once, in the order of the
        rows."""
        of_rows = (figure for row in self.shown.rows for figure in row.actual.figures)
        of_promises = (row.figure for row in self.shown.commitments if row.figure is not None)
        by_place = {figure.place: figure for figure in (*of_rows, *of_promises)}
        return tuple(by_place.values())


def dossier(whole: Report, shown: Report, known: Known, findings: Sequence[Finding], *, in_plan_order: bool) -> Dossier:
    courses = {row.code: Course(row, months_of(whole.plan, known, row.entry, whole.period)) for row in shown.rows}
    return Dossier(whole, shown, in_plan_order, courses, tuple(findings))
