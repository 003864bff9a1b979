"""The usual Word file of a report, as offices set it: with names between double braces that `document` fills in."""

from __future__ import annotations

from typing import Any

from vinhchau_kpi.forms.typesetting import (
    TABLE_SIZE,
    add_paragraph,
    add_signatures,
    add_table,
    blank,
    row_property,
    write_in,
    write_in_cell,
)
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.output import packed
from vinhchau_kpi.views.district import RESULTS

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


def form(language: Language) -> bytes:
    """The usual Word file, A4 landscape, with the names that are filled in between double braces."""
    say, document = language.say, blank(language.say(N_("ANNEX")), language)
    head = add_table(document, (120, 147))
    write_in_cell(head.cell(0, 0), "{{ issuer }}", bold=True, ruled=24)
    write_in_cell(head.cell(0, 1), "{{ nation }}", bold=True)
    write_in_cell(head.cell(0, 1), "{{ motto }}", bold=True, ruled=40, more=True)
    dated = say(N_("{place}, day …… month …… year ……"), place="PLACE").replace("PLACE", "{{ place }}")
    write_in_cell(head.add_row().cells[1], dated, italic=True)
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
