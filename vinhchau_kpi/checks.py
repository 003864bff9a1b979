"""Figures held against each other: plan × figures → findings. Pure.

What a single cell can show was found when it was read; here are the faults that take two figures to see. Versions
of one figure are compared first, then the figures as they are known now.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from statistics import median

from vinhchau_kpi import rules
from vinhchau_kpi.actual import amounts_of, cover, pieces_of
from vinhchau_kpi.figures import Figure, Figures, Key, Known, Stretch, key_of
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Entry, Indicator, Plan

HIGH_RATE = 50
"""A rate (%) from which a fall to 0 is doubted."""
FACTORS = (10, 100, 1000)
NEAR_FACTOR = Fraction(5, 4)
"""How near to a factor a jump must be: within a quarter either way."""


def check(plan: Plan, figures: Figures) -> list[Finding]:
    """Every finding about the figures as a whole, whichever files they came from."""
    findings = list(_versions(figures))
    known = figures.known_on(None)
    for entry in plan.entries.values():
        findings += _indicator(plan, known, entry.indicator)
    for code in plan.commitments:
        findings += _areas_of_promise(known, code)
    for entry in plan.entries.values():
        if entry.indicator.children:
            findings += _parts(plan, known, entry)
    return findings


# Versions of one figure


def _versions(figures: Figures) -> Iterator[Finding]:
    """The same figure twice on one day: harmless if equal, else neither can be preferred."""
    for versions in figures.by_key.values():
        if len(versions) < 2:
            continue
        by_day: dict[object, list[Figure]] = {}
        for figure in versions:
            by_day.setdefault(figure.version, []).append(figure)
        for same_day in by_day.values():
            for figure in same_day[1:]:
                yield _same_day(same_day[0], figure)


def _same_day(first: Figure, figure: Figure) -> Finding:
    args = {"key": _key_words(first), "place": first.place}
    if figure.numbers == first.numbers and figure.kind == first.kind:
        return Finding(rules.DOUBLED_FIGURE, figure.place, args)
    args |= {"value": _numbers(figure), "other": _numbers(first)}
    return Finding(rules.CONFLICTING_FIGURES, figure.place, args)


def _conflicting(figures: Figures) -> set[Key]:
    """The figures that have two values of one day."""
    return {
        key
        for key, versions in figures.by_key.items()
        if any(
            a.version == b.version and (a.numbers, a.kind) != (b.numbers, b.kind)
            for a, b in itertools.pairwise(sorted(versions, key=lambda f: f.version))
        )
    }


def _key_words(figure: Figure) -> str:
    return " ".join(filter(None, (figure.code, str(figure.period), figure.area)))


def _numbers(figure: Figure) -> tuple[Decimal, ...]:
    return tuple(n for n in figure.numbers if n is not None)


# One indicator over time and areas


def _indicator(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    by_stretch = known.latest.get(indicator.code)
    if not by_stretch:
        return
    yield from _areas(plan, known, indicator)
    series: dict[str | None, dict[Stretch, Figure]] = {}
    for stretch, by_area in by_stretch.items():
        for area, figure in by_area.items():
            series.setdefault(area, {})[stretch] = figure
    for figures in series.values():
        if indicator.measure == "flow":
            yield from _sums(indicator, figures)
        else:
            yield from _same_end(plan, indicator, figures)
        yield from _jumps(plan, indicator, list(figures.values()))
        if plan.unit_of(indicator).is_percent:
            yield from _zeros(indicator, list(figures.values()))


def _sums(indicator: Indicator, figures: dict[Stretch, Figure]) -> Iterator[Finding]:
    """Cumulatives must not fall and must be the sum of the months; longer stretches the sum of shorter ones."""
    one_area = Known(None, {indicator.code: {s: {None: f} for s, f in figures.items()}})
    amounts = one_area.amounts(indicator.code, percent=False, additive=True, areas=())
    own = pieces_of({s: replace(a, cumulative=None) for s, a in amounts.items()})
    with_cumulative = sorted((f for f in figures.values() if f.cumulative is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(with_cumulative):
        assert earlier.cumulative is not None and later.cumulative is not None
        if later.cumulative < earlier.cumulative and earlier.period.last < later.period.last:
            args = {
                "code": indicator.code,
                "value": later.cumulative,
                "earlier": earlier.cumulative,
                "period": earlier.period,
                "place": earlier.cumulative_place,
            }
            yield Finding(rules.FALLING_CUMULATIVE, later.cumulative_place, args)
    base: tuple[int, Fraction] = 0, Fraction(0)
    for figure in with_cumulative:
        assert figure.cumulative is not None
        last = figure.period.last
        since = cover(own, base[0], last)
        expected = base[1] + since.total
        whole = cover(own, 0, last)
        if whole.is_whole:
            expected, since = whole.total, whole
        if since.is_whole and expected != figure.cumulative:
            args = {"code": indicator.code, "value": figure.cumulative, "period": figure.period.end, "total": expected}
            yield Finding(rules.CUMULATIVE_DISAGREES, figure.cumulative_place, args)
        base = last, Fraction(figure.cumulative)
    for (first, last), figure in figures.items():
        if figure.value is None or first == last:
            continue
        shorter = {edge: piece for edge, piece in own.items() if edge[1] - edge[0] < last - first + 1}
        parts = cover(shorter, first - 1, last)
        if parts.is_whole and parts.total != figure.value:
            args = {"code": indicator.code, "value": figure.value, "period": figure.period, "other": parts.total}
            yield Finding(rules.STRETCH_DISAGREES, figure.place, args)


def _same_end(plan: Plan, indicator: Indicator, figures: dict[Stretch, Figure]) -> Iterator[Finding]:
    """A level has one value at the end of June, whether June, the quarter or the half year is named."""
    percent = plan.unit_of(indicator).is_percent
    by_end: dict[int, list[Figure]] = {}
    for figure in sorted(figures.values(), key=lambda f: -f.period.first):
        by_end.setdefault(figure.period.last, []).append(figure)
    for shortest, *longer in by_end.values():
        for figure in longer:
            here, there = _level(figure, percent), _level(shortest, percent)
            if here is not None and there is not None and here != there and figure.version == shortest.version:
                args = {"code": indicator.code, "value": here, "period": figure.period, "other": there}
                yield Finding(rules.STRETCH_DISAGREES, figure.place, args)


def _level(figure: Figure, percent: bool) -> Fraction | None:
    own = Known(None, {figure.code: {figure.stretch: {None: figure}}})
    amount = own.amounts(figure.code, percent=percent, additive=True, areas=())[figure.stretch]
    return amount.value


def _jumps(plan: Plan, indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    """A value about 10, 100 or 1000 times (or a part of) what the other periods lead one to expect."""
    usual_of = _usual_flow if indicator.measure == "flow" else _usual_level
    given = [(figure, Fraction(figure.value)) for figure in figures if figure.value]
    for figure, value in given:
        usual = usual_of(plan, indicator, figure, [(f, v) for f, v in given if f is not figure])
        if not usual:
            continue
        times = max(value / usual, usual / value)
        factor = next((f for f in FACTORS if f / NEAR_FACTOR <= times <= f * NEAR_FACTOR), None)
        if factor is not None:
            words = str(factor) if value > usual else f"1/{factor}"
            args = {"code": indicator.code, "factor": words, "value": value, "other": usual}
            yield Finding(rules.JUMP, figure.place, args)


def _usual_flow(
    plan: Plan, indicator: Indicator, figure: Figure, others: list[tuple[Figure, Fraction]]
) -> Fraction | None:
    """What at least two other periods give for this one, each scaled by its share of the year; their median."""

    def share(one: Figure) -> Fraction:
        return plan.share(indicator, one.period.last) - plan.share(indicator, one.period.first - 1)

    rates = [value / share(one) for one, value in others if share(one)]
    return median(rates) * share(figure) if len(rates) >= 2 else None


def _usual_level(
    _plan: Plan, _indicator: Indicator, figure: Figure, others: list[tuple[Figure, Fraction]]
) -> Fraction | None:
    """Of the two periods nearest in time the one nearer in value: a level may rise tenfold, but not there and back."""
    if len(others) < 2:
        return None
    assert figure.value is not None
    own, last = Fraction(figure.value), figure.period.last
    nearest = sorted(others, key=lambda other: abs(other[0].period.last - last))[:2]
    return min((value for _, value in nearest), key=lambda value: max(value / own, own / value))


def _zeros(indicator: Indicator, figures: list[Figure]) -> Iterator[Finding]:
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.period.last)
    for earlier, later in itertools.pairwise(ordered):
        if later.value == 0 and earlier.value is not None and earlier.value >= HIGH_RATE:
            args = {"code": indicator.code, "other": earlier.value, "period": earlier.period}
            yield Finding(rules.ZERO_RATE, later.place, args)


# Areas and the town


def _areas(plan: Plan, known: Known, indicator: Indicator) -> Iterator[Finding]:
    amounts = amounts_of(plan, known, indicator)
    for stretch, by_area in known.latest[indicator.code].items():
        period = Period(plan.year, *stretch)
        amount = amounts.get(stretch)
        areas = {area: figure for area, figure in by_area.items() if area is not None}
        if not areas:
            continue
        first = min(areas.values(), key=lambda f: f.place)
        args = {"code": indicator.code, "period": period}
        if amount is None:
            yield Finding(rules.AREAS_CANNOT_ADD, first.place, args)
        elif None not in by_area:
            if amount.areas_missing:
                missing = tuple(plan.areas[area].name for area in amount.areas_missing)
                counts = {"reported": len(areas), "expected": len(plan.areas), "missing": missing}
                yield Finding(rules.AREAS_INCOMPLETE, first.place, args | counts)
        else:
            yield from _town_and_areas(plan, known, indicator, stretch, by_area[None], args)


def _town_and_areas(
    plan: Plan, known: Known, indicator: Indicator, stretch: Stretch, town: Figure, args: dict[str, object]
) -> Iterator[Finding]:
    """The town's figure is the areas' sum where all have reported, and no less than it before."""
    areas: dict[str | None, Figure] = {
        area: f for area, f in known.latest[indicator.code][stretch].items() if area is not None
    }
    alone = Known(None, {indicator.code: {stretch: areas}})
    together = amounts_of(plan, alone, indicator).get(stretch)
    own = amounts_of(plan, Known(None, {indicator.code: {stretch: {None: town}}}), indicator)[stretch]
    if together is None or together.value is None or own.value is None:
        return
    is_all = not together.areas_missing and bool(plan.areas)
    if plan.unit_of(indicator).is_rate:
        disagrees = is_all and abs(together.value - own.value) >= _slack(town.value)
    else:
        disagrees = together.value != own.value if is_all else together.value > own.value
    if disagrees:
        yield Finding(rules.AREAS_DISAGREE, town.place, args | {"value": own.value, "total": together.value})


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
    for stretch, by_area in known.latest.get(parent.code, {}).items():
        for area, whole in by_area.items():
            parts = [known.latest.get(c.code, {}).get(stretch, {}).get(area) for c in children]
            for pick in ("value", "cumulative"):
                yield from _parts_of(whole, [p for p in parts if p is not None], pick, complete, len(children))


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
    return Figures(tuple(f for f in figures.rows if key_of(f) not in bad)) if bad else figures
