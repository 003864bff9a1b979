"""A report → a Word annex as Vietnamese offices set it, by filling in a Word file that an office may replace with its own.

`form` makes the usual file: what stands in double braces in it is filled in by `annex`. An office's own file may use the same
names anywhere, and nothing else; it can compute nothing that leaves the document.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.forms import Result
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT
from vinhchau_kpi.messages import N_, Language, Message, did_you_mean
from vinhchau_kpi.output import packed
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.report import CommitmentRow, Row
from vinhchau_kpi.text import visible
from vinhchau_kpi.views import doubts
from vinhchau_kpi.views.district import (
    FONT,
    RESULTS,
    SIZE,
    FormRow,
    evidence,
    groups,
    letterhead,
    numbering,
    promise_groups,
    promise_status,
    remarks,
    row_words,
)
from vinhchau_kpi.views.report import period_heading, promise_summary, reading_words, report_caveats, summary

TABLE_SIZE = 11
"""Size of the text in tables, in points."""
UNPACKED_LIMIT = 50_000_000
"""Bytes that an office's file may hold when it is unpacked."""


def write(result: Result, language: Language) -> bytes:
    assert result.dossier is not None
    return annex(result.dossier(), language, result.word_file)


def annex(dossier: Dossier, language: Language, file: InputFile | None) -> bytes:
    """The annex; in the office's own `file` where it gives one. Raises `Refusal` where that cannot be filled in."""
    facts = content(dossier, language)
    if file is None:
        return _filled(form(language), facts)
    data, findings = file.read(SIZE_LIMIT)
    if data is None:
        raise _cannot_fill(file, findings[0].args.get("reason", Message(TOO_LARGE)))
    try:
        return _filled(data, facts)
    # The office's file is a small program in a package of XML: it fails in as many ways as both can.
    except Exception as error:
        raise _cannot_fill(file, _reason(error)) from error


TOO_LARGE = N_("it is too large")


def _cannot_fill(file: InputFile, reason: Message | str) -> Refusal:
    sentence = N_("{name} cannot be filled in: {reason}. Start from the file that kpi template --word writes.")
    return Refusal(sentence, name=file.path.name, reason=reason)


class _Unusable(Exception):
    """A form that could be filled in, and would be a wrong document."""

    def __init__(self, sentence: str, **args: Any) -> None:
        super().__init__(sentence)
        self.message = Message(sentence, args)


def _reason(error: Exception) -> Message:
    """What is wrong with a form, in words for the person who wrote it."""
    import jinja2
    from jinja2.exceptions import SecurityError

    if isinstance(error, _Unusable):
        return error.message
    detail = {"detail": str(error)}
    match error:
        case SecurityError() | OverflowError():
            return Message(
                N_(
                    "“{detail}” may not stand in a form, which takes names, conditions, loops that are not inside each other, and some filters"
                ),
                detail,
            )
        case jinja2.UndefinedError():
            return Message(N_("it uses an unknown name ({detail})"), detail)
        case jinja2.TemplateError():
            return Message(N_("one of its tags is not written right ({detail})"), detail)
        case BadZipFile() | KeyError() | ValueError():
            return Message(N_("it is not a Word document (.docx)"))
    return Message(N_("it fails while it is filled in ({detail})"), detail)


def _filled(data: bytes, content: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    with ZipFile(BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED_LIMIT:
            raise _Unusable(TOO_LARGE)
        if (
            sum(package.read(part).count(b"{") for part in package.infolist() if part.filename.endswith(".xml"))
            > BRACES_LIMIT
        ):
            raise _Unusable(TOO_LARGE)
    environment = _environment()
    document = DocxTemplate(BytesIO(data))
    used = document.get_undeclared_template_variables(environment)
    unknown = sorted(used - content.keys())
    if unknown:
        known = did_you_mean(unknown[0], content)
        raise _Unusable(N_("Unknown name {name}.{suggestion}"), name=f"{{{{ {unknown[0]} }}}}", suggestion=known)
    if not used & {"lines", "commitments", "summary"}:
        raise _Unusable(N_("it has no place for the figures, such as {name}"), name="{{ summary }}")
    document.render(content, environment, autoescape=True)
    return packed(document)


def _environment() -> Any:
    """Jinja2 for a file that nobody has reviewed: names, conditions and one loop at a time over what there is, some filters, and
    nothing else. So no attribute of Python's is reached, no text is unescaped, and what is made is no longer than the loops."""
    import jinja2
    from jinja2 import nodes
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.If,
        nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Keyword,
    )  # fmt: skip

    def check(node: nodes.Node, loops: int) -> None:
        if isinstance(node, nodes.For):
            loops += 1
        if not isinstance(node, allowed) or loops > 1 or (isinstance(node, nodes.Filter) and node.name not in _FILTERS):
            raise SecurityError(getattr(node, "name", None) or type(node).__name__.lower())
        for inner in node.iter_child_nodes():
            check(inner, loops)

    class Sandbox(ImmutableSandboxedEnvironment):
        def _parse(self, *source: Any) -> nodes.Template:
            """Before anything else: to look for names is to work out constants already."""
            tree = super()._parse(*source)
            check(tree, 0)
            return tree

    environment = Sandbox(
        autoescape=True,
        # A name that is misspelt is a fault, not a blank in a report.
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.globals.clear()
    return environment


_FILTERS = {"capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper"}
BRACES_LIMIT = 5_000
"""Opening braces of an office's file. The usual form has eighty; docxtpl goes back over all of them from each."""


# What there is to be filled in


def content(dossier: Dossier, language: Language) -> dict[str, Any]:
    """The names that a Word file may use, and what stands for them: text, all of it."""
    whole, shown = dossier.whole, dossier.shown
    head = letterhead(whole.plan, language)
    return {
        "issuer": head.issuer,
        "nation": head.nation,
        "motto": head.motto,
        "place": head.place or "……",
        "title": whole.plan.heading(language).upper(),
        "period": period_heading(whole, language),
        "read": reading_words(whole, language),
        "caveats": [part.text for part in report_caveats(whole, language)],
        "summary": summary(whole, language),
        "lines": _lines(dossier, language),
        "doubts": [part.text for part in doubts.notes([*shown.rows, *shown.commitments], language)],
        "commitments_summary": promise_summary(whole, language) if shown.commitments else "",
        "commitments": _promises(dossier, language),
    }


def _lines(dossier: Dossier, language: Language) -> list[dict[str, Any]]:
    numbers = numbering(dossier.whole.plan)
    lines: list[dict[str, Any]] = []
    for group in groups(dossier.shown, in_plan_order=dossier.in_plan_order):
        if group.section is not None:
            lines.append(_across(numbers[group.section.id], group.section.heading(language)))
        for one in group.rows:
            for heading in one.headings:
                name, code = heading.of.name.in_(language), heading.of.code
                lines.append({**_BLANK, "kind": "parent", "number": numbers[code], "code": code, "name": name})
            if one.begins_parts:
                lines.append({**_BLANK, "name": language.say(N_("Of which:"))})
            lines.append(_line(one, numbers[one.row.code], dossier, language))
    return lines


_BLANK = dict.fromkeys(
    ("number", "code", "name", "unit", "plan", "in_period", "cumulative", "percent", "gap", "assessment", "remarks"), ""
) | {"kind": "row"}


def _across(number: str, title: str) -> dict[str, Any]:
    return {**_BLANK, "kind": "section", "number": number, "name": title}


def _line(one: FormRow, number: str, dossier: Dossier, language: Language) -> dict[str, Any]:
    row, text = one.row, row_words(one.row, language)
    return {
        "kind": "parent" if row.indicator.children else "row",
        "number": number,
        "code": text.code,
        "name": ("- " if one.depth else "") + text.name,
        "unit": text.unit,
        "plan": text.target,
        "in_period": text.in_period,
        "cumulative": text.value + doubts.mark(row.doubts),
        "percent": text.percent,
        "gap": text.gap,
        "assessment": text.status,
        "remarks": "; ".join(
            [
                *remarks(dossier.whole.plan, row, language),
                *_against_last_year(row, language),
                *doubts.in_brief(row.doubts, language),
            ]
        ),
    }


def _against_last_year(row: Row, language: Language) -> list[str]:
    if row.index is None:
        return []
    return [language.say(N_("{percent} % of last year"), percent=language.number(row.index, 2))]


def _promises(dossier: Dossier, language: Language) -> list[dict[str, Any]]:
    numbers = numbering(dossier.whole.plan)
    lines: list[dict[str, Any]] = []
    for section, rows in promise_groups(dossier.shown.commitments):
        lines.append(_across(numbers[section.id], section.heading(language)))
        lines += [_promise(row, numbers[row.commitment.code], language) for row in rows]
    return lines


def _promise(row: CommitmentRow, number: str, language: Language) -> dict[str, Any]:
    return {
        **_BLANK,
        "number": number,
        "code": row.commitment.code,
        "name": row.commitment.name.in_(language),
        "assessment": doubts.marked(promise_status(row.status, language), row.doubts),
        "remarks": "; ".join(filter(None, (evidence(row, language), *doubts.in_brief(row.doubts, language)))),
    }


# The usual form

_COLUMNS = (
    (N_("No."), "number", 13, "center"), (N_("Code"), "code", 18, "left"), (N_("Indicator"), "name", 55, "left"),
    (N_("Unit"), "unit", 18, "center"), (N_("Plan of the year"), "plan", 20, "right"),
    (N_("In period"), "in_period", 19, "right"), (N_("Cumulative"), "cumulative", 20, "right"),
    (N_("% of plan"), "percent", 16, "right"), (N_("Gap"), "gap", 20, "right"),
    (N_("Assessment"), "assessment", 36, "left"), (N_("Remarks"), "remarks", 32, "left"),
)  # fmt: skip
_PROMISE_COLUMNS = (
    (N_("No."), "number", 13, "center"), (N_("Code"), "code", 18, "left"), (N_("Commitment"), "name", 116, "left"),
    (N_("Assessment"), "assessment", 37, "left"), (N_("Evidence"), "remarks", 83, "left"),
)  # fmt: skip
"""Of each column: heading, name, width in millimetres, alignment. Together as wide as A4 between its margins."""


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


def form(language: Language) -> bytes:
    """The usual Word file, A4 landscape, with the names that are filled in between double braces."""
    say, document = language.say, blank(language.say(N_("ANNEX")), language)
    head = add_table(document, (120, 147))
    _cell(head.cell(0, 0), "{{ issuer }}", bold=True, ruled=24)
    _cell(head.cell(0, 1), "{{ nation }}", bold=True)
    _cell(head.cell(0, 1), "{{ motto }}", bold=True, ruled=40, more=True)
    dated = say(N_("{place}, day …… month …… year ……"), place="PLACE").replace("PLACE", "{{ place }}")
    _cell(head.add_row().cells[1], dated, italic=True)
    add_paragraph(document, say(N_("ANNEX")), bold=True, align="center", before=8)
    add_paragraph(document, say(RESULTS), bold=True, align="center")
    add_paragraph(document, "{{ title }}", bold=True, align="center")
    add_paragraph(document, "{{ period }}", bold=True, align="center")
    add_paragraph(
        document, say(N_("(Enclosed with Report No. ……/BC-…… of day …… month …… year ……)")), italic=True, align="center"
    )
    add_paragraph(document, "{%p for caveat in caveats %}")
    add_paragraph(document, "{{ caveat }}", bold=True, align="center")
    add_paragraph(document, "{%p endfor %}")
    add_paragraph(document, "{{ summary }}", before=6, after=2)
    add_paragraph(document, "{{ read }}", italic=True, after=6)
    add_paragraph(document, "{%p if lines %}")
    add_paragraph(document, say(N_("A. INDICATORS")), bold=True, after=3)
    _lines_table(document, _COLUMNS, "lines", language)
    add_paragraph(
        document,
        say(N_("… not reported · – does not apply · blank: not due yet.")),
        italic=True,
        before=3,
        size=TABLE_SIZE,
    )
    add_paragraph(document, "{%p endif %}")
    add_paragraph(document, "{%p if commitments %}")
    add_paragraph(document, say(N_("B. COMMITMENTS")), bold=True, before=8, after=3)
    add_paragraph(document, "{{ commitments_summary }}", after=3)
    _lines_table(document, _PROMISE_COLUMNS, "commitments", language)
    add_paragraph(document, "{%p endif %}")
    add_paragraph(document, "{%p for doubt in doubts %}")
    add_paragraph(document, "{{ doubt }}", italic=True, before=3, size=TABLE_SIZE)
    add_paragraph(document, "{%p endfor %}")
    add_paragraph(document, "{%p if not lines and not commitments %}")
    add_paragraph(document, say(N_("No rows match.")))
    add_paragraph(document, "{%p endif %}")
    add_signatures(document, language)
    return packed(document)


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


def _cell(cell: Any, text: str, *, ruled: int = 0, more: bool = False, **run: bool) -> None:
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


def _lines_table(document: Any, columns: tuple[tuple[str, str, int, str], ...], lines: str, language: Language) -> None:
    """A table whose header is repeated on each page, with a row for each of the `lines`; sections and parents are bold."""
    table = add_table(document, tuple(width for _, _, width, _ in columns), style="Table Grid")
    for cell, (heading, *_) in zip(table.rows[0].cells, columns, strict=True):
        write_in(cell.paragraphs[0], language.say(heading), align="center", size=TABLE_SIZE, bold=True)
    row_property(table.rows[0], "w:tblHeader")
    _tag(table, f"{{%tr for line in {lines} %}}")
    _tag(table, '{%tr if line.kind == "row" %}')
    _fields(table, columns, bold=False)
    _tag(table, "{%tr else %}")
    _fields(table, columns, bold=True)
    _tag(table, "{%tr endif %}")
    _tag(table, "{%tr endfor %}")


def _tag(table: Any, tag: str) -> None:
    table.add_row().cells[0].paragraphs[0].add_run(tag)


def _fields(table: Any, columns: tuple[tuple[str, str, int, str], ...], *, bold: bool) -> None:
    row = table.add_row()
    for cell, (_, name, _, align) in zip(row.cells, columns, strict=True):
        write_in(cell.paragraphs[0], f"{{{{ line.{name} }}}}", align=align, size=TABLE_SIZE, bold=bold)
        # A heading or a whole does not stand at the foot of a page, apart from what it is over.
        cell.paragraphs[0].paragraph_format.keep_with_next = bold or None
    row_property(row, "w:cantSplit")


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
        _cell(cell, say(who), bold=True)
        _cell(cell, say(N_("(signature, full name)")), more=True, italic=True)
        for _ in range(4):
            cell.add_paragraph()
