"""Two long files compared by columns: what comes out is what comparing them row by row gives."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from intake.columns.test_columns import PLANS, plain_rows, reading, text_of

from vinhchau_kpi.checks import versions
from vinhchau_kpi.figures import Figures
from vinhchau_kpi.filediff import file_diff
from vinhchau_kpi.intake.inbox import read_inbox
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.plan import Plan


def without_conflicts(plan: Plan, figures: Figures) -> Figures:
    """The figures but those with two values of one day."""
    return figures.without({key for one in versions(plan, figures) if one.is_error for key in one.about})


def compared(files: list[Path], plan: Plan, least: int) -> dict[str, Any]:
    """What is found in each file and what differs, where files of at least so many bytes are read by columns."""
    with reading(least):
        inboxes = [read_inbox([str(file)], plan, Options()) for file in files]
    known = [
        [without_conflicts(plan, figures).known_on(None) for figures in (inbox.figures, inbox.last_year)]
        for inbox in inboxes
    ]
    found = file_diff(plan, "a", known[0], "b", known[1])
    return {"findings": [list(one.findings) for one in inboxes], "rows": found.rows, "same": found.same}


@settings(deadline=None, max_examples=80, derandomize=True)
@given(seed=st.integers(0, 2**32), changes=st.integers(0, 12), plan=st.sampled_from(PLANS))
def test_by_columns_and_by_rows(seed: int, changes: int, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same findings, the same differences, and as many figures that are the same, whatever is in the files."""
    chance, folder = random.Random(seed), tmp_path_factory.mktemp("pair")
    lines = text_of(seed).splitlines()
    others = text_of(seed).splitlines()
    for _ in range(changes):
        at = chance.randrange(3, len(others))
        others[at : at + 1] = chance.choice([[], [chance.choice(lines[3:])], [others[at], chance.choice(lines[3:])]])
    files = [folder / "a.csv", folder / "b.csv"]
    for file, of_one in zip(files, (lines, others), strict=True):
        file.write_text("\n".join(of_one) + "\n", encoding="utf-8")
    by_columns = compared(files, plan, 0)
    assert by_columns == compared(files, plan, 10**9)
    event(f"figures the same: {by_columns['same'] > 0}, differing: {len(by_columns['rows']) > 0}")


@pytest.mark.parametrize(
    "odd", ["X,2019-01,a,-5", "X,2019-01,a,1.2345678", "X,2019-Q1,a,7", "X,2019-01,,8", "Q,2019-01,a,8"]
)
@pytest.mark.parametrize("count", [40, 60])
def test_what_columns_do_not_hold(odd: str, count: int, tmp_path: Path) -> None:
    """A row that both files have and columns cannot hold, or that is a fault in both, is what it is row by row."""
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file, value in zip(files, ("13", "14"), strict=True):
        rows = [
            "indicator,period,area,value",
            *plain_rows(72)[12:count],
            odd,
            f"L,2019-03,b,{value}",
            "L,2019-04,b,1.5",
        ]
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    by_columns = compared(files, PLANS[0], 0)
    assert by_columns == compared(files, PLANS[0], 10**9)
    assert [(row.key.code, row.a and row.a.value, row.b and row.b.value) for row in by_columns["rows"]] == [
        ("L", 13, 14)
    ]


def test_an_estimate_is_not_the_official_figure(tmp_path: Path) -> None:
    """Of two files of the same numbers those of another kind differ."""
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file, kind in zip(files, ("ước", "chính thức"), strict=True):
        rows = [
            "indicator,period,area,value,kind",
            *(f"{row},{kind if n == 30 else ''}" for n, row in enumerate(plain_rows(60))),
        ]
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    by_columns = compared(files, PLANS[0], 0)
    assert by_columns == compared(files, PLANS[0], 10**9)
    assert [row.is_other_kind for row in by_columns["rows"]] == [True]
