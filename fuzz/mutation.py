"""One input made of another: a table with another cell, the same text in other bytes, a workbook with another part.

Changed byte by byte, a packed workbook is only ever a damaged one, and a table rarely another table. So what is
changed is mostly what a reader looks at: cells, rows, attributes, names of parts.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence

from vinhchau_kpi.intake.cut.headings import COLUMNS
from vinhchau_kpi.plan import Plan

Raw = Callable[[bytes, int], bytes]
"""Changes bytes without a thought, to no more than so many."""

NUMBERS = (
    "0", "1", "-1", "468", "1.234", "1,234", "1.234,5", "1,234.5", "12.5", "12,5", "0,98", "98%", "100", "1e5", "007",
    "1 234", "1\u00a0234", "\u22125", "+5", "999999999999999999", "9" * 19, "1/2", "٣", "=1+1", "#REF!", "-", "…", "x",
)  # fmt: skip
PERIODS = (
    "2019-01", "2019-06", "T6/2019", "6/2019", "quý II/2019", "6 tháng đầu năm 2019", "9 tháng 2019", "2019", "R1",
    "Đợt II", "2019-01..2019-05", "2019-02..05", "2018-12", "T1", "Quý 1", "2019-Q3", "2019-H1", "2019-13", "tháng 6",
)  # fmt: skip
OTHERS = (
    "có", "không", "đạt", "TRUE", "2019-07-05", "05/07/2019", "31/02/2019", "ước", "chính thức", "Tổng cộng", "a?b",
    "Diá»‡n tÃ­ch", "Côc thèng kª", "dieän tích", "\u202e864", "\u200b", "=cmd|' /C calc'!A0", "sep=;", '"', "e\u0323\u0302",
    "\ufffd", "\U0001f990", "Kế hoạch năm 2019", "Lũy kế", "SỐ LIỆU MINH HỌA", "a" * 300,
)  # fmt: skip
XML_VALUES = (
    "", "0", "1", "-1", "2", "9", "17", "99999", "4294967296", "1e300", "nan", "x", "s", "n", "e", "b", "d", "str",
    "inlineStr", "A1", "C2", "A1:C2", "C2:A1", "XFD1048576", "ZZZ1", "A0", "percentage", "float", "date", "string",
    "boolean", "time", "currency", "2019-06-30", "2019-06", "43646", "0.98", "#REF!", "of:=1", "Sheet1", "hidden",
    "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../x.xml", "rId1", "0.00%", "mm/yyyy", "#,##0,", "dd/mm/yyyy",
)  # fmt: skip
PARTS = (
    "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "content.xml", "mimetype",
    "xl/_rels/workbook.xml.rels", "styles.xml", "word/document.xml", "xl/vbaProject.bin", "xl/workbook.bin", "[Content_Types].xml",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1258", "cp1252", "latin-1", "utf-16-le", "utf-16-be")
DELIMITERS = ";,\t|"
KEY = ": "
"""Between a key and its value, in a plan file."""
ZIP = b"PK\x03\x04"


def vocabulary(plan: Plan) -> tuple[str, ...]:
    """What stands in the cells of submissions: headings, codes, names, areas, agencies, periods, numbers, and worse."""
    headings = [words for key, others in COLUMNS.items() for words in (key, *others)]
    subjects = [subject for key, subject in plan.subjects.items()][::3]
    names = [text for subject in subjects for text in (subject.code, subject.name.vi)]
    parties = [party.name.vi for party in (*plan.areas.values(), *plan.agencies.values())]
    return (*headings, *plan.codes, *names, *plan.areas, *parties, *PERIODS * 4, *NUMBERS * 4, *OTHERS)


class Mutator:
    """Makes one input of another, the same each time for the same `seed`."""

    def __init__(self, words: Sequence[str], raw: Raw, limit: int) -> None:
        self.words, self.raw, self.limit = words, raw, limit
        self.chance = random.Random()

    def __call__(self, data: bytes, seed: int) -> bytes:
        self.chance.seed(seed)
        made = self._other(data)
        return made if len(made) <= self.limit else self.raw(data, self.limit)

    def _other(self, data: bytes) -> bytes:
        if self.chance.random() < 0.15:
            return self.raw(data, self.limit)
        if data.startswith(ZIP):
            return self._package(data)
        return self._text(data)

    # Text

    def _text(self, data: bytes) -> bytes:
        text, codec = _decoded(data)
        lines = text.split("\n")
        for _ in range(self.chance.randint(1, 3)):
            change = self.chance.choices((self._cell, self._rows, self._columns), (8, 2, 1))[0]
            change(lines)
        text = "\n".join(lines)
        if self.chance.random() < 0.03:
            text = text.replace(self.chance.choice(DELIMITERS), self.chance.choice(DELIMITERS))
        if self.chance.random() < 0.03:
            text = text.replace("\n", self.chance.choice(("\r\n", "\r", "\n\n")))
        if self.chance.random() < 0.1:
            codec = self.chance.choice(ENCODINGS)
        return text.encode(codec, errors="replace")

    def _cell(self, lines: list[str]) -> None:
        """Another word in a cell; now and then the cell doubled, left out, or put in quotation marks."""
        at = self._below(len(lines))
        delimiter = max((*DELIMITERS, KEY), key=lines[at].count)
        cells = lines[at].split(delimiter)
        column = self._below(len(cells))
        word, kind = self.chance.choice(self.words), self._below(20)
        if kind == 0:
            cells[column] += word
        elif kind == 1:
            cells[column] = f'"{cells[column]}"'
        elif kind == 2:
            cells.insert(column, cells[column])
        elif kind == 3:
            del cells[column]
        elif delimiter in word and kind < 19:
            cells[column] = f'"{word}"'
        else:
            cells[column] = word
        lines[at] = delimiter.join(cells)

    def _rows(self, lines: list[str]) -> None:
        """A row more, a row less, two rows changed about."""
        first, second = self._below(len(lines)), self._below(len(lines))
        kind = self._below(3)
        if kind == 0:
            lines[first], lines[second] = lines[second], lines[first]
        elif kind == 1 and len(lines) > 1:
            del lines[first]
        else:
            lines[second:second] = [lines[first]] * self.chance.choice((1, 1, 1, 2, 20))

    def _columns(self, lines: list[str]) -> None:
        """A column more, with a heading that is known."""
        delimiter = max(DELIMITERS, key=lines[0].count)
        filling = self.chance.choice(self.words)
        for at, line in enumerate(lines[:60]):
            lines[at] = line + delimiter + (filling if at else self.chance.choice(self.words))

    # Workbooks

    def _package(self, data: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = [entry for entry in archive.infolist() if entry.file_size <= 4 * self.limit]
                parts = [(entry.filename, archive.read(entry)) for entry in entries]
        except Exception:  # noqa: BLE001 - a damaged package is an input like any other
            return self.raw(data, self.limit)
        if not parts:
            return self.raw(data, self.limit)
        for _ in range(self.chance.randint(1, 4)):
            if self.chance.random() < 0.06:
                self._parts(parts)
            else:
                # Sheets are what there is most to say of.
                likely = [at for at, (name, _) in enumerate(parts) if "sheet" in name or name in PARTS]
                at = self.chance.choice(likely or range(len(parts)))
                name, part = parts[at]
                parts[at] = name, self._part(part)
        return _zipped(parts)

    def _parts(self, parts: list[tuple[str, bytes]]) -> None:
        """A part left out, doubled, or under another name."""
        at, kind = self._below(len(parts)), self._below(3)
        name, part = parts[at]
        if kind == 0 and len(parts) > 1:
            del parts[at]
        elif kind == 1:
            parts.append((name, parts[self._below(len(parts))][1]))
        else:
            parts[at] = self.chance.choice(PARTS), part

    def _part(self, part: bytes) -> bytes:
        kind = self._below(10)
        if kind == 0:
            return self.raw(part, self.limit)
        if kind == 1:
            return part.decode("utf-8", errors="replace").encode(self.chance.choice(ENCODINGS), errors="replace")
        if kind <= 3:
            return self._element(part)
        spots = [match.span(1) for match in (_ATTRIBUTE if kind <= 6 else _CONTENT).finditer(part)]
        if not spots:
            return self.raw(part, self.limit)
        begin, end = self.chance.choice(spots)
        return part[:begin] + self._value(part[begin:end]) + part[end:]

    def _element(self, part: bytes) -> bytes:
        """An element doubled, left out, or moved."""
        kinds = [found for pattern in _ELEMENTS if (found := [match.span() for match in pattern.finditer(part)])]
        if not kinds:
            return self.raw(part, self.limit)
        elements = self.chance.choice(kinds)
        begin, end = self.chance.choice(elements)
        kind = self._below(3)
        if kind == 0:
            return part[:end] + part[begin:end] * self.chance.choice((1, 2, 30)) + part[end:]
        if kind == 1:
            return part[:begin] + part[end:]
        target, _ = self.chance.choice(elements)
        return part[:target] + part[begin:end] + part[target:]

    def _value(self, value: bytes) -> bytes:
        kind = self._below(4)
        if kind == 0 and value.isdigit():
            return str(int(value[:18]) + self.chance.choice((-1, 1, 10, 1000, 100_000))).encode()
        words = XML_VALUES if kind <= 2 else self.words
        return _escaped(self.chance.choice(words)).encode()

    def _below(self, count: int) -> int:
        return self.chance.randrange(count)


_ATTRIBUTE = re.compile(rb'[\w:-]+="([^"]*)"')
_CONTENT = re.compile(rb">([^<>]*)</")
_NAMES = (
    "c", "c", "row", "v", "f", "t", "si", "xf", "numFmt", "mergeCell", "sheet", "Relationship",
    "w:tbl", "w:tr", "w:tc", "w:p", "w:r", "w:t", "table:table-cell", "table:table-row", "table:table", "text:p", "style:style", "number:date-style",
)  # fmt: skip
_ELEMENTS = [re.compile(rf"<{name}\b[^>]*?(?:/>|>.*?</{name}>)".encode(), re.DOTALL) for name in _NAMES]


def _zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # of two parts with one name
        for name, data in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=1)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _decoded(data: bytes) -> tuple[str, str]:
    """The text of these bytes, and an encoding that has all of it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for codec in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "cp1258"):
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def flipped(chance: random.Random) -> Raw:
    """Changes bytes without a fuzzer: a few are changed, put in, or taken out."""

    def raw(data: bytes, limit: int) -> bytes:
        made = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at, kind = chance.randrange(len(made) + 1), chance.randrange(4)
            if kind == 0:
                made[at:at] = bytes([chance.randrange(256)])
            elif kind == 1:
                del made[at : at + chance.randint(1, 8)]
            elif kind == 2:
                made[at : at + 1] = bytes([chance.choice(b'\0\r\n",;\t|-.%=?<>&\xff\x80')])
            else:
                made[at : at + 1] = bytes([chance.randrange(256)])
        return bytes(made[:limit])

    return raw
