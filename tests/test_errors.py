"""Every rule has the smallest file that breaks it, and that file breaks nothing else.

`errors/<rule>/` holds the file and its transcript; `test_transcripts.py` compares the screens word for word. Here is
what is true of all of them, whatever the sentences say.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from transcript import Run, commands, kpi

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Rule
from vinhchau_kpi.intake.plan import file as plan_file
from vinhchau_kpi.intake.read import submission

HERE = Path(__file__).parent / "errors"
MADE = {"too-large"}
"""Rules whose file is too large to keep: the test makes it."""
FOLDERS = sorted(path.name for path in HERE.iterdir() if path.is_dir())
LANGUAGES = ("vi", "en")

WHERE: dict[str, tuple[int | None, int | None]] = {
    "unreadable-file": (None, None),
    "spreadsheet-file": (None, None),
    "encrypted-workbook": (None, None),
    "broken-workbook": (None, None),
    "workbook-too-large": (None, None),
    "several-sheets": (1, None),
    "sheet-of-other-period": (None, None),
    "file-of-totals": (2, 3),
    "unit-not-of-row": (4, 3),
    "no-such-sheet": (None, None),
    "sheet-not-read": (None, None),
    "table-not-read": (None, None),
    "merged-figure": (2, 3),
    "document-file": (None, None),
    "empty-file": (None, None),
    "hidden-figures": (2, 3),
    "struck-figure": (2, 3),
    "raised-digit": (2, 1),
    "period-is-date": (2, 2),
    "heading-over-several": (1, 2),
    "unclear-group": (2, 3),
    "second-table": (3, None),
    "undated-differs": (3, 3),
    "figure-withdrawn": (3, 3),
    "withdrawal-differs": (3, 3),
    "withdrawal-idle": (3, 3),
    "withdrawn-by-other": (3, 3),
    "later-blank": (3, 3),
    "withdrawn-in-note": (3, 6),
    "percent-as-fraction": (2, 3),
    "month-as-total": (4, 4),
    "mojibake": (2, 4),
    "tcvn3-letters": (2, 4),
    "vni-letters": (2, 4),
    "last-year": (2, 2),
    "lost-letters": (2, 4),
    "row-too-wide": (2, None),
    "mixed-layout": (1, 2),
    "column-without-period": (1, 4),
    "not-actual": (1, 2),
    "total-not-read": (2, 5),
    "total-row": (3, 1),
    "code-from-name": (2, 2),
    "ambiguous-name": (2, 2),
    "file-not-read": (None, None),
    "not-text": (1, 5),
    "mixed-encodings": (3, 21),
    "filled-with-nothing": (3, 1),
    "joined-files": (2, 19),
    "encoding": (2, 21),
    "quote-not-closed": (2, None),
    "cell-too-long": (2, None),
    "delimiter": (1, None),
    "missing-header": (1, None),
    "missing-column": (1, None),
    "period-from-title": (1, 1),
    "title-unclear": (1, 1),
    "doubled-header": (1, 4),
    "cross-table": (1, 3),
    "unknown-column": (1, 4),
    "ragged-row": (2, 4),
    "nothing-reported": (1, None),
    "missing-code": (3, 1),
    "unknown-indicator": (2, 1),
    "missing-period": (2, 2),
    "bad-period": (2, 2),
    "period-outside-year": (2, 2),
    "bad-number": (2, 3),
    "ambiguous-number": (2, 3),
    "mixed-conventions": (3, 3),
    "negative": (2, 3),
    "fraction-in-whole-unit": (2, 3),
    "out-of-range": (2, 3),
    "over-out-of": (2, 3),
    "bad-yes-no": (2, 3),
    "unknown-area": (3, 4),
    "area-outside-its-time": (2, 4),
    "codes-gone": (3, 1),
    "other-year": (2, 2),
    "area-unclear": (2, 4),
    "area-left-blank": (3, 4),
    "areas-alike": (3, 4),
    "area-is-sum": (5, 3),
    "unknown-agency": (2, 4),
    "wrong-agency": (2, 4),
    "bad-date": (2, 4),
    "bad-kind": (2, 4),
    "date-order": (2, 4),
    "dates-either-way": (3, 3),
    "mixed-dates": (2, 4),
    "heading-figure": (2, 1),
    "dash-as-zero": (2, 3),
    "date-unlikely": (2, 4),
    "cumulative-on-level": (2, 4),
    "incomplete-rate": (2, 5),
    "rate-disagrees": (2, 3),
    "shifted-row": (2, 2),
    "name-differs": (2, 2),
    "unit-differs": (2, 2),
    "target-differs": (2, 2),
    "doubled-figure": (3, 3),
    "conflicting-figures": (3, 3),
    "children-over-parent": (3, 3),
    "parts-do-not-add": (2, 3),
    "falling-cumulative": (3, 4),
    "cumulative-disagrees": (3, 4),
    "stretch-disagrees": (2, 3),
    "areas-disagree": (2, 3),
    "areas-incomplete": (2, 3),
    "areas-cannot-add": (2, 3),
    "official-counts": (3, 3),
    "whole-from-parts": (2, 3),
    "month-for-stretch": (2, 3),
    "rate-not-added": (2, 3),
    "magnitude": (3, 3),
    "month-again": (2, 3),
    "month-replaced": (2, 3),
    "one-row-off": (2, 3),
    "other-sender": (2, 3),
    "file-twice": (2, 3),
    "running-total": (4, 3),
    "zero-rate": (3, 3),
    "confirmation-column": (1, None),
    "confirmation-unsigned": (2, 5),
    "confirmation-idle": (2, 4),
    "plan-yaml": (10, 13),
    "plan-duplicate-key": (11, 9),
    "plan-yaml-surprise": (11, 28),
    "plan-alias": (15, 17),
    "plan-allocations": (15, 9),
    "plan-missing-key": (8, 9),
    "plan-unknown-key": (11, 18),
    "plan-bad-value": (12, 11),
    "plan-unknown-reference": (10, 9),
    "plan-doubled-code": (12, 9),
    "plan-parts": (11, 9),
    "odd-number": (3, 3),
    "plan-quotes": (8, 29),
    "plan-two-readings": (8, 59),
    "plan-code-changes": (8, 10),
    "plan-unit-per": (8, 59),
    "plan-open-reading": (12, 9),
    "scale-points": (3, 1),
    "scale-bands": (11, 17),
    "scale-band-over": (7, 70),
    "scale-unit-twice": (6, 21),
    "scale-not-measurable": (7, 33),
    "score-unknown-code": (2, 1),
    "score-unknown-unit": (2, 2),
    "score-not-possible": (2, 3),
    "score-stage": (2, 4),
    "score-twice": (3, 3),
    "score-total-differs": (2, 3),
    "score-without-reason": (2, 3),
}
"""The line and column where a person, having read the file, would put the finger. None: the fault has none.

A column is a cell of a CSV file, a character of a plan, and a byte of what is not text.
"""

WORKBOOKS = {
    "spreadsheet-file", "encrypted-workbook", "broken-workbook", "workbook-too-large", "several-sheets", "no-such-sheet", "sheet-of-other-period",
    "sheet-not-read", "merged-figure", "hidden-figures", "struck-figure", "raised-digit", "table-not-read", "mixed-dates",
}  # fmt: skip
NOT_QUOTED = WORKBOOKS | {
    "unreadable-file", "file-not-read", "not-text", "encoding", "mixed-encodings", "filled-with-nothing", "joined-files", "cell-too-long", "row-too-wide",
    "document-file", "empty-file", "other-year", "codes-gone",
}  # fmt: skip
"""Rules whose example is a file's name, bytes or a length, not lines of the file, or whose correction stands in the plan."""


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rule's folder, where the command runs."""
    copy = shutil.copytree(HERE / request.param, tmp_path / request.param)
    monkeypatch.chdir(copy)
    return copy


every_folder = pytest.mark.parametrize("folder", FOLDERS, indirect=True, ids=str)


def _rule(folder: Path) -> Rule:
    rule = rules.by_code(folder.name)
    assert rule is not None
    return rule


def _arguments(folder: Path) -> list[str]:
    """The arguments of the transcript's first command, without its language."""
    command = next(commands((folder / "screen.txt").read_text(encoding="utf-8")))
    program, *arguments, option, _ = shlex.split(command)
    assert (program, option) == ("kpi", "--lang")
    return arguments


def _bad(folder: Path) -> Path:
    return folder / _arguments(folder)[-1]


def _json(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_rule_has_its_folder() -> None:
    """Each rule is shown by a folder or made by a test; no folder is without a rule."""
    codes = [rule.code for rule in rules.ALL]
    assert sorted(codes) == sorted({*codes})
    assert sorted([*FOLDERS, *MADE]) == sorted(codes)
    assert sorted(WHERE) == FOLDERS


@every_folder
def test_transcript_says_what_is_wrong_and_shows_both_languages(folder: Path) -> None:
    """A transcript begins with one sentence, then shows the same command in Vietnamese and in English."""
    text = (folder / "screen.txt").read_text(encoding="utf-8")
    sentence, blank, *_ = text.splitlines()
    assert sentence.endswith(".")
    assert not blank
    base = shlex.join(["kpi", *_arguments(folder)])
    assert list(commands(text)) == [f"{base} --lang {language}" for language in LANGUAGES]


@every_folder
def test_screen_names_the_rule(folder: Path) -> None:
    """The kept screen of either language shows the rule's code, and no other rule's."""
    text = (folder / "screen.txt").read_text(encoding="utf-8")
    screens = text.split("\n$ ")[1:]
    assert len(screens) == len(LANGUAGES)
    for screen in screens:
        assert re.findall(r"\[([a-z0-9-]+)\]", screen) == [folder.name]


@every_folder
@pytest.mark.parametrize("language", LANGUAGES)
def test_exit_code(folder: Path, language: str) -> None:
    """An error exits with 1, a warning with 0, and neither writes to standard error."""
    run = kpi(*_arguments(folder), "--lang", language)
    assert run.code == (1 if _rule(folder).severity.value == "error" else 0)
    assert run.stderr == ""


@every_folder
def test_strict(folder: Path) -> None:
    """With --strict a warning exits with 1 too."""
    if _arguments(folder)[0] == "validate":
        assert kpi(*_arguments(folder), "--strict").code == 1


@every_folder
def test_nothing_is_written(folder: Path) -> None:
    """Checking leaves every file as it was, byte for byte, and makes none."""
    before = _contents(folder)
    kpi(*_arguments(folder))
    assert _contents(folder) == before


@every_folder
@pytest.mark.parametrize("language", LANGUAGES)
def test_exactly_one_finding(folder: Path, language: str) -> None:
    """The JSON output holds one finding: this rule's, at the very place of the fault, in words with no gap in them."""
    run = kpi(*_arguments(folder), "--lang", language, "--format", "json")
    (finding,) = _json(run)
    rule = _rule(folder)
    assert (finding["code"], finding["severity"]) == (rule.code, rule.severity.value)
    assert (finding["line"], finding["column"]) == WHERE[rule.code]
    file = str(finding["file"])
    assert (folder / file).exists()
    assert not Path(file).is_absolute()
    for sentence in (finding["message"], finding["fix"]):
        assert sentence
        assert not re.search(r"\{[a-z_]*\}", str(sentence))


@every_folder
def test_files_are_small(folder: Path) -> None:
    """A bad file is short enough to be read at a glance, and has LF line ends; a workbook has a sheet or two."""
    for name, data in _contents(folder).items():
        if name == "screen.txt":
            continue
        if folder.name in WORKBOOKS:
            assert len(data) <= 8000
            continue
        assert b"\r" not in data
        assert data.count(b"\n") <= (25 if name.endswith(".yaml") else 4)
        assert len(data) <= 600 or folder.name in ("cell-too-long", "row-too-wide")


@pytest.mark.parametrize(
    "folder", [code for code in FOLDERS if code not in NOT_QUOTED], indirect=True, ids=lambda code: code
)
def test_example_is_true(folder: Path) -> None:
    """The rule's example stands in the bad file, and with the rule's correction in its place nothing is objected to."""
    rule, bad = _rule(folder), _bad(folder)
    text = bad.read_text(encoding="utf-8")
    bad.write_text(_corrected(text, rule.example.split(" / "), rule.instead.split(" / ")), encoding="utf-8")
    run = kpi(*_arguments(folder), "--format", "json")
    assert (_json(run), run.code) == ([], 0)


def _corrected(text: str, wrong: list[str], right: list[str]) -> str:
    """`text` with the lines `wrong`, found one below the other, replaced by `right`."""
    spans: list[tuple[int, int]] = []
    at = 0
    for line in wrong:
        begin = text.index(line, at)
        at = begin + len(line)
        spans.append((begin, at))
    if len(wrong) != len(right):
        spans, right = [(spans[0][0], at)], ["\n".join(right)]
    for (begin, end), line in reversed(list(zip(spans, right, strict=True))):
        text = text[:begin] + line + text[end:]
    return text


SIZES = {"vi": ("1.000.001", "1.000.000"), "en": ("1,000,001", "1,000,000")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["plan", "submission"])
def test_too_large(what: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of one byte more than is read is refused with its size and the limit, in the reader's digits."""
    monkeypatch.chdir(tmp_path)
    name, *command = {"plan": ("bad.yaml", "plan", "check"), "submission": ("bad.csv", "validate")}[what]
    monkeypatch.setattr(submission, "SIZE_LIMIT", plan_file.SIZE_LIMIT)
    Path(name).write_bytes(b"#" * (plan_file.SIZE_LIMIT + 1))

    run = kpi(*command, name, "--lang", language)
    assert run.code == 1
    assert "[too-large]" in run.stdout
    assert all(size in run.stdout for size in SIZES[language])

    (finding,) = _json(kpi(*command, name, "--lang", language, "--format", "json"))
    expected = {"code": "too-large", "severity": "error", "file": name, "line": None, "column": None}
    assert {key: finding[key] for key in expected} == expected
    assert all(size in str(finding["message"]) for size in SIZES[language])
    assert Path(name).read_bytes() == b"#" * (plan_file.SIZE_LIMIT + 1)


def test_largest_plan_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of exactly as many bytes as are read is read."""
    monkeypatch.chdir(tmp_path)
    plan = plan_file.bundled().read_bytes()
    Path("plan.yaml").write_bytes(plan + b"\n" + b"#" * (plan_file.SIZE_LIMIT - len(plan) - 1))
    assert kpi("plan", "check", "plan.yaml").code == 0


def test_submission_limit() -> None:
    """A submission may have half a gigabyte."""
    assert submission.SIZE_LIMIT == 500_000_000


@pytest.mark.parametrize("depth", [plan_file.DEPTH_LIMIT + 1, 500])
def test_plan_nested_too_deep(depth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of more brackets than the limit is a finding at the first one too many."""
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text("a: " + "[" * depth + "]" * depth + "\n", encoding="utf-8")
    (finding,) = _json(kpi("plan", "check", "bad.yaml", "--format", "json"))
    assert (finding["code"], finding["line"], finding["column"]) == ("plan-yaml", 1, 3 + plan_file.DEPTH_LIMIT)


def test_plan_nested_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of fifty thousand brackets is a finding, not a crash, whether libyaml counts them itself or not."""
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text("a: " + "[" * 50_000 + "]" * 50_000 + "\n", encoding="utf-8")
    run = kpi("plan", "check", "bad.yaml", "--format", "json")
    (finding,) = _json(run)
    assert (run.code, finding["code"], finding["line"]) == (1, "plan-yaml", 1)


def test_cumulative_of_a_part_is_shown_in_its_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part whose cumulative exceeds the whole's is shown at the cumulative, though a value stands before it."""
    monkeypatch.chdir(tmp_path)
    rows = ("mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế", "KT-02;2019-01;1200;1200", "KT-02.1;2019-01;1100;1300")
    Path("bad.csv").write_text("\n".join(rows), encoding="utf-8")
    found = _json(kpi("validate", "bad.csv", "--format", "json"))
    places = [(one["line"], one["column"]) for one in found if one["code"] == "children-over-parent"]
    assert places == [(3, 4)]
