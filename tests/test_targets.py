"""The targets of real plans: strict bounds, a bound with an aim, and how they are printed and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from make import target

from vinhchau_kpi import cli
from vinhchau_kpi.messages import VI
from vinhchau_kpi.views import words

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
    assert expected in plan_check(tmp_path, PLAN.replace("TARGET", plan), capsys)
