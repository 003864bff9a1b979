"""What every Word file that `kpi` makes is set with: the paper, the font, page numbers, paragraphs, tables, rules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views.district import FONT, SIZE

TABLE_SIZE = 11
"""Size of the text in tables, in points."""


def blank(title: str, language: Language) -> Any:
    """An empty document, A4 landscape, as offices set it."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = title
    document.core_properties.created = document.core_properties.modified = datetime.now(UTC)
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(15), Mm(15)
    _set_font(document, language)
    return document


def _set_font(document: Any, language: Language) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), {"vi": "vi-VN", "en": "en-GB"}[language.code])
    header = document.sections[0].header
    header.is_linked_to_previous = False
    _page_number(header.paragraphs[0])
    document.sections[0].different_first_page_header_footer = True


def _page_number(paragraph: Any) -> None:
    """The number of the page, centred at the top from the second page on, as offices have it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.paragraph_format.element.append(field)


def add_paragraph(
    document: Any, text: str, *, align: str = "left", before: int = 0, after: int = 0, size: int = SIZE, **run: bool
) -> None:
    write_in(document.add_paragraph(), text, align=align, before=before, after=after, size=size, **run)


def write_in(
    paragraph: Any, text: str, *, align: str = "left", before: int = 0, after: int = 0, size: int = SIZE, **run: bool
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    made = paragraph.add_run(text)
    made.font.size = Pt(size)
    for name, value in run.items():
        setattr(made, name, value)


def write_in_cell(cell: Any, text: str, *, ruled: int = 0, more: bool = False, **run: bool) -> None:
    """Centred text in a cell of the heading; `ruled`: a line below it, so many millimetres from either side."""
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    write_in(paragraph, text, align="center", **run)
    if ruled:
        _rule(cell.add_paragraph(), ruled)


def _rule(paragraph: Any, indent: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    layout = paragraph.paragraph_format
    layout.left_indent, layout.right_indent, layout.line_spacing = Mm(indent), Mm(indent), Pt(4)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    layout.element.get_or_add_pPr().append(borders)


def add_table(document: Any, widths: tuple[int, ...], *, style: str | None = None) -> Any:
    """A table of one row with columns of these widths in millimetres; without a style it has no lines."""
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(widths))
    if style:
        table.style = style
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
    return table


def row_property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx has no other way to it


def add_signatures(document: Any, language: Language) -> None:
    """Two places to sign, left empty, that stay on one page."""
    say = language.say
    add_paragraph(document, "", before=6)
    table = add_table(document, (133, 134))
    row_property(table.rows[0], "w:cantSplit")
    for cell, who in zip(table.rows[0].cells, (N_("PREPARED BY"), N_("HEAD OF THE OFFICE")), strict=True):
        write_in_cell(cell, say(who), bold=True)
        write_in_cell(cell, say(N_("(signature, full name)")), more=True, italic=True)
        for _ in range(4):
            cell.add_paragraph()
