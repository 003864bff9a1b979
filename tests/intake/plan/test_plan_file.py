"""Plan files: every fault at its line and column, and no YAML surprise."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import read_plan
from vinhchau_kpi.plan import Plan

PLAN = """\
id: x
year: 2019
units:
  t: {name: t}
sections:
  - id: A
    indicators:
      - {code: A-1, name: Lúa, unit: t, target: {at_least: 10}}
"""


def read(tmp_path: Path, text: str | bytes) -> tuple[Plan | None, list[Finding]]:
    path = tmp_path / "plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_plan(InputFile(path))


def faults(tmp_path: Path, text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    plan, findings = read(tmp_path, text)
    assert plan is None
    return [(f.rule.code, f.place.line, f.place.column) for f in findings]


def test_the_smallest_plan_is_a_plan(tmp_path: Path) -> None:
    """One section, one unit and one indicator make a valid plan; the rest is what a person would expect."""
    plan, findings = read(tmp_path, PLAN)
    assert findings == []
    assert plan is not None
    indicator = plan.entries["A-1"].indicator
    assert (indicator.measure, indicator.every, indicator.profile) == ("flow", "month", "linear")
    assert plan.tolerance == Decimal("0.95")


def test_numbers_are_exact(tmp_path: Path) -> None:
    """A target of 18 digits keeps every one of them."""
    plan, _ = read(tmp_path, PLAN.replace("at_least: 10}", "at_least: 9999999999999999.99}"))
    assert plan is not None
    assert plan.entries["A-1"].indicator.target.number == Decimal("9999999999999999.99")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("at_least: 10}", "at_least: 010}", ("plan-yaml-surprise", 8, 60)),
        ("at_least: 10}", "at_least: 12:30}", ("plan-yaml-surprise", 8, 60)),
        ("at_least: 10}", "at_least: 1_000}", ("plan-yaml-surprise", 8, 60)),
        ("at_least: 10}", "at_least: 0x1F}", ("plan-yaml-surprise", 8, 60)),
        ("at_least: 10}", "at_least: .inf}", ("plan-yaml-surprise", 8, 60)),
        ("at_least: 10}", "at_least: 1e3}", ("plan-bad-value", 8, 50)),
        ("at_least: 10}", "at_least: ten}", ("plan-bad-value", 8, 50)),
        ("at_least: 10}", 'at_least: "1,000"}', ("plan-bad-value", 8, 50)),
        ("at_least: 10}", "at_least: 1234567890123456789}", ("plan-bad-value", 8, 50)),
        ("at_least: 10}", "at_least: 10, at_most: 5}", ("plan-bad-value", 8, 41)),
        ("at_least: 10}", "between: [5, 2]}", ("plan-bad-value", 8, 41)),
        ("at_least: 10}", "achieved: false}", ("plan-bad-value", 8, 41)),
        ("at_least: 10}", "at_leest: 10}", ("plan-unknown-key", 8, 50)),
        ("unit: t,", "unit: tt,", ("plan-unknown-reference", 8, 32)),
        ("unit: t,", "unit: t, unit: t,", ("plan-duplicate-key", 8, 41)),
        ("unit: t, ", "", ("plan-missing-key", 8, 9)),
        ("name: Lúa", "name: no", ("plan-yaml-surprise", 8, 27)),
        ("name: Lúa", 'name: ""', ("plan-bad-value", 8, 21)),
        ("year: 2019", "year: 19", ("plan-bad-value", 2, 1)),
        ("year: 2019", "year: 2019\nissued: 2019-02-30", ("plan-bad-value", 3, 1)),
        ("units:", "units: &a", None),
        ("units:", "=cmd: 1\nunits:", ("plan-unknown-key", 3, 1)),
        ("units:", "tolerance: 95\nunits:", ("plan-bad-value", 3, 1)),
        ("units:", "tolerance: -1\nunits:", ("plan-bad-value", 3, 1)),
        ("units:", "tolerance: 1\nunits:", None),
        ("{name: t}", "{name: t, min: 5, max: 1}", ("plan-bad-value", 4, 16)),
        ("units:", "rounds: [{id: 2019-06, name: R, from: 2019-01, to: 2019-01}]\nunits:", ("plan-bad-value", 3, 11)),
        ("  - id: A", "  - {id: a, indicators: []}\n  - id: A", ("plan-bad-value", 7, 5)),
        ("units:", "agencies: {a: {name: Thuế}, b: {name: thuế}}\nunits:", ("plan-bad-value", 3, 29)),
        ("units:", "areas: {a: {name: xã An}, b: {name: phường An}}\nunits:", None),
        ("units:", "agencies: {x/../../y: {name: Thuế}}\nunits:", ("plan-bad-value", 3, 12)),
        ("units:", "agencies: {nul: {name: Thuế}}\nunits:", ("plan-bad-value", 3, 12)),
        ("units:", "agencies: {kinh-te.1: {name: Thuế}}\nunits:", None),
        ("{name: t}", "{name: t}\n  t\u1ea5n: {name: x}\n  ta\u0302\u0301n: {name: y}", ("plan-duplicate-key", 6, 3)),
        ("id: A\n", "id: A\n    <<: {title: x}\n", ("plan-alias", 7, 5)),
        ("name: t}", "name: !!python/object:os.system t}", ("plan-alias", 4, 13)),
        ("{name: t}", "[", ("plan-yaml", 6, 3)),
    ],
)
def test_a_fault_is_found_where_it_stands(
    tmp_path: Path, old: str, new: str, expected: tuple[str, int, int] | None
) -> None:
    """Each fault is one finding, at the line and column of the key or value that has it."""
    assert old in PLAN
    text = PLAN.replace(old, new)
    if expected is None:
        assert read(tmp_path, text)[1] == []
    else:
        assert faults(tmp_path, text)[0] == expected


FULL = """\
id: x
year: 2019
tolerance: 0.95
units:
  t: {name: t, min: 0.5, max: 99.5}
areas: {a: {name: xã A}}
profiles:
  season: [10, 20, 30, 40, 50, 60, 70, 80, 90, 95.5, 99, 100]
sections:
  - id: A
    indicators:
      - code: A-1
        name: Lúa
        unit: t
        target: {at_least: 11, out_of: 12}
        baseline: {year: 2018, value: 13}
        allocations: {a: 11}
        revisions:
          - {on: 2019-07-01, target: {at_most: 14}, allocations: {a: 14}}
"""


@pytest.mark.parametrize("number", ["0.5", "99.5", "11,", "12}", "13", "11}", "14}", "14}}", "95.5"])
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_number_that_reads_two_ways_is_refused_wherever_it_stands(tmp_path: Path, number: str, mark: str) -> None:
    """28.500 is two numbers, quoted or not, in a target, an allocation, a baseline, a revision, a profile or a unit."""
    assert read(tmp_path, FULL)[1] == []
    bare = number.rstrip(",}")
    at = FULL.rindex(number) if number in ("11}", "14}}") else FULL.index(number)
    text = f"{FULL[:at]}{mark}28.500{mark}{FULL[at + len(bare) :]}"
    plan, (finding, *_) = read(tmp_path, text)
    assert plan is None
    assert finding.rule.code == "plan-two-readings"
    assert (finding.args["whole"], finding.args["fraction"]) == ("28500", "28.5")
    assert finding.place.line == FULL.count("\n", 0, at) + 1


@pytest.mark.parametrize("number", ["0.500", "28.5", "28.50", "28.5000", "2850.000", "28500"])
def test_a_number_that_reads_one_way_is_taken(tmp_path: Path, number: str) -> None:
    """A dot behind a 0, behind four digits, or before other than three digits can only be a decimal point."""
    assert read(tmp_path, PLAN.replace("at_least: 10}", f"at_least: {number}}}"))[1] == []


@pytest.mark.parametrize(
    ("unit", "is_average"),
    [
        ("triệu đồng/người", True),
        ("triệu đồng / ha", True),
        ("số vụ bình quân", True),
        ("giường/vạn dân", True),
        ("tấn/năm", False),
        ("có/không", False),
        ("xã/phường", False),
        ("%", False),
    ],
)
def test_an_average_is_doubted_and_not_added_up(tmp_path: Path, unit: str, is_average: bool) -> None:
    """A unit per person or per ha that the plan does not call a rate is a warning, and is not added over areas."""
    plan, findings = read(tmp_path, PLAN.replace("name: t}", f'name: "{unit}"}}'))
    assert plan is not None
    assert [finding.rule.code for finding in findings] == ["plan-unit-per"] * is_average
    assert plan.units["t"].is_rate is (is_average or unit == "%")
    said = PLAN.replace("name: t}", f'name: "{unit}", rate: false}}')
    assert read(tmp_path, said)[1] == []


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    """A person mends a file once: three faults are three findings."""
    text = PLAN.replace("unit: t,", "unit: t, measure: stream, every: week,").replace("at_least: 10", "at_least: x")
    assert sorted(code for code, _, _ in faults(tmp_path, text)) == ["plan-bad-value"] * 3


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    """A file that swells by aliases is refused, not expanded."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [{'*' + p + ', ' + '*' + p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert {code for code, _, _ in faults(tmp_path, bomb)} == {"plan-alias"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a: [" * 500,
        "[" * 100_000,
        "- " * 5000 + "x",
        "x\n",
        "[]",
        "a: b: c",
        "\t",
        "&a [*a]",
        "? [a]\n: b\n",
        "a: !x b",
    ],
)
def test_what_is_no_plan_is_refused_in_words(tmp_path: Path, text: str) -> None:
    """Empty, deep, cyclic or broken YAML: a finding, never a traceback."""
    assert faults(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 61 + "]" * 61, (1, 61)),
        ("[" * 200 + "x" + "]" * 200, (1, 61)),
        ("a: [1,\n" + "[" * 60 + "]" * 61, (2, 59)),
        ("[" * 61 + "]" * 61 + " # * no alias", (1, 61)),
    ],
)
def test_what_is_too_deep_is_said_where_it_gets_too_deep(tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    """The first collection inside sixty others is the fault, however the file was gone through."""
    assert faults(tmp_path, text) == [("plan-yaml", *place)]


@pytest.mark.parametrize("inner", ["x", "x # *"])
def test_sixty_collections_are_not_too_deep(tmp_path: Path, inner: str) -> None:
    """Text may stand in sixty collections: it is another fault that this is no plan."""
    assert {code for code, _, _ in faults(tmp_path, "[" * 60 + inner + "\n" + "]" * 60)} == {"plan-bad-value"}


def test_a_plan_that_is_not_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, and files over the limit, are findings."""
    assert faults(tmp_path, b"id: \xff")[0][0] == "encoding"
    assert faults(tmp_path, b"id: \x00x")[0][0] == "not-text"
    assert faults(tmp_path, b"#" * 1_000_001)[0][0] == "too-large"
    assert faults(tmp_path, b"id: \x1b[31m")


def test_codes_are_given_once(tmp_path: Path) -> None:
    """An indicator and a commitment cannot share a code, whatever its case."""
    text = PLAN + "    commitments:\n      - {code: a-1, name: Hứa}\n"
    assert faults(tmp_path, text) == [("plan-doubled-code", 10, 10)]


def test_complete_parts_add_up(tmp_path: Path) -> None:
    """Children of a complete whole have its target between them; of a partial one, none exceeds it."""
    child = "{{code: A-1.{n}, name: Phần {n}, unit: t, target: {{at_least: {t}}}}}"

    def parts(kind: str, *targets: int) -> str:
        children = ", ".join(child.format(n=n, t=t) for n, t in enumerate(targets))
        return PLAN.replace("at_least: 10}}", f"at_least: 10}}, parts: {kind}, children: [{children}]}}")

    assert read(tmp_path, parts("complete", 6, 4))[1] == []
    assert faults(tmp_path, parts("complete", 6, 3))[0][0] == "plan-parts"
    assert read(tmp_path, parts("partial", 6, 3))[1] == []
    assert faults(tmp_path, parts("partial", 11))[0][0] == "plan-parts"


def test_a_profile_is_twelve_rising_shares(tmp_path: Path) -> None:
    """A profile that falls, stops short of 100, or has not twelve months is refused."""
    for shares in ("[100]", "[0, 5, 4, 10, 20, 30, 40, 50, 60, 70, 80, 100]", "[0,0,0,0,0,0,0,0,0,0,0,99]"):
        assert faults(tmp_path, PLAN + f"profiles:\n  p: {shares}\n")[0][0] == "plan-bad-value"


def test_a_revision_is_in_force_from_its_day(tmp_path: Path) -> None:
    """The issued target is never overwritten; the latest revision made by a day is in force on it."""
    from datetime import date

    revisions = "revisions: [{on: 2019-07-12, target: {at_least: 12}}, {on: 2019-09-01, target: {at_least: 9}}]"
    plan, _ = read(tmp_path, PLAN.replace("at_least: 10}}", f"at_least: 10}}, {revisions}}}"))
    assert plan is not None
    indicator = plan.entries["A-1"].indicator
    days = [date(2019, 7, 11), date(2019, 7, 12), date(2019, 12, 31)]
    assert [indicator.target_on(day).number for day in days] == [10, 12, 9]
    assert indicator.target.number == 10


def test_the_bundled_plan_is_the_plan_of_2019(plan2019: Plan) -> None:
    """59 indicators: 55 with a number, two kept standards, two shares to raise; sense, parts and quotes as issued."""
    indicators = {code: entry.indicator for code, entry in plan2019.entries.items()}
    senses = [indicator.target.sense for indicator in indicators.values()]
    assert len(indicators) == 59
    assert sum(indicator.target.number is not None for indicator in indicators.values()) == 55
    assert (senses.count("achieved"), senses.count("improve"), senses.count("at_most")) == (2, 2, 2)
    assert {code for code, i in indicators.items() if i.target.sense == "at_most"} == {"YT-03", "YT-04"}
    assert (indicators["KT-02"].parts, indicators["KT-04"].parts) == ("complete", "partial")
    assert [indicators[code].target.number for code in ("KT-01", "KT-02", "KT-05", "YT-03")] == [
        190,
        28500,
        198765,
        Decimal("9.08"),
    ]
    assert indicators["NTM-04"].target.out_of == 19
    assert [(r.id, str(r.start), str(r.end)) for r in plan2019.rounds] == [
        ("R1", "2019-01", "2019-06"),
        ("R2", "2019-07", "2019-12"),
    ]


def test_every_entry_of_the_bundled_plan_says_where_it_comes_from(plan2019: Plan) -> None:
    """Each indicator and commitment has a clause, a quote and a lead; a number stands in its own quote."""
    from vinhchau_kpi.number import Convention, shown

    for entry in plan2019.entries.values():
        source, target = entry.indicator.source, entry.indicator.target
        assert source.clause
        assert source.quote
        assert entry.indicator.lead
        if target.number is not None:
            printed = shown(target.number, Convention.VI)
            assert printed in source.quote or f"{printed}0" in source.quote, entry.indicator.code
    for commitment, _ in plan2019.commitments.values():
        assert commitment.source.clause
        assert commitment.source.quote
        assert commitment.lead
    assert len(plan2019.areas) == 10
