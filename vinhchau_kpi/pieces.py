"""A flow's reported sums, laid end to end along the year: which months they cover, and which are open. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.figure import Amount, Amounts, Figure, JoinedFigures, Kind, LazyFigures
from vinhchau_kpi.period import Period

Edge = tuple[int, int]
"""Part of the year, from the end of one month to the end of a later one: (0, 6) is January to June, (5, 6) is June."""


class Piece(NamedTuple):
    """A sum that is known over an edge.

    total          in the indicator's unit
    amount         where it was reported
    lacks          areas that had to report and are not in it
    is_cumulative  it was reported as the sum since January
    """

    total: Fraction
    amount: Amount
    lacks: tuple[str, ...]
    is_cumulative: bool

    @property
    def is_estimate(self) -> bool:
        return self.amount.kind is Kind.ESTIMATE


class Cover(NamedTuple):
    """The best way to lay pieces from one month's end to another's.

    total   the sum of the pieces
    pieces  those used, in time
    gaps    the months, 1 to 12, that no piece covers
    """

    total: Fraction
    pieces: tuple[tuple[Edge, Piece], ...]
    gaps: tuple[int, ...]

    @property
    def short(self) -> int:
        """How many months are covered by sums that lack areas."""
        return sum(end - begin for (begin, end), piece in self.pieces if piece.lacks)

    @property
    def is_whole(self) -> bool:
        """Whether every month is covered."""
        return not self.gaps


def pieces_of(amounts: Amounts) -> dict[Edge, Piece]:
    """A flow's pieces: what each stretch reported within itself, and each cumulative from the year's start.

    Where both are known from January to the same month, the cumulative counts: it is the agency's own word for that sum.
    But a sum of cumulatives that lacks areas gives way to a value that lacks none.
    An estimate goes where official pieces stand in its place.
    """
    found = every_piece(amounts)
    for edge in official_instead(found):
        del found[edge]
    return found


def official_instead(pieces: Mapping[Edge, Piece]) -> dict[Edge, Cover]:
    """The estimates of several months that are not newer than official pieces which are all there for the same months, and
    how these are laid."""
    official = {edge: piece for edge, piece in pieces.items() if not piece.is_estimate and not piece.lacks}
    found: dict[Edge, Cover] = {}
    for (begin, end), piece in pieces.items():
        if not piece.is_estimate or end - begin == 1 or not official:
            continue
        laid = cover(official, begin, end)
        if laid.is_whole and max(version_of(one.amount) for _, one in laid.pieces) >= version_of(piece.amount):
            found[begin, end] = laid
    return found


def every_piece(amounts: Amounts) -> dict[Edge, Piece]:
    """The pieces of `pieces_of`, estimates in whose place official ones stand among them."""
    found: dict[Edge, Piece] = {}
    for (first, last), amount in sorted(amounts.items()):
        if amount.value is not None:
            found.setdefault((first - 1, last), Piece(amount.value, amount, amount.areas_missing, is_cumulative=False))
    for (_, last), amount in sorted(amounts.items()):
        own = found.get((0, last))
        if amount.cumulative is not None and not (amount.cumulative_lacks and own and not own.lacks):
            found[0, last] = Piece(amount.cumulative, amount, amount.cumulative_lacks, is_cumulative=True)
    return found


def cover(pieces: Mapping[Edge, Piece], start: int, end: int) -> Cover:
    """Lay pieces from the end of month `start` to the end of month `end` in the best way.

    A month is open if no piece covers it, or one that lacks areas. The best way has the fewest open months; of these the
    fewest uncovered ones; of these the latest, so that no gap stands before a cumulative; then the fewest pieces. Two months
    out of three from the town say more of the town than a cumulative of one commune.
    """
    best: list[Cover] = [Cover(Fraction(0), (), ())]
    for at in range(start + 1, end + 1):
        before = best[at - 1 - start]
        candidates = [Cover(before.total, before.pieces, (*before.gaps, at))]
        for (begin, stop), piece in pieces.items():
            if stop == at and begin >= start:
                so_far = best[begin - start]
                laid = (*so_far.pieces, ((begin, stop), piece))
                candidates.append(Cover(so_far.total + piece.total, laid, so_far.gaps))
        best.append(min(candidates, key=_openness))
    return best[-1]


def _openness(laid: Cover) -> tuple[int, int, list[int], int]:
    return len(laid.gaps) + laid.short, len(laid.gaps), [-gap for gap in laid.gaps], len(laid.pieces)


def months_alone(pieces: Mapping[Edge, Piece]) -> dict[Edge, Piece]:
    """The pieces that say something of single months: months themselves and cumulatives."""
    return {edge: piece for edge, piece in pieces.items() if piece.is_cumulative or edge[1] - edge[0] == 1}


def within(pieces: Mapping[Edge, Piece], period: Period, *, can_fall: bool) -> Cover | None:
    """A flow's sum over `period`; over the part of it that is reported; None where none of it is.

    A month between two cumulatives is their difference, if both are of the whole town. A figure for a longer stretch
    gives no month a value.
    """
    whole = in_full(pieces, period.first, period.last, can_fall=can_fall)
    if whole is not None:
        return whole
    usable = months_alone(pieces) if period.is_month else pieces
    direct = cover(usable, period.first - 1, period.last)
    return direct if direct.pieces else None


def in_full(pieces: Mapping[Edge, Piece], first: int, last: int, *, can_fall: bool) -> Cover | None:
    """The sum from month `first` to `last` if it is known in full, for all areas; else None.

    Of an official sum and estimates the longer may be the smaller. What is between them is then not known, unless the
    indicator `can_fall` below 0.
    """
    edge = first - 1, last
    if edge in pieces and not pieces[edge].lacks:
        return Cover(pieces[edge].total, ((edge, pieces[edge]),), ())
    usable = months_alone(pieces) if first == last else pieces
    sound = {edge: piece for edge, piece in usable.items() if not piece.lacks}
    direct = cover(sound, first - 1, last)
    if direct.is_whole:
        return direct
    until, before = cover(sound, 0, last), cover(sound, 0, first - 1)
    if not (until.is_whole and before.is_whole):
        return None
    between = until.total - before.total
    return Cover(between, (*until.pieces, *before.pieces), ()) if between >= 0 or can_fall else None


def behind(amounts: Iterable[Amount]) -> Sequence[Figure]:
    """The figures of several amounts, one after the other. Lazy ones are not made yet."""
    parts = [amount.figures for amount in amounts]
    if any(isinstance(part, LazyFigures) for part in parts):
        return JoinedFigures(tuple(parts))
    return tuple(itertools.chain.from_iterable(parts))


def version_of(amount: Amount) -> date:
    """The day of the latest report among its figures; the least of days where none says its day."""
    figures = amount.figures
    return figures.version if isinstance(figures, LazyFigures) else max(figure.version for figure in figures)
