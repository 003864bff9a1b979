"""What every workbook that `kpi` makes has in common: its font, its paper, text that stays text, exact numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import canonical, decimals
from vinhchau_kpi.text import FORMULA_STARTS, visible
from vinhchau_kpi.views.district import FONT, SIZE

EXACT_DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number."""
LONGEST_TEXT = 32_767
"""Characters that a cell holds, as UTF-16 counts them."""
A4 = 9
MARGIN = Decimal("0.4")
"""Left and right, in inches."""
LINE_POINTS, HIGHEST = 17, 409
"""Height of a line of text, and of the highest row there can be."""
CELL: dict[str, Any] = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter"}
HEADER: dict[str, Any] = {**CELL, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"}
"""How the cells of a table are set, and those of its header."""


class Spreadsheet:
    """A workbook being made. Rows and columns count from 0."""

    def __init__(self, title: str) -> None:
        import xlsxwriter

        self._out = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": SIZE},
        }
        self._book = xlsxwriter.Workbook(self._out, options)
        self._book.set_properties({"title": visible(title)})
        self._styles: dict[frozenset[tuple[str, Any]], Any] = {}

    def page(self, name: str, widths: tuple[int, ...], *, footer: str) -> Any:
        """A sheet for A4 landscape, as wide as the paper, with columns of these widths in characters."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=MARGIN, right=MARGIN)
        page.set_footer(footer)
        for column, width in enumerate(widths):
            page.set_column(column, column, width, self.style())
        return page

    def hidden(self, name: str) -> Any:
        """A sheet that nobody sees."""
        page = self._book.add_worksheet(name)
        page.hide()
        return page

    def listed(self, page: Any, column: int, words: Sequence[str]) -> str:
        """Write the words into a column of `page`; returns the range they stand in, as a formula names it."""
        for row, word in enumerate(words):
            self.text(page, row, column, word)
        letters = column_letters(column + 1)
        return f"='{page.get_name()}'!${letters}$1:${letters}${len(words)}"

    def style(self, **properties: Any) -> Any:
        """The format with these properties, made once."""
        key = frozenset(properties.items())
        if key not in self._styles:
            self._styles[key] = self._book.add_format({"font_name": FONT, "font_size": SIZE, **properties})
        return self._styles[key]

    def bare_style(self, **properties: Any) -> Any:
        """What a condition changes of a cell's format."""
        return self._book.add_format(properties)

    def text(self, page: Any, row: int, column: int, text: str, **style: Any) -> None:
        """Text as text, whatever it begins with, also after someone has edited the cell; no text leaves the cell blank."""
        if not text:
            page.write_blank(row, column, None, self.style(**style))
            return
        if text.startswith(FORMULA_STARTS):
            style["quote_prefix"] = True
        page.write_string(row, column, _held(text), self.style(**style))

    def merged(self, page: Any, row: int, columns: tuple[int, int], text: str, **style: Any) -> None:
        """Text over several columns of a row."""
        page.merge_range(row, columns[0], row, columns[1], "", self.style(**style))
        self.text(page, row, columns[0], text, **style)

    def number(
        self, page: Any, row: int, column: int, value: Decimal, in_words: str, format_: str | None = None, **style: Any
    ) -> None:
        """A number as one, with the decimals it has: a zero more would make 500 a 500.000 to other eyes. Where a spreadsheet
        cannot keep all its digits it is text, as a person is shown it. It shrinks into its cell rather than lose digits on paper."""
        if fits(value):
            format_ = format_ or number_format(decimals(value))
            page.write_number(row, column, value, self.style(num_format=format_, shrink=True, **style))
        else:
            self.text(page, row, column, in_words, **{**style, "align": "right", "shrink": True})

    def chart(self, kind: dict[str, str]) -> Any:
        return self._book.add_chart(kind)

    def bytes(self) -> bytes:
        self._book.close()
        return self._out.getvalue()


def page_number(language: Language) -> str:
    """“Page 1 of 3” at the foot of each sheet of paper."""
    return "&C" + language.say(N_("Page {n} of {all}"), n="&P", all="&N")


def _held(text: str) -> str:
    """A cell's text on as many lines as it has, with nothing in it that acts; … where it is longer than a cell may be."""
    shown = "\n".join(map(visible, text.split("\n")))
    units = shown.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return shown
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def height(texts: Iterable[tuple[str, int]]) -> int:
    """Points that a row needs for texts in cells of these widths. Programs disagree on when they stretch a row by
    themselves, so no row is left to them."""
    return min(HIGHEST, LINE_POINTS * max((_lines(text, width) for text, width in texts), default=1))


def _lines(text: str, width: int) -> int:
    """Lines of a text that is broken between words: one more than its length says where a word may not fit."""
    return sum(max(1, -(-(len(line) + len(line) // 12) // width)) for line in text.split("\n"))


def stored(value: Fraction | Decimal) -> Decimal:
    """A number as a spreadsheet stores it: exact, or, where its digits do not end, as many as it keeps."""
    exact = canonical(value)
    return exact if Fraction(exact) == value else canonical(value, max(0, EXACT_DIGITS - whole_digits(value)))


def whole_digits(value: Fraction | Decimal) -> int:
    """Digits before the decimal sign."""
    return len(str(abs(int(value))))


def fits(value: Decimal) -> bool:
    return len(value.as_tuple().digits) <= EXACT_DIGITS


def number_format(places: int) -> str:
    """Grouped in threes with so many decimals; which signs stand for that is up to the reader's own system."""
    return "#,##0" + (f".{'0' * places}" if places else "")


def signed_format(places: int) -> str:
    """The same for a difference, which has its sign."""
    plain = number_format(places)
    return f"+{plain};-{plain};0"


def percent_of(part: str) -> str:
    """The formula of the percent that a part comes to, itself a formula: rounded as a report rounds, never onto 100 from either side.
    The inner rounding takes off what binary fractions add."""
    whole = f"ROUND(ROUND(100*{part},9),2)"
    return f"IF({part}=1,100,IF({part}<1,MIN(99.99,{whole}),MAX(100.01,{whole})))"


def sheet_name(n: int, name: str) -> str:
    """A name that a sheet can have; the number keeps it apart from the others."""
    return re.sub(r"[\[\]:*?/\\']", " ", f"{n}. {visible(name)}")[:31].rstrip()
