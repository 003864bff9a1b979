"""plan × period × agency × what is known → the rows of an empty submission. Pure; `forms.template` writes them."""

from __future__ import annotations

from dataclasses import dataclass

from vinhchau_kpi.actual import Actual, actual, amounts_of, series_of
from vinhchau_kpi.coverage import due_within
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.report import NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class Owed:
    """One row to fill in: what, for which period, and of which area (None: the whole town).

    `before` is what it stood at in the period before, of the same length, within the plan's year; None for a commitment,
    and where there is no such period.
    """

    subject: Indicator | Commitment
    period: Period
    area: str | None = None
    before: Actual | None = None


def owed_by(plan: Plan, period: Period, area: str, known: Known = NOTHING_KNOWN) -> list[Owed]:
    """What one area has to report for `period`: of what is given to areas, or reported by them, that which falls to it; of a
    plan that gives nothing to areas, everything."""
    every = [entry.indicator for entry in plan.entries.values()]
    of_areas = [one for one in every if any(by.allocations for by in one.set_by) or known.of(one.code).reporting()]
    return [
        Owed(indicator, due, area, _before(plan, known, indicator, due, area))
        for indicator in of_areas or every
        for due in due_within(plan, indicator, period)
        if area in plan.areas_of(indicator, due.last_day, due)
    ]


def owed(plan: Plan, period: Period, agency: str | None, known: Known = NOTHING_KNOWN) -> list[Owed]:
    """What `agency` (None: everyone) has to report for `period`: the indicators due, then the commitments.

    An indicator whose target is given to areas has a row for each area that is to report it.
    """
    rows: list[Owed] = []
    for entry in plan.entries.values():
        indicator = entry.indicator
        if agency in (None, indicator.lead):
            for due in due_within(plan, indicator, period):
                rows += [
                    Owed(indicator, due, area, _before(plan, known, indicator, due, area))
                    for area in _areas(plan, indicator, due)
                ]
    rows += [Owed(c, period) for c, _ in plan.commitments.values() if agency in (None, c.lead)]
    return rows


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
