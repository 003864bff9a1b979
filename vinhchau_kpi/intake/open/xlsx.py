"""The XML of Office Open workbooks (.xlsx): styles of cells, texts that cells share, and the walk over a sheet."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from vinhchau_kpi import units
from vinhchau_kpi.intake.open import walk
from vinhchau_kpi.intake.open.walk import (
    CELLS_LIMIT,
    COLUMNS_SEEN,
    DEPTH_LIMIT,
    INHERITED,
    PLAIN,
    RAISED,
    STRUCK,
    At,
    Mark,
    Marked,
    Names,
    Swollen,
    Walk,
    beside_number,
    elements,
    local,
)
from vinhchau_kpi.messages import N_


class Style(NamedTuple):
    """What a cell's style says of its value: what its number format does, and how its font stands."""

    format: Marked | None = None
    font: int = PLAIN


def styles_of(part: bytes | None) -> dict[int, Style]:
    """Each cell style that says something."""
    if part is None:
        return {}
    codes = {int(e.get("numFmtId", "-1")): e.get("formatCode", "") for e in elements(part, "numFmt")}
    fonts = [_font(font) for font in next((list(e) for e in elements(part, "fonts")), [])]
    found = {}
    for at, style in enumerate(next((list(e) for e in elements(part, "cellXfs")), [])):
        number, font = int(style.get("numFmtId", "0")), int(style.get("fontId", "0"))
        own = Style(mark_of_style(number, codes), fonts[font] if font < len(fonts) else PLAIN)
        if own != Style():
            found[at] = own
    return found


def _font(font: ET.Element) -> int:
    how = PLAIN
    for one in font:
        how = _run_after(local(one.tag), one.attrib, how)
    return how


def _run_after(name: str, attributes: dict[str, str], before: int) -> int:
    """How characters stand after an element of a font or of a text's run, where they stood as `before`."""
    if name == "strike" and attributes.get("val") not in _FALSE:
        return STRUCK
    if name == "vertAlign" and attributes.get("val") != "baseline" and before != STRUCK:
        return RAISED
    if name == "rPr":
        return PLAIN
    return INHERITED if name in ("r", "si", "is") else before


def mark_of_style(number: int, codes: Mapping[int, str]) -> Marked | None:
    """The mark of a number format by its number; `codes` are the formats that the workbook brings."""
    return _BUILT_IN.get(number) or mark_of_format(codes.get(number, ""))


_BUILT_IN = {9: Marked(Mark.PERCENT), 10: Marked(Mark.PERCENT), 17: Marked(Mark.MONTH)}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\[\]-]*)[^\[\]]*\]|\[[^\[\]]*\]|_.|\*.')
_UNMARKED = re.compile(r"(?![ymdhsapgeb])[^\W\d_]")
"""Letters that are no code of a format: some programs write words without marking them as such."""


def mark_of_format(code: str) -> Marked | None:
    """What a number format says that the value does not: a percent, a month without its day, hidden thousands, words, nothing.

    A format has sections for positive numbers, negative ones, 0 and text. Where they differ in what they do to a number,
    what is seen cannot be told from one of them.
    """
    sections = code.split(";")
    bare = [_LITERAL.sub("", section).lower() for section in sections]
    numeric = [at for at, one in enumerate(bare) if "0" in one or "#" in one]
    percents = {"%" in bare[at] for at in numeric}
    marks = {_beside(sections[at], bare[at]) for at in numeric}
    is_scaled = any(
        mark is not None and (mark.power or units.says(mark.said) or mark.mark is Mark.SCALED) for mark in marks
    )
    if len(percents) > 1 or (is_scaled and (len(marks) > 1 or True in percents)):
        return Marked(Mark.SCALED)
    shown = [_CONDITION.sub("", section).strip() for section in sections]
    if (len(shown) > 1 and not shown[0]) or (shown[0] and not numeric and not bare[0].strip()):
        return Marked(Mark.UNSEEN)
    if True in percents:
        return Marked(Mark.PERCENT)
    own = _beside(sections[numeric[0]], bare[numeric[0]]) if numeric else None
    if len(shown) > 2 and not shown[2] and (own is None or own.mark is Mark.WORDS):
        return own._replace(mark=Mark.ZERO_UNSEEN) if own is not None else Marked(Mark.ZERO_UNSEEN)
    if own is None and "m" in bare[0] and "y" in bare[0] and "d" not in bare[0] and "h" not in bare[0]:
        return Marked(Mark.MONTH)
    return own


def _beside(section: str, bare: str) -> Marked | None:
    """What a section writes beside its digits."""
    scaled = _SCALED.search(bare)
    texts, at, is_after = ["", ""], 0, False
    for literal in [*_LITERAL.finditer(section), None]:
        between = section[at : literal.start() if literal is not None else None]
        digits = re.search("[0#?]", between)
        texts[is_after] += "".join(_UNMARKED.findall(between[: digits.start()].lower() if digits else between.lower()))
        if digits is not None:
            is_after = True
            texts[is_after] += "".join(_UNMARKED.findall(between[digits.start() :].lower()))
        if literal is not None:
            texts[is_after] += literal[1] or literal[2] or literal[3] or ""
            at = literal.end()
    return beside_number(texts[0], texts[1], 3 * scaled[0].count(",") if scaled is not None else 0)


_CONDITION = re.compile(r"\[[^\[\]$][^\[\]]*\]")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
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


_OWN = dict.fromkeys(("c", "v", "is", "si", "r", "t"))


class SharedWalk:
    """A walk over the texts that the cells of an .xlsx share: how long each is, and how its characters stand."""

    def __init__(self) -> None:
        self.names = Names(_OWN)
        self.lengths, self.runs = array("I"), array("B")
        self.run = INHERITED
        self.depth = 0
        self.is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.names[name]
        self.depth += 1
        if self.depth > DEPTH_LIMIT or self.is_text:
            raise ValueError(name)
        self.is_text = name == "t"
        self.run = _run_after(name, attributes, self.run)
        if name == "si":
            self.lengths.append(0)
            self.runs.append(0)

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.is_text = False

    def characters(self, text: str) -> None:
        if self.is_text and self.lengths:
            self.lengths[-1] += len(text)
            self.runs[-1] |= walk.run(text, self.run)


_PLAIN_STYLE = Style()
_TEXTS = ("v", "t")
BESIDE = 10
"""Cells that a rule, a column or a link costs as much as, where a program keeps it."""
_TRUE, _FALSE = ("1", "true"), ("0", "false")


class XlsxWalk(Walk):
    OWN = _OWN

    def __init__(self, styles: dict[int, Style], shared: SharedWalk, room: int, most: int = CELLS_LIMIT) -> None:
        """`most`: cells without anything in them, at which the walk is given up."""
        super().__init__(room)
        self.most, self.empty = most, 0
        self.styles, self.shared = _Styles(styles), shared
        self.row = self.column = -1
        self.width = 0
        """Columns that are said to be hidden."""
        self.row_said = ""
        """How a cell of this row wrote its number."""
        self.column_of: dict[str, int] = {}
        self.kind = ""
        self.style = Style()
        self.run = self.runs = INHERITED
        """How the characters stand that come, and those of the cell so far."""
        self.value: str | None = None
        self.has_formula = self.has_value = False
        self.within = ""
        self.shows_zeros = True
        self.said: dict[Marked, Marked] = {}
        """Marks that cells share: a column of percents has as many as it has rows."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Every cell of a country goes through here, so what most elements are is asked first."""
        if self.within in _TEXTS:
            raise ValueError(name)
        name = self.within = self.names[name]
        if name == "c":
            self._place(attributes.get("r"))
            self.kind, self.style = attributes.get("t", ""), self.styles[attributes.get("s", "0")]
            self.value, self.has_formula, self.has_value = None, False, False
            self.run, self.runs = INHERITED, 0
        elif name == "v":
            if self.has_value:
                raise ValueError(name)
            self.has_value = True
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            before = self.row
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            if self.row <= before:
                raise ValueError(name)  # as in _place
            self.column = -1
            self.row_said = ""
            self.unfolded += 1
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.add(self.row)
        else:
            self._look_beside(name, attributes)

    def _look_beside(self, name: str, attributes: dict[str, str]) -> None:
        """What is no cell or value."""
        if self.kind != "inlineStr":
            self.unfolded += BESIDE
            if name == "is":
                raise ValueError(name)  # in a number: the reader would take it, and a spreadsheet shows the number
        if name == "sheetView" and attributes.get("showZeros") in _FALSE:
            self.shows_zeros = False
        elif name == "col" and attributes.get("hidden") in _TRUE:
            left, right = int(attributes["min"]) - 1, min(int(attributes["max"]), COLUMNS_SEEN)
            self.width += max(right - left, 0)
            if self.width > COLUMNS_SEEN:
                raise ValueError(name)  # hidden again and again
            self.hidden_columns.update(range(left, right))
        elif name in ("mergeCell", "hyperlink"):
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = area = _at(first), _at(last or first)
            self.unfolded += (bottom - top + 1) * (right - left + 1)
            if name == "mergeCell":
                self.merged.append(area)
        else:
            self.run = _run_after(name, attributes, self.run)

    def _place(self, reference: str | None) -> None:
        """Where a cell is. Cells stand in the order of their places: of two at one place, one would be lost in silence."""
        if reference is None:
            self.column += 1
            return
        before = self.row, self.column
        letters = reference.rstrip("0123456789")
        said = reference[len(letters) :]
        if said == self.row_said and letters in self.column_of:
            self.column = self.column_of[letters]
        else:
            self.row, self.column = _at(reference)
            self.row_said, self.column_of[letters] = said, self.column
        if (self.row, self.column) <= before:
            raise ValueError(reference)

    def end(self, name: str) -> None:
        if self.names[name] == "c":
            self._judge()
            self.kind = ""
        self.within = ""

    def characters(self, text: str) -> None:
        if self.within in _TEXTS:
            self.value = (self.value or "") + text
            if self.within == "t":
                self.runs |= walk.run(text, self.run)

    def _judge(self) -> None:
        if self.value is not None or self.has_formula:
            self.reached(self.row, self.column)
        if self.kind == "s" and self.value:
            index = int(self.value)
            if index < len(self.shared.lengths):
                self.spelled(self.shared.lengths[index])
                self._mark_effect(self.shared.runs[index])
        elif self.value is None:
            if self.has_formula and self.kind != "str":
                self._mark(Marked(Mark.NO_RESULT))
            self.unfolded += 1
            self.empty += 1
            if self.empty > self.most:
                raise Swollen(N_("cells"), self.most)
        elif self.kind == "e":
            self._mark(Marked(Mark.ERROR, self.value))
        elif self._mark_effect(self.runs or INHERITED):
            self.spelled(len(self.value))
        elif self.kind in ("", "n") and (mark := self._mark_of_number(self.value)) is not None:
            self._mark(mark)
        else:
            self.spelled(len(self.value))

    def _mark_effect(self, runs: int) -> bool:
        """Mark a cell that has characters which are raised, lowered or struck out."""
        if runs in (PLAIN, INHERITED) and self.style.font == PLAIN:
            return False
        mark = walk.effect(runs, self.style.font)
        if mark is not None:
            self._mark(Marked(mark))
        return mark is not None

    def _mark(self, mark: Marked) -> None:
        self.marks[self.row, self.column] = self.said.setdefault(mark, mark)

    def _mark_of_number(self, value: str) -> Marked | None:
        mark = self.style.format
        is_zero_unseen = mark is not None and mark.mark is Mark.ZERO_UNSEEN
        if (is_zero_unseen or not self.shows_zeros) and not any(c in "123456789" for c in value):
            return Marked(Mark.UNSEEN)
        if mark is None or not is_zero_unseen:
            return mark
        return mark._replace(mark=Mark.WORDS) if mark.said else None


class _Styles(dict[str, Style]):
    """A cell's style by what it says it is."""

    def __init__(self, known: dict[int, Style]) -> None:
        self.known = known

    def __missing__(self, said: str) -> Style:
        found = self[said] = self.known.get(int(said), _PLAIN_STYLE)
        return found
