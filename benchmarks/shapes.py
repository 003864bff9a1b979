# ruff: noqa: INP001
"""The same figures as the files of many people write them: what a file looks like must not decide how long it takes.

From the root of the repository: `python -m benchmarks.shapes --rows 100000` measures `kpi validate` and `kpi report` on each
shape, as ratios to a bare loop of `csv.reader` over the same file.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.figures import Country, make

VI = {
    "indicator": "mã chỉ tiêu", "period": "kỳ", "area": "địa bàn", "value": "thực hiện", "numerator": "tử số",
    "denominator": "mẫu số", "agency": "đơn vị báo cáo", "reported_on": "ngày báo cáo", "note": "ghi chú",
    "cumulative": "lũy kế",
}  # fmt: skip
LOOP = "import csv, sys\nwith open(sys.argv[1], encoding='utf-8', newline='') as file:\n    for _ in csv.reader(file): pass"
Row = dict[str, str]
CODE, PERIOD, AREA, VALUE = "indicator", "period", "area", "value"


def _vietnamese(text: str, *, grouped: bool = False) -> str:
    """A number of the base file, with a decimal comma."""
    whole, point, decimals = text.partition(".")
    shown = f"{int(whole):,}".replace(",", ".") if grouped and whole.isdigit() else whole
    return shown + ("," if point else "") + decimals


def _numbers(rows: Iterable[Row], *, grouped: bool = False) -> Iterator[Row]:
    for row in rows:
        written = {name: _vietnamese(row[name], grouped=grouped) for name in ("value", "numerator", "denominator")}
        yield {**row, **written}


def _noted(rows: Iterable[Row]) -> Iterator[Row]:
    return ({**row, "note": f"Theo báo cáo số {at}/BC ngày 15"} for at, row in enumerate(rows))


def _days_first(rows: Iterable[Row]) -> Iterator[Row]:
    return ({**row, "reported_on": "/".join(reversed(row["reported_on"].split("-")))} for row in rows)


def _undated(rows: Iterable[Row]) -> Iterator[Row]:
    return ({name: cell for name, cell in row.items() if name != "reported_on"} for row in rows)


def _with_cumulative(rows: Iterable[Row]) -> Iterator[Row]:
    so_far: dict[tuple[str, str], int] = {}
    for row in rows:
        cumulative = ""
        if row[VALUE] and "." not in row[VALUE]:
            key = row[CODE], row[AREA]
            so_far[key] = so_far.get(key, 0) + int(row[VALUE])
            cumulative = str(so_far[key]) if row[CODE] in FLOWS else ""
        yield {**row, "cumulative": cumulative}


FLOWS = ("LD-01", "LD-02", "LD-03")


def _corrected(rows: Iterable[Row]) -> Iterator[Row]:
    """Every twentieth row comes again a day later, one less."""
    for at, row in enumerate(rows):
        yield row
        if at % 20 == 0 and row[VALUE].isdigit() and row[VALUE] != "0":
            yield {**row, VALUE: str(int(row[VALUE]) - 1), "reported_on": row["reported_on"][:-2] + "16"}


def _with_town(rows: Iterable[Row]) -> Iterator[Row]:
    """A row of the whole before those of its areas, of what adds up: a tenth of the indicators."""
    for (code, _), some in itertools.groupby(
        sorted(rows, key=lambda row: (row[CODE], row[PERIOD])), key=lambda r: (r[CODE], r[PERIOD])
    ):
        of_areas = list(some)
        if code in FLOWS and all(row[VALUE].isdigit() for row in of_areas):
            yield {**of_areas[0], AREA: "", VALUE: str(sum(int(row[VALUE]) for row in of_areas))}
        yield from of_areas


def _in_words(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        year, month = row[PERIOD].split("-")
        yield {**row, PERIOD: f"T{int(month)}/{year}"}


def _as_excel_does(rows: Iterable[Row]) -> Iterator[Row]:
    return _noted(_days_first(_in_words(_numbers(rows, grouped=True))))


SHAPES: dict[str, tuple[Callable[[Iterable[Row]], Iterable[Row]], str, bool]] = {
    "as the benchmark": (lambda rows: rows, ",", False),
    "other column order": (lambda rows: (dict(reversed(row.items())) for row in rows), ",", False),
    "semicolons, decimal commas": (_numbers, ";", True),
    "thousands with dots": (lambda rows: _numbers(rows, grouped=True), ";", True),
    "a note in every row": (_noted, ",", False),
    "days first": (_days_first, ",", False),
    "no dates": (_undated, ",", False),
    "cumulatives beside": (_with_cumulative, ",", False),
    "corrections in 5 %": (_corrected, ",", False),
    "rows of the whole too": (_with_town, ",", False),
    "as a Vietnamese Excel": (_as_excel_does, ";", True),
}
"""By name: what becomes of the rows, what stands between columns, and whether headings are Vietnamese."""


WIDE, UNLISTED = "a column for each month", "areas not listed"
SHAPE_NAMES = (*SHAPES, WIDE, UNLISTED)


def write_shape(path: Path, base: Path, name: str) -> None:
    """The figures of `base` in one of the shapes."""
    shape, delimiter, is_vietnamese = SHAPES[name]
    with base.open(encoding="utf-8", newline="") as lines, path.open("w", encoding="utf-8", newline="") as out:
        rows = iter(shape(csv.DictReader(lines)))
        first = next(rows)
        write = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if is_vietnamese else "\n").writerow
        if is_vietnamese:
            out.write("\ufeff")
        write([VI[name] if is_vietnamese else name for name in first])
        for row in itertools.chain([first], rows):
            write(row.values())


def write_wide(path: Path, base: Path) -> None:
    """A row for each indicator and area, a column for each month; rates, which take two numbers, left out."""
    values: dict[tuple[str, str], dict[str, str]] = {}
    with base.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row[VALUE]:
                values.setdefault((row[CODE], row[AREA]), {})[row[PERIOD]] = row[VALUE]
    periods = sorted({period for by_period in values.values() for period in by_period})
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow([CODE, AREA, *periods])
        csv.writer(out).writerows(
            [*key, *(found.get(period, "") for period in periods)] for key, found in values.items()
        )


def without_areas(path: Path, plan: Path) -> None:
    """The plan without its list of areas."""
    text = plan.read_text(encoding="utf-8")
    begin, end = text.index("\nareas:"), text.index("\n# The cumulative share")
    path.write_text(text[:begin] + text[end:], encoding="utf-8")


def shapes(country: Country) -> Iterator[tuple[str, Path, Path]]:
    """Each shape of a country's figures: its name, its file, its plan. Made one by one, in the folder of the country."""
    for name in SHAPES:
        path = country.figures.with_name("shape.csv")
        write_shape(path, country.figures, name)
        yield name, path, country.plan
    path = country.figures.with_name("wide.csv")
    write_wide(path, country.figures)
    yield WIDE, path, country.plan
    plan = country.plan.with_name("no-areas.yaml")
    without_areas(plan, country.plan)
    yield UNLISTED, country.figures, plan


def main() -> None:
    from benchmarks.run import KPI, PYTHON, cost  # noqa: PLC0415 - it measures these too

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=())
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, path, plan in shapes(make(Path(folder), given.rows, with_faults=False)):
            if given.only and name not in given.only:
                continue
            loop = cost([PYTHON, "-c", LOOP, str(path)], given.runs, may_find=False)
            with_plan = ["--plan", str(plan)]
            check = cost([KPI, "validate", str(path), *with_plan], given.runs, may_find=True)
            report = cost([KPI, "report", "--actuals", str(path), *with_plan], given.runs, may_find=True)
            print(  # noqa: T201
                f"{name:<28} loop {loop.seconds:5.2f} s  validate {check.seconds:6.2f} s ({check.seconds / loop.seconds:5.1f} x)"
                f"  report {report.seconds:6.2f} s ({report.seconds / loop.seconds:5.1f} x)  {report.peak:4.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
