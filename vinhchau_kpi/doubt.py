"""Doubts about figures, found by the figure: a number that may be wrong never stands in a report without them. Pure.

A check says a doubt as a `Finding` about some figures. Here those are kept by figure, so that a row can be asked for the
doubts about what is counted in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from vinhchau_kpi.figure import Figure, FigureKey, among
from vinhchau_kpi.finding import Finding, by_place

MOST = 100_000
"""Doubted figures that are kept, and beyond these one of each indicator and period: a million must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against a number: the finding, and of the figures it is about those that are counted in that number, each
    with what would be right; None where that cannot be said."""

    finding: Finding
    about: Mapping[FigureKey, Decimal | Fraction | None]

    @property
    def instead(self) -> Decimal | Fraction | None:
        """The number that would be right if the doubt is; None where it is about several figures, or cannot be said."""
        return next(iter(self.about.values())) if len(self.about) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it and found the number right."""
        return True


Doubts = tuple[Doubt, ...]
"""About one row, in the order of their places."""


def is_open(doubts: Doubts) -> bool:
    """Whether a number stands in doubt: one that is confirmed does not."""
    return any(doubt.is_open for doubt in doubts)


@dataclass(eq=False)
class Doubted:
    """The figures that are doubted, each with the findings about it."""

    by_code: dict[str, dict[FigureKey, list[Finding]]] = field(default_factory=dict)
    _count: int = 0
    _periods: set[FigureKey] = field(default_factory=set)

    def add(self, finding: Finding) -> None:
        """Keep a finding, if it is a doubt, beside the figures that it is about."""
        for key in finding.about if finding.rule.is_doubt else ():
            period = key._replace(area=None)
            if self._count < MOST or period not in self._periods:
                self._periods.add(period)
                self._count += 1
                self.by_code.setdefault(key.code, {}).setdefault(key, []).append(finding)

    def behind(self, figures: Sequence[Figure]) -> Doubts:
        """The doubts about any of these figures."""
        if not self.by_code:
            return ()
        counted: dict[int, tuple[Finding, set[FigureKey]]] = {}
        for key in among(figures, self.by_code):
            for finding in self.by_code[key.code][key]:
                counted.setdefault(id(finding), (finding, set()))[1].add(key)
        doubts = (
            Doubt(finding, {key: number for key, number in finding.about.items() if key in keys})
            for finding, keys in counted.values()
        )
        return tuple(sorted(doubts, key=lambda doubt: by_place(doubt.finding)))


NOTHING_DOUBTED = Doubted()
