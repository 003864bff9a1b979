"""The Word report as its file has it; tests/test_handed_on.py opens it with LibreOffice."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from handed_on import HOSTILE, REPORTS, SAMPLES, facts, hostile, written
from transcript import kpi

from vinhchau_kpi.messages import VI
from vinhchau_kpi.text import visible


def rows_of(path: Path, table: int = 2) -> dict[str, list[str]]:
    """The rows of a table with a code, by it."""
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[table].rows]
    return {row[1]: row for row in rows[1:] if row[1]}


@pytest.mark.parametrize("name", REPORTS)
def test_the_table_says_what_the_machine_form_says(name: str, tmp_path: Path) -> None:
    """Each indicator's row has the plan, value, percent and gap of the JSON, in Vietnamese numbers."""
    rows = rows_of(written(tmp_path / "a.docx", REPORTS[name]))
    found = facts(REPORTS[name])["rows"]
    assert list(rows) == [row["code"] for row in found]
    for row in found:
        shown = rows[row["code"]]
        if row["value"] is not None and row["target"] != {"achieved": True}:
            places = 2 if row["value"].as_tuple().exponent <= -5 else None
            assert shown[6] == VI.number(row["value"], places) + "!" * bool(row["doubts"]), row["code"]
        expected = {"not_reported": "…", "not_due": ""}.get(row["status"])
        assert expected is None or shown[6] == shown[7] == expected
        if row["percent"] is not None:
            assert shown[7] == VI.percent(row["percent"])
        for target in row["target"].values():
            if isinstance(target, Decimal):
                assert VI.number(target) in shown[4]


def test_it_is_set_as_offices_set_it(tmp_path: Path) -> None:
    """A4 upright in Times New Roman, its annexes across, with the decree's margins; the nation's name on the right of the
    issuer's, number, place and date open, who receives it and an empty place to sign; in the annexes a header that is repeated,
    rows that do not break, and pages counted anew."""
    document = docx.Document(str(written(tmp_path / "a.docx", SAMPLES)))
    sizes = [(round(page.page_width.mm), round(page.page_height.mm)) for page in document.sections]
    assert sizes == [(210, 297), (297, 210), (297, 210)]
    for page in document.sections:
        margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        assert [round(one.mm) for one in margins] == [20, 20, 30, 15]
        assert page.different_first_page_header_footer
    assert ["w:pgNumType" in page._sectPr.xml for page in document.sections] == [False, True, True]
    style = document.styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 13)
    head, foot, lines, _ = document.tables
    assert head.cell(0, 0).text.strip() == "ỦY BAN NHÂN DÂN THỊ XÃ VĨNH CHÂU"
    assert head.cell(0, 1).text.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert [cell.text for cell in head.rows[1].cells] == ["Số: ……/BC-……", "Vĩnh Châu, ngày …… tháng …… năm ……"]
    assert "w:tblHeader" in lines.rows[0]._tr.xml
    assert "w:cantSplit" in lines.rows[5]._tr.xml
    assert [cell.text.strip() for cell in foot.rows[0].cells] == [
        "Nơi nhận:\n- ……;\n- Lưu: VT.",
        "THỦ TRƯỞNG ĐƠN VỊ",
    ]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "SỐ LIỆU MINH HỌA" in text
    assert "Đạt và vượt 16/59 chỉ tiêu, trong đó 8 chỉ tiêu vượt" in text
    assert "{" not in text


def test_the_office_stands_over_its_paper_and_under_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By kpi.toml the paper has the body above the office, the office, its number, its place and the title of who signs."""
    keys = {
        "office": "Phòng Nội vụ", "parent": "UBND thị xã", "place": "Phường 1", "signer": "TRƯỞNG PHÒNG",
        "report_number": "/BC-PNV",
    }  # fmt: skip
    (tmp_path / "kpi.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in keys.items()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run = kpi("report", *SAMPLES, "-o", "a.docx", "--lang", "vi")
    assert run.code == 0, run
    document = docx.Document(str(tmp_path / "a.docx"))
    head, foot, *_ = document.tables
    assert head.cell(0, 0).text.split() == ["UBND", "THỊ", "XÃ", "PHÒNG", "NỘI", "VỤ"]
    assert [cell.text for cell in head.rows[1].cells] == ["Số: ……/BC-PNV", "Phường 1, ngày …… tháng …… năm ……"]
    assert [cell.text.strip() for cell in foot.rows[0].cells] == [
        "Nơi nhận:\n- UBND thị xã;\n- Lưu: VT.",
        "TRƯỞNG PHÒNG",
    ]
    text = [paragraph.text for paragraph in document.paragraphs]
    assert any("Phòng Nội vụ báo cáo kết quả thực hiện đến hết tháng 6/2019" in line for line in text)
    assert text.count("(Kèm theo Báo cáo số ……/BC-PNV ngày …… tháng …… năm …… của Phòng Nội vụ)") == 2


@pytest.mark.parametrize("period", ["2019-06", "2019-09"])
def test_no_sign_of_a_machine_is_on_paper(period: str, tmp_path: Path) -> None:
    """No ►, no period of digits and no count of files stands in a paper to be signed, of months without figures either."""
    document = docx.Document(str(written(tmp_path / "a.docx", (period, *SAMPLES[1:]))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in texts:
        assert not re.search(r"[▲▼►√○×◊‼]|2019-[0-9Q]|Đã đọc", text), text


def test_nothing_from_a_file_is_a_field_or_a_tag(tmp_path: Path) -> None:
    """Hostile names and notes are words of the document: no field, no link, no tag of the template."""
    arguments = hostile(tmp_path)
    path = written(tmp_path / "a.docx", arguments)
    texts = {row[2] for row in rows_of(path).values()} | {row[2] for row in rows_of(path, 3).values()}
    assert {visible(text.replace("\x00", "")) for text in HOSTILE.values()} <= texts
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
        links = package.read("word/_rels/document.xml.rels").decode()
    assert "<w:fldSimple" not in body
    assert "<w:instrText" not in body
    assert 'TargetMode="External"' not in links


def own_form(folder: Path, *paragraphs: str) -> Path:
    """A Word file as an office writes it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "mau.docx"
    document.save(str(path))
    return path


def test_an_office_fills_in_its_own_file(tmp_path: Path) -> None:
    """A Word file of the office's own takes the names it uses, rows included, and keeps the rest of its words."""
    mine = own_form(
        tmp_path, "Kính gửi: Văn phòng", "{{ summary }}", "{% for line in lines %}{{ line.code }} {% endfor %}"
    )
    path = written(tmp_path / "a.docx", SAMPLES, "--template", str(mine))
    first, second, third = (paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert first == "Kính gửi: Văn phòng"
    assert second.startswith("Đạt và vượt 16/59 chỉ tiêu")
    assert third.split() == [row["code"] for row in facts(SAMPLES)["rows"]]


def test_the_form_that_is_written_can_be_used(tmp_path: Path) -> None:
    """`kpi template --word` writes the usual form, never over a file; given back it makes the usual annex."""
    form = tmp_path / "phu-luc.docx"
    assert kpi("template", "--word", "-o", str(form), "--lang", "vi").code == 0
    assert kpi("template", "--word", "-o", str(form), "--lang", "vi").code == 2
    usual = written(tmp_path / "a.docx", SAMPLES)
    own = written(tmp_path / "b.docx", SAMPLES, "--template", str(form))
    assert rows_of(usual) == rows_of(own)


FAULTY_FORMS: dict[str, Any] = {
    "an item that is misspelt": ("{% for line in lines %}{{ line.percnt }}{% endfor %}", "percnt"),
    "a name that is misspelt": ("{{ sumary }}", "Did you mean summary?"),
    "a tag that is not closed": ("{% for line in lines %}", ""),
    "a program": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "call"),
    "an attribute of Python's": ("{{ summary.__class__ }}", "unsafe"),
    "a division by zero": ("{{ 1 // 0 }}", ""),
    "a huge text": ("{{ 'a' * 1000000000 }}", "mul"),
    "a huge number": ("{{ 10 ** 100000000 }}", "pow"),
    "a wide field": ("{{ '%900000000d' % 1 }}", "mod"),
    "a wide line": ("{{ summary.ljust(900000000) }}", "call"),
    "a filter that makes much of little": ("{{ lines|batch(900000000, 'x')|length }}", "batch"),
    "a deep indent": ("{{ summary|indent(900000000) }}", "indent"),
    "text that is not escaped": ("{{ summary|safe }}", "safe"),
    "a part that is not escaped": (
        "{% autoescape false %}{{ summary }}{% endautoescape %}",
        "scope",
    ),
    "a loop without end": ("{% for i in range(10000000000) %}x{% endfor %}", ""),
    "loops inside each other": ("{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}", "for"),
    "texts joined by texts": ("{{ summary|join(summary|join(summary|join(summary))) }}", "join"),
    "joins of joins": ("{{ summary|join('" + "x" * 20 + "')|join('" + "y" * 20 + "') }}", "join"),
    "a long mark between": ("{{ doubts|join('" + "x" * 10_000 + "') }}", "join"),
    "much inside a loop": ("{% for line in lines %}" + "x" * 100_001 + "{% endfor %}", "it is too large"),
    "all lines on each line": ("{% for line in lines %}" + "{{ lines }}" * 100 + "{% endfor %}", "it is too large"),
    "a hundred thousand braces": ("{" * 100_000, "it is too large"),
}


@pytest.mark.parametrize("name", FAULTY_FORMS)
def test_a_form_that_cannot_be_filled_in_is_refused(name: str, tmp_path: Path) -> None:
    """A faulty or hostile form is refused with its name, the reason and the way out; no file is written."""
    text, word = FAULTY_FORMS[name]
    mine = own_form(tmp_path, "{{ summary }}", text)
    run = kpi("report", *SAMPLES, "-o", str(tmp_path / "a.docx"), "--template", str(mine), "--lang", "en")
    assert run.code == 2, run
    assert "mau.docx cannot be filled in" in run.stderr
    assert word in run.stderr
    assert "kpi template --word" in run.stderr
    assert not (tmp_path / "a.docx").exists()


def test_a_form_without_a_place_for_figures_is_refused(tmp_path: Path) -> None:
    """A Word file that names nothing of the report would be a report without figures: it is refused."""
    mine = own_form(tmp_path, "Báo cáo của Phòng Nội vụ", "{{ issuer }}")
    run = kpi("report", *SAMPLES, "-o", str(tmp_path / "a.docx"), "--template", str(mine), "--lang", "vi")
    assert run.code == 2
    assert "mẫu không có chỗ để điền số liệu, ví dụ {{ summary }}" in run.stderr
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("data", [b"", b"no document", b"PK\x03\x04 broken"])
def test_a_form_that_is_no_word_file_is_refused(data: bytes, tmp_path: Path) -> None:
    """A file that is no Word document is refused as well."""
    (tmp_path / "mau.docx").write_bytes(data)
    run = kpi(
        "report", *SAMPLES, "-o", str(tmp_path / "a.docx"), "--template", str(tmp_path / "mau.docx"), "--lang", "vi"
    )
    assert run.code == 2
    assert "mau.docx" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_form_that_unpacks_to_something_huge_is_refused(tmp_path: Path) -> None:
    """A small file that holds hundreds of megabytes is refused before it is unpacked."""
    mine = own_form(tmp_path, "{{ summary }}")
    with zipfile.ZipFile(mine, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.bmp", b"\0" * 60_000_000)
    assert mine.stat().st_size < 200_000
    run = kpi("report", *SAMPLES, "-o", str(tmp_path / "a.docx"), "--template", str(mine), "--lang", "en")
    assert run.code == 2
    assert "it is too large" in run.stderr


@pytest.mark.parametrize("more", [["--template", "nowhere.docx"], ["--template", "nowhere.docx", "-o", "b.xlsx"]])
def test_a_form_that_is_not_there_or_not_asked_for_is_said(more: list[str], tmp_path: Path) -> None:
    """A missing form, and one beside another form of result, are wrong usage."""
    target = ["-o", str(tmp_path / "a.docx")] if "-o" not in more else ["-o", str(tmp_path / "b.xlsx")]
    run = kpi("report", *SAMPLES, *more[:2], *target, "--lang", "en")
    assert run.code == 2
    assert not list(tmp_path.iterdir())
