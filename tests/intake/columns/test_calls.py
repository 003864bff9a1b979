"""What a row costs, in calls of Python functions: these do not depend on the machine, as seconds do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import make
import pytest
import xlsxwriter

from vinhchau_kpi.checks import check
from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.plan import Plan

AREAS = [f"area-{at:03d}" for at in range(100)]
PLAN = make.plan(*(make.indicator(code) for code in "XYZ"), areas=AREAS)
UNLISTED = make.plan(*(make.indicator(code) for code in "XYZ"))


def calls(work: Callable[[], object]) -> int:
    """How many Python functions are called, and generators resumed, by `work`."""
    count = 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def write(file: Path, lines: list[str]) -> None:
    if file.suffix == ".csv":
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return
    with xlsxwriter.Workbook(file, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line.split(","))


def calls_per_row(folder: Path, columns: str, row: str, kind: str = "csv", plan: Plan = PLAN) -> float:
    """What each of the second 1,800 rows of a file adds to what reading and checking the first takes."""
    counts = []
    for months in (6, 12):
        file = folder / f"{months}.{kind}"
        rows = [
            row.format(code=code, month=month, area=area, value=100 + at % 7, at=at)
            for month in range(1, months + 1)
            for at, area in enumerate(AREAS)
            for code in "XYZ"
        ]
        write(file, [columns, *rows])

        def work(file: Path = file) -> None:
            read = inbox.read_inbox([str(file)], plan, Options())
            assert len([one for one in check(plan, read.figures) if one.is_error]) == 0

        work()
        counts.append(calls(work))
    return (counts[1] - counts[0]) / (len(AREAS) * 3 * 6)


ROW = "{code},2019-{month:02d},{area},{value}.5"


def test_a_plain_row_of_a_long_file_costs_hardly_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a long file columns are judged, and each combination of words once: two calls a row here, where a combination
    has a hundred rows, and fewer where it has more."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 0)
    assert calls_per_row(tmp_path, "indicator,period,area,value", ROW) < 3


@pytest.mark.parametrize(
    ("columns", "row", "plan", "most"),
    [
        ("indicator,period,area,value,note", ROW + ",see report {at}/{month}", PLAN, 15),
        ("area,value,period,indicator", "{area},{value}.5,2019-{month:02d},{code}", PLAN, 5),
        ("\ufeffmã chỉ tiêu;kỳ;địa bàn;thực hiện", '{code};T{month}/2019;{area};"1.{value},5"', PLAN, 5),
        ("indicator,period,area,value,reported_on", ROW + ",28/{month:02d}/2019", PLAN, 5),
        ("indicator,period,area,value", ROW, UNLISTED, 30),
    ],
    ids=["notes", "other order", "as a Vietnamese Excel", "days first", "areas not listed"],
)
def test_the_shape_of_a_long_file_costs_little(
    columns: str, row: str, plan: Plan, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notes, another order, a byte-order mark, thousands with dots, quotation marks, other dates, and areas that the plan does
    not list leave a row among its columns."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 0)
    assert calls_per_row(tmp_path, columns, row, plan=plan) < most


def test_a_row_of_a_long_workbook_costs_the_look_at_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells are looked at twice, as XML and as values; beyond that a row is judged by columns. By itself it takes four times as
    many calls."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 0)
    assert calls_per_row(tmp_path, "indicator,period,area,value", ROW, "xlsx") < 60


def test_a_row_of_a_short_file_costs_no_more_than_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is judged by itself, and checked against the others, took 215 calls when this was written."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 10**9)
    assert calls_per_row(tmp_path, "indicator,period,area,value", ROW) < 250
