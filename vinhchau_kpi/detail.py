"""plan × what was known × code → everything about one indicator or commitment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures, Known, in_time, taken_back
from vinhchau_kpi.period import Period
from vinhchau_kpi.pieces import every_piece, official_instead
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import NOTHING_KNOWN, CommitmentRow, Row, commitment_row, months_of, row, silent_months


@dataclass(frozen=True, slots=True)
class Detail:
    """The row for the period asked for, the rows month by month up to its end, and all versions of the figures
    that were known on the report's day, last year's among them; `current` are those in whose place no other stands;
    `taken_back` those that a later row takes back, each with that row."""

    plan: Plan
    row: Row | CommitmentRow
    months: tuple[Row, ...]
    figures: tuple[Figure, ...]
    current: frozenset[Figure]
    taken_back: Mapping[Figure, Figure]


def detail(
    plan: Plan, years: Iterable[Figures], known: Known, code: str, period: Period, before: Known = NOTHING_KNOWN
) -> Detail:
    """`code` is one of the plan's. A commitment has no rows by month. `years`: the figures of each
    year. `before`: what was known of the year before."""
    versions = in_time(figure for figures in years for figure in figures.as_of(known.day).of(code))
    current = frozenset([*known.of(code).figures(), *before.of(code).figures()])
    if code in plan.commitments:
        commitment, section = plan.commitments[code]
        is_silent = bool(silent_months(plan, known, period))
        promise = commitment_row(plan, known, commitment, section, period, is_silent=is_silent)
        return Detail(plan, promise, (), versions, current, taken_back(versions))
    entry = plan.entries[code]
    if entry.indicator.is_flow:
        for amounts in known.series(code, percent=plan.unit_of(entry.indicator).is_percent).values():
            pieces = every_piece(amounts)
            current -= {figure for edge in official_instead(pieces) for figure in pieces[edge].amount.figures}
    months = months_of(plan, known, entry, period, before)
    return Detail(plan, row(plan, known, entry, period, before), months, versions, current, taken_back(versions))
