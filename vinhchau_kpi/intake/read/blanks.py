"""Rows whose area is blank though it is somebody's: written once for several rows, or in a row of its own above them.

Filled down in somebody's eyes, such a row looks like the whole's. It is not taken for it, and a warning says so. A row is
the whole's where no area stands above it, where the areas below are about to be listed, or where it is their sum.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from vinhchau_kpi import rules
from vinhchau_kpi.figure import Figure, Stretch
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.cut.grid import Record
from vinhchau_kpi.intake.read.cells import clean, reported
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import fold

_NUMBERING = re.compile(r"[0-9]+[.)]?|[IVXivx]+[.)]?|[A-Za-zĐđ][.)]?|[*+•–-]")


class Line(NamedTuple):
    """A row of a table, as far as areas go.

    area    what stands in its column of areas; "" where that is blank
    of      its code and period as they stand, folded; None for a row that reports nothing
    is_own  it names an area, and not the whole
    """

    line: int
    area: str
    of: tuple[str, str] | None
    is_own: bool

    def begins_list(self, following: Line | None) -> bool:
        """Whether the same is reported of areas from the next row on: the whole stands above its areas."""
        return following is not None and following.is_own and following.of == self.of


def without_blank_areas(
    plan: Plan, table: Table, areas: Areas, figures: Sequence[Figure]
) -> tuple[tuple[Figure, ...], list[Finding]]:
    """The figures of a table but those whose area is left blank and is not the whole, and what is to be said of these."""
    if all(figure.area is not None for figure in figures):
        return tuple(figures), []
    doubted = {id(figure): above for figure, above in _doubted(plan, table, areas, figures)}
    findings = [
        Finding(
            rules.AREA_LEFT_BLANK,
            figure.place,
            {"code": figure.code, "period": figure.period, "area": above, "line": str(line)},
        )
        for figure in figures
        if id(figure) in doubted
        for above, line in [doubted[id(figure)]]
    ]
    return tuple(figure for figure in figures if id(figure) not in doubted), findings


def line_of(table: Table, areas: Areas, record: Record) -> Line:
    area, columns = area_text(table, record), table.columns
    code, period = (
        clean(str(record.cells[columns[name]])) if name in columns else "" for name in ("indicator", "period")
    )
    says = bool(code) or _has_numbers(table, record)
    return Line(record.line, area, (fold(code), fold(period)) if says else None, says and areas.is_own(area))


def area_text(table: Table, record: Record) -> str:
    """What stands in the column of areas, or in the cell that it is merged with."""
    at = table.columns.get("area")
    if at is None:
        return ""
    origin = table.grid.merged.get((record.line - 1, at))
    cells = record.cells
    if not str(cells[at]).strip() and origin is not None and origin[1] == at:
        cells = table.grid.records[origin[0]].cells
    return clean(str(cells[at])) if at < len(cells) else ""


def _has_numbers(table: Table, record: Record) -> bool:
    return any(reported(record.cells[at]) for at in table.number_columns if at < len(record.cells))


def headed(table: Table, areas: Areas, record: Record) -> str | None:
    """The area whose name is all that a row says, "" for the whole; None for any other row."""
    code = table.columns.get("indicator")
    if (code is not None and str(record.cells[code]).strip()) or _has_numbers(table, record):
        return None
    texts = (clean(text) for text in record.texts())
    names = [text for text in texts if text and not _NUMBERING.fullmatch(text)]
    return areas.heading(names[0].rstrip(" :.")) if len(names) == 1 else None


def _doubted(
    plan: Plan, table: Table, areas: Areas, figures: Sequence[Figure]
) -> Iterator[tuple[Figure, tuple[str, int]]]:
    """Each figure that is not taken for the whole's, with the area that stands above it, and its line."""
    by_line = {line: list(given) for line, given in itertools.groupby(figures, lambda figure: figure.place.line)}
    lines, sums = [line_of(table, areas, record) for record in table.rows], _sums(figures)
    once = is_written_once(line for line in lines if line.of is not None)
    head: tuple[str, int] | None = None
    above: tuple[str, int] | None = None
    for record, line, following in zip(table.rows, lines, [*lines[1:], None], strict=False):
        heads = headed(table, areas, record)
        if heads is not None:
            head = (heads, line.line) if heads else None
        elif line.is_own:
            above = line.area, line.line
        for figure in by_line.get(line.line, ()) if not line.area else ():
            of_areas = sums.get(figure.code)
            if head is not None:
                yield figure, head
            elif above is not None and (
                once
                or (
                    of_areas is not None
                    and not line.begins_list(following)
                    and not _is_sum(plan, figure, of_areas.get(figure.stretch, ()))
                )
            ):
                yield figure, above


def is_written_once(lines: Iterable[Line]) -> bool:
    """Whether areas stand only where a block of rows begins: at the top the first, no two below one another, and each once;
    or one area alone is named, at the top."""
    every = list(lines)
    named = [fold(line.area) for line in every if line.is_own]
    if not named or not every[0].is_own:
        return False
    stand_apart = not any(one.is_own and other.is_own for one, other in itertools.pairwise(every))
    return len(set(named)) == 1 or (stand_apart and len(set(named)) == len(named))


def _sums(figures: Iterable[Figure]) -> dict[str, dict[Stretch, list[Figure]]]:
    """By code and stretch, the figures of areas."""
    found: dict[str, dict[Stretch, list[Figure]]] = {}
    for figure in figures:
        if figure.area is not None:
            found.setdefault(figure.code, {}).setdefault(figure.stretch, []).append(figure)
    return found


def _is_sum(plan: Plan, figure: Figure, of_areas: Sequence[Figure]) -> bool:
    """Whether a figure is what the areas' make, in all its numbers; a rate by its numerator and denominator."""
    if len(of_areas) < 2:
        return False
    entry = plan.entries.get(figure.code)
    own = figure.numbers
    if entry is None or plan.unit_of(entry.indicator).is_rate:
        own = (None, None, *own[2:])
    given = [at for at, number in enumerate(own) if number is not None]
    columns = [[other.numbers[at] for other in of_areas] for at in given]
    return bool(given) and all(
        None not in column and sum((n for n in column if n is not None), Decimal(0)) == own[at]
        for at, column in zip(given, columns, strict=True)
    )
