"""plan × what was known × period → who has reported what was due, and who has not. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vinhchau_kpi import period as periods
from vinhchau_kpi.actual import Actual, actual, amounts_of
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Indicator, Plan


@dataclass(frozen=True, slots=True)
class Due:
    """One figure that was due within the period, and whether it is there."""

    indicator: Indicator
    period: Period
    is_received: bool


@dataclass(frozen=True, slots=True)
class AgencyCoverage:
    """What one agency owed for a period. `last_reported` is the latest report date among its figures, if given.

    `promises` counts its commitments, `promises_reported` those with a yes or no by the period's end.
    """

    agency: str | None
    due: tuple[Due, ...]
    promises: int
    promises_reported: int
    last_reported: date | None

    @property
    def received(self) -> int:
        return sum(one.is_received for one in self.due)

    @property
    def missing(self) -> tuple[Due, ...]:
        return tuple(one for one in self.due if not one.is_received)


@dataclass(frozen=True, slots=True)
class Coverage:
    plan: Plan
    period: Period
    as_of: date | None
    agencies: tuple[AgencyCoverage, ...]


def coverage(plan: Plan, known: Known, period: Period) -> Coverage:
    """Every agency that leads something, in the plan's order, with what it owed for `period`."""
    leads = [*plan.agencies, None]
    rows = [_agency(plan, known, period, agency) for agency in leads]
    return Coverage(plan, period, known.day, tuple(r for r in rows if r.due or r.promises))


def due_within(indicator: Indicator, period: Period) -> list[Period]:
    """The periods of an indicator that end within `period`."""
    every = periods.due_periods(period.year, indicator.every, period.last)
    return [one for one in every if one.last >= period.first]


def _agency(plan: Plan, known: Known, period: Period, agency: str | None) -> AgencyCoverage:
    indicators = [e.indicator for e in plan.entries.values() if e.indicator.lead == agency]
    promises = [c.code for c, _ in plan.commitments.values() if c.lead == agency]
    figures = [f for code in (*(i.code for i in indicators), *promises) for f in known.figures(code)]
    dates = [f.reported_on for f in figures if f.reported_on is not None and f.period.last <= period.last]
    return AgencyCoverage(
        agency=agency,
        due=tuple(due for indicator in indicators for due in _dues(plan, known, indicator, period)),
        promises=len(promises),
        promises_reported=sum(any(f.period.last <= period.last for f in known.figures(code)) for code in promises),
        last_reported=max(dates, default=None),
    )


def _dues(plan: Plan, known: Known, indicator: Indicator, period: Period) -> Iterator[Due]:
    amounts = amounts_of(plan, known, indicator)
    at_the_end = actual(indicator, amounts, period)
    for due in due_within(indicator, period):
        now = at_the_end if indicator.measure == "flow" else actual(indicator, amounts, due)
        yield Due(indicator, due, _is_received(indicator, now, due))


def _is_received(indicator: Indicator, now: Actual, due: Period) -> bool:
    """A flow: no month of the due period is open. A level: a figure of the end of the due period."""
    if now.value is None or now.value_period is None:
        return False
    if not indicator.is_flow:
        return now.value_period.last == due.last and not now.missing
    return all(open_.last < due.first or due.last < open_.first for open_ in now.missing)
