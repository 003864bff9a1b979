"""`kpi.toml`, which holds in its folder: what it sets, what beats it, and in which words its faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcript import kpi

from vinhchau_kpi.intake.office import folders, office

PLAN = """\
id: x
year: 2019
title: Plan of our own
units: {ha: {name: ha}}
sections:
  - {id: KT, title: Economy, indicators: [{code: KT-01, name: Rice, unit: ha, target: {at_least: 100}}]}
"""
FIGURES = "mã;kỳ;thực hiện\nKT-01;2019-06;40\n"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / "kt.csv").write_text(FIGURES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_a_plan_in_the_folder_is_used_and_said() -> None:
    """A plan.yaml beside the folder of figures, or in it, goes before the bundled plan, and is named; one that is named wins."""
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    run = kpi("report", "--lang", "en")
    assert "Plan of our own" in run.stdout
    assert "Plan: plan.yaml" in run.stderr
    Path("plan.yaml").rename("actuals/plan.yaml")
    run = kpi("report", "--lang", "en")
    assert ("Plan of our own" in run.stdout, run.code) == (True, 0)
    Path("other.yaml").write_text(PLAN.replace("our own", "others"), encoding="utf-8")
    run = kpi("report", "--lang", "en", "--plan", "other.yaml")
    assert "Plan of others" in run.stdout
    assert "Plan:" not in run.stderr


def test_two_plans_beside_the_figures_are_refused() -> None:
    """Figures from two folders with a plan each: nobody guesses which is meant."""
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, "plan.yaml").write_text(PLAN, encoding="utf-8")
        Path(name, "kt.csv").write_text(FIGURES, encoding="utf-8")
    run = kpi("report", "--actuals", "a", "--actuals", "b", "--lang", "en")
    assert run.code == 2
    assert "a/plan.yaml, b/plan.yaml" in run.stderr


def test_an_option_beats_a_variable_beats_the_file() -> None:
    """Paths in kpi.toml are relative to it; --actuals beats KPI_ACTUALS beats kpi.toml."""
    Path("sub").mkdir()
    Path("sub", "kh.yaml").write_text(PLAN, encoding="utf-8")
    Path("actuals").rename("sub/figures")
    Path("kpi.toml").write_text('plan = "sub/kh.yaml"\nactuals = "sub/figures"\n', encoding="utf-8")
    for name, value in (("variable", 50), ("option", 60)):
        Path(f"{name}.csv").write_text(FIGURES.replace("40", str(value)), encoding="utf-8")
    assert " 40.00 " in kpi("report", "--lang", "en").stdout
    variable = {"KPI_ACTUALS": "variable.csv"}
    assert " 50.00 " in kpi("report", "--lang", "en", env=variable).stdout
    assert " 60.00 " in kpi("report", "--lang", "en", "--actuals", "option.csv", env=variable).stdout


def test_the_file_is_found_from_a_folder_below(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command in a folder below finds kpi.toml, and its paths lead from there."""
    Path("kpi.toml").write_text('actuals = "figures"\n', encoding="utf-8")
    monkeypatch.chdir("actuals")
    assert next(iter(folders())) == Path()
    assert office().actuals_path == str(tmp_path / "figures")


def test_what_is_said_of_the_office() -> None:
    """The keys of papers and letters are read as they stand, in composed letters; what is not said is None."""
    Path("kpi.toml").write_text(
        'office = " Văn phòng "\nsigner = "Vụ tru\u031bởng"\nworking_days = 3\n', encoding="utf-8"
    )
    found = office()
    assert (found.name, found.signer, found.parent, found.working_days) == ("Văn phòng", "Vụ trưởng", None, 3)


def test_papers_are_in_the_language_of_the_office() -> None:
    """What is handed on is in Vietnamese, or as kpi.toml says, whatever the computer's language; the screen is in that. Who
    asks for a language gets it everywhere."""
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    computer = {"LANG": "en_US.UTF-8"}

    def page(*more: str, **env: str) -> str:
        assert kpi("report", "-o", "a.html", *more, env=computer | env).code == 0
        return Path("a.html").read_text(encoding="utf-8")

    assert 'lang="vi"' in page()
    assert "% of plan" in kpi("report", env=computer).stdout
    assert 'lang="en"' in page("--lang", "en")
    assert 'lang="en"' in page(KPI_LANG="en")
    Path("kpi.toml").write_text('papers = "en"\n', encoding="utf-8")
    assert 'lang="en"' in page(LANG="vi_VN.UTF-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# ours\nplans = 'x.yaml'\n", "line 2: there is no key plans. Did you mean plan, place?"),
        ("numbers = 'fr'\n", "line 1: numbers is one of vi, en"),
        ("working_days = 'hai'\n", "line 1: working_days is a whole number from 0 to 60"),
        ("\noffce = 'x'\n", "line 2: there is no key offce. Did you mean office?"),
        ("actuals = 3\n", "line 1: actuals is a text between quotation marks"),
        (f"plan = {'[' * 5000}", "line 1: this is not written as TOML has it"),
        ("plan = x.yaml\n", "line 1: this is not written as TOML has it"),
        ('plan = "C:\\users"\n', "line 1: this is not written as TOML has it"),
        ("\nplan = 'a'\nplan = 'b'\n", "line 3: this is not written as TOML has it"),
    ],
)
def test_faults_are_told_with_their_line(text: str, says: str) -> None:
    """A kpi.toml that cannot be used stops every command that needs it, in a sentence."""
    Path("kpi.toml").write_text(text, encoding="utf-8")
    run = kpi("report", "--lang", "en")
    assert (run.code, run.stdout) == (2, "")
    assert f"kpi.toml cannot be used, {says}" in run.stderr
