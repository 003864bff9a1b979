"""What has been achieved in fact: one indicator's amounts → its in-period value, cumulative and level. Pure.

A flow's reported pieces are stretches of the year laid end to end. January to June is whole when pieces reach
from 0 to 6 without a gap; a gap is named, never filled.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi import period as periods
from vinhchau_kpi.figure import Amount, Amounts, Figure, JoinedFigures, Kind, LazyFigures, Stretch
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Indicator, Plan


class Actual(NamedTuple):
    """The actual of one indicator at the end of a period.

    value         what is compared with the target: a flow's cumulative, a level's latest figure; None: nothing
                  is reported
    value_period  the month that `value` reaches
    in_period     a flow's sum over the period asked for; None for a level, or where nothing is reported
    cumulative    a flow's sum since 1 January over what is reported; None for a level
    missing       periods due by now, and months in between, that are not, or not wholly, in the cumulative (a flow), or
                  in the value (a level added up from areas)
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
    figures: Sequence[Figure] = ()
    judged_at: int = 0

    @property
    def is_old(self) -> bool:
        """Whether a level is of an earlier period than the one it stands for; a flow's months are `missing` instead."""
        return (
            self.value is not None
            and self.cumulative is None
            and self.value_period is not None
            and self.value_period.last < self.judged_at
        )

    @property
    def is_short(self) -> bool:
        """Whether something due by the month at which it is judged is not in the value."""
        if self.value is None:
            return False
        if self.cumulative is None:
            return self.value_period in self.missing
        return any(one.first <= self.judged_at for one in self.missing)

    @property
    def at_its_own_month(self) -> Actual:
        """To be judged at the month that the value reaches, whatever was due after it."""
        return self if self.value_period is None else self._replace(judged_at=self.value_period.last)


def amounts_of(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """The town's amounts of `indicator`: its own where it has them, else what its areas make together."""
    areas = areas_together(plan, known, indicator)
    if known.of(indicator.code).is_simple:
        return areas
    town = known.series(indicator.code, percent=plan.unit_of(indicator).is_percent).get(None, {})
    return {stretch: _preferred(town.get(stretch), areas.get(stretch)) for stretch in {**areas, **town}}


def areas_due(plan: Plan, known: Known, indicator: Indicator, stretch: Stretch) -> tuple[str, ...]:
    """The areas that were to report a stretch, by the target in force at its end, or on the day of `known` before that."""
    end = Period(plan.year, *stretch).last_day
    return plan.areas_of(indicator, end if known.day is None else min(end, known.day))


def areas_together(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """What the areas make together, by stretch, whatever the town itself reports.

    A flow is laid for each area by itself and then added, so areas may report at different rhythms. An area that
    does not cover a stretch wholly is missing from it, if it is one of those that were to report at the stretch's end. A
    rate is Σ numerator ÷ Σ denominator; without them, and for yes and no, areas make nothing. Where the plan names no
    areas, those that have reported are all there are.
    """
    unit, of_code = plan.unit_of(indicator), known.of(indicator.code)

    def every(stretch: Stretch) -> tuple[str, ...]:
        return areas_due(plan, known, indicator, stretch) or of_code.reporting()

    if not indicator.is_flow or unit.is_rate:
        additive = not unit.is_rate and not indicator.target.achieved
        return of_code.added_up(percent=unit.is_percent, additive=additive, areas_due=every)
    if of_code.is_simple:
        # Of stretches that do not overlap an area has one by itself or not at all.
        return of_code.added_up(percent=False, additive=True, areas_due=every)
    series = known.series(indicator.code, percent=unit.is_percent)
    series.pop(None, None)
    laid = {area: pieces_of(amounts) for area, amounts in series.items() if area is not None}
    found: dict[Stretch, Amount] = {}
    for stretch in dict.fromkeys(stretch for amounts in series.values() for stretch in amounts):
        here = [amounts[stretch] for amounts in series.values() if stretch in amounts]
        values = {area: total for area, own in laid.items() if (total := _whole(own, *stretch)) is not None}
        has_cumulative = any(amount.cumulative is not None for amount in here)
        whole = {area: cover(own, 0, stretch[1]) for area, own in laid.items()} if has_cumulative else {}
        sums = {area: laid_out.total for area, laid_out in whole.items() if laid_out.is_whole}
        found[stretch] = Amount(
            value=sum(values.values(), Fraction(0)) if values else None,
            cumulative=sum(sums.values(), Fraction(0)) if sums else None,
            kind=_kind(here),
            figures=tuple(sorted(itertools.chain.from_iterable(a.figures for a in here), key=lambda f: f.place)),
            areas_missing=tuple(area for area in every(stretch) if area not in values),
            cumulative_lacks=tuple(area for area in every(stretch) if area not in sums) if has_cumulative else (),
        )
    return found


def _preferred(town: Amount | None, areas: Amount | None) -> Amount:
    """The town's own word for each of value and cumulative, else the areas'."""
    if town is None or areas is None:
        found = town or areas
        assert found is not None
        return found
    own_value, own_sum = town.value is not None, town.cumulative is not None
    used = [town, *([] if own_value and (own_sum or areas.cumulative is None) else [areas])]
    return Amount(
        value=town.value if own_value else areas.value,
        cumulative=town.cumulative if own_sum else areas.cumulative,
        kind=_kind(used),
        figures=behind(used),
        areas_missing=() if own_value else areas.areas_missing,
        cumulative_lacks=() if own_sum else areas.cumulative_lacks,
    )


def behind(amounts: Iterable[Amount]) -> Sequence[Figure]:
    """The figures of several amounts; those that are made when they are asked for stay so."""
    parts = [amount.figures for amount in amounts]
    if any(isinstance(part, LazyFigures) for part in parts):
        return JoinedFigures(tuple(parts))
    return tuple(itertools.chain.from_iterable(parts))


def version_of(amount: Amount) -> date:
    """The latest version among its figures."""
    figures = amount.figures
    return figures.version if isinstance(figures, LazyFigures) else max(figure.version for figure in figures)


Edge = tuple[int, int]
"""From the end of one month to the end of a later one; 0 is the year's start."""


class Piece(NamedTuple):
    """A known sum over an edge, the amount it was reported in, and the areas it lacks."""

    total: Fraction
    amount: Amount
    lacks: tuple[str, ...]
    is_cumulative: bool


class Cover(NamedTuple):
    """The best way to lay pieces from one month's end to another's: the sum, and the months left uncovered.

    `short`: how many months are covered by sums that lack areas.
    """

    total: Fraction
    pieces: tuple[tuple[Edge, Piece], ...]
    gaps: tuple[int, ...]

    @property
    def short(self) -> int:
        return sum(end - begin for (begin, end), piece in self.pieces if piece.lacks)

    @property
    def is_whole(self) -> bool:
        return not self.gaps


def actual(indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    """The actual of `indicator` for `period`, from what is known of it."""
    return _flow(indicator, amounts, period) if indicator.is_flow else _level(indicator, amounts, period)


def pieces_of(amounts: Amounts) -> dict[Edge, Piece]:
    """A flow's pieces: what each stretch reported within itself, and each cumulative from the year's start.

    Where a stretch from January has both, the cumulative stands: it is the agency's own word for that sum. Not so
    a sum of cumulatives that lacks areas, beside a whole one.
    """
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
    """Lay pieces from `start` to `end` with as few open months, uncovered or short of areas, as can be; of those the
    fewest uncovered, then the fewest pieces.

    Of ways that leave as many months uncovered, the one whose months are later: no gap before a cumulative. The town's
    own two months of three are more of the town than a cumulative of one commune.
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


def within(pieces: Mapping[Edge, Piece], period: Period) -> Fraction | None:
    """A flow's sum over `period`; over the part of it that is reported; None where none of it is.

    A month between two cumulatives is their difference, if both are of the whole town. A figure for a longer stretch
    gives no month a value.
    """
    whole = _whole(pieces, period.first, period.last)
    if whole is not None:
        return whole
    usable = months_alone(pieces) if period.is_month else pieces
    direct = cover(usable, period.first - 1, period.last)
    return direct.total if direct.pieces else None


def _whole(pieces: Mapping[Edge, Piece], first: int, last: int) -> Fraction | None:
    """The sum from month `first` to `last` if it is known in full, for all areas; else None."""
    own = pieces.get((first - 1, last))
    if own is not None and not own.lacks:
        return own.total
    usable = months_alone(pieces) if first == last else pieces
    sound = {edge: piece for edge, piece in usable.items() if not piece.lacks}
    direct = cover(sound, first - 1, last)
    if direct.is_whole:
        return direct.total
    until, before = cover(sound, 0, last), cover(sound, 0, first - 1)
    return until.total - before.total if until.is_whole and before.is_whole else None


def _flow(indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    pieces = pieces_of(amounts)
    laid = cover(pieces, 0, period.last)
    due = periods.due_periods(period.year, indicator.every, period.last)
    last_due = due[-1].last if due else 0
    if not laid.pieces:
        return Actual(missing=tuple(due), judged_at=last_due)
    reached = laid.pieces[-1][0][1]
    used = [piece.amount for _, piece in laid.pieces]
    in_between = [periods.month(period.year, m) for m in range(last_due + 1, reached + 1)]
    without_areas = {m for (begin, end), piece in laid.pieces if piece.lacks for m in range(begin + 1, end + 1)}
    return Actual(
        value=laid.total,
        value_period=periods.month(period.year, reached),
        in_period=within(pieces, period),
        cumulative=laid.total,
        missing=_missing([*due, *in_between], {*laid.gaps, *without_areas}),
        areas_missing=tuple(dict.fromkeys(area for _, piece in laid.pieces for area in piece.lacks)),
        kind=_kind(used),
        figures=behind(used),
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
    # A sum that lacks areas is not the town's figure: an earlier whole one says more.
    latest = max(known, key=_recency)
    (first, last), amount = max([item for item in known if not item[1].areas_missing] or known, key=_recency)
    return Actual(
        value=amount.value,
        value_period=Period(period.year, first, last),
        missing=(Period(period.year, *latest[0]),) if latest[1].areas_missing else (),
        areas_missing=latest[1].areas_missing,
        kind=amount.kind,
        figures=amount.figures,
        judged_at=judged_at,
    )


def _recency(item: tuple[Stretch, Amount]) -> tuple[int, int, int]:
    """The later end, then the later report, then the shorter stretch."""
    (first, last), amount = item
    return last, _version(amount), first


def _version(amount: Amount) -> int:
    return version_of(amount).toordinal()


def _kind(amounts: list[Amount]) -> Kind:
    return Kind.ESTIMATE if any(a.kind is Kind.ESTIMATE for a in amounts) else Kind.OFFICIAL
