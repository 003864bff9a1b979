"""What has been achieved in fact: one indicator's amounts → its in-period value, cumulative and level. Pure.

A flow's reported pieces are stretches of the year laid end to end. January to June is whole when pieces reach
from 0 to 6 without a gap; a gap is named, never filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from vinhchau_kpi import period as periods
from vinhchau_kpi.figures import Amount, Amounts, Figure, Kind, Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Indicator, Plan


@dataclass(frozen=True, slots=True)
class Actual:
    """The actual of one indicator at the end of a period.

    value         what is compared with the target: a flow's cumulative, a level's latest figure; None: nothing
                  is reported
    value_period  the month that `value` reaches
    in_period     a flow's sum over the period asked for; None for a level, or where nothing is reported
    cumulative    a flow's sum since 1 January over what is reported; None for a level
    missing       periods due by now that are not, or not wholly, in the cumulative (a flow), or in the value (a
                  level added up from areas)
    areas_missing areas that a sum lacks
    judged_at     the month whose expected share the cumulative is to be held against: the period's last, or the
                  last that was due where figures are due less often than monthly
    """

    value: Fraction | None = None
    value_period: Period | None = None
    in_period: Fraction | None = None
    cumulative: Fraction | None = None
    missing: tuple[Period, ...] = ()
    areas_missing: tuple[str, ...] = ()
    kind: Kind | None = None
    figures: tuple[Figure, ...] = ()
    judged_at: int = 0


def amounts_of(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """The town's amounts of `indicator`: the one way to ask for them."""
    unit = plan.unit_of(indicator)
    additive = not unit.is_rate and not indicator.target.achieved
    return known.amounts(indicator.code, percent=unit.is_percent, additive=additive, areas=plan.areas)


Edge = tuple[int, int]
"""From the end of one month to the end of a later one; 0 is the year's start."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A known sum over an edge, and the amount it was reported in."""

    total: Fraction
    amount: Amount
    is_cumulative: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The best way to lay pieces from one month's end to another's: the sum, and the months left uncovered.

    `short`: how many months are covered by sums that lack areas.
    """

    total: Fraction
    pieces: tuple[tuple[Edge, Piece], ...]
    gaps: tuple[int, ...]

    @property
    def short(self) -> int:
        return sum(end - begin for (begin, end), piece in self.pieces if piece.amount.areas_missing)

    @property
    def is_whole(self) -> bool:
        return not self.gaps


def actual(indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    """The actual of `indicator` for `period`, from what is known of it."""
    if indicator.measure == "level" or indicator.target.achieved:
        return _level(indicator, amounts, period)
    return _flow(indicator, amounts, period)


def pieces_of(amounts: Amounts) -> dict[Edge, Piece]:
    """A flow's pieces: what each stretch reported within itself, and each cumulative from the year's start.

    Where a stretch from January has both, the cumulative stands: it is the agency's own word for that sum. Not so
    a sum of cumulatives that lacks areas, beside a whole one.
    """
    found: dict[Edge, Piece] = {}
    for (first, last), amount in sorted(amounts.items()):
        if amount.value is not None:
            found.setdefault((first - 1, last), Piece(amount.value, amount, is_cumulative=False))
    for (_, last), amount in sorted(amounts.items()):
        own = found.get((0, last))
        if amount.cumulative is not None and not (amount.areas_missing and own and not own.amount.areas_missing):
            found[0, last] = Piece(amount.cumulative, amount, is_cumulative=True)
    return found


def cover(pieces: Mapping[Edge, Piece], start: int, end: int) -> Cover:
    """Lay pieces from `start` to `end` with as few uncovered months, then months short of areas, then pieces, as can be.

    Of ways that leave as many months uncovered, the one whose months are later: no gap before a cumulative.
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
        best.append(min(candidates, key=lambda c: (len(c.gaps), c.short, [-gap for gap in c.gaps], len(c.pieces))))
    return best[-1]


def months_alone(pieces: Mapping[Edge, Piece]) -> dict[Edge, Piece]:
    """The pieces that say something of single months: months themselves and cumulatives."""
    return {edge: piece for edge, piece in pieces.items() if piece.is_cumulative or edge[1] - edge[0] == 1}


def within(pieces: Mapping[Edge, Piece], period: Period) -> Fraction | None:
    """A flow's sum over `period`; over the part of it that is reported; None where none of it is.

    A month between two cumulatives is their difference, if both are of the whole town. A figure for a longer stretch
    gives no month a value.
    """
    usable = months_alone(pieces) if period.is_month else pieces
    sound = {edge: piece for edge, piece in usable.items() if not piece.amount.areas_missing}
    direct = cover(sound, period.first - 1, period.last)
    if direct.is_whole:
        return direct.total
    until = cover(sound, 0, period.last)
    before = cover(sound, 0, period.first - 1)
    if until.is_whole and before.is_whole:
        return until.total - before.total
    direct = cover(usable, period.first - 1, period.last)
    return direct.total if direct.pieces else None


def _flow(indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    pieces = pieces_of(amounts)
    laid = cover(pieces, 0, period.last)
    due = periods.due_periods(period.year, indicator.every, period.last)
    last_due = due[-1].last if due else 0
    if not laid.pieces:
        return Actual(missing=tuple(due), judged_at=last_due)
    reached = laid.pieces[-1][0][1]
    used = [piece.amount for _, piece in laid.pieces]
    without_areas = {
        m for (begin, end), piece in laid.pieces if piece.amount.areas_missing for m in range(begin + 1, end + 1)
    }
    return Actual(
        value=laid.total,
        value_period=periods.month(period.year, reached),
        in_period=within(pieces, period),
        cumulative=laid.total,
        missing=_missing(due, {*laid.gaps, *without_areas}),
        areas_missing=tuple(dict.fromkeys(area for amount in used for area in amount.areas_missing)),
        kind=_kind(used),
        figures=tuple(figure for amount in used for figure in amount.figures),
        judged_at=max(last_due, reached),
    )


def _missing(due: list[Period], gaps: set[int]) -> tuple[Period, ...]:
    """The due periods that are wholly uncovered, and the uncovered months of those that are covered in part."""
    missing: list[Period] = []
    for one in due:
        open_months = [m for m in one.months() if m.last in gaps]
        missing += [one] if len(open_months) == one.last - one.first + 1 else open_months
    return tuple(missing)


def _level(indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    due = periods.due_periods(period.year, indicator.every, period.last)
    judged_at = due[-1].last if due else 0
    known = [(s, a) for s, a in amounts.items() if a.value is not None and s[1] <= period.last]
    if not known:
        return Actual(missing=tuple(due[-1:]), judged_at=judged_at)
    (first, last), amount = max(known, key=lambda item: (item[0][1], _version(item[1]), item[0][0]))
    stretch = Period(period.year, first, last)
    return Actual(
        value=amount.value,
        value_period=stretch,
        missing=(stretch,) if amount.areas_missing else (),
        areas_missing=amount.areas_missing,
        kind=amount.kind,
        figures=amount.figures,
        judged_at=judged_at,
    )


def _version(amount: Amount) -> int:
    return max(figure.version.toordinal() for figure in amount.figures)


def _kind(amounts: list[Amount]) -> Kind:
    return Kind.ESTIMATE if any(a.kind is Kind.ESTIMATE for a in amounts) else Kind.OFFICIAL
