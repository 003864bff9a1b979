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
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.period import Period
from vinhchau_kpi.text import fold, nfc, unquoted

HEADER_WITHIN = 20
"""Rows from the top among which the header is looked for; those above it are the file's title."""
WIDTH_LIMIT = 1000
"""Columns of a table."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("mã chỉ tiêu", "mã", "code"),
    "period": ("kỳ", "kỳ báo cáo"),
    "value": ("thực hiện", "thực hiện trong kỳ", "trong kỳ"),
    "cumulative": ("lũy kế",),
    "numerator": ("tử số",),
    "denominator": ("mẫu số",),
    "area": ("địa bàn", "xã/phường", "xã, phường"),
    "agency": ("đơn vị báo cáo",),
    "reported_on": ("ngày báo cáo", "reported on"),
    "kind": ("loại số liệu",),
    "name": ("chỉ tiêu", "tên chỉ tiêu"),
    "unit": ("đvt", "đơn vị tính"),
    "target": ("kế hoạch", "kế hoạch năm"),
    "note": ("ghi chú",),
}
"""The columns of a submission and what else their headers may say; case and diacritics do not count."""

COLUMN_NAMES = {
    "indicator": N_("indicator"),
    "name": N_("name"),
    "unit": N_("unit"),
    "target": N_("target"),
    "period": N_("period"),
    "value": N_("value"),
    "cumulative": N_("cumulative"),
    "numerator": N_("numerator"),
    "denominator": N_("denominator"),
    "area": N_("area"),
    "agency": N_("agency"),
    "kind": N_("kind"),
    "reported_on": N_("reported_on"),
    "note": N_("note"),
}
"""The columns under the names that a person is shown."""

REMARKS = N_("findings of kpi")
"""Heading of the column that `--annotate` adds to a CSV file."""
PASSED_OVER = ("stt", "tt", "no.", "phát hiện của kpi", "findings of kpi")
"""Headers of columns that hold nothing to read: row numbers, and what `kpi` itself wrote."""

_KEY_OF = {fold(words): key for key, others in COLUMNS.items() for words in (key, *others)}
_PASSED_OVER = {fold(words) for words in PASSED_OVER}
_NUMBERS = ("value", "cumulative", "numerator", "denominator")
_SUBJECTS = {"indicator", "name"}
_NOT_ACTUALS = ("ke hoach", "muc tieu", "chi tieu giao", "%", "ty le", "so voi", "cung ky", "target", "plan")
"""Words of a heading over columns of months that hold something else than what was done."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One period of a wide table: its heading as it stands, the year said near it, and where its figures stand.

    `columns` maps `value` or `cumulative` to a column (from 0).
    """

    heading: str
    year: int | None
    columns: dict[str, int]

    def __hash__(self) -> int:
        return hash((self.heading, self.year))

    @property
    def months(self) -> frozenset[tuple[int, int]]:
        """Year and number of the months it is for."""
        period = periods.parse(self.text(1900 if self.year is None else self.year))
        return frozenset((period.year, n) for n in range(period.first, period.last + 1)) if period else frozenset()

    def text(self, year: int) -> str:
        """The period in words that carry their year: the heading's own, the one said near it, or `year`."""
        return self.heading if periods.parse(self.heading) else f"{self.heading}/{self.year or year}"


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
    headings = {text for record in grid.records[at:first] for text in record.texts() if text}
    below = [record for record in grid.records[first:] if not record.is_blank and not _is_repeated(record, headings)]
    columns, spreads, findings = _Columns(grid, header, lines, below, above, at, first).read()
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


def heading(text: str) -> str:
    """A header cell as it is kept."""
    return unquoted(nfc(text))


def column_key(header: str) -> str | None:
    """The column that a header cell names, or None."""
    return _KEY_OF.get(fold(unquoted(header)))


def is_period_heading(text: str) -> bool:
    """Whether a header cell names a period: `2019-01`, `T1/2019`, or, its year being said elsewhere, `T1`."""
    return _period_of(unquoted(text)) is not None


def _period_of(heading: str) -> Period | None:
    """The period that a heading names, of the year 2000 where it says none; a number alone names none."""
    if heading.strip().isdigit():
        return None
    return periods.parse(heading) or (periods.parse(f"{heading}/2000") if any(map(str.isalpha, heading)) else None)


def _known(record: Record) -> int:
    """How many different columns a row names; the columns of periods of a wide header count as one."""
    texts = [text for text in record.texts() if text]
    keys = {key for key in map(column_key, texts) if key}
    is_wide = bool(keys & _SUBJECTS) and sum(map(is_period_heading, texts)) >= 2
    return len(keys) + is_wide


def _whole_header(records: Sequence[Record], at: int) -> tuple[Record, list[int], int]:
    """The header joined with the row below it, where that names columns too; the line of each heading; the first row
    below both.

    A heading over several columns ("Thực hiện" over "Trong kỳ", "Lũy kế", or over months) gives way to theirs.
    """
    header = records[at]
    if at + 1 < len(records):
        below = records[at + 1]
        lower = [heading(text) for text in below.texts()]
        named = [text for text in lower if text]
        if named and all(column_key(text) or is_period_heading(text) for text in named):
            pairs = list(itertools.zip_longest(header.cells, lower, fillvalue=""))
            lines = [below.line if own else header.line for _, own in pairs]
            return Record(header.line, [own or over for over, own in pairs]), lines, at + 2
    return header, [header.line] * len(header.cells), at + 1


def _is_repeated(record: Record, headings: set[str]) -> bool:
    """A header printed again further down, as on each page of a long sheet."""
    first = next((text for text in record.texts() if text), "")
    if first not in headings:
        return False
    own = [text for text in record.texts() if text]
    return len(own) >= 2 and headings.issuperset(own)


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
        headings = [n for n, text in enumerate(texts) if not column_key(text) and is_period_heading(text)]
        spreads = self._spreads(texts, headings) if len(headings) >= 2 else ()
        taken = self.passed_over | {n for spread in spreads for n in spread.columns.values()}
        columns: dict[str, int] = {}
        for n, text in enumerate(texts):
            key = column_key(text)
            if n in taken:
                continue
            if key is None:
                self._unknown(n, text)
            elif key in columns:
                args = {"column": text, "first": columns[key] + 1, "second": n + 1}
                self._note(rules.DOUBLED_HEADER, n, args)
            elif spreads and key in _NUMBERS:
                if _has_text(self.below, n):
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": text})
            else:
                columns[key] = n
        if spreads and "period" in columns:
            self._note(rules.MIXED_LAYOUT, columns["period"], {"column": texts[columns["period"]]})
        return columns, spreads, self.findings

    def _spreads(self, texts: list[str], headings: list[int]) -> tuple[Spread, ...]:
        """The periods of a wide table; columns under a heading of targets or percents are not read."""
        said = _years(text for record in self.above for text in record.texts())
        found: dict[tuple[Period | None, int | None], Spread] = {}
        for n in headings:
            group = self._group(n, headings)
            key = fold(group)
            if any(words in key for words in _NOT_ACTUALS):
                self.passed_over.add(n)
                if _has_text(self.below, n):
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": f"{group}: {texts[n]}"})
                continue
            year = _only(_years([group])) or _only(said)
            spread = found.setdefault((_period_of(texts[n]), year), Spread(texts[n], year, {}))
            column = "cumulative" if "luy ke" in key or "cumulative" in key else "value"
            if column in spread.columns:
                args = {"column": texts[n], "first": spread.columns[column] + 1, "second": n + 1}
                self.passed_over.add(n)
                self._note(rules.DOUBLED_HEADER, n, args)
            else:
                spread.columns[column] = n
        return tuple(spread for spread in found.values() if spread.columns)

    def _group(self, n: int, headings: list[int]) -> str:
        """The heading that stands over column `n` and its neighbours to the left, if any."""
        two_rows = self.first - self.at == 2
        over = self.grid.records[self.at] if two_rows else self.above[-1] if self.above else None
        if over is None:
            return ""
        cells = [nfc(text) for text in over.texts()]
        for left in range(n, headings[0] - 1, -1):
            if left < len(cells) and cells[left]:
                return cells[left]
        return ""

    def _unknown(self, n: int, text: str) -> None:
        if fold(text) not in _PASSED_OVER and _has_text(self.below, n):
            shown = text or Message(N_("(no heading)"))
            suggestion = did_you_mean(text, _NAMES) if text else ""
            self._note(rules.UNKNOWN_COLUMN, n, {"column": shown, "suggestion": suggestion})

    def _note(self, rule: Rule, n: int, args: dict[str, object]) -> None:
        self.findings.append(Finding(rule, self.grid.place(self.lines[n], n), args))


_NAMES = tuple(name for key, others in COLUMNS.items() for name in (key, *others))
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
        if grid.sheet is None and len({key for name, key in _KEY_OF.items() if len(name) > 3 and name in words}) >= 2:
            return Finding(rules.DELIMITER, grid.place(record.line), {"found": row})
    return Finding(rules.MISSING_HEADER, grid.place(1), {"rows": HEADER_WITHIN})
