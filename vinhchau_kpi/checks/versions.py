"""Several versions of one figure, held against each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from vinhchau_kpi import rules
from vinhchau_kpi.checks.over_time import official_counts
from vinhchau_kpi.figure import WITHDRAWN, Figure, Kind, keys_of
from vinhchau_kpi.figures import Figures, latest, standing
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.messages import Message
from vinhchau_kpi.plan import Plan

COPY = 3
"""So many figures alike in two files are said once, of the file."""


def versions(_: Plan, figures: Figures) -> Iterator[Finding]:
    """The same figure twice on one day: harmless if equal, else neither can be preferred. An official figure is, before
    an estimate of whichever day."""
    doubled: dict[tuple[str, str | None], list[Finding]] = {}
    for of_one in figures.repeated():
        counting, estimates = _apart(standing(of_one))
        found = [*_of_one_kind(counting), *_by_readings(of_one)]
        found += (finding for finding in _of_one_kind(estimates) if not finding.is_error)
        found += _later_estimates(counting, estimates)
        for finding in found:
            files = finding.place.file, finding.args["place"].file if "place" in finding.args else None
            if finding.rule is rules.DOUBLED_FIGURE and files[0] != files[1]:
                doubled.setdefault(files, []).append(finding)
            else:
                yield finding
    for findings in doubled.values():
        if len(findings) >= COPY:
            first = min(findings, key=lambda finding: finding.place)
            yield Finding(rules.FILE_TWICE, first.place, {"count": len(findings), "place": first.args["place"]})
        else:
            yield from findings


def _apart(of_one: Sequence[Figure]) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """The versions of which one counts, and the estimates beside official ones."""
    official = [figure for figure in of_one if figure.kind is Kind.OFFICIAL]
    return (official, [f for f in of_one if f.kind is not Kind.OFFICIAL]) if official else (of_one, ())


def _of_one_kind(of_one: Sequence[Figure]) -> Iterator[Finding]:
    if len(of_one) < 2:
        return
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


def _by_readings(of_one: Sequence[Figure]) -> Iterator[Finding]:
    """A version that would count before the one that does, were the month first in the dates of its file, of the other's, or
    of both."""
    counting, _ = _apart(of_one)
    counts = max(counting, key=lambda figure: figure.version)
    alike = [figure for figure in counting if _outcome(figure) == _outcome(counts)]
    for figure in counting:
        if figure in alike or figure.version == counts.version:
            continue
        if not any(_is_surely_later(one, figure) for one in alike):
            args = {
                "key": key_words(figure),
                "value": given_numbers(figure) if not figure.withdrawn else Message(WITHDRAWN),
                "day": f"{figure.version:%d/%m/%Y}",
                "other": given_numbers(counts) if not counts.withdrawn else Message(WITHDRAWN),
                "other_day": f"{counts.version:%d/%m/%Y}",
                "place": counts.place,
                "files": tuple(Place(file) for file in dict.fromkeys(_unproved(figure) + _unproved(counts))),
            }
            yield Finding(rules.DATES_EITHER_WAY, figure.place, args, keys_of([figure]))
            return


def _outcome(figure: Figure) -> tuple[Decimal | None, ...]:
    """What would count if this version did; nothing where it takes the others back."""
    return () if figure.withdrawn else figure.numbers


def _is_surely_later(one: Figure, other: Figure) -> bool:
    """Whether it was reported after the other however their dates are read; those of one file are read in one way."""
    in_one_way = one.place.file == other.place.file
    pair = zip if in_one_way else itertools.product
    return all(mine > theirs for mine, theirs in pair(_readings(one), _readings(other)))


def _unproved(figure: Figure) -> tuple[str, ...]:
    """The file of a figure whose date may have the month first."""
    return (figure.place.file,) if figure.month_first is not None else ()


def _readings(figure: Figure) -> tuple[date, ...]:
    """The day of the report with the day first, and with the month first."""
    return figure.version, figure.month_first or figure.version


def _later_estimates(official: Sequence[Figure], estimates: Sequence[Figure]) -> Iterator[Finding]:
    """Estimates that are not older than the official figure which counts before them, and say something else."""
    if not estimates:
        return
    counts = latest(official)
    assert counts is not None
    for figure in estimates:
        if figure.version == counts.version and figure.numbers == counts.numbers:
            yield _same_day(counts, figure)
        elif figure.version >= counts.version and figure.numbers != counts.numbers:
            yield official_counts(
                key_words(figure), given_numbers(figure), figure.place, given_numbers(counts), [counts.place]
            )


def _undated(by_day: dict[date, list[Figure]]) -> Iterator[Finding]:
    """Rows without a date that say something else than the latest dated one: it may be them that correct it."""
    latest = by_day[max(by_day)][0]
    differing = {f.numbers: f for f in reversed(by_day.get(date.min, [])) if f.numbers != latest.numbers}
    for figure in differing.values():
        if latest.reported_on is not None:
            args = {
                "key": key_words(figure),
                "value": given_numbers(figure),
                "other": given_numbers(latest),
                "day": f"{latest.reported_on:%d/%m/%Y}",
                "place": latest.place,
            }
            yield Finding(rules.UNDATED_DIFFERS, figure.place, args)


def _same_day(first: Figure, figure: Figure) -> Finding:
    args = {"key": key_words(first), "place": first.place}
    if figure.numbers == first.numbers:
        return Finding(rules.DOUBLED_FIGURE, figure.place, args)
    args |= {"value": given_numbers(figure), "other": given_numbers(first)}
    return Finding(rules.CONFLICTING_FIGURES, figure.place, args, keys_of([figure]))


def key_words(figure: Figure) -> str:
    """Code, period and area, as a sentence names a figure."""
    return figure.key.words


def given_numbers(figure: Figure) -> tuple[Decimal, ...]:
    """The numbers that a row gives, without the blanks."""
    return tuple(n for n in figure.numbers if n is not None)
