from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from make import f, target

from vinhchau_kpi import number
from vinhchau_kpi.achievement import Proof, Standing, achievement, gap, percent, projection
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Measure

JUNE = Standing(f("1/2"), is_final=False)
DECEMBER = Standing(f("1"), is_final=True)
LEVEL_JUNE = Standing(None, is_final=False)
LEVEL_DECEMBER = Standing(None, is_final=True)


@pytest.mark.parametrize(
    ("plan", "actual", "published"),
    [
        ("190", "198.28", "104,36"),
        ("3300", "3304", "100,12"),
        ("14850", "14980", "100,88"),
        ("77500", "81086", "104,63"),
        ("3000", "3028", "100,93"),
        ("8000", "7914", "98,93"),
        ("11000", "10942", "99,47"),
        ("1750", "1879", "107,37"),
        ("5005", "5887", "117,62"),
    ],
)
def test_published_percents(plan: str, actual: str, published: str) -> None:
    """The percents that real reports published come out to the last decimal."""
    exact = percent(target(at_least=plan), f(actual), None)
    assert exact is not None
    assert number.grouped(number.rounded_percent(exact), Convention.VI) == published


@pytest.mark.parametrize(
    ("sense", "baseline", "actual", "expected"),
    [
        ({"at_least": "3"}, None, "1", "100/3"),
        ({"at_least": "28500"}, None, "0", "0"),
        ({"at_least": "0"}, None, "5", None),
        ({"at_least": "-5"}, None, "5", None),
        ({"at_most": "2"}, "8", "5", "50"),
        ({"at_most": "2"}, "8", "2", "100"),
        ({"at_most": "2"}, "8", "0", "400/3"),
        ({"at_most": "2"}, "8", "9", "-50/3"),
        ({"at_most": "0"}, "8", "0", "100"),
        ({"at_most": "2"}, "2", "1", None),
        ({"at_most": "2"}, "1.5", "1", None),
        ({"at_most": "2"}, None, "1", None),
        ({"at_least": ["8", "10"]}, None, "8", "100"),
        ({"at_most": ["2", "4"]}, "8", "4", "100"),
        ({"above": "8"}, None, "8", "100"),
        ({"below": "2"}, "8", "5", "50"),
        ({"exactly": "5"}, "1", "5", None),
        ({"between": ["2", "4"]}, "1", "3", None),
        ({"achieved": "true"}, None, "1", None),
        ({"improve": "up"}, "5", "6", None),
    ],
)
def test_percent(sense: dict[str, Any], baseline: str | None, actual: str, expected: str | None) -> None:
    """A percent is 100·a/N for a floor above 0, the part of the planned reduction for a cap with a baseline, else none."""
    base = None if baseline is None else f(baseline)
    assert percent(target(**sense), f(actual), base) == (None if expected is None else f(expected))


@pytest.mark.parametrize(
    ("sense", "actual", "expected"),
    [
        ({"at_least": "10"}, "7.5", "-2.5"),
        ({"at_least": "0"}, "3", "3"),
        ({"at_most": "10"}, "7.5", "-2.5"),
        ({"above": "10"}, "10", "0"),
        ({"at_least": ["8", "10"]}, "9", "1"),
        ({"at_most": ["8", "10"]}, "9", "-1"),
        ({"exactly": "10"}, "12", "2"),
        ({"between": ["2", "4"]}, "1", "-1"),
        ({"between": ["2", "4"]}, "2", "0"),
        ({"between": ["2", "4"]}, "3", "0"),
        ({"between": ["2", "4"]}, "4", "0"),
        ({"between": ["2", "4"]}, "5.5", "1.5"),
        ({"achieved": "true"}, "0", None),
        ({"improve": "down"}, "3", None),
    ],
)
def test_gap(sense: dict[str, Any], actual: str, expected: str | None) -> None:
    """The gap is actual − target in the unit; for a range, to its nearer edge; none where no number is given."""
    assert gap(target(**sense), f(actual)) == (None if expected is None else f(expected))


@pytest.mark.parametrize(
    ("sense", "baseline", "actual", "expected"),
    [
        ({"at_least": "100"}, None, "99.999999", "not_met"),
        ({"at_least": "100"}, None, "100", "met"),
        ({"at_least": "100"}, None, "100.000001", "exceeded"),
        ({"at_least": "0"}, None, "0", "met"),
        ({"at_most": "100"}, None, "100.000001", "not_met"),
        ({"at_most": "100"}, None, "100", "met"),
        ({"at_most": "100"}, None, "99.999999", "exceeded"),
        ({"at_most": "0"}, None, "0", "met"),
        ({"above": "97"}, None, "97", "not_met"),
        ({"above": "97"}, None, "98", "met"),
        ({"below": "1.2"}, None, "1.2", "not_met"),
        ({"below": "1.2"}, None, "0.5", "met"),
        ({"at_least": ["7.5", "8"]}, None, "7.4", "not_met"),
        ({"at_least": ["7.5", "8"]}, None, "7.5", "met"),
        ({"at_least": ["7.5", "8"]}, None, "8", "met"),
        ({"at_least": ["7.5", "8"]}, None, "8.1", "exceeded"),
        ({"at_most": ["4.5", "5"]}, None, "5.1", "not_met"),
        ({"at_most": ["4.5", "5"]}, None, "5", "met"),
        ({"at_most": ["4.5", "5"]}, None, "4.5", "met"),
        ({"at_most": ["4.5", "5"]}, None, "4.4", "exceeded"),
        ({"exactly": "100"}, None, "100", "met"),
        ({"exactly": "100"}, None, "100.1", "not_met"),
        ({"exactly": "100"}, None, "99.9", "not_met"),
        ({"between": ["2", "4"]}, None, "2", "met"),
        ({"between": ["2", "4"]}, None, "4", "met"),
        ({"between": ["2", "4"]}, None, "1.99", "not_met"),
        ({"between": ["2", "4"]}, None, "4.01", "not_met"),
        ({"achieved": "true"}, None, "1", "met"),
        ({"achieved": "true"}, None, "0", "not_met"),
        ({"improve": "up"}, "5", "5.01", "met"),
        ({"improve": "up"}, "5", "5", "not_met"),
        ({"improve": "down"}, "5", "4.99", "met"),
        ({"improve": "down"}, "5", "5", "not_met"),
        ({"improve": "up"}, None, "5", "not_assessed"),
    ],
)
def test_verdict_at_years_end(sense: dict[str, Any], baseline: str | None, actual: str, expected: str) -> None:
    """In the last month the verdict falls on the exact value, on the side of the line where it stands."""
    base = None if baseline is None else f(baseline)
    for measure, now in (("flow", DECEMBER), ("level", LEVEL_DECEMBER)):
        assert achievement(target(**sense), f(actual), base, measure, now).status == expected


@pytest.mark.parametrize(
    ("sense", "actual", "expected"),
    [
        ({"at_least": "1000"}, "475", "on_track"),
        ({"at_least": "1000"}, "474.999", "behind"),
        ({"at_least": "1000"}, "0", "behind"),
        ({"at_least": "1000"}, "1000", "met"),
        ({"at_least": "1000"}, "1001", "exceeded"),
        ({"at_most": "950"}, "500", "on_track"),
        ({"at_most": "950"}, "500.001", "behind"),
        ({"at_most": "950"}, "0", "on_track"),
        ({"at_most": "0"}, "0", "on_track"),
        ({"at_most": "0"}, "0.001", "behind"),
        ({"exactly": "1000"}, "475", "on_track"),
        ({"exactly": "1000"}, "474", "behind"),
        ({"exactly": "1000"}, "1000", "on_track"),
        ({"exactly": "1000"}, "1001", "behind"),
        ({"between": ["1000", "1200"]}, "475", "on_track"),
        ({"between": ["1000", "1200"]}, "1200", "on_track"),
        ({"between": ["1000", "1200"]}, "1201", "behind"),
    ],
)
def test_flow_before_years_end(sense: dict[str, Any], actual: str, expected: str) -> None:
    """Before the last month a flow is held to its share less the tolerance; only a floor can be reached for good."""
    assert achievement(target(**sense), f(actual), None, "flow", JUNE).status == expected


@pytest.mark.parametrize(
    ("sense", "actual", "expected"),
    [
        ({"at_least": "98"}, "97", "not_yet"),
        ({"at_least": "98"}, "98", "met"),
        ({"at_least": "98"}, "99", "exceeded"),
        ({"at_most": "2"}, "3", "not_yet"),
        ({"at_most": "2"}, "0", "exceeded"),
        ({"exactly": "2"}, "3", "not_yet"),
        ({"between": ["2", "4"]}, "5", "not_yet"),
        ({"achieved": "true"}, "0", "not_yet"),
        ({"achieved": "true"}, "1", "met"),
    ],
)
def test_level_before_years_end(sense: dict[str, Any], actual: str, expected: str) -> None:
    """A level or a promise is met or not yet met; it is never behind, for it has no pace."""
    assert achievement(target(**sense), f(actual), None, "level", LEVEL_JUNE).status == expected


def test_a_cap_is_broken_for_good() -> None:
    """More than a cap allows in the whole year is not within tolerance, however much of the year was expected by now."""
    by_summer = Standing(f("1"), is_final=False)
    assert achievement(target(at_most="100"), f("101"), None, "flow", by_summer).status == "behind"


@pytest.mark.parametrize(
    ("measure", "now", "expected"),
    [("level", LEVEL_JUNE, "50"), ("flow", JUNE, None), ("flow", DECEMBER, "50")],
)
def test_a_reduction_is_of_a_whole_year(measure: Measure, now: Standing, expected: str | None) -> None:
    """Half a year of a flow is no reduction of a year's; a cap has a percent for a level, and for a flow at the year's end."""
    found = achievement(target(at_most="2"), f("5"), f("8"), measure, now)
    assert found.percent == (None if expected is None else f(expected))
    in_part = achievement(target(at_most="2"), f("5"), f("8"), measure, now._replace(proof=Proof.LEAST))
    assert (in_part.percent, in_part.gap) == (None, 3)


def test_tolerance_of_the_plan() -> None:
    """The plan's tolerance decides how far below the share is still on track."""
    strict = Standing(f("1/2"), is_final=False, tolerance=Decimal(1))
    assert achievement(target(at_least="1000"), f("499"), None, "flow", strict).status == "behind"
    assert achievement(target(at_least="1000"), f("500"), None, "flow", strict).status == "on_track"


def test_percent_and_status_agree() -> None:
    """99.996 % is not met, however it is rounded for the screen."""
    found = achievement(target(at_least="25000"), f("24999"), None, "flow", DECEMBER)
    assert found.percent == f("99.996")
    assert found.status == "not_met"


@pytest.mark.parametrize(
    ("share", "expected"),
    [("1/2", "24691"), ("1/10", "123455"), ("0.0999", None), ("0", None), (None, None)],
)
def test_projection(share: str | None, expected: str | None) -> None:
    """The year's end at the profile's pace is cumulative ÷ share, from a tenth of the year on."""
    found = projection(Fraction("12345.5"), None if share is None else f(share))
    assert found == (None if expected is None else f(expected))
