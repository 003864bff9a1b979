"""Very many figures held by columns: one column for each indicator and stretch of months, in it one place for each area.

A `Figure` by itself takes half a kilobyte, a place in a column some twenty bytes, and a column can be added up or compared
at once. Any place can be made a `Figure` again, exactly as it was read. Some figures do not fit in: a second version of the
same figure, a cumulative, a number below 0 or of more than six decimals. They are kept as `Figure` beside the ledger.

Only what reads files and `by_columns`, which answers the questions of `figures`, know of a ledger.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain, repeat
from operator import rshift

from vinhchau_kpi.figure import Figure, FigureKey, Kind, Stretch

PLACES = 6
"""The most decimals that a number in the ledger can have."""
SCALE = 10**PLACES
SHIFT = 3
"""The last three bits of a packed number: how many decimals were written, 0 to 6. The bits above are the number in millionths."""
NOTHING = -1
"""Stands where there is no number."""
LARGEST = 10**12
"""Numbers in the ledger are below this, so that they fit into 64 bits."""


def packed(value: Decimal | None) -> int | None:
    """A number as the ledger keeps it: in millionths, with the count of its decimals in the last bits. None: it does not fit."""
    if value is None:
        return NOTHING
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -PLACES <= exponent <= 0 or not 0 <= value < LARGEST:
        return None
    return int(value.scaleb(PLACES)) << SHIFT | -exponent


def unpacked(number: int) -> Decimal | None:
    """The number as it was written, with its trailing zeros."""
    if number == NOTHING:
        return None
    places = number & (1 << SHIFT) - 1
    return Decimal((number >> SHIFT) // 10 ** (PLACES - places)).scaleb(-places)


def total(numbers: array[int]) -> Fraction:
    """The exact sum of packed numbers."""
    # `NOTHING` shifted is still -1: each one took 1 from the sum.
    return Fraction(sum(map(rshift, numbers, repeat(SHIFT))) + numbers.count(NOTHING), SCALE)


class Column:
    """The figures of one indicator for one stretch, as arrays of equal length. Place 0 is the whole town, each other an area.

    lines       the line of the file on which the figure stands; 0: there is no figure
    origins     the number of the figure's origin, see `Ledger.origins`; 0: there is no figure
    values, numerators, denominators   packed numbers, `NOTHING` where none is given
    notes       the words in the column for notes, by place; most places have none

    Sums and counts are worked out once and kept, so ask for them when all figures are in. What was known on two days shares
    the columns for which nothing was reported in between.
    """

    __slots__ = ("__dict__", "_firsts", "denominators", "lines", "notes", "numerators", "origins", "values")

    def __init__(self, places: int) -> None:
        self.lines = array("I", bytes(4 * places))
        self.origins = array("I", bytes(4 * places))
        self.values = array("q", (NOTHING,)) * places
        self.numerators = array("q")
        self.denominators = array("q")
        """Both are empty until a figure has a numerator and a denominator."""
        self.notes: dict[int, str] = {}
        self._firsts: tuple[tuple[int, int, int], ...] | None = None

    def keep_parts(self) -> None:
        """Make room for numerators and denominators."""
        if not self.numerators:
            self.numerators.extend(array("q", (NOTHING,)) * len(self.lines))
            self.denominators.extend(array("q", (NOTHING,)) * len(self.lines))

    def keep_note(self, at: int, note: str) -> None:
        if note:
            self.notes[at] = note
        else:
            self.notes.pop(at, None)

    def grow(self, places: int) -> None:
        self.lines.extend(array("I", bytes(4 * places)))
        self.origins.extend(array("I", bytes(4 * places)))
        for numbers in (self.values, *([self.numerators, self.denominators] if self.numerators else [])):
            numbers.extend(array("q", (NOTHING,)) * places)

    def copy(self) -> Column:
        other = Column(0)
        other.lines, other.origins, other.values = self.lines[:], self.origins[:], self.values[:]
        other.numerators, other.denominators = self.numerators[:], self.denominators[:]
        other.notes = dict(self.notes)
        return other

    def forget(self) -> None:
        """Drop the sums and counts that were kept: a figure is put in or taken out."""
        vars(self).clear()
        self._firsts = None

    def clear(self, at: int) -> None:
        self.forget()
        self.lines[at] = self.origins[at] = 0
        self.values[at] = NOTHING
        if self.numerators:
            self.numerators[at] = self.denominators[at] = NOTHING
        self.notes.pop(at, None)

    @cached_property
    def count(self) -> int:
        """How many figures there are."""
        return len(self.lines) - self.lines.count(0)

    @cached_property
    def used(self) -> frozenset[int]:
        """The origins of its figures, with 0 among them where a place has no figure."""
        return frozenset(self.origins)

    @cached_property
    def has_values(self) -> bool:
        """Whether every figure has a value."""
        return self.values.count(NOTHING) == len(self.lines) - self.count

    @cached_property
    def has_parts(self) -> bool:
        """Whether every figure has a numerator and a denominator."""
        blank = len(self.lines) - self.count
        return bool(self.numerators) and self.numerators.count(NOTHING) == blank == self.denominators.count(NOTHING)

    @cached_property
    def total(self) -> Fraction:
        """The exact sum of the values."""
        return total(self.values)

    @cached_property
    def ratio_of(self) -> tuple[Fraction, Fraction]:
        """Σ numerator and Σ denominator, exact."""
        return total(self.numerators), total(self.denominators)

    @property
    def is_full(self) -> bool:
        """Whether every area has a figure."""
        return self.count == len(self.lines) - 1 and not self.lines[0]

    def firsts(self, rank_of: Callable[[int], int]) -> tuple[tuple[int, int, int], ...]:
        """The first figure of each file: the file's rank, the line, the place. `rank_of`: from an origin to its file's rank."""
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
        """The places where both have a figure, but with different numbers; 1.0 and 1.00 are the same number."""
        found: set[int] = set()
        for mine, theirs in zip(self.numbers, other.numbers, strict=True):
            if mine != theirs:
                pairs = zip(mine or repeat(NOTHING), theirs or repeat(NOTHING), strict=False)
                found.update(at for at, (one, two) in enumerate(pairs) if one >> SHIFT != two >> SHIFT)
        return sorted(at for at in found if self.lines[at] and other.lines[at])

    def overlaid(self, other: Column) -> Column:
        """A copy with the figures of `other` at the places where both have one."""
        found = self.copy()
        if other.numerators:
            found.keep_parts()
        for at in self.occupied:
            if other.lines[at]:
                found.lines[at], found.origins[at] = other.lines[at], other.origins[at]
                found.keep_note(at, other.notes.get(at, ""))
                for numbers, theirs in zip(found.numbers, other.numbers, strict=True):
                    if numbers:
                        numbers[at] = theirs[at] if theirs else NOTHING
        return found

    @property
    def numbers(self) -> tuple[array[int], array[int], array[int]]:
        return self.values, self.numerators, self.denominators


class Ledger:
    """Figures by code, stretch and area, at most one of each.

    areas     the areas in the order of their places; None, at place 0, is the whole town
    columns   by code and stretch
    origins   what many rows of a file have in common (code, period, agency, kind, report date), each kept once as a
              `Figure` without area, numbers and note, on line 0. Number 0 is no origin
    files     each file's rank: 0 is the one that was read first
    blanks    by origin the rows that have no number: of each, one after the other, the place of its area and its line
    """

    def __init__(self, areas: Iterable[str] = ()) -> None:
        self.areas: list[str | None] = [None, *areas]
        self.place_of: dict[str | None, int] = {area: at for at, area in enumerate(self.areas)}
        self.columns: dict[str, dict[Stretch, Column]] = {}
        self.origins: list[Figure | None] = [None]
        self.files: dict[str, int] = {}
        self.blanks: dict[int, array[int]] = {}
        self._origin_of: dict[Figure, int] = {}
        self._room = len(self.areas)

    # Putting in

    def column(self, code: str, stretch: Stretch) -> Column:
        """The column of a stretch, made if need be, to put figures in."""
        by_stretch = self.columns.setdefault(code, {})
        if stretch not in by_stretch:
            by_stretch[stretch] = Column(self._room)
        by_stretch[stretch].forget()
        return by_stretch[stretch]

    def place(self, area: str | None) -> int:
        """The place of an area, the same in every column; a new area is given one."""
        at = self.place_of.get(area)
        if at is None:
            at = self.place_of[area] = len(self.areas)
            self.areas.append(area)
            if at >= self._room:
                for column in self._all():
                    column.grow(self._room)
                self._room *= 2
        return at

    def settle_dates(self, file: str) -> None:
        """Say of a file's figures, once it is read, that the day surely stands first in its dates."""
        for at, one in enumerate(self.origins):
            if one is not None and one.month_first is not None and one.place.file == file:
                self.origins[at] = one._replace(month_first=None)

    def origin(self, figure: Figure) -> int:
        """The number of the figure's origin; a new one is given a number."""
        bare = figure._replace(
            area=None, value=None, numerator=None, denominator=None, note="", place=replace(figure.place, line=0)
        )
        found = self._origin_of.get(bare)
        if found is None:
            self.files.setdefault(figure.place.file, len(self.files))
            found = self._origin_of[bare] = len(self.origins)
            self.origins.append(bare)
        return found

    def put(self, figure: Figure) -> bool:
        """Put a figure in. False: it does not fit, or its place is taken."""
        numbers = [packed(number) for number in (figure.value, figure.numerator, figure.denominator)]
        if None in numbers or figure.cumulative is not None or figure.place.line is None or figure.withdrawn:
            return False
        column, at = self.column(figure.code, figure.stretch), self.place(figure.area)
        if column.lines[at]:
            return False
        value, numerator, denominator = (NOTHING if number is None else number for number in numbers)
        column.lines[at], column.origins[at], column.values[at] = figure.place.line, self.origin(figure), value
        if numerator != NOTHING or column.numerators:
            column.keep_parts()
            column.numerators[at], column.denominators[at] = numerator, denominator
        column.keep_note(at, figure.note)
        return True

    # Taking out

    def figure(self, column: Column, at: int) -> Figure:
        """The figure at a place; there must be one."""
        origin = self.origins[column.origins[at]]
        assert origin is not None
        return origin._replace(
            area=self.areas[at],
            value=unpacked(column.values[at]),
            numerator=unpacked(column.numerators[at]) if column.numerators else None,
            denominator=unpacked(column.denominators[at]) if column.numerators else None,
            note=column.notes.get(at, ""),
            place=replace(origin.place, line=column.lines[at]),
        )

    def kind(self, column: Column, at: int) -> Kind:
        """The kind of the figure that stands at a place which has one."""
        origin = self.origins[column.origins[at]]
        assert origin is not None
        return origin.kind

    def find(self, key: FigureKey) -> Figure | None:
        column, at = self.columns.get(key.code, {}).get(key.stretch), self.place_of.get(key.area)
        figure = self.figure(column, at) if column is not None and at is not None and column.lines[at] else None
        return figure if figure is not None and figure.period == key.period else None

    def in_order(self, code: str) -> list[Figure]:
        """The figures of one indicator in the order in which they were read."""
        found = [self.figure(column, at) for column in self.columns.get(code, {}).values() for at in column.occupied]
        return sorted(found, key=self.order)

    def blanks_beside(self, others: Collection[tuple[str, Stretch]]) -> Iterator[Figure]:
        """The rows without a number that a figure stands beside: in this ledger, or maybe among those of `others`, which are
        held elsewhere."""
        for number, pairs in self.blanks.items():
            origin = self.origins[number]
            assert origin is not None
            column = self.columns.get(origin.code, {}).get(origin.stretch)
            is_asked = (origin.code, origin.stretch) in others
            for at, line in zip(pairs[::2], pairs[1::2], strict=True):
                if is_asked or (column is not None and column.lines[at]):
                    yield origin._replace(area=self.areas[at], place=replace(origin.place, line=line))

    def sizes(self) -> Counter[str]:
        """How many figures of each file it has."""
        by_origin = Counter(chain.from_iterable(column.origins for column in self._all()))
        found: Counter[str] = Counter()
        for origin, count in by_origin.items():
            one = self.origins[origin]
            if one is not None:
                found[one.place.file] += count
        return found

    def of_files(self, files: Collection[str]) -> list[Figure]:
        """The figures of some files."""
        origins = {at for at, one in enumerate(self.origins) if one is not None and one.place.file in files}
        return [
            self.figure(column, at)
            for column in self._all()
            if not origins.isdisjoint(column.used)
            for at in column.occupied
            if column.origins[at] in origins
        ]

    def order(self, figure: Figure) -> tuple[int, int]:
        """When a figure was read: its file's rank, its line."""
        return self.files[figure.place.file], figure.place.line or 0

    def first(self, column: Column) -> tuple[int, int]:
        """When the first figure of a column was read: its file's rank, its line."""
        return min((rank, line) for rank, line, _ in column.firsts(self._rank))

    def least(self, column: Column) -> Figure:
        """The figure of a column whose place comes first, by name of file and line."""
        firsts = column.firsts(self._rank)
        return min((self.figure(column, at) for _, _, at in firsts), key=lambda figure: figure.place)

    def _rank(self, origin: int) -> int:
        found = self.origins[origin]
        assert found is not None
        return self.files[found.place.file]

    def origins_of(self, column: Column) -> list[Figure]:
        """The origins of the figures of a column, each once."""
        return [found for origin in column.used if (found := self.origins[origin]) is not None]

    @cached_property
    def by_file(self) -> dict[str, list[Figure]]:
        """The origins of the figures of each file. Ask when all figures are in."""
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
        """Whether both are changed copies of one ledger, so that places and origins have the same numbers in both."""
        return self.place_of is other.place_of

    # Changed copies. They share the columns that are not changed

    def _changed(self, columns: dict[str, dict[Stretch, Column]]) -> Ledger:
        other = Ledger()
        other.areas, other.place_of, other.origins = self.areas, self.place_of, self.origins
        other.files, other._origin_of, other._room = self.files, self._origin_of, self._room
        other.blanks = self.blanks
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
        other = self._changed(columns)
        other.blanks = {origin: pairs for origin, pairs in self.blanks.items() if origin not in late}
        return other

    def take_out(self, file: str) -> None:
        """Take out all that `file` gave."""
        of_file = {at for at, one in enumerate(self.origins) if one is not None and one.place.file == file}
        for by_stretch in self.columns.values():
            for stretch, column in by_stretch.items():
                by_stretch[stretch] = _without(column, of_file)
        self.blanks = {origin: pairs for origin, pairs in self.blanks.items() if origin not in of_file}

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
        """A copy with these figures, each in the place of the one that is there; and those that do not fit in."""
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
        """A copy of one indicator alone, with the figures of `other`, which must be akin, where both have one in these
        stretches."""
        columns = dict(self.columns[code])
        for stretch in stretches:
            mine, theirs = columns[stretch], other.columns[code][stretch]
            if mine is not theirs:
                columns[stretch] = mine.overlaid(theirs)
        return self._changed({code: columns})


def _without(column: Column, origins: Collection[int]) -> Column:
    """The column without the figures of these origins; the column itself where it has none of them."""
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
