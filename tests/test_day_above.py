"""The day of the report that is written once, above the table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_dates import HEAD, PLAN

from vinhchau_kpi.checks import check
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.read.submission import Options, Submission, parse_submission

assert PLAN is not None
ROWS = HEAD + "LD-02;2019-05;;230;\n"


def read(text: str) -> Submission:
    assert PLAN is not None
    return parse_submission(text, "a.csv", PLAN, Options())


def above(line: str) -> list[str]:
    """The rules of dates that are broken where another file has the same figure of another day."""
    assert PLAN is not None
    texts = [f"{line}\n{ROWS}", f"{HEAD}LD-02;2019-05;;260;07/08/2019\n"]
    figures = [f for n, text in enumerate(texts) for f in parse_submission(text, f"{n}.csv", PLAN, Options()).figures]
    return [f.rule.code for f in check(PLAN, PlainFigures(tuple(figures))) if "date" in f.rule.code]


@pytest.mark.parametrize(
    "line",
    [
        "Ngày báo cáo: 05/07/2019",
        "NGÀY BÁO CÁO : 2019-07-05",
        "Ngày báo cáo;05/07/2019",
        "UBND THỊ XÃ;;Vĩnh Châu, ngày 05 tháng 7 năm 2019",
        "Báo cáo ngày 5/7/2019",
        "(Báo cáo ngày 5 tháng 7 năm 2019)",
        "Báo cáo ngày 5/7/2019\nVĩnh Châu, ngày 05 tháng 7 năm 2019",
    ],
)
def test_one_day_above_holds_for_rows_that_give_none(line: str) -> None:
    """Whether the table has no column of dates, or a blank in it; a date of its own goes first."""
    assert read(f"{line}\n{ROWS}").figures[0].reported_on == date(2019, 7, 5)
    assert read(f"{line}\nindicator;period;value\nLD-02;2019-05;230\n").figures[0].reported_on == date(2019, 7, 5)
    assert read(f"{line}\n{HEAD}LD-02;2019-05;;230;01/07/2019\n").figures[0].reported_on == date(2019, 7, 1)
    assert read(f"{line}\n{ROWS}").how_read.report_date is not None


@pytest.mark.parametrize(
    "line",
    [
        "(Kèm theo Kế hoạch số 08/KH-UBND ngày 19/4/2019 của UBND thị xã)",
        "theo Kế hoạch số 08/KH-UBND ngày 19/4/2019",
        "Số 12/BC-UBND ngày 05/07/2019",
        "Kế hoạch của UBND thị xã, ngày 19 tháng 4 năm 2019",
        "Số liệu đến ngày 30/6/2019",
        "Từ ngày 15/5/2019 đến ngày 14/6/2019",
        "Vĩnh Châu, ngày    tháng 7 năm 2019",
        "Ngày báo cáo: 31/06/2019",
    ],
)
def test_days_of_other_things_are_no_report_dates(line: str) -> None:
    """Documents that are cited, stretches that are covered, a day left open, a day that is none."""
    found = read(f"{line}\n{ROWS}")
    assert found.figures[0].reported_on is None
    assert found.how_read.report_date is None


def test_of_two_days_above_neither_is_taken() -> None:
    """And how the file was read says so, with both."""
    found = read(f"Ngày báo cáo: 05/07/2019\nVĩnh Châu, ngày 06 tháng 7 năm 2019\n{ROWS}")
    assert found.figures[0].reported_on is None
    assert found.how_read.report_date is not None
    assert (found.how_read.report_date.what, len(found.how_read.report_date.places)) == ("", 2)


def test_a_day_above_of_two_readings_is_one_in_doubt() -> None:
    """As in a column; written with the word for month it has one reading."""
    assert above("Ngày báo cáo: 06/12/2019") == ["dates-either-way"]
    assert above("Vĩnh Châu, ngày 06 tháng 12 năm 2019") == []


def test_long_files_take_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By rows and by columns the same figures have the day, and blank rows below it lie over nothing."""
    assert PLAN is not None
    months = [f"2019-{n:02}" for n in range(1, 7)]
    rows = "".join(f"LD-02;{month};{area};{value};\n" for month in months for area in PLAN.areas for value in (230, ""))
    (tmp_path / "a.csv").write_text(f"Ngày báo cáo: 05/07/2019\n{HEAD}{rows}", encoding="utf-8")
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(inbox, "LEAST_BYTES", least)
        read = inbox.read_inbox([str(tmp_path)], PLAN, Options())
        known = [len(list(read.figures.as_of(date(2019, 7, day)).of("LD-02"))) for day in (4, 5)]
        found.append((*known, list(read.figures.blanked())))
        assert read.submissions[0].in_ledger == (60 if least == 0 else 0)
    assert found[0] == found[1] == (0, 60, [])
