"""A sheet of a workbook that is written from the top down: words over all columns, a header, lines."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    HEADER,
    LINE_POINTS,
    Spreadsheet,
    height,
    number_format,
    page_number,
    stored,
)
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import decimals
from vinhchau_kpi.views.district import Letterhead
from vinhchau_kpi.views.screen import Tone

COLOURS = {
    Tone.PLAIN: "#000000",
    Tone.STRONG: "#000000",
    Tone.QUIET: "#595959",
    Tone.GOOD: "#176B30",
    Tone.FAIR: "#0A5A8A",
    Tone.BAD: "#B3261E",
}
Columns = Mapping[str, tuple[str, int]]
"""The columns of a sheet by name: heading, a sentence of the catalogue, and width in characters."""
CENTRED, INDENTED, SHADED = {"no", "unit"}, {"indicator", "assessment"}, "#F2F2F2"


class Sheet:
    """A row is written at `self.at`, which then moves on."""

    def __init__(self, book: Spreadsheet, name: str, columns: Columns, language: Language) -> None:
        self.book, self.columns, self.language, self.at = book, columns, language, 0
        self.names = tuple(columns)
        widths = tuple(width for _, width in columns.values())
        self.width, self.last = sum(widths), len(widths) - 1
        self.page = book.page(name, widths, footer=page_number(language))

    def over(self, text: str, **style: Any) -> None:
        """A paragraph over all columns, as high as it needs to be: a merged cell does not grow by itself."""
        self.book.merged(self.page, self.at, (0, self.last), text, text_wrap=True, valign="top", **style)
        self.page.set_row(self.at, height([(text, self.width)]))
        self.at += 1

    def halves(self, left: str, right: str, **style: Any) -> None:
        """Two texts side by side, each in the middle of its half; a blank one leaves its half alone."""
        middle = min(self.last - 2, max(1, self.last // 2))
        for columns, text in (((0, middle - 1), left), ((middle + 1, self.last), right)):
            if text:
                self.book.merged(self.page, self.at, columns, text, align="center", **style)
        self.at += 1

    def signatures(self, head: Letterhead) -> None:
        """Place and day, and two places to sign, left empty."""
        say = self.language.say
        self.at += 1
        self.halves("", head.place_and_day, italic=True)
        self.halves(say(N_("PREPARED BY")), head.signer, bold=True)
        self.halves(say(N_("(signature, full name)")), say(N_("(signature, full name)")), italic=True)
        self.at += 4

    def header(self) -> None:
        """The headings of the columns, which stay in view and stand on each sheet of paper."""
        for column, (heading, _) in enumerate(self.columns.values()):
            self.book.text(self.page, self.at, column, self.language.say(heading), **HEADER)
        self.page.set_row(self.at, 2 * LINE_POINTS)
        self.page.repeat_rows(self.at)
        self.at += 1

    def across(self, number: str, title: str) -> None:
        self.line({"no": number, "indicator": title}, bold=True, bg_color=SHADED)

    def line(self, texts: Mapping[str, str], *, depth: int = 0, **style: Any) -> None:
        """A line that is text alone."""
        self.texts(texts, depth=depth, **style)
        self.at += 1

    def texts(self, texts: Mapping[str, str], *, depth: int = 0, **style: Any) -> None:
        """The texts of the row by column; the cells that have none are empty ones of the table. The line stays."""
        for column, name in enumerate(self.names):
            layout: dict[str, Any] = {"indent": depth if name == "indicator" else 1} if name in INDENTED else {}
            layout |= {"align": "center"} if name in CENTRED else {}
            self.book.text(self.page, self.at, column, texts.get(name, ""), **CELL, text_wrap=True, **layout, **style)
        taken = {"indicator": min(2 * depth, self.columns["indicator"][1] - 2)}
        room = ((text, self.columns[name][1] - taken.get(name, 0)) for name, text in texts.items())
        self.page.set_row(self.at, height(room), None, {"level": depth})

    def text(self, name: str, text: str, **style: Any) -> None:
        """One cell of the line."""
        indent = {"indent": 1} if name in INDENTED else {}
        self.book.text(self.page, self.at, self.column(name), text, **CELL, text_wrap=True, **indent, **style)

    def number(
        self, name: str, value: Fraction | None, in_words: str, format_: str | None = None, **style: Any
    ) -> None:
        """One cell of the line; where there is no number, the words for that."""
        column = self.column(name)
        if value is None:
            own = {"num_format": format_} if format_ else {}
            self.book.text(self.page, self.at, column, in_words, **CELL, **own, align="right", **style)
        else:
            format_ = format_ or number_format(decimals(value))
            self.book.number(self.page, self.at, column, stored(value), in_words, format_, **CELL, **style)

    def column(self, name: str) -> int:
        return self.names.index(name)
