"""Which of the first rows of a text or sheet is the header: the one that names the most columns we know."""

from __future__ import annotations

from collections.abc import Sequence

from vinhchau_kpi.intake.cut.grid import Grid, Record
from vinhchau_kpi.intake.cut.headings import column_key, period_heading

HEADER_WITHIN = 20
"""Rows from the top among which the header is looked for; those above it are the file's title."""
WIDTH_LIMIT = 1000
"""Columns of a table."""
LEAST_KNOWN = 2
"""Columns that a row must name to be a header."""


def header_among(records: Sequence[Record]) -> tuple[int, int]:
    """How many known columns the likeliest header of the first rows names, and which row (from 0) it is."""
    best = (0, 0)
    for at, record in enumerate(records[:HEADER_WITHIN]):
        if len(record.cells) <= WIDTH_LIMIT:
            best = max(best, (known_columns(record), -at))
    return best[0], -best[1]


def has_header(grid: Grid) -> bool:
    return header_among(grid.records)[0] >= LEAST_KNOWN


def known_columns(record: Record) -> int:
    """How many different columns a row names; the columns of periods of a wide header count as one."""
    texts = [text for text in record.texts() if text]
    keys = {key for key in map(column_key, texts) if key}
    is_wide = bool(keys & SUBJECTS) and any(map(period_heading, texts))
    return len(keys) + is_wide


SUBJECTS = {"indicator", "name"}
