"""A `Screen` → Markdown. Whatever a file says stays words: no link, no HTML, no table of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vinhchau_kpi.text import visible
from vinhchau_kpi.views.screen import Lines, Panels, Screen, Sheet, Title, Words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def render(screen: Screen) -> str:
    return "\n".join(_blocks(screen)).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """`text` with everything that Markdown or HTML would act on taken literally."""
    return _SPECIAL.sub(r"\\\1", visible(text))


def _blocks(screen: Screen) -> Iterator[str]:
    for part in screen:
        if isinstance(part, Title):
            yield f"# {escaped(part.text)}\n"
        elif isinstance(part, Words):
            yield f"{escaped(part.text)}\n"
        elif isinstance(part, Panels):
            for panel in part.panels:
                yield from ("```", *(visible(words.text).replace("`", "'") for words in panel), "```", "")
        elif isinstance(part, Lines):
            yield from (f"- {escaped(line)}" for line in part.lines)
            yield ""
        elif part.lines:
            yield from _table(part)
            yield ""


def _table(sheet: Sheet) -> Iterator[str]:
    yield _row([escaped(column.heading.replace("\n", " ")) for column in sheet.columns])
    yield _row(["---:" if column.numeric else "---" for column in sheet.columns])
    growing = next((at for at, column in enumerate(sheet.columns) if column.grows), 0)
    for line in sheet.lines:
        if line.heading:
            yield _row([f"**{escaped(line.heading)}**" if at == growing else "" for at in range(len(sheet.columns))])
        else:
            yield _row([_cell(cell) for cell in line.cells])


def _cell(text: str) -> str:
    indent = len(text) - len(text.lstrip(" "))
    return "&nbsp;" * indent + escaped(text[indent:])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
