"""A submission: one file of figures from an agency → `Figure`s and findings.

Every cell is judged on its own first (this module), figures against each other later (`checks`). A row with a
fault gives no figure and is counted. Each distinct text of a column is judged once.
"""

from __future__ import annotations

import codecs
import collections
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from vinhchau_kpi import rules
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.figure import WITHDRAWN, Figure
from vinhchau_kpi.finding import Beyond, Finding, Findings, Place
from vinhchau_kpi.intake.cut.delimited import read_delimited
from vinhchau_kpi.intake.cut.grid import Cell, Grid
from vinhchau_kpi.intake.cut.headings import COLUMN_NAMES
from vinhchau_kpi.intake.cut.spoiled import spoiled
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.open.signature import document_file, foreign, is_workbook
from vinhchau_kpi.intake.read.blanks import without_blank_areas
from vinhchau_kpi.intake.read.cells import clean
from vinhchau_kpi.intake.read.convention import convention_of, doubtful_date, mixed_dates
from vinhchau_kpi.intake.read.cross_table import cross_header, cross_table
from vinhchau_kpi.intake.read.how_read import HowRead, delimiter_choice, how_workbook_read, with_columns
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.intake.read.rows import Rows
from vinhchau_kpi.intake.read.table import Table, read_table
from vinhchau_kpi.intake.read.title import estimated_by_title, mentions_of_name, period_of_title
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention
from vinhchau_kpi.period import Period, Span
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import fold

if TYPE_CHECKING:
    from vinhchau_kpi.intake.cut.workbook import Opened


SIZE_LIMIT = 500_000_000
"""Bytes of a submission: some six million rows."""
NEAR = 5
"""A file of a year further from the plan's is taken for one whose year was mistyped."""
ILLUSTRATIVE = ("so lieu minh hoa", "illustrative figures")
"""Words of a title row that mark every figure of the file as made up for show."""


class Options(NamedTuple):
    """What the command line says of all files: how numbers are written, the period of rows that give none, the
    encoding of text, the sheet of workbooks. `keep_cells`: a file's cells are asked for, however long it is. `beyond`: where
    findings go that are too many to be kept. `areas`: what areas are called in all files that are read together. `in_folder`: the file was not named itself."""

    numbers: Convention | None = None
    period: Period | None = None
    encoding: Encoding | None = None
    sheet: str | None = None
    keep_cells: bool = False
    beyond: Beyond | None = None
    areas: Areas | None = None
    in_folder: bool = False

    def areas_of(self, plan: Plan) -> Areas:
        """What areas are called, by all files that are read with these options."""
        return self.areas if self.areas is not None else Areas(plan)


@dataclass(frozen=True, slots=True)
class Submission:
    """What one file gave.

    `rows` counts rows with something in them, `rows_left_out` those with a fault (in a wide table each faulty figure).
    `grid` is the file as it was cut into cells, None where that could not be done or, of a long file, was not asked for.
    Where several sheets of a workbook were read, it is the sum of what they gave, each a part of it.
    """

    file: str
    figures: tuple[Figure, ...] = ()
    findings: Findings = field(default_factory=Findings)
    rows: int = 0
    rows_left_out: int = 0
    title: tuple[str, ...] = ()
    how_read: HowRead = field(default_factory=HowRead)
    grid: Grid | None = None
    is_read: bool = False
    """Whether its rows were read one by one; False where the file was stopped as a whole."""
    is_of_last_year: bool = False
    """Whether all its periods are of the year before the plan's: figures to compare with, not to report."""
    other_year: str = ""
    """The year of a file that lies among others and is of another year than these two; nothing is taken from it."""
    in_ledger: int = 0
    """How many more figures it gave, which stand in `ledger`."""
    ledger: Ledger | None = None
    blanks: tuple[Figure, ...] = ()
    """Its dated rows without a number; those that take no judging stand in `ledger`."""
    sheets: tuple[Submission, ...] = ()

    @property
    def parts(self) -> tuple[Submission, ...]:
        """What was read by itself: each sheet, or all of it."""
        return self.sheets or (self,)

    @property
    def is_illustrative(self) -> bool:
        return any(words in fold(line) for line in self.title for words in ILLUSTRATIVE)

    @property
    def agencies(self) -> tuple[str, ...]:
        """By their ids."""
        return tuple(sorted({figure.agency for figure in self._origins if figure.agency}))

    @property
    def agency_cells(self) -> Iterator[str]:
        """What stands in the column of agencies, in rows that are sound or not, where the cells were asked for."""
        for part in self.parts:
            for name, _, head in part.how_read.columns:
                if name == "agency" and part.grid is not None and head.line is not None and head.column is not None:
                    below = (record.cells for record in part.grid.records if record.line > head.line)
                    yield from (str(cell) for cells in below for cell in cells[head.column - 1 : head.column])

    @property
    def periods(self) -> tuple[Period, ...]:
        """By their last month, the longer before the shorter."""
        return tuple(
            sorted({figure.period for figure in self._origins}, key=lambda period: (period.last, period.first))
        )

    @property
    def count(self) -> int:
        """How many figures it gave."""
        return len(self.figures) + self.in_ledger

    @property
    def rows_with_figures(self) -> int:
        """How many rows report something, soundly or not."""
        return min(self.rows, self.count + self.rows_left_out)

    @property
    def _origins(self) -> Iterator[Figure]:
        """Its figures; of those in the ledger what they have in common."""
        if self.ledger is not None:
            yield from self.ledger.by_file.get(self.file, ())
        yield from self.figures


def read_submission(source: InputFile, plan: Plan, options: Options) -> Submission:
    """Read one file whole. Nothing is raised for what is in it: faults come back as findings."""
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        return Submission(source.name, findings=Findings(findings))
    known = foreign(data)
    if known is not None:
        return Submission(source.name, findings=Findings([document_file(source.name, known)]))
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return Submission(source.name, findings=Findings([Finding(rules.EMPTY_FILE, Place(source.name))]))
    if is_workbook(data):
        from vinhchau_kpi.intake.cut.workbook import read_workbook

        return of_workbook(read_workbook(data, source.name, options.sheet), source.name, plan, options)
    decoded, findings = decode(data, source.name, options.encoding)
    if decoded is None:
        return Submission(source.name, findings=Findings(findings))
    return _of_text(decoded.text, source.name, HowRead(encoding=decoded.choice), decoded.doubt, plan, options)


def of_workbook(opened: Opened, file: str, plan: Plan, options: Options) -> Submission:
    """The figures and findings of a workbook, row by row; of each sheet by itself where there are several."""
    if not opened.sheets:
        return Submission(file, findings=Findings(opened.findings))
    parts = tuple(
        _of_grid(sheet.grid(), how_workbook_read(opened, sheet.name), [], plan, options, opened.names)
        for sheet in opened.sheets
    )
    findings = Findings(opened.findings, options.beyond)
    for part in parts:
        findings.extend(part.findings)
        findings.extend(_of_other_period(part, plan) if len(parts) > 1 else ())
    if len(parts) == 1:
        return replace(parts[0], findings=findings)
    return Submission(
        file,
        tuple(figure for part in parts for figure in part.figures),
        findings,
        sum(part.rows for part in parts),
        sum(part.rows_left_out for part in parts),
        tuple(line for part in parts for line in part.title),
        replace(parts[0].how_read, sheet=None),
        is_read=all(part.is_read for part in parts),
        is_of_last_year=all(part.is_of_last_year for part in parts),
        blanks=tuple(figure for part in parts for figure in part.blanks),
        sheets=parts,
    )


def _of_other_period(part: Submission, plan: Plan) -> Iterator[Finding]:
    """The doubt of a sheet among several whose name says another period than its figures are of."""
    said = [one.period for one in mentions_of_name(part.grid, plan.span)] if part.grid is not None else []
    names = [period for period in said if period is not None]
    if (
        part.figures
        and names
        and not any(
            name.since <= period.until and period.since <= name.until for name in names for period in part.periods
        )
    ):
        args = {"value": part.how_read.sheet, "period": part.periods[0]}
        place = Place(part.file, sheet=part.how_read.sheet)
        yield Finding(rules.SHEET_OF_OTHER_PERIOD, place, args, {figure.key: None for figure in part.figures})


def parse_submission(text: str, file: str, plan: Plan, options: Options) -> Submission:
    """The figures and findings of one text that a file held."""
    return _of_text(text, file, HowRead(), None, plan, options)


def _of_text(
    text: str, file: str, how_read: HowRead, doubt: Finding | None, plan: Plan, options: Options
) -> Submission:
    grid, findings = read_delimited(text, file)
    if grid is None:
        return Submission(file, (), Findings([doubt] if doubt else findings), how_read=HowRead() if doubt else how_read)
    if doubt is not None:
        return Submission(file, findings=Findings(spoiled(grid) or [doubt]))
    return _of_grid(grid, replace(how_read, delimiter=delimiter_choice(grid)), [], plan, options)


def _of_grid(
    grid: Grid,
    how_read: HowRead,
    before: list[Finding],
    plan: Plan,
    options: Options,
    sheets: Sequence[str] = (),
) -> Submission:
    """The figures of a grid; `before` was found on the way to it. `sheets`: those of its file that are to be read."""
    spoilt = spoiled(grid)
    if spoilt:
        return Submission(grid.file, findings=Findings([*before, *spoilt]), how_read=how_read, grid=grid)
    table, findings = read_table(grid, plan.span, options.beyond)
    areas = options.areas_of(plan)
    crossed = cross_table(table, areas) if table is not None else cross_header(grid, areas)
    if table is None or crossed is not None:
        own = findings if crossed is None else [crossed]
        return Submission(grid.file, findings=Findings([*before, *own]), how_read=how_read, grid=grid)
    found = Findings(before, options.beyond)
    found.extend(table.findings)
    period, of_title = options.period, None
    if period is None and not table.is_wide and "period" not in table.columns:
        period, of_title = period_of_title(table, plan.span)
        found.extend(filter(None, [of_title]))
    missing = _missing_columns(table, sheets, has_period=period is not None or of_title is not None)
    convention, numbers, faults = convention_of(table, plan, options.numbers)
    conventions = tuple(Convention) if faults else (convention,)
    faults += mixed_dates(table, table.dates)
    how_read = with_columns(table, replace(how_read, numbers=numbers, convention=convention if numbers else None))
    fatal = (
        rules.DOUBLED_HEADER,
        rules.MIXED_LAYOUT,
        rules.HEADING_OVER_SEVERAL,
        rules.SECOND_TABLE,
        rules.UNCLEAR_GROUP,
        rules.TITLE_UNCLEAR,
        rules.PERIOD_OUTSIDE_YEAR,
        rules.RAISED_DIGIT,
    )
    rows = len(table.rows) + table.ragged
    year_at, number = _other_year(table, plan)
    last_year_at = year_at if number == plan.year - 1 else None
    if year_at is not None and last_year_at is None and options.in_folder and abs(number - plan.year) <= NEAR:
        other = replace(plan.span, year=number)
        finding = Finding(rules.OTHER_YEAR, year_at, {"year": str(plan.span), "other": str(other)})
        set_aside = Submission(grid.file, (), Findings([finding]), rows, 0, table.title, how_read, grid, is_read=True)
        return replace(set_aside, other_year=str(other))
    year = plan.span if last_year_at is None else plan.span.before
    is_stopped = bool(missing) or any(f.rule in fatal for f in found)
    if is_stopped or faults:
        found.extend([*missing, *faults])
        found.extend(() if is_stopped else _however_read(table, plan, period, year, conventions))
        return Submission(grid.file, (), found, rows, rows, table.title, how_read, grid)
    reader = Rows(table, plan, convention, period, year, areas, Findings(beyond=options.beyond))
    reader.estimated = estimated_by_title(table, plan.span)
    given = tuple(figure for record in table.rows for figure in reader.figures(record))
    args = {"year": str(plan.span), "before": str(plan.span.before), "codes": tuple(reader.gone)}
    if reader.gone:
        found.add(Finding(rules.CODES_GONE, min(reader.gone.values()), args))
    elif last_year_at is not None:
        found.add(Finding(rules.LAST_YEAR, last_year_at, args))
    found.extend(reader.findings)
    figures, of_blanks = without_blank_areas(plan, table, reader.areas, given)
    found.extend(of_blanks)
    if convention is Convention.EN:
        found.extend(doubtful_date(table, table.dates))
    if not given and not found.errors and not reader.gone:
        found.add(nothing_reported(table))
    left_out = table.ragged + reader.left_out + len(given) - len(figures)
    found.extend(_hidden_figures(table.grid, figures))
    return Submission(
        grid.file,
        figures,
        found,
        rows,
        left_out,
        table.title,
        how_read,
        grid,
        is_read=True,
        is_of_last_year=last_year_at is not None,
        blanks=tuple(reader.blanks),
    )


def _however_read(
    table: Table, plan: Plan, period: Period | None, year: Span, conventions: Sequence[Convention]
) -> Iterator[Finding]:
    """What is wrong with the rows of a file whichever of these ways it writes its numbers: said at once with what stops the
    file, so that a sender needs one round."""
    readers = [Rows(table, plan, convention, period, year, Areas(plan)) for convention in conventions]
    for record in table.rows:
        found = []
        for reader in readers:
            collections.deque(reader.figures(record), maxlen=0)
            found.append({(finding.rule, finding.place): finding for finding in reader.findings})
            reader.findings.clear()
        one, other = found[0], found[-1]
        yield from (finding for key, finding in one.items() if key in other and _are_alike(finding, other[key]))


def _are_alike(one: Finding, other: Finding) -> bool:
    """Whether their words are the same, but for the example of a number."""
    return {**one.args, "example": ""} == {**other.args, "example": ""}


def nothing_reported(table: Table) -> Finding:
    """The finding of a file without figures or faults."""
    return Finding(rules.NOTHING_REPORTED, table.place(table.header.line))


def _other_year(table: Table, plan: Plan) -> tuple[Place | None, int]:
    """The first period of a file whose periods are all of one other year than the plan's, and that year; None for any other.

    One row of another year makes it a file of this year, whose rows of last year are then faults. A title is not
    enough: it may have been left over from last year's sheet.
    """
    if table.is_wide:
        if not all(re.search(r"(?:19|20)[0-9]{2}", one.name) for one in table.period_columns):
            return None, 0
        found = {table.heading_place(next(iter(s.columns.values()))): s.period(plan.span) for s in table.period_columns}
    elif "period" in table.columns:
        at = table.columns["period"]
        lines: dict[Cell, int] = {}
        for record in table.rows:
            lines.setdefault(record.cells[at], record.line)
        texts = {clean(cell) if isinstance(cell, str) else str(cell): line for cell, line in lines.items()}
        found = {table.place(line, at): plan.period(text) for text, line in texts.items() if text}
    else:
        return None, 0
    years = {plan.span.number(period) for period in found.values() if period is not None}
    number = years.pop() if len(years) == 1 else None
    return (None, 0) if number in (None, plan.year) else (next(iter(found)), number or 0)


def _missing_columns(table: Table, sheets: Sequence[str], *, has_period: bool) -> list[Finding]:
    has = table.columns
    lacking, place = [], table.place(table.header.line)
    if "indicator" not in has and "name" not in has:
        lacking.append("indicator")
    # Where a heading over the figures is not understood, that is what is wrong, not that columns are missing.
    is_unclear = any(f.rule in (rules.UNCLEAR_GROUP, rules.HEADING_OVER_SEVERAL) for f in table.findings)
    if not table.is_wide and not is_unclear:
        if "period" not in has and not has_period:
            if len(sheets) > 1:
                why = Message(N_("this one does not say which period it is of"))
                return [Finding(rules.SEVERAL_SHEETS, place, {"sheets": tuple(sheets), "why": why})]
            lacking.append("period")
        if "value" not in has and "cumulative" not in has and not {"numerator", "denominator"} <= has.keys():
            lacking.append("value")
    return [Finding(rules.MISSING_COLUMN, place, {"column": Message(COLUMN_NAMES[column])}) for column in lacking]


def _hidden_figures(grid: Grid, figures: Sequence[Figure]) -> Iterator[Finding]:
    """One finding for all figures that a person who looks at the sheet does not see, at the first of them."""
    hidden = [f for f in figures if f.place.line in grid.hidden_lines or f.place.column in grid.hidden_columns]
    if hidden:
        value = next((number for number in hidden[0].numbers if number is not None), Message(WITHDRAWN))
        yield Finding(rules.HIDDEN_FIGURES, hidden[0].place, {"value": value, "n": len(hidden)})
