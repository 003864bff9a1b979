"""The XML of OpenDocument workbooks (.ods): the walk over a sheet."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import ClassVar

from vinhchau_kpi.intake.open import walk
from vinhchau_kpi.intake.open.walk import (
    COLUMNS_SEEN,
    DEPTH_LIMIT,
    INHERITED,
    PLAIN,
    RAISED,
    REPEATED_LIMIT,
    SPACES_LIMIT,
    STRUCK,
    Mark,
    Marked,
    Swollen,
    Walk,
    beside_number,
    local,
)
from vinhchau_kpi.messages import N_


class OdsWalk(Walk):
    """Rows and cells may be repeated; what is blank and repeated takes no room but the last cell decides."""

    OWN: ClassVar = {
        **dict.fromkeys(("table", "table-row", "table-cell", "covered-table-cell"), "table"),
        **dict.fromkeys(("p", "s", "span"), "text"),
    }

    def __init__(self, sheet: str | None, room: int) -> None:
        """`sheet`: the one to look at; None for all of them together."""
        super().__init__(room)
        self.sheet, self.inside, self.depth = sheet, False, 0
        self.row = self.column = 0
        self.row_repeat = 1
        self.cell: dict[str, str] | None = None
        self.shown = ""
        self.filled: list[tuple[int, int, Marked | None, int]] = []
        self.style = ""
        self.number_style = self.row_style = ""
        self.is_hidden = False
        self.date_styles: dict[str, set[str]] = {}
        self.factors: dict[str, set[str]] = {}
        """By what each number format divides, and those that it leads to under a condition."""
        self.own_style = "", ""
        self.fonts: dict[tuple[str, str], dict[str, str]] = {}
        """What each style, by its family and name, says of its font."""
        self.is_aside = False
        self.spans: list[str] = []
        self.spaces = self.repeated = 0
        self.runs = 0
        self.cell_styles: dict[str, tuple[str, str]] = {}
        self.column_ends: list[int] = []
        self.column_styles: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.names[name]
        own = {local(key): value for key, value in attributes.items()}
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ValueError("too deep")
        if name == "table":
            self.inside = self.sheet in (None, own.get("name"))
            self.row = 0
        elif self.inside and name == "table-column":
            before = self.column_ends[-1] if self.column_ends else 0
            until = before + _count(own, "number-columns-repeated")
            self.column_ends.append(until)
            self.column_styles.append(own.get("default-cell-style-name", ""))
            if own.get("visibility", "visible") != "visible":
                self.hidden_columns.update(range(before, min(until, COLUMNS_SEEN)))
        elif self.inside and name == "table-row":
            self.row_repeat, self.column, self.filled = _count(own, "number-rows-repeated"), 0, []
            self.row_style = own.get("default-cell-style-name", "")
            self.is_hidden = own.get("visibility", "visible") != "visible"
        elif self.inside and name in ("table-cell", "covered-table-cell"):
            self.cell, self.shown, self.runs = own, "", 0
        elif name == "s":
            self._space(_count(own, "c"))
        elif self.cell is not None:
            self.is_aside = self.is_aside or name == "annotation"
            if name == "span":
                self.spans.append(own.get("style-name", ""))
        else:
            self._define(name, own)

    def _define(self, name: str, own: dict[str, str]) -> None:
        """Note what a style says of the cells that have it."""
        if name == "date-style":
            self.style = own.get("name", "")
            self.date_styles[self.style] = set()
        elif name in ("year", "month", "day", "hours") and self.style:
            self.date_styles[self.style].add(name)
        elif name in ("number-style", "currency-style", "percentage-style"):
            self.number_style = own.get("name", "")
            self.factors[self.number_style] = set()
        elif name == "number" and self.number_style:
            self.factors[self.number_style].add(own.get("display-factor", "1"))
        elif name == "map" and self.number_style:
            self.factors[self.number_style] |= self.factors.get(own.get("apply-style-name", ""), set())
        elif name in ("style", "default-style"):
            self.own_style = own.get("family", ""), own.get("name", "")
            if self.own_style[0] in ("", "table-cell"):
                self.cell_styles[self.own_style[1]] = own.get("data-style-name", ""), own.get("parent-style-name", "")
        elif name == "text-properties":
            self.fonts[self.own_style] = own

    def characters(self, text: str) -> None:
        if self.cell is not None and not self.is_aside:
            self.shown += text
            self.runs |= walk.run(text, self._font("text", self.spans[-1]) if self.spans else INHERITED)

    def _space(self, count: int) -> None:
        self.spaces += count
        if self.spaces > SPACES_LIMIT:
            raise Swollen(N_("spaces"), SPACES_LIMIT)
        self.shown += " " * count

    def _font(self, family: str, style: str) -> int:
        """How characters of a style stand; inherited where it does not say."""
        for _ in range(DEPTH_LIMIT):
            font = self.fonts.get((family, style), {})
            line = {font.get("text-line-through-style"), font.get("text-line-through-type")} - {None}
            position = font.get("text-position", "").partition(" ")[0]
            if line and "none" not in line:
                return STRUCK
            if position not in ("", "0%"):
                return RAISED
            if line or position:
                return PLAIN
            style = self.cell_styles.get(style, ("", ""))[1] if family == "table-cell" else ""
            if not style:
                break
        return INHERITED

    def end(self, name: str) -> None:
        name = self.names[name]
        self.depth -= 1
        if name == "date-style":
            self.style = ""
        elif name in ("number-style", "currency-style", "percentage-style"):
            self.number_style = ""
        elif name == "annotation":
            self.is_aside = False
        elif name == "span" and self.spans:
            self.spans.pop()
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
        repeat = _count(cell, "number-columns-repeated")
        kind = cell.get("value-type", "")
        if kind or self.shown:
            self.filled.append((self.column, repeat, self._mark(cell, kind), len(self.shown)))
        rows, columns = int(cell.get("number-rows-spanned", "1")), int(cell.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            self.merged.append(((self.row, self.column), (self.row + rows - 1, self.column + columns - 1)))
        self.column += repeat

    def _mark(self, cell: dict[str, str], kind: str) -> Marked | None:
        formula = cell.get("formula")
        if self.shown.startswith(("#", "Err:")) and (formula or kind == "error"):
            return Marked(Mark.ERROR, self.shown)
        if formula and not kind:
            return Marked(Mark.NO_RESULT)
        font = self._font("table-cell", self._style_of(cell))
        effect = walk.effect(self.runs or INHERITED, PLAIN if font == INHERITED else font)
        if effect is not None:
            return Marked(effect)
        if kind == "percentage":
            return Marked(Mark.PERCENT)
        if kind == "date":
            is_month = self.date_styles.get(self._format_of(cell), set()) == {"year", "month"}
            return Marked(Mark.MONTH) if is_month else None
        if kind not in ("float", "currency"):
            return None
        return self._mark_of_number(self.factors.get(self._format_of(cell)) or {"1"})

    def _mark_of_number(self, factors: set[str]) -> Marked | None:
        shown = self.shown.strip()
        number = _NUMBER.search(shown)
        if number is None:
            return Marked(Mark.UNSEEN) if not shown or any(map(str.isalpha, shown)) else None
        power = next((len(one) - 1 for one in factors if len(factors) == 1 and _FACTOR.fullmatch(one)), None)
        if power is None:
            return Marked(Mark.SCALED)
        return beside_number(shown[: number.start()], shown[number.end() :], power)

    def _style_of(self, cell: dict[str, str]) -> str:
        """The name of a cell's style: its own, its row's or its column's."""
        at = bisect_right(self.column_ends, self.column)
        of_column = self.column_styles[at] if at < len(self.column_styles) else ""
        return cell.get("style-name") or self.row_style or of_column

    def _format_of(self, cell: dict[str, str]) -> str:
        """The name of a cell's number format: of its style, or of one that this is based on."""
        style = self._style_of(cell)
        for _ in range(DEPTH_LIMIT):
            data_style, style = self.cell_styles.get(style, ("", ""))
            if data_style or not style:
                return data_style
        return ""

    def _close_row(self) -> None:
        for column, repeat, mark, length in self.filled:
            self.reached(self.row + self.row_repeat - 1, column + repeat - 1)
            self.spelled(length * repeat * self.row_repeat)
            self.repeated += repeat * self.row_repeat - 1
            if self.repeated > REPEATED_LIMIT:
                raise Swollen(N_("repeated cells"), REPEATED_LIMIT)
            if self.is_hidden and self.filled:
                self.hidden_rows.update(range(self.row, self.row + self.row_repeat))
            if mark is not None:
                for row in range(self.row, self.row + self.row_repeat):
                    self.marks.update(((row, at), mark) for at in range(column, column + repeat))
        self.row += self.row_repeat


def _count(attributes: dict[str, str], name: str) -> int:
    """How often something stands. Raises `ValueError` for less than once."""
    count = int(attributes.get(name, "1"))
    if count < 1:
        raise ValueError(name)
    return count


_NUMBER = re.compile(r"[0-9](?:[0-9.,/ \u00a0\u2009\u202f]*[0-9])?(?:[eE][-+]?[0-9]+)?")
"""The digits of a number as it is seen."""
_FACTOR = re.compile("10*")
