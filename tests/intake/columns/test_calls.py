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

AREAS = [f"area-{at:03d}" for at in range(100)]
PLAN = make.plan(*(make.indicator(code) for code in "XYZ"), areas=AREAS)


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


def calls_per_row(folder: Path, columns: str, row: str, kind: str = "csv") -> float:
    """What each of the second 1,800 rows of a file adds to what reading and checking the first takes."""
    counts = []
    for months in (6, 12):
        file = folder / f"{months}.{kind}"
        rows = [
            row.format(code=code, month=month, area=area, value=100 + at % 7)
            for month in range(1, months + 1)
            for at, area in enumerate(AREAS)
            for code in "XYZ"
        ]
        write(file, [columns, *rows])

        def work(file: Path = file) -> None:
            read = inbox.read_inbox([str(file)], PLAN, Options())
            assert len([one for one in check(PLAN, read.figures) if one.is_error]) == 0

        work()
        counts.append(calls(work))
    return (counts[1] - counts[0]) / (len(AREAS) * 3 * 6)


ROW = "{code},2019-{month:02d},{area},{value}.5"


def test_a_plain_row_of_a_long_file_costs_hardly_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a long file columns are judged, and each combination of words once: two calls a row here, where a combination
    has a hundred rows, and fewer where it has more."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 0)
    assert calls_per_row(tmp_path, "indicator,period,area,value", ROW) < 3


def test_a_row_of_a_long_workbook_costs_the_look_at_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells are looked at twice, as XML and as values; beyond that a row is judged by columns. By itself it takes four times as
    many calls."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 0)
    assert calls_per_row(tmp_path, "indicator,period,area,value", ROW, "xlsx") < 60


def test_a_row_of_a_short_file_costs_no_more_than_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is judged by itself, and checked against the others, took 215 calls when this was written."""
    monkeypatch.setattr(inbox, "LEAST_BYTES", 10**9)
    assert calls_per_row(tmp_path, "indicator,period,area,value", ROW) < 250
