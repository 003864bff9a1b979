"""The figures of one indicator held against each other over the year."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from vinhchau_kpi import rules
from vinhchau_kpi.actual import reported_of, series_of, taken_as_due
from vinhchau_kpi.checks.running import months_as_totals
from vinhchau_kpi.checks.series import adds_up, series
from vinhchau_kpi.figure import Amount, Amounts, Figure, FigureKey, Kind, Stretch, keys_of
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.pieces import Edge, Piece, cover, every_piece, official_instead, version_of
from vinhchau_kpi.plan import Indicator, Plan


def over_time(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """What does not agree between one period and another, for each area and the town by itself."""
    if known.of(indicator.code).is_simple:
        return
    of_areas = known.series(indicator.code, percent=plan.unit_of(indicator).is_percent)
    found = [finding for amounts in of_areas.values() for finding in _over_time(plan, indicator, amounts)]
    if not found:
        # Each agrees with itself; one that was merged must also agree with those before it.
        merged = plan.lives.made_of
        series = series_of(plan, known, indicator) if merged else {}
        found = [one for area in merged for one in _over_time(plan, indicator, _without_lacking(series.get(area, {})))]
    if not found and len(of_areas) > 1 and None in of_areas:
        # The town's own figures must also agree with what the areas make in other periods.
        found = list(_over_time(plan, indicator, _without_lacking(reported_of(plan, known, indicator))))
    yield from _explained(plan, known, indicator, found) if found and adds_up(plan, indicator) else found


def _explained(plan: Plan, known: Known, indicator: Indicator, found: Sequence[Finding]) -> Iterator[Finding]:
    """With what cumulatives that are the period's own figure bring about said as that, once for each."""
    by_area: dict[str | None, list[Figure]] = {}
    for figure in known.of(indicator.code).figures():
        by_area.setdefault(figure.area, []).append(figure)
    months = {
        one.given.figure.cumulative_place: one
        for figures in by_area.values()
        for one in months_as_totals(series(plan, indicator, figures))
    }
    for place, one in months.items():
        args = {"code": indicator.code, "value": one.given.value, "instead": one.instead, **one.evidence}
        about = keys_of([one.given.figure])
        for finding in found:
            about |= dict.fromkeys(finding.about) if finding.place == place else {}
        yield Finding(rules.MONTH_AS_TOTAL, place, args, about)
    yield from (finding for finding in found if finding.place not in months)


def month_for_stretch(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """What is due by the quarter, half or year and is given for the last month of it."""
    for month, stretch in taken_as_due(plan, known, indicator).items():
        here = [figure for figure in known.of(indicator.code).figures() if figure.stretch == month]
        alone = [figure.place for figure in here if figure.cumulative is None]
        if alone:
            args = {"code": indicator.code, "value": plan.span.period(*month), "period": plan.span.period(*stretch)}
            yield Finding(rules.MONTH_FOR_STRETCH, min(alone), args)


def _over_time(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    if not indicator.is_flow:
        yield from _same_end(plan, indicator, amounts)
    elif not plan.unit_of(indicator).is_rate:
        yield from _sums(plan, indicator, amounts)
    else:
        # Numerators add up as any flow does, and so do denominators.
        made = [
            (stretch, amount, amount.ratio_of) for stretch, amount in amounts.items() if amount.ratio_of is not None
        ]
        above, below = ({s: a._replace(value=r[nth], cumulative=None) for s, a, r in made} for nth in (0, 1))
        yield from list(_sums(plan, indicator, above)) or _sums(plan, indicator, below)


def rate_of_the_year(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    """Figures of a rate that adds up over the year which cannot be added: they have no numerator and denominator."""
    if not indicator.is_flow or not plan.unit_of(indicator).is_rate:
        return
    alone = [figure for figure in known.of(indicator.code).figures() if figure.denominator is None]
    if alone:
        periods = tuple(dict.fromkeys(sorted(figure.period for figure in alone)))
        first = min(figure.place for figure in alone)
        yield Finding(rules.RATE_NOT_ADDED, first, {"code": indicator.code, "periods": periods})


def _without_lacking(amounts: Amounts) -> Amounts:
    """The amounts but the sums that lack areas."""
    return {
        stretch: amount._replace(
            value=None if amount.areas_missing else amount.value,
            cumulative=None if amount.cumulative_lacks else amount.cumulative,
        )
        for stretch, amount in amounts.items()
    }


def _sums(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    """Cumulatives must not fall and must be the sum of the months; longer stretches the sum of shorter ones."""
    every = every_piece({stretch: amount._replace(cumulative=None) for stretch, amount in amounts.items()})
    instead = official_instead(every)
    own = {edge: piece for edge, piece in every.items() if edge not in instead}
    can_fall = plan.unit_of(indicator).can_fall
    yield from _cumulatives(plan, indicator.code, amounts, own, can_fall=can_fall)
    for (first, last), amount in amounts.items():
        if amount.value is None or first == last:
            continue
        official = instead.get((first - 1, last))
        if official is None:
            yield from _longer(plan, indicator.code, (first, last), amount, own, can_fall=can_fall)
        elif official.total != amount.value:
            places = [piece.amount.figures[0].place for _, piece in official.pieces]
            key = f"{indicator.code} {plan.span.period(first, last)}"
            yield official_counts(key, amount.value, amount.figures[0].place, official.total, places)


def _cumulatives(
    plan: Plan, code: str, amounts: Amounts, own: Mapping[Edge, Piece], *, can_fall: bool
) -> Iterator[Finding]:
    sums = sorted(((s[1], a.cumulative, a) for s, a in amounts.items() if a.cumulative is not None), key=lambda c: c[0])
    for (month, earlier, before), (last, later, amount) in itertools.pairwise(sums):
        if later < earlier and month < last:
            period, place = plan.span.period(month, month), _cumulative_place(before)
            args = {"code": code, "value": later, "earlier": earlier, "period": period, "place": place}
            yield Finding(rules.FALLING_CUMULATIVE, _cumulative_place(amount), args, _behind([before, amount]))
    for (begin, last), piece in own.items():
        # A value from January on is a sum as a cumulative is.
        before_it = [one for one in sums if one[0] < last]
        if begin == 0 and before_it and piece.total < before_it[-1][1] and all(one[0] != last for one in sums):
            month, earlier, before = before_it[-1]
            period, place = plan.span.period(month, month), _cumulative_place(before)
            args = {"code": code, "value": piece.total, "earlier": earlier, "period": period, "place": place}
            at = piece.amount.figures[0].place
            yield Finding(rules.FALLING_CUMULATIVE, at, args, _behind([before, piece.amount]))
    base: tuple[int, Fraction, tuple[Amount, ...]] = 0, Fraction(0), ()
    for last, cumulative, amount in sums:
        since = cover(own, base[0], last)
        expected = base[1] + since.total
        whole, behind_it = cover(own, 0, last), base[2]
        if whole.is_whole:
            expected, since, behind_it = whole.total, whole, ()
        # With a month open the sum may be more than what is known of it, never less.
        too_low = expected > cumulative >= base[1] and not can_fall
        if too_low or (since.is_whole and expected != cumulative):
            period, place = plan.span.period(last, last), _cumulative_place(amount)
            args = {"code": code, "value": cumulative, "period": period, "total": expected}
            made_of = [*behind_it, *(piece.amount for _, piece in since.pieces)]
            estimate = _estimate_under(amount, made_of)
            if estimate is None:
                yield Finding(rules.CUMULATIVE_DISAGREES, place, args, _behind([amount, *made_of]))
            else:
                key = f"{code} {plan.span.period(1, last)}"
                yield official_counts(key, expected, estimate.figures[0].place, cumulative, [place])
        base = last, cumulative, (amount,)


def _longer(
    plan: Plan, code: str, stretch: Stretch, amount: Amount, own: Mapping[Edge, Piece], *, can_fall: bool
) -> Iterator[Finding]:
    """One stretch of several months against the shorter ones within it."""
    first, last = stretch
    shorter = {edge: piece for edge, piece in own.items() if edge[1] - edge[0] < last - first + 1}
    parts, total = cover(shorter, first - 1, last), amount.value
    assert total is not None
    # As with a cumulative: months that are open can only add to what is known.
    too_low = parts.total > total and not can_fall
    if too_low or (parts.is_whole and parts.total != total):
        period, place = plan.span.period(first, last), amount.figures[0].place
        made_of = [piece.amount for _, piece in parts.pieces]
        estimate = _estimate_under(amount, made_of)
        if estimate is None:
            args = {"code": code, "value": total, "period": period, "other": parts.total}
            yield Finding(rules.STRETCH_DISAGREES, place, args, _behind([amount, *made_of]))
        else:
            yield official_counts(f"{code} {period}", parts.total, estimate.figures[0].place, total, [place])


def official_counts(key: str, value: object, at: Place, official: object, places: Sequence[Place]) -> Finding:
    """An estimate, `at` a place, beside something official that counts before it."""
    args = {"key": key, "value": value, "other": official, "places": tuple(places)}
    return Finding(rules.OFFICIAL_COUNTS, at, args)


def _estimate_under(whole: Amount, parts: Iterable[Amount]) -> Amount | None:
    """The first estimate among the parts of a whole that is official: it counts before them."""
    if whole.kind is Kind.ESTIMATE:
        return None
    return next((part for part in parts if part.kind is Kind.ESTIMATE), None)


def _behind(amounts: Iterable[Amount]) -> dict[FigureKey, None]:
    """The figures that amounts are made of."""
    return keys_of(figure for amount in amounts for figure in amount.figures)


def _cumulative_place(amount: Amount) -> Place:
    given = [figure for figure in amount.figures if figure.cumulative is not None]
    return (given or amount.figures)[0].cumulative_place


def _same_end(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    """A level has one value at the end of June, whether June, the quarter or the half year is named."""
    by_end: dict[int, list[tuple[Stretch, Amount]]] = {}
    for stretch, amount in sorted(amounts.items(), key=lambda item: -item[0][0]):
        if amount.value is not None:
            by_end.setdefault(stretch[1], []).append((stretch, amount))
    for (_, shortest), *longer in by_end.values():
        for stretch, amount in longer:
            if amount.value == shortest.value:
                continue
            period = plan.span.period(*stretch)
            if amount.kind is not shortest.kind:
                estimate, official = (amount, shortest) if amount.kind is Kind.ESTIMATE else (shortest, amount)
                if version_of(estimate) >= version_of(official):
                    at, places = estimate.figures[0].place, [official.figures[0].place]
                    yield official_counts(f"{indicator.code} {period}", estimate.value, at, official.value, places)
            elif version_of(amount) == version_of(shortest):
                args = {"code": indicator.code, "value": amount.value, "period": period, "other": shortest.value}
                about = _behind([amount, shortest])
                yield Finding(rules.STRETCH_DISAGREES, amount.figures[0].place, args, about)
