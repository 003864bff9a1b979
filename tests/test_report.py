from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from make import BALANCE, f, figure, indicator, known, period, plan, report, row

from vinhchau_kpi import report as reports
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.messages import VI
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Order, Row, chosen
from vinhchau_kpi.views.report import facts, row_facts

SALT = {"salt": ["10", "30", "55", "80", "95", *["100"] * 7]}
PAIR = plan(indicator(), indicator("Z"))
IN_FEBRUARY = figure("02", "1", "Z")
"""So that February is not a month that nobody has reported."""
REVISED = indicator(revisions=[{"on": "2019-07-12", "target": {"at_least": "1800"}}])


def test_a_row() -> None:
    """A flow's row has every number of the contract, exact."""
    one = row(plan(indicator(target={"at_least": "28500"})), [figure("06", "1200", cumulative="12345.5")], "06")
    assert row_facts(one, VI) == {
        "code": "X",
        "parent": None,
        "section": "S",
        "name": "name of X",
        "unit": "t",
        "measure": "flow",
        "target": {"at_least": Decimal(28500)},
        "in_period": Decimal(1200),
        "cumulative": Decimal("12345.5"),
        "value": Decimal("12345.5"),
        "value_period": "2019-06",
        "percent": Decimal("43.317544"),
        "expected_percent": Decimal(50),
        "gap": Decimal("-16154.5"),
        "status": "behind",
        "projection": Decimal(24691),
        "missing": [],
        "kind": "official",
        "last_year": None,
        "index": None,
        "revised_on": None,
        "left_out": [],
        "assigned": {},
        "doubts": [],
    }


@pytest.mark.parametrize(
    ("facts", "rows", "when", "expected"),
    [
        ({}, [("01", "0")], "01", "behind"),
        ({}, [], "01", "not_reported"),
        ({"every": "quarter"}, [], "02", "not_due"),
        ({"every": "quarter"}, [], "03", "not_reported"),
        ({"every": "half"}, [], "05", "not_due"),
        ({"every": "year"}, [], "11", "not_due"),
        ({"every": "year"}, [], "12", "not_reported"),
        ({"every": "year"}, [("03", "600")], "06", "on_track"),
        ({"measure": "level"}, [("01", "1100")], "06", "not_yet"),
        ({"measure": "level"}, [("01", "1100"), ("12", "1150")], "12", "not_met"),
        ({"target": {"improve": "up"}}, [("01", "1")], "06", "not_assessed"),
    ],
)
def test_status(facts: dict[str, Any], rows: list[tuple[str, str]], when: str, expected: str) -> None:
    """Zero, not reported and not due are three statuses, and an early figure is judged when it comes."""
    assert row(plan(indicator(**facts)), [figure(*one) for one in rows], when).status == expected


@pytest.mark.parametrize(("when", "share"), [("01", 10), ("04", 80), ("06", 100)])
def test_expected_by_profile(when: str, share: int) -> None:
    """What is expected follows the indicator's profile, not twelve equal steps."""
    found = row(plan(indicator(profile="salt"), profiles=SALT), [figure(when, None, cumulative="100")], when)
    assert found.expected_percent == share


@pytest.mark.parametrize(
    ("rows", "when", "share"), [("", "05", "25"), ("03", "05", "25"), ("03 04", "05", "100/3"), ("", "02", "0")]
)
def test_expected_where_figures_are_due_by_quarter(rows: str, when: str, share: str) -> None:
    """A quarterly flow is held to the last quarter due, or to the last month reached where that is later."""
    figures = [figure(month, None, cumulative="100") for month in rows.split()]
    assert row(plan(indicator(every="quarter")), figures, when).expected_percent == f(share)


def test_late_month_is_held_to_the_period() -> None:
    """A monthly flow whose last month is missing is held to the whole period, and what it lacks leaves it open."""
    found = row(PAIR, [figure("01", "100"), IN_FEBRUARY], "02")
    assert (found.expected_percent, found.is_partial, found.status) == (f("50/3"), True, "incomplete")


def test_month_that_nobody_has_reported() -> None:
    """Where no figure of the plan reaches the period, a row is judged at the last month that it has."""
    found = report(PAIR, [figure("01", "100"), figure("02", "200"), figure("01", "50", "Z")], "12")
    assert [str(one) for one in found.silent_months][:2] == ["2019-03", "2019-04"]
    assert [(one.expected_percent, one.status) for one in found.rows] == [
        (f("50/3"), "on_track"),
        (f("25/3"), "behind"),
    ]
    assert [one.projection for one in found.rows] == [1800, None]
    assert report(PAIR, [figure("01", "100"), IN_FEBRUARY], "02").silent_months == ()


def test_promise_in_a_month_that_nobody_has_reported() -> None:
    """A promise not kept by June is not broken in a December that nobody has reported."""
    of = plan(commitments=[{"code": "AN", "name": "A promise"}])
    rows = [figure("06", "0", "AN"), figure("06", "1")]
    assert report(of, rows, "12").commitments[0].status == "not_yet"
    assert report(of, [*rows, figure("12", "1")], "12").commitments[0].status == "not_met"


def test_a_section_alone_is_judged_as_in_the_whole() -> None:
    """Whether anybody has reported a month is a matter of the whole plan, not of the sections looked at."""
    sections = [{"id": one, "indicators": [indicator(one)]} for one in "AB"]
    of = plan(sections=sections)
    rows = known(figure("01", "100", "A"), figure("02", "1", "B"))
    (found,) = reports.report(of, rows, period("02"), sections=["A"]).rows
    assert found.status == "incomplete"


@pytest.mark.parametrize(
    ("target", "january", "expected"),
    [
        ({"at_least": "1200"}, "100", "incomplete"),
        ({"at_least": "1200"}, "190", "on_track"),
        ({"at_least": "1200"}, "1201", "exceeded"),
        ({"at_most": "1200"}, "1", "incomplete"),
        ({"at_most": "1200"}, "1201", "behind"),
        ({"exactly": "1200"}, "200", "incomplete"),
        ({"exactly": "1200"}, "1201", "behind"),
        ({"between": ["1000", "1200"]}, "1100", "incomplete"),
        ({"between": ["1000", "1200"]}, "1201", "behind"),
        ({"improve": "up"}, "900", "incomplete"),
        ({"improve": "up"}, "1001", "met"),
        ({"improve": "down"}, "1", "incomplete"),
        ({"improve": "down"}, "1000", "not_yet"),
    ],
)
def test_what_a_partial_sum_proves(target: dict[str, Any], january: str, expected: str) -> None:
    """A sum that lacks February says of a target what February cannot undo, and no more."""
    of = plan(indicator(target=target, baseline={"year": "2018", "value": "1000"}), indicator("Z"))
    assert row(of, [figure("01", january), IN_FEBRUARY], "02").status == expected


@pytest.mark.parametrize(
    ("target", "january", "expected"),
    [
        ({"at_least": "1200"}, "1199", "incomplete"),
        ({"at_most": "1200"}, "1", "incomplete"),
        ({"at_most": "1200"}, "1201", "not_met"),
        ({"between": ["1000", "1200"]}, "1100", "incomplete"),
        ({"improve": "down"}, "1", "incomplete"),
    ],
)
def test_what_a_partial_sum_proves_in_december(target: dict[str, Any], january: str, expected: str) -> None:
    """At the year's end too a cap is not kept, nor a floor missed, while months are not there."""
    of = plan(indicator(target=target, baseline={"year": "2018", "value": "1300"}), indicator("Z"))
    found = row(of, [figure("01", january), figure("12", "1", "Z")], "12")
    assert (found.status, found.percent if "at_most" in target else None) == (expected, None)


WHOLE = indicator("W", parts="complete", children=[indicator("W.1"), indicator("W.2")])


def test_parts_for_a_silent_whole() -> None:
    """A whole that is not reported from March on is the sum of its complete parts there, and lacks no month; where it is
    reported itself, or one of its parts is not, they do not count for it."""
    whole = [figure(month, "100", "W") for month in ("01", "02")]
    parts = [figure(month, value, code) for month in ("02", "03") for code, value in (("W.1", "70"), ("W.2", "29"))]
    found = row(plan(WHOLE), [*whole, *parts], "03", "W")
    assert (found.actual.value, found.actual.in_period, found.actual.missing, found.status) == (299, 99, (), "on_track")
    assert row(plan(WHOLE), [*whole, *parts[:-1]], "03", "W").actual.value == 200
    assert row(plan({**WHOLE, "parts": "partial"}), [*whole, *parts], "03", "W").actual.value == 200
    level = {"measure": "level"}
    herd = indicator("W", parts="complete", children=[indicator("W.1", **level), indicator("W.2", **level)], **level)
    assert row(plan(herd), [*whole, *parts], "03", "W").actual.value == 99
    assert row(plan(herd), [*whole, *parts], "02", "W").actual.value == 100


def test_a_whole_reported_by_the_half_year_is_its_own() -> None:
    """Months of the parts within a stretch that the whole reports give it those months, not another sum."""
    parts = [figure(f"{m:02d}", "5", code) for m in range(1, 7) for code in ("W.1", "W.2")]
    found = row(plan(WHOLE), [figure("H1", "61", "W"), *parts], "06", "W")
    assert found.actual.value == 61
    assert row(plan(WHOLE), parts, "06", "W").actual.value == 60


def test_quarter_reported_as_its_last_month() -> None:
    """What is due by the quarter and is reported for March alone is the quarter's; with February beside it, it is March's."""
    quarterly = plan(indicator(every="quarter"))
    found = row(quarterly, [figure("03", "300"), figure("06", "290")], "06")
    assert (found.actual.value, found.actual.missing, found.status) == (590, (), "on_track")
    found = row(quarterly, [figure("02", "100"), figure("03", "300")], "03")
    assert [str(one) for one in found.actual.missing] == ["2019-01"]
    assert row(quarterly, [figure("03", "300", cumulative="900")], "03").actual.in_period == 300


IN_TIME = plan(indicator(unit="pc", target={"at_least": "95"}))


def test_rate_of_the_year() -> None:
    """Months given as numerators and denominators make the year's rate: 700 of 1,000 and 99 of 100 are 799 of 1,100."""
    rows = [
        figure("01", numerator="700", denominator="1000"),
        figure("02", numerator="99", denominator="100"),
    ]
    found = row(IN_TIME, rows, "02")
    assert (found.actual.value, found.actual.cumulative, found.actual.in_period) == (
        f("79900/1100"),
        f("79900/1100"),
        99,
    )
    assert (found.expected_percent, found.projection, found.status) == (None, None, "not_yet")
    assert row(IN_TIME, [*rows, figure("12", numerator="1", denominator="1")], "12").status == "incomplete"


def test_rate_of_the_year_by_areas() -> None:
    """Areas and months together are Σ numerator ÷ Σ denominator."""
    of = plan(indicator(unit="pc", target={"at_least": "50"}), areas="ab")
    rows = [
        figure(month, area=area, numerator=above, denominator="10")
        for month, area, above in (("01", "a", "1"), ("01", "b", "3"), ("02", "a", "8"), ("02", "b", "9"))
    ]
    found = row(of, rows, "02")
    assert (found.actual.value, found.actual.in_period, found.status) == (f("52.5"), 85, "exceeded")


def test_rates_that_cannot_be_added() -> None:
    """Rates alone are not added up: the latest stands, of its month."""
    found = row(IN_TIME, [figure("01", "70"), figure("02", "99")], "02")
    assert (found.actual.value, str(found.actual.value_period), found.actual.cumulative) == (99, "2019-02", None)


def test_what_may_fall_proves_nothing_in_part() -> None:
    """Of an amount that can be below 0, a month that is missing can take away what the others made."""
    of = plan(indicator(target={"at_least": "100"}), indicator("Z"), units=BALANCE)
    assert row(of, [figure("01", "500"), IN_FEBRUARY], "02").status == "incomplete"


def test_some_areas_of_a_level() -> None:
    """The areas that have reported may hold a floor or break a cap; a rate of some areas proves nothing."""
    for target, expected in (
        ({"at_least": "90"}, "exceeded"),
        ({"at_least": "110"}, "incomplete"),
        ({"at_most": "110"}, "incomplete"),
        ({"at_most": "90"}, "not_yet"),
    ):
        of = plan(indicator(measure="level", target=target), areas="ab")
        assert row(of, [figure("01", "100", area="a")], "01").status == expected
    of = plan(indicator(measure="level", unit="pc", target={"at_least": "90"}), areas="ab")
    assert row(of, [figure("01", area="a", numerator="19", denominator="20")], "01").status == "incomplete"


def test_month_in_between_is_named() -> None:
    """Of what is due by quarter, a month left out before a later one is named although its quarter is not over."""
    found = row(plan(indicator(every="quarter")), [figure("Q1", "400"), figure("05", "100")], "05")
    assert ([str(one) for one in found.actual.missing], found.status) == (["2019-04"], "on_track")
    found = row(plan(indicator(every="quarter")), [figure("Q1", "200"), figure("05", "100")], "05")
    assert found.status == "incomplete"


def test_yearly_figure_in_december() -> None:
    """In December the whole year's share is expected, whatever has been reported."""
    found = row(plan(indicator(every="quarter")), [figure("Q1", "300"), figure("12", "100")], "12")
    assert (found.expected_percent, found.status) == (100, "incomplete")
    found = row(plan(indicator(every="quarter")), [figure("2019", "300")], "12")
    assert (found.expected_percent, found.status) == (100, "not_met")


@pytest.mark.parametrize(
    ("when", "on", "expected"),
    [("06", None, 1200), ("07", None, 1800), ("06", "2019-07-12", 1800), ("07", "2019-07-11", 1200)],
)
def test_target_in_force(when: str, on: str | None, expected: int) -> None:
    """The target is the one in force at the period's end, or on the day asked for."""
    found = row(plan(REVISED), [figure("06", "900")], when, on=on)
    assert (found.target.at_least, found.revision is not None) == (expected, expected == 1800)


@pytest.mark.parametrize(("on", "expected"), [(None, 800), ("2019-07-11", 1000), ("2019-07-12", 800)])
def test_target_decided_later_than_in_force(on: str | None, expected: int) -> None:
    """A decision of July that holds from January on is known to no report as of a day before it."""
    revision = {"effective": "2019-01-01", "decided": "2019-07-12", "target": {"at_least": "800"}}
    of = plan(indicator(target={"at_least": "1000"}, revisions=[revision]))
    assert row(of, [figure("05", "420", on="2019-05-16")], "05", on=on).target.at_least == expected


def test_as_of() -> None:
    """A report as of a day knows no row reported after it."""
    rows = figure("01", "100", on="2019-02-01"), figure("01", "120", on="2019-03-01")
    assert row(plan(), rows, "01", on="2019-02-28").actual.value == 100
    assert row(plan(), rows, "01", on="2019-03-01").actual.value == 120
    assert row(plan(), rows, "01", on="2019-01-31").status == "not_reported"


def test_level_has_no_pace() -> None:
    """A level is expected nothing and projected nowhere."""
    found = row(plan(indicator(measure="level")), [figure("06", "600")], "06")
    assert (found.expected_percent, found.projection, found.percent) == (None, None, 50)


def test_cap_with_baseline() -> None:
    """A cap's percent is the part of the planned reduction that was made: 8 → 2 % planned, 5 % reached is half."""
    poverty = indicator(unit="pc", measure="level", target={"at_most": "2"}, baseline={"year": "2018", "value": "8"})
    found = row(plan(poverty), [figure("06", "5")], "06")
    assert (found.percent, found.gap, found.status) == (50, 3, "not_yet")


FIVE = plan(
    indicator("A", children=[indicator("A.1"), indicator("A.2", every="year")]),
    indicator("B", measure="level", target={"at_most": "10"}),
    indicator("C", measure="level", target={"exactly": "4"}),
)
FIVE_ROWS = [
    figure("06", "1300", "A"),
    figure("06", None, "A.1", cumulative="10"),
    figure("06", "12", "B"),
    figure("06", "4", "C"),
]


def test_summary_counts_children_and_met_in_both() -> None:
    """Children count as indicators; the first number of the summary holds the exceeded too."""
    whole = report(FIVE, FIVE_ROWS, "06")
    summary = facts(whole, whole, VI)["summary"]
    assert whole.met_or_exceeded == 2
    assert summary == {
        "indicators": 5, "met": 1, "exceeded": 1, "on_track": 0, "behind": 1, "not_yet": 1, "not_met": 0,
        "not_reported": 0, "not_due": 1, "not_assessed": 0, "incomplete": 0, "overdue": 0, "doubted": 0, "open_readings": 0, "rows_left_out": 0,
    }  # fmt: skip


def test_rows_in_the_plans_order() -> None:
    """Rows stand in the order of the plan, a child after its parent and naming it."""
    rows = [(one.code, one.entry.parent.code if one.entry.parent else None) for one in report(FIVE, [], "06").rows]
    assert rows == [("A", None), ("A.1", "A"), ("A.2", "A"), ("B", None), ("C", None)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, ["A", "A.1", "A.2", "B", "C"]),
        (Order.CODE, ["A", "A.1", "A.2", "B", "C"]),
        (Order.PERCENT, ["A", "A.1", "A.2", "B", "C"]),
        (Order.GAP, ["A.1", "B", "C", "A", "A.2"]),
    ],
)
def test_order(order: Order | None, expected: list[str]) -> None:
    """By gap, the row furthest behind its target comes first, in whatever unit; rows without one come last."""
    assert [one.code for one in chosen(report(FIVE, FIVE_ROWS, "06"), [], order).rows] == expected


def test_chosen_by_status() -> None:
    """Choosing rows by status keeps those alone and leaves the report they came from as it was."""
    whole = report(FIVE, FIVE_ROWS, "06")
    status = whole.rows[0].status
    assert [one.code for one in chosen(whole, [status], None).rows] == ["A"]
    assert len(whole.rows) == 5


@pytest.mark.parametrize(
    ("rows", "when", "expected"),
    [
        ([], "06", "not_reported"),
        ([("03", "1")], "06", "met"),
        ([("03", "1"), ("05", "0")], "06", "not_yet"),
        ([("03", "0")], "12", "not_met"),
        ([("07", "1")], "06", "not_reported"),
    ],
)
def test_commitment(rows: list[tuple[str, str]], when: str, expected: str) -> None:
    """A promise is as its latest figure by the period's end says; what came later is not known."""
    of = plan(commitments=[{"code": "AN", "name": "A promise"}])
    found = report(of, [*(figure(*one, "AN") for one in rows), figure(when, "1")], when).commitments
    assert [one.status for one in found] == [expected]


def test_latest_month() -> None:
    """The default period is the last month that any figure reaches, a quarter by its end; none without figures."""
    figures = PlainFigures((figure("02", "1"), figure("Q1", "3", on="2019-04-05"), figure("2019", "1", "AN")))
    assert figures.known_on(None).last_month(["X"]) == 3
    assert figures.known_on(None).last_month(["X", "AN"]) == 12
    assert PlainFigures().known_on(None).last_month(["X"]) is None


def test_the_month_that_is_reached() -> None:
    """An estimate of the year does not make December the month that is reached, unless there is nothing else."""
    estimate = figure("2019", "30", kind=Kind.ESTIMATE)
    assert known(figure("09", "1"), estimate).reached_month(["X"]) == 9
    assert known(figure("H1", "20", kind=Kind.ESTIMATE), estimate).reached_month(["X"]) == 6
    assert known(estimate).reached_month(["X"]) == 12
    assert known().reached_month(["X"]) is None


def test_sections(plan2019: Plan) -> None:
    """A report on chosen sections has their indicators and commitments and no others."""
    from make import known, period

    from vinhchau_kpi.report import report as make_report

    found = make_report(plan2019, known(), period("06"), sections=["KT"])
    assert {one.entry.section.id for one in found.rows} == {"KT"}
    assert {one.section.id for one in found.commitments} <= {"KT"}


# Against last year


def against(rows: list[Figure], last_year: list[Figure], when: str = "02", **facts: Any) -> Row:
    """The row of X, beside figures of the year before; those have the months of this year, for only months are compared."""
    before = PlainFigures(tuple(last_year)).known_on(None)
    (found,) = reports.report(plan(indicator(**facts)), known(*rows), period(when), before=before).rows
    return found


TWO_MONTHS = [figure("01", "100"), figure("02", "140")]


def test_index_of_a_flow() -> None:
    """A cumulative is held against that of the same month of last year: 240 against 200 is 120 %."""
    found = against(TWO_MONTHS, [figure("01", "90"), figure("02", "110"), figure("03", "500")])
    assert (found.last_year, found.index) == (200, 120)


def test_index_of_a_level() -> None:
    """A level is held against that of the same month; one of another month is not the same period."""
    level: dict[str, Any] = {"measure": "level"}
    assert against([figure("02", "9")], [figure("02", "12")], **level).index == 75
    assert against([figure("02", "9")], [figure("01", "12")], **level).index is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ([figure("02", "140")], TWO_MONTHS),
        (TWO_MONTHS, [figure("02", "140")]),
        (TWO_MONTHS, [figure("01", "140")]),
        (TWO_MONTHS, []),
        ([], TWO_MONTHS),
        (TWO_MONTHS, [figure("01", "0"), figure("02", "0")]),
    ],
)
def test_only_like_is_compared(now: list[Figure], then: list[Figure]) -> None:
    """With a month missing on either side, nothing on one, or 0 to compare with there is no index."""
    assert against(now, then).index is None


def test_baseline_is_last_years_end() -> None:
    """The plan's baseline of the year before stands for its whole year, where no figure of it was supplied."""
    year, facts = [figure("2019", "1250")], {"baseline": {"year": "2018", "value": "1000"}}
    assert against(year, [], "2019", **facts).index == 125
    assert against(year, [figure("2019", "500")], "2019", **facts).index == 250
    assert against([figure("H1", "600")], [], "H1", **facts).index is None
    assert against(year, [], "2019", baseline={"year": "2017", "value": "1000"}).index is None


def test_a_promise_has_no_index() -> None:
    """Yes against yes is not 100 %."""
    kept: dict[str, Any] = {"target": {"achieved": "true"}, "unit": "yes"}
    assert against([figure("02", "1")], [figure("02", "1")], **kept).index is None


def test_a_part_of_last_year_leaves_the_baseline() -> None:
    """Where last year's figures do not reach its end, the plan's baseline stands for it."""
    year, facts = [figure("2019", "1250")], {"baseline": {"year": "2018", "value": "1000"}}
    assert against(year, [figure("H1", "500")], "2019", **facts).index == 125


def test_months_that_no_figure_reaches_are_named() -> None:
    """A report on August with figures up to June names July and August; one on what is due by quarter names no month in between."""
    of = plan(indicator("A"), indicator("B", every="quarter", measure="level"))
    rows = [figure("06", "1", "A")]
    assert [str(one) for one in report(of, rows, "08").silent_months] == ["2019-07", "2019-08"]
    assert report(of, rows, "06").silent_months == ()
    quarterly = plan(indicator("B", every="quarter", measure="level"))
    assert report(quarterly, [figure("03", "1", "B")], "05").silent_months == ()
    assert [str(one) for one in report(quarterly, [figure("03", "1", "B")], "07").silent_months] == ["2019-06"]
