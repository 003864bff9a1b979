"""The corpus of dirty files: each is read as the same six figures, or refused by name at its place.

`dirty/make.py` makes the files; `dirty/outcomes.csv` says what becomes of each.
"""

from __future__ import annotations

import csv
import json
import shlex
from decimal import Decimal
from pathlib import Path

import pytest
from transcript import kpi

from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.read.submission import Options, Submission, read_submission
from vinhchau_kpi.messages import VI
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan

DIRTY = Path(__file__).parent.parent.parent / "dirty"
OUTCOMES = list(csv.DictReader((DIRTY / "outcomes.csv").read_text(encoding="utf-8").splitlines()))
READ = [row for row in OUTCOMES if row["outcome"] == "read"]
REFUSED = [row for row in OUTCOMES if row["outcome"] != "read"]
FIGURES = {
    ("KT-02", "2019-06", Decimal(3342)),
    ("KT-03", "2019-06", Decimal("6876.5")),
    ("KT-10", "2019-06", Decimal(0)),
    ("KT-11", "2019-06", Decimal("38.064")),
    ("LD-02", "2019-06", Decimal(214)),
    ("YT-02", "2019-06", Decimal("49.2")),
}


def options(arguments: str) -> Options:
    given = dict(zip(shlex.split(arguments)[::2], shlex.split(arguments)[1::2], strict=True))
    return Options(
        numbers=Convention(given["--numbers"]) if "--numbers" in given else None,
        encoding=Encoding(given["--encoding"]) if "--encoding" in given else None,
        sheet=given.get("--sheet"),
    )


def submission(row: dict[str, str], plan: Plan) -> Submission:
    return read_submission(InputFile(DIRTY / "files" / row["file"]), plan, options(row["arguments"]))


def test_the_corpus_is_whole() -> None:
    """At least sixty files, each with its outcome, and no file without one."""
    assert len(OUTCOMES) >= 60
    assert sorted(row["file"] for row in OUTCOMES) == sorted(path.name for path in (DIRTY / "files").iterdir())


@pytest.mark.parametrize("row", READ, ids=lambda row: row["file"])
def test_a_file_with_one_meaning_is_read(row: dict[str, str], plan2019: Plan) -> None:
    """However it is dressed, the file gives the six figures exactly, and the warnings that are expected and no more."""
    found = submission(row, plan2019)
    assert [str(f.place) + f.message(VI) for f in found.findings if f.is_error] == []
    assert {(f.code, str(f.period), f.value) for f in found.figures} == FIGURES
    assert len(found.figures) == len(FIGURES)
    assert sorted({finding.rule.code for finding in found.findings}) == row["warnings"].split()
    assert {str(f.reported_on) for f in found.figures} == {"2019-06-18"}


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row["file"])
def test_a_file_that_could_mean_more_is_refused(row: dict[str, str], plan2019: Plan) -> None:
    """The errors are those expected, at their very places."""
    found = submission(row, plan2019)
    errors = []
    for finding in found.findings:
        if finding.is_error:
            place = str(finding.place).removeprefix(str(DIRTY / "files" / row["file"])).lstrip(":")
            errors.append(f"{finding.rule.code}@{place}")
    assert errors == row["outcome"].split()


def test_the_whole_corpus_through_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kpi validate` over the folder says a line of each file, and leaves every byte as it was."""
    monkeypatch.chdir(DIRTY)
    before = {path: path.read_bytes() for path in Path("files").iterdir()}
    run = kpi("validate", "files", "--lang", "vi")
    assert run.code == 1
    for row in OUTCOMES:
        assert row["file"] in run.stdout
    assert json.loads(kpi("validate", "files", "--format", "json", "--explain").stdout)["files"]
    assert {path: path.read_bytes() for path in Path("files").iterdir()} == before
