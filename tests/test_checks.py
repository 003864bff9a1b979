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
    """The codes of what is found, in both languages sayable, for indicator X (and a commitment, P)."""
    of = plan(indicator(**facts), areas=areas, profiles=profiles or {}, commitments=[{"code": "P", "name": "promise"}])
    found = list(checks.check(of, PlainFigures(tuple(rows))))
    for one in found:
        for language in LANGUAGES:
            assert one.message(Language(language))
            assert one.fix(Language(language))
    return [one.rule.code for one in found]


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
    (found,) = checks.check(plan(), PlainFigures((one, other)))
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
    assert [f.rule.code for f in checks.check(plan(areas="ab"), PlainFigures(tuple(figures)))] == expected


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


@pytest.mark.parametrize(
    ("value", "jumps"),
    [
        ("79.9", 0), ("80", 1), ("100", 1), ("125", 1), ("125.1", 0),
        ("799", 0), ("800", 1), ("1250", 1), ("1251", 0),
        ("8000", 1), ("12500", 1), ("12501", 1),
        ("1.26", 0), ("1.25", 1), ("1", 1), ("0.8", 1), ("0.79", 0), ("0.1", 1), ("0.01", 1), ("0", 0),
    ],
)  # fmt: skip
def test_jump(value: str, jumps: int) -> None:
    """A value within a quarter of 10, 100 or 1000 times the usual, or of a part of it, is doubted; others are not."""
    rows = [figure("01", "10"), figure("02", "10"), figure("03", "10"), figure("04", value)]
    assert check(rows).count("jump") == jumps


def test_jump_needs_two_others() -> None:
    """One other period is not enough to say what is usual."""
    assert check([figure("01", "10"), figure("02", "100")]) == []


def test_jump_scales_by_the_share_of_the_year() -> None:
    """A year's figure is no jump against its months, nor the season's month against the others; ten seasons' is."""
    season = {"profile": "p", "profiles": {"p": ["5", "10", "60", *["100"] * 9]}}
    assert check([figure("01", "10"), figure("02", "10"), figure("03", "10"), figure("2019", "120")]) == []
    assert check([figure("01", "10"), figure("02", "10"), figure("03", "100")], **season) == []
    assert check([figure("01", "10"), figure("02", "10"), figure("03", "1000")], **season) == ["jump"]


@pytest.mark.parametrize(
    ("values", "spike"),
    [
        (["10", "10", "100", "10", "10"], True),
        (["1000", "1000", "1", "1000", "1000"], True),
        (["10", "10", "100", "100", "100"], False),
        (["10", "30", "100", "300", "1000"], False),
    ],
)
def test_jump_of_a_level(values: list[str], spike: bool) -> None:
    """A level is doubted that is ten times, or a tenth of, both its neighbours in time, not one that rises to stay."""
    rows = [figure(f"0{at}", value) for at, value in enumerate(values, 1)]
    found = list(checks.check(plan(indicator(**LEVEL)), PlainFigures(tuple(rows))))
    assert [one.place for one in found if one.rule.code == "jump"] == ([rows[2].place] if spike else [])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("50", "0", ["zero-rate"]), ("49.9", "0", []), ("98", "1", []), ("0", "98", [])],
)
def test_zero_rate(before: str, after: str, expected: list[str]) -> None:
    """A rate that falls to exactly 0 from 50 % or more is doubted."""
    found = check([figure("05", before), figure("06", after)], **RATE)
    assert [code for code in found if code == "zero-rate"] == expected


def test_a_doubt_says_which_figure_it_is_about() -> None:
    """A doubt names the figure that it is about, other findings none."""
    rows = [figure("05", "98"), figure("06", "0"), figure("06", "0")]
    found = list(checks.check(plan(indicator(**RATE)), PlainFigures(tuple(rows))))
    assert {one.rule.code: list(one.about) for one in found} == {
        "doubled-figure": [],
        "zero-rate": [("X", rows[1].period, None)],
    }
    assert [one.rule.is_doubt for one in found] == [False, True]


def test_zero_of_a_count_is_no_zero_rate() -> None:
    """Only rates in % are doubted at 0."""
    assert check([figure("05", "98"), figure("06", "0")], **LEVEL) == []


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
    """Rates of areas without numerators, and a promise of areas, are said to give the town nothing."""
    assert check([figure("01", "98", area="a"), figure("01", "97", area="b")], areas="ab", **RATE) == [
        "areas-cannot-add"
    ]
    assert check([figure("01", "1", "P", area="a")], areas="ab") == ["areas-cannot-add"]
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


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("flow", "5999", []),
        ("flow", "6000", ["far-from-target"]),
        ("flow", "0.001", []),
        ("level", "12", []),
        ("level", "11", ["far-from-target"]),
        ("level", "0", []),
        ("level", "6000", ["far-from-target"]),
    ],
)
def test_far_from_the_target(measure: str, value: str, expected: list[str]) -> None:
    """A figure of five years' worth is doubted without any other to compare with, and a level of a hundredth."""
    assert check([figure("01", value)], measure=measure) == expected
