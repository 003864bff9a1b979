"""plan × period × agency × what is known → the rows of an empty submission. Pure; `forms.template` writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from vinhchau_kpi.actual import Actual, actual, amounts_of, series_of
from vinhchau_kpi.checks.series import adds_up
from vinhchau_kpi.coverage import Due, due_within
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.promise import last_said
from vinhchau_kpi.report import NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class Owed:
    """One row to fill in: what, for which period, and of which area (None: the whole town).

    `before` is what it stood at in the period before, of the same length, within the plan's year; None for a commitment,
    and where there is no such period. `usual`: what the period would have if it went on as before: of what adds up the pace
    by its season, of what does not the value before; None where nothing whole is known.
    """

    subject: Indicator | Commitment
    period: Period
    area: str | None = None
    before: Actual | None = None
    usual: Fraction | None = None


def owed_by(plan: Plan, period: Period, area: str, known: Known = NOTHING_KNOWN) -> list[Owed]:
    """What one area has to report for `period`: of what is given to areas, or reported by them, that which falls to it; of a
    plan that gives nothing to areas, everything."""
    every = [entry.indicator for entry in plan.entries.values()]
    of_areas = [one for one in every if any(by.allocations for by in one.set_by) or known.of(one.code).reporting()]
    return [
        _owed(plan, known, indicator, due, area)
        for indicator in of_areas or every
        for due in due_within(plan, indicator, period)
        if area in plan.areas_of(indicator, due.last_day, due)
    ]


def owed(
    plan: Plan, period: Period, agency: str | None, known: Known = NOTHING_KNOWN, owing: Iterable[Due] = ()
) -> list[Owed]:
    """What `agency` (None: everyone) has to report for `period`: the indicators due, then the commitments, then what it is
    still `owing` of earlier periods.

    An indicator whose target is given to areas has a row for each area that is to report it. A commitment with a day is asked
    for from that day on until it is said to be carried out, any other at the end of each round of the plan and of its year.
    """
    indicators = [entry.indicator for entry in plan.entries.values() if agency in (None, entry.indicator.lead)]
    codes = {one.code for one in indicators}
    promises = [one for one, _ in plan.commitments.values() if agency in (None, one.lead)]
    asked = [(one, due, _areas(plan, one, due)) for one in indicators for due in due_within(plan, one, period)]
    earlier = [
        (one.indicator, one.period, one.areas_missing or _areas(plan, one.indicator, one.period))
        for one in sorted(owing, key=lambda due: due.period)
        if one.period.last < period.first and one.indicator.code in codes
    ]
    return [
        *(_owed(plan, known, indicator, due, area) for indicator, due, areas in asked for area in areas),
        *(Owed(one, period) for one in promises if _is_asked(plan, known, one, period)),
        *(_owed(plan, known, indicator, due, area) for indicator, due, areas in earlier for area in areas),
    ]


def _is_asked(plan: Plan, known: Known, promise: Commitment, period: Period) -> bool:
    if promise.due is None:
        ends = {plan.span.length, *(one.period.counted_from(plan.span.start).last for one in plan.rounds)}
        return any(period.first <= end <= period.last for end in ends)
    said = max(known.of(promise.code).figures(), key=last_said, default=None)
    return promise.due <= period.last_day and (said is None or said.value != 1)


def _owed(plan: Plan, known: Known, indicator: Indicator, due: Period, area: str | None) -> Owed:
    before = _before(plan, known, indicator, due, area)
    return Owed(indicator, due, area, before, _usual(plan, indicator, due, before))


def _usual(plan: Plan, indicator: Indicator, due: Period, before: Actual | None) -> Fraction | None:
    if before is None or before.missing or indicator.target.achieved:
        return None
    if not adds_up(plan, indicator):
        return before.value
    so_far, share = plan.share(indicator, due.first - 1), plan.share(indicator, due.last)
    return before.cumulative * (share - so_far) / so_far if before.cumulative is not None and so_far else None


def _areas(plan: Plan, indicator: Indicator, due: Period) -> tuple[str | None, ...]:
    is_allocated = any(one.allocations for one in indicator.set_by)
    return plan.areas_of(indicator, due.last_day, due) if is_allocated else (None,)


def _before(plan: Plan, known: Known, indicator: Indicator, due: Period, area: str | None) -> Actual | None:
    length = due.last - due.first + 1
    if due.first <= length:
        return None
    earlier = plan.span.period(due.first - length, due.first - 1)
    if area is None:
        return actual(plan, indicator, amounts_of(plan, known, indicator), earlier)
    return actual(plan, indicator, series_of(plan, known, indicator).get(area, {}), earlier)
