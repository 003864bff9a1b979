"""Letters: what answers a sender, each fault on a line with its cell, what stands there and what to do; and who is to be
reminded of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath

from vinhchau_kpi.answers import Answer, AnsweredFile
from vinhchau_kpi.coverage import Coverage
from vinhchau_kpi.finding import Finding, Findings, Place, column_letters
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell
from vinhchau_kpi.intake.office import Office
from vinhchau_kpi.messages import N_, Language, Message
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.views.coverage import agency_name, owed_words, reminder
from vinhchau_kpi.views.screen import Lines, Paragraph, ScreenPart, Title, Tone

GROUPS = (
    N_("To be corrected:"),
    N_("To be checked; if the figure is right, please say so:"),
    N_("To be noted:"),
)
"""Errors, doubts and other warnings."""
Rows = Mapping[int, Sequence[Cell]]
"""The cells of each line of a file."""


def letter(
    answer: Answer, copies: Mapping[str, str], plan: Plan, office: Office, language: Language
) -> list[ScreenPart]:
    """`copies`: by file, the name of the marked copy that goes with the letter, of those that have one."""
    say, files = language.say, [one.submission.file for one in answer.files]
    names = tuple(PurePath(file).name for file in files)
    to = plan.agency_name(answer.agency, language) if answer.agency else say(N_("the sender of {names}"), names=names)
    parts = [*_begin(N_("Figures to be corrected or checked"), plan, language), *_to(to, language)]
    for one in answer.files:
        # What concerns two files of one sender stands once, under the first that it is about.
        elsewhere = [file for file in files if file != one.submission.file]
        parts += _file(one, [f for f in one.findings if f.place.file not in elsewhere], language)
    marked = tuple(copies[file] for file in files if file in copies)
    if marked:
        text = N_("Each cell in question is coloured, with a remark, in the copy that comes with this letter: {names}.")
        parts.append(Paragraph(say(text, names=marked)))
    groups = set(map(_group, answer.findings))
    if 0 in groups:
        parts.append(
            Paragraph(say(N_("Please send the corrected file within {n} working days."), n=office.working_days))
        )
    elif 1 in groups:
        text = N_("Please say within {n} working days whether the figures are right, or send them corrected.")
        parts.append(Paragraph(say(text, n=office.working_days)))
    return [*parts, *_end(plan, office, language)]


def reminders(
    coverage: Coverage, received: Mapping[str | None, Sequence[str]], office: Office, language: Language
) -> list[ScreenPart]:
    """To each agency that owes something since January what it owes. `received`: by agency, its files that are there and cannot
    be used whole."""
    say, plan = language.say, coverage.plan
    period = plan.period_words(coverage.period, language)
    parts = list(_begin(N_("Reminder: figures up to the end of {period}"), plan, language, period=period))
    owing = [row for row in coverage.agencies if row.owing]
    for row in owing:
        parts += [*_to(agency_name(row, coverage, language), language), Lines((owed_words(row, coverage, language),))]
        if row.agency in received:
            text = N_("Received, but not usable as a whole: {names}; the letter about it says what to correct.")
            parts.append(Paragraph(say(text, names=tuple(PurePath(file).name for file in received[row.agency]))))
    return [*parts, *(_end(plan, office, language) if owing else reminder(coverage, language))]


def _begin(title: str, plan: Plan, language: Language, **args: str) -> Iterator[ScreenPart]:
    yield Title(language.say(title, **args))
    yield Paragraph(plan.heading(language))


def _to(name: str, language: Language) -> Iterator[ScreenPart]:
    yield Paragraph("")
    yield Paragraph(language.say(N_("To: {name}"), name=name), Tone.STRONG)


def _end(plan: Plan, office: Office, language: Language) -> Iterator[ScreenPart]:
    """Where an answer goes, and who has written."""
    if office.address:
        yield Paragraph(language.say(N_("Send it to {address}."), address=office.address))
    yield Paragraph("")
    signed = office.name or (plan.issuer.in_(language) if plan.issuer else "")
    yield from (Paragraph(text, Tone.STRONG) for text in (signed, office.signer) if text)


def _group(finding: Finding) -> int:
    return 0 if finding.is_error else 1 if finding.rule.is_doubt else 2


def _file(answered: AnsweredFile, findings: Sequence[Finding], language: Language) -> Iterator[ScreenPart]:
    """A file's findings by group; what nearly every row has in common once, with how many rows."""
    if not findings:
        return
    common, grid = _common(answered), answered.submission.grid
    rows = {one.line: one.cells for one in grid.records} if grid is not None else {}
    name = PurePath(PurePath(answered.submission.file).name)
    sheet = grid.sheet if grid is not None else None
    heading = N_("File {name}:") if sheet is None else N_("File {name} (“{sheet}”):")
    yield Paragraph(language.say(heading, name=name, sheet=sheet or ""), Tone.STRONG)
    number, said = 0, set[str]()
    for group, words in enumerate(GROUPS):
        lines = []
        for finding in findings:
            code = finding.rule.code
            if _group(finding) != group or code in said:
                continue
            number += 1
            line = f"{number}. {_line(finding, answered, rows, language)}"
            if code in common:
                said.add(code)
                line += " " + language.plural("So in {n} row.", "So in {n} rows.", common[code])
            lines.append(line)
        if lines:
            yield Paragraph(language.say(words))
            yield Lines(tuple(lines))


def _common(answered: AnsweredFile) -> dict[str, int]:
    found = Findings(answered.findings)
    found.rows = {answered.submission.file: answered.submission.rows_with_figures}
    return {rule.code: rows for (rule, _), rows in found.in_common().items()}


def _line(finding: Finding, answered: AnsweredFile, rows: Rows, language: Language) -> str:
    """The cell, what stands in it where the words that follow do not say that, what was found, what to do."""
    where = language.tell(_where(finding.place, answered))
    told = finding.with_places(lambda place: _where(place, answered))
    words, stands = told.message(language), _stands(finding.place, answered, rows, language)
    if stands and not re.search(rf"(?<![\w.,-]){re.escape(stands)}(?!\w|[.,]\w)", words):
        where = language.say(N_("{where}, which has “{value}”"), where=where, value=stands)
    return f"{where[:1].upper()}{where[1:]}: {words} {language.say(N_('What to do:'))} {told.to_sender(language)}"


def _where(place: Place, answered: AnsweredFile) -> Message:
    """A place as people say it; the file and the sheet that are spoken of anyway are not named."""
    grid, args = answered.submission.grid, {"line": str(place.line), "column": str(place.column)}
    if place.line is None:
        at = Message(N_("the whole file"))
    elif place.sheet is not None and place.column is not None:
        at = Message(N_("cell {cell}"), {"cell": f"{column_letters(place.column)}{place.line}"})
    else:
        at = Message(N_("line {line}, column {column}") if place.column is not None else N_("line {line}"), args)
    if place.sheet is not None and (grid is None or (place.file, place.sheet) != (grid.file, grid.sheet)):
        at = Message(N_("{at} of “{sheet}”"), {"at": at, "sheet": place.sheet})
    if place.file == answered.submission.file:
        return at
    return Message(N_("{at} of file {name}"), {"at": at, "name": PurePath(PurePath(place.file).name)})


def _stands(place: Place, answered: AnsweredFile, rows: Rows, language: Language) -> str:
    """What a cell of the file has in it; nothing where the place is no cell of it."""
    grid = answered.submission.grid
    if grid is None or place.column is None or (place.file, place.sheet) != (grid.file, grid.sheet):
        return ""
    cell = next(iter(rows.get(place.line or 0, [])[place.column - 1 : place.column]), "")
    if isinstance(cell, NumberCell) and isinstance(cell.value, Decimal) and not cell.is_percent:
        return language.shown(cell.value)
    return str(cell)
