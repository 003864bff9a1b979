"""A report and what stands behind it: what a page or a workbook shows beside the table itself. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Findings
from vinhchau_kpi.intake.office import Office
from vinhchau_kpi.report import Report, Row, months_of
from vinhchau_kpi.trend import Course


@dataclass(frozen=True, slots=True)
class Dossier:
    """`whole` gives the heading and the summary, `shown` the rows that were chosen of it, in the plan's order or another.

    `known` is what it was made from. `findings` are those of all files read, in order, the rows that were left out among
    them. `office` issues it.
    """

    whole: Report
    shown: Report
    in_plan_order: bool
    known: Known
    findings: Findings
    office: Office = field(default_factory=Office)

    def course(self, row: Row) -> Course:
        """The months of a row; worked out for those who show them."""
        return Course(row, months_of(self.whole.plan, self.known, row.entry, self.whole.period), self.whole.plan.span)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that is counted in a row shown, or says that a commitment is kept; each once, in the order of the
        rows."""
        of_rows = (figure for row in self.shown.rows for figure in row.actual.figures)
        of_promises = (figure for row in self.shown.commitments for figure in row.figures)
        by_place = {figure.place: figure for figure in (*of_rows, *of_promises)}
        return tuple(by_place.values())
