from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import f, figure, indicator, known, period, plan

from vinhchau_kpi.by_columns import LedgerFigures
from vinhchau_kpi.diff import Change, Contributions, chosen, diff
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures, PlainFigures
from vinhchau_kpi.finding import Place
from vinhchau_kpi.ledger import Column, Ledger
from vinhchau_kpi.messages import VI
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
        of = PlainFigures(tuple(rows)).known_on(date.fromisoformat(day) if day else None)
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
    assert found.value == Contributions(new_figures=f("140"), restated=f("-10"))
    assert found.percent == Contributions(
        new_figures=f("140/12"), restated=f("-10/12"), target_revised=f("230/24") - f("230/12")
    )
    assert (found.change, found.percent_change) == (130, f("230/24") - f("100/12"))


def test_a_figure_taken_back_is_new_the_other_way_round() -> None:
    """Compared backwards, what had come goes, and what was restated is as it was."""
    found = compare([JAN, FEB, CORRECTED], "02@2019-03-15", "02@2019-02-01")
    assert found.value == Contributions(new_figures=f("-140"), restated=f("10"))


def test_a_restated_cumulative() -> None:
    """Restated is what the figures known to both make with the later numbers, months and cumulatives alike."""
    rows = [figure("01", "100", on="2019-02-01"), figure("02", cumulative="260", on="2019-03-01")]
    rows += [figure("02", cumulative="250", on="2019-03-20"), figure("03", "70", on="2019-04-01")]
    found = compare(rows, "02@2019-03-01", "03@2019-04-01")
    assert found.value == Contributions(new_figures=f("70"), restated=f("-10"))


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
    assert (found.change, found.value) == (5, Contributions(new_figures=f("5"), restated=f("0")))


def test_turns() -> None:
    """What appears, vanishes, and turns for the better or the worse; a status of nothing yet is neither."""
    level = [figure("01", "5", "Y"), figure("02", "4", "Y"), figure("03", "6", "Y")]
    turns = [compare(level, a, b, "Y").turn for a, b in (("01", "02"), ("02", "03"), ("01", "03"))]
    assert turns == ["better", "worse", None]
    assert compare([JAN], "01@2019-01-31", "01@2019-02-01").turn == "appeared"
    assert compare([JAN], "01@2019-02-01", "01@2019-01-31").turn == "vanished"
    assert compare([figure("01", "100"), figure("06", None, cumulative="100")], "01", "06").turn == "worse"


def test_a_turn_by_time_alone() -> None:
    """Without a new figure a flow comes to lack months as the year goes on; there is no cause but the time."""
    found = compare([figure("01", "100"), figure("05", "1", "Y")], "01", "05")
    assert (found.causes, found.change, found.is_change) == ((), 0, True)
    assert (found.a.status, found.b.status, found.turn) == ("on_track", "incomplete", None)


@pytest.mark.parametrize(
    ("view", "codes"),
    [(View.MOST, ["B", "A", "D", "C"]), (View.TURNED, ["B"]), (View.APPEARED, ["C"]), (View.RESTATED, ["D"])],
)
def test_views(view: View, codes: list[str]) -> None:
    """What moved most comes first; the others are what turned, appeared, was restated. What stood still is in none."""
    of = plan(*(indicator(code, measure="level") for code in "ABCDE"))
    rows = [figure("01", "100", code, on="2019-02-01") for code in "ABDE"]
    rows += [figure("02", "150", "A", on="2019-03-01"), figure("02", "1300", "B", on="2019-03-01")]
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
    found = compare([figure("11", "5", "Y"), figure("12", "1")], "11", "12", code="Y")
    assert (found.change, found.causes, found.is_change) == (0, (), True)


def test_facts_join_causes() -> None:
    """For machines causes are joined by +, and none is said."""
    of = PlainFigures((JAN, FEB, CORRECTED))
    before, after = of.known_on(date(2019, 2, 1)), of.known_on(None)
    found = diff(report(PLAN, before, period("02")), before, report(PLAN, after, period("02")), after)
    assert [one["cause"] for one in facts(found, VI)["rows"]] == ["new_figures+restated", "none"]


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


COUNTRY = plan(
    indicator("X", revisions=[{"on": "2019-06-10", "target": {"at_least": "2400"}}]),
    indicator("L", measure="level"),
    indicator("R", unit="pc", measure="level"),
    areas="abcd",
)


def by_columns(rows: Iterable[Figure]) -> Figures:
    """The figures in a ledger, as far as they fit in: the first version of each."""
    ledger = Ledger("abcd")
    return LedgerFigures(PlainFigures(tuple(row for row in rows if not ledger.put(row))), ledger)


def reported(seed: int) -> list[Figure]:
    """A year's figures of areas, some of them missing, some reported again, with other numbers or decimals or without."""
    chance = random.Random(seed)
    rows = []
    for month, area, code in itertools.product(range(1, 7), "abcd", "XLR"):
        for version in range(chance.choice([0, 1, 1, 2, 2, 3])):
            on = str(date(2019, month, 28) + timedelta(days=chance.choice([5, 6, 40 * version + 7])))
            value = chance.choice(["100", "100.0", "90", "95.5"])
            parts = {"numerator": value, "denominator": "200"} if code == "R" and chance.randrange(20) else {}
            rows.append(figure(f"{month:02d}", None if parts else value, code, area=area, on=on, **parts))
    chance.shuffle(rows)
    return [row._replace(place=Place("f.csv", line, 3)) for line, row in enumerate(rows, 2)]


@given(
    seed=st.integers(0, 2**32),
    months=st.tuples(st.integers(1, 6), st.integers(1, 6)),
    days=st.tuples(*[st.none() | st.dates(date(2019, 2, 1), date(2019, 9, 1))] * 2),
)
def test_by_columns_and_by_figures(seed: int, months: tuple[int, int], days: tuple[date | None, date | None]) -> None:
    """Periods and days whose figures stand in columns differ by what they differ by figure by figure."""
    rows = reported(seed)
    found = []
    for figures in (PlainFigures(tuple(rows)), by_columns(rows)):
        knowns = [figures.known_on(day) for day in days]
        a, b = (report(COUNTRY, of, period(f"{month:02d}")) for of, month in zip(knowns, months, strict=True))
        found.append(facts(diff(a, knowns[0], b, knowns[1]), VI))
    assert found[0] == found[1]


def test_only_what_was_restated_is_made_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of columns only the figures with other numbers are taken out to be compared, not each of a country."""
    months = [figure(f"{m:02d}", "100", area=area, on=f"2019-{m + 1:02d}-05") for m in range(1, 7) for area in "abcd"]
    corrected = figure("02", "90", area="c", on="2019-06-20")
    figures = by_columns([*months, corrected])
    early, late = (figures.known_on(day) for day in (date(2019, 6, 6), None))
    may, june = (report(COUNTRY, of, period(when)) for of, when in ((early, "05"), (late, "06")))
    taken: list[int] = []
    make_figure = Ledger.figure

    def noted(ledger: Ledger, column: Column, at: int) -> Figure:
        taken.append(at)
        return make_figure(ledger, column, at)

    monkeypatch.setattr(Ledger, "figure", noted)
    found = diff(may, early, june, late).rows[0]
    assert len(taken) == 2
    assert [(before.value, after.value) for before, after in found.restated] == [(100, 90)]
    assert found.value == Contributions(new_figures=f("400"), restated=f("-10"))
