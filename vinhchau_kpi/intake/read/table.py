"""Rows of cells → a table: which row is the header, what each column is, and the rows below it.

A table is long (one figure a row, its period in a column) or wide (one indicator a row, a column for each period).
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Beyond, Finding, Findings, Place, Rule
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell, Record
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
    NAMES,
    PeriodHeading,
    column_key,
    column_of_kind,
    heading,
    is_estimated,
    is_passed_over,
    is_subheading,
    period_heading,
    period_named,
)
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.period import Period
from vinhchau_kpi.text import fold, nfc


@dataclass(frozen=True, slots=True)
class PeriodColumns:
    """One period of a wide table: its name as it stands, the years said near it, and where its figures stand.

    `columns` maps `value` or `cumulative` to a column (from 0); `estimated` are those whose heading says “ước”.
    """

    name: str
    years: frozenset[int] = frozenset()
    columns: dict[str, int] = field(default_factory=dict)
    estimated: set[str] = field(default_factory=set)

    def period(self, year: int) -> Period | None:
        """Its period: of the year that its name says, else of `year`, unless only others are said near it."""
        near = year if not self.years or year in self.years else min(self.years)
        return period_named(self.name, near)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and what stands below it. `columns` maps a column's name to where it stands (from 0).

    `heading_lines`: the line of each column's heading, for a header may take two rows. `period_columns` are the periods of a wide table, in the order of the sheet; a long table has none.
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

    @property
    def is_wide(self) -> bool:
        return bool(self.period_columns)

    @property
    def number_columns(self) -> list[int]:
        """Every column that holds figures."""
        own = [self.columns[name] for name in _NUMBERS if name in self.columns]
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


def read_table(grid: Grid, beyond: Beyond | None = None) -> tuple[Table | None, list[Finding]]:
    """The table in `grid`; None and the finding where there is none to read. `beyond`: where findings go that are too many
    to be kept."""
    for record in grid.records:
        if len(record.cells) > WIDTH_LIMIT and any(str(cell).strip() for cell in record.cells[WIDTH_LIMIT:]):
            args = {"found": len(record.cells), "limit": WIDTH_LIMIT}
            return None, [Finding(rules.ROW_TOO_WIDE, grid.place(record.line), args)]
    known, at = header_among(grid.records)
    if known < LEAST_KNOWN:
        return None, [_no_header(grid)]
    header, lines, first = _whole_header(grid.records, at)
    above = grid.records[:at]
    title = tuple(text for record in above for text in map(nfc, record.texts()) if text)
    rows = RowsBelow(grid, header, grid.records[at:first])
    below = list(rows.meant(grid.records[first:]))
    columns, period_columns, of_columns = _Columns(grid, header, lines, below, above, at, first).read()
    rows.columns = columns
    findings = Findings(of_columns, beyond)
    findings.extend(_other_header(grid, header.line, [*above, *below]))
    kept: list[Record] = []
    for found in map(rows.fitted, below):
        if isinstance(found, Record):
            kept.append(found)
        else:
            findings.add(found)
    return Table(grid, header, lines, columns, title, kept, findings, period_columns, len(below) - len(kept)), []


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
        place = self.grid.place(record.line, min(len(record.cells), self.named) if shifted is None else shifted)
        return Finding(rules.RAGGED_ROW, place, {"found": len(record.cells), "expected": self.named})


def _whole_header(records: Sequence[Record], at: int) -> tuple[Record, list[int], int]:
    """The header joined with the row below it, where that has headings too; the line of each heading; the first row
    below both.

    A heading over several columns ("Thực hiện" over "Trong kỳ", "Lũy kế", or over months) gives way to theirs; a
    period over "TH" and "LK" is joined with each.
    """
    header = records[at]
    if at + 1 < len(records):
        below = records[at + 1]
        upper, lower = [heading(text) for text in header.texts()], [heading(text) for text in below.texts()]
        joined = _joined(upper, lower)
        if joined is not None:
            lines = [below.line if own else header.line for _, own in itertools.zip_longest(upper, lower, fillvalue="")]
            return Record(header.line, list(joined)), lines, at + 2
    return header, [header.line] * len(header.cells), at + 1


def _joined(upper: list[str], lower: list[str]) -> list[str] | None:
    """Two rows of headings as one; None where the lower row is none."""
    pairs = list(itertools.zip_longest(upper, lower, fillvalue=""))
    named = [own for own in lower if own]
    if not named:
        return None
    if any(map(period_heading, upper)) and all(map(is_subheading, named)):
        joined, over = [], ""
        for above, own in pairs:
            over = above or over
            joined.append(f"{own} {over}" if own and period_heading(over) else own or above)
        return joined
    if all(column_key(own) or period_heading(own) for own in named):
        return [own or above for above, own in pairs]
    return None


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


@dataclass
class _Columns:
    """What the columns of one header are."""

    grid: Grid
    header: Record
    lines: list[int]
    below: list[Record]
    above: list[Record]
    at: int
    first: int
    findings: list[Finding] = field(default_factory=list)
    leftmost: int = 0
    passed_over: set[int] = field(default_factory=set)
    """Columns of periods that are not read: they hold targets, or a period that another column holds."""

    def read(self) -> tuple[dict[str, int], tuple[PeriodColumns, ...], list[Finding]]:
        texts = [heading(text) for text in self.header.texts()]
        keys = [column_key(text) for text in texts]
        named = {n: said for n, text in enumerate(texts) if not keys[n] and (said := period_heading(text))}
        if sum(self._is_year_s_target(said) for said in named.values()) == 1 and "target" not in keys:
            at = next(n for n, said in named.items() if self._is_year_s_target(said))
            keys[at] = "target"
            del named[at]
        # Headings over several columns begin at the first column that holds numbers.
        self.leftmost = min([*named, *(n for n, key in enumerate(keys) if key in (*_NUMBERS, "target"))], default=0)
        # One period alone makes a wide table only where no column says what the period or the value is.
        is_wide = len(named) >= 2 or not {"period", "value"}.intersection(keys)
        period_columns = self._period_columns(texts, named) if named and is_wide else ()
        columns = self._assigned(texts, keys, period_columns)
        if period_columns and "period" in columns:
            self._note(rules.MIXED_LAYOUT, columns["period"], {"column": texts[columns["period"]]})
        return columns, period_columns, self.findings

    def _assigned(
        self, texts: list[str], keys: list[str | None], period_columns: tuple[PeriodColumns, ...]
    ) -> dict[str, int]:
        """Where each column of a name stands; those that are not read, or should not stand there, are noted."""
        taken = self.passed_over | {n for of_period in period_columns for n in of_period.columns.values()}
        columns: dict[str, int] = {}
        for n, (text, key) in enumerate(zip(texts, keys, strict=True)):
            if n in taken:
                continue
            other = self._other_kind(n) if key in _NUMBERS else ""
            if key is None:
                self._unknown(n, text)
            elif other:
                self._unclear(n, text, other)
            elif key in columns:
                args = {"column": text, "first": columns[key] + 1, "second": n + 1}
                self._note(rules.DOUBLED_HEADER, n, args)
            elif key == "cumulative" and len(period_columns) == 1:
                period_columns[0].columns.setdefault(key, n)
            elif period_columns and key in _NUMBERS:
                if _has_text(self.below, n):
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": text})
            else:
                columns[key] = n
        return columns

    def _is_year_s_target(self, said: PeriodHeading) -> bool:
        """“Kế hoạch năm 2019”, “KH 2019”."""
        period = period_named(said.name)
        return said.column == "other" and period is not None and (period.first, period.last) == (1, 12)

    def _other_kind(self, n: int) -> str:
        """The heading over a column of numbers that speaks of targets, of last year, or of a year; else nothing."""
        levels = self._levels(n)
        return next(
            (over for over in levels if column_of_kind(over) == "other" or _YEAR_ALONE.fullmatch(fold(over))), ""
        )

    def _period_columns(self, texts: list[str], named: dict[int, PeriodHeading]) -> tuple[PeriodColumns, ...]:
        """The periods of a wide table; columns of targets and percents are not read."""
        said_above = _years(text for record in self.above for text in record.texts())
        found: dict[tuple[Period | None, frozenset[int]], PeriodColumns] = {}
        for n, said in named.items():
            if n + 1 < len(texts) and not texts[n + 1] and _has_text(self.below, n + 1):
                self._note(rules.HEADING_OVER_SEVERAL, n, {"column": texts[n]})
                self.passed_over.update(itertools.takewhile(lambda right: not texts[right], range(n + 1, len(texts))))
            levels = self._levels(n)
            column, group = self._kind(said, levels)
            if column is None:
                self.passed_over.add(n)
                self._unclear(n, texts[n], group)
                continue
            if column == "other":
                self.passed_over.add(n)
                if _has_text(self.below, n):
                    shown = f"{group}: {texts[n]}" if group else texts[n]
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": shown})
                continue
            years = _years(levels) or said_above
            of_period = found.setdefault((period_named(said.name), years), PeriodColumns(said.name, years))
            if column in of_period.columns:
                args = {"column": texts[n], "first": of_period.columns[column] + 1, "second": n + 1}
                self.passed_over.add(n)
                self._note(rules.DOUBLED_HEADER, n, args)
            else:
                of_period.columns[column] = n
                if is_estimated(said.kind) or any(map(is_estimated, levels)):
                    of_period.estimated.add(column)
        return tuple(of_period for of_period in found.values() if of_period.columns)

    def _kind(self, said: PeriodHeading, levels: list[str]) -> tuple[str | None, str]:
        """What a column of a period holds, by its own words and those over it; and the words that decide.

        Words in the header itself must be understood; above it they may be a title. Periods over periods say nothing.
        """
        kind, words = said.column, said.kind
        for level, over in enumerate(levels):
            own = column_of_kind(over)
            if own is None and period_heading(over) is None and level == 0 and self.first - self.at == 2:
                return None, over
            if own == "other" or (own == "cumulative" and kind == "value"):
                kind, words = own, over
        return kind, words

    def _levels(self, n: int) -> list[str]:
        """The headings that stand over column `n`, from below: in the header's upper row, and in rows above that stand
        over no column of words, as a title does."""
        rows = [self.at] if self.first - self.at == 2 else []
        for at in range(self.at - 1, -1, -1):
            if any(list(self.grid.records[at].texts())[: self.leftmost]):
                break
            rows.append(at)
        return [text for at in rows if (text := self._over(at, n))]

    def _over(self, at: int, n: int) -> str:
        """What row `at` says over column `n`: its own cell, the one it is merged with, or the nearest to the left."""
        record = self.grid.records[at]
        texts = [heading(text) for text in record.texts()]
        for left in range(min(n, len(texts) - 1), self.leftmost - 1, -1):
            if texts[left]:
                return texts[left]
            origin = self.grid.merged.get((record.line - 1, left)) if self.grid.sheet is not None else None
            if origin is not None and origin[1] >= self.leftmost:
                cells = self.grid.records[origin[0]].cells
                return heading(str(cells[origin[1]])) if origin[1] < len(cells) else ""
        return ""

    def _unclear(self, n: int, text: str, group: str) -> None:
        """Once for each heading, at the first column that stands under it."""
        if not any(f.rule is rules.UNCLEAR_GROUP and f.args["group"] == group for f in self.findings):
            self._note(rules.UNCLEAR_GROUP, n, {"column": text, "group": group})

    def _unknown(self, n: int, text: str) -> None:
        if not is_passed_over(text) and _has_text(self.below, n):
            self.findings.append(unknown_column(text, self.grid.place(self.lines[n], n)))

    def _note(self, rule: Rule, n: int, args: dict[str, object]) -> None:
        self.findings.append(Finding(rule, self.grid.place(self.lines[n], n), args))


def unknown_column(heading: str, place: Place) -> Finding:
    """The finding at a column with text in it whose heading says nothing that is known."""
    shown = heading or Message(N_("(no heading)"))
    return Finding(
        rules.UNKNOWN_COLUMN, place, {"column": shown, "suggestion": did_you_mean(heading, NAMES) if heading else ""}
    )


_NUMBERS = ("value", "cumulative", "numerator", "denominator")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_YEAR_ALONE = re.compile(r"(?:nam )?(?:19|20)[0-9]{2}")
_NOT_OF_FIGURES = re.compile(
    r"ngay [0-9. ]+thang [0-9. ]+nam [0-9]{4}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|so ?:? ?[0-9]+ ?/[^ ]*|(?<![0-9])[0-9]+/[0-9]{4}/[^ ]*"
    r"|(?:19|20)[0-9]{2} ?[-–] ?(?:19|20)[0-9]{2}"
)
"""Years that a title has beside that of its figures: of dates, of documents' numbers, of stretches of years."""


def _years(texts: Iterable[str]) -> frozenset[int]:
    """The years that headings or titles say of the figures below them."""
    return frozenset(int(year) for text in texts for year in _YEAR.findall(_NOT_OF_FIGURES.sub(" ", fold(text))))


def _has_text(records: list[Record], at: int) -> bool:
    return any(len(record.cells) > at and str(record.cells[at]).strip() for record in records)


def _shifted(record: Record, grid: Grid, header: Record, columns: dict[str, int]) -> int | None:
    """The column of what may be the digits behind a decimal comma, between commas: under no heading, or alone in a note
    behind a figure; else None."""
    if grid.delimiter != ",":
        return None
    behind = {columns[name] + 1 for name in _NUMBERS if name in columns}
    suspects = [n for n, text in enumerate(header.texts()) if not text or (n in behind and n == columns.get("note"))]
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
        row = (grid.delimiter or " ").join(record.texts())
        words = fold(row[:1000])
        if grid.sheet is None and len({key for name, key in KEY_OF.items() if len(name) > 3 and name in words}) >= 2:
            return Finding(rules.DELIMITER, grid.place(record.line), {"found": row})
    return Finding(rules.MISSING_HEADER, grid.place(1), {"rows": HEADER_WITHIN})


def totals_over(period_columns: tuple[PeriodColumns, ...], year: int) -> dict[int, tuple[list[int], bool]]:
    """Of each period that has shorter ones within it: which they are, and whether they make all of its months."""
    months = [
        frozenset((period.year, n) for n in range(period.first, period.last + 1)) if period else frozenset()
        for period in (of_period.period(year) for of_period in period_columns)
    ]
    found = {}
    for at, whole in enumerate(months):
        if len(whole) > 1:
            within = [other for other, part in enumerate(months) if part and part < whole]
            if within:
                found[at] = within, frozenset().union(*(months[other] for other in within)) == whole
    return found


def merged_figures(table: Table) -> set[tuple[int, int]]:
    """The cells of figures (row and column of the sheet, from 0) that are merged with the cells of other figures."""
    columns, rows = set(table.number_columns), {record.line - 1 for record in table.rows}
    return {
        origin
        for (row, column), origin in table.grid.merged.items()
        if origin[1] in columns and column in columns and row in rows and origin[0] in rows
    }
