from __future__ import annotations

from datetime import date

import pytest
from make import f, figure, indicator, period, plan

from vinhchau_kpi.diff import Change, Edit, diff, file_diff
from vinhchau_kpi.figures import Figure, Figures, Kind
from vinhchau_kpi.report import report
from vinhchau_kpi.views.diff import facts

PLAN = plan(
    indicator("X", revisions=[{"on": "2019-06-10", "target": {"at_least": "2400"}}]),
    indicator("Y", measure="level", target={"exactly": "4"}),
)


def compare(rows: list[Figure], a: str, b: str, code: str = "X") -> Change:
    """`a` and `b` as on the command line: `05`, `05@2019-07-01`."""
    reports = []
    for operand in (a, b):
        when, _, day = operand.partition("@")
        of = Figures(tuple(rows)).known_on(date.fromisoformat(day) if day else None)
        reports.append((report(PLAN, of, period(when)), of))
    (report_a, known_a), (report_b, known_b) = reports
    return next(one for one in diff(report_a, known_a, report_b, known_b).rows if one.a.code == code)


JAN, FEB = figure("01", "100", on="2019-02-01"), figure("02", "140", on="2019-03-01")
CORRECTED = figure("01", "90", on="2019-03-15")


def test_new_figures() -> None:
    """A later period has new figures: the change is b − a in the unit and in percent points."""
    found = compare([JAN, FEB], "01", "02")
    assert (found.change, found.percent_change, found.causes) == (140, f("35/3"), ("new_figures",))


def test_restated() -> None:
    """One period on two days shows what was corrected in between."""
    found = compare([JAN, FEB, CORRECTED], "02@2019-03-01", "02@2019-03-15")
    assert (found.change, found.causes) == (-10, ("restated",))


def test_late_and_restated() -> None:
    """Causes are told apart and given together."""
    found = compare([JAN, FEB, CORRECTED], "02@2019-02-01", "02@2019-03-15")
    assert found.causes == ("new_figures", "restated")


def test_target_revised() -> None:
    """A new target changes the percent and not the value."""
    found = compare([JAN], "02@2019-06-09", "02@2019-06-10")
    assert (found.change, found.percent_change) == (0, f("-25/6"))
    assert found.causes == ("target_revised",)


def test_no_change() -> None:
    """A report beside itself has no change, and a figure that neither report can use is no cause."""
    found = compare([JAN, figure("07", "5", on="2019-03-01")], "01@2019-02-01", "01@2019-03-01")
    assert (found.change, found.percent_change, found.causes, found.is_change) == (0, 0, (), False)


def test_resent_alike_is_not_restated() -> None:
    """The same number sent again, or written 100.0, restates nothing."""
    found = compare([JAN, figure("01", "100.0", on="2019-03-15")], "01@2019-02-01", "01@2019-03-15")
    assert found.causes == ()


def test_none_on_one_side() -> None:
    """Where one side has no number there is no change to give, but there is a cause."""
    found = compare([JAN], "01@2019-01-15", "01@2019-02-01")
    assert (found.change, found.percent_change, found.causes) == (None, None, ("new_figures",))


def test_status_alone_is_a_change() -> None:
    """A row whose status changed has changed, though its number has not: in December not yet becomes not."""
    found = compare([figure("11", "5", "Y")], "11", "12", code="Y")
    assert (found.change, found.causes, found.is_change) == (0, (), True)


def test_facts_join_causes() -> None:
    """For machines causes are joined by +, and none is said."""
    of = Figures((JAN, FEB, CORRECTED))
    before, after = of.known_on(date(2019, 2, 1)), of.known_on(None)
    found = diff(report(PLAN, before, period("02")), before, report(PLAN, after, period("02")), after)
    assert [one["cause"] for one in facts(found)["rows"]] == ["new_figures+restated", "none"]


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
    found = file_diff(PLAN, "a", Figures(tuple(a)), "b", Figures(tuple(b)))
    assert ([one.edit for one in found.rows], found.same) == (edits, same)
