"""Where the parts of a chart stand, in whole thousandths of its width and height; what draws them need not count.

Every scale has 0 on it: a bar is as long as its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vinhchau_kpi.period import MONTHS_OF
from vinhchau_kpi.report import Row
from vinhchau_kpi.trend import Course, goal_of

LENGTH = 1000
ROOM = Fraction(11, 10)
"""A scale goes a tenth beyond the largest number on it, so that a mark at its end is seen."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar from `begin` to `end`, strokes where it is expected to be by now (`expected`), where it was (`before`), and
    at the target: one, or for a corridor both its ends. None is not drawn."""

    begin: int | None = None
    end: int | None = None
    expected: int | None = None
    before: int | None = None
    targets: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        return 0 if self.begin is None or self.end is None else self.end - self.begin


@dataclass(frozen=True, slots=True)
class Scale:
    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, *numbers: Fraction) -> Scale:
        """From the least to the largest of the numbers and 0; of zeros alone, any scale will do."""
        low, high = min(Fraction(0), *numbers), max(Fraction(0), *numbers)
        return cls(low * ROOM, (high if low < high else high + 1) * ROOM)

    def at(self, number: Fraction) -> int:
        """A place from 0 to `LENGTH`."""
        return round((number - self.low) * LENGTH / (self.high - self.low))


def bullet(row: Row) -> Bullet | None:
    """A row's value against its target, on a scale of its unit; None for a promise, and where there is no number."""
    targets = tuple(map(Fraction, row.target.numbers))
    if row.indicator.target.achieved or not targets:
        return None
    number = row.target.number
    expected = None
    if number is not None and row.expected_percent is not None and 0 < row.expected_percent < 100:
        expected = goal_of(row)
    return _bullet(row.actual.value, expected, None, targets)


def gauge(percent: Fraction | None, expected: Fraction | None, before: Fraction | None) -> Bullet | None:
    """A percent against 100, with what is expected by now and what it was before."""
    if percent is None:
        return None
    return _bullet(percent, expected if expected is not None and 0 < expected < 100 else None, before, (Fraction(100),))


def _bullet(
    value: Fraction | None, expected: Fraction | None, before: Fraction | None, targets: tuple[Fraction, ...]
) -> Bullet:
    scale = Scale.of(*(one for one in (value, expected, before, *targets) if one is not None))
    ends = None if value is None else sorted((scale.at(Fraction(0)), scale.at(value)))
    return Bullet(
        begin=None if ends is None else ends[0],
        end=None if ends is None else ends[1],
        expected=None if expected is None else scale.at(expected),
        before=None if before is None else scale.at(before),
        targets=tuple(map(scale.at, targets)),
    )


@dataclass(frozen=True, slots=True)
class Point:
    """A month's value; `is_whole`: nothing that was due is missing from it."""

    x: int
    y: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """A year: the points that have a figure of their own, the stretches of neighbouring ones, and what they
    are held against. Top is 0, the bottom `LENGTH`."""

    points: tuple[Point, ...]
    lines: tuple[tuple[Point, ...], ...]
    goal: tuple[Point, ...]


def spark(course: Course) -> Spark | None:
    """The months of a row; None for a promise, and where no month has a figure."""
    own = [(m, value) for m in course.months if (value := m.actual.value) is not None and course.has_own(m)]
    if not own or course.row.indicator.target.achieved:
        return None
    goals = [(month, goal) for month in course.months if (goal := goal_of(month)) is not None]
    scale = Scale.of(*(value for _, value in (*own, *goals)))

    def point(month: Row, value: Fraction, *, is_whole: bool = True) -> Point:
        across = round(Fraction(2 * month.period.last - 1, 2 * course.span.length) * LENGTH)
        return Point(across, LENGTH - scale.at(value), is_whole)

    points = [point(month, value, is_whole=not month.is_partial) for month, value in own]
    step = MONTHS_OF[course.row.indicator.every]
    lines: list[list[Point]] = []
    last = None
    for (month, _), one in zip(own, points, strict=True):
        if last is None or month.period.last - last > step:
            lines.append([])
        lines[-1].append(one)
        last = month.period.last
    return Spark(tuple(points), tuple(map(tuple, lines)), tuple(point(month, goal) for month, goal in goals))
