"""Reported figures, and the set-wise questions about them: what was known on a day, and what it adds up to.

This half asks about sets (the latest version of each figure, sums over areas); `actual` does the arithmetic of one
indicator on the small tables that come out. The interface between them is `Amount` by stretch of months.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from vinhchau_kpi import number
from vinhchau_kpi.figure import Amount, Amounts, Figure, FigureKey, Kind, Stretch, own_amount, ratio
from vinhchau_kpi.ledger import Behind, Column, Ledger
from vinhchau_kpi.period import Period

SpotKey = tuple[str, int, str | None]
"""What a figure is of, with its period as a number: cheap to compare where there are very many."""


def key_of_period(period: Period) -> int:
    return (period.year * 100 + period.first) * 100 + period.last


def key_of_spot(figure: Figure) -> SpotKey:
    return figure.code, key_of_period(figure.period), figure.area


@dataclass(frozen=True, slots=True)
class Figures:
    """Every version of every figure, as read: one by one, and those of long files in a ledger.

    `single`: in the order in which they were read. `by_key`: of each figure that is among them, every version, the
    ledger's as well; what stands in the ledger alone has no other version.
    """

    single: tuple[Figure, ...] = ()
    ledger: Ledger | None = None
    by_key: dict[FigureKey, list[Figure]] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[FigureKey, list[Figure]] = defaultdict(list)
        for figure in self.single:
            by_key[figure.key].append(figure)
        if self.ledger is not None:
            for key, versions in by_key.items():
                other = self.ledger.find(key)
                if other is not None:
                    versions.append(other)
                    versions.sort(key=self.ledger.order)
        object.__setattr__(self, "by_key", dict(by_key))

    @property
    def rows(self) -> tuple[Figure, ...]:
        """Each one, in the order in which they were read: half a kilobyte each, so ask for all of them only where there
        are few."""
        if self.ledger is None:
            return self.single
        every = [*self.single, *(figure for code in self.ledger.columns for figure in self.ledger.in_order(code))]
        return tuple(sorted(every, key=self.ledger.order))

    @property
    def size(self) -> int:
        return len(self.single) + (self.ledger.count if self.ledger is not None else 0)

    def of(self, code: str) -> list[Figure]:
        """Every version of the figures of one indicator, in the order in which they were read."""
        rows = [f for f in self.single if f.code == code]
        if self.ledger is None or code not in self.ledger.columns:
            return rows
        return sorted([*rows, *self.ledger.in_order(code)], key=self.ledger.order)

    def known_on(self, day: date | None) -> Known:
        """What was known at the end of `day` (None: everything): of each figure the version reported last."""
        figures = self.as_of(day)
        latest = [
            max(versions, key=lambda f: (f.version, f.kind is Kind.OFFICIAL)) for versions in figures.by_key.values()
        ]
        if figures.ledger is None:
            return Known(day, _by_code(latest))
        ledger, left = figures.ledger.with_(latest)
        apart = {figure.code for figure in left}
        for code in apart:
            left += ledger.in_order(code)
            ledger.columns.pop(code, None)
        return Known(day, _Latest(_by_code(sorted(left, key=ledger.order)), ledger), ledger)

    def as_of(self, day: date | None) -> Figures:
        """Without what was reported after `day` (None: everything); undated rows count as always known."""
        if day is None:
            return self
        ledger = None if self.ledger is None else self.ledger.as_of(day)
        return Figures(tuple(f for f in self.single if f.reported_on is None or f.reported_on <= day), ledger)

    def without(self, keys: Collection[FigureKey]) -> Figures:
        """The figures but those of these keys, in all their versions."""
        ledger = None if self.ledger is None else self.ledger.without(keys)
        return Figures(tuple(f for f in self.single if f.key not in keys), ledger)

    def versions(self, code: str) -> Iterator[Figure]:
        """Every version of the figures of one indicator, by period, area and day."""
        yield from sorted(
            self.of(code), key=lambda f: (f.period.year, f.period.last, f.period.first, f.area or "", f.version)
        )


Latest = Mapping[str, Mapping[Stretch, Mapping[str | None, Figure]]]


def _by_code(figures: Iterable[Figure]) -> dict[str, dict[Stretch, dict[str | None, Figure]]]:
    found: dict[str, dict[Stretch, dict[str | None, Figure]]] = {}
    for figure in figures:
        found.setdefault(figure.code, {}).setdefault(figure.stretch, {})[figure.area] = figure
    return found


class _Latest(Mapping[str, Mapping[Stretch, Mapping[str | None, Figure]]]):
    """Figures by code, stretch and area, those of a ledger made when their code is asked for; only the last code's stay."""

    def __init__(self, single: Latest, ledger: Ledger) -> None:
        self._single, self._ledger = single, ledger
        self._last: tuple[str, Mapping[Stretch, Mapping[str | None, Figure]]] | None = None

    def __getitem__(self, code: str) -> Mapping[Stretch, Mapping[str | None, Figure]]:
        if code in self._single:
            return self._single[code]
        if self._last is None or self._last[0] != code:
            figures = self._ledger.in_order(code)
            if not figures:
                raise KeyError(code)
            self._last = code, _by_code(figures)[code]
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return itertools.chain(self._single, self._ledger.columns)

    def __len__(self) -> int:
        return len(self._single) + len(self._ledger.columns)


@dataclass(frozen=True)
class Known:
    """The figures as they were known at the end of `day`: one for each indicator, stretch and area.

    `ledger` has those of the codes that are in it whole; `latest` has all.
    """

    day: date | None
    latest: Latest
    ledger: Ledger | None = None

    def columns(self, code: str) -> dict[Stretch, Column] | None:
        """The ledger's columns of an indicator that only areas report, for stretches of which none overlaps another, in
        the order in which they were first met: nothing about it needs more than one column at a time. Else None."""
        if self.ledger is None or code not in self.ledger.columns:
            return None
        if code not in self._columns:
            self._columns[code] = self._plain_columns(self.ledger, self.ledger.columns[code])
        return self._columns[code]

    @cached_property
    def _columns(self) -> dict[str, dict[Stretch, Column] | None]:
        return {}

    def _plain_columns(self, ledger: Ledger, by_stretch: Mapping[Stretch, Column]) -> dict[Stretch, Column] | None:
        given = [(ledger.first(column), stretch) for stretch, column in by_stretch.items() if column.count]
        ends = sorted(stretch for _, stretch in given)
        overlaps = any(before[1] >= after[0] for before, after in itertools.pairwise(ends))
        if overlaps or any(by_stretch[stretch].lines[0] for stretch in ends):
            return None
        return {stretch: by_stretch[stretch] for _, stretch in sorted(given)}

    def stretches(self, code: str) -> Iterable[Stretch]:
        """The stretches for which there is a figure of `code`."""
        if self.ledger is not None and code in self.ledger.columns:
            return [stretch for stretch, column in self.ledger.columns[code].items() if column.count]
        return self.latest.get(code, {})

    def figures(self, code: str) -> Iterator[Figure]:
        for by_area in self.latest.get(code, {}).values():
            yield from by_area.values()

    @property
    def size(self) -> int:
        """How many figures are known, each counted once however often it was corrected."""
        codes = self.latest.keys() - (self.ledger.columns if self.ledger is not None else ())
        single = sum(len(by_area) for code in codes for by_area in self.latest[code].values())
        return single + (self.ledger.count if self.ledger is not None else 0)

    def last_month(self, codes: Iterable[str]) -> int | None:
        """The latest month that any figure of these indicators reaches; None where there is no figure."""
        return max((last for code in codes for _, last in self.stretches(code)), default=None)

    def series(self, code: str, *, percent: bool) -> dict[str | None, Amounts]:
        """The amounts of the town (None) and of each area that has reported, each by itself."""
        found: dict[str | None, dict[Stretch, Amount]] = {}
        for stretch, by_area in self.latest.get(code, {}).items():
            for area, figure in by_area.items():
                found.setdefault(area, {})[stretch] = own_amount(figure, percent)
        return dict(found)

    def lacking(self, column: Column, due: Iterable[str]) -> tuple[str, ...]:
        """Those of the areas that are due which have no figure in a column."""
        assert self.ledger is not None
        if column.is_full:
            return ()
        place_of, lines = self.ledger.place_of, column.lines
        return tuple(area for area in due if (at := place_of.get(area)) is None or not lines[at])

    def reporting(self, code: str) -> tuple[str, ...]:
        """The areas that have reported anything of `code`, by their names."""
        columns = self.columns(code)
        if columns is None:
            areas = {area for by_area in self.latest.get(code, {}).values() for area in by_area}
        else:
            assert self.ledger is not None
            areas = {self.ledger.areas[at] for column in columns.values() for at in column.occupied}
        return tuple(sorted(area for area in areas if area is not None))

    def added_up(
        self, code: str, *, percent: bool, additive: bool, areas_due: Callable[[Stretch], Iterable[str]]
    ) -> Amounts:
        """A level over the areas of each stretch: their sum, or Σ numerator ÷ Σ denominator.

        `percent`: a ratio is times 100. `additive`: the values may be summed. `areas_due` are those that were to
        report a stretch, so that missing ones can be named. A stretch whose areas cannot be added is left out.
        """
        found: dict[Stretch, Amount] = {}
        columns = self.columns(code)
        if columns is not None:
            assert self.ledger is not None
            for stretch, column in columns.items():
                sum_ = column_added_up(self.ledger, column, percent, additive)
                if sum_ is not None:
                    found[stretch] = sum_._replace(areas_missing=self.lacking(column, areas_due(stretch)))
            return found
        for stretch, by_area in self.latest.get(code, {}).items():
            figures = sorted((f for area, f in by_area.items() if area is not None), key=lambda figure: figure.place)
            together = _added_up(figures, percent, additive) if figures else None
            if together is not None:
                missing = tuple(area for area in areas_due(stretch) if area not in by_area)
                found[stretch] = together._replace(areas_missing=missing)
        return found


def column_added_up(ledger: Ledger, column: Column, percent: bool, additive: bool) -> Amount | None:
    """The areas of a column together; None where they cannot be added."""
    if not can_add_up(column, additive=additive):
        return None
    kinds = {origin.kind for origin in ledger.origins_of(column)}
    kind = Kind.ESTIMATE if Kind.ESTIMATE in kinds else Kind.OFFICIAL
    value = column.quotient * (100 if percent else 1) if column.has_parts else column.total
    return Amount(value, None, kind, Behind(ledger, column))


def can_add_up(column: Column, *, additive: bool) -> bool:
    """Whether the areas of a column can be added: all have a numerator and a denominator, or may be and have a value."""
    return column.has_parts or (additive and column.has_values)


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
