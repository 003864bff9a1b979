"""Reported figures, and the set-wise questions about them: what was known on a day, and what it adds up to.

This half asks about sets (the latest version of each figure, sums over areas); `actual` does the arithmetic of one
indicator on the small tables that come out. The interface between them is `Amount` by stretch of months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
        return replace(self.place, column=self.cumulative_column)

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


class Spot(NamedTuple):
    """What a figure is of, of whichever year."""

    code: str
    period: Period
    area: str | None


def spot_of(figure: Figure) -> Spot:
    return Spot(figure.code, figure.period, figure.area)


SpotKey = tuple[str, int, str | None]
"""A spot with its period as a number: cheap to compare where there are very many."""


def key_of_period(period: Period) -> int:
    return (period.year * 100 + period.first) * 100 + period.last


def key_of_spot(figure: Figure) -> SpotKey:
    return figure.code, key_of_period(figure.period), figure.area


@dataclass(frozen=True, slots=True)
class Amount:
    """What an indicator is over one stretch, for one area or the whole town. Exact; None is not reported.

    `areas_missing`: the areas that `value`, as a sum over areas, lacks; `cumulative_lacks` likewise.
    """

    value: Fraction | None
    cumulative: Fraction | None
    kind: Kind
    figures: tuple[Figure, ...]
    areas_missing: tuple[str, ...] = ()
    cumulative_lacks: tuple[str, ...] = ()


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
        for key, versions in self.as_of(day).by_key.items():
            by_stretch = latest.setdefault(key.code, {})
            by_stretch.setdefault(key.stretch, {})[key.area] = max(
                versions, key=lambda f: (f.version, f.kind is Kind.OFFICIAL)
            )
        return Known(day, latest)

    def as_of(self, day: date | None) -> Figures:
        """Without what was reported after `day` (None: everything); undated rows count as always known."""
        if day is None:
            return self
        return Figures(tuple(f for f in self.rows if f.reported_on is None or f.reported_on <= day))

    def versions(self, code: str) -> Iterator[Figure]:
        """Every version of the figures of one indicator, by period, area and day."""
        rows = [f for f in self.rows if f.code == code]
        yield from sorted(rows, key=lambda f: (f.period.year, f.period.last, f.period.first, f.area or "", f.version))


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

    def last_month(self, codes: Iterable[str]) -> int | None:
        """The latest month that any figure of these indicators reaches; None where there is no figure."""
        return max((last for code in codes for _, last in self.latest.get(code, {})), default=None)

    def series(self, code: str, *, percent: bool) -> dict[str | None, Amounts]:
        """The amounts of the town (None) and of each area that has reported, each by itself."""
        found: dict[str | None, dict[Stretch, Amount]] = {}
        for stretch, by_area in self.latest.get(code, {}).items():
            for area, figure in by_area.items():
                found.setdefault(area, {})[stretch] = own_amount(figure, percent)
        return dict(found)

    def added_up(
        self, code: str, *, percent: bool, additive: bool, areas_due: Callable[[Stretch], Iterable[str]]
    ) -> Amounts:
        """A level over the areas of each stretch: their sum, or Σ numerator ÷ Σ denominator.

        `percent`: a ratio is times 100. `additive`: the values may be summed. `areas_due` are those that were to
        report a stretch, so that missing ones can be named. A stretch whose areas cannot be added is left out.
        """
        found: dict[Stretch, Amount] = {}
        for stretch, by_area in self.latest.get(code, {}).items():
            figures = [figure for area, figure in by_area.items() if area is not None]
            together = _added_up(figures, percent, additive) if figures else None
            if together is not None:
                missing = tuple(area for area in areas_due(stretch) if area not in by_area)
                found[stretch] = replace(together, areas_missing=missing)
        return found


def ratio(numerator: Decimal, denominator: Decimal, percent: bool) -> Fraction:
    """numerator ÷ denominator, exact; times 100 for a %."""
    return Fraction(numerator) / Fraction(denominator) * (100 if percent else 1)


def own_amount(figure: Figure, percent: bool) -> Amount:
    """What one figure says of its own stretch and area."""
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
    if not additive or len(values) != len(figures):
        return None
    return Amount(Fraction(number.total(values)), None, kind, tuple(figures))


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
