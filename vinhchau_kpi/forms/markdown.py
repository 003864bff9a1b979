"""A `Screen` → Markdown. Whatever a file says stays words: no link, no HTML, no table of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import Language
from vinhchau_kpi.views.screen import Lines, Panels, Paragraph, Screen, ScreenTable, Title, harmless, said

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def write(result: Result, language: Language) -> str:
    screen = result.whole_screen or result.screen
    assert screen is not None
    return render(screen(language))


def render(screen: Screen) -> str:
    return "\n".join(_blocks(screen)).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """`text` with everything that Markdown or HTML would act on taken literally."""
    return _SPECIAL.sub(r"\\\1", text)


def _blocks(screen: Screen) -> Iterator[str]:
    for part in harmless(screen):
        if isinstance(part, Title):
            yield f"# {escaped(part.text)}\n"
        elif isinstance(part, Paragraph):
            yield f"{escaped(part.text)}\n"
        elif isinstance(part, Panels):
            for panel in part.panels:
                yield from ("```", *(words.text.replace("`", "'") for words in panel.in_text), "```", "")
            yield from _blocks(part.legend)
        elif isinstance(part, Lines):
            yield from (f"- {escaped(line)}" for line in part.lines)
            yield ""
        elif part.lines:
            yield from _table(part)
            yield ""


def _table(table: ScreenTable) -> Iterator[str]:
    kept = table.in_text
    yield _row([escaped(table.columns[at].heading.replace("\n", " ")) for at in kept])
    yield _row(["---:" if table.columns[at].numeric else "---" for at in kept])
    growing = next((at for at in kept if table.columns[at].grows), 0)
    for line in table.lines:
        if line.heading:
            yield _row([f"**{escaped(line.heading)}**" if at == growing else "" for at in kept])
        else:
            yield _row([_cell(said(line.cells[at])) for at in kept])


def _cell(text: str) -> str:
    indent = len(text) - len(text.lstrip(" "))
    return "&nbsp;" * indent + escaped(text[indent:])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
