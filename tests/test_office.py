"""The office program itself: LibreOffice saves a sheet in every form that is read, and opens what `kpi` sends back.

What LibreOffice writes depends on the locale it runs under, so each has a profile of its own.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import EVERY_SHEET, FORMS, ODS, PDF, SEMICOLONS, XLSX, Office, needs_office
from transcript import ROOT, kpi

from vinhchau_kpi import rules
from vinhchau_kpi.messages import VI

pytestmark = needs_office

# The sheet of figures: what a row says, plainly, and how its cells are formatted.

COLUMNS = {
    "no": "STT",
    "indicator": "Mã chỉ tiêu",
    "name": "Chỉ tiêu",
    "unit": "ĐVT",
    "target": "Kế hoạch",
    "period": "Kỳ báo cáo",
    "value": "Thực hiện",
    "cumulative": "Lũy kế",
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "area": "Địa bàn",
    "agency": "Đơn vị báo cáo",
    "reported_on": "Ngày báo cáo",
    "kind": "Loại số liệu",
    "note": "Ghi chú",
}
READ = [name for name in COLUMNS if name not in ("no", "name", "unit", "target")]
"""The columns of the plain file."""


@dataclass(frozen=True)
class Typed:
    """What `plain` writes, as a cell that holds a number or a date and shows it by a format; or that computes it."""

    plain: str
    format: str = "General"
    formula: str = ""

    @property
    def content(self) -> Any:
        if self.formula:
            return self.formula
        if "yy" in self.format:
            return date.fromisoformat(self.plain if self.plain.count("-") == 2 else f"{self.plain}-01")
        return Decimal(self.plain) / (100 if self.format.endswith("%") else 1)


def whole(plain: str) -> Typed:
    return Typed(plain, "#,##0")


def exact(plain: str) -> Typed:
    return Typed(plain, "#,##0.###")


AREAS = (
    "Phường 1", "Phường 2", "phường Vĩnh Phước", "phường Khánh Hòa", "xã Hòa Đông", "xã Lạc Hòa", "xã Lai Hòa",
    "xã Vĩnh Hải", "xã Vĩnh Hiệp", "xã Vĩnh Tân",
)  # fmt: skip
NOTE = 'Đã họp ngày 05/6; chấm "đạt", bình quân 9,08 điểm, có 1.234 lượt dự\nCòn thiếu: biên bản; ảnh "trước - sau"'
LAND = "Phòng Tài nguyên và Môi trường"
PEOPLE = "Phòng Lao động - Thương binh và Xã hội"
JUNE, QUARTER, HALF = "T6/2019", "quý II/2019", "6 tháng đầu năm 2019"

Row = Mapping[str, "str | Typed"]
ROWS: list[Row] = [
    {"no": "I", "name": "PHÁT TRIỂN KINH TẾ"},
    {"indicator": "KT-02", "name": "Diện tích nuôi trồng thủy sản", "unit": "ha", "target": whole("28500"), "period": JUNE, "value": whole("3342"), "cumulative": exact("28500.5"), "agency": "Phòng Kinh tế", "kind": "Chính thức"},
    {"indicator": "KT-03", "name": "Tổng sản lượng thủy hải sản", "unit": "tấn", "target": whole("77500"), "period": JUNE, "value": Typed("6876.25", "#,##0.00"), "agency": "Phòng Kinh tế"},
    {"indicator": "KT-03", "name": "Tổng sản lượng thủy hải sản", "unit": "tấn", "period": "T4/2019", "value": whole("5651"), "agency": "Phòng Kinh tế", "note": "Đính chính số tháng 4, thay số đã gửi"},
    {"indicator": "KT-04.1", "name": "- Diện tích hành tím", "unit": "ha", "target": whole("6500"), "period": JUNE, "value": whole("0"), "agency": "Phòng Kinh tế", "note": "Đã thu hoạch xong"},
    {"indicator": "KT-05", "name": "Tổng sản lượng màu lương thực, thực phẩm và cây công nghiệp ngắn ngày", "unit": "tấn", "target": whole("198765"), "period": JUNE, "value": exact("8765.25"), "agency": "Phòng Kinh tế"},
    {"indicator": "KT-06", "name": "Diện tích trồng lúa", "unit": "ha", "target": whole("3300"), "period": JUNE, "agency": "Phòng Kinh tế", "note": "Chưa có số liệu; sẽ gửi sau"},
    {"indicator": "KT-08", "name": "Tổng đàn gia súc", "unit": "con", "target": whole("21850"), "period": QUARTER, "value": whole("21610"), "agency": "Phòng Kinh tế"},
    {"indicator": "KT-11", "name": "Giá trị sản xuất công nghiệp", "unit": "tỷ đồng", "target": whole("500"), "period": JUNE, "value": Typed("38.064"), "cumulative": Typed("234.567", formula="=200+34.567"), "agency": "Phòng Kinh tế"},
    {"indicator": "KT-13", "name": "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng xã hội", "unit": "tỷ đồng", "target": whole("6700"), "period": JUNE, "value": Typed("565"), "cumulative": exact("1234.567"), "agency": "Phòng Tài chính - Kế hoạch", "kind": "Ước"},
    {"indicator": "KT-14", "name": "Thu ngân sách nhà nước trên địa bàn", "unit": "tỷ đồng", "target": Typed("47"), "period": "06/2019", "value": Typed("3.3", formula="=1.1+2.2"), "agency": "Chi cục Thuế"},
    {"indicator": "NTM-01", "name": "Xã Hòa Đông duy trì đạt chuẩn xã nông thôn mới", "unit": "có/không", "period": QUARTER, "value": "có", "agency": "Phòng Kinh tế"},
    {"indicator": "NTM-03", "name": "Xã Vĩnh Tân: số tiêu chí nông thôn mới đạt được", "unit": "tiêu chí", "target": "19/19", "period": QUARTER, "value": Typed("18"), "agency": "Phòng Kinh tế"},
    {},
    {"no": "II", "name": "VĂN HÓA - XÃ HỘI"},
    {"indicator": "GD-10", "name": "Tỷ lệ trường đạt chuẩn Quốc gia", "unit": "%", "target": Typed("59.60", "0.00"), "period": HALF, "value": Typed("54.39", "0.00"), "numerator": Typed("31"), "denominator": Typed("57"), "agency": "Phòng Giáo dục và Đào tạo"},
    {"indicator": "GD-13", "name": "Đẩy mạnh phong trào thi đua “Dạy tốt, học tốt” ở tất cả các cấp học", "period": HALF, "value": "có", "agency": "Phòng Giáo dục và Đào tạo", "note": NOTE},
    {"indicator": "YT-01", "name": "Tỷ lệ xã, phường đạt chuẩn quốc gia về y tế", "unit": "%", "target": Typed("100"), "period": QUARTER, "numerator": Typed("10"), "denominator": Typed("10"), "agency": "Trung tâm Y tế"},
    {"indicator": "YT-03", "name": "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng ở thể nhẹ cân", "unit": "%", "target": Typed("9.08"), "period": QUARTER, "value": Typed("9.08"), "agency": "Trung tâm Y tế"},
    {"indicator": "YT-04", "name": "Tỷ lệ tăng dân số tự nhiên", "unit": "%", "target": Typed("0.92"), "period": QUARTER, "value": Typed("0.92"), "agency": "Trung tâm Y tế"},
    {"indicator": "YT-05", "name": "Tỷ lệ người dân tham gia bảo hiểm y tế", "unit": "%", "target": Typed("98.06", "0.00%"), "period": "Tháng 6/2019", "numerator": whole("1234567"), "denominator": whole("1258993"), "agency": "Bảo hiểm xã hội"},
    *({"indicator": "LD-01", "name": "Dạy nghề", "unit": "người", "period": "6/2019", "value": Typed(str(4 + at)), "area": area, "agency": PEOPLE} for at, area in enumerate(AREAS)),
    {"indicator": "MT-01", "name": "Tỷ lệ cơ sở sản xuất đạt tiêu chuẩn môi trường", "unit": "%", "target": Typed("99", "0%"), "period": HALF, "value": Typed("98.17", "0.00%"), "numerator": Typed("214"), "denominator": Typed("218"), "agency": LAND},
    {"indicator": "MT-02", "name": "Tỷ lệ hộ dân sử dụng nước sinh hoạt hợp vệ sinh", "unit": "%", "target": Typed("100", "0%"), "period": HALF, "value": Typed("98.2", "0.0%"), "agency": LAND},
    {"indicator": "MT-03", "name": "Tỷ lệ thu gom và xử lý chất thải rắn sinh hoạt đô thị, công nghiệp, dịch vụ đạt chuẩn môi trường", "unit": "%", "target": Typed("88", "0%"), "period": HALF, "value": Typed("88.35", "0.##%"), "agency": LAND},
    {"indicator": "MT-05", "name": "Tỷ lệ thu gom, xử lý chất thải nguy hại", "unit": "%", "target": Typed("100", "0%"), "period": HALF, "value": Typed("100", "0%"), "agency": LAND},
    {"indicator": "AN-08", "name": "Đảm bảo an toàn giao thông và an ninh trật tự", "period": "Đợt I", "value": "chưa", "agency": "Công an thị xã", "note": "'Đang tổng hợp; số liệu 6 tháng, cả năm"},
    {},
    {"agency": "NGƯỜI LẬP BIỂU"},
]  # fmt: skip
DAY = Typed("2019-06-18", "dd/mm/yyyy")

EXPECTED = {
    "KT-02": "28500.5",
    "KT-03": "12527.25",
    "KT-04.1": "0",
    "KT-05": "8765.25",
    "KT-08": "21610",
    "KT-11": "234.567",
    "KT-13": "1234.567",
    "KT-14": "3.3",
    "NTM-01": "1",
    "NTM-03": "18",
    "GD-10": "54.385965",
    "YT-01": "100",
    "YT-03": "9.08",
    "YT-04": "0.92",
    "YT-05": "98.059878",
    "LD-01": "85",
    "MT-01": "98.165138",
    "MT-02": "98.2",
    "MT-03": "88.35",
    "MT-05": "100",
}
"""The number each indicator stands at."""


def figures_sheet(path: Path, rows: Sequence[Row] = ROWS, formats: Mapping[str, str] | None = None) -> Path:
    """A sheet as a clerk keeps it: a merged title, typed and formatted cells. `formats` are those of whole columns."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Tháng 6"
    page.append(["SỐ LIỆU THỰC HIỆN KẾ HOẠCH THI ĐUA THÁNG 6 NĂM 2019"])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    page.append(list(COLUMNS.values()))
    for at, row in enumerate(rows, 3):
        given = {"no": Typed(str(at)), "reported_on": DAY, **row} if "indicator" in row else row
        for column, name in enumerate(COLUMNS, 1):
            content = given.get(name)
            cell = page.cell(at, column, content.content if isinstance(content, Typed) else content)
            if isinstance(content, Typed):
                cell.number_format = content.format
    for name, code in (formats or {}).items():
        letter = page.cell(2, list(COLUMNS).index(name) + 1).column_letter
        for cell in (page.column_dimensions[letter], *page[letter]):
            cell.number_format = code
    book.save(path)
    return path


def plain_file(path: Path) -> Path:
    """The same figures as a program writes them: commas between, points in the numbers, ISO days."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(READ)
        for row in ROWS:
            if "indicator" in row:
                cells = [{"reported_on": DAY, **row}.get(name, "") for name in READ]
                writer.writerow([cell.plain if isinstance(cell, Typed) else cell for cell in cells])
    return path


def report_of(file: Path, *options: str) -> str:
    run = kpi("report", "2019-06", "--actuals", str(file), "--format", "json", "--lang", "vi", *options)
    assert run.code == 0, f"{file.name}: {run}"
    return run.stdout


def values_of(report: str) -> dict[str, str]:
    """The number that each reported indicator stands at."""
    rows = json.loads(report, parse_float=Decimal)["rows"]
    return {row["code"]: str(row["value"]) for row in rows if row["value"] is not None}


def findings_of(file: Path) -> list[dict[str, Any]]:
    return json.loads(kpi("validate", str(file), "--format", "json", "--lang", "vi").stdout)


def text_of(file: Path) -> str:
    """What a text file says; of an OpenDocument sheet what its cells show."""
    if file.suffix != ".ods":
        return file.read_text(encoding="utf-16" if file.suffix == ".txt" else "utf-8")
    with zipfile.ZipFile(file) as package:
        return package.read("content.xml").decode()


def cells_of(file: Path) -> list[list[str]]:
    """The rows of a file with semicolons between, without the blank ends of rows."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=";"))
    for row in rows:
        while row and not row[-1]:
            row.pop()
    return rows


NUMBERS = {
    "vi-VN": ("1.234.567", "28.500,5", "6.876,25", "9,08", "98,2%", "8.765,25"),
    "en-US": ("1,234,567", "28,500.5", "6,876.25", "9.08", "98.2%", "8,765.25"),
}
"""Some of the sheet's numbers as a locale writes them."""


@pytest.mark.parametrize("locale", NUMBERS)
def test_a_sheet_reads_the_same_whatever_libreoffice_saves_it_as(locale: str, tmp_path: Path) -> None:
    """A sheet saved as CSV, Unicode text, xlsx or ods gives the report of its figures digit for digit, and no finding."""
    office, sheet = Office(tmp_path, locale), figures_sheet(tmp_path / "sheet.xlsx")
    expected = report_of(plain_file(tmp_path / "plain.csv"))
    assert values_of(expected) == EXPECTED
    assert NOTE in [promise["note"] for promise in json.loads(expected)["commitments"]]
    for name, form in FORMS.items():
        (file,) = office.convert(form, sheet)
        if file.suffix != ".xlsx":
            shown = text_of(file)
            assert not [number for number in NUMBERS[locale] if number not in shown], f"{locale} {name}: {shown}"
        assert findings_of(file) == [], f"{locale} {name}"
        assert report_of(file) == expected, f"{locale} {name} gives another report"


@dataclass(frozen=True)
class Odd:
    """A sheet with cells that show something else than they hold, and what each form of it gives."""

    rows: Sequence[Row]
    formats: Mapping[str, str]
    text: tuple[list[str], dict[str, str]]
    workbook: tuple[list[str], dict[str, str]]
    """Rules that are broken, and the numbers that are taken all the same."""


RETAIL, INDUSTRY, SALT, FISH = (
    {"indicator": code, "period": JUNE, "value": Typed(value)}
    for code, value in (("KT-13", "1234.567"), ("KT-11", "38.567"), ("KT-10", "1234.567"), ("KT-03", "6240"))
)
BOTH = ([], {"KT-11": "38.567", "KT-13": "1234.567"})
ONE = ([], {"KT-13": "1234.567"})
ODD = {
    "months typed as dates": Odd([{**RETAIL, "period": Typed("2019-06", "mm/yyyy")}, {**INDUSTRY, "period": Typed("2019-06", '"T"m/yyyy')}], {}, BOTH, BOTH),
    "a whole column of months": Odd([{**RETAIL, "period": Typed("2019-06", "mm/yyyy")}], {"period": "mm/yyyy"}, ONE, ONE),
    "a formula that gives no text": Odd([RETAIL, {**SALT, "value": Typed("", formula='=IF(1=1,"",5)')}], {}, ONE, ONE),
    "a format that hides thousands": Odd(
        [RETAIL, {**FISH, "value": Typed("6240000", "#,##0,")}],
        {},
        text=([], {"KT-03": "6240", "KT-13": "1234.567"}),
        workbook=(["bad-number"], {"KT-13": "1234.567"}),
    ),
}  # fmt: skip


def test_a_cell_is_read_as_it_is_shown_or_not_at_all(tmp_path: Path) -> None:
    """What a format or a formula makes a cell show is what is read of it, or an error, from xlsx and ods as from text."""
    office = Office(tmp_path, "vi-VN")
    sheets = [figures_sheet(tmp_path / f"{at}.xlsx", odd.rows, odd.formats) for at, odd in enumerate(ODD.values())]
    expected, found = {}, {}
    for form in (SEMICOLONS, XLSX, ODS):
        for file, (name, odd) in zip(office.convert(form, *sheets), ODD.items(), strict=True):
            key = f"{name} ({file.suffix})"
            expected[key] = odd.text if file.suffix == ".csv" else odd.workbook
            codes = [finding["code"] for finding in findings_of(file)]
            found[key] = codes, values_of(report_of(file, "--skip-invalid"))
    assert found == expected


FAULTS: list[Row] = [
    {**SALT, "value": "6.240 tấn"},
    {**SALT, "indicator": "KT-99", "note": NOTE},
    {**SALT, "period": "T13/2019"},
    {**SALT, "value": Typed("-210")},
    {**SALT, "area": "xã Vĩnh Hòa"},
]
FAULTY = ROOT / "data" / "samples" / "faulty.csv"


def test_the_marked_copy_opens_with_every_cell_in_it(tmp_path: Path) -> None:
    """LibreOffice shows every cell of the sender's file in its marked copy, lists every finding, and saves it to be read again."""
    office = Office(tmp_path, "vi-VN")
    (workbook,) = office.convert(XLSX, figures_sheet(tmp_path / "sheet.xlsx", [*ROWS, *FAULTS]))
    (workbook_text,) = office.convert(SEMICOLONS, workbook)
    sources = {"of-text": (FAULTY, FAULTY), "of-workbook": (workbook, workbook_text)}
    marked = [tmp_path / f"{name}.xlsx" for name in sources]
    for path, (source, _) in zip(marked, sources.values(), strict=True):
        assert kpi("validate", str(source), "--annotate", str(path)).code == 1
    sheets = office.convert(EVERY_SHEET, *marked)
    again = office.convert(XLSX, *marked)
    for (name, (source, text)), saved in zip(sources.items(), again, strict=True):
        pages = {file.stem.removeprefix(f"{name}-"): cells_of(file) for file in sheets if file.name.startswith(name)}
        listed = pages.pop("Kết quả kiểm tra")
        findings = findings_of(source)
        assert list(pages.values()) == [cells_of(text)], name
        senders = {rule.code: VI.say(rule.to_sender) for rule in rules.ALL if rule.to_sender}
        told = [[f["message"].replace(f"{source.parent}/", ""), senders.get(f["code"], f["fix"])] for f in findings]
        assert [row[-2:] for row in listed[1:]] == told, name
        places = [(f["line"], f["column"], f["code"]) for f in findings]
        assert [(f["line"], f["column"], f["code"]) for f in findings_of(saved)] == places, name
        assert report_of(saved, "--skip-invalid") == report_of(source, "--skip-invalid"), name
    assert all(page.read_bytes().startswith(b"%PDF") for page in office.convert(PDF, *marked))
