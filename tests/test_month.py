"""A month's work in one folder: begun by `kpi init`."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcript import kpi


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_init_begins_a_folder_that_commands_work_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it writes is read back: the settings, the plan, the folder."""
    run = kpi("init", "2019", "--lang", "vi")
    assert run.code == 0, run.stderr
    monkeypatch.chdir("2019")
    assert Path("actuals").is_dir()
    assert kpi("plan", "check", "plan.yaml").code == 0
    run = kpi("template", "2019-07", "--agency", "thue")
    assert (run.code, "KT-14" in run.stdout, "plan.yaml" in run.stderr) == (0, True, True)


def test_init_never_writes_over_a_file() -> None:
    """Where the settings are there already it changes nothing and writes no other file."""
    Path("kpi.toml").write_text("ours", encoding="utf-8")
    run = kpi("init", "--lang", "en")
    assert run.code == 2
    assert "exists already" in run.stderr
    assert not Path("plan.yaml").exists()
    assert Path("kpi.toml").read_text(encoding="utf-8") == "ours"


def test_init_keeps_a_plan_that_is_there() -> None:
    """Who has imported a plan first is given the rest, and not told to replace it."""
    Path("plan.yaml").write_text("ours", encoding="utf-8")
    run = kpi("init", "--lang", "en")
    assert (run.code, "replace the plan" in run.stderr) == (0, False)
    assert Path("kpi.toml").exists()
    assert Path("plan.yaml").read_text(encoding="utf-8") == "ours"
