"""From an office's table of targets to a plan file: what the table proves is taken, and the rest is marked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from vinhchau_kpi import cli
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.draft import values_of
from vinhchau_kpi.intake.plan.file import plan_in, read_plan
from vinhchau_kpi.intake.plan.rows import Row
from vinhchau_kpi.intake.plan.table import read_table
from vinhchau_kpi.intake.plan.text import text_of
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.messages import VI
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Indicator, Plan
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import nfc

PROVINCE: list[list[Any]] = [
    ["Phụ lục"],
    ["CÁC CHỈ TIÊU CHỦ YẾU NĂM 2024"],
    ["(Kèm theo Nghị quyết của HĐND tỉnh Lào Cai, 11/12/2023)"],
    [""],
    ["TT", "Chỉ tiêu", "ĐVT", "Ước TH 2023", "KH 2024", "Ghi chú"],
    ["I", "KINH TẾ"],
    [1, "Tốc độ tăng trưởng kinh tế (GRDP)", "%", "", "Trên 10"],
    [2, "Cơ cấu kinh tế", "%", "", 100],
    ["", "- Nông, lâm, ngư nghiệp", "%", "", 12.1],
    ["", "- Công nghiệp - xây dựng", "%", "", 42.3],
    ["", "- Dịch vụ", "%", "", 35.6],
    ["", "- Thuế sản phẩm", "%", "", 10],
    [3, "Thu ngân sách nhà nước", "Tỷ đồng", 9500.5, 12800],
    [4, "Du lịch"],
    ["", "- Tổng khách du lịch", "Triệu lượt", "", "Trên 8"],
    ["", "- Doanh thu", "Tỷ đồng", "", 25700],
    [5, "Tổng mức bán lẻ hàng hóa", "Tỷ đồng", "", 39000],
    ["", "Giá trị xuất, nhập khẩu", "Tỷ USD", "", 4.5],
    ["II", "XÃ HỘI"],
    [6, "Số giường bệnh/bác sĩ trên 1 vạn dân", "Giường/Bác sĩ", "", "45,7/14,5"],
    [7, "Tỷ lệ giảm nghèo đa chiều", "%", "", "Trên 4"],
    [8, "Tỷ lệ gia đình văn hóa", "%", "", "Từ 86 trở lên"],
    [9, "Số xã đạt 19 tiêu chí nông thôn mới", "Xã", "", 72],
]
NATION = """TT;Chỉ tiêu;ĐVT;KH 2025 (NQ 158/2024/QH15);Điều chỉnh (19/02/2025)
1;Tốc độ tăng tổng sản phẩm trong nước (GDP);%;"6,5 - 7,0; phấn đấu 7,0 - 7,5";8 trở lên
2;GDP bình quân đầu người;USD;khoảng 4.900;khoảng 5.000
3;Tỷ lệ lao động qua đào tạo;%;khoảng 70;
;- Trong đó: có bằng, chứng chỉ;%;29 - 29,5;
4;Tỷ lệ thất nghiệp ở khu vực thành thị;%;dưới 4;
5;Số giường bệnh trên 10.000 dân;Giường;34,5;
"""
COMMUNE = [
    ["TT", "Chỉ tiêu", "ĐVT", "KH 2022"],
    ["1", "Chỉ tiêu về kinh tế", "", ""],
    ["1.1", "Tổng diện tích gieo trồng", "ha", "772"],
    ["", "Trong đó lúa", "ha", "507"],
    ["", "Màu và cây CNNN", "ha", "265"],
    ["1.2", "Sản lượng lúa", "tấn", "2.961"],
    ["", "Sản lượng bắp", "tấn", "14"],
    ["1.3", "Giá trị sản lượng nông nghiệp", "%", "tăng 7,5 - 8,0"],
    ["1.4", "Tổng thu ngân sách trên địa bàn", "% chỉ tiêu", "100 trở lên"],
    ["2", "Chỉ tiêu về xã hội", "", ""],
    ["2.1", "Tỷ lệ tăng dân số tự nhiên", "%", "0,9"],
    ["2.2", "Tỷ lệ hộ dân dùng nước hợp vệ sinh", "%", "100"],
]


def workbook(path: Path, rows: Sequence[Sequence[Any]], merges: Iterable[str] = ()) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("PL1")
    for merged in merges:
        page.merge_range(merged, None)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell != "":
                page.write(row, column, cell)
    book.close()
    return path


def document(path: Path, title: str, rows: Sequence[Sequence[str]]) -> Path:
    made = Document()
    made.add_paragraph(title)
    table = made.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    made.save(str(path))
    return path


class Clerk:
    """Someone who imports a table and looks at what came of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.plan_file = folder / "plan.yaml"
        self.said = ""

    def kpi(self, *arguments: str) -> int:
        code = cli.main(["plan", *arguments, "--lang", "en"])
        captured = self.capsys.readouterr()
        self.said = captured.out + captured.err
        return code

    def imports(self, table: Path | str, *options: str) -> Plan:
        if isinstance(table, str):
            (self.folder / "table.csv").write_text(table, encoding="utf-8")
            table = self.folder / "table.csv"
        assert self.kpi("import", str(table), "-o", str(self.plan_file), *options) == 0, self.said
        plan, _ = read_plan(InputFile(self.plan_file))
        assert plan is not None
        return plan


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, capsys)


def told(plan: Plan) -> list[str]:
    """Each indicator of a plan: how deep it stands, its name, unit, target, and whether something of it is open."""
    return [
        f"{'  ' * entry.depth}{one.name.vi} | {plan.unit_of(one).name.vi} | "
        + " ".join(f"{key} {_numbers(value)}" for key, value in one.target.facts().items())
        + (" | complete" if one.parts else "")
        + (" | open" if one.review else "")
        for entry in plan.entries.values()
        for one in [entry.indicator]
    ]


def _numbers(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def test_the_table_of_a_province(clerk: Clerk) -> None:
    """Sections, headings, strict bounds, shares that make a hundred, two numbers in a cell, and a decrease that is not decided."""
    plan = clerk.imports(workbook(clerk.folder / "tinh.xlsx", PROVINCE))
    assert told(plan) == [
        "Tốc độ tăng trưởng kinh tế (GRDP) | % | above 10",
        "Cơ cấu kinh tế | % | exactly 100 | complete | open",
        "  Nông, lâm, ngư nghiệp | % | undecided True | open",
        "  Công nghiệp - xây dựng | % | undecided True | open",
        "  Dịch vụ | % | undecided True | open",
        "  Thuế sản phẩm | % | undecided True | open",
        "Thu ngân sách nhà nước | Tỷ đồng | at_least 12800 | open",
        "  Tổng khách du lịch | Triệu lượt | above 8 | open",
        "  Doanh thu | Tỷ đồng | at_least 25700 | open",
        "Tổng mức bán lẻ hàng hóa | Tỷ đồng | at_least 39000 | open",
        "Giá trị xuất, nhập khẩu | Tỷ USD | at_least 4.5 | open",
        "Số giường bệnh/bác sĩ trên 1 vạn dân (giường) | Giường | at_least 45.7 | open",
        "Số giường bệnh/bác sĩ trên 1 vạn dân (bác sĩ) | Bác sĩ | at_least 14.5 | open",
        "Tỷ lệ giảm nghèo đa chiều | % | undecided True | open",
        "Tỷ lệ gia đình văn hóa | % | at_least 86",
        "Số xã đạt 19 tiêu chí nông thôn mới | Xã | at_least 72 | open",
    ]
    assert (plan.year, plan.issued, plan.counted) == (2024, date(2023, 12, 11), "top")
    assert plan.issuer is not None and plan.issuer.vi == "HĐND tỉnh Lào Cai"
    assert [(section.id, section.heading) and section.id for section in plan.sections] == ["KT", "XH"]
    assert [heading.name.vi for heading in plan.headings.values()] == ["Du lịch"]
    budget = plan.entries["KT-03"].indicator
    assert budget.baseline is not None
    assert (budget.baseline.year, budget.baseline.value) == (2023, Decimal("9500.5"))
    assert budget.source.place == "tinh.xlsx:PL1!E13"
    assert plan.units[plan.entries["XH-05"].indicator.unit].whole
    assert "Ghi chú" in clerk.said


def test_the_table_of_a_nation(clerk: Clerk) -> None:
    """A second column with a day is a revision; ranges and “khoảng” are left to be decided, with the words of their cells."""
    plan = clerk.imports(NATION)
    assert told(plan) == [
        "Tốc độ tăng tổng sản phẩm trong nước (GDP) | % | undecided True | open",
        "GDP bình quân đầu người | USD | undecided True | open",
        "Tỷ lệ lao động qua đào tạo | % | undecided True | open",
        "  có bằng, chứng chỉ | % | undecided True | open",
        "Tỷ lệ thất nghiệp ở khu vực thành thị | % | below 4",
        "Số giường bệnh trên 10.000 dân | Giường | at_least 34.5 | open",
    ]
    first = plan.entries["CT-01"].indicator
    assert first.source.quote == "6,5 - 7,0; phấn đấu 7,0 - 7,5"
    (revision,) = first.revisions
    assert (revision.effective, revision.target.at_least) == (date(2025, 2, 19), 8)
    assert sum(map(plan.is_counted, plan.entries.values())) == 5


def test_the_table_of_a_commune(clerk: Clerk) -> None:
    """Numbered sections; what follows “trong đó” adds up to its whole; a row without a number is beside the one above it."""
    plan = clerk.imports(document(clerk.folder / "xa.docx", "CÁC CHỈ TIÊU CỦA NĂM 2022 XÃ TAM PHƯỚC", COMMUNE))
    assert told(plan) == [
        "Tổng diện tích gieo trồng | ha | at_least 772 | complete | open",
        "  lúa | ha | at_least 507 | open",
        "  Màu và cây CNNN | ha | at_least 265 | open",
        "Sản lượng lúa | tấn | at_least 2961 | open",
        "Sản lượng bắp | tấn | at_least 14 | open",
        "Giá trị sản lượng nông nghiệp | % | undecided True | open",
        "Tổng thu ngân sách trên địa bàn | % chỉ tiêu | undecided True | open",
        "Tỷ lệ tăng dân số tự nhiên | % | undecided True | open",
        "Tỷ lệ hộ dân dùng nước hợp vệ sinh | % | at_least 100 | open",
    ]
    assert [section.title.vi for section in plan.sections if section.title] == [
        "Chỉ tiêu về kinh tế",
        "Chỉ tiêu về xã hội",
    ]


def test_headers_of_several_rows_and_names_that_are_set_in(clerk: Clerk) -> None:
    """Merged headings, a name in two columns, units in brackets, an agency for each row, letters below numbers, notes below."""
    rows = [
        ["BIỂU CHỈ TIÊU NĂM 2026"],
        ["(Kèm theo Nghị quyết số 12/NQ-HĐND ngày 25 tháng 12 năm 2025 của HĐND xã Đông Quang kỳ họp thứ 4)"],
        ["STT", "CHỈ TIÊU", "", "Thực hiện", "", "Kế hoạch", "Cơ quan thực hiện"],
        ["", "", "", "Năm 2024", "Ước năm 2025", "Năm 2026", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["A", "Kinh tế"],
        ["1", "Sản lượng lương thực (tấn)", "", 7000, 7100, 7200, "Phòng Kinh tế"],
        ["", "Trong đó:"],
        ["", "", "Lúa (tấn)", 6000, 6100, 6200],
        ["", "", "Ngô (tấn)", 1000, 1000, 900],
        ["2", "Thu ngân sách (tỷ đồng)", "", 10, 11, 12.5],
        ["a)", "Thu nội địa (tỷ đồng)", "", 6, 7, 8.5],
        ["b)", "Thu khác (tỷ đồng)", "", 4, 4, 4],
        ["B", "Xã hội"],
        ["1", "Tỷ lệ hộ nghèo (%)", "", 2.5, 1.9, "còn 1,2"],
        ["2", "Xã đạt chuẩn nông thôn mới nâng cao", "", "", "", "Hoàn thành"],
        ["Ghi chú: Tính theo giá 2010"],
        ["", "", "", "", "", "Số 12, CHỦ TỊCH"],
    ]
    merges = ["A3:A4", "B3:C4", "D3:E3", "G3:G4"]
    plan = clerk.imports(workbook(clerk.folder / "xa.xlsx", rows, merges))
    assert told(plan) == [
        "Sản lượng lương thực (tấn) | tấn | at_least 7200 | open",
        "  Lúa (tấn) | tấn | at_least 6200 | open",
        "  Ngô (tấn) | tấn | at_least 900 | open",
        "Thu ngân sách (tỷ đồng) | tỷ đồng | at_least 12.5 | complete | open",
        "  Thu nội địa (tỷ đồng) | tỷ đồng | at_least 8.5 | open",
        "  Thu khác (tỷ đồng) | tỷ đồng | at_least 4 | open",
        "Tỷ lệ hộ nghèo (%) | % | at_most 1.2",
    ]
    assert [one.name.vi for one, _ in plan.commitments.values()] == ["Xã đạt chuẩn nông thôn mới nâng cao"]
    assert plan.entries["KT-01"].indicator.lead == "phong-kinh-te"
    baseline = plan.entries["KT-01"].indicator.baseline
    assert baseline is not None and baseline.value == 7100
    assert "xa.xlsx:PL1!17 “Ghi chú: Tính theo giá 2010”" in clerk.said
    assert "xa.xlsx:PL1!18 “Số 12, CHỦ TỊCH”" in clerk.said
    assert plan.issued == date(2025, 12, 25)


def test_units_behind_numbers_and_lines_within_a_cell(clerk: Clerk) -> None:
    """Without columns of numbers and units these are found in the names and targets; a cell of several lines is several rows."""
    rows = [
        ["Nội dung", "Chỉ tiêu năm 2026"],
        ["1. Thu ngân sách", "trên 15 tỷ đồng"],
        ["2. Giải quyết việc làm", "300 lao động"],
        ["3. Du lịch\n- Tổng lượt khách\n- Doanh thu", "10.000 lượt\n5,5 tỷ đồng"],
        ["4. Tỷ lệ trẻ em\nđến trường", "98%"],
        ["5. Giữ vững an ninh", "Giữ vững"],
    ]
    plan = clerk.imports(workbook(clerk.folder / "xa.xlsx", rows))
    assert told(plan) == [
        "Thu ngân sách | tỷ đồng | above 15 | open",
        "Giải quyết việc làm | lao động | at_least 300 | open",
        "  Tổng lượt khách | lượt | at_least 10000 | open",
        "  Doanh thu | tỷ đồng | at_least 5.5 | open",
        "Tỷ lệ trẻ em đến trường | % | at_least 98 | open",
    ]
    assert [one.name.vi for one, _ in plan.commitments.values()] == ["Giữ vững an ninh"]


def test_numbers_within_numbers(clerk: Clerk) -> None:
    """1, 1.1, 1.1.1 and a) are as deep as they say; a percent of a part may be above that of the whole, an amount may not."""
    table = """TT;Chỉ tiêu;Đơn vị;Mục tiêu 2026
1;KINH TẾ;;
1.1;Nông nghiệp;;
1.1.1;Diện tích lúa;ha;500,5
1.1.2;Diện tích màu;ha;100
a);Ngô;ha;160
2;XÃ HỘI;;
2.1;Tỷ lệ hộ dùng nước sạch;%;95
;- Thành thị;%;98
;- Nông thôn;%;92
"""
    plan = clerk.imports(table)
    assert told(plan) == [
        "  Diện tích lúa | ha | at_least 500.5 | open",
        "  Diện tích màu | ha | at_least 100 | open",
        "  Ngô | ha | at_least 160 | open",
        "Tỷ lệ hộ dùng nước sạch | % | at_least 95 | open",
        "  Thành thị | % | at_least 98 | open",
        "  Nông thôn | % | at_least 92 | open",
    ]
    assert "not taken as its parts" in str(plan.entries["KT-01.2"].indicator.review)


def test_a_target_that_is_merged_raised_or_missing_is_not_decided(clerk: Clerk) -> None:
    rows = [
        ["Đơn vị tính: triệu đồng"],
        ["Chỉ tiêu", "ĐVT", "KH 2026"],
        ["Thu A", "", 95],
        ["Thu B", "", ""],
        ["Tỷ lệ hộ dùng điện", "%", ""],
        ["Thu C", '"', "1.234,5"],
    ]
    plan = clerk.imports(workbook(clerk.folder / "xa.xlsx", rows, ["C3:C4"]))
    assert told(plan) == [
        "Thu A | triệu đồng | undecided True | open",
        "Thu B | triệu đồng | undecided True | open",
        "Tỷ lệ hộ dùng điện | % | undecided True | open",
        "Thu C | % | at_least 1234.5 | open",
    ]


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        ("TT;Chỉ tiêu;ĐVT;KH tỉnh giao 2026;KH xã 2026\n1;Thu;tỷ đồng;10;12\n", [], "D “KH tỉnh giao 2026”"),
        ("TT;Chỉ tiêu;ĐVT;KH\n1;Thu;tỷ đồng;10\n", [], "--year"),
        ("Kế hoạch 5 năm 2021 - 2025;;;\nTT;Chỉ tiêu;ĐVT;Mục tiêu\n1;Thu;tỷ đồng;10\n", [], "--year"),
        ("TT;Chỉ tiêu;ĐVT;KH 2026\n1;;tỷ đồng;10\n", [], "has a target but no name"),
        ("TT;Chỉ tiêu;ĐVT;KH 2026\nI;Kinh tế;;\n", [], "No row below the header has a target."),
        ("a;b\n1;2\n", [], "has no table of targets"),
        ("TT,Chỉ tiêu,ĐVT,KH 2026\n1,Thu,tỷ đồng,12.800\n", [], "12.800"),
        ('TT,Chỉ tiêu,ĐVT,KH 2026\n1,Thu,tỷ đồng,"45,7"\n2,Chi,tỷ đồng,45.7\n', [], "45.7"),
    ],
)
def test_what_a_table_does_not_prove_is_asked_for(clerk: Clerk, table: str, options: list[str], words: str) -> None:
    (clerk.folder / "table.csv").write_text(table, encoding="utf-8")
    assert clerk.kpi("import", str(clerk.folder / "table.csv"), "-o", str(clerk.plan_file), *options) in (1, 2)
    assert words in clerk.said
    assert not clerk.plan_file.exists()


def test_the_column_is_said(clerk: Clerk) -> None:
    """By its heading, a part of that, or its letter; the others are named as left out."""
    for wanted, number in (("KH xã 2026", 12), ("tỉnh giao", 10), ("D", 10)):
        plan = clerk.imports(
            "TT;Chỉ tiêu;ĐVT;KH tỉnh giao 2026;KH xã 2026\n1;Thu;tỷ đồng;10;12\n", "--target-column", wanted
        )
        assert plan.entries["CT-01"].indicator.target.at_least == number
        assert "Columns that are not taken over: KH" in clerk.said
        clerk.plan_file.unlink()


def test_an_existing_plan_is_not_written_over(clerk: Clerk) -> None:
    clerk.plan_file.write_text("mine", encoding="utf-8")
    (clerk.folder / "table.csv").write_text(NATION, encoding="utf-8")
    assert clerk.kpi("import", str(clerk.folder / "table.csv"), "-o", str(clerk.plan_file)) == 2
    assert clerk.plan_file.read_text(encoding="utf-8") == "mine"


SAID = st.text(min_size=1).filter(lambda text: nfc(text).strip() != "")


@given(SAID, SAID, st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_whatever_a_table_says_reads_back_as_it_is(name: str, quote: str, value: Decimal) -> None:
    """Text and numbers of a plan that is written are the same when it is read."""
    source = {"quote": quote, "place": name}
    line = {"code": "X", "name": name, "unit": "u", "target": {"at_least": value}, "source": source, "review": quote}
    values = {
        "id": name,
        "year": 2026,
        "units": {"u": {"name": quote}},
        "sections": [{"id": "S", "indicators": [line]}],
    }
    plan, faults = plan_in(text_of(values, [name]), "plan.yaml")
    assert plan is not None, faults
    one = plan.entries["X"].indicator
    assert isinstance(one, Indicator)
    assert (plan.id, one.name.vi, one.source.quote, one.review) == (nfc(name), nfc(name), nfc(quote), nfc(quote))
    assert (plan.units["u"].name.vi, one.target.at_least) == (nfc(quote), value)


def test_a_plan_begun_by_hand(clerk: Clerk) -> None:
    """It is a plan as it stands, with one thing open; filled in, nothing is left to say of it."""
    assert clerk.kpi("new", "--year", "2026", "-o", str(clerk.plan_file)) == 0
    assert clerk.kpi("check", str(clerk.plan_file)) == 0
    assert "1 warning" in clerk.said
    text = clerk.plan_file.read_text(encoding="utf-8").replace("undecided: true", "at_least: 28500")
    lines = [line for line in text.splitlines() if "review:" not in line]
    clerk.plan_file.write_text("\n".join(lines), encoding="utf-8")
    assert clerk.kpi("check", str(clerk.plan_file)) == 0
    assert "No problems found" in clerk.said
    assert clerk.kpi("new", "--year", "2026", "-o", str(clerk.plan_file)) == 2


ROWS = [
    *NATION.splitlines()[1:],
    "I;KINH TẾ;;;",
    "4;Du lịch;;;",
    ";Trong đó: A;tấn;5;",
    "a);B;;7;",
    ";;;Chủ tịch;",
    ";Ghi chú: x;;;",
    "A;;;;",
    ";+ C;%;;9",
]


@given(st.lists(st.sampled_from(ROWS), min_size=1, max_size=12))
def test_each_row_is_taken_or_said(rows: list[str]) -> None:
    """In whatever order they stand: a row is a line of the plan, or named among what is not taken over."""
    rows = ["9;Z;%;5;", *rows]  # Words alone behind the header would be of it.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text("\n".join([NATION.splitlines()[0], *rows]), encoding="utf-8")
        try:
            draft, _ = read_table(InputFile(path), Options(numbers=Convention.VI), None, None)
        except Refusal:
            return
    assert draft is not None
    taken = {row.line for row in _rows(draft.rows)}
    said = {message.args["place"].line for message in draft.said if "text" in message.args}
    assert set(range(2, len(rows) + 2)) == taken | said
    plan, faults = plan_in(text_of(values_of(draft, VI)), "plan.yaml")
    assert plan is not None, faults


def _rows(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _rows(row.children)


def test_what_looks_alike_is_told_apart(clerk: Clerk) -> None:
    """A part of a part that is more than it; a percent of last year that is written as a fraction; a unit behind a comma."""
    plan = clerk.imports("""TT;Chỉ tiêu;ĐVT;Ước TH 2025;KH 2026
1;Giá trị sản xuất;tỷ đồng;;1.250
;- Nông nghiệp;tỷ đồng;;600
;- Công nghiệp;tỷ đồng;;650
;Trong đó: + Chế biến;tỷ đồng;;700
2;Tỷ lệ bao phủ BHYT;%;0,94;≥ 95%
3;Tỷ lệ che phủ rừng, %;;59,1;59,2
""")
    assert told(plan) == [
        "Giá trị sản xuất | tỷ đồng | at_least 1250 | open",
        "  Nông nghiệp | tỷ đồng | at_least 600 | open",
        "  Công nghiệp | tỷ đồng | at_least 650 | open",
        "  Chế biến | tỷ đồng | at_least 700 | open",
        "Tỷ lệ bao phủ BHYT | % | at_least 95",
        "Tỷ lệ che phủ rừng, % | % | at_least 59.2 | open",
    ]
    assert [entry.indicator.baseline is not None for entry in plan.entries.values()] == [False] * 5 + [True]
    assert "0,94" in clerk.said
