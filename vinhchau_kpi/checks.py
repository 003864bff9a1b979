"""Figures held against each other: plan × figures → findings. Pure.

What a single cell can show was found when it was read; here are the faults that take two figures to see. Versions
of one figure are compared first, then the figures as they are known now.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from math import lcm
from operator import mul, rshift
from typing import Any

from vinhchau_kpi import rules
from vinhchau_kpi.actual import amounts_of, areas_due, areas_together, cover, pieces_of, version_of
from vinhchau_kpi.figures import Amount, Amounts, Figure, Figures, Key, Known, Stretch, can_add_up, own_amount, spot_of
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.ledger import NOTHING, SCALE, SHIFT, Column
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Entry, Indicator, Plan

HIGH_RATE = 50
"""A rate (%) from which a fall to 0 is doubted."""
FACTORS = (10, 100, 1000)
NEAREST_POWER = 3
"""A number of up to three times a power of ten is nearer to it than to the next one."""
MOST_OF_TARGET, LEAST_OF_TARGET = 5, Decimal("0.01")
"""Times its year's target from which a figure is doubted, and under which a level is."""
NEAR_FACTOR = Fraction(5, 4)
"""How near to a factor a jump must be: within a quarter either way."""
LEAST_JUMP = FACTORS[0] / NEAR_FACTOR
LEAST = 1 << SHIFT
"""The least packed number above 0."""


def check(plan: Plan, figures: Figures) -> Iterator[Finding]:
    """Every finding about the figures as a whole, whichever files they came from."""
    yield from versions(figures)
    known = figures.known_on(None)
    for entry in plan.entries.values():
        yield from _indicator(plan, known, entry.indicator)
    for code in plan.commitments:
        yield from _areas_of_promise(known, code)
    for entry in plan.entries.values():
        if entry.indicator.children:
            yield from _parts(plan, known, entry)


# Versions of one figure


def versions(figures: Figures) -> Iterator[Finding]:
    """The same figure twice on one day: harmless if equal, else neither can be preferred."""
    for of_one in figures.by_key.values():
        if len(of_one) < 2:
            continue
        by_day: dict[date, list[Figure]] = {}
        for figure in of_one:
            by_day.setdefault(figure.version, []).append(figure)
        for day, same_day in by_day.items():
            for figure in same_day[1:]:
                finding = _same_day(same_day[0], figure)
                # Two values of a day that a later report has replaced are history, not a fault.
                if day == max(by_day) or not finding.is_error:
                    yield finding
        yield from _undated(by_day)


def _undated(by_day: dict[date, list[Figure]]) -> Iterator[Finding]:
    """Rows without a date that say something else than the latest dated one: it may be them that correct it."""
    latest = by_day[max(by_day)][0]
    differing = {f.numbers: f for f in reversed(by_day.get(date.min, [])) if f.numbers != latest.numbers}
    for figure in differing.values():
        if latest.reported_on is not None:
            args = {
                "key": _key_words(figure),
                "value": _numbers(figure),
                "other": _numbers(latest),
                "day": f"{latest.reported_on:%d/%m/%Y}",
                "place": latest.place,
            }
            yield Finding(rules.UNDATED_DIFFERS, figure.place, args)


def _same_day(first: Figure, figure: Figure) -> Finding:
    args = {"key": _key_words(first), "place": first.place}
    if figure.numbers == first.numbers:
        return Finding(rules.DOUBLED_FIGURE, figure.place, args)
    args |= {"value": _numbers(figure), "other": _numbers(first)}
    return Finding(rules.CONFLICTING_FIGURES, figure.place, args)


def _conflicting(figures: Figures) -> set[Key]:
    """The figures whose latest day has two values."""
    found = set()
    for key, of_one in figures.by_key.items():
        last = max(figure.version for figure in of_one)
        if len({figure.numbers for figure in of_one if figure.version == last}) > 1:
            found.add(key)
    return found


def _key_words(figure: Figure) -> str:
    return " ".join(filter(None, (figure.code, str(figure.period), figure.area)))


def _numbers(figure: Figure) -> tuple[Decimal, ...]:
    return tuple(n for n in figure.numbers if n is not None)


# One indicator over time and areas


def _indicator(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    columns = known.columns(indicator.code)
    if columns is not None:
        yield from _areas_by_columns(plan, known, indicator, columns)
        yield from _by_columns(plan, known, indicator, columns)
        return
    by_stretch = known.latest.get(indicator.code)
    if not by_stretch:
        return
    yield from _areas(plan, known, indicator)
    series = known.series(indicator.code, percent=plan.unit_of(indicator).is_percent)
    found = [finding for amounts in series.values() for finding in _over_time(plan, indicator, amounts)]
    if not found and len(series) > 1 and None in series:
        # Each agrees with itself; the town's own figures must also agree with what the areas make in other periods.
        found = list(_over_time(plan, indicator, _without_lacking(amounts_of(plan, known, indicator))))
    yield from found
    for area in series:
        yield from _unlikely(plan, indicator, [by_area[area] for by_area in by_stretch.values() if area in by_area])


def _unlikely(plan: Plan, indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    """What should be looked at in the figures of one area, or of the town."""
    jumps = list(_jumps(plan, indicator, figures))
    yield from jumps
    yield from _far_from_target(indicator, figures, {finding.place for finding in jumps})
    if plan.unit_of(indicator).is_percent:
        yield from _zeros(indicator, figures)


def _by_columns(plan: Plan, known: Known, indicator: Indicator, columns: Mapping[Stretch, Column]) -> Iterator[Finding]:
    """Of the areas in a ledger only those are judged of which a look at whole columns does not show that nothing would be
    found. Their stretches do not overlap and they have no cumulatives: nothing adds up to anything else."""
    assert known.ledger is not None
    for at in sorted(_doubtful(plan, indicator, columns)):
        figures = [known.ledger.figure(column, at) for column in columns.values() if column.lines[at]]
        yield from _unlikely(plan, indicator, figures)


def _doubtful(plan: Plan, indicator: Indicator, columns: Mapping[Stretch, Column]) -> set[int]:
    """The places whose figures may have something unlikely about them: never too few, seldom too many."""
    found: set[int] = set()
    for column in columns.values():
        found |= _out_of_bounds(plan, indicator, column)
    shares = {
        stretch: plan.share(indicator, stretch[1]) - plan.share(indicator, stretch[0] - 1)
        if indicator.is_flow
        else Fraction(1)
        for stretch in columns
    }
    used = {stretch: share for stretch, share in shares.items() if share > 0 and max(columns[stretch].values) >= LEAST}
    if len(used) < 2:
        return found
    # Every value as what a whole year would be at its pace, times a number that leaves no fractions.
    together = lcm(*(share.numerator for share in used.values()))
    times = {stretch: together // share.numerator * share.denominator for stretch, share in used.items()}
    paces = [list(map(mul, columns[stretch].values, repeat(factor))) for stretch, factor in times.items()]
    bound = max(max(pace) for pace in paces) + 1
    lowest = [
        pace if min(columns[stretch].values) >= LEAST else _or_else(bound, pace, LEAST * factor)
        for (stretch, factor), pace in zip(times.items(), paces, strict=True)
    ]
    # A packed number is up to 7 more than eight times what it stands for.
    slack = 7 * max(times.values())
    ratio = int(LEAST_JUMP)
    return found.union(
        at
        for at, (high, low) in enumerate(zip(map(max, *paces), map(min, *lowest), strict=True))
        if high >= ratio * (low - slack) and low < bound
    )


def _or_else(bound: int, pace: list[int], least: int) -> list[int]:
    """`bound` in place of what is below `least`."""
    return [one if one >= least else bound for one in pace]


def _out_of_bounds(plan: Plan, indicator: Indicator, column: Column) -> set[int]:
    """The places of a column that are far from the target, or 0 in a percent."""
    values = column.values
    found: set[int] = set()
    if max(values) == NOTHING:
        return found
    target = indicator.target.at_least
    if target is not None and target > 0:
        too_large = int(MOST_OF_TARGET * target * SCALE) << SHIFT
        if max(values) >= too_large:
            found.update(at for at, value in enumerate(values) if value >= too_large)
        too_small = int(target * LEAST_OF_TARGET * SCALE + 1) << SHIFT
        if not indicator.is_flow and min(values) < too_small:
            found.update(at for at, value in enumerate(values) if LEAST <= value < too_small)
    if plan.unit_of(indicator).is_percent and min(values) < LEAST:
        found.update(at for at, value in enumerate(values) if 0 <= value < LEAST)
    return found


def _over_time(plan: Plan, indicator: Indicator, amounts: Amounts) -> Iterator[Finding]:
    yield from _sums(plan, indicator, amounts) if indicator.is_flow else _same_end(plan, indicator, amounts)


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
    code = indicator.code
    own = pieces_of({stretch: amount._replace(cumulative=None) for stretch, amount in amounts.items()})
    sums = sorted(((s[1], a.cumulative, a) for s, a in amounts.items() if a.cumulative is not None), key=lambda c: c[0])
    for (month, earlier, before), (last, later, amount) in itertools.pairwise(sums):
        if later < earlier and month < last:
            period, place = Period(plan.year, month, month), _cumulative_place(before)
            args = {"code": code, "value": later, "earlier": earlier, "period": period, "place": place}
            yield Finding(rules.FALLING_CUMULATIVE, _cumulative_place(amount), args)
    base: tuple[int, Fraction] = 0, Fraction(0)
    can_fall = (plan.unit_of(indicator).min or 0) < 0
    for last, cumulative, amount in sums:
        since = cover(own, base[0], last)
        expected = base[1] + since.total
        whole = cover(own, 0, last)
        if whole.is_whole:
            expected, since = whole.total, whole
        # With a month open the sum may be more than what is known of it, never less.
        too_low = expected > cumulative >= base[1] and not can_fall
        if too_low or (since.is_whole and expected != cumulative):
            args = {"code": code, "value": cumulative, "period": Period(plan.year, last, last), "total": expected}
            yield Finding(rules.CUMULATIVE_DISAGREES, _cumulative_place(amount), args)
        base = last, cumulative
    for (first, last), amount in amounts.items():
        if amount.value is None or first == last:
            continue
        shorter = {edge: piece for edge, piece in own.items() if edge[1] - edge[0] < last - first + 1}
        parts = cover(shorter, first - 1, last)
        # As with a cumulative: months that are open can only add to what is known.
        too_low = parts.total > amount.value and not can_fall
        if too_low or (parts.is_whole and parts.total != amount.value):
            args = {"code": code, "value": amount.value, "period": Period(plan.year, first, last), "other": parts.total}
            yield Finding(rules.STRETCH_DISAGREES, amount.figures[0].place, args)


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
            if amount.value != shortest.value and version_of(amount) == version_of(shortest):
                period = Period(plan.year, *stretch)
                args = {"code": indicator.code, "value": amount.value, "period": period, "other": shortest.value}
                yield Finding(rules.STRETCH_DISAGREES, amount.figures[0].place, args)


def _jumps(plan: Plan, indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    """A value about 10, 100 or 1000 times (or a part of) what the other periods lead one to expect."""
    given = [(figure, Fraction(figure.value)) for figure in figures if figure.value]
    usuals = _usual_flows(plan, indicator, given) if indicator.is_flow else _usual_levels(given)
    for (figure, value), usual in zip(given, usuals, strict=True):
        if not usual:
            continue
        times = value / usual if value > usual else usual / value
        if times < LEAST_JUMP:
            continue
        factor = next((f for f in FACTORS if f / NEAR_FACTOR <= times <= f * NEAR_FACTOR), None)
        if times > FACTORS[-1]:
            # Đồng for tỷ đồng is a thousand million times.
            factor = next(10**power for power in range(3, 40) if times < 10**power * NEAREST_POWER)
        if factor is not None:
            words = factor if value > usual else f"1/{factor}"
            args = {"code": indicator.code, "factor": words, "value": value, "other": usual}
            yield Finding(rules.JUMP, figure.place, args, {spot_of(figure): None})


def _far_from_target(indicator: Indicator, figures: list[Figure], doubted: set[Place]) -> Iterator[Finding]:
    """A figure of several years' worth, or a level of less than a hundredth of its target; not where it is doubted already.

    It needs no other period to compare with, so it sees what is wrong with the first file of a year.
    """
    target = indicator.target.at_least
    if target is None or target <= 0:
        return
    too_large, too_small = MOST_OF_TARGET * target, target * LEAST_OF_TARGET
    for figure in figures:
        value = figure.value if figure.value is not None else figure.cumulative
        if not value:
            continue
        is_small = not indicator.is_flow and 0 < value < too_small
        if (value >= too_large or is_small) and figure.place not in doubted:
            times = Fraction(value) / Fraction(target)
            factor = f"1/{round(1 / times)}" if is_small else str(round(times))
            args = {"code": indicator.code, "value": value, "factor": factor, "target": target}
            yield Finding(rules.FAR_FROM_TARGET, figure.place, args, {spot_of(figure): None})


def _usual_flows(plan: Plan, indicator: Indicator, given: list[tuple[Figure, Fraction]]) -> list[Fraction | None]:
    """For each figure what at least two other periods give for its own: the median of them, each scaled by its share of
    the year; None where there are fewer."""
    shares = [
        plan.share(indicator, figure.period.last) - plan.share(indicator, figure.period.first - 1)
        for figure, _ in given
    ]
    rates = sorted(
        (value / share, at) for at, ((_, value), share) in enumerate(zip(given, shares, strict=True)) if share
    )
    rank_of = {at: rank for rank, (_, at) in enumerate(rates)}
    usuals: list[Fraction | None] = []
    for at, share in enumerate(shares):
        rank = rank_of.get(at, len(rates))
        others = len(rates) - (at in rank_of)
        if others < 2:
            usuals.append(None)
            continue
        # The two in the middle of the others, found by stepping over the figure's own.
        low, high = (rates[n + (n >= rank)][0] for n in ((others - 1) // 2, others // 2))
        usuals.append((low + high) / 2 * share)
    return usuals


def _usual_levels(given: list[tuple[Figure, Fraction]]) -> list[Fraction | None]:
    """For each figure, of the two periods nearest in time the value nearer to its own: a level may rise tenfold, but not
    there and back. None where there are fewer than two others."""
    return [
        _usual_level(figure, value, [other for other in given if other[0] is not figure]) for figure, value in given
    ]


def _usual_level(figure: Figure, own: Fraction, others: list[tuple[Figure, Fraction]]) -> Fraction | None:
    if len(others) < 2:
        return None
    nearest = sorted(others, key=lambda other: (abs(other[0].period.last - figure.period.last), other[0].period.last))[
        :2
    ]
    return min((value for _, value in nearest), key=lambda value: max(value / own, own / value))


def _zeros(indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(ordered):
        if later.value == 0 and earlier.value is not None and earlier.value >= HIGH_RATE:
            args = {"code": indicator.code, "other": earlier.value, "period": earlier.period}
            yield Finding(rules.ZERO_RATE, later.place, args, {spot_of(later): None})


# Areas and the town


def _areas(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    together = areas_together(plan, known, indicator)
    for stretch, by_area in known.latest[indicator.code].items():
        areas = {area: figure for area, figure in by_area.items() if area is not None}
        if not areas:
            continue
        first = min(figure.place for figure in areas.values())
        args = {"code": indicator.code, "period": Period(plan.year, *stretch)}
        amount, town = together.get(stretch), by_area.get(None)
        if amount is None or (amount.value is None and amount.cumulative is None):
            if town is None:
                yield Finding(rules.AREAS_CANNOT_ADD, first, args)
        elif town is not None:
            yield from _town_and_areas(plan, indicator, town, amount, args)
        else:
            lacking = amount.areas_missing if amount.value is not None else amount.cumulative_lacks
            yield from _incomplete(plan, known, indicator, stretch, len(areas), lacking, first)


def _areas_by_columns(
    plan: Plan, known: Known, indicator: Indicator, columns: Mapping[Stretch, Column]
) -> Iterator[Finding]:
    assert known.ledger is not None
    additive = not plan.unit_of(indicator).is_rate and not indicator.target.achieved
    for stretch, column in columns.items():
        due = areas_due(plan, known, indicator, stretch) or known.reporting(indicator.code)
        if not can_add_up(column, additive=additive):
            first = known.ledger.least(column).place
            args = {"code": indicator.code, "period": Period(plan.year, *stretch)}
            yield Finding(rules.AREAS_CANNOT_ADD, first, args)
        elif lacking := known.lacking(column, due):
            first = known.ledger.least(column).place
            yield from _incomplete(plan, known, indicator, stretch, column.count, lacking, first)


def _incomplete(
    plan: Plan,
    known: Known,
    indicator: Indicator,
    stretch: Stretch,
    count: int,
    lacking: tuple[str, ...],
    first: Place,
) -> Iterator[Finding]:
    """`count` areas have a figure, those `lacking` have none; `first` is where the first of the figures stands."""
    if lacking:
        missing = tuple(plan.areas[area].name if area in plan.areas else area for area in lacking)
        expected = len(areas_due(plan, known, indicator, stretch)) or count + len(lacking)
        counts = {"reported": expected - len(lacking), "expected": expected, "missing": missing}
        args = {"code": indicator.code, "period": Period(plan.year, *stretch)}
        yield Finding(rules.AREAS_INCOMPLETE, first, args | counts)


def _town_and_areas(
    plan: Plan, indicator: Indicator, town: Figure, together: Amount, args: dict[str, Any]
) -> Iterator[Finding]:
    """The town's value and cumulative are the areas' sum where all have reported, and no less than it before."""
    unit = plan.unit_of(indicator)
    own = own_amount(town, unit.is_percent)
    pairs = (
        (own.value, together.value, together.areas_missing, town.place),
        (own.cumulative, together.cumulative, together.cumulative_lacks, town.cumulative_place),
    )
    for total, areas, missing, place in pairs:
        if total is None or areas is None:
            continue
        is_all = not missing and bool(plan.areas)
        if unit.is_rate:
            disagrees = is_all and abs(areas - total) >= _slack(town.value)
        else:
            disagrees = areas != total if is_all else areas > total
        if disagrees:
            yield Finding(rules.AREAS_DISAGREE, place, args | {"value": total, "total": areas})


def _areas_of_promise(known: Known, code: str) -> Iterator[Finding]:
    for by_area in known.latest.get(code, {}).values():
        if None not in by_area:
            first = min(by_area.values(), key=lambda f: f.place)
            yield Finding(rules.AREAS_CANNOT_ADD, first.place, {"code": code, "period": first.period})


# Parts and the whole


def _parts(plan: Plan, known: Known, entry: Entry) -> Iterator[Finding]:
    """Children of the same unit, period and area: never over their parent, and equal to it when complete."""
    parent = entry.indicator
    if plan.unit_of(parent).is_rate:
        return
    children = [c for c in parent.children if c.unit == parent.unit and c.measure == parent.measure]
    complete = parent.parts == "complete" and len(children) == len(parent.children)
    columns = known.columns(parent.code)
    of_children = [known.columns(c.code) if any(known.stretches(c.code)) else {} for c in children]
    if columns is not None and None not in of_children:
        yield from _parts_by_columns(known, columns, [one for one in of_children if one is not None], complete)
        return
    for stretch, by_area in known.latest.get(parent.code, {}).items():
        for area, whole in by_area.items():
            parts = [known.latest.get(c.code, {}).get(stretch, {}).get(area) for c in children]
            for pick in ("value", "cumulative"):
                yield from _parts_of(whole, [p for p in parts if p is not None], pick, complete, len(children))


def _parts_by_columns(
    known: Known, columns: Mapping[Stretch, Column], of_children: list[dict[Stretch, Column]], complete: bool
) -> Iterator[Finding]:
    """Areas whose numbers fit to the last digit need no more looking at."""
    ledger = known.ledger
    assert ledger is not None
    for stretch, column in columns.items():
        parts = [one[stretch] for one in of_children if stretch in one]
        values = [map(rshift, part.values, repeat(SHIFT)) for part in parts]
        wholes = map(rshift, column.values, repeat(SHIFT))
        for at, (whole, *given) in enumerate(zip(wholes, *values, strict=True)):
            if _fit(whole, given, complete, complete and len(parts) == len(of_children)):
                continue
            figures = [ledger.figure(part, at) for part in parts if part.lines[at]]
            yield from _parts_of(ledger.figure(column, at), figures, "value", complete, len(of_children))


def _fit(whole: int, parts: list[int], complete: bool, are_all: bool) -> bool:
    """Whether parts make their whole to the last digit, or stay within it where some are below 0, which is no figure."""
    if whole < 0 or not parts:
        return True
    if are_all and min(parts) >= 0:
        return sum(parts) == whole
    return max(parts) <= whole and (not complete or sum(part for part in parts if part > 0) <= whole)


def _parts_of(whole: Figure, parts: list[Figure], pick: str, complete: bool, expected: int) -> Iterator[Finding]:
    total: Decimal | None = getattr(whole, pick)
    given = [(part, value) for part in parts if (value := getattr(part, pick)) is not None]
    if total is None or not given:
        return
    slack = max(map(_slack, [total, *(value for _, value in given)]))
    together = sum((Fraction(value) for _, value in given), Fraction(0))
    args = {
        "period": whole.period,
        "parts": tuple(part.code for part, _ in given),
        "code": whole.code,
        "value": together,
        "total": total,
    }
    if complete and len(given) == expected:
        if abs(together - Fraction(total)) > slack:
            yield Finding(rules.PARTS_DO_NOT_ADD, _place(whole, pick), args)
        return
    too_large = together > Fraction(total) + slack if complete else False
    for part, value in given:
        if value > total and not too_large:
            yield Finding(
                rules.CHILDREN_OVER_PARENT, _place(part, pick), args | {"parts": (part.code,), "value": value}
            )
    if too_large:
        yield Finding(rules.CHILDREN_OVER_PARENT, _place(given[0][0], pick), args)


def _place(figure: Figure, pick: str) -> Place:
    return figure.cumulative_place if pick == "cumulative" else figure.place


def _slack(value: Decimal | None) -> Fraction:
    """One unit of the last printed decimal of a figure: a count has none to spare for rounding but 1."""
    if value is None:
        return Fraction(0)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** min(exponent, 0)


def without_conflicts(figures: Figures) -> Figures:
    """The figures but those with two values of one day: there is no ground to choose."""
    bad = _conflicting(figures)
    return figures.without(bad) if bad else figures
