"""The workbook of a report as its file has it; tests/test_handed_on.py opens it with LibreOffice."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handed_on import EVERY_KIND, HOSTILE, REPORTS, SAMPLES, agrees, facts, hostile, table, written
from transcript import ROOT, kpi

from vinhchau_kpi.forms.spreadsheet import EXACT_DIGITS
from vinhchau_kpi.text import visible

# openpyxl does not know Excel 2010's bars, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_is_that_of_the_json(name: str, tmp_path: Path) -> None:
    """Plan, in period, cumulative, percent and gap of each row are numbers, and those of the JSON; so are formulas' results."""
    cells = table(written(tmp_path / "a.xlsx", REPORTS[name]))
    found = facts(REPORTS[name])["rows"]
    assert list(cells) == [row["code"] for row in found]
    for row in found:
        agrees(cells[row["code"]], row)


def test_what_is_not_there_is_said_in_four_ways(tmp_path: Path) -> None:
    """Zero is 0, not reported is …, what does not apply is –, what is not due is blank."""
    cells = table(written(tmp_path / "a.xlsx", EVERY_KIND))
    values = {code: cells[code]["cumulative"].value for code in ("ZERO", "SILENT", "LATER")}
    assert values == {"ZERO": 0, "SILENT": "…", "LATER": None}
    percents = {code: cells[code]["percent"].value for code in ("ZERO", "SILENT", "LATER", "NOTHING", "CAP")}
    assert percents == {"ZERO": 0, "SILENT": "…", "LATER": None, "NOTHING": "–", "CAP": "–"}


def test_percent_and_gap_are_formulas(tmp_path: Path) -> None:
    """Where plan and value are numbers, the percent and the gap are formulas over them; a number too long for that is text."""
    cells = table(written(tmp_path / "a.xlsx", EVERY_KIND), results=False)
    for code in ("ALMOST", "ZERO", "SILENT", "LATER", "CUT", "CRITERIA"):
        row = cells[code]["no"].row
        for name in ("percent", "gap"):
            formula = cells[code][name].value
            assert formula.startswith("=IF(ISNUMBER("), (code, formula)
            assert {f"G{row}", f"E{row}"} <= set(re.findall(r"[A-Z]+[0-9]+", formula))
    long = cells["LONG"]
    assert (long["plan"].value, long["cumulative"].value) == ("123.456.789.012.345.678", "12.345.678.901.234.567,5!")
    assert all(cell.alignment.shrink_to_fit for cell in (long["plan"], cells["ALMOST"]["cumulative"]))
    assert sum(map(str.isdigit, long["plan"].value)) > EXACT_DIGITS


def test_numbers_have_the_decimals_they_have(tmp_path: Path) -> None:
    """A number shows all its decimals and no zero more, so 500 never reads 500.000; ≤ and /19 stand beside numbers."""
    cells = table(written(tmp_path / "a.xlsx", EVERY_KIND))
    formats = {code: cells[code]["plan"].number_format for code in ("ALMOST", "EVEN", "CAP", "CRITERIA", "FIXED")}
    assert formats == {
        "ALMOST": "#,##0", "EVEN": "#,##0.0", "CAP": '"≤ "#,##0.00', "CRITERIA": '#,##0"/19"', "FIXED": '"= "#,##0',
    }  # fmt: skip
    assert cells["WHOLE"]["cumulative"].number_format == "#,##0.000"
    assert cells["RATE"]["cumulative"].number_format == "#,##0.00"


def test_it_is_set_as_the_district_form(tmp_path: Path) -> None:
    """Times New Roman 13, a merged heading, a frozen and repeated header, parts one level down, bars, A4 landscape as wide as it is."""
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))
    assert book.sheetnames == ["Cần chú ý", "Báo cáo", "Nhiệm vụ", "Theo lĩnh vực", "Số liệu", "Kết quả kiểm tra"]
    page: Any = book["Báo cáo"]
    fonts = {(cell.font.name, cell.font.size) for row in page.iter_rows() for cell in row if cell.value}
    assert fonts == {("Times New Roman", 13), ("Times New Roman", 14)}
    assert "ỦY BAN NHÂN DÂN THỊ XÃ VĨNH CHÂU" in page["A1"].value
    assert page["G1"].value == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert "G1:L1" in {str(area) for area in page.merged_cells.ranges}
    header = next(cell.row for (cell,) in page.iter_rows(max_col=1) if cell.value == "TT")
    assert page.freeze_panes == f"D{header + 1}"
    assert page.print_title_rows == f"${header}:${header}"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    cells = table(tmp_path / "a.xlsx")
    levels = {code: page.row_dimensions[cells[code]["no"].row].outline_level for code in ("KT-02", "KT-02.1")}
    assert levels == {"KT-02": 0, "KT-02.1": 1}
    assert (cells["KT-02"]["name"].font.b, cells["KT-02.1"]["name"].font.b) == (True, False)
    assert [rule.type for rules in page.conditional_formatting for rule in rules.rules] == ["dataBar"]
    assert all(one.page_setup.orientation == "landscape" for one in book.worksheets)


def cells_of(page: Any) -> list[tuple[Any, ...]]:
    return list(page.iter_rows(values_only=True))


def test_what_is_behind_and_what_is_missing_stand_first(tmp_path: Path) -> None:
    """The first sheet names what is behind, then what is missing, then the commitments, each with its agency; plan and value are numbers."""
    rows = cells_of(openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))["Cần chú ý"])
    (header,) = (at for at, row in enumerate(rows) if row[0] == "Mã")
    found = facts(SAMPLES)
    behind = [row["code"] for row in found["rows"] if row["status"] == "behind"]
    lacking = [
        row["code"] for row in found["rows"] if row["status"] in ("not_reported", "incomplete") or row["missing"]
    ]
    silent = [row["code"] for row in found["commitments"] if row["status"] == "not_reported"]
    assert [row[0] for row in rows[header + 1 :] if row[1]] == [*behind, *lacking, *silent]
    assert [row[0] for row in rows[header + 1 :] if not row[1]] == [
        "Chỉ tiêu chậm tiến độ hoặc không đạt", "Chỉ tiêu chưa có hoặc chưa đủ số liệu", "Nhiệm vụ chưa có báo cáo",
    ]  # fmt: skip
    (one,) = (row for row in rows if row[0] == "LD-02")
    assert one[2:10] == (
        "Phòng Lao động - Thương binh và Xã hội", "lao động", 2600, 1114, 42.85, 50, -1486, "▼ chậm tiến độ",
    )  # fmt: skip


def test_commitments_have_columns_of_their_own(tmp_path: Path) -> None:
    """A sheet has each commitment with its agency, its day, how it stands and what says so, and places to sign."""
    page = openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))["Nhiệm vụ"]
    rows = cells_of(page)
    assert ("TT", "Mã", "Nhiệm vụ", "Đơn vị báo cáo", "Hạn", "Đánh giá", "Minh chứng") in rows
    assert [row[1] for row in rows if row[1] and row[0] != "TT"] == [
        row["code"] for row in facts(SAMPLES)["commitments"]
    ]
    assert "THỦ TRƯỞNG ĐƠN VỊ" in {cell for row in rows for cell in row}


def test_the_sections_stand_beside_each_other(tmp_path: Path) -> None:
    """A sheet counts the indicators of each section by how they stand, as a table that adds up and as a chart."""
    page: Any = openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))["Theo lĩnh vực"]
    rows = [row for row in cells_of(page) if isinstance(row[2], int)]
    assert all(total == sum(parts) for _, _, total, *parts, _ in rows)
    assert sum(row[2] for row in rows) == len(facts(SAMPLES)["rows"])
    assert rows[1] == ("II", "Xây dựng nông thôn mới", 6, 4, 0, 2, 0, 0, 0, 66.67)
    assert len(page._charts) == 1


def test_the_district_form_is_to_be_signed(tmp_path: Path) -> None:
    """Below the table stand place and day, and places for who prepared it and who signs; no sign of a machine is in it."""
    page: Any = openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))["Báo cáo"]
    texts = [cell for row in cells_of(page) for cell in row if isinstance(cell, str)]
    assert texts[-5:] == [
        "Vĩnh Châu, ngày …… tháng …… năm ……", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên)",
        "(Ký, ghi rõ họ tên)",
    ]  # fmt: skip
    assert not [text for text in texts if re.search(r"[▲▼►√○×◊‼]|Đã đọc", text)]


def test_every_figure_stands_with_its_place(tmp_path: Path) -> None:
    """The sheet of figures has each counted figure once, its number, day, agency, file, line and column."""
    page: Any = openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))["Số liệu"]
    head, *rows = page.iter_rows(values_only=True)
    records = [dict(zip(head, row, strict=True)) for row in rows]
    (one,) = [r for r in records if r["Mã"] == "KT-14" and r["Kỳ"] == "2019-06"]
    assert (one["Thực hiện"], one["Tệp"], one["Dòng"]) == (3.926, "2019-06.csv", 22)
    assert one["Ngày báo cáo"].date() == date(2019, 6, 18)
    assert one["Đơn vị báo cáo"] == "Chi cục Thuế"
    places = [(r["Tệp"], r["Dòng"]) for r in records]
    assert len(set(places)) == len(places)


def test_a_sheet_of_figures_says_how_many_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more figures than a sheet is given, the line below the last one says how many more are counted."""
    monkeypatch.setattr("vinhchau_kpi.forms.workbook.MOST_FIGURES", 10)
    page = openpyxl.load_workbook(written(tmp_path / "a.xlsx", SAMPLES))["Số liệu"]
    monkeypatch.undo()
    whole = openpyxl.load_workbook(written(tmp_path / "b.xlsx", SAMPLES))["Số liệu"]
    assert page.max_row == 12
    assert str(page.cell(12, 1).value).startswith(f"Còn {whole.max_row - 11} số liệu khác")


def test_findings_stand_on_the_last_sheet(tmp_path: Path) -> None:
    """What is wrong with the files read is listed with its place and the way out."""
    faulty = ("2019-06", "--actuals", str(ROOT / "data" / "samples" / "faulty.csv"))
    page: Any = openpyxl.load_workbook(written(tmp_path / "a.xlsx", faulty, "--skip-invalid"))["Kết quả kiểm tra"]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 18
    assert ("faulty.csv:5:5", "lỗi", "bad-number") in [row[:3] for row in rows]


def test_nothing_from_a_file_is_a_formula(tmp_path: Path) -> None:
    """Hostile names, notes, units and file names are text in their cells, kept so when edited; the only formulas are ours."""
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx", hostile(tmp_path)))
    texts: set[str] = set()
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert cell.value.startswith("=IF(ISNUMBER("), cell.value
                elif isinstance(cell.value, str):
                    texts.add(cell.value)
                    assert cell.quotePrefix or not cell.value.startswith(("=", "+", "-", "@")), cell.value
    assert {visible(text.replace("\x00", "")) for text in HOSTILE.values()} <= texts


def test_a_note_longer_than_a_cell_is_cut_not_lost(tmp_path: Path) -> None:
    """A note of forty thousand characters fills its cell to the last that fits."""
    (tmp_path / "a.csv").write_text(
        f"indicator;period;value;note\nKT-02;2019-06;5;{'ghi chú ' * 5000}\n", encoding="utf-8"
    )
    page: Any = openpyxl.load_workbook(written(tmp_path / "a.xlsx", ("--actuals", str(tmp_path / "a.csv"))))["Số liệu"]
    assert len(page["Q2"].value) == 32_767
    assert page["Q2"].value.endswith("…")
    assert page.row_dimensions[2].height <= 409


def test_parts_of_parts_of_parts_are_written(tmp_path: Path) -> None:
    """A plan of many levels has a row for each, indented, on levels as deep as a spreadsheet has them."""
    inner: dict[str, Any] = {"code": "D0", "name": "sâu", "unit": "ha", "target": {"at_least": 1}}
    for depth in range(1, 9):
        inner = {
            "code": f"D{depth}",
            "name": "một chỉ tiêu có tên rất dài " * 3,
            "unit": "ha",
            "target": {"at_least": 1},
            "children": [inner],
        }
    plan = {"id": "x", "year": 2019, "units": {"ha": {"name": "ha"}}, "sections": [{"id": "S", "indicators": [inner]}]}
    (tmp_path / "plan.yaml").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "a.csv").write_text("mã;kỳ;thực hiện\nD0;T1/2019;1\n", encoding="utf-8")
    arguments = ("2019-01", "--plan", str(tmp_path / "plan.yaml"), "--actuals", str(tmp_path / "a.csv"))
    assert len(table(written(tmp_path / "a.xlsx", arguments))) == 9
    for form in ("html", "docx"):
        written(tmp_path / f"a.{form}", arguments)


def test_a_flow_under_a_cap_has_no_percent_that_comes_alive_before_the_year_s_end(tmp_path: Path) -> None:
    """Where the screen has none, the sheet has no formula that a spreadsheet would work one out by."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "id: x\nyear: 2025\nunits: {t: {name: t}}\nsections: [{id: A, indicators: [{code: F, name: n, unit: t, "
        "target: {at_most: 300}, baseline: {year: 2024, value: 400}}]}]\n",
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_text("code,period,value\nF,2025-01,20.5\n", encoding="utf-8")
    book = tmp_path / "r.xlsx"
    assert kpi("report", "--plan", str(plan), "--actuals", str(tmp_path / "a.csv"), "-o", str(book)).code == 0
    cells = [str(cell.value) for page in openpyxl.load_workbook(book) for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.startswith("=") and "400" in cell]
