from __future__ import annotations

from datetime import date, timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import figure, indicator, period, plan

from vinhchau_kpi.consistency import inconsistencies
from vinhchau_kpi.coverage import AgencyCoverage, coverage, tally
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.planyear import Deadline

AGENCIES = {"kt": {"name": "Kinh tế"}, "yt": {"name": "Y tế"}, "idle": {"name": "Idle"}}
PLAN = plan(
    indicator("M", lead="kt"),
    indicator("Q", lead="kt", every="quarter"),
    indicator("L", lead="yt", measure="level", unit="pc", target={"at_least": "90"}),
    areas="ab",
    agencies=AGENCIES,
    commitments=[{"code": "P", "name": "promise", "lead": "yt"}, {"code": "N", "name": "nobody's"}],
)


def of(*rows: Figure, when: str, agency: str | None = "kt", on: str | None = None) -> AgencyCoverage:
    found = coverage(PLAN, PlainFigures(rows), period(when), date.fromisoformat(on) if on else None)
    return next(one for one in found.agencies if one.agency == agency)


def states(found: AgencyCoverage, code: str = "M") -> list[str]:
    return [one.state for one in found.until_now if one.indicator.code == code]


def due(found: AgencyCoverage) -> list[str]:
    return [f"{one.indicator.code} {one.period}" for one in found.due]


def missing(found: AgencyCoverage) -> list[str]:
    return [f"{one.indicator.code} {one.period}" for one in found.missing]


def test_agencies() -> None:
    """Every agency that leads something is listed in the plan's order; what nobody leads comes last."""
    assert [one.agency for one in coverage(PLAN, PlainFigures(), period("06")).agencies] == ["kt", "yt", None]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("01", ["M 2019-01"]),
        ("03", ["M 2019-03", "Q 2019-Q1"]),
        ("Q1", ["M 2019-01", "M 2019-02", "M 2019-03", "Q 2019-Q1"]),
    ],
)
def test_due(when: str, expected: list[str]) -> None:
    """What is due in a period is each indicator's periods that end in it."""
    assert due(of(when=when)) == expected
    assert missing(of(when=when)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("02", "5")], ["M 2019-01", "M 2019-03"]),
        ([("01", "0"), ("02", "0"), ("03", "0")], []),
        ([("Q1", "5")], []),
    ],
)
def test_flow_received(rows: list[tuple[str, str]], expected: list[str]) -> None:
    """A month is received when its figure, a 0 included, or that of a longer period over it is there."""
    found = of(*[figure(*one, "M") for one in rows], figure("Q1", "1", "Q"), when="Q1")
    assert missing(found) == expected
    assert tally(found.due).received == len(found.due) - len(expected)


def test_cumulative_is_received_for_all_before() -> None:
    """A cumulative leaves nothing open before its month, and says nothing of the month after."""
    found = of(figure("02", None, "M", cumulative="9"), figure("Q1", "1", "Q"), when="Q1")
    assert missing(found) == ["M 2019-03"]


def test_part_of_a_quarter_is_not_received() -> None:
    """A quarter with a month missing has not been received."""
    rows = figure("01", "1", "Q"), figure("03", "1", "Q"), figure("03", None, "M", cumulative="1")
    assert missing(of(*rows, when="03")) == ["Q 2019-Q1"]
    assert missing(of(*rows, figure("02", "1", "Q"), when="03")) == []


def test_areas_short_of_all_are_not_received() -> None:
    """A month for which an area is missing has not been received; with the last area it has."""
    rows = figure("01", "1", "M", area="a"), figure("01", "1", "M", area="b")
    assert missing(of(rows[0], when="01")) == ["M 2019-01"]
    assert missing(of(*rows, when="01")) == []


def test_level_received_for_its_own_period() -> None:
    """A level of last month stands in the report, but this month's has not been received."""
    assert missing(of(figure("05", "80", "L"), when="06", agency="yt")) == ["L 2019-06"]
    assert missing(of(figure("06", "80", "L"), when="06", agency="yt")) == []


def test_rates_that_cannot_be_joined_are_not_received() -> None:
    """Rates of all areas without numerators give the town nothing."""
    rows = figure("06", "80", "L", area="a"), figure("06", "80", "L", area="b")
    assert missing(of(*rows, when="06", agency="yt")) == ["L 2019-06"]


def test_promises() -> None:
    """Promises are counted, and those with a word by the period's end."""
    rows = [figure("07", "1", "P")]
    june, july = of(*rows, when="06", agency="yt"), of(*rows, when="07", agency="yt")
    assert (june.promises, june.promises_reported) == (1, 0)
    assert (july.promises, july.promises_reported) == (1, 1)


def test_last_reported() -> None:
    """The date shown is the latest on which an agency reported for the period; undated figures have none."""
    rows = figure("01", "1", "M", on="2019-02-03"), figure("Q1", "1", "Q", on="2019-04-09"), figure("02", "1", "M")
    assert of(*rows, when="02").last_reported == date(2019, 2, 3)
    assert of(*rows, when="03").last_reported == date(2019, 4, 9)
    assert of(rows[2], when="02").last_reported is None


def test_as_of() -> None:
    """On a day before a figure was reported it was missing."""
    row = figure("01", "1", "M", on="2019-02-03")
    assert missing(of(row, when="01", on="2019-02-02")) == ["M 2019-01"]
    assert missing(of(row, when="01", on="2019-02-03")) == []


# Deadlines


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("03", "2019-03-18"),
        ("04", "2019-04-17"),
        ("05", "2019-05-16"),
        ("06", "2019-06-18"),
        ("Q2", "2019-06-18"),
        ("H1", "2019-06-18"),
        ("2019", "2019-12-17"),
    ],
)
def test_deadline(when: str, day: str) -> None:
    """Two working days after the 14th of the last month: 14 April 2019 was a Sunday, the Monday after it a day off."""
    rule = Deadline.model_validate({"holidays": ["2019-04-15"]})
    assert rule.of(period(when)) == date.fromisoformat(day)


def test_deadline_of_a_short_month() -> None:
    """A day that the month does not have is its last; with no working days after it the deadline is that day."""
    assert Deadline.model_validate({"closes": "31", "working_days": "0"}).of(period("02")) == date(2019, 2, 28)
    assert Deadline.model_validate({"closes": "31", "working_days": "0"}).of(period("03")) == date(2019, 4, 1)


@given(
    st.integers(1, 31),
    st.integers(0, 60),
    st.sets(st.dates(date(2019, 1, 1), date(2019, 12, 31)), max_size=20),
    st.integers(1, 12),
)
def test_deadline_counts_working_days(closes: int, days: int, holidays: set[date], month: int) -> None:
    """A deadline is a working day, and so many working days lie after the closing day up to it."""
    rule = Deadline(closes=str(closes), working_days=str(days), holidays=[day.isoformat() for day in holidays])
    last = period(f"{month:02d}").last_day
    closing = min(date(2019, month, min(closes, last.day)), last)
    deadline = rule.of(period(f"{month:02d}"))
    between = [closing + timedelta(days=n) for n in range(1, (deadline - closing).days + 1)]
    working = [day for day in between if day.weekday() < 5 and day not in holidays]
    assert deadline.weekday() < 5
    assert deadline not in holidays
    assert len(working) == days or (days == 0 and working == [deadline])


# On time, late, corrected


@pytest.mark.parametrize(
    ("on", "state"),
    [("2019-01-10", "on_time"), ("2019-01-16", "on_time"), ("2019-01-17", "late"), (None, "undated")],
)
def test_on_time_or_late(on: str | None, state: str) -> None:
    """January closes on the 14th, a Monday, and is due on the 16th; without a report date nobody knows."""
    found = of(figure("01", "1", "M", on=on), when="01")
    assert states(found) == [state]
    (due,) = found.due
    assert due.arrived == (None if on is None else date.fromisoformat(on))
    assert due.days_late == (1 if state == "late" else 0)


def test_a_figure_has_come_when_it_is_whole() -> None:
    """Of areas the last counts, and of a month that a cumulative covers the cumulative's day."""
    rows = [figure("01", "1", "M", area="a", on="2019-01-10"), figure("01", "1", "M", area="b", on="2019-02-20")]
    assert [one.arrived for one in of(*rows, when="01").due] == [date(2019, 2, 20)]
    late = of(figure("02", None, "M", cumulative="9", on="2019-02-18"), when="02")
    assert states(late) == ["late", "on_time"]


def test_a_correction_does_not_make_it_late() -> None:
    """What came in time and was sent again with another number is on time and corrected; the same number is neither."""
    first = figure("01", "1", "M", on="2019-01-10")
    again = of(first, figure("01", "2", "M", on="2019-03-01"), when="01")
    assert (states(again), [one.is_corrected for one in again.due]) == (["on_time"], [True])
    same = of(first, figure("01", "1", "M", on="2019-03-01"), when="01")
    assert [one.is_corrected for one in same.due] == [False]
    before = of(first, figure("01", "2", "M", on="2019-03-01"), when="01", on="2019-02-28")
    assert [one.is_corrected for one in before.due] == [False]


@pytest.mark.parametrize(("on", "state"), [("2019-01-16", "pending"), ("2019-01-17", "missing"), (None, "missing")])
def test_missing_and_not_yet_overdue(on: str | None, state: str) -> None:
    """Up to its deadline a figure is awaited, after it overdue; without a day asked for there is no clock."""
    assert states(of(when="01", on=on)) == [state]


def test_months_and_what_to_chase() -> None:
    """The months go from January, whatever the period; what is owed is all that is missing since then."""
    rows = [figure("01", "1", "M", on="2019-01-10"), figure("03", "1", "M", on="2019-03-10")]
    found = of(*rows, when="03")
    assert [tally([d for d in found.until_now if d.period.last == m]).received for m in (1, 2, 3)] == [1, 0, 1]
    assert found.month(period("03")).due == 2
    assert [f"{one.indicator.code} {one.period}" for one in found.owing] == ["M 2019-02", "Q 2019-Q1"]
    assert missing(found) == ["Q 2019-Q1"]


ROWS = st.builds(
    lambda code, month, value, area, on: figure(f"{month:02d}", value, code, area=area, on=on and on.isoformat()),
    st.sampled_from("MQL"),
    st.integers(1, 6),
    st.sampled_from("123"),
    st.sampled_from([None, "a", "b"]),
    st.none() | st.dates(date(2019, 1, 1), date(2019, 7, 31)),
)


@given(st.lists(ROWS, max_size=12), st.dates(date(2019, 1, 1), date(2019, 7, 31)), ROWS, st.integers(1, 60))
def test_later_reports_change_no_earlier_day(rows: list[Figure], day: date, row: Figure, days: int) -> None:
    """Who had reported on a day stays as it was, whatever comes later."""
    later = row._replace(reported_on=day + timedelta(days=days))
    before, after = (coverage(PLAN, PlainFigures(tuple(some)), period("06"), day) for some in (rows, [*rows, later]))
    assert before == after


@given(st.lists(ROWS, max_size=12))
def test_every_state_is_one(rows: list[Figure]) -> None:
    """Received is on time, late and undated together; with what is overdue that is all that was due."""
    for agency in coverage(PLAN, PlainFigures(tuple(rows)), period("06")).agencies:
        counts = tally(agency.until_now)
        assert counts.received == counts.on_time + counts.late + counts.undated
        assert counts.due == counts.received + counts.overdue
        assert all((one.arrived is not None) == (one.state in ("on_time", "late")) for one in agency.until_now)


def test_the_areas_that_keep_a_figure_from_being_whole() -> None:
    """Where some areas have reported and others not, those that have not are known."""
    (due,) = of(figure("01", "1", "M", area="a"), when="01").due
    assert (due.state, due.areas_missing) == ("missing", ("b",))
    (nothing,) = of(when="01").due
    assert nothing.areas_missing == ()
    (whole,) = of(figure("01", "1", "M", area="a"), figure("01", "1", "M", area="b"), when="01").due
    assert whole.areas_missing == ()


def test_undated_figures_come_on_no_known_day() -> None:
    """What undated figures were needed for has come, and nobody knows when; a dated correction does not say it either."""
    half = of(figure("01", "1", "M", area="a", on="2019-01-10"), figure("01", "1", "M", area="b"), when="01")
    assert states(half) == ["undated"]
    corrected = of(figure("01", "1", "M"), figure("01", "2", "M", on="2019-03-01"), when="01")
    assert states(corrected) == ["undated"]


def test_holidays_of_another_year() -> None:
    """A day off that lies in no year of the plan is a slip."""
    of_plan = plan(due={"holidays": ["2018-04-15", "2019-04-15", "2020-01-01"]})
    assert [(loc, rule.code) for loc, rule, _ in inconsistencies(of_plan)] == [
        (("due", "holidays", 0), "plan-bad-value")
    ]


def test_a_correction_of_a_longer_stretch_corrects_its_months() -> None:
    """A quarter sent again with another number is a correction of each month it was sent for."""
    rows = [figure("Q1", "30", "M", on="2019-03-15"), figure("Q1", "35", "M", on="2019-05-10")]
    assert [one.is_corrected for one in of(*rows, when="03").until_now if one.indicator.code == "M"] == [True] * 3


def test_a_whole_that_its_parts_make_is_received() -> None:
    """A silent whole all of whose complete parts were received is not missing; with one part silent it is."""
    of = make.plan(make.indicator("X", parts="complete", children=[make.indicator("X1"), make.indicator("X2")]))
    rows = [make.figure("01", "5", code, on="2019-02-01") for code in ("X1", "X2")]
    for sent, missing in ((rows, []), (rows[:1], ["X", "X2"])):
        (agency,) = coverage(of, PlainFigures(tuple(sent)), make.period("01")).agencies
        assert [due.indicator.code for due in agency.missing] == missing
