"""Workbooks with several sheets of figures: each is read by itself, where it says its period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from opendocument import Raw, number, workbook
from transcript import kpi

from vinhchau_kpi.intake.inbox import LEAST_BYTES, read_inbox
from vinhchau_kpi.intake.read.submission import Options, Submission
from vinhchau_kpi.plan import Plan

SHORT = ["mã", "thực hiện"]
LONG = ["mã", "kỳ", "thực hiện"]


def _saved(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook of sheets, by their names with `_` for a space."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def _read(path: Path, plan: Plan) -> Submission:
    (found,) = read_inbox([str(path)], plan, Options()).submissions
    return found


def _figures(found: Submission) -> list[tuple[str, str | None, str]]:
    return [(str(figure.period), figure.place.sheet, str(figure.value)) for figure in found.figures]


def _rules(found: Submission) -> list[tuple[str, str | None]]:
    return [(finding.rule.code, finding.place.sheet) for finding in found.findings]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Tháng_6", [SHORT, ["LD-02", 12]]),
        ("T6.2019", [SHORT, ["LD-02", 12]]),
        ("B", [["BÁO CÁO THÁNG 6 NĂM 2019"], SHORT, ["LD-02", 12]]),
        ("B", [LONG, ["LD-02", "T6/2019", 12]]),
        ("B", [["mã", "Thực hiện tháng 6"], ["LD-02", 12]]),
        ("T6", [LONG, ["LD-02", "quý II/2019", 12]]),
    ],
)
def test_each_sheet_says_its_period(name: str, rows: list[list[Any]], tmp_path: Path, plan2019: Plan) -> None:
    """By its name, its title, its columns or its rows: every sheet of figures is read, and the places name it."""
    found = _read(_saved(tmp_path / "x.xlsx", T1=[SHORT, ["LD-02", 10]], **{name: rows}), plan2019)
    period = "2019-Q2" if "quý" in str(rows) else "2019-06"
    assert _figures(found) == [("2019-01", "T1", "10"), (period, name.replace("_", " "), "12")]
    assert {code for code, _ in _rules(found)} == {"period-from-title"}
    assert found.is_read


def _opendocument(path: Path, june: int, july: int) -> Path:
    """Its sheets are T6 and T7."""
    other = Raw('</table:table><table:table table:name="T7">')
    row = [Raw(number(str(value))) for value in (june, july)]
    path.write_bytes(workbook(SHORT, ["LD-02", row[0]], other, SHORT, ["LD-02", row[1]]))
    return path


def test_sheets_of_other_workbooks(tmp_path: Path, plan2019: Plan) -> None:
    """A sheet for each month is read of every kind of workbook."""
    found = _read(_opendocument(tmp_path / "x.ods", 10, 12), plan2019)
    assert _figures(found) == [("2019-06", "T6", "10"), ("2019-07", "T7", "12")]


def test_a_sheet_that_does_not_say(tmp_path: Path, plan2019: Plan) -> None:
    """A sheet without a period is a fault of that sheet, and every other one is judged all the same."""
    silent, unclear = [SHORT, ["LD-02", 10]], [SHORT, ["LD-02", 11]]
    found = _read(
        _saved(tmp_path / "x.xlsx", T4=[SHORT, ["LD-02", -1]], Kinh_tế=silent, **{"T5-T6": unclear}, Ghi_chú=[[5]]),
        plan2019,
    )
    assert _rules(found) == [
        ("sheet-not-read", "Ghi chú"),
        ("period-from-title", "T4"),
        ("negative", "T4"),
        ("several-sheets", "Kinh tế"),
        ("title-unclear", "T5-T6"),
    ]
    assert (found.count, found.rows, found.rows_left_out, found.is_read) == (0, 3, 3, False)


def test_a_name_of_another_period(tmp_path: Path, plan2019: Plan) -> None:
    """A sheet that is named after one month and has the figures of another is doubted, all its figures."""
    pages = {"T5": [LONG, ["LD-02", "T5/2019", 10]], "T6": [LONG, ["LD-02", "T4/2019", 12]]}
    found = _read(_saved(tmp_path / "x.xlsx", **pages), plan2019)
    assert _rules(found) == [("sheet-of-other-period", "T6")]
    (finding,) = found.findings
    assert [str(key.period) for key in finding.about] == ["2019-04"]


def test_last_year_s_sheet_beside_this_year_s(tmp_path: Path, plan2019: Plan) -> None:
    """A sheet of last year's figures is one to compare with, in the same workbook too."""
    pages = {"Năm_nay": [LONG, ["LD-02", "T5/2019", 10]], "Năm_trước": [LONG, ["LD-02", "T5/2018", 9]]}
    inbox = read_inbox([str(_saved(tmp_path / "x.xlsx", **pages))], plan2019, Options())
    assert [str(f.value) for f in inbox.figures.known_on(None).of("LD-02").figures()] == ["10"]
    assert [str(f.value) for f in inbox.last_year.known_on(None).of("LD-02").figures()] == ["9"]


def test_a_long_workbook_is_read_alike(tmp_path: Path, plan2019: Plan) -> None:
    """Of many rows in several sheets the figures are the same as of each sheet sent alone."""
    head = ["mã", "kỳ", "địa bàn", "thực hiện"]
    months = {
        f"T{at}": [
            head, *[["LD-02", f"T{at}/2019", area, n + at] for n, area in enumerate(plan2019.areas)], ["KT-02", f"T{at}/2019", None, 5],
        ]
        for at in (1, 2, 3)
    }  # fmt: skip
    path = _saved(tmp_path / "x.xlsx", **months, Dài=[["x" * 30000] for _ in range(40)])
    path.write_bytes(path.read_bytes().ljust(LEAST_BYTES, b"\0"))
    whole = read_inbox([str(path)], plan2019, Options()).submissions[0]
    alone = [
        _read(_saved(tmp_path / f"{name}.xlsx", **{name: rows}), plan2019).figures for name, rows in months.items()
    ]
    assert [(f.key, f.numbers) for f in whole.figures] == [(f.key, f.numbers) for of in alone for f in of]


def test_every_sheet_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The marked copy has each fault in its cell on its own sheet, and a list whose links name the sheet."""
    monkeypatch.chdir(tmp_path)
    path = _saved(tmp_path / "x.xlsx", T6=[SHORT, ["LD-02", -1]], T7=[SHORT, ["LD-02", -2]])
    for source, ending in ((path, "a.xlsx"), (_opendocument(tmp_path / "x.ods", -1, -2), "b.xlsx")):
        kpi("validate", source.name, "--annotate", ending)
        book = openpyxl.load_workbook(tmp_path / ending)
        assert [book[name]["B2"].comment.text[:2] for name in ("T6", "T7")] == ["-1", "-2"]
        listed = [row[0].value for row in book.worksheets[-1].iter_rows(min_row=2)]
        assert {"T6!B2", "T7!B2"} <= set(listed)
        links = {row[0].hyperlink.location for row in book.worksheets[-1].iter_rows(min_row=2) if row[0].hyperlink}
        assert links == {"'T6'!B2", "'T7'!B2"}
    assert kpi("validate", "x.xlsx", "--annotate", "c.csv").code == 2


@pytest.mark.parametrize("name", ["KH_T6", "Ước_T6", "Lũy_kế_T6", "Kế_hoạch_tháng_6"])
def test_a_sheet_named_for_a_plan_an_estimate_or_a_sum_is_asked_about(
    name: str, tmp_path: Path, plan2019: Plan
) -> None:
    """Its numbers are not what was achieved in the month: they are not taken for that."""
    found = _read(_saved(tmp_path / "x.xlsx", T1=[SHORT, ["LD-02", 10]], **{name: [SHORT, ["LD-02", 12]]}), plan2019)
    assert _figures(found) == [("2019-01", "T1", "10")]
    assert ("several-sheets", name.replace("_", " ")) in _rules(found)
