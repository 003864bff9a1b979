from __future__ import annotations

from make import figure, indicator, known, period, plan

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.trend import Course, Trend, goal_of, trend

PLAN = plan(indicator("M"), indicator("Q", every="quarter"), indicator("L", measure="level"))


def of(*rows: Figure, when: str = "03", keep_silent: bool = False) -> Trend:
    return trend(PLAN, known(*rows), period(when), PLAN.entries.values(), keep_silent=keep_silent)


def own(course: Course) -> list[bool]:
    return [course.has_own(month) for month in course.months]


def test_months_up_to_the_period() -> None:
    """A course has a row for each month from January to the end of the period, and the period's own."""
    (course,) = of(figure("01", "5", "M"), when="Q1").courses
    assert [str(month.period) for month in course.months] == ["2019-01", "2019-02", "2019-03"]
    assert str(course.row.period) == "2019-Q1"


def test_a_month_has_its_own_value_or_an_earlier_one() -> None:
    """A value carried on from an earlier month is not the month's own."""
    (course,) = of(figure("01", "5", "M"), figure("03", "7", "M")).courses
    assert own(course) == [True, False, True]
    (level,) = of(figure("02", "5", "L")).courses
    assert own(level) == [False, True, False]


def test_what_is_due() -> None:
    """A figure by quarter is due at the end of each quarter alone."""
    (course,) = of(figure("Q1", "5", "Q"), when="06").courses
    assert [course.is_due(month) for month in course.months] == [False, False, True, False, False, True]


def test_silent_ones_are_named() -> None:
    """Indicators without a figure are named, or, where asked for by code, kept."""
    found = of(figure("01", "5", "M"))
    assert ([course.row.code for course in found.courses], found.silent) == (["M"], ("Q", "L"))
    assert len(of(keep_silent=True).courses) == 3


def test_what_a_month_is_held_against() -> None:
    """A flow against the share of its target that is expected by then, a level against all of it."""
    flow, level = of(figure("01", "5", "M"), figure("01", "5", "L")).courses
    assert [goal_of(month) for month in flow.months] == [100, 200, 300]
    assert [goal_of(month) for month in level.months] == [1200, 1200, 1200]
