"""What every Word file that `kpi` makes is set with: the paper, the font, page numbers, paragraphs, tables, rules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views.district import FONT, SIZE

TABLE_SIZE, HEAD_SIZE, TITLE_SIZE, SMALL = 11, 12, 14, 11
"""Sizes in points: of the text in tables, of the names at the head of a paper, of its title, and of the list of who receives it."""
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
"""Margins in millimetres, upright and across."""
UPRIGHT, ACROSS = 210 - LEFT - RIGHT, 297 - LEFT - RIGHT
"""Millimetres between the margins of A4."""


def blank(title: str, language: Language, *, across: bool = True) -> Any:
    """An empty document, A4, as offices set it."""
    import docx

    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = title
    document.core_properties.created = document.core_properties.modified = datetime.now(UTC)
    _set_paper(document.sections[0], across=across)
    _set_font(document, language)
    return document


def add_annex(document: Any) -> None:
    """What follows begins on paper of its own, A4 across, and its pages are counted from 1, as those of an annex are."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    section = document.add_section()
    _set_paper(section, across=True)
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(count, "w:cols", "w:titlePg", "w:docGrid")  # noqa: SLF001 - python-docx has no other way
    # The paragraph that ends the paper before takes no room.
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)


def _set_paper(page: Any, *, across: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(TOP), Mm(BOTTOM), Mm(LEFT), Mm(RIGHT)
    page.header_distance = Mm(10)
    page.different_first_page_header_footer = True


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


def _page_number(paragraph: Any) -> None:
    """The number of the page, centred at the top from the second page on, as offices have it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.paragraph_format.element.append(field)


def add_paragraph(document: Any, text: str, **how: Any) -> None:
    """One more paragraph of a document, set as `write_in` sets it."""
    write_in(document.add_paragraph(), text, **how)


def write_in(
    paragraph: Any,
    text: str,
    *,
    align: str = "left",
    before: int = 0,
    after: int = 0,
    size: int = SIZE,
    indent: int = 0,
    **run: bool,
) -> None:
    """`indent`: of the first line, in millimetres."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(indent)
    made = paragraph.add_run(text)
    made.font.size = Pt(size)
    for name, value in run.items():
        setattr(made, name, value)


def write_in_cell(cell: Any, text: str, *, size: int = SIZE, align: str = "center", **run: bool) -> None:
    """One more paragraph of a cell, which begins with an empty one."""
    paragraph = cell.paragraphs[0] if cell.text == "" and len(cell.paragraphs) == 1 else cell.add_paragraph()
    write_in(paragraph, text, align=align, size=size, **run)


def add_rule(inside: Any, width: int, length: int) -> None:
    """A line of this length in the middle of a column of this width, both in millimetres."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    layout, indent = inside.add_paragraph().paragraph_format, (width - length) // 2
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    # Before the rest: Word wants a paragraph's properties in one order.
    layout.element.get_or_add_pPr().append(borders)
    layout.left_indent, layout.right_indent, layout.line_spacing = Mm(indent), Mm(indent), Pt(4)
    layout.space_before = Pt(2)


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
    table = add_table(document, (ACROSS // 2, ACROSS // 2))
    row_property(table.rows[0], "w:cantSplit")
    for cell, who in zip(table.rows[0].cells, (N_("PREPARED BY"), N_("HEAD OF THE OFFICE")), strict=True):
        write_in_cell(cell, say(who), bold=True)
        write_in_cell(cell, say(N_("(signature, full name)")), italic=True)
        for _ in range(4):
            cell.add_paragraph()
