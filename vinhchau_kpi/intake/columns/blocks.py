"""A long file cut into blocks of whole lines, each cut into columns."""

from __future__ import annotations

import codecs
import csv
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vinhchau_kpi import number
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.cut.delimited import CELL_LIMIT, read_delimited, unwrapped
from vinhchau_kpi.intake.cut.grid import Cell, Grid, RaisedText, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.open.signature import foreign
from vinhchau_kpi.intake.read.convention import witnesses
from vinhchau_kpi.intake.read.how_read import HowRead, delimiter_choice, how_workbook_read
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.number import Evidence
from vinhchau_kpi.text import nfc, unquoted

if TYPE_CHECKING:
    from vinhchau_kpi.intake.cut.workbook import Opened, Sheet


BLOCK_BYTES = 50_000
"""Bytes that are cut into columns at a time."""
BLOCK_ROWS = 1000
"""Rows of a workbook that are cut into columns at a time."""


class NotPlainError(Exception):
    """The file has something in it that only reading it row by row can judge."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of a file, cut into cells.

    lines     the lines of the rows that are as wide as the header
    columns   the cells of these rows, column by column
    others    the rows that are not
    is_ascii  no letter in it can be spoiled
    """

    lines: Sequence[int]
    columns: list[Sequence[Cell]]
    others: list[Record]
    is_ascii: bool

    def record(self, line: int) -> Record:
        return self.record_at(self.lines.index(line))

    def record_at(self, at: int) -> Record:
        return Record(self.lines[at], [cells[at] for cells in self.columns])

    def between(self, begin: int, end: int) -> Block:
        """The rows from one to before another of those that are as wide as the header, and the others among them."""
        lines = self.lines
        low, high = lines[begin] if begin else 0, lines[end] if end < len(lines) else sys.maxsize
        others = [record for record in self.others if low <= record.line < high]
        return Block(lines[begin:end], [cells[begin:end] for cells in self.columns], others, self.is_ascii)

    def texts(self, at: int) -> list[str]:
        """What a column shows."""
        return list(map(str, self.columns[at]))


class LongFile(Protocol):
    """What a file must offer to be read by columns. Each may raise `NotPlainError`."""

    @property
    def grid(self) -> Grid:
        """The first lines, in which the header is looked for."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found when it was opened."""
        ...

    @property
    def how_read(self) -> HowRead:
        """How it was opened and cut, as far as it was read."""
        ...

    def may_prove(self, table: Table) -> bool:
        """Whether any of its texts may show how numbers are written. False: its numbers are stated as such."""
        ...

    def blocks(self, table: Table) -> Iterator[Block]:
        """What stands below the header of `table`, in the order of the file; the first lines as single rows, whatever they
        are. It can be asked for any number of times."""
        ...


class TextFile:
    """A CSV file as a `LongFile`."""

    findings: Sequence[Finding] = ()

    def __init__(self, source: InputFile, said: Encoding | None) -> None:
        self.source, self.said = source, said
        self.encoding: Choice | None = None
        self._is_marked = False
        first = next(self._texts(), "")
        self.head = first.split("\n")[:HEADER_WITHIN]
        if first.count("\n") <= HEADER_WITHIN:
            raise NotPlainError
        grid, _ = read_delimited("\n".join(self.head), source.name)
        # A cell with a line end in it would show in that there are fewer rows than lines.
        if grid is None or grid.is_declared or len(grid.records) < len(self.head):
            raise NotPlainError
        self.grid = grid
        """The first lines."""
        self.delimiter = grid.delimiter or ""

    @property
    def how_read(self) -> HowRead:
        return HowRead(encoding=self.encoding, delimiter=delimiter_choice(self.grid))

    def _texts(self) -> Iterator[str]:
        """Its text, some whole lines at a time."""
        rest, is_first = b"", True
        for block in self.source.blocks(BLOCK_BYTES):
            end = block.rfind(b"\n") + 1
            if end:
                yield self._text(rest + block[:end], is_first=is_first)
                rest, is_first = block[end:], False
            else:
                rest += block
        if rest:
            yield self._text(rest + b"\n", is_first=is_first)

    def _text(self, data: bytes, *, is_first: bool) -> str:
        if is_first and foreign(data) is not None:
            raise NotPlainError
        if not is_first and data.startswith(codecs.BOM_UTF8):
            raise NotPlainError
        decoded, _ = decode(data, self.source.name, self.said)
        if decoded is None or decoded.doubt is not None or decoded.choice.what != Encoding.UTF_8.value:
            raise NotPlainError
        if is_first or not (self._is_marked or decoded.text.isascii()):
            self._is_marked = is_first and (self.said is not None or data.startswith(codecs.BOM_UTF8))
            self.encoding = decoded.choice
        text = decoded.text
        if "\x1a" in text or "\ufeff" in text or b"\x1a" in data:
            raise NotPlainError
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                raise NotPlainError
        return text

    @staticmethod
    def may_prove(table: Table) -> bool:
        del table
        return True

    def blocks(self, table: Table) -> Iterator[Block]:
        begin, width = 1, len(table.header.cells)
        for text in self._texts():
            own = text
            if begin == 1:
                records = [record for record in self.grid.records if record.line > max(table.heading_lines)]
                yield Block((), [() for _ in range(width)], records, is_ascii("\n".join(self.head)))
                own = text.split("\n", HEADER_WITHIN)[-1]
                begin = HEADER_WITHIN + 1
            if own:
                yield self._cut(own, begin, width)
                begin += own.count("\n")

    def _cut(self, text: str, begin: int, width: int) -> Block:
        count, delimiter = text.count("\n"), self.delimiter
        if '"' in text:
            return self._cut_quoted(text, begin, width)
        step = width + 1
        cells = text[:-1].replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
        if len(cells) == count * step - 1 and cells[width::step].count("\n") == count - 1:
            columns: list[Sequence[Cell]] = [cells[at::step] for at in range(width)]
            return Block(range(begin, begin + count), columns, [], is_ascii(text))
        rows = [line.split(delimiter) if line else [] for line in text[:-1].split("\n")]
        return self._by_width(rows, begin, width, text)

    def _cut_quoted(self, text: str, begin: int, width: int) -> Block:
        """A cell with a line end in it would show in that there are fewer rows than lines."""
        csv.field_size_limit(CELL_LIMIT)
        try:
            rows = list(csv.reader(text.split("\n")[:-1], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            raise NotPlainError from error
        if len(rows) != text.count("\n"):
            raise NotPlainError
        return self._by_width(rows, begin, width, text)

    def _by_width(self, rows: list[list[str]], begin: int, width: int, text: str) -> Block:
        even = {line: cells for line, cells in enumerate(rows, begin) if len(cells) == width}
        others = [
            Record(line, unwrapped(cells, self.delimiter))
            for line, cells in enumerate(rows, begin)
            if len(cells) != width
        ]
        return by_columns(even, others, width, is_ascii=is_ascii(text))


def is_ascii(text: str) -> bool:
    return text.isascii() and "?" not in text


def by_columns(even: Mapping[int, Sequence[Cell]], others: list[Record], width: int, *, is_ascii: bool) -> Block:
    """`even`: the cells of the rows that are as wide as the header, by line."""
    cut: list[Sequence[Cell]] = list(zip(*even.values(), strict=True)) if even else [()] * width
    return Block(list(even), cut, others, is_ascii)


class SheetFile:
    """A sheet of a workbook as a `LongFile`."""

    def __init__(self, opened: Opened, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings = opened.findings
        self.how_read = how_workbook_read(opened, sheet.name)
        self.grid = sheet.grid(HEADER_WITHIN)
        """The first lines."""

    def may_prove(self, table: Table) -> bool:
        texts = self.sheet.texts(witnesses(table), max(table.heading_lines))
        nothing = Evidence.NONE, Evidence.SAME
        return any(number.evidence(unquoted(nfc(text))) not in nothing for text in texts if text)

    def blocks(self, table: Table) -> Iterator[Block]:
        # Merged cells, and figures that are hidden, hang together with other rows.
        begin, width = max(table.heading_lines), len(table.header.cells)
        hidden = self.grid.hidden_columns.intersection(at + 1 for at in table.number_columns)
        if hidden or self.grid.hidden_lines or any(row >= begin for row, _ in self.grid.merged):
            raise NotPlainError
        yield Block((), [()] * width, [r for r in self.grid.records if r.line > begin], is_ascii=False)
        records = itertools.islice(self.sheet.records(), HEADER_WITHIN, None)
        while some := list(itertools.islice(records, BLOCK_ROWS)):
            odd = {one.line for one in some if len(one.cells) != width or RaisedText in map(type, one.cells)}
            even = {record.line: record.cells for record in some if record.line not in odd}
            others = [record for record in some if record.line in odd]
            yield by_columns(even, others, width, is_ascii=False)
