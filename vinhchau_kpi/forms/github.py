"""Findings → workflow commands, which GitHub shows beside the lines that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vinhchau_kpi.finding import Finding
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import Language
from vinhchau_kpi.text import visible


def write(result: Result, language: Language) -> Iterator[str]:
    assert result.findings is not None
    return commands(result.findings(), language)


def commands(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """One workflow command a finding."""
    return (f"{_annotation(finding, language)}\n" for finding in findings)


def _annotation(finding: Finding, language: Language) -> str:
    place = finding.place
    where = {"file": place.file, "line": place.line, "col": place.column, "title": finding.rule.code}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value is not None)
    sheet = f"{place}: " if place.sheet is not None else ""
    return f"::{finding.rule.severity.value} {properties}::{_data(f'{sheet}{finding.message(language)} → {finding.fix(language)}')}"


def _data(text: str) -> str:
    """Nothing in it acts on a terminal or starts a command: percent signs stand as workflow commands have them."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
