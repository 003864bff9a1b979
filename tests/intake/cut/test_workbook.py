"""Workbooks: typed cells as a person sees them, and packages that are measured before they are opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import opendocument
import openpyxl
import pytest
from opendocument import Raw
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell
from vinhchau_kpi.intake.cut.workbook import read_workbook
from vinhchau_kpi.intake.open import package, walk
from vinhchau_kpi.intake.open.signature import is_workbook
from vinhchau_kpi.intake.open.walk import Mark, Marked
from vinhchau_kpi.intake.open.xlsx import mark_of_format
from vinhchau_kpi.number import Fault

HEADER = ["mã chỉ tiêu", "kỳ", "thực hiện"]


def book(*rows: list[Any], formats: dict[str, str] | None = None) -> bytes:
    made = openpyxl.Workbook()
    page: Any = made.active
    page.title = "T6"
    for row in (HEADER, *rows):
        page.append(row)
    for cell, code in (formats or {}).items():
        page[cell].number_format = code
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(name, change(name, parts.read(name)))
    return out.getvalue()


def grid(data: bytes, name: str | None = None) -> Grid:
    """The sheet that is read."""
    sheet = read_workbook(data, "x.xlsx", name).sheet
    assert sheet is not None
    return sheet.grid()


def cell(value: Any, code: str = "General") -> Any:
    """How a value under a number format is read."""
    read = grid(book(["KT-02", "T6/2019", value], formats={"C2": code}))
    return read.records[1].cells[2]


def rule(data: bytes, sheet: str | None = None) -> list[str]:
    return [finding.rule.code for finding in read_workbook(data, "x.xlsx", sheet).findings]


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("General", None), ("0.00", None), ("#,##0", None), ("#,##0.###", None), ("0%", Mark.PERCENT), ("0.00 %", Mark.PERCENT),
        ("mmm-yy", Mark.MONTH), ("mm/yyyy", Mark.MONTH), ('"Tháng "m"/"yyyy', Mark.MONTH),
        ("[$-42A]mmmm yyyy", Mark.MONTH), ("dd/mm/yyyy", None), ("yyyy", None), ("mm:ss", None), ("mm:ss.0", None),
        ("#,##0,", Mark.SCALED), ("#,##0;[Red]-#,##0", None), ("@", None), ("#,##0_);(#,##0)", None), ("0.00E+00", None),
        ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', None),
        ("#,##0;-#,##0;;@", Mark.ZERO_UNSEEN), (";;;", Mark.UNSEEN), ('"Đạt"', Mark.UNSEEN), ("[<1000]0;[>=1000]0,", Mark.SCALED),
        ('[=0]"-";0.00%', Mark.PERCENT), ("0;0%", Mark.SCALED), ('0;-0" tỷ"', Mark.SCALED), ('0%" triệu"', Mark.SCALED),
        ('#,##0",000"', Mark.SCALED), ('#,##0," ha"', Mark.SCALED), ('0" (1)"', Mark.SCALED),
    ],
)  # fmt: skip
def test_what_a_number_format_says(code: str, mark: Mark | None) -> None:
    """A format can make a percent, hide a day, hide or add digits, and show nothing; colours in it count for nothing."""
    found = mark_of_format(code)
    assert found == (None if mark is None else Marked(mark))


@pytest.mark.parametrize(
    ("code", "words", "power"),
    [
        ('0.000" tỷ"', "tỷ", 0), ('#,##0" tr.đ"', "tr.đ", 0), ('#,##0" nghi\u0300n"', "nghi\u0300n", 0), ('0.0"%"', "%", 0), ("0\\%", "%", 0),
        ('0" tấn"', "tấn", 0), ("#,##0\\ \\t\\r\\i\\ệ\\u", "triệu", 0), ("#,##0 [$₫-42A]", "₫", 0), ('"VND "0', "VND", 0),
        ('"khoảng "0" tỷ"', "tỷ", 0), ('"tỷ: "0" (ước)"', "tỷ:", 0), ('#,##0.0,,"tr"', "tr", 6), ('0.0,,"M"', "M", 6), ('0,"k"', "k", 3),
        ('_(* #,##0" tỷ"_);_(* (#,##0" tỷ");_(* "-"??_);_(@_)', "tỷ", 0), ('0" m2"', "m2", 0), ("0 tỷ", "tỷ", 0),
    ],
)  # fmt: skip
def test_words_of_a_number_format(code: str, words: str, power: int) -> None:
    """What a format writes beside a number is kept, however it is marked as text; and how many thousands it hides."""
    assert mark_of_format(code) == Marked(Mark.WORDS, words, power)


def styled(value: Any, **font: Any) -> Cell:
    """How a value is read whose cell has such a font."""
    made = openpyxl.Workbook()
    page: Any = made.active
    page.append(HEADER)
    page.append(["KT-02", "T6/2019", value])
    page["C2"].font = Font(**font)
    return grid(saved(made)).records[1].cells[2]


def test_raised_and_struck_characters_are_no_digits() -> None:
    """A cell with some of them is no number, one that is struck out whole is not reported; texts with letters stay texts."""
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    for rich in (CellRichText("1200", TextBlock(raised, "1")), CellRichText(TextBlock(struck, "1200"), "1300")):
        found = styled(rich)
        assert isinstance(found, NumberCell)
        assert (found.value, found.seen) == (Fault.RAISED, "".join(map(str, rich)))
    assert styled(CellRichText("98,5", TextBlock(raised, " % "))) == "98,5 % "
    assert styled(CellRichText("1200", TextBlock(InlineFont(b=True), "1"))) == "12001"
    assert styled(CellRichText("đất (m", TextBlock(raised, "2"), ")")) == "đất (m2)"
    assert styled(215, strike=True) == NumberCell(Fault.STRUCK, seen="215")
    assert styled("215", strike=True) == NumberCell(Fault.STRUCK, seen="215")
    assert styled(215, vertAlign="subscript") == NumberCell(Fault.RAISED, seen="215")
    assert styled("chưa có", strike=True) == "chưa có"
    assert styled(CellRichText("1200", TextBlock(InlineFont(b=True), "1")), strike=True) == NumberCell(
        Fault.RAISED, seen="12001"
    )
    assert styled(CellRichText(TextBlock(InlineFont(b=True), "1200")), strike=True) == "1200"


STYLES = (
    '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>'
    '<style:style style:name="out" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="base" style:family="table-cell"><style:text-properties style:text-line-through-type="single"/>'
    '</style:style><style:style style:name="gone" style:family="table-cell" style:parent-style-name="base"/>'
    '<number:number-style style:name="N1"><number:number number:display-factor="1000000"/></number:number-style>'
    '<style:style style:name="M" style:family="table-cell" style:data-style-name="N1"/>'
)


@pytest.mark.parametrize(
    ("kind", "style", "shown", "read"),
    [
        ("string", "", '1200<text:span text:style-name="up">1</text:span>', NumberCell(Fault.RAISED, seen="12001")),
        ("string", "", '<text:span text:style-name="out">1200</text:span>', NumberCell(Fault.STRUCK, seen="1200")),
        ("string", "", '120<text:span text:style-name="bold">0</text:span>', "1200"),
        ("string", "", 'm<text:span text:style-name="up">2</text:span>', "m2"),
        ("float", "gone", "1200", NumberCell(Fault.STRUCK, seen="1200")),
        ("float", "", "1.200 tỷ", NumberCell(Decimal(1200), words="tỷ")),
        ("float", "", "1.200,000", NumberCell(Decimal(1200))),
        ("float", "", "1.200,000đ", NumberCell(Decimal(1200), words="đ")),
        ("float", "", "1.200.000 x 3", NumberCell(Fault.SCALED, seen="1200")),
        ("float", "", "Đạt", NumberCell(Fault.UNSEEN, seen="1200")),
        ("float", "M", "0 tr", NumberCell(Decimal("0.0012"), words="tr")),
        ("float", "M", "0", NumberCell(Fault.SCALED, seen="1200")),
    ],
)
def test_an_open_document_cell_is_read_as_it_is_seen(kind: str, style: str, shown: str, read: Cell) -> None:
    """Words and hidden thousands of a format, and characters that are raised or struck out, are seen in .ods too; a remark
    on the cell is none of it."""
    value = ' office:value="1200"' if kind == "float" else ""
    named = f' table:style-name="{style}"' if style else ""
    cell = (
        f'<table:table-cell office:value-type="{kind}"{value}{named}>'
        f"<text:p>{shown}</text:p><office:annotation><text:p>xem nghìn</text:p></office:annotation></table:table-cell>"
    )
    found = grid(opendocument.workbook(HEADER, ["KT-02", "T6/2019", Raw(cell)], styles=STYLES)).records[1].cells[2]
    assert found == read or (isinstance(found, str) and found.startswith(str(read)))


def test_cells_are_read_as_a_person_sees_them() -> None:
    """Numbers, percents, dates, months, truth and text each come as what stands on the screen."""
    assert cell(28500.5) == NumberCell(Decimal("28500.5"))
    assert cell(0.982, "0.0%") == NumberCell(Decimal("0.982"), is_percent=True)
    assert str(cell(0.982, "0.0%")) == "98.2%"
    assert cell(date(2019, 6, 18), "dd/mm/yyyy") == "2019-06-18"
    assert cell(date(2019, 6, 18), "mm/yyyy") == "2019-06"
    assert cell(datetime(2019, 6, 18, 8, 30), "dd/mm/yyyy") == "2019-06-18"  # noqa: DTZ001
    assert cell(time(8, 30), "hh:mm") == "08:30:00"
    assert cell(value=True) == "TRUE"
    assert cell("28.500") == "28.500"


def test_cells_that_show_no_number() -> None:
    """Errors, formulas without a result and hidden thousands are no blanks: each is a number that cannot be taken."""
    assert cell("=1+1").value is Fault.NO_RESULT
    assert cell(28500, "#,##0.0,").value is Fault.SCALED
    assert cell(3926000000, '0.0,,"M"') == NumberCell(Decimal(3926), words="M")
    assert str(cell(28500, "#,##0.0,")) == "28500"
    assert cell(1e300).value is Fault.TOO_LONG
    made = openpyxl.Workbook()
    page: Any = made.active
    page.append(HEADER)
    page.append(["KT-02", "T6/2019", "#REF!"])
    page["C2"].data_type = "e"
    read = grid(saved(made))
    assert read.records[1].cells[2] == NumberCell(Fault.ERROR_VALUE, seen="#REF!")


def test_an_error_in_the_last_row_is_not_lost() -> None:
    """A row that holds nothing but an error, below all that has values, is still a row."""
    read = grid(book(["KT-02", "T6/2019", 1], [None, None, None, None, "=1/0"]))
    assert [record.line for record in read.records] == [1, 2, 3]
    assert not read.records[2].is_blank


def test_what_is_a_workbook_is_seen_by_its_bytes() -> None:
    """The file's name decides nothing."""
    assert is_workbook(book())
    assert is_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert is_workbook(b"\xef\xbb\xbf\r\n<html>")
    assert not is_workbook("mã;kỳ\n".encode())
    assert not is_workbook(b"")


def test_every_sheet_and_what_became_of_it() -> None:
    """The one sheet with a header is read; others are named where they have numbers; hidden ones only where asked for."""
    made = openpyxl.Workbook()
    page: Any = made.active
    page.title = "T6"
    page.append(HEADER)
    made.create_sheet("Ghi chú").append(["Gửi trước ngày 16"])
    hidden: Any = made.create_sheet("Cũ")
    hidden.append(HEADER)
    hidden.sheet_state = "hidden"
    opened = read_workbook(saved(made), "x.xlsx")
    assert opened.sheet is not None
    assert (opened.sheet.name, opened.passed_over, opened.findings) == ("T6", ("Ghi chú", "Cũ"), [])
    named = grid(saved(made), "CŨ")
    assert named.sheet == "Cũ"
    assert rule(saved(made), "T7") == ["no-such-sheet"]
    made["Ghi chú"].append([16])
    assert rule(saved(made)) == ["sheet-not-read"]
    made["Cũ"].sheet_state = "visible"
    assert read_workbook(saved(made), "x.xlsx").names == ("T6", "Cũ")


def test_what_is_looked_at_is_what_is_read() -> None:
    """A part whose header lies about its size is damage, and never unpacked past what it says."""
    data = bytearray(book(["KT-02", "T6/2019", 1]))
    name = b"xl/worksheets/sheet1.xml"
    at = data.rindex(name) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert rule(bytes(data)) == ["broken-workbook"]


def limit_to(most: int, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (package, walk):
        if hasattr(module, limit):
            monkeypatch.setattr(module, limit, most)


@pytest.mark.parametrize("limit", ["UNPACKED_LIMIT", "CELLS_LIMIT", "TEXT_LIMIT", "PARTS_LIMIT", "MERGED_LIMIT"])
def test_limits(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook over any of the limits is refused before it is opened."""
    limit_to(5, limit, monkeypatch)
    made = openpyxl.Workbook()
    page: Any = made.active
    for row in (HEADER, ["KT-02", "T6/2019", 1], ["KT-03", "T6/2019", 1]):
        page.append(row)
    page.merge_cells("A4:C5")
    page["A6"] = "x"
    assert rule(saved(made)) == ["workbook-too-large"]


def test_sheets_share_their_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many sheets of a permitted size are together as large as they are."""
    made = openpyxl.Workbook()
    for name in ("a", "b", "c"):
        made.create_sheet(name)["J10"] = "x"
    limit_to(250, "CELLS_LIMIT", monkeypatch)
    assert rule(saved(made)) == ["workbook-too-large"]
    limit_to(301, "CELLS_LIMIT", monkeypatch)
    assert rule(saved(made)) == []


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    """A range merged down to the last row of all reaches no further than the rows that there are."""
    merge = b'</sheetData><mergeCells><mergeCell ref="E2:ALL1048576"/></mergeCells>'
    data = changed(book(["KT-02", "T6/2019", 1]), lambda _, part: part.replace(b"</sheetData>", merge))
    read = grid(data)
    assert len(read.merged) < 1000


def test_damage_of_many_kinds() -> None:
    """Bytes, XML and relations that are not as they should be end in a finding, never in an exception."""
    sound = book(["KT-02", "T6/2019", 1])
    for cut in range(0, len(sound), 97):
        assert rule(sound[:cut]) in ([], ["broken-workbook"])
    damages: list[Callable[[str, bytes], bytes]] = [
        lambda n, p: b"" if n.endswith("sheet1.xml") else p,
        lambda n, p: p[:-40] if n.endswith("sheet1.xml") else p,
        lambda n, p: p.replace(b"sheet1", b"sheet9") if n.endswith(".rels") else p,
        lambda n, p: p.replace(b'r:id="rId1"', b'r:id="rId9"') if n.endswith("workbook.xml") else p,
        lambda n, p: p.replace(b'r="C2"', b'r="C0"').replace(b's="0"', b's="x"') if n.endswith("sheet1.xml") else p,
        lambda n, p: p.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 200) if n.endswith("sheet1.xml") else p,
    ]
    for damage in damages:
        assert set(rule(changed(sound, damage))) <= {"broken-workbook"}


def test_a_zero_that_nobody_sees_is_no_zero() -> None:
    """Where the sheet or the format shows nothing for 0, a template of formulas would report 0 for every blank row."""
    assert cell(0, "#,##0;-#,##0;;@").value is Fault.UNSEEN
    assert cell(5, "#,##0;-#,##0;;@") == NumberCell(Decimal(5))
    assert cell(5, ";;;").value is Fault.UNSEEN
    hidden = changed(
        book(["KT-02", "T6/2019", 0], ["KT-03", "T6/2019", 7]),
        lambda _, part: part.replace(b"<sheetView ", b'<sheetView showZeros="0" '),
    )
    read = grid(hidden)
    zero, seven = read.records[1].cells[2], read.records[2].cells[2]
    assert isinstance(zero, NumberCell)
    assert zero.value is Fault.UNSEEN
    assert seven == NumberCell(Decimal(7))


def test_a_number_that_is_repeated_is_made_once() -> None:
    """Cells of one content share one cell: a few bytes of a sheet may repeat a number millions of times. A yes, a whole number and the
    same number as a percent stay three things."""
    made = book(*[["KT-02", 12.5, 1, True, 1]] * 50, formats={f"E{n}": "0%" for n in range(2, 52)})
    rows = [record.cells for record in grid(made).records[1:]]
    assert all(row[1] is rows[0][1] for row in rows)
    assert [str(one) for one in rows[0]] == ["KT-02", "12.5", "1", "TRUE", "100%"]


def of_xml(value: str) -> bytes:
    """A workbook whose cell C2 has this XML."""
    return changed(book(["KT-02", "T6/2019", 100]), lambda _, part: part.replace(b"<v>100</v>", value.encode()))


@pytest.mark.parametrize(
    "value",
    ["<v>1<!-- -->00</v>", "<v>1<?x y?>00</v>", "<v>&#49;00</v>", "<v>&#x31;00</v>", "<v>1<![CDATA[0]]>0</v>", "<!-- --><v>100</v>"],
)  # fmt: skip
def test_a_number_is_read_as_its_xml_says(value: str) -> None:
    """Comments, instructions, references and CDATA within a value are nothing that a spreadsheet shows."""
    assert grid(of_xml(value)).records[1].cells[2] == NumberCell(Decimal(100))


@pytest.mark.parametrize(
    "value",
    [
        '<v>100</v><x:v xmlns:x="u">7</x:v>', '<x:v xmlns:x="u">7</x:v><v>100</v>', '<v>100</v><v xmlns="u">7</v>',
        "<v>7</v><v>100</v>", "<v>1<x/>00</v>", "<e><v>7</v></e><v>100</v>",
    ],
)  # fmt: skip
def test_a_cell_with_several_values_has_none(value: str) -> None:
    """Where elements of another kind look like values, what a spreadsheet shows is not told by their names."""
    assert rule(of_xml(value)) == ["broken-workbook"]


@pytest.mark.parametrize(
    "value",
    [
        '<v>100</v></c><c r="C2"><v>7</v>', '<v>100</v></c></row><row r="2"><c r="C2"><v>7</v>',
        '<v>100</v></c><c r="C1"><v>7</v>', "<v>100</v><is><t>7</t></is>",
    ],
)  # fmt: skip
def test_a_place_has_one_value(value: str) -> None:
    """Of two cells at one place, and of a number and a text in one cell, one would be lost in silence."""
    assert rule(of_xml(value)) == ["broken-workbook"]


def test_columns_are_hidden_once() -> None:
    """A column element that hides the whole sheet and is repeated takes no time: no sheet has more columns than one can have."""
    cols = b"<cols>%b</cols><sheetData>" % (b'<col min="1" max="16384" hidden="1"/>' * 2)
    assert rule(changed(book(["KT-02", "T6/2019", 100]), lambda _, part: part.replace(b"<sheetData>", cols))) == [
        "broken-workbook"
    ]


def test_texts_are_read_as_their_xml_says() -> None:
    """In texts of .ods too, comments and references hide no digit."""
    cells = [Raw(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>') for text in ("1<!-- -->20<?a b?>0", "&#49;200")]  # fmt: skip
    read = grid(opendocument.workbook(HEADER, *(["KT-02", "T6/2019", one] for one in cells)))
    assert [record.cells[2] for record in read.records[1:]] == ["1200", "1200"]


REPEATED = '<table:table-row table:number-rows-repeated="{}"><table:table-cell{}/></table:table-row>'
FIGURE = ["KT-02", "T6/2019", opendocument.number("1200")]


@pytest.mark.parametrize(
    "rows",
    [
        [["KT-02", "T6/2019", Raw('<table:table-cell office:value-type="string"><text:p>1<text:s text:c="500000000"/></text:p></table:table-cell>')]],
        [FIGURE, Raw(REPEATED.format(1_000_000, ' office:value-type="float" office:value="1"'))],
        [FIGURE, Raw(REPEATED.format(1_000_000, "")), FIGURE],
    ],
)  # fmt: skip
def test_what_is_repeated_without_end_is_not_unfolded(rows: list[Any]) -> None:
    """Spaces, cells and blank rows of which an OpenDocument gives the number are counted before they are made."""
    assert rule(opendocument.workbook(HEADER, *rows)) == ["workbook-too-large"]


def test_places_that_no_sheet_has() -> None:
    """A cell below the last row or right of the last column of any sheet is damage."""
    sound = book(["KT-02", "T6/2019", 1])
    for place in (b"C1048577", b"XFE2"):
        moved = changed(sound, lambda _, part, place=place: part.replace(b'r="C2"', b'r="%b"' % place))  # type: ignore[misc]
        assert rule(moved) == ["broken-workbook"]
