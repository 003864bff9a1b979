"""A table of targets, as it is annexed to a resolution → what it says of a plan. Nothing is decided that it does not prove.

What is a reading, or left to be decided, says so in `Row.review`; a row that says nothing of a plan is in `Draft.left_out`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from vinhchau_kpi import number, rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell, Record, may_misread
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.columns import Columns, header_at, joined, title_of, words
from vinhchau_kpi.intake.plan.rows import (
    MERGED,
    NO_TARGET,
    NO_UNIT,
    TWO,
    Row,
    is_unit,
    settle,
    with_targets,
    without_false_parts,
)
from vinhchau_kpi.intake.read.cells import stated
from vinhchau_kpi.intake.read.convention import EXAMPLES, SIGNS
from vinhchau_kpi.intake.read.entered import grid_of
from vinhchau_kpi.intake.read.printed import unit_above
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.intake.read.table import RowsBelow
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Unit
from vinhchau_kpi.planvalue import Text
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.targetwords import UNCLEAR, Outcome, Read, is_structure, read_target
from vinhchau_kpi.text import fold


@dataclass
class Draft:
    """What a table says of a plan. `said`: how it was read, and all in it that says nothing of a plan, with its place."""

    year: int
    title: str
    issuer: str
    issued: date | None
    rows: list[Row]
    said: list[Message]


_MARKS = (
    ("roman", re.compile(r"[IVXL]+")),
    ("letter", re.compile(r"[A-ZĐ]")),
    ("number", re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2}){0,5}")),
    ("small", re.compile(r"[a-zđ]|[ivx]+")),
    ("dash", re.compile(r"[-–—]")),
    ("plus", re.compile(r"[+*•]")),
)
_RANKS = {
    "section": Decimal(0),
    "words": Decimal(2),
    "number": Decimal(3),
    "small": Decimal(9),
    "dash": Decimal(10),
    "plus": Decimal(11),
}
_MARKED_WORDS = re.compile(
    r"([IVXL]{1,6}|[A-ZĐ]|[0-9]{1,3}(?:\.[0-9]{1,2}){0,5}|[a-zđ])(?:[.)/]+\s*|\s*[-–:]\s+)(?=\D)(.+)", re.DOTALL
)
_DOTTED = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,5})\s+(?=\D)(.+)", re.DOTALL)
_DASH = re.compile(r"^([-–—+*•])\s*")
_OF_WHICH = re.compile(
    r"^(?:(?:trong đó|trong do|of which)\b\s*:?\s*|(?:chia ra|gồm|bao gồm)\s*(?::\s*|$))", re.IGNORECASE
)
_NOTE = re.compile(r"^(?:\(?\*|ghi chu\b|chu thich\b|nguon[^:]{0,20}:|note\b)")
_BEHIND_NAME = re.compile(
    r"(?:\((?:(?:ĐVT|đơn vị(?: tính)?|tính bằng) ?:? ?)?([^()]{1,40})\)|[,;] ?(?:ĐVT ?:? ?)?([^(),;]{1,20})) ?:?$",
    re.IGNORECASE,
)
"""The unit that may stand behind a name: “(tấn)”, “(ĐVT: ha)”, “, %”."""
_OWN_NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_SAME = {'"', "”", "“", "''", "nt", "-nt-", "//", "-//-", "như trên", "nhu tren"}


def read_table(
    source: InputFile, options: Options, year: int | None, column: str | None
) -> tuple[Draft | None, list[Finding]]:
    """What the table in `source` says; None and why not. Raises `Refusal` where something has to be said on the command line."""
    grid, findings = grid_of(source, options, lambda grid: header_at(grid) is not None)
    if grid is None or any(finding.is_error for finding in findings):
        return None, findings
    at = header_at(grid)
    if at is None:
        raise Refusal(
            N_(
                "{path} has no table of targets: in its first {n} rows none names a column “Chỉ tiêu” and one such as “KH 2025”."
            ),
            path=source.name,
            n=HEADER_WITHIN,
        )
    headings, first = joined(grid, at)
    title = [text for record in grid.records[:at] for text in map(words, record.cells) if text]
    columns = Columns(headings, title, year, column)
    below = RowsBelow(grid, grid.records[at], grid.records[at:first])
    meant, width = list(below.meant(grid.records[first:])), len(headings)
    rows = [Record(r.line, [*r.cells, *[""] * width][:width]) for r in meant]
    convention, faults = _convention(grid, rows, columns, options.numbers)
    if faults:
        return None, [*findings, *faults]
    table = _Table(grid, columns, convention, unit_above(title, is_unit))
    for record in meant:
        if beyond := " ".join(filter(None, map(words, record.cells[width:]))):
            table.left_out.append((record.line, beyond))
    lines = [line for record in rows for line in table.lines(record)]
    for line, following in itertools.pairwise([*lines, None]):
        assert line is not None
        table.take(line, following)
    found = list(without_false_parts(with_targets(table.top, table.left_out)))
    if not found:
        raise Refusal(N_("No row below the header has a target."))
    for row in found:
        settle(row)
    named, issuer, issued = title_of(title)
    return Draft(
        columns.year, named, issuer, issued, found, list(table.said(grid.place(grid.records[at].line)))
    ), findings


def _convention(
    grid: Grid, rows: list[Record], columns: Columns, said: Convention | None
) -> tuple[Convention, list[Finding]]:
    """How the numbers in the cells of targets are written, by those that read one way only."""
    if said is not None:
        return said, []
    seen: dict[Evidence, tuple[str, Record, int]] = {}
    for record, at in itertools.product(rows, columns.numbers):
        if isinstance(cell := record.cells[at], str):
            for text in _OWN_NUMBER.findall(cell):
                seen.setdefault(number.evidence(text), (text, record, at))
    if Evidence.VI in seen and Evidence.EN in seen:
        text, record, at = seen[Evidence.EN]
        args = {"value": text, "here": Message(SIGNS[Convention.EN]), "there": Message(SIGNS[Convention.VI])}
        return Convention.VI, [Finding(rules.ODD_NUMBER, grid.place(record.line, at), args)]
    if Evidence.EN in seen:
        return Convention.EN, []
    if Evidence.EITHER in seen and Evidence.VI not in seen and grid.delimiter != ";":
        text, record, at = seen[Evidence.EITHER]
        args = {"value": text, "vi": number.read(text, Convention.VI), "en": number.read(text, Convention.EN)}
        return Convention.VI, [Finding(rules.AMBIGUOUS_NUMBER, grid.place(record.line, at), args)]
    return Convention.VI, []


@dataclass(frozen=True)
class _Line:
    """One row of the sheet, or one of the lines that a row holds in each of its cells."""

    line: int
    mark: str
    name: str
    unit: str
    cells: list[Cell]
    dash: str
    is_of_which: bool
    has_target: bool

    @property
    def is_words(self) -> bool:
        return not (self.has_target or self.unit)


class _Table:
    """The rows of a table, taken one after the other, each under the one that its number or dash puts it under."""

    def __init__(self, grid: Grid, columns: Columns, convention: Convention, unit: str) -> None:
        self.grid, self.columns, self.convention, self.unit = grid, columns, convention, unit
        self.by_line = {record.line: record for record in grid.records}
        self.top: list[Row] = []
        self.left_out: list[tuple[int, str]] = []
        self.open: list[Row] = []
        self.marked = _RANKS["number"]
        """The rank of the last row that has a number of its own."""
        self.part_of: Row | None = None
        """What the rows are part of that follow a “trong đó”."""
        self.sections: list[str] = []
        self.last_unit = ""
        self.is_below = False
        """Whether the notes below the table have begun."""

    def said(self, header: Place) -> Iterator[Message]:
        columns = self.columns
        args = {"place": header.bare, "year": str(columns.year), "column": columns.headings[columns.target]}
        sentence = N_("Header: {place}. Year: {year}. Targets: column “{column}”. Numbers: {example}.")
        yield Message(sentence, {**args, "example": EXAMPLES[self.convention]})
        if columns.unused:
            yield Message(N_("Columns that are not taken over: {names}."), {"names": columns.unused})
        for line, text in sorted(self.left_out):
            yield Message(N_("Not taken over: {place} “{text}”"), {"place": self.grid.place(line).bare, "text": text})

    def lines(self, record: Record) -> Iterator[_Line]:
        """A row; or several where its cells hold as many lines of names as of targets."""
        columns = self.columns
        cells = [self._shown(record, n) for n in range(len(record.cells))]
        named = next((n for n in columns.names if words(cells[n])), columns.name)
        names = str(cells[named]).strip().split("\n")
        targets = str(cells[columns.target]).strip().split("\n")
        dashed = [name for name in names if _DASH.match(name.strip())]
        before = [] if len(names) == len(targets) else names[: len(names) - len(dashed)]
        if len(targets) < 2 or len(targets) != len(names) - len(before) or (before and names[len(before) :] != dashed):
            yield self._line(record.line, cells, named)
            return
        if before:
            above: list[Cell] = ["" if n in (columns.unit, *columns.numbers) else cell for n, cell in enumerate(cells)]
            above[named] = " ".join(before)
            yield self._line(record.line, above, named)
        for nth, name in enumerate(names[len(before) :]):
            own: list[Cell] = [_nth(cell, nth, len(targets)) for cell in cells]
            own[named] = name
            if columns.mark is not None and (before or nth):
                own[columns.mark] = ""
            yield self._line(record.line, own, named)

    def _shown(self, record: Record, n: int) -> Cell:
        """A cell; of a name or unit that is merged downwards what it shows."""
        origin = self.grid.merged.get((record.line - 1, n))
        if origin is None or origin[1] != n or origin[0] == record.line - 1:
            return record.cells[n]
        at = self.by_line.get(origin[0] + 1)
        if n not in (self.columns.name, self.columns.unit, self.columns.target, self.columns.lead) or at is None:
            return record.cells[n]
        return at.cells[n] if n < len(at.cells) else ""

    def _line(self, line: int, cells: list[Cell], named: int) -> _Line:
        columns = self.columns
        name = " ".join(filter(None, (words(cells[n]) for n in columns.names)))
        mark = words(cells[columns.mark]) if columns.mark is not None else ""
        if mark and not name and not _is_mark(mark):
            mark, name = "", mark
        dash = _DASH.match(name)
        name = name[dash.end() :] if dash else name
        split = (_MARKED_WORDS.fullmatch(name) or _DOTTED.fullmatch(name)) if not (mark or dash) else None
        mark, name = (split[1], split[2].strip()) if split else (mark, name)
        of_which = _OF_WHICH.match(name)
        name = _DASH.sub("", name[of_which.end() :].strip()) if of_which else name
        unit = words(cells[columns.unit]) if columns.unit is not None else ""
        inset = "-" if named > columns.name and not mark else ""
        has_target = any(words(cells[n]) for n in columns.numbers if n != columns.last)
        return _Line(line, mark, name, unit, cells, dash[1] if dash else inset, of_which is not None, has_target)

    def take(self, line: _Line, following: _Line | None) -> None:
        if not line.name:
            self._nameless(line)
            return
        self.is_below = line.is_words and not line.mark and (self.is_below or _NOTE.match(fold(line.name)) is not None)
        if self.is_below:
            self.left_out.append((line.line, line.name))
            return
        rank = self._rank(line, following)
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        above = self.open[-1] if self.open else None
        # What a numbered heading says is of a whole section; “Cơ cấu” says what the numbers below it are.
        is_inner = rank > self.marked or rank >= _RANKS["small"]
        over = [one for one in self.open if one.read is not None or is_inner or is_structure(one.name)]
        path = " ".join(one.name for one in over if one.rank >= _RANKS["number"])
        made = list(self._rows(line, rank, above.unit if above else "", path))
        (above.children if above else self.top).extend(made)
        self.open.append(made[-1])

    def _nameless(self, line: _Line) -> None:
        if line.is_of_which and self.open:
            self.part_of = self.open[-1]
            return
        text = " ".join(filter(None, map(words, line.cells)))
        cells = [words(line.cells[n]) for n in self.columns.numbers]
        if not self.is_below and any(any(map(str.isdigit, cell)) and "ngày" not in cell for cell in cells):
            raise Refusal(N_("{place} has a target but no name."), place=self.grid.place(line.line))
        if text:
            self.left_out.append((line.line, text))

    def _rank(self, line: _Line, following: _Line | None) -> Decimal:
        """How deep a row stands: by its number, else by its dash, else by what follows or stands before it."""
        kind = _kind(line.mark, self.sections)
        if kind is None and line.is_of_which and not line.dash and self.open:
            self.part_of = self.open[-1]
        if kind in ("roman", "letter"):
            if kind not in self.sections:
                self.sections.append(kind)
            self.marked = _RANKS["section"] + self.sections.index(kind)
        elif kind in ("number", "small"):
            self.marked = _RANKS[kind] + (line.mark.replace(",", ".").strip(" .").count(".") if kind == "number" else 0)
        elif line.dash or kind is not None:
            return _RANKS["plus" if (line.dash or line.mark) in "+*•" else "dash"]
        elif self.part_of is not None and self.part_of in self.open and not line.is_words:
            return self.part_of.rank + Decimal("0.5")
        elif line.is_words:
            has_rows = following is not None and bool(following.dash or not (following.mark or following.is_words))
            self.part_of = None
            if line.name.isupper() or not has_rows:
                self.marked = _RANKS["number"]
                return _RANKS["words"]
            return max(self.marked, _RANKS["number"])
        else:
            above = next((row for row in reversed(self.open) if row.rank <= self.marked), None)
            return (
                self.marked + Decimal("0.5")
                if above is not None and above.read is None
                else max(self.marked, _RANKS["number"])
            )
        self.part_of = None
        return self.marked

    def _rows(self, line: _Line, rank: Decimal, inherited: str, path: str) -> Iterator[Row]:
        """The row, or the two rows whose numbers and units stand in one cell."""
        columns = self.columns
        place = str(self.grid.place(line.line, columns.name if line.is_words else columns.target).bare)
        row = Row(line.name, line.unit, line.line, place, rank, path=path, is_marked=bool(line.mark))
        row.is_section = rank < _RANKS["words"]
        row.lead = words(line.cells[columns.lead]) if columns.lead is not None else ""
        if line.is_words:
            yield row
            return
        row.unit = self._unit(line, inherited)
        self.last_unit = row.unit
        row.read, row.quote = self._read(line.cells[columns.target], row)
        if self._is_merged(line):
            row.read = Read(Outcome.TO_DECIDE, reason=MERGED)
        for n, day in columns.revisions:
            if words(line.cells[n]):
                row.revisions.append((day, *self._read(line.cells[n], row)))
        if columns.last is not None and words(line.cells[columns.last]):
            value = self._number(line.cells[columns.last], row.unit)
            at = f"{columns.headings[columns.last]}, {self.grid.place(line.line, columns.last).bare}"
            is_fraction = (
                row.unit.startswith("%") and abs(value or Decimal()) <= 1 and (row.read.number or Decimal()) > 5
            )
            if value is not None and not is_fraction:
                row.baseline = (columns.year - 1, value, at)
            else:
                self.left_out.append((line.line, f"{at}: {words(line.cells[columns.last])}"))
        yield from self._two(row) or [row]

    def _unit(self, line: _Line, inherited: str) -> str:
        """The unit of a row: its cell's, else the one in brackets behind its name or behind its number, else that of the row
        it is under, else the one that stands above the table."""
        if line.unit.casefold() in _SAME:
            return self.last_unit
        if line.unit:
            return line.unit
        cell = line.cells[self.columns.target]
        if isinstance(cell, NumberCell):
            behind = "%" if cell.is_percent else cell.words
        else:
            found = _OWN_NUMBER.split(words(cell))
            behind = found[1].strip(" .;") if len(found) == 2 else ""
            behind = re.sub(r"\s*\b(?:trở (?:lên|xuống)|tro (?:len|xuong))$", "", behind)
        named = _BEHIND_NAME.search(line.name)
        within = (named[1] or named[2]).strip() if named else ""
        return next(filter(is_unit, (within, behind)), inherited or self.unit)

    def _is_merged(self, line: _Line) -> bool:
        """Whether its target's cell is merged with that of another row."""
        at, column = (line.line - 1, self.columns.target), self.columns.target
        merged = self.grid.merged
        below = merged.get((line.line, column))
        return (at in merged and merged[at][0] != at[0]) or (below is not None and below == merged.get(at, at))

    def _number(self, cell: Cell, unit: str) -> Decimal | None:
        is_percent = unit.startswith("%")
        if may_misread(cell):
            return None
        if isinstance(cell, NumberCell):
            value = stated(cell, is_percent)
            return value if isinstance(value, Decimal) and fold(cell.words) in ("", fold(unit)) else None
        read = number.read(words(cell), self.convention, percent=is_percent)
        return read if isinstance(read, Decimal) else None

    def _read(self, cell: Cell, row: Row) -> tuple[Read, str]:
        """What a target's cell comes to, and its words."""
        text = words(cell)
        if not text:
            return Read(Outcome.REFUSED, reason=NO_TARGET), ""
        if isinstance(cell, NumberCell):
            value = self._number(cell, row.unit)
            if value is None:
                return Read(Outcome.TO_DECIDE, reason=UNCLEAR), f"{text} {cell.words}".strip()
            text = number.written(value, self.convention)
        if may_misread(cell):
            return Read(Outcome.TO_DECIDE, reason=UNCLEAR), text
        read = read_target(text, f"{row.path}: {row.name}", row.unit, self.convention)
        if not row.unit and read.outcome is not Outcome.REFUSED:
            read = Read(Outcome.TO_DECIDE, reason=NO_UNIT)
        return read, text

    def _two(self, row: Row) -> list[Row]:
        """The rows that a cell such as “45,7/14,5” is of, counted in “Giường/Bác sĩ”; none where it is not."""
        parts, own = row.quote.split("/"), [part.strip() for part in row.unit.split("/")]
        is_one = Unit(name=Text(vi=row.unit or "?", en="?")).is_per_something or any(
            "tong" in fold(part) for part in own
        )
        values = [number.read(part.strip(), self.convention) for part in parts]
        if len(parts) != 2 or len(own) != 2 or is_one or row.revisions or not all(own):
            return []
        made = []
        for value, unit in zip(values, own, strict=True):
            if not isinstance(value, Decimal):
                return []
            read = Read(Outcome.READING, "at_least", value, TWO)
            made.append(
                replace(
                    row,
                    name=f"{row.name} ({unit.lower()})",
                    unit=unit,
                    read=read,
                    baseline=None,
                    review=[],
                    children=[],
                )
            )
        return made


def _nth(cell: Cell, nth: int, of: int) -> Cell:
    """The line of a cell that has as many as it should; a cell of one line is every row's."""
    if isinstance(cell, NumberCell):
        return cell
    lines = cell.strip().split("\n")
    return lines[nth].strip() if len(lines) == of else cell if len(lines) == 1 else ""


def _is_mark(text: str) -> bool:
    return _kind(text, []) is not None


def _kind(mark: str, sections: Sequence[str]) -> str | None:
    """What a number of a row is written as. “C” is a letter where “A” and “B” were, else it would be Roman."""
    bare = mark.replace(",", ".").strip(" .):(/") or mark.strip()
    kinds = [kind for kind, pattern in _MARKS if pattern.fullmatch(bare)]
    if kinds[:2] == ["roman", "letter"] and bare in "CDL" and sections[:1] == ["letter"]:
        return "letter"
    return kinds[0] if kinds else None
