"""Two large files that are mostly the same → what is left of each to be judged.

A line that stands in both letter for letter is the same figure, or the same fault: there is nothing to compare. What the
other lines mean must not hang on its absence, so lines stay that prove how numbers are written, that are no plain
figure of the plan (second headers, totals, notes), and that tell of the same figure as a line that is not in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from vinhchau_kpi.figures import SpotKey, key_of_spot
from vinhchau_kpi.intake.cut.delimited import CELL_LIMIT, read_delimited
from vinhchau_kpi.intake.cut.grid import Cell, Grid, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import Source
from vinhchau_kpi.intake.open.signature import document, is_workbook
from vinhchau_kpi.intake.read.cells import UNCLEAR
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT, Options, Plain, Submission, of_grid
from vinhchau_kpi.intake.read.table import Table, read_table
from vinhchau_kpi.plan import Plan

LEAST_LINES = 2_000
"""Shorter files are read whole: that takes no time that a person would notice, and finds every fault in them."""
AT_ONCE = 5_000
"""Lines that are cut into cells at a time: the cells of a file take ten times what its lines do."""
_QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class Pair:
    """Both files without the lines that need no judging. `alike`: how many figures those lines hold."""

    a: Submission
    b: Submission
    alike: int


@dataclass(frozen=True, slots=True)
class _Side:
    file: str
    lines: list[str]
    encoding: Choice
    grid: Grid
    table: Table


def read_pair(a: Source, b: Source, plan: Plan, options: tuple[Options, Options]) -> Pair | None:
    """Both files, each by its `options`; None where they are not two long CSV texts of one layout, and have to be read each by
    itself."""
    left, right = (_opened(source, of_one) for source, of_one in zip((a, b), options, strict=True))
    if left is None or right is None or not _are_of_one_layout(left, right):
        return None
    common = set(left.lines[HEADER_WITHIN:]).intersection(islice(right.lines, HEADER_WITHIN, None))
    common.discard("")
    spots, stay = _understood([line for line in left.lines if line in common], left, plan)
    common -= stay
    submissions = _both(left, right, common, plan, options)
    touched = {key_of_spot(figure) for one in submissions for figure in one.figures} & spots.keys()
    again = {line for key in touched for line in spots[key].split("\n")} & common
    if again:
        common -= again
        submissions = _both(left, right, common, plan, options)
    ways = {submission.how_read.convention for submission in submissions}
    # Where the files write numbers in two ways, one text is two numbers; where it cannot be told, all of it must be said.
    return None if len(ways) > 1 or None in ways else Pair(submissions[0], submissions[1], len(spots) - len(touched))


def _opened(source: Source, options: Options) -> _Side | None:
    data, _ = source.read(SIZE_LIMIT)
    if data is None or document(data) is not None or is_workbook(data):
        return None
    decoded, _ = decode(data, source.name, options.encoding)
    if decoded is None or decoded.doubt is not None or any(quote in decoded.text for quote in _QUOTES):
        return None
    text = decoded.text.replace("\r\n", "\n")
    lines = text.split("\n")
    if "\r" in text or len(lines) < LEAST_LINES or max(map(len, lines)) > CELL_LIMIT:
        return None
    # Lines, not rows, are compared: each is one row where no cell is in quotation marks.
    grid, _ = read_delimited("\n".join(lines[:HEADER_WITHIN]), source.name)
    table = read_table(grid)[0] if grid is not None and not grid.is_declared else None
    if (
        grid is None
        or table is None
        or table.findings
        or table.is_wide
        or not {"indicator", "period"} <= table.columns.keys()
    ):
        return None
    filled = [line for line in lines if line]
    if len(set(filled)) < len(filled):
        return None
    return _Side(source.name, lines, decoded.taken, grid, table)


def _are_of_one_layout(a: _Side, b: _Side) -> bool:
    headings = [list(side.table.header.texts()) for side in (a, b)]
    return headings[0] == headings[1] and a.grid.delimiter == b.grid.delimiter and a.table.columns == b.table.columns


def _understood(common: list[str], side: _Side, plan: Plan) -> tuple[dict[SpotKey, str], set[str]]:
    """The lines that report something by the figure they tell of, several joined by line ends; and those that have to
    stay."""
    plain, delimiters = Plain(side.table, plan), len(side.table.header.cells) - 1
    lines = [line for line in common if line.count(side.grid.delimiter or "") == delimiters]
    stay = set(common).difference(lines) if len(lines) < len(common) else set()
    spots: dict[SpotKey, str] = {}
    put = 0
    for some, keys, reported in _cut(lines, side, plain):
        spots.update(zip(keys, some, strict=True))
        put += len(some)
        if len(spots) < put or not all(reported) or plain.has_unclear:
            break
    else:
        return spots, stay.union(plain.proofs)
    spots = {}
    for some, keys, reported in _cut(lines, side, plain):
        for line, key, is_reported in zip(some, keys, reported, strict=True):
            if UNCLEAR in key:
                stay.add(line)
            elif is_reported and spots.setdefault(key, line) is not line:
                spots[key] += f"\n{line}"
    return spots, stay.union(plain.proofs)


def _cut(lines: list[str], side: _Side, plain: Plain) -> Iterator[tuple[list[str], list[SpotKey], list[bool]]]:
    """Some lines at a time, with the figure that each tells of and whether it reports anything; `plain` notes what proves how
    numbers are written."""
    delimiter, width = side.grid.delimiter or "", len(side.table.header.cells)
    for some in (lines[at : at + AT_ONCE] for at in range(0, len(lines), AT_ONCE)):
        # All lines are as wide, so every so many cells begin a row: columns without a list for each row.
        cells = delimiter.join(some).split(delimiter)
        columns = [cells[at::width] for at in range(width)]
        plain.look_for_proofs(columns, some)
        yield some, list(plain.keys(columns)), plain.reported(columns)


def _both(
    left: _Side, right: _Side, left_out: set[str], plan: Plan, options: tuple[Options, Options]
) -> list[Submission]:
    for one in options:
        if one.beyond is not None:
            one.beyond.go_back({})  # They may have been read before, with more left out.
    return [_read(side, left_out, plan, of_one) for side, of_one in zip((left, right), options, strict=True)]


def _read(side: _Side, left_out: set[str], plan: Plan, options: Options) -> Submission:
    delimiter = side.grid.delimiter or ""
    records = [
        Record(number, list[Cell](line.split(delimiter)))
        for number, line in enumerate(side.lines, 1)
        if number <= HEADER_WITHIN or (line and line not in left_out)
    ]
    return of_grid(Grid(side.file, records, delimiter), side.encoding, plan, options)
