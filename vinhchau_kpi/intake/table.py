"""Text → cells: which character separates the columns, which row is the header, and the rows below it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.messages import N_, did_you_mean
from vinhchau_kpi.text import fold, nfc

CELL_LIMIT = 100_000
"""Characters in one cell."""
HEADER_WITHIN = 20
"""Rows from the top among which the header is looked for; those above it are the file's title."""
DELIMITERS = ",;\t"
WIDTH_LIMIT = 1000
"""Columns of a table. A row with more is no header."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("mã chỉ tiêu", "mã", "code"),
    "period": ("kỳ", "kỳ báo cáo"),
    "value": ("thực hiện", "thực hiện trong kỳ"),
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

COUNTERS = ("stt", "tt", "no.")
"""Headers of a column of row numbers, which is passed over."""

_KEY_OF = {fold(words): key for key, others in COLUMNS.items() for words in (key, *others)}
_COUNTER_KEYS = {fold(words) for words in COUNTERS}


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the physical line it starts on, and its cells as text."""

    line: int
    cells: list[str]

    @property
    def is_blank(self) -> bool:
        return not any(cell and not cell.isspace() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and what stands below it. `columns` maps a column's name to where it stands (from 0)."""

    file: str
    delimiter: str
    header: Record
    columns: dict[str, int]
    title: tuple[str, ...]
    rows: list[Record]
    findings: list[Finding] = field(default_factory=list)

    def place(self, line: int, column: int | None = None) -> Place:
        """Where a cell stands; `column` counts from 0."""
        return Place(self.file, line, None if column is None else column + 1)


def read_table(text: str, file: str) -> tuple[Table | None, list[Finding]]:
    """The table in `text`; None and the finding where there is none to read."""
    delimiter, at = _layout(text)
    if delimiter is None:
        return None, [_no_header(text, file)]
    records: list[Record] = []
    findings: list[Finding] = []
    for item in _records(text, delimiter, file):
        if isinstance(item, Finding):
            return None, [item]
        records.append(item)
    header = records[at]
    title = tuple(cell for record in records[:at] for cell in map(nfc, record.cells) if cell)
    columns, found = _columns(header, records[at + 1 :], file)
    findings += found
    rows = [record for record in records[at + 1 :] if not record.is_blank]
    kept: list[Record] = []
    for record in rows:
        cells = _fitted(record.cells, len(header.cells))
        if cells is None:
            args = {"found": len(record.cells), "expected": len(header.cells)}
            findings.append(
                Finding(rules.RAGGED_ROW, Place(file, record.line, min(len(record.cells), len(header.cells)) + 1), args)
            )
        else:
            kept.append(Record(record.line, cells))
    return Table(file, delimiter, header, columns, title, kept, findings), []


def column_key(header: str) -> str | None:
    """The column that a header cell names, or None."""
    return _KEY_OF.get(fold(header))


def _layout(text: str) -> tuple[str | None, int]:
    """The delimiter and the row (from 0) under which the most known column names stand, at least two."""
    best = (1, 0, 0, "")
    for preference, delimiter in enumerate(DELIMITERS):
        for at, record in enumerate(_top(text, delimiter)):
            if len(record.cells) > WIDTH_LIMIT:
                continue
            known = len({key for key in map(column_key, record.cells) if key})
            best = max(best, (known, -at, -preference, delimiter))
    known, minus_at, _, delimiter = best
    return (delimiter, -minus_at) if known >= 2 else (None, 0)


def _top(text: str, delimiter: str) -> Iterator[Record]:
    for number, item in enumerate(_records(text, delimiter, "")):
        if isinstance(item, Finding) or number >= HEADER_WITHIN:
            return
        yield item


def _records(text: str, delimiter: str, file: str) -> Iterator[Record | Finding]:
    """The rows of a CSV text; a row that cannot be read ends them with its finding."""
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                yield Finding(rules.CELL_TOO_LONG, Place(file, line), {"limit": CELL_LIMIT})
            else:
                yield Finding(rules.QUOTE_NOT_CLOSED, Place(file, line))
            return
        yield Record(line, cells)
        line = reader.line_num + 1


def _columns(header: Record, below: list[Record], file: str) -> tuple[dict[str, int], list[Finding]]:
    columns: dict[str, int] = {}
    findings: list[Finding] = []
    for at, cell in enumerate(header.cells):
        place = Place(file, header.line, at + 1)
        key = column_key(cell)
        if key is None:
            if fold(cell) not in _COUNTER_KEYS and _has_text(below, at):
                findings.append(
                    Finding(
                        rules.UNKNOWN_COLUMN, place, {"column": nfc(cell), "suggestion": did_you_mean(cell, _NAMES)}
                    )
                )
        elif key in columns:
            args = {"column": nfc(cell), "first": columns[key] + 1, "second": at + 1}
            findings.append(Finding(rules.DOUBLED_HEADER, place, args))
        else:
            columns[key] = at
    return columns, findings


_NAMES = tuple(name for key, others in COLUMNS.items() for name in (key, *others))


def _has_text(records: list[Record], at: int) -> bool:
    return any(len(record.cells) > at and record.cells[at].strip() for record in records)


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """The cells under the header's; blank ones beyond it do not count. None where they do not fit."""
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    return None


def _no_header(text: str, file: str) -> Finding:
    """Either the names are there and nothing that separates them, or there is no header at all."""
    for line, row in enumerate(text.splitlines()[:HEADER_WITHIN], 1):
        words = fold(row)
        if len({key for name, key in _KEY_OF.items() if len(name) > 3 and name in words}) >= 2:
            return Finding(rules.DELIMITER, Place(file, line), {"found": row})
    return Finding(rules.MISSING_HEADER, Place(file, 1), {"rows": HEADER_WITHIN})
