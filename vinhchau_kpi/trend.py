"""plan × what was known × period → indicators month by month, side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period, Span
from vinhchau_kpi.plan import Entry, Plan
from vinhchau_kpi.report import Row, months_of, row


@dataclass(frozen=True, slots=True)
class Course:
    """One indicator through the year: its row at the end of the period, and the rows of each month up to then."""

    row: Row
    months: tuple[Row, ...]
    span: Span

    def has_own(self, month: Row) -> bool:
        """Whether a month's value reaches that month; else it is an earlier one, carried on."""
        reached = month.actual.value_period
        return reached is not None and reached.last == month.period.last

    def is_due(self, month: Row) -> bool:
        """Whether a figure was due at the end of that month."""
        return month.period.last in {due.last for due in self.span.due(month.indicator.every)}


def goal_of(month: Row) -> Fraction | None:
    """What a month's value is held against, in the unit: of a flow the amount expected by then, of a level the target;
    None where the target is no single number."""
    number = month.target.number
    if number is None:
        return None
    if month.expected_percent is None:
        return Fraction(number)
    return month.expected_percent * Fraction(number) / 100


@dataclass(frozen=True, slots=True)
class Trend:
    """The courses up to the end of `period`. `silent` are the codes of those without any figure, which have none."""

    plan: Plan
    period: Period
    as_of: date | None
    courses: tuple[Course, ...]
    silent: tuple[str, ...]


def trend(plan: Plan, known: Known, period: Period, entries: Iterable[Entry], *, keep_silent: bool) -> Trend:
    """The courses of `entries`; those without a figure too where `keep_silent`."""
    courses, silent = [], []
    for entry in entries:
        now = row(plan, known, entry, period)
        if now.actual.value is None and not keep_silent:
            silent.append(now.code)
        else:
            courses.append(Course(now, months_of(plan, known, entry, period), plan.span))
    return Trend(plan, period, known.day, tuple(courses), tuple(silent))
