"""Findings, as a screen grouped by rule and as facts; and the rules themselves, explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from vinhchau_kpi import rules
from vinhchau_kpi.finding import KEPT, SEVERITY_NAMES, Finding, Findings, Rule, Severity
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views.screen import Column, Line, Part, Sheet, Title, Tone, Words

SHOWN_WHOLE = 20
"""Up to so many findings are all shown."""
FIRST_OF_EACH = 3
"""Of more, so many of each rule."""

SIGNS = {Severity.ERROR: "×", Severity.WARNING: "!"}
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.FAIR}


def screen(findings: Findings, language: Language, *, show_all: bool = False) -> Iterator[Part]:
    """Grouped by rule, errors first, with counts; every one where they are few or `show_all`. Made while it is shown."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule.code, []).append(finding)
    counts = findings.by_rule
    is_whole = show_all or findings.total <= SHOWN_WHOLE
    for group in sorted(groups.values(), key=lambda g: (not g[0].is_error, -counts[g[0].rule])):
        rule = group[0].rule
        count = counts[rule]
        title = f"{SIGNS[rule.severity]} {language.say(rule.title)} [{rule.code}]"
        if count > 1:
            title += f" × {language.number(count)}"
        yield Words(title, TONES[rule.severity])
        shown = findings.of(rule) if is_whole else islice(group, FIRST_OF_EACH)
        yield from _listed(shown, language)
        if not is_whole and count > FIRST_OF_EACH:
            yield _more(count - FIRST_OF_EACH, language)


def _more(count: int, language: Language) -> Words:
    more = language.say(N_("and {n} more; --all shows every one."), n=count)
    return Words(f"  … {more}", Tone.QUIET)


def _listed(group: Iterable[Finding], language: Language) -> Iterable[Part]:
    """Each finding on a line with its place; what to do once, below the last that it is said of."""
    fix = ""
    for finding in group:
        own = finding.fix(language)
        if fix and own != fix:
            yield Words(f"    → {fix}", Tone.QUIET)
        fix = own
        yield Words(f"  {finding.place}: {finding.message(language)}")
    yield Words(f"    → {fix}", Tone.QUIET)


def counted(findings: Findings, language: Language) -> str:
    """“2 errors, 1 warning”."""
    return ", ".join(
        (
            language.plural("{n} error", "{n} errors", findings.errors),
            language.plural("{n} warning", "{n} warnings", findings.warnings),
        )
    )


def facts(findings: Iterable[Finding], language: Language) -> Iterator[dict[str, Any]]:
    """One by one, as they are asked for."""
    return (
        {
            "file": finding.place.file,
            "sheet": finding.place.sheet,
            "line": finding.place.line,
            "column": finding.place.column,
            "code": finding.rule.code,
            "severity": finding.rule.severity.value,
            "message": finding.message(language),
            "fix": finding.fix(language),
        }
        for finding in findings
    )


FIELDS = ("file", "sheet", "line", "column", "code", "severity", "message", "fix")


def github(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """One workflow command a finding, which GitHub shows beside the line it is about."""
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


def left_out(findings: Findings, language: Language) -> Iterator[Words]:
    """For each rule of which not all are at hand, how many more there are."""
    for rule, count in findings.by_rule.items():
        if count > KEPT and findings.beyond is None:
            more = language.say(N_("and {n} more"), n=count - KEPT)
            yield Words(f"{language.say(rule.title)} [{rule.code}]: {more}", TONES[rule.severity])


def table(findings: Iterable[Finding], language: Language) -> Sheet:
    """One line a finding."""
    say = language.say
    columns = (
        Column(say(N_("Place"))), Column(say(N_("Severity"))), Column(say(N_("Rule"))),
        Column(say(N_("What was found")), grows=True), Column(say(N_("What to do")), grows=True),
    )  # fmt: skip
    lines = tuple(
        Line((str(f.place), say(SEVERITY_NAMES[f.rule.severity]), f.rule.code, f.message(language), f.fix(language)))
        for f in findings
    )
    return Sheet(columns, lines)


# Rules


def rule_list(language: Language) -> list[Part]:
    say = language.say
    columns = (Column(say(N_("Rule"))), Column(say(N_("Severity"))), Column(say(N_("Meaning")), grows=True))
    lines = tuple(Line((r.code, say(SEVERITY_NAMES[r.severity]), say(r.title))) for r in rules.ALL)
    return [Title(say(N_("What kpi can find"))), Sheet(columns, lines)]


def rule_screen(rule: Rule, language: Language) -> list[Part]:
    say = language.say
    return [
        Title(f"{rule.code}: {say(rule.title)}"),
        Words(f"{SIGNS[rule.severity]} {say(SEVERITY_NAMES[rule.severity])}", TONES[rule.severity]),
        Words(say(rule.about)),
        Words(say(N_("Message:")) + f" {say(rule.message)}"),
        Words(say(N_("What to do:")) + f" {say(rule.fix)}"),
        Words(say(N_("Wrong:")) + f" {rule.example}"),
        Words(say(N_("Right:")) + f" {rule.instead}"),
    ]


def rule_facts(rule: Rule, language: Language) -> dict[str, Any]:
    say = language.say
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "title": say(rule.title),
        "message": say(rule.message),
        "fix": say(rule.fix),
        "about": say(rule.about),
        "example": rule.example,
        "instead": rule.instead,
    }


RULE_FIELDS = ("code", "severity", "title", "message", "fix", "about", "example", "instead")
