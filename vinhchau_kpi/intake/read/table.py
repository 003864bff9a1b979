"""Rows of cells → a table: which row is the header, and the rows below it.

A table is long (one figure a row, its period in a column) or wide (one indicator a row, a column for each period).
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Beyond, Finding, Findings, Place
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell, Record, may_misread
from vinhchau_kpi.intake.cut.header import (
    HEADER_WITHIN,
    LEAST_KNOWN,
    SUBJECTS,
    WIDTH_LIMIT,
    header_among,
    known_columns,
)
from vinhchau_kpi.intake.cut.headings import (
    KEY_OF,
    column_key,
    heading,
    is_passed_over,
    is_subheading,
)
from vinhchau_kpi.intake.read.day_above import days_above
from vinhchau_kpi.intake.read.header_columns import NUMBERS, HeaderColumns, PeriodColumns
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.period import Span
from vinhchau_kpi.text import fold, nfc


@dataclass(frozen=True, slots=True)
class Table:
    """A header and what stands below it. `columns` maps a column's name to where it stands (from 0).

    `heading_lines`: the line of each column's heading, for a header may take two rows. `period_columns` are the periods of a wide table, in the order of the sheet; a long table has
    none. `estimated`: the columns of a long table whose heading says “ước”.
    """

    grid: Grid
    header: Record
    heading_lines: list[int]
    columns: dict[str, int]
    title: tuple[str, ...]
    rows: list[Record]
    findings: Findings = field(default_factory=Findings)
    period_columns: tuple[PeriodColumns, ...] = ()
    ragged: int = 0
    estimated: frozenset[str] = frozenset()
    days_above: Mapping[str, Place] = field(default_factory=dict)
    """The report dates that stand above the table."""

    @property
    def day_above(self) -> str:
        """The report date of rows that give none; nothing where none, or more than one, stands above the table."""
        return next(iter(self.days_above)) if len(self.days_above) == 1 else ""

    @property
    def is_wide(self) -> bool:
        return bool(self.period_columns)

    @property
    def number_columns(self) -> list[int]:
        """Every column that holds figures."""
        own = [self.columns[name] for name in NUMBERS if name in self.columns]
        return own + [at for of_period in self.period_columns for at in of_period.columns.values()]

    @property
    def dates(self) -> dict[str, int]:
        """Each text in the column of report dates, with its first line, in the order of the file."""
        found: dict[str, int] = {}
        if (column := self.columns.get("reported_on")) is not None:
            for record in self.rows:
                found.setdefault(str(record.cells[column]).strip(), record.line)
        return found

    def place(self, line: int, column: int | None = None) -> Place:
        """Where a cell stands; `column` counts from 0."""
        return self.grid.place(line, column)

    def heading_place(self, column: int) -> Place:
        return self.grid.place(self.heading_lines[column], column)


def read_table(grid: Grid, year: Span, beyond: Beyond | None = None) -> tuple[Table | None, list[Finding]]:
    """The table in `grid`; None and the finding where there is none to read. `year`: the plan's. `beyond`: where findings go
    that are too many to be kept."""
    for record in grid.records:
        if len(record.cells) > WIDTH_LIMIT and any(str(cell).strip() for cell in record.cells[WIDTH_LIMIT:]):
            args = {"found": len(record.cells), "limit": WIDTH_LIMIT}
            return None, [Finding(rules.ROW_TOO_WIDE, grid.place(record.line), args)]
    known, at = header_among(grid.records)
    if known < LEAST_KNOWN:
        return None, [_no_header(grid)]
    header, lines, first = whole_header(grid.records, at)
    above = grid.records[:at]
    title = tuple(text for record in above for text in map(nfc, record.texts()) if text)
    rows = RowsBelow(grid, header, grid.records[at:first])
    below = list(rows.meant(grid.records[first:]))
    judged = HeaderColumns(grid, header, lines, below, above, at, first, year)
    columns, period_columns = judged.read()
    rows.columns = columns
    findings = Findings(judged.findings, beyond)
    findings.extend(_other_header(grid, header.line, [*above, *below]))
    of_periods = {n for of_period in period_columns for n in of_period.columns.values()}
    findings.extend(
        Finding(rules.RAISED_DIGIT, grid.place(record.line, n), {"value": str(cell)})
        for record in grid.records[at:first]
        for n, cell in enumerate(record.cells)
        if n in of_periods and may_misread(cell)
    )
    kept: list[Record] = []
    for found in map(rows.fitted, below):
        if isinstance(found, Record):
            kept.append(found)
        else:
            findings.add(found)
    ragged = len(below) - len(kept)
    estimated = frozenset(judged.estimated)
    days = days_above(grid, above)
    return Table(grid, header, lines, columns, title, kept, findings, period_columns, ragged, estimated, days), []


class RowsBelow:
    """The rows below a header, one by one: which of them are meant, and their cells under its headings."""

    def __init__(self, grid: Grid, header: Record, rows: Sequence[Record]) -> None:
        self.grid, self.header = grid, header
        self.columns: dict[str, int] = {}
        self.own = [[fold(text) for text in record.texts()] for record in rows]
        self.named = max((n + 1 for n, text in enumerate(header.texts()) if text), default=0)

    def meant(self, records: Iterable[Record], *, has_begun: bool = False) -> Iterator[Record]:
        """Without blank rows, the header again, and the numbers of columns that stand below it; `has_begun`: there
        were rows before these."""
        for record in records:
            if not record.is_blank and not _is_again(record, self.own):
                is_numbering = not has_begun and _is_numbering(record)
                has_begun = True
                if not is_numbering:
                    yield record

    def is_other_header(self, record: Record) -> bool:
        return any(_other_header(self.grid, self.header.line, [record]))

    def fitted(self, record: Record) -> Record | Finding:
        """A row with a cell for each heading, or what is wrong with their number."""
        shifted = _shifted(record, self.grid, self.header, self.columns)
        cells = _fitted(record, self.named, len(self.header.cells), self.grid) if shifted is None else None
        if cells is not None:
            return Record(record.line, cells)
        at = min(len(record.cells), self.named) if shifted is None else shifted
        words = next((text for text in map(str, record.cells[self.named :]) if any(map(str.isalpha, text))), None)
        beyond = "" if words is None else Message(N_(" “{value}” stands under no heading."), {"value": words})
        args = {"found": len(record.cells), "expected": self.named, "beyond": beyond}
        return Finding(rules.RAGGED_ROW, self.grid.place(record.line, at), args)


def whole_header(records: Sequence[Record], at: int) -> tuple[Record, list[int], int]:
    """The header joined with the row below it, where that has headings too; the line of each heading; the first row
    below both.

    A heading over several columns ("Thực hiện" over "Trong kỳ", "Lũy kế", or over months) gives way to theirs.
    """
    header = records[at]
    if at + 1 < len(records):
        below = records[at + 1]
        upper, lower = [heading(text) for text in header.texts()], [heading(text) for text in below.texts()]
        named = [own for own in lower if own]
        if named and all(map(is_subheading, named)):
            pairs = list(itertools.zip_longest(upper, lower, fillvalue=""))
            lines = [below.line if own else header.line for _, own in pairs]
            return Record(header.line, [own or above for above, own in pairs]), lines, at + 2
    return header, [header.line] * len(header.cells), at + 1


def _is_again(record: Record, header: list[list[str]]) -> bool:
    """Whether a row is the header again, as on each page of a long sheet: the same words in the same columns."""
    first = next((text for text in record.texts() if text), "")
    if not any(fold(first) in row for row in header):
        return False
    own = _trimmed([fold(text) for text in record.texts()])
    return sum(map(bool, own)) >= 2 and own in map(_trimmed, header)


def _is_numbering(record: Record) -> bool:
    """The row of (1), (2), (3) or A, B, 1, 2 that official forms have below their header; 4=3/2 is a 4.

    The letters and the numbers must follow one another: V, 40, 41 is a code and two figures.
    """
    texts = [text for text in record.texts() if text]
    matches = [match for text in texts if (match := _NUMBERING_CELL.fullmatch(text))]
    if len(texts) < 3 or len(matches) < len(texts):
        return False
    letters = "".join(match["letter"] or "" for match in matches)
    numbers = [int(match["number"]) for match in matches if match["number"]]
    return string.ascii_uppercase.startswith(letters) and all(b == a + 1 for a, b in itertools.pairwise(numbers))


_NUMBERING_CELL = re.compile(
    r"\(?(?:(?P<number>[0-9]{1,2})|(?P<letter>[A-Z]))\)?(?: ?= ?\(?[0-9]{1,2}\)?(?: ?[-+/:x] ?\(?[0-9]{1,3}\)?)*)?"
)


def _other_header(grid: Grid, line: int, rows: Iterable[Record]) -> list[Finding]:
    """The finding at a header above or below that is another: its table's columns mean other things."""
    for record in rows:
        first = next((text for text in record.texts() if text), "")
        if (column_key(first) or is_passed_over(first)) and known_columns(record) >= 2:
            keys = set(map(column_key, record.texts()))
            if keys & SUBJECTS:
                return [Finding(rules.SECOND_TABLE, grid.place(record.line), {"line": str(line)})]
    return []


def _trimmed(texts: list[str]) -> list[str]:
    return texts[: max((n + 1 for n, text in enumerate(texts) if text), default=0)]


def _shifted(record: Record, grid: Grid, header: Record, columns: dict[str, int]) -> int | None:
    """The column of what may be the digits behind a decimal comma, between commas: under no heading, or alone in a note
    behind a figure; else None. Nothing is shifted into the first column."""
    if grid.delimiter != ",":
        return None
    behind = {columns[name] + 1 for name in NUMBERS if name in columns}
    suspects = [
        n for n, text in enumerate(header.texts()) if (n and not text) or (n in behind and n == columns.get("note"))
    ]
    return next((n for n in suspects if n < len(record.cells) and str(record.cells[n]).strip().isdigit()), None)


def _fitted(record: Record, named: int, width: int, grid: Grid) -> list[Cell] | None:
    """The cells under the header's `width` cells, of which the first `named` reach to the last heading.

    A row of words alone, such as a signature, may be of any length. Blank cells beyond the header do not count, but
    between commas they may be what a decimal comma has shifted. None where the cells do not fit.
    """
    may_trail = grid.delimiter != ","
    cells = record.cells
    has_numbers = any(isinstance(cell, NumberCell) or _DIGIT.search(cell) for cell in cells)
    if any(str(cell).strip() for cell in cells[width:]) or (has_numbers and len(cells) > width and not may_trail):
        return None
    if has_numbers and len(cells) < named:
        return None
    return [*cells[:width], *[""] * (width - len(cells))]


_DIGIT = re.compile(r"[0-9]")


def _no_header(grid: Grid) -> Finding:
    """Either the names are there and nothing that separates them, or there is no header at all."""
    for record in grid.records[:HEADER_WITHIN]:
        texts = [text for text in record.texts() if text]
        row = (grid.delimiter or " ").join(record.texts())
        words = fold(row[:1000])
        if (
            grid.sheet is None
            and len(texts) <= 2
            and len({key for name, key in KEY_OF.items() if len(name) > 3 and name in words}) >= 2
        ):
            return Finding(rules.DELIMITER, grid.place(record.line), {"found": row})
    return Finding(rules.MISSING_HEADER, grid.place(1), {"rows": HEADER_WITHIN})


def merged_figures(table: Table) -> set[tuple[int, int]]:
    """The cells of figures (row and column of the sheet, from 0) that are merged with the cells of other figures."""
    columns, rows = set(table.number_columns), {record.line - 1 for record in table.rows}
    return {
        origin
        for (row, column), origin in table.grid.merged.items()
        if origin[1] in columns and column in columns and row in rows and origin[0] in rows
    }
