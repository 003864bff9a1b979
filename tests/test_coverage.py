from __future__ import annotations

from datetime import date

import pytest
from make import figure, indicator, known, period, plan

from vinhchau_kpi.coverage import AgencyCoverage, coverage
from vinhchau_kpi.figures import Figure

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
    return next(one for one in coverage(PLAN, known(*rows, on=on), period(when)).agencies if one.agency == agency)


def due(found: AgencyCoverage) -> list[str]:
    return [f"{one.indicator.code} {one.period}" for one in found.due]


def missing(found: AgencyCoverage) -> list[str]:
    return [f"{one.indicator.code} {one.period}" for one in found.missing]


def test_agencies() -> None:
    """Every agency that leads something is listed in the plan's order; what nobody leads comes last."""
    assert [one.agency for one in coverage(PLAN, known(), period("06")).agencies] == ["kt", "yt", None]


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
    assert found.received == len(found.due) - len(expected)


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
