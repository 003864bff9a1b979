"""Doubts about figures, found by the figure: a number that may be wrong never stands in a report without them. Pure.

A check says a doubt as a `Finding` about some figures. Here those are kept by figure, so that a row can be asked for the
doubts about what is counted in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vinhchau_kpi.figure import Figure, FigureKey, among, ratio
from vinhchau_kpi.finding import Finding, Place, by_place

MOST = 100_000
"""Doubted figures that are kept, and beyond these one of each indicator and period: a million must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a person has looked at a figure and found it right. `day` and `why` may be left out; `place`: where that is said."""

    key: FigureKey
    value: Decimal
    who: str
    day: date | None
    why: str
    place: Place

    def holds_for(self, figure: Figure) -> bool:
        """It is of exactly one value: where another is reported later, that has to be looked at anew."""
        numbers: list[Decimal | Fraction | None] = [figure.value, figure.cumulative]
        if figure.numerator is not None and figure.denominator:
            numbers += [ratio(figure.numerator, figure.denominator, percent) for percent in (True, False)]
        return self.key == figure.key and self.value in numbers


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against a number: the finding, and of the figures it is about those that are counted in that number, each
    with what would be right; None where that cannot be said. `confirmed`: what persons say of them."""

    finding: Finding
    about: Mapping[FigureKey, Decimal | Fraction | None]
    confirmed: tuple[Confirmation, ...] = ()

    @property
    def instead(self) -> Decimal | Fraction | None:
        """The number that would be right if the doubt is; None where it is about several figures, or cannot be said."""
        return next(iter(self.about.values())) if len(self.about) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether there is a figure of which nobody has said that its number is right."""
        return len(self.confirmed) < len(self.about)


Doubts = tuple[Doubt, ...]
"""About one row, in the order of their places."""


def is_open(doubts: Doubts) -> bool:
    """Whether a number stands in doubt: one that is confirmed does not."""
    return any(doubt.is_open for doubt in doubts)


@dataclass(eq=False)
class Doubted:
    """The figures that are doubted, each with the findings about it. `confirmed`: what persons have found right."""

    confirmed: Mapping[FigureKey, Confirmation] = field(default_factory=dict)
    settled: list[Doubt] = field(default_factory=list)
    """Doubts about figures that are all confirmed."""
    by_code: dict[str, dict[FigureKey, list[Finding]]] = field(default_factory=dict)
    _count: int = 0
    _periods: set[FigureKey] = field(default_factory=set)

    def doubt(self, finding: Finding, keys: Collection[FigureKey]) -> Doubt:
        """A finding as a doubt about those of its figures that are among `keys`."""
        about = {key: number for key, number in finding.about.items() if key in keys}
        return Doubt(finding, about, tuple(self.confirmed[key] for key in about if key in self.confirmed))

    def add(self, finding: Finding) -> bool:
        """Keep a finding, if it is a doubt, beside the figures that it is about. Whether it is to be said: not where all of
        them are confirmed."""
        if not finding.rule.is_doubt or not finding.about:
            return True
        for key in finding.about:
            period = key._replace(area=None)
            if self._count < MOST or period not in self._periods:
                self._periods.add(period)
                self._count += 1
                self.by_code.setdefault(key.code, {}).setdefault(key, []).append(finding)
        doubt = self.doubt(finding, finding.about)
        if not doubt.is_open:
            self.settled.append(doubt)
        return doubt.is_open

    def behind(self, figures: Sequence[Figure]) -> Doubts:
        """The doubts about any of these figures."""
        if not self.by_code:
            return ()
        counted: dict[int, tuple[Finding, set[FigureKey]]] = {}
        for key in among(figures, self.by_code):
            for finding in self.by_code[key.code][key]:
                counted.setdefault(id(finding), (finding, set()))[1].add(key)
        doubts = (self.doubt(finding, keys) for finding, keys in counted.values())
        return tuple(sorted(doubts, key=lambda doubt: by_place(doubt.finding)))


NOTHING_DOUBTED = Doubted()
