# ruff: noqa: INP001
"""What other tools make of the file of `benchmarks.figures` under the same rules: known codes, periods, areas and agencies,
numbers not below 0, days of the calendar, one row for a figure. Run by `benchmarks.run` in an environment that has them: `python peers.py TOOL PLAN FILE`.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

PERIODS = [f"2019-{month:02d}" for month in range(1, 13)]
KEY = ["indicator", "period", "area"]
NUMBERS = ["value", "numerator", "denominator"]


def codes(plan: Path) -> list[str]:
    return re.findall(r"code: ([A-Z]+-[0-9.]+)", plan.read_text(encoding="utf-8"))


def areas(plan: Path) -> list[str]:
    return re.findall(r"^  (dia-ban-[0-9]+):", plan.read_text(encoding="utf-8"), re.MULTILINE)


def agencies(plan: Path) -> list[str]:
    listed = plan.read_text(encoding="utf-8").partition("\nagencies:\n")[2].partition("\nareas:")[0]
    return re.findall(r"^  ([a-z-]+):", listed, re.MULTILINE)


def loop(_: Path, file: Path) -> int:
    """The floor: nothing but reading."""
    with file.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.reader(lines))


def by_frictionless(plan: Path, file: Path) -> int:
    from frictionless import Checklist, Resource, Schema, validate  # noqa: PLC0415

    known = {"indicator": codes(plan), "period": PERIODS, "area": areas(plan)}
    fields: list[dict[str, object]] = [
        {"name": name, "type": "string", "constraints": {"enum": values}} for name, values in known.items()
    ]
    fields += [{"name": name, "type": "number", "constraints": {"minimum": 0}} for name in NUMBERS]
    fields += [
        {"name": "agency", "type": "string", "constraints": {"enum": agencies(plan)}},
        {"name": "reported_on", "type": "date"},
    ]
    schema = Schema.from_descriptor({"fields": fields, "primaryKey": KEY})
    resource = Resource(path=file.name, basepath=str(file.parent), schema=schema)
    report = validate(resource, checklist=Checklist(), limit_errors=1_000_000)
    return len(report.flatten(["rowNumber"]))


def by_pandera(plan: Path, file: Path) -> int:
    import pandera.polars as pa  # noqa: PLC0415
    import polars as pl  # noqa: PLC0415

    frame = pl.read_csv(file, infer_schema=False)
    known = {"indicator": codes(plan), "period": PERIODS, "area": areas(plan)}
    columns = {name: pa.Column(str, pa.Check.isin(values)) for name, values in known.items()}
    columns["agency"] = pa.Column(str, pa.Check.isin(agencies(plan)), nullable=True)
    columns["reported_on"] = pa.Column(pl.Date, nullable=True)
    columns |= {name: pa.Column(pl.Decimal(18, 6), pa.Check.ge(0), nullable=True) for name in NUMBERS}
    cast = frame.with_columns(
        pl.col(NUMBERS).cast(pl.Decimal(18, 6), strict=False), pl.col("reported_on").str.to_date(strict=False)
    )
    # What cannot be cast is nothing after it: a fault where something stood before.
    casts = [*NUMBERS, "reported_on"]
    lost = sum(cast[name].null_count() - frame[name].null_count() for name in casts)
    schema = pa.DataFrameSchema(columns, unique=KEY)
    try:
        schema.validate(cast, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return int(errors.failure_cases.height + lost)
    return lost


def by_dataframely(plan: Path, file: Path) -> int:
    import dataframely as dy  # noqa: PLC0415
    import polars as pl  # noqa: PLC0415

    class Figures(dy.Schema):
        indicator = dy.Enum(codes(plan), primary_key=True)
        period = dy.Enum(PERIODS, primary_key=True)
        area = dy.Enum(areas(plan), primary_key=True)
        value = dy.Decimal(18, 6, min=0, nullable=True)
        numerator = dy.Decimal(18, 6, min=0, nullable=True)
        denominator = dy.Decimal(18, 6, min=0, nullable=True)
        agency = dy.Enum(agencies(plan), nullable=True)
        reported_on = dy.Date(nullable=True)

    frame = pl.read_csv(file, infer_schema=False)
    cast = frame.with_columns(pl.col("reported_on").str.to_date(strict=False))
    lost = cast["reported_on"].null_count() - frame["reported_on"].null_count()
    _, failures = Figures.filter(cast, cast=True)
    return len(failures) + int(lost)


TOOLS = {"loop": loop, "frictionless": by_frictionless, "pandera": by_pandera, "dataframely": by_dataframely}

if __name__ == "__main__":
    tool, plan, file = sys.argv[1:]
    print(TOOLS[tool](Path(plan), Path(file)))  # noqa: T201
