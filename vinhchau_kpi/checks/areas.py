"""The figures of areas, held against the town's and against the list of areas that had to report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from vinhchau_kpi import rules
from vinhchau_kpi.actual import areas_due, areas_together
from vinhchau_kpi.checks.slack import slack
from vinhchau_kpi.figure import Amount, Figure, FigureKey, keys_of, own_amount
from vinhchau_kpi.figures import Known, by_stretch
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.plan import Indicator, Plan

LEAST_OTHERS, MOST_AREAS = 3, 300
"""Fewer areas may add up to another by chance; more are no office's list."""


def town_and_areas(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """Areas that cannot be added, that are missing, or that make another sum than the town reports."""
    figures, together = known.of(indicator.code), areas_together(plan, known, indicator)
    of_town = figures.of_town()
    for stretch in figures.stretches:
        first = figures.first_of_areas(stretch)
        if first is None:
            continue
        args = {"code": indicator.code, "period": plan.span.period(*stretch)}
        amount, town = together.get(stretch), of_town.get(stretch)
        if amount is None or (amount.value is None and amount.cumulative is None):
            if town is None:
                yield Finding(rules.AREAS_CANNOT_ADD, first.place, args)
        elif town is not None and not indicator.target.achieved:
            for finding, is_sum in _disagreement(plan, indicator, town, amount, args):
                yield replace(finding, about=_both_sides(known, indicator, town, is_sum=is_sum))
        elif town is None and (
            lacking := amount.areas_missing if amount.value is not None else amount.cumulative_lacks
        ):
            missing = tuple(plan.areas[area].name if area in plan.areas else area for area in lacking)
            expected = len(areas_due(plan, known, indicator, stretch) or figures.reporting())
            counts = {"reported": expected - len(lacking), "expected": expected, "missing": missing}
            yield Finding(rules.AREAS_INCOMPLETE, first.place, args | counts)


def area_is_sum(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """Of areas that nobody has listed one that is, to the last digit, the sum of all others, at least `LEAST_OTHERS`, wherever
    it stands: it may be their total under a name that is not known for one."""
    answers = known.of(indicator.code)
    if plan.areas or plan.unit_of(indicator).is_rate or not LEAST_OTHERS < len(answers.reporting()) <= MOST_AREAS:
        return
    largest: dict[str, list[tuple[Figure, bool]]] = {}
    for by_area in by_stretch(answers.figures()).values():
        rows = [figure for area, figure in by_area.items() if area is not None and figure.value]
        top = max(rows, key=lambda figure: figure.value or 0, default=None)
        if top is not None and top.area is not None and top.value is not None:
            is_sum = len(rows) > LEAST_OTHERS and 2 * top.value == sum(f.value for f in rows if f.value is not None)
            largest.setdefault(top.area, []).append((top, is_sum and len(top.value.normalize().as_tuple().digits) > 1))
    for area, tops in largest.items():
        if all(is_sum for _, is_sum in tops):
            for top, _ in tops:
                args = {"code": top.code, "period": top.period, "area": area, "value": top.value}
                yield Finding(rules.AREA_IS_SUM, top.place, args, {top.key: None})


def _disagreement(
    plan: Plan, indicator: Indicator, town: Figure, together: Amount, args: dict[str, Any]
) -> Iterator[tuple[Finding, bool]]:
    """The town's value and cumulative are the areas' sum where all have reported, and no less than it before; with whether it
    is the cumulatives that disagree."""
    unit = plan.unit_of(indicator)
    own = own_amount(town, unit.is_percent)
    pairs = (
        (own.value, together.value, together.areas_missing, town.place, False),
        (own.cumulative, together.cumulative, together.cumulative_lacks, town.cumulative_place, True),
    )
    for total, areas, missing, place, is_sum in pairs:
        if total is None or areas is None:
            continue
        is_all = not missing and bool(plan.areas)
        if unit.is_rate:
            disagrees = is_all and abs(areas - total) >= slack(town.value)
        else:
            disagrees = areas != total if is_all else areas > total
        if disagrees:
            yield Finding(rules.AREAS_DISAGREE, place, args | {"value": total, "total": areas}), is_sum


def _both_sides(known: Known, indicator: Indicator, town: Figure, *, is_sum: bool) -> dict[FigureKey, None]:
    """The town's figure, and those of areas that make the same stretch, or, where it is a cumulative, that are before its end.

    An area that has no value of just that stretch is taken with all that may make it: the figures within the stretch, and
    its cumulatives from the stretch's beginning to its end.
    """
    first, last = (1, town.period.last) if is_sum else town.stretch
    figures = [figure for figure in known.of(indicator.code).figures() if figure.area is not None]
    own = {f.area for f in figures if f.stretch == town.stretch and f.value is not None} if not is_sum else set()

    def makes_it(figure: Figure) -> bool:
        if figure.stretch == town.stretch or not indicator.is_flow or figure.area in own:
            return figure.stretch == town.stretch
        is_within = first <= figure.period.first and figure.period.last <= last
        return is_within or (figure.cumulative is not None and first - 1 <= figure.period.last <= last)

    return keys_of((town, *filter(makes_it, figures)))
