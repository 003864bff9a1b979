# ruff: noqa: INP001
"""How fast `kpi` is at both ends, against floors and other tools, as ratios in one run.

From the root of the repository: `python -m benchmarks.run PEERS` prints the page, `--write` puts it into
`benchmarks/RESULTS.md`, `--most ROWS` stops at that size. PEERS is a virtual environment with the other tools; `make bench`
makes it. hledger is measured where it is installed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from benchmarks.figures import Country, make, write_faulty, write_later, write_many, write_workbook
from benchmarks.shapes import LOOP, SHAPE_NAMES, shapes

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = HERE / "RESULTS.md"
PYTHON, KPI = sys.executable, str(Path(sys.executable).parent / "kpi")
SIZES = (1_000, 100_000, 1_000_000, 5_400_000)
SMALL_RUNS, LARGE_RUNS, LARGE = 9, 3, 1_000_000
MIDDLE = 100_000
LEDGER_ROWS = 100_000
"""Figures that hledger is given; it is compared per figure."""

FLOOR = """
import typer, yaml
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
class Row(BaseModel):
    code: str
with open({plan!r}, encoding="utf-8") as text:
    yaml.load(text, Loader=yaml.CSafeLoader)
table = Table()
for n in range(8):
    table.add_column(str(n))
for row in range(80):
    table.add_row(*(str(row * n) for n in range(8)))
Console().print(table)
"""


@dataclass(frozen=True)
class Cost:
    """Median wall time in seconds, greatest resident memory in MB."""

    seconds: float
    peak: float


def cost(command: list[str], runs: int, *, may_find: bool) -> Cost:
    """What a command costs; one run more is for the memory, unless there is to be one alone. With `may_find` it may say that it has found faults; any
    other end than 0 ends the measuring."""
    ends = (0, 1) if may_find else (0,)
    begun = perf_counter()
    peak = _peak(command, ends)
    once = perf_counter() - begun
    return Cost(once if runs == 1 else median(_seconds(command, ends) for _ in range(runs)), peak)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    # Installed programs are compiled ahead; whatever forbids that here would count against those that are not.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=env)  # noqa: S603


def _seconds(command: list[str], ends: tuple[int, ...]) -> float:
    begun = perf_counter()
    with _started(command) as child:
        child.wait()
    if child.returncode not in ends:
        raise SystemExit(f"{command} ended with {child.returncode}")
    return perf_counter() - begun


def _peak(command: list[str], ends: tuple[int, ...]) -> float:
    """Megabytes of the program and all its processes together, what they share counted once, looked at every few hundredths of
    a second; no less than the most that the system has seen of the first."""
    most = 0.0
    with _started(command) as child:
        while True:
            together = sum(_kilobytes(one, "smaps_rollup", "Pss:") for one in _family(child.pid))
            most = max(most, together, _kilobytes(child.pid, "status", "VmHWM:"))
            if child.poll() is not None:
                break
            sleep(0.02)
    if child.returncode not in ends:
        raise SystemExit(f"{command} ended with {child.returncode}")
    return most / 1024


def _family(pid: int) -> list[int]:
    """A process and those that it started."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            listed = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split()
            found += map(int, listed)
    return found


def _kilobytes(pid: int, file: str, name: str) -> int:
    """What the system says of a process: `Pss`, what it has, with what others have too counted by shares; `VmHWM`, the most it
    ever had."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/{file}").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


class Bench:
    def __init__(self, peers: Path, home: Path, most: int) -> None:
        self.peers, self.home = peers / "bin", home
        self.sizes = [size for size in SIZES if size <= most]
        self.costs: dict[tuple[str, int], Cost] = {}

    def measure(self) -> None:
        samples = str(ROOT / "data" / "samples" / "2019-*.csv")
        floor = FLOOR.format(plan=str(ROOT / "data" / "plan2019.yaml"))
        self._take("import typer", 0, [PYTHON, "-c", "import typer"])
        self._take("kpi --help", 0, [KPI, "--help"])
        self._take("import and print", 0, [PYTHON, "-c", floor])
        self._take("kpi report, the samples", 0, [KPI, "report", "--actuals", samples])
        for size in self.sizes:
            self._validate_and_report(size, make(self.home / str(size), size))
            if size <= LARGE:
                self._diff(size)
        if LARGE in self.sizes:
            self._shapes()
        if shutil.which("hledger") and LEDGER_ROWS in self.sizes:
            journal = self._journal()
            self._take("hledger", LEDGER_ROWS, ["hledger", "-f", str(journal), "balance", "--budget"], runs=3)

    def _take(
        self, name: str, size: int, command: list[str], *, may_find: bool = False, runs: int | None = None
    ) -> None:
        usual = SMALL_RUNS if size < LARGE else 1 if size > LARGE else LARGE_RUNS
        self.costs[name, size] = cost(command, runs or usual, may_find=may_find)
        sys.stderr.write(f"{name} {size} {self.costs[name, size]}\n")

    def _validate_and_report(self, size: int, country: Country) -> None:
        plan, figures = str(country.plan), str(country.figures)
        others = ["loop"] if size > LARGE else ["loop", "frictionless", "pandera", "dataframely"]
        for tool in others:
            self._take(tool, size, [str(self.peers / "python"), str(HERE / "peers.py"), tool, plan, figures])
        self._take("kpi validate", size, [KPI, "validate", figures, "--plan", plan], may_find=True)
        self._take("kpi report", size, [KPI, "report", "--actuals", figures, "--plan", plan, "--skip-invalid"])
        if size == MIDDLE:
            book, many = self.home / "figures.xlsx", self.home / "many"
            write_workbook(book, country.figures)
            write_many(many, country.figures, 1000)
            self._take("kpi validate, .xlsx", size, [KPI, "validate", str(book), "--plan", plan], may_find=True, runs=3)
            self._take(
                "kpi validate, 100 files", size, [KPI, "validate", str(many), "--plan", plan], may_find=True, runs=3
            )
        if size == LARGE:
            faulty = self.home / "faulty.csv"
            write_faulty(faulty, country.figures)
            command = [KPI, "validate", str(faulty), "--plan", plan]
            self._take("kpi validate, all faulty", size, command, may_find=True, runs=1)

    def _shapes(self) -> None:
        """A million rows as the files of many people write them."""
        for name, path, plan in shapes(make(self.home / "shapes", LARGE, with_faults=False)):
            self._take(f"loop, {name}", LARGE, [PYTHON, "-c", LOOP, str(path)], runs=1)
            self._take(
                f"kpi validate, {name}", LARGE, [KPI, "validate", str(path), "--plan", str(plan)], may_find=True, runs=1
            )
            report = [KPI, "report", "--actuals", str(path), "--plan", str(plan)]
            self._take(f"kpi report, {name}", LARGE, report, may_find=True, runs=1)

    def _diff(self, size: int) -> None:
        country = make(self.home / f"{size}-clean", size, with_faults=False)
        later = country.figures.with_name("later.csv")
        write_later(later, country.figures, seed=2019)
        plan = ["--plan", str(country.plan)]
        self._take("kpi diff, files", size, [KPI, "diff", str(country.figures), str(later), *plan, "--format", "json"])
        if size == LARGE:
            actuals = ["--actuals", str(country.figures)]
            self._take("kpi diff, periods", size, [KPI, "diff", "2019-05", "2019-06", *actuals, *plan])
        keyed = [self._keyed(path) for path in (country.figures, later)]
        python = str(self.peers / "python")
        self._take(
            "csv-diff", size, [str(self.peers / "csv-diff"), *keyed, "--key", "key", "--json", "--format", "csv"]
        )
        daff = [python, str(self.peers / "daff.py"), "diff", "--unordered", "--id", "key"]
        self._take("daff", size, [*daff, *keyed], runs=None if size < MIDDLE else 1)

    @staticmethod
    def _keyed(path: Path) -> str:
        """The file with a column that makes the key of a row, which the others need."""
        keyed = path.with_name(f"keyed-{path.name}")
        with path.open(encoding="utf-8") as lines, keyed.open("w", encoding="utf-8") as out:
            out.write("key," + next(lines))
            for line in lines:
                out.write(" ".join(line.split(",", 3)[:3]) + "," + line)
        return str(keyed)

    def _journal(self) -> Path:
        """The values of a file as hledger has them: a transaction for each, and a budget for each indicator."""
        journal = self.home / "figures.journal"
        figures = self.home / f"{LEDGER_ROWS}-clean" / "figures.csv"
        with figures.open(encoding="utf-8") as lines, journal.open("w", encoding="utf-8") as out:
            rows = list(csv.DictReader(lines))
            out.write("~ monthly from 2019-01\n")
            out.writelines(f"    ({code})  1000\n" for code in sorted({row["indicator"] for row in rows}))
            for row in rows:
                out.write(
                    f"\n{row['period']}-28 {row['area']}\n    ({row['indicator']})  {row['value'] or row['numerator']}\n"
                )
        return journal

    # The page

    def bars(self) -> list[tuple[str, str, float | None, bool]]:
        """What was to be reached, and what was."""
        mid, big, top = 100_000, 1_000_000, 5_400_000
        found = [
            self._bar("`kpi --help` ÷ `import typer`", ("kpi --help", 0), ("import typer", 0), 1.3),
            self._bar("`kpi report`, samples ÷ floor", ("kpi report, the samples", 0), ("import and print", 0), 1.3),
        ]
        found += [
            self._bar(f"validate 100 k ÷ {tool}", ("kpi validate", mid), (tool, mid), 1)
            for tool in ("frictionless", "pandera", "dataframely")
        ]
        found += [
            self._bar("validate 1 M ÷ csv loop", ("kpi validate", big), ("loop", big), 4),
            self._bar("validate 1 M ÷ frictionless", ("kpi validate", big), ("frictionless", big), 1 / 8),
            self._bar("validate 1 M ÷ pandera", ("kpi validate", big), ("pandera", big), 1.5),
            self._bar("memory of it ÷ pandera's", ("kpi validate", big), ("pandera", big), 1 / 3, memory=True),
            self._bar("report 1 M ÷ csv loop", ("kpi report", big), ("loop", big), 5),
            self._bar(
                "report per figure ÷ hledger's",
                ("kpi report", big),
                ("hledger", LEDGER_ROWS),
                1 / 10,
                LEDGER_ROWS / big,
            ),
            self._bar("diff of files 1 M ÷ csv-diff", ("kpi diff, files", big), ("csv-diff", big), 1),
            self._bar("diff of files 1 M ÷ daff", ("kpi diff, files", big), ("daff", big), 1),
            self._bar("diff of periods 1 M ÷ csv-diff", ("kpi diff, periods", big), ("csv-diff", big), 1),
            self._bar("diff of periods 1 M ÷ daff", ("kpi diff, periods", big), ("daff", big), 1),
        ]
        for command, most in (("kpi validate", 6), ("kpi report", 6.5)):
            found += [
                self._bar(
                    f"{command} 1 M ÷ csv loop, {name}", (f"{command}, {name}", big), (f"loop, {name}", big), most
                )
                for name in SHAPE_NAMES
            ]
        for command in ("kpi validate", "kpi report"):
            peak = self.costs.get((command, big))
            found.append((f"{command} 1 M, MB", "≤ 200", peak and peak.peak, peak is not None and peak.peak <= 200))
            found.append(self._bar(f"{command} 5.4 M ÷ 1 M", (command, top), (command, big), 6))
            found.append(self._bar(f"{command} 5.4 M ÷ 1 M, memory", (command, top), (command, big), 4, memory=True))
        return found

    def _bar(
        self,
        name: str,
        own: tuple[str, int],
        other: tuple[str, int],
        most: float,
        scale: float = 1,
        *,
        memory: bool = False,
    ) -> tuple[str, str, float | None, bool]:
        if own not in self.costs or other not in self.costs:
            return name, f"≤ {most:.3g}", None, False
        a, b = self.costs[own], self.costs[other]
        ratio = (a.peak / b.peak if memory else a.seconds / b.seconds) * scale
        return name, f"≤ {most:.3g}", ratio, ratio <= most

    def page(self) -> str:
        lines = ["# How fast", "", INTRODUCTION, "", "| bar | to reach | measured | met |", "|---|---:|---:|---|"]
        for name, bar, ratio, is_met in self.bars():
            shown = "not measured" if ratio is None else f"{ratio:.3g}"
            lines.append(f"| {name} | {bar} | {shown} | {'–' if ratio is None else 'yes' if is_met else '**no**'} |")
        missed = [name for name, _, ratio, is_met in self.bars() if ratio is not None and not is_met]
        if missed:
            lines += ["", "## What is missed, and why", ""]
            lines += [f"- {name}: {WHY.get(name, 'see `docs/decisions.md`')}" for name in missed]
        lines += ["", "## All that was measured", "", "| command | rows | seconds | MB |", "|---|---:|---:|---:|"]
        for (name, size), one in self.costs.items():
            lines.append(f"| {name} | {f'{size:,}' if size else '–'} | {one.seconds:.2f} | {one.peak:.0f} |")
        lines += ["", self._machine(), ""]
        return "\n".join(lines)

    def _machine(self) -> str:
        listed = subprocess.run(  # noqa: S603
            [self.peers / "python", "-m", "pip", "list", "--format=json"], capture_output=True, text=True, check=True
        )
        installed = {one["name"]: one["version"] for one in json.loads(listed.stdout)}
        named = ("frictionless", "pandera", "polars", "dataframely", "csv-diff", "daff")
        others = ", ".join(f"{name} {installed[name]}" for name in named)
        own = ", ".join(f"{name} {version(name)}" for name in ("typer", "pydantic", "rich", "PyYAML"))
        return (
            f"{datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} shared "
            f"cores; {own}; {others}. To repeat: `make bench`."
        )


INTRODUCTION = """Figures of `benchmarks/figures.py`: 57 indicators of the bundled plan, reported for every month by as many areas as it takes; one row in
a thousand has one of the usual faults. Whole commands, so starting Python counts. Medians of nine runs up to 100,000 rows, of
three at a million, one run beyond (and of daff). Memory is that of all processes of a command together. `loop` reads the rows with `csv.reader` and does
nothing. The other tools hold codes, periods, areas, agencies, days, numbers not below 0 and one row for a figure; `kpi` makes all its checks, over time, over areas and
against the plan. `kpi report` leaves the faulty rows out. hledger sums and compares with a budget what `kpi` checks first."""

_START = """Half of the time is the start: typer, pydantic, yaml and rich take nearly as long to be imported as the other tool takes for everything, and the
  plan has to be read before the first row. The other half is the rows, in Python."""
WHY = {
    "`kpi report`, samples ÷ floor": """Above the floor are the reading of six files, 80 modules of the program, the checks and the report; each was profiled and shortened. Only a
  cache of the plan on disk, a second layout without rich, or fewer checks would take more away (`docs/decisions.md`).""",
    "`kpi --help` ÷ `import typer`": "Above typer's import are its commands and the catalogue of messages, both at their least; at the bar, so it swings.",
    "validate 100 k ÷ pandera": _START,
    "validate 100 k ÷ dataframely": _START,
    "validate 1 M ÷ pandera": """polars cuts and casts compiled, on all cores; `kpi` does it in Python, on one, and then makes the checks that the other does not make: over time, over areas, parts and
  wholes, against targets. Built on polars it would have to take our start and these checks to its own time, which is more than the bar too (`docs/decisions.md`).""",
}
"""Why a bar is missed, and what it would take to meet it."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peers", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--most", type=int, default=max(SIZES))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.peers.absolute(), Path(folder), given.most)
        bench.measure()
    if given.write:
        PAGE.write_text(bench.page(), encoding="utf-8")
    else:
        sys.stdout.write(bench.page())
