from __future__ import annotations

from datetime import date

import pytest
from make import f, figure, indicator, known, period, plan

from vinhchau_kpi.diff import Change, Parts, chosen, diff
from vinhchau_kpi.figures import Figure, Figures
from vinhchau_kpi.report import report
from vinhchau_kpi.status import View
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


def test_parts_of_a_change() -> None:
    """The change is split by its causes, in the unit and in points: new figures, restated, target revised."""
    found = compare([JAN, FEB, CORRECTED], "02@2019-02-01", "02@2019-06-10")
    assert found.causes == ("new_figures", "restated", "target_revised")
    assert found.value == Parts(new_figures=f("140"), restated=f("-10"))
    assert found.percent == Parts(
        new_figures=f("140/12"), restated=f("-10/12"), target_revised=f("230/24") - f("230/12")
    )
    assert (found.change, found.percent_change) == (130, f("230/24") - f("100/12"))


def test_a_figure_taken_back_is_new_the_other_way_round() -> None:
    """Compared backwards, what had come goes, and what was restated is as it was."""
    found = compare([JAN, FEB, CORRECTED], "02@2019-03-15", "02@2019-02-01")
    assert found.value == Parts(new_figures=f("-140"), restated=f("10"))


def test_a_restated_cumulative() -> None:
    """Restated is what the figures known to both make with the later numbers, months and cumulatives alike."""
    rows = [figure("01", "100", on="2019-02-01"), figure("02", cumulative="260", on="2019-03-01")]
    rows += [figure("02", cumulative="250", on="2019-03-20"), figure("03", "70", on="2019-04-01")]
    found = compare(rows, "02@2019-03-01", "03@2019-04-01")
    assert found.value == Parts(new_figures=f("70"), restated=f("-10"))


def test_a_restatement_that_makes_no_value_alone() -> None:
    """A rate whose restated figure has lost its denominator is a change by what else is new."""
    of = plan(indicator("X", unit="pc", measure="level", target={"at_least": "95"}), areas="ab")
    one = {"on": "2019-02-01", "area": "a"}
    before = [
        figure("01", numerator="1", denominator="2", **one),
        figure("01", numerator="2", denominator="2", **{**one, "area": "b"}),
    ]
    after = [*before, figure("01", "60", on="2019-03-01", area="a"), figure("02", "80", on="2019-03-01")]
    known_a, known_b = known(*after, on="2019-02-01"), known(*after, on="2019-03-01")
    (found,) = diff(report(of, known_a, period("02")), known_a, report(of, known_b, period("02")), known_b).rows
    assert (found.change, found.value) == (5, Parts(new_figures=f("5"), restated=f("0")))


def test_turns() -> None:
    """What appears, vanishes, and turns for the better or the worse; a status of nothing yet is neither."""
    level = [figure("01", "5", "Y"), figure("02", "4", "Y"), figure("03", "6", "Y")]
    turns = [compare(level, a, b, "Y").turn for a, b in (("01", "02"), ("02", "03"), ("01", "03"))]
    assert turns == ["better", "worse", None]
    assert compare([JAN], "01@2019-01-31", "01@2019-02-01").turn == "appeared"
    assert compare([JAN], "01@2019-02-01", "01@2019-01-31").turn == "vanished"
    assert compare([figure("01", "100")], "01", "06").turn == "worse"


def test_a_turn_by_time_alone() -> None:
    """Without a new figure a flow falls behind as the year goes on; there is no cause but the time."""
    found = compare([figure("01", "100")], "01", "05")
    assert (found.causes, found.change, found.is_change) == ((), 0, True)


@pytest.mark.parametrize(
    ("view", "codes"),
    [(View.MOST, ["B", "A", "D", "C"]), (View.TURNED, ["B"]), (View.APPEARED, ["C"]), (View.RESTATED, ["D"])],
)
def test_views(view: View, codes: list[str]) -> None:
    """What moved most comes first; the others are what turned, appeared, was restated. What stood still is in none."""
    of = plan(*(indicator(code) for code in "ABCDE"))
    rows = [figure("01", "100", code, on="2019-02-01") for code in "ABDE"]
    rows += [figure("02", "50", "A", on="2019-03-01"), figure("02", "200", "B", on="2019-03-01")]
    rows += [figure("02", "900", "C", on="2019-03-01"), figure("01", "101", "D", on="2019-03-01")]
    rows += [figure("01", "100", "E", on="2019-03-02")]
    known_a, known_b = known(*rows, on="2019-02-01"), known(*rows, on="2019-03-01")
    whole = diff(report(of, known_a, period("02")), known_a, report(of, known_b, period("02")), known_b)
    assert [row.b.code for row in chosen(whole, view).rows] == codes


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


def test_restated_figures_are_named() -> None:
    """A change knows each figure that was restated, as it was and as it is."""
    found = compare([JAN, FEB, CORRECTED], "02@2019-03-01", "02@2019-03-15")
    assert found.restated == ((JAN, CORRECTED),)


def test_new_figures_that_move_nothing() -> None:
    """A new 0 differs in what a report rests on, and moves nothing that it shows."""
    found = compare([JAN, figure("02", "0")], "01", "02")
    assert (found.causes, found.change, found.has_moved) == (("new_figures",), 0, True)
    final = compare([figure("01", "3000"), figure("02", "0")], "01", "02")
    assert (final.is_change, final.has_moved) == (True, False)


def test_commitments_turn_too() -> None:
    """A promise that is reported, kept or broken is a change."""
    of = plan(indicator("X"), commitments=[{"code": code, "name": code} for code in "PQR"])
    rows = [figure("01", "0", "P"), figure("02", "1", "P"), figure("02", "1", "Q"), figure("01", "1", "R")]
    every = known(*rows)
    found = diff(report(of, every, period("01")), every, report(of, every, period("02")), every)
    assert [(one.b.commitment.code, one.turn) for one in found.promises if one.is_change] == [
        ("P", "better"),
        ("Q", "appeared"),
    ]
    assert found.is_different
    assert [one.b.commitment.code for one in chosen(found, View.APPEARED).promises] == ["Q"]
