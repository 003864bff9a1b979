"""The figures of areas held against the town's, and against the areas that were to report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vinhchau_kpi import rules
from vinhchau_kpi.actual import areas_due, areas_together
from vinhchau_kpi.checks.slack import slack
from vinhchau_kpi.figure import Amount, Figure, Stretch, own_amount
from vinhchau_kpi.figures import Known, can_add_up
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.ledger import Column
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan


def town_and_areas(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """Areas that cannot be added, that are missing, or that make another sum than the town reports."""
    columns = known.columns(indicator.code)
    if columns is not None:
        yield from _by_columns(plan, known, indicator, columns)
        return
    together = areas_together(plan, known, indicator)
    for stretch, by_area in known.latest.get(indicator.code, {}).items():
        areas = {area: figure for area, figure in by_area.items() if area is not None}
        if not areas:
            continue
        first = min(figure.place for figure in areas.values())
        args = {"code": indicator.code, "period": Period(plan.year, *stretch)}
        amount, town = together.get(stretch), by_area.get(None)
        if amount is None or (amount.value is None and amount.cumulative is None):
            if town is None:
                yield Finding(rules.AREAS_CANNOT_ADD, first, args)
        elif town is not None:
            yield from _disagreement(plan, indicator, town, amount, args)
        else:
            lacking = amount.areas_missing if amount.value is not None else amount.cumulative_lacks
            yield from _incomplete(plan, known, indicator, stretch, len(areas), lacking, first)


def _by_columns(plan: Plan, known: Known, indicator: Indicator, columns: Mapping[Stretch, Column]) -> Iterator[Finding]:
    assert known.ledger is not None
    additive = not plan.unit_of(indicator).is_rate and not indicator.target.achieved
    for stretch, column in columns.items():
        due = areas_due(plan, known, indicator, stretch) or known.reporting(indicator.code)
        if not can_add_up(column, additive=additive):
            first = known.ledger.least(column).place
            args = {"code": indicator.code, "period": Period(plan.year, *stretch)}
            yield Finding(rules.AREAS_CANNOT_ADD, first, args)
        elif lacking := known.lacking(column, due):
            first = known.ledger.least(column).place
            yield from _incomplete(plan, known, indicator, stretch, column.count, lacking, first)


def _incomplete(
    plan: Plan,
    known: Known,
    indicator: Indicator,
    stretch: Stretch,
    count: int,
    lacking: tuple[str, ...],
    first: Place,
) -> Iterator[Finding]:
    """`count` areas have a figure, those `lacking` have none; `first` is where the first of the figures stands."""
    if lacking:
        missing = tuple(plan.areas[area].name if area in plan.areas else area for area in lacking)
        expected = len(areas_due(plan, known, indicator, stretch)) or count + len(lacking)
        counts = {"reported": expected - len(lacking), "expected": expected, "missing": missing}
        args = {"code": indicator.code, "period": Period(plan.year, *stretch)}
        yield Finding(rules.AREAS_INCOMPLETE, first, args | counts)


def _disagreement(
    plan: Plan, indicator: Indicator, town: Figure, together: Amount, args: dict[str, Any]
) -> Iterator[Finding]:
    """The town's value and cumulative are the areas' sum where all have reported, and no less than it before."""
    unit = plan.unit_of(indicator)
    own = own_amount(town, unit.is_percent)
    pairs = (
        (own.value, together.value, together.areas_missing, town.place),
        (own.cumulative, together.cumulative, together.cumulative_lacks, town.cumulative_place),
    )
    for total, areas, missing, place in pairs:
        if total is None or areas is None:
            continue
        is_all = not missing and bool(plan.areas)
        if unit.is_rate:
            disagrees = is_all and abs(areas - total) >= slack(town.value)
        else:
            disagrees = areas != total if is_all else areas > total
        if disagrees:
            yield Finding(rules.AREAS_DISAGREE, place, args | {"value": total, "total": areas})


def commitment_by_area(_: Plan, known: Known, commitment: Commitment) -> Iterator[Finding]:
    """A commitment is the whole town's: what areas say of it cannot be added."""
    code = commitment.code
    for by_area in known.latest.get(code, {}).values():
        if None not in by_area:
            first = min(by_area.values(), key=lambda f: f.place)
            yield Finding(rules.AREAS_CANNOT_ADD, first.place, {"code": code, "period": first.period})
