"""One indicator's figures of one area, or of the town, laid out in time: what is usual in them, and what the plan expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.figure import Figure, own_amount
from vinhchau_kpi.plan import Indicator, Plan


class Given(NamedTuple):
    """A figure as one number over a stretch of the year.

    begin, end  from the end of month `begin` (0: the year's start) to the end of month `end`
    share       part of the year's flow that the profile expects within it; 1 for a level
    until       that part from the year's start to its end
    target      number of the target in force at its end, of its own area; None where there is none above 0
    """

    figure: Figure
    value: Fraction
    begin: int
    end: int
    share: Fraction
    until: Fraction
    target: Fraction | None

    @property
    def step(self) -> Fraction | None:
        """What the target comes to for it; None where there is none, or nothing is expected."""
        return self.target * self.share if self.target is not None and self.share else None

    @property
    def is_cumulative(self) -> bool:
        """Whether the figure has nothing but a cumulative."""
        return self.figure.value is None and self.figure.cumulative is not None

    @property
    def pace(self) -> Fraction:
        """What a whole year would be at its rate. Only where something is expected."""
        return self.value / self.share


def adds_up(plan: Plan, indicator: Indicator) -> bool:
    """Whether its figures make up the year's one after the other; a rate of each month does not."""
    return indicator.is_flow and not plan.unit_of(indicator).is_rate


def series(plan: Plan, indicator: Indicator, figures: Iterable[Figure]) -> list[Given]:
    """The figures that have a value, by the end of their stretch; a flow that has a cumulative alone stands for all months
    since the year's start."""
    is_percent, has_pace = plan.unit_of(indicator).is_percent, adds_up(plan, indicator)
    found = []
    for figure in figures:
        own = own_amount(figure, is_percent)
        value, begin = own.value, figure.period.first - 1
        if value is None:
            value, begin = own.cumulative, 0
        if value is not None and value >= 0:
            last = figure.period.last
            until = plan.share(indicator, last) if has_pace else Fraction(1)
            share = until - plan.share(indicator, begin) if has_pace else until
            found.append(Given(figure, value, begin, last, share, until, _target(plan, indicator, figure)))
    return sorted(found, key=lambda one: (one.end, -one.begin))


def _target(plan: Plan, indicator: Indicator, figure: Figure) -> Fraction | None:
    area, day = figure.area, figure.period.last_day
    target = indicator.target_on(day) if area is None else plan.area_target(indicator, area, day, figure.period)
    numbers = target.numbers if target is not None else ()
    number = target.number if target is not None and target.number is not None else numbers[0] if numbers else None
    return Fraction(number) if number is not None and number > 0 else None


def median(numbers: Sequence[Fraction]) -> Fraction:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(numbers)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def times_apart(one: Fraction, other: Fraction) -> Fraction:
    """How many times the larger is of the smaller, both above 0."""
    return max(one / other, other / one)


def rounded(number: Fraction) -> Fraction:
    """To three digits, as one says what is usual; half up."""
    if not number:
        return number
    unit = Fraction(1)
    while abs(number) >= 1000 * unit:
        unit *= 10
    while abs(number) < 100 * unit:
        unit /= 10
    return (number / unit + Fraction(1, 2)).__floor__() * unit
