"""Very many plain figures, by columns: a column for each indicator and stretch of months, a place in it for each area.

A `Figure` of its own takes half a kilobyte; a place takes some twenty bytes, and columns are compared and added up as
wholes. What does not fit in (a second version, a cumulative, a number below 0 or of many decimals) stays a `Figure`
beside the ledger. Any place can be made a `Figure` again, exactly as it was read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain, repeat
from operator import rshift

from vinhchau_kpi.figure import Figure, FigureKey, Stretch

PLACES = 6
"""Decimals that a number of the ledger has at most."""
SCALE = 10**PLACES
SHIFT = 3
"""Bits of a packed number that say how many decimals were written."""
NOTHING = -1
"""No number stands here."""
LARGEST = 10**12
"""What a number of the ledger stays below, so that 64 bits hold it."""


def packed(value: Decimal | None) -> int | None:
    """A number as the ledger keeps it: millionths, and how many decimals it was written with; None where it cannot."""
    if value is None:
        return NOTHING
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -PLACES <= exponent <= 0 or not 0 <= value < LARGEST:
        return None
    return int(value.scaleb(PLACES)) << SHIFT | -exponent


def unpacked(number: int) -> Decimal | None:
    """The number as it was written, trailing zeros and all."""
    if number == NOTHING:
        return None
    places = number & (1 << SHIFT) - 1
    return Decimal((number >> SHIFT) // 10 ** (PLACES - places)).scaleb(-places)


def total(numbers: array[int]) -> Fraction:
    """The exact sum of packed numbers."""
    # What is nothing is -1 also without its last bits.
    return Fraction(sum(map(rshift, numbers, repeat(SHIFT))) + numbers.count(NOTHING), SCALE)


class Column:
    """One indicator's figures of one stretch. Place 0 is the whole town, the others are areas.

    lines       the line of the file; 0 where there is no figure
    origins     which of the ledger's origins the figure has
    values, numerators, denominators   packed numbers

    What is asked of it as a whole is worked out once, so it is to be asked for when all figures are there. Columns are
    shared by what was known on several days, as far as nothing was reported in between.
    """

    __slots__ = ("__dict__", "_firsts", "denominators", "lines", "numerators", "origins", "values")

    def __init__(self, places: int) -> None:
        self.lines = array("I", bytes(4 * places))
        self.origins = array("I", bytes(4 * places))
        self.values = array("q", (NOTHING,)) * places
        self.numerators = array("q")
        self.denominators = array("q")
        """Empty until there is a rate."""
        self._firsts: tuple[tuple[int, int, int], ...] | None = None

    def keep_parts(self) -> None:
        """Make room for numerators and denominators."""
        if not self.numerators:
            self.numerators.extend(array("q", (NOTHING,)) * len(self.lines))
            self.denominators.extend(array("q", (NOTHING,)) * len(self.lines))

    def grow(self, places: int) -> None:
        self.lines.extend(array("I", bytes(4 * places)))
        self.origins.extend(array("I", bytes(4 * places)))
        for numbers in (self.values, *([self.numerators, self.denominators] if self.numerators else [])):
            numbers.extend(array("q", (NOTHING,)) * places)

    def copy(self) -> Column:
        other = Column(0)
        other.lines, other.origins, other.values = self.lines[:], self.origins[:], self.values[:]
        other.numerators, other.denominators = self.numerators[:], self.denominators[:]
        return other

    def forget(self) -> None:
        """What was worked out of it holds no longer: a figure comes or goes."""
        vars(self).clear()
        self._firsts = None

    def clear(self, at: int) -> None:
        self.forget()
        self.lines[at] = self.origins[at] = 0
        self.values[at] = NOTHING
        if self.numerators:
            self.numerators[at] = self.denominators[at] = NOTHING

    @cached_property
    def count(self) -> int:
        """How many figures it has."""
        return len(self.lines) - self.lines.count(0)

    @cached_property
    def used(self) -> frozenset[int]:
        """The origins that its figures have; nobody's, where places are without one."""
        return frozenset(self.origins)

    @cached_property
    def has_values(self) -> bool:
        """Whether each of its figures has a value."""
        return self.values.count(NOTHING) == len(self.lines) - self.count

    @cached_property
    def has_parts(self) -> bool:
        """Whether each of its figures has a numerator and a denominator."""
        blank = len(self.lines) - self.count
        return bool(self.numerators) and self.numerators.count(NOTHING) == blank == self.denominators.count(NOTHING)

    @cached_property
    def total(self) -> Fraction:
        """The exact sum of its values."""
        return total(self.values)

    @cached_property
    def quotient(self) -> Fraction:
        """Σ numerator ÷ Σ denominator, exact."""
        return total(self.numerators) / total(self.denominators)

    @property
    def is_full(self) -> bool:
        """Whether every area has a figure."""
        return self.count == len(self.lines) - 1 and not self.lines[0]

    def firsts(self, rank_of: Callable[[int], int]) -> tuple[tuple[int, int, int], ...]:
        """The first figure of each file that has one here: the file's rank, the line, the place. `rank_of`: the rank of the
        file of an origin."""
        if self._firsts is None:
            ranks = {origin: rank_of(origin) for origin in self.used if origin}
            if len(set(ranks.values())) == 1:
                line = min(filter(None, self.lines))
                self._firsts = ((next(iter(ranks.values())), line, self.lines.index(line)),)
            else:
                least: dict[int, tuple[int, int]] = {}
                for at in self.occupied:
                    rank, line = ranks[self.origins[at]], self.lines[at]
                    least[rank] = min(least.get(rank, (line, at)), (line, at))
                self._firsts = tuple((rank, line, at) for rank, (line, at) in least.items())
        return self._firsts

    @property
    def occupied(self) -> list[int]:
        """The places that have a figure."""
        return [at for at, line in enumerate(self.lines) if line]

    # Two columns of the same places

    def is_filled_as(self, other: Column) -> bool:
        """Whether both have figures at the same places, whatever their numbers."""
        return self.lines == other.lines or list(map(bool, self.lines)) == list(map(bool, other.lines))

    def differing(self, other: Column) -> list[int]:
        """The places where both have a figure, with other numbers; 1.0 and 1.00 are the same number."""
        found: set[int] = set()
        for mine, theirs in zip(self.numbers, other.numbers, strict=True):
            if mine != theirs:
                pairs = zip(mine or repeat(NOTHING), theirs or repeat(NOTHING), strict=False)
                found.update(at for at, (one, two) in enumerate(pairs) if one >> SHIFT != two >> SHIFT)
        return sorted(at for at in found if self.lines[at] and other.lines[at])

    def overlaid(self, other: Column) -> Column:
        """The figures of `other` where both have one, elsewhere its own."""
        found = self.copy()
        if other.numerators:
            found.keep_parts()
        for at in self.occupied:
            if other.lines[at]:
                found.lines[at], found.origins[at] = other.lines[at], other.origins[at]
                for numbers, theirs in zip(found.numbers, other.numbers, strict=True):
                    if numbers:
                        numbers[at] = theirs[at] if theirs else NOTHING
        return found

    @property
    def numbers(self) -> tuple[array[int], array[int], array[int]]:
        return self.values, self.numerators, self.denominators


class Ledger:
    """Figures by code, stretch and area; at most one of each.

    `origins`: what many figures have in common, each as a `Figure` without numbers and area, on line 0; the first is
    nobody's. `files`: the files in the order they were read.
    """

    def __init__(self, areas: Iterable[str] = ()) -> None:
        self.areas: list[str | None] = [None, *areas]
        self.place_of: dict[str | None, int] = {area: at for at, area in enumerate(self.areas)}
        self.columns: dict[str, dict[Stretch, Column]] = {}
        self.origins: list[Figure | None] = [None]
        self.files: dict[str, int] = {}
        self._origin_of: dict[Figure, int] = {}
        self._room = len(self.areas)

    # Putting in

    def column(self, code: str, stretch: Stretch) -> Column:
        """The column of a stretch, for figures to be put in."""
        by_stretch = self.columns.setdefault(code, {})
        if stretch not in by_stretch:
            by_stretch[stretch] = Column(self._room)
        by_stretch[stretch].forget()
        return by_stretch[stretch]

    def place(self, area: str | None) -> int:
        """Where an area stands in every column; a new one is given a place."""
        at = self.place_of.get(area)
        if at is None:
            at = self.place_of[area] = len(self.areas)
            self.areas.append(area)
            if at >= self._room:
                for column in self._all():
                    column.grow(self._room)
                self._room *= 2
        return at

    def origin(self, figure: Figure) -> int:
        """The number of what `figure` has in common with others."""
        bare = figure._replace(
            area=None, value=None, numerator=None, denominator=None, place=replace(figure.place, line=0)
        )
        found = self._origin_of.get(bare)
        if found is None:
            self.files.setdefault(figure.place.file, len(self.files))
            found = self._origin_of[bare] = len(self.origins)
            self.origins.append(bare)
        return found

    def put(self, figure: Figure) -> bool:
        """Take a figure in; False where it does not fit, or another stands in its place."""
        numbers = [packed(number) for number in (figure.value, figure.numerator, figure.denominator)]
        if None in numbers or figure.cumulative is not None or figure.place.line is None:
            return False
        column, at = self.column(figure.code, figure.stretch), self.place(figure.area)
        if column.lines[at]:
            return False
        value, numerator, denominator = (NOTHING if number is None else number for number in numbers)
        column.lines[at], column.origins[at], column.values[at] = figure.place.line, self.origin(figure), value
        if numerator != NOTHING or column.numerators:
            column.keep_parts()
            column.numerators[at], column.denominators[at] = numerator, denominator
        return True

    # Taking out

    def figure(self, code_column: Column, at: int) -> Figure:
        """The figure that stands at a place which has one."""
        origin = self.origins[code_column.origins[at]]
        assert origin is not None
        return origin._replace(
            area=self.areas[at],
            value=unpacked(code_column.values[at]),
            numerator=unpacked(code_column.numerators[at]) if code_column.numerators else None,
            denominator=unpacked(code_column.denominators[at]) if code_column.numerators else None,
            place=replace(origin.place, line=code_column.lines[at]),
        )

    def find(self, key: FigureKey) -> Figure | None:
        column, at = self.columns.get(key.code, {}).get(key.stretch), self.place_of.get(key.area)
        figure = self.figure(column, at) if column is not None and at is not None and column.lines[at] else None
        return figure if figure is not None and figure.period == key.period else None

    def in_order(self, code: str) -> list[Figure]:
        """The figures of one indicator in the order in which they were read."""
        found = [self.figure(column, at) for column in self.columns.get(code, {}).values() for at in column.occupied]
        return sorted(found, key=self.order)

    def order(self, figure: Figure) -> tuple[int, int]:
        """When a figure was read: by its file, then its line."""
        return self.files[figure.place.file], figure.place.line or 0

    def first(self, column: Column) -> tuple[int, int]:
        """When the first figure of a column was read."""
        return min((rank, line) for rank, line, _ in column.firsts(self._rank))

    def least(self, column: Column) -> Figure:
        """The figure whose place comes first by name of file, line and column."""
        firsts = column.firsts(self._rank)
        return min((self.figure(column, at) for _, _, at in firsts), key=lambda figure: figure.place)

    def _rank(self, origin: int) -> int:
        found = self.origins[origin]
        assert found is not None
        return self.files[found.place.file]

    def origins_of(self, column: Column) -> list[Figure]:
        """What the figures of a column have in common with others, each once."""
        return [found for origin in column.used if (found := self.origins[origin]) is not None]

    @cached_property
    def by_file(self) -> dict[str, list[Figure]]:
        """What the figures of each file have in common with others. To be asked for when all are there."""
        used = {origin for column in self._all() for origin in column.used}
        found: dict[str, list[Figure]] = {}
        for origin in sorted(used):
            one = self.origins[origin]
            if one is not None:
                found.setdefault(one.place.file, []).append(one)
        return found

    @property
    def count(self) -> int:
        return sum(column.count for column in self._all())

    def _all(self) -> Iterator[Column]:
        return chain.from_iterable(by_stretch.values() for by_stretch in self.columns.values())

    def is_akin_to(self, other: Ledger) -> bool:
        """Whether both were made from one: a place and an origin are the same in both."""
        return self.place_of is other.place_of

    # Changed copies; columns that stay as they are are shared

    def _changed(self, columns: dict[str, dict[Stretch, Column]]) -> Ledger:
        other = Ledger()
        other.areas, other.place_of, other.origins = self.areas, self.place_of, self.origins
        other.files, other._origin_of, other._room = self.files, self._origin_of, self._room
        other.columns = columns
        return other

    def as_of(self, day: date) -> Ledger:
        """Without what was reported after `day`."""
        late = {
            at for at, one in enumerate(self.origins) if one is not None and one.reported_on and one.reported_on > day
        }
        columns = {}
        for code, by_stretch in self.columns.items():
            columns[code] = {stretch: _without(column, late) for stretch, column in by_stretch.items()}
        return self._changed(columns)

    def withdraw(self, file: str) -> None:
        """Take out what stands in `file`."""
        of_file = {at for at, one in enumerate(self.origins) if one is not None and one.place.file == file}
        for by_stretch in self.columns.values():
            for stretch, column in by_stretch.items():
                by_stretch[stretch] = _without(column, of_file)

    def without(self, keys: Iterable[FigureKey]) -> Ledger:
        other = self._changed({code: dict(by_stretch) for code, by_stretch in self.columns.items()})
        for key in keys:
            if other.find(key) is not None:
                self._own(other, key.code, key.stretch).clear(other.place_of[key.area])
        return other

    def _own(self, other: Ledger, code: str, stretch: Stretch) -> Column:
        """A column of a changed copy, no longer shared with this ledger."""
        column = other.column(code, stretch)
        if column is self.columns.get(code, {}).get(stretch):
            column = other.columns[code][stretch] = column.copy()
        return column

    def with_(self, figures: Iterable[Figure]) -> tuple[Ledger, list[Figure]]:
        """With these figures in the places of others; those that do not fit are handed back."""
        other = self._changed({code: dict(by_stretch) for code, by_stretch in self.columns.items()})
        left = []
        for figure in figures:
            if figure.area not in self.place_of:
                left.append(figure)
                continue
            self._own(other, figure.code, figure.stretch).clear(other.place(figure.area))
            if not other.put(figure):
                left.append(figure)
        return other, left

    def overlaid(self, other: Ledger, code: str, stretches: Iterable[Stretch]) -> Ledger:
        """One indicator alone: the figures of a ledger akin to this one where both have one in these stretches, elsewhere
        its own."""
        columns = dict(self.columns[code])
        for stretch in stretches:
            mine, theirs = columns[stretch], other.columns[code][stretch]
            if mine is not theirs:
                columns[stretch] = mine.overlaid(theirs)
        return self._changed({code: columns})


def _without(column: Column, origins: Collection[int]) -> Column:
    """The column itself where none of its figures has one of these origins."""
    gone = column.used.intersection(origins)
    if not gone:
        return column
    if column.used <= gone | {0}:
        # Most often: a month's figures were all reported later.
        return Column(len(column.lines))
    rest = column.copy()
    for at, origin in enumerate(column.origins):
        if origin in gone:
            rest.clear(at)
    return rest
