"""A long file, CSV or workbook → a ledger, by columns: what takes no judging of a row by itself is never made one.

A row is plain where its code, period, agency, date and other words have been judged together and nothing was found,
its area is known, and its numbers are digits that the unit can hold. `Rows` itself judges each such combination once,
with a 1 for the number. All other rows, and every row that this module is not sure of, are judged by `Rows` one by
one as in a short file; a file that it is not sure of is read as a short one.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, TypeVar

from vinhchau_kpi import number, rules
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.figures import Figure
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.delimited import CELL_LIMIT, read_delimited, unwrapped
from vinhchau_kpi.intake.files import Source
from vinhchau_kpi.intake.grid import Cell, Grid, NumberCell, Record, Taken
from vinhchau_kpi.intake.headings import column_key, heading, is_passed_over, period_heading
from vinhchau_kpi.intake.signature import document, is_workbook
from vinhchau_kpi.intake.spoiled import ROWS as LOOKED_THROUGH
from vinhchau_kpi.intake.spoiled import spoiled
from vinhchau_kpi.intake.submission import (
    NUMBER_COLUMNS,
    REMEMBERED,
    SIZE_LIMIT,
    UNCLEAR,
    Judged,
    Manner,
    Options,
    Rows,
    Submission,
    delimiter_taken,
    doubtful_date,
    either_way,
    manner_of,
    manner_of_workbook,
    nothing_reported,
    of_workbook,
    taken,
    witnesses,
)
from vinhchau_kpi.intake.table import HEADER_WITHIN, SUBJECTS, WIDTH_LIMIT, Below, Table, read_table, unknown_column
from vinhchau_kpi.intake.text import decode
from vinhchau_kpi.ledger import LARGEST, NOTHING, PLACES, SCALE, SHIFT, Ledger
from vinhchau_kpi.messages import N_
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Indicator, Plan
from vinhchau_kpi.text import fold, nfc, unquoted

if TYPE_CHECKING:
    from vinhchau_kpi.intake.workbook import Opened, Sheet

BLOCK = 50_000
"""Bytes that are cut into columns at a time."""
LEAST_PART = 2_000_000
"""Bytes of a part that is worth a process of its own; more than a block, so that the first lines all stand in the first."""
COUNTED = 1_000_000
"""Bytes in which lines are counted at a time."""
ROWS = 1000
"""Rows of a workbook that are, likewise."""
ONE = SCALE << SHIFT
"""The packed number 1."""
ODD = -2
"""A cell that is no plain number."""
DIGITS = len(str(LARGEST)) - 1
LEAST = 1 << SHIFT


K = TypeVar("K")
V = TypeVar("V")


class NotPlainError(Exception):
    """The file has something in it that only reading it row by row can judge."""


def read_bulk(source: Source, plan: Plan, options: Options, ledger: Ledger) -> Submission | None:
    """The figures of a long file, plain ones put into `ledger`; None, and nothing put there, for one that has to be read
    row by row."""
    if source.size is None or source.size > SIZE_LIMIT:
        return None
    mark = options.beyond.mark() if options.beyond is not None else {}
    try:
        if is_workbook(next(source.blocks(BLOCK), b"")):
            return _read_workbook(source, plan, options, ledger, mark)
        if options.encoding not in (None, Encoding.UTF_8):
            return None
        return Bulk(_Text(source, options.encoding), plan, options, ledger).read()
    except (NotPlainError, OSError):
        _withdraw(source, options, ledger, mark)
        return None


def open_text(source: Source, plan: Plan, options: Options, ledger: Ledger) -> Bulk | None:
    """A long CSV file, to be read in parts; None where it has to be read whole."""
    try:
        return Bulk(_Text(source, options.encoding), plan, options, ledger)
    except (NotPlainError, OSError):
        return None


def parts_of(source: Source, count: int) -> list[Part]:
    """The file in up to `count` parts of whole lines; one, where it is not worth more, or cannot be opened."""
    try:
        parts = _cut_in_parts(source, count)
    except OSError:
        return [Part()]
    # Whether letters are spoiled is seen in the first rows: they must all stand in the first part.
    return parts if len(parts) > 1 and parts[1].line > LOOKED_THROUGH + 1 else [Part()]


def _cut_in_parts(source: Source, count: int) -> list[Part]:
    size = source.size or 0
    count = min(count, size // LEAST_PART)
    parts: list[Part] = []
    begin, line, at, lines = 0, 1, 0, 1
    for block in source.blocks(COUNTED) if count > 1 else ():
        while len(parts) < count - 1 and at + len(block) > size * (len(parts) + 1) // count:
            end = block.find(b"\n", max(0, size * (len(parts) + 1) // count - at)) + 1
            if not end:
                break
            parts.append(Part(begin, at + end, line))
            begin, line = at + end, lines + block.count(b"\n", 0, end)
        at += len(block)
        lines += block.count(b"\n")
    return [*parts, Part(begin, None, line)]


def pour_part(source: Source, part: Part, plan: Plan, options: Options, convention: Convention) -> Poured | None:
    """What a part of a file gives, in a ledger of its own; None where the file has to be read whole."""
    try:
        return Bulk(_Text(source, options.encoding, part), plan, options, Ledger(plan.areas)).pour(convention)
    except (NotPlainError, OSError):
        return None


def _withdraw(source: Source, options: Options, ledger: Ledger, mark: Mapping[str, int]) -> None:
    """Leave nothing of a file that is read again in another way."""
    ledger.withdraw(source.name)
    if options.beyond is not None:
        options.beyond.go_back(mark)


def _read_workbook(
    source: Source, plan: Plan, options: Options, ledger: Ledger, mark: Mapping[str, int]
) -> Submission | None:
    from vinhchau_kpi.intake.workbook import read_workbook

    data, _ = source.read(SIZE_LIMIT)
    if data is None or document(data) is not None:
        return None
    opened = read_workbook(data, source.name, options.sheet)
    if opened.sheet is not None:
        try:
            return Bulk(_Workbook(opened, opened.sheet), plan, options, ledger).read()
        except NotPlainError:
            _withdraw(source, options, ledger, mark)
    # It has been opened and measured, which is not done twice.
    return of_workbook(opened, source.name, plan, options)


@dataclass(frozen=True, slots=True)
class Part:
    """Some whole lines of a long text: its bytes from `begin` to `end` (None: the last), and the number of its first line."""

    begin: int = 0
    end: int | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Poured:
    """What a part gave.

    `ledger` has its plain figures, `sound` of them, and `put` of those that were judged one by one; `single` are the
    others. `rows` counts rows with something in them. `texts` has of each column that is not read the first line that
    has text in it, `dates` each date as it stands, and its first line. `years` are what the periods of rows judged one by
    one say; 0 where one says none.
    """

    ledger: Ledger
    single: tuple[Figure, ...]
    ragged: Findings
    findings: Findings
    rows: int
    rows_left_out: int
    sound: int
    blank: int
    put: int
    texts: dict[int, int]
    dates: dict[str, int]
    years: set[int]
    encoding: Taken | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some whole lines of the file, cut: the rows as wide as the header by columns, and the others. `is_ascii`: no letter in
    it can be spoiled."""

    lines: Sequence[int]
    columns: list[Sequence[Cell]]
    others: list[Record]
    is_ascii: bool

    def record(self, line: int) -> Record:
        at = self.lines.index(line)
        return Record(line, [cells[at] for cells in self.columns])

    def texts(self, at: int) -> list[str]:
        """What a column shows."""
        return list(map(str, self.columns[at]))


class _Text:
    """A CSV file, cut into stretches."""

    findings: Sequence[Finding] = ()

    def __init__(self, source: Source, said: Encoding | None, part: Part = Part()) -> None:
        self.source, self.said, self.part = source, said, part
        self.encoding: Taken | None = None
        self._is_marked = False
        first = next(self._texts(Part()), "")
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
    def manner(self) -> Manner:
        return Manner(encoding=self.encoding, delimiter=delimiter_taken(self.grid))

    def _texts(self, part: Part) -> Iterator[str]:
        """A part as text, some whole lines at a time."""
        rest = b""
        for block in self.source.blocks(BLOCK, part.begin, part.end):
            end = block.rfind(b"\n") + 1
            if end:
                yield self._text(rest + block[:end])
                rest = block[end:]
            else:
                rest += block
        if rest:
            yield self._text(rest + b"\n")

    def _text(self, data: bytes) -> str:
        is_first = self.encoding is None
        if is_first and document(data) is not None:
            raise NotPlainError
        if not is_first and data.startswith(codecs.BOM_UTF8):
            raise NotPlainError
        decoded, _ = decode(data, self.source.name, self.said)
        if decoded is None or decoded.doubt is not None or decoded.taken.what != Encoding.UTF_8.value:
            raise NotPlainError
        if is_first or not (self._is_marked or decoded.text.isascii()):
            self._is_marked = is_first and (self.said is not None or data.startswith(codecs.BOM_UTF8))
            self.encoding = decoded.taken
        text = decoded.text
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                raise NotPlainError
        return text

    @staticmethod
    def may_prove(_table: Table) -> bool:
        """Whether any text may show how numbers are written."""
        return True

    def stretches(self, table: Table) -> Iterator[_Stretch]:
        """What stands below the header; the first lines as single records, whatever they are."""
        begin, width = self.part.line, len(table.header.cells)
        for text in self._texts(self.part):
            own = text
            if begin == 1:
                records = [record for record in self.grid.records if record.line > max(table.heading_lines)]
                yield _Stretch((), [() for _ in range(width)], records, _is_ascii("\n".join(self.head)))
                own = text.split("\n", HEADER_WITHIN)[-1]
                begin = HEADER_WITHIN + 1
            if own:
                yield self._cut(own, begin, width)
                begin += own.count("\n")

    def _cut(self, text: str, begin: int, width: int) -> _Stretch:
        count, delimiter = text.count("\n"), self.delimiter
        if '"' in text:
            return self._cut_quoted(text, begin, width)
        step = width + 1
        cells = text[:-1].replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
        if len(cells) == count * step - 1 and cells[width::step].count("\n") == count - 1:
            columns: list[Sequence[Cell]] = [cells[at::step] for at in range(width)]
            return _Stretch(range(begin, begin + count), columns, [], _is_ascii(text))
        rows = [line.split(delimiter) if line else [] for line in text[:-1].split("\n")]
        return self._by_width(rows, begin, width, text)

    def _cut_quoted(self, text: str, begin: int, width: int) -> _Stretch:
        """A cell with a line end in it would show in that there are fewer rows than lines."""
        csv.field_size_limit(CELL_LIMIT)
        try:
            rows = list(csv.reader(text.split("\n")[:-1], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            raise NotPlainError from error
        if len(rows) != text.count("\n"):
            raise NotPlainError
        return self._by_width(rows, begin, width, text)

    def _by_width(self, rows: list[list[str]], begin: int, width: int, text: str) -> _Stretch:
        even = {line: cells for line, cells in enumerate(rows, begin) if len(cells) == width}
        others = [
            Record(line, unwrapped(cells, self.delimiter))
            for line, cells in enumerate(rows, begin)
            if len(cells) != width
        ]
        return _by_columns(even, others, width, is_ascii=_is_ascii(text))


def _is_ascii(text: str) -> bool:
    return text.isascii() and "?" not in text


def _by_columns(even: Mapping[int, Sequence[Cell]], others: list[Record], width: int, *, is_ascii: bool) -> _Stretch:
    """`even`: the cells of the rows that are as wide as the header, by line."""
    cut: list[Sequence[Cell]] = list(zip(*even.values(), strict=True)) if even else [()] * width
    return _Stretch(list(even), cut, others, is_ascii)


class _Workbook:
    """A sheet of a workbook, cut into stretches."""

    def __init__(self, opened: Opened, sheet: Sheet) -> None:
        self.sheet = sheet
        self.findings = opened.findings
        self.manner = manner_of_workbook(opened)
        self.grid = sheet.grid(HEADER_WITHIN)
        """The first lines."""

    def may_prove(self, table: Table) -> bool:
        """Whether any text shows how numbers are written; most sheets state their numbers."""
        texts = self.sheet.texts(witnesses(table), max(table.heading_lines))
        nothing = Evidence.NONE, Evidence.SAME
        return any(number.evidence(unquoted(nfc(text))) not in nothing for text in texts if text)

    def stretches(self, table: Table) -> Iterator[_Stretch]:
        """What stands below the header; the first lines as single records, whatever they are. Merged cells and figures that
        are hidden hang together with other rows."""
        begin, width = max(table.heading_lines), len(table.header.cells)
        hidden = self.grid.hidden_columns.intersection(at + 1 for at in table.number_columns)
        if hidden or self.grid.hidden_lines or any(row >= begin for row, _ in self.grid.merged):
            raise NotPlainError
        yield _Stretch((), [()] * width, [r for r in self.grid.records if r.line > begin], is_ascii=False)
        records = itertools.islice(self.sheet.records(), HEADER_WITHIN, None)
        while some := list(itertools.islice(records, ROWS)):
            even = {record.line: record.cells for record in some if len(record.cells) == width}
            others = [record for record in some if len(record.cells) != width]
            yield _by_columns(even, others, width, is_ascii=False)


class Bulk:
    def __init__(self, file: _Text | _Workbook, plan: Plan, options: Options, ledger: Ledger) -> None:
        self.file, self.plan, self.options, self.ledger = file, plan, options, ledger
        grid = self.grid = file.grid
        self.table = self._table()
        header_lines = [
            record for record in grid.records if record.line in {self.table.header.line, *self.table.heading_lines}
        ]
        self.below = Below(grid, self.table.header, header_lines)
        self.below.columns = self.table.columns
        self.encoding = file.manner.encoding
        """As the first lines show it."""

    def _table(self) -> Table:
        table, _ = read_table(self.grid)
        if table is None or table.is_wide or not {"indicator", "period", "area"} <= table.columns.keys():
            raise NotPlainError
        has_numbers = "value" in table.columns or {"numerator", "denominator"} <= table.columns.keys()
        if not has_numbers or any(f.rule not in (rules.RAGGED_ROW, rules.UNKNOWN_COLUMN) for f in table.findings):
            raise NotPlainError
        # Headings of periods say something of what stands below them, if anything does.
        if len(table.header.cells) > WIDTH_LIMIT or sum(map(_is_period, table.header.texts())) > 1:
            raise NotPlainError
        return replace(table, rows=[], findings=Findings(), ragged=0)

    # How numbers are written

    def convention_if_plain(self) -> tuple[Convention, Taken | None] | None:
        """`convention`; None where the file has to be read whole."""
        try:
            return self.convention()
        except (NotPlainError, OSError):
            return None

    def put_together_if_plain(
        self, parts: Sequence[Poured | None], convention: Convention, numbers: Taken | None
    ) -> Submission | None:
        """`put_together`; None, and nothing of it in the ledger, where the file has to be read whole."""
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts):
            return None
        try:
            return self.put_together(whole, convention, numbers)
        except NotPlainError:
            self.ledger.withdraw(self.grid.file)
            return None

    def convention(self) -> tuple[Convention, Taken | None]:
        """As for a short file; but where it cannot be told, or is told in two ways, the file is read as one."""
        if self.options.numbers is not None:
            return self.options.numbers, taken(self.options.numbers, N_("set by --numbers"))
        at_all = witnesses(self.table)
        target = self.table.columns.get("target")
        is_either, has_begun = False, False
        stretches = self.file.stretches(self.table) if self.file.may_prove(self.table) else ()
        for stretch in stretches:
            if not stretch.others and not any(_has_sign(stretch.columns[at]) for at in at_all):
                has_begun = True
                continue
            records = sorted([*self._records(stretch), *stretch.others], key=lambda record: record.line)
            for record in self.below.meant(records, has_begun=has_begun):
                fitted = self.below.fitted(record)
                if isinstance(fitted, Finding):
                    continue
                for at, shown in _texts_of(fitted, sorted(at_all)):
                    kind = number.evidence(shown)
                    if kind in (Evidence.VI, Evidence.EN):
                        convention = Convention(kind.value)
                        proof = shown, self.table.place(record.line, at)
                        return convention, taken(convention, N_("“{value}” can be read only one way"), proof)
                    is_either |= kind is Evidence.EITHER and at != target
            has_begun = True
        if self.grid.delimiter == ";":
            return Convention.VI, taken(Convention.VI, N_("semicolons stand between the columns"))
        if is_either:
            raise NotPlainError
        return Convention.VI, either_way(self.grid)

    @staticmethod
    def _records(stretch: _Stretch) -> Iterator[Record]:
        return (
            Record(line, list(cells))
            for line, cells in zip(stretch.lines, zip(*stretch.columns, strict=True), strict=True)
        )

    # Reading

    def read(self) -> Submission:
        convention, numbers = self.convention()
        return self.put_together([self.pour(convention)], convention, numbers)

    def pour(self, convention: Convention) -> Poured:
        """Put the figures of the file, or of the part of it that was opened, into the ledger."""
        is_first = not isinstance(self.file, _Text) or self.file.part.begin == 0
        plain = _Plain(self.table, self.below, self.plan, convention, self.options, self.ledger)
        odd = _Odd(self.table, self.below, self.plan, convention, self.options, self.ledger, has_begun=not is_first)
        words = _Words(self.grid)
        for stretch in self.file.stretches(self.table):
            if is_first:
                words.look(stretch)
            odd.judge(sorted([*stretch.others, *plain.pour(stretch)], key=lambda record: record.line))
        if words.are_spoiled():
            raise NotPlainError
        return Poured(
            ledger=self.ledger,
            single=tuple(odd.single),
            ragged=odd.ragged,
            findings=odd.rows.findings,
            rows=plain.count + plain.blank + odd.count,
            rows_left_out=odd.ragged.total + odd.rows.left_out,
            sound=plain.count,
            blank=plain.blank,
            put=odd.put,
            texts=_earliest([odd.texts, plain.texts]),
            dates=_earliest([odd.dates, plain.dates]),
            years=odd.years,
            encoding=self.file.manner.encoding,
        )

    def put_together(self, parts: Sequence[Poured], convention: Convention, numbers: Taken | None) -> Submission:
        """What the parts of a file gave, in their order, as one."""
        in_ledger = sum(part.sound + part.put for part in parts)
        single = [figure for part in parts for figure in part.single]
        for part in parts:
            if part.ledger is not self.ledger:
                again = self.ledger.take(part.ledger)
                in_ledger -= len(again)
                single += again
        years = set().union(*(part.years for part in parts))
        if years - {0} == {self.plan.year - 1} and not any(part.sound or part.blank for part in parts):
            # A file of last year is one to compare with.
            raise NotPlainError
        findings = Findings(self.file.findings, self.options.beyond)
        findings.extend(self._unknown_columns(_earliest(part.texts for part in parts)))
        for part in parts:
            findings.extend(part.ragged)
        for part in parts:
            findings.extend(part.findings)
        if convention is Convention.EN:
            dates = sorted(_earliest(part.dates for part in parts).items(), key=lambda date: date[1])
            findings.extend(doubtful_date(self.table, dates))
        if not (in_ledger or single or findings.errors):
            findings.add(nothing_reported(self.table))
        # A part says more of the encoding than the first lines do where it has other letters than theirs.
        encoding = next((p.encoding for p in reversed(parts) if p.encoding != self.encoding), self.encoding)
        way = convention if numbers else None
        manner = replace(self.file.manner, encoding=encoding, numbers=numbers, convention=way)
        return Submission(
            self.grid.file,
            tuple(sorted(single, key=lambda figure: figure.place.line or 0)),
            findings,
            sum(part.rows for part in parts),
            sum(part.rows_left_out for part in parts),
            self.table.title,
            manner_of(self.table, manner),
            is_read=True,
            in_ledger=in_ledger,
            ledger=self.ledger,
        )

    def _unknown_columns(self, texts: dict[int, int]) -> Iterator[Finding]:
        """Those that have text in them. `texts`: the first line that has, by column."""
        for at, text in enumerate(self.table.header.texts()):
            if at in texts and at not in self.table.columns.values() and not is_passed_over(heading(text)):
                yield unknown_column(heading(text), self.table.heading_place(at))


def _earliest(of_parts: Iterable[Mapping[K, int]]) -> dict[K, int]:
    """The first line of each key."""
    found: dict[K, int] = {}
    for of_one in of_parts:
        for key, line in of_one.items():
            found[key] = min(line, found.get(key, line))
    return found


def _is_period(text: str) -> bool:
    return period_heading(heading(text)) is not None


def _has_sign(cells: Sequence[Cell]) -> bool:
    """Whether a text may show how numbers are written."""
    joined = "".join([cell for cell in cells if isinstance(cell, str)])
    return "." in joined or "," in joined or not joined.isascii()


def _texts_of(record: Record, columns: Iterable[int]) -> Iterator[tuple[int, str]]:
    """What a row says in these columns, without the numbers that a workbook states as such."""
    for at in columns:
        cell = record.cells[at]
        if isinstance(cell, str):
            yield at, unquoted(nfc(cell))


class _Words:
    """The words of the first rows, to see whether their letters are spoiled. Each different cell is looked at once."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.records = [record for record in grid.records if record.line <= HEADER_WITHIN]
        self.seen: set[str] = set()
        self.rows = len(self.records)

    def look(self, stretch: _Stretch) -> None:
        if self.rows >= LOOKED_THROUGH:
            return
        if not stretch.is_ascii:
            found = [
                (record.line, at, cell)
                for record in stretch.others
                for at, cell in enumerate(record.cells)
                if isinstance(cell, str)
            ]
            for at, cells in enumerate(stretch.columns):
                new = {cell for cell in cells if isinstance(cell, str)} - self.seen
                found += [(stretch.lines[cells.index(cell)], at, cell) for cell in new if not _is_ascii(cell)]
                self.seen |= new
            # One line more could be what makes spoiled words too few to be believed.
            self.records += [
                Record(line, [*repeat("", at), cell]) for line, at, cell in sorted(found) if line <= LOOKED_THROUGH
            ]
        self.rows += len(stretch.lines) + len(stretch.others)

    def are_spoiled(self) -> bool:
        return bool(spoiled(replace(self.grid, records=self.records)))


class _Odd:
    """Rows that are judged one by one. Their figures go into the ledger where they fit."""

    def __init__(
        self,
        table: Table,
        below: Below,
        plan: Plan,
        convention: Convention,
        options: Options,
        ledger: Ledger,
        *,
        has_begun: bool,
    ) -> None:
        self.table, self.below, self.ledger = table, below, ledger
        self.rows = Rows(table, plan, convention, options.period, plan.year, Findings(beyond=options.beyond))
        self.other = None if options.numbers is not None else Evidence(convention.other.value)
        self.witnesses = witnesses(table)
        self.date = table.columns.get("reported_on")
        self.single: list[Figure] = []
        self.ragged = Findings(beyond=options.beyond)
        self.dates: dict[str, int] = {}
        self.texts: dict[int, int] = {}
        """Of each column that is not read, the first line that has text in it."""
        self.years: set[int] = set()
        """Those that their periods say; 0 where one says none."""
        self.year_of: _Memo[str, int] = _Memo(lambda text: found.year if (found := plan.period(text)) else 0)
        self.count = self.put = 0
        self._has_begun = has_begun

    def judge(self, records: Iterable[Record]) -> None:
        for record in self.below.meant(records, has_begun=self._has_begun):
            self._has_begun = True
            self.count += 1
            if self.below.is_other_header(record) or any(len(str(cell)) > CELL_LIMIT for cell in record.cells):
                raise NotPlainError
            for at, cell in enumerate(record.cells):
                if str(cell).strip():
                    self.texts.setdefault(at, record.line)
            fitted = self.below.fitted(record)
            if isinstance(fitted, Finding):
                self.ragged.add(fitted)
                continue
            self._row(fitted)
        # The first lines have all been here; what is left of the file has a row above it.
        if not self._has_begun:
            raise NotPlainError

    def _row(self, record: Record) -> None:
        self.years.add(self.year_of[unquoted(nfc(str(record.cells[self.table.columns["period"]])))])
        if self.date is not None:
            self.dates.setdefault(str(record.cells[self.date]).strip(), record.line)
        if self.other is not None:
            for _, shown in _texts_of(record, self.witnesses):
                if number.evidence(shown) is self.other:
                    raise NotPlainError
        for figure in self.rows.figures(record):
            if self.ledger.put(figure):
                self.put += 1
            else:
                self.single.append(figure)


_Slot = tuple[array, array, array, int, int, int, array, array, int, int]  # type: ignore[type-arg]
"""Where the plain rows of one combination of words go, and what their numbers may be.

The lines, origins and values of their column; their origin; the largest packed value; what a packed value is a multiple
of, 0 where it may have decimals; the numerators and denominators; the origin of a figure that has these, 0 where it may not
have them; the largest quotient of the two in ten thousandths, 0 where there is none. A bare tuple, for it is taken apart for
every row.
"""


class _Plain:
    """Rows that are put into the ledger as they stand."""

    def __init__(
        self, table: Table, below: Below, plan: Plan, convention: Convention, options: Options, ledger: Ledger
    ) -> None:
        self.table, self.below, self.plan, self.ledger = table, below, plan, ledger
        self.width = len(table.header.cells)
        self.rows = Rows(table, plan, convention, options.period, plan.year)
        numbers = [table.columns[name] for name in NUMBER_COLUMNS if name in table.columns]
        self.area = table.columns["area"]
        self.words = [at for name, at in table.columns.items() if at not in numbers and name != "area"]
        self.unread = [at for at in range(self.width) if at not in table.columns.values()]
        suspects = [at for at in self.unread if not str(table.header.cells[at]).strip() and table.grid.delimiter == ","]
        self.blank = self.count = 0
        self.suspects = suspects
        self.texts: dict[int, int] = {}
        self.dates: dict[str, int] = {}
        self.other = None if options.numbers is not None else Evidence(convention.other.value)
        self.proving = [n for n, at in enumerate(self.words) if at in witnesses(table)]
        """Which of the words say how numbers are written: those of the target."""
        self.slots = _Memo(self._slot)
        self.places = _Memo(self._place)
        self.areas = Judged(self.rows.area_in)
        self.cells = _Numbers(convention)

    def pour(self, stretch: _Stretch) -> list[Record]:
        """Put the plain rows of a stretch into the ledger; returns the others."""
        lines, columns = stretch.lines, stretch.columns
        if not lines:
            return []
        known = self.slots.judged
        slots = map(self.slots.__getitem__, zip(*(columns[at] for at in self.words), strict=True))
        places = map(self.places.__getitem__, columns[self.area])
        values, cumulatives, numerators, denominators = (
            self.cells.packed(columns[self.table.columns[name]]) if name in self.table.columns else repeat(NOTHING)
            for name in NUMBER_COLUMNS
        )
        if not isinstance(cumulatives, repeat):
            values = [ODD if sum_ != NOTHING else value for value, sum_ in zip(values, cumulatives, strict=False)]
        odd = self._put(zip(lines, slots, places, values, numerators, denominators, strict=False))
        self._look_at_unread(stretch)
        if "reported_on" in self.table.columns and self.slots.judged > known:
            texts = stretch.texts(self.table.columns["reported_on"])
            for text in set(texts) - self.dates.keys():
                self.dates[text] = lines[texts.index(text)]
        return list(map(stretch.record, odd))

    def _put(self, rows: Iterable[tuple[int, _Slot | None, int, int, int, int]]) -> list[int]:
        """Put what is plain into its places; returns the lines of the others. Every row of a country goes through here
        once, so it is written out, and what most rows are is asked first."""
        odd: list[int] = []
        blank = put = 0
        for line, slot, place, value, numerator, denominator in rows:
            if slot is None or place < 0:
                odd.append(line)
                continue
            lines, origins, values, origin, most, step, numerators, denominators, parts_origin, limit = slot
            if lines[place]:
                odd.append(line)
            elif value >= 0:
                if value > most or numerator != NOTHING or denominator != NOTHING or (step and value % step >= LEAST):
                    odd.append(line)
                    continue
                values[place] = value
                origins[place] = origin
                lines[place] = line
                put += 1
            elif value != NOTHING:
                odd.append(line)
            elif parts_origin and numerator >= 0 and denominator >= LEAST:
                if limit and (numerator >> SHIFT) * 10_000 > (denominator >> SHIFT) * limit:
                    odd.append(line)
                    continue
                numerators[place] = numerator
                denominators[place] = denominator
                origins[place] = parts_origin
                lines[place] = line
                put += 1
            elif numerator == NOTHING == denominator:
                blank += 1
            else:
                odd.append(line)
        self.blank += blank
        self.count += put
        return odd

    def _look_at_unread(self, stretch: _Stretch) -> None:
        """Note which columns that are not read have text in them; digits under no heading may be those behind a decimal
        comma, and then nothing in the file is plain."""
        for at in self.unread:
            cells = stretch.texts(at)
            if any(map(str.strip, cells)):
                if at in self.suspects or max(map(len, cells)) > CELL_LIMIT:
                    raise NotPlainError
                if any(column_key(text) in SUBJECTS for text in set(cells)):
                    raise NotPlainError  # It may be the header of another table.
                if at not in self.texts:
                    given = (line for line, cell in zip(stretch.lines, cells, strict=True) if cell.strip())
                    meant = (line for line in given if any(self.below.meant([stretch.record(line)])))
                    self.texts.update((at, line) for line in itertools.islice(meant, 1))

    def _place(self, cell: Cell) -> int:
        """Where the area that a cell names stands in the ledger; -1 where that takes judging."""
        text = str(cell)
        area = self.areas[text] if self._is_no_heading(text) else UNCLEAR
        return -1 if area is UNCLEAR else self.ledger.place(area)

    def _is_no_heading(self, cell: Cell) -> bool:
        text = str(cell)
        key = fold(text)
        is_heading = column_key(text) is not None or is_passed_over(text)
        return len(text) <= CELL_LIMIT and not (key and (is_heading or any(key in row for row in self.below.own)))

    def _slot(self, words: tuple[Cell, ...]) -> _Slot | None:
        """Where a row of these words goes: `Rows` judges it with a 1 for the number and without an area."""
        if not all(map(self._is_no_heading, words)):
            return None
        targets = [word for n in self.proving if isinstance(word := words[n], str)]
        if any(number.evidence(unquoted(nfc(target))) is self.other for target in targets):
            return None
        value = self._probe(words, {"value": "1"}) if "value" in self.table.columns else None
        parts = None
        if {"numerator", "denominator"} <= self.table.columns.keys():
            parts = self._probe(words, {"numerator": "1", "denominator": "1"})
        figure = value or parts
        entry = self.plan.entries.get(figure.code) if figure is not None else None
        if figure is None or entry is None or entry.indicator.target.achieved:
            return None
        if value is None and "value" in self.table.columns:
            return None
        return self._room(entry.indicator, figure, value, parts)

    def _room(self, indicator: Indicator, figure: Figure, value: Figure | None, parts: Figure | None) -> _Slot | None:
        unit = self.plan.unit_of(indicator)
        if unit.min is not None and unit.min > 0:
            return None
        column = self.ledger.column(figure.code, figure.stretch)
        highest = min(
            [
                Decimal(LARGEST - 1),
                *([unit.max] if unit.max is not None else []),
                *(target.out_of for target in indicator.targets if target.out_of is not None),
            ]
        )
        most = int(highest * SCALE) << SHIFT | (1 << SHIFT) - 1
        if parts is not None:
            column.keep_parts()
        limit = 0
        if unit.max is not None:
            exact = unit.max * (100 if unit.is_percent else 10_000)
            if exact != int(exact) or exact <= 0:
                return None
            limit = int(exact)
        return (
            column.lines,
            column.origins,
            column.values,
            self.ledger.origin(value) if value is not None else 0,
            most if value is not None else -1,
            ONE if unit.whole else 0,
            column.numerators,
            column.denominators,
            self.ledger.origin(parts) if parts is not None else 0,
            limit,
        )

    def _probe(self, words: tuple[Cell, ...], numbers: dict[str, str]) -> Figure | None:
        """The figure that a row of these words and numbers gives; None where there is anything to say about it."""
        cells: list[Cell] = [""] * self.width
        for at, cell in zip(self.words, words, strict=True):
            cells[at] = cell
        for name, text in numbers.items():
            cells[self.table.columns[name]] = text
        fitted = self.below.fitted(Record(1, cells))
        if isinstance(fitted, Finding):
            return None
        figures = list(self.rows.figures(fitted))
        if self.rows.findings:
            self.rows.forget()
            return None
        return figures[0] if figures else None


class _Memo(dict[K, V]):
    """What each key means, found once."""

    def __init__(self, judge: Callable[[K], V]) -> None:
        self.judge = judge
        self.judged = 0

    def __missing__(self, key: K) -> V:
        self.judged += 1
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[key] = self.judge(key)
        return found


class _Numbers:
    """Cells of digits, with or without decimals and groups, as packed numbers; `ODD` for what is none of these, `NOTHING`
    for a blank."""

    def __init__(self, convention: Convention) -> None:
        self.point, self.group = (",", ".") if convention is Convention.VI else (".", ",")
        group, point = re.escape(self.group), re.escape(self.point)
        self.grouped = re.compile(rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+(?:{point}[0-9]+)?")
        line = rf"(?:{self.grouped.pattern}|[^{group}\n]*)"
        self.all_grouped = re.compile(rf"{line}(?:\n{line})*")
        self.decimals = _Memo(self._decimals)

    def _decimals(self, text: str) -> int:
        """What stands behind the decimal sign, packed; far below 0 where it is not one to six digits."""
        if not text:
            return 0
        is_plain = text.isascii() and text.isdigit() and len(text) <= PLACES
        scale: int = 10 ** (PLACES - len(text)) if is_plain else 0
        return int(text) * scale << SHIFT | len(text) if is_plain else -ONE * LARGEST * 2

    def written(self, cell: NumberCell) -> str:
        """A number that a workbook states, as a text would write it."""
        return "x" if isinstance(cell.value, number.Fault) else str(cell).replace(".", self.point)

    def packed(self, column: Sequence[Cell]) -> Iterable[int]:
        cells = [cell if isinstance(cell, str) else self.written(cell) for cell in column]
        joined = "\n".join(cells)
        if joined.count("\n") >= len(cells):
            cells = ["x" if "\n" in cell else cell for cell in cells]
            joined = "\n".join(cells)
        if len(joined) == len(cells) - 1:
            return repeat(NOTHING)
        if not joined.isascii():
            cells = [cell if cell.isascii() else "x" for cell in cells]
            joined = "\n".join(cells)
        if self.group in joined:
            if self.all_grouped.fullmatch(joined):
                joined = joined.replace(self.group, "")
                cells = joined.split("\n")
            else:
                cells = [cell.replace(self.group, "") if self.grouped.fullmatch(cell) else cell for cell in cells]
        if max(map(len, cells)) > DIGITS:
            cells = [cell if len(cell.partition(self.point)[0]) <= DIGITS else "x" for cell in cells]
            joined = "\n".join(cells)
        if self.point not in joined:
            if joined.replace("\n", "").isdigit():
                return [int(cell) * ONE if cell else NOTHING for cell in cells]
            return [int(cell) * ONE if cell.isdigit() else ODD if cell else NOTHING for cell in cells]
        if joined.endswith(self.point) or f"{self.point}\n" in joined:
            cells = [cell if cell[-1:] != self.point else "x" for cell in cells]
        decimals = self.decimals
        return [
            int(whole) * ONE + decimals[end] if whole.isdigit() else ODD if whole or end else NOTHING
            for whole, _, end in map(str.partition, cells, repeat(self.point))
        ]
