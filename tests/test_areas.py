from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from make import f, figure, indicator, known, period, plan, report, target

from vinhchau_kpi import rules
from vinhchau_kpi.areas import AreaRow, AreaTable, by_area
from vinhchau_kpi.checks.over_time import over_time
from vinhchau_kpi.consistency import inconsistencies
from vinhchau_kpi.coverage import coverage_by_area, of_area
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.messages import EN
from vinhchau_kpi.template import owed_by
from vinhchau_kpi.views.coverage import records, reminder

AREAS = "abc"
ALLOCATED = {"allocations": {"a": "600", "b": "400", "c": "200"}}


def table(
    rows: Iterable[Figure], when: str = "06", areas: str | dict[str, Any] = AREAS, on: str | None = None, **facts: Any
) -> AreaTable:
    """The one indicator of a plan, by area."""
    of = plan(indicator(**facts), areas=areas)
    rows = list(rows)
    (found,) = by_area(of, known(*rows, on=on), report(of, rows, when, on).rows)
    return found


def areas(found: AreaTable) -> dict[str, AreaRow]:
    return {one.area: one for one in found.areas}


def one_each(when: str, values: dict[str, str], **facts: Any) -> list[Figure]:
    return [figure(when, value, area=area, **facts) for area, value in values.items()]


def test_shares_of_the_town() -> None:
    """Each area's part of the town's figure is in percent, exact; the areas together make the town."""
    found = table(one_each("01", {"a": "30", "b": "20", "c": "10"}), "01")
    assert found.together.value == found.row.actual.value == 60
    assert [one.share for one in found.areas] == [50, f("100/3"), f("50/3")]


def test_shares_of_the_towns_own_figure() -> None:
    """Where the town gives a figure itself, shares are of that, though the areas do not make all of it."""
    found = table([figure("01", "100"), *one_each("01", {"a": "30", "b": "20"})], "01")
    assert [one.share for one in found.areas] == [30, 20, None]
    assert (found.together.value, found.together.areas_missing) == (50, ("c",))


def test_no_share_of_a_sum_that_lacks_areas() -> None:
    """A part of what is not known whole cannot be said."""
    found = table(one_each("01", {"a": "30", "b": "20"}), "01")
    assert [one.share for one in found.areas] == [None, None, None]


def test_no_share_of_another_month() -> None:
    """An area that reaches May is not held against the town's June."""
    rows = [*one_each("05", {"a": "30"}), figure("05", "40"), figure("06", "60")]
    assert areas(table(rows))["a"].share is None


def test_no_share_of_what_lacks_a_month() -> None:
    """An area with a month missing gives no share, whatever the town says."""
    rows = [figure("01", "40"), figure("02", "60"), *one_each("02", {"a": "30"})]
    assert areas(table(rows, "02"))["a"].share is None


def test_rates_have_no_share_and_are_never_averaged() -> None:
    """15 of 50 and 15 of 50 are 30 %, and no area is a part of that."""
    facts = {"unit": "pc", "measure": "level", "target": {"at_least": "95"}}
    rows = [figure("06", numerator="15", denominator="50", area=area) for area in "ab"]
    found = table([*rows, figure("06", numerator="0", denominator="100", area="c")], **facts)
    assert found.together.value == 15
    assert [(one.actual.value, one.share) for one in found.areas] == [(30, None), (30, None), (0, None)]


def test_targets_of_areas() -> None:
    """An area is judged as the town is, against its own part of the target."""
    found = table(one_each("H1", {"a": "600", "b": "250", "c": "60"}), every="half", **ALLOCATED)
    assert [(one.percent, one.gap, one.status) for one in found.areas] == [
        (100, 0, "met"),
        (f("62.5"), -150, "on_track"),
        (30, -140, "behind"),
    ]
    assert [one.expected_percent for one in found.areas] == [50, 50, 50]


def test_ranks() -> None:
    """The highest percent is first, equal ones share a rank, and the next follows after them all."""
    values = {"a": "300", "b": "200", "c": "120"}
    found = table(one_each("H1", values), every="half", **ALLOCATED)
    assert [(one.area, one.rank) for one in found.ranked] == [("c", 1), ("a", 2), ("b", 2)]
    lower = table(one_each("H1", {**values, "c": "90"}), every="half", **ALLOCATED)
    assert [(one.area, one.rank) for one in lower.ranked] == [("a", 1), ("b", 1), ("c", 3)]


def test_what_is_missing_is_not_last() -> None:
    """An area without a figure, or with a month missing, has no rank; it stands apart."""
    rows = [*one_each("01", {"a": "30", "c": "10"}), *one_each("02", {"a": "30"})]
    found = table(rows, "02", **ALLOCATED)
    assert [one.area for one in found.ranked] == ["a"]
    assert [(one.area, one.status, one.actual.value) for one in found.unranked] == [
        ("b", "not_reported", None),
        ("c", "incomplete", 10),
    ]


def test_zero_is_ranked() -> None:
    """An area that reports 0 has reported: it is last, at 0 %."""
    found = table(one_each("H1", {"a": "300", "b": "0", "c": "120"}), every="half", **ALLOCATED)
    assert [(one.area, one.percent) for one in found.ranked] == [("c", 60), ("a", 50), ("b", 0)]


def test_not_due_is_not_missing() -> None:
    """Before its first due period an area has neither reported nor failed to."""
    found = table([], "03", every="half", **ALLOCATED)
    assert [one.status for one in found.areas] == ["not_due"] * 3


def test_only_those_with_a_target_owe_figures() -> None:
    """Where all of a target is given to some areas, the others are not missing from the sum."""
    found = table(one_each("01", {"a": "30", "b": "20"}), "01", allocations={"a": "800", "b": "400"})
    assert (found.together.areas_missing, found.row.actual.areas_missing) == ((), ())
    assert [one.area for one in found.areas] == ["a", "b"]
    partial = table(one_each("01", {"a": "30", "b": "20"}), "01", allocations={"a": "800"}, allocated="partial")
    assert partial.together.areas_missing == ("c",)


def test_an_area_that_owes_nothing_may_report() -> None:
    """A figure of an area without a target is counted and shown."""
    found = table(one_each("01", {"a": "30", "c": "5"}), "01", allocations={"a": "1200"})
    assert (found.row.actual.value, [one.area for one in found.areas]) == (35, ["a", "c"])
    assert (areas(found)["c"].status, areas(found)["c"].rank) == (None, None)


@pytest.mark.parametrize(("on", "target"), [(None, 500), ("2019-07-11", 600), ("2019-07-12", 500)])
def test_a_revision_sets_the_areas_targets(on: str | None, target: int) -> None:
    """From its day on a revision's own allocations hold, and none of those before it."""
    revision = {"on": "2019-07-12", "target": {"at_least": "1100"}, "allocations": {"a": "500", "b": "600"}}
    rows = one_each("07", {"a": "30", "b": "20", "c": "10"}, on="2019-07-10")
    found = areas(table(rows, "07", on=on, revisions=[revision], **ALLOCATED))
    assert found["a"].target is not None and found["a"].target.at_least == target
    assert (found["c"].target is None) == (target == 500)


def test_a_revision_without_allocations_leaves_none() -> None:
    """The parts of an earlier target are not held against a later one."""
    revision = {"on": "2019-07-12", "target": {"at_least": "1100"}}
    found = table(one_each("07", {"a": "30", "b": "20", "c": "10"}), "07", revisions=[revision], **ALLOCATED)
    assert not found.is_allocated


def test_only_what_has_something_by_area() -> None:
    """An indicator with the town's figure alone is not in the table."""
    of = plan(indicator("X"), indicator("Y"), areas=AREAS)
    rows = [figure("01", "5"), figure("01", "3", "Y", area="a")]
    assert [one.row.code for one in by_area(of, known(*rows), report(of, rows, "01").rows)] == ["Y"]


@pytest.mark.parametrize(
    ("facts", "faults"),
    [
        ({}, []),
        ({"allocations": {"a": "600", "b": "500"}}, ["plan-allocations"]),
        ({"allocations": {"a": "600", "b": "500"}, "allocated": "partial"}, []),
        ({"allocations": {"a": "600", "b": "700"}, "allocated": "partial"}, ["plan-allocations"]),
        ({"allocations": {"a": "600", "x": "600"}}, ["plan-unknown-reference"]),
        ({"allocations": {"a": "60", "b": "50"}, "measure": "level"}, []),
        ({"allocations": {"a": "1"}, "target": {"improve": "up"}}, ["plan-bad-value"]),
        ({"allocations": {"a": "1"}, "target": {"between": ["1", "2"]}}, ["plan-bad-value"]),
        ({"revisions": [{"on": "2019-07-01", "target": {"at_least": "9"}, "allocations": {"a": "8"}}]}, ["plan-allocations"]),
    ],
)  # fmt: skip
def test_allocations_agree_with_the_target(facts: dict[str, Any], faults: list[str]) -> None:
    """The parts of a flow's target make all of it, or no more than it where they are said to be partial."""
    of = plan(indicator(**facts), areas=AREAS)
    assert [rule.code for _, rule, _ in inconsistencies(of)] == faults


def test_two_revisions_of_one_day() -> None:
    """Which of them holds would be chance: it is a fault of the plan."""
    revision = {"on": "2019-07-01", "target": {"at_least": "9"}}
    of = plan(indicator(revisions=[revision, {**revision, "target": {"at_least": "8"}}]))
    assert [(loc[-3:], rule.code) for loc, rule, _ in inconsistencies(of)] == [
        (("revisions", 1, "on"), "plan-bad-value")
    ]


def test_levels_of_an_earlier_period() -> None:
    """A level that an area has not reported since is known to be old."""
    found = areas(table([*one_each("01", {"a": "3"}), *one_each("03", {"b": "4"})], "03", measure="level"))
    assert [found[area].actual.is_old for area in "abc"] == [True, False, False]


def test_published_rice_by_district() -> None:
    """Sóc Trăng's Mùa rice on 31 January 2023: Vĩnh Châu 3.028 of 3.000 ha, Mỹ Xuyên 7.914 of 8.000, together 10.942 of 11.000."""
    of = plan(
        indicator(measure="level", target={"at_least": "11000"}, allocations={"vinh-chau": "3000", "my-xuyen": "8000"}),
        areas=("vinh-chau", "my-xuyen"),
    )
    rows = one_each("01", {"vinh-chau": "3028", "my-xuyen": "7914"})
    (found,) = by_area(of, known(*rows), report(of, rows, "01").rows)
    shown = [EN.percent(one.percent) for one in (found.row, *found.areas) if one.percent is not None]
    assert (found.row.actual.value, shown) == (10942, ["99.47", "100.93", "98.93"])
    assert [(one.area, one.rank, one.status) for one in found.ranked] == [
        ("vinh-chau", 1, "exceeded"),
        ("my-xuyen", 2, "not_yet"),
    ]


def test_a_later_revision_changes_no_earlier_report() -> None:
    """Which areas owe figures is as it was: a revision of July leaves March, and March as known in March, alone."""
    revision = {"on": "2019-07-12", "target": {"at_least": "1300"}}
    facts = {"measure": "level", "allocations": {"a": "600", "b": "600"}}
    rows = [figure("01", "5", area="c", on="2019-01-20")]
    rows += [figure(f"{month:02d}", "100", area=area, on="2019-03-20") for month in (1, 2, 3) for area in "ab"]
    for on in (None, "2019-03-31"):
        plain, revised = table(rows, "03", on=on, **facts), table(rows, "03", on=on, revisions=[revision], **facts)
        assert revised.row.actual == plain.row.actual
        assert plain.row.actual.value == 200
    afterwards = table([*rows, *one_each("07", {"a": "100", "b": "100"})], "07", revisions=[revision], **facts)
    assert (afterwards.row.actual.value, afterwards.row.actual.areas_missing) == (200, ())


def test_old_levels_have_no_rank() -> None:
    """A level that an area has not reported since does not win."""
    facts = {"measure": "level", "target": {"at_least": "900"}, "allocations": dict.fromkeys(AREAS, "300")}
    rows = [*one_each("01", {"a": "299", "b": "310", "c": "320"}), *one_each("04", {"a": "280", "b": "290"})]
    found = table(rows, "04", **facts)
    assert [(one.area, one.rank) for one in found.ranked] == [("b", 1), ("a", 2)]
    assert [(one.area, one.actual.is_old) for one in found.unranked] == [("c", True)]
    assert (found.together.value, found.together.areas_missing, found.together.is_old) == (929, ("c",), True)


def test_allocated_areas_of_a_plan_that_lists_none() -> None:
    """An area that was given a part of the target is missed where it does not report, listed or not."""
    found = table(one_each("01", {"a": "100"}), "01", areas="", allocations={"a": "600", "b": "600"})
    assert [(one.area, one.status) for one in found.areas] == [("a", "on_track"), ("b", "not_reported")]
    assert (found.row.actual.areas_missing, areas(found)["a"].share) == (("b",), None)


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"allocations": {"a": "-100", "b": "1300"}}, ("allocations", "a")),
        ({"allocated": "partial"}, ("allocated",)),
        ({"revisions": [{"on": "2018-12-31", "target": {"at_least": "9"}}]}, ("revisions", 0, "on")),
        ({"revisions": [{"on": "2020-01-01", "target": {"at_least": "9"}}]}, ("revisions", 0, "on")),
        ({"revisions": [{"on": "2019-03-01", "target": {"achieved": "true"}}]}, ("revisions", 0, "target")),
        ({"target": {"achieved": "true"}, "revisions": [{"on": "2019-03-01", "target": {"at_least": "1"}}]}, ("revisions", 0, "target")),
    ],
)  # fmt: skip
def test_revisions_and_allocations_that_cannot_be(facts: dict[str, Any], place: tuple[str | int, ...]) -> None:
    """A part below zero, a part of nothing, a revision of another year or into another kind is a fault of the plan."""
    found = [(loc, rule.code) for loc, rule, _ in inconsistencies(plan(indicator(**facts), areas=AREAS))]
    assert (("sections", 0, "indicators", 0, *place), "plan-bad-value") in found


MERGED = {
    "a": {"name": "area a", "to": "2019-06"},
    "b": {"name": "area b"},
    "c": {"name": "area c"},
    "new": {"name": "area new", "from": "2019-07", "merges": ["a", "b"]},
}
"""a and b are one from July on."""


def merged_rows(until: int, value: str = "50") -> list[Figure]:
    """25 a month of each old area, then 50 of the new one; 50 of the third."""
    old = [one for m in range(1, min(until, 6) + 1) for one in one_each(f"{m:02d}", {"a": "25", "b": "25"})]
    new = [figure(f"{m:02d}", value, area="new") for m in range(7, until + 1)]
    return [*old, *new, *(figure(f"{m:02d}", "50", area="c") for m in range(1, until + 1))]


@pytest.mark.parametrize("allocations", [{"a": "300", "b": "300", "c": "600"}, {"new": "600", "c": "600"}])
def test_what_was_merged_is_in_the_sums_of_the_new_area(allocations: dict[str, str]) -> None:
    """In September the new area has what the old ones came to until June; they have no rows of their own any more."""
    found = areas(table(merged_rows(9), "09", MERGED, allocations=allocations))
    assert list(found) == ["c", "new"]
    for one in found.values():
        assert (one.actual.value, one.actual.missing, one.percent, one.share, one.status) == (
            450,
            (),
            75,
            50,
            "on_track",
        )
        assert (one.target, one.rank) == (target(at_least="600"), 1)


def test_before_they_were_merged_the_old_areas_stand_for_themselves() -> None:
    """In June nobody asks for the new area, whatever came later."""
    found = table(merged_rows(9), "06", MERGED, allocations={"a": "300", "b": "300", "c": "600"})
    assert [(one.area, one.actual.value, one.percent) for one in found.areas] == [
        ("a", 150, 50), ("b", 150, 50), ("c", 300, 50)
    ]  # fmt: skip
    assert not found.row.actual.areas_missing
    assert found.row.actual.value == 600


def test_a_sum_since_january_of_the_new_area_is_held_against_the_old_ones() -> None:
    """A cumulative of the new area holds what was merged; one that does not is no less wrong than one of a single area."""
    of = plan(indicator(), areas=MERGED)
    rows = [*merged_rows(6), figure("07", "50", area="new", cumulative="350"), figure("07", "50", area="c")]
    assert not list(over_time(of, known(*rows), of.entries["X"].indicator))
    wrong = [*merged_rows(6), figure("07", "50", area="new", cumulative="50"), figure("07", "50", area="c")]
    (found,) = over_time(of, known(*wrong), of.entries["X"].indicator)
    assert found.rule is rules.CUMULATIVE_DISAGREES
    assert {key.area for key in found.about} == {"a", "b", "new"}


def test_a_month_that_an_old_area_did_not_send_is_missing_from_the_new_one() -> None:
    """What a gap of March leaves open stays open: the new area's sum is never taken for whole."""
    rows = [one for one in merged_rows(9) if (one.area, one.period.last) != ("a", 3)]
    new = areas(table(rows, "09", MERGED, allocations={"new": "600", "c": "600"}))["new"]
    assert (new.actual.missing, new.actual.areas_missing, new.status) == ((period("03"),), ("a",), "incomplete")


def test_a_level_is_that_of_the_old_areas_until_the_new_one_has_its_own() -> None:
    """A herd of 10 and 20 is 30 in the new area; a rate without numerators is no rate of the new area."""
    rows = [*one_each("06", {"a": "10", "b": "20", "c": "5"}), figure("07", "5", area="c")]
    facts: dict[str, Any] = {"measure": "level", "allocations": {"a": "12", "b": "20", "c": "5"}}
    new = areas(table(rows, "07", MERGED, **facts))["new"]
    assert (new.actual.value, new.actual.value_period, new.target) == (30, period("06"), target(at_least="32"))
    own = [*rows, figure("07", "28", area="new")]
    assert areas(table(own, "07", MERGED, **facts))["new"].actual.value == 28
    rate = areas(table(rows, "07", MERGED, measure="level", unit="pc", target={"at_least": "50"}))["new"]
    assert rate.actual.value is None


def test_nobody_is_asked_outside_the_life_of_an_area() -> None:
    """Each owes its own months: the old areas six, the new one those from July on."""
    of = plan(indicator(), areas=MERGED)
    owed = {area: of_area(of, PlainFigures(tuple(merged_rows(9))), period("09"), area) for area in MERGED}
    assert {area: [due.period.last for due in dues] for area, dues in owed.items()} == {
        "a": [1, 2, 3, 4, 5, 6], "b": [1, 2, 3, 4, 5, 6], "c": [*range(1, 10)], "new": [7, 8, 9]
    }  # fmt: skip
    assert all(due.is_received for dues in owed.values() for due in dues)


@pytest.mark.parametrize(
    ("changed", "loc"),
    [
        ({"new": {"name": "area new", "merges": ["a", "b"]}}, ("areas", "new", "merges")),
        ({"b": {"name": "area b", "from": "2019-05", "to": "2019-04"}}, ("areas", "b")),
        ({"b": {"name": "area b", "to": "2019-05"}}, ("areas", "new", "merges", 1)),
        ({"d": {"name": "area d", "from": "2019-07", "merges": ["a"]}}, ("areas", "d", "merges", 0)),
        ({"d": {"name": "area d", "from": "2019-07", "merges": ["x"]}}, ("areas", "d", "merges", 0)),
        ({"c": {"name": "area b"}}, ("areas", "c")),
        ({"c": {"name": "area c", "from": "2019-03", "merges": ["c"]}}, ("areas", "c")),
    ],
)
def test_lives_that_cannot_be(changed: dict[str, Any], loc: tuple[str | int, ...]) -> None:
    """One area cannot go into two, end before it begins, or leave a hole before its successor; nor have a living one's name."""
    assert next(inconsistencies(plan(indicator(), areas=MERGED | changed)))[0] == loc


def test_a_new_area_may_keep_the_name_of_an_old_one() -> None:
    """Most new communes do; which of the two is meant the month says."""
    of = plan(indicator(), areas=MERGED | {"new": {**MERGED["new"], "name": "area a"}})
    assert not list(inconsistencies(of))
    assert [Areas(of).living(Areas(of).named("area a"), period(when)) for when in ("06", "07")] == ["a", "new"]


def test_areas_as_reporters() -> None:
    """Who has sent what is told area by area: what falls to each, what came late, and what is to be chased."""
    of = plan(indicator(allocations={"a": "600", "c": "600"}), areas=MERGED)
    rows = [figure("01", "50", area="a", on="2019-01-15"), figure("01", "50", area="c", on="2019-01-20")]
    found = coverage_by_area(of, PlainFigures(tuple(rows)), period("02"))
    assert [(one.agency, [due.state for due in one.until_now], one.last_reported) for one in found.agencies] == [
        ("a", ["on_time", "missing"], date(2019, 1, 15)), ("c", ["late", "missing"], date(2019, 1, 20))
    ]  # fmt: skip
    assert [(row["area"], row["missing"]) for row in records(found)] == [("a", "X@2019-02"), ("c", "X@2019-02")]
    assert "area c has not yet sent:" in str(reminder(found, EN))


@pytest.mark.parametrize(("area", "expected"), [("a", ["X 2019-06"]), ("b", []), ("new", [])])
def test_what_an_area_has_to_fill_in(area: str, expected: list[str]) -> None:
    """An area is asked for what was given to areas and falls to it, while it lives; where nothing was, for everything."""
    of = plan(indicator(allocations={"a": "600", "c": "600"}), indicator("Y"), areas=MERGED)
    assert [f"{one.subject.code} {one.period}" for one in owed_by(of, period("06"), area)] == expected
    whole = plan(indicator(), indicator("Y"), areas=MERGED)
    assert [one.subject.code for one in owed_by(whole, period("09"), "new")] == ["X", "Y"]
    assert not owed_by(whole, period("09"), "a")


def test_areas_that_went_into_one_may_report_in_two_ways() -> None:
    """One reports a cumulative, the other its months: neither is held against the other's."""
    of = plan(indicator(), areas=MERGED)
    months = [figure(f"{month:02d}", "25", area="b") for month in (1, 2, 3)]
    sums = [figure("03", None, area="a", cumulative="50"), figure("06", None, area="a", cumulative="100")]
    of_one = of.entries["X"].indicator
    assert not list(over_time(of, known(*months, *sums), of_one))
