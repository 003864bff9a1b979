"""plan × period × agency → the rows of an empty submission. Pure; `views.submission` writes them."""

from __future__ import annotations

from dataclasses import dataclass

from vinhchau_kpi.coverage import due_within
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan


@dataclass(frozen=True, slots=True)
class Owed:
    """One row to fill in: what, and for which period."""

    subject: Indicator | Commitment
    period: Period


def owed(plan: Plan, period: Period, agency: str | None) -> list[Owed]:
    """What `agency` (None: everyone) has to report for `period`: the indicators due, then the commitments."""
    rows: list[Owed] = []
    for entry in plan.entries.values():
        if agency in (None, entry.indicator.lead):
            rows += [Owed(entry.indicator, due) for due in due_within(entry.indicator, period)]
    rows += [Owed(c, period) for c, _ in plan.commitments.values() if agency in (None, c.lead)]
    return rows
