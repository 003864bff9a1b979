"""The answer to the sender: their own file back, each fault in its cell, no figure changed, nothing written over."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from opendocument import Raw, number, workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from transcript import ROOT, kpi

FAULTY = "mã chỉ tiêu;chỉ tiêu;kỳ;thực hiện;ghi chú\nKT-3;;T6/2019;1.200;=1+1\nKT-03;;T6/2019;6.876,5;@x\nLD-02;;T6/2019;36,5;-5\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def codes(*arguments: str) -> list[str]:
    return sorted(finding["code"] for finding in json.loads(kpi("validate", *arguments, "--format", "json").stdout))


def cells(page: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_csv_gets_a_column_of_remarks(here: Path) -> None:
    """The rows stay as they were, a last column says what is wrong and what to do, in Vietnamese, for Excel to open."""
    run = kpi("validate", "a.csv", "--annotate", "b.csv", "--lang", "en")
    assert run.code == 1
    assert "A marked copy was written: b.csv" in run.stderr
    data = (here / "b.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["mã chỉ tiêu", "chỉ tiêu", "kỳ", "thực hiện", "ghi chú", "findings of kpi"]
    assert [row[:4] for row in rows[1:]] == [line.split(";")[:4] for line in FAULTY.splitlines()[1:]]
    assert [row[5] != "" for row in rows] == [True, True, False, True]


def test_remarks_are_in_vietnamese_unless_said_otherwise(here: Path) -> None:
    """The sender reads Vietnamese, whatever the officer's own language is."""
    kpi("validate", "a.csv", "--annotate", "vi.csv", env={"KPI_LANG": "en"})
    kpi("validate", "a.csv", "--annotate", "en.csv", "--lang", "en")
    assert "Kế hoạch không có chỉ tiêu “KT-3”" in (here / "vi.csv").read_text(encoding="utf-8")
    assert "phát hiện của kpi" in (here / "vi.csv").read_text(encoding="utf-8")
    assert "The plan has no indicator “KT-3”" in (here / "en.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("answer", ["b.csv", "b.xlsx"])
def test_the_answer_reads_as_the_file_did(answer: str) -> None:
    """Sent back unmended, the marked copy gives the same figures and the same findings; remarks are no column of theirs."""
    kpi("validate", "a.csv", "--annotate", answer)
    assert codes(answer) == codes("a.csv")
    figures = [
        json.loads(kpi("show", "KT-03", "2019-06", "--actuals", f, "--skip-invalid", "--format", "json").stdout)
        for f in ("a.csv", answer)
    ]
    assert [one["figures"][0]["value"] for one in figures] == [6876.5, 6876.5]


def test_text_never_becomes_a_formula(here: Path) -> None:
    """What a spreadsheet would run is written as words; numbers, also negative ones, stay numbers."""
    kpi("validate", "a.csv", "--annotate", "b.csv")
    kpi("validate", "a.csv", "--annotate", "b.xlsx")
    rows = list(csv.reader((here / "b.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[4] for row in rows[1:]] == ["'=1+1", "'@x", "-5"]
    page: Any = openpyxl.load_workbook(here / "b.xlsx").active
    assert [(cell.value, cell.data_type) for cell in page["E"][1:]] == [("=1+1", "s"), ("@x", "s"), ("-5", "s")]
    assert [(cell.value, cell.data_type) for cell in page["D"][1:]] == [(1200, "n"), (6876.5, "n"), (36.5, "n")]


def test_a_workbook_is_marked_in_its_cells(here: Path) -> None:
    """An .xlsx keeps its values, formats, widths and other sheets; faulty cells get a colour and a comment."""
    made = openpyxl.Workbook()
    page: Any = made.active
    page.title = "Tháng 6"
    for row in csv.reader(FAULTY.splitlines(), delimiter=";"):
        page.append(row)
    page["D2"], page["D3"], page["D4"] = 1200, 6876.5, 36.5
    page["D4"].font = Font(name="Times New Roman", size=13, bold=True)
    page["D4"].comment = Comment("số của xã", "tổ trưởng")
    page["E2"] = "=D2*2"
    page.column_dimensions["A"].width = 31
    made.create_sheet("Hướng dẫn")["A1"] = "đọc kỹ"
    made.save(here / "a.xlsx")
    before = (here / "a.xlsx").read_bytes()
    assert kpi("validate", "a.xlsx", "--annotate", "b.xlsx").code == 1
    assert (here / "a.xlsx").read_bytes() == before
    marked = openpyxl.load_workbook(here / "b.xlsx")
    assert marked.sheetnames == ["Tháng 6", "Hướng dẫn", "Kết quả kiểm tra"]
    sheet: Any = marked["Tháng 6"]
    assert cells(sheet) == cells(openpyxl.load_workbook(here / "a.xlsx")["Tháng 6"])
    assert (sheet["D4"].font.name, sheet["D4"].font.b, sheet.column_dimensions["A"].width) == (
        "Times New Roman",
        True,
        31,
    )
    assert sheet["D4"].comment.text.startswith("số của xã\n36,5 không phải số nguyên")
    assert sheet["A2"].comment.text.startswith("Kế hoạch không có chỉ tiêu “KT-3”")
    assert sheet["A2"].fill.start_color.rgb.endswith("FFC7CE")
    assert sheet["D3"].comment is None
    assert [row[0] for row in cells(marked["Kết quả kiểm tra"])] == ["Vị trí", "A2", "D4"]
    assert marked["Kết quả kiểm tra"]["A3"].hyperlink.location == "'Tháng 6'!D4"


def test_nothing_is_written_over(here: Path) -> None:
    """A file that is there, the sent one above all, is left as it is, and the answer says so."""
    for name in ("a.csv", "b.xlsx"):
        (here / name).touch()
        before = (here / name).read_bytes()
        run = kpi("validate", "a.csv", "--annotate", name, "--lang", "en")
        assert (run.code, run.stdout) == (2, "")
        assert "never overwritten" in run.stderr
        assert (here / name).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.csv", "--annotate", "b.pdf"], "is written as .xlsx or .csv"),
        (["a.csv", "c.csv", "--annotate", "b.csv"], "marks one file"),
        (["e.xlsx", "--annotate", "e.csv"], "would hide some of these findings"),
        (["a.csv", "--annotate", "no/b.csv"], "there is no such folder"),
    ],
)
def test_what_cannot_be_answered(here: Path, arguments: list[str], words: str) -> None:
    """A copy that cannot be made is refused in one sentence, and nothing is left behind."""
    shutil.copy("a.csv", "c.csv")
    shutil.copy(ROOT / "tests" / "dirty" / "files" / "ambiguous.xlsx", "e.xlsx")
    before = sorted(path.name for path in here.iterdir())
    run = kpi("validate", *arguments, "--lang", "en")
    assert run.code == 2
    assert words in run.stderr
    assert sorted(path.name for path in here.iterdir()) == before


def test_a_file_without_rows_is_explained_all_the_same(here: Path) -> None:
    """Where there is nothing to mark, the finding says what to do, and the exit code is that of the faults."""
    (here / "d.csv").write_bytes(b"\x00\x01")
    run = kpi("validate", "d.csv", "--annotate", "b.csv", "--lang", "en")
    assert run.code == 1
    assert "[not-text]" in run.stdout
    assert "No marked copy was written: d.csv has no rows that could be read" in run.stderr
    assert not (here / "b.csv").exists()


def test_every_dirty_file_can_be_answered_or_says_why(tmp_path: Path) -> None:
    """Whatever the file: a marked copy that opens, or one sentence; never a traceback."""
    for path in sorted((ROOT / "tests" / "dirty" / "files").iterdir()):
        for ending in (".xlsx", ".csv"):
            out = tmp_path / f"{path.name}{ending}"
            run = kpi("validate", str(path), "--annotate", str(out), "--lang", "en")
            assert run.code in (0, 1, 2), (path.name, run.stderr)
            assert out.exists() == (run.code != 2 and "No marked copy was written" not in run.stderr)
            if out.exists() and ending == ".xlsx":
                assert len(openpyxl.load_workbook(out).sheetnames) >= 2


def test_formulas_keep_their_results(here: Path) -> None:
    """What the sender's formulas came to stays in the marked copy: `kpi` reads it again, and a preview shows no blanks."""
    made = openpyxl.Workbook()
    page: Any = made.active
    page.append(["mã", "kỳ", "thực hiện", "ghi chú"])
    page.append(["KT-03", "T6/2019", "=6000+240", '="a"&"&b"'])
    page.append(["KT-3", "T6/2019", 5, None])
    made.save(here / "plain.xlsx")
    with zipfile.ZipFile(here / "plain.xlsx") as before, zipfile.ZipFile(here / "a.xlsx", "w") as after:
        for name in before.namelist():
            # With lxml openpyxl writes <v></v>, without it <v />.
            data = re.sub(rb"<f>6000\+240</f><v ?(/>|></v>)", b"<f>6000+240</f><v>6240</v>", before.read(name))
            data = re.sub(rb'(<c r="D2")([^>]*>)(<f>.*?</f>)<v ?(/>|></v>)', rb'\1 t="str"\2\3<v>a&amp;b</v>', data)
            after.writestr(name, data)
    assert codes("a.xlsx") == ["unknown-indicator"]
    kpi("validate", "a.xlsx", "--annotate", "b.xlsx")
    assert codes("b.xlsx") == ["unknown-indicator"]
    assert openpyxl.load_workbook(here / "b.xlsx")["Sheet"]["C2"].value == "=6000+240"
    assert openpyxl.load_workbook(here / "b.xlsx", data_only=True)["Sheet"]["D2"].value == "a&b"


def test_the_officer_s_folders_stay_at_home(here: Path) -> None:
    """The answer names files, not the folders they lie in."""
    (here / "deep").mkdir()
    (here / "deep" / "a.csv").write_text("mã;kỳ;thực hiện\nKT-03;T6/2019;5\nKT-03;T6/2019;6\n", encoding="utf-8")
    for name in ("b.xlsx", "b.csv"):
        kpi("validate", str(here / "deep" / "a.csv"), "--annotate", name)
    words = str([cells(page) for page in openpyxl.load_workbook(here / "b.xlsx").worksheets])
    words += str(
        [cell.comment.text for cell in openpyxl.load_workbook(here / "b.xlsx").worksheets[0]["C"] if cell.comment]
    )
    words += (here / "b.csv").read_text(encoding="utf-8")
    assert "a.csv:2:3" in words
    assert "deep" not in words


def test_a_copy_of_opendocument_is_marked_too(here: Path) -> None:
    """A sheet that is written anew has its colours and comments, whatever its sheet was called."""
    shutil.copy(ROOT / "tests" / "dirty" / "files" / "error.ods", here / "a.ods")
    assert kpi("validate", "a.ods", "--annotate", "b.xlsx").code == 1
    page = openpyxl.load_workbook(here / "b.xlsx").worksheets[0]
    assert page["E6"].comment.text.startswith("Không đọc được “#DIV/0!” thành số")
    assert page["E6"].fill.start_color.rgb.endswith("FFC7CE")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_marked_copy_washes_no_fault_out(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the whole corpus: sent back unmended, a copy gives the same findings and as many figures as the file did."""
    monkeypatch.chdir(tmp_path)
    for row in csv.DictReader((ROOT / "tests" / "dirty" / "outcomes.csv").read_text(encoding="utf-8").splitlines()):
        path = str(ROOT / "tests" / "dirty" / "files" / row["file"])
        out = f"{row['file']}{ending}"
        kpi("validate", path, "--annotate", out, *shlex.split(row["arguments"]))
        if not Path(out).exists():
            continue
        before = json.loads(
            kpi("validate", path, *shlex.split(row["arguments"]), "--explain", "--format", "json").stdout
        )
        after = json.loads(kpi("validate", out, *shlex.split(row["arguments"]), "--explain", "--format", "json").stdout)
        found = [sorted({f["code"] for f in one["findings"]}) for one in (before, after)]
        assert after["files"][0]["figures"] == before["files"][0]["figures"], row["file"]
        if found[0] == ["missing-header"] or found[0] == ["delimiter"]:
            # Remarks name columns, and a made sheet has its cells apart: either way there is no header.
            assert found[1] in (["missing-header"], ["delimiter"]), row["file"]
            continue
        if ending == ".xlsx" and "ragged-row" in found[0]:
            # A workbook has no rows that do not fit: there the row stands whole in the cell of the figure.
            assert found[1], row["file"]
            continue
        if ending == ".csv":
            # A text file has no other sheets to speak of.
            found[0] = [code for code in found[0] if code != "sheet-not-read"]
        assert found[0] == found[1], row["file"]


def test_a_copy_shows_numbers_as_the_file_did(here: Path) -> None:
    """What a number was refused for, words of its format or a line through it, is in a copy that is written anew too."""
    struck = (
        '<style:style style:name="gone" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super"/></style:style>'
    )
    raised = Raw(
        '<table:table-cell office:value-type="string"><text:p>120<text:span text:style-name="up">1</text:span></text:p>'
        "</table:table-cell>"
    )
    rows: list[list[str]] = [
        ["mã chỉ tiêu", "kỳ", "thực hiện"],
        ["KT-02", "2019-06", raised],
        ["KT-10", "2019-06", number("350", style="gone")],
        ["KT-14", "2019-06", number("3926", "3.926 triệu")],
        ["KT-03", "2019-06", number("3300", "3.300 tấn")],
    ]
    (here / "a.ods").write_bytes(workbook(*rows, styles=struck))
    assert kpi("validate", "a.ods", "--annotate", "b.csv").code == 2
    before, after = codes("a.ods"), [kpi("validate", "a.ods", "--annotate", "b.xlsx").code, *codes("b.xlsx")]
    assert after == [1, *before]
    assert before == ["bad-number", "struck-figure", "unit-differs"]


@pytest.mark.parametrize(
    "after",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A5:XFD1048576" location="A1"/></hyperlinks>',
        '<conditionalFormatting sqref="A1"><cfRule type="expression"/></conditionalFormatting>' * 10_000,
    ],
    ids=["merged", "linked", "coloured"],
)
def test_a_copy_of_a_small_file_that_unfolds(after: str, here: Path) -> None:
    """What would make thousands of millions of cells is written anew, with the cells that there are."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["mã chỉ tiêu", "kỳ", "thực hiện"], ["KT-02", "2019-06", "x1"]):
        sheet.append(row)
    book.save(here / "a.xlsx")
    with zipfile.ZipFile(here / "a.xlsx") as old, zipfile.ZipFile(here / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", f"</sheetData>{after}".encode()))
    begun = time.process_time()
    assert kpi("validate", "b.xlsx", "--annotate", "c.xlsx").code == 1
    assert time.process_time() - begun < 3
    assert (here / "c.xlsx").exists()


def test_a_copy_of_a_workbook_of_which_no_sheet_was_looked_at(here: Path) -> None:
    """Damage that nothing met in reading, since all sheets are hidden, is none in answering: the copy is written anew."""
    book = openpyxl.Workbook()
    book.create_sheet("b").sheet_state = "hidden"
    book.save(here / "a.xlsx")
    with zipfile.ZipFile(here / "a.xlsx") as old, zipfile.ZipFile(here / "b.xlsx", "w") as new:
        for name in old.namelist():
            sheets = (
                old.read(name).replace(b'state="visible"', b'state="hidden"').replace(b"</sheets>", b"\x01</sheets>")
            )
            new.writestr(name, sheets if name == "xl/workbook.xml" else old.read(name))
    assert kpi("validate", "b.xlsx", "--annotate", "c.xlsx").code == 1
    assert (here / "c.xlsx").exists()
