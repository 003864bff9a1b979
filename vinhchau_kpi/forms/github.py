"""Findings → workflow commands, which GitHub shows beside the lines that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vinhchau_kpi.finding import Finding
from vinhchau_kpi.messages import Language


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
    """Percent signs and line ends as workflow commands have them, so that text from a file starts no command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
