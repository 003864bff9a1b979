"""Parts held against their whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from vinhchau_kpi import rules
from vinhchau_kpi.actual import parts_instead
from vinhchau_kpi.checks.slack import slack
from vinhchau_kpi.figure import Figure, keys_of
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.plan import Indicator, Plan


def parts(plan: Plan, known: Known, parent: Indicator) -> Iterator[Finding]:
    """Children of the same unit, period and area: never over their parent, and equal to it when complete."""
    if not parent.children or plan.unit_of(parent).is_rate:
        return
    children = [c for c in parent.children if c.unit == parent.unit and c.measure == parent.measure]
    complete = parent.parts == "complete" and len(children) == len(parent.children)
    of_children = [known.of(child.code) for child in children]
    for whole, given in known.of(parent.code).parts_worth_judging(of_children, complete=complete):
        for pick in ("value", "cumulative"):
            yield from _parts_of(whole, given, pick, complete, len(children))


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
    about = keys_of((whole, *(part for part, _ in given)))
    if complete and len(given) == expected:
        if abs(together - Fraction(total)) > tolerance:
            yield Finding(rules.PARTS_DO_NOT_ADD, _place(whole, pick), args, about)
        return
    too_large = together > Fraction(total) + tolerance if complete else False
    for part, value in given:
        if value > total and not too_large:
            here = args | {"parts": (part.code,), "value": value}
            yield Finding(rules.CHILDREN_OVER_PARENT, _place(part, pick), here, keys_of((whole, part)))
    if too_large:
        yield Finding(rules.CHILDREN_OVER_PARENT, _place(given[0][0], pick), args, about)


def _place(figure: Figure, pick: str) -> Place:
    return figure.cumulative_place if pick == "cumulative" else figure.place


def whole_from_parts(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """The stretches for which a whole that nobody reports is the sum of its parts."""
    instead = parts_instead(plan, known, indicator)
    if instead:
        periods = tuple(plan.span.period(*stretch) for stretch in sorted(instead))
        place = min(amount.figures[0].place for amount in instead.values())
        parts = tuple(part.code for part in indicator.children)
        yield Finding(rules.WHOLE_FROM_PARTS, place, {"code": indicator.code, "periods": periods, "parts": parts})
