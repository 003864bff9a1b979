from __future__ import annotations

from typing import Any

import pytest
from make import figure, indicator, plan, sound

from vinhchau_kpi import checks
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.messages import LANGUAGES, Language

LEVEL = {"measure": "level"}
RATE = {"measure": "level", "unit": "pc", "target": {"at_least": "90"}}


def check(rows: list[Figure], *, areas: str = "", profiles: Any = None, **facts: Any) -> list[str]:
    """The codes of what is found but doubts, in both languages sayable, for indicator X (and a commitment, P)."""
    of = plan(indicator(**facts), areas=areas, profiles=profiles or {}, commitments=[{"code": "P", "name": "promise"}])
    found = list(checks.check(of, PlainFigures(tuple(rows))))
    for one in found:
        for language in LANGUAGES:
            assert one.message(Language(language))
            assert one.fix(Language(language))
    return [one.rule.code for one in found if not one.rule.is_doubt]


def series(*pairs: tuple[str, str | None, str | None]) -> list[Figure]:
    """`("01", value, cumulative)`."""
    return [figure(when, value, cumulative=cumulative) for when, value, cumulative in pairs]


# Versions


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("5", "2019-02-01"), ("5", "2019-02-01")], ["doubled-figure"]),
        ([("5", "2019-02-01"), ("5.0", "2019-02-01")], ["doubled-figure"]),
        ([("5", "2019-02-01"), ("6", "2019-02-01")], ["conflicting-figures"]),
        ([("5", None), ("6", None)], ["conflicting-figures"]),
        ([("5", None), ("6", "2019-02-01")], ["undated-differs"]),
        ([("6", None), ("6.0", "2019-02-01")], []),
        ([("5", "2019-02-01"), ("6", "2019-02-02")], []),
        ([("5", None), ("6", "2019-02-01"), ("5", None)], ["doubled-figure", "undated-differs"]),
    ],
)
def test_versions(rows: list[tuple[str, str | None]], expected: list[str]) -> None:
    """Two values of one day conflict, the same value twice is doubled, a later day corrects, no day is doubted."""
    assert check([figure("01", value, on=on) for value, on in rows]) == expected


def test_conflict_names_both_places() -> None:
    """A conflict says where both rows stand."""
    one, other = figure("01", "5"), figure("01", "6")
    (found,) = (f for f in checks.check(plan(), PlainFigures((one, other))) if not f.rule.is_doubt)
    assert (found.place, found.args["place"]) == (other.place, one.place)


@pytest.mark.parametrize("values", [["5", "6"], ["5", "6", "5"], ["5", "5", "6"]])
def test_without_conflicts(values: list[str]) -> None:
    """Where two values of one day conflict neither is computed with; other figures stay."""
    kept = figure("02", "7")
    figures = PlainFigures((*(figure("01", value) for value in values), kept))
    assert sound(plan(), figures).rows == (kept,)


def test_an_estimate_that_became_official_is_no_conflict() -> None:
    """The same number of one day as estimate and as official is doubled; the official one counts, in any order."""
    rows = figure("01", "5"), figure("01", "5", kind=Kind.ESTIMATE)
    assert check(list(rows)) == ["doubled-figure"]
    for order in (rows, rows[::-1]):
        (left,) = PlainFigures(order).known_on(None).of("X").figures()
        assert left.kind is Kind.OFFICIAL


def test_official_counts_before_estimate() -> None:
    """That an official figure stands in the place of a later estimate, of an estimate of all its months, or before its
    months some of which are estimates, is said; an estimate that came first, or says the same, is nothing to say."""
    estimate = {"kind": Kind.ESTIMATE}
    official = figure("01", "5", on="2019-02-05")
    assert check([official, figure("01", "6", on="2019-02-06", **estimate)]) == ["official-counts"]
    assert check([official, figure("01", "6", on="2019-02-04", **estimate)]) == []
    assert check([official, figure("01", "5", on="2019-02-06", **estimate)]) == []
    months = [figure(month, "10") for month in ("01", "02", "03")]
    assert check([*months, figure("Q1", "35", **estimate)]) == ["official-counts"]
    assert check([*months, figure("Q1", "30", **estimate)]) == []
    assert check([*months, figure("Q1", "35", on="2019-04-01", **estimate)]) == ["stretch-disagrees"]
    estimated = [*months[:2], figure("03", "10", **estimate)]
    assert check([*estimated, figure("Q1", "35")]) == ["official-counts"]


def test_a_conflict_that_a_later_report_settles_is_history() -> None:
    """Two values of one day are no fault once a later day has a third, which then counts."""
    rows = figure("01", "5", on="2019-02-05"), figure("01", "6", on="2019-02-05"), figure("01", "7", on="2019-02-10")
    assert check(list(rows)) == []
    assert len(sound(plan(), PlainFigures(rows)).rows) == 3
    assert check(list(PlainFigures(rows).as_of(rows[0].reported_on).rows)) == ["conflicting-figures"]


def left_out(rows: list[Figure], **facts: Any) -> list[tuple[str, str, str | None]]:
    """The figures that are left out, by code, period and area."""
    of = plan(indicator("X", children=[indicator("X.1"), indicator("X.2")], parts="complete", **facts), areas="ab")
    kept = {one.key for one in sound(of, PlainFigures(tuple(rows))).rows}
    return [(one.code, str(one.period)[5:], one.area) for one in rows if one.key not in kept]


def test_all_sides_of_a_contradiction_are_left_out() -> None:
    """A cumulative goes with its months, a town's figure with its areas', a whole with its parts, a cumulative that falls with
    the one before it; figures that no error is about stay."""
    assert left_out(series(("01", "10", None), ("02", "20", "50"), ("03", "5", None))) == [
        ("X", "01", None), ("X", "02", None),
    ]  # fmt: skip
    town = [figure("01", "9"), figure("01", "5", area="a"), figure("01", "5", area="b"), figure("02", "9")]
    assert left_out(town) == [("X", "01", None), ("X", "01", "a"), ("X", "01", "b")]
    family = [figure("01", "90"), figure("01", "40", "X.1"), figure("01", "40", "X.2"), figure("02", "9", "X.1")]
    assert left_out(family) == [("X", "01", None), ("X.1", "01", None), ("X.2", "01", None)]
    falling = series(("01", None, "10"), ("02", None, "30"), ("03", None, "5"), ("04", None, "40"))
    assert [when for _, when, _ in left_out(falling)] == ["02", "03"]


# Town and areas, across periods


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # January and February are whole by areas; a cumulative of the town must be their sum.
        (
            [
                ("01", "10", "a", None),
                ("01", "10", "b", None),
                ("02", "10", "a", None),
                ("02", "10", "b", None),
                ("02", None, None, "500"),
            ],
            ["cumulative-disagrees"],
        ),
        (
            [
                ("01", "10", "a", None),
                ("01", "10", "b", None),
                ("02", "10", "a", None),
                ("02", "10", "b", None),
                ("02", None, None, "40"),
            ],
            [],
        ),
        # The town's January and the areas' February.
        (
            [("01", "100", None, None), ("02", "30", "a", None), ("02", "40", "b", None), ("02", None, None, "120")],
            ["cumulative-disagrees"],
        ),
        # Cumulatives are compared like values.
        ([("03", None, None, "100"), ("03", None, "a", "300"), ("03", None, "b", "300")], ["areas-disagree"]),
        # A quarter of the town against the months of all areas.
        (
            [("Q1", "500", None, None), *[(m, "10", a, None) for m in ("01", "02", "03") for a in "ab"]],
            ["stretch-disagrees"],
        ),
        ([("Q1", "60", None, None), *[(m, "10", a, None) for m in ("01", "02", "03") for a in "ab"]], []),
        # A cumulative below what is known of its months, though a month is open.
        ([("02", "100", None, None), ("03", "100", None, "150")], ["cumulative-disagrees"]),
        ([("02", "100", None, None), ("03", "100", None, "250")], []),
    ],
)
def test_town_and_areas_agree_across_periods(
    rows: list[tuple[str, str | None, str | None, str | None]], expected: list[str]
) -> None:
    """What the town says and what its areas make must agree, value and cumulative, period by period and together."""
    figures = [figure(when, value, area=area, cumulative=cumulative) for when, value, area, cumulative in rows]
    found = checks.check(plan(areas="ab"), PlainFigures(tuple(figures)))
    assert [f.rule.code for f in found if not f.rule.is_doubt] == expected


def test_doubled_is_kept() -> None:
    """The same figure twice is harmless and stays."""
    figures = PlainFigures((figure("01", "5"), figure("01", "5")))
    assert len(sound(plan(), figures).rows) == 2


# Cumulatives


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("01", "10", "10"), ("02", "20", "30")], []),
        ([("01", "10", "11")], ["cumulative-disagrees"]),
        ([("01", "10", "10"), ("02", "20", "31")], ["cumulative-disagrees"]),
        ([("01", "10", None), ("02", "20", "29.9")], ["cumulative-disagrees"]),
        ([("01", "10", None), ("03", "30", "99")], []),
        ([("02", "20", "30"), ("03", "30", "60")], []),
        ([("02", "20", "30"), ("03", "30", "61")], ["cumulative-disagrees"]),
        ([("02", None, "30"), ("04", "40", "99")], []),
        ([("Q1", "60", None), ("04", "40", "100")], []),
        ([("Q1", "60", None), ("04", "40", "101")], ["cumulative-disagrees"]),
        ([("02", None, "30"), ("03", None, "30")], []),
        ([("02", None, "30"), ("03", None, "29.99")], ["falling-cumulative"]),
        ([("03", None, "60"), ("Q1", None, "61")], ["cumulative-disagrees"]),
        ([("03", None, "60"), ("Q1", None, "60")], []),
    ],
)
def test_cumulative(rows: list[tuple[str, str | None, str | None]], expected: list[str]) -> None:
    """A cumulative never falls and is the sum of its months where all are there; over a gap it is not judged."""
    assert check(series(*rows)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("01", "10"), ("02", "20"), ("03", "30"), ("Q1", "60")], []),
        ([("01", "10"), ("02", "20"), ("03", "30"), ("Q1", "61")], ["stretch-disagrees"]),
        ([("01", "10"), ("03", "30"), ("Q1", "61")], []),
        ([("Q1", "60"), ("Q2", "40"), ("H1", "100")], []),
        ([("Q1", "60"), ("Q2", "40"), ("H1", "99")], ["stretch-disagrees"]),
    ],
)
def test_longer_stretch(rows: list[tuple[str, str]], expected: list[str]) -> None:
    """A quarter is its months and a half year its quarters, where all of them are there."""
    assert check([figure(*one) for one in rows]) == expected


def test_level_has_one_value_at_a_months_end() -> None:
    """A level of June and of the second quarter are one; at different values one of them is wrong."""
    assert check([figure("06", "50"), figure("Q2", "50.0")], **LEVEL) == []
    assert check([figure("06", "50"), figure("Q2", "51")], **LEVEL) == ["stretch-disagrees"]
    assert check([figure("05", "50"), figure("Q2", "51")], **LEVEL) == []


def test_cumulatives_of_each_area_by_themselves() -> None:
    """One area's cumulative is not held against another's."""
    rows = [figure("01", None, cumulative="50", area="a"), figure("02", None, cumulative="10", area="b")]
    assert "falling-cumulative" not in check(rows)


# Jumps


# Areas


@pytest.mark.parametrize(
    ("town", "areas", "expected"),
    [
        ("30", {"a": "10", "b": "20"}, []),
        ("31", {"a": "10", "b": "20"}, ["areas-disagree"]),
        ("29.9", {"a": "10", "b": "20"}, ["areas-disagree"]),
        ("31", {"a": "10"}, []),
        ("10", {"a": "10"}, []),
        ("9.9", {"a": "10"}, ["areas-disagree"]),
        (None, {"a": "10"}, ["areas-incomplete"]),
        (None, {"a": "10", "b": "0"}, []),
    ],
)
def test_areas(town: str | None, areas: dict[str, str], expected: list[str]) -> None:
    """The town is the sum of all its areas, and no less than the sum of some; a sum of some alone is said to be."""
    rows = [figure("01", value, area=area) for area, value in areas.items()]
    assert check([*rows, *([figure("01", town)] if town else [])], areas="ab") == expected


@pytest.mark.parametrize(
    ("town", "expected"), [("33.3", []), ("33.33", []), ("33.4", []), ("33.5", ["areas-disagree"])]
)
def test_rate_of_the_town_and_its_areas(town: str, expected: list[str]) -> None:
    """A town's rate may differ from that of its areas by less than one unit of its last decimal."""
    rows = [figure("01", town), *(figure("01", None, numerator=n, denominator="3", area=a) for a, n in ("a0", "b2"))]
    assert check(rows, areas="ab", **RATE) == expected


def test_areas_that_cannot_add() -> None:
    """Rates of areas without numerators are said to give the town nothing; a promise is judged by area."""
    assert check([figure("01", "98", area="a"), figure("01", "97", area="b")], areas="ab", **RATE) == [
        "areas-cannot-add"
    ]
    assert check([figure("01", "1", "P", area="a")], areas="ab") == []
    assert check([figure("01", "1", "P", area="a"), figure("01", "1", "P")], areas="ab") == []


# Parts


def parts(whole: str, *children: str | None, kind: str | None = "complete", column: str = "value") -> list[str]:
    """The findings for a parent X and its parts; None is a part that has not reported."""
    codes = [f"X.{at}" for at in range(1, len(children) + 1)]
    amounts = [("X", whole), *((code, child) for code, child in zip(codes, children, strict=True) if child is not None)]
    if column == "value":
        rows = [figure("03", value, code) for code, value in amounts]
    else:
        rows = [figure("03", None, code, cumulative=value) for code, value in amounts]
    target = {"at_least": "171000"}
    return check(rows, parts=kind, target=target, children=[indicator(code, target=target) for code in codes])


@pytest.mark.parametrize("column", ["value", "cumulative"])
@pytest.mark.parametrize(
    ("whole", "children", "expected"),
    [
        ("100", ["60", "40"], []),
        ("100", ["60", "41"], []),
        ("100", ["60", "39"], []),
        ("100", ["60", "42"], ["parts-do-not-add"]),
        ("100", ["60", "38"], ["parts-do-not-add"]),
        ("100.0", ["60.0", "40.1"], []),
        ("100.0", ["60.0", "40.2"], ["parts-do-not-add"]),
        ("100.00", ["60.00", "40.02"], ["parts-do-not-add"]),
        ("100", ["60.00", "41.00"], []),
        ("168435", ["100000", "68436"], []),
        ("100", ["60", None], []),
        ("100", ["101", None], []),
        ("100", ["102", None], ["children-over-parent"]),
    ],
)
def test_complete_parts(whole: str, children: list[str | None], expected: list[str], column: str) -> None:
    """Parts said to be complete add up to the whole, give or take one unit of the last printed decimal."""
    found = parts(whole, *children, column=column)
    assert [code for code in found if code != "children-over-parent" or expected] == expected


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (["60", "40"], []),
        (["60", "30"], []),
        (["100", "100"], []),
        (["100.1", "5"], ["children-over-parent"]),
        (["101", "102"], ["children-over-parent", "children-over-parent"]),
    ],
)
@pytest.mark.parametrize("kind", ["partial", None])
def test_partial_parts(kind: str | None, children: list[str], expected: list[str]) -> None:
    """Parts that may overlap or be not all there is are each no more than the whole."""
    assert parts("100", *children, kind=kind) == expected


def test_parts_of_another_unit_are_not_compared() -> None:
    """A part in another unit, such as the people among the tonnes, is no part of the sum."""
    rows = [figure("03", "100"), figure("03", "500", "X.1")]
    assert check(rows, parts="partial", children=[indicator("X.1", unit="person")]) == []


def test_parts_of_rates_are_not_compared() -> None:
    """A rate of a part may be above the rate of the whole."""
    rows = [figure("03", "80"), figure("03", "95", "X.1")]
    assert check(rows, children=[indicator("X.1", **RATE)], **RATE) == []
