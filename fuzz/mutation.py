"""One input made of another: a table with another cell, the same text in other bytes, a workbook with another part.

Changed byte by byte, a packed workbook is only ever a damaged one, and a table rarely another table. So what is
changed is mostly what a reader looks at: cells, rows, elements, attributes, records, names of parts.
"""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Sequence

from vinhchau_kpi.intake.cut.headings import COLUMNS
from vinhchau_kpi.intake.open import binary
from vinhchau_kpi.intake.open.ole import Compound
from vinhchau_kpi.intake.open.signature import OLE
from vinhchau_kpi.intake.open.walk import Broken
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
    "\ufffd", "\U0001f990", "Kế hoạch năm 2019", "Lũy kế", "SỐ LIỆU MINH HỌA", "a" * 300, "\x1b[2J\x1b]0;x\a", "\x9b31m", "\ufffe",
    "\u2028", "[bold]", "<b onclick=x>", "&#0;", "{{ x }}", "%s%n", "-x", "\u0661", "\u01a3", "1E+999999999", "nan", "Infinity", "\t", "`",
)  # fmt: skip
XML_VALUES = (
    "", "0", "1", "-1", "2", "9", "17", "99999", "4294967296", "1e300", "nan", "x", "s", "n", "e", "b", "d", "str",
    "inlineStr", "A1", "C2", "A1:C2", "C2:A1", "XFD1048576", "ZZZ1", "A0", "percentage", "float", "date", "string",
    "boolean", "time", "currency", "2019-06-30", "2019-06", "43646", "0.98", "#REF!", "of:=1", "Sheet1", "hidden",
    "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../x.xml", "rId1", "0.00%", "mm/yyyy", "#,##0,", "dd/mm/yyyy",
)  # fmt: skip
ODDITIES = (
    b"<!-- -->", b"<?x y?>", b"<![CDATA[1]]>", b"&#49;", b"&#x31;", b"&#0;", b"&#13;", b"&#x1b;", b"&lt;", b"&x;", b"<v>7</v>", b"<x:v>7</x:v>",
    b"<is><t>7</t></is>", b"<r><t>7</t></r>", b'<x xmlns="urn:x"><v>7</v></x>', b"<f>1+1</f>", b'<c r="C2"><v>9</v></c>', b'<text:s text:c="9"/>',
    b"<text:p>7</text:p>", b"<text:span>7</text:span>", b"<w:br/>", b"<w:t>7</w:t>", b"<w:vMerge/>", b'<w:gridSpan w:val="3"/>', b"\0", b"\r",
)  # fmt: skip
"""What XML may have inside an element."""
ATTRIBUTES = (
    b' t="s"', b' t="n"', b' t="inlineStr"', b' s="1"', b' r="C2"', b' hidden="1"', b' xmlns:x="urn:x"', b' xmlns="urn:x"', b' ref="A1:C9"',
    b' xml:space="preserve"', b' table:number-columns-repeated="3"', b' table:number-rows-repeated="3"', b' office:value="7"',
    b' office:value-type="float"', b' office:value-type="string"', b' table:formula="of:=1"', b' table:number-columns-spanned="2"',
)  # fmt: skip
SIZES = (0, 1, 2, 3, 7, 8, 15, 16, 127, 128, 255, 256, 1000, 16_383, 16_384, 32_767, 32_768, 65_535)
"""Numbers of two bytes in a record."""
WIDE = (0, 1, 3, 255, 65_535, 65_536, 1_048_575, 1_048_576, 2**31 - 1, 2**31, 2**32 - 1, 0x40590000)
"""Numbers of four bytes in a record."""
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
        if data.startswith(OLE):
            return self._old(data)
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
                parts[at] = name, self._records(part) if name.endswith(".bin") else self._part(part)
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
        kind = self._below(14)
        if kind == 0:
            return self.raw(part, self.limit)
        if kind == 1:
            return part.decode("utf-8", errors="replace").encode(self.chance.choice(ENCODINGS), errors="replace")
        if kind <= 3:
            return self._element(part)
        if kind <= 7:
            return self._inside(part)
        spots = [match.span(1) for match in (_ATTRIBUTE if kind <= 10 else _CONTENT).finditer(part)]
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

    def _inside(self, part: bytes) -> bytes:
        """An element with something odd in it, with an attribute more or less, or under another's name."""
        kind = self._below(4)
        spots = [match.span(1) for match in (_CONTENT, _NAME, _PAIR, _LEAF)[kind].finditer(part)]
        if not spots:
            return self.raw(part, self.limit)
        begin, end = self.chance.choice(spots)
        if kind == 0:
            at = self.chance.randint(begin, end)
            return part[:at] + self.chance.choice(ODDITIES) + part[at:]
        if kind == 1:
            return part[:end] + self.chance.choice(ATTRIBUTES) + part[end:]
        if kind == 2:
            return part[:begin] + part[end:]
        first, last = self.chance.choice(spots)
        return part[:begin] + part[begin:].replace(part[begin:end], part[first:last], 2)

    # Records

    def _old(self, data: bytes) -> bytes:
        """An .xls with other records in the places of its own: the file around them stays as it is."""
        try:
            stream = Compound(data).stream("Workbook")
        except (Broken, KeyError, struct.error, ValueError, IndexError):
            return self.raw(data, self.limit)
        begin, at = data.find(stream[:512]), 0
        spots: list[tuple[int, int]] = []
        while begin >= 0 and at + 4 <= len(stream) and data[begin : begin + len(stream)] == stream:
            size = struct.unpack_from("<H", stream, at + 2)[0]
            spots.append((begin + at, size))
            at += 4 + size
        if not spots:
            return self.raw(data, self.limit)
        made = bytearray(data)
        for _ in range(self.chance.randint(1, 4)):
            at, size = self.chance.choice(spots)
            other, _ = self.chance.choice([spot for spot in spots if spot[1] == size])
            kind = self._below(8)
            if kind == 0:
                made[at : at + 4 + size] = made[other : other + 4 + size]
            elif kind == 1:
                made[at : at + 2] = made[other : other + 2]
            elif kind == 2:
                made[at + 2 : at + 4] = struct.pack("<H", self.chance.choice(SIZES))
            else:
                made[at + 4 : at + 4 + size] = self._payload(bytes(made[at + 4 : at + 4 + size]))
        return bytes(made)

    def _records(self, part: bytes) -> bytes:
        """A part of an .xlsb with a record changed, doubled, left out or moved."""
        try:
            found = list(binary.records(part))
        except IndexError:
            found = []
        if not found:
            return self.raw(part, self.limit)
        at, other = self._below(len(found)), self._below(len(found))
        kind = self._below(8)
        if kind == 0:
            found[at:at] = [found[other]]
        elif kind == 1:
            del found[at]
        elif kind == 2:
            found[at] = found[other][0], found[at][1]
        elif kind == 3:
            word = self.chance.choice(self.words)
            found[at] = found[at][0], found[at][1][:8] + struct.pack("<I", len(word)) + word.encode("utf-16-le")
        else:
            found[at] = found[at][0], self._payload(found[at][1])
        return b"".join(map(_record, found))

    def _payload(self, data: bytes) -> bytes:
        """Another number of one, two, four or eight bytes somewhere in a record."""
        width = self.chance.choice((1, 2, 4, 8))
        number = {
            1: bytes([self.chance.randrange(256)]),
            2: struct.pack("<H", self.chance.choice(SIZES)),
            4: struct.pack("<I", self.chance.choice(WIDE)),
            8: struct.pack(
                "<d", self.chance.choice((0.0, -1.0, 0.98, 468.0, 1e300, -1e-300, 43646.0, float("nan"), float("inf")))
            ),
        }[width]
        at = self.chance.randrange(max(1, len(data) - width + 1))
        return (data[:at] + number + data[at + width :])[: len(data)]

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
_NAME = re.compile(rb"<([\w:-]+)")
_PAIR = re.compile(rb'(\s[\w:-]+="[^"]*")')
_LEAF = re.compile(rb"<([\w:-]+)\b[^<>]*>[^<>]*</\1>")
_NAMES = (
    "c", "c", "row", "v", "f", "t", "si", "xf", "numFmt", "mergeCell", "sheet", "Relationship",
    "w:tbl", "w:tr", "w:tc", "w:p", "w:r", "w:t", "table:table-cell", "table:table-row", "table:table", "text:p", "style:style", "number:date-style",
)  # fmt: skip
_ELEMENTS = [re.compile(rf"<{name}\b[^>]*?(?:/>|>.*?</{name}>)".encode(), re.DOTALL) for name in _NAMES]


def _record(record: tuple[int, bytes]) -> bytes:
    kind, data = record
    head = [kind] if kind < 128 else [kind & 0x7F | 0x80, kind >> 7]
    size = len(data)
    while size > 127:
        head.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([*head, size]) + data


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
