"""What a reader of a report looks at first: what is doubted, what is behind, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vinhchau_kpi.messages import N_
from vinhchau_kpi.report import CommitmentRow, Report, Row


class Concern(NamedTuple):
    """Rows of one kind of trouble, in the order of the report; the heading is a sentence of the catalogue."""

    heading: str
    rows: tuple[Row, ...] = ()
    promises: tuple[CommitmentRow, ...] = ()


def attention(report: Report) -> Iterator[Concern]:
    """The kinds of trouble that there are. A row can be of several: behind, and by too few figures."""
    rows, promises = report.rows, report.commitments
    found = (
        Concern(
            N_("Figures to be looked at again"),
            tuple(row for row in rows if row.is_doubted),
            tuple(row for row in promises if row.is_doubted),
        ),
        Concern(N_("Indicators behind, or not met"), tuple(row for row in rows if row.is_behind)),
        Concern(N_("Indicators without figures, or without enough"), tuple(row for row in rows if row.is_lacking)),
        Concern(N_("Commitments not carried out in time"), (), tuple(row for row in promises if row.is_behind)),
        Concern(N_("Commitments not reported"), (), tuple(row for row in promises if row.is_lacking)),
    )
    return (one for one in found if one.rows or one.promises)
