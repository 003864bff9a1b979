"""Rows of cells → a table: which row is the header, what each column is, and the rows below it.

A table is long (one figure a row, its period in a column) or wide (one indicator a row, a column for each period).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vinhchau_kpi import period as periods
from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place, Rule
from vinhchau_kpi.intake.grid import Cell, Grid, NumberCell, Record
from vinhchau_kpi.intake.headings import (
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

HEADER_WITHIN = 20
"""Rows from the top among which the header is looked for; those above it are the file's title."""
WIDTH_LIMIT = 1000
"""Columns of a table."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One period of a wide table: its name as it stands, the year said near it, and where its figures stand.

    `columns` maps `value` or `cumulative` to a column (from 0); `estimated` are those whose heading says “ước”.
    """

    name: str
    year: int | None
    columns: dict[str, int]
    estimated: set[str] = field(default_factory=set)

    def __hash__(self) -> int:
        return hash((self.name, self.year))

    @property
    def months(self) -> frozenset[tuple[int, int]]:
        """Year and number of the months it is for."""
        period = periods.parse(self.text(1900 if self.year is None else self.year))
        return frozenset((period.year, n) for n in range(period.first, period.last + 1)) if period else frozenset()

    def text(self, year: int) -> str:
        """The period in words that carry their year: the name's own, the one said near it, or `year`."""
        return self.name if periods.parse(self.name) else f"{self.name}/{self.year or year}"


@dataclass(frozen=True, slots=True)
class Table:
    """A header and what stands below it. `columns` maps a column's name to where it stands (from 0).

    `heading_lines`: the line of each column's heading, for a header may take two rows. `spreads` are the periods of a wide table, in the order of the sheet; a long table has none.
    """

    grid: Grid
    header: Record
    heading_lines: list[int]
    columns: dict[str, int]
    title: tuple[str, ...]
    rows: list[Record]
    findings: list[Finding] = field(default_factory=list)
    spreads: tuple[Spread, ...] = ()
    ragged: int = 0

    @property
    def is_wide(self) -> bool:
        return bool(self.spreads)

    @property
    def number_columns(self) -> list[int]:
        """Every column that holds figures."""
        own = [self.columns[name] for name in _NUMBERS if name in self.columns]
        return own + [at for spread in self.spreads for at in spread.columns.values()]

    def within(self, spread: Spread) -> list[Spread]:
        """The shorter periods of the table that lie within `spread`."""
        whole = spread.months
        return [other for other in self.spreads if other.months < whole] if whole else []

    def place(self, line: int, column: int | None = None) -> Place:
        """Where a cell stands; `column` counts from 0."""
        return self.grid.place(line, column)

    def heading_place(self, column: int) -> Place:
        return self.grid.place(self.heading_lines[column], column)


def header_among(records: Sequence[Record]) -> tuple[int, int]:
    """How many known columns the likeliest header of the first rows names, and which row (from 0) it is."""
    best = (0, 0)
    for at, record in enumerate(records[:HEADER_WITHIN]):
        if len(record.cells) <= WIDTH_LIMIT:
            best = max(best, (_known(record), -at))
    return best[0], -best[1]


def has_header(grid: Grid) -> bool:
    return header_among(grid.records)[0] >= 2


def read_table(grid: Grid) -> tuple[Table | None, list[Finding]]:
    """The table in `grid`; None and the finding where there is none to read."""
    for record in grid.records:
        if len(record.cells) > WIDTH_LIMIT and any(str(cell).strip() for cell in record.cells[WIDTH_LIMIT:]):
            args = {"found": len(record.cells), "limit": WIDTH_LIMIT}
            return None, [Finding(rules.ROW_TOO_WIDE, grid.place(record.line), args)]
    if not has_header(grid):
        return None, [_no_header(grid)]
    _, at = header_among(grid.records)
    header, lines, first = _whole_header(grid.records, at)
    above = grid.records[:at]
    title = tuple(text for record in above for text in map(nfc, record.texts()) if text)
    own = [[fold(text) for text in record.texts()] for record in grid.records[at:first]]
    below = [record for record in grid.records[first:] if not record.is_blank and not _is_again(record, own)]
    columns, spreads, findings = _Columns(grid, header, lines, below, above, at, first).read()
    findings += _other_header(grid, header.line, below)
    named = max((n + 1 for n, text in enumerate(header.texts()) if text), default=0)
    width = len(header.cells)
    kept: list[Record] = []
    ragged = 0
    for record in below:
        cells = _fitted(record, named, width, may_trail=grid.delimiter != ",")
        if cells is None:
            ragged += 1
            place = grid.place(record.line, min(len(record.cells), named))
            args = {"found": len(record.cells), "expected": named}
            findings.append(Finding(rules.RAGGED_ROW, place, args))
        else:
            kept.append(Record(record.line, cells))
    return Table(grid, header, lines, columns, title, kept, findings, spreads, ragged), []


def _known(record: Record) -> int:
    """How many different columns a row names; the columns of periods of a wide header count as one."""
    texts = [text for text in record.texts() if text]
    keys = {key for key in map(column_key, texts) if key}
    is_wide = bool(keys & _SUBJECTS) and any(map(period_heading, texts))
    return len(keys) + is_wide


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
    return column_key(first) is not None and _trimmed([fold(text) for text in record.texts()]) in map(_trimmed, header)


def _other_header(grid: Grid, line: int, below: Iterable[Record]) -> list[Finding]:
    """The finding at a header further down that is another: its table's columns mean other things."""
    for record in below:
        first = next((text for text in record.texts() if text), "")
        if column_key(first) and _known(record) >= 2:
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
    passed_over: set[int] = field(default_factory=set)
    """Columns of periods that are not read: they hold targets, or a period that another column holds."""

    def read(self) -> tuple[dict[str, int], tuple[Spread, ...], list[Finding]]:
        texts = [heading(text) for text in self.header.texts()]
        keys = [column_key(text) for text in texts]
        named = {n: said for n, text in enumerate(texts) if not keys[n] and (said := period_heading(text))}
        if sum(self._is_year_s_target(said) for said in named.values()) == 1 and "target" not in keys:
            at = next(n for n, said in named.items() if self._is_year_s_target(said))
            keys[at] = "target"
            del named[at]
        # One period alone makes a wide table only where no column says what the period or the value is.
        is_wide = len(named) >= 2 or not {"period", "value"}.intersection(keys)
        spreads = self._spreads(texts, named) if named and is_wide else ()
        taken = self.passed_over | {n for spread in spreads for n in spread.columns.values()}
        columns: dict[str, int] = {}
        for n, (text, key) in enumerate(zip(texts, keys, strict=True)):
            if n in taken:
                continue
            if key is None:
                self._unknown(n, text)
            elif key in columns:
                args = {"column": text, "first": columns[key] + 1, "second": n + 1}
                self._note(rules.DOUBLED_HEADER, n, args)
            elif key == "cumulative" and len(spreads) == 1:
                spreads[0].columns.setdefault(key, n)
            elif spreads and key in _NUMBERS:
                if _has_text(self.below, n):
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": text})
            else:
                columns[key] = n
        if spreads and "period" in columns:
            self._note(rules.MIXED_LAYOUT, columns["period"], {"column": texts[columns["period"]]})
        return columns, spreads, self.findings

    def _is_year_s_target(self, said: PeriodHeading) -> bool:
        """“Kế hoạch năm 2019”, “KH 2019”."""
        period = period_named(said.name)
        return said.column is None and period is not None and (period.first, period.last) == (1, 12)

    def _spreads(self, texts: list[str], named: dict[int, PeriodHeading]) -> tuple[Spread, ...]:
        """The periods of a wide table; columns of targets and percents are not read."""
        said_above = _years(text for record in self.above for text in record.texts())
        found: dict[tuple[Period | None, int | None], Spread] = {}
        for n, said in named.items():
            if n + 1 < len(texts) and not texts[n + 1] and _has_text(self.below, n + 1):
                self._note(rules.HEADING_OVER_SEVERAL, n, {"column": texts[n]})
                self.passed_over.update(itertools.takewhile(lambda right: not texts[right], range(n + 1, len(texts))))
            over = "" if said.kind else self._group(n, min(named))
            column = column_of_kind(said.kind or over)
            if column is None:
                self.passed_over.add(n)
                if _has_text(self.below, n):
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": f"{over}: {texts[n]}" if over else texts[n]})
                continue
            year = _only(_years([over])) or _only(said_above)
            spread = found.setdefault((period_named(said.name), year), Spread(said.name, year, {}))
            if column in spread.columns:
                args = {"column": texts[n], "first": spread.columns[column] + 1, "second": n + 1}
                self.passed_over.add(n)
                self._note(rules.DOUBLED_HEADER, n, args)
            else:
                spread.columns[column] = n
                if is_estimated(said.kind or over):
                    spread.estimated.add(column)
        return tuple(spread for spread in found.values() if spread.columns)

    def _group(self, n: int, leftmost: int) -> str:
        """The heading that stands over column `n` and its neighbours to the left, if any."""
        two_rows = self.first - self.at == 2
        over = self.grid.records[self.at] if two_rows else self.above[-1] if self.above else None
        if over is None:
            return ""
        cells = [nfc(text) for text in over.texts()]
        for left in range(n, leftmost - 1, -1):
            if left < len(cells) and cells[left]:
                return cells[left]
        return ""

    def _unknown(self, n: int, text: str) -> None:
        if not is_passed_over(text) and _has_text(self.below, n):
            shown = text or Message(N_("(no heading)"))
            suggestion = did_you_mean(text, NAMES) if text else ""
            self._note(rules.UNKNOWN_COLUMN, n, {"column": shown, "suggestion": suggestion})

    def _note(self, rule: Rule, n: int, args: dict[str, object]) -> None:
        self.findings.append(Finding(rule, self.grid.place(self.lines[n], n), args))


_NUMBERS = ("value", "cumulative", "numerator", "denominator")
_SUBJECTS = {"indicator", "name"}
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def _years(texts: Iterable[str]) -> set[int]:
    return {int(year) for text in texts for year in _YEAR.findall(text)}


def _only(years: set[int]) -> int | None:
    return next(iter(years)) if len(years) == 1 else None


def _has_text(records: list[Record], at: int) -> bool:
    return any(len(record.cells) > at and str(record.cells[at]).strip() for record in records)


def _fitted(record: Record, named: int, width: int, *, may_trail: bool) -> list[Cell] | None:
    """The cells under the header's `width` cells, of which the first `named` reach to the last heading.

    A row of words alone, such as a signature, may be of any length. Blank cells beyond the header do not count, but
    between commas (`may_trail` false) they may be what a decimal comma has shifted. None where the cells do not fit.
    """
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
