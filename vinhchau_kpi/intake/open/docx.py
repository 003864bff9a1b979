"""The XML of Word documents (.docx): the tables in it, and the paragraphs above each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vinhchau_kpi.intake.open.walk import COLUMNS_SEEN, PLAIN, RAISED, STRUCK, At, Marked, Marks, Walk, effect, run

TITLE_LINES = 8
"""Paragraphs above a table that are taken for its title."""
_GONE = {"Fallback", "txbxContent", "moveFrom", "del"}
"""What is another form of what stands beside it, or was deleted while changes are tracked."""
_OFF = {"0", "false", "off", "none"}


@dataclass(slots=True)
class Table:
    """One table as rows of texts, with the paragraphs above it as rows of one cell: what a workbook's reader gives of a sheet.

    `merged` as a `Look` has it: the first and the last cell of each range, row and column from 0.
    """

    rows: list[list[str]]
    merged: list[tuple[At, At]] = field(default_factory=list)
    marks: Marks = field(default_factory=dict)
    """Cells in which something is raised, lowered or struck out."""
    start: At = (0, 0)
    down: dict[int, int] = field(default_factory=dict)
    """Which of the merged ranges goes on downwards, by the column of its first cell."""

    def iter_rows(self) -> Iterator[list[str]]:
        return iter(self.rows)


@dataclass(slots=True)
class _Cell:
    text: list[str] = field(default_factory=list)
    runs: int = 0
    """How its characters stand."""
    span: int = 1
    goes_on: bool = False
    """Whether it is the lower part of a cell that is merged downwards."""
    begins: bool = False


class DocxWalk(Walk):
    """A walk over a document. A table in a cell of another is one of its own. What is hidden or deleted is left out."""

    def __init__(self, room: int) -> None:
        super().__init__(room)
        self.tables: list[Table] = []
        self.open: list[tuple[Table, list[_Cell]]] = []
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self.gone = self.places = 0
        self.is_text = False
        self.is_hidden = False
        self.how = PLAIN

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.names[name]
        self.gone += name in _GONE
        self.is_text = name == "t"
        value = next((attributes[key] for key in attributes if self.names[key] == "val"), "")
        if name == "tbl":
            titles = [[text] for text in self.paragraphs[-TITLE_LINES:]] if not self.open else []
            self.open.append((Table(titles), []))
            self.tables.append(self.open[-1][0])
        elif name == "r":
            self.is_hidden, self.how = False, PLAIN
        elif name in ("strike", "dstrike") and value not in _OFF:
            self.how = STRUCK
        elif name == "vertAlign" and value != "baseline" and self.how != STRUCK:
            self.how = RAISED
        elif name == "vanish" and value not in _OFF:
            self.is_hidden = True
        elif name in ("tab", "br", "cr"):
            self._say(" ")
        elif name == "noBreakHyphen":
            self._say("-")
        elif self.open:
            self._cell(name, value)

    def _cell(self, name: str, value: str) -> None:
        cells = self.open[-1][1]
        if name == "tr":
            cells.clear()
        elif name == "tc":
            cells.append(_Cell())
        elif name == "gridBefore":
            cells.append(_Cell(span=self._span(value)))
        elif cells and name == "gridSpan":
            cells[-1].span = self._span(value)
        elif cells and name == "vMerge":
            cells[-1].goes_on, cells[-1].begins = value != "restart", value == "restart"

    @staticmethod
    def _span(value: str) -> int:
        span = int(value)
        if not 0 <= span <= COLUMNS_SEEN:
            raise ValueError(value)
        return span

    def end(self, name: str) -> None:
        name = self.names[name]
        self.gone -= name in _GONE
        if name == "t":
            self.is_text = False
        elif name == "p":
            self._paragraph()
        elif name == "tr" and self.open:
            self._row(*self.open[-1])
        elif name == "tbl":
            self.open.pop()

    def characters(self, text: str) -> None:
        if self.is_text and not self.is_hidden:
            self._say(text)

    def _say(self, text: str) -> None:
        if not self.gone:
            self.spelled(len(text))
            self.words.append(text)
            if self.open and self.open[-1][1]:
                self.open[-1][1][-1].runs |= run(text, self.how)

    def _paragraph(self) -> None:
        text = "".join(self.words).strip()
        self.words.clear()
        if text and self.open and self.open[-1][1]:
            self.open[-1][1][-1].text.append(text)
        elif text and not self.open:
            self.paragraphs = [*self.paragraphs[-TITLE_LINES:], text]

    def _row(self, table: Table, cells: list[_Cell]) -> None:
        row, at = len(table.rows), 0
        texts: list[str] = []
        for cell in cells:
            last = row, at + cell.span - 1
            if cell.goes_on and at in table.down:
                place = table.down[at]
                table.merged[place] = table.merged[place][0], last
            else:
                table.down.pop(at, None)
                if cell.begins:
                    table.down[at] = len(table.merged)
                if cell.begins or cell.span > 1:
                    table.merged.append(((row, at), last))
            mark = effect(cell.runs, PLAIN)
            if mark is not None:
                table.marks[row, at] = Marked(mark)
            texts += ["\n".join(cell.text), *[""] * (cell.span - 1)]
            at += cell.span
        self.places += max(at, 1)
        self.reached(0, self.places - 1)
        table.rows.append(texts)
        cells.clear()
