"""Parts held against their whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from operator import rshift

from vinhchau_kpi import rules
from vinhchau_kpi.checks.slack import slack
from vinhchau_kpi.figure import Figure, Stretch
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.ledger import SHIFT, Column
from vinhchau_kpi.plan import Indicator, Plan


def parts(plan: Plan, known: Known, parent: Indicator) -> Iterator[Finding]:
    """Children of the same unit, period and area: never over their parent, and equal to it when complete."""
    if not parent.children or plan.unit_of(parent).is_rate:
        return
    children = [c for c in parent.children if c.unit == parent.unit and c.measure == parent.measure]
    complete = parent.parts == "complete" and len(children) == len(parent.children)
    columns = known.columns(parent.code)
    of_children = [known.columns(c.code) if any(known.stretches(c.code)) else {} for c in children]
    if columns is not None and None not in of_children:
        yield from _by_columns(known, columns, [one for one in of_children if one is not None], complete)
        return
    for stretch, by_area in known.latest.get(parent.code, {}).items():
        for area, whole in by_area.items():
            given = [known.latest.get(c.code, {}).get(stretch, {}).get(area) for c in children]
            for pick in ("value", "cumulative"):
                yield from _parts_of(whole, [p for p in given if p is not None], pick, complete, len(children))


def _by_columns(
    known: Known, columns: Mapping[Stretch, Column], of_children: list[dict[Stretch, Column]], complete: bool
) -> Iterator[Finding]:
    """Areas whose numbers fit to the last digit need no more looking at."""
    ledger = known.ledger
    assert ledger is not None
    for stretch, column in columns.items():
        parts = [one[stretch] for one in of_children if stretch in one]
        values = [map(rshift, part.values, repeat(SHIFT)) for part in parts]
        wholes = map(rshift, column.values, repeat(SHIFT))
        for at, (whole, *given) in enumerate(zip(wholes, *values, strict=True)):
            if _fit(whole, given, complete, complete and len(parts) == len(of_children)):
                continue
            figures = [ledger.figure(part, at) for part in parts if part.lines[at]]
            yield from _parts_of(ledger.figure(column, at), figures, "value", complete, len(of_children))


def _fit(whole: int, parts: list[int], complete: bool, are_all: bool) -> bool:
    """Whether parts make their whole to the last digit, or stay within it where some are below 0, which is no figure."""
    if whole < 0 or not parts:
        return True
    if are_all and min(parts) >= 0:
        return sum(parts) == whole
    return max(parts) <= whole and (not complete or sum(part for part in parts if part > 0) <= whole)


def _parts_of(whole: Figure, parts: list[Figure], pick: str, complete: bool, expected: int) -> Iterator[Finding]:
    total: Decimal | None = getattr(whole, pick)
    given = [(part, value) for part in parts if (value := getattr(part, pick)) is not None]
    if total is None or not given:
        return
    tolerance = max(map(slack, [total, *(value for _, value in given)]))
    together = sum((Fraction(value) for _, value in given), Fraction(0))
    args = {
        "period": whole.period,
        "parts": tuple(part.code for part, _ in given),
        "code": whole.code,
        "value": together,
        "total": total,
    }
    if complete and len(given) == expected:
        if abs(together - Fraction(total)) > tolerance:
            yield Finding(rules.PARTS_DO_NOT_ADD, _place(whole, pick), args)
        return
    too_large = together > Fraction(total) + tolerance if complete else False
    for part, value in given:
        if value > total and not too_large:
            yield Finding(
                rules.CHILDREN_OVER_PARENT, _place(part, pick), args | {"parts": (part.code,), "value": value}
            )
    if too_large:
        yield Finding(rules.CHILDREN_OVER_PARENT, _place(given[0][0], pick), args)


def _place(figure: Figure, pick: str) -> Place:
    return figure.cumulative_place if pick == "cumulative" else figure.place
