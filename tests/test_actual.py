from __future__ import annotations

import pytest
from make import f, figure, indicator, known, period, plan, row

from vinhchau_kpi.actual import Actual, actual, amounts_of
from vinhchau_kpi.figure import Figure, Kind

LEVEL = {"measure": "level"}


def of(*rows: Figure, when: str, areas: str = "", **facts: object) -> Actual:
    """The actual of indicator X, a flow in t unless `facts` say otherwise."""
    the_plan = plan(indicator(**facts), areas=areas)
    entry = the_plan.entries["X"].indicator
    return actual(the_plan, entry, amounts_of(the_plan, known(*rows), entry), period(when))


def months(text: str) -> list[Figure]:
    """`1=10 2=20`: monthly figures."""
    pairs = (pair.split("=") for pair in text.split())
    return [figure(f"{int(number):02d}", value) for number, value in pairs]


def missing(found: Actual) -> list[str]:
    return [str(one) for one in found.missing]


# Flows


@pytest.mark.parametrize(
    ("when", "in_period", "cumulative"),
    [("01", 10, 10), ("03", 30, 60), ("Q1", 60, 60), ("Q2", 150, 210), ("H1", 210, 210), ("05", 50, 150)],
)
def test_months_add_up(when: str, in_period: int, cumulative: int) -> None:
    """In period is the sum over the period, cumulative the sum from January to its end."""
    found = of(*months("1=10 2=20 3=30 4=40 5=50 6=60"), when=when)
    assert (found.in_period, found.cumulative, found.value) == (in_period, cumulative, cumulative)
    assert missing(found) == []


def test_missing_month_is_named() -> None:
    """A month missing in between is named and not taken as 0; the sum is of what is there."""
    found = of(*months("1=10 3=30"), when="04")
    assert (found.cumulative, found.in_period) == (40, None)
    assert missing(found) == ["2019-02", "2019-04"]
    assert str(found.value_period) == "2019-03"


def test_reported_zero_is_no_gap() -> None:
    """A reported 0 is a figure."""
    found = of(*months("1=0 2=0"), when="02")
    assert (found.cumulative, found.in_period) == (0, 0)
    assert missing(found) == []


def test_nothing_reported() -> None:
    """Without a figure there is no number at all, and every due month is missing."""
    found = of(when="02")
    assert (found.value, found.cumulative, found.in_period) == (None, None, None)
    assert missing(found) == ["2019-01", "2019-02"]


def test_figures_after_the_period_do_not_count() -> None:
    """A report on February knows nothing of March, nor of a quarter that ends in March."""
    found = of(*months("1=10 3=30"), figure("Q1", "60"), when="02")
    assert (found.cumulative, missing(found)) == (10, ["2019-02"])


def test_cumulative_stands_for_its_months() -> None:
    """A reported cumulative counts as the sum to its month, so nothing before it is missing."""
    found = of(figure("03", None, cumulative="60"), *months("4=40"), when="04")
    assert (found.cumulative, found.in_period, missing(found)) == (100, 40, [])


def test_gap_after_a_cumulative() -> None:
    """A month missing after the last cumulative is named."""
    found = of(figure("03", None, cumulative="60"), *months("5=50"), when="05")
    assert (found.cumulative, missing(found)) == (110, ["2019-04"])


def test_no_gap_before_a_cumulative() -> None:
    """A cumulative counts as the sum to its month, even where longer stretches would leave as few months out without it."""
    rows = [figure("05", None, cumulative="50"), figure("H2", "65"), figure("07", None, cumulative="70")]
    found = of(*rows, *months("8=10 9=10 10=10 11=10"), when="12")
    assert (found.cumulative, missing(found)) == (110, ["2019-12"])


def test_cumulative_of_some_areas_does_not_displace_the_town() -> None:
    """A cumulative that lacks areas is not used where the town's months are there."""
    rows = [*months("1=10 2=20 3=30"), figure("03", None, cumulative="7", area="a")]
    town_in_march = figure("Q1", "60"), figure("03", None, cumulative="7", area="a")
    assert of(*rows[:2], *town_in_march, when="03", areas="ab").cumulative == 60
    found = of(*rows[:2], rows[3], figure("04", None, cumulative="100"), when="04", areas="ab")
    assert (found.cumulative, found.in_period, missing(found)) == (100, None, [])


def test_areas_short_of_the_town_are_not_subtracted() -> None:
    """A month is no difference between the town's cumulative and that of some areas."""
    rows = figure("02", None, cumulative="100"), figure("03", None, cumulative="20", area="a")
    assert of(*rows, when="03", areas="ab").in_period is None


def test_month_between_cumulatives() -> None:
    """A month's own value may be the difference of two cumulatives."""
    rows = figure("03", None, cumulative="60"), figure("04", None, cumulative="95")
    assert of(*rows, when="04").in_period == 35
    assert of(*rows, when="03").in_period is None


def test_cumulative_less_the_months() -> None:
    """A cumulative less the months before it, where all are there, is its month's own value."""
    found = of(*months("1=10 2=20"), figure("03", None, cumulative="65"), when="03")
    assert (found.in_period, found.cumulative) == (35, 65)


def test_january_cumulative() -> None:
    """January's cumulative is January's own value."""
    assert of(figure("01", None, cumulative="7"), when="01").in_period == 7


def test_quarter_counts_for_its_stretch_and_gives_no_month() -> None:
    """A quarter's figure fills its three months and gives none of them a value of its own."""
    rows = [*months("1=10 2=20 3=30"), figure("Q2", "150")]
    found = of(*rows, when="06")
    assert (found.cumulative, found.in_period, missing(found)) == (210, None, [])
    assert of(*rows, when="Q2").in_period == 150
    assert of(*rows, when="05").cumulative == 60


def test_quarter_less_its_other_months_gives_no_month() -> None:
    """Not even the last month of a quarter is worked out from the quarter's figure and the other two."""
    rows = [*months("1=10 2=20"), figure("Q1", "60")]
    found = of(*rows, when="03")
    assert (found.in_period, found.cumulative, missing(found)) == (None, 60, [])


def test_half_less_quarter() -> None:
    """A quarter within a reported half year is the half less the other quarter."""
    found = of(figure("Q1", "60"), figure("H1", "210"), when="Q2")
    assert (found.in_period, found.cumulative) == (150, 210)


def test_partial_period() -> None:
    """A quarter with a month missing gives the sum of the others, and names the month."""
    found = of(*months("1=10 2=20 3=30 4=40 6=60"), when="Q2")
    assert (found.in_period, found.cumulative, missing(found)) == (100, 160, ["2019-05"])


@pytest.mark.parametrize(
    ("rows", "when", "expected"),
    [("", "05", ["2019-Q1"]), ("", "06", ["2019-Q1", "2019-Q2"]), ("1=1 4=1 5=1 6=1", "06", ["2019-02", "2019-03"])],
)
def test_missing_by_due_period(rows: str, when: str, expected: list[str]) -> None:
    """What is due by quarter is missing by quarter, but by month where some of its months are there."""
    assert missing(of(*months(rows), when=when, every="quarter")) == expected


def test_nothing_due_nothing_missing() -> None:
    """A yearly figure is not missing before December."""
    assert missing(of(when="11", every="year")) == []
    assert missing(of(when="12", every="year")) == ["2019"]


def test_estimate_in_the_sum() -> None:
    """A cumulative with an estimate in it is an estimate; one without is official."""
    rows = [figure("01", "10"), figure("02", "20", kind=Kind.ESTIMATE)]
    assert of(*rows, when="01").kind is Kind.OFFICIAL
    assert of(*rows, when="02").kind is Kind.ESTIMATE


def test_areas_missing_make_a_month_partial() -> None:
    """A month for which an area has not reported is missing in part, with the area named."""
    rows = figure("01", "3", area="a"), figure("01", "4", area="b"), figure("02", "5", area="b")
    found = of(*rows, when="02", areas="ab")
    assert (found.cumulative, missing(found), found.areas_missing) == (12, ["2019-02"], ("a",))


# Levels


@pytest.mark.parametrize(
    ("when", "value", "of_period"), [("03", 50, "2019-03"), ("05", 50, "2019-03"), ("06", 70, "2019-06")]
)
def test_level_is_the_latest(when: str, value: int, of_period: str) -> None:
    """A level is its latest figure at or before the period's end, not the largest, and says of which period."""
    found = of(*months("1=90 3=50 6=70"), when=when, **LEVEL)
    assert (found.value, str(found.value_period)) == (value, of_period)
    assert (found.in_period, found.cumulative) == (None, None)


def test_level_of_a_longer_period() -> None:
    """A level given for a quarter is what was true at its end."""
    rows = [*months("5=50"), figure("Q2", "70")]
    assert of(*rows, when="06", **LEVEL).value == 70
    assert of(*rows, when="05", **LEVEL).value == 50


def test_level_not_reported() -> None:
    """A level without a figure misses the last due period, and none before it is due."""
    assert missing(of(when="07", every="quarter", **LEVEL)) == ["2019-Q2"]
    assert missing(of(when="02", every="quarter", **LEVEL)) == []


def test_rate_from_areas() -> None:
    """A rate of areas is Σ numerator ÷ Σ denominator times 100."""
    rows = (
        figure("06", None, numerator="1", denominator="2", area="a"),
        figure("06", None, numerator="0", denominator="1", area="b"),
    )
    found = of(*rows, when="06", unit="pc", areas="ab", **LEVEL)
    assert (found.value, missing(found)) == (f("100/3"), [])


def test_rate_from_areas_without_numerators() -> None:
    """Rates of areas without numerators are no town figure: an older town figure stands."""
    rows = figure("05", "80"), figure("06", "90", area="a"), figure("06", "70", area="b")
    found = of(*rows, when="06", unit="pc", areas="ab", **LEVEL)
    assert (found.value, str(found.value_period)) == (80, "2019-05")


def test_promise_is_a_level() -> None:
    """A yes/no target is as its latest figure says, of areas as they all say: yes where all do, no where one does not."""
    rows = months("1=1 2=0 3=1")
    promise = {"target": {"achieved": "true"}, "unit": "yes"}
    assert of(*rows, when="02", **promise).value == 0
    assert of(*rows, when="03", **promise).value == 1
    said = [figure("01", "1", area="a"), figure("02", "1", area="b")]
    assert [of(*said, when=when, areas="ab", **promise).areas_missing for when in ("01", "02")] == [("b",), ()]
    said += [figure("03", "0", area="b")]
    assert [of(*said, when=when, areas="abc", **promise).value for when in ("02", "03")] == [1, 0]
    assert of(*said, when="03", areas="abc", **promise).areas_missing == ()


def test_areas_of_different_rhythms_add_up() -> None:
    """One area reports months, another the quarter or a cumulative: the town has both, and lacks nothing."""
    of = plan(areas="ab")
    entry = of.entries["X"].indicator
    months = [figure(month, "10", area="a") for month in ("01", "02", "03")]
    for other in (figure("Q1", "1", area="b"), figure("03", None, area="b", cumulative="1")):
        found = actual(of, entry, amounts_of(of, known(*months, other), entry), period("03"))
        assert (found.cumulative, found.missing, found.areas_missing) == (31, (), ())


def test_a_level_of_some_areas_does_not_replace_the_towns() -> None:
    """May's whole figure stands when June has only one area; June is named as not whole."""
    of = plan({"code": "X", "name": "x", "unit": "person", "measure": "level", "target": {"at_least": "5"}}, areas="ab")
    entry = of.entries["X"].indicator
    rows = figure("05", "50000"), figure("06", "500", area="a")
    found = actual(of, entry, amounts_of(of, known(*rows), entry), period("06"))
    assert (found.value, str(found.value_period), [str(p) for p in found.missing]) == (50000, "2019-05", ["2019-06"])
    assert found.areas_missing == ("b",)


def test_the_towns_own_months_before_one_communes_cumulative() -> None:
    """Two months of the town, with one open, are more of the town than a cumulative that lacks its other areas."""
    of = plan(indicator(), areas="ab")
    rows = [figure("01", "100"), figure("03", "100"), figure("03", cumulative="290", area="a")]
    found = row(of, rows, "03").actual
    assert (found.cumulative, [str(one) for one in found.missing]) == (200, ["2019-02"])


# Official figures and estimates

ESTIMATE = {"kind": Kind.ESTIMATE}


@pytest.mark.parametrize(
    ("official_on", "estimate_on"), [("2019-06-16", "2019-06-18"), (None, "2019-06-18"), (None, None)]
)
def test_an_official_figure_counts_before_a_later_estimate(official_on: str | None, estimate_on: str | None) -> None:
    """An estimate sent after the official figure of the same month does not take its place."""
    rows = figure("01", "215", on=official_on), figure("01", "300", on=estimate_on, **ESTIMATE)
    for facts in ({}, LEVEL):
        assert of(*rows, when="01", **facts).value == of(*reversed(rows), when="01", **facts).value == 215


def test_official_months_count_before_an_older_estimate_of_them_all() -> None:
    """Six official months stand in the place of an estimate of the half year that is no newer than they are."""
    rows = [figure(f"{m:02d}", "10", on=f"2019-{m:02d}-18") for m in range(1, 7)]
    older, newer = (figure("H1", "90", on=day, **ESTIMATE) for day in ("2019-06-05", "2019-06-19"))
    assert (of(*rows, older, when="06").value, of(*rows, older, when="06").kind) == (60, Kind.OFFICIAL)
    assert of(*rows, newer, when="06").value == 90
    assert of(*rows[:5], older, when="06").value == 90
    assert of(*rows[:5], rows[5]._replace(kind=Kind.ESTIMATE), older, when="06").value == 90


def test_a_level_is_official_where_it_can_be() -> None:
    """Of two words for the end of June the official one counts, whichever was sent last."""
    rows = figure("06", "5", on="2019-06-18"), figure("H1", "6", on="2019-07-18", **ESTIMATE)
    assert of(*rows, when="06", **LEVEL).value == 5


@pytest.mark.parametrize("when", ["05", "Q2"])
def test_no_month_below_0_between_an_official_sum_and_estimates(when: str) -> None:
    """An official cumulative that is lower than the estimates before it leaves its month open."""
    months = [figure(f"0{month}", "30", kind=Kind.ESTIMATE) for month in range(1, 5)]
    rows = [*months, figure("05", cumulative="100")]
    now = row(plan(), rows, when).actual
    assert (now.cumulative, now.in_period) == (100, None if when == "05" else 30)
