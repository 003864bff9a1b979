"""The records of binary workbooks (.xls and .xlsb): number formats, texts that cells share, and the walk over a sheet.

Layout: [MS-XLS] and [MS-XLSB]. Of a damaged record `struct.error`, `IndexError` or `ValueError` is raised.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vinhchau_kpi.intake.open.walk import CELLS_LIMIT, COLUMNS_SEEN, ROWS_OF_SHEET, Locked, Look, Mark, Marked, Walk
from vinhchau_kpi.intake.open.xlsx import mark_of_style

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
Records = Iterable[tuple[int, bytes]]
"""Their kinds and their contents."""


class BinaryWalk(Walk):
    """What the sheets of both kinds have in common; rows and columns from 0."""

    def __init__(self, styles: Mapping[int, Marked], lengths: Sequence[int], room: int) -> None:
        super().__init__(room)
        self.styles, self.lengths = styles, lengths
        self.shows_zeros = True

    def over_records(self, records: Records) -> Look:
        for kind, data in records:
            self.record(kind, data)
        return Look(self.marks, self.merged, self.hidden_rows, self.hidden_columns, self.rows * self.columns)

    def record(self, kind: int, data: bytes) -> None:
        raise NotImplementedError

    def number(self, row: int, column: int, style: int, *, is_zero: bool) -> None:
        self.reached(row, column)
        mark = self.styles.get(style)
        is_zero_unseen = mark is not None and mark.mark is Mark.ZERO_UNSEEN
        if is_zero and (is_zero_unseen or not self.shows_zeros):
            mark = Marked(Mark.UNSEEN)
        elif mark is not None and is_zero_unseen:
            mark = mark._replace(mark=Mark.WORDS) if mark.said else None
        if mark is not None:
            self.marks[row, column] = mark

    def error(self, row: int, column: int, code: int) -> None:
        self.reached(row, column)
        self.marks[row, column] = Marked(Mark.ERROR, ERRORS.get(code, "#N/A"))

    def shared_text(self, row: int, column: int, index: int) -> None:
        self.reached(row, column)
        self.spelled(self.lengths[index])

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(first, min(last + 1, COLUMNS_SEEN)))


# .xls

_BEGIN, _END, _CONTINUE = 0x809, 0x0A, 0x3C
_FORMAT, _STYLE, _SHEET, _TEXTS, _LOCKED = 0x41E, 0xE0, 0x85, 0xFC, 0x2F
_NUMBER, _RK, _RKS, _SHARED, _TYPED, _ERROR, _FORMULA, _RESULT, _ROW, _COLUMNS, _MERGED, _WINDOW, _RICH = (
    0x203, 0x27E, 0xBD, 0xFD, 0x204, 0x205, 0x06, 0x207, 0x208, 0x7D, 0xE5, 0x23E, 0xD6,
)  # fmt: skip
_OF_BOOK = {0x22, 0x42, _FORMAT, _STYLE, _SHEET}
"""What the reader of cells has to know of a workbook, beside its texts: also its code page, and from which year days count."""


class Xls:
    """The stream of an .xls. Its reader takes all sheets at once, so all are looked at before. Raises `Locked`."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        codes: dict[int, str] = {}
        formats: list[int] = []
        self._sheets: dict[str, tuple[int, int]] = {}
        """Where each begins, and where the stream made anew says so, by its name."""
        self.looks: dict[str, Look] = {}
        self._plain = bytearray()
        texts: list[bytes] = []
        is_text = False
        for kind, data in self._records(0):
            if kind == _LOCKED:
                raise Locked
            if kind == _FORMAT:
                codes[struct.unpack_from("<H", data)[0]] = (
                    _wide(data[5:]) if data[4] & 1 else data[5:].decode("latin-1")
                )
            elif kind == _STYLE:
                formats.append(struct.unpack_from("<H", data, 2)[0])
            elif kind == _SHEET:
                name = data[8 : 8 + data[6] * (1 + (data[7] & 1))]
                spelled = _wide(name) if data[7] & 1 else name.decode("latin-1")
                if spelled in self._sheets:
                    raise ValueError("two sheets of one name")
                begin = struct.unpack_from("<I", data)[0] if data[5] == 0 else len(stream)
                self._sheets[spelled] = begin, len(self._plain) + 4
            if kind == _TEXTS and texts:
                raise ValueError("two tables of texts")
            is_text = kind == _TEXTS or (kind == _CONTINUE and is_text)
            if is_text:
                texts.append(data)
            if is_text or kind in _OF_BOOK or (kind == _BEGIN and not self._plain):
                self._plain += _packed(kind, data)
        self._plain += _packed(_END)
        marks = {at: mark_of_style(number, codes) for at, number in enumerate(formats)}
        self.styles = {at: mark for at, mark in marks.items() if mark is not None}
        self.lengths = _lengths(texts)

    def look_at_all(self) -> bytes:
        """Look at each sheet. Raises `Swollen`.

        The stream made anew of what was looked at: the reader of cells would believe what a file says of its own size.
        """
        room = CELLS_LIMIT
        for name, (begin, said) in self._sheets.items():
            walk = XlsWalk(self.styles, self.lengths, room)
            self.looks[name] = walk.over_records(self._records(begin))
            room -= self.looks[name].places
            struct.pack_into("<I", self._plain, said, len(self._plain))
            self._plain += walk.cells + _packed(_END)
        return bytes(self._plain)

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Those from a beginning to its end, without those of charts within."""
        depth = 0
        while at + 4 <= len(self.stream):
            kind, size = struct.unpack_from("<HH", self.stream, at)
            depth += (kind == _BEGIN) - (kind == _END)
            if depth == 0:
                return
            if depth == 1:
                yield kind, self.stream[at + 4 : at + 4 + size]
            at += 4 + size


def _packed(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


class XlsWalk(BinaryWalk):
    def __init__(self, styles: Mapping[int, Marked], lengths: Sequence[int], room: int) -> None:
        super().__init__(styles, lengths, room)
        self.cells = bytearray()
        """The records of cells, formulas without their words."""
        self.last = -1, -1
        self.is_result_to_come = False

    def record(self, kind: int, data: bytes) -> None:
        count = 1
        if kind == _SHARED:
            self.shared_text(*struct.unpack_from("<HH2xI", data))
        elif kind == _NUMBER:
            row, column, style, value = struct.unpack_from("<HHHd", data)
            self.number(row, column, style, is_zero=value == 0)
        elif kind == _RK:
            row, column, style, value = struct.unpack_from("<HHHI", data)
            self.number(row, column, style, is_zero=value < 4)
        elif kind == _RKS:
            row, column = struct.unpack_from("<HH", data)
            count = (len(data) - 6) // 6
            for at, (style, value) in enumerate(struct.iter_unpack("<HI", data[4 : 4 + count * 6])):
                self.number(row, column + at, style, is_zero=value < 4)
        elif kind == _FORMULA:
            self._formula(data)
            data = data[:20] + b"\0\0"
        elif kind == _TYPED:
            row, column, _, length = struct.unpack_from("<HHHH", data)
            self.reached(row, column)
            self.spelled(length)
        elif kind == _ERROR:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
            self.error(row, column, value) if is_error else self.reached(row, column)
        else:
            self._beside(kind, data)
            return
        self._keep(kind, data, count)

    def _keep(self, kind: int, data: bytes, count: int) -> None:
        """A cell, or several. They stand in the order of their places: of two at one place, one would be lost in silence."""
        row, column = struct.unpack_from("<HH", data)
        if (row, column) <= self.last:
            raise ValueError("out of order")
        self.last = row, column + count - 1
        self.cells += _packed(kind, data)

    def _beside(self, kind: int, data: bytes) -> None:
        """What is no cell."""
        if kind == _RESULT and self.is_result_to_come:
            self.is_result_to_come = False
            self.spelled(struct.unpack_from("<H", data)[0])
            self.cells += _packed(kind, data)
        elif kind in (_RESULT, _RICH):
            raise ValueError("a text that the reader of cells puts nowhere")
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xI", data)
            if flags & 0x20:
                self.hidden_rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", data)
            if flags & 1:
                self.hide_columns(first, last)
        elif kind == _MERGED:
            for top, bottom, left, right in struct.iter_unpack("<4H", data[2 : 2 + (len(data) - 2) // 8 * 8]):
                self.merged.append(((top, left), (bottom, right)))
        elif kind == _WINDOW:
            self.shows_zeros = bool(data[0] & 0x10)

    def _formula(self, data: bytes) -> None:
        """A formula with its result: a number, or, where its last bytes are all ones, what its first says."""
        row, column, style = struct.unpack_from("<HHH", data)
        self.is_result_to_come = data[12:14] == b"\xff\xff" and data[6] == 0
        if data[12:14] != b"\xff\xff":
            self.number(row, column, style, is_zero=struct.unpack_from("<d", data, 6)[0] == 0)
        elif data[6] == 2:
            self.error(row, column, data[8])
        else:
            self.reached(row, column)


def _lengths(blocks: list[bytes]) -> array[int]:
    """How long each text is that cells share; a text that is cut by the end of a block says anew how wide its letters are."""
    found = array("I")
    if not blocks:
        return found
    block, at, ahead = blocks[0], 8, blocks[1:][::-1]

    def passed(size: int) -> None:
        nonlocal block, at
        while size > len(block) - at:
            size -= len(block) - at
            block, at = ahead.pop(), 0
        at += size

    for _ in range(struct.unpack_from("<I", block, 4)[0]):
        passed(0)
        if at >= len(block):
            block, at = ahead.pop(), 0
        length, flags = struct.unpack_from("<HB", block, at)
        at += 3
        runs = further = 0
        if flags & 8:
            runs = struct.unpack_from("<H", block, at)[0]
            at += 2
        if flags & 4:
            further = struct.unpack_from("<I", block, at)[0]
            at += 4
        found.append(length)
        width = 1 + (flags & 1)
        while length > (here := (len(block) - at) // width):
            length -= here
            block, at = ahead.pop(), 1
            width = 1 + (block[0] & 1)
        at += length * width
        passed(runs * 4 + further)
    return found


def _wide(data: bytes) -> str:
    return data.decode("utf-16-le", "replace")


# .xlsb


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an .xlsb: kind and size are numbers of seven bits a byte."""
    at = 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            size |= (part[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not part[at - 1] & 0x80 or shift > 21:
                break
        yield kind, part[at : at + size]
        at += size


def sheets_of(book: bytes) -> dict[str, str]:
    """The relation of each sheet of a `workbook.bin`, by its name."""
    found = {}
    for kind, data in records(book):
        if kind == 156:
            relation, end = _text(data, 8)
            found[_text(data, end)[0]] = relation
    return found


def styles_of(part: bytes) -> dict[int, Marked]:
    """The mark of each cell style that has one, of a `styles.bin`."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    is_of_cells = False
    for kind, data in records(part):
        if kind in (617, 618):
            is_of_cells = kind == 617
        elif kind == 44:
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
        elif kind == 47 and is_of_cells:
            formats.append(struct.unpack_from("<H", data, 2)[0])
    marks = {at: mark_of_style(number, codes) for at, number in enumerate(formats)}
    return {at: mark for at, mark in marks.items() if mark is not None}


def lengths_of(part: bytes) -> array[int]:
    """How long each text is that cells share, of a `sharedStrings.bin`."""
    return array("I", (struct.unpack_from("<I", data, 1)[0] for kind, data in records(part) if kind == 19))


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", data, at)[0]
    return _wide(data[at + 4 : end]), end


class XlsbWalk(BinaryWalk):
    row = column = -1

    def record(self, kind: int, data: bytes) -> None:
        if 2 <= kind <= 11:
            self._cell(kind, data)
        elif kind == 0:
            before, self.row, self.column = self.row, struct.unpack_from("<I", data)[0], -1
            if not before < self.row < ROWS_OF_SHEET:
                raise ValueError("out of order")
            if data[11] & 0x10:
                self.hidden_rows.add(self.row)
        elif kind == 176:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            self.merged.append(((top, left), (bottom, right)))
        elif kind == 60:
            first, last, flags = struct.unpack_from("<2I8xH", data)
            if flags & 1:
                self.hide_columns(first, last)
        elif kind == 137:
            self.shows_zeros = bool(data[0] & 0x10)

    def _cell(self, kind: int, data: bytes) -> None:
        column, style = struct.unpack_from("<II", data)
        style &= 0xFFFFFF
        if column <= self.column:
            raise ValueError("out of order")  # as in an .xls
        self.column = column
        if kind == 2:
            self.number(self.row, column, style, is_zero=struct.unpack_from("<I", data, 8)[0] < 4)
        elif kind in (5, 9):
            self.number(self.row, column, style, is_zero=struct.unpack_from("<d", data, 8)[0] == 0)
        elif kind in (3, 11):
            self.error(self.row, column, data[8])
        elif kind == 7:
            self.shared_text(self.row, column, struct.unpack_from("<I", data, 8)[0])
        else:
            self.reached(self.row, column)
            if kind in (6, 8):
                self.spelled(struct.unpack_from("<I", data, 8)[0])
