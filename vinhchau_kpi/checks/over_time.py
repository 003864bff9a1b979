"""The figures of one indicator held against each other over the year."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction

from vinhchau_kpi import rules
from vinhchau_kpi.actual import amounts_of, cover, pieces_of, version_of
from vinhchau_kpi.checks.running import months_as_totals
from vinhchau_kpi.checks.series import series
from vinhchau_kpi.figure import Amount, Amounts, Figure, Stretch
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Indicator, Plan


def over_time(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """What does not agree between one period and another, for each area and the town by itself."""
    if known.of(indicator.code).is_simple:
        return
    of_areas = known.series(indicator.code, percent=plan.unit_of(indicator).is_percent)
    found = [finding for amounts in of_areas.values() for finding in _over_time(plan, indicator, amounts)]
    if not found and len(of_areas) > 1 and None in of_areas:
        # Each agrees with itself; the town's own figures must also agree with what the areas make in other periods.
        found = list(_over_time(plan, indicator, _without_lacking(amounts_of(plan, known, indicator))))
    yield from _explained(plan, known, indicator, found) if indicator.is_flow and found else found


def _explained(plan: Plan, known: Known, indicator: Indicator, found: Iterable[Finding]) -> Iterator[Finding]:
    """With what cumulatives that are the period's own figure bring about said as that, once for each."""
    by_area: dict[str | None, list[Figure]] = {}
    for figure in known.of(indicator.code).figures():
        by_area.setdefault(figure.area, []).append(figure)
    months = {
        one.given.figure.cumulative_place: one
        for figures in by_area.values()
        for one in months_as_totals(series(plan, indicator, figures))
    }
    for place, one in months.items():
        args = {"code": indicator.code, "value": one.given.value, "instead": one.instead, **one.evidence}
        yield Finding(rules.MONTH_AS_TOTAL, place, args)
    yield from (finding for finding in found if finding.place not in months)


def _over_time(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    yield from _sums(plan, indicator, amounts) if indicator.is_flow else _same_end(plan, indicator, amounts)


def _without_lacking(amounts: Amounts) -> Amounts:
    """The amounts but the sums that lack areas."""
    return {
        stretch: amount._replace(
            value=None if amount.areas_missing else amount.value,
            cumulative=None if amount.cumulative_lacks else amount.cumulative,
        )
        for stretch, amount in amounts.items()
    }


def _sums(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    """Cumulatives must not fall and must be the sum of the months; longer stretches the sum of shorter ones."""
    code = indicator.code
    own = pieces_of({stretch: amount._replace(cumulative=None) for stretch, amount in amounts.items()})
    sums = sorted(((s[1], a.cumulative, a) for s, a in amounts.items() if a.cumulative is not None), key=lambda c: c[0])
    for (month, earlier, before), (last, later, amount) in itertools.pairwise(sums):
        if later < earlier and month < last:
            period, place = Period(plan.year, month, month), _cumulative_place(before)
            args = {"code": code, "value": later, "earlier": earlier, "period": period, "place": place}
            yield Finding(rules.FALLING_CUMULATIVE, _cumulative_place(amount), args)
    base: tuple[int, Fraction] = 0, Fraction(0)
    can_fall = (plan.unit_of(indicator).min or 0) < 0
    for last, cumulative, amount in sums:
        since = cover(own, base[0], last)
        expected = base[1] + since.total
        whole = cover(own, 0, last)
        if whole.is_whole:
            expected, since = whole.total, whole
        # With a month open the sum may be more than what is known of it, never less.
        too_low = expected > cumulative >= base[1] and not can_fall
        if too_low or (since.is_whole and expected != cumulative):
            args = {"code": code, "value": cumulative, "period": Period(plan.year, last, last), "total": expected}
            yield Finding(rules.CUMULATIVE_DISAGREES, _cumulative_place(amount), args)
        base = last, cumulative
    for (first, last), amount in amounts.items():
        if amount.value is None or first == last:
            continue
        shorter = {edge: piece for edge, piece in own.items() if edge[1] - edge[0] < last - first + 1}
        parts = cover(shorter, first - 1, last)
        # As with a cumulative: months that are open can only add to what is known.
        too_low = parts.total > amount.value and not can_fall
        if too_low or (parts.is_whole and parts.total != amount.value):
            args = {"code": code, "value": amount.value, "period": Period(plan.year, first, last), "other": parts.total}
            yield Finding(rules.STRETCH_DISAGREES, amount.figures[0].place, args)


def _cumulative_place(amount: Amount) -> Place:
    given = [figure for figure in amount.figures if figure.cumulative is not None]
    return (given or amount.figures)[0].cumulative_place


def _same_end(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    """A level has one value at the end of June, whether June, the quarter or the half year is named."""
    by_end: dict[int, list[tuple[Stretch, Amount]]] = {}
    for stretch, amount in sorted(amounts.items(), key=lambda item: -item[0][0]):
        if amount.value is not None:
            by_end.setdefault(stretch[1], []).append((stretch, amount))
    for (_, shortest), *longer in by_end.values():
        for stretch, amount in longer:
            if amount.value != shortest.value and version_of(amount) == version_of(shortest):
                period = Period(plan.year, *stretch)
                args = {"code": indicator.code, "value": amount.value, "period": period, "other": shortest.value}
                yield Finding(rules.STRETCH_DISAGREES, amount.figures[0].place, args)
