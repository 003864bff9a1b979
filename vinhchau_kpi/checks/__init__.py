"""Figures held against each other: plan × figures → findings. Pure.

What a single cell can show was found when it was read; here are the faults that take two figures to see. A check is a
function that yields findings and a line in one of the lists below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from vinhchau_kpi.checks import areas, labels, over_time, parts, senders, unlikely, withdrawals
from vinhchau_kpi.checks.versions import versions
from vinhchau_kpi.figure import FigureKey
from vinhchau_kpi.figures import Figures, Known
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.plan import Indicator, Plan

__all__ = ["check", "contradicting", "versions"]

OF_VERSIONS: tuple[Callable[[Plan, Figures], Iterator[Finding]], ...] = (
    versions,
    senders.senders,
    withdrawals.withdrawals,
    withdrawals.later_blanks,
)
"""Checks of every version of the figures."""

OF_INDICATORS: tuple[Callable[[Plan, Known, Indicator], Iterator[Finding]], ...] = (
    areas.town_and_areas,
    areas.area_is_sum,
    over_time.over_time,
    over_time.month_for_stretch,
    over_time.rate_of_the_year,
    unlikely.unlikely,
    parts.parts,
    parts.whole_from_parts,
)
"""Checks of each indicator, by its figures as they are known now."""

OF_FILES: tuple[Callable[[Plan, Figures, Known], Iterator[Finding]], ...] = (labels.labels,)
"""Checks of whole files, held against what is known now."""


def check(plan: Plan, figures: Figures, codes: Collection[str] | None = None) -> Iterator[Finding]:
    """Every finding about the figures as a whole, whichever files they came from. `codes`: only what can change when figures
    of these do; None: all."""
    for of_versions in OF_VERSIONS:
        yield from of_versions(plan, figures)
    known = figures.known_on(None)
    for of_files in OF_FILES:
        yield from of_files(plan, figures, known)
    for entry in plan.entries.values():
        if codes is not None and not any(part.code in codes for part in (entry.indicator, *entry.indicator.children)):
            continue
        for of_indicator in OF_INDICATORS:
            yield from of_indicator(plan, known, entry.indicator)


def contradicting(plan: Plan, figures: Figures, found: Collection[FigureKey]) -> frozenset[FigureKey]:
    """The figures `found`, which errors are about, and those that contradict each other once these are left out: of the
    cumulatives 20, 30, 10, 15 first 30 and 10, then 20 and 15."""
    every, newly = set(found), set(found)
    while newly:
        again = check(plan, figures.without(every), {key.code for key in newly})
        newly = {key for finding in again if finding.is_error for key in finding.about} - every
        every |= newly
    return frozenset(every)
