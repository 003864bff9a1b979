"""Figures that a later row takes back, and those that one only leaves blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vinhchau_kpi import rules
from vinhchau_kpi.checks.versions import given_numbers, key_words
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures, latest
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.plan import Plan


def withdrawals(_: Plan, figures: Figures) -> Iterator[Finding]:
    """What each withdrawal takes back; that there is nothing for it to take back, or another number than it says, or another agency's."""
    for versions in figures.repeated():
        by_day = {figure.version: figure for figure in reversed(versions) if figure.withdrawn}
        yield from (_of(row, versions) for row in by_day.values())


def _of(row: Figure, versions: Sequence[Figure]) -> Finding:
    taken = latest([figure for figure in versions if figure.version < row.version])
    if taken is None:
        return Finding(rules.WITHDRAWAL_IDLE, row.place, {"key": key_words(row)}, {row.key: None})
    pairs = zip(row.numbers, taken.numbers, strict=True)
    differs = any(said is not None and said != number for said, number in pairs)
    args = {"key": key_words(row), "other": given_numbers(taken), "place": taken.place}
    if None not in (row.agency, taken.agency) and row.agency != taken.agency:
        return Finding(rules.WITHDRAWN_BY_OTHER, row.place, args, {row.key: taken.value})
    if differs:
        return Finding(rules.WITHDRAWAL_DIFFERS, row.place, {**args, "value": given_numbers(row)})
    return Finding(rules.WITHDRAWN, row.place, args)


def later_blanks(_: Plan, figures: Figures) -> Iterator[Finding]:
    """Rows without a number that are dated after a figure, which stands nonetheless."""
    for blank, counts in figures.blanked():
        args = {"key": key_words(counts), "value": given_numbers(counts), "place": counts.place}
        yield Finding(rules.LATER_BLANK, blank.place, args, {counts.key: None})
