"""A `Screen` of words → a letter, as text to be copied and in Word."""

from __future__ import annotations

from collections.abc import Iterator

from vinhchau_kpi.forms.typesetting import add_paragraph, blank
from vinhchau_kpi.messages import Language
from vinhchau_kpi.output import packed
from vinhchau_kpi.text import visible
from vinhchau_kpi.views.screen import Lines, Paragraph, Screen, Title, Tone, harmless


def text(screen: Screen) -> bytes:
    """Each paragraph on one line, however long."""
    return "".join(f"{line}\n" for line, _ in _lines(screen)).encode()


def _lines(screen: Screen) -> Iterator[tuple[str, bool]]:
    """The lines of a letter, and whether each stands out; blank ones go before a part."""
    for part in harmless(screen):
        if isinstance(part, Lines):
            yield from ((line, False) for line in part.lines)
        elif isinstance(part, Title | Paragraph):
            yield part.text, isinstance(part, Title) or part.tone is Tone.STRONG


def document(screen: Screen, above: tuple[str, ...], language: Language) -> bytes:
    """On A4 upright; `above`: what stands over the letter, the body above the office and the office."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    (title, _), *lines = _lines(screen)
    made = blank(title, language)
    page = made.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(20)
    for name in above:
        add_paragraph(made, visible(name).upper(), bold=True)
    add_paragraph(made, title, align="center", before=12, after=6, bold=True)
    for line, is_strong in lines:
        add_paragraph(made, line, align="justify", before=4, bold=is_strong)
    return packed(made)
