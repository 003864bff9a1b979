from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from make import f, figure, indicator, known, period, plan

from vinhchau_kpi import report as reports
from vinhchau_kpi.areas import by_area
from vinhchau_kpi.checks import OF_INDICATORS
from vinhchau_kpi.diff import diff
from vinhchau_kpi.figure import Amount, Figure, Kind, ratio
from vinhchau_kpi.figures import Answers, Known, PlainFigures, in_time

TEN = tuple("abcdefghij")


def amount(of: Known, *, percent: bool = False, additive: bool = True, areas: tuple[str, ...] = ()) -> Amount | None:
    """The amount of the one stretch there is."""
    town = of.series("X", percent=percent).get(None, {})
    together = of.of("X").added_up(percent=percent, additive=additive, areas_due=lambda _: areas)
    return next(iter({**together, **town}.values()), None)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2019-02-09", None), ("2019-02-10", 100), ("2019-03-04", 100), ("2019-03-05", 90), (None, 90)],
)
def test_latest_reported_counts(on: str | None, expected: int | None) -> None:
    """Of rows for one figure the latest reported counts, smaller or not; rows after the day do not exist."""
    rows = figure("01", "100", on="2019-02-10"), figure("01", "90", on="2019-03-05")
    found = amount(known(*reversed(rows), on=on))
    assert (found.value if found else None) == expected


def test_undated_is_oldest_and_always_known() -> None:
    """A figure without a report date exists on every day and gives way to any dated one."""
    rows = figure("01", "100"), figure("01", "90", on="2019-03-05")
    before, after = amount(known(*rows, on="2000-01-01")), amount(known(*rows))
    assert before is not None and before.value == 100
    assert after is not None and after.value == 90


def test_areas_and_periods_are_figures_of_their_own() -> None:
    """A row of another area, period or indicator corrects nothing."""
    of = known(
        figure("01", "1", on="2019-02-01"),
        figure("01", "2", area="a", on="2019-02-02"),
        figure("Q1", "3", on="2019-02-03"),
        figure("01", "4", code="Y", on="2019-02-04"),
    )
    assert of.size == 4
    assert of.last_month(["X"]) == 3


def test_nothing_known() -> None:
    """Without a figure there is no amount, no latest month, and nothing counted."""
    of = known(figure("01", "1", on="2019-02-01"), on="2019-01-31")
    assert (of.size, of.last_month(["X"]), amount(of)) == (0, None, None)


def test_town_before_areas() -> None:
    """The whole town's figure is used where there is one, whatever the areas add up to."""
    found = amount(known(figure("01", "10"), figure("01", "3", area="a"), figure("01", "4", area="b")))
    assert found is not None
    assert (found.value, found.areas_missing) == (10, ())


def test_areas_add_up() -> None:
    """Without a town figure the areas add up, and the areas that are missing are named in the plan's order."""
    rows = figure("01", "0.1", area="b"), figure("01", "0.2", area="a")
    complete = amount(known(*rows), areas=("a", "b"))
    partial = amount(known(*rows), areas=("d", "a", "b", "c"))
    assert complete is not None and partial is not None
    assert complete.value == partial.value == f("0.3")
    assert complete.areas_missing == ()
    assert partial.areas_missing == ("d", "c")


def test_area_of_zero_is_reported() -> None:
    """An area that reports 0 is not missing."""
    found = amount(known(figure("01", "0", area="a"), figure("01", "5", area="b")), areas=("a", "b"))
    assert found is not None
    assert (found.value, found.areas_missing) == (5, ())


def test_rates_add_by_numerator_and_denominator() -> None:
    """Rates of areas join as the sum of numerators over the sum of denominators, never as a mean."""
    rows = (
        figure("06", None, numerator="15", denominator="50", area="a"),
        figure("06", None, numerator="45", denominator="50", area="b"),
        figure("06", None, numerator="0", denominator="200", area="c"),
    )
    found = amount(known(*rows), percent=True, additive=False)
    assert found is not None
    assert found.value == 20


def test_rates_without_numerators_give_no_town_figure() -> None:
    """Rates of areas without numerators cannot be joined, not even where only one lacks them."""
    bare = figure("06", "98", area="a")
    full = figure("06", "96", numerator="48", denominator="50", area="b")
    assert amount(known(bare, full), percent=True, additive=False) is None


def test_value_and_cumulative_add_up_apart() -> None:
    """A sum over areas is given only of what every area gives: values here, cumulatives not."""
    rows = figure("02", "3", cumulative="5", area="a"), figure("02", "4", area="b")
    found = amount(known(*rows))
    assert found is not None
    assert (found.value, found.cumulative) == (7, None)


def test_kind_of_a_sum() -> None:
    """A sum with one estimate in it is an estimate."""
    rows = figure("01", "3", area="a"), figure("01", "4", area="b", kind=Kind.ESTIMATE)
    both, one = amount(known(*rows)), amount(known(rows[0]))
    assert both is not None and both.kind is Kind.ESTIMATE
    assert one is not None and one.kind is Kind.OFFICIAL


def test_own_rate_is_exact() -> None:
    """A rate is numerator ÷ denominator without rounding, before the rounded value beside it."""
    found = amount(known(figure("06", "33.33", numerator="1", denominator="3")), percent=True)
    assert found is not None
    assert found.value == f("100/3")
    assert ratio(Decimal(1), Decimal(3), percent=False) == f("1/3")


def test_versions_in_order() -> None:
    """All versions of an indicator come by period, area and day, as a reader follows them."""

    def key(one: Figure) -> tuple[str, str | None, date | None]:
        return str(one.period), one.area, one.reported_on

    rows = (
        figure("02", "1", on="2019-03-01"),
        figure("01", "2", area="a"),
        figure("01", "3", on="2019-03-02"),
        figure("01", "4", on="2019-02-01"),
        figure("01", "5", code="Y"),
    )
    assert [key(one) for one in in_time(PlainFigures(rows).of("X"))] == [
        ("2019-01", None, date(2019, 2, 1)),
        ("2019-01", None, date(2019, 3, 2)),
        ("2019-01", "a", None),
        ("2019-02", None, date(2019, 3, 1)),
    ]


class Elsewhere:
    """Answers from a place that the package knows nothing of: what the protocol names, and nothing more."""

    def __init__(self, inner: Answers) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        if name not in vars(Answers):
            raise AttributeError(name)
        return getattr(self._inner, name)


def test_another_source_of_figures_can_stand_beside() -> None:
    """Checks, reports, differences and areas come out alike from whoever answers the questions that `Answers` names."""
    of = plan(
        indicator("X", parts="complete", children=[indicator("X1"), indicator("X2")]),
        indicator("L", measure="level", unit="pc"),
        areas="abc",
    )
    rows = [
        figure(f"{month:02d}", str(100 * month), code, area=area)
        for month, area, code in itertools.product(range(1, 5), "ab", ("X", "X1", "L"))
    ]
    rows += [figure("02", "999", "X2", area="a"), figure("03", "5000", "X"), figure("Q1", "7", "X", area="b")]

    def seen(known: Known) -> list[Any]:
        a, b = (reports.report(of, known, period(when)) for when in ("02", "04"))
        later = Known(known.day, dict(known.answers))
        found = [check(of, known, one.indicator) for one in of.entries.values() for check in OF_INDICATORS]
        one = [(c.value, c.percent, c.causes, c.restated) for c in diff(a, known, b, later).rows]
        return [list(itertools.chain.from_iterable(found)), b.rows, one, by_area(of, known, b.rows), known.size]

    here = PlainFigures(tuple(rows)).known_on(None)
    there = Known(None, {code: Elsewhere(answers) for code, answers in here.answers.items()})
    assert seen(here)[0] != []
    assert seen(there) == seen(here)
