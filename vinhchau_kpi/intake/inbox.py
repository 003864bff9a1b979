"""All the files of a command → figures and findings together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from vinhchau_kpi.figures import Figure, Figures
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.files import Source, collect
from vinhchau_kpi.intake.submission import Options, Submission, read_submission
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.plan import Plan

LEAST_BYTES = 100_000
"""Shorter files are read row by row: there are hardly two rows alike in them."""
Watch = Callable[[list[Source]], Iterator[Source]]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What all files gave. `findings` are those of each file by itself; `checks.check` finds the rest."""

    submissions: tuple[Submission, ...]
    findings: Findings
    figures: Figures
    last_year: Figures
    """Figures of the year before the plan's, to compare with."""

    @property
    def every_figure(self) -> Figures:
        """Those of both years."""
        return Figures(self.figures.single + self.last_year.single, self.figures.ledger)

    @property
    def rows_left_out(self) -> int:
        return sum(submission.rows_left_out for submission in self.submissions)


def read_inbox(paths: Iterable[str], plan: Plan, options: Options, watch: Watch = iter) -> Inbox:
    """Read every file meant by `paths`. Raises `Refusal` where a path leads to nothing.

    `watch` is handed the files and hands them on, one as each is about to be read: a bar that shows how far it is.
    """
    sources, findings = collect(paths)
    ledger = Ledger(plan.areas)
    submissions = tuple(
        _read_long(source, plan, options, ledger) or read_submission(source, plan, options) for source in watch(sources)
    )
    return inbox_of(submissions, findings, ledger if ledger.columns else None)


def _read_long(source: Source, plan: Plan, options: Options, ledger: Ledger) -> Submission | None:
    """The figures of a long file, put into `ledger`; None where it has to be read row by row."""
    if options.keep_cells or source.size is None or source.size < LEAST_BYTES:
        return None
    from vinhchau_kpi.intake.bulk import read_bulk

    return read_bulk(source, plan, options, ledger)


def inbox_of(submissions: tuple[Submission, ...], findings: Iterable[Finding], ledger: Ledger | None = None) -> Inbox:
    """What these gave together. `findings` are about files that could not be found."""
    found = Findings(findings, submissions[0].findings.beyond if submissions else None)
    for submission in submissions:
        found.extend(submission.findings)
    if ledger is not None:
        ledger.files = {one.file: at for at, one in enumerate(submissions)}
    this_year = Figures(_figures(submissions, of_last_year=False), ledger)
    return Inbox(submissions, found, this_year, Figures(_figures(submissions, of_last_year=True)))


def _figures(submissions: Iterable[Submission], *, of_last_year: bool) -> tuple[Figure, ...]:
    return tuple(f for one in submissions if one.is_of_last_year is of_last_year for f in one.figures)
