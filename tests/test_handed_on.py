"""What is handed on, opened by LibreOffice: the numbers on paper are those of the JSON, formulas come to what is stored, and a
template that a person fills in comes back without a word."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handed_on import EVERY_KIND, SAMPLES, agrees, facts, hostile, number, table, written
from office import DOCUMENT_PDF, PDF, UNO_PYTHON, XLSX, Office, needs_office
from transcript import ROOT, kpi

from vinhchau_kpi.forms.template import HEADER_LINE
from vinhchau_kpi.messages import VI
from vinhchau_kpi.number import rounded_percent
from vinhchau_kpi.plan import Plan

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
needs_text = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler is not here: no pdftotext on the PATH"
)


def uno_is_here() -> bool:
    if not Path(UNO_PYTHON).exists():
        return False
    return subprocess.run([UNO_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


needs_uno = pytest.mark.skipif(
    not uno_is_here(), reason=f"LibreOffice cannot be driven: {UNO_PYTHON} has no module uno"
)


def pages_of(pdf: Path) -> list[str]:
    """The pages of a PDF as they stand on paper."""
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return run.stdout.split("\f")[:-1]


def text_of(pdf: Path) -> list[str]:
    """Its lines."""
    return "\n".join(pages_of(pdf)).splitlines()


def line_of(lines: list[str], code: str) -> str:
    """The line of the row with this code."""
    found = [line for line in lines if re.search(rf"(?<![\w.-]){re.escape(code)}(?![\w.-])", line)]
    assert found, f"{code} is not on paper"
    return found[0]


def on_paper(row: dict[str, Any]) -> list[str]:
    """A row's cumulative and percent as a Vietnamese reader sees them; a number without end has two decimals."""
    shown = []
    if row["value"] is not None and row["target"] != {"achieved": True}:
        shown.append(VI.number(row["value"], 2 if row["value"].as_tuple().exponent <= -5 else None))
    if row["percent"] is not None:
        shown.append(VI.percent(row["percent"]))
    return shown


@needs_office
@needs_text
@pytest.mark.parametrize(("form", "paper"), [("docx", DOCUMENT_PDF), ("xlsx", PDF)])
def test_paper_says_what_the_json_says(form: str, paper: str, tmp_path: Path) -> None:
    """Every row of the annex and of the workbook, printed under a Vietnamese locale, has the value and percent of the JSON report;
    the header is on every page, and no cell is too narrow for its number."""
    path = written(tmp_path / f"a.{form}", SAMPLES)
    (pdf,) = Office(tmp_path, "vi-VN").convert(paper, path)
    lines = text_of(pdf)
    for row in facts(SAMPLES)["rows"]:
        line = [text.rstrip("*~!") for text in line_of(lines, row["code"]).split()]
        assert [text for text in on_paper(row) if text not in line] == [], row["code"]
    assert sum("Lũy kế" in line for line in lines) >= 3
    assert not [line for line in lines if "###" in line]


@needs_office
@needs_text
@pytest.mark.parametrize("arguments", [SAMPLES, EVERY_KIND], ids=["samples", "every kind"])
def test_the_word_report_is_paged_as_the_decree_has_it(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """The report is upright A4, its annexes lie across; the number stands at the top from each one's second page on, counted anew;
    who signs has words of the report above on the same page, and no annex has the national heading."""
    (pdf,) = Office(tmp_path, "vi-VN").convert(DOCUMENT_PDF, written(tmp_path / "a.docx", arguments))
    # Poppler sets spaces where a letter comes of another font.
    pages = [[re.sub(r"\s", "", line) for line in page.splitlines() if line.strip()] for page in pages_of(pdf)]
    boxes = re.findall(rb"/MediaBox ?\[([^\]]*)\]", pdf.read_bytes())
    sizes = [tuple(round(float(one)) for one in box.split()[2:]) for box in boxes]
    begins = [at for at, page in enumerate(pages) if {"BÁOCÁO", "PhụlụcI", "PhụlụcII"} & {*page}]
    assert [at for at, page in enumerate(pages) if "Độclập-Tựdo-Hạnhphúc" in "".join(page)] == [0]
    assert len(begins) == 3
    across = [at >= begins[1] for at in range(len(pages))]
    # The square one is that of all pages together.
    assert sorted(size for size in sizes if size[0] != size[1]) == sorted(
        (842, 595) if one else (595, 842) for one in across
    )
    for at, page in enumerate(pages):
        number = at - max(one for one in begins if one <= at) + 1
        assert (page[0] == str(number)) == (number > 1), (at, page[0])
    (signed,) = (text for text in map("".join, pages) if "Nơinhận:" in text)
    assert "Trênđâylàkếtquảthựchiện" in signed


@needs_office
@pytest.mark.parametrize("arguments", [SAMPLES, EVERY_KIND], ids=["samples", "every kind"])
def test_formulas_come_to_what_is_stored(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """LibreOffice computes every percent and gap anew, and they are those of the JSON report."""
    path = written(tmp_path / "a.xlsx", arguments)
    (again,) = Office(tmp_path, "vi-VN").convert(XLSX, path)
    before, after = table(path), table(again)
    for row in facts(arguments)["rows"]:
        agrees(after[row["code"]], row)
        for name in ("percent", "gap"):
            assert number(after[row["code"]][name]) == number(before[row["code"]][name]), (row["code"], name)


@needs_office
def test_a_number_changed_by_hand_carries_on(tmp_path: Path) -> None:
    """Another cumulative typed into the workbook gives the percent and gap that the program would give, 99.996 % included."""
    path = written(tmp_path / "a.xlsx", EVERY_KIND)
    typed = {
        "ALMOST": "100000",
        "BARELY": "99999",
        "ZERO": "125.5",
        "CUT": "9.5",
        "CRITERIA": "16",
        "SILENT": "499.999",
        "LATER": "500.001",
    }
    cells = table(path)
    book = openpyxl.load_workbook(path)
    for code, value in typed.items():
        book["Báo cáo"][cells[code]["cumulative"].coordinate].value = Decimal(value)
    # A number that is deleted, and targets that leave no percent.
    book["Báo cáo"][cells["GAPS"]["cumulative"].coordinate].value = None
    book["Báo cáo"][cells["WHOLE"]["plan"].coordinate].value = 0
    book["Báo cáo"][cells["CUT2"]["plan"].coordinate].value = Decimal("9.5")
    book.save(path)
    (again,) = Office(tmp_path, "vi-VN").convert(XLSX, path)
    shown = {code: row["percent"].value for code, row in table(again).items() if code in ("GAPS", "WHOLE", "CUT2")}
    assert shown == {"GAPS": "…", "WHOLE": "–", "CUT2": "–"}
    found = {code: (number(row["percent"]), number(row["gap"])) for code, row in table(again).items()}
    targets = {row["code"]: row["target"] for row in facts(EVERY_KIND)["rows"]}
    for code, value in typed.items():
        ((sense, aim),) = [(key, n) for key, n in targets[code].items() if key != "out_of"]
        percent = (
            100 * Decimal(value) / aim
            if sense == "at_least"
            else 100 * (Decimal("9.5") - Decimal(value)) / (Decimal("9.5") - aim)
        )
        assert found[code] == (rounded_percent(percent), Decimal(value) - aim), code


@needs_office
def test_hostile_words_print(tmp_path: Path) -> None:
    """A workbook and an annex full of hostile names and notes open, and print to PDF."""
    arguments = hostile(tmp_path)
    office = Office(tmp_path, "en-US")
    for name, form in (("a.xlsx", PDF), ("a.docx", DOCUMENT_PDF)):
        (pdf,) = office.convert(form, written(tmp_path / name, arguments))
        assert pdf.read_bytes().startswith(b"%PDF")


TYPED = {
    "KT-02": ("3.402", "19.818"), "KT-02.1": ("3.000", "17.037"), "KT-02.2": ("402", "2.781"), "KT-03": ("7.100,25", ""),
    "KT-03.1": ("6.500,25", ""), "KT-03.2": ("600", ""), "KT-04": ("120", ""), "KT-04.1": ("0", ""), "KT-05": ("5.800", ""),
    "KT-06": ("", ""), "KT-10": ("", ""), "KT-11": ("41,5", ""),
}  # fmt: skip


FIGURES = str(ROOT / "data" / "samples" / "2019-*.csv")


def template_of(tmp_path: Path) -> tuple[Path, dict[str, str], dict[str, int]]:
    """The July form of the economic division: its file, the letter of each column by its heading, the row of each code."""
    template = tmp_path / "mau.xlsx"
    run = kpi("template", "2019-07", "--agency", "kinh-te", "--actuals", FIGURES, "-o", str(template), "--lang", "vi")
    assert run.code == 0, run.stderr
    page: Any = openpyxl.load_workbook(template).worksheets[0]
    letters = {cell.value: cell.column_letter for cell in page[HEADER_LINE + 1]}
    rows = {row[0].value: row[0].row for row in page.iter_rows(min_row=HEADER_LINE + 2) if row[0].value}
    return template, letters, rows


@needs_office
@needs_uno
@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_a_template_that_a_person_fills_in_comes_back(locale: str, plan2019: Plan, tmp_path: Path) -> None:
    """Filled in with LibreOffice, on a Vietnamese computer or an English one, a template is taken without a finding; its locked
    cells keep their words, its formulas say what follows and are read by nobody; the report has the numbers that were typed."""
    template, at, rows = template_of(tmp_path)
    cells = {}
    for code, (value, cumulative) in TYPED.items():
        cells |= {
            f"{at['Thực hiện']}{rows[code]}": value,
            f"{at['Lũy kế']}{rows[code]}": cumulative,
            f"{at['Ngày báo cáo']}{rows[code]}": "18/07/2019" if locale == "vi-VN" else "7/18/2019",
            f"{at['Loại số liệu']}{rows[code]}": "chính thức",
        }
    locked = {
        f"{at['Mã chỉ tiêu']}{rows['KT-02']}": "KT-99",
        f"{at['Kế hoạch']}{rows['KT-02']}": "1",
        f"{at['Kỳ báo cáo']}{rows['KT-02']}": "T8/2019",
        f"{at['Lũy kế tự tính']}{rows['KT-02']}": "5",
    }
    areas = [party.name.vi for party in plan2019.areas.values()]
    for line, area in enumerate(areas, max(rows.values()) + 1):
        row = {"Mã chỉ tiêu": "KT-10", "Kỳ báo cáo": "T7/2019", "Thực hiện": "12,5", "Địa bàn": area}
        cells |= {f"{at[name]}{line}": typed for name, typed in row.items()}
    filled = tmp_path / "kinh-te.xlsx"
    shown = Office(tmp_path, locale).type_into(template, {**cells, **locked}, filled)
    assert list(shown.values())[-4:] == ["KT-02", "28.500", "T7/2019", "19.818"]
    assert [shown[f"{at['Thực hiện']}{rows[code]}"] for code in ("KT-02", "KT-03", "KT-11")] == [
        "3.402",
        "7.100,25",
        "41,5",
    ]
    page: Any = openpyxl.load_workbook(filled, data_only=True).worksheets[0]
    computed = [
        [page[f"{at[name]}{rows[code]}"].value or "" for name in ("Lũy kế tự tính", "% kế hoạch tự tính", "Xem lại")]
        for code in ("KT-02", "KT-03", "KT-06")
    ]
    assert computed == [[19818, 69.54, ""], [37932.25, 48.94, ""], ["", "", ""]]
    run = kpi("validate", str(filled), "--format", "json", "--lang", "vi")
    assert json.loads(run.stdout) == []
    report = json.loads(
        kpi("report", "2019-07", "--actuals", FIGURES, "--actuals", str(filled), "--format", "json").stdout,
        parse_float=Decimal,
    )
    found = {row["code"]: row["in_period"] for row in report["rows"]}
    told = {
        code: Decimal(value.replace(".", "").replace(",", ".")) if value else None for code, (value, _) in TYPED.items()
    }
    assert {code: found[code] for code in TYPED} == {**told, "KT-10": 125}
    salt = json.loads(kpi("show", "KT-10", "2019-07", "--actuals", str(filled), "--format", "json").stdout)["figures"]
    assert [(one["area"], one["value"]) for one in salt] == [(area, 12.5) for area in sorted(plan2019.areas)]
    dated = json.loads(kpi("show", "KT-02", "2019-07", "--actuals", str(filled), "--format", "json").stdout)["figures"]
    assert [(one["reported_on"], one["agency"]) for one in dated] == [("2019-07-18", "kinh-te")]


@needs_office
@needs_uno
def test_what_is_typed_wrong_is_said_at_once(tmp_path: Path) -> None:
    """The form itself says, beside the cell, where a month is as large as the running total, ten times the usual or a tenth."""
    template, at, rows = template_of(tmp_path)
    typed = {"KT-02": "19.818", "KT-03": "71.002,5", "KT-05": "580", "KT-11": "41,5", "KT-10": "0"}
    filled = tmp_path / "kinh-te.xlsx"
    Office(tmp_path, "vi-VN").type_into(
        template, {f"{at['Thực hiện']}{rows[code]}": value for code, value in typed.items()}, filled
    )
    page: Any = openpyxl.load_workbook(filled, data_only=True).worksheets[0]
    said = {code: page[f"{at['Xem lại']}{rows[code]}"].value or "" for code in typed}
    assert said == {
        "KT-02": "Bằng cả số lũy kế?",
        "KT-03": "Bằng cả số lũy kế?",
        "KT-05": "Bằng 1/10 thường lệ?",
        "KT-11": "",
        "KT-10": "",
    }
