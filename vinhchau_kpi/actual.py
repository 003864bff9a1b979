"""What has been achieved: one indicator's amounts → its value in a period, its cumulative or its level. Pure.

A flow adds up, so its reported pieces are laid end to end along the year. January to June is whole when pieces reach from
the year's start to the end of June without a gap. A gap is named, never filled. A level is the latest figure.
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
    figures       those behind the value; `of_period` those behind `in_period`, where a later cumulative may stand in the value
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
    of_period: Sequence[Figure] = ()
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
    """The amounts of the whole town, by stretch: what is reported of the indicator, else what its complete parts make."""
    return {**parts_instead(plan, known, indicator), **reported_of(plan, known, indicator)}


def parts_instead(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """What complete parts make together for the stretches that are reported of all of them and not of their whole."""
    parts, unit = indicator.children, plan.unit_of(indicator)
    alike = all((part.unit, part.measure) == (indicator.unit, indicator.measure) for part in parts)
    if indicator.parts != "complete" or not parts or not alike or unit.is_rate or indicator.target.achieved:
        return {}
    own, of_parts = reported_of(plan, known, indicator), [amounts_of(plan, known, part) for part in parts]
    whole, laid = pieces_of(own), [pieces_of(amounts) for amounts in of_parts]
    found: dict[Stretch, Amount] = {}
    for first, last in dict.fromkeys(stretch for amounts in of_parts for stretch in amounts):
        here = [amounts[first, last] for amounts in of_parts if (first, last) in amounts]
        if indicator.is_flow:
            wholes = [_whole(pieces, first, last, can_fall=unit.can_fall) for pieces in laid]
            totals = [whole.total if whole is not None else None for whole in wholes]
            is_reported = (first, last) in own or cover(whole, first - 1, last).is_whole
        else:
            totals = [amount.value for amount in here] if len(here) == len(parts) else [None]
            is_reported = any(stretch[1] == last for stretch in own)
        values = [total for total in totals if total is not None]
        if not is_reported and len(values) == len(parts):
            lacking = tuple(dict.fromkeys(area for amount in here for area in amount.areas_missing))
            found[first, last] = Amount(sum(values, Fraction(0)), None, _kind(here), behind(here), lacking)
    return found


def reported_of(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """What is reported of an indicator itself: by the town, else by its areas together."""
    areas = areas_together(plan, known, indicator)
    if known.of(indicator.code).is_simple:
        return as_due(known, indicator, areas)
    town = known.series(indicator.code, percent=plan.unit_of(indicator).is_percent).get(None, {})
    together = {stretch: _preferred(town.get(stretch), areas.get(stretch)) for stretch in {**areas, **town}}
    return as_due(known, indicator, together)


def as_due(known: Known, indicator: Indicator, amounts: Amounts) -> Amounts:
    """The amounts, those for the last month of a due quarter, half or year as amounts of all of it (`taken_as_due`)."""
    taken = taken_as_due(known, indicator)
    return {
        stretch if amount.cumulative is not None else taken.get(stretch, stretch): amount
        for stretch, amount in amounts.items()
    }


def taken_as_due(known: Known, indicator: Indicator) -> dict[Stretch, Stretch]:
    """A flow that is due by the quarter, half or year and is reported under the last month of it alone: month → stretch."""
    step = periods.MONTHS_OF[indicator.every]
    if step == 1 or not indicator.is_flow:
        return {}
    stretches = known.of(indicator.code).stretches
    found = {}
    for last in range(step, 13, step):
        within = [stretch for stretch in stretches if stretch[0] <= last and stretch[1] > last - step]
        if within == [(last, last)]:
            found[last, last] = (last - step + 1, last)
    return found


def areas_due(plan: Plan, known: Known, indicator: Indicator, stretch: Stretch) -> tuple[str, ...]:
    """The areas that had to report a stretch: those of the target in force at its end, or on the day of `known` if earlier."""
    end = Period(plan.year, *stretch).last_day
    return plan.areas_of(indicator, end if known.day is None else min(end, known.day), known.day)


def areas_together(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """What the areas make together, by stretch, whatever the town itself reports.

    A flow is laid out for each area by itself and then added up, so one area may report monthly and another quarterly. An
    area that had to report and whose pieces do not cover the whole stretch is missing from its sum. A rate is
    Σ numerator ÷ Σ denominator. Rates without these, and yes and no, cannot be added: such a stretch is left out. Where
    the plan names no areas, those that have reported anything count as all.
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
        wholes = {area: _whole(own, *stretch, can_fall=unit.can_fall) for area, own in laid.items()}
        values = {area: one.total for area, one in wholes.items() if one is not None}
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
    """Of value and cumulative each as the town reports it; what it does not report, as its areas make it."""
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
        ratio_of=town.ratio_of if own_value else areas.ratio_of,
    )


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


def actual(plan: Plan, indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    """The actual of `indicator` for `period`, from what is known of it."""
    if not indicator.is_flow:
        return _level(indicator, amounts, period)
    if plan.unit_of(indicator).is_rate:
        return _rate_of_the_year(plan, indicator, amounts, period)
    return _flow(indicator, amounts, period, can_fall=plan.unit_of(indicator).can_fall)


def _rate_of_the_year(plan: Plan, indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    """Σ numerator ÷ Σ denominator since January. A rate without these cannot be added to another: where there are no
    others, the latest stands, and says of which period it is."""
    made = {stretch: amount for stretch, amount in amounts.items() if amount.ratio_of is not None}
    if not any(last <= period.last for _, last in made):
        return _level(indicator, amounts, period)
    above, below = (
        _flow(
            indicator,
            {
                stretch: amount._replace(value=amount.ratio_of[nth], cumulative=None)
                for stretch, amount in made.items()
                if amount.ratio_of is not None
            },
            period,
            can_fall=False,
        )
        for nth in (0, 1)
    )
    times = 100 if plan.unit_of(indicator).is_percent else 1
    value = _quotient(above.value, below.value, times)
    return above._replace(value=value, cumulative=value, in_period=_quotient(above.in_period, below.in_period, times))


def _quotient(above: Fraction | None, below: Fraction | None, times: int) -> Fraction | None:
    return times * above / below if above is not None and below else None


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
    whole = _whole(pieces, period.first, period.last, can_fall=can_fall)
    if whole is not None:
        return whole
    usable = months_alone(pieces) if period.is_month else pieces
    direct = cover(usable, period.first - 1, period.last)
    return direct if direct.pieces else None


def _whole(pieces: Mapping[Edge, Piece], first: int, last: int, *, can_fall: bool) -> Cover | None:
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


def _flow(indicator: Indicator, amounts: Amounts, period: Period, *, can_fall: bool) -> Actual:
    pieces = pieces_of(amounts)
    laid = cover(pieces, 0, period.last)
    due = periods.due_periods(period.year, indicator.every, period.last)
    last_due = due[-1].last if due else 0
    if not laid.pieces:
        return Actual(missing=tuple(due), judged_at=last_due)
    reached = laid.pieces[-1][0][1]
    used = [piece.amount for _, piece in laid.pieces]
    of_period = within(pieces, period, can_fall=can_fall)
    in_between = [periods.month(period.year, m) for m in range(last_due + 1, reached + 1)]
    without_areas = {m for (begin, end), piece in laid.pieces if piece.lacks for m in range(begin + 1, end + 1)}
    return Actual(
        value=laid.total,
        value_period=periods.month(period.year, reached),
        in_period=None if of_period is None else of_period.total,
        cumulative=laid.total,
        missing=_missing([*due, *in_between], {*laid.gaps, *without_areas}),
        areas_missing=tuple(dict.fromkeys(area for _, piece in laid.pieces for area in piece.lacks)),
        kind=_kind(used),
        figures=behind(used),
        of_period=() if of_period is None else behind(piece.amount for _, piece in of_period.pieces),
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


def _recency(item: tuple[Stretch, Amount]) -> tuple[int, bool, int, int]:
    """The later end, then what is official, then the later report, then the shorter stretch."""
    (first, last), amount = item
    return last, amount.kind is Kind.OFFICIAL, _version(amount), first


def _version(amount: Amount) -> int:
    return version_of(amount).toordinal()


def _kind(amounts: list[Amount]) -> Kind:
    return Kind.ESTIMATE if any(a.kind is Kind.ESTIMATE for a in amounts) else Kind.OFFICIAL
