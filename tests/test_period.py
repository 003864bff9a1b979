from __future__ import annotations

from datetime import date

import pytest

from vinhchau_kpi import period as periods
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.views.template import typed


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2019-06", "2019-06"),
        ("2019-6", "2019-06"),
        ("2019/06", "2019-06"),
        ("6/2019", "2019-06"),
        ("06/2019", "2019-06"),
        ("06-2019", "2019-06"),
        ("T6/19", "2019-06"),
        ("quý II/19", "2019-Q2"),
        ("II/2019", "2019-Q2"),
        ("T6/2019", "2019-06"),
        ("t06/2019", "2019-06"),
        ("tháng 6/2019", "2019-06"),
        ("Tháng 6 năm 2019", "2019-06"),
        ("THANG 12/2019", "2019-12"),
        ("2019-Q2", "2019-Q2"),
        ("2019q2", "2019-Q2"),
        ("quý II/2019", "2019-Q2"),
        ("quí I/2019", "2019-Q1"),
        ("Quý 4 năm 2019", "2019-Q4"),
        ("quý III năm 2019", "2019-Q3"),
        ("3 tháng đầu năm 2019", "2019-Q1"),
        ("2019-H1", "2019-H1"),
        ("2019-H2", "2019-H2"),
        ("6 tháng đầu năm 2019", "2019-H1"),
        ("6 tháng 2019", "2019-H1"),
        ("6 tháng cuối năm 2019", "2019-H2"),
        ("2019-9M", "2019-9M"),
        ("9 tháng 2019", "2019-9M"),
        ("9 tháng đầu năm 2019", "2019-9M"),
        ("7 tháng đầu năm 2019", "2019-7M"),
        ("5 tháng 2019", "2019-5M"),
        ("11 tháng năm 2019", "2019-11M"),
        ("06 tháng đầu năm 2019", "2019-H1"),
        ("2019-7M", "2019-7M"),
        ("2019-6M", "2019-H1"),
        ("12 tháng năm 2019", "2019"),
        ("2019", "2019"),
        ("năm 2019", "2019"),
        ("cả năm 2019", "2019"),
        ("  quý   II/2019 ", "2019-Q2"),
    ],
)
def test_parse(text: str, short: str) -> None:
    """Every way a clerk writes a period is read, and printed back in the short form."""
    found = periods.parse(text)
    assert found is not None
    assert str(found) == short


@pytest.mark.parametrize(
    "text",
    [
        "", "6", "tháng 6", "quý II", "2019-13", "2019-00", "0/2019", "13/2019", "2019-Q5", "quý V/2019", "2019-H3",
        "2019-06-14", "14/6/2019", "6.2019", "Jun-19", "19-06", "1819-06", "2119-06", "20190", "1 tháng 2019", "13 tháng 2019", "7 tháng", "đợt I",
        "2019-06 2019-07", "٢٠١٩-٠٦", "6/19", "T6/12", "T1-19", "V/2019",
    ],
)  # fmt: skip
def test_not_a_period(text: str) -> None:
    """A month that is none, a day, or a period without its year is not guessed at."""
    assert periods.parse(text) is None


@pytest.mark.parametrize("text", ["R1", "r1", "Đợt I", "đợt 1", "DOT I", "Round I", "round 1"])
def test_rounds(plan2019: Plan, text: str) -> None:
    """A round of the plan is known by its id and its names, in Roman or in Arabic numerals."""
    found = plan2019.period(text)
    assert found == Period(2019, 1, 6)
    assert str(found) == "R1"
    assert plan2019.period("I/2019") is None  # The quarter, or the round.


@pytest.mark.parametrize(
    ("text", "months"),
    [("2019-06", [6]), ("2019-Q3", [7, 8, 9]), ("2019-H2", [7, 8, 9, 10, 11, 12]), ("2019-9M", list(range(1, 10)))],
)
def test_months(text: str, months: list[int]) -> None:
    """A period is a label for whole months of its year."""
    found = periods.parse(text)
    assert found is not None
    assert [one.first for one in found.months()] == months
    assert found.end == Period(2019, months[-1], months[-1])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-01", date(2019, 1, 31)),
        ("2019-02", date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 29)),
        ("2019-Q2", date(2019, 6, 30)),
        ("2019", date(2019, 12, 31)),
    ],
)
def test_last_day(text: str, day: date) -> None:
    """A period's last day is the last day of its last month, leap years included."""
    found = periods.parse(text)
    assert found is not None
    assert found.last_day == day


@pytest.mark.parametrize(
    ("every", "until", "names"),
    [
        ("month", 3, ["2019-01", "2019-02", "2019-03"]),
        ("quarter", 2, []),
        ("quarter", 3, ["2019-Q1"]),
        ("quarter", 8, ["2019-Q1", "2019-Q2"]),
        ("half", 11, ["2019-H1"]),
        ("half", 12, ["2019-H1", "2019-H2"]),
        ("year", 11, []),
        ("year", 12, ["2019"]),
    ],
)
def test_due_periods(every: str, until: int, names: list[str]) -> None:
    """A figure is due for each period that is over, and not before."""
    assert [str(one) for one in periods.Span(2019).due(every) if one.last <= until] == names


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-07-05", date(2019, 7, 5)),
        ("2019/07/05", date(2019, 7, 5)),
        ("2019.7.5", date(2019, 7, 5)),
        ("2019/7-5", None),
        ("05/07/2019", date(2019, 7, 5)),
        ("5/7/2019", date(2019, 7, 5)),
        ("5.7.2019", date(2019, 7, 5)),
        (" 5-7-2019 ", date(2019, 7, 5)),
        ("13/07/2019", date(2019, 7, 13)),
        ("07/13/2019", None),
        ("30/02/2019", None),
        ("5/7/19", None),
        ("2019-07", None),
        ("", None),
    ],
)
def test_parse_day(text: str, day: date | None) -> None:
    """A day is read in ISO order or day first, and never month first."""
    assert periods.parse_day(text) == day


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("2019-06", "T6/2019"),
        ("2019-Q4", "quý IV/2019"),
        ("2019-H1", "6 tháng đầu năm 2019"),
        ("2019-H2", "6 tháng cuối năm 2019"),
        ("2019-9M", "9 tháng đầu năm 2019"),
        ("2019-7M", "7 tháng đầu năm 2019"),
        ("2019", "năm 2019"),
    ],
)
def test_typed(short: str, words: str) -> None:
    """A template writes a period in words that Excel does not turn into a date."""
    found = periods.parse(short)
    assert found is not None
    assert typed(found) == words


@pytest.mark.parametrize(
    ("text", "sure", "other"),
    [
        ("18/06/2019", True, None),
        ("07/06/2019", False, date(2019, 7, 6)),
        ("6/06/2019", False, None),
        ("06/18/2019", False, date(2019, 6, 18)),
        ("31/02/2019", False, None),
        ("2019-06-07", False, None),
        ("2019-06-18", False, None),
        ("hôm qua", False, None),
    ],
)
def test_dates_that_could_be_month_first(text: str, sure: bool, other: date | None) -> None:
    """A day above 12 is surely first; below it could be a month; other forms have no such doubt."""
    assert (periods.is_day_first(text), periods.month_first(text)) == (sure, other)
