"""All the files of a command → figures and findings together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from vinhchau_kpi.by_columns import LedgerFigures
from vinhchau_kpi.doubt import Confirmation
from vinhchau_kpi.figures import Figures, PlainFigures
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.open.files import InputFile, collect, confirmed_beside
from vinhchau_kpi.intake.read.confirmed import read_confirmed
from vinhchau_kpi.intake.read.submission import Options, Submission, read_submission
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.plan import Plan

LEAST_BYTES = 30_000
"""Shorter files are read row by row: there are hardly two rows alike in them."""
Watch = Callable[[list[InputFile]], Iterator[InputFile]]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What all files gave. `findings` are those of each file by itself; `checks.check` finds the rest."""

    submissions: tuple[Submission, ...]
    findings: Findings
    figures: Figures
    last_year: Figures
    """Figures of the year before the plan's, to compare with."""
    confirmations: tuple[Confirmation, ...] = ()
    """Which figures a person has found right."""
    compared: tuple[Submission, ...] = ()
    """Files whose figures are known too, and of which nothing else was asked."""
    asked: frozenset[str] = frozenset()
    """The files, by name, that findings are asked of."""
    beside: frozenset[str] = frozenset()
    """Those lists of them that only lie beside the files: they may speak of figures that are not here."""

    def is_asked_for(self, finding: Finding) -> bool:
        """Whether it speaks of a file that is more than compared with."""
        return not self.compared or finding.speaks_of(self.asked)

    @property
    def rows_left_out(self) -> int:
        return sum(submission.rows_left_out for submission in self.submissions)


def read_inbox(
    paths: Iterable[str], plan: Plan, options: Options, watch: Watch = iter, compared: Iterable[str] = ()
) -> Inbox:
    """Read every file meant by `paths`. Raises `Refusal` where a path leads to nothing.

    Files meant by `compared` only add what is known. They are read by what they say of themselves, and before the others: of
    two figures that differ, the one in question is the one that is asked about.

    `watch` is handed the files and hands them on, one as each is about to be read: a bar that shows how far it is.
    """
    paths, compared = list(paths), list(compared)
    options = options._replace(areas=options.areas_of(plan))
    sources, findings = collect(paths)
    meant = {os.path.realpath(source.path) for source in sources}  # Path.resolve() raises on a link to itself
    others = [source for source in collect(compared)[0] if os.path.realpath(source.path) not in meant]
    ledger = Ledger(plan.areas)
    every = tuple(
        read_file(source, plan, Options(areas=options.areas) if at < len(others) else options, ledger)
        for at, source in enumerate(watch([*others, *sources]))
    )
    submissions = every[len(others) :]
    found = Findings(findings, options.beyond)
    for submission in submissions:
        found.extend(submission.findings)
    found.rows = {one.file: one.rows_with_figures for one in submissions}
    confirmations: list[Confirmation] = []
    lists = confirmed_beside([*paths, *compared])
    asked = frozenset(source.name for source in (*sources, *(source for source, _ in confirmed_beside(paths))))
    for source, _ in lists:
        own, faults = read_confirmed(source, plan, options)
        confirmations += own
        found.extend(faults if source.name in asked else ())
    single, last_year = (_figures(every, of_last_year=last_year) for last_year in (False, True))
    ledger.files = {one.file: at for at, one in enumerate(every)}
    this_year = LedgerFigures(single, ledger) if ledger.columns else single
    beside = frozenset(source.name for source, is_meant in lists if not is_meant)
    return Inbox(
        submissions,
        found,
        this_year,
        last_year,
        tuple(confirmations),
        every[: len(others)],
        asked,
        beside,
    )


def read_file(source: InputFile, plan: Plan, options: Options, ledger: Ledger) -> Submission:
    """One file whole. The figures of a long one are put into `ledger`, unless it has to be read row by row."""
    read, options = None, options._replace(in_folder=source.in_folder)
    if not options.keep_cells and (source.size or 0) >= LEAST_BYTES:
        from vinhchau_kpi.intake.columns.reader import read_by_columns

        read = read_by_columns(source, plan, options, ledger)
    return read or read_submission(source, plan, options)


def _figures(submissions: Iterable[Submission], *, of_last_year: bool) -> PlainFigures:
    of_year = [part for one in submissions for part in one.parts if part.is_of_last_year is of_last_year]
    return PlainFigures(
        tuple(f for one in of_year for f in one.figures), tuple(f for one in of_year for f in one.blanks)
    )
