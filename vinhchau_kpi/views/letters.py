"""Letters: what answers a sender, each fault on a line with its cell, what stands there and what to do; and who is to be
reminded of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from vinhchau_kpi.answers import Answer, AnsweredFile
from vinhchau_kpi.coverage import Coverage
from vinhchau_kpi.finding import Finding, Findings, Place, column_letters
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell
from vinhchau_kpi.intake.office import Office
from vinhchau_kpi.messages import N_, Language, Message
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import clipped
from vinhchau_kpi.views.coverage import agency_name, owed_words, reminder
from vinhchau_kpi.views.district import letterhead
from vinhchau_kpi.views.screen import Lines, Paragraph, ScreenPart, Title, Tone

GROUPS = (
    N_("To be corrected:"),
    N_("To be checked; if the figure is right, please say so:"),
    N_("To be noted:"),
)
"""Errors, doubts and other warnings."""


def letter(
    answer: Answer, copies: Mapping[str, str], plan: Plan, office: Office, language: Language
) -> list[ScreenPart]:
    """`copies`: by file, the name of the marked copy that goes with the letter, of those that have one."""
    say, names = language.say, tuple(_name(one.submission.file) for one in answer.files)
    to = plan.agency_name(answer.agency, language) if answer.agency else say(N_("the sender of {names}"), names=names)
    parts = [*_begin(N_("Figures to be corrected or checked"), plan, office, language), *_to(to, language)]
    for one in answer.files:
        parts += _file(one, language)
    marked = tuple(PurePath(copies[one.submission.file]) for one in answer.files if one.submission.file in copies)
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
    return [*parts, *_end(office, language)]


def reminders(coverage: Coverage, answers: Sequence[Answer], office: Office, language: Language) -> list[ScreenPart]:
    """To each agency that owes something since January what it owes, and which of its files are there and have errors."""
    say, plan = language.say, coverage.plan
    received = {one.agency: one.files for one in answers if any(finding.is_error for finding in one.findings)}
    period = plan.period_words(coverage.period, language)
    parts = list(_begin(N_("Reminder: figures up to the end of {period}"), plan, office, language, period=period))
    owing = [row for row in coverage.agencies if row.owing]
    for row in owing:
        parts += [*_to(agency_name(row, coverage, language), language), Lines((owed_words(row, coverage, language),))]
        if row.agency in received:
            text = N_("Received, but not usable as a whole: {names}; the letter about it says what to correct.")
            names = tuple(_name(one.submission.file) for one in received[row.agency])
            parts.append(Paragraph(say(text, names=names)))
    return [*parts, *(_end(office, language) if owing else reminder(coverage, language))]


def _begin(title: str, plan: Plan, office: Office, language: Language, **args: str) -> Iterator[ScreenPart]:
    head = letterhead(plan, office, language)
    yield from (Title(name.upper()) for name in (head.parent, head.office) if name)
    yield Title(language.say(title, **args))
    yield Paragraph(plan.heading(language))


def _to(name: str, language: Language) -> Iterator[ScreenPart]:
    yield Paragraph("")
    yield Paragraph(language.say(N_("To: {name}"), name=name), Tone.STRONG)


def _end(office: Office, language: Language) -> Iterator[ScreenPart]:
    """Where an answer goes, and who has written."""
    if office.address:
        yield Paragraph(language.say(N_("Send it to {address}."), address=office.address))
    if office.signer:
        yield Paragraph("")
        yield Paragraph(office.signer, Tone.STRONG)


def _name(file: str) -> PurePath:
    """A file without its folders; a path, for text would be clipped."""
    return PurePath(PurePath(file).name)


def _group(finding: Finding) -> int:
    return 0 if finding.is_error else 1 if finding.rule.is_doubt else 2


def _file(answered: AnsweredFile, language: Language) -> Iterator[ScreenPart]:
    """A file's findings by group; what nearly every row has in common once, with how many rows."""
    submission = answered.submission
    found = Findings(answered.told)
    found.rows = {submission.file: submission.rows_with_figures}
    common = {rule.code: rows for (rule, _), rows in found.in_common().items()}
    grids = [part.grid for part in submission.parts if part.grid is not None]
    cells = {(grid.sheet, one.line): one.cells for grid in grids for one in grid.records}
    sheet = grids[0].sheet if len(grids) == 1 else None
    told = _Told(submission.file, sheet, cells, language)
    if answered.told:
        name = _name(submission.file)
        heading = N_("File {name}:") if sheet is None else N_("File {name} (“{sheet}”):")
        yield Paragraph(language.say(heading, name=name, sheet=sheet or ""), Tone.STRONG)
    number, said = 0, set[str]()
    for group, words in enumerate(GROUPS):
        lines = []
        for finding in answered.told:
            code = finding.rule.code
            if _group(finding) != group or code in said:
                continue
            number += 1
            line = f"{number}. {told.line(finding)}"
            if code in common:
                said.add(code)
                line += " " + language.plural("So in {n} row.", "So in {n} rows.", common[code])
            lines.append(line)
        if lines:
            yield Paragraph(language.say(words))
            yield Lines(tuple(lines))


class _Told(NamedTuple):
    """How a file's findings are told: `sheet` is the one that is spoken of anyway, `cells` are those of each line."""

    file: str
    sheet: str | None
    cells: Mapping[tuple[str | None, int], Sequence[Cell]]
    language: Language

    def line(self, finding: Finding) -> str:
        """The cell, what stands in it where the words that follow do not say that, what was found, what to do."""
        say, told = self.language.say, finding.with_places(self.where)
        where, stands = self.language.tell(self.where(finding.place)), self.stands(finding.place)
        words = told.message(self.language)
        if stands and not re.search(rf"(?<![\w.,-]){re.escape(stands)}(?!\w|[.,]\w)", words):
            where = say(N_("{where}, which has “{value}”"), where=where, value=stands)
        return f"{where[:1].upper()}{where[1:]}: {words} {say(N_('What to do:'))} {told.to_sender(self.language)}"

    def where(self, place: Place) -> Message:
        """A place as people say it."""
        if place.line is None:
            at = Message(
                N_("the whole file") if place.sheet is None else N_("sheet “{sheet}”"), {"sheet": place.sheet or ""}
            )
        elif place.sheet is not None and place.column is not None:
            at = Message(N_("cell {cell}"), {"cell": f"{column_letters(place.column)}{place.line}"})
        else:
            args = {"line": str(place.line), "column": str(place.column)}
            at = Message(N_("line {line}, column {column}") if place.column is not None else N_("line {line}"), args)
        if place.sheet is not None and place.line is not None and (place.file, place.sheet) != (self.file, self.sheet):
            at = Message(N_("{at} of “{sheet}”"), {"at": at, "sheet": place.sheet})
        if place.file != self.file:
            at = Message(N_("{at} of file {name}"), {"at": at, "name": _name(place.file)})
        return at

    def stands(self, place: Place) -> str:
        """What a cell of the file has in it; nothing where the place is no cell of it."""
        if place.file != self.file or place.line is None or place.column is None:
            return ""
        cell = next(iter(self.cells.get((place.sheet, place.line), ())[place.column - 1 : place.column]), "")
        if isinstance(cell, NumberCell) and isinstance(cell.value, Decimal) and not cell.is_percent:
            return self.language.shown(cell.value)
        return clipped(str(cell))
