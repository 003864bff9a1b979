"""The XML of Office Open workbooks (.xlsx): number formats, texts that cells share, and the walk over a sheet."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence

from vinhchau_kpi.intake.open.walk import COLUMNS_SEEN, DEPTH_LIMIT, At, Mark, Names, Walk, elements


def marks_of_styles(part: bytes | None) -> dict[int, Mark]:
    """The mark of each cell style that has one."""
    if part is None:
        return {}
    codes = {int(e.get("numFmtId", "-1")): e.get("formatCode", "") for e in elements(part, "numFmt")}
    formats = next((list(e) for e in elements(part, "cellXfs")), [])
    found = {}
    for at, style in enumerate(formats):
        mark = mark_of_style(int(style.get("numFmtId", "0")), codes)
        if mark is not None:
            found[at] = mark
    return found


def mark_of_style(number: int, codes: Mapping[int, str]) -> Mark | None:
    """The mark of a cell whose number format has this number; `codes` are the formats that the workbook brings."""
    return _BUILT_IN.get(number) or mark_of_format(codes.get(number, ""))


_BUILT_IN = {9: Mark.PERCENT, 10: Mark.PERCENT, 17: Mark.MONTH}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|_.|\*.')


def mark_of_format(code: str) -> Mark | None:
    """What a number format says that the value does not: a percent, a month without its day, hidden thousands, nothing.

    A format has sections for positive numbers, negative ones, 0 and text. Where they differ in what they do to a number,
    what is seen cannot be told from one of them.
    """
    sections = [_LITERAL.sub("", section).lower() for section in code.split(";")]
    numeric = [bare for bare in sections if "0" in bare or "#" in bare or "?" in bare]
    percents = ["%" in bare for bare in numeric]
    if _THOUSANDS.search(code) or any(_SCALED.search(bare) for bare in numeric) or len(set(percents)) > 1:
        return Mark.SCALED
    shown = [_CONDITION.sub("", section).strip() for section in code.split(";")]
    if len(shown) > 1 and not shown[0]:
        return Mark.UNSEEN
    if percents and percents[0]:
        return Mark.PERCENT
    if len(shown) > 2 and not shown[2]:
        return Mark.ZERO_UNSEEN
    first = sections[0]
    if "m" in first and "y" in first and "d" not in first and "h" not in first:
        return Mark.MONTH
    return None


_CONDITION = re.compile(r"\[[^\[\]]*\]")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_THOUSANDS = re.compile(r'"[^"]*(?:nghìn|ngàn|triệu|tỷ|tỉ)[^"]*"', re.IGNORECASE)
"""Words of a format that say that what is shown is in thousands or more."""
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def _at(reference: str) -> At:
    """`C14` as row and column from 0. Raises `ValueError` for what is no place: the reader might take it for a far one."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


class SharedWalk:
    """A walk over the texts that the cells of an .xlsx share: how long each is."""

    def __init__(self) -> None:
        self.names = Names()
        self.lengths = array("I")
        self.depth = 0
        self.is_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = self.names[name]
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ValueError("too deep")
        self.is_text = name == "t"
        if name == "si":
            self.lengths.append(0)

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.is_text = False

    def characters(self, text: str) -> None:
        if self.is_text and self.lengths:
            self.lengths[-1] += len(text)


_TRUE, _FALSE = ("1", "true"), ("0", "false")


class XlsxWalk(Walk):
    def __init__(self, styles: dict[int, Mark], lengths: Sequence[int], room: int) -> None:
        super().__init__(room)
        self.styles, self.lengths = _Styles(styles), lengths
        self.row = self.column = -1
        self.row_said = ""
        """How a cell of this row wrote its number."""
        self.column_of: dict[str, int] = {}
        self.kind = ""
        self.style: Mark | None = None
        self.value: str | None = None
        self.has_formula = False
        self.within = ""
        self.shows_zeros = True
        self.said: dict[tuple[Mark, str], tuple[Mark, str]] = {}
        """Marks that cells share: a column of percents has as many as it has rows."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Every cell of a country goes through here, so what most elements are is asked first."""
        name = self.within = self.names[name]
        if name == "c":
            self._place(attributes.get("r"))
            self.kind, self.style = attributes.get("t", ""), self.styles[attributes.get("s", "0")]
            self.value, self.has_formula = None, False
            self.reached(self.row, self.column)
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            self.row_said = ""
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.add(self.row)
        elif name == "sheetView" and attributes.get("showZeros") in _FALSE:
            self.shows_zeros = False
        elif name == "col" and attributes.get("hidden") in _TRUE:
            left, right = int(attributes["min"]) - 1, min(int(attributes["max"]), COLUMNS_SEEN)
            self.hidden_columns.update(range(left, right))
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((_at(first), _at(last or first)))

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        said = reference[len(letters) :]
        if said == self.row_said and letters in self.column_of:
            self.column = self.column_of[letters]
        else:
            self.row, self.column = _at(reference)
            self.row_said, self.column_of[letters] = said, self.column

    def end(self, name: str) -> None:
        if self.names[name] == "c":
            self._judge()
        self.within = ""

    def characters(self, text: str) -> None:
        if self.within in ("v", "t"):
            self.value = (self.value or "") + text

    def _judge(self) -> None:
        if self.kind == "s" and self.value:
            index = int(self.value)
            self.spelled(self.lengths[index] if index < len(self.lengths) else 0)
        elif self.value is None:
            if self.has_formula and self.kind != "str":
                self._mark(Mark.NO_RESULT)
        elif self.kind == "e":
            self._mark(Mark.ERROR, self.value)
        elif self.kind in ("", "n") and (mark := self._mark_of_number(self.value)) is not None:
            self._mark(mark)
        else:
            self.spelled(len(self.value))

    def _mark(self, mark: Mark, shown: str = "") -> None:
        self.marks[self.row, self.column] = self.said.setdefault((mark, shown), (mark, shown))

    def _mark_of_number(self, value: str) -> Mark | None:
        mark = self.style
        if mark is not None and mark is not Mark.ZERO_UNSEEN:
            return mark
        if mark is None and self.shows_zeros:
            return None
        return Mark.UNSEEN if not any(c in "123456789" for c in value) else None


class _Styles(dict[str, Mark | None]):
    """The mark of a cell by what it says its style is."""

    def __init__(self, marks: dict[int, Mark]) -> None:
        self.marks = marks

    def __missing__(self, said: str) -> Mark | None:
        found = self[said] = self.marks.get(int(said))
        return found
