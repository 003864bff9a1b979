"""Findings: every one counted, the first of each rule kept, the rest put aside for whoever asks for all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from transcript import ROOT, kpi

from vinhchau_kpi import finding as findings_of
from vinhchau_kpi import rules
from vinhchau_kpi.answers import OFFICES_OWN
from vinhchau_kpi.finding import KEPT, Finding, Findings, Place
from vinhchau_kpi.messages import EN, did_you_mean
from vinhchau_kpi.output import Shelf
from vinhchau_kpi.period import Period

CODES = tuple(f"KT-{n:02d}" for n in range(1, 40))
FAULTS = 2 * KEPT + 5


def unknown(line: int, file: str = "a.csv") -> Finding:
    args = {"value": f"KT-{line % 7}0o", "suggestion": did_you_mean(f"KT-{line % 7}", CODES)}
    return Finding(rules.UNKNOWN_INDICATOR, Place(file, line, 1), args)


def jump(line: int) -> Finding:
    return Finding(rules.MAGNITUDE, Place("b.csv", line, 4), {"code": "KT-01", "period": Period(2019, 1, 3)})


def test_all_are_counted_and_the_first_of_each_rule_kept() -> None:
    """A rule that is broken very often does not push another out; counts are by rule and by file."""
    found = Findings(map(unknown, range(1, FAULTS + 1)))
    found.extend(map(jump, (7, 8)))
    assert (found.total, found.errors, found.warnings) == (FAULTS + 2, FAULTS, 2)
    assert found.by_rule == {rules.UNKNOWN_INDICATOR: FAULTS, rules.MAGNITUDE: 2}
    assert found.by_file(errors=True) == {"a.csv": FAULTS}
    assert found.by_file(errors=False) == {"b.csv": 2}
    assert [one.place.line for one in found] == [*range(1, KEPT + 1), 7, 8]
    assert list(found.every()) == list(found)


def test_the_first_by_place_are_kept() -> None:
    """In which order they were found does not decide which are kept, nor in which order all are told."""
    lines = [(7 * n) % FAULTS for n in range(FAULTS)]
    shelf = Shelf()
    found = Findings(map(unknown, lines), shelf)
    assert sorted(one.place.line or 0 for one in found) == list(range(KEPT))
    assert [one.place.line for one in found.every()] == list(range(FAULTS))


def test_what_was_said_is_not_said_again_unless_not_all_is_kept() -> None:
    """A rule of which some findings were only counted is told whole, with its count, rather than cut short."""
    found = Findings([jump(1), jump(2), *map(unknown, range(FAULTS))])
    said = {("magnitude", jump(1).place), *(("unknown-indicator", unknown(line).place) for line in range(FAULTS))}
    left = found.without(said)
    assert left.by_rule == {rules.MAGNITUDE: 1, rules.UNKNOWN_INDICATOR: FAULTS}
    assert found.without(said | {("magnitude", jump(2).place)}).by_rule == {rules.UNKNOWN_INDICATOR: FAULTS}


def test_putting_together_counts_what_each_only_counted() -> None:
    """Findings of several files are as many as those of the files."""
    files = [Findings(unknown(line, name) for line in range(FAULTS)) for name in "ab"]
    whole = Findings([jump(1)])
    for one in files:
        whole.extend(one)
    assert whole.total == 2 * FAULTS + 1
    assert whole.by_file(errors=True) == {"a": FAULTS, "b": FAULTS}
    assert sum(1 for _ in whole) == KEPT + 1


def test_none_is_lost_where_all_are_asked_for() -> None:
    """What is put aside comes back as it was, each rule's in its order, as often as it is asked for."""
    every = [unknown(line) for line in range(FAULTS)]
    shelf = Shelf()
    files = [Findings(every[: KEPT + 3], shelf), Findings(every[KEPT + 3 :], shelf)]
    whole = Findings(beyond=shelf)
    for one in files:
        whole.extend(one)
    for _ in range(2):
        assert list(whole.every()) == every
        assert list(whole.of(rules.UNKNOWN_INDICATOR)) == every
    assert {one.place: one.message(EN) for one in whole.every()} == {one.place: one.message(EN) for one in every}
    assert list(whole.of(rules.MAGNITUDE)) == []


def test_what_was_put_aside_can_be_taken_back() -> None:
    """A file that is read again in another way leaves none of its findings behind."""
    shelf = Shelf()
    shelf.put([unknown(1)])
    mark = shelf.mark()
    for line in (2, 3):
        shelf.put([unknown(line)])
        shelf.put([jump(line)])
    shelf.go_back(mark)
    shelf.put([unknown(4)])
    assert [one.place.line for one in shelf.of(rules.UNKNOWN_INDICATOR)] == [1, 4]
    assert list(shelf.of(rules.MAGNITUDE)) == []


def test_in_order_is_by_file_line_and_column() -> None:
    """The order a person would mend them in, with the counts as they were."""
    found = Findings([jump(2), unknown(9), unknown(3)]).in_order()
    assert [str(one.place) for one in found] == ["a.csv:3:1", "a.csv:9:1", "b.csv:2:4"]
    assert found.total == 3


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with 60 unknown codes where 10 findings of a rule are kept."""
    monkeypatch.setattr(findings_of, "KEPT", 10)
    monkeypatch.setattr("vinhchau_kpi.views.findings.KEPT", 10)
    file = tmp_path / "a.csv"
    rows = "".join(f"KT-9{n},2019-06,{n}\n" for n in range(60))
    file.write_text("indicator,period,value\n" + rows, encoding="utf-8")
    return file


LINES = list(range(2, 62))


@pytest.mark.parametrize("form", ["json", "csv", "github"])
def test_programs_get_every_finding(form: str, faulty: Path) -> None:
    """JSON, CSV and GitHub's commands name each of sixty faults, by its line, whether kept or put aside."""
    text = kpi("validate", str(faulty), "--format", form, "--lang", "en").stdout
    if form == "json":
        assert [one["line"] for one in json.loads(text)] == LINES
    else:
        assert text.count("unknown-indicator") == 60
        assert all(f"line={line}," in text or f"a.csv,,{line}," in text for line in LINES)


def test_a_person_gets_the_count_and_every_one_on_demand(faulty: Path, tmp_path: Path) -> None:
    """The screen counts all and shows the first; with --all each has its line; Markdown says how many it leaves out."""
    short = kpi("validate", str(faulty), "--lang", "en").stdout
    assert "× 60" in short
    assert "So in 60 of 60 rows; --all shows every one." in " ".join(short.split())
    assert short.count("a.csv:") == 3
    assert "60 errors" in short
    whole = kpi("validate", str(faulty), "--lang", "en", "--all").stdout
    assert all(f"a.csv:{line}:1: " in whole for line in LINES)
    table = kpi("validate", str(faulty), "--lang", "en", "--format", "md").stdout
    assert table.count("unknown-indicator |") == 10
    assert "and 50 more" in table
    assert kpi("validate", str(faulty), "--format", "md", "--all").stdout.count("unknown-indicator |") == 60
    path = tmp_path / "marked.csv"
    kpi("validate", str(faulty), "--annotate", str(path))
    assert path.read_text(encoding="utf-8-sig").count("KT-9") >= 60


def test_each_of_two_files_has_its_own(faulty: Path, tmp_path: Path) -> None:
    """Where two files are compared, what is put aside of one is not told of the other."""
    other = tmp_path / "b.csv"
    other.write_text(faulty.read_text(encoding="utf-8").replace("KT-9", "YT-9"), encoding="utf-8")
    run = kpi("diff", str(faulty), str(other), "--all", "--lang", "en")
    assert run.code == 1
    assert "b.csv" not in run.stderr
    assert all(run.stderr.count(f"a.csv:{line}:1: ") == 1 for line in LINES)
    run = kpi("diff", str(faulty), str(other), "--all", "--skip-invalid", "--lang", "en")
    for name in ("a.csv", "b.csv"):
        assert all(run.stderr.count(f"{name}:{line}:1: ") == 1 for line in LINES)


def test_a_report_that_goes_on_says_how_many(faulty: Path, tmp_path: Path) -> None:
    """Sixty rows are left out of a report made with --skip-invalid, and its page says how many findings it does not list."""
    sample = str(ROOT / "data" / "samples" / "2019-06.csv")
    page = tmp_path / "a.html"
    run = kpi(
        "report",
        "2019-06",
        "--actuals",
        sample,
        "--actuals",
        str(faulty),
        "--skip-invalid",
        "--lang",
        "en",
        "-o",
        str(page),
    )
    assert run.code == 0
    assert "60" in run.stderr
    assert "and 50 more" in page.read_text(encoding="utf-8")


HEADER = "mã;kỳ;thực hiện;lũy kế;ngày báo cáo\n"
COMPARED = {
    "2019-01.csv": "LD-02;T1/2019;210;210;05/02/2019\nLD-01;T1/2019;50;50;05/02/2019\n",
    "2019-02.csv": "LD-02;T2/2019;205;415;05/03/2019\nKT-9x;T2/2019;3;;05/03/2019\n",
    "2019-03.csv": "LD-02;T3/2019;2.150;200;05/04/2019\n",
    "2019-03 (1).csv": "LD-02;T3/2019;215;630;05/04/2019\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in COMPARED.items():
        (tmp_path / name).write_text(HEADER + rows, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", COMPARED)
def test_a_file_against_others_has_what_the_folder_says_of_it(folder: Path, name: str) -> None:
    """`validate FILE --actuals FOLDER` has the findings of `validate FOLDER` that speak of FILE, which is not read twice; of two
    figures that differ it is FILE's that is said to."""
    whole = json.loads(kpi("validate", str(folder), "--format", "json", "--lang", "en").stdout)
    own = json.loads(
        kpi("validate", str(folder / name), "--actuals", str(folder), "--format", "json", "--lang", "en").stdout
    )
    wanted = [one["code"] for one in whole if one["file"].endswith(name) or name in one["message"]]
    assert sorted(one["code"] for one in own) == sorted(wanted)
    assert all(one["file"].endswith(name) for one in own)


def test_a_file_alone_is_compared_with_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --actuals a file stands alone, also where KPI_ACTUALS leads to others; with it, what was compared is said."""
    monkeypatch.setenv("KPI_ACTUALS", str(folder))
    file = str(folder / "2019-02.csv")
    alone = kpi("validate", file, "--lang", "en").stdout
    assert "Compared" not in alone
    assert "1 error, 0 warnings." in alone
    run = kpi("validate", str(folder / "2019-01.csv"), "--actuals", str(folder / "2019-02.csv"), "--lang", "en")
    assert run.code == 0
    assert "Compared with 1 figure of 1 file. 1 row with errors there is not among them." in " ".join(
        run.stdout.split()
    )


def test_the_marked_copy_has_what_only_the_others_show(folder: Path) -> None:
    """A file that is sound by itself and sent a second time is marked where it is compared with the first."""
    path = folder / "out" / "marked.csv"
    path.parent.mkdir()
    kpi("validate", str(folder / "2019-03 (1).csv"), "--actuals", str(folder), "--annotate", str(path))
    marked = path.read_text(encoding="utf-8-sig")
    assert "2.150" in marked.splitlines()[1]
    assert len(marked.splitlines()) == 2


def test_senders_are_told_of_no_options() -> None:
    """What an answer to a sender says to do names no option, no command and no folder: these are the officer's."""
    for rule in rules.ALL:
        if rule in OFFICES_OWN or rule.code.startswith(("plan-", "scale-", "score-", "confirmation-")):
            continue  # It is no sender's to mend.
        words = EN.say(rule.to_sender or rule.fix)
        assert not any(word in words for word in ("--", "`", "folder", "the sender")), (rule.code, words)


MIXED = "mã,kỳ,thực hiện\nKT-02,T1/2019,28.500\nKT-03,T1/2019,chưa có\nKT-99,T1/2019,5\nKT-04,T13/2019,5\nKT-05,T1/2019,-2.500\n"


def test_all_is_told_at_once_of_a_file_whose_numbers_have_two_readings(tmp_path: Path) -> None:
    """What is a fault however the numbers are written stands beside the doubt about that; what hangs on it does not."""
    file = tmp_path / "a.csv"
    file.write_text(MIXED, encoding="utf-8")
    found = json.loads(kpi("validate", str(file), "--format", "json", "--lang", "en").stdout)
    assert [(one["line"], one["code"]) for one in found] == [
        (2, "ambiguous-number"), (3, "bad-number"), (4, "unknown-indicator"), (5, "bad-period"),
    ]  # fmt: skip
    path = tmp_path / "marked.csv"
    kpi("validate", str(file), "--annotate", str(path))
    assert "--numbers" not in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("dates", "lines"),
    [
        (["15/7"] * 9 + [""], [2]),  # nearly every row, in one wording
        (["15/7"] * 6 + [""] * 4, [2, 3, 4, 5, 6, 7]),  # half of the rows
        (["15/7"] * 4, [2, 3, 4, 5]),  # too few rows to speak of the file
        (["15/7", "16/7", "17/7", "18/7", "19/7"], [2, 3, 4]),  # in several wordings: some of them
    ],
)
def test_what_nearly_every_row_has_in_common_is_told_once(dates: list[str], lines: list[int], tmp_path: Path) -> None:
    """Of a file whose rows nearly all break one rule the screen says so once, with the first place; JSON has every one."""
    file = tmp_path / "a.csv"
    rows = "".join(f"LD-02;T{at + 1}/2019;{at + 200};{day}\n" for at, day in enumerate(dates))
    file.write_text("mã;kỳ;thực hiện;ngày báo cáo\n" + rows, encoding="utf-8")
    bad = len(list(filter(None, dates)))
    shown = kpi("validate", str(file), "--lang", "en").stdout
    assert [line for line in range(2, 20) if f"a.csv:{line}:" in shown] == lines
    assert (f"So in {bad} of {len(dates)} rows" in " ".join(shown.split())) == (len(lines) < bad)
    assert f"{bad} errors" in shown
    found = json.loads(kpi("validate", str(file), "--format", "json").stdout)
    assert len([one for one in found if one["code"] == "bad-date"]) == bad
