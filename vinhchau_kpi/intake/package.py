"""The zip package of a workbook: measured before it is opened, and looked into for what the reader does not tell.

`python-calamine` gives the values of cells. It says nothing of percent formats, of formulas that nothing has computed
and of error values (both come out blank), and it makes a cell of memory for each place of a sheet, however empty. So a
look at the XML comes first. What calamine is then given is a package made anew of the very bytes that were looked at.
The XML is never there as a whole: 100 000 rows are some 35 MB of it, and a tenth of that when packed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import IO, Any, Protocol
from xml.etree import ElementTree as ET
from xml.parsers import expat

from vinhchau_kpi.messages import N_, Message

UNPACKED_LIMIT = 200_000_000
"""Bytes of XML in a workbook: some 300 000 rows of figures."""
CELLS_LIMIT = 5_000_000
"""Places of all sheets that are looked at, of each from A1 to its last cell, filled or not."""
MERGED_LIMIT = 100_000
"""Cells of a sheet that are merged with others."""
TEXT_LIMIT = 100_000_000
"""Characters of all cells of a sheet together; a text that many cells share counts each time."""
PARTS_LIMIT = 2_000
SHEETS_LIMIT = 50
DEPTH_LIMIT = 100


class Kind(Enum):
    XLSX = "xlsx"
    ODS = "ods"


class Mark(Enum):
    """What is to be known of a cell beside its value."""

    PERCENT = "percent"
    MONTH = "month"
    """A date whose format shows month and year alone."""
    ERROR = "error"
    SCALED = "scaled"
    """A format that hides thousands."""
    NO_RESULT = "no-result"
    UNSEEN = "unseen"
    """A format that shows nothing."""
    ZERO_UNSEEN = "zero-unseen"
    """A format that shows nothing for 0."""


At = tuple[int, int]
"""Row and column, from 0."""
Marks = dict[At, tuple[Mark, str]]
"""The mark of a cell, and for an error what is shown."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a sheet's XML found: marked cells, merged ranges as first and last cell, hidden rows and columns."""

    marks: Marks = field(default_factory=dict)
    merged: list[tuple[At, At]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    places: int = 0


class Broken(Exception):
    """The package cannot be opened; the reason in words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = Message(sentence)


class Locked(Exception):
    """The package is locked by a password."""


class Swollen(Exception):
    """The package holds more than is read: what, and the limit."""

    def __init__(self, sentence: str, limit: int) -> None:
        super().__init__(sentence)
        self.what, self.limit = Message(sentence), limit


_DAMAGE = (expat.ExpatError, ET.ParseError, LookupError, ValueError)
"""What XML raises that is not as a workbook has it: a missing part, an encoding that does not exist, a bad number."""


BLOCK = 65_536
"""Bytes of a part that are unpacked at a time."""


class Package:
    """The XML parts of a workbook, packed anew."""

    def __init__(self, kind: Kind, packed: bytes) -> None:
        self.kind, self.packed = kind, packed
        self._archive = zipfile.ZipFile(io.BytesIO(packed))

    def part(self, name: str) -> IO[bytes]:
        """Raises `KeyError` where there is none of this name."""
        return self._archive.open(name)

    def has(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def measure(self) -> None:
        """Raises `Swollen` for an OpenDocument that would fill the memory: its reader takes all sheets at once."""
        if self.kind is Kind.ODS:
            with _damage_told():
                _OdsWalk(None, CELLS_LIMIT).over(self.part("content.xml"))

    def look(self, sheet: str, room: int) -> Look:
        """What is marked and merged in a sheet of at most `room` places. Raises `Swollen` for a larger one."""
        with _damage_told():
            if self.kind is Kind.ODS:
                walk = _OdsWalk(sheet, room)
                # Formats that several sheets share.
                walk.over(self.part("styles.xml") if self.has("styles.xml") else io.BytesIO(b"<none/>"))
                return walk.over(self.part("content.xml"))
            return _XlsxWalk(self._styles, self._lengths, room).over(self.part(self._sheets[sheet]))

    @cached_property
    def _sheets(self) -> dict[str | None, str]:
        """The name of each sheet's part in an .xlsx."""
        found = {}
        targets = {
            e.get("Id"): e.get("Target") or ""
            for e in _elements(self.part("xl/_rels/workbook.xml.rels").read(), "Relationship")
        }
        for sheet in _elements(self.part("xl/workbook.xml").read(), "sheet"):
            target = targets.get(_attribute(sheet, "id"), "")
            inside = posixpath.normpath(posixpath.join("xl", target))
            found[sheet.get("name")] = target.lstrip("/") if target.startswith("/") else inside
        return found

    @cached_property
    def _styles(self) -> dict[int, Mark]:
        return _styles(self.part("xl/styles.xml").read() if self.has("xl/styles.xml") else None)

    @cached_property
    def _lengths(self) -> array[int]:
        """How long each text is that cells share."""
        walk = _SharedWalk()
        if self.has("xl/sharedStrings.xml"):
            _parse(self.part("xl/sharedStrings.xml"), walk)
        return walk.lengths


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise Broken(N_("its contents are not those of a workbook")) from error


def kind_of(data: bytes) -> Kind | str:
    """Which workbook a zip file is, else in words what it is instead.

    Raises `Broken` where it is no whole zip, and `Locked` where a password is needed.
    """
    with _opened(data) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if any(entry.flag_bits & 1 for entry in archive.infolist()) or _is_locked_ods(archive, names):
            raise Locked
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            mime = _read(archive, archive.getinfo("mimetype"))
            if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return Kind.ODS
            return N_("a document, not a workbook")
    if any(name.endswith("vbaProject.bin") for name in names):
        return N_("a workbook with macros (.xlsm)")
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return N_("a binary workbook (.xlsb)")
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    return N_("a zip file, not a workbook")


def _is_locked_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """OpenDocument lists in its manifest how each part is encrypted."""
    manifest = "META-INF/manifest.xml"
    if manifest not in names or archive.getinfo(manifest).file_size > UNPACKED_LIMIT:
        return False
    return b"encryption-data" in _read(archive, archive.getinfo(manifest))


def unpacked(data: bytes, kind: Kind) -> Package:
    """The XML parts. Raises `Broken` for a damaged package and `Swollen` for one that unpacks to too much."""
    with _opened(data) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels", "mimetype"))]
        if len(entries) > PARTS_LIMIT:
            raise Swollen(N_("parts"), PARTS_LIMIT)
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise Swollen(N_("bytes when unpacked"), UNPACKED_LIMIT)
        # Of several parts of one name the last is the one that counts.
        parts = {entry.filename: entry for entry in entries}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new_archive:
            for name, entry in parts.items():
                with new_archive.open(name, "w") as part:
                    for block in _blocks(archive, entry):
                        part.write(block)
    return Package(kind, out.getvalue())


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """One part, some of it at a time; never more than its entry says, which has been added up before.

    Raises `Broken` for one that is damaged, declares entities, which can swell without end, or hides in UTF-16 that it does.
    """
    before = b""
    with _unpacking(), archive.open(entry) as part:
        while block := part.read(BLOCK):
            seen = before + block
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or (not before and block.startswith(_WIDE)):
                raise Broken(N_("its contents are not those of a workbook"))
            before = block[-len("<!DOCTYPE") :]
            yield block


_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How UTF-16 begins."""


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Broken(N_("it is cut off or damaged")) from error


@contextmanager
def _unpacking() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise Broken(N_("it is cut off or damaged")) from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part; never more of it than its entry says, which has been added up before."""
    with _unpacking():
        return archive.read(entry)


# Office Open XML


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _elements(part: bytes, name: str) -> Iterator[ET.Element]:
    _check_depth(part)
    return (element for element in ET.fromstring(part).iter() if _local(element.tag) == name)  # noqa: S314 - no declarations, measured


def _check_depth(part: bytes) -> None:
    """Nested without end, XML overflows the stack of whoever walks it."""
    parser, depth = expat.ParserCreate(), 0

    def start(_name: str, _attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_LIMIT:
            raise ValueError("too deep")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(part, True)


def _attribute(element: ET.Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if _local(key) == name), None)


def _styles(part: bytes | None) -> dict[int, Mark]:
    """The mark of each cell style that has one."""
    if part is None:
        return {}
    codes = {int(e.get("numFmtId", "-1")): e.get("formatCode", "") for e in _elements(part, "numFmt")}
    formats = next((list(e) for e in _elements(part, "cellXfs")), [])
    found = {}
    for at, style in enumerate(formats):
        number = int(style.get("numFmtId", "0"))
        mark = _BUILT_IN.get(number) or mark_of_format(codes.get(number, ""))
        if mark is not None:
            found[at] = mark
    return found


_BUILT_IN = {9: Mark.PERCENT, 10: Mark.PERCENT, 17: Mark.MONTH}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def mark_of_format(code: str) -> Mark | None:
    """What a number format says that the value does not: a percent, a month without its day, hidden thousands, nothing.

    A format has sections for positive numbers, negative ones, 0 and text. Where they differ in what they do to a number,
    what is seen cannot be told from one of them.
    """
    sections = [_LITERAL.sub("", section).lower() for section in code.split(";")]
    numeric = [bare for bare in sections if "0" in bare or "#" in bare or "?" in bare]
    percents = ["%" in bare for bare in numeric]
    if _THOUSANDS.search(code) or any(_SCALED.search(bare) for bare in numeric) or len(set(percents)) > 1:
        return Mark.SCALED
    shown = [_CONDITION.sub("", section).strip() for section in code.split(";")]
    if len(shown) > 1 and not shown[0]:
        return Mark.UNSEEN
    if percents and percents[0]:
        return Mark.PERCENT
    if len(shown) > 2 and not shown[2]:
        return Mark.ZERO_UNSEEN
    first = sections[0]
    if "m" in first and "y" in first and "d" not in first and "h" not in first:
        return Mark.MONTH
    return None


_CONDITION = re.compile(r"\[[^\]]*\]")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_THOUSANDS = re.compile(r'"[^"]*(?:nghìn|ngàn|triệu|tỷ|tỉ)[^"]*"', re.IGNORECASE)
"""Words of a format that say that what is shown is in thousands or more."""


_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def _at(reference: str) -> At:
    """`C14` as row and column from 0. Raises `ValueError` for what is no place: the reader might take it for a far one."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


class _Names(dict[str, str]):
    """The names of elements without their namespaces, found once each."""

    def __missing__(self, name: str) -> str:
        found = self[name] = _local(name)
        return found


class _Listener(Protocol):
    names: _Names

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def characters(self, text: str) -> None: ...


def _parse(part: IO[bytes], listener: _Listener) -> None:
    """Tell what stands in a part, some of it at a time; names as they are written."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = listener.start, listener.end
    parser.CharacterDataHandler = listener.characters
    while block := part.read(BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)


class _SharedWalk:
    """A walk over the texts that the cells of an .xlsx share: how long each is."""

    def __init__(self) -> None:
        self.names = _Names()
        self.lengths = array("I")
        self.depth = 0
        self.is_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = self.names[name]
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ValueError("too deep")
        self.is_text = name == "t"
        if name == "si":
            self.lengths.append(0)

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.is_text = False

    def characters(self, text: str) -> None:
        if self.is_text and self.lengths:
            self.lengths[-1] += len(text)


class _Walk:
    """A walk over the cells of one sheet, in the order of the file."""

    def __init__(self, room: int) -> None:
        self.names = _Names()
        self.room = room
        self.marks: Marks = {}
        self.merged: list[tuple[At, At]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.rows = self.columns = self.text = 0

    def over(self, part: IO[bytes]) -> Look:
        _parse(part, self)
        return Look(self.marks, self.merged, self.hidden_rows, self.hidden_columns, self.rows * self.columns)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def characters(self, text: str) -> None:
        raise NotImplementedError

    def reached(self, row: int, column: int) -> None:
        """A cell with something in it stands at `row` and `column`, from 0."""
        if row < self.rows and column < self.columns:
            return
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > self.room:
            raise Swollen(N_("cells"), CELLS_LIMIT)

    def spelled(self, characters: int) -> None:
        self.text += characters
        if self.text > TEXT_LIMIT:
            raise Swollen(N_("characters"), TEXT_LIMIT)


_TRUE, _FALSE = ("1", "true"), ("0", "false")
COLUMNS_SEEN = 1_000
"""Columns of which it is noted whether they are hidden."""


class _XlsxWalk(_Walk):
    def __init__(self, styles: dict[int, Mark], lengths: Sequence[int], room: int) -> None:
        super().__init__(room)
        self.styles, self.lengths = _Styles(styles), lengths
        self.row = self.column = -1
        self.row_said = ""
        """How a cell of this row wrote its number."""
        self.column_of: dict[str, int] = {}
        self.kind = ""
        self.style: Mark | None = None
        self.value: str | None = None
        self.has_formula = False
        self.within = ""
        self.shows_zeros = True
        self.said: dict[tuple[Mark, str], tuple[Mark, str]] = {}
        """Marks that cells share: a column of percents has as many as it has rows."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Every cell of a country goes through here, so what most elements are is asked first."""
        name = self.within = self.names[name]
        if name == "c":
            self._place(attributes.get("r"))
            self.kind, self.style = attributes.get("t", ""), self.styles[attributes.get("s", "0")]
            self.value, self.has_formula = None, False
            self.reached(self.row, self.column)
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            self.row_said = ""
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.add(self.row)
        elif name == "sheetView" and attributes.get("showZeros") in _FALSE:
            self.shows_zeros = False
        elif name == "col" and attributes.get("hidden") in _TRUE:
            left, right = int(attributes["min"]) - 1, min(int(attributes["max"]), COLUMNS_SEEN)
            self.hidden_columns.update(range(left, right))
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((_at(first), _at(last or first)))

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        said = reference[len(letters) :]
        if said == self.row_said and letters in self.column_of:
            self.column = self.column_of[letters]
        else:
            self.row, self.column = _at(reference)
            self.row_said, self.column_of[letters] = said, self.column

    def end(self, name: str) -> None:
        if self.names[name] == "c":
            self._judge()
        self.within = ""

    def characters(self, text: str) -> None:
        if self.within in ("v", "t"):
            self.value = (self.value or "") + text

    def _judge(self) -> None:
        if self.kind == "s" and self.value:
            index = int(self.value)
            self.spelled(self.lengths[index] if index < len(self.lengths) else 0)
        elif self.value is None:
            if self.has_formula and self.kind != "str":
                self._mark(Mark.NO_RESULT)
        elif self.kind == "e":
            self._mark(Mark.ERROR, self.value)
        elif self.kind in ("", "n") and (mark := self._mark_of_number(self.value)) is not None:
            self._mark(mark)
        else:
            self.spelled(len(self.value))

    def _mark(self, mark: Mark, shown: str = "") -> None:
        self.marks[self.row, self.column] = self.said.setdefault((mark, shown), (mark, shown))

    def _mark_of_number(self, value: str) -> Mark | None:
        mark = self.style
        if mark is not None and mark is not Mark.ZERO_UNSEEN:
            return mark
        if mark is None and self.shows_zeros:
            return None
        return Mark.UNSEEN if not any(c in "123456789" for c in value) else None


class _Styles(dict[str, Mark | None]):
    """The mark of a cell by what it says its style is."""

    def __init__(self, marks: dict[int, Mark]) -> None:
        self.marks = marks

    def __missing__(self, said: str) -> Mark | None:
        found = self[said] = self.marks.get(int(said))
        return found


# OpenDocument


class _OdsWalk(_Walk):
    """Rows and cells may be repeated; what is blank and repeated takes no room but the last cell decides."""

    def __init__(self, sheet: str | None, room: int) -> None:
        """`sheet`: the one to look at; None for all of them together."""
        super().__init__(room)
        self.sheet, self.inside, self.depth = sheet, False, 0
        self.row = self.column = 0
        self.row_repeat = 1
        self.cell: dict[str, str] | None = None
        self.shown = ""
        self.filled: list[tuple[int, int, Mark | None, str]] = []
        self.style = ""
        self.number_style = self.row_style = ""
        self.is_hidden = False
        self.date_styles: dict[str, set[str]] = {}
        self.scaled_styles: set[str] = set()
        self.cell_styles: dict[str, tuple[str, str]] = {}
        self.column_ends: list[int] = []
        self.column_styles: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.names[name]
        own = {_local(key): value for key, value in attributes.items()}
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ValueError("too deep")
        if name == "table":
            self.inside = self.sheet in (None, own.get("name"))
            self.row = 0
        elif self.inside and name == "table-column":
            before = self.column_ends[-1] if self.column_ends else 0
            until = before + int(own.get("number-columns-repeated", "1"))
            self.column_ends.append(until)
            self.column_styles.append(own.get("default-cell-style-name", ""))
            if own.get("visibility", "visible") != "visible":
                self.hidden_columns.update(range(before, min(until, COLUMNS_SEEN)))
        elif self.inside and name == "table-row":
            self.row_repeat, self.column, self.filled = int(own.get("number-rows-repeated", "1")), 0, []
            self.row_style = own.get("default-cell-style-name", "")
            self.is_hidden = own.get("visibility", "visible") != "visible"
        elif self.inside and name in ("table-cell", "covered-table-cell"):
            self.cell, self.shown = own, ""
        else:
            self._define(name, own)

    def _define(self, name: str, own: dict[str, str]) -> None:
        """Note what a style says of the cells that have it."""
        if name == "date-style":
            self.style = own.get("name", "")
            self.date_styles[self.style] = set()
        elif name in ("year", "month", "day", "hours") and self.style:
            self.date_styles[self.style].add(name)
        elif name == "number-style":
            self.number_style = own.get("name", "")
        elif name == "number" and own.get("display-factor", "1") != "1":
            self.scaled_styles.add(self.number_style)
        elif name == "style":
            self.cell_styles[own.get("name", "")] = own.get("data-style-name", ""), own.get("parent-style-name", "")

    def characters(self, text: str) -> None:
        if self.cell is not None:
            self.shown += text

    def end(self, name: str) -> None:
        name = self.names[name]
        self.depth -= 1
        if name == "date-style":
            self.style = ""
        elif name == "table":
            self.inside = False
            if self.sheet is None:
                self.room -= self.rows * self.columns
                self.rows = self.columns = 0
        elif self.inside and name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._judge(self.cell)
            self.cell = None
        elif self.inside and name == "table-row":
            self._close_row()

    def _judge(self, cell: dict[str, str]) -> None:
        repeat = int(cell.get("number-columns-repeated", "1"))
        kind = cell.get("value-type", "")
        if kind or self.shown:
            mark, shown = self._mark(cell, kind)
            self.filled.append((self.column, repeat, mark, shown))
        rows, columns = int(cell.get("number-rows-spanned", "1")), int(cell.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            self.merged.append(((self.row, self.column), (self.row + rows - 1, self.column + columns - 1)))
        self.column += repeat

    def _mark(self, cell: dict[str, str], kind: str) -> tuple[Mark | None, str]:
        formula = cell.get("formula")
        if self.shown.startswith(("#", "Err:")) and (formula or kind == "error"):
            return Mark.ERROR, self.shown
        if formula and not kind:
            return Mark.NO_RESULT, ""
        if kind == "percentage":
            return Mark.PERCENT, ""
        if kind == "date":
            style = self.date_styles.get(self._format_of(cell), set())
            if style == {"year", "month"}:
                return Mark.MONTH, ""
        if kind == "float" and self._format_of(cell) in self.scaled_styles:
            return Mark.SCALED, ""
        if kind in ("float", "currency") and not self.shown.strip():
            return Mark.UNSEEN, ""
        return None, ""

    def _format_of(self, cell: dict[str, str]) -> str:
        """The name of a cell's number format: of its own style, its row's, its column's, or of a style that is based on."""
        at = bisect_right(self.column_ends, self.column)
        of_column = self.column_styles[at] if at < len(self.column_styles) else ""
        style = cell.get("style-name") or self.row_style or of_column
        for _ in range(DEPTH_LIMIT):
            data_style, style = self.cell_styles.get(style, ("", ""))
            if data_style or not style:
                return data_style
        return ""

    def _close_row(self) -> None:
        for column, repeat, mark, shown in self.filled:
            self.reached(self.row + self.row_repeat - 1, column + repeat - 1)
            self.spelled(len(shown) * repeat * self.row_repeat)
            if self.is_hidden and self.filled:
                self.hidden_rows.update(range(self.row, self.row + self.row_repeat))
            if mark is not None:
                for row in range(self.row, self.row + self.row_repeat):
                    self.marks.update(((row, at), (mark, shown)) for at in range(column, column + repeat))
        self.row += self.row_repeat
