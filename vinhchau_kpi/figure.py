"""One reported number, and what figures come to. The questions asked of many are in `figures`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

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


class Amount(NamedTuple):
    """What an indicator is over one stretch, for one area or the whole town. Exact; None is not reported.

    `areas_missing`: the areas that `value`, as a sum over areas, lacks; `cumulative_lacks` likewise.
    """

    value: Fraction | None
    cumulative: Fraction | None
    kind: Kind
    figures: Sequence[Figure]
    areas_missing: tuple[str, ...] = ()
    cumulative_lacks: tuple[str, ...] = ()


Amounts = Mapping[Stretch, Amount]


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


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
