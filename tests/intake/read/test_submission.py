"""Submissions: the number and period rules, headers in both languages, and what each cell may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.intake.read.submission import Options, Submission, parse_submission
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan

D = Decimal


@pytest.fixture
def parse(plan2019: Plan) -> Any:
    def run(text: str, numbers: Convention | None = None, period: str | None = None) -> Submission:
        default = plan2019.period(period) if period else None
        return parse_submission(text, "x.csv", plan2019, Options(numbers, default))

    return run


def codes(submission: Submission) -> list[str]:
    return [finding.rule.code for finding in submission.findings]


def only(submission: Submission) -> Figure:
    assert codes(submission) == []
    (figure,) = submission.figures
    return figure


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "header",
    [
        ["indicator", "period", "value"],
        ["Mã chỉ tiêu", "Kỳ báo cáo", "Thực hiện"],
        ["MA CHI TIEU", " ky ", "thuc hien"],
        ["mã", "KỲ BÁO CÁO", "Thực  hiện"],
    ],
)
def test_headers_of_either_language_any_case(parse: Any, header: list[str], delimiter: str) -> None:
    """Headers are known in both languages, any order, any case, with or without diacritics, by any delimiter."""
    figure = only(parse(delimiter.join(reversed(header)) + "\n" + delimiter.join(["120", "2019-01", "KT-02"]) + "\n"))
    assert (figure.code, str(figure.period), figure.value) == ("KT-02", "2019-01", 120)
    assert (figure.place.line, figure.place.column) == (2, 1)


@pytest.mark.parametrize(
    ("cells", "delimiter", "expected"),
    [
        (["28.500"], ";", [D(28500)]),
        (["28.500", "186.7", "0.5"], ";", [D("28.5"), D("186.7"), D("0.5")]),
        (["28.500", "9,08"], ";", [D(28500), D("9.08")]),
        (["28.500", "1.234.567"], "\t", [D(28500), D(1234567)]),
        (["28.500", "0.500"], "\t", [D("28.5"), D("0.5")]),
        (["28,500", "0,5"], ";", [D("28.5"), D("0.5")]),
        (["120", "7"], ",", [D(120), D(7)]),
        (["1\u00a0234,5"], ";", [D("1234.5")]),
        (["-0"], ";", [D(0)]),
        (["07"], ";", [D(7)]),
    ],
)
def test_the_convention_is_proved(parse: Any, cells: list[str], delimiter: str, expected: list[D]) -> None:
    """Cells that read one way only prove the whole file; else semicolons prove the decimal comma."""
    lines = [delimiter.join(["indicator", "period", "value"])]
    lines += [delimiter.join(["KT-03", f"2019-{at:02d}", f'"{cell}"']) for at, cell in enumerate(cells, 1)]
    submission = parse("\n".join(lines))
    assert codes(submission) == []
    assert [figure.value for figure in submission.figures] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A printed target that is the plan's in one reading only proves the file.
        (["KT-02,28.500,1.234"], [D(1234)]),
        (['KT-02,"28,500","1,234"'], [D(1234)]),
        (["KT-02,28.500,1.234", "KT-03,77.500,6.240"], [D(1234), D(6240)]),
        # Then a cell that reads the other way only is the odd one, wherever it stands.
        (["KT-02,28.500,1.234", "KT-14,47,3.9"], ["mixed-conventions@3:3"]),
        (["KT-14,47,3.9", "KT-02,28.500,1.234", "KT-03,77.500,6.240"], ["mixed-conventions@2:3"]),
        (["KT-02;28.500;1.200", "KT-03;77.500;6.240", "KT-14;47;3.9"], ["mixed-conventions@4:3"]),
        # Of many the one is named that stands alone.
        (["KT-14,,3.9", 'KT-02,,"0,5"', 'KT-03,,"1,5"'], ["mixed-conventions@2:3"]),
        (['KT-02,,"0,5"', 'KT-03,,"1,5"', "KT-14,,3.9"], ["mixed-conventions@4:3"]),
        # A single cell does not outweigh semicolons; two do, and a target counts as one.
        (["KT-02;;1.200", "KT-14;;3.9"], ["odd-number@3:3"]),
        (["KT-14;;3.9"], ["odd-number@2:3"]),
        (["KT-02;;1.200", "KT-14;;3.9", "KT-13;;1.5"], [D("1.2"), D("3.9"), D("1.5")]),
        (['KT-02;28,500;"1,234"', "KT-14;;3.9"], [D(1234), D("3.9")]),
        (["KT-02;28,500;1234"], ["odd-number@2:2"]),
        # A target that is not the plan's in either reading proves nothing, nor does one that is in both.
        (["KT-02,29.500,1.234"], ["ambiguous-number@2:3", "target-differs@2:2"]),
        (["KT-14,47,1.234"], ["ambiguous-number@2:3"]),
        (["KT-02,28500,1.234"], ["ambiguous-number@2:3"]),
    ],
)
def test_the_printed_target_is_a_witness(parse: Any, rows: list[str], expected: list[Any]) -> None:
    """A target that the plan has in one reading only proves that reading; no odd cell turns the others around."""
    delimiter = ";" if ";" in rows[0] else ","
    header = delimiter.join(["mã", "kế hoạch", "thực hiện"])
    submission = parse("\n".join([header, *rows]) + "\n", period="2019-06")
    found = [f"{f.rule.code}@{f.place.line}:{f.place.column}" for f in submission.findings if f.is_error]
    assert found or [figure.value for figure in submission.figures] == expected
    assert not found or found == expected


def test_a_number_with_two_readings_stops_the_file(parse: Any) -> None:
    """28.500 with nothing to tell is an error that names both readings; the flag settles it."""
    text = "indicator,period,value\nKT-02,2019-01,28.500\n"
    submission = parse(text)
    (finding,) = submission.findings
    assert finding.rule.code == "ambiguous-number"
    assert (finding.args["vi"], finding.args["en"]) == (D(28500), D("28.5"))
    assert (finding.place.line, finding.place.column) == (2, 3)
    assert only(parse(text, Convention.VI)).value == 28500
    assert only(parse(text, Convention.EN)).value == D("28.5")


def test_proofs_that_disagree_show_both_cells(parse: Any) -> None:
    """9,08 and 186.7 in one file: one error, naming the cell and the other's place."""
    submission = parse("indicator;period;value\nKT-03;2019-01;9,08\nKT-03;2019-02;186.7\n")
    (finding,) = submission.findings
    assert finding.rule.code == "mixed-conventions"
    assert (finding.args["value"], finding.args["other"], str(finding.args["place"])) == ("186.7", "9,08", "x.csv:2:3")
    assert submission.figures == ()


@pytest.mark.parametrize("cell", ["", " ", "…", "...", "\u00a0"])
def test_blank_is_not_reported(parse: Any, cell: str) -> None:
    """A blank value or … gives no figure, and never a 0."""
    submission = parse(f"indicator;period;value\nKT-02;2019-01;{cell}\nKT-03;2019-01;0\n")
    assert [(f.code, f.value) for f in submission.figures] == [("KT-03", 0)]
    assert codes(submission) == []


@pytest.mark.parametrize(
    ("cell", "kept"), [("có", 1), ("Không", 0), ("đạt", 1), ("CHƯA ĐẠT", 0), ("yes", 1), ("no", 0), ("1", 1), ("0", 0)]
)
def test_a_promise_takes_yes_and_no(parse: Any, cell: str, kept: int) -> None:
    """Commitments and kept standards are reported by yes or no in either language."""
    submission = parse(f"indicator;period;value;note\nAN-01;2019-06;{cell};xong\nNTM-01;2019-Q2;{cell};\n")
    assert codes(submission) == []
    assert [figure.value for figure in submission.figures] == [kept, kept]
    assert submission.figures[0].note == "xong"


def test_a_percent_sign_stands_in_a_percent_row_only(parse: Any) -> None:
    """98,5 % is 98.5 in a % row and a fault in a row of tonnes."""
    assert only(parse("indicator;period;value\nYT-02;2019-01;98,5 %\n")).value == D("98.5")
    assert codes(parse("indicator;period;value\nKT-03;2019-01;98,5%\n")) == ["bad-number"]


def test_a_rate_may_come_as_its_parts(parse: Any) -> None:
    """Numerator and denominator without a value are a figure; with a value they must agree to its last digit."""
    figure = only(parse("indicator;period;numerator;denominator\nYT-02;2019-01;98;120\n"))
    assert (figure.value, figure.numerator, figure.denominator) == (None, 98, 120)
    header = "indicator;period;value;numerator;denominator\n"
    assert codes(parse(header + "YT-02;2019-01;81,67;98;120\n")) == []
    assert codes(parse(header + "YT-02;2019-01;81,66;98;120\n")) == []
    assert codes(parse(header + "YT-02;2019-01;81,65;98;120\n")) == ["rate-disagrees"]
    assert codes(parse(header + "YT-02;2019-01;;121;120\n")) == ["out-of-range"]


def test_the_period_may_be_given_once(parse: Any) -> None:
    """--period fills rows that give none, and is no period for rows that do."""
    text = "indicator;period;value\nKT-02;;5\nKT-02;2019-02;6\n"
    submission = parse(text, period="2019-01")
    assert [str(f.period) for f in submission.figures] == ["2019-01", "2019-02"]
    assert codes(parse(text)) == ["missing-period"]
    assert str(only(parse("indicator;value\nKT-02;5\n", period="T3/2019")).period) == "2019-03"
    assert codes(parse("indicator;value\nKT-02;5\n")) == ["missing-column"]


def test_agencies_areas_kinds_and_dates_by_their_names(parse: Any) -> None:
    """Names with or without their prefix, ids, and dates day first are understood."""
    header = "indicator;period;value;area;agency;kind;reported_on\n"
    figure = only(parse(header + "KT-02;2019-01;5;Hòa Đông;kinh tế;Ước;18/02/2019\n"))
    assert (figure.area, figure.agency, figure.kind, str(figure.reported_on)) == (
        "hoa-dong",
        "kinh-te",
        Kind.ESTIMATE,
        "2019-02-18",
    )
    figure = only(parse(header + "KT-02;2019-01;5;xã hoà đông;Phòng Kinh tế;;2019-02-18\n"))
    assert (figure.area, figure.agency, figure.kind) == ("hoa-dong", "kinh-te", Kind.OFFICIAL)


def test_a_shifted_row_is_caught(parse: Any) -> None:
    """A name of another indicator is an error; a name in other words is a warning and the figure counts."""
    header = "indicator;name;period;value\n"
    assert codes(parse(header + "KT-08;Đàn gia cầm;2019-Q1;5\n")) == ["shifted-row"]
    other = parse(header + "KT-08;Đàn trâu bò heo;2019-Q1;5\n")
    assert codes(other) == ["name-differs"]
    assert len(other.figures) == 1


def test_any_printed_target_that_was_in_force_is_right(parse: Any) -> None:
    """The target column is a witness: the plan's number in either writing passes, another stops the row."""
    header = "indicator;period;value;target\n"
    assert codes(parse(header + "KT-02;2019-01;5;28.500\n")) == []
    assert codes(parse(header + "YT-03;2019-Q1;5;≤ 9,08 %\n")) == []
    assert codes(parse(header + "KT-02;2019-01;5;24.000\n")) == ["target-differs"]


def test_quoted_line_breaks_keep_the_line_numbers_right(parse: Any) -> None:
    """A finding below a note of three lines names the physical line its row starts on."""
    text = 'indicator;period;value;note\nKT-02;2019-01;5;"một\nhai\nba"\nKT-99;2019-01;5;\n'
    submission = parse(text)
    assert [(f.rule.code, f.place.line) for f in submission.findings] == [("unknown-indicator", 5)]
    assert submission.figures[0].place.line == 2


def test_a_title_above_the_header_is_kept(parse: Any) -> None:
    """Rows above the header are the file's title; one of them can mark the file as illustrative."""
    submission = parse("Báo cáo tháng 1;;\nSỐ LIỆU MINH HỌA;;\n\nindicator;period;value\nKT-02;2019-01;5\n")
    assert submission.title == ("Báo cáo tháng 1", "SỐ LIỆU MINH HỌA")
    assert submission.is_illustrative
    assert submission.figures[0].place.line == 5


def test_a_cumulative_of_a_level_must_be_its_value(parse: Any) -> None:
    """The district form repeats a level in both columns; only a different number is a fault."""
    header = "indicator;period;value;cumulative\n"
    assert only(parse(header + "KT-08;2019-Q1;21500;21500\n")).cumulative is None
    assert codes(parse(header + "KT-08;2019-Q1;;21500\n")) == ["cumulative-on-level"]


def test_every_row_is_a_figure_a_blank_or_a_fault(parse: Any) -> None:
    """No row disappears: rows = figures + rows left out + rows that report nothing."""
    text = "indicator;period;value\nKT-02;2019-01;5\nKT-99;2019-01;5\nKT-03;2019-01;\n;;\nKT-03;2019-01\nNhóm;;\n"
    submission = parse(text)
    assert submission.rows == 5
    assert len(submission.figures) == 1
    assert submission.rows_left_out == 2


# Figures of the year before


def test_a_file_of_last_year(parse: Any) -> None:
    """A file whose periods are all of the year before gives figures to compare with, and says so once."""
    found = parse("mã;kỳ;thực hiện;kế hoạch\nKT-02;T5/2018;1200;25000\nKT-02;6/2018;1300;\n")
    assert found.is_of_last_year
    assert [(str(one.period), str(one.value)) for one in found.figures] == [("2018-05", "1200"), ("2018-06", "1300")]
    assert [(one.rule.code, one.place.line, one.place.column) for one in found.findings] == [("last-year", 2, 2)]


def test_a_wide_sheet_of_last_year(parse: Any) -> None:
    """So does a wide sheet whose every month says the year before; a title alone may be left over."""
    found = parse("mã;T5/2018;T6/2018\nKT-02;1200;1300\n")
    assert found.is_of_last_year
    assert len(found.figures) == 2
    titled = parse("NĂM 2018\nmã;T5;T6\nKT-02;1200;1300\n")
    assert (titled.is_of_last_year, titled.figures) == (False, ())


@pytest.mark.parametrize("other", ["T6/2019", "6 tháng đầu năm 2019", "2017-06"])
def test_a_file_of_two_years(parse: Any, other: str) -> None:
    """A row of last year among others may be a slip of the pen: it is a fault."""
    found = parse(f"mã;kỳ;thực hiện\nKT-02;T5/2018;1200\nKT-02;{other};1300\n")
    assert not found.is_of_last_year
    assert "period-outside-year" in {one.rule.code for one in found.findings}
    assert all(one.period.year == 2019 for one in found.figures)
