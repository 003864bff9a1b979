"""Reading on several cores: each file, and each part of a long one, in a process of its own.

What comes of it is put together in the order of the files and of their lines, so that nobody can tell how many processes
there were. Where none can be had, or one dies, the files are read by this one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from vinhchau_kpi.intake.columns.reader import Bulk, Poured, open_text, pour_part
from vinhchau_kpi.intake.columns.stretches import Part, parts_of
from vinhchau_kpi.intake.open.files import Source
from vinhchau_kpi.intake.read.submission import Options, Submission
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan

Read = Callable[[Source, Plan, Options, Ledger], Submission]
Watch = Callable[[list[Source]], Iterator[Source]]
T = TypeVar("T")


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_start_cheap() -> bool:
    """Whether a process begins as a copy of this one. Elsewhere it begins anew and loads everything again; on a Mac the
    system's own libraries do not bear being copied."""
    return "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


@dataclass(frozen=True, slots=True)
class _Cut:
    """A long text that is read in parts."""

    bulk: Bulk
    convention: Convention
    numbers: Any
    parts: tuple[Future[Poured | None] | None, ...]


def read_each(
    sources: list[Source], plan: Plan, options: Options, ledger: Ledger, read: Read, watch: Watch, processes: int
) -> tuple[Submission, ...]:
    """The files, read by `processes` and put together in their order; the plain figures of long ones are put into `ledger`.

    `read` reads one file whole. `watch` is handed the files and hands them on, one as each is waited for.
    """
    context = multiprocessing.get_context("fork" if is_start_cheap() else "spawn")
    with ProcessPoolExecutor(processes, context, _begin, (plan, options, read)) as pool:
        try:
            tasks = [_task(pool, source, plan, options, ledger, processes) for source in sources]
            awaited = zip(watch(sources), tasks, strict=True)
            return tuple(_result(source, task, plan, options, ledger, read) for source, task in awaited)
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def _task(
    pool: ProcessPoolExecutor, source: Source, plan: Plan, options: Options, ledger: Ledger, processes: int
) -> _Cut | Future[Submission] | None:
    parts = parts_of(source, processes)
    bulk = open_text(source, plan, options, ledger) if len(parts) > 1 else None
    way = bulk.convention_if_plain() if bulk is not None else None
    if bulk is None or way is None:
        return _submitted(pool, _read_whole, source)
    convention, numbers = way
    poured = tuple(_submitted(pool, _pour, source, part, convention) for part in parts)
    return _Cut(bulk, convention, numbers, poured)


def _result(
    source: Source,
    task: _Cut | Future[Submission] | None,
    plan: Plan,
    options: Options,
    ledger: Ledger,
    read: Read,
) -> Submission:
    if isinstance(task, _Cut):
        poured = [_outcome(part) for part in task.parts]
        found = task.bulk.put_together_if_plain(poured, task.convention, task.numbers)
        return found or read(source, plan, options, ledger)
    submission = _outcome(task)
    if submission is None:
        return read(source, plan, options, ledger)
    if submission.ledger is None:
        return submission
    again = ledger.take(submission.ledger)
    figures = sorted([*submission.figures, *again], key=lambda figure: figure.place.line or 0)
    return replace(submission, figures=tuple(figures), in_ledger=submission.in_ledger - len(again), ledger=ledger)


def _submitted(pool: ProcessPoolExecutor, work: Callable[..., T], *args: object) -> Future[T] | None:
    """None where no process could be started."""
    try:
        return pool.submit(work, *args)
    except (BrokenProcessPool, OSError):
        return None


def _outcome(future: Future[T] | None) -> T | None:
    """None where the process died."""
    try:
        return future.result() if future is not None else None
    except BrokenProcessPool:
        return None


# In the processes

_shared: list[Any] = []
"""The plan, the options and what reads a file: told to a process once."""


def _begin(*shared: Any) -> None:
    # Ctrl+C ends the program, which ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared[:] = shared


def _read_whole(source: Source) -> Submission:
    plan, options, read = _shared
    submission: Submission = read(source, plan, options, Ledger(plan.areas))
    # Cells are asked for only of a file that is read alone.
    return replace(submission, grid=None)


def _pour(source: Source, part: Part, convention: Convention) -> Poured | None:
    plan, options, _ = _shared
    return pour_part(source, part, plan, options, convention)
