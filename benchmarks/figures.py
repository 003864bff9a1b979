# ruff: noqa: INP001
"""A country's worth of figures: a plan with many areas, and a file of what they report every month.

From the root of the repository: `python -m benchmarks.figures FOLDER --rows 1000000` writes `plan.yaml` and
`figures.csv` into FOLDER. The same arguments make the same files.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.plan import Indicator, Plan

MONTHS = 12
ONE_IN = 1000
"""Of so many rows one has a fault."""
HEADER = ("indicator", "period", "area", "value", "numerator", "denominator", "agency", "reported_on")

Cells = list[str]


@dataclass(frozen=True)
class Country:
    """A plan file, a file of figures, and what is known of them."""

    plan: Path
    figures: Path
    rows: int
    areas: int
    faulty: int


def reported(plan: Plan) -> list[Indicator]:
    """The indicators that areas report: all but promises, which do not add up."""
    return [entry.indicator for entry in plan.entries.values() if not entry.indicator.target.achieved]


def area_ids(rows: int, indicators: int) -> list[str]:
    return [f"dia-ban-{at:04d}" for at in range(-(-rows // (indicators * MONTHS)))]


def write_plan(path: Path, areas: list[str]) -> None:
    """The bundled plan with other areas."""
    text = bundled().read_text(encoding="utf-8")
    begin, end = text.index("\nareas:"), text.index("\n# The cumulative share")
    listed = "".join(f"  {area}: {{name: {{vi: Địa bàn {area[8:]}, en: Area {area[8:]}}}}}\n" for area in areas)
    path.write_text(f"{text[:begin]}\nareas:\n{listed}{text[end:]}", encoding="utf-8")


class _Reporting:
    """What each area reports of each indicator: near its own level, in the season of the indicator, parts adding up."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self.chance = random.Random(seed)  # noqa: S311 - the same table each time
        self.indicators = reported(plan)
        self.sizes: dict[tuple[str, str], int] = {}

    def rows(self, areas: list[str], month: int) -> Iterator[Cells]:
        for area in areas:
            values = {indicator.code: self.tenths(indicator, area, month) for indicator in self.indicators}
            for indicator in reversed(self.indicators):
                parts = [values[child.code] for child in indicator.children]
                if parts:
                    values[indicator.code] = sum(parts) + (0 if indicator.parts == "complete" else 3 * parts[0])
            for indicator in self.indicators:
                yield self.row(indicator, area, month, values[indicator.code])

    def tenths(self, indicator: Indicator, area: str, month: int) -> int:
        """A figure in tenths of the unit; whole where the unit is."""
        key = indicator.code, area
        if key not in self.sizes:
            target = int((indicator.target.number or Decimal(90)) * 10)
            self.sizes[key] = self.chance.randint(target // 5, target // 4) if indicator.is_flow else target
        around = self.sizes[key] * self.chance.randint(90, 100)
        if indicator.is_flow:
            share = self.plan.share(indicator, month) - self.plan.share(indicator, month - 1)
            around = around * share.numerator // share.denominator
        return around // 1000 * 10 if self.plan.unit_of(indicator).whole else around // 100

    def row(self, indicator: Indicator, area: str, month: int, tenths: int) -> Cells:
        year, unit = self.plan.year, self.plan.unit_of(indicator)
        day = f"{year + month // 12}-{month % 12 + 1:02d}-15"
        value, numerator, denominator = written(tenths, whole=unit.whole), "", ""
        if unit.is_rate:
            value = ""
            of = self.chance.randint(200, 9000)
            numerator, denominator = str(of * min(tenths, 1000) // 1000), str(of)
        return [indicator.code, f"{year}-{month:02d}", area, value, numerator, denominator, indicator.lead or "", day]


def written(tenths: int, *, whole: bool) -> str:
    whole_part, rest = divmod(tenths, 10)
    return f"{whole_part}" if whole else f"{whole_part}.{rest}"


def spoilt(cells: Cells, kind: int) -> list[Cells]:
    """One row with one of the usual faults: none, two, or the row with a cell that is wrong."""
    row = list(cells)
    at = 3 if row[3] else 4
    match kind % 9:
        case 0:
            row[0] = "KT-99"
        case 1:
            row[1] = "2019-13"
        case 2:
            row[2] = "khong-co"
        case 3:
            row[at] = f"{row[at]}o"
        case 4:
            row[at] = f"-{row[at]}5"
        case 5:
            row[at] = f"{row[at].partition('.')[0]}00000"
        case 6:
            row[7] = "31/02/2019"
        case 7:
            return []
        case _:
            return [row, row]
    return [row]


def write_figures(path: Path, plan: Plan, areas: list[str], rows: int, seed: int, *, with_faults: bool) -> int:
    """Write `rows` rows, month by month; returns how many were spoilt."""
    reporting, chance = _Reporting(plan, seed), random.Random(seed)  # noqa: S311
    left, faults = rows, 0
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(HEADER) + "\n")
        for month in range(1, MONTHS + 1):
            for cells in reporting.rows(areas, month):
                is_spoilt = with_faults and chance.randrange(ONE_IN) == 0
                faults += is_spoilt
                for row in spoilt(cells, faults) if is_spoilt else [cells]:
                    out.write(",".join(row) + "\n")
                    left -= 1
                    if not left:
                        return faults
    return faults


def write_later(path: Path, before: Path, seed: int) -> int:
    """The figures of `before` with one row in a hundred one less, so that none is too large; returns how many that is."""
    chance, changed = random.Random(seed), 0  # noqa: S311
    with before.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8", newline="") as out:
        out.write(next(lines))
        for line in lines:
            cells = line.split(",")
            whole = int(cells[3].partition(".")[0] or 0)
            if whole and chance.randrange(100) == 0:
                cells[3] = str(whole - 1)
                changed += 1
            out.write(",".join(cells))
    return changed


def write_workbook(path: Path, file: Path) -> None:
    """The rows of a CSV file as a sheet, its numbers as numbers."""
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": True}) as book:
        sheet = book.add_worksheet("So lieu")
        with file.open(encoding="utf-8", newline="") as lines:
            for row, cells in enumerate(csv.reader(lines)):
                sheet.write_row(row, 0, cells)


def write_many(folder: Path, file: Path, rows: int) -> None:
    """The rows of a CSV file in files of so many rows each."""
    folder.mkdir()
    with file.open(encoding="utf-8") as lines:
        header = next(lines)
        for at, some in enumerate(iter(lambda: list(itertools.islice(lines, rows)), [])):
            (folder / f"{at:04d}.csv").write_text(header + "".join(some), encoding="utf-8")


def write_faulty(path: Path, file: Path) -> None:
    """The rows of a CSV file, each with a code that nobody knows."""
    with file.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8", newline="") as out:
        out.write(next(lines))
        out.writelines("KT-99," + line.partition(",")[2] for line in lines)


def make(folder: Path, rows: int, seed: int = 2019, *, with_faults: bool = True) -> Country:
    """Plan and figures of `rows` rows, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    issued, findings = read_plan(InputFile(bundled()))
    if issued is None:
        raise SystemExit(f"The bundled plan has faults: {findings[0].rule.code}")
    country = area_ids(rows, len(reported(issued)))
    write_plan(folder / "plan.yaml", country)
    plan, findings = read_plan(InputFile(folder / "plan.yaml"))
    if plan is None:
        raise SystemExit(f"The plan has faults: {findings[0].rule.code}")
    path = folder / "figures.csv"
    faults = write_figures(path, plan, country, rows, seed, with_faults=with_faults)
    return Country(folder / "plan.yaml", path, rows, len(country), faults)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--clean", action="store_true", help="without faults")
    given = parser.parse_args()
    print(make(given.folder, given.rows, with_faults=not given.clean))  # noqa: T201
