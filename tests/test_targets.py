"""The targets of real plans: strict bounds, a bound with an aim, and how they are printed and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from make import f, figure, indicator, known, period, plan, target

from vinhchau_kpi import cli
from vinhchau_kpi.consistency import inconsistencies
from vinhchau_kpi.messages import EN, VI
from vinhchau_kpi.report import report
from vinhchau_kpi.views import words
from vinhchau_kpi.views.district import caveats, groups, notes, numbering
from vinhchau_kpi.views.report import facts

PLAN = """id: p
year: 2019
units: {pc: {name: "%"}}
sections:
  - id: S
    indicators:
      - {code: X, name: x, unit: pc, measure: level, target: TARGET}
"""


def plan_check(path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> str:
    (path / "plan.yaml").write_text(text, encoding="utf-8")
    cli.main(["plan", "check", str(path / "plan.yaml"), "--lang", "en"])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("sense", "expected"),
    [
        ({"above": "97"}, "> 97"),
        ({"below": "1.2"}, "< 1,2"),
        ({"at_least": ["7.5", "8"]}, "≥ 7,5 – 8"),
        ({"at_most": ["4.5", "5"]}, "≤ 4,5 – 5"),
        ({"between": ["2", "4"]}, "2 – 4"),
        ({"at_least": "16", "out_of": "19"}, "16/19"),
    ],
)
def test_shown(sense: dict[str, Any], expected: str) -> None:
    """Each sense of a target is told from the others by its sign."""
    assert words.target(target(**sense), VI) == expected


@pytest.mark.parametrize(
    ("plan", "printed", "fits"),
    [
        ("{above: 97}", "trên 97%", True),
        ("{above: 97}", "đạt trên 97 %", True),
        ("{above: 97}", "> 97", True),
        ("{above: 97}", "98", False),
        ("{at_least: 97}", "≥ 97", True),
        ("{at_least: 86}", "đạt từ 86% trở lên", True),
        ("{below: 1.2}", "dưới 1,2%", True),
        ("{at_most: 5}", "không quá 5", True),
        ("{at_least: [7.5, 8]}", "7,5 - 8,0", True),
        ("{at_least: [7.5, 8]}", "7,5% – 8%", True),
        ("{at_least: [7.5, 8]}", "từ 7,5 đến 8", True),
        ("{at_least: [7.5, 8]}", "7,5 - 9", False),
        ("{at_least: [7.5, 8]}", "7,5", True),
        ("{at_least: 7.5}", "7,5 - 8", False),
    ],
)
def test_printed_targets_are_the_plan_s(plan: str, printed: str, *, fits: bool, tmp_path: Path) -> None:
    """A printed target is found to be the plan's whatever words and signs stand about its numbers, and nothing else is."""
    (tmp_path / "plan.yaml").write_text(PLAN.replace("TARGET", plan), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"mã;kế hoạch;kỳ;thực hiện\nX;{printed};2019-01;50\n", encoding="utf-8")
    assert cli.main(["validate", str(tmp_path / "a.csv"), "--plan", str(tmp_path / "plan.yaml")]) == (0 if fits else 1)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("{at_least: [8, 7.5]}", "plan.yaml:7:"),
        ("{at_least: [8]}", "plan.yaml:7:"),
        ("{at_least: [7.500, 8]}", "plan.yaml:7:"),
        ("{above: 8, at_least: 7}", "plan.yaml:7:"),
        ("{above: [7, 8]}", "plan.yaml:7:"),
    ],
)
def test_what_is_no_target(plan: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two numbers in the wrong order, one number too few, two readings, two senses and a strict bound of two numbers are refused."""
    said = "".join(
        plan_check(tmp_path, PLAN.replace("TARGET", plan), capsys).split()
    )  # A long path is broken anywhere.
    assert "".join(expected.split()) in said


def under(*children: dict[str, Any]) -> dict[str, Any]:
    return {"code": "H", "name": "Diện tích", "children": list(children)}


HEADED = plan(indicator("A"), under(indicator("B"), {**under(indicator("C")), "code": "H.1"}))


def test_a_heading_is_printed_and_not_counted() -> None:
    """A line without target and unit stands over its rows, which name it as parent; it has no row and counts for nothing."""
    found = report(HEADED, known(figure("01", "100", code="B")), period("01"))
    fact = facts(found, found, VI)
    assert [(row["code"], row["parent"]) for row in fact["rows"]] == [("A", None), ("B", "H"), ("C", "H.1")]
    assert fact["headings"] == [{"code": "H", "name": "Diện tích"}, {"code": "H.1", "name": "Diện tích"}]
    assert fact["summary"]["indicators"] == 3
    (group,) = groups(found)
    begun = [(one.row.code, one.depth, [(of.code, depth) for of, depth in one.headings]) for one in group.rows]
    assert begun == [("A", 0, []), ("B", 1, [("H", 0)]), ("C", 2, [("H.1", 1)])]
    assert numbering(HEADED) == {"S": "I", "A": "1", "H": "2", "B": "2.1", "H.1": "2.2", "C": "2.2.1"}


def test_parts_under_a_heading_are_parts_of_the_whole() -> None:
    """A heading between a whole and its parts is looked through."""
    whole = plan(indicator("W", parts="complete", children=[under(indicator("B"), indicator("C"))]))
    assert [one.code for one in whole.entries["W"].indicator.children] == ["B", "C"]


@pytest.mark.parametrize(
    ("row", "code"),
    [("H;;1", 1), (";Diện tích;1", 1), ("H;;", 0), (";Diện tích;", 0), ("X;x;1", 0)],
)
def test_a_heading_has_no_figure(row: str, code: int, tmp_path: Path) -> None:
    """A figure for a heading, by its code or its name, is an error; a blank row of one is nothing."""
    heading = "      - {code: H, name: Diện tích, children: [{code: X, name: x, unit: pc, target: {at_least: 5}}]}\n"
    lines = PLAN.splitlines(keepends=True)[:-1]
    (tmp_path / "plan.yaml").write_text("".join([*lines, heading]), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"mã;chỉ tiêu;thực hiện;kỳ\n{row};2019-01\nX;x;2;2019-02\n", encoding="utf-8")
    assert cli.main(["validate", str(tmp_path / "a.csv"), "--plan", str(tmp_path / "plan.yaml")]) == code


@pytest.mark.parametrize(
    ("counted", "own", "expected"),
    [("all", None, 3), ("top", None, 2), ("all", "false", 2), ("top", "true", 3)],
)
def test_what_is_counted(counted: str, own: str | None, expected: int) -> None:
    """A plan counts all its indicators or those that are part of none; what one says of itself goes before that."""
    part = indicator("A.1", **({} if own is None else {"counted": own}))
    of = plan(indicator("A", children=[part]), under(indicator("B")), counted=counted)
    found = report(of, known(), period("01"))
    fact = facts(found, found, VI)
    assert len(fact["rows"]) == 3
    assert fact["summary"]["indicators"] == expected == fact["summary"]["not_reported"]


@pytest.mark.parametrize(
    ("figures", "when", "on", "expected"),
    [
        ([("06", "0")], "06", None, "not_yet"),
        ([("07", "0")], "07", None, "overdue"),
        ([("07", "0")], "07", "2019-06-30", "not_reported"),
        ([("06", "0"), ("07", "1")], "07", None, "met"),
        ([("06", "0"), ("12", "0")], "12", None, "overdue"),
        ([("05", "0")], "07", None, "not_yet"),
        ([], "07", None, "not_reported"),
    ],
)
def test_a_commitment_with_a_day(figures: list[tuple[str, str]], when: str, on: str | None, expected: str) -> None:
    """Said not to be kept after its day it is overdue; on that day it is not, nor is one of which nothing is known since."""
    of = plan(indicator(), commitments=[{"code": "P", "name": "p", "due": "2019-06-30"}])
    rows = [figure(month, value, code="P", on=f"2019-{month}-28") for month, value in figures]
    rows += [figure(month, "1", on="2019-01-28") for month, _ in figures if month != "05"]
    found = report(of, known(*rows, on=on), period(when))
    fact = facts(found, found, VI)
    assert fact["commitments"][0]["status"] == expected
    assert fact["summary"]["overdue"] == (expected == "overdue")
    assert fact["commitments"][0]["due"] == "2019-06-30"


ASSIGNED = {"at_least": "11000", "assigned": {"tinh": "10600", "huyen": "14000"}}
ASSIGNERS = {"tinh": {"name": "UBND tỉnh giao"}, "huyen": {"name": "HĐND giao"}}


def test_targets_that_others_have_set() -> None:
    """The plan's own target judges; of each that others have set for the same thing there is a percent, in every view."""
    of = plan(indicator(target=ASSIGNED, measure="level"), assigners=ASSIGNERS)
    assert not list(inconsistencies(of))
    (row,) = report(of, known(figure("06", "12349")), period("06")).rows
    assert (row.status, [(who, one) for who, _, one in row.assigned]) == (
        "exceeded", [("tinh", f("116.5")), ("huyen", f("1234900/14000"))]
    )  # fmt: skip
    whole = report(of, known(figure("06", "12349")), period("06"))
    told = facts(whole, whole, EN)["rows"][0]["assigned"]
    assert {who: (one["target"], str(one["percent"])) for who, one in told.items()} == {
        "tinh": ({"at_least": 10600}, "116.5"), "huyen": ({"at_least": 14000}, "88.207143")
    }  # fmt: skip
    words_ = ["UBND tỉnh giao: 10.600 tấn, đạt 116,50 %", "HĐND giao: 14.000 tấn, đạt 88,21 %"]
    assert list(caveats(of, row, VI)) == words_
    assert [one for one in notes(whole, VI) if one.startswith("X: ")] == [f"X: {one}." for one in words_]
    (silent,) = report(of, known(), period("06")).rows
    assert list(caveats(of, silent, EN)) == ["UBND tỉnh giao: 10,600 tấn", "HĐND giao: 14,000 tấn"]


def test_what_others_cannot_have_set() -> None:
    """A number of somebody the plan does not name, or beside a target that is none."""
    loc = ("sections", 0, "indicators", 0)
    unknown = plan(indicator(target=ASSIGNED))
    assert [one for one, _, _ in inconsistencies(unknown)] == [(*loc, "target", "assigned", who) for who in ASSIGNERS]
    promise = plan(indicator(target={"achieved": "true", "assigned": {"tinh": "1"}}), assigners=ASSIGNERS)
    assert [one for one, _, _ in inconsistencies(promise)] == [(*loc, "target", "assigned", "tinh")]
    revised = {"effective": "2019-07-01", "target": {"at_least": "9", "assigned": {"x": "8"}}}
    later = plan(indicator(revisions=[revised]))
    assert [one for one, _, _ in inconsistencies(later)] == [(*loc, "revisions", 0, "target", "assigned", "x")]
