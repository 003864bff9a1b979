"""Any result as a workbook and as a Word file."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from transcript import ROOT, kpi

from vinhchau_kpi.forms import Result, tables
from vinhchau_kpi.messages import EN, VI, Language
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.views.screen import Head, Line, Lines, Paragraph, ScreenPart, ScreenTable, Title, Tone

SAMPLES = ("--actuals", str(ROOT / "data" / "samples" / "2019-*.csv"))


def result(*parts: ScreenPart) -> Result:
    return Result(facts=list, screen=lambda _: parts)


def table(*cells: str, name: str = "name") -> ScreenTable:
    """A table of one column of words and one of numbers."""
    return ScreenTable((Head("x"), Head("n", numeric=True)), tuple(Line((name, cell)) for cell in cells))


@pytest.mark.parametrize(("language", "words"), [(VI, "1.234,50"), (EN, "1,234.50")], ids=["vi", "en"])
def test_a_number_in_words_is_a_number_in_the_sheet(language: Language, words: str) -> None:
    """What a column of numbers says in the language of the file is that number with its decimals; all else is text."""
    made = tables.write_workbook(result(table(words, "+466", "-3", "6/6", "16*", "…", "1.234.56")), language)
    cells = [row[1] for row in openpyxl.load_workbook(BytesIO(made)).active.iter_rows(min_row=2)]
    values = [1234.5, 466, -3, "6/6", "16*", "…", "1.234.56"]
    assert [cell.value for cell in cells] == values
    assert [cell.number_format for cell in cells[:3]] == ["#,##0.00", "+#,##0;-#,##0;0", "#,##0"]


def test_a_sheet_for_each_table() -> None:
    """Each table has a sheet with what is said above it and what follows it; without one there is a sheet of words."""
    parts = (Title("A/B"), Paragraph("p"), table("1"), Paragraph("legend"), Title("C"), table("2"), table("3"))
    book = openpyxl.load_workbook(BytesIO(tables.write_workbook(result(*parts), VI)))
    assert book.sheetnames == ["1. A B", "2. C", "3."]
    assert [row[0].value for row in book["1. A B"].iter_rows()] == ["A/B", "p", "x", "name", "legend"]
    assert (book["2. C"].print_title_rows, book["2. C"].freeze_panes) == ("$2:$2", "A3")
    words = openpyxl.load_workbook(BytesIO(tables.write_workbook(result(Lines(("a", "b"))), VI)))
    assert [row[0].value for row in words.active.iter_rows()] == ["a", "b"]


def test_names_stay_text() -> None:
    """A name that begins like a formula is text in the workbook, and nothing in a Word file acts."""
    parts = (Title("=T"), Paragraph("@p", Tone.STRONG), table("=1+1", name="-Lúa\x1b"))
    sheet = openpyxl.load_workbook(BytesIO(tables.write_workbook(result(*parts), VI))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    document = docx.Document(BytesIO(tables.write_document(result(*parts), VI)))
    assert [one.text for one in document.paragraphs] == ["=T", "@p"]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["-Lúa\\x1b", "=1+1"]


def test_what_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is left out without a word: a file that cannot hold all of them is not written."""
    monkeypatch.setattr(tables, "MOST_LINES", {"xlsx": 2, "docx": 2})
    for write in (tables.write_workbook, tables.write_document):
        assert write(result(table("1", "2")), VI)
        with pytest.raises(Refusal):
            write(result(table("1", "2", "3")), VI)


def test_a_difference_and_who_has_reported_are_handed_on(tmp_path: Path) -> None:
    """`kpi diff` and `kpi coverage` write workbooks and Word files with the numbers of the screen, in the language of papers."""
    for command in (("diff", "2019-05", "2019-06"), ("coverage", "2019-06"), ("coverage", "2019-06", "--missing")):
        for ending in ("xlsx", "docx"):
            run = kpi(*command, *SAMPLES, "-o", str(tmp_path / f"{command[0]}.{ending}"), env={"LANG": "en_US.UTF-8"})
            assert (run.code, run.stdout) == (0, "")
    facts = json.loads(kpi("diff", "2019-05", "2019-06", *SAMPLES, "--format", "json").stdout, parse_float=Decimal)
    changes = {row["code"]: row["change"] for row in facts["rows"] if row["change"]}
    rows = list(openpyxl.load_workbook(tmp_path / "diff.xlsx").worksheets[0].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "TT")
    at = rows[head].index("Tăng/giảm")
    shown = {row[0]: row[at] for row in rows[head + 1 :] if isinstance(row[at], int | float)}
    assert all(abs(Decimal(str(shown[code])) - changes[code]) <= Decimal("0.005") for code in shown)
    assert len(shown) > 20
    document = docx.Document(tmp_path / "diff.docx")
    assert document.tables[0].rows[0].cells[0].text == "TT"
