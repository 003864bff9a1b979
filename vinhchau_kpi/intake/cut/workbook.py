"""A workbook → the rows of cells of its sheets, each cell as a person sees it.

The cells come from `python-calamine`; `package` measures the file first and tells what calamine does not.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from vinhchau_kpi import number, rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell, RaisedText, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN, WIDTH_LIMIT, has_header
from vinhchau_kpi.intake.open import package, walk
from vinhchau_kpi.intake.open.files import silent
from vinhchau_kpi.intake.open.package import WorkbookKind
from vinhchau_kpi.intake.open.signature import LETTER, Foreign, document_file, is_page
from vinhchau_kpi.intake.open.walk import Broken, Locked, Mark, Swollen
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.text import fold

REMEMBERED = 4096
"""Different contents of cells that are kept: a few bytes of an OpenDocument sheet may repeat one number millions of times."""
_FAULTS = {
    Mark.ERROR: number.Fault.ERROR_VALUE,
    Mark.SCALED: number.Fault.SCALED,
    Mark.NO_RESULT: number.Fault.NO_RESULT,
    Mark.UNSEEN: number.Fault.UNSEEN,
    Mark.RAISED: number.Fault.RAISED,
    Mark.STRUCK: number.Fault.STRUCK,
}
_SEEN = {Mark.NO_RESULT: "="}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, whose rows are made as they are asked for; any number of times.

    `rows` are those of the reader, from its first that has anything; `left` the columns that it leaves out before its first. `merged`
    is as a `Grid` has it.
    """

    file: str
    name: str
    rows: Any = None
    left: int = 0
    look: walk.Look = field(default_factory=walk.Look)
    merged: dict[walk.At, walk.At] = field(default_factory=dict)

    def records(self) -> Iterator[Record]:
        """The rows from line 1 to the last that has anything."""
        marks = self.look.marks
        faults: dict[int, list[tuple[int, NumberCell]]] = {}
        for (row, column), (mark, said, _) in marks.items():
            if mark in _FAULTS:
                cell = NumberCell(_FAULTS[mark], seen=said or _SEEN.get(mark, ""))
                faults.setdefault(row, []).append((column, cell))
        at = -1
        left = [""] * self.left
        for at, row in enumerate(self.rows.iter_rows() if self.rows is not None else ()):
            cells = _cells(left + row if left else row, at, marks)
            for column, cell in faults.pop(at, ()):
                _put(cells, column, cell)
            yield Record(at + 1, cells)
        for after in range(at + 1, max(faults, default=-1) + 1):
            cells = []
            for column, cell in faults.get(after, ()):
                _put(cells, column, cell)
            yield Record(after + 1, cells)

    def texts(self, columns: Sequence[int], begin: int) -> Iterator[str]:
        """What stands as text in these columns below line `begin`, without making the rows."""
        given = [at - self.left for at in columns if at >= self.left]
        for row in islice(self.rows.iter_rows() if self.rows is not None else (), begin, None):
            for at in given:
                if at < len(row) and isinstance(row[at], str):
                    yield row[at]

    def grid(self, rows: int | None = None) -> Grid:
        """The sheet as a whole, or its first rows."""
        return Grid(
            self.file,
            list(islice(self.records(), rows)),
            sheet=self.name,
            merged=self.merged,
            hidden_lines=frozenset(row + 1 for row in self.look.hidden_rows),
            hidden_columns=frozenset(column + 1 for column in self.look.hidden_columns),
        )

    @property
    def filled(self) -> int:
        """How many rows have anything in them."""
        return sum(not record.is_blank for record in self.records())

    @property
    def has_numbers(self) -> bool:
        return any(map(_is_number, (cell for record in self.records() for cell in record.cells)))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a workbook gave: the sheets that are to be read, those that were passed over, and why nothing was, if so."""

    sheets: tuple[Sheet, ...]
    findings: list[Finding]
    passed_over: tuple[str, ...] = ()
    is_xlsx: bool = False

    @property
    def sheet(self) -> Sheet | None:
        """The only sheet that is to be read."""
        return self.sheets[0] if len(self.sheets) == 1 else None

    @property
    def names(self) -> tuple[str, ...]:
        """Of the sheets that are to be read."""
        return tuple(sheet.name for sheet in self.sheets)


def read_workbook(
    data: bytes, file: str, sheet: str | None = None, is_wanted: Callable[[Grid], bool] = has_header
) -> Opened:
    """The sheet that is named, else the visible sheets whose first rows are as wanted: have a header of figures."""
    try:
        kind = _kind(data)
        if isinstance(kind, Foreign):
            return Opened((), [document_file(file, kind)])
        if not isinstance(kind, WorkbookKind):
            return Opened((), [Finding(rules.SPREADSHEET_FILE, Place(file), {"kind": Message(kind)})])
        if kind is WorkbookKind.DOCX:
            return _read_document(package.unpacked(data, kind), file, sheet, is_wanted)
        return replace(_read(package.opened(data, kind), file, sheet, is_wanted), is_xlsx=kind is WorkbookKind.XLSX)
    except Locked:
        return Opened((), [Finding(rules.ENCRYPTED_WORKBOOK, Place(file))])
    except Broken as broken:
        return Opened((), [Finding(rules.BROKEN_WORKBOOK, Place(file), {"reason": broken.reason})])
    except Swollen as swollen:
        args = {"what": swollen.what, "limit": swollen.limit}
        return Opened((), [Finding(rules.WORKBOOK_TOO_LARGE, Place(file), args)])


def _kind(data: bytes) -> WorkbookKind | Foreign | str:
    """The kind of workbook, or in words what else it is. Raises as `package.kind_of` does."""
    if is_page(data):
        return N_("a web page with the name of a workbook")
    return package.kind_of(data)


def _read(
    pack: package.Package | package.XlsPackage, file: str, wanted: str | None, is_wanted: Callable[[Grid], bool]
) -> Opened:
    import python_calamine as calamine

    pack.measure()
    with _reading(locked=calamine.PasswordError):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(pack.packed))
    names = [one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if wanted is not None:
        alike = [one for one in names if fold(one) == fold(wanted)]
        name = wanted if wanted in names else alike[0] if len(alike) == 1 else None
        if name is None:
            return Opened((), [Finding(rules.NO_SUCH_SHEET, Place(file), {"value": wanted, "sheets": tuple(names)})])
        sheet = _sheets(book, pack, file, [name])[name]
        return Opened((sheet,), [], tuple(one for one in names if one != name))
    hidden = {one.name for one in book.sheets_metadata if one.visible != calamine.SheetVisibleEnum.Visible}
    sheets = _sheets(book, pack, file, [name for name in names if name not in hidden])
    found = [name for name, sheet in sheets.items() if is_wanted(sheet.grid(HEADER_WITHIN))]
    if not found:
        first = next(iter(sheets.values()), Sheet(file, names[0] if names else ""))
        return Opened((max(sheets.values(), key=lambda sheet: sheet.filled, default=first),), [])
    others = [name for name in sheets if name not in found]
    findings = [
        Finding(rules.SHEET_NOT_READ, Place(file, sheet=name), {"value": name})
        for name in others
        if sheets[name].has_numbers
    ]
    return Opened(tuple(map(sheets.__getitem__, found)), findings, tuple(name for name in names if name not in found))


def _read_document(pack: package.Package, file: str, wanted: str | None, is_wanted: Callable[[Grid], bool]) -> Opened:
    """The first table of figures of a Word document, or the one that is named."""
    sheets = {}
    for at, table in enumerate(pack.tables(), 1):
        look = walk.Look(table.marks, table.merged)
        name = f"Bảng {at}"
        sheets[name] = Sheet(file, name, table, 0, look, _covered(table.merged, len(table.rows)))
    if not sheets:
        return Opened((), [document_file(file, LETTER)])
    found = [name for name, sheet in sheets.items() if is_wanted(sheet.grid(HEADER_WITHIN))]
    if wanted is not None:
        chosen = next((name for name in sheets if fold(name) == fold(wanted)), None)
        if chosen is None:
            return Opened((), [Finding(rules.NO_SUCH_SHEET, Place(file), {"value": wanted, "sheets": tuple(sheets)})])
    else:
        chosen = next(iter(found), None) or max(sheets, key=lambda name: sheets[name].filled)
    others = [name for name in sheets if name != chosen]
    findings = [
        Finding(
            rules.TABLE_NOT_READ if name in found else rules.SHEET_NOT_READ, Place(file, sheet=name), {"value": name}
        )
        for name in others
        if wanted is None and (name in found or sheets[name].has_numbers)
    ]
    return Opened((sheets[chosen],), findings, tuple(others))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, NumberCell) or number.evidence(cell) is not number.Evidence.NONE


@contextlib.contextmanager
def _reading(locked: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    """What the reader raises, as ours. Its errors share no base, and a panic of its Rust is not even an `Exception`."""
    try:
        with silent():
            yield
    except locked:
        raise Locked from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise Broken(N_("its contents are not those of a workbook")) from error


def _sheets(book: Any, pack: package.Package | package.XlsPackage, file: str, names: list[str]) -> dict[str, Sheet]:
    """The sheets of these names, which together must not be too large."""
    if len(names) > walk.SHEETS_LIMIT:
        raise Swollen(N_("sheets"), walk.SHEETS_LIMIT)
    sheets, room = {}, walk.CELLS_LIMIT
    for name in names:
        look = pack.look(name, room)
        room -= look.places
        sheets[name] = _sheet(book, look, file, name)
    return sheets


def _sheet(book: Any, look: walk.Look, file: str, name: str) -> Sheet:
    with _reading():
        rows = book.get_sheet_by_name(name)
        # All of them once, so that what the reader cannot make of a cell shows here and not half way.
        count = sum(1 for _ in rows.iter_rows())
    last_fault = max((row for (row, _), (mark, *_) in look.marks.items() if mark in _FAULTS), default=-1)
    merged = _covered(look.merged, max(count, last_fault + 1))
    return Sheet(file, name, rows, rows.start[1] if rows.start is not None else 0, look, merged)


def _put(cells: list[Cell], column: int, cell: NumberCell) -> None:
    """Set a cell that the reader left out as blank, at the end of a row too; or took for a number as any other. Of texts only
    those can be numbers that have no letters; others keep that some of it is raised."""
    cells.extend([""] * (column + 1 - len(cells)))
    own = cells[column]
    if cell.value in (number.Fault.RAISED, number.Fault.STRUCK):
        text = str(own)
        if isinstance(own, str) and any(map(str.isalpha, text)):
            cells[column] = RaisedText(text) if cell.value is number.Fault.RAISED else own
            return
        if not text:
            return
        cell = cell._replace(seen=text)
    cells[column] = cell._replace(seen=str(own)) if isinstance(own, NumberCell) and not cell.seen else cell


def _cells(row: list[Any], at: int, marks: walk.Marks) -> list[Cell]:
    # Blanks are text too, and most of a large sheet: no mark changes a text, so none is looked up.
    return [
        value if isinstance(value, str) else _cell(value, marks.get((at, column))) for column, value in enumerate(row)
    ]


@lru_cache(maxsize=REMEMBERED, typed=True)
def _cell(value: Any, marked: walk.Marked | None) -> Cell:
    """A cell that is no text, as it is seen: a number, a date as ISO day or, where its format shows no day, as ISO month."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    mark, said, power = marked or (None, "", 0)
    if isinstance(value, dt.date):
        # Of a moment only the day counts: the columns of a submission want days, and formats rarely show more.
        value = value.date() if isinstance(value, dt.datetime) else value
        is_month = mark is Mark.MONTH
        return f"{value:%Y-%m}" if is_month else f"{value:%Y-%m-%d}"
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    stated = number.stated(value)
    if isinstance(stated, number.Fault):
        return NumberCell(stated, mark is Mark.PERCENT, f"{value:.15g}")
    return NumberCell(
        number.canonical(stated.scaleb(-power)) if power else stated,
        mark is Mark.PERCENT,
        words=said if mark is Mark.WORDS else "",
    )


def _covered(ranges: list[tuple[walk.At, walk.At]], rows: int) -> dict[walk.At, walk.At]:
    """Each cell of the merged ranges but their first, and the first, whose content it shows; within the sheet's rows.

    Raises `Swollen` where there are too many.
    """
    covered: dict[walk.At, walk.At] = {}
    for (top, left), (bottom, right) in ranges:
        last_row, last_column = min(bottom, rows - 1), min(right, WIDTH_LIMIT)
        if len(covered) + (last_row - top + 1) * (last_column - left + 1) > walk.MERGED_LIMIT:
            raise Swollen(N_("merged cells"), walk.MERGED_LIMIT)
        for row in range(top, last_row + 1):
            covered.update(((row, column), (top, left)) for column in range(left, last_column + 1))
        covered.pop((top, left), None)
    return covered
