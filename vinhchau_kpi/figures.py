"""Reported figures, and the set-wise questions about them: what was known on a day, and what it adds up to.

This half asks about sets (the latest version of each figure, sums over areas); `actual` does the arithmetic of one
indicator on the small tables that come out. The interface between them is `Amount` by stretch of months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi import number
from vinhchau_kpi.finding import Place
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period


class Kind(StrEnum):
    OFFICIAL = "official"
    ESTIMATE = "estimate"


KIND_NAMES = {Kind.OFFICIAL: N_("official"), Kind.ESTIMATE: N_("estimate")}

Stretch = tuple[int, int]
"""First and last month of a period, 1 to 12, within the plan's year."""


class Figure(NamedTuple):
    """One reported row. At least one of the numbers is there; `None` is “not reported”, never 0.

    `value` of a flow is what came about within the period, of a level what was true at its end; a yes is 1 and a
    no is 0. `cumulative` is a flow's sum since 1 January. `area` is None for the whole town. `reported_on` is
    None where the file does not say; such a figure is older than any dated one.
    """

    code: str
    period: Period
    area: str | None
    value: Decimal | None
    cumulative: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    kind: Kind
    agency: str | None
    reported_on: date | None
    note: str
    place: Place
    cumulative_column: int | None = None

    @property
    def cumulative_place(self) -> Place:
        return Place(self.place.file, self.place.line, self.cumulative_column)

    @property
    def stretch(self) -> Stretch:
        return self.period.first, self.period.last

    @property
    def numbers(self) -> tuple[Decimal | None, ...]:
        return self.value, self.cumulative, self.numerator, self.denominator

    @property
    def version(self) -> date:
        """What orders the versions of one figure."""
        return self.reported_on or date.min


class Key(NamedTuple):
    """What makes two rows the same figure."""

    code: str
    stretch: Stretch
    area: str | None


def key_of(figure: Figure) -> Key:
    return Key(figure.code, figure.stretch, figure.area)


@dataclass(frozen=True, slots=True)
class Amount:
    """What an indicator is over one stretch, for one area or the whole town. Exact; None is not reported.

    `areas_missing`: the areas that a sum over areas lacks.
    """

    value: Fraction | None
    cumulative: Fraction | None
    kind: Kind
    figures: tuple[Figure, ...]
    areas_missing: tuple[str, ...] = ()


Amounts = Mapping[Stretch, Amount]


@dataclass(frozen=True, slots=True)
class Figures:
    """Every version of every figure, as read."""

    rows: tuple[Figure, ...] = ()
    by_key: dict[Key, list[Figure]] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[Key, list[Figure]] = defaultdict(list)
        for figure in self.rows:
            by_key[key_of(figure)].append(figure)
        object.__setattr__(self, "by_key", dict(by_key))

    def known_on(self, day: date | None) -> Known:
        """What was known at the end of `day` (None: everything): of each figure the version reported last."""
        latest: dict[str, dict[Stretch, dict[str | None, Figure]]] = {}
        for key, versions in self.by_key.items():
            seen = [f for f in versions if day is None or f.reported_on is None or f.reported_on <= day]
            if seen:
                by_stretch = latest.setdefault(key.code, {})
                by_stretch.setdefault(key.stretch, {})[key.area] = max(seen, key=lambda f: f.version)
        return Known(day, latest)

    def versions(self, code: str) -> Iterator[Figure]:
        """Every version of the figures of one indicator, by period, area and day."""
        rows = [f for f in self.rows if f.code == code]
        yield from sorted(rows, key=lambda f: (f.period.last, f.period.first, f.area or "", f.version))


@dataclass(frozen=True, slots=True)
class Known:
    """The figures as they were known at the end of `day`: one for each indicator, stretch and area."""

    day: date | None
    latest: Mapping[str, Mapping[Stretch, Mapping[str | None, Figure]]]

    def figures(self, code: str) -> Iterator[Figure]:
        for by_area in self.latest.get(code, {}).values():
            yield from by_area.values()

    @property
    def size(self) -> int:
        """How many figures are known, each counted once however often it was corrected."""
        return sum(len(by_area) for by_stretch in self.latest.values() for by_area in by_stretch.values())

    def last_month(self) -> int | None:
        """The latest month that any figure reaches; None where there is no figure."""
        return max((last for by in self.latest.values() for _, last in by), default=None)

    def amounts(self, code: str, *, percent: bool, additive: bool, areas: Iterable[str]) -> Amounts:
        """The town's amounts: its own figure where there is one, else the sum of its areas.

        `percent`: a ratio is times 100. `additive`: areas may be summed (not so a rate, where the numerators and
        denominators are). `areas` are all there are, so that missing ones can be named.
        """
        every = tuple(areas)
        found: dict[Stretch, Amount] = {}
        for stretch, by_area in self.latest.get(code, {}).items():
            town = by_area.get(None)
            if town is not None:
                found[stretch] = _own(town, percent)
                continue
            together = _added_up(list(by_area.values()), percent, additive)
            if together is not None:
                missing = tuple(area for area in every if area not in by_area)
                found[stretch] = Amount(together.value, together.cumulative, together.kind, together.figures, missing)
        return found


def ratio(numerator: Decimal, denominator: Decimal, percent: bool) -> Fraction:
    """numerator ÷ denominator, exact; times 100 for a %."""
    return Fraction(numerator) / Fraction(denominator) * (100 if percent else 1)


def _own(figure: Figure, percent: bool) -> Amount:
    if figure.numerator is not None and figure.denominator is not None:
        value: Fraction | None = ratio(figure.numerator, figure.denominator, percent)
    else:
        value = _exact(figure.value)
    return Amount(value, _exact(figure.cumulative), figure.kind, (figure,))


def _added_up(figures: list[Figure], percent: bool, additive: bool) -> Amount | None:
    """The areas of one stretch together; None where they cannot be added."""
    kind = Kind.ESTIMATE if any(f.kind is Kind.ESTIMATE for f in figures) else Kind.OFFICIAL
    numerators = [f.numerator for f in figures if f.numerator is not None]
    denominators = [f.denominator for f in figures if f.denominator is not None]
    if len(numerators) == len(denominators) == len(figures):
        value = ratio(number.total(numerators), number.total(denominators), percent)
        return Amount(value, None, kind, tuple(figures))
    values = [f.value for f in figures if f.value is not None]
    cumulatives = [f.cumulative for f in figures if f.cumulative is not None]
    total_value = Fraction(number.total(values)) if len(values) == len(figures) else None
    total_cumulative = Fraction(number.total(cumulatives)) if len(cumulatives) == len(figures) else None
    if not additive or (total_value is None and total_cumulative is None):
        return None
    return Amount(total_value, total_cumulative, kind, tuple(figures))


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
