"""The published Table Schema and `kpi validate` agree on each cell that both judge."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from frictionless import Resource, Schema
from transcript import kpi

GOOD = [
    "KT-02",
    "2019-01",
    "12.5",
    "12.5",
    "",
    "",
    "hoa-dong",
    "kinh-te",
    "2019-02-18",
    "official",
    "",
    "",
    "28500",
    "x",
]
FIELDS = ["indicator", "period", "value", "cumulative", "numerator", "denominator", "area", "agency", "reported_on", "kind", "name", "unit", "target", "note"]  # fmt: skip
CASES = {
    "good": {},
    "quarter": {"period": "2019-Q2"},
    "round": {"period": "R1"},
    "year": {"period": "2019"},
    "not reported": {"value": "…", "cumulative": ""},
    "unknown indicator": {"indicator": "KT-99"},
    "no indicator": {"indicator": ""},
    "thirteenth month": {"period": "2019-13"},
    "no period": {"period": ""},
    "words in a number": {"value": "12 ha"},
    "negative": {"value": "-1"},
    "not a number": {"value": "NaN"},
    "negative cumulative": {"cumulative": "-1"},
    "unknown area": {"area": "nowhere"},
    "unknown agency": {"agency": "nobody"},
    "no date": {"reported_on": "hôm qua"},
    "thirteenth month of a date": {"reported_on": "2019-13-01"},
    "kind": {"kind": "guess"},
    "words in a target": {"target": "nhiều"},
}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return Schema.from_descriptor(json.loads(kpi("plan", "table-schema").stdout))


@pytest.mark.parametrize("case", CASES)
def test_frictionless_and_validate_agree(case: str, schema: Schema, tmp_path: Path) -> None:
    """On one row with one cell changed, frictionless and kpi find the same column at fault, or none."""
    row = dict(zip(FIELDS, GOOD, strict=True)) | CASES[case]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([FIELDS, row.values()])
    path = tmp_path / "x.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    report = Resource(path="x.csv", basepath=str(tmp_path), schema=schema).validate()
    theirs = {FIELDS[number - 1] for (number,) in report.flatten(["fieldNumber"])}
    run = kpi("validate", str(path), "--numbers", "en", "--format", "json")
    findings = [f for f in json.loads(run.stdout) if f["severity"] == "error"]
    ours = {FIELDS[finding["column"] - 1] for finding in findings}
    assert (
        ours == theirs == set(CASES[case] if case not in ("good", "quarter", "round", "year", "not reported") else ())
    )
