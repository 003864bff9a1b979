"""A `Screen` → plain text, for a file or another program, laid out as rich does on a terminal.

Without rich, which takes longer to lay out a report of eighty lines than all else takes to make it. A test holds the two
layouts to each other.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator

from rich._ratio import ratio_reduce
from rich._wrap import divide_line
from rich.cells import cell_len

from vinhchau_kpi.text import visible
from vinhchau_kpi.views.screen import Column, Lines, Panels, Screen, Sheet, Title, Words

PIPED_WIDTH = 140
"""Columns of a screen that goes to a file or another program, unless COLUMNS says otherwise."""
GUTTER = 2
LEAST_GROWING = 8
"""Columns below which rich is asked how a table can be squeezed."""


def plain(screen: Screen) -> str:
    """`screen` as plain text: no colour, no space at the ends of lines."""
    width = _piped_width()
    lines: list[str] = []
    for part in screen:
        found = _lines_of(part, width)
        if found is None:
            from vinhchau_kpi.views.terminal import drawn

            found = drawn([part], width).splitlines()
        lines += found
    return "".join(line.rstrip() + "\n" for line in lines)


def _lines_of(part: object, width: int) -> list[str] | None:
    """The lines of a part; None where only rich knows how to lay it out."""
    if isinstance(part, Title):
        return _wrapped(visible(part.text), width)
    if isinstance(part, Words):
        indent = len(part.text) - len(part.text.lstrip(" "))
        text = visible(part.text[indent:])
        return [" " * indent + line for line in _wrapped(text, width - indent)] if text else []
    if isinstance(part, Lines):
        return [visible(line) for line in part.lines]
    if isinstance(part, Panels) or not isinstance(part, Sheet):
        return None
    lines: list[str] = []
    for band in bands(part, width) if part.lines else ():
        found = _table(part, band, width)
        if found is None:
            return None
        lines += ["", *found, ""]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of `width` columns, broken between words where that can be."""
    lines: list[str] = []
    for line in text.split("\n"):
        offsets = [0, *divide_line(line, width), len(line)]
        lines += [line[begin:end].rstrip() for begin, end in itertools.pairwise(offsets)]
    return lines


def _table(sheet: Sheet, kept: list[int], width: int) -> list[str] | None:
    """The columns `kept` of the sheet; None where more than one of them can give way, or not enough."""
    growing = [at for at in kept if sheet.columns[at].grows]
    taker = growing[0] if growing else kept[0]
    folded = [at for at, column in enumerate(sheet.columns) if column.folds and at not in kept]
    rows = [["" if line.heading else safe(line.cells[at]) for at in kept] for line in sheet.lines]
    for line, row in zip(sheet.lines, rows, strict=True):
        extra = [line.cells[other] for other in folded if not line.heading and line.cells[other]]
        row[kept.index(taker)] = safe(line.heading or line.cells[taker] + "".join(f" ({text})" for text in extra))
    headings = [sheet.columns[at].heading for at in kept]
    natural_widths = [
        max(cell_len(text) for text in [*heading.split("\n"), *(row[n] for row in rows)])
        for n, heading in enumerate(headings)
    ]
    taken = _squeezed(
        [own + GUTTER for own in natural_widths[:-1]] + natural_widths[-1:],
        [sheet.columns[at].grows for at in kept],
        width,
    )
    widths = [own - GUTTER for own in taken[:-1]] + taken[-1:]
    if sum(taken) > width or any(
        own < min(before, LEAST_GROWING) for own, before in zip(widths, natural_widths, strict=True)
    ):
        return None
    lines = list(_row(sheet, kept, widths, headings, is_heading=True))
    for row in rows:
        lines += _row(sheet, kept, widths, row, is_heading=False)
    return lines


def _squeezed(widths: list[int], may_give_way: list[bool], room: int) -> list[int]:
    """Widths, their gutters included, that fit into `room`: the widest that can give way do, first down to the next."""
    while (over := sum(widths) - room) > 0 and any(may_give_way):
        widest = max(own for own, may in zip(widths, may_give_way, strict=True) if may)
        next_ = max((own for own, may in zip(widths, may_give_way, strict=True) if may and own != widest), default=0)
        ratios = [int(may and own == widest) for own, may in zip(widths, may_give_way, strict=True)]
        if widest == next_:
            break
        widths = ratio_reduce(over, ratios, [min(over, widest - next_)] * len(widths), widths)
    return widths


def _row(sheet: Sheet, kept: list[int], widths: list[int], cells: list[str], *, is_heading: bool) -> Iterator[str]:
    """The lines of one row; headings stand at the bottom of theirs."""
    wrapped = [
        _wrapped(cell, width) if "\n" in cell or cell_len(cell) > width else [cell]
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped))
    for n in range(height):
        line = []
        for at, texts, width in zip(kept, wrapped, widths, strict=True):
            own = n - (height - len(texts)) if is_heading else n
            text = texts[own] if 0 <= own < len(texts) else ""
            blank = " " * (width - cell_len(text.rstrip()))
            line.append(blank + text.rstrip() if sheet.columns[at].numeric else text.rstrip() + blank)
        yield (" " * GUTTER).join(line)


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) >= 40 else PIPED_WIDTH


def bands(sheet: Sheet, width: int) -> list[list[int]]:
    """Which columns stand side by side: one band of those that fit, or, of a sheet that repeats its first columns, as
    many bands as it takes to show all."""
    if not sheet.repeats:
        return [_columns_that_fit(sheet, width)]
    first = list(range(sheet.repeats))
    room = width - sum(_needed(sheet, at) + GUTTER for at in first)
    found: list[list[int]] = []
    left = 0
    for at in range(sheet.repeats, len(sheet.columns)):
        needed = _needed(sheet, at)
        if not found or needed > left:
            found.append([*first])
            left = room
        found[-1].append(at)
        left -= needed + GUTTER
    return found


def _columns_that_fit(sheet: Sheet, width: int) -> list[int]:
    """The columns that fit side by side; those that give way soonest are dropped first."""
    kept = list(range(len(sheet.columns)))
    while True:
        needed = sum(_needed(sheet, at) + GUTTER for at in kept) - GUTTER
        droppable = [at for at in kept if sheet.columns[at].gives_way]
        if needed <= width or not droppable:
            return kept
        kept.remove(max(droppable, key=lambda at: sheet.columns[at].gives_way))


def _needed(sheet: Sheet, at: int) -> int:
    own = natural(sheet, at)
    return min(own, sheet.columns[at].least) if sheet.columns[at].grows else own


def natural(sheet: Sheet, at: int) -> int:
    column: Column = sheet.columns[at]
    texts = [*column.heading.split("\n"), *(line.cells[at] for line in sheet.lines if not line.heading)]
    return max(cell_len(safe(text)) for text in texts)


def safe(text: str) -> str:
    """`visible` text with its indent kept."""
    indent = len(text) - len(text.lstrip(" "))
    return " " * indent + visible(text[indent:])
