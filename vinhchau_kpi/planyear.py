"""How a plan divides its time: its rounds, how a flow comes in, and by when figures are due."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from vinhchau_kpi.period import Period
from vinhchau_kpi.planvalue import Day, DayOfMonth, Model, Month, Name, Number, Words, WorkingDays


class Round(Model):
    """An emulation round: a stretch of months with a name of its own."""

    id: Words
    name: Name
    start: Month = Field(alias="from")
    end: Month = Field(alias="to")

    @property
    def period(self) -> Period:
        return Period(self.start.year, self.start.first, self.start.first + self.end.until - self.start.since, self.id)


class Profile(Model):
    """The share of a year's flow expected by each month's end, in percent, and what that rests on."""

    shares: tuple[Number, ...]
    note: Words | None = None


class Deadline(Model):
    """By when the figures of a period are to be there.

    They close on day `closes` of the period's last month (its last day where it has no such day) and are due
    `working_days` working days later. Saturdays, Sundays and `holidays` are no working days.
    """

    closes: DayOfMonth = 14
    working_days: WorkingDays = 2
    holidays: tuple[Day, ...] = ()

    def of(self, period: Period) -> date:
        """The last day on which a figure of `period` is on time; always a working day."""
        day = min(period.last_day, period.end.first_day + timedelta(days=self.closes - 1))
        left = self.working_days
        while left or not self._is_working(day):
            day += timedelta(days=1)
            left -= left > 0 and self._is_working(day)
        return day

    def _is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays
