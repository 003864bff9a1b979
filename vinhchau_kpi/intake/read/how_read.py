"""How a file was read: its encoding, its delimiter or sheet, its columns, how it writes numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vinhchau_kpi.finding import Place
from vinhchau_kpi.intake.cut.grid import Grid
from vinhchau_kpi.intake.cut.headings import heading
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.read.convention import witnesses
from vinhchau_kpi.intake.read.day_above import day_choice
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention

if TYPE_CHECKING:
    from vinhchau_kpi.intake.cut.workbook import Opened


@dataclass(frozen=True, slots=True)
class HowRead:
    """How a file was read: what was taken of it, and what says so. None where the file is no such thing, or was not
    understood so far."""

    encoding: Choice | None = None
    delimiter: Choice | None = None
    sheet: str | None = None
    sheets_passed_over: tuple[str, ...] = ()
    sheets_beside: int = 0
    """How many other sheets of the workbook were read, each by itself."""
    is_xlsx: bool = False
    header: Place | None = None
    columns: tuple[tuple[str, str, Place], ...] = ()
    """Each column that is read: its name, the heading as it stands, and where that is."""
    periods: tuple[tuple[str, Place], ...] = ()
    """The headings of a wide table's periods, and where they stand."""
    convention: Convention | None = None
    """How its text writes numbers, once that is proved."""
    numbers: Choice | None = None
    report_date: Choice | None = None
    """The day of the report, where one or more stand above the table."""
    number_columns: frozenset[int] = frozenset()
    """The columns, from 1, that hold figures or targets."""


def how_workbook_read(opened: Opened, sheet: str) -> HowRead:
    return HowRead(
        sheet=sheet, sheets_passed_over=opened.passed_over, sheets_beside=len(opened.sheets) - 1, is_xlsx=opened.is_xlsx
    )


def delimiter_choice(grid: Grid) -> Choice:
    assert grid.delimiter is not None
    declared, counted = N_("its first line says so"), N_("it gives the most known columns")
    return Choice(grid.delimiter, Message(declared if grid.is_declared else counted))


def with_columns(table: Table, how_read: HowRead) -> HowRead:
    """`how_read` with what the table adds to it."""
    headings = [heading(text) for text in table.header.texts()]
    return replace(
        how_read,
        header=table.place(table.header.line),
        columns=tuple((name, headings[at], table.heading_place(at)) for name, at in table.columns.items()),
        periods=tuple(
            (headings[at], table.heading_place(at))
            for of_period in table.period_columns
            for at in of_period.columns.values()
        ),
        report_date=day_choice(table.days_above),
        number_columns=frozenset(at + 1 for at in witnesses(table)),
    )
