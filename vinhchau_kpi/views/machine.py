"""Facts → JSON and CSV for other programs: exact numbers, nothing localised, no text that a spreadsheet runs."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.number import MACHINE_PLACES, canonical
from vinhchau_kpi.plan import Target
from vinhchau_kpi.text import visible

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def json_text(facts: Any) -> Iterator[str]:
    """JSON with every digit of every `Decimal`, piece by piece; the standard library would pass them through binary floats.
    What is made one by one is an array."""
    import simplejson

    encoder = simplejson.JSONEncoder(use_decimal=True, ensure_ascii=False, indent=2, iterable_as_array=True)
    yield from encoder.iterencode(facts)
    yield "\n"


def csv_text(fields: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """RFC 4180 CSV with `,` and LF, row by row. None is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in itertools.chain([fields], ([csv_cell(record.get(field)) for field in fields] for record in records)):
        out.seek(0)
        out.truncate()
        writer.writerow(row)
        yield out.getvalue()


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
