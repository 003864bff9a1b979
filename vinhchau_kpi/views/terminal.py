"""A `Screen` → a terminal, by rich. Text from files is never read as markup, and cannot act on the terminal."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TextIO, TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from vinhchau_kpi.text import visible
from vinhchau_kpi.views.screen import Column, Line, Lines, Panels, Screen, Sheet, Title, Tone, Words, said

PIPED_WIDTH = 140
"""Columns of a screen that goes to a file or another program, unless COLUMNS says otherwise."""
PANEL_WIDTH = 36
GUTTER = 2

STYLES = {
    Tone.PLAIN: Style(),
    Tone.STRONG: Style(bold=True),
    Tone.QUIET: Style(dim=True),
    Tone.GOOD: Style(color="green"),
    Tone.FAIR: Style(color="cyan"),
    Tone.BAD: Style(color="red", bold=True),
}


def show(screen: Screen, out: TextIO) -> None:
    """Print `screen` on `out`: in colour and as wide as the window on a terminal, plain elsewhere."""
    if out.isatty():
        draw(screen, Console(file=out, highlight=False, markup=False, emoji=False))
    else:
        out.write(plain(screen))


def plain(screen: Screen) -> str:
    """`screen` as plain text, for a file or another program: no colour, no space at the ends of lines."""
    out = StringIO()
    draw(screen, Console(file=out, width=_piped_width(), color_system=None, highlight=False, markup=False, emoji=False))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


T = TypeVar("T")


def bar(items: Sequence[T], words: str, out: TextIO) -> Iterator[T]:
    """The items one by one, while a bar on `out` shows how many are done; it is gone when they are."""
    from rich.progress import track

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    yield from track(items, description=words, console=console, transient=True)


def draw(screen: Screen, console: Console) -> None:
    """Print `screen` on a console of rich's, whatever that does with it."""
    for part in screen:
        if isinstance(part, Title):
            console.print(Text(visible(part.text), style=Style(bold=True, underline=True)))
        elif isinstance(part, Words):
            indent = len(part.text) - len(part.text.lstrip(" "))
            words = Text(visible(part.text[indent:]), style=STYLES[part.tone])
            console.print(Padding(words, (0, 0, 0, indent), expand=False))
        elif isinstance(part, Lines):
            for line in part.lines:
                console.print(Text(visible(line)), soft_wrap=True)
        elif isinstance(part, Panels):
            for row in _side_by_side(part, console.width):
                console.print(row, soft_wrap=True)
            draw(part.legend, console)
        elif part.lines:
            for band in _bands(part, console.width):
                console.print(_table(part, band))


def _side_by_side(part: Panels, width: int) -> Iterator[Text]:
    """The panels in rows, each as wide as the widest chart; longer words are cut, with a sign that they are."""
    own = min(width, PANEL_WIDTH)
    across = max(1, (width + GUTTER) // (own + GUTTER))
    yield Text("")
    for at in range(0, len(part.panels), across):
        row = part.panels[at : at + across]
        for lines in itertools.zip_longest(*(panel.in_text for panel in row), fillvalue=Words("")):
            texts = []
            for words in lines:
                text = Text(_safe(words.text), style=STYLES[words.tone])
                text.truncate(own, overflow="ellipsis", pad=True)
                texts.append(text)
            line = Text(" " * GUTTER).join(texts)
            line.rstrip()
            yield line
        yield Text("")


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) >= 40 else PIPED_WIDTH


def _table(sheet: Sheet, kept: list[int]) -> Padding:
    """The columns `kept` of the sheet."""
    table = Table(
        box=None, padding=(0, GUTTER, 0, 0), pad_edge=False, expand=False, header_style="bold", collapse_padding=True
    )
    for at in kept:
        column = sheet.columns[at]
        table.add_column(
            Text(column.heading),
            justify="right" if column.numeric else "left",
            no_wrap=not column.grows,
            overflow="fold",
            ratio=1 if column.grows and len(kept) < 2 else None,
            min_width=_natural(sheet, at) if not column.grows else None,
        )
    growing = next((at for at in kept if sheet.columns[at].grows), kept[0])
    folded = [at for at, column in enumerate(sheet.columns) if column.folds and at not in kept]
    for line in sheet.lines:
        if line.heading:
            table.add_row(*[Text(_safe(line.heading), style="bold") if at == growing else Text("") for at in kept])
        else:
            table.add_row(*[_cell(line, at, folded if at == growing else []) for at in kept])
    return Padding(table, (1, 0))


def _cell(line: Line, at: int, folded: list[int]) -> Text:
    tone = line.tones[at] if line.tones else line.tone
    text = said(line.cells[at]) + "".join(f" ({said(line.cells[other])})" for other in folded if line.cells[other])
    return Text(_safe(text), style=STYLES[tone])


def _bands(sheet: Sheet, width: int) -> list[list[int]]:
    """Which columns stand side by side: one band of those that fit, or, of a sheet that repeats its first columns, as
    many bands as it takes to show all."""
    if not sheet.repeats:
        return [_columns_that_fit(sheet, width)]
    first = list(range(sheet.repeats))
    room = width - sum(_needed(sheet, at) + GUTTER for at in first)
    bands: list[list[int]] = []
    left = 0
    for at in sheet.in_text[sheet.repeats :]:
        needed = _needed(sheet, at)
        if not bands or needed > left:
            bands.append([*first])
            left = room
        bands[-1].append(at)
        left -= needed + GUTTER
    return bands


def _columns_that_fit(sheet: Sheet, width: int) -> list[int]:
    """The columns that fit side by side; those that give way soonest are dropped first."""
    kept = sheet.in_text
    while True:
        needed = sum(_needed(sheet, at) + GUTTER for at in kept) - GUTTER
        droppable = [at for at in kept if sheet.columns[at].gives_way]
        if needed <= width or not droppable:
            return kept
        kept.remove(max(droppable, key=lambda at: sheet.columns[at].gives_way))


def _needed(sheet: Sheet, at: int) -> int:
    natural = _natural(sheet, at)
    return min(natural, sheet.columns[at].least) if sheet.columns[at].grows else natural


def _natural(sheet: Sheet, at: int) -> int:
    column: Column = sheet.columns[at]
    texts = [*column.heading.split("\n"), *(said(line.cells[at]) for line in sheet.lines if not line.heading)]
    return max(cell_len(_safe(text)) for text in texts)


def _safe(text: str) -> str:
    """`visible` text with its indent kept."""
    indent = len(text) - len(text.lstrip(" "))
    return " " * indent + visible(text[indent:])
