"""Facts → JSON and CSV for other programs: exact numbers, nothing localised, no text that a spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

from vinhchau_kpi.figures import Figure
from vinhchau_kpi.number import MACHINE_PLACES, canonical
from vinhchau_kpi.plan import Target
from vinhchau_kpi.text import visible

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def json_text(facts: Any) -> str:
    """JSON with every digit of every `Decimal`; the standard library would pass them through binary floats."""
    import simplejson

    text: str = simplejson.dumps(facts, use_decimal=True, ensure_ascii=False, indent=2)
    return text + "\n"


def csv_text(fields: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """RFC 4180 CSV with `,` and LF. None is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([[csv_cell(record.get(field)) for field in fields] for record in records])
    return out.getvalue()


def csv_cell(value: Any) -> str:
    """A cell's text. Words that a spreadsheet would take for a formula get an apostrophe before them; characters
    that a terminal would act on are written out."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "\n".join(map(visible, str(value).split("\n")))
    return "'" + text if isinstance(value, str) and value.startswith(FORMULA_STARTS) else text


def exact(value: Decimal | Fraction | None) -> Decimal | None:
    """A number as machines get it: every digit, no exponent; None stays none."""
    return None if value is None else canonical(value)


def percent_fact(value: Fraction | None) -> Decimal | None:
    """A percent, or points, as machines get them: six places."""
    return None if value is None else canonical(value, MACHINE_PLACES)


def target_facts(target: Target) -> dict[str, Any]:
    """`{"at_least": 28500}`, as the plan file has it."""
    return {
        key: [canonical(n) for n in value]
        if isinstance(value, tuple)
        else canonical(value)
        if isinstance(value, Decimal)
        else value
        for key, value in target.facts().items()
    }


def target_cell(target: dict[str, Any]) -> str:
    """A target in one cell of a CSV: `at_least 16 out_of 19`, `between 2..4`, `achieved true`."""
    shown = {k: "..".join(f"{n:f}" for n in v) if isinstance(v, list) else str(v).lower() for k, v in target.items()}
    return " ".join(f"{sense} {value}" for sense, value in shown.items())


def figure_facts(figure: Figure) -> dict[str, Any]:
    return {
        "value": exact(figure.value),
        "cumulative": exact(figure.cumulative),
        "numerator": exact(figure.numerator),
        "denominator": exact(figure.denominator),
        "kind": figure.kind.value,
        "reported_on": figure.reported_on.isoformat() if figure.reported_on else None,
        "agency": figure.agency,
        "note": figure.note,
        "file": figure.place.file,
        "line": figure.place.line,
        "column": figure.place.column,
    }
