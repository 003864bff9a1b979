"""Any `Screen` → a workbook with a sheet for each of its tables, and a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from vinhchau_kpi import number
from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    HEADER,
    Spreadsheet,
    fits,
    height,
    number_format,
    page_number,
    sheet_name,
    signed_format,
)
from vinhchau_kpi.forms.typesetting import ACROSS, TABLE_SIZE, add_paragraph, add_table, blank, row_property, write_in
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.output import packed
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import visible
from vinhchau_kpi.views.screen import Line, Lines, Paragraph, ScreenPart, ScreenTable, Title, Tone, said

WIDEST = {True: 16, False: 48}
"""Characters of the widest column of numbers, and of words."""
LEAST_WIDTH, TEXT_WIDTH = 5, 110
"""Characters of the narrowest column, and of a sheet without a table."""
MOST_LINES = {"xlsx": 1_000_000, "docx": 3_000}
"""What a sheet holds, and what a word processor sets in a reasonable time."""


def write_workbook(result: Result, language: Language) -> bytes:
    parts = _parts(result, language, "xlsx")
    book = Spreadsheet(_title(parts))
    of_sheets: list[list[ScreenPart]] = [[]]
    for part in parts:
        # A sheet has one table: what is said above it, and what follows it.
        has_table = any(isinstance(one, ScreenTable) for one in of_sheets[-1])
        if has_table and isinstance(part, ScreenTable | Title):
            of_sheets.append([])
        of_sheets[-1].append(part)
    for n, own in enumerate(of_sheets, 1):
        stands_out = [text for part in own for text, is_bold in _texts(part) if is_bold]
        ScreenSheet(book, sheet_name(n, stands_out[-1] if stands_out else ""), own, language)
    return book.bytes()


def write_document(result: Result, language: Language) -> bytes:
    parts = _parts(result, language, "docx")
    document = blank(_title(parts), language)
    set_parts(document, parts)
    return packed(document)


def letter(parts: Sequence[ScreenPart], language: Language) -> tuple[bytes, bytes]:
    """Words to be sent: as text, each paragraph a line, and in Word, on paper that stands upright."""
    document = blank(_title(parts), language, across=False)
    set_parts(document, parts)
    lines = [f"{visible(text)}\n" for part in parts for text, _ in _texts(part)]
    return "".join(lines).encode(), packed(document)


def set_parts(document: Any, parts: Iterable[ScreenPart]) -> None:
    """The parts of a screen one below the other; the titles at its beginning are centred."""
    is_begin = True
    for part in parts:
        if isinstance(part, ScreenTable):
            _set_table(document, part)
        for text, bold in _texts(part):
            align = "center" if is_begin else "left"
            add_paragraph(document, visible(text), bold=bold, align=align, before=4, after=2)
        is_begin = is_begin and isinstance(part, Title)


def _parts(result: Result, language: Language, form: str) -> list[ScreenPart]:
    screen = result.whole_screen or result.screen
    assert screen is not None
    parts = [part for part in screen(language) if not isinstance(part, ScreenTable) or part.lines]
    if sum(len(part.lines) for part in parts if isinstance(part, ScreenTable)) > MOST_LINES[form]:
        sentence = N_("There are more than {most} lines, too many for a file of this kind; write them as .csv.")
        raise Refusal(sentence, most=MOST_LINES[form])
    return parts


def _title(parts: Iterable[ScreenPart]) -> str:
    return next((part.text for part in parts if isinstance(part, Title)), "")


def _texts(part: ScreenPart) -> Iterator[tuple[str, bool]]:
    """The words of a part that is no table, line by line, and whether they stand out. A chart is what is said of it."""
    if isinstance(part, Title | Paragraph):
        yield part.text, isinstance(part, Title) or part.tone is Tone.STRONG
    elif isinstance(part, Lines):
        yield from ((line, False) for line in part.lines)
    elif not isinstance(part, ScreenTable):
        for panel in part.panels:
            yield from ((one.text, at == 0) for at, one in enumerate(panel.words))
            yield from ((panel.line_words, False),) if panel.line_words else ()


class ScreenSheet:
    """A sheet of a workbook: words, a table whose header stays in view and on each sheet of paper, words."""

    def __init__(self, book: Spreadsheet, name: str, parts: Sequence[ScreenPart], language: Language) -> None:
        self.book, self.language, self.at = book, language, 0
        table = next((part for part in parts if isinstance(part, ScreenTable)), None)
        self.widths = _widths(table) if table else (TEXT_WIDTH,)
        self.page = book.page(name, self.widths, footer=page_number(language))
        for part in parts:
            for text, bold in _texts(part):
                self._across(text, bold=bold)
            if isinstance(part, ScreenTable):
                self._table(part)

    def _across(self, text: str, **style: Any) -> None:
        last, style = len(self.widths) - 1, {"text_wrap": True, "valign": "top", **style}
        if last:
            self.book.merged(self.page, self.at, (0, last), text, **style)
        else:
            self.book.text(self.page, self.at, 0, text, **style)
        self.page.set_row(self.at, height([(text, sum(self.widths))]))
        self.at += 1

    def _table(self, table: ScreenTable) -> None:
        heads = [table.columns[at] for at in table.in_text]
        for column, head in enumerate(heads):
            self.book.text(self.page, self.at, column, head.heading, **HEADER)
        self.page.set_row(
            self.at, height((head.heading, width) for head, width in zip(heads, self.widths, strict=True))
        )
        self.page.repeat_rows(self.at)
        self.page.freeze_panes(self.at + 1, 0)
        self.page.autofilter(self.at, 0, self.at + len(table.lines), len(heads) - 1)
        self.at += 1
        for line in table.lines:
            if line.heading:
                self._across(line.heading, bold=True, **CELL)
            else:
                self._line(table, line)

    def _line(self, table: ScreenTable, line: Line) -> None:
        cells = [said(line.cells[at]) for at in table.in_text]
        style = {**CELL, "bold": line.tone is Tone.STRONG}
        for column, (at, text) in enumerate(zip(table.in_text, cells, strict=True)):
            is_numeric = table.columns[at].numeric
            value = number.read(text, self.language.convention) if is_numeric else None
            if isinstance(value, Decimal) and fits(value):
                # The words of this very language, and no other reading of them: the number is what they say.
                places = max(0, -int(value.as_tuple().exponent))
                format_ = signed_format(places) if text[:1] == "+" else number_format(places)
                self.book.number(self.page, self.at, column, value, text, format_, **style)
            else:
                align = {"align": "right"} if is_numeric else {"text_wrap": True}
                self.book.text(self.page, self.at, column, text, **style, **align)
        self.page.set_row(self.at, height(zip(cells, self.widths, strict=True)))
        self.at += 1


def _widths(table: ScreenTable) -> tuple[int, ...]:
    """Characters of each column, by what stands in it."""
    return tuple(
        max(LEAST_WIDTH, min(WIDEST[table.columns[at].numeric], 2 + max(map(len, _column(table, at)))))
        for at in table.in_text
    )


def _set_table(document: Any, table: ScreenTable) -> None:
    made = add_table(document, _millimetres(table), style="Table Grid")
    heads = [table.columns[at] for at in table.in_text]
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        write_in(cell.paragraphs[0], visible(head.heading), align="center", size=TABLE_SIZE, bold=True)
    row_property(made.rows[0], "w:tblHeader")
    for line in table.lines:
        row = made.add_row()
        row_property(row, "w:cantSplit")
        if line.heading:
            merged = row.cells[0].merge(row.cells[-1])
            write_in(merged.paragraphs[0], visible(line.heading), size=TABLE_SIZE, bold=True)
            continue
        for cell, at, head in zip(row.cells, table.in_text, heads, strict=True):
            align, bold = "right" if head.numeric else "left", line.tone is Tone.STRONG
            write_in(cell.paragraphs[0], visible(said(line.cells[at])), align=align, size=TABLE_SIZE, bold=bold)


def _millimetres(table: ScreenTable) -> tuple[int, ...]:
    """How wide columns are on paper: as their longest words, and what is left by how long their texts are."""
    words = [
        max((len(word) for text in _column(table, at) for word in text.split()), default=1) for at in table.in_text
    ]
    least = [5 + 2 * min(word, 20) for word in words]
    texts = [min(30, max(map(len, _column(table, at)))) for at in table.in_text]
    wanted = [max(1, text - word) for text, word in zip(texts, words, strict=True)]
    left = max(0, ACROSS - sum(least))
    return tuple(own + left * more // sum(wanted) for own, more in zip(least, wanted, strict=True))


def _column(table: ScreenTable, at: int) -> Iterator[str]:
    """The words of a column; of its heading the longest line."""
    yield max(table.columns[at].heading.split("\n"), key=len)
    yield from (said(line.cells[at]) for line in table.lines if line.cells)
