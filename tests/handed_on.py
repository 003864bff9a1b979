"""What is handed on, for tests: a report that has every kind of number, files that are hostile, and what JSON says of a report."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from transcript import ROOT, kpi

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
