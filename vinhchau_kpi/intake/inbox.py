"""All the files of a command → figures and findings together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Figures
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.open.files import Source, collect
from vinhchau_kpi.intake.read.submission import Options, Submission, read_submission
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.plan import Plan

LEAST_BYTES = 30_000
"""Shorter files are read row by row: there are hardly two rows alike in them."""
MUCH = 4_000_000
"""Bytes of a long text that take so long that another process is worth its start, where that is cheap."""
DEAR_START = 10
"""How many times that is where it is not."""
BY_ROW = 40
"""How many times as long a byte of another file takes."""
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
    if _is_much(sources) and not options.keep_cells and options.beyond is None:
        submissions = _read_together(sources, plan, options, ledger, watch)
    else:
        submissions = tuple(read_file(source, plan, options, ledger) for source in watch(sources))
    return inbox_of(submissions, findings, ledger if ledger.columns else None)


def read_file(source: Source, plan: Plan, options: Options, ledger: Ledger) -> Submission:
    """One file whole. The figures of a long one are put into `ledger`, unless it has to be read row by row."""
    read = None
    if not options.keep_cells and _is_long(source):
        from vinhchau_kpi.intake.columns.reader import read_bulk

        read = read_bulk(source, plan, options, ledger)
    return read or read_submission(source, plan, options)


def _is_long(source: Source) -> bool:
    return (source.size or 0) >= LEAST_BYTES


def _read_together(
    sources: list[Source], plan: Plan, options: Options, ledger: Ledger, watch: Watch
) -> tuple[Submission, ...]:
    """Files that take long, on several cores where there are some."""
    from vinhchau_kpi.intake.columns import workers

    processes = workers.cores()
    if processes < 2 or not _is_much(sources, 1 if workers.is_start_cheap() else DEAR_START):
        return tuple(read_file(source, plan, options, ledger) for source in watch(sources))
    return workers.read_each(sources, plan, options, ledger, read_file, watch, processes)


def _is_much(sources: list[Source], times: int = 1) -> bool:
    """Whether reading takes so long that processes are worth their start."""
    efforts = [(source.size or 0) * (1 if _is_plain_and_long(source) else BY_ROW) for source in sources]
    return sum(efforts) >= MUCH * times and (len(sources) > 1 or _is_plain_and_long(sources[0]))


def _is_plain_and_long(source: Source) -> bool:
    return _is_long(source) and source.path.suffix.lower() not in (".xlsx", ".ods")


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
