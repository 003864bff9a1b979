"""Many reported figures and the questions that are asked of them. Here they are answered for figures held one by one.

`Figures`   every version of every figure that was reported
`Known`     of each figure the version that was known on a day
`Answers`   what is known of one indicator: what checks and reports ask

Who asks does not see how figures are kept. `by_columns` answers the same questions from a ledger of very many figures; a
database that answers them can stand beside it. `actual` does the arithmetic of one indicator on what comes out: its
`Amount` for each stretch of months.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from vinhchau_kpi import number
from vinhchau_kpi.doubt import NOTHING_DOUBTED, Doubted
from vinhchau_kpi.figure import Amount, Amounts, Figure, FigureKey, Kind, Stretch, own_amount, ratio


class Figures(Protocol):
    """Every version of every figure of one year, as it was read."""

    @property
    def size(self) -> int:
        """How many rows there are, each version counted."""
        ...

    @property
    def rows(self) -> tuple[Figure, ...]:
        """All of them, in the order in which they were read. Each takes half a kilobyte: ask only where there are few."""
        ...

    def of(self, code: str) -> Sequence[Figure]:
        """Every version of the figures of one indicator, in the order in which they were read."""
        ...

    def repeated(self) -> Iterator[Sequence[Figure]]:
        """The figures of more than one row, or of one that takes back: all versions of each, in the order in which they were
        read."""
        ...

    def blanked(self) -> Iterator[tuple[Figure, Figure]]:
        """Each row without a number that is dated after the figure it would be of, and that figure, which stands."""
        ...

    def of_short_files(self, most: int) -> Mapping[str, Sequence[Figure]]:
        """The figures of each file that has at most `most`, every version, in the order in which they were read."""
        ...

    def as_of(self, day: date | None) -> Figures:
        """Without what was reported after `day` (None: everything). A row without a date counts as always known."""
        ...

    def without(self, keys: Collection[FigureKey]) -> Figures:
        """All but the figures of these keys, which go in all their versions."""
        ...

    def known_on(self, day: date | None) -> Known:
        """What was known at the end of `day` (None: everything): of each figure the version reported last."""
        ...


class Answers(Protocol):
    """What can be asked of one indicator (or commitment) as it was known on a day.

    Of each stretch and area there is at most one figure. Area None is the whole town.
    """

    @property
    def size(self) -> int:
        """How many figures there are."""
        ...

    @property
    def stretches(self) -> Collection[Stretch]:
        """The stretches that have a figure, in the order in which they were first met."""
        ...

    @property
    def official_stretches(self) -> Collection[Stretch]:
        """Those of the stretches that have an official figure."""
        ...

    @property
    def is_simple(self) -> bool:
        """True: only areas report, none of them a cumulative, and no stretch overlaps another, so no figure can contradict
        another and each stretch can be added up by itself. False: that is not so, or nobody has looked."""
        ...

    def figures(self) -> Iterator[Figure]:
        """All figures, one by one."""
        ...

    def of_town(self) -> Mapping[Stretch, Figure]:
        """The figures of the whole town."""
        ...

    def first_of_areas(self, stretch: Stretch) -> Figure | None:
        """Of the areas' figures for a stretch the one whose place comes first; None where no area has one."""
        ...

    def reporting(self) -> tuple[str, ...]:
        """The areas that have reported anything, sorted."""
        ...

    def added_up(self, *, percent: bool, additive: bool, areas_due: Callable[[Stretch], Iterable[str]]) -> Amounts:
        """For each stretch what its areas make: their sum, or Σ numerator ÷ Σ denominator.

        percent     a ratio is times 100
        additive    the values may be summed
        areas_due   the areas that were to report a stretch; those of them without a figure are `Amount.areas_missing`

        A stretch whose areas cannot be added is left out.
        """
        ...

    def worth_judging(self, may_be_odd: MayBeOdd, *, percent: bool) -> Iterator[Sequence[Figure]]:
        """For each area (and the town) its figures, unless its numbers tell that nothing is odd about them. There may be too
        many of them, never too few. `percent`: a ratio is times 100."""
        ...

    def parts_worth_judging(self, parts: Sequence[Answers], *, complete: bool) -> Iterator[tuple[Figure, list[Figure]]]:
        """Each figure with those of its parts that are of the same stretch and area, unless these are known to fit to the last
        digit. `complete`: parts that are all there make the whole; else none of them may be over it."""
        ...

    def compared(self, other: Answers, until: tuple[int, int]) -> Compared:
        """How what `other` knows of the same indicator differs. `until`: the last month that counts here, and there."""
        ...

    def differing(self, other: Answers) -> Iterator[tuple[Figure | None, Figure | None]]:
        """The figures that `other` has not just so, each as it is here and as it is there; None on the side that has none.
        1.0 and 1.00 are the same number; an estimate and an official figure differ."""
        ...


MILLION = 10**6
MayBeOdd = Callable[[str | None, Sequence[int]], bool]
"""Of an area (None: the town) and its numbers: whether its figures are worth judging. The numbers are in the order of the
stretches' ends, one for each stretch, in millionths of the unit rounded down; -1 where nothing is reported."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of one indicator as two sides know them, A and B.

    is_new     one side has a figure of a stretch and area that the other has not
    restated   the figures that both have, with another number: as A and as B has them, by period and area
    later      what A knows, with the figures that both have as B has them
    """

    is_new: bool
    restated: tuple[tuple[Figure, Figure], ...]
    later: Callable[[], Answers]


def in_order(restated: Iterable[tuple[Figure, Figure]]) -> tuple[tuple[Figure, Figure], ...]:
    """By period and area: in which order they stand in the files depends on the version that is known."""
    return tuple(sorted(restated, key=lambda pair: (pair[0].period.last, pair[0].period.first, pair[0].area or "")))


@dataclass(frozen=True)
class Known:
    """The figures as they were known at the end of `day` (None: by all that was read).

    answers    by code
    left_out   those that were reported and contradict each other, so that none of them is among the answers
    doubted    those that may be wrong
    """

    day: date | None
    answers: Mapping[str, Answers]
    left_out: Collection[FigureKey] = ()
    doubted: Doubted = NOTHING_DOUBTED

    def with_doubts(self, doubted: Doubted) -> Known:
        return replace(self, doubted=doubted)

    def of(self, code: str) -> Answers:
        """What is known of one indicator or commitment."""
        return self.answers.get(code, NOTHING)

    @property
    def size(self) -> int:
        """How many figures are known, each counted once however often it was corrected."""
        return sum(answers.size for answers in self.answers.values())

    def last_month(self, codes: Iterable[str], until: int = 12) -> int | None:
        """The latest month, not after `until`, that any figure of these indicators reaches; None where there is none."""
        ends = (last for code in codes for _, last in self.of(code).stretches)
        return max((last for last in ends if last <= until), default=None)

    def reached_month(self, codes: Iterable[str], whole: int = 12) -> int | None:
        """The latest month that official figures of these indicators reach; where there are none, that estimates do, those of all
        `whole` months of the plan last, for they are made before its end. None where there is nothing."""
        every = [self.of(code) for code in codes]
        official = [last for answers in every for _, last in answers.official_stretches]
        stretches = [stretch for answers in every for stretch in answers.stretches]
        ends = (
            official
            or [last for first, last in stretches if (first, last) != (1, whole)]
            or [last for _, last in stretches]
        )
        return max(ends, default=None)

    def series(self, code: str, *, percent: bool) -> dict[str | None, Amounts]:
        """The amounts of the town (None) and of each area that has reported, each by itself."""
        found: dict[str | None, dict[Stretch, Amount]] = {}
        for figure in self.of(code).figures():
            found.setdefault(figure.area, {})[figure.stretch] = own_amount(figure, percent)
        return dict(found)


# Figures held one by one


@dataclass(frozen=True)
class PlainFigures:
    """`Figures` that are there one by one, in the order in which they were read. `blanks`: dated rows without a number."""

    rows: tuple[Figure, ...] = ()
    blanks: tuple[Figure, ...] = ()

    @property
    def size(self) -> int:
        return len(self.rows)

    @cached_property
    def by_key(self) -> dict[FigureKey, list[Figure]]:
        """Every version of each figure."""
        found: dict[FigureKey, list[Figure]] = {}
        for figure in self.rows:
            found.setdefault(figure.key, []).append(figure)
        return found

    @cached_property
    def _by_code(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.rows:
            found.setdefault(figure.code, []).append(figure)
        return found

    def of(self, code: str) -> Sequence[Figure]:
        return self._by_code.get(code, [])

    def repeated(self) -> Iterator[Sequence[Figure]]:
        return filter(are_several, self.by_key.values())

    def blanked(self) -> Iterator[tuple[Figure, Figure]]:
        return blanked(self.blanks, lambda key: self.by_key.get(key, ()))

    def of_short_files(self, most: int) -> Mapping[str, Sequence[Figure]]:
        sizes = Counter(figure.place.file for figure in self.rows)
        found: dict[str, list[Figure]] = {}
        for figure in self.rows:
            if sizes[figure.place.file] <= most:
                found.setdefault(figure.place.file, []).append(figure)
        return found

    def as_of(self, day: date | None) -> PlainFigures:
        if day is None:
            return self
        rows, blanks = (tuple(f for f in of_both if f.version <= day) for of_both in (self.rows, self.blanks))
        return PlainFigures(rows, blanks)

    def without(self, keys: Collection[FigureKey]) -> PlainFigures:
        if not keys:
            return self
        return PlainFigures(tuple(figure for figure in self.rows if figure.key not in keys), self.blanks)

    def known_on(self, day: date | None) -> Known:
        return Known(day, plain_answers(filter(None, map(latest, self.as_of(day).by_key.values()))))


def are_several(versions: Sequence[Figure]) -> bool:
    """Whether the rows of one figure are to be held against each other."""
    return len(versions) > 1 or versions[0].withdrawn


def standing(versions: Sequence[Figure]) -> Sequence[Figure]:
    """The versions that no row of a later day takes back."""
    withdrawn_on = max((figure.version for figure in versions if figure.withdrawn), default=None)
    if withdrawn_on is None:
        return versions
    return [figure for figure in versions if not figure.withdrawn and figure.version >= withdrawn_on]


def taken_back(figures: Iterable[Figure]) -> dict[Figure, Figure]:
    """The figures that a row of a later day takes back, each with the first such row."""
    by_key: dict[FigureKey, list[Figure]] = {}
    for figure in figures:
        by_key.setdefault(figure.key, []).append(figure)
    found = {}
    for versions in by_key.values():
        rows = sorted((one for one in versions if one.withdrawn), key=lambda one: one.version)
        for figure in versions:
            by = next((row for row in rows if row.version > figure.version), None)
            if by is not None and not figure.withdrawn:
                found[figure] = by
    return found


def latest(versions: Sequence[Figure]) -> Figure | None:
    """The version that counts: the official one reported last, else the estimate reported last; of one day the one read
    first. None: all were taken back."""
    return max(standing(versions), key=lambda figure: (figure.kind is Kind.OFFICIAL, figure.version), default=None)


def blanked(
    blanks: Iterable[Figure], versions_of: Callable[[FigureKey], Sequence[Figure]]
) -> Iterator[tuple[Figure, Figure]]:
    """The rows without a number that are dated after the figure that counts, each with it."""
    for blank in blanks:
        counts = latest(versions_of(blank.key))
        if counts is not None and counts.version < blank.version:
            yield blank, counts


def plain_answers(figures: Iterable[Figure]) -> dict[str, Answers]:
    """By code; of each stretch and area there is one figure."""
    by_code: dict[str, list[Figure]] = {}
    for figure in figures:
        by_code.setdefault(figure.code, []).append(figure)
    return {code: PlainAnswers(of_one) for code, of_one in by_code.items()}


def in_time(versions: Iterable[Figure]) -> tuple[Figure, ...]:
    """By period, area and day of the report."""
    return tuple(
        sorted(versions, key=lambda f: (f.period.year, f.period.last, f.period.first, f.area or "", f.version))
    )


ByStretch = Mapping[Stretch, Mapping[str | None, Figure]]


def by_stretch(figures: Iterable[Figure]) -> ByStretch:
    """By stretch and area."""
    found: dict[Stretch, dict[str | None, Figure]] = {}
    for figure in figures:
        found.setdefault(figure.stretch, {})[figure.area] = figure
    return found


class PlainAnswers:
    """`Answers` from figures that are there one by one."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._held = by_stretch(figures)

    @property
    def _figures(self) -> ByStretch:
        return self._held

    @property
    def size(self) -> int:
        return sum(map(len, self._figures.values()))

    @property
    def stretches(self) -> Collection[Stretch]:
        return self._figures.keys()

    @property
    def official_stretches(self) -> Collection[Stretch]:
        return [
            stretch
            for stretch, by_area in self._figures.items()
            if any(figure.kind is Kind.OFFICIAL for figure in by_area.values())
        ]

    @property
    def is_simple(self) -> bool:
        return False

    def figures(self) -> Iterator[Figure]:
        for by_area in self._figures.values():
            yield from by_area.values()

    def of_town(self) -> Mapping[Stretch, Figure]:
        return {stretch: by_area[None] for stretch, by_area in self._figures.items() if None in by_area}

    def first_of_areas(self, stretch: Stretch) -> Figure | None:
        figures = (figure for area, figure in self._figures.get(stretch, {}).items() if area is not None)
        return min(figures, key=lambda figure: figure.place, default=None)

    def reporting(self) -> tuple[str, ...]:
        areas = {area for by_area in self._figures.values() for area in by_area}
        return tuple(sorted(area for area in areas if area is not None))

    def added_up(self, *, percent: bool, additive: bool, areas_due: Callable[[Stretch], Iterable[str]]) -> Amounts:
        found: dict[Stretch, Amount] = {}
        for stretch, by_area in self._figures.items():
            figures = sorted((f for area, f in by_area.items() if area is not None), key=lambda figure: figure.place)
            together = _added_up(figures, percent, additive) if figures else None
            if together is not None:
                missing = tuple(area for area in areas_due(stretch) if area not in by_area)
                found[stretch] = together._replace(areas_missing=missing)
        return found

    def worth_judging(self, may_be_odd: MayBeOdd, *, percent: bool) -> Iterator[Sequence[Figure]]:
        del percent  # A ratio is judged by itself.
        found: dict[str | None, list[Figure]] = {}
        for by_area in self._figures.values():
            for area, figure in by_area.items():
                found.setdefault(area, []).append(figure)
        in_time = sorted(self._figures, key=lambda stretch: stretch[1])
        overlap = any(before[1] >= after[0] for before, after in itertools.pairwise(sorted(in_time)))
        position = {stretch: at for at, stretch in enumerate(in_time)}
        for area, figures in found.items():
            numbers = [-1] * len(in_time)
            is_plain = not overlap
            for figure in figures:
                # What is no plain value is not told by numbers.
                is_plain = is_plain and figure.cumulative is None and figure.numerator is None
                if is_plain and figure.value is not None:
                    numbers[position[figure.period.first, figure.period.last]] = int(figure.value * MILLION)
            if not is_plain or may_be_odd(area, numbers):
                yield figures

    def parts_worth_judging(self, parts: Sequence[Answers], *, complete: bool) -> Iterator[tuple[Figure, list[Figure]]]:
        del complete
        return side_by_side(self, parts)

    def compared(self, other: Answers, until: tuple[int, int]) -> Compared:
        return compared_one_by_one(self, other, until)

    def differing(self, other: Answers) -> Iterator[tuple[Figure | None, Figure | None]]:
        return differing_one_by_one(self, other)


NOTHING = PlainAnswers()


def _added_up(figures: list[Figure], percent: bool, additive: bool) -> Amount | None:
    """The areas of one stretch together; None where they cannot be added."""
    kind = Kind.ESTIMATE if any(f.kind is Kind.ESTIMATE for f in figures) else Kind.OFFICIAL
    numerators = [f.numerator for f in figures if f.numerator is not None]
    denominators = [f.denominator for f in figures if f.denominator is not None]
    if len(numerators) == len(denominators) == len(figures):
        above, below = number.total(numerators), number.total(denominators)
        ratio_of = Fraction(above), Fraction(below)
        return Amount(ratio(above, below, percent), None, kind, tuple(figures), ratio_of=ratio_of)
    values = [f.value for f in figures if f.value is not None]
    if not additive or len(values) != len(figures):
        return None
    return Amount(Fraction(number.total(values)), None, kind, tuple(figures))


# Questions about two indicators, or two sides, whoever answers for each


def side_by_side(whole: Answers, parts: Sequence[Answers]) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each figure of the whole with those of its parts that are of the same stretch and area."""
    of_parts = [{(figure.stretch, figure.area): figure for figure in part.figures()} for part in parts]
    for figure in whole.figures():
        at = figure.stretch, figure.area
        yield figure, [of_part[at] for of_part in of_parts if at in of_part]


def compared_one_by_one(a: Answers, b: Answers, until: tuple[int, int]) -> Compared:
    """How B differs from A, figure by figure; `until`: the last month that counts in each."""
    before, after = (
        {figure.key: figure for figure in side.figures() if figure.period.last <= last}
        for side, last in zip((a, b), until, strict=True)
    )
    both = {key: after[key] for key in before if key in after}
    restated = [(before[key], later) for key, later in both.items() if before[key].numbers != later.numbers]

    def later() -> Answers:
        return PlainAnswers(({figure.key: figure for figure in a.figures()} | both).values())

    return Compared(before.keys() != after.keys(), in_order(restated), later)


def differing_one_by_one(a: Answers, b: Answers) -> Iterator[tuple[Figure | None, Figure | None]]:
    """The figures that B has not as A has them, and those that only B has."""
    after = {figure.key: figure for figure in b.figures()}
    for figure in a.figures():
        other = after.pop(figure.key, None)
        if other is None or (figure.numbers, figure.kind) != (other.numbers, other.kind):
            yield figure, other
    for figure in after.values():
        yield None, figure
