"""Reading a long file by columns gives what reading it row by row gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinhchau_kpi import report as reports
from vinhchau_kpi.checks import check, without_conflicts
from vinhchau_kpi.diff import diff
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Findings
from vinhchau_kpi.intake import bulk, inbox
from vinhchau_kpi.intake.inbox import Inbox, read_inbox
from vinhchau_kpi.intake.submission import Options
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Report
from vinhchau_kpi.views.diff import facts as diff_facts
from vinhchau_kpi.views.report import facts

REVISED = [{"on": "2019-05-20", "target": {"at_least": "1500"}}]


def plan_with(areas: str) -> Plan:
    return make.plan(
        make.indicator("X", revisions=REVISED, children=[make.indicator("X1"), make.indicator("X2")], parts="complete"),
        make.indicator("L", measure="level"),
        make.indicator("W", unit="person", target={"at_least": "16", "out_of": "900"}, measure="level"),
        make.indicator("R", unit="pc", measure="level"),
        make.indicator("Y", measure="level", target={"achieved": "true"}),
        areas=areas,
    )


PLANS = [plan_with("abcdef"), plan_with("")]
POOLS: dict[str, list[str]] = {
    "indicator": [*["X", "X1", "X2", "L", "W", "R"] * 12, "x1", "Y", "Z", "", "mã", "Tổng cộng"],
    "period": [*[f"2019-{m:02d}" for m in range(1, 13)] * 8, "T3/2019", "2019-Q1", "2019", "2018-05", "05/06/2019", ""],
    "area": [*"abcdef" * 20, "A", "xã", "địa bàn", "", "zz", "a?b", "x\u0300"],
    "value": [
        *map(str, range(0, 2000, 13)), *(f"{n // 10}.{n % 10}" for n in range(1, 20000, 131)), "", "", "12,5", "1.234", "1,234",
        "1.234.567", "-5", "…", "-", "0", "0.0", "007", "5.", ".5", "12 ", "1e3", "9" * 19, "0" * 17 + "1", "1234567890123",
        "1.1234567", "97%", "²", "٣", "đ", "12o", "99999999.25",
    ],
    "numerator": ["", "", "5", "120", "0"],
    "denominator": ["", "", "150", "300", "0"],
    "cumulative": [*[""] * 9, "12"],
    "reported_on": [*["2019-07-05", "15/03/2019"] * 9, "", "03/04/2019", "31/02/2019", "2031-01-01", "ngày báo cáo"],
    "agency": [*["", "a1"] * 4, "a2", "nobody"],
    "kind": [*[""] * 9, "ước", "official", "?"],
    "note": [*[""] * 20, "note", "12", 'said "so"', "Di?n tích", "năm"],
    "STT": ["", "1", "2"],
    "Người lập": [*[""] * 20, "An"],
}  # fmt: skip
"""What stands in each column: mostly what is plain, and some of everything else."""
RARE = 5
"""Of so many files one has what is rare in a column; the others have the first of each pool, which are plain."""
NEEDED = ("indicator", "period", "area", "value")


def text_of(seed: int) -> str:
    """A file of figures that may have anything in it."""
    chance = random.Random(seed)
    columns = [*NEEDED, *chance.sample(sorted(POOLS.keys() - set(NEEDED)), chance.randint(0, 5))]
    chance.shuffle(columns)
    delimiter = chance.choice(",;")
    pools = [POOLS[name] if chance.randrange(RARE) == 0 else POOLS[name][: -len(POOLS[name]) // 3] for name in columns]
    rows = [[chance.choice(pool) for pool in pools] for _ in range(chance.randint(40, 160))]
    for at in chance.choices(range(len(rows)), k=chance.choice([0, 0, 1, 3])):
        odd = [[], list(columns), rows[at][:-1], [*rows[at], ""], [*rows[at], "7"], [" "], ["Ký tên"]]
        rows[at] = chance.choice(odd)
    lines = [delimiter.join(_quoted(cell, delimiter) for cell in row) for row in [columns, *rows]]
    title = chance.choice(["", "", "Số liệu minh họa\n", "Đơn vị tính: ha\n"])
    return title + chance.choice(["\n", "\n", "\r\n"]).join(lines) + chance.choice(["\n", ""])


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if delimiter in cell or '"' in cell else cell


@contextmanager
def reading(least: int) -> Iterator[None]:
    """Files of at least so many bytes are read by columns, a few lines at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "LEAST_BYTES", least)
        patch.setattr(bulk, "BLOCK", 2500)
        yield


def said_of(plan: Plan, read: Inbox) -> dict[str, Any]:
    """All that can be seen of what was read."""
    found: dict[str, Any] = {
        "figures": read.figures.rows,
        "last year": read.last_year.rows,
        "findings": list(Findings([*read.findings, *check(plan, read.figures)]).in_order()),
        "files": [
            (s.rows, s.rows_left_out, s.count, s.manner, s.title, set(s.agencies), s.periods) for s in read.submissions
        ],
    }
    sides: dict[date | None, list[tuple[Report, Known]]] = {}
    for day in (None, date(2019, 4, 1)):
        known = without_conflicts(read.figures.as_of(day)).known_on(day)
        months = [reports.report(plan, known, make.period(when)) for when in ("04", "12")]
        found[f"as of {day}"] = [facts(one, one) for one in months], known.size, known.last_month(plan.entries)
        sides[day] = list(zip(months, [known, known], strict=True))
    (april, december), (april_then, _) = sides[None], sides[date(2019, 4, 1)]
    for name, a, b in (("months", april, december), ("days", april_then, april), ("both", april_then, december)):
        found[name] = diff_facts(diff(*a, *b))
    return found


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=2),
    plan=st.sampled_from(PLANS),
    said=st.sampled_from([None, None, *Convention]),
)
def test_by_columns_and_by_rows(
    seeds: list[int], plan: Plan, said: Convention | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same figures, the same findings in the same order, the same report, the same differences, whatever is in the files."""
    folder = tmp_path_factory.mktemp("bulk")
    files = [folder / f"{at}.csv" for at in range(len(seeds))]
    for file, seed in zip(files, seeds, strict=True):
        file.write_bytes(text_of(seed).encode())
    by_rows, by_columns = (read(files, plan, said, least) for least in (10**9, 0))
    assert by_columns == by_rows


def read(files: list[Path], plan: Plan, said: Convention | None, least: int) -> dict[str, Any]:
    with reading(least):
        return said_of(plan, read_inbox(map(str, files), plan, Options(numbers=said)))
