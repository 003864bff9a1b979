"""What `kpi validate` and `kpi plan check` say: a line for each file, the totals, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from vinhchau_kpi.doubt import Doubt
from vinhchau_kpi.finding import Findings, Place
from vinhchau_kpi.intake.cut.headings import COLUMN_NAMES
from vinhchau_kpi.intake.inbox import Inbox
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.read.how_read import HowRead
from vinhchau_kpi.intake.read.submission import Submission
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.scale import Scale
from vinhchau_kpi.views import doubts
from vinhchau_kpi.views import findings as view
from vinhchau_kpi.views.screen import Head, Line, Paragraph, ScreenPart, ScreenTable, Title, Tone

LISTED = 3
"""Agencies or periods of a file that are written out; more are counted."""


def screen(
    inbox: Inbox,
    findings: Findings,
    plan: Plan,
    language: Language,
    *,
    show_all: bool = False,
    as_table: bool = False,
    explain: bool = False,
    settled: Sequence[Doubt] = (),
) -> Iterator[ScreenPart]:
    yield _files(inbox, findings, plan, language)
    if inbox.compared:
        yield _compared(inbox.compared, language)
    if explain:
        for part in (part for one in inbox.submissions for part in one.parts):
            yield from _explanation(part, language)
    if findings and as_table:
        yield view.table(findings.every(), language)
        yield from view.left_out(findings, language)
    elif findings:
        yield from view.screen(findings, language, show_all=show_all)
    if settled:
        text = language.plural("{n} doubt is settled:", "{n} doubts are settled:", len(settled))
        yield Paragraph(text)
        yield from (Paragraph(f"  {doubts.said(doubt, language)}", Tone.QUIET) for doubt in settled)
    yield _verdict(findings, language)


def plan_screen(
    plan: Plan | Scale | None, findings: Findings, language: Language, *, show_all: bool
) -> Iterator[ScreenPart]:
    """The faults of a plan file or scale file, or what it holds."""
    if findings:
        yield from view.screen(findings, language, show_all=show_all)
    if isinstance(plan, Plan):
        counts = {"n": len(plan.entries), "m": len(plan.commitments)}
        yield Paragraph(language.say(N_("{n} indicators, {m} commitments."), **counts))
    elif plan is not None:
        args = {"n": len(plan.criteria), "points": plan.points}
        yield Paragraph(language.say(N_("{n} criteria, {points} points."), **args))
    yield _verdict(findings, language)


def _files(inbox: Inbox, findings: Findings, plan: Plan, language: Language) -> ScreenTable:
    """A line for each file, and one for all where there are several."""
    say = language.say
    columns = (
        Head(say(N_("File")), grows=True), Head(say(N_("Agency")), gives_way=2), Head(say(N_("Periods")), gives_way=1),
        Head(say(N_("Rows")), numeric=True), Head(say(N_("Figures")), numeric=True),
        Head(say(N_("Errors")), numeric=True), Head(say(N_("Warnings")), numeric=True),
    )  # fmt: skip
    named = {one.file: one for one in inbox.submissions}
    files = list(dict.fromkeys([*named, *(file for _, file in findings.counts)]))
    errors, warnings = findings.by_file(errors=True), findings.by_file(errors=False)
    lines = []
    for file in files:
        read = named.get(file, Submission(file))
        agencies = _listed([plan.agency_name(agency, language) for agency in read.agencies], language)
        words = (file, agencies, _periods(read.periods, language))
        lines.append(_line(words, (read.rows, read.count, errors[file], warnings[file]), language))
    if len(files) > 1:
        total = language.plural("{n} file", "{n} files", len(files))
        rows, figures = (sum(counts) for counts in zip(*((s.rows, s.count) for s in named.values()), strict=True))
        lines.append(_line((total, "", ""), (rows, figures, errors.total(), warnings.total()), language, Tone.STRONG))
    return ScreenTable(columns, tuple(lines))


def _compared(submissions: Sequence[Submission], language: Language) -> Paragraph:
    """How much there was to compare with, and what of it could not be used: silence about that would look like soundness."""
    count, left_out = (sum(counts) for counts in zip(*((s.count, s.rows_left_out) for s in submissions), strict=True))
    files = language.plural("{n} file", "{n} files", len(submissions))
    figures = language.plural("{n} figure", "{n} figures", count)
    text = language.say(N_("Compared with {figures} of {files}."), figures=figures, files=files)
    unread = tuple(PurePath(one.file).name for one in submissions if not one.is_read)
    if left_out:
        text += " " + language.plural(
            "{n} row with errors there is not among them.", "{n} rows with errors there are not among them.", left_out
        )
    if unread:
        text += " " + language.say(N_("Could not be read, so not compared with: {names}."), names=unread)
    return Paragraph(text, Tone.FAIR if left_out or unread else Tone.QUIET)


def _line(words: tuple[str, ...], counts: tuple[int, ...], language: Language, plain: Tone = Tone.PLAIN) -> Line:
    *_, errors, _ = counts
    tone = Tone.BAD if errors else plain
    return Line((*words, *map(language.number, counts)), tones=(tone, *[plain] * 4, tone, plain))


def _listed(names: Sequence[str], language: Language) -> str:
    return ", ".join(names) if len(names) <= LISTED else language.plural("{n} agency", "{n} agencies", len(names))


def _periods(periods: Sequence[Period], language: Language) -> str:
    if len(periods) <= LISTED:
        return ", ".join(map(str, periods))
    return language.say(N_("{first} … {last} ({n})"), first=str(periods[0]), last=str(periods[-1]), n=len(periods))


def _verdict(findings: Findings, language: Language) -> Paragraph:
    if not findings:
        return Paragraph(language.say(N_("No problems found.")), Tone.GOOD)
    return Paragraph(f"{view.counted(findings, language)}.", Tone.BAD if findings.errors else Tone.FAIR)


# How a file was read

DELIMITER_NAMES = {";": N_("semicolon ;"), ",": N_("comma ,"), "\t": N_("tab"), "|": N_("vertical bar |")}


def _explanation(submission: Submission, language: Language) -> Iterator[ScreenPart]:
    """What was taken of a file and from which cells, one line a thing."""
    yield Title(language.say(N_("How {file} was read"), file=submission.file))
    columns = (Head(""), Head(language.say(N_("Read as"))), Head(language.say(N_("Because")), grows=True))
    yield ScreenTable(columns, tuple(Line(cells) for cells in _taken(submission, language)))


def _taken(submission: Submission, language: Language) -> Iterator[tuple[str, str, str]]:
    """Places are given without the file, which the title names."""
    say, how_read = language.say, submission.how_read
    unknown = say(N_("not understood"))
    if how_read.sheet is not None:
        others = ", ".join(how_read.sheets_passed_over)
        because = say(N_("not read: {sheets}"), sheets=others) if others else say(N_("the only sheet"))
        if how_read.sheets_beside and not others:
            because = language.plural("read, and {n} other", "read, and {n} others", how_read.sheets_beside)
        yield say(N_("Sheet")), how_read.sheet, because
    elif how_read.encoding is not None:
        yield say(N_("Encoding")), *_reason(how_read.encoding, language)
    else:
        yield say(N_("File")), unknown, ""
        return
    if how_read.delimiter is not None:
        yield say(N_("Delimiter")), *_reason(how_read.delimiter, language)
    if how_read.header is None:
        yield say(N_("Header row")), unknown, ""
        return
    yield say(N_("Header row")), _spot(how_read.header), say(N_("the first row with the most known headings"))
    for name, heading, place in how_read.columns:
        yield say(N_("Column")), say(COLUMN_NAMES[name]), f"{_spot(place)}: “{heading}”"
    for heading, place in how_read.periods:
        yield say(N_("Column")), say(N_("figures of {period}"), period=heading), _spot(place)
    if how_read.report_date is not None:
        yield say(N_("Report date")), *_reason(how_read.report_date, language)
    yield say(N_("Numbers")), *(_reason(how_read.numbers, language) if how_read.numbers else (unknown, ""))


def _spot(place: Place) -> str:
    return str(place).removeprefix(f"{place.file}:")


def _reason(choice: Choice, language: Language) -> tuple[str, str]:
    what = language.say(DELIMITER_NAMES[choice.what]) if choice.what in DELIMITER_NAMES else choice.what
    places = "".join(f"{_spot(place)}: " for place in choice.places)
    return what, places + language.tell(choice.because)


def explained_facts(inbox: Inbox, findings: Findings, language: Language) -> dict[str, Any]:
    """The findings, and for each file how it was read."""
    files = [_file_facts(part, language) for one in inbox.submissions for part in one.parts]
    return {"files": files, "findings": view.facts(findings.every(), language)}


def _file_facts(submission: Submission, language: Language) -> dict[str, Any]:
    how_read: HowRead = submission.how_read
    return {
        "file": submission.file,
        "rows": submission.rows,
        "figures": submission.count,
        "rows_left_out": submission.rows_left_out,
        "agencies": list(submission.agencies),
        "periods": [str(period) for period in submission.periods],
        "sheet": how_read.sheet,
        "sheets_passed_over": list(how_read.sheets_passed_over),
        "encoding": _choice_facts(how_read.encoding, language),
        "delimiter": _choice_facts(how_read.delimiter, language),
        "header": str(how_read.header) if how_read.header else None,
        "columns": [{"name": n, "heading": heading, "place": str(place)} for n, heading, place in how_read.columns],
        "period_columns": [{"heading": heading, "place": str(place)} for heading, place in how_read.periods],
        "report_date": _choice_facts(how_read.report_date, language),
        "numbers": _choice_facts(how_read.numbers, language),
    }


def _choice_facts(choice: Choice | None, language: Language) -> dict[str, Any] | None:
    if choice is None:
        return None
    return {
        "what": choice.what,
        "because": language.tell(choice.because),
        "places": [str(place) for place in choice.places],
    }
