"""One reported number, and what figures come to. The questions asked of many are in `figures`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import chain, islice
from typing import NamedTuple, overload

from vinhchau_kpi.finding import Place
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period


class Kind(StrEnum):
    OFFICIAL = "official"
    ESTIMATE = "estimate"


KIND_NAMES = {Kind.OFFICIAL: N_("official"), Kind.ESTIMATE: N_("estimate")}
WITHDRAWN = N_("withdrawn")
"""What stands in place of a kind where a row takes a figure back."""

Stretch = tuple[int, int]
"""The first and the last month of a period, 1 to 12: (4, 6) is the second quarter. The year is the plan's."""


class Figure(NamedTuple):
    """One reported row. None is “not reported”, never 0; at least one of the numbers is given, unless it is withdrawn.

    code, period         what was reported, and for which months
    area                 an area of the plan; None: the whole town
    value                in the indicator's unit: of a flow what was achieved within the period, of a level what was true at
                         its end; a yes is 1, a no is 0
    cumulative           a flow's sum since 1 January
    numerator, denominator   of a rate
    kind                 official or an estimate
    agency               who reported it, where the row says so
    reported_on          the day of the report. None: the file does not say; such a row is older than any with a day
    note                 the words in its column for notes
    place                the cell of the value; `cumulative_column` is the column of the cumulative
    withdrawn            the row reports nothing: it takes back what was reported on earlier days; a number in it is the one
                         taken back
    month_first          the day of the report if its month stands first, where that can be. None: the file proves the day
                         first, or nothing official of the period could be known so early
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
    withdrawn: bool = False
    month_first: date | None = None

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
        """The day by which versions of one figure are ordered: the latest counts."""
        return self.reported_on or date.min

    @property
    def key(self) -> FigureKey:
        return FigureKey(self.code, self.period, self.area)


class FigureKey(NamedTuple):
    """What a figure is of. Two rows of one key are two versions of the same figure."""

    code: str
    period: Period
    area: str | None

    @property
    def stretch(self) -> Stretch:
        return self.period.first, self.period.last

    @property
    def words(self) -> str:
        """Code, period and area, as a sentence names a figure."""
        return " ".join(filter(None, (self.code, str(self.period), self.area)))


KeysOfCode = Mapping[str, Collection[FigureKey]]


def keys_of(figures: Iterable[Figure]) -> dict[FigureKey, None]:
    """The keys of figures, each once: those that a finding is about, when no number can be said to be right instead."""
    return dict.fromkeys(figure.key for figure in figures)


class LazyFigures(Sequence[Figure]):
    """The figures behind a sum, each made when it is asked for: there may be very many of them."""

    @property
    @abstractmethod
    def version(self) -> date:
        """The latest version among them."""

    @abstractmethod
    def among(self, keys: KeysOfCode) -> set[FigureKey]:
        """Those of the keys that a figure here is of."""


@dataclass(frozen=True)
class JoinedFigures(Sequence[Figure]):
    """Several sequences of figures as one."""

    parts: tuple[Sequence[Figure], ...]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[Figure]:
        return chain.from_iterable(self.parts)

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Figure]: ...
    def __getitem__(self, at: int | slice) -> Figure | Sequence[Figure]:
        if isinstance(at, slice) and not at.start and not at.step and (at.stop or 0) > 0:
            return tuple(islice(self, at.stop))
        return tuple(self)[at]


def among(figures: Sequence[Figure], keys: KeysOfCode) -> set[FigureKey]:
    """Those of the keys that one of the figures is of; figures that are not made yet are not made for it."""
    if isinstance(figures, JoinedFigures):
        return {key for part in figures.parts for key in among(part, keys)}
    if isinstance(figures, LazyFigures):
        return figures.among(keys)
    return {figure.key for figure in figures if figure.key in keys.get(figure.code, ())}


class Amount(NamedTuple):
    """What an indicator comes to over one stretch, for one area or the whole town. Exact; None is “not reported”.

    value             of the stretch itself, in the indicator's unit
    cumulative        from January to the stretch's end, where somebody reports that
    kind              an estimate if any of the figures is one
    figures           the figures that it is made of
    areas_missing     if `value` is a sum over areas: those that were to report and are not in it
    cumulative_lacks  the same of `cumulative`
    ratio_of          a rate's numerator and denominator, or the sums of them, where it is made of these
    """

    value: Fraction | None
    cumulative: Fraction | None
    kind: Kind
    figures: Sequence[Figure]
    areas_missing: tuple[str, ...] = ()
    cumulative_lacks: tuple[str, ...] = ()
    ratio_of: tuple[Fraction, Fraction] | None = None


Amounts = Mapping[Stretch, Amount]


def ratio(numerator: Decimal, denominator: Decimal, percent: bool) -> Fraction:
    """numerator ÷ denominator, exact; times 100 for a %."""
    return Fraction(numerator) / Fraction(denominator) * (100 if percent else 1)


def own_amount(figure: Figure, percent: bool) -> Amount:
    """A figure as the amount of its own stretch and area; a rate is numerator ÷ denominator where these are given."""
    if figure.numerator is not None and figure.denominator is not None:
        value = ratio(figure.numerator, figure.denominator, percent)
        ratio_of = Fraction(figure.numerator), Fraction(figure.denominator)
        return Amount(value, _exact(figure.cumulative), figure.kind, (figure,), ratio_of=ratio_of)
    return Amount(_exact(figure.value), _exact(figure.cumulative), figure.kind, (figure,))


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
