"""Findings, as a screen grouped by rule and as facts; and the rules themselves, explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from vinhchau_kpi import rules
from vinhchau_kpi.finding import KEPT, SEVERITY_NAMES, Finding, Findings, Rule, Severity
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views.screen import Head, Line, Paragraph, ScreenPart, ScreenTable, Title, Tone

SHOWN_WHOLE = 20
"""Up to so many findings are all shown."""
FIRST_OF_EACH = 3
"""Of more, so many of each rule."""

SIGNS = {Severity.ERROR: "×", Severity.WARNING: "!"}
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.FAIR}


def screen(findings: Findings, language: Language, *, show_all: bool = False) -> Iterator[ScreenPart]:
    """Grouped by rule, errors first, with counts; every one where they are few or `show_all`. What nearly every row of a file
    has in common is one, unless `show_all`. Made while it is shown."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule.code, []).append(finding)
    counts = findings.by_rule
    common = {} if show_all else findings.in_common()
    folded = sum(findings.counts[of] for of in common)
    is_whole = show_all or findings.total - folded <= SHOWN_WHOLE
    for group in sorted(groups.values(), key=lambda g: (not g[0].is_error, -counts[g[0].rule])):
        rule = group[0].rule
        count = counts[rule]
        title = f"{SIGNS[rule.severity]} {language.say(rule.title)} [{rule.code}]"
        if count > 1:
            title += f" × {language.number(count)}"
        yield Paragraph(title, TONES[rule.severity])
        if show_all:
            yield from _listed(((finding, "") for finding in findings.of(rule)), language)
            continue
        most = None if is_whole else FIRST_OF_EACH
        files = [file for of_rule, file in common if of_rule == rule][:most]
        alone = [(finding, "") for finding in group if (rule, finding.place.file) not in common][:most]
        examples = (_examples(group, file, common[rule, file], findings.rows[file], language) for file in files)
        yield from _listed(chain(*examples, alone), language)
        more = count - len(alone) - sum(findings.counts[rule, file] for file in files)
        if more:
            yield _more(more, language)


def _examples(
    group: Iterable[Finding], file: str, rows: int, of_rows: int, language: Language
) -> Iterator[tuple[Finding, str]]:
    """What nearly every row of a file has in common: the first finding of each wording, and after the last how many rows."""
    apart: dict[str, Finding] = {}
    for finding in group:
        if finding.place.file == file:
            words = repr([value for key, value in finding.args.items() if key != "code"])
            apart.setdefault(words, finding)
    *others, last = list(apart.values())[:FIRST_OF_EACH]
    yield from ((finding, "") for finding in others)
    yield last, " " + language.say(N_("So in {n} of {m} rows; --all shows every one."), n=rows, m=of_rows)


def _more(count: int, language: Language) -> Paragraph:
    more = language.say(N_("and {n} more; --all shows every one."), n=count)
    return Paragraph(f"  … {more}", Tone.QUIET)


def _listed(group: Iterable[tuple[Finding, str]], language: Language) -> Iterable[ScreenPart]:
    """Each finding on a line with its place, and what follows it; what to do once, below the last that it is said of."""
    fix = ""
    for finding, more in group:
        own = finding.fix(language)
        if fix and own != fix:
            yield Paragraph(f"    → {fix}", Tone.QUIET)
        fix = own
        yield Paragraph(f"  {finding.place}: {finding.message(language)}{more}")
    if fix:
        yield Paragraph(f"    → {fix}", Tone.QUIET)


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


def left_out(findings: Findings, language: Language) -> Iterator[Paragraph]:
    """For each rule of which not all are at hand, how many more there are."""
    for rule, count in findings.by_rule.items():
        if count > KEPT and findings.beyond is None:
            more = language.say(N_("and {n} more"), n=count - KEPT)
            yield Paragraph(f"{language.say(rule.title)} [{rule.code}]: {more}", TONES[rule.severity])


def table(findings: Iterable[Finding], language: Language) -> ScreenTable:
    """One line a finding."""
    say = language.say
    columns = (
        Head(say(N_("Place"))), Head(say(N_("Severity"))), Head(say(N_("Rule"))),
        Head(say(N_("What was found")), grows=True), Head(say(N_("What to do")), grows=True),
    )  # fmt: skip
    lines = tuple(
        Line((str(f.place), say(SEVERITY_NAMES[f.rule.severity]), f.rule.code, f.message(language), f.fix(language)))
        for f in findings
    )
    return ScreenTable(columns, lines)


# Rules


def rule_list(language: Language) -> list[ScreenPart]:
    say = language.say
    columns = (Head(say(N_("Rule"))), Head(say(N_("Severity"))), Head(say(N_("Meaning")), grows=True))
    lines = tuple(Line((r.code, say(SEVERITY_NAMES[r.severity]), say(r.title))) for r in rules.ALL)
    return [Title(say(N_("What kpi can find"))), ScreenTable(columns, lines)]


def rule_screen(rule: Rule, language: Language) -> list[ScreenPart]:
    say = language.say
    return [
        Title(f"{rule.code}: {say(rule.title)}"),
        Paragraph(f"{SIGNS[rule.severity]} {say(SEVERITY_NAMES[rule.severity])}", TONES[rule.severity]),
        Paragraph(say(rule.about)),
        Paragraph(say(N_("Message:")) + f" {say(rule.message)}"),
        Paragraph(say(N_("What to do:")) + f" {say(rule.fix)}"),
        Paragraph(say(N_("Wrong:")) + f" {rule.example}"),
        Paragraph(say(N_("Right:")) + f" {rule.instead}"),
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
