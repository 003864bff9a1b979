"""A `Screen` → a terminal, by rich. Text from files is never read as markup, and cannot act on the terminal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TextIO, TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from vinhchau_kpi.text import visible
from vinhchau_kpi.views.paper import GUTTER, bands, natural, plain, safe
from vinhchau_kpi.views.screen import Line, Lines, Panels, Screen, Sheet, Title, Tone, Words

PANEL_WIDTH = 36

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
        _print(screen, Console(file=out, highlight=False, markup=False, emoji=False))
    else:
        out.write(plain(screen))


def drawn(screen: Screen, width: int) -> str:
    """`screen` without colour, as rich lays it out."""
    out = StringIO()
    _print(screen, Console(file=out, width=width, color_system=None, highlight=False, markup=False, emoji=False))
    return out.getvalue()


T = TypeVar("T")


def bar(items: Sequence[T], words: str, out: TextIO) -> Iterator[T]:
    """The items one by one, while a bar on `out` shows how many are done; it is gone when they are."""
    from rich.progress import track

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    yield from track(items, description=words, console=console, transient=True)


def _print(screen: Screen, console: Console) -> None:
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
        elif part.lines:
            for band in bands(part, console.width):
                console.print(_table(part, band))


def _side_by_side(part: Panels, width: int) -> Iterator[Text]:
    """The panels in rows, each as wide as the widest chart; longer words are cut, with a sign that they are."""
    panel = min(width, PANEL_WIDTH)
    across = max(1, (width + GUTTER) // (panel + GUTTER))
    yield Text("")
    for at in range(0, len(part.panels), across):
        row = part.panels[at : at + across]
        for lines in itertools.zip_longest(*row, fillvalue=Words("")):
            texts = []
            for words in lines:
                text = Text(safe(words.text), style=STYLES[words.tone])
                text.truncate(panel, overflow="ellipsis", pad=True)
                texts.append(text)
            line = Text(" " * GUTTER).join(texts)
            line.rstrip()
            yield line
        yield Text("")


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
            min_width=natural(sheet, at) if not column.grows else None,
        )
    growing = next((at for at in kept if sheet.columns[at].grows), kept[0])
    folded = [at for at, column in enumerate(sheet.columns) if column.folds and at not in kept]
    for line in sheet.lines:
        if line.heading:
            table.add_row(*[Text(safe(line.heading), style="bold") if at == growing else Text("") for at in kept])
        else:
            table.add_row(*[_cell(line, at, folded if at == growing else []) for at in kept])
    return Padding(table, (1, 0))


def _cell(line: Line, at: int, folded: list[int]) -> Text:
    tone = line.tones[at] if line.tones else line.tone
    text = line.cells[at] + "".join(f" ({line.cells[other]})" for other in folded if line.cells[other])
    return Text(safe(text), style=STYLES[tone])
