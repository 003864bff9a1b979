"""A walk over the XML of one sheet: what cells are marked with, what is merged and hidden, and how much there is of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import IO, Any, ClassVar, NamedTuple, Protocol
from xml.etree import ElementTree as ET
from xml.parsers import expat

from vinhchau_kpi import units
from vinhchau_kpi.messages import N_, Message

CELLS_LIMIT = 5_000_000
"""Places of all sheets that are looked at, of each from A1 to its last cell, filled or not."""
ROWS_OF_SHEET, COLUMNS_OF_SHEET = 1_048_576, 16_384
REPEATED_LIMIT = 50_000
"""Cells with something in them that an OpenDocument does not write, but says to be as the one before."""
SPACES_LIMIT = 1_000_000
"""Spaces that an OpenDocument says the number of."""
UNFOLDED_LIMIT = 200_000
"""See `Look.unfolded`; of all sheets."""
BLANK_LIMIT = 50_000
"""Rows with nothing in them above rows that have something."""
MERGED_LIMIT = 100_000
"""Cells of a sheet that are merged with others."""
TEXT_LIMIT = 100_000_000
"""Characters of all cells of a sheet together; a text that many cells share counts each time."""
SHEETS_LIMIT = 50
DEPTH_LIMIT = 100


class Mark(Enum):
    """What is to be known of a cell beside its value."""

    PERCENT = "percent"
    MONTH = "month"
    """A date whose format shows month and year alone."""
    ERROR = "error"
    SCALED = "scaled"
    """A format that hides or adds digits, so that what is seen cannot be told from what is stored."""
    WORDS = "words"
    """A format that writes words beside the number, or its thousands in words."""
    RAISED = "raised"
    """Characters that are raised, lowered or struck out stand in it."""
    STRUCK = "struck"
    """All of it is struck out."""
    NO_RESULT = "no-result"
    UNSEEN = "unseen"
    """A format that shows nothing."""
    ZERO_UNSEEN = "zero-unseen"
    """A format that shows nothing for 0."""


At = tuple[int, int]
"""Row and column, from 0."""


class Marked(NamedTuple):
    """A mark, what is seen of an error or the words of a format, and by how many powers of ten the number that is seen is
    below the one that is stored."""

    mark: Mark
    said: str = ""
    power: int = 0


Marks = dict[At, Marked]


def beside_number(before: str, after: str, power: int = 0) -> Marked | None:
    """The mark of a number that is seen between these texts, `power` powers of ten smaller than it is stored."""
    texts = [text.strip() for text in (after, before)]
    found = next((text for text in texts if units.says(text)), "")
    if power:
        return Marked(Mark.WORDS, found, power) if units.scale(found) else Marked(Mark.SCALED)
    if not found and any(c.isdigit() for text in texts for c in text):
        return Marked(Mark.SCALED)
    words = found or next((text for text in texts if any(map(str.isalpha, text))), "")
    return Marked(Mark.WORDS, words) if words else None


PLAIN, RAISED, STRUCK, INHERITED = 1, 2, 4, 8
"""How a run of characters stands in its cell; inherited: as the cell's own font has it. Sums of them say what is in a cell."""
_BESIDE = " \t\r\n\u00a0%"
"""What is no part of a number, however it is set."""


def run(text: str, how: int) -> int:
    """What a run of `text` adds to its cell: nothing where none of it can be part of a number."""
    return how if text.strip(_BESIDE) else 0


def effect(runs: int, of_cell: int) -> Mark | None:
    """The mark of a cell with these runs, whose own font is `of_cell`."""
    if runs & INHERITED:
        runs = runs & ~INHERITED | of_cell
    if runs == STRUCK:
        return Mark.STRUCK
    return Mark.RAISED if runs & (RAISED | STRUCK) else None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a sheet's XML found: marked cells, merged ranges as first and last cell, hidden rows and columns."""

    marks: Marks = field(default_factory=dict)
    merged: list[tuple[At, At]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    places: int = 0
    unfolded: int = 0
    """Cells that a program makes which keeps one for each that is styled, merged or linked, if nothing is in it."""


class Locked(Exception):
    """The file is locked by a password."""


class Broken(Exception):
    """The package cannot be opened; the reason in words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = Message(sentence)


class Swollen(Exception):
    """The package holds more than is read: what, and the limit."""

    def __init__(self, sentence: str, limit: int) -> None:
        super().__init__(sentence)
        self.what, self.limit = Message(sentence), limit


BLOCK = 65_536
"""Bytes of a part that are unpacked at a time."""


def local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def elements(part: bytes, name: str) -> Iterator[ET.Element]:
    check_depth(part)
    return (element for element in ET.fromstring(part).iter() if local(element.tag) == name)  # noqa: S314 - no declarations, measured


def check_depth(part: bytes) -> None:
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


def attribute(element: ET.Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if local(key) == name), None)


class Names(dict[str, str]):
    """The names of elements without their namespaces, found once each.

    `own`: the prefix that elements of these names must have, None for that of the root. The reader of cells goes by the name
    alone and would take another namespace's element for a value, so `ValueError` is raised for one.
    """

    def __init__(self, own: Mapping[str, str | None]) -> None:
        self.own = own
        self.root: str | None = None

    def __missing__(self, name: str) -> str:
        prefix, found = name.rpartition(":")[0], local(name)
        if self.root is None:
            self.root = prefix
        own = self.own.get(found, prefix)
        if prefix != (self.root if own is None else own):
            raise ValueError(name)
        self[name] = found
        return found


class Listener(Protocol):
    names: Names

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def characters(self, text: str) -> None: ...


def parse(part: IO[bytes], listener: Listener) -> None:
    """Tell what stands in a part, some of it at a time; names as they are written."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = listener.start, listener.end
    parser.CharacterDataHandler = listener.characters
    while block := part.read(BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)


class Walk:
    """A walk over the cells of one sheet, in the order of the file."""

    OWN: ClassVar[Mapping[str, str | None]] = {}
    """See `Names`."""

    def __init__(self, room: int) -> None:
        self.names = Names(self.OWN)
        self.room = room
        self.marks: Marks = {}
        self.merged: list[tuple[At, At]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.rows = self.columns = self.text = self.unfolded = self.blank = 0

    def over(self, part: IO[bytes]) -> Look:
        parse(part, self)
        return Look(
            self.marks, self.merged, self.hidden_rows, self.hidden_columns, self.rows * self.columns, self.unfolded
        )

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
        if row >= ROWS_OF_SHEET or column >= COLUMNS_OF_SHEET:
            raise ValueError("beyond any sheet")
        self.blank += max(0, row - self.rows)
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > self.room:
            raise Swollen(N_("cells"), CELLS_LIMIT)
        if self.blank > BLANK_LIMIT:
            raise Swollen(N_("blank rows"), BLANK_LIMIT)

    def spelled(self, characters: int) -> None:
        self.text += characters
        if self.text > TEXT_LIMIT:
            raise Swollen(N_("characters"), TEXT_LIMIT)


COLUMNS_SEEN = 1_000
"""Columns of which it is noted whether they are hidden."""
