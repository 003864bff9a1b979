"""What a person types for a period, a code or an agency, on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from unittest.mock import ANY

import pytest
from make import indicator, plan
from transcript import ROOT, kpi

from vinhchau_kpi import asked
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.refusal import Refusal

SAMPLES = str(ROOT / "data" / "samples" / "2019-*.csv")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("T7", "2019-07"),
        ("t7", "2019-07"),
        ("7", "2019-07"),
        ("07", "2019-07"),
        (" 7 ", "2019-07"),
        ("tháng 7", "2019-07"),
        ("quý II", "2019-Q2"),
        ("quy 2", "2019-Q2"),
        ("Q2", "2019-Q2"),
        ("H1", "2019-H1"),
        ("9M", "2019-9M"),
        ("6 tháng", "2019-H1"),
        ("6 tháng đầu năm", "2019-H1"),
        ("6 tháng cuối năm", "2019-H2"),
        ("9 tháng", "2019-9M"),
        ("7 tháng", "2019-7M"),
        ("7M", "2019-7M"),
        ("cả năm", "2019"),
        ("2019", "2019"),
        ("tháng 7/2019", "2019-07"),
        ("đợt I", "R1"),
    ],
)
def test_the_year_is_that_of_the_plan(text: str, meant: str, plan2019: Plan) -> None:
    """A period typed without its year is of the plan's year."""
    assert str(asked.period(plan2019, text)) == meant


@pytest.mark.parametrize("text", ["", " ", "13", "0", "T13", "quý V", "5/7", "-", "/", "2019-", "T", "KT-02", "6,5"])
def test_what_is_no_period_is_refused(text: str, plan2019: Plan) -> None:
    """Nothing is taken for a period because a year could be written beside it."""
    with pytest.raises(Refusal) as refused:
        asked.period(plan2019, text)
    assert "is not a period" in refused.value.message.sentence


def test_another_year_is_refused(plan2019: Plan) -> None:
    """A year that is typed is meant: that of another plan is refused, not replaced."""
    with pytest.raises(Refusal) as refused:
        asked.period(plan2019, "T7/2020")
    assert "is not in {year}" in refused.value.message.sentence


def test_a_period_on_a_day(plan2019: Plan) -> None:
    """What stands behind @ is the day on which the period is looked at, with a year in the period or without."""
    period, day = asked.period_on_a_day(plan2019, "T6@2019-07-05", date(2019, 12, 31))
    assert (str(period), day) == ("2019-06", date(2019, 7, 5))
    assert asked.period_on_a_day(plan2019, "6", date(2019, 12, 31))[1] == date(2019, 12, 31)


def test_every_command_takes_a_period_without_its_year() -> None:
    """`kpi report T6` prints what `kpi report 2019-06` prints, and so do the other commands."""
    from_samples = ("--actuals", SAMPLES)
    for short, full in (
        (["report", "T6"], ["report", "2019-06"]),
        (["report", "quý II"], ["report", "2019-Q2"]),
        (["show", "KT-02", "6"], ["show", "KT-02", "2019-06"]),
        (["coverage", "6 tháng"], ["coverage", "2019-H1"]),
        (["diff", "T5", "T6@2019-07-05"], ["diff", "2019-05", "2019-06@2019-07-05"]),
        (["trend", "KT-02", "--until", "Q1"], ["trend", "KT-02", "--until", "2019-Q1"]),
        (["template", "7"], ["template", "2019-07"]),
    ):
        runs = [kpi(*command, *from_samples) for command in (short, full)]
        assert runs[0].stdout == runs[1].stdout
        assert (runs[0].code, runs[0].stderr) == (0, "")


def test_a_period_for_rows_without_one_needs_no_year(tmp_path: Path) -> None:
    """`--period T7` is the period of the rows that give none."""
    file = tmp_path / "a.csv"
    file.write_text("mã;thực hiện;ghi chú\nKT-02;1200;\n", encoding="utf-8")
    assert "2019-07" in kpi("report", "--actuals", str(file), "--period", "T7", "--format", "json").stdout


def test_a_folder_called_like_a_month_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders T6 and T7 are compared as folders; a period with its year is a period, whatever the folder holds."""
    monkeypatch.chdir(tmp_path)
    for name, value in (("T6", "1200"), ("T7", "1300"), ("2019-06", "1"), ("2019-07", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text(f"mã;kỳ;thực hiện\nKT-02;2019-06;{value}\n", encoding="utf-8")
    assert "1200" in kpi("diff", "T6", "T7", "--format", "csv").stdout
    assert "KT-02" in kpi("diff", "2019-06", "2019-07", "--actuals", "T6", "--format", "csv").stdout


def test_a_code_goes_before_a_period(plan2019: Plan) -> None:
    """`kpi trend` takes a period for a slip of the hand only where it is no code of the plan."""
    with pytest.raises(Refusal) as refused:
        asked.entries(plan2019, ["T6"], None)
    assert "is a period" in refused.value.message.sentence
    assert [entry.indicator.code for entry in asked.entries(plan2019, ["kt-02"], None)] == ["KT-02"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("kt-14", "KT-14"),
        ("thu ngân sách", "KT-14"),
        ("THU NGAN SACH", "KT-14"),
        ("ngân sách, thu", "KT-14"),
        ("Tổng sản lượng thủy hải sản", "KT-03"),
        ("san luong thuy", "KT-03 KT-03.1"),
        ("salt output", "KT-10"),
        ("hành tím", "KT-04.1"),
    ],
)
def test_words_of_a_name_mean_its_code(text: str, codes: str, plan2019: Plan) -> None:
    """An indicator is found by words of its name in either language, in any order, with marks or without."""
    assert asked.codes(plan2019, text) == tuple(codes.split())


def test_marks_that_are_typed_count_where_they_can() -> None:
    """Marks tell two names apart; what is typed without them, or as the beginning of words, finds both."""
    made = plan(
        *(indicator(code, name={"vi": name, "en": code}) for code, name in (("A", "Đàn bò"), ("B", "Đàn bổ sung")))
    )
    found = {text: asked.codes(made, text) for text in ("bò", "bo", "bổ", "su", "đan")}
    assert found == {"bò": ("A",), "bo": ("A", "B"), "bổ": ("B",), "su": ("B",), "đan": ("A", "B")}
    for text in ("", "…", "heo", "bò sung heo"):
        with pytest.raises(Refusal):
            asked.codes(made, text)


def test_several_hits_are_listed_or_drawn() -> None:
    """`kpi show` lists what words may mean, in every form; `kpi trend` draws the indicators among it."""
    shown = kpi("show", "thủy sản", "--actuals", SAMPLES, "--lang", "vi")
    assert (shown.code, "kpi show KT-01" in shown.stdout, "KT-03.1" in shown.stdout) == (0, True, True)
    listed = json.loads(kpi("show", "thủy sản", "--actuals", SAMPLES, "--format", "json").stdout)
    assert listed[0] == {"code": "KT-01", "name": ANY, "lead": "kinh-te"}
    drawn = kpi("trend", "thủy sản", "--actuals", SAMPLES, "--lang", "vi").stdout
    assert all(one["code"] in drawn for one in listed)
    promise = kpi("trend", "chung tay", "--actuals", SAMPLES, "--lang", "en")
    assert (promise.code, "no numbers to draw" in promise.stderr) == (2, True)
