"""SECURITY.md: each promise has its test, each limit is the program's."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
from pathlib import Path

import openpyxl
import pytest
from transcript import ROOT, kpi

import vinhchau_kpi
from vinhchau_kpi.intake import office
from vinhchau_kpi.intake.cut.workbook import read_workbook
from vinhchau_kpi.intake.open import walk

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TESTS = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
LIMITS = re.findall(r"\| ([0-9]+) \| `([\w.]+)\.(\w+)` \| `tests/", TEXT)


def test_every_promise_has_a_test_that_is_there() -> None:
    """A row of the table of promises names tests, and each of them exists."""
    promises = TEXT.partition("## What holds")[2].partition("## Limits")[0]
    assert all("`tests/" in line for line in promises.splitlines()[4:] if line.startswith("|"))
    for file, name in TESTS:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), (file, name)


@pytest.mark.parametrize(("number", "module", "name"), LIMITS)
def test_every_limit_is_the_one_of_the_program(number: str, module: str, name: str) -> None:
    """The number that the page gives is the one that the program holds to."""
    assert getattr(importlib.import_module(module), name) == int(number)


def test_every_limit_is_on_the_page() -> None:
    """What refuses a file for its size is told, with the test that holds it."""
    named = {(module, name) for _, module, name in LIMITS}
    for found in pkgutil.walk_packages(vinhchau_kpi.__path__, "vinhchau_kpi."):
        if not found.name.endswith("__main__"):
            source = Path(str(importlib.import_module(found.name).__file__)).read_text(encoding="utf-8")
            for name in re.findall(r"^(\w+_LIMIT) = ", source, re.MULTILINE):
                assert (found.name, name) in named


def test_settings_that_are_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `kpi.toml` over the limit is named, and not read."""
    monkeypatch.chdir(tmp_path)
    Path("kpi.toml").write_bytes(b"#" * (office.SIZE_LIMIT + 1))
    run = kpi("plan", "--lang", "en")
    assert (run.code, "kpi.toml cannot be used: it is too large" in run.stderr) == (2, True)


def test_a_header_that_is_too_wide_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a row wider than the limit no header is made, and the file is refused."""
    monkeypatch.chdir(tmp_path)
    headings = ["code", "period", "value", *map("x{}".format, range(998))]
    Path("wide.csv").write_text(",".join(headings) + "\nKT-02,2019-01,5\n", encoding="utf-8")
    run = kpi("validate", "wide.csv", "--lang", "en")
    assert run.code == 1
    assert "1,001 columns" in run.stdout or "row-too-wide" in run.stdout


def test_very_many_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook with more sheets than the limit is too large."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("b")
    book.save(out)
    assert not read_workbook(out.getvalue(), "x.xlsx").findings
    monkeypatch.setattr(walk, "SHEETS_LIMIT", 1)
    assert [finding.rule.code for finding in read_workbook(out.getvalue(), "x.xlsx").findings] == ["workbook-too-large"]
