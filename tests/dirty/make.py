"""Makes the corpus of dirty files anew: `python tests/dirty/make.py`. Read the difference before you commit it.

Every file that can be read carries the same six figures, however it is dressed; every other one is refused by name.
`outcomes.csv` says which is which: `read` (with the warnings that go with it) or the rules that stop it, and where.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import openpyxl  # noqa: E402
from corpus import misread, tcvn3, vni, windows_1258  # noqa: E402

HEADER = ["Mã chỉ tiêu", "Chỉ tiêu", "ĐVT", "Kỳ báo cáo", "Thực hiện", "Ngày báo cáo", "Ghi chú"]
ROWS = [
    ["KT-02", "Diện tích nuôi trồng thủy sản", "ha", "T6/2019", "3.342", "18/06/2019", "Chưa kể xã Hòa Đông"],
    ["KT-03", "Tổng sản lượng thủy hải sản", "tấn", "T6/2019", "6.876,5", "18/06/2019", ""],
    ["KT-10", "Sản lượng muối", "tấn", "T6/2019", "0", "18/06/2019", "Đã hết mùa muối"],
    ["KT-11", "Giá trị sản xuất công nghiệp", "tỷ đồng", "T6/2019", "38,064", "18/06/2019", ""],
    ["LD-02", "Giải quyết việc làm mới", "lao động", "T6/2019", "214", "18/06/2019", ""],
    ["YT-02", "Tỷ lệ tiêm chủng đầy đủ 12 loại vắc xin cho trẻ dưới 1 tuổi", "%", "T6/2019", "49,2", "18/06/2019", "Tăng so với tháng 5"],
]  # fmt: skip
NUMBERS = {"3.342": 3342, "6.876,5": 6876.5, "0": 0, "38,064": 38.064, "214": 214, "49,2": 49.2}
ENGLISH = {"3.342": "3,342", "6.876,5": "6,876.5", "38,064": "38.064", "49,2": "49.2"}
VALUE, PERIOD = HEADER.index("Thực hiện"), HEADER.index("Kỳ báo cáo")


@dataclass
class Member:
    name: str
    what: str
    data: bytes
    outcome: str
    """`read`, or the codes of the errors, each `code@place`, separated by blanks."""
    warnings: str = ""
    """Codes of the warnings, each once, in alphabetical order."""
    arguments: str = ""


MEMBERS: list[Member] = []


def add(
    name: str, what: str, data: bytes | str, outcome: str = "read", warnings: str = "", arguments: str = ""
) -> None:
    raw = data.encode() if isinstance(data, str) else data
    MEMBERS.append(Member(name, what, raw, outcome, warnings, arguments))


def text(
    rows: list[list[str]] | None = None, delimiter: str = ";", end: str = "\r\n", header: list[str] | None = None
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([header or HEADER, *(rows or ROWS)])
    return out.getvalue()


def changed(change: Callable[[list[str]], list[str]]) -> list[list[str]]:
    return [change(list(row)) for row in ROWS]


def with_value(change: Callable[[str], str]) -> list[list[str]]:
    return changed(lambda row: [*row[:VALUE], change(row[VALUE]), *row[VALUE + 1 :]])


def english() -> list[list[str]]:
    return with_value(lambda value: ENGLISH.get(value, value))


def one_value(code: str, value: str) -> list[list[str]]:
    return changed(lambda row: [*row[:VALUE], value, *row[VALUE + 1 :]] if row[0] == code else row)


# Encodings

PLAIN = text()
add("utf-8.csv", "UTF-8 without a byte-order mark", PLAIN)
add("utf-8-bom.csv", "“CSV UTF-8” of Excel", PLAIN.encode("utf-8-sig"))
add(
    "utf-16-le.txt", "“Unicode Text” of Excel: UTF-16 with tabs", b"\xff\xfe" + text(delimiter="\t").encode("utf-16-le")
)
add("utf-16-be.txt", "UTF-16, the other byte first", b"\xfe\xff" + text(delimiter="\t").encode("utf-16-be"))
add("windows-1258.csv", "windows-1258, tones behind their vowels", windows_1258(PLAIN, whole=False))
add("windows-1258-whole.csv", "windows-1258 with à, é, ú in one byte", windows_1258(PLAIN, whole=True))
BARE = text(
    changed(lambda row: [*row[:1], "", "", *row[3:6], "Tăng"] if row[6] else [row[0], "", "", *row[3:]]),
    header=["indicator", "name", "unit", "period", "value", "reported_on", "note"],
)
add(
    "windows-1258-said.csv",
    "windows-1258 without a tone, the user says so",
    windows_1258(BARE, whole=True),
    arguments="--encoding windows-1258",
)
add(
    "windows-1258-unproved.csv",
    "windows-1258 without a tone, and nobody says so",
    windows_1258(BARE, whole=True),
    "encoding@2:35",
)
add("mac.csv", "UTF-8 of a Mac: letters and marks apart", unicodedata.normalize("NFD", PLAIN))
add(
    "not-utf-8-as-said.csv",
    "windows-1258 said to be UTF-8",
    windows_1258(PLAIN, whole=True),
    "encoding@1:3",
    arguments="--encoding utf-8",
)
add("utf-16-no-mark.txt", "UTF-16 without its mark", text(delimiter="\t").encode("utf-16-le"), "not-text@1:2")
add("picture.csv", "a picture with another name", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "document-file@")
add("mojibake.csv", "UTF-8 read as windows-1252 and saved", misread(PLAIN, "cp1252"), "mojibake@1:1")
add("mojibake-1258.csv", "UTF-8 read as windows-1258 and saved", misread(PLAIN, "cp1258"), "mojibake@1:1")
add(
    "mojibake-twice.csv",
    "UTF-8 read as windows-1252 and saved, two times over",
    misread(misread(PLAIN, "cp1252"), "cp1252"),
    "mojibake@1:1",
)
add(
    "mojibake-note.csv",
    "one spoiled note in a sound file",
    text(changed(lambda row: [*row[:6], misread(row[6], "cp1252")])),
    "mojibake@2:7",
)
add("tcvn3.csv", "typed with a .VnTime font", tcvn3(PLAIN).encode("cp1252"), "tcvn3-letters@1:1")
add("tcvn3-utf-8.csv", "typed with a .VnTime font, saved as UTF-8", tcvn3(PLAIN), "tcvn3-letters@1:1")
add("vni.csv", "typed with a VNI font", vni(PLAIN).encode("cp1252"), "vni-letters@1:1")
add("vni-utf-8.csv", "typed with a VNI font, saved as UTF-8", vni(PLAIN), "vni-letters@1:1")
add("question-marks.csv", "plain “CSV” of a western Excel", PLAIN.encode("cp1252", "replace"), "lost-letters@1:5")
add(
    "question-marks-1258.csv",
    "plain “CSV” of a Vietnamese Excel",
    PLAIN.encode("cp1258", "replace"),
    "lost-letters@1:5",
)
add(
    "replaced.csv",
    "letters replaced by U+FFFD",
    windows_1258(PLAIN, whole=True).decode("utf-8", "replace"),
    "lost-letters@1:1",
)

# Separators, lines, quotes

add("comma.csv", "comma, decimal commas quoted", text(delimiter=","))
add("comma-english.csv", "comma and decimal points", text(english(), ","))
add("tab.tsv", "tab", text(delimiter="\t"))
add("bar.txt", "vertical bar", text(delimiter="|"))
add("sep.csv", "a first line sep=;", "sep=;\r\n" + PLAIN)
add("sep-quoted.csv", "a first line sep=; quoted and padded", '"sep=;";;;;;;\r\n' + PLAIN)
add("lf.csv", "LF", text(end="\n"))
add("cr.csv", "CR alone", text(end="\r"))
add("mixed-ends.csv", "LF, CR and CRLF in one file", PLAIN.replace("\r\n", "\n", 2).replace("\r\n", "\r", 1))
add("trailing.csv", "separators at every line's end", PLAIN.replace("\r\n", ";;;\r\n"))
add("trailing-rows.csv", "separators at the end of rows alone", PLAIN.replace("\r\n", ";;;\r\n").replace(";;;", "", 1))
add("trailing-header.csv", "separators at the end of the header alone", PLAIN.replace("\r\n", ";;;\r\n", 1))
add("quoted.csv", "every cell quoted", re.sub(r"[^;\r\n]+", lambda m: f'"{m[0]}"', PLAIN))
add(
    "quotes-doubled.csv",
    "quotation marks within a note",
    text(changed(lambda row: [*row[:6], f'"{row[6]}"' if row[6] else ""])),
    "read",
)
add("curly.csv", "curly quotation marks around cells", re.sub(r"[^;\r\n]+", lambda m: f"“{m[0]}”", PLAIN))
add("lines-quoted.csv", "rows quoted as a whole", "".join(f'"{line}"\r\n' for line in PLAIN.splitlines()))
add("line-break.csv", "a note over two lines", text(changed(lambda row: [*row[:6], row[6].replace("xã", "\nxã")])))
add("quote-open.csv", "a quotation mark never closed", PLAIN.replace("Đã hết", '"Đã hết'), "quote-not-closed@4")
add(
    "decimal-comma-bare.csv",
    "decimal commas not quoted between commas",
    PLAIN.replace(";", ","),
    "ragged-row@3:8 ragged-row@5:8 ragged-row@7:8 ambiguous-number@2:5",
)
add("colon.csv", "colons between the columns", PLAIN.replace(";", ":"), "delimiter@1")

# Around the table

HEAD = "ỦY BAN NHÂN DÂN THỊ XÃ VĨNH CHÂU;;;;;;\r\nPHÒNG KINH TẾ;;;;;;\r\n;;;;;;\r\nBÁO CÁO THÁNG 6 NĂM 2019;;;;;;\r\n"
FOOT = ";;;;;;\r\n;;;;;NGƯỜI LẬP BIỂU;\r\n;;;;;Trần Thị Sa Rết;\r\n"
add("title.csv", "a heading block above", HEAD + PLAIN)
add("signature.csv", "a signature below, its lines shorter", PLAIN + "\r\nNgười lập\r\nTrần Thị Sa Rết\r\n")
add("head-and-foot.csv", "a heading block above and a signature below, as the form has them", HEAD + PLAIN + FOOT)
add("total.csv", "a total below", PLAIN + ";Tổng cộng;;T6/2019;10.471;;\r\n", "read", "total-row")
add(
    "total-in-code.csv",
    "a total, said in the code column",
    PLAIN + "Tổng số;;;T6/2019;10.471;;\r\n",
    "read",
    "total-row",
)
add("stt.csv", "a column STT", text(changed(lambda row: ["1", *row]), header=["STT", *HEADER]))
add(
    "blank-columns.csv",
    "blank columns",
    text(changed(lambda row: ["", *row[:2], "", *row[2:]]), header=["", *HEADER[:2], "", *HEADER[2:]]),
)
add("blank-rows.csv", "blank rows between", PLAIN.replace("\r\n", "\r\n;;;;;;\r\n\r\n"))
add("pages.csv", "the header again on each page", PLAIN + text([]).splitlines()[0] + "\r\n;;;;;;\r\n")
add("group-rows.csv", "section headings between the rows", PLAIN.replace("LD-02", "II;LAO ĐỘNG;;;;;\r\nLD-02"))
add(
    "two-row-header.csv",
    "a header of two rows, its upper cells merged",
    "Mã;Chỉ tiêu;ĐVT;Kỳ;Thực hiện;;Ngày báo cáo;Ghi chú\r\n;;;;Trong kỳ;Lũy kế;;\r\n"
    + "".join(";".join([*row[:5], "", *row[5:]]) + "\r\n" for row in ROWS),
)
add(
    "unknown-column.csv",
    "a column nobody knows",
    text(changed(lambda row: [*row, "x"]), header=[*HEADER, "Người nhập"]),
    "read",
    "unknown-column",
)
add(
    "doubled-header.csv",
    "one heading twice",
    text(changed(lambda row: [*row, row[4]]), header=[*HEADER, "Thực hiện"]),
    "doubled-header@1:8",
)
add("no-header.csv", "no header", "\r\n".join(";".join(row) for row in ROWS), "missing-header@1")
add("short-row.csv", "a row that lacks cells", PLAIN.replace("KT-10;Sản lượng muối;tấn;", "KT-10;"), "ragged-row@4:6")

# Headings and names

add(
    "english.csv",
    "English headings in capitals",
    text(header=["INDICATOR", "NAME", "UNIT", "PERIOD", "VALUE", "REPORTED_ON", "NOTE"]),
)
add(
    "no-diacritics.csv",
    "headings without diacritics",
    text(header=["Ma chi tieu", "Chi tieu", "DVT", "Ky bao cao", "Thuc hien", "Ngay bao cao", "Ghi chu"]),
)
add("horn.csv", "the letter ƣ of a PDF for ư", PLAIN.replace("ư", "ƣ"))
add("tone-place.csv", "thuỷ and hoà for thủy and hòa", PLAIN.replace("thủy", "thuỷ").replace("Hòa", "Hoà"))
add(
    "upper-names.csv",
    "names in capitals, codes in small letters",
    text(changed(lambda row: [row[0].lower(), row[1].upper(), *row[2:]])),
)
add(
    "dashes.csv",
    "dashes and numbers before names",
    text(changed(lambda row: [row[0], f"- {row[1]}" if row[0] < "KT-11" else f"1.2. {row[1]}", *row[2:]])),
)
add(
    "names-alone.csv",
    "no codes: names find them",
    text(changed(lambda row: row[1:]), header=HEADER[1:]),
    "read",
    "code-from-name",
)
add(
    "names-bare.csv",
    "no codes, names without diacritics",
    text(
        changed(
            lambda row: [
                "",
                "".join(
                    c for c in unicodedata.normalize("NFD", row[1].replace("đ", "d")) if not unicodedata.combining(c)
                ),
                *row[2:],
            ]
        )
    ),
    "read",
    "code-from-name",
)
add(
    "name-unknown.csv",
    "no code, and a name of no indicator",
    text(changed(lambda row: ["", row[1].replace("muối", "muối hột"), *row[2:]] if row[0] == "KT-10" else row)),
    "missing-code@4:1",
)
add(
    "zero-width.csv",
    "zero-width characters within cells",
    PLAIN.replace("KT-", "KT\u200b-").replace("6.876", "6\u2060.876").replace("T6", "\ufeffT6"),
)
add("direction-marks.csv", "marks of direction around numbers", text(with_value(lambda value: f"\u200e{value}\u200f")))
add(
    "padded.csv",
    "blanks, no-break ones too, around cells",
    re.sub(r"[^;\r\n]+", lambda m: f" \u00a0{m[0]}\u00a0 ", PLAIN),
)

# Numbers

add("no-break-groups.csv", "no-break spaces between thousands", text(with_value(lambda v: v.replace(".", "\u00a0"))))
add("thin-groups.csv", "thin spaces between thousands", text(with_value(lambda v: v.replace(".", "\u202f"))))
add("percent-sign.csv", "a % sign in the row of %", text(one_value("YT-02", "49,2 %")))
add(
    "not-reported.csv",
    "blank and … are not reported",
    text([*ROWS, ["KT-04", "", "ha", "T6/2019", "…", "", ""], ["KT-05", "", "tấn", "T6/2019", "", "", ""]]),
)
add("english-semicolon.csv", "decimal points between semicolons, proved by a cell", text(english()))
add(
    "ambiguous.csv",
    "one number of two readings",
    text([[*ROWS[0][:4], "3,342", *ROWS[0][5:]]], ","),
    "ambiguous-number@2:5",
)
add(
    "ambiguous-said.csv",
    "one number of two readings, and the way of writing said",
    text(english(), "\t"),
    arguments="--numbers en",
)
add("mixed.csv", "both ways of writing in one file", text(one_value("YT-02", "49.2")), "mixed-conventions@7:5")
add("full-width.csv", "full-width digits", text(one_value("LD-02", "２１４")), "bad-number@6:5")
add("arabic.csv", "Arabic-Indic digits", text(one_value("LD-02", "٢١٤")), "bad-number@6:5")
add(
    "overridden.csv",
    "a mark that turns the direction of a number",
    text(one_value("LD-02", "\u202e412")),
    "bad-number@6:5",
)
add("plain-space.csv", "an ordinary space between thousands", text(one_value("KT-02", "3 342")), "bad-number@2:5")
add(
    "words.csv",
    "words in a number: 39 vạn tấn",
    text(one_value("KT-03", "words in a number: 39 vạn tấn")),
    "bad-number@3:5",
)
add(
    "exponent.csv", "an exponent, as Excel shows a long number", text(one_value("KT-02", "3,342E+03")), "bad-number@2:5"
)
add("formula.csv", "a formula", text(one_value("LD-02", "=100+114")), "bad-number@6:5")
add("error-value.csv", "an error value in a text file: #REF!", text(one_value("LD-02", "#REF!")), "bad-number@6:5")
add(
    "date-for-number.csv",
    "a number that Excel made a date of",
    text(one_value("KT-11", "01/06/2019")),
    "bad-number@5:5",
)
add(
    "period-as-date.csv",
    "a period that Excel made a date of",
    text(changed(lambda row: [*row[:3], "Jun-19", *row[4:]])),
    " ".join(f"bad-period@{n}:4" for n in range(2, 8)),
)

# Wide tables


def wide(headings: list[str], cells: Callable[[str], list[str]], above: str = "") -> str:
    header = [*HEADER[:3], *headings, *HEADER[5:]]
    return above + text(changed(lambda row: [*row[:3], *cells(row[VALUE]), *row[5:]]), header=header)


MONTHS = [f"T{n}" for n in range(1, 13)]
ONLY_JUNE: Callable[[str], list[str]] = lambda value: [*[""] * 5, value, *[""] * 6]  # noqa: E731
add("wide.csv", "a row an indicator, a column a month: T1 … T12", wide(MONTHS, ONLY_JUNE))
add("wide-words.csv", "Tháng 1 … Tháng 12", wide([f"Tháng {n}" for n in range(1, 13)], ONLY_JUNE))
add("wide-iso.csv", "2019-01 … 2019-12", wide([f"2019-{n:02}" for n in range(1, 13)], ONLY_JUNE))
add("wide-title.csv", "the year in the title", wide(MONTHS, ONLY_JUNE, "SỐ LIỆU NĂM 2019;;\r\n"))
add(
    "wide-other-year.csv",
    "another year in the title",
    wide(MONTHS, ONLY_JUNE, "SỐ LIỆU NĂM 2018;;\r\n"),
    "period-outside-year@2:9",
)
add(
    "wide-group.csv",
    "months under a heading over them",
    "Mã;Chỉ tiêu;ĐVT;Thực hiện năm 2019;;;Ngày báo cáo;Ghi chú\r\n;;;T4;T5;T6;;\r\n"
    + "".join(";".join([*row[:3], "", "", *row[4:]]) + "\r\n" for row in ROWS),
)
add(
    "wide-plan.csv",
    "monthly targets beside what was done",
    "Mã;Chỉ tiêu;ĐVT;Kế hoạch tháng;;Thực hiện;;Ngày báo cáo;Ghi chú\r\n;;;T5;T6;T5;T6;;\r\n"
    + "".join(";".join([*row[:3], "1", "2", "", *row[4:]]) + "\r\n" for row in ROWS),
    "read",
    "not-actual",
)
add(
    "wide-quarter.csv",
    "a sum over a quarter with blank months",
    wide(["T4", "T5", "T6", "Quý II"], lambda v: ["", "", v, v]),
    "read",
    "total-not-read",
)
add(
    "wide-sum-of-nothing.csv",
    "a sum over nothing, which is 0",
    wide(["T6", "T7", "T8", "T9", "Quý III"], lambda v: [v, "", "", "", "0"]),
    "read",
    "total-not-read",
)
add(
    "wide-cumulative.csv",
    "a cumulative that names no month",
    wide(["T5", "T6", "Lũy kế"], lambda v: ["", v, v]),
    "read",
    "column-without-period",
)
add(
    "wide-and-long.csv",
    "periods in a column and across",
    wide(["Kỳ", "T5", "T6"], lambda v: ["T6/2019", "", v]),
    "mixed-layout@1:4",
)

# Workbooks


def book(rows: list[list[Any]], title: str = "T6", formats: dict[str, str] | None = None) -> Any:
    made = openpyxl.Workbook()
    page = made.active
    page.title = title
    for row in rows:
        page.append(row)
    for cell, code in (formats or {}).items():
        page[cell].number_format = code
    return made


def saved(made: Any) -> bytes:
    """The workbook without what no figure needs, each part dated alike, so that making it again changes nothing."""
    out, slim = io.BytesIO(), io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as parts, zipfile.ZipFile(slim, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            if name.startswith("docProps") or "theme" in name:
                continue
            data = re.sub(rb"<(?:Override|Relationship) [^>]*(?:docProps|theme)[^>]*/>", b"", parts.read(name))
            archive.writestr(zipfile.ZipInfo(name, (2019, 4, 19, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return slim.getvalue()


def typed(value: Callable[[str], Any] = lambda v: NUMBERS[v], period: Any = None) -> list[list[Any]]:
    rows = changed(lambda row: [*row[:3], period or row[3], value(row[4]), date(2019, 6, 18), row[6]])  # type: ignore[list-item]
    return [HEADER, *rows]


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            part = change(name, parts.read(name))
            if part is not None:
                archive.writestr(zipfile.ZipInfo(name, (2019, 4, 19, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
        for name, part in (more or {}).items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 4, 19, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


TYPED = saved(book(typed()))
add("typed.xlsx", "numbers and dates as such", TYPED)
add("texts.xlsx", "everything as text", saved(book([HEADER, *ROWS])))


def with_shared_texts(data: bytes, *, is_declared: bool = True) -> bytes:
    """As Excel itself writes them: each text once, in a part of its own, and cells that point to it.

    `is_declared`: whether the package's list of contents has the part; some programs forget it.
    """
    shared: list[bytes] = []

    def point(match: re.Match[bytes]) -> bytes:
        shared.append(match[2])
        return match[1] + b' t="s"><v>' + str(len(shared) - 1).encode() + b"</v></c>"

    def change(name: str, part: bytes) -> bytes:
        if name.endswith("sheet1.xml"):
            return re.sub(rb'(<c r="[A-Z]+[0-9]+")[^>]* t="inlineStr"><is>(.*?)</is></c>', point, part)
        if name.endswith("workbook.xml.rels"):
            kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
            relation = b'<Relationship Id="rIdS" Type="' + kind + b'" Target="sharedStrings.xml"/>'
            return part.replace(b"</Relationships>", relation + b"</Relationships>")
        if name == "[Content_Types].xml" and is_declared:
            kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/>'
            return part.replace(b"</Types>", entry + b"</Types>")
        return part

    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    changed_parts = repacked(data, change)
    items = b"".join(b"<si>" + text + b"</si>" for text in shared)
    part = b'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="' + main + b'">' + items + b"</sst>"
    return repacked(changed_parts, lambda _, p: p, {"xl/sharedStrings.xml": part})


add("shared.xlsx", "texts shared by the cells, as Excel writes them", with_shared_texts(TYPED))
add(
    "undeclared.xlsx",
    "shared texts in a part that the package does not declare",
    with_shared_texts(TYPED, is_declared=False),
)
add(
    "percent.xlsx",
    "49,2 % as 0.492 with the format of a percent",
    saved(book([*typed()[:6], [*typed()[6][:4], 0.492, *typed()[6][5:]]], formats={"E7": "0.0%"})),
)
add(
    "months.xlsx",
    "periods as dates shown as months",
    saved(book(typed(period=date(2019, 6, 1)), formats={f"D{n}": "mmm-yy" for n in range(2, 8)})),
)
add(
    "months-vi.xlsx",
    "periods as dates shown as months, in Vietnamese",
    saved(book(typed(period=date(2019, 6, 14)), formats={f"D{n}": '[$-42A]"Tháng "m"/"yyyy' for n in range(2, 8)})),
)
add(
    "days.xlsx",
    "periods as dates shown with their day",
    saved(book(typed(period=date(2019, 6, 14)))),
    " ".join(f"period-is-date@T6!D{n}" for n in range(2, 8)),
)
MERGED = book([*typed()[:2], *([*row[:3], None, *row[4:]] for row in typed()[2:])])
MERGED.active.merge_cells("D2:D7")
add("merged-period.xlsx", "one period in a cell merged over all rows", saved(MERGED))
SHIFTED = openpyxl.Workbook()
SHIFTED.active.title = "T6"
SHIFTED.active["C3"] = "BÁO CÁO THÁNG 6"
for at, row in enumerate(typed()):
    for n, value in enumerate(row):
        SHIFTED.active.cell(5 + at, 3 + n).value = value
add("shifted.xlsx", "the table begins at C5", saved(SHIFTED))
GUIDE = book(typed())
GUIDE.create_sheet("Hướng dẫn", 0)["A1"] = "Mỗi chỉ tiêu một dòng."
add("guide.xlsx", "a sheet of guidance before", saved(GUIDE))
DRAFT = book(typed())
DRAFT.create_sheet("Nháp")["A1"] = 5
add("draft.xlsx", "a sheet of scribbled numbers", saved(DRAFT), "read", "sheet-not-read")
TWO = book(typed())
TWO.create_sheet("T5").append(HEADER)
add("two-sheets.xlsx", "two sheets with a header, one of them without rows", saved(TWO), "read", "nothing-reported")
add("two-sheets-said.xlsx", "two sheets with a header, one of them said", saved(TWO), arguments="--sheet t6")
TWO["T5"].sheet_state = "hidden"
add("hidden-sheet.xlsx", "the other sheet is hidden", saved(TWO))
add(
    "wide.xlsx",
    "a wide sheet",
    saved(book([[*HEADER[:3], "T5", "T6", *HEADER[5:]], *([*row[:3], None, *row[4:]] for row in typed()[1:])])),
)
add("workbook.csv", "a workbook called .csv", TYPED)
add("text.xlsx", "a text called .xlsx", PLAIN)
add(
    "error.xlsx",
    "an error value in a workbook: #DIV/0!",
    repacked(TYPED, lambda n, p: p.replace(b'<c r="E6" t="n"><v>214</v></c>', b'<c r="E6" t="e"><v>#DIV/0!</v></c>')),
    "bad-number@T6!E6",
)
add(
    "no-result.xlsx",
    "a formula that nothing has computed",
    saved(book(typed(lambda v: "=100+114" if v == "214" else NUMBERS[v]))),
    "bad-number@T6!E6",
)
add(
    "scaled.xlsx", "a format that hides thousands", saved(book(typed(), formats={"E2": "#,##0.0,"})), "bad-number@T6!E2"
)
add(
    "ambiguous.xlsx",
    "a text of two readings among numbers",
    saved(book(typed(lambda v: "3.342" if v == "3.342" else NUMBERS[v]))),
    "ambiguous-number@T6!E2",
)
MERGED_FIGURE = book([*typed()[:3], [*typed()[3][:4], None, *typed()[3][5:]], *typed()[4:]])
MERGED_FIGURE.active.merge_cells("E3:E4")
add("merged-figure.xlsx", "one number beside two rows", saved(MERGED_FIGURE), "merged-figure@T6!E3")
add(
    "tcvn3.xlsx",
    "a workbook typed with a .VnTime font",
    saved(book([[tcvn3(cell) for cell in row] for row in [HEADER, *ROWS]])),
    "tcvn3-letters@T6!A1",
)
add(
    "macro.xlsm",
    "a workbook with macros",
    repacked(TYPED, lambda _, p: p, {"xl/vbaProject.bin": b"\xcc\x61"}),
    "spreadsheet-file@",
)
add(
    "binary.xlsb",
    "a binary workbook without its sheets",
    repacked(TYPED, lambda n, p: None if n == "xl/workbook.xml" else p, {"xl/workbook.bin": b"\x83\x01"}),
    "missing-header@!1",
)
add(
    "letter.docx",
    "a letter of Word",
    repacked(TYPED, lambda n, p: None if n.startswith("xl/") else p, {"word/document.xml": b"<w/>"}),
    "document-file@",
)
add("page.xls", "a web page called .xls", "<html><table><tr><td>KT-02</td></tr></table></html>", "spreadsheet-file@")
add("old.xls", "half a workbook of before 2007", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "broken-workbook@")
add(
    "locked.xlsx",
    "a workbook with a password",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(96),
    "encrypted-workbook@",
)
add("cut.xlsx", "a workbook cut off", TYPED[: len(TYPED) // 2], "broken-workbook@")
add(
    "gutted.xlsx",
    "a workbook without its sheet",
    repacked(TYPED, lambda n, p: None if "sheet1" in n else p),
    "broken-workbook@",
)
add(
    "declared.xlsx",
    "a workbook that declares entities",
    repacked(
        TYPED,
        lambda n, p: (
            p.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1) if n.endswith("sheet1.xml") else p
        ),
    ),
    "broken-workbook@",
)
FAR = book(typed())
FAR.active["XFD1048576"] = "x"
add("far.xlsx", "one cell in the last corner of the sheet", saved(FAR), "workbook-too-large@")
add(
    "bomb.xlsx",
    "210 MB of blanks packed into 200 KB",
    repacked(
        TYPED,
        lambda n, p: p.replace(b"<sheetData>", b"<sheetData>" + b" " * 210_000_000) if n.endswith("sheet1.xml") else p,
    ),
    "workbook-too-large@",
)


def ods(cells: list[list[str]], settings: str = "") -> bytes:
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="T6"><table:table-column table:number-columns-repeated="16384"/>{rows}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        f"</table:table></office:spreadsheet></office:body></office:document-content>{settings}"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        ' manifest:version="1.2"><manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml"'
        ' manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in (
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", content),
        ):
            archive.writestr(
                zipfile.ZipInfo(name, (2019, 4, 19, 0, 0, 0)),
                part,
                zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def cell(value: str) -> str:
    if value in NUMBERS:
        return f'<table:table-cell office:value-type="float" office:value="{NUMBERS[value]}"><text:p>{value}</text:p></table:table-cell>'
    if value == "18/06/2019":
        return f'<table:table-cell office:value-type="date" office:date-value="2019-06-18"><text:p>{value}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if value
        else "<table:table-cell/>"
    )


SHEET = [[cell(value) for value in row] for row in [HEADER, *ROWS]]
add("typed.ods", "a sheet of OpenDocument", ods(SHEET))
PERCENT = (
    '<table:table-cell office:value-type="percentage" office:value="0.492"><text:p>49,2%</text:p></table:table-cell>'
)
add("percent.ods", "a percent of OpenDocument", ods([[c.replace(cell("49,2"), PERCENT) for c in row] for row in SHEET]))
ERROR = '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>'
add(
    "error.ods",
    "an error of OpenDocument",
    ods([[c.replace(cell("214"), ERROR) for c in row] for row in SHEET]),
    "bad-number@T6!E6",
)
REPEATED = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
add("repeated.ods", "a cell repeated without end", ods([*SHEET, *[[REPEATED]] * 400]), "workbook-too-large@")

if __name__ == "__main__":
    folder = HERE / "files"
    for old in folder.iterdir():
        old.unlink()
    for member in MEMBERS:
        (folder / member.name).write_bytes(member.data)
    with (HERE / "outcomes.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["file", "what", "outcome", "warnings", "arguments"])
        out.writerows([m.name, m.what, m.outcome, m.warnings, m.arguments] for m in MEMBERS)
    sys.stdout.write(f"{len(MEMBERS)} files\n")
