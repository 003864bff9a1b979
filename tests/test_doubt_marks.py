"""A doubt travels with its number, until a person has confirmed it."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import docx
import jsonschema
import make
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import figure, indicator, plan
from transcript import ROOT, kpi

from vinhchau_kpi import report as reports
from vinhchau_kpi import rules
from vinhchau_kpi.areas import by_area
from vinhchau_kpi.doubt import Confirmation, Doubted
from vinhchau_kpi.figure import Figure, FigureKey
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.inbox import read_inbox
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.number import Convention
from vinhchau_kpi.report import report

HEAD = "mã;kỳ;địa bàn;giá trị;người xác nhận;ngày;lý do"
REASON = "149.000"
"""What would be right: it stands in the reason."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three quarters of KT-09, of which the second is ten times the others."""
    rows = ("KT-09;2019-Q1;148.000", "KT-09;2019-Q2;1.490.000", "KT-09;2019-Q3;150.000")
    (tmp_path / "so-lieu.csv").write_text("\n".join(["mã chỉ tiêu;kỳ báo cáo;thực hiện", *rows]), encoding="utf-8")
    return tmp_path


def confirm(folder: Path, *rows: str) -> None:
    (folder / "confirmed.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")


def doubts_of(folder: Path, period: str = "2019-06") -> list[dict[str, object]]:
    """Those of KT-09 in the JSON, which is as its schema says."""
    run = kpi("report", period, "--actuals", str(folder), "--format", "json")
    found = json.loads(run.stdout)
    jsonschema.validate(found, json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8")))
    (row,) = (row for row in found["rows"] if row["code"] == "KT-09")
    assert found["summary"]["doubted"] == sum(one["confirmed_by"] is None for one in row["doubts"])
    return list(row["doubts"])


def stops(folder: Path, period: str = "2019-06") -> bool:
    return kpi("report", period, "--actuals", str(folder), "--fail-on", "doubt").code == 1


# Every form


def test_json(folder: Path) -> None:
    """A row has its doubts with place, reason and the number that would be right."""
    (doubt,) = doubts_of(folder)
    assert (doubt["rule"], doubt["line"], doubt["column"], doubt["instead"]) == ("magnitude", 3, 3, 149000)
    assert REASON in str(doubt["message"])


def test_only_what_is_counted(folder: Path) -> None:
    """A row in which the doubted figure is not counted is not marked, and nothing stops."""
    assert doubts_of(folder, "2019-09") == doubts_of(folder, "2019-03") == []
    assert (stops(folder), stops(folder, "2019-09")) == (True, False)


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_texts(folder: Path, form: str) -> None:
    """Screen, Markdown and page have the mark, the reason, and how many rows are doubted."""
    text = kpi("report", "2019-06", "--actuals", str(folder), "--format", form, "--lang", "vi", width="300").stdout
    text = text.replace("\\!", "!")
    assert REASON in text
    assert "1 chỉ tiêu, nhiệm vụ có số liệu cần xem lại (đánh dấu !)." in text
    assert "1.490.000!" in text if form == "html" else "! KT-09" in text


@pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
def test_workbook(folder: Path) -> None:
    """The value stays a number and shows the mark; the reason is among the remarks."""
    path = folder / "a.xlsx"
    kpi("report", "2019-06", "--actuals", str(folder), "--lang", "vi", "-o", str(path))
    rows = openpyxl.load_workbook(path)["Báo cáo"].iter_rows()
    (row,) = (row for row in rows if row[1].value == "KT-09")
    (value,) = (cell for cell in row if cell.value == 1490000)
    assert value.number_format.endswith('" !"')
    assert REASON in str(row[-1].value)


def test_word(folder: Path) -> None:
    """The annex has the mark at the value, a word in the remarks, and the reason below the tables."""
    path = folder / "a.docx"
    kpi("report", "2019-06", "--actuals", str(folder), "--lang", "vi", "-o", str(path))
    document = docx.Document(str(path))
    (cells,) = ([cell.text for cell in row.cells] for row in document.tables[2].rows if row.cells[1].text == "KT-09")
    assert (cells[6], cells[-1]) == ("1.490.000!", "! cần xem lại")
    (note,) = (one.text for one in document.paragraphs if one.text.startswith("! KT-09"))
    assert REASON in note


def test_csv(folder: Path) -> None:
    """The column `doubts` says rule, place and the number that would be right."""
    lines = kpi("report", "2019-06", "--actuals", str(folder), "--format", "csv").stdout.splitlines()
    (row,) = (row for row in csv.DictReader(lines) if row["code"] == "KT-09")
    assert row["doubts"] == f"magnitude {folder / 'so-lieu.csv'}:3:3 instead 149000"


def test_areas() -> None:
    """By area the mark is at the area whose figure is doubted, and at the sum that holds it."""
    of = plan(indicator(), areas=["a", "b"])
    rows = [figure("01", "10", area="a"), figure("01", "1000", area="b")]
    doubted = Doubted()
    doubted.add(Finding(rules.MAGNITUDE, Place("x.csv", 3, 3), {}, {rows[1].key: Decimal(10)}))
    known = PlainFigures(tuple(rows)).known_on(None).with_doubts(doubted)
    (table,) = by_area(of, known, report(of, known, rows[0].period).rows)
    assert [(one.area, len(one.doubts)) for one in table.areas] == [("a", 0), ("b", 1)]
    assert len(table.doubts) == len(table.row.doubts) == 1


def test_a_ledger_is_asked_for_the_doubted_keys(tmp_path: Path) -> None:
    """Of a long file, whose figures are never made one by one, the same rows are doubted."""
    of = plan(indicator(), areas=[f"a{n}" for n in range(3000)])
    lines = [f"X,2019-01,a{n},{n}" for n in range(3000)]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(["indicator,period,area,value", *lines]), encoding="utf-8")
    figures = read_inbox([str(path)], of, Options(numbers=Convention.EN)).figures
    assert not isinstance(figures, PlainFigures)
    here, elsewhere = (FigureKey("X", figure(when, "1").period, "a7") for when in ("01", "02"))
    doubted = Doubted()
    for key in (here, elsewhere, here._replace(area="nowhere"), here._replace(code="Y")):
        doubted.add(Finding(rules.MAGNITUDE, Place("x.csv", 3, 3), {}, {key: None}))
    known = figures.known_on(None).with_doubts(doubted)
    (row,) = report(of, known, here.period).rows
    assert [list(doubt.about) for doubt in row.doubts] == [[here]]


# Confirmed


def test_a_confirmed_doubt_is_a_note(folder: Path) -> None:
    """With the name, day and reason in the place of the mark; it is counted no more and stops nothing."""
    confirm(folder, "KT-09;quý II/2019;;1.490.000;Trần Thị Hoa;08/07/2019;trại mới")
    (doubt,) = doubts_of(folder)
    assert doubt["confirmed_by"] == "Trần Thị Hoa"
    run = kpi("report", "2019-06", "--actuals", str(folder), "--fail-on", "doubt", "--lang", "vi", width="300")
    assert (run.code, run.stderr) == (0, "")
    assert "đã xác nhận: Trần Thị Hoa (08/07/2019): trại mới" in run.stdout
    assert "!" not in run.stdout
    run = kpi("validate", str(folder), "--strict", "--lang", "vi", width="300")
    assert run.code == 0
    assert "đã xác nhận: Trần Thị Hoa" in run.stdout


@pytest.mark.parametrize("row", ["KT-09;2019-Q2;;1.490.001;Hoa;;", "KT-09;2019-Q1;;148.000;Hoa;;"])
def test_it_holds_for_one_value_of_one_figure(folder: Path, row: str) -> None:
    """Another value, or another figure, leaves the doubt open."""
    confirm(folder, row)
    assert stops(folder)


def test_beside_a_file(folder: Path) -> None:
    """Beside files that are named it is found too, and may speak of figures that are not among them."""
    confirm(folder, "KT-09;2019-Q2;;1.490.000;Hoa;;", "YT-02;2019-06;;97;Hoa;;")
    assert kpi("validate", str(folder / "so-lieu.csv"), "--strict").code == 0
    assert kpi("validate", str(folder), "--strict").code == 1


def test_it_is_no_submission(folder: Path) -> None:
    """Its figures count nowhere."""
    confirm(folder, "KT-10;2019-05;;40;Hoa;;")
    rows = json.loads(kpi("report", "2019-06", "--actuals", str(folder), "--format", "json").stdout)["rows"]
    assert next(row for row in rows if row["code"] == "KT-10")["value"] is None


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("KT-9;2019-Q2;;1.490.000;Hoa;;", "unknown-indicator", 1),
        ("KT-09;2019-Q9;;1.490.000;Hoa;;", "bad-period", 2),
        ("KT-09;2019-Q2;nowhere;1.490.000;Hoa;;", "unknown-area", 3),
        ("KT-09;2019-Q2;;1,5x;Hoa;;", "bad-number", 4),
        ("KT-09;2019-Q2;;1.490.000; ;;", "confirmation-unsigned", 5),
        ("KT-09;2019-Q2;;1.490.000;Hoa;31/02/2019;", "bad-date", 6),
        ("KT-09;2019-Q2;;149.000;Hoa;;", "confirmation-idle", 4),
        ("KT-09;2019-Q4;;149.000;Hoa;;", "confirmation-idle", 4),
    ],
)
def test_faults(folder: Path, row: str, rule: str, column: int) -> None:
    """What is wrong in it is found with line and column."""
    confirm(folder, row)
    found = json.loads(kpi("validate", str(folder), "--format", "json").stdout)
    places = [(one["code"], one["line"], one["column"]) for one in found if one["file"].endswith("confirmed.csv")]
    assert places == [(rule, 2, column)]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
@settings(max_examples=50)
def test_confirming_all_leaves_none_open(values: list[int]) -> None:
    """Whatever is doubted: once every doubted figure is confirmed as it is, no row stands in doubt; a note for each stays."""
    rows = [figure(f"{at:02}", str(value)) for at, value in enumerate(values, 1)]
    of = plan(indicator())
    findings = [Finding(rules.MAGNITUDE, row.place, {}, {row.key: None, rows[0].key: None}) for row in rows]

    def doubts(*confirmed: Figure) -> tuple[int, int]:
        said = {
            row.key: Confirmation(row.key, row.value or Decimal(0), "Hoa", None, "", row.place) for row in confirmed
        }
        doubted = Doubted(said)
        for finding in findings:
            doubted.add(finding)
        known = PlainFigures(tuple(rows)).known_on(None).with_doubts(doubted)
        found = report(of, known, rows[-1].period)
        return found.doubted, len(found.rows[0].doubts)

    assert doubts() == (1, len(rows))
    assert doubts(*rows) == (0, len(rows))
    if len(rows) > 1:
        assert doubts(*rows[1:])[0] == 1


def test_a_month_counted_in_the_period_alone_is_doubted_there() -> None:
    """A doubted month that a later cumulative covers is behind what came about in its quarter, not behind the value."""
    of = make.plan()
    months = [make.figure(f"0{month}", "10") for month in (4, 5)]
    rows = [*months, make.figure("06", "10", cumulative="60")]
    finding = Finding(rules.MAGNITUDE, months[0].place, {}, {months[0].key: None})
    doubted = Doubted()
    doubted.add(finding)
    for when, is_doubted in (("Q2", True), ("06", False)):
        row = reports.row(of, make.known(*rows).with_doubts(doubted), of.entries["X"], make.period(when))
        assert (row.actual.cumulative, row.is_doubted) == (60, is_doubted)
