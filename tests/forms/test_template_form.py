"""The workbook of a template as its file has it; tests/test_handed_on.py has LibreOffice fill one in."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from make import figure, indicator, known, period, plan
from transcript import ROOT, kpi

from vinhchau_kpi.area import Area
from vinhchau_kpi.forms.template import _NAMES, FEWEST_SPARE, HEADER_LINE, csv_text, workbook
from vinhchau_kpi.messages import EN, VI, Language
from vinhchau_kpi.template import owed
from vinhchau_kpi.views.template import printed

SAMPLES = str(ROOT / "data" / "samples" / "2019-*.csv")
PLAN = plan(
    indicator("FLOW"),
    indicator("HEADS", unit="person", measure="level"),
    indicator("RATE", unit="pc", measure="level"),
    indicator("SCORE", unit="score", measure="level"),
    indicator("OF", unit="person", measure="level", target={"at_least": "16", "out_of": "19"}),
    indicator("KEPT", unit="yes", measure="level", target={"achieved": "true"}),
    indicator("GIVEN", allocations={"a": "800", "b": "400"}),
    areas="ab",
    commitments=[{"code": "P", "name": "lời hứa", "due": "2019-06-30"}],
)


def page_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def made(tmp_path: Path, language: Language = EN) -> Any:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(workbook(PLAN, owed(PLAN, period("06"), None), period("06"), None, language))
    return page_of(path)


def columns(page: Any) -> list[str]:
    """The columns of a form, by their headings in either language."""
    keys = {language.say(name).lower(): key for key, name in _NAMES.items() for language in (VI, EN)}
    return [keys[cell.value.lower()] for cell in page[HEADER_LINE + 1]]


def lines(page: Any) -> dict[str, dict[str, Any]]:
    """The cells of each row owed, by code, and by area where it has one; the first of several periods."""
    found = {}
    for row in page.iter_rows(min_row=HEADER_LINE + 2):
        cells = dict(zip(columns(page), row, strict=True))
        if cells["indicator"].value:
            found.setdefault(" ".join(filter(None, (cells["indicator"].value, cells["area"].value))), cells)
    return found


def open_cells(cells: dict[str, Any]) -> str:
    return " ".join(name for name, cell in cells.items() if not cell.protection.locked)


def test_only_what_a_row_can_have_is_open(tmp_path: Path) -> None:
    """A flow has a cumulative, a percent its two numbers, a promise a yes or no; what is printed is locked, an area's name too."""
    page = made(tmp_path)
    rest = "kind reported_on note"
    assert {code: open_cells(cells) for code, cells in lines(page).items()} == {
        "FLOW": f"value cumulative area {rest}",
        "HEADS": f"value area {rest}",
        "RATE": f"value numerator denominator area {rest}",
        "SCORE": f"value numerator denominator area {rest}",
        "OF": f"value area {rest}",
        "KEPT": f"value {rest}",
        "GIVEN area a": f"value cumulative {rest}",
        "GIVEN area b": f"value cumulative {rest}",
        "P": f"value {rest}",
    }
    assert page.protection.sheet
    assert page.protection.password is None
    spare = list(page.iter_rows(min_row=HEADER_LINE + 2 + len(lines(page))))
    assert len(spare) == FEWEST_SPARE
    assert {open_cells(dict(zip(columns(page), row, strict=True))) for row in spare} == {
        "indicator period value cumulative numerator denominator area kind reported_on note"
    }


def checks_on(page: Any, cell: Any) -> Any:
    (found,) = [one for one in page.data_validations.dataValidation if cell.coordinate in one.sqref]
    return found


def test_a_cell_takes_what_its_unit_allows(tmp_path: Path) -> None:
    """Numbers from 0, whole ones where the unit is counted, up to 100 for a percent and to out_of; yes or no; lists for areas."""
    page = made(tmp_path)
    rows = lines(page)
    found = {code: checks_on(page, rows[code]["value"]) for code in ("FLOW", "HEADS", "RATE", "OF", "KEPT", "P")}
    said = {code: (one.type, one.operator, one.formula1, one.formula2) for code, one in found.items()}
    assert said == {
        "FLOW": ("decimal", "greaterThanOrEqual", "0", None),
        "HEADS": ("whole", "greaterThanOrEqual", "0", None),
        "RATE": ("decimal", None, "0", "100"),
        "OF": ("whole", None, "0", "19"),
        "KEPT": ("list", None, said["KEPT"][2], None),
        "P": ("list", None, said["KEPT"][2], None),
    }
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    lists = {
        name: choices(book, checks_on(page, rows["FLOW" if name == "area" else "P"][name]).formula1)
        for name in ("area", "value", "kind")
    }
    assert lists == {
        "area": ["area a", "area b"],
        "value": ["yes", "no"],
        "kind": ["official", "estimate", "withdrawn"],
    }
    assert book.worksheets[1].sheet_state == "hidden"
    day = checks_on(page, rows["FLOW"]["reported_on"])
    assert (day.type, rows["FLOW"]["reported_on"].number_format) == ("date", "dd/mm/yyyy")


def choices(book: Any, formula: str) -> list[str]:
    sheet, _, cells = formula.lstrip("=").partition("!")
    return [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
def test_help_fits_beside_the_cell(language: Language, tmp_path: Path) -> None:
    """What is shown on entering a cell, or something else into it, is whole: no program shows more than 32 and 255 characters."""
    page = made(tmp_path, language)
    for one in page.data_validations.dataValidation:
        assert 0 < len(one.promptTitle or "-") <= 32
        assert 0 < len(one.prompt) < 255
        assert one.error == one.prompt
    if language is VI:
        assert "Chỉ nhập vào ô màu vàng" in page["A3"].value
        assert any("Nhập một số nguyên từ 0 đến 19" in one.prompt for one in page.data_validations.dataValidation)


def test_the_figure_of_the_period_before_stands_beside(tmp_path: Path) -> None:
    """A month's row shows last month's figure, and the cumulative where nothing is missing from it; an area its own; January and a
    promise show none."""
    rows = owed(
        PLAN,
        period("06"),
        None,
        known(
            figure("04", "1000", "FLOW"), figure("05", "2000.5", "FLOW"), figure("03", "70", "HEADS"),
            figure("05", "9", "GIVEN", cumulative="23", area="a"), figure("05", "1", "KEPT"),
        ),
    )  # fmt: skip
    shown = {
        f"{one.code} {one.area}".strip(): (one.previous, one.cumulative_before)
        for one in (printed(PLAN, row, VI) for row in rows)
    }
    assert {code: told for code, told in shown.items() if told != (None, None)} == {
        "FLOW": (Decimal("2000.5"), None),
        "HEADS": (70, None),
        "KEPT": ("có", None),
        "GIVEN area a": (9, 23),
    }
    first = owed(PLAN, period("01"), None, known(figure("01", "5", "FLOW")))
    assert {printed(PLAN, row, VI).previous for row in first} == {None}


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("when", ["06", "Q4", "H1", "2019"])
def test_a_workbook_comes_back(plan2019, language: Language, when: str, tmp_path: Path) -> None:
    """Unfilled it reports nothing; with a value in every row it is read without a finding, a figure for each row."""
    rows = owed(plan2019, period(when), None)
    path = tmp_path / "mau.xlsx"
    path.write_bytes(workbook(plan2019, rows, period(when), "kinh-te", language))
    run = kpi("validate", str(path), "--format", "json")
    assert [one["code"] for one in json.loads(run.stdout)] == ["nothing-reported"]
    book = openpyxl.load_workbook(path)
    for line in range(HEADER_LINE + 2, HEADER_LINE + 2 + len(rows)):
        page: Any = book.worksheets[0]
        page.cell(line, columns(page).index("value") + 1).value = 1
    book.save(path)
    found = json.loads(kpi("validate", str(path), "--format", "json").stdout)
    # A 1 in every row is no likely figure; nothing is wrong with the form.
    assert {one["code"] for one in found} <= {
        "magnitude",
        "percent-as-fraction",
        "children-over-parent",
        "parts-do-not-add",
    }
    report = json.loads(
        kpi("report", when_of(when), "--actuals", str(path), "--format", "json", "--skip-invalid").stdout
    )
    asked = {row.subject.code for row in rows}
    assert {row["code"] for row in report["rows"] if row["value"] is not None} == asked & set(plan2019.entries)


def when_of(when: str) -> str:
    return when if when == "2019" else f"2019-{when}"


def test_a_file_for_each_agency(tmp_path: Path) -> None:
    """`--all` writes one workbook for each agency that owes something, named by period and agency; none over another."""
    folder = tmp_path / "bieu-mau"
    run = kpi("template", "2019-07", "--all", "-o", str(folder), "--actuals", SAMPLES, "--lang", "vi")
    assert run.code == 0, run.stderr
    names = sorted(path.name for path in folder.iterdir())
    assert "2019-07-kinh-te.xlsx" in names
    assert all(name.startswith("2019-07-") and name.endswith(".xlsx") for name in names)
    assert lines(page_of(folder / "2019-07-thue.xlsx"))["KT-14"]["previous"].value == 3.926
    again = kpi("template", "2019-07", "--all", "-o", str(folder), "--lang", "vi")
    assert again.code == 2
    assert "không" in again.stderr
    other = kpi("template", "2019-07", "--all", "-o", str(folder), "--format", "csv", "--lang", "vi")
    assert other.code == 0
    assert (folder / "2019-07-thue.csv").read_bytes().startswith(b"\xef\xbb\xbfm\xc3\xa3 ch\xe1\xbb\x89 ti\xc3\xaau;")


@pytest.mark.parametrize("folder", ["absent", "empty"])
def test_a_template_needs_no_figures(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder of figures is empty or not there yet, the form is written without figures of before; nothing is owed."""
    monkeypatch.chdir(tmp_path)
    if folder == "empty":
        (tmp_path / "actuals").mkdir()
    run = kpi("template", "2019-07", "--agency", "thue", "-o", "a.xlsx", "--lang", "vi")
    assert (run.code, "Đã ghi biểu mẫu" in run.stderr) == (0, True)
    names = columns(page_of(tmp_path / "a.xlsx"))
    assert not {"previous", "cumulative_before", "cumulative_now", "percent_now", "look"} & set(names)


def test_by_when_and_where_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form says by which day it is to be sent, and to whom where kpi.toml says so; that day is no report date."""
    monkeypatch.chdir(tmp_path)
    address = "Số 105 đường Nguyễn Huệ, phường 1, thị xã Vĩnh Châu, tỉnh Sóc Trăng; pnv@vinhchau.vn"
    for settings, said in (
        ("", "Gửi chậm nhất ngày 16/07/2019."),
        (
            f'office = "Phòng Nội vụ"\naddress = "{address}"\n',
            f"Gửi chậm nhất ngày 16/07/2019 về: Phòng Nội vụ, {address}",
        ),
    ):
        (tmp_path / "kpi.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "a.xlsx").unlink(missing_ok=True)
        kpi("template", "2019-07", "--agency", "thue", "-o", "a.xlsx", "--lang", "vi")
        book = openpyxl.load_workbook("a.xlsx")
        page: Any = book.worksheets[0]
        assert page["A2"].value == said
        page.cell(HEADER_LINE + 2, columns(page).index("value") + 1).value = 3.5
        book.save("b.xlsx")
        (figure_,) = json.loads(kpi("show", "KT-14", "--actuals", "b.xlsx", "--format", "json").stdout)["figures"]
        assert (figure_["reported_on"], figure_["value"], figure_["agency"]) == (None, 3.5, "thue")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["template"], "for which period"),
        (["template", "2019-07", "--all"], "--output"),
        (["template", "2019-07", "--all", "--agency", "thue", "-o", "x"], "--agency"),
        (["template", "2019-07", "-o", "x.pdf"], ".xlsx"),
        (["template", "--word"], "-o phu-luc.docx"),
        (["template", "--word", "-o", "x.xlsx"], ".docx"),
    ],
)
def test_what_cannot_be_meant_is_said(arguments: list[str], word: str) -> None:
    """Wrong usage ends with exit 2 and the way out."""
    run = kpi(*arguments, "--lang", "en")
    assert run.code == 2
    assert word in run.stderr


def test_rows_with_faults_are_not_last_months_figures(tmp_path: Path) -> None:
    """What is wrong in the files read is left out of the figures shown, and said."""
    (tmp_path / "a.csv").write_text("mã;kỳ;thực hiện\nKT-14;T6/2019;3,5\nKT-14;T5/2019;3,x\n", encoding="utf-8")
    run = kpi("template", "2019-07", "--agency", "thue", "--actuals", str(tmp_path / "a.csv"), "--lang", "en")
    assert "KT-14;State budget revenue in the town;billion dong;47;3,5;;T7/2019" in run.stdout
    assert "1 row with errors is not among the figures shown" in run.stderr


def test_hostile_names_do_nothing_in_a_template(tmp_path: Path) -> None:
    """Names that are formulas are text in the cells and in the lists of a template, and carry an apostrophe in its CSV."""
    of = plan(
        indicator("X", name='=HYPERLINK("https://example.org")'),
        areas=(),
        agencies={"a": {"name": "@SUM(1)"}},
    )
    of = of.model_copy(update={"areas": {"a": Area(name=of.agencies["a"].name)}})
    rows = owed(of, period("06"), None)
    (tmp_path / "a.xlsx").write_bytes(workbook(of, rows, period("06"), "a", VI))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert not [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert "'=HYPERLINK" in csv_text(of, rows, VI)


def test_what_no_agency_reports_is_named(tmp_path: Path) -> None:
    """`--all` names what the plan gives to nobody, and refuses where no agency owes anything."""
    text = (ROOT / "tests" / "handed_on" / "plan.yaml").read_text(encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(text.replace("at_least: 33.3}, lead: a}", "at_least: 33.3}}"), encoding="utf-8")
    arguments = ("--plan", str(tmp_path / "plan.yaml"), "--all", "-o", str(tmp_path / "out"), "--lang", "en")
    run = kpi("template", "2019-02", *arguments)
    assert run.code == 0
    assert "names no agency for them: EVEN." in run.stderr
    (tmp_path / "plan.yaml").write_text(re.sub(r"(, |\n +)lead: a\b", "", text), encoding="utf-8")
    run = kpi("template", "2019-03", *arguments)
    assert run.code == 2
    assert "No agency has anything to report for 2019-03" in run.stderr


def test_spare_rows_take_numbers_of_what_can_be_added_up(tmp_path: Path) -> None:
    """The rows below take codes of indicators alone, and numbers from 0."""
    page = made(tmp_path)
    first = HEADER_LINE + 2 + len(lines(page))
    cells = dict(zip(columns(page), page[first], strict=True))
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    assert choices(book, checks_on(page, cells["indicator"]).formula1) == [
        "FLOW",
        "HEADS",
        "RATE",
        "SCORE",
        "OF",
        "GIVEN",
    ]
    numbers = [checks_on(page, cells[name]) for name in ("value", "cumulative", "numerator", "denominator")]
    assert {(one.type, one.operator, one.formula1) for one in numbers} == {("decimal", "greaterThanOrEqual", "0")}
