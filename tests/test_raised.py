"""Signs of notes that are raised beside a code or a period, which a workbook stores as digits like any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from test_dates import PLAN

from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.read.submission import Options


def noted(before: str, after: str = "") -> CellRichText:
    return CellRichText(before, TextBlock(InlineFont(vertAlign="superscript"), "1"), after)


def found(path: Path, rows: list[list[object]], least: int = 10**9) -> list[tuple[str, int | None]]:
    """The rules that a workbook of these rows breaks, and in which rows; how many figures it gave comes first."""
    assert PLAN is not None
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([str(cell) if isinstance(cell, str) else cell for cell in row])
    book.save(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "LEAST_BYTES", least)
        one = inbox.read_inbox([str(path)], PLAN, Options()).submissions[0]
    return [("figures", one.count), *((f.rule.code, f.place.line) for f in one.findings)]


HEAD = ["indicator", "period", "area", "value"]
AREAS = list(PLAN.areas) if PLAN is not None else []


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize(
    "odd",
    [
        [noted("KT-0"), "2019-06", "", 12],
        ["LD-02", noted("T1", "/2019"), "", 12],
        ["LD-02", noted("1", "/2019"), "", 12],
        ["LD-02", "2019-06", noted("Phường "), 12],
    ],
)
def test_the_row_is_refused(tmp_path: Path, odd: list[object], least: int) -> None:
    """By rows and by columns, and no other."""
    rows = [["LD-02", f"2019-{month:02}", area, 12] for month in range(1, 6) for area in AREAS]
    assert found(tmp_path / "a.xlsx", [HEAD, *rows, odd], least) == [
        ("figures", len(rows)), ("raised-digit", len(rows) + 2),
    ]  # fmt: skip


def test_a_heading_of_a_period_is_refused(tmp_path: Path) -> None:
    """January with the sign of note 1 is no November."""
    assert found(tmp_path / "a.xlsx", [["indicator", noted("T1"), "T2"], ["LD-02", 12, 13]]) == [
        ("figures", 0), ("raised-digit", 1),
    ]  # fmt: skip


def test_elsewhere_raised_characters_are_part_of_a_name(tmp_path: Path) -> None:
    """And a raised word without digits is none."""
    word = CellRichText("LD-02", TextBlock(InlineFont(vertAlign="superscript"), " "))
    rows = [["indicator", "name", "period", "value"], [word, noted("Số lao động"), "2019-06", 12]]
    assert ("figures", 1) in found(tmp_path / "a.xlsx", rows)
