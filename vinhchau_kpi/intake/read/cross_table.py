"""Tables with a column for each area: recognised, and not read."""

from __future__ import annotations

from collections.abc import Iterable

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Grid, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN, SUBJECTS
from vinhchau_kpi.intake.cut.headings import column_key, heading
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.intake.read.table import Table

SHOWN = 3
"""Areas that are named in the sentence."""


def cross_table(table: Table, areas: Areas) -> Finding | None:
    """The finding at a table without a column of areas of which several headings name areas: those of columns that are not
    known, or all that stand in the row above or below the header."""
    if "area" in table.columns:
        return None
    unknown = {f.place: str(f.args["column"]) for f in table.findings if f.rule is rules.UNKNOWN_COLUMN}
    above = [record for record in table.grid.records if record.line < table.header.line][-1:]
    below = [record for record in table.grid.records if record.line > max(table.heading_lines)][:1]
    beside = [_headings(table.grid, record) for record in (*above, *below)]
    return _found(unknown, areas) or next(
        filter(None, (_found(own, areas) for own in beside if _are_areas(own.values(), areas))), None
    )


def cross_header(grid: Grid, areas: Areas) -> Finding | None:
    """The finding at a row that names nothing but what its rows are about, and areas: the header of a cross table."""
    for record in grid.records[:HEADER_WITHIN]:
        own = _headings(grid, record)
        if any(column_key(text) in SUBJECTS for text in own.values()) and (finding := _found(own, areas)):
            return finding
    return None


def _headings(grid: Grid, record: Record) -> dict[Place, str]:
    texts = map(heading, record.texts())
    return {grid.place(record.line, at): text for at, text in enumerate(texts) if text}


def _are_areas(texts: Iterable[str], areas: Areas) -> bool:
    return all(areas.is_named_in(text) or areas.heading(text) == "" for text in texts)


def _found(headings: dict[Place, str], areas: Areas) -> Finding | None:
    named = {place: text for place, text in headings.items() if areas.is_named_in(text)}
    if len(named) < 2:
        return None
    shown = (*list(named.values())[:SHOWN], *(["…"] if len(named) > SHOWN else []))
    return Finding(rules.CROSS_TABLE, next(iter(named)), {"areas": shown})
