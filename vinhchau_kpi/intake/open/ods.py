"""The XML of OpenDocument workbooks (.ods): the walk over a sheet."""

from __future__ import annotations

from bisect import bisect_right

from vinhchau_kpi.intake.open.walk import COLUMNS_SEEN, DEPTH_LIMIT, Mark, Walk, local


class OdsWalk(Walk):
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
        own = {local(key): value for key, value in attributes.items()}
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
