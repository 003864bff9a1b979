"""Numbers, targets and figures as other programs get them: exact, and not in any language."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi.figure import WITHDRAWN, Figure
from vinhchau_kpi.number import MACHINE_PLACES, canonical
from vinhchau_kpi.target import Target


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
        "kind": WITHDRAWN if figure.withdrawn else figure.kind.value,
        "reported_on": figure.reported_on.isoformat() if figure.reported_on else None,
        "agency": figure.agency,
        "note": figure.note,
        "file": figure.place.file,
        "line": figure.place.line,
        "column": figure.place.column,
    }
