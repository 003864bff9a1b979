from __future__ import annotations

import pytest
from make import figure, indicator, plan

from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import Known, PlainFigures
from vinhchau_kpi.filediff import Edit, FileDiff, file_diff
from vinhchau_kpi.period import Period

PLAN = plan(indicator("X"), indicator("Y"))
JAN, FEB = figure("01", "100", on="2019-02-01"), figure("02", "140", on="2019-03-01")
CORRECTED = figure("01", "90", on="2019-03-15")


def compare(a: list[Figure], b: list[Figure]) -> FileDiff:
    return file_diff(PLAN, "a", known(a), "b", known(b))


def known(figures: list[Figure]) -> list[Known]:
    """What is known of each year."""
    return [PlainFigures(tuple(f for f in figures if f.period.year == year)).known_on(None) for year in (2019, 2018)]


@pytest.mark.parametrize(
    ("a", "b", "edits", "same"),
    [
        ([JAN], [JAN], [], 1),
        ([JAN], [figure("01", "100.00", on="2019-09-09")], [], 1),
        ([JAN], [figure("01", "101")], [Edit.CHANGED], 0),
        ([JAN], [figure("01", "100", kind=Kind.ESTIMATE)], [Edit.CHANGED], 0),
        ([JAN], [JAN, FEB], [Edit.ADDED], 1),
        ([JAN, FEB], [JAN], [Edit.REMOVED], 1),
        ([JAN, CORRECTED], [figure("01", "90")], [], 1),
        ([figure("01", "1", area="a")], [figure("01", "1")], [Edit.ADDED, Edit.REMOVED], 0),
    ],
)
def test_files(a: list[Figure], b: list[Figure], edits: list[Edit], same: int) -> None:
    """Two files are compared figure by figure, each by its latest version and as a number, not as text."""
    found = compare(a, b)
    assert ([one.edit for one in found.rows], found.same) == (edits, same)


def test_order() -> None:
    """Changes stand in the order of the plan, then of the periods, whatever that of the rows."""
    found = compare([], [figure("02", "1", "Y"), figure("03", "1"), figure("01", "1", "Y"), figure("01", "1")])
    assert [(one.key.code, str(one.key.period)) for one in found.rows] == [
        ("X", "2019-01"),
        ("X", "2019-03"),
        ("Y", "2019-01"),
        ("Y", "2019-02"),
    ]


def test_both_sides_are_kept() -> None:
    """A change has the figure of each side, with its place; an estimate that has become official is said to be one."""
    (changed,) = compare([JAN], [CORRECTED]).rows
    assert (changed.a, changed.b, changed.is_other_kind) == (JAN, CORRECTED, False)
    (official,) = compare([figure("01", "100", kind=Kind.ESTIMATE)], [JAN]).rows
    assert official.is_other_kind


def test_years_are_apart() -> None:
    """A figure of last year is not that of this year."""
    last_year = JAN._replace(period=Period(2018, 1, 1))
    assert [(one.edit, one.key.period.year) for one in compare([last_year], [JAN]).rows] == [
        (Edit.REMOVED, 2018),
        (Edit.ADDED, 2019),
    ]
