"""What `kpi validate` and `kpi plan check` say: a line for each file, the totals, then the findings."""

from __future__ import annotations

from collections.abc import Sequence

from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.inbox import Inbox
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.views import findings as view
from vinhchau_kpi.views.screen import Column, Line, Part, Sheet, Tone, Words


def screen(
    inbox: Inbox, findings: Sequence[Finding], language: Language, *, show_all: bool = False, as_table: bool = False
) -> list[Part]:
    parts: list[Part] = [_files(inbox, findings, language)]
    if findings:
        parts += [view.table(findings, language)] if as_table else view.screen(findings, language, show_all=show_all)
    return [*parts, _verdict(findings, language)]


def plan_screen(plan: Plan | None, findings: Sequence[Finding], language: Language, *, show_all: bool) -> list[Part]:
    """A plan file's faults, or what it holds."""
    if plan is None:
        return [*view.screen(findings, language, show_all=show_all), _verdict(findings, language)]
    counts = {"n": len(plan.entries), "m": len(plan.commitments)}
    return [Words(language.say(N_("{n} indicators, {m} commitments."), **counts)), _verdict(findings, language)]


def _files(inbox: Inbox, findings: Sequence[Finding], language: Language) -> Sheet:
    say = language.say
    columns = (
        Column(say(N_("File")), grows=True), Column(say(N_("Rows")), numeric=True), Column(say(N_("Figures")), numeric=True),
        Column(say(N_("Errors")), numeric=True), Column(say(N_("Warnings")), numeric=True),
    )  # fmt: skip
    named = {one.file: one for one in inbox.submissions}
    files = list(dict.fromkeys([*named, *(finding.place.file for finding in findings)]))
    lines = []
    for file in files:
        own = [finding for finding in findings if finding.place.file == file]
        errors = sum(finding.is_error for finding in own)
        read = named.get(file)
        numbers = (read.rows if read else 0, len(read.figures) if read else 0, errors, len(own) - errors)
        tone = Tone.BAD if errors else Tone.PLAIN
        lines.append(Line((file, *map(language.number, numbers)), tones=(tone, *[Tone.PLAIN] * 2, tone, Tone.PLAIN)))
    return Sheet(columns, tuple(lines))


def _verdict(findings: Sequence[Finding], language: Language) -> Words:
    if not findings:
        return Words(language.say(N_("Nothing to object to.")), Tone.GOOD)
    has_errors = any(finding.is_error for finding in findings)
    return Words(f"{view.counted(findings, language)}.", Tone.BAD if has_errors else Tone.FAIR)
