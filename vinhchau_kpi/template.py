"""plan × period × agency → the rows of an empty submission. Pure; `views.submission` writes them."""

from __future__ import annotations

from dataclasses import dataclass

from vinhchau_kpi.coverage import due_within
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan


@dataclass(frozen=True, slots=True)
class Owed:
    """One row to fill in: what, for which period, and of which area (None: the whole town)."""

    subject: Indicator | Commitment
    period: Period
    area: str | None = None


def owed(plan: Plan, period: Period, agency: str | None) -> list[Owed]:
    """What `agency` (None: everyone) has to report for `period`: the indicators due, then the commitments.

    An indicator whose target is given to areas has a row for each area that is to report it.
    """
    rows: list[Owed] = []
    for entry in plan.entries.values():
        if agency in (None, entry.indicator.lead):
            for due in due_within(entry.indicator, period):
                rows += [Owed(entry.indicator, due, area) for area in _areas(plan, entry.indicator, due)]
    rows += [Owed(c, period) for c, _ in plan.commitments.values() if agency in (None, c.lead)]
    return rows


def _areas(plan: Plan, indicator: Indicator, due: Period) -> tuple[str | None, ...]:
    is_allocated = any(one.allocations for one in indicator.set_by)
    return plan.areas_of(indicator, due.last_day) if is_allocated else (None,)
