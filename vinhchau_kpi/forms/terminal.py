"""A `Screen` → a terminal, by rich. Text from files is never read as markup, and cannot act on the terminal: see `harmless`."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TextIO, TypeVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import Language
from vinhchau_kpi.views.screen import Line, Lines, Panels, Paragraph, Screen, ScreenTable, Title, Tone, harmless, said

PIPED_WIDTH = 140
"""Columns of a screen that goes to a file or another program, unless COLUMNS says otherwise."""
PANEL_WIDTH = 36
GUTTER = 2
NARROWEST = 12
"""Places that a column of words keeps, however narrow the window."""

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
        out.writelines(pieces(screen))


def write(result: Result, language: Language) -> Iterator[str]:
    """A result that goes to a file or another program as plain text."""
    assert result.screen is not None
    return pieces(result.screen(language))


def plain(screen: Screen) -> str:
    """`screen` as plain text, for a file or another program: no colour, no space at the ends of lines."""
    return "".join(pieces(screen))


def pieces(screen: Screen) -> Iterator[str]:
    """`plain`, part by part."""
    out = StringIO()
    console = Console(file=out, width=_piped_width(), color_system=None, highlight=False, markup=False, emoji=False)
    for part in screen:
        out.seek(0)
        out.truncate()
        draw([part], console)
        yield from (line.rstrip() + "\n" for line in out.getvalue().splitlines())


T = TypeVar("T")


def bar(items: Sequence[T], words: str, out: TextIO) -> Iterator[T]:
    """The items one by one, while a bar on `out` shows how many are done; it is gone when they are."""
    from rich.progress import track

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    yield from track(items, description=words, console=console, transient=True)


def draw(screen: Screen, console: Console) -> None:
    """Print `screen` on a console of rich's, whatever that does with it."""
    for part in harmless(screen):
        if isinstance(part, Title):
            console.print(Text(part.text, style=Style(bold=True, underline=True)))
        elif isinstance(part, Paragraph):
            console.print(_Paragraph(part), end="")
        elif isinstance(part, Lines):
            for line in part.lines:
                console.print(Text(line), soft_wrap=True)
        elif isinstance(part, Panels):
            for row in _side_by_side(part, console.width):
                console.print(row, soft_wrap=True)
            draw(part.legend, console)
        elif part.lines:
            for band in _bands(part, console.width):
                console.print(_Table(part, band), end="", crop=False)


def _side_by_side(part: Panels, width: int) -> Iterator[Text]:
    """The panels in rows, each as wide as the widest chart; longer words are cut, with a sign that they are."""
    own = min(width, PANEL_WIDTH)
    across = max(1, (width + GUTTER) // (own + GUTTER))
    yield Text("")
    for at in range(0, len(part.panels), across):
        row = part.panels[at : at + across]
        for lines in itertools.zip_longest(*(panel.in_text for panel in row), fillvalue=Paragraph("")):
            texts = []
            for words in lines:
                text = Text(words.text, style=STYLES[words.tone])
                text.truncate(own, overflow="ellipsis", pad=True)
                texts.append(text)
            line = Text(" " * GUTTER).join(texts)
            line.rstrip()
            yield line
        yield Text("")


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) >= 40 else PIPED_WIDTH


class _Paragraph:
    """Words in lines that are all indented as the first is."""

    def __init__(self, words: Paragraph) -> None:
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        text = self.words.text
        indent = len(text) - len(text.lstrip(" "))
        for line in _wrapped(console, text[indent:], max(1, options.max_width - indent)):
            yield Segment(" " * indent + line, STYLES[self.words.tone])
            yield Segment.line()


class _Table:
    """The columns `kept` of a table, side by side.

    rich's own tables measure and wrap every cell several times; here only a cell that does not fit is wrapped, by rich.
    """

    def __init__(self, table: ScreenTable, kept: list[int]) -> None:
        self.columns = [table.columns[at] for at in kept]
        self.growing = [n for n, column in enumerate(self.columns) if column.grows]
        folded = [at for at, column in enumerate(table.columns) if column.folds and at not in kept]
        self.rows = [([column.heading for column in self.columns], [STYLES[Tone.STRONG]] * len(kept))]
        self.rows += [self._row(line, kept, folded) for line in table.lines]

    def _row(self, line: Line, kept: list[int], folded: list[int]) -> tuple[list[str], list[Style]]:
        """The texts and styles of its cells."""
        at_words = self.growing[0] if self.growing else 0
        if line.heading:
            texts = [""] * len(kept)
            texts[at_words] = line.heading
            return texts, [STYLES[Tone.STRONG]] * len(kept)
        texts = [said(line.cells[at]) for at in kept]
        texts[at_words] += "".join(f" ({said(line.cells[at])})" for at in folded if line.cells[at])
        return texts, [STYLES[line.tones[at] if line.tones else line.tone] for at in kept]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        widths = self._widths(options.max_width)
        yield Segment.line()
        for n, (texts, styles) in enumerate(self.rows):
            cells = [_wrapped(console, text, width) for text, width in zip(texts, widths, strict=True)]
            yield from self._lines(cells, widths, styles, is_heading=n == 0)
        yield Segment.line()

    def _widths(self, room: int) -> list[int]:
        """Of the columns that grow the widest gives way first, none below `NARROWEST`: in a very narrow window lines are
        longer than it, but nothing is lost."""
        texts = zip(*(texts for texts, _ in self.rows), strict=True)
        widths = [max(cell_len(line) for text in of_one for line in text.split("\n")) for of_one in texts]
        last = len(widths) - 1

        def taken(n: int) -> int:
            return widths[n] + (GUTTER if n < last else 0)

        over = sum(map(taken, range(len(widths)))) - room
        while over > 0 and (able := [n for n in self.growing if widths[n] > NARROWEST]):
            widths[max(able, key=lambda n: (taken(n), n))] -= 1
            over -= 1
        return widths

    def _lines(
        self, cells: list[list[str]], widths: list[int], styles: list[Style], *, is_heading: bool
    ) -> Iterator[Segment]:
        """The lines of one row; headings stand at the bottom of theirs."""
        height = max(map(len, cells))
        for n in range(height):
            unstyled = ""  # One segment for what has no style: rich takes its time with each.
            for at, (lines, width, style) in enumerate(zip(cells, widths, styles, strict=True)):
                own = n - (height - len(lines) if is_heading else 0)
                text = lines[own] if 0 <= own < len(lines) else ""
                blank = " " * (width - cell_len(text))
                gutter = " " * GUTTER if at < len(widths) - 1 else ""
                cell = (blank + text if self.columns[at].numeric else text + blank) + gutter
                if style:
                    yield Segment(unstyled)
                    yield Segment(cell, style)
                    unstyled = ""
                else:
                    unstyled += cell
            yield Segment(unstyled + "\n")


def _wrapped(console: Console, text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` places, broken between words where that can be."""
    if cell_len(text) <= width and "\n" not in text:
        return [text]
    lines = Text(text).wrap(console, width, overflow="fold", no_wrap=False)
    return [line.plain.rstrip() for line in lines]


def _bands(table: ScreenTable, width: int) -> list[list[int]]:
    """Which columns stand side by side: one band of those that fit, or, of a table that repeats its first columns, as
    many bands as it takes to show all."""
    needed = {at: _needed(table, at) for at in table.in_text}
    if not table.repeats:
        return [_columns_that_fit(table, needed, width)]
    first = list(range(table.repeats))
    room = width - sum(needed[at] + GUTTER for at in first)
    bands: list[list[int]] = []
    left = 0
    for at in table.in_text[table.repeats :]:
        if not bands or needed[at] > left:
            bands.append([*first])
            left = room
        bands[-1].append(at)
        left -= needed[at] + GUTTER
    return bands


def _columns_that_fit(table: ScreenTable, needed: dict[int, int], width: int) -> list[int]:
    """The columns that fit side by side; those that give way soonest are dropped first."""
    kept = table.in_text
    while True:
        droppable = [at for at in kept if table.columns[at].gives_way]
        if sum(needed[at] + GUTTER for at in kept) - GUTTER <= width or not droppable:
            return kept
        kept.remove(max(droppable, key=lambda at: table.columns[at].gives_way))


def _needed(table: ScreenTable, at: int) -> int:
    """How many places a column takes at least."""
    column = table.columns[at]
    cells = (said(line.cells[at]) for line in table.lines if not line.heading)
    natural = max(map(cell_len, (*column.heading.split("\n"), *cells)))
    return min(natural, column.least) if column.grows else natural
