"""What a person is shown, in whatever form: titles, tables of words, paragraphs, small charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from vinhchau_kpi.text import visible

if TYPE_CHECKING:
    from vinhchau_kpi.views.charts import Spark


class Tone(StrEnum):
    """What a line or cell is like. A form may colour it, and must not rely on colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


class Gauge(NamedTuple):
    """A percent to be drawn on a scale where 100 is the target; None draws nothing. `expected` is where it is to be by now,
    `before` where it was earlier. `words`: the number that it draws, `notes`: how that came about, for a form where they can be
    asked for. A form that cannot draw shows its words, else its `cells`."""

    percent: Fraction | None
    expected: Fraction | None = None
    before: Fraction | None = None
    words: str = ""
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> str:
        """Ten cells, full at 100, with a stroke where it is expected to be."""
        if self.percent is None:
            return ""
        filled = _cells(self.percent)
        cells = ["█"] * filled + ["░"] * (BAR_CELLS - filled)
        if self.expected is not None and 0 < self.expected < 100:
            at = min(_cells(self.expected), BAR_CELLS - 1)
            cells[at] = "┃" if at < filled else "│"
        return "".join(cells)


BAR_CELLS = 10


def _cells(percent: Fraction) -> int:
    return max(0, min(BAR_CELLS, int(percent * BAR_CELLS / 100)))


ScreenCell = str | Gauge


def said(cell: ScreenCell) -> str:
    """A cell as text."""
    return cell.words or cell.cells if isinstance(cell, Gauge) else cell


class Head(NamedTuple):
    """The head of a column: its heading, and how the column is set.

    `numeric`: aligned right and never broken. `gives_way`: where room is short, the column with the highest number is
    left out first; 0 stays. `grows`: takes the room that is left and may be broken, down to `least` places. `folds`:
    once it is left out, its words follow those of the growing column in brackets. `drawn`: pictures of what other
    columns say; a form that cannot draw leaves it out."""

    heading: str
    numeric: bool = False
    gives_way: int = 0
    grows: bool = False
    folds: bool = False
    least: int = 26
    drawn: bool = False


class Line(NamedTuple):
    """A row of cells, or, where `heading` is set, a title across the table."""

    cells: tuple[ScreenCell, ...] = ()
    tone: Tone = Tone.PLAIN
    tones: tuple[Tone, ...] = ()
    heading: str = ""


class ScreenTable(NamedTuple):
    """A table. Where it is wider than there is room, columns give way; with `repeats`, it is broken into bands, one below
    the other, each beginning with that many first columns."""

    columns: tuple[Head, ...]
    lines: tuple[Line, ...]
    repeats: int = 0

    @property
    def in_text(self) -> list[int]:
        """The columns that can be said in words."""
        return [at for at, column in enumerate(self.columns) if not column.drawn]


class Paragraph(NamedTuple):
    text: str
    tone: Tone = Tone.PLAIN


class Title(NamedTuple):
    text: str


class Lines(NamedTuple):
    """Lines to be copied elsewhere: each stays one line, however long."""

    lines: tuple[str, ...]


class Panel(NamedTuple):
    """A small chart under some words, in characters, line by line. `line` is the same to be drawn, None where there is nothing
    to draw; `line_words` say what it shows."""

    words: tuple[Paragraph, ...]
    characters: tuple[Paragraph, ...]
    line: Spark | None = None
    line_words: str = ""

    @property
    def in_text(self) -> tuple[Paragraph, ...]:
        return (*self.words, *self.characters)


class Panels(NamedTuple):
    """Small charts; as many stand side by side as fit. `legend` explains the characters."""

    panels: tuple[Panel, ...]
    legend: tuple[Paragraph, ...] = ()


ScreenPart = ScreenTable | Paragraph | Title | Lines | Panels
Screen = Iterable[ScreenPart]
"""Made while it is shown; can be gone through once."""


def harmless(screen: Screen) -> Iterator[ScreenPart]:
    """The parts of a screen with nothing in any text of theirs that acts on a terminal or a reader: see `text.visible`.

    A form in characters takes its screen through here, so that no view can forget a text.
    """
    return map(_harmless, screen)


def _harmless(value: Any) -> Any:
    """Goes through all that a part is made of, whatever its fields are called."""
    if type(value) is str:
        return visible(value)
    if not isinstance(value, tuple):
        return value
    fields = map(_harmless, value)
    if isinstance(value, Head):
        # A heading is the one text that may stand on several lines.
        return value._replace(heading="\n".join(map(visible, value.heading.split("\n"))))
    return type(value)(*fields) if hasattr(value, "_fields") else tuple(fields)
