"""Figures that are taken back: from that day on they are as if they had not been reported."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import make
import pytest

from vinhchau_kpi import checks
from vinhchau_kpi.coverage import coverage
from vinhchau_kpi.detail import detail
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.intake.inbox import read_inbox
from vinhchau_kpi.intake.read.submission import Options

PLAN = make.plan(
    make.indicator(lead="ag"), agencies={"ag": {"name": "Ag"}}, commitments=[{"code": "C", "name": "C", "lead": "ag"}]
)
SENT = make.figure("06", "215", on="2019-06-16")
BACK = make.figure("06", on="2019-06-20", withdrawn=True)


def found(*rows: Figure) -> list[str]:
    return [finding.rule.code for finding in checks.check(PLAN, PlainFigures(rows))]


def value(*rows: Figure, on: str | None = None) -> object:
    return make.row(PLAN, rows, "06", on=on).actual.value


@pytest.mark.parametrize(
    ("on", "expected"), [("2019-06-19", 215), ("2019-06-20", None), (None, None)], ids=["before", "on the day", "after"]
)
def test_it_stands_until_it_is_taken_back(on: str | None, expected: int | None) -> None:
    """With a day before the withdrawal the figure stands; from that day on nothing is reported."""
    assert value(SENT, BACK, on=on) == expected


def test_what_is_sent_later_counts_again() -> None:
    """The order is that of the days, not of the rows."""
    again = make.figure("06", "210", on="2019-06-25")
    for rows in permutations([SENT, BACK, again]):
        assert value(*rows) == 210
        assert found(*rows) == ["figure-withdrawn"]


def test_all_earlier_versions_go() -> None:
    """No older version and no estimate comes to light in its place."""
    rows = (make.figure("06", "200", on="2019-06-10"), make.figure("06", "190", kind=Kind.ESTIMATE), SENT, BACK)
    assert value(*rows) is None
    assert found(*rows) == ["figure-withdrawn"]


def test_of_one_day_nobody_can_tell() -> None:
    """A withdrawal of the same day, or both without a day, takes nothing back; the figure that stands is doubted."""
    for on in ("2019-06-16", None):
        rows = (
            SENT._replace(reported_on=on and date.fromisoformat(on)),
            BACK._replace(reported_on=on and date.fromisoformat(on)),
        )
        assert value(*rows) == 215
        (finding,) = checks.check(PLAN, PlainFigures(rows))
        assert (finding.rule.code, list(finding.about)) == ("withdrawal-idle", [SENT.key])


def test_the_number_that_is_taken_back() -> None:
    """A number beside the withdrawal counts nowhere; where it is another than was sent, that is said."""
    same, other = (BACK._replace(value=make.figure("06", text).value) for text in ("215.0", "125"))
    assert (value(SENT, same), found(SENT, same)) == (None, ["figure-withdrawn"])
    assert (value(SENT, other), found(SENT, other)) == (None, ["withdrawal-differs"])
    assert (value(other), found(other)) == (None, ["withdrawal-idle"])


def test_it_is_no_longer_received() -> None:
    """What was taken back is missing in the coverage, a promise too, and is shown with the row that took it back."""
    promise = SENT._replace(code="C"), BACK._replace(code="C")
    figures = PlainFigures((SENT, BACK, *promise))
    (agency,) = coverage(PLAN, figures, make.period("06")).agencies
    assert (len(agency.missing), agency.promises_reported) == (1, 0)
    assert not agency.missing[0].is_corrected
    shown = detail(PLAN, [figures], figures.known_on(None), "X", make.period("06"))
    assert (dict(shown.taken_back), shown.current) == ({SENT: BACK}, frozenset())


def test_a_later_blank_takes_nothing_back() -> None:
    """A blank row of a later day is a doubt about the figure that stands; one before it, or of the same day, is not."""
    for on, expected in (("2019-06-20", ["later-blank"]), ("2019-06-16", []), ("2019-06-10", [])):
        figures = PlainFigures((SENT,), (make.figure("06", on=on),))
        assert [finding.rule.code for finding in checks.check(PLAN, figures)] == expected
    assert not list(PlainFigures((SENT, BACK), (make.figure("06", on="2019-06-25"),)).blanked())


HEADER = "mã;kỳ;thực hiện;ngày báo cáo;loại số liệu;ghi chú\n"


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("X;T6/2019;;20/06/2019;rút;", ["figure-withdrawn"]),
        ("X;T6/2019;…;20/06/2019;Rút số liệu;nhầm", ["figure-withdrawn"]),
        ("X;T6/2019;215;20/06/2019;withdrawn;", ["figure-withdrawn"]),
        ("X;T6/2019;;20/06/2019;đã rút;", ["figure-withdrawn"]),
        ("X;T6/2019;;20/06/2019;hủy bỏ;", ["figure-withdrawn"]),
        ("X;T6/2019;215;20/06/2019;;Số liệu đã hủy", ["withdrawn-in-note"]),
        ("X;T6/2019;216;20/06/2019;;đã rút kinh nghiệm, hủy bỏ 2 quyết định", []),
        ("Z;T6/2019;;20/06/2019;rút;", ["unknown-indicator"]),
        (";T6/2019;;20/06/2019;rút;", ["missing-code"]),
        ("X;T6/2019;;20/06/2019;;", ["later-blank"]),
        ("X;T6/2019;;20/06/2019;;Đính chính: rút số liệu đã gửi", ["withdrawn-in-note"]),
        ("X;T6/2019;215;20/06/2019;;rút số liệu", ["withdrawn-in-note"]),
        ("X;T6/2019;216;20/06/2019;;hội nghị rút kinh nghiệm", []),
        ("X;T7/2019;;20/07/2019;;", []),
        ("X;T6/2019;;;;", []),
    ],
)
def test_rows_as_they_are_sent(row: str, codes: list[str], tmp_path: Path) -> None:
    """What each row over a figure of the 16th is taken for."""
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "X;T6/2019;215;16/06/2019;;\n" + row + "\n", encoding="utf-8")
    inbox = read_inbox([str(path)], PLAN, Options())
    every = [*inbox.findings, *checks.check(PLAN, inbox.figures)]
    assert [finding.rule.code for finding in every] == codes


def test_a_wide_sheet(tmp_path: Path) -> None:
    """In a sheet with a column for each month a withdrawal is of the months that have a number, of all where none has, and a
    blank month is held against what was sent before."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("mã;T5;T6;ngày báo cáo\nX;200;215;16/06/2019\n", encoding="utf-8")
    said = {}
    for rest in (";215;rút", ";;rút", ";216;"):
        second.write_text(f"mã;T5;T6;loại số liệu;ngày báo cáo\nX;{rest};20/06/2019\n", encoding="utf-8")
        inbox = read_inbox([str(first), str(second)], PLAN, Options())
        known = inbox.figures.known_on(None)
        codes = [finding.rule.code for finding in (*inbox.findings, *checks.check(PLAN, inbox.figures))]
        said[rest] = {figure.stretch[0]: int(figure.value or 0) for figure in known.of("X").figures()}, codes
    assert said[";215;rút"] == ({5: 200}, ["figure-withdrawn", "later-blank"])
    assert said[";;rút"] == ({}, ["figure-withdrawn"] * 2)
    assert said[";216;"][0] == {5: 200, 6: 216}
    assert "later-blank" in said[";216;"][1]
