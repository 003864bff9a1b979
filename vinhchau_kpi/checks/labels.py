"""Whole files under a wrong label: last month's numbers again, a new month under an old name, values one row off.

Each looks at files as an office sends them; what holds very many figures is no office's month.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod

from vinhchau_kpi import rules
from vinhchau_kpi.checks.series import Given, adds_up, median, series, times_apart
from vinhchau_kpi.figure import Figure, FigureKey, Kind, Stretch
from vinhchau_kpi.figures import Figures, Known, standing
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.plan import Plan

MOST_ROWS = 300
"""A file of more figures is not looked at, nor an indicator of which so many are known as `MOST_KNOWN`."""
MOST_KNOWN = 5000
LEAST_ROWS = 3
"""Fewer rows alike may be so by chance."""
WHOLE_ROWS, LEAST_OF_WHOLE = 5, 2
"""Where a file has so many rows and every one is alike, levels and small numbers too, so few that add up are enough."""
NEARLY_ALL = Fraction(4, 5)
MOST = Fraction(2, 3)
SINCE = 3
"""How many times what is expected within the period must be expected since the year's start, for the two to be told apart."""
NEAR, FAR, FAR_TOGETHER = 2, 2, 8
"""How many times a value may be of the neighbour's usual, must be of its own, and must be in all rows multiplied."""

Book = Mapping[tuple[str, Stretch, str | None], Figure]
ByIndicator = Mapping[tuple[str, str | None], Sequence[Figure]]
"""The same figures by code and area."""


def labels(plan: Plan, figures: Figures, known: Known) -> Iterator[Finding]:
    """What nearly all rows of a file have in common and should not."""
    files = figures.of_short_files(MOST_ROWS)
    every = itertools.chain.from_iterable(files.values())
    rows = [f for f in every if f.code in plan.entries and f.value is not None and not f.withdrawn]
    codes = {f.code for f in rows if known.of(f.code).size <= MOST_KNOWN}
    book = {(f.code, f.stretch, f.area): f for code in sorted(codes) for f in known.of(code).figures()}
    by_indicator: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in book.values():
        by_indicator.setdefault((figure.code, figure.area), []).append(figure)
    older = _older(figures)
    by_file: dict[tuple[str, Stretch], list[Figure]] = {}
    for figure in rows:
        if figure.code in codes:
            by_file.setdefault((figure.place.file, figure.stretch), []).append(figure)
    for of_file in by_file.values():
        yield from _month_again(plan, book, of_file)
        yield from _month_replaced(plan, book, of_file, older)
        yield from _one_row_off(plan, by_indicator, of_file)
        yield from _all_totals(plan, by_indicator, of_file)


def _older(figures: Figures) -> dict[FigureKey, Sequence[Figure]]:
    return {versions[0].key: standing(versions) for versions in figures.repeated()}


def _month_again(plan: Plan, book: Book, rows: Sequence[Figure]) -> Iterator[Finding]:
    """Nearly all numbers of a period are those of the one before it."""
    first, last = rows[0].stretch
    before = (2 * first - last - 1, first - 1)
    pairs = [
        (figure, other)
        for figure in rows
        if adds_up(plan, plan.entries[figure.code].indicator)
        and (other := book.get((figure.code, before, figure.area))) is not None
        and other.value
        and figure.value
        and len(figure.value.normalize().as_tuple().digits) > 1
    ]
    alike = [(figure, other) for figure, other in pairs if figure.value == other.value]
    every = [(one, other) for one in rows if (other := book.get((one.code, before, one.area))) is not None]
    if len(every) == len(rows) >= WHOLE_ROWS and all(one.value == other.value for one, other in every):
        pairs = alike = every if len(alike) >= LEAST_OF_WHOLE else []
    if len(alike) >= LEAST_ROWS and len(alike) >= NEARLY_ALL * len(pairs):
        figure, other = min(alike, key=lambda pair: pair[0].place)
        args = {
            "count": len(alike),
            "rows": len(pairs),
            "period": figure.period,
            "before": other.period,
            "place": other.place,
        }
        yield Finding(rules.MONTH_AGAIN, figure.place, args, {one.key: None for one, _ in alike})


def _month_replaced(
    plan: Plan, book: Book, rows: Sequence[Figure], older: Mapping[FigureKey, Sequence[Figure]]
) -> Iterator[Finding]:
    """Nearly all rows of a file replace figures that other files gave, most with another number, and nobody has reported the
    period after it."""
    first, last = rows[0].stretch
    length = last - first + 1
    following = (last + 1, last + length)
    if last + length > plan.span.length or any((figure.code, following, figure.area) in book for figure in rows):
        return
    pairs = [(figure, other) for figure in rows if (other := _replaced(figure, older)) is not None]
    changed = [(figure, other) for figure, other in pairs if figure.value != other.value]
    if len(changed) >= LEAST_ROWS and len(pairs) >= NEARLY_ALL * len(rows) and len(changed) >= MOST * len(pairs):
        figure, other = min(changed, key=lambda pair: pair[0].place)
        args = {
            "count": len(changed),
            "rows": len(rows),
            "period": figure.period,
            "next": plan.span.period(*following),
            "place": other.place,
        }
        yield Finding(rules.MONTH_REPLACED, figure.place, args, {one.key: old.value for one, old in changed})


def _replaced(figure: Figure, older: Mapping[FigureKey, Sequence[Figure]]) -> Figure | None:
    """What a figure takes the place of: the latest older one of another file; an estimate is there to be replaced."""
    versions = [
        one
        for one in older.get(figure.key, ())
        if one.version < figure.version and one.place.file != figure.place.file and one.value is not None
    ]
    found = max(versions, key=lambda one: one.version, default=None)
    return None if found is None or (found.kind is Kind.ESTIMATE and figure.kind is Kind.OFFICIAL) else found


def _one_row_off(plan: Plan, by_indicator: ByIndicator, rows: Sequence[Figure]) -> Iterator[Finding]:
    """Every value is far from what is usual in its own row and near what is usual in the row above, or below, it."""
    order = {code: at for at, code in enumerate(plan.entries)}
    by_lead: dict[tuple[str | None, str | None], list[Figure]] = {}
    for figure in rows:
        by_lead.setdefault((plan.entries[figure.code].indicator.lead, figure.area), []).append(figure)
    for (lead, area), of_lead in by_lead.items():
        codes = [code for code, entry in plan.entries.items() if entry.indicator.lead == lead]
        usual = {
            code: found for code in codes if (found := _usual(plan, by_indicator, of_lead[0], code, area)) is not None
        }
        values = {figure.code: figure for figure in of_lead}
        for row_of in (list(usual), list(usual)[::-1]):
            pairs = list(itertools.pairwise(row_of))
            off = [(values[code], usual[code], usual[other]) for other, code in pairs if code in values]
            off = [(figure, own, other) for figure, own, other in off if figure.value]
            aparts = [times_apart(Fraction(figure.value or 0), own) for figure, own, _ in off]
            judged = sum(bool(one.value) and one.code in usual and one.code != row_of[0] for one in of_lead)
            if (
                1 < len(off) == judged
                and min(aparts) >= FAR
                and prod(aparts) >= FAR_TOGETHER
                and all(times_apart(Fraction(figure.value or 0), other) <= NEAR for figure, _, other in off)
            ):
                shifted = {code: values[later].value for code, later in pairs if later in values}
                first = min((figure for figure, _, _ in off), key=lambda figure: order[figure.code])
                args = {"codes": tuple(figure.code for figure, _, _ in off), "period": first.period}
                about = {figure.key: shifted.get(figure.code) for figure, _, _ in off}
                yield Finding(rules.ONE_ROW_OFF, first.place, args, about)
                break


def _all_totals(plan: Plan, by_indicator: ByIndicator, rows: Sequence[Figure]) -> Iterator[Finding]:
    """Nearly all flows of which nothing else is known are nearer to what the plan expects since the year's start than to what
    it expects within the period; or any that is also printed as the cumulative, as if nothing had come about before."""
    lone: list[Given] = []
    for figure in rows:
        indicator = plan.entries[figure.code].indicator
        if adds_up(plan, indicator) and figure.value and len(by_indicator.get((figure.code, figure.area), ())) <= 1:
            lone += [one for one in series(plan, indicator, [figure]) if one.step and one.until >= SINCE * one.share]
    near = [
        one
        for one in lone
        if one.target and one.step and times_apart(one.value, one.target * one.until) < times_apart(one.value, one.step)
    ]
    if len(near) < LEAST_ROWS or len(near) < NEARLY_ALL * len(lone):
        near = [one for one in near if one.figure.cumulative == one.figure.value]
    if near:
        first = min(near, key=lambda one: one.figure.place).figure
        args = {"count": len(near), "rows": len(lone), "period": first.period}
        yield Finding(rules.FILE_OF_TOTALS, first.place, args, {one.figure.key: None for one in near})


def _usual(plan: Plan, by_indicator: ByIndicator, figure: Figure, code: str, area: str | None) -> Fraction | None:
    """What the other periods of an indicator lead one to expect in that of `figure`; None where there are fewer than two."""
    indicator = plan.entries[code].indicator
    others = [one for one in by_indicator.get((code, area), ()) if one.stretch != figure.stretch]
    given: list[Given] = [one for one in series(plan, indicator, others) if one.value and one.share]
    if len(given) < 2:
        return None
    if not adds_up(plan, indicator):
        return median([one.value for one in given])
    share = plan.share(indicator, figure.period.last) - plan.share(indicator, figure.period.first - 1)
    return median([one.pace for one in given]) * share or None
