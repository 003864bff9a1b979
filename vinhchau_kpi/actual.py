"""What has been achieved: one indicator's amounts → its value in a period, its cumulative or its level. Pure.

A flow adds up, so its reported pieces are laid end to end along the year. January to June is whole when pieces reach from
the year's start to the end of June without a gap. A gap is named, never filled. A level is the latest figure.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.figure import Amount, Amounts, Figure, Kind, Stretch
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.pieces import behind, cover, in_full, pieces_of, version_of, within
from vinhchau_kpi.plan import Indicator, Plan
from vinhchau_kpi.promise import promise_by_area


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
            wholes = [in_full(pieces, first, last, can_fall=unit.can_fall) for pieces in laid]
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
        return as_due(plan, known, indicator, areas)
    town = known.series(indicator.code, percent=plan.unit_of(indicator).is_percent).get(None, {})
    together = {stretch: _preferred(town.get(stretch), areas.get(stretch)) for stretch in {**areas, **town}}
    return as_due(plan, known, indicator, together)


def as_due(plan: Plan, known: Known, indicator: Indicator, amounts: Amounts) -> Amounts:
    """The amounts, those for the last month of a due quarter, half or year as amounts of all of it (`taken_as_due`)."""
    taken = taken_as_due(plan, known, indicator)
    return {
        stretch if amount.cumulative is not None else taken.get(stretch, stretch): amount
        for stretch, amount in amounts.items()
    }


def taken_as_due(plan: Plan, known: Known, indicator: Indicator) -> dict[Stretch, Stretch]:
    """A flow that is due by the quarter, half or year and is reported under the last month of it alone: month → stretch."""
    if indicator.every == "month" or not indicator.is_flow:
        return {}
    stretches = known.of(indicator.code).stretches
    found = {}
    for first, last in ((due.first, due.last) for due in plan.span.due(indicator.every)):
        if [stretch for stretch in stretches if stretch[0] <= last and stretch[1] >= first] == [(last, last)]:
            found[last, last] = (first, last)
    return found


def areas_due(plan: Plan, known: Known, indicator: Indicator, stretch: Stretch) -> tuple[str, ...]:
    """The areas that had to report a stretch: those of the target in force at its end, or on the day of `known` if earlier."""
    period = plan.span.period(*stretch)
    day = period.last_day if known.day is None else min(period.last_day, known.day)
    return plan.areas_of(indicator, day, period, known.day)


def series_of(plan: Plan, known: Known, indicator: Indicator) -> dict[str | None, Amounts]:
    """The amounts of the town (None) and of each area by itself; of one that was merged, with what those before it made together."""
    series: dict[str | None, Amounts] = {**known.series(indicator.code, percent=plan.unit_of(indicator).is_percent)}

    def with_merged(area: str) -> Amounts:
        before = {old: with_merged(old) for old in plan.lives.made_of.get(area, ())}

        def every(stretch: Stretch) -> tuple[str, ...]:
            return plan.lives.living(before, plan.span.period(*stretch))

        return {**_together(plan, indicator, before, every), **series.get(area, {})}

    merged = {area: with_merged(area) for area in plan.lives.made_of}
    return {**series, **{area: amounts for area, amounts in merged.items() if amounts}}


def areas_together(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """What the areas make together, by stretch, whatever the town itself reports.

    A flow is laid out for each area by itself and then added up, so one area may report monthly and another quarterly. An
    area that had to report and whose pieces do not cover the whole stretch is missing from its sum. A rate is
    Σ numerator ÷ Σ denominator. Rates without these cannot be added: such a stretch is left out. Yes or no is yes where all
    say so, and no where one does. Where the plan names no areas, those that have reported anything count as all.
    """
    if indicator.target.achieved:
        return _kept_together(plan, known, indicator)
    unit, of_code = plan.unit_of(indicator), known.of(indicator.code)

    def every(stretch: Stretch) -> tuple[str, ...]:
        return areas_due(plan, known, indicator, stretch) or of_code.reporting()

    is_sum = indicator.is_flow and not unit.is_rate
    if not is_sum or of_code.is_simple:
        # Of stretches that do not overlap an area has one by itself or not at all.
        return of_code.added_up(percent=not is_sum and unit.is_percent, additive=not unit.is_rate, areas_due=every)
    of_areas = {area: own for area, own in series_of(plan, known, indicator).items() if area is not None}
    return _together(plan, indicator, of_areas, every)


def _kept_together(plan: Plan, known: Known, indicator: Indicator) -> Amounts:
    """Yes or no of all areas, by the stretches that they report: 1 where nobody says no, without those that have not said."""
    found: dict[Stretch, Amount] = {}
    for stretch in known.of(indicator.code).stretches:
        said = promise_by_area(plan, known, indicator, plan.span.period(*stretch))
        if said is not None and any(figure.stretch == stretch for figure in said.figures):
            missing = () if said.not_kept else tuple(said.missing)
            kind = Kind.ESTIMATE if any(one.kind is Kind.ESTIMATE for one in said.figures) else Kind.OFFICIAL
            found[stretch] = Amount(Fraction(not said.not_kept), None, kind, said.figures, missing)
    return found


def _together(
    plan: Plan, indicator: Indicator, of_areas: Mapping[str, Amounts], every: Callable[[Stretch], tuple[str, ...]]
) -> Amounts:
    """What those areas that live at a stretch's end make together, by stretch. `every`: those that had to report one."""
    unit, found = plan.unit_of(indicator), dict[Stretch, Amount]()
    laid = {area: pieces_of(amounts) for area, amounts in of_areas.items()}
    for stretch in dict.fromkeys(stretch for amounts in of_areas.values() for stretch in amounts):
        living = plan.lives.living(of_areas, plan.span.period(*stretch))
        given = {area: of_areas[area][stretch] for area in living if stretch in of_areas[area]}
        here = list(given.values())
        if not here:
            continue
        whole, ratio_of = {}, None
        if indicator.is_flow and not unit.is_rate:
            wholes = {area: in_full(laid[area], *stretch, can_fall=unit.can_fall) for area in living}
            values = {area: one.total for area, one in wholes.items() if one is not None}
            if any(amount.cumulative is not None for amount in here):
                whole = {area: cover(laid[area], 0, stretch[1]) for area in living}
            value = sum(values.values(), Fraction(0)) if values else None
        else:
            values = {area: amount.value for area, amount in given.items() if amount.value is not None}
            ratios = [amount.ratio_of for amount in here if amount.ratio_of is not None]
            if len(ratios) == len(here):
                ratio_of = sum((a for a, _ in ratios), Fraction(0)), sum((b for _, b in ratios), Fraction(0))
                value = _quotient(*ratio_of, 100 if unit.is_percent else 1)
            elif unit.is_rate:
                continue
            else:
                value = sum(values.values(), Fraction(0))
        sums = {area: laid_out.total for area, laid_out in whole.items() if laid_out.is_whole}
        found[stretch] = Amount(
            value=value,
            cumulative=sum(sums.values(), Fraction(0)) if sums else None,
            kind=_kind(here),
            figures=tuple(sorted(itertools.chain.from_iterable(a.figures for a in here), key=lambda f: f.place)),
            areas_missing=tuple(area for area in every(stretch) if area not in values),
            cumulative_lacks=tuple(area for area in every(stretch) if area not in sums) if whole else (),
            ratio_of=ratio_of,
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


def actual(plan: Plan, indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    """The actual of `indicator` for `period`, from what is known of it."""
    if not indicator.is_flow:
        return _level(plan, indicator, amounts, period)
    if plan.unit_of(indicator).is_rate:
        return _rate_of_the_year(plan, indicator, amounts, period)
    return _flow(plan, indicator, amounts, period, can_fall=plan.unit_of(indicator).can_fall)


def _rate_of_the_year(plan: Plan, indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    """Σ numerator ÷ Σ denominator since January. A rate without these cannot be added to another: where there are no
    others, the latest stands, and says of which period it is."""
    made = {stretch: amount for stretch, amount in amounts.items() if amount.ratio_of is not None}
    if not any(last <= period.last for _, last in made):
        return _level(plan, indicator, amounts, period)
    above, below = (
        _flow(
            plan,
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


def _flow(plan: Plan, indicator: Indicator, amounts: Amounts, period: Period, *, can_fall: bool) -> Actual:
    pieces = pieces_of(amounts)
    laid = cover(pieces, 0, period.last)
    due = [one for one in plan.span.due(indicator.every) if one.last <= period.last]
    last_due = due[-1].last if due else 0
    if not laid.pieces:
        return Actual(missing=tuple(due), judged_at=last_due)
    reached = laid.pieces[-1][0][1]
    used = [piece.amount for _, piece in laid.pieces]
    of_period = within(pieces, period, can_fall=can_fall)
    in_between = [plan.span.month(m) for m in range(last_due + 1, reached + 1)]
    without_areas = {m for (begin, end), piece in laid.pieces if piece.lacks for m in range(begin + 1, end + 1)}
    return Actual(
        value=laid.total,
        value_period=plan.span.month(reached),
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


def _level(plan: Plan, indicator: Indicator, amounts: Amounts, period: Period) -> Actual:
    due = [one for one in plan.span.due(indicator.every) if one.last <= period.last]
    judged_at = due[-1].last if due else 0
    known = [(s, a) for s, a in amounts.items() if a.value is not None and s[1] <= period.last]
    if not known:
        return Actual(missing=tuple(due[-1:]), judged_at=judged_at)
    # A sum that lacks areas is not the town's figure: an earlier whole one says more.
    latest = max(known, key=_recency)
    (first, last), amount = max([item for item in known if not item[1].areas_missing] or known, key=_recency)
    return Actual(
        value=amount.value,
        value_period=plan.span.period(first, last),
        missing=(plan.span.period(*latest[0]),) if latest[1].areas_missing else (),
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
