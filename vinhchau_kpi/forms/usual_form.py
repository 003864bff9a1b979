"""The usual Word file of a report, as offices set it: with names between double braces that `document` fills in."""

from __future__ import annotations

from typing import Any

from vinhchau_kpi.forms.typesetting import (
    HEAD_SIZE,
    SMALL,
    TABLE_SIZE,
    TITLE_SIZE,
    UPRIGHT,
    add_annex,
    add_paragraph,
    add_rule,
    add_table,
    blank,
    row_property,
    write_in,
    write_in_cell,
)
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.output import packed

_COLUMNS = (
    (N_("No."), "number", 12, "center"), (N_("Code"), "code", 18, "left"), (N_("Indicator"), "name", 48, "left"),
    (N_("Unit"), "unit", 18, "center"), (N_("Plan of the year"), "plan", 20, "right"),
    (N_("In period"), "in_period", 18, "right"), (N_("Cumulative"), "cumulative", 22, "right"),
    (N_("% of plan"), "percent", 16, "right"), (N_("Gap"), "gap", 20, "right"),
    (N_("Assessment"), "assessment", 27, "left"), (N_("Remarks"), "remarks", 33, "left"),
)  # fmt: skip
_PROMISE_COLUMNS = (
    (N_("No."), "number", 12, "center"), (N_("Code"), "code", 18, "left"), (N_("Commitment"), "name", 95, "left"),
    (N_("Agency"), "agency", 40, "left"), (N_("Assessment"), "assessment", 30, "left"),
    (N_("Evidence"), "remarks", 57, "left"),
)  # fmt: skip
"""Of each column: heading, name, width in millimetres, alignment. Together as wide as A4 across between its margins."""
ISSUER, NATION = 70, UPRIGHT - 70
"""Widths of the two halves of the head of a paper."""
MOTTO_RULE, ISSUER_RULE, TITLE_RULE = 58, 24, 50
"""Lengths of rules: under the motto as long as it is, else a third to a half of the line above."""


def form(language: Language) -> bytes:
    """The usual Word file, with the names that are filled in between double braces: a report on upright A4, its tables as
    annexes across."""
    document = blank(language.say(N_("REPORT")), language, across=False)
    _head(document, language)
    _body(document)
    _foot(document, language)
    add_annex(document)
    add_paragraph(document, "{%p if lines %}")
    _annex_heading(document, "I", language.say(N_("RESULTS BY INDICATOR")), language)
    _lines_table(document, _COLUMNS, "lines", language)
    legend = language.say(N_("… not reported · – does not apply · blank: not due yet."))
    add_paragraph(document, legend, italic=True, before=3, size=TABLE_SIZE)
    add_paragraph(document, "{%p endif %}")
    add_paragraph(document, "{%p if lines and commitments %}")
    add_annex(document)
    add_paragraph(document, "{%p endif %}")
    add_paragraph(document, "{%p if commitments %}")
    _annex_heading(document, "II", language.say(N_("RESULTS BY COMMITMENT")), language)
    add_paragraph(document, "{{ commitments_summary }}", after=3)
    _lines_table(document, _PROMISE_COLUMNS, "commitments", language)
    add_paragraph(document, "{%p endif %}")
    add_paragraph(document, "{%p for doubt in doubts %}")
    add_paragraph(document, "{{ doubt }}", italic=True, before=3, size=TABLE_SIZE)
    add_paragraph(document, "{%p endfor %}")
    add_paragraph(document, "{%p if not lines and not commitments %}")
    add_paragraph(document, language.say(N_("No rows match.")))
    add_paragraph(document, "{%p endif %}")
    return packed(document)


def _head(document: Any, language: Language) -> None:
    """Who issues it and the nation's name, number, place and day, and what it is."""
    table = add_table(document, (ISSUER, NATION))
    left, right = table.rows[0].cells
    write_in_cell(left, "{%p if parent %}")
    write_in_cell(left, "{{ parent }}", size=HEAD_SIZE)
    write_in_cell(left, "{%p endif %}")
    write_in_cell(left, "{{ issuer }}", size=HEAD_SIZE, bold=True)
    add_rule(left, ISSUER, ISSUER_RULE)
    write_in_cell(right, "{{ nation }}", size=HEAD_SIZE, bold=True)
    write_in_cell(right, "{{ motto }}", bold=True)
    add_rule(right, NATION, MOTTO_RULE)
    left, right = table.add_row().cells
    write_in_cell(left, language.say(N_("No. {number}"), number="NUMBER").replace("NUMBER", "{{ number }}"))
    write_in_cell(right, "{{ place_and_day }}", italic=True)
    add_paragraph(document, language.say(N_("REPORT")), bold=True, align="center", before=14, size=TITLE_SIZE)
    add_paragraph(document, "{{ subject }}", bold=True, align="center", size=TITLE_SIZE)
    add_rule(document, UPRIGHT, TITLE_RULE)
    add_paragraph(document, "{%p for caveat in caveats %}")
    add_paragraph(document, "{{ caveat }}", bold=True, align="center", before=6)
    add_paragraph(document, "{%p endfor %}")


def _body(document: Any) -> None:
    """The narrative: headings bold, the rest with its first line begun further in."""
    layout: dict[str, Any] = {"align": "justify", "before": 6, "size": TITLE_SIZE, "indent": 10}
    add_paragraph(document, "{%p for part in narrative %}")
    add_paragraph(document, '{%p if part.kind == "part" or part.kind == "section" %}')
    add_paragraph(document, "{{ part.text }}", bold=True, **layout)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_paragraph(document, '{%p elif part.kind == "item" %}')
    add_paragraph(document, "- {{ part.text }}", **layout)
    add_paragraph(document, '{%p elif part.kind == "over" %}')
    add_paragraph(document, "{{ part.text }}", italic=True, **layout)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_paragraph(document, '{%p elif part.kind == "end" %}')
    add_paragraph(document, "{{ part.text }}", **layout)
    # So that nobody signs on a page that has nothing else on it.
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_paragraph(document, "{%p else %}")
    add_paragraph(document, "{{ part.text }}", **layout)
    add_paragraph(document, "{%p endif %}")
    add_paragraph(document, "{%p endfor %}")


def _foot(document: Any, language: Language) -> None:
    """Who receives it, and the place of who signs, which stay on one page."""
    say = language.say
    add_paragraph(document, "", before=6)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = add_table(document, (UPRIGHT // 2, UPRIGHT - UPRIGHT // 2))
    row_property(table.rows[0], "w:cantSplit")
    left, right = table.rows[0].cells
    write_in_cell(left, say(N_("Recipients:")), size=HEAD_SIZE, align="left", bold=True, italic=True)
    write_in_cell(left, "- {{ receiver }};", size=SMALL, align="left")
    write_in_cell(left, say(N_("- Kept: records.")), size=SMALL, align="left")
    write_in_cell(right, "{{ signer }}", size=TITLE_SIZE, bold=True)
    for _ in range(5):
        right.add_paragraph()


def _annex_heading(document: Any, number: str, title: str, language: Language) -> None:
    """An annex has its number, its title and what it is enclosed with; head, day and signature are the report's."""
    of = language.say(
        N_("(Enclosed with Report No. {number} of day …… month …… year …… of {office})"),
        number="NUMBER",
        office="OFFICE",
    )
    of = of.replace("NUMBER", "{{ number }}").replace("OFFICE", "{{ office }}")
    annex = language.say(N_("Annex"))
    add_paragraph(
        document,
        annex + "{% if lines and commitments %} " + number + "{% endif %}",
        bold=True,
        align="center",
        size=TITLE_SIZE,
    )
    add_paragraph(document, title, bold=True, align="center")
    add_paragraph(document, "{{ title }}", bold=True, align="center")
    add_paragraph(document, "{{ period }}", bold=True, align="center")
    add_paragraph(document, of, italic=True, align="center", after=6)


def _lines_table(document: Any, columns: tuple[tuple[str, str, int, str], ...], lines: str, language: Language) -> None:
    """A table whose header is repeated on each page, with a row for each of the `lines`; sections and parents are bold."""
    table = add_table(document, tuple(width for _, _, width, _ in columns), style="Table Grid")
    for cell, (heading, *_) in zip(table.rows[0].cells, columns, strict=True):
        write_in(cell.paragraphs[0], language.say(heading), align="center", size=TABLE_SIZE, bold=True)
    row_property(table.rows[0], "w:tblHeader")
    _tag(table, f"{{%tr for line in {lines} %}}")
    _tag(table, '{%tr if line.kind == "row" %}')
    _fields(table, columns, bold=False, keeps=False)
    _tag(table, '{%tr elif line.kind == "of_which" %}')
    _fields(table, columns, bold=False, keeps=True)
    _tag(table, "{%tr else %}")
    _fields(table, columns, bold=True, keeps=True)
    _tag(table, "{%tr endif %}")
    _tag(table, "{%tr endfor %}")


def _tag(table: Any, tag: str) -> None:
    table.add_row().cells[0].paragraphs[0].add_run(tag)


def _fields(table: Any, columns: tuple[tuple[str, str, int, str], ...], *, bold: bool, keeps: bool) -> None:
    row = table.add_row()
    for cell, (_, name, _, align) in zip(row.cells, columns, strict=True):
        write_in(cell.paragraphs[0], f"{{{{ line.{name} }}}}", align=align, size=TABLE_SIZE, bold=bold)
        # A heading, a whole or “of which” does not stand at the foot of a page, apart from what it is over.
        cell.paragraphs[0].paragraph_format.keep_with_next = keeps or None
    row_property(row, "w:cantSplit")
