"""Open readings are listed one by one, answered in a sheet, and taken into the plan, in which all else stays as it was."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript import ROOT

from vinhchau_kpi import cli
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import plan_in, read_plan
from vinhchau_kpi.intake.plan.review import answer_of, target_of
from vinhchau_kpi.intake.plan.text import Change, changed
from vinhchau_kpi.messages import EN, VI
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.target import Target

PLAN = """# My plan.
id: p
year: 2025
units: {pc: {name: "%"}, t: {name: tấn}}
sections:
  - id: S
    indicators:
      - {code: A, name: Lúa, unit: t, target: {at_least: 10}, review: "plain, and taken as a flow"}  # here
      - code: B
        name: Tăng trưởng
        unit: pc
        measure: level
        target:
          undecided: true
        # between
        revisions:
          - {effective: 2025-02-19, target: {undecided: true}, source: "8 - 9"}
        source: {quote: "khoảng 6,5 - 7"}
        review: "a range"
        counted: true
      - {review: "sense", code: C, name: Nghèo, unit: pc, measure: level, target: {undecided: true}, source: {quote: "1.200"}}
    commitments:
      - {code: D, name: An ninh, review: "a promise"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def review(folder: Path, capsys: pytest.CaptureFixture[str], *options: str, lang: str = "vi") -> tuple[int, str]:
    code = cli.main(["plan", "review", str(folder / "plan.yaml"), *options, "--lang", lang])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def plan_of(folder: Path) -> Plan:
    plan, _ = read_plan(InputFile(folder / "plan.yaml"))
    assert plan is not None
    return plan


def answer(folder: Path, answers: dict[tuple[str, str], tuple[str, str]]) -> None:
    """Fill in the list as a clerk does in Excel: an answer and a measure for a code and the day of a revision."""
    with (folder / "list.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    for row in rows:
        given = answers.get((row["Mã"], row["Áp dụng từ"]))
        if given is not None:
            row["Trả lời"], row["Tính chất"] = given[0], given[1] or row["Tính chất"]
    with (folder / "list.csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_each_open_reading_is_listed_with_what_can_be_answered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = review(folder, capsys)
    assert code == 0
    assert "Chọn một: đúng · ≤ 10 · > 10 · < 10 · bằng 10" in said
    assert "≥ 6,5, phấn đấu 7 · ≤ 7, phấn đấu 6,5 · 6,5 - 7 · ≥ 6,5 · ≥ 7" in said
    assert "≥ 8, phấn đấu 9" in said
    assert "--apply" in said


def test_programs_get_the_list_as_facts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = review(folder, capsys, "--format", "json")
    facts = json.loads(said)
    assert [(one["code"], one["effective"], len(one["choices"])) for one in facts] == [
        ("A", None, 4),
        ("B", None, 13),
        ("B", "2025-02-19", 13),
        ("C", None, 5),
        ("D", None, 0),
    ]


def test_answers_are_taken_in_and_all_else_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Targets, measures and `review` change in block and in braces; comments and order stay; what is not answered stays open."""
    assert review(folder, capsys, "-o", str(folder / "list.csv"))[0] == 0
    answer(
        folder,
        {
            ("A", ""): ("đúng", "thời điểm"),
            ("B", ""): ("≥ 6,5, phấn đấu 7", ""),
            ("B", "2025-02-19"): ("≥8", ""),
            ("D", ""): ("đúng", ""),
        },
    )
    code, said = review(folder, capsys, "--apply", str(folder / "list.csv"))
    assert (code, "đã xong 3 chỗ, còn chờ 1 chỗ" in said) == (0, True), said
    plan = plan_of(folder)
    assert plan.entries["A"].indicator.measure == "level"
    assert plan.entries["B"].indicator.target.at_least == (6.5, 7)
    assert plan.entries["B"].indicator.revisions[0].target.at_least == 8
    assert plan.open_readings == 1
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    assert [part in text for part in ("# My plan.", "}  # here", "# between", "counted: true")] == [True] * 4
    assert review(folder, capsys, "--apply", str(folder / "list.csv"))[0] == 2


def test_the_workbook_is_read_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it is made, without an answer, it changes nothing."""
    assert review(folder, capsys, "-o", str(folder / "list.xlsx"))[0] == 0
    assert review(folder, capsys, "-o", str(folder / "list.xlsx"))[0] == 2
    code, said = review(folder, capsys, "--apply", str(folder / "list.xlsx"))
    assert (code, "đã xong 0 chỗ, còn chờ 4 chỗ" in said) == (0, True), said
    assert (folder / "plan.yaml").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize(
    "text", ["đúng", "1.200", "≥ 1.200", "nhiều hơn", "≥ 5, phấn đấu", "= 1,2,3", "5 - 4 - 3", "-"]
)
def test_an_answer_that_is_not_understood_is_refused_at_its_place(
    folder: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Above all one that reads two ways, and “right” for what is undecided; then nothing of the list is taken in."""
    review(folder, capsys, "-o", str(folder / "list.csv"))
    answer(folder, {("A", ""): ("đúng", ""), ("C", ""): (text, "")})
    code, said = review(folder, capsys, "--apply", str(folder / "list.csv"))
    assert (code, "list.csv:5:9" in said) == (2, True), said
    assert (folder / "plan.yaml").read_text(encoding="utf-8") == PLAN


TABLE = ROOT / "data" / "samples" / "from-a-table"


def test_from_a_published_table_to_its_published_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The National Assembly's targets for 2025, read, answered and held against the results: 15 of 15, as the Government said.

    What the import says stands in the page that shows it, and the plan is the one that lies beside the table."""
    plan = tmp_path / "plan.yaml"
    assert cli.main(["plan", "import", str(TABLE / "chi-tieu-2025.csv"), "-o", str(plan), "--lang", "vi"]) == 0
    page = (ROOT / "docs" / "from-a-table.vi.md").read_text(encoding="utf-8")
    for line in capsys.readouterr().err.splitlines():
        assert line.replace(str(TABLE / ""), "").replace(f"{tmp_path}/", "").replace("/chi-tieu", "chi-tieu") in page
    assert review(tmp_path, capsys, "--apply", str(TABLE / "tra-loi.csv"))[0] == 0
    assert plan.read_text(encoding="utf-8") == (TABLE / "plan.yaml").read_text(encoding="utf-8")
    results = str(TABLE / "ket-qua-2025.csv")
    assert cli.main(["report", "2025", "--plan", str(plan), "--actuals", results, "--format", "json"]) == 0
    summary = json.loads(capsys.readouterr().out)["summary"]
    counts = ("indicators", "met", "exceeded", "open_readings")
    assert [summary[key] for key in counts] == [15, 6, 9, 0]


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
TARGETS = st.one_of(
    st.builds(
        lambda sense, one: {sense: one}, st.sampled_from(["at_least", "at_most", "above", "below", "exactly"]), NUMBERS
    ),
    st.builds(
        lambda sense, two: {sense: sorted(two)},
        st.sampled_from(["at_least", "at_most", "between"]),
        st.lists(NUMBERS, min_size=2, max_size=2, unique=True),
    ),
).map(Target.model_validate)


@given(TARGETS, st.sampled_from([VI, EN]))
def test_a_target_reads_back_as_the_answer_writes_it(target: Target, language: object) -> None:
    before = Target.model_validate({"undecided": "true"})
    assert target_of(answer_of(target, language), before) == target  # type: ignore[arg-type]


@given(TARGETS, st.booleans())
def test_a_changed_text_has_the_target(target: Target, is_closed: bool) -> None:
    """In a block and in braces, whatever stands before and behind."""
    changes = {code: Change({None: target}, "level", is_closed) for code in "ABC"}
    plan, faults = plan_in(changed(PLAN, changes), "plan.yaml")
    assert plan is not None, faults
    for code in "ABC":
        one = plan.entries[code].indicator
        assert (one.target, one.measure, one.review is None) == (target, "level", is_closed)
