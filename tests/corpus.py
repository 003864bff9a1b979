"""Small files of figures, in every encoding and spoiled in every way that the mail brings: what each must be read as.

Names are those of the bundled plan, notes are such as the sample figures have. The writers here have tables of their
own, not the reader's turned round, so that a slip in one of them shows.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from vinhchau_kpi import rules
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.plan import Plan

SIZES = (3, 10, 30, 100, 300)
"""Rows below the header."""
COPIES = 5
"""Files of each size, heading, scope and delimiter, with other rows and notes in each."""
HEADINGS = {
    "indicator": "Mã chỉ tiêu", "name": "Chỉ tiêu", "unit": "ĐVT", "period": "Kỳ báo cáo", "value": "Thực hiện",
    "area": "Địa bàn", "agency": "Đơn vị báo cáo", "note": "Ghi chú",
}  # fmt: skip
"""The columns of a file, and what they are called where the heading is in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a text became bytes. `rule`: the code of the finding that must refuse it; None where it must be read.

    `is_french`: the text is not Vietnamese, and no business of the reader's.
    """

    name: str
    write: Callable[[str], bytes]
    rule: str | None = None
    is_french: bool = False

    def spoils(self, word: str) -> bool:
        """Whether `word` comes out changed; where letters are lost, whether it lost one."""
        data = self.write(word)
        if self.rule == rules.LOST_LETTERS.code:
            return b"?" in data or "\ufffd".encode() in data
        return data != word.encode()


@dataclass(frozen=True, slots=True)
class Member:
    """One file: its bytes, the text they were made of (NFC), and which kind of file it is.

    `is_sparse`: Vietnamese stands in the notes of one row in ten, and nowhere else below the heading.
    """

    way: Way
    rows: int
    has_vietnamese_heading: bool
    is_sparse: bool
    delimiter: str
    copy: int
    text: str
    data: bytes

    @property
    def marked_words(self) -> int:
        """How many different words have a letter beyond ASCII."""
        return sum(not word.isascii() for word in {*_WORD.findall(self.text)})

    @property
    def spoiled_words(self) -> int:
        """How many different words its way changed."""
        return sum(map(self.way.spoils, {*_WORD.findall(self.text)}))

    def __str__(self) -> str:
        heading = "vi" if self.has_vietnamese_heading else "ascii"
        scope = "notes only" if self.is_sparse else "all columns"
        return f"{self.way.name}, {self.rows} rows, {heading} heading, {scope}, {self.delimiter} #{self.copy}"


def members(sizes: Iterable[int] = SIZES, copies: int = COPIES) -> Iterator[Member]:
    """The corpus, the same each time. A way that leaves a text as it was gives no member."""
    for kind in itertools.product(sizes, (True, False), (True, False), ";,", range(copies)):
        rows, has_vietnamese_heading, is_sparse, delimiter, _ = kind
        texts = [
            _file(random.Random(repr(kind)), rows, has_vietnamese_heading, is_sparse, delimiter, words)
            for words in (_vietnamese(), FRENCH)
        ]
        for way in WAYS:
            text = texts[way.is_french]
            data = way.write(text)
            if not way.rule or data != text.encode():
                yield Member(way, *kind, text, data)


def single_notes() -> Iterator[Member]:
    """The hardest files: one row under a heading in ASCII, and its note, short or long, all there is in Vietnamese."""
    words = _vietnamese()
    texts = [*words.notes, *(name for _, name, _ in words.subjects), *words.areas, *words.agencies]
    for copy, note in enumerate(dict.fromkeys(part for text in texts for part in _beginnings(text))):
        text = _written([["indicator", "period", "value", "note"], ["KT-02", "2019-01", "468", note]], ";")
        for way in (way for way in WAYS if not way.is_french):
            data = way.write(text)
            if not way.rule or data != text.encode():
                yield Member(way, 1, False, True, ";", copy, text, data)


def _beginnings(text: str) -> Iterator[str]:
    """The text up to its first, second and fourth word with a letter beyond ASCII, and whole."""
    words = text.split(" ")
    marked = [n for n, word in enumerate(words, 1) if not word.isascii()]
    for at in (1, 2, 4):
        if at < len(marked):
            yield " ".join(words[: marked[at - 1]]).rstrip(",:;")
    yield text


_WORD = re.compile(r"[^\W\d_]+")


def plan() -> Plan:
    """The bundled plan."""
    found, findings = read_plan(InputFile(bundled()))
    assert found is not None, findings
    return found


# Texts


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the cells that hold words. `subjects`: code, name and unit."""

    subjects: tuple[tuple[str, str, str], ...]
    areas: tuple[str, ...]
    agencies: tuple[str, ...]
    notes: tuple[str, ...]
    headings: dict[str, str]


NOTES = (
    "Chưa đến lịch thả giống (từ 15/01)", "Chỉ làm vụ lúa Mùa, chưa xuống giống", "Chưa thu hoạch",
    "Đã thu hoạch xong", "Đã thu tiền", "Ước thực hiện, chờ số liệu chính thức", "Nghỉ Tết Nguyên đán",
    "Đã đăng ký danh hiệu thi đua đầu năm", "Đã tổng kết năm học", "Số xã, phường đạt / tổng số", "Kết thúc mùa muối",
    "Trồng 1.200 cây ven đường", "Tổ chức 14 buổi ra quân", "Đang khảo sát phần mềm",
    "Chưa có báo cáo của các xã, phường", "Đã vượt kế hoạch năm", "Ký kết thi đua ở 10 xã, phường",
    "Thăm, tặng quà gia đình chính sách dịp Tết", "Cuối năm học 2018 - 2019", "Không có",
    "Ngày hội tổ chức vào tháng 8", "Do mưa bão, tôm chết nhiều", "Giá hành tím giảm mạnh", "Cao hơn cùng kỳ 5%",
    "Hộ nghèo còn 3,2%", "xã Hòa Đông chưa gửi", "Bà con chờ giống mới", "Kiểm tra lại", "Số liệu của Điện lực",
    "Đính chính số tháng 4: bổ sung sản lượng các cơ sở gửi sau ngày chốt 14/4",
    "Mở 02 đợt cao điểm, có báo cáo kết quả",
)  # fmt: skip
"""Remarks such as agencies write."""

FRENCH = Words(
    subjects=(
        ("KT-02", "Superficie consacrée à l'élevage aquatique", "hectares"),
        ("KT-03", "Quantité pêchée en mer, chalutiers côtiers", "tonnes"),
        ("VX-01", "Élèves ayant achevé le collège", "élèves"),
        ("KT-12", "Ménages raccordés au réseau électrique", "ménages"),
    ),
    areas=("Fort-Mahon", "Besançon", "Orléans", "Angoulême", "Nîmes"),
    agencies=("Trésor public", "Bureau de l'éducation", "Santé publique", "Sécurité sociale"),
    notes=(
        "Récolte achevée", "Données provisoires, à confirmer", "Très supérieur à l'année précédente",
        "Où sont les chiffres du préfet ?", "Dû à la sécheresse", "Le maïs a gelé", "Reçu après la clôture",
    ),
    headings={
        "indicator": "indicator", "name": "name", "unit": "unit", "period": "period", "value": "value", "area": "area",
        "agency": "agency", "note": "note (à préciser)",
    },
)  # fmt: skip
"""Text that is no business of the reader's, in an encoding that it must not take for a Vietnamese one."""


@cache
def _vietnamese() -> Words:
    found = plan()
    subjects = [
        (e.indicator.code, e.indicator.name.vi, found.unit_of(e.indicator).name.vi) for e in found.entries.values()
    ]
    subjects += [(c.code, c.name.vi, "có/không") for c, _ in found.commitments.values()]
    return Words(
        subjects=tuple(subjects),
        areas=tuple(party.name.vi for party in found.areas.values()),
        agencies=tuple(party.name.vi for party in found.agencies.values()),
        notes=NOTES,
        headings=HEADINGS,
    )


def _file(
    chance: random.Random, rows: int, has_vietnamese_heading: bool, is_sparse: bool, delimiter: str, words: Words
) -> str:
    columns = ["indicator", "period", "value", "note"] if is_sparse else list(HEADINGS)
    table = [[words.headings[column] if has_vietnamese_heading else column for column in columns]]
    noted = set(chance.sample(range(rows), max(1, rows // 10) if is_sparse else max(1, rows // 2)))
    for n in range(rows):
        code, name, unit = chance.choice(words.subjects)
        cells = {
            "indicator": code,
            "name": name,
            "unit": unit,
            "period": f"2019-{chance.randint(1, 12):02}",
            "value": str(chance.randint(0, 999)),
            "area": chance.choice(words.areas),
            "agency": chance.choice(words.agencies),
            "note": chance.choice(words.notes) if n in noted else "",
        }
        table.append([cells[column] for column in columns])
    return _written(table, delimiter)


def _written(table: list[list[str]], delimiter: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return unicodedata.normalize("NFC", stream.getvalue())


# Ways

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300\u0301\u0303\u0309\u0323"
_TONES = (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)


def _parts(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone: ệ is ê and a dot below."""
    apart = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in apart if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES)), tone


def windows_1258(text: str, *, whole: bool) -> bytes:
    """As Windows writes it; `whole`: letters that the page has with their tone (à, é, ú …) stay as they are."""
    return b"".join(_in_1258(letter, whole=whole) for letter in text)


@cache
def _in_1258(letter: str, *, whole: bool) -> bytes:
    if whole:
        data = letter.encode("cp1258", errors="ignore")
        if data:
            return data
    return "".join(_parts(letter)).encode("cp1258")


_TCVN3 = {
    "a": "a\u00b5\u00b8\u00b6\u00b7\u00b9", "ă": "\u00a8\u00bb\u00be\u00bc\u00bd\u00c6",
    "â": "\u00a9\u00c7\u00ca\u00c8\u00c9\u00cb", "e": "e\u00cc\u00d0\u00ce\u00cf\u00d1",
    "ê": "\u00aa\u00d2\u00d5\u00d3\u00d4\u00d6", "i": "i\u00d7\u00dd\u00d8\u00dc\u00de",
    "o": "o\u00df\u00e3\u00e1\u00e2\u00e4", "ô": "\u00ab\u00e5\u00e8\u00e6\u00e7\u00e9",
    "ơ": "\u00ac\u00ea\u00ed\u00eb\u00ec\u00ee", "u": "u\u00ef\u00f3\u00f1\u00f2\u00f4",
    "ư": "\u00ad\u00f5\u00f8\u00f6\u00f7\u00f9", "y": "y\u00fa\u00fd\u00fb\u00fc\u00fe",
}  # fmt: skip
"""Each vowel without tone and with grave, acute, hook, tilde, dot (TCVN 5712:1993, VN3)."""
_TCVN3_OTHERS = {
    "đ": "\u00ae",
    "Ă": "\u00a1",
    "Â": "\u00a2",
    "Ê": "\u00a3",
    "Ô": "\u00a4",
    "Ơ": "\u00a5",
    "Ư": "\u00a6",
    "Đ": "\u00a7",
}


@cache
def _in_tcvn3(letter: str) -> str:
    """The font has no capitals with tones: they are typed as small letters and shown by a font of capitals."""
    if letter in _TCVN3_OTHERS:
        return _TCVN3_OTHERS[letter]
    base, tone = _parts(letter)
    row = _TCVN3.get(base.lower())
    if row is None or (not tone and base.isascii()):
        return letter
    return row[_TONES.index(tone) + 1 if tone else 0]


def tcvn3(text: str) -> str:
    """The characters that stand in a file typed with a .VnTime font."""
    return "".join(map(_in_tcvn3, text))


_VNI_MARKS = {
    "": "\u00f8\u00f9\u00fb\u00f5\u00ef",
    "\u0302": "\u00e0\u00e1\u00e5\u00e3\u00e4",
    "\u0306": "\u00e8\u00e9\u00fa\u00fc\u00eb",
}
"""What stands behind the vowel for grave, acute, hook, tilde, dot: bare, with circumflex, with breve."""
_VNI_SHAPES = {"": "", "\u0302": "\u00e2", "\u0306": "\u00ea"}
_VNI_HORNED = {"ơ": "\u00f4", "ư": "\u00f6"}
_VNI_LETTERS = {
    "đ": "\u00f1", "ì": "\u00ec", "í": "\u00ed", "ỉ": "\u00e6", "ĩ": "\u00f3", "ị": "\u00f2", "ỵ": "\u00ee",
}  # fmt: skip


@cache
def _in_vni(letter: str) -> str:
    if letter.isascii() or not letter.isalpha():
        return letter
    small = letter.lower()
    code = _VNI_LETTERS.get(small)
    if code is None:
        base, tone = _parts(small)
        apart = unicodedata.normalize("NFD", base)
        bare, shape = (_VNI_HORNED[base], "") if base in _VNI_HORNED else (apart[0], apart[1:])
        code = bare + (_VNI_MARKS[shape][_TONES.index(tone)] if tone else _VNI_SHAPES[shape])
    return code if letter == small else code.upper()


def vni(text: str) -> str:
    """The characters that stand in a file typed with a VNI font."""
    return "".join(map(_in_vni, text))


def misread(text: str, page: str) -> str:
    """What a program shows that takes UTF-8 for a code page of Windows; bytes the page lacks stand for themselves."""
    return "".join(_shown(byte, page) for byte in text.encode())


@cache
def _shown(byte: int, page: str) -> str:
    try:
        return bytes((byte,)).decode(page)
    except UnicodeDecodeError:
        return chr(byte)


_NEAREST = str.maketrans("ăĂđĐĩĨũŨơƠưƯ", "aAdÐiIuUoOuU")
"""What Windows itself writes in windows-1252 for a letter that the page lacks, where it knows one like it."""

WAYS = (
    Way("UTF-8", str.encode),
    Way("UTF-8 with byte-order mark", lambda text: text.encode("utf-8-sig")),
    Way("UTF-8, letters apart (Mac)", lambda text: unicodedata.normalize("NFD", text).encode()),
    Way("UTF-16 LE with byte-order mark", lambda text: b"\xff\xfe" + text.encode("utf-16-le")),
    Way("UTF-16 BE with byte-order mark", lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
    Way("windows-1258, every tone apart", lambda text: windows_1258(text, whole=False)),
    Way("windows-1258, à é ú … whole", lambda text: windows_1258(text, whole=True)),
    Way("French in windows-1252", lambda text: text.encode("cp1252"), rules.ENCODING.code, is_french=True),
    Way("TCVN3 font, bytes", lambda text: tcvn3(text).encode("cp1252"), rules.TCVN3_LETTERS.code),
    Way("TCVN3 font, saved as UTF-8", lambda text: tcvn3(text).encode(), rules.TCVN3_LETTERS.code),
    Way("VNI font, bytes", lambda text: vni(text).encode("cp1252"), rules.VNI_LETTERS.code),
    Way("VNI font, saved as UTF-8", lambda text: vni(text).encode(), rules.VNI_LETTERS.code),
    Way("UTF-8 misread as windows-1252", lambda text: misread(text, "cp1252").encode(), rules.MOJIBAKE.code),
    Way("UTF-8 misread as windows-1258", lambda text: misread(text, "cp1258").encode(), rules.MOJIBAKE.code),
    Way(
        "letters apart (Mac), misread as windows-1252",
        lambda text: misread(unicodedata.normalize("NFD", text), "cp1252").encode(),
        rules.MOJIBAKE.code,
    ),
    Way("misread twice", lambda text: misread(misread(text, "cp1252"), "cp1252").encode(), rules.MOJIBAKE.code),
    Way("question marks, windows-1252", lambda text: text.encode("cp1252", "replace"), rules.LOST_LETTERS.code),
    Way("question marks, windows-1258", lambda text: text.encode("cp1258", "replace"), rules.LOST_LETTERS.code),
    Way(
        "question marks, saved as UTF-8",
        lambda text: text.encode("cp1252", "replace").decode("cp1252").encode(),
        rules.LOST_LETTERS.code,
    ),
    Way(
        "question marks and Windows' nearest letters",
        lambda text: text.translate(_NEAREST).encode("cp1252", "replace"),
        rules.LOST_LETTERS.code,
    ),
    Way(
        "replacement characters (U+FFFD)",
        lambda text: windows_1258(text, whole=True).decode("utf-8", "replace").encode(),
        rules.LOST_LETTERS.code,
    ),
)
