"""Charts in characters: what is drawn, and what must not be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from make import figure, indicator, known, period, plan

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.messages import EN
from vinhchau_kpi.trend import trend
from vinhchau_kpi.views.screen import Panels
from vinhchau_kpi.views.trend import FULL, GOAL, HALF, HEIGHT, PARTLY, PASSED, ZERO, CharacterScale, screen

AMOUNTS = st.fractions(-1000, 1000, max_denominator=50)


def chart(*rows: Figure, when: str = "06", **facts: Any) -> list[str]:
    """The lines of the one chart, without its three lines of words."""
    of = plan(indicator(**facts))
    found = screen(trend(of, known(*rows), period(when), of.entries.values(), keep_silent=True), EN)
    (panels,) = (part for part in found if isinstance(part, Panels))
    (panel,) = panels.panels
    return [words.text for words in panel.characters]


def column(lines: list[str], month: int) -> str:
    """The cells of a month's bar, from the bottom up."""
    begin = lines[0].index("│") + 1 + 2 * (month - 1)
    return "".join(line.ljust(begin + 1)[begin] for line in reversed(lines[:HEIGHT]))


def test_bars_and_what_is_expected() -> None:
    """A flow's bar is its cumulative on a scale from 0 to the target; a line in it shows what is expected by then."""
    lines = chart(figure("01", "600"), figure("02", "600"))
    assert lines[0].startswith("1,200│")
    assert (column(lines, 1), column(lines, 2)) == (PASSED + 2 * FULL + "   ", PASSED + 5 * FULL)


def test_a_bar_that_falls_short_has_the_line_above_it() -> None:
    """However little is lacking, the line is not within the bar, and the other way round."""
    assert column(chart(figure("01", "99"), when="01"), 1) == HALF + GOAL + "    "
    assert column(chart(figure("01", "100"), when="01"), 1) == PASSED + "     "
    short = chart(figure("01", "1199"), when="01", measure="level")
    assert column(short, 1) == 5 * FULL + GOAL


def test_a_sum_that_is_not_whole_looks_so() -> None:
    """A bar with a month missing is lighter."""
    lines = chart(figure("02", "600"), when="02")
    assert column(lines, 2) == PASSED + 2 * PARTLY + "   "


def test_missing_zero_and_nothing_due() -> None:
    """A month without a figure, a month of nothing, one at whose end nothing was due and one to come look different."""
    lines = chart(figure("01", "0"), figure("03", "600"), when="03")
    assert [column(lines, month).strip() for month in (1, 2, 4)] == [ZERO + GOAL, "…", ""]
    quarterly = chart(figure("Q1", "600"), when="06", every="quarter")
    bars = [column(quarterly, month).replace(GOAL, " ").strip() for month in range(1, 7)]
    assert bars == ["", "", FULL + PASSED + FULL, "", "", "…"]


def test_little_is_more_than_nothing() -> None:
    """A value too small for half a cell has half a cell."""
    assert column(chart(figure("01", "1"), when="01"), 1).startswith(HALF)


def test_a_level_stands_against_its_target() -> None:
    """A level's bar is its value; the line is the target in every month."""
    lines = chart(figure("02", "300"), when="03", measure="level", target={"at_least": "200"})
    assert lines[0].startswith("300│")
    assert [column(lines, month)[3] for month in (1, 2, 3)] == [GOAL, PASSED, GOAL]


def test_a_promise_is_yes_or_no() -> None:
    """Yes and no are signs, not bars."""
    kept: dict[str, Any] = {"target": {"achieved": "true"}, "unit": "yes"}
    signs, months = chart(figure("01", "1"), figure("03", "0"), when="04", **kept)
    assert signs == "√ … × … "
    assert months.startswith("1 . 3 .")


def test_below_zero() -> None:
    """Where something is below 0, the scale begins there and says so."""
    lines = chart(figure("01", "-50"), when="01", measure="level")
    assert lines[HEIGHT - 1].strip().startswith("-50│")


@given(st.lists(AMOUNTS, min_size=2, max_size=2, unique=True), AMOUNTS, AMOUNTS)
def test_a_larger_value_has_no_lower_bar(ends: list[Fraction], one: Fraction, other: Fraction) -> None:
    """Bars follow values, stay within the chart, and are nothing only at the bottom and below."""
    scale = CharacterScale(min(ends), max(ends))
    low, high = sorted((one, other))
    assert scale.halves(low) <= scale.halves(high)
    assert 0 <= scale.halves(one) <= 2 * HEIGHT
    assert (scale.halves(one) == 0) == (one <= scale.bottom)
    assert 0 <= scale.line(one) < HEIGHT


@given(st.dictionaries(st.integers(1, 6), st.integers(0, 300)))
def test_no_bar_without_a_figure(monthly: dict[int, int]) -> None:
    """A month that nobody reported has no bar, whatever stands around it."""
    lines = chart(*(figure(f"{month:02d}", str(value)) for month, value in monthly.items()))
    for month in range(1, 13):
        bar = column(lines, month)
        assert ("…" in bar) == (month <= 6 and month not in monthly)
        assert month in monthly or not {FULL, HALF, PARTLY, PASSED, ZERO} & set(bar)
