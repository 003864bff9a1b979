"""What a person is shown, before any medium: headings, tables of words, notes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vinhchau_kpi.views.charts import Spark


class Tone(StrEnum):
    """What a line or cell is like. A medium may colour it, and must not rely on colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


class Gauge(NamedTuple):
    """A percent to be drawn on a scale where 100 is the target; None draws nothing. `expected` is where it is to be by now,
    `before` where it was earlier. A medium that cannot draw shows its `cells`."""

    percent: Fraction | None
    expected: Fraction | None = None
    before: Fraction | None = None

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


Cell = str | Gauge


def said(cell: Cell) -> str:
    """A cell as text."""
    return cell.cells if isinstance(cell, Gauge) else cell


class Column(NamedTuple):
    """A column's heading; `numeric` ones are aligned right and never broken. Where room is short, the column
    with the highest `gives_way` goes first; 0 stays. `grows`: takes the room that is left and may be broken, down to
    `least` places. `folds`: where it has given way, its words follow those of the growing column in brackets. `drawn`:
    pictures of what other columns say; a medium that cannot draw leaves it out."""

    heading: str
    numeric: bool = False
    gives_way: int = 0
    grows: bool = False
    folds: bool = False
    least: int = 26
    drawn: bool = False


class Line(NamedTuple):
    """A row of cells, or, where `heading` is set, a title across the table."""

    cells: tuple[Cell, ...] = ()
    tone: Tone = Tone.PLAIN
    tones: tuple[Tone, ...] = ()
    heading: str = ""


class Sheet(NamedTuple):
    """A table. With `repeats`, a sheet that is wider than its medium is broken into bands, one below the other, each
    beginning with that many first columns; without, columns give way."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    repeats: int = 0

    @property
    def in_text(self) -> list[int]:
        """The columns that can be said in words."""
        return [at for at, column in enumerate(self.columns) if not column.drawn]


class Words(NamedTuple):
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN


class Title(NamedTuple):
    text: str


class Lines(NamedTuple):
    """Lines to be copied elsewhere: each stays one line, however long."""

    lines: tuple[str, ...]


class Panel(NamedTuple):
    """A small chart under some words: in characters, line by line, and, where there is one, as a line to be drawn, with what it
    shows in words."""

    words: tuple[Words, ...]
    characters: tuple[Words, ...]
    line: Spark | None = None
    line_words: str = ""

    @property
    def in_text(self) -> tuple[Words, ...]:
        return (*self.words, *self.characters)


class Panels(NamedTuple):
    """Small charts; as many stand side by side as fit. `legend` explains the characters."""

    panels: tuple[Panel, ...]
    legend: tuple[Words, ...] = ()


Part = Sheet | Words | Title | Lines | Panels
Screen = Iterable[Part]
"""May be made while it is shown; to be gone through once."""
