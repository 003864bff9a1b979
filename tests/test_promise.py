"""Commitments that areas report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from make import figure, indicator, period, plan
from transcript import kpi

from vinhchau_kpi.checks import check
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.report import report

PLAN = plan(areas="ab", commitments=[{"code": "P", "name": "promise"}])


@pytest.mark.parametrize(
    ("said", "until", "status"),
    [
        ([("01", "1", "a"), ("02", "1", "b")], "06", "met"),
        ([("01", "1", "a"), ("02", "0", "b")], "06", "not_yet"),
        ([("01", "1", "a"), ("12", "0", "b")], "12", "not_met"),
        ([("01", "1", "a")], "06", "incomplete"),
        ([("01", "0", "a")], "06", "not_yet"),
        ([("01", "0", "a"), ("02", "1", "a"), ("02", "1", "b")], "06", "met"),
        ([("02", "1", "a"), ("02", "1", "b"), ("02", "0", None)], "06", "not_yet"),
        ([("03", "1", "a"), ("03", "1", "b"), ("02", "0", None)], "06", "met"),
        ([("07", "1", "a")], "06", "not_reported"),
    ],
)
def test_kept_where_all_areas_keep_it(said: list[tuple[str, str, str | None]], until: str, status: str) -> None:
    """By the last word of each; one that does not keep it is enough, one that is silent leaves it open, and the whole's own
    word goes before theirs of the same or an earlier period."""
    figures = PlainFigures(tuple(figure(when, value, "P", area=area) for when, value, area in said))
    figures = PlainFigures((*figures.rows, figure("12", "5")))
    (row,) = report(PLAN, figures.known_on(None), period(until)).commitments
    assert row.status.value == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([("01", "1", "a"), ("02", "1", "b")], "met"),
        ([("01", "1", "a"), ("02", "0", "b")], "not_yet"),
        ([("01", "0", "a")], "not_yet"),
        ([("06", "1", "a")], "incomplete"),
        ([("02", "1", "a"), ("02", "1", "b"), ("02", "0", None)], "not_yet"),
        ([("02", "0", None), ("03", "1", "a"), ("03", "1", "b")], "met"),
    ],
)
def test_a_yes_or_no_of_areas(said: list[tuple[str, str, str | None]], status: str) -> None:
    """An indicator that is kept or not is judged of its areas as a promise is, and is never one that cannot be added up."""
    of = plan(indicator(target={"achieved": "true"}, unit="yes", measure="level"), areas="ab")
    figures = PlainFigures(tuple(figure(when, value, area=area) for when, value, area in said))
    (row,) = report(of, figures.known_on(None), period("06")).rows
    assert row.status.value == status
    assert (row.by_area is not None) == (said[-1][2] is not None)
    assert not [one for one in check(of, figures) if one.is_error or one.rule.code == "areas-cannot-add"]


def test_areas_nobody_lists() -> None:
    """Where the plan lists none, those that have reported are all."""
    of = plan(commitments=[{"code": "P", "name": "promise"}])
    known = PlainFigures((figure("01", "1", "P", area="a"),)).known_on(None)
    (row,) = report(of, known, period("06")).commitments
    assert row.status.value == "met"


def test_how_many_of_how_many(tmp_path: Path) -> None:
    """Every form says in how many areas it is kept, and the names of the others; no finding says that they cannot be added."""
    plan_file, file = tmp_path / "plan.yaml", tmp_path / "a.csv"
    plan_file.write_text(
        "id: x\nyear: 2019\nunits: {t: {name: tấn}}\nareas: {a: {name: xã A}, b: {name: xã B}, c: {name: xã C}}\nsections:\n"
        "  - id: S\n    commitments: [{code: P, name: Hội nghị}]\n",
        encoding="utf-8",
    )
    file.write_text("mã;kỳ;thực hiện;xã\nP;T6/2019;có;xã A\nP;T6/2019;không;xã B\n", encoding="utf-8")
    asked = ("report", "T6", "--plan", str(plan_file), "--actuals", str(file), "--lang", "vi")
    run = kpi(*asked)
    assert "đạt tại 1/3 địa bàn; chưa đạt: xã B; chưa báo cáo: xã C" in " ".join(run.stdout.split())
    assert not run.stderr
    (row,) = json.loads(kpi(*asked, "--format", "json").stdout)["commitments"]
    assert (row["status"], row["value_period"]) == ("not_yet", "2019-06")
    assert row["areas"] == {"kept": ["a"], "not_kept": ["b"], "not_reported": ["c"]}
    for name in ("a.html", "a.xlsx", "a.docx", "a.csv"):
        assert kpi(*asked, "-o", str(tmp_path / f"out-{name}")).code == 0
    shown = kpi("show", "P", "T6", "--plan", str(plan_file), "--actuals", str(file), "--lang", "vi").stdout
    assert "1/3 địa bàn" in shown
