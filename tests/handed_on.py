"""What is handed on, for tests: a report that has every kind of number, files that are hostile, and what JSON says of a report."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from transcript import ROOT, kpi

from vinhchau_kpi.number import rounded_percent

FOLDER = Path(__file__).with_name("handed_on")
EVERY_KIND = ("2019-02", "--plan", str(FOLDER / "plan.yaml"), "--actuals", str(FOLDER / "figures.csv"))
SAMPLES = ("2019-06", "--actuals", str(ROOT / "data" / "samples" / "2019-*.csv"))
LAST_YEAR = (
    "2019-07", "--plan", str(ROOT / "data/samples/over-time/plan.yaml"),
    "--actuals", str(ROOT / "data/samples/over-time/2018.csv"), "--actuals", str(ROOT / "data/samples/over-time/2019.csv"),
)  # fmt: skip
REPORTS = {"every kind": EVERY_KIND, "samples": SAMPLES, "last year": LAST_YEAR}


def written(path: Path, arguments: tuple[str, ...], *more: str, lang: str = "vi") -> Path:
    """`kpi report` into a file, which is there afterwards."""
    run = kpi("report", *arguments, "-o", str(path), "--lang", lang, *more)
    assert run.code == 0, run.stderr
    assert run.stdout == ""
    return path


def facts(arguments: tuple[str, ...]) -> dict[str, Any]:
    """The same report as JSON, with every digit."""
    report: dict[str, Any] = json.loads(
        kpi("report", *arguments, "--format", "json").stdout, parse_float=Decimal, parse_int=Decimal
    )
    return report


# The workbook

HEADINGS = {
    "TT": "no", "Mã": "code", "Chỉ tiêu": "name", "ĐVT": "unit", "Kế hoạch năm": "plan", "Trong kỳ": "in_period",
    "Lũy kế": "cumulative", "% kế hoạch": "percent", "% cùng kỳ": "index", "Chênh lệch": "gap", "Đánh giá": "status", "Đơn vị báo cáo": "agency",
    "Ghi chú": "remarks",
}  # fmt: skip


def table(path: Path, *, results: bool = True) -> dict[str, dict[str, Any]]:
    """The cells of the district form by code: what formulas came to, or the formulas."""
    page = openpyxl.load_workbook(path, data_only=results)["Báo cáo"]
    rows = [list(row) for row in page.iter_rows()]
    header = next(row for row in rows if row[0].value == "TT")
    names = [HEADINGS[cell.value] for cell in header]
    below = rows[rows.index(header) + 1 :]
    return {row[1].value: dict(zip(names, row, strict=True)) for row in below if row[1].value}


def number(cell: Any, mark: str = "") -> Decimal | None:
    """A cell's number with the digits a spreadsheet shows of it; of text that is one, all its digits. `mark`: what stands
    behind it."""
    value = cell.value
    if isinstance(value, str):
        value = value.removesuffix(mark)
        return (
            Decimal(value.replace(".", "").replace(",", "."))
            if re.fullmatch(r"[-+]?[0-9][0-9.]*(,[0-9]+)?", value)
            else None
        )
    return None if value is None else Decimal(f"{value:.15g}")


def close(value: Decimal | None) -> Decimal | None:
    """To the six places of the JSON."""
    return None if value is None else round(value, 6)


def agrees(cells: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """A row of the workbook says what the JSON says."""
    is_promise = row["target"] == {"achieved": True}
    assert close(number(cells["cumulative"], mark="!" * bool(row["doubts"]))) == (
        None if is_promise else close(row["value"])
    ), row["code"]
    assert close(number(cells["in_period"])) == close(row["in_period"]), row["code"]
    assert close(number(cells["gap"])) == (None if is_promise else close(row["gap"])), row["code"]
    percent = None if row["percent"] is None else rounded_percent(row["percent"])
    assert number(cells["percent"]) == percent, row["code"]
    single = [value for key, value in row["target"].items() if key in ("at_least", "at_most", "exactly")]
    assert number(cells["plan"]) == (single[0] if single else None), row["code"]


# Words that would act

SCRIPT = "<script>document.title='run'</script>"
HOSTILE = {
    "script": SCRIPT,
    "attribute": '" onmouseover="document.title=1" x="',
    "image": "<img src=https://example.org/x onerror=document.title=1>",
    "closing": "</td></table></style></script><h1>no</h1>",
    "formula": '=HYPERLINK("https://example.org";"xem")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-1+1",
    "braces": "{{ 7*7 }}{% for i in range(9) %}x{% endfor %}{# gone #}",
    "tags": "{%tr if lines %}{{r lines }}{%p endif %}",
    "field": '{ HYPERLINK "https://example.org" }{ INCLUDETEXT "/etc/passwd" }',
    "entity": "&lt;b&gt; &#60;i&#62; ]]> <![CDATA[ <!-- -->",
    "escape": "\x1b[31mred\x1b[0m \x07 \x00 \x85 end",
    "direction": "abc\u202e123\u202c",
    "markup": "[bold]x[/bold] **y** `z` [a](javascript:1)",
    "xml": '<w:fldSimple w:instr="DATE"/>_x001B_ _x0041_',
}
"""Names and notes that would act in some medium."""


def hostile(folder: Path) -> tuple[str, ...]:
    """A plan whose names are hostile, one indicator for each, and figures with the same words for notes."""
    indicators = [
        {"code": f"H{at}", "name": text.replace("\x00", ""), "unit": "ha", "target": {"at_least": 10}}
        for at, text in enumerate(HOSTILE.values())
    ]
    promises = [{"code": f"P{at}", "name": text.replace("\x00", "")} for at, text in enumerate(HOSTILE.values())]
    plan = {
        "id": "x", "year": 2019, "title": SCRIPT, "issuer": HOSTILE["attribute"], "units": {"ha": {"name": HOSTILE["image"]}},
        "areas": {"a": {"name": HOSTILE["formula"]}},
        "sections": [{"id": "S", "title": HOSTILE["closing"], "indicators": indicators, "commitments": promises}],
    }  # fmt: skip
    (folder / "plan.yaml").write_text(json.dumps(plan), encoding="utf-8")
    name = "'; =1+1 <b>&.csv"
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["indicator", "period", "value", "reported_on", "note"])
        for at, text in enumerate(HOSTILE.values()):
            note = text.replace("\x00", "")
            writer.writerow([f"H{at}", "2019-01", str(at), "2019-01-15", note])
            writer.writerow([f"P{at}", "2019-01", "yes", "2019-01-15", note])
    return ("2019-01", "--plan", str(folder / "plan.yaml"), "--actuals", str(folder / name))
