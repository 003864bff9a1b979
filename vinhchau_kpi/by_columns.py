"""The questions of `figures` answered from a ledger: very many figures, looked at by whole columns.

What does not fit into the ledger is held one by one beside it. Of an indicator whose figures the columns cannot judge by
themselves (the town reports too, or stretches overlap) the figures are made one by one when they are asked for.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import repeat
from operator import rshift
from typing import overload

from vinhchau_kpi.figure import Amount, Amounts, Figure, FigureKey, KeysOfCode, Kind, LazyFigures, Stretch
from vinhchau_kpi.figures import (
    Answers,
    ByStretch,
    Compared,
    Known,
    MayBeOdd,
    PlainAnswers,
    PlainFigures,
    are_several,
    blanked,
    by_stretch,
    compared_one_by_one,
    differing_one_by_one,
    in_order,
    latest,
    plain_answers,
    side_by_side,
)
from vinhchau_kpi.ledger import NOTHING, SCALE, SHIFT, Column, Ledger


class LedgerFigures:
    """`Figures` of which those of long files are in a ledger, the others one by one.

    Of each figure the ledger holds one version; where there are more, the others are among those held one by one.
    """

    def __init__(self, single: PlainFigures, ledger: Ledger) -> None:
        self._single, self._ledger = single, ledger

    @property
    def size(self) -> int:
        return self._single.size + self._ledger.count

    @property
    def rows(self) -> tuple[Figure, ...]:
        every = itertools.chain(self._single.rows, *map(self._ledger.in_order, self._ledger.columns))
        return tuple(sorted(every, key=self._ledger.order))

    def of(self, code: str) -> Sequence[Figure]:
        return sorted([*self._single.of(code), *self._ledger.in_order(code)], key=self._ledger.order)

    @cached_property
    def _by_key(self) -> dict[FigureKey, list[Figure]]:
        """Every version of each figure that is held one by one, the ledger's among them."""
        found = {}
        for key, versions in self._single.by_key.items():
            other = self._ledger.find(key)
            found[key] = versions if other is None else sorted([*versions, other], key=self._ledger.order)
        return found

    def repeated(self) -> Iterator[Sequence[Figure]]:
        return filter(are_several, self._by_key.values())

    def blanked(self) -> Iterator[tuple[Figure, Figure]]:
        others = {(key.code, key.stretch) for key in self._single.by_key}
        blanks = itertools.chain(self._single.blanks, self._ledger.blanks_beside(others))
        return blanked(sorted(blanks, key=self._ledger.order), self._versions)

    def _versions(self, key: FigureKey) -> Sequence[Figure]:
        """Every version of one figure."""
        if key in self._by_key:
            return self._by_key[key]
        found = self._ledger.find(key)
        return [] if found is None else [found]

    def of_short_files(self, most: int) -> Mapping[str, Sequence[Figure]]:
        sizes = self._ledger.sizes() + Counter(figure.place.file for figure in self._single.rows)
        short = {file for file, size in sizes.items() if size <= most}
        every = [figure for figure in self._single.rows if figure.place.file in short]
        every += self._ledger.of_files(short)
        found: dict[str, list[Figure]] = {}
        for figure in sorted(every, key=self._ledger.order):
            found.setdefault(figure.place.file, []).append(figure)
        return found

    def as_of(self, day: date | None) -> LedgerFigures:
        return self if day is None else LedgerFigures(self._single.as_of(day), self._ledger.as_of(day))

    def without(self, keys: Collection[FigureKey]) -> LedgerFigures:
        return LedgerFigures(self._single.without(keys), self._ledger.without(keys)) if keys else self

    def known_on(self, day: date | None) -> Known:
        if day is not None:
            return replace(self.as_of(day).known_on(None), day=day)
        counting = {key: latest(versions) for key, versions in self._by_key.items()}
        ledger = self._ledger.without([key for key, figure in counting.items() if figure is None])
        ledger, left = ledger.with_(filter(None, counting.values()))
        for code in {figure.code for figure in left}:
            # What columns hold of an indicator in part is not asked of them.
            left += ledger.in_order(code)
            ledger.columns.pop(code, None)
        return Known(None, LedgerAnswers(plain_answers(sorted(left, key=ledger.order)), ledger))


class LedgerAnswers(Mapping[str, Answers]):
    """By code, those of a ledger beside `plain` ones."""

    def __init__(self, plain: Mapping[str, Answers], ledger: Ledger) -> None:
        self._found = dict(plain)
        self._ledger = ledger
        self._codes = dict.fromkeys((*plain, *ledger.columns))
        self.made: tuple[str, ByStretch] | None = None
        """The figures of the indicator for which they were made last; those of one at a time fit into memory."""

    def __getitem__(self, code: str) -> Answers:
        if code not in self._found:
            columns = _simple_columns(self._ledger, self._ledger.columns[code])
            if columns is None:
                self._found[code] = MadeAnswers(self, self._ledger, code)
            else:
                self._found[code] = ColumnAnswers(self._ledger, code, columns)
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


def _simple_columns(ledger: Ledger, columns: Mapping[Stretch, Column]) -> dict[Stretch, Column] | None:
    """The columns with figures in the order in which they were first met; None where the town has a figure, or a stretch
    overlaps another."""
    given = [(ledger.first(column), stretch) for stretch, column in columns.items() if column.count]
    ends = sorted(stretch for _, stretch in given)
    overlaps = any(before[1] >= after[0] for before, after in itertools.pairwise(ends))
    if overlaps or any(columns[stretch].lines[0] for stretch in ends):
        return None
    return {stretch: columns[stretch] for _, stretch in sorted(given)}


def _official(ledger: Ledger, columns: Mapping[Stretch, Column]) -> list[Stretch]:
    """The stretches whose columns have an official figure."""
    return [
        stretch
        for stretch, column in columns.items()
        if any(origin.kind is Kind.OFFICIAL for origin in ledger.origins_of(column))
    ]


class MadeAnswers(PlainAnswers):
    """`Answers` from figures that are made one by one, unless only how many there are is asked."""

    def __init__(self, shelf: LedgerAnswers, ledger: Ledger, code: str) -> None:
        self._shelf, self._ledger, self._code = shelf, ledger, code

    @property
    def _figures(self) -> ByStretch:
        if self._shelf.made is None or self._shelf.made[0] != self._code:
            self._shelf.made = self._code, by_stretch(self._ledger.in_order(self._code))
        return self._shelf.made[1]

    @property
    def size(self) -> int:
        return sum(column.count for column in self._ledger.columns[self._code].values())

    @property
    def stretches(self) -> Collection[Stretch]:
        return [stretch for stretch, column in self._ledger.columns[self._code].items() if column.count]

    @property
    def official_stretches(self) -> Collection[Stretch]:
        return _official(self._ledger, self._ledger.columns[self._code])


class ColumnAnswers:
    """`Answers` from the columns of a ledger, one for each stretch: only areas report, and no stretch overlaps another."""

    def __init__(self, ledger: Ledger, code: str, columns: Mapping[Stretch, Column]) -> None:
        self.ledger, self.code, self.columns = ledger, code, columns

    @property
    def size(self) -> int:
        return sum(column.count for column in self.columns.values())

    @property
    def stretches(self) -> Collection[Stretch]:
        return self.columns.keys()

    @property
    def official_stretches(self) -> Collection[Stretch]:
        return _official(self.ledger, self.columns)

    @property
    def is_simple(self) -> bool:
        return True

    def figures(self) -> Iterator[Figure]:
        for by_area in by_stretch(self.ledger.in_order(self.code)).values():
            yield from by_area.values()

    def of_town(self) -> Mapping[Stretch, Figure]:
        return {}

    def first_of_areas(self, stretch: Stretch) -> Figure | None:
        return self.ledger.least(self.columns[stretch]) if stretch in self.columns else None

    def reporting(self) -> tuple[str, ...]:
        return self._reporting

    @cached_property
    def _reporting(self) -> tuple[str, ...]:
        places = {at for column in self.columns.values() for at in column.occupied}
        return tuple(sorted(area for at in places if (area := self.ledger.areas[at]) is not None))

    def added_up(self, *, percent: bool, additive: bool, areas_due: Callable[[Stretch], Iterable[str]]) -> Amounts:
        found: dict[Stretch, Amount] = {}
        for stretch, column in self.columns.items():
            if not (column.has_parts or (additive and column.has_values)):
                continue
            kinds = {origin.kind for origin in self.ledger.origins_of(column)}
            kind = Kind.ESTIMATE if Kind.ESTIMATE in kinds else Kind.OFFICIAL
            ratio_of = column.ratio_of if column.has_parts else None
            value = column.total if ratio_of is None else ratio_of[0] / ratio_of[1] * (100 if percent else 1)
            missing = self._without_figure(column, areas_due(stretch))
            found[stretch] = Amount(value, None, kind, ColumnFigures(self.ledger, column), missing, (), ratio_of)
        return found

    def _without_figure(self, column: Column, areas: Iterable[str]) -> tuple[str, ...]:
        if column.is_full:
            return ()
        place_of, lines = self.ledger.place_of, column.lines
        return tuple(area for area in areas if (at := place_of.get(area)) is None or not lines[at])

    def worth_judging(self, may_be_odd: MayBeOdd, *, percent: bool) -> Iterator[Sequence[Figure]]:
        in_time = sorted(self.columns, key=lambda stretch: stretch[1])
        numbers = (_millionths(self.columns[stretch], percent) for stretch in in_time)
        for at, (area, *of_area) in enumerate(zip(self.ledger.areas, *numbers, strict=False)):
            if max(of_area, default=NOTHING) != NOTHING and may_be_odd(area, of_area):
                yield [self.ledger.figure(column, at) for column in self.columns.values() if column.lines[at]]

    def parts_worth_judging(self, parts: Sequence[Answers], *, complete: bool) -> Iterator[tuple[Figure, list[Figure]]]:
        of_parts = [self._columns_of(part) for part in parts]
        if None in of_parts:
            yield from side_by_side(self, parts)
            return
        for stretch, column in self.columns.items():
            given = [columns[stretch] for columns in of_parts if columns and stretch in columns]
            values = [map(rshift, one.values, repeat(SHIFT)) for one in given]
            wholes = map(rshift, column.values, repeat(SHIFT))
            are_all = complete and len(given) == len(parts)
            for at, (whole, *numbers) in enumerate(zip(wholes, *values, strict=True)):
                if not _fit(whole, numbers, complete, are_all):
                    yield (
                        self.ledger.figure(column, at),
                        [self.ledger.figure(one, at) for one in given if one.lines[at]],
                    )

    def _columns_of(self, other: Answers) -> Mapping[Stretch, Column] | None:
        """The columns of another indicator of the same ledger; None where its figures are kept otherwise."""
        if isinstance(other, ColumnAnswers) and other.ledger is self.ledger:
            return other.columns
        return None if other.size else {}

    def compared(self, other: Answers, until: tuple[int, int]) -> Compared:
        if not isinstance(other, ColumnAnswers) or not self.ledger.is_akin_to(other.ledger):
            return compared_one_by_one(self, other, until)
        mine, theirs = self.ledger, other.ledger
        before = {stretch: column for stretch, column in self.columns.items() if stretch[1] <= until[0]}
        after = {stretch: column for stretch, column in other.columns.items() if stretch[1] <= until[1]}
        # A column that nothing was reported for in between is the same on both days.
        both = [(stretch, before[stretch], after[stretch]) for stretch in before if stretch in after]
        changed = [(stretch, one, another) for stretch, one, another in both if one is not another]
        is_new = before.keys() != after.keys() or not all(one.is_filled_as(another) for _, one, another in changed)
        restated = [
            (mine.figure(one, at), theirs.figure(another, at))
            for _, one, another in changed
            for at in one.differing(another)
        ]

        def later() -> Answers:
            ledger = mine.overlaid(theirs, self.code, [stretch for stretch, _, _ in changed])
            columns = ledger.columns[self.code]
            return ColumnAnswers(ledger, self.code, {stretch: columns[stretch] for stretch in self.columns})

        return Compared(is_new, in_order(restated), later)

    def differing(self, other: Answers) -> Iterator[tuple[Figure | None, Figure | None]]:
        if not isinstance(other, ColumnAnswers) or self.ledger.areas != other.ledger.areas:
            yield from differing_one_by_one(self, other)
            return
        mine, theirs = self.ledger, other.ledger
        for stretch in dict.fromkeys((*self.columns, *other.columns)):
            one, another = self.columns.get(stretch), other.columns.get(stretch)
            for at in _differing_places(mine, one, theirs, another):
                yield (
                    mine.figure(one, at) if one is not None and one.lines[at] else None,
                    theirs.figure(another, at) if another is not None and another.lines[at] else None,
                )


def _differing_places(mine: Ledger, one: Column | None, theirs: Ledger, another: Column | None) -> Iterable[int]:
    """The places at which two ledgers of the same areas do not have the same figure, of one indicator and stretch."""
    if one is None or another is None:
        given = one or another
        return given.occupied if given is not None else ()
    found = set(one.differing(another))
    if not one.is_filled_as(another):
        pairs = zip(one.lines, another.lines, strict=True)
        found.update(at for at, (line, other) in enumerate(pairs) if bool(line) is not bool(other))
    if len({origin.kind for origin in (*mine.origins_of(one), *theirs.origins_of(another))}) > 1:
        both = (at for at in one.occupied if another.lines[at])
        found.update(at for at in both if mine.kind(one, at) is not theirs.kind(another, at))
    return sorted(found)


def _millionths(column: Column, percent: bool) -> list[int]:
    """The numbers of a column in millionths, a ratio rounded down; `NOTHING` where there is none."""
    if not column.numerators:
        return list(map(rshift, column.values, repeat(SHIFT)))
    times = SCALE * (100 if percent else 1)
    return [
        (over >> SHIFT) * times // (under >> SHIFT) if over != NOTHING and under >> SHIFT > 0 else value >> SHIFT
        for value, over, under in zip(*column.numbers, strict=True)
    ]


def _fit(whole: int, parts: list[int], complete: bool, are_all: bool) -> bool:
    """Whether parts make their whole to the last digit, or stay within it where some have no figure (a number below 0)."""
    if whole < 0 or not parts:
        return True
    if are_all and min(parts) >= 0:
        return sum(parts) == whole
    return max(parts) <= whole and (not complete or sum(part for part in parts if part > 0) <= whole)


@dataclass(frozen=True)
class ColumnFigures(LazyFigures):
    """The figures of a column, by file and line."""

    ledger: Ledger
    column: Column

    def __len__(self) -> int:
        return self.column.count

    def __iter__(self) -> Iterator[Figure]:
        return (self.ledger.figure(self.column, at) for at in self._places)

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Figure]: ...
    def __getitem__(self, at: int | slice) -> Figure | Sequence[Figure]:
        if isinstance(at, slice):
            return [self.ledger.figure(self.column, one) for one in self._places[at]]
        return self.ledger.figure(self.column, self._places[at])

    @cached_property
    def _places(self) -> list[int]:
        column = self.column
        file_of = {at: one.place.file for at in column.used if (one := self.ledger.origins[at]) is not None}
        return sorted(column.occupied, key=lambda at: (file_of[column.origins[at]], column.lines[at]))

    @property
    def version(self) -> date:
        return max(one.version for one in self.ledger.origins_of(self.column))

    def among(self, keys: KeysOfCode) -> set[FigureKey]:
        if not self.column.count:
            return set()
        code, place_of, lines = next(iter(self)).code, self.ledger.place_of, self.column.lines
        # Areas that were met after the column was made have no place in it.
        places = ((key, place_of.get(key.area, len(lines))) for key in keys.get(code, ()))
        held = ((key, at) for key, at in places if at < len(lines) and lines[at])
        return {key for key, at in held if self.ledger.figure(self.column, at).key == key}
