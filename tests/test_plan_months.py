"""Plans that are not for a calendar year (a part of one, a school year, a fiscal year), and one year's plan after another's."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from make import f, figure, indicator, known, plan

from vinhchau_kpi import asked
from vinhchau_kpi.consistency import inconsistencies
from vinhchau_kpi.coverage import coverage
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.cut.headings import period_named
from vinhchau_kpi.intake.inbox import read_inbox
from vinhchau_kpi.intake.read.submission import Options, parse_submission
from vinhchau_kpi.messages import EN, VI
from vinhchau_kpi.period import Period, Span, parse
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.report import NOTHING_KNOWN, Row, report
from vinhchau_kpi.status import Status
from vinhchau_kpi.template import owed
from vinhchau_kpi.views.template import typed

FISCAL = {"from": "2018-10", "to": "2019-09"}
SCHOOL = {"from": "2018-09", "to": "2019-05"}
FOUNDED = {"from": "2019-07", "to": "2019-12"}


def months(of: Plan) -> list[str]:
    return [str(of.span.month(number)) for number in range(1, of.span.length + 1)]


def sent(of: Plan, when: str, value: str, **facts: Any) -> Figure:
    period = of.period(when)
    assert period is not None
    return figure("2019-01", value, **facts)._replace(period=period)


def row(of: Plan, rows: list[Figure], when: str, before: tuple[Figure, ...] = ()) -> Row:
    period = of.period(when)
    assert period is not None
    (found,) = report(of, known(*rows), period, before=known(*before) if before else NOTHING_KNOWN).rows
    return found


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (FISCAL, ["25/3", "50/3", "25", "100/3", "125/3", "50", "175/3", "200/3", "75", "250/3", "275/3", "100"]),
        (SCHOOL, ["100/9", "200/9", "100/3", "400/9", "500/9", "200/3", "700/9", "800/9", "100"]),
        (FOUNDED, ["50/3", "100/3", "50", "200/3", "250/3", "100"]),
    ],
)
def test_each_month_has_its_share_of_the_plans_months(time: dict[str, str], expected: list[str]) -> None:
    """One of n equal steps for each month from the plan's first on; with as much as that a row is on track, met at the end."""
    of = plan(indicator(target={"at_least": "1200"}), **time)
    step = str(Fraction(1200, of.span.length))
    of_month = figure("2019-01", "1")._replace
    rows: list[Figure] = []
    for when, share in zip(months(of), expected, strict=True):
        period = of.period(when)
        assert period is not None
        rows.append(of_month(period=period, value=figure("2019-01", "133.4" if "/" in step else step).value))
        found = row(of, rows, when)
        assert found.expected_percent == f(share)
        assert not found.actual.missing
        assert found.status is (Status.ON_TRACK if share != "100" else found.status)
    assert found.status in (Status.MET, Status.EXCEEDED)


def test_a_profile_has_as_many_shares_as_the_plan_has_months() -> None:
    """Of half a year's plan the third share is that of September; twelve shares are refused."""
    profiles = {"late": ["0", "10", "30", "60", "80", "100"]}
    of = plan(indicator(profile="late"), profiles=profiles, **FOUNDED)
    assert not list(inconsistencies(of))
    assert row(of, [sent(of, when, "100") for when in months(of)[:3]], "2019-09").expected_percent == 30
    twelve = plan(indicator(), profiles={"late": [*["0"] * 11, "100"]}, **FOUNDED)
    assert [loc for loc, _, _ in inconsistencies(twelve)] == [("profiles", "late")]


def test_a_cumulative_runs_from_the_plans_first_month() -> None:
    """The sum up to January of a fiscal year holds October to December, and nothing of the months before."""
    of = plan(indicator(), **FISCAL)
    rows = [sent(of, when, "100") for when in ("10/2018", "11/2018", "12/2018", "T1/2019")]
    found = row(of, rows, "2019-01")
    assert (found.actual.cumulative, found.actual.in_period, found.percent) == (400, 100, f("100/3"))
    assert row(of, rows, "2019-Q1").actual.in_period == 100
    lacking = row(of, rows[1:], "2019-01").actual
    assert [str(one) for one in lacking.missing] == ["2018-10"]


def test_last_year_is_the_year_before_of_the_same_months() -> None:
    """November 2018 of a fiscal year is held against October and November 2017."""
    of = plan(indicator(), **FISCAL)
    before = (sent(of, "2017-10", "40"), sent(of, "2017-11", "60"))
    found = row(of, [sent(of, "2018-10", "50"), sent(of, "2018-11", "70")], "2018-11", before)
    assert (found.last_year, found.index) == (100, 120)


@pytest.mark.parametrize(
    ("time", "every", "expected"),
    [
        (FISCAL, "quarter", ["2018-Q4", "2019-Q1", "2019-Q2", "2019-Q3"]),
        (FISCAL, "half", ["2018-10..2019-03", "2019-04..09"]),
        (FISCAL, "year", ["2018-10..2019-09"]),
        (SCHOOL, "quarter", ["2018-09", "2018-Q4", "2019-Q1", "2019-04..05"]),
        (SCHOOL, "half", ["2018-09..2019-02", "2019-03..05"]),
        (FOUNDED, "quarter", ["2019-Q3", "2019-Q4"]),
        (FOUNDED, "half", ["2019-H2"]),
    ],
)
def test_what_is_due_when(time: dict[str, str], every: str, expected: list[str]) -> None:
    """Figures are due by calendar quarters, by halves from the first month on, and for all of the plan, as far as they lie in it."""
    of = plan(indicator(every=every), **time)
    assert [str(one) for one in of.span.due(every)] == expected
    (agency,) = coverage(of, PlainFigures(), of.span.whole).agencies
    assert [str(due.period) for due in agency.until_now] == expected
    assert [str(one.period) for one in owed(of, of.span.whole, None)] == expected
    assert [of.period(typed(one)) for one in of.span.due(every)] == list(of.span.due(every))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T1", "2019-01"), ("10", "2018-10"), ("quý IV", "2018-Q4"), ("quý I", "2019-Q1"), ("3 tháng", "2018-Q4"), ("5 tháng đầu năm", "2018-10..2019-02"),
        ("2018-10..2019-09", "2018-10..2019-09"), ("R1", "R1"), ("đợt I", "R1"),
    ],
)  # fmt: skip
def test_a_period_without_its_year_is_the_plans(text: str, expected: str) -> None:
    """January of a fiscal year is that of the next calendar year; its first months are its own."""
    of = plan(rounds=[{"id": "R1", "name": "Đợt I", "from": "2018-10", "to": "2019-03"}], **FISCAL)
    assert not list(inconsistencies(of))
    assert str(asked.period(of, text)) == expected


@pytest.mark.parametrize("text", ["2018-09", "2019-10", "2018", "2019-Q4"])
def test_a_period_outside_the_plan_is_refused(text: str) -> None:
    """A calendar year is no period of a fiscal year's plan, nor is a quarter that is not in it."""
    with pytest.raises(Refusal) as refused:
        asked.period(plan(**FISCAL), text)
    assert "2018-10..2019-09" in EN.tell(refused.value.message)


def test_a_period_is_the_same_however_its_year_is_counted() -> None:
    """January 2019 is month 1 of 2019, and month 4 of the year that began in October."""
    calendar, fiscal = Period(2019, 1, 1), Period(2018, 4, 4, start=10)
    assert calendar == fiscal == calendar.counted_from(10)
    assert hash(calendar) == hash(fiscal)
    assert (fiscal.year, fiscal.first, fiscal.first_day, fiscal.month_before.last_day.month) == (
        2018,
        4,
        calendar.first_day,
        12,
    )
    whole = Span(2018, 10).whole
    assert parse(str(whole)) == whole
    assert (VI.period(whole), EN.period(whole)) == ("tháng 10/2018 đến tháng 9/2019", "months 10/2018 to 9/2019")


def test_headings_without_a_year() -> None:
    """Months of a wide table are those of the plan, in whichever calendar year they lie."""
    of = plan(indicator(), **FISCAL)
    text = "mã;Tháng 10;Tháng 12;Tháng 1;Quý II\nX;1;2;3;4\n"
    read = parse_submission(text, "f.csv", of, Options())
    assert [str(one.period) for one in read.figures] == ["2018-10", "2018-12", "2019-01", "2019-Q2"]
    assert period_named("quý II", of.span) == Period(2019, 4, 6)


def test_a_file_outside_the_plans_months() -> None:
    """Figures of a month before a commune was founded are an error; those of the same months of last year are compared with."""
    of = plan(indicator(), **FOUNDED)
    (finding,) = parse_submission("mã;kỳ;thực hiện\nX;6/2019;1\n", "f.csv", of, Options()).findings
    assert finding.rule.code == "period-outside-year"
    last = parse_submission("mã;kỳ;thực hiện\nX;7/2018;1\n", "f.csv", of, Options())
    assert last.is_of_last_year


@pytest.mark.parametrize(
    ("facts", "loc"),
    [
        ({"from": "2019-07", "to": "2020-07"}, ("to",)),
        ({"from": "2019-07", "to": "2019-06"}, ("to",)),
        ({**FISCAL, "rounds": [{"id": "R1", "name": "R1", "from": "2018-09", "to": "2019-03"}]}, ("rounds", 0)),
    ],
)
def test_times_that_cannot_be(facts: dict[str, Any], loc: tuple[str | int, ...]) -> None:
    """A plan is for one to twelve months, and its rounds lie in them."""
    assert [one for one, _, _ in inconsistencies(plan(**facts))] == [loc]


def test_an_indicator_goes_on_under_another_code() -> None:
    """Last year's OLD is this year's X; the X of last year was another, and is compared with nothing."""
    of = plan(indicator("X", was="OLD"), indicator("Y"), retired=["Z"])
    assert not list(inconsistencies(of))
    read = parse_submission(
        "mã;kỳ;thực hiện\nOLD;6/2018;1\nX;6/2018;2\nY;6/2018;3\nZ;6/2018;4\n", "f.csv", of, Options()
    )
    assert [(one.code, one.value) for one in read.figures] == [("X", 1), ("Y", 3)]
    (finding,) = read.findings
    assert (finding.rule.code, finding.args["codes"]) == ("codes-gone", ("X", "Z"))
    (this_year,) = parse_submission("mã;kỳ;thực hiện\nOLD;6/2019;1\n", "f.csv", of, Options()).findings
    assert this_year.rule.code == "unknown-indicator"


def test_a_retired_code_is_not_used_again() -> None:
    """Nor is one continued twice, or one that goes on itself."""
    loc = ("sections", 0, "indicators")
    assert next(inconsistencies(plan(indicator("X"), retired=["x"])))[0] == (*loc, 0, "code")
    assert next(inconsistencies(plan(indicator("X"), indicator("Y", was="x"))))[0] == (*loc, 1, "was")
    twice = plan(indicator("X", was="O"), indicator("Y", was="O"))
    assert [one for one, _, _ in inconsistencies(twice)] == [(*loc, 0, "was"), (*loc, 1, "was")]


def test_a_folder_of_several_years(tmp_path: Path) -> None:
    """Each plan takes its own year, compares the one before, and leaves the others aside, said once for each file."""
    for year in (2017, 2018, 2019, 2020):
        (tmp_path / f"{year}.csv").write_text(f"mã;kỳ;thực hiện\nX;T1/{year};100\n", encoding="utf-8")
    of = plan(indicator())
    for least in (10**9, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inbox, "LEAST_BYTES", least)
            found = read_inbox([str(tmp_path)], of, Options())
        assert (found.figures.size, found.last_year.size) == (1, 1)
        assert [(one.rule.code, one.args.get("other")) for one in found.findings] == [
            ("other-year", "2017"), ("last-year", None), ("other-year", "2020")
        ]  # fmt: skip
    named = read_inbox([str(tmp_path / "2020.csv")], of, Options())
    assert [one.rule.code for one in named.findings] == ["period-outside-year"]


@pytest.mark.parametrize("heading", ["Lũy kế 4 tháng", "LK 4 tháng", "Lũy kế 4 tháng đầu năm", "Cộng dồn 4 tháng"])
def test_a_running_total_of_n_months_is_of_the_plan_s_first_n(heading: str) -> None:
    """From October on, the sum of four months reaches January, beside the figure of January."""
    found = parse_submission(f"mã,Thực hiện tháng 1,{heading}\nX,110,410\n", "a.csv", plan(**FISCAL), Options())
    assert not found.findings
    assert [(str(one.period), str(one.value), str(one.cumulative)) for one in found.figures] == [
        ("2019-01", "110", "410")
    ]
