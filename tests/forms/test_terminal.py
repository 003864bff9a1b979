"""A screen on a terminal: what gives way where room is short, and what must not."""

from __future__ import annotations

import pytest

from vinhchau_kpi.forms.terminal import plain
from vinhchau_kpi.views.screen import Head, Line, ScreenTable

MONTHS = [f"month {number}" for number in range(1, 13)]


def sheet(repeats: int) -> ScreenTable:
    columns = (Head("Agency"), *(Head(month, numeric=True) for month in MONTHS))
    return ScreenTable(columns, (Line(("kinh-te", *(str(n * 1111) for n in range(12)))),), repeats)


def test_bands_show_every_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that repeats its first column is broken into bands; each has that column, and no figure is lost."""
    monkeypatch.setenv("COLUMNS", "60")
    text = plain([sheet(repeats=1)])
    assert text.count("Agency") == text.count("kinh-te") == 3
    assert all(text.count(month + "  ") + text.count(month + "\n") == 1 for month in MONTHS)
    assert all(len(line) <= 60 for line in text.splitlines())
    assert "12221" in text


def test_wide_enough_is_one_band(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all columns fit, the sheet is one table."""
    monkeypatch.setenv("COLUMNS", "200")
    assert plain([sheet(repeats=1)]).count("Agency") == 1


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_nothing_is_lost_in_a_narrow_window(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are broken between words, figures never: where nothing can give way any more, lines are longer than the window."""
    monkeypatch.setenv("COLUMNS", str(width))
    name = "Sản lượng nuôi trồng thủy sản nước lợ và nước mặn"
    columns = (Head("No."), Head("Indicator", grows=True), *(Head(month, numeric=True) for month in MONTHS[:6]))
    figures = [f"{n * 1111111:,}" for n in range(1, 7)]
    text = plain([ScreenTable(columns, (Line(("KT-03.1", name, *figures)),))])
    assert all(figure in text for figure in figures)
    assert set(name.split()) <= set(text.split())
