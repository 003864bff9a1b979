"""The period that a title says, for a table without a column of periods."""

from __future__ import annotations

import pytest

from vinhchau_kpi.figure import Kind
from vinhchau_kpi.intake.read.submission import Options, Submission, parse_submission
from vinhchau_kpi.period import month
from vinhchau_kpi.plan import Plan


def _read(title: str, plan: Plan, options: Options | None = None) -> Submission:
    return parse_submission(f"{title}\nmã;thực hiện\nLD-02;12\n", "x.csv", plan, options or Options())


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("BÁO CÁO KẾT QUẢ THÁNG 7 NĂM 2019", "2019-07"),
        ("Biểu số liệu: tháng 07/2019 - Phòng Kinh tế", "2019-07"),
        ("Báo cáo tháng 7 (tháng 7/2019)", "2019-07"),
        ("Báo cáo T7", "2019-07"),
        ("Kỳ báo cáo: 7/2019", "2019-07"),
        ("Tháng 7; Vĩnh Châu, ngày 5 tháng 8 năm 2019", "2019-07"),
        ("Tháng 7;Kèm theo Công văn số 06/2019/CV ngày 20/8/2019", "2019-07"),
        ("Quý II năm 2019", "2019-Q2"),
        ("6 THÁNG ĐẦU NĂM 2019", "2019-H1"),
        ("Lũy kế 7 tháng", "2019-7M"),
        ("Kết quả tháng 7, nhiệm vụ tháng 8 năm 2019", "2019-07"),
        ("Tình hình thực hiện nhiệm vụ tháng 7 và phương hướng, kế hoạch tháng 8", "2019-07"),
        ("Kết quả quý II;Nhiệm vụ trọng tâm quý III", "2019-Q2"),
    ],
)
def test_one_period_is_that_of_all_rows(title: str, period: str, plan2019: Plan) -> None:
    """A title that says one period gives it to every row, and a warning says so; days and numbers of documents do not count."""
    found = _read(title, plan2019)
    assert [str(figure.period) for figure in found.figures] == [period]
    assert [finding.rule.code for finding in found.findings] == ["period-from-title"]


@pytest.mark.parametrize(
    "title",
    [
        "Tháng 7 và 7 tháng đầu năm 2019",
        "Tháng 7, 8 và 9",
        "Quý I + II",
        "Tháng 12 và cả năm 2019",
        "Kết quả đến hết tháng 7 năm 2019",
        "Lũy kế tháng 7/2019",
        "10 ngày đầu tháng 7",
    ],
)
def test_a_title_that_is_not_clear(title: str, plan2019: Plan) -> None:
    """Two periods, a part of one, or a sum up to one are never chosen from, and the column is asked for."""
    found = _read(title, plan2019)
    assert not found.figures
    assert [finding.rule.code for finding in found.findings] == ["title-unclear"]


@pytest.mark.parametrize(
    "title", ["BÁO CÁO NĂM 2019", "Kế hoạch 2016-2020", "Số 07/2019/CV-UBND", "Ngày … tháng 8 năm 2019", "Đợt số liệu"]
)
def test_a_title_that_says_no_period(title: str, plan2019: Plan) -> None:
    """Years alone, documents and days are no period: the column is missing."""
    assert [finding.rule.code for finding in _read(title, plan2019).findings] == ["missing-column"]


@pytest.mark.parametrize("title", ["Ước thực hiện tháng 7 năm 2019", "SỐ LIỆU ƯỚC THÁNG 7"])
def test_a_title_of_estimates(title: str, plan2019: Plan) -> None:
    """“Ước” before the period in a title makes its figures estimates, with a column of periods too, and no others."""
    assert [figure.kind for figure in _read(title, plan2019).figures] == [Kind.ESTIMATE]
    text = f"{title}\nmã;kỳ;thực hiện\nLD-02;T6/2019;11\nLD-02;T7/2019;12\n"
    found = parse_submission(text, "x.csv", plan2019, Options())
    assert [figure.kind for figure in found.figures] == [Kind.OFFICIAL, Kind.ESTIMATE]
    (own,) = _read("Mức nước tháng 7", plan2019).figures
    assert own.kind is Kind.OFFICIAL


def test_another_year(plan2019: Plan) -> None:
    """A title of another year, which may be left over, stops the file."""
    found = _read("Tháng 7 năm 2018", plan2019)
    assert [finding.rule.code for finding in found.findings] == ["period-outside-year"]
    assert not found.figures


def test_what_is_given_counts(plan2019: Plan) -> None:
    """The period of the command, columns of periods and a column of periods go before the title."""
    found = _read("Tháng 7", plan2019, Options(period=month(2019, 6)))
    assert [str(figure.period) for figure in found.figures] == ["2019-06"]
    assert not list(found.findings)
    for table in ("mã;T5\nLD-02;12\n", "mã;kỳ;thực hiện\nLD-02;T5/2019;12\n"):
        found = parse_submission(f"Tháng 7\n{table}", "x.csv", plan2019, Options())
        assert [str(figure.period) for figure in found.figures] == ["2019-05"]
        assert not list(found.findings)
