"""Tables: which row is the header, what the columns are, long and wide sheets."""

from __future__ import annotations

from typing import Any

import pytest

from vinhchau_kpi.intake.cut.delimited import read_delimited
from vinhchau_kpi.intake.read.submission import Options, Submission, parse_submission
from vinhchau_kpi.messages import EN
from vinhchau_kpi.plan import Plan


@pytest.fixture
def parse(plan2019: Plan) -> Any:
    return lambda text: parse_submission(text, "x.csv", plan2019, Options())


def codes(submission: Submission) -> list[str]:
    return [f"{finding.rule.code}@{finding.place.line}:{finding.place.column}" for finding in submission.findings]


def figures(submission: Submission) -> dict[str, str]:
    """`KT-02 2019-06` → value, with its cumulative behind a slash."""
    return {
        f"{f.code} {f.period}": f"{f.value}" + (f"/{f.cumulative}" if f.cumulative is not None else "")
        for f in submission.figures
    }


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("mã;kỳ;thực hiện\n", ";"),
        ("mã,kỳ,thực hiện\n", ","),
        ("mã\tkỳ\tthực hiện\n", "\t"),
        ("mã|kỳ|thực hiện\n", "|"),
        ("sep=|\nx\n", "|"),
        ("Báo cáo, tháng 6, xã; phường\nmã;kỳ;thực hiện\n", ";"),
        ('mã,kỳ,thực hiện,ghi chú\nKT-02,2019-01,5,"a;b;c;d;e;f"\n', ","),
    ],
)
def test_the_delimiter(text: str, delimiter: str) -> None:
    """The delimiter is the one declared, else the one that yields the most known column names."""
    grid, findings = read_delimited(text, "x.csv")
    assert findings == []
    assert grid is not None
    assert grid.delimiter == delimiter


def test_a_sep_line_counts_as_a_line(parse: Any) -> None:
    """Places below a line `sep=;` name the line of the file."""
    assert codes(parse("sep=;\nmã;kỳ;thực hiện\nKT-99;2019-01;5\n")) == ["unknown-indicator@3:1"]


def test_rows_longer_than_the_header(parse: Any) -> None:
    """Between commas a blank cell too many may be a decimal comma's doing, and stops the row; elsewhere it is nothing."""
    assert codes(parse("mã,kỳ,thực hiện,ghi chú\nKT-03,2019-01,6,5,\n")) == ["ragged-row@2:4"]
    assert figures(parse("mã;kỳ;thực hiện;ghi chú\nKT-03;2019-01;6;;\n")) == {"KT-03 2019-01": "6"}
    assert figures(parse("mã,kỳ,thực hiện,,\nKT-03,2019-01,6,,\n")) == {"KT-03 2019-01": "6"}


def test_text_under_no_heading_is_named(parse: Any) -> None:
    """A column without a heading that has something in it is a warning, with its place."""
    assert codes(parse("mã;kỳ;thực hiện;\nKT-03;2019-01;6;7\n")) == ["unknown-column@1:4"]


def test_a_column_of_row_numbers(parse: Any) -> None:
    """A first column that a program wrote to number the rows, from 0 or 1, is passed over; any other is named."""
    for text in (
        ",mã,kỳ,thực hiện\n0,KT-03,2019-01,6\n1,KT-03,2019-02,7\n",
        "Unnamed: 0,mã,kỳ,thực hiện\n1,KT-03,2019-01,6\n2,KT-03,2019-02,7\n",
    ):
        assert figures(parse(text)) == {"KT-03 2019-01": "6", "KT-03 2019-02": "7"}
        assert codes(parse(text)) == []
        assert codes(parse(text.replace("\n1,", "\n3,"))) == ["unknown-column@1:1"]
    assert codes(parse(",mã,kỳ,thực hiện\n0,KT-03,2019-01,6,5\n")) == ["ragged-row@2:5"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Mã;Kỳ;ĐVT;Phường 1;Lai Hòa;Tổng cộng\nKT-02;2019-01;ha;1;2;3\n", "1:4"),
        ("Mã;Kỳ;Xã Long Phú;Xã Tân Hưng\nKT-02;2019-01;1;2\n", "1:3"),
        ("Mã;Kỳ;Phường 1;Lai Hòa;Thực hiện\nKT-02;2019-01;1;2;3\n", "1:3"),
        ("Mã;Kỳ;Thực hiện;\n;;Phường 1;Lai Hòa\nKT-02;2019-01;1;2\n", "2:3"),
        ("Biểu tổng hợp\nChỉ tiêu;Phường 1;Lai Hòa\nDiện tích nuôi trồng thủy sản;1;2\n", "2:2"),
        (";;Phường 1;;Lai Hòa\nMã;Kỳ;Kế hoạch;Thực hiện;Kế hoạch;Thực hiện\nKT-02;2019-01;1;2;3;4\n", "1:3"),
    ],
)
def test_a_column_for_each_area(text: str, at: str, parse: Any) -> None:
    """A cross table is named as what it is, once, and nothing in it is read."""
    found = parse(text)
    assert (codes(found), found.figures) == ([f"cross-table@{at}"], ())


def test_areas_in_rows_are_no_cross_table(parse: Any) -> None:
    """One odd column with the name of an area, and areas down the rows, are as ever."""
    assert codes(parse("Mã;Kỳ;Thực hiện;Phường 1\nKT-02;2019-01;1;2\n")) == ["unknown-column@1:4"]
    assert figures(parse("Mã;Kỳ;Thực hiện;Địa bàn\nKT-02;2019-01;1;Phường 1\n")) == {"KT-02 2019-01": "1"}


def test_a_header_of_two_rows(parse: Any) -> None:
    """“Thực hiện” over “Trong kỳ” and “Lũy kế” is no column of its own; a finding names the line of the lower heading."""
    text = "TT;Mã;Chỉ tiêu;Kỳ;Thực hiện;\n;;;;Trong kỳ;Lũy kế\n1;KT-03;;2019-02;6;11\n"
    assert figures(parse(text)) == {"KT-03 2019-02": "6/11"}
    assert codes(parse(text.replace(";Lũy kế", ";Trong kỳ"))) == ["doubled-header@2:6"]


def test_headings_of_months(parse: Any) -> None:
    """A column a month: each figure has its own period and its own place."""
    found = parse("mã;T1;Tháng 2;2019-03\nKT-03;6;;8\n")
    assert figures(found) == {"KT-03 2019-01": "6", "KT-03 2019-03": "8"}
    assert [(f.place.line, f.place.column) for f in found.figures] == [(2, 2), (2, 4)]


def test_months_of_what_was_done_and_of_cumulatives(parse: Any) -> None:
    """Months under “Thực hiện” and under “Lũy kế” make one figure each; months under “Kế hoạch” are not read."""
    found = parse("Mã;Thực hiện;;Lũy kế;;Kế hoạch;\n;T1;T2;T1;T2;T1;T2\nKT-03;6;5;6;11;9;9\n")
    assert figures(found) == {"KT-03 2019-01": "6/6", "KT-03 2019-02": "5/11"}
    assert codes(found) == ["not-actual@2:6"]


def test_the_same_month_twice(parse: Any) -> None:
    """Two columns for one month are an error, however they are written."""
    assert codes(parse("mã;T1;Tháng 1;T2\nKT-03;6;7;8\n")) == ["doubled-header@1:3"]


@pytest.mark.parametrize(
    ("row", "read", "warned"),
    [
        ("6;5;4;15", {"01": "6", "02": "5", "03": "4", "Q1": "15"}, []),
        (";;;15", {"Q1": "15"}, []),
        ("6;5;;11", {"01": "6", "02": "5"}, ["total-not-read@2:5"]),
        (";;;0", {}, ["total-not-read@2:5"]),
        (";;;0,00", {}, ["total-not-read@2:5"]),
        ("6;5;4;", {"01": "6", "02": "5", "03": "4"}, []),
    ],
)
def test_a_quarter_beside_its_months(parse: Any, row: str, read: dict[str, str], warned: list[str]) -> None:
    """A longer period is read with all its months or none of them; a sum over blank months, or a 0 of none, is not."""
    found = parse(f"mã;T1;T2;T3;Quý I\nKT-03;{row}\nKT-02;1;1;1;3\n")
    assert {key[-2:]: value for key, value in figures(found).items() if key.startswith("KT-03")} == read
    assert codes(found) == warned


def test_the_year_of_months(parse: Any) -> None:
    """The year that a title or a heading over the months says is theirs; without one it is the plan's."""
    assert codes(parse("SỐ LIỆU NĂM 2018\nmã;T1;T2\nKT-03;6;\n")) == ["period-outside-year@2:2"]
    found = parse("Mã;Năm 2018;;Năm 2019;\n;T1;T2;T1;T2\nKT-03;6;;5;4\n")
    assert figures(found) == {"KT-03 2019-01": "5", "KT-03 2019-02": "4"}
    assert codes(found) == ["not-actual@2:2"]
    assert codes(parse("mã;T5;T6/2018;T7\nKT-03;6;5;4\n")) == ["period-outside-year@1:3"]
    assert figures(parse("SỐ LIỆU NĂM 2019 (so với 2018)\nmã;T1;T2\nKT-03;6;\n")) == {"KT-03 2019-01": "6"}


def test_one_fault_of_a_wide_row_is_said_once(parse: Any) -> None:
    """A wrong code or name stands before many figures and is one finding."""
    assert codes(parse("mã;chỉ tiêu;T1;T2;T3\nKT-99;;1;2;3\n")) == ["unknown-indicator@2:1"]
    assert codes(parse("mã;chỉ tiêu;T1;T2;T3\nKT-03;Cá;1;2;3\n")) == ["name-differs@2:2"]


def test_names_find_codes_where_only_one_fits(parse: Any) -> None:
    """A name with or without its dash, number or “trong đó” finds its code, with a warning; a near miss is a fault."""
    header = "chỉ tiêu;kỳ;thực hiện\n"
    for name in ("Nuôi tôm", "- Nuôi tôm", "+ nuoi tom", "1.1. Nuôi tôm", "a) Nuôi tôm", "Trong đó: nuôi tôm"):
        found = parse(f"{header}{name};2019-01;5\n")
        assert figures(found) == {"KT-02.1 2019-01": "5"}
        assert codes(found) == ["code-from-name@2:1"]
    found = parse(f"{header}Nuôi tôm sú;2019-01;5\n")
    assert codes(found) == ["missing-code@2:1"]
    assert found.figures == ()


def test_the_usual_report(parse: Any) -> None:
    """“Thực hiện tháng 6”, “Ước thực hiện tháng 7”, “Lũy kế 7 tháng” say period and kind in one heading."""
    text = (
        "Mã;Kế hoạch năm 2019;Thực hiện tháng 6;Ước thực hiện tháng 7;Lũy kế 7 tháng;% so KH\nKT-03;77.500;6;5;31;40\n"
    )
    found = parse(text)
    assert figures(found) == {"KT-03 2019-06": "6", "KT-03 2019-07": "5/31"}
    assert [figure.kind.value for figure in found.figures] == ["official", "estimate"]
    assert codes(found) == ["not-actual@1:6"]
    assert codes(parse(text.replace("77.500", "77.000"))) == ["not-actual@1:6", "target-differs@2:2"]


@pytest.mark.parametrize("name", ["TH T7", "Thực hiện T7", "Số liệu tháng 7/2019", "T7"])
def test_one_period_alone(parse: Any, name: str) -> None:
    """One column of a period is a wide sheet too, and a cumulative beside it is that period's."""
    assert figures(parse(f"mã;{name};lũy kế\nKT-03;5;31\n")) == {"KT-03 2019-07": "5/31"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lũy kế 7T", "official"),
        ("Thực hiện đến 31/7/2019", "official"),
        ("Lũy kế từ 01/01/2019 đến 31/07/2019", "official"),
        ("LK 7 tháng (ước)", "estimate"),
    ],
)
def test_a_cumulative_in_other_words(parse: Any, name: str, kind: str) -> None:
    """Months said by a T behind, by their last day, and an estimate said behind are read; a day within a month is not."""
    found = parse(f"mã;TH tháng 7 (ước);{name}\nKT-03;5;31\n" if kind == "estimate" else f"mã;T7;{name}\nKT-03;5;31\n")
    assert figures(found) == {"KT-03 2019-07": "5/31"}
    assert [figure.kind.value for figure in found.figures] == [kind]
    assert codes(parse("mã;T7;Thực hiện đến 14/7/2019\nKT-03;5;31\n")) == ["unknown-column@1:3"]


def test_plan_and_result_under_one_month(parse: Any) -> None:
    """Under each month TH, LK and KH say what a column holds; without them the month's heading is over several, an error."""
    text = "Mã;Tháng 6;;Tháng 7;;\n;KH;TH;KH;TH;LK\nKT-03;9;6;9;5;31\n"
    found = parse(text)
    assert figures(found) == {"KT-03 2019-06": "6", "KT-03 2019-07": "5/31"}
    assert codes(found) == ["not-actual@2:2"]
    for lower in (";2018;2019;2018;2019;", ";Năm trước;Năm nay;Năm trước;Năm nay;"):
        assert "heading-over-several@1:2" in codes(parse(text.replace(";KH;TH;KH;TH;LK", lower)))


def test_another_table_below(parse: Any) -> None:
    """The same header again is passed over; one with other columns, or in another order, stops the file."""
    first = "mã;T1;T2\nKT-03;6;5\n"
    assert codes(parse(first + "mã;T1;T2\nKT-02;1;1\n")) == []
    assert codes(parse(first + "mã;T3;T4\nKT-03;4;3\n")) == ["second-table@3:None"]
    assert parse(first + "mã;T3;T4\nKT-03;4;3\n").figures == ()
    swapped = "mã;kỳ;thực hiện;lũy kế\nKT-03;2019-01;6;6\nmã;kỳ;lũy kế;thực hiện\nKT-02;2019-01;5;5\n"
    assert codes(parse(swapped)) == ["second-table@3:None"]


def test_all_faults_of_a_row_are_said_at_once(parse: Any) -> None:
    """Whoever mends a row sees all that is wrong with it, in the order of its cells."""
    header = "mã;kỳ;thực hiện;đơn vị báo cáo;ngày báo cáo;loại số liệu\n"
    found = parse(header + "KT-03;Tháng 7;6 tấn;Phòng Lao động TB&XH;ngày 19 tháng 7;nháp\n")
    assert sorted(codes(found)) == [
        "bad-date@2:5",
        "bad-kind@2:6",
        "bad-number@2:3",
        "bad-period@2:2",
        "unknown-agency@2:4",
    ]
    assert found.rows_left_out == 1


@pytest.mark.parametrize(
    "text",
    [
        ";;;Năm 2018;Năm 2019\nMã;Chỉ tiêu;Kỳ;Thực hiện;Kế hoạch\nKT-02;;T6/2019;27000;28500\n",
        "Mã;Kỳ;Kế hoạch;;Ghi chú\n;;Trong kỳ;Lũy kế;\nKT-02;2019-02;100;900;\n",
        "Mã;Kỳ;Thực hiện;Cùng kỳ năm trước\n;;Trong kỳ;Lũy kế\nKT-02;2019-02;100;900\n",
        ";;;Cùng kỳ năm trước\nMã;Chỉ tiêu;T6;Lũy kế\nKT-02;;5;900\n",
        "Mã;Chỉ tiêu;Thực hiện;;Dự báo;\n;;T1;T2;T3;T4\nKT-14;;1;2;3;4\n",
    ],
)
def test_headings_over_columns_that_are_not_the_result(parse: Any, text: str) -> None:
    """Plans, last year's figures and what is not understood, over a column of figures, stop the file."""
    found = parse(text)
    assert "unclear-group" in {finding.rule.code for finding in found.findings}
    assert found.figures == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mã;Chỉ tiêu;Cộng dồn từ đầu năm;;\n;;T1;T2;T3\nKT-02;;100;200;300\n", {"01": "None/100", "02": "None/200", "03": "None/300"}),
        ("Mã;Chỉ tiêu;Thực hiện;;Dự toán;\n;;T1;T2;T3;T4\nKT-02;;1;2;3;4\n", {"01": "1", "02": "2"}),
        (";;Kế hoạch;;;Thực hiện;;\nMã;Chỉ tiêu;Quý III;;;Quý I;;\n;;T7;T8;T9;T1;T2;T3\nKT-02;;1;2;3;4;5;6\n", {"01": "4", "02": "5", "03": "6"}),
        (";;Báo cáo tháng và lũy kế năm 2019;;\nMã;Chỉ tiêu;T1;T2;T3\nKT-02;;1;2;3\n", {"01": "1", "02": "2", "03": "3"}),
        (";;THỰC HIỆN KẾ HOẠCH NĂM 2019;\nMã;Chỉ tiêu;T1;T2\nKT-02;;1;2\n", {"01": "1", "02": "2"}),
        ("Mã;6 tháng đầu năm;Cả năm\nKT-02;5;\n", {"H1": "5"}),
        ("STT;Mã;Kỳ;Thực hiện\n(1);(2);(3);(4)\n1;KT-02;T1/2019;5\nSTT;Mã;Kỳ;Thực hiện\n2;KT-02;T2/2019;6\n", {"01": "5", "02": "6"}),
    ],
)  # fmt: skip
def test_headings_over_columns_that_are_understood(parse: Any, text: str, read: dict[str, str]) -> None:
    """Sums since January, plans beside results, periods over periods, titles over the months, and rows of numbers."""
    found = parse(text)
    assert {key[-2:]: value for key, value in figures(found).items()} == read
    assert [finding.message for finding in found.findings if finding.is_error] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mã;T4;T5;T6;6 tháng\nKT-02;4;5;6;15\n", {"04": "4", "05": "5", "06": "6"}),
        ("mã;T1;T2;T3;Quý I/2019\nKT-02;100;;300;400\n", {"01": "100", "03": "300"}),
        ("mã;T1;T2;Năm 2019\nKT-02;1;2;3\n", {"01": "1", "02": "2"}),
    ],
)
def test_a_sum_over_months_that_are_not_there(parse: Any, text: str, read: dict[str, str]) -> None:
    """A longer period with months that the sheet has no column for, or a year of its own, is no whole period."""
    found = parse(text)
    assert {key[-2:]: value for key, value in figures(found).items()} == read
    assert [finding.rule.code for finding in found.findings] == ["total-not-read"]


@pytest.mark.parametrize(
    ("header", "row", "read"),
    [
        ("Mã;Thực hiện tháng 6;Thực hiện 6 tháng", "215;1114", {"06": "215", "H1": "1114"}),
        ("Mã;Tháng 7;7 tháng đầu năm 2019", "215;1114", {"07": "215", "7M": "1114"}),
        ("Mã;Thực hiện tháng 6;Thực hiện 6 tháng", "215;215", {"06": "215", "H1": "215"}),
        ("Mã;Thực hiện tháng 6;Thực hiện 6 tháng", ";1114", {"H1": "1114"}),
        ("Mã;T5;T6;6 tháng", "200;215;1114", {"05": "200", "06": "215", "H1": "1114"}),
        ("Mã;Thực hiện tháng 6/2019;Lũy kế 6 tháng đầu năm 2019", "215;1114", {"06": "215/1114"}),
        ("Mã;Tháng 6;6 tháng;Lũy kế", "215;1114;1114", {"06": "215/1114", "H1": "1114"}),
        ("Mã;Thực hiện từ đầu năm đến hết tháng 6", "1114", {"06": "None/1114"}),
        ("Mã;Ước tính tháng 6;Ước tính 6 tháng;Ước cả năm", "215;1114;2650", {"06": "215", "H1": "1114", "19": "2650"}),
        ("Mã;TH năm 2018;KH 2019;TH 6 tháng 2018;Ước TH 6 tháng 2019;So KH (%);So cùng kỳ (%)", "2550;2600;1050;1114;42,85;106,1", {"H1": "1114"}),
        ("Mã;Tháng 6/2019;;Cùng kỳ năm trước;\n;Trong tháng;Lũy kế;Trong tháng;Lũy kế", "215;1114;200;1000", {"06": "215/1114"}),
        ("Mã;Năm 2018;6 tháng 2019;Tỷ lệ %", "2550;1114;42", {"H1": "1114"}),
    ],
)  # fmt: skip
def test_a_month_beside_the_months_since_january(parse: Any, header: str, row: str, read: dict[str, str]) -> None:
    """The longer column is the figure of its own stretch; last year's, forecasts under it and comparisons are not this year's."""
    found = parse(f"{header}\nLD-02;{row}\n")
    assert {key[-2:]: value for key, value in figures(found).items()} == read
    assert [finding.message for finding in found.findings if finding.is_error] == []
    assert {finding.rule.code for finding in found.findings} <= {"not-actual"}


def test_an_estimate_in_a_column_of_its_own(parse: Any) -> None:
    """“Ước thực hiện” is the value beside a column of periods, and an estimate."""
    found = parse("Mã;Kỳ;Ước thực hiện;Lũy kế từ đầu năm đến tháng báo cáo\nLD-02;T6/2019;215;1114\n")
    assert figures(found) == {"LD-02 2019-06": "215/1114"}
    assert [figure.kind.value for figure in found.figures] == ["estimate"]


def test_the_office_s_form_of_two_rows(parse: Any) -> None:
    """A month over what is of it, last year's and comparisons beside it: each column is known by its own words and those over
    it."""
    text = (
        "STT;Mã;Các chỉ tiêu;Kế hoạch năm 2019;;Tháng 6/2019;;;Cùng kỳ năm trước;;So sánh;Ghi chú\n"
        ";;;KH năm 2019;UTH năm 2019;Thực hiện từ đầu năm đến hết tháng trước;Ước thực hiện tháng báo cáo"
        ";Lũy kế từ đầu năm đến tháng báo cáo;Thực hiện tháng báo cáo năm trước;Lũy kế năm trước;So với cùng kỳ;\n"
        "1;2;3;4;5;6;7;8;9;10;11;12\n"
        "1;LD-02;;2.600;2.650;899;215;1.114;200;1.050;106,1;\n"
    )
    found = parse(text)
    assert figures(found) == {"LD-02 2019-06": "215/1114"}
    assert [figure.kind.value for figure in found.figures] == ["estimate"]
    assert codes(found) == ["not-actual@2:5"]


def test_a_header_that_is_not_understood_is_not_one_without_separators(parse: Any) -> None:
    """Words of columns in cells of their own are no sign of a wrong delimiter."""
    assert codes(parse("STT;Công việc;Kế hoạch được giao;Thực hiện được bao nhiêu;Lũy kế rồi\n1;x;5;6;7\n")) == [
        "missing-header@1:None"
    ]


def test_years_that_are_not_those_of_the_figures(parse: Any) -> None:
    """The year of a date, a document's number or a stretch of years is not the figures'; that of the title is."""
    head = "Mã;T1;T2\nKT-02;1;2\n"
    assert codes(parse("Kết quả năm 2018\nVĩnh Châu, ngày 15 tháng 01 năm 2019\n" + head))[0].startswith(
        "period-outside-year"
    )
    assert codes(parse("Số: 1998/BC-UBND\nGiai đoạn 2016 - 2020\n" + head)) == []


def test_a_table_above_a_richer_one(parse: Any) -> None:
    """A header above the one with the most headings is another table, whose figures must not become a title."""
    text = "Mã;Kỳ;Thực hiện\nKT-02;2019-01;100\n\nMã;Kỳ;Thực hiện;Ghi chú\nKT-06;2019-01;50;x\n"
    assert codes(parse(text)) == ["second-table@1:None"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Đơn vị tính: nghìn tấn", ["unit-differs@3:3"]),
        ("(ĐVT: kg)", ["unit-differs@3:3"]),
        ("Đơn vị: triệu đồng", ["unit-differs@3:3"]),
        ("Đơn vị tính nghìn tấn", ["unit-differs@3:3"]),
        ("Bảng 1 (tính bằng nghìn tấn)", ["unit-differs@3:3"]),
        ("Đơn vị tính:;nghìn tấn", ["unit-differs@3:3"]),
        ("(ĐVT: tấn)", []),
        ("Đơn vị: Tấn", []),
        ("Đơn vị: Phòng Kinh tế", []),
        ("ĐVT: tấn, ha", []),
        ("Đơn vị báo cáo: xã Hòa Đông", []),
        ("GRDP tính theo giá hiện hành", []),
    ],
)
def test_the_unit_that_a_title_says(parse: Any, title: str, expected: list[str]) -> None:
    """A unit above the table is that of rows that name none, and is held against the plan's; who reports is no unit."""
    assert codes(parse(f"{title}\nMã;Kỳ;Thực hiện\nKT-03;T6/2019;5\n")) == expected
    own = codes(parse(f"{title}\nMã;Kỳ;Thực hiện;ĐVT\nKT-03;T6/2019;5;tấn\n"))
    assert own == []


def test_a_unit_above_a_mixed_table(parse: Any) -> None:
    """A unit above the table that some rows have is not that of rows of another thing: said once, and theirs is the plan's. By
    another power of ten it is an error all the same."""
    rows = "KT-03;T6/2019;5\nKT-02;T6/2019;30\nKT-06;T6/2019;40\n"
    found = parse(f"(ĐVT: tấn)\nMã;Kỳ;Thực hiện\n{rows}")
    assert codes(found) == ["unit-not-of-row@4:3"]
    assert [str(figure.value) for figure in found.figures] == ["5", "30", "40"]
    found = parse(f"(ĐVT: kg)\nMã;Kỳ;Thực hiện\n{rows}")
    assert [(code, len(found.figures)) for code in codes(found)] == [
        ("unit-differs@3:3", 2),
        ("unit-not-of-row@4:3", 2),
    ]


@pytest.mark.parametrize(
    ("unit", "scale"),
    [("kg", "; 1 kg is 0.001 tonnes, so 5 kg are 0.005 tonnes"), ("nghìn tấn", "; 1 nghìn tấn is 1,000 tonnes, so 5 nghìn tấn are 5,000 tonnes"), ("ha", "")],
)  # fmt: skip
def test_a_unit_of_another_power_of_ten_says_both_values(parse: Any, unit: str, scale: str) -> None:
    """The factor is named, and the figure in both units; another thing altogether has no factor."""
    (finding,) = parse(f"Mã;Kỳ;Thực hiện;ĐVT\nKT-03;T6/2019;5;{unit}\n").findings
    assert finding.message(EN) == f"The unit “{unit}” differs from the plan's unit for KT-03, “tonnes”{scale}."


def test_digits_behind_a_figure_between_commas(parse: Any) -> None:
    """Digits under no heading, or alone in the note behind a figure, may be those behind a decimal comma."""
    assert codes(parse("Mã,Kỳ,Thực hiện,\nKT-02,2019-01,6876,5\n"))[-1] == "ragged-row@2:4"
    assert codes(parse("Mã,Kỳ,Thực hiện,Ghi chú\nKT-02,2019-01,1234,5\n")) == ["ragged-row@2:4"]


@pytest.mark.parametrize(
    ("row", "is_numbering"),
    [
        ("(1);(2);(3);(4)", True), ("A;B;1;2", True), ("A;B;1;2=1/3", True), ("1;2;3;4", True),
        ("V;40;41;42", False), ("A;C;1;2", False), ("1;3;4;5", False), ("KT-02;1;2;3", False),
    ],
)  # fmt: skip
def test_only_what_counts_up_is_a_row_of_numbers(parse: Any, row: str, is_numbering: bool) -> None:
    """The row of numbers below a form's header counts up; a code of one letter with its figures does not."""
    found = parse(f"mã;T1;T2;T3\n{row}\nKT-03;7;8;9\n")
    assert (found.rows == 1) == is_numbering


def test_words_beyond_the_header(parse: Any) -> None:
    """What stands under no heading is quoted: remarks need a heading of their own."""
    (finding,) = parse("Mã;Kỳ;Thực hiện\nKT-03;T6/2019;5;;đã kiểm tra 2 lần\n").findings
    assert finding.message(EN).endswith("“đã kiểm tra 2 lần” stands under no heading.")
    (finding,) = parse("Mã,Kỳ,Thực hiện\nKT-03,T6/2019,6876,5\n").findings
    assert finding.message(EN) == "The row has 4 cells, the header has 3."


def test_an_unknown_area_is_quoted_as_it_stands(parse: Any) -> None:
    """Also where it says that it is the whole of a place that is none of the plan's."""
    (finding,) = parse("Mã;Kỳ;Địa bàn;Thực hiện\nKT-03;T6/2019;Toàn huyện Trần Đề;5\n").findings
    assert finding.message(EN).startswith("“Toàn huyện Trần Đề” is not")
