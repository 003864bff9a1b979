from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import figure, indicator, plan

from benchmarks import doubts as benchmark
from vinhchau_kpi import checks
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.finding import Finding, Place

LEVEL = {"measure": "level"}
RATE = {"measure": "level", "unit": "pc", "target": {"at_least": "90"}}
SALT = {"profile": "salt", "profiles": {"salt": ["10", "30", "55", "80", "95", *["100"] * 7]}}


def found(rows: Sequence[Figure], *, areas: str = "", profiles: Any = None, **facts: Any) -> list[Finding]:
    """The doubts about indicator X: at least 1200 t a year, unless `facts` say otherwise."""
    of = plan(indicator(**facts), areas=areas, profiles=profiles or {})
    return [one for one in checks.check(of, PlainFigures(tuple(rows))) if one.rule.is_doubt]


def plainly(number: Decimal) -> str:
    """Without zeros at its end."""
    return f"{number.normalize():f}"


def months(values: str, **facts: Any) -> list[Figure]:
    """`"100 90 110"`: January, February, March; a dash is a month that is not reported."""
    return [figure(f"{at:02}", value, **facts) for at, value in enumerate(values.split(), 1) if value != "-"]


def doubted(values: str, **facts: Any) -> dict[str, tuple[str, str]]:
    """What is doubted of a town's months: by period the rule, and what would be right."""
    return {
        str(key.period)[-2:]: (one.rule.code, plainly(Decimal(instead.numerator) / instead.denominator))
        for one in found(months(values), **facts)
        for key, instead in one.about.items()
        if instead is not None
    }


# Running totals


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("100 90 110 105", {}),
        # One total, the last or one among months; a total and all after it; all along.
        ("100 90 110 405", {"04": "105"}),
        ("100 90 110 405 95 100", {"04": "105"}),
        ("100 90 110 400 500 590", {"04": "100", "05": "100", "06": "90"}),
        ("100 190 300 405", {"02": "90", "03": "110", "04": "105"}),
        # A month that is open is in the total as well.
        ("100 90 - 405", {"04": "215"}),
        # Growth is no running total, nor are months that are alike, nor one large month.
        ("100 110 121 133 146 161 177", {}),
        ("100 100 100 100", {}),
        ("100 90 110 270", {}),
        # Nor is what adds far more than a month has.
        ("10 9 11 700", None),
    ],
)  # fmt: skip
def test_running_total(values: str, expected: dict[str, str] | None) -> None:
    """What is all that stands before it and a usual month more is doubted, with the month that it would leave."""
    doubts = doubted(values)
    if expected is None:
        assert "running-total" not in [rule for rule, _ in doubts.values()]
    else:
        assert doubts == {month: ("running-total", instead) for month, instead in expected.items()}


def test_two_months_are_too_few() -> None:
    """Of two figures the second may be a larger month: nothing says which, unless both are held against the year."""
    assert doubted("100 190") == {}


def test_two_months_against_the_year() -> None:
    """Two months alone are doubted where as totals they are what the target expects, and as months far more."""
    rows = [figure("05", "500"), figure("06", "610")]
    assert [(str(one.place.line), one.args["instead"]) for one in found(rows)] == [(str(rows[1].place.line), 110)]
    assert not found([figure("05", "150"), figure("06", "170")])


def test_a_percent_short_of_its_target_by_one_digit() -> None:
    """A percent alone whose ten times is its target is doubted; another part of it may be a coverage that has only begun."""
    rate = {"unit": "pc", "measure": "level", "target": {"at_least": "95"}}
    assert [one.args["instead"] for one in found([figure("06", "9.4")], **rate)] == [94]
    assert not found([figure("06", "12")], **rate)
    assert not found([figure("06", "9.4")], **rate | {"target": {"at_most": "95"}})


@pytest.mark.parametrize(
    ("values", "doubted"), [("490 520 610", 3), ("490 520 120", 0), ("490 520", 0), ("490 520 610 110 95", 0)]
)
def test_a_file_of_totals(values: str, doubted: int) -> None:
    """Three flows of one month, of which no other is known, are doubted together where nearly all are what is expected since
    January; in the first two months the two are too near each other."""
    codes = "VWXYZ"
    of = plan(*(indicator(code) for code in codes))
    for month, is_late in (("05", True), ("02", False)):
        rows = _file("5.csv", [(month, value, code) for code, value in zip(codes, values.split(), strict=False)])
        every = [one for one in checks.check(of, PlainFigures(tuple(rows))) if one.rule.code == "file-of-totals"]
        assert sum(len(one.about) for one in every) == doubted * is_late


def test_a_total_that_is_printed_as_the_cumulative_too() -> None:
    """One flow alone is doubted where the cumulative beside it says that nothing came before, and it fits the year so far."""
    assert [one.rule.code for one in found([figure("05", "500", cumulative="500")])] == ["file-of-totals"]
    assert not found([figure("05", "100", cumulative="100")])
    assert not found([figure("05", "500")])


def test_totals_by_season() -> None:
    """In a season that rises the months may look like totals, and after its end a total is what stands before it."""
    assert doubted("120 240 300", **SALT) == {}
    assert doubted("120 250 290 310 180 60 1210", **SALT) == {"07": ("running-total", "0")}


def test_totals_beside_cumulatives() -> None:
    """What was reported before as cumulatives is held against a total typed as a month too."""
    rows = [figure("01", cumulative="100"), figure("02", cumulative="190"), figure("03", cumulative="300")]
    (one,) = found([*rows, figure("04", "405")])
    assert (one.rule.code, list(one.about.values())) == ("running-total", [105])


# Another order


@pytest.mark.parametrize(
    ("values", "instead"),
    [
        ("100 90 110 105", None),
        ("100 90 110 1050", "105"),
        ("100 90 110 800", "80"),
        ("100 90 110 1.05", "105"),
        ("100 90 110 10.5", "105"),
        ("100 90 110 1300000", "130"),
        ("100 90 110 0", None),
        # The others are far apart themselves: more is asked for.
        ("10 300 40 1500 20", None),
    ],
)
def test_magnitude(values: str, instead: str | None) -> None:
    """A flow far above or below what the other months lead one to expect is doubted, with the power of ten put right."""
    last = f"{len(values.split()):02}"
    assert doubted(values) == ({last: ("magnitude", instead)} if instead else {})


@pytest.mark.parametrize("target", [{"at_least": "1200"}, {"at_most": "1200"}, {"exactly": "1200"}, {"improve": "up"}])
@pytest.mark.parametrize("wrong", ["1.3", "7900"])
def test_magnitude_whatever_the_sense(target: dict[str, str], wrong: str) -> None:
    """The other months say what is usual, whether much is good or bad."""
    assert list(doubted(f"100 90 110 {wrong} 95", target=target)) == ["04"]


@pytest.mark.parametrize(
    ("facts", "value", "is_doubted"),
    [
        ({}, "799", False), ({}, "800", True), ({}, "12.5", True), ({}, "12.6", False), ({}, "0", False),
        ({"target": {"at_most": "1200"}}, "800", True), ({"target": {"at_most": "1200"}}, "1", False),
        ({"target": {"improve": "up"}}, "1", False),
        (LEVEL, "9600", True), (LEVEL, "150", True), (LEVEL, "151", False),
        # Last year's figure speaks for it.
        ({"baseline": {"year": "2018", "value": "9000"}}, "800", False),
        # A coverage may begin with little, a small count may come to little.
        (RATE, "5", False), ({"unit": "person", "target": {"at_least": "240"}}, "1", False),
    ],
)  # fmt: skip
def test_magnitude_of_the_first_month(facts: dict[str, Any], value: str, is_doubted: bool) -> None:
    """Where there is no other month, the target's step by the profile says what is to be expected."""
    assert bool(doubted(value, **facts)) is is_doubted


def test_a_whole_series_of_another_order() -> None:
    """Months that are alike and all far above the target, or a fiftieth of it, are each doubted."""
    assert list(doubted("3000 2900 3100")) == ["01", "02", "03"]
    assert list(doubted("0.3 0.29 0.31")) == ["01", "02", "03"]
    assert doubted("30 29 31") == {}


def test_the_target_says_which_are_wrong() -> None:
    """Where the months are of two orders, those that fit the target are not doubted."""
    assert list(doubted("0.1 0.09 110 105")) == ["01", "02"]


@pytest.mark.parametrize(
    ("values", "spike"),
    [
        ("1000 1000 10000 1000 1000", True),
        ("1000 1000 1 1000 1000", True),
        ("150 150 1500 1500 1500", False),
        ("150 300 900 2000 3000", False),
    ],
)
def test_magnitude_of_a_level(values: str, spike: bool) -> None:
    """A level is doubted that is far from both its neighbours in time, not one that rises to stay."""
    assert list(doubted(values, **LEVEL)) == (["03"] if spike else [])


def test_magnitude_by_season() -> None:
    """The season's month is no jump against the others; ten seasons' is."""
    assert doubted("120 240 300 310 170 60", **SALT) == {}
    assert list(doubted("120 240 300 310 170 600", **SALT)) == ["06"]


def test_an_area_is_held_against_its_own_target() -> None:
    """The town's target says nothing of a commune that has none of its own."""
    allocated = {"allocations": {"a": "1188", "b": "12"}}
    rows = [figure("01", "1", area="b")]
    assert found(rows, areas="ab", **allocated) == []
    assert found(rows, areas="ab") == []
    assert len(found([figure("01", "1", area="a")], areas="ab", **allocated)) == 1


# Percents


@pytest.mark.parametrize(
    ("value", "facts", "is_doubted"),
    [
        ("0.97", {}, True), ("1", {}, True), ("1.1", {}, False), ("0", {}, False),
        ("0.089", {"target": {"at_most": "9.08"}}, True),
        ("0.9", {"target": {"at_most": "0.92"}}, False),
        ("0.9", {"target": {"improve": "up"}, "baseline": {"year": "2018", "value": "88"}}, True),
    ],
)  # fmt: skip
def test_percent_as_fraction(value: str, facts: dict[str, Any], is_doubted: bool) -> None:
    """A percent of up to 1 is doubted where its target or last year's stands above 5, whatever the sense."""
    doubts = doubted(value, **RATE | facts)
    assert doubts == ({"01": ("percent-as-fraction", plainly(Decimal(value) * 100))} if is_doubted else {})


def test_percent_as_fraction_among_others() -> None:
    """The other months say what is usual where the target says nothing."""
    assert list(doubted("91 92 0.93", **RATE | {"target": {"improve": "up"}})) == ["03"]


@pytest.mark.parametrize(
    ("before", "after", "expected"), [("50", "0", 1), ("49.9", "0", 0), ("98", "0.0", 1), ("0", "98", 0)]
)
def test_zero_rate(before: str, after: str, expected: int) -> None:
    """A rate that falls to exactly 0 from 50 % or more is doubted; only rates in % are."""
    rows = [figure("05", before), figure("06", after)]
    assert [one.rule.code for one in found(rows, **RATE)].count("zero-rate") == expected
    assert "zero-rate" not in [one.rule.code for one in found(rows, **LEVEL)]


# Of every doubt


def test_a_doubt_says_which_figure_it_is_about() -> None:
    """A doubt names the figures that it is about, other findings none."""
    rows = [figure("05", "98"), figure("06", "0"), figure("06", "0")]
    every = list(checks.check(plan(indicator(**RATE)), PlainFigures(tuple(rows))))
    about = {one.rule.code: list(one.about) for one in every}
    assert about == {"doubled-figure": [], "zero-rate": [("X", rows[1].period, None)]}


def _of(rows: list[Figure], **facts: Any) -> list[tuple[str, int]]:
    return [(one.rule.code, key.period.last) for one in found(rows, **facts) for key in one.about]


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=12),
    st.integers(1, 10**6),
    st.sampled_from(["0.01", "0.1", "3", "1000"]),
    st.sampled_from(["flow", "level"]),
    st.sampled_from(["at_least", "at_most", "exactly"]),
)
def test_doubts_do_not_hang_on_the_unit(
    values: list[int | None], target: int, factor: str, measure: str, sense: str
) -> None:
    """All figures and the target by the same factor: the same doubts."""

    def doubts(times: Decimal) -> list[tuple[str, int]]:
        rows = [figure(f"{at:02}", str(value * times)) for at, value in enumerate(values, 1) if value is not None]
        return _of(rows, measure=measure, target={sense: plainly(target * times)})

    assert doubts(Decimal(1)) == doubts(Decimal(factor))


@given(st.lists(st.integers(0, 100), min_size=11, max_size=11), st.integers(1, 12), st.integers(1, 1000))
def test_a_series_on_its_profile_is_not_doubted(ends: list[int], until: int, size: int) -> None:
    """Months that are exactly what the profile expects are not doubted, whatever the season."""
    profile = [*sorted(ends), 100]
    shares = [after - before for before, after in itertools.pairwise([0, *profile])]
    rows = [figure(f"{at:02}", str(share * size)) for at, share in enumerate(shares[:until], 1)]
    assert found(rows, target={"at_least": str(size * 100)}, profile="p", profiles={"p": list(map(str, profile))}) == []


# Whole files, and several senders


def _file(name: str, rows: list[tuple[str, str, str]], **facts: Any) -> list[Figure]:
    return [
        figure(when, value, code, place=Place(name, at, 3), **facts) for at, (when, value, code) in enumerate(rows, 2)
    ]


def _of_files(*files: list[Figure]) -> list[str]:
    of = plan(*(indicator(code, target={"at_least": "1200"}) for code in "XYZ"))
    every = checks.check(of, PlainFigures(tuple(itertools.chain(*files))))
    return [one.rule.code for one in every if one.rule.is_doubt or one.is_error]


JANUARY = [("01", "101", "X"), ("01", "95", "Y"), ("01", "87", "Z")]


@pytest.mark.parametrize(("last", "is_doubted"), [("5.9", True), ("5.8", False)])
def test_a_whole_month_again(last: str, is_doubted: bool) -> None:
    """Of a small file that is wholly the month before, levels and numbers of one digit too, every row is doubted."""
    numbers = {"X": "101", "Y": "44", "S": "2", "A": "87.5", "B": "12"}
    files = [
        _file(f"{at}.csv", [(at, value, code) for code, value in (numbers | {"C": end}).items()])
        for at, end in (("01", "5.9"), ("02", last))
    ]
    of = plan(*(indicator(code) for code in "XSY"), *(indicator(code, measure="level") for code in "ABC"))
    found = [one for one in checks.check(of, PlainFigures((*files[0], *files[1]))) if one.rule.code == "month-again"]
    assert [len(one.about) for one in found] == [6] * is_doubted


@pytest.mark.parametrize(
    ("february", "is_doubted"),
    [
        ([("02", "101", "X"), ("02", "95", "Y"), ("02", "87", "Z")], True),
        ([("02", "101", "X"), ("02", "95", "Y"), ("02", "88", "Z")], False),
        ([("02", "101", "X"), ("02", "95", "Y")], False),
        ([("03", "101", "X"), ("03", "95", "Y"), ("03", "87", "Z")], False),
    ],
)
def test_month_again(february: list[tuple[str, str, str]], is_doubted: bool) -> None:
    """Three numbers of the month before, to the last digit, under a new month are doubted; two may be so by chance."""
    assert _of_files(_file("1.csv", JANUARY), _file("2.csv", february)) == ["month-again"] * is_doubted


@pytest.mark.parametrize(
    ("later", "is_doubted"),
    [
        ([("01", "111", "X"), ("01", "85", "Y"), ("01", "97", "Z")], True),
        # A correction of one row, sent with the others as they were; a file that has its own month as well.
        ([("01", "111", "X"), ("01", "95", "Y"), ("01", "87", "Z")], False),
        ([("01", "111", "X"), ("01", "85", "Y"), ("01", "97", "Z"), ("02", "99", "X")], False),
    ],
)
def test_month_replaced(later: list[tuple[str, str, str]], is_doubted: bool) -> None:
    """A file that changes all figures of a month while nobody has reported the next one is doubted."""
    found = _of_files(_file("1.csv", JANUARY, on="2019-01-16"), _file("2.csv", later, on="2019-02-18"))
    assert found == ["month-replaced"] * is_doubted


@pytest.mark.parametrize(("february", "doubted"), [("18 20 19 57", 2), ("18 20 19 58", 0), ("18 20 - -", 1)])
def test_area_is_sum(february: str, doubted: int) -> None:
    """Where no areas are listed, one that is the sum of at least three others wherever it is the largest is doubted."""
    rows = [figure("01", value, area=area) for value, area in zip(("18", "20", "19", "57"), "abcd", strict=True)]
    rows += [
        figure("02", value, area=area) for value, area in zip(february.split(), "abcd", strict=True) if value != "-"
    ]
    found = checks.check(plan(indicator()), PlainFigures(tuple(rows)))
    assert [one.rule.code for one in found].count("area-is-sum") == doubted


@pytest.mark.parametrize(
    ("first", "second", "is_doubted"),
    [
        ({"agency": "a", "on": "2019-02-01"}, {"agency": "b", "on": "2019-06-01"}, True),
        ({"agency": "a", "on": "2019-02-01"}, {"agency": "a", "on": "2019-02-02"}, False),
        ({"on": "2019-02-01"}, {"on": "2019-02-08"}, True),
        ({"on": "2019-02-01"}, {"on": "2019-02-09"}, False),
        ({"agency": "a", "on": "2019-02-01"}, {"on": "2019-02-02"}, True),
    ],
)
def test_other_sender(first: dict[str, Any], second: dict[str, Any], is_doubted: bool) -> None:
    """Another agency corrects nothing, nor, where none is named, does another file of the same week."""
    found = _of_files(_file("1.csv", [("01", "101", "X")], **first), _file("2.csv", [("01", "90", "X")], **second))
    assert found == ["other-sender"] * is_doubted


# Measured


def test_the_pages_say_what_was_measured() -> None:
    """The benchmark, made again for a few series, comes to what the pages have, and both pages have one table."""
    line = benchmark.digest(benchmark.REPORTED_ON, benchmark.FEW)
    for page in benchmark.PAGES:
        assert line in page.read_text(encoding="utf-8"), "make doubts"
