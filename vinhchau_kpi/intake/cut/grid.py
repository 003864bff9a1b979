"""What every kind of file is made into before anything is understood of it: rows of cells, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from vinhchau_kpi.finding import Place
from vinhchau_kpi.number import Fault


class NumberCell(NamedTuple):
    """A number that a workbook states as one, so its writing need not be guessed; or why it cannot be taken.

    `is_percent`: the cell's format multiplies by 100 and writes %, so 0.98 is what a person sees as 98 %.
    """

    value: Decimal | Fault
    is_percent: bool = False
    seen: str = ""
    """What stands in the cell, where it is no number."""
    words: str = ""
    """What its format writes beside the number that is seen: “tỷ”."""

    def __str__(self) -> str:
        """The number plainly, as text that is not to be computed with."""
        if isinstance(self.value, Fault):
            return self.seen
        return f"{self.value.scaleb(2):f}%" if self.is_percent else f"{self.value:f}"


class RaisedText(str):
    """A text with letters of which some characters are raised, lowered or struck out: a note's sign, or part of a name."""

    __slots__ = ()


Cell = str | NumberCell


def may_misread(cell: Cell) -> bool:
    """Whether a cell has digits of which one may be the sign of a note: KT-1¹ is no KT-11."""
    is_raised = isinstance(cell, RaisedText) or (isinstance(cell, NumberCell) and cell.value is Fault.RAISED)
    return is_raised and any(map(str.isdigit, str(cell)))


class Record(NamedTuple):
    """One row: the line it starts on (of a text file the physical one), and its cells."""

    line: int
    cells: list[Cell]

    @property
    def is_blank(self) -> bool:
        return not any(self.texts())

    def texts(self) -> Iterator[str]:
        """Its cells as text without space around it."""
        return (str(cell).strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one text or sheet.

    `delimiter`: what separates the columns of a text file; `is_declared`: its first line says so. `sheet`: the name, in a workbook. `merged`: the cells
    (row and column of the sheet, from 0) that a merged range covers, and the cell whose content they show. `hidden_lines` and `hidden_columns` count from 1.
    """

    file: str
    records: list[Record]
    delimiter: str | None = None
    is_declared: bool = False
    sheet: str | None = None
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_lines: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def place(self, line: int, column: int | None = None) -> Place:
        """Where a cell stands; `column` counts from 0."""
        return Place(self.file, line, None if column is None else column + 1, self.sheet)
