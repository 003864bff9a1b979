"""Word documents: the tables in them, as a person sees them."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from vinhchau_kpi.intake.cut.grid import Grid, NumberCell
from vinhchau_kpi.intake.cut.workbook import Opened, read_workbook
from vinhchau_kpi.number import Fault

HEADER = ["mã chỉ tiêu", "kỳ", "thực hiện", "ghi chú"]
ROW = ["KT-02", "T6/2019", "28.500,5", "x"]


def document(*parts: str | list[list[str]]) -> Any:
    """A document of these paragraphs and tables."""
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
        else:
            table = made.add_table(len(part), len(part[0]))
            for row, texts in zip(table.rows, part, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    return made


def opened(made: Any, sheet: str | None = None) -> Opened:
    out = io.BytesIO()
    made.save(out)
    return read_workbook(out.getvalue(), "x.docx", sheet)


def grid(made: Any) -> Grid:
    found = opened(made)
    assert found.sheet is not None
    return found.sheet.grid()


def test_a_table_is_read_below_the_words_above_it() -> None:
    """The letterhead is passed over, and the paragraphs above the table are its title."""
    read = grid(document([["Số: 12/BC", "Vĩnh Châu"]], "BÁO CÁO tháng 6/2019", [HEADER, ROW]))
    assert [record.cells for record in read.records] == [["BÁO CÁO tháng 6/2019"], HEADER, ROW]
    assert read.sheet == "Bảng 2"


def test_merged_cells_are_merged() -> None:
    """Across and downwards, as in a workbook."""
    made = document([HEADER, ROW, ["KT-03", "", "1.200", "y"], ["KT-05", "T6/2019", "gộp", ""]])
    table = made.tables[0]
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 2).merge(table.cell(3, 3))
    read = grid(made)
    assert read.merged == {(2, 1): (1, 1), (3, 3): (3, 2)}
    assert read.records[2].cells == ["KT-03", "", "1.200", "y"]


def test_raised_and_struck_digits_are_none_of_the_number() -> None:
    """A footnote's 1 is not a digit of the figure, nor is a number that was struck out; what is hidden is not there."""
    made = document([HEADER, ROW])
    paragraph = made.tables[0].cell(1, 2).paragraphs[0]
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run("12").font.strike = True
    paragraph.add_run("9").font.hidden = True
    cell = grid(made).records[1].cells[2]
    assert cell == NumberCell(Fault.RAISED, seen="28.500,5112")


def test_a_second_table_of_figures_is_an_error() -> None:
    """The first is read; another with a header stops the report, one of numbers alone is named."""
    made = document([HEADER, ROW], [HEADER, ["KT-03", "T6/2019", "5", ""]], [["a", "12"], ["b", "13"]])
    found = opened(made)
    assert [(finding.rule.code, finding.place.sheet) for finding in found.findings] == [
        ("table-not-read", "Bảng 2"),
        ("sheet-not-read", "Bảng 3"),
    ]
    chosen = opened(made, "bang 2")
    assert chosen.sheet is not None
    assert chosen.sheet.grid().records[1].cells[0] == "KT-03"
    assert chosen.findings == []
    assert opened(made, "T6").findings[0].rule.code == "no-such-sheet"


def test_a_letter_is_refused() -> None:
    """A document without a table says what to ask for."""
    assert opened(document("Kính gửi")).findings[0].rule.code == "document-file"


@pytest.mark.parametrize("span", ["900000000", "-1", "x"])
def test_a_cell_over_very_many_columns_is_damage(span: str) -> None:
    """What would unfold to gigabytes is refused before it does."""
    made = document([HEADER, ROW])
    made.tables[0].cell(1, 0)._tc.get_or_add_tcPr().append(
        docx.oxml.parse_xml(
            f'<w:gridSpan xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="{span}"/>'
        )
    )
    assert opened(made).findings[0].rule.code == "broken-workbook"
