"""Faults of a plan that is written by hand are said where they stand, each with the way out, and all kinds of them at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhchau_kpi import rules
from vinhchau_kpi.intake.plan.file import plan_in
from vinhchau_kpi.messages import EN

PLAN = """id: p
year: 2025
units: {t: {name: tấn}}
sections:
  - id: S
    indicators:
"""
BLOCK = """      - code: A
        name: NAME
        unit: t
        target: {at_least: 5}
"""
BRACES = "      - {code: A, name: NAME, unit: t, target: {at_least: 5}}\n"


def said(text: str) -> list[tuple[str, int | None, int | None, str]]:
    plan, findings = plan_in(text, "plan.yaml")
    assert (plan is None) == any(one.is_error for one in findings)
    return [(one.rule.code, one.place.line, one.place.column, one.fix(EN)) for one in findings]


@pytest.mark.parametrize(
    "name", ["trong đó: lúa", "%", "- Lúa", "*Lúa", "@Lúa", "> 97%", "!Lúa", "`Lúa`", "[Lúa] mùa", "{Lúa} mùa"]
)
def test_a_value_that_lacks_quotation_marks_is_shown_with_them(name: str) -> None:
    """At its place, and with them it is read."""
    ((code, line, column, fix),) = said(PLAN + BLOCK.replace("NAME", name))
    assert (code, line, column) == ("plan-quotes", 8, 15)
    assert f'"{name}"' in fix
    assert said(PLAN + BLOCK.replace("NAME", f'"{name}"')) == []


@pytest.mark.parametrize("name", ["Nông, lâm, ngư nghiệp", "trong đó: lúa", "%"])
def test_a_value_in_braces_that_lacks_quotation_marks(name: str) -> None:
    ((code, line, column, fix),) = said(PLAN + BRACES.replace("NAME", name))
    assert (code, line, column) == ("plan-quotes", 7, 25)
    assert f'"{name}"' in fix
    assert said(PLAN + BRACES.replace("NAME", f'"{name}"')) == []


def test_a_decimal_comma_is_told_where_the_point_belongs() -> None:
    ((code, line, column, fix),) = said(PLAN + BRACES.replace("NAME", "Lúa").replace("5}", "1,5}"))
    assert (code, line, column, "1.5" in fix) == ("plan-quotes", 7, 58, True)
    plan, (fault,) = plan_in(PLAN + BLOCK.replace("NAME", "Lúa").replace("5}", '"1,5"}'), "plan.yaml")
    assert plan is None and "behind a point" in fault.message(EN)


@pytest.mark.parametrize(
    ("text", "words"),
    [(BLOCK.replace(" NAME", "Lúa"), "a space is missing"), (BLOCK.replace("        name", "\tname"), "a tab")],
)
def test_a_tab_and_a_missing_space_are_named(text: str, words: str) -> None:
    _, (fault,) = plan_in(PLAN + text, "plan.yaml")
    assert (fault.rule, words in fault.message(EN)) == (rules.PLAN_YAML, True)


def test_all_kinds_of_faults_are_told_at_once() -> None:
    """Those of the text, of single values, and of what does not agree; each once, and each at its own place."""
    text = PLAN + (
        "      - {code: 01, name: no, unit: t, target: {at_least: x}}\n"
        "      - code: B\n        name: trong đó: lúa\n        unit: u\n        target: {at_least: 5}\n"
        "      - {code: C, name: Màu, ngô, unit: t, target: {at_least: 1}, leed: x}\n"
        "      - {code: b, name: Cá, unit: t, target: {at_least: 28.500}}\n"
        "      - {code: B, name: Tôm, unit: t, target: {at_least: 2}}\n"
    )
    found = [(code, line) for code, line, _, _ in said(text)]
    assert sorted(found, key=lambda one: (one[1] or 0, one[0])) == [
        ("plan-bad-value", 7),
        ("plan-yaml-surprise", 7),
        ("plan-yaml-surprise", 7),
        ("plan-quotes", 9),
        ("plan-unknown-reference", 10),
        ("plan-quotes", 12),
        ("plan-unknown-key", 12),
        ("plan-two-readings", 13),
        ("plan-doubled-code", 14),
    ]


@pytest.mark.parametrize("name", ["{en: Rice}", "{vi: Lúa}", "Lúa"])
def test_a_name_in_one_language_stands_for_both(name: str) -> None:
    plan, findings = plan_in(PLAN + BRACES.replace("NAME", name), "plan.yaml")
    assert plan is not None and findings == []
    assert plan.entries["A"].indicator.name.vi == plan.entries["A"].indicator.name.en


@given(st.text(alphabet="ab:,#-%\"'{}[]&*!|> \n\t·", max_size=30))
def test_whatever_stands_for_a_name_gives_a_plan_or_a_fault(name: str) -> None:
    """No text makes reading fail, and none is read as a plan and refused at once."""
    for shape in (BLOCK, BRACES):
        said(PLAN + shape.replace("NAME", name))
