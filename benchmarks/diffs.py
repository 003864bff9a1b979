# ruff: noqa: INP001
"""Two files of figures compared by `kpi diff`, csv-diff and daff: how long it takes, and what each makes of them.

From the root of the repository: `python -m benchmarks.diffs PEERS` prints the page, `--write` puts it into
`docs/diffs.md`. PEERS is a virtual environment that has `csv-diff` and `daff`; `make diffs` makes it.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "diffs.md"
SAMPLE = ROOT / "data" / "samples" / "2019-06.csv"
RUNS = 3
ROWS, EDITS = 200_000, 50
"""Rows of the large pair, and how many of each kind of change are in it (values twice as many)."""
KEY = "Khóa"
"""A column that the peers get beside ours: they know a row by one column (csv-diff) or by given ones (daff)."""

Row = dict[str, str]
Change = tuple[str, str]
"""Code of the indicator, and what happened: added, removed, changed."""


@dataclass(frozen=True)
class Pair:
    """Two versions of a table, and what truly happened from one to the other."""

    name: str
    before: list[Row]
    after: list[Row]
    plan: Path | None
    truth: list[Change]


@dataclass(frozen=True)
class Result:
    seconds: float
    peak_mb: float
    changes: list[Change]
    says_where: bool


def key(row: Row) -> Row:
    return {KEY: f"{row['Mã chỉ tiêu']} {row['Kỳ báo cáo']} {row['Địa bàn']}", **row}


def small(_: Path) -> Pair:
    """June's figures, and the same sent again as a clerk would, with one figure corrected, one new, one withdrawn.

    What is not a change: other order of rows and columns, `3.342` typed `3342`, `T6/2019` typed `6/2019`, another note.
    """
    text = SAMPLE.read_text(encoding="utf-8-sig").split("\n", 1)[1]
    before = list(csv.DictReader(text.splitlines(), delimiter=";"))
    after = [dict(row) for row in reversed(before)]
    truth: list[Change] = []
    for row in after:
        code, is_town = row["Mã chỉ tiêu"], not row["Địa bàn"]
        if code == "KT-02":
            row["Thực hiện"] = row["Thực hiện"].replace(".", "")
        if row["Đơn vị báo cáo"] == "Phòng Kinh tế" and row["Kỳ báo cáo"] == "T6/2019":
            row["Kỳ báo cáo"] = "6/2019"
        if code == "KT-10" and is_town:
            row["Thực hiện"] = "230"
            truth.append((code, "changed"))
        if code == "LD-02":
            row["Ghi chú"] = "Đã đối chiếu"
    after = [row for row in after if row["Mã chỉ tiêu"] != "KT-12"]
    truth.append(("KT-12", "removed"))
    new = dict.fromkeys(before[0], "") | {"Mã chỉ tiêu": "KT-14", "Kỳ báo cáo": "T5/2019", "Thực hiện": "3,5"}
    after.append(new)
    truth.append(("KT-14", "added"))
    columns = ["Kỳ báo cáo", *(name for name in reversed(before[0]) if name != "Kỳ báo cáo")]
    return Pair("a file sent again", before, [{name: row[name] for name in columns} for row in after], None, truth)


def large(folder: Path) -> Pair:
    """Very many figures by area, in one order and one spelling: as kind to every tool as can be."""
    plan = folder / "plan.yaml"
    text = (ROOT / "data" / "plan2019.yaml").read_text(encoding="utf-8")
    begin, end = text.index("\nareas:"), text.index("\n# The cumulative share")
    plan.write_text(text[:begin] + text[end:], encoding="utf-8")
    chance = random.Random(2019)  # noqa: S311 - the same table each time
    codes = ["KT-02", "KT-03", "KT-04", "KT-05", "KT-11", "KT-13", "KT-14", "LD-01", "LD-02", "LD-03"]
    every = [(code, month, area) for month in range(1, 13) for code in codes for area in range(ROWS // 120 + 1)][:ROWS]
    before = [
        {
            "Mã chỉ tiêu": code,
            "Kỳ báo cáo": f"2019-{month:02d}",
            "Thực hiện": str(chance.randint(1, 99)),
            "Địa bàn": f"khu vực {area}",
            "Ngày báo cáo": f"15/{month:02d}/2019",
        }
        for code, month, area in every
    ]
    touched = chance.sample(range(ROWS), 4 * EDITS)
    changed, removed, moved = set(touched[: 2 * EDITS]), set(touched[2 * EDITS : 3 * EDITS]), touched[3 * EDITS :]
    after = [
        {**row, "Thực hiện": str(int(row["Thực hiện"]) + 1)} if at in changed else row
        for at, row in enumerate(before)
        if at not in removed
    ]
    after += [{**before[at], "Địa bàn": f"khu vực mới {at}"} for at in moved]
    truth = [(before[at]["Mã chỉ tiêu"], "changed") for at in changed]
    truth += [(before[at]["Mã chỉ tiêu"], "removed") for at in removed]
    truth += [(before[at]["Mã chỉ tiêu"], "added") for at in moved]
    return Pair(f"{ROWS:,} figures by area", before, after, plan, truth)


def write(path: Path, rows: Sequence[Row], delimiter: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


# The three


def by_kpi(pair: Pair, folder: Path, _: Path) -> Result:
    files = [write(folder / f"{side}.csv", rows, ";") for side, rows in (("a", pair.before), ("b", pair.after))]
    plan = ["--plan", str(pair.plan)] if pair.plan else []
    command = [str(Path(sys.executable).parent / "kpi"), "diff", *map(str, files), *plan, "--format", "json"]
    seconds, peak, out = measured(command)
    rows = json.loads(out)["rows"]
    says_where = all(side["line"] for row in rows for side in (row["a"], row["b"]) if side)
    return Result(seconds, peak, [(row["code"], row["edit"]) for row in rows], says_where)


def by_csv_diff(pair: Pair, folder: Path, peers: Path) -> Result:
    files = [
        write(folder / f"{side}.csv", list(map(key, rows)), ",")
        for side, rows in (("a", pair.before), ("b", pair.after))
    ]
    seconds, peak, out = measured([str(peers / "csv-diff"), *map(str, files), "--key", KEY, "--json"])
    found = json.loads(out)
    changes = [(row["Mã chỉ tiêu"], kind) for kind in ("added", "removed") for row in found[kind]]
    changes += [(change["key"].split()[0], "changed") for change in found["changed"]]
    return Result(seconds, peak, changes, says_where=False)


def by_daff(pair: Pair, folder: Path, peers: Path) -> Result:
    files = [
        write(folder / f"{side}.csv", list(map(key, rows)), ",")
        for side, rows in (("a", pair.before), ("b", pair.after))
    ]
    command = [str(peers / "python"), str(peers / "daff.py"), "diff", "--unordered", "--id", KEY, *map(str, files)]
    seconds, peak, out = measured(command)
    kinds = {"+++": "added", "---": "removed"}
    changes, at = [], None
    for cells in csv.reader(out.splitlines()):
        if cells[0] == "@@":
            at = cells.index("Mã chỉ tiêu")
        elif at is not None and (cells[0] in kinds or cells[0].endswith("->")):
            changes.append((cells[at], kinds.get(cells[0], "changed")))
    return Result(seconds, peak, changes, says_where=False)


def measured(command: list[str]) -> tuple[float, float, str]:
    """Median wall time, greatest resident memory, and what was printed."""
    times, peaks, out = [], [], ""
    for _ in range(RUNS):
        begun = time.perf_counter()
        with (
            tempfile.TemporaryFile() as printed,
            subprocess.Popen(command, stdout=printed, stderr=subprocess.DEVNULL) as child,  # noqa: S603
        ):
            _, status, usage = os.wait4(child.pid, 0)
            times.append(time.perf_counter() - begun)
            child.returncode = os.waitstatus_to_exitcode(status)
            printed.seek(0)
            out = printed.read().decode()
        if child.returncode:
            raise SystemExit(f"{command[0]} ended with {child.returncode}")
        peaks.append(usage.ru_maxrss / 1024)
    return median(times), max(peaks), out


TOOLS: dict[str, Callable[[Pair, Path, Path], Result]] = {"kpi": by_kpi, "csv-diff": by_csv_diff, "daff": by_daff}


def right_and_wrong(found: Iterable[Change], truth: Iterable[Change]) -> tuple[int, int]:
    left, right, wrong = list(truth), 0, 0
    for change in found:
        if change in left:
            left.remove(change)
            right += 1
        else:
            wrong += 1
    return right, wrong


def page(peers: Path) -> str:
    lines = []
    with tempfile.TemporaryDirectory() as home:
        for make in (small, large):
            pair = make(Path(home))
            for name, tool in TOOLS.items():
                folder = Path(home, name, make.__name__)
                folder.mkdir(parents=True)
                result = tool(pair, folder, peers)
                right, wrong = right_and_wrong(result.changes, pair.truth)
                where = "line and column" if result.says_where else "no"
                lines.append(
                    f"| {pair.name} | {name} | {right} of {len(pair.truth)} | {wrong} | {where} "
                    f"| {result.seconds:.2f} | {result.peak_mb:.0f} |"
                )
    listed = subprocess.run(  # noqa: S603
        [peers / "python", "-m", "pip", "list", "--format=json"], capture_output=True, text=True, check=True
    )
    versions = {one["name"]: one["version"] for one in json.loads(listed.stdout)}
    return INTRODUCTION.format(
        rows=f"{ROWS:,}",
        table="\n".join(lines),
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        python=platform.python_version(),
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        csv_diff=versions["csv-diff"],
        daff=versions["daff"],
        runs=RUNS,
    )


INTRODUCTION = """# Two files compared: `kpi diff`, csv-diff, daff

`kpi diff A B` knows what a figure is: a row is the same figure if indicator, period and area are the same, however they are
written, and changed if its number is another. General tools compare texts. Made by `make diffs`.

Two pairs. *A file sent again*: June's sample figures, then as a clerk would send them again: rows and columns in another order,
`3.342` typed `3342`, `T6/2019` typed `6/2019`, a note changed, and three true changes: a figure corrected, one new, one
withdrawn. *{rows} figures by area*: one order, one spelling, 200 true changes. The peers got a comma, no title row, and a
column that makes the key of a row, which they need; `kpi` took the files as they are.

| pair | tool | true changes found | false ones | says where | seconds | MB |
|---|---|---:|---:|---|---:|---:|
{table}

Wall time of the whole command, the median of {runs} runs; the greatest resident memory. `kpi` checks every cell, and
stops if one has a fault; with a file that a clerk would send its time is that of starting. The others check nothing.

{day}; Python {python} on {machine}; csv-diff {csv_diff}, daff {daff}. To repeat: `make diffs`.
"""


if __name__ == "__main__":
    made = page(Path(sys.argv[1], "bin"))
    if "--write" in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
