"""A `Report`, as a screen in the district form and as facts for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.report import CommitmentRow, Reading, Report, Row
from vinhchau_kpi.status import Status
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import (
    FormRow,
    compares,
    groups,
    notes,
    promise_groups,
    promise_note,
    promise_status,
    row_words,
)
from vinhchau_kpi.views.facts import exact, percent_fact, target_cell, target_facts
from vinhchau_kpi.views.screen import Gauge, Head, Line, Paragraph, ScreenCell, ScreenPart, ScreenTable, Title, Tone

STATUS_WORDS = {
    Status.ON_TRACK: N_("on track {n}"),
    Status.BEHIND: N_("behind {n}"),
    Status.NOT_YET: N_("not yet met {n}"),
    Status.NOT_MET: N_("not met {n}"),
    Status.NOT_REPORTED: N_("not reported {n}"),
    Status.NOT_DUE: N_("not due yet {n}"),
    Status.NOT_ASSESSED: N_("not assessed {n}"),
    Status.INCOMPLETE: N_("not enough figures {n}"),
}
WAY_OUT = N_(
    "A figure that was checked and is right: put it into the file confirmed.csv beside the figures, with who has checked it."
)


def screen(whole: Report, shown: Report, language: Language, *, in_plan_order: bool = True) -> list[ScreenPart]:
    """`whole` gives the heading and the summary, `shown` the rows that were chosen of it."""
    parts: list[ScreenPart] = [*heading(whole, language), Paragraph(summary(whole, language), Tone.STRONG)]
    if shown.rows:
        legend = N_(
            "… not reported · – does not apply · blank: not due yet · bar: │ or ┃ marks what is expected by now."
        )
        below = (*notes(shown, language), language.say(legend))
        parts += [
            _table(shown, language, in_plan_order),
            *doubts.notes(shown.rows, language),
            *([Paragraph(language.say(WAY_OUT), Tone.QUIET)] if any(row.is_doubted for row in shown.rows) else []),
            *(Paragraph(text, Tone.QUIET) for text in below),
        ]
    if shown.commitments:
        parts += [
            Title(language.say(N_("Commitments"))),
            Paragraph(promise_summary(whole, language)),
            _promises(shown, language),
            *doubts.notes(shown.commitments, language),
        ]
    if not shown.rows and not shown.commitments:
        parts.append(Paragraph(language.say(N_("No rows match."))))
    return parts


def summary(report: Report, language: Language) -> str:
    """The field's own sentence: met includes exceeded in its first number."""
    counts = report.counts
    first = language.say(
        N_("Met or exceeded {n} of {all} indicators, of which exceeded {exceeded}"),
        n=report.met_or_exceeded,
        all=counts.total(),
        exceeded=counts[Status.EXCEEDED],
    )
    others = [language.say(text, n=counts[status]) for status, text in STATUS_WORDS.items() if counts[status]]
    return "; ".join([first, *others]) + "."


def facts(whole: Report, shown: Report, language: Language) -> dict[str, Any]:
    """The report as the JSON contract has it: full precision, canonical codes and periods; only what speaks against a figure is
    said in a language."""
    return {
        "plan": whole.plan.id,
        "period": str(whole.period),
        "as_of": whole.as_of.isoformat() if whole.as_of else None,
        "summary": summary_facts(whole),
        "headings": [
            {"code": code, "name": name}
            for code, name in {one.code: one.name.vi for row in shown.rows for one in row.entry.headings}.items()
        ],
        "rows": [row_facts(row, language) for row in shown.rows],
        "commitments": [promise_facts(row, language) for row in shown.commitments],
    }


def summary_facts(report: Report) -> dict[str, int]:
    counts = report.counts
    return {
        "indicators": counts.total(),
        **{status.value: counts[status] for status in _SUMMARY_ORDER},
        "overdue": report.overdue,
        "doubted": report.doubted,
        "rows_left_out": report.reading.rows_left_out,
        "open_readings": report.plan.open_readings,
    }


_SUMMARY_ORDER = (
    Status.MET, Status.EXCEEDED, Status.ON_TRACK, Status.BEHIND, Status.NOT_YET, Status.NOT_MET,
    Status.NOT_REPORTED, Status.NOT_DUE, Status.NOT_ASSESSED, Status.INCOMPLETE,
)  # fmt: skip


def row_facts(row: Row, language: Language) -> dict[str, Any]:
    indicator, now = row.indicator, row.actual
    return {
        "code": row.code,
        "parent": words.above(row.entry),
        "section": row.entry.section.id,
        "name": indicator.name.vi,
        "unit": indicator.unit,
        "measure": indicator.measure,
        "target": target_facts(row.target),
        "in_period": exact(now.in_period),
        "cumulative": exact(now.cumulative),
        "value": exact(now.value),
        "value_period": str(now.value_period) if now.value_period else None,
        "percent": percent_fact(row.percent),
        "expected_percent": percent_fact(row.expected_percent),
        "gap": exact(row.gap),
        "status": row.status.value,
        "projection": exact(row.projection),
        "missing": [str(period) for period in now.missing],
        "kind": now.kind.value if now.kind else None,
        "last_year": exact(row.last_year),
        "index": percent_fact(row.index),
        "revised_on": row.revision.effective.isoformat() if row.revision else None,
        "left_out": [str(period) for period in row.left_out],
        "assigned": {
            who: {"target": target_facts(target), "percent": percent_fact(percent)}
            for who, target, percent in row.assigned
        },
        "doubts": doubts.facts(row.doubts, language),
    }


def promise_facts(row: CommitmentRow, language: Language) -> dict[str, Any]:
    return {
        "code": row.commitment.code,
        "section": row.section.id,
        "name": row.commitment.name.vi,
        "status": row.status.value,
        "due": row.commitment.due.isoformat() if row.commitment.due else None,
        "value_period": str(row.reached) if row.reached else None,
        "note": promise_note(row, language),
        "areas": row.by_area
        and {
            "kept": list(row.by_area.kept),
            "not_kept": list(row.by_area.not_kept),
            "not_reported": list(row.by_area.missing),
        },
        "doubts": doubts.facts(row.doubts, language),
    }


def records(shown: Report, language: Language) -> Iterator[dict[str, Any]]:
    """The rows of the CSV: the JSON's rows flat, the commitments below them with `measure` commitment."""
    for row in shown.rows:
        fact = row_facts(row, language)
        yield {
            **fact,
            "target": target_cell(fact["target"]),
            "missing": " ".join(fact["missing"]),
            "left_out": " ".join(fact["left_out"]),
            "note": "",
            "doubts": doubts.cell(fact["doubts"]),
            "assigned": " ".join(
                f"{who} {one['percent']}" for who, one in fact["assigned"].items() if one["percent"] is not None
            ),
        }
    for promise in shown.commitments:
        fact = promise_facts(promise, language)
        own = {"measure": "commitment", "doubts": doubts.cell(fact["doubts"])}
        yield {name: (fact | own).get(name) for name in RECORD_FIELDS}


RECORD_FIELDS = (
    "code", "parent", "section", "name", "unit", "measure", "target", "in_period", "cumulative", "value",
    "value_period", "percent", "expected_percent", "gap", "status", "projection", "missing", "kind", "last_year", "index", "revised_on", "left_out",
    "note", "doubts", "assigned",
)  # fmt: skip


# The screen


def heading(report: Report, language: Language) -> Iterator[Title | Paragraph]:
    """What a report is of, what it was made from, and what is not in it."""
    plan = report.plan
    yield Title(plan.heading(language))
    if plan.issuer:
        yield Paragraph(plan.issuer.in_(language))
    yield Paragraph(period_heading(report, language), Tone.STRONG)
    yield Paragraph(reading_words(report, language))
    yield from report_caveats(report, language)


def period_heading(report: Report, language: Language) -> str:
    period = report.plan.period_words(report.period, language)
    return language.say(N_("Achievement up to the end of {period}"), period=period)


def reading_words(report: Report, language: Language) -> str:
    """What was read, and as known when."""
    reading = report.reading
    files = language.plural("{n} file", "{n} files", reading.files)
    figures = language.plural("{n} figure", "{n} figures", reading.figures)
    if report.as_of:
        known = language.say(N_("based on the figures reported by {day}"), day=f"{report.as_of:%d/%m/%Y}")
    else:
        known = language.say(N_("based on all figures read"))
    text = language.say(N_("Read: {files}, {figures}; {known}."), files=files, figures=figures, known=known)
    if reading.last_year:
        compared = language.plural(
            "For comparison: {n} figure of {year}.",
            "For comparison: {n} figures of {year}.",
            reading.last_year,
            year=str(report.plan.span.before),
        )
        text = f"{text} {compared}"
    if reading.other_years:
        years, count = tuple(sorted(set(reading.other_years))), len(reading.other_years)
        left = language.plural("Not used: {n} file of {years}.", "Not used: {n} files of {years}.", count, years=years)
        text = f"{text} {left}"
    return text


def report_caveats(report: Report, language: Language, *, on_paper: bool = False) -> Iterator[Paragraph]:
    """What must be known of a report's figures, and that it is on months of which there are none; `on_paper` with periods in words."""
    if report.silent_months and any(row.actual.figures for row in report.rows):
        silent = report.silent_months
        text = language.say(
            N_("No figures yet for {periods}: each row is judged at its latest month with figures."),
            periods=words.stretches_in_words(silent, report.plan, language) if on_paper else words.stretches(silent),
        )
        yield Paragraph(text, Tone.BAD)
    if report.doubted:
        text = language.plural(
            "{n} row of this report rests on a figure that should be looked at again (marked {mark}).",
            "{n} rows of this report rest on figures that should be looked at again (marked {mark}).",
            report.doubted,
            mark=doubts.DOUBTED,
        )
        yield Paragraph(text, Tone.BAD)
    if report.plan.open_readings:
        text = language.plural(
            "{n} reading of the plan is not yet confirmed; kpi plan check lists it.",
            "{n} readings of the plan are not yet confirmed; kpi plan check lists them.",
            report.plan.open_readings,
        )
        yield Paragraph(text, Tone.BAD)
    yield from caveats(report.reading, language)


def with_caveats(screen: Sequence[ScreenPart], reading: Reading, language: Language) -> list[ScreenPart]:
    """A screen with what must be known of the figures below its title."""
    return [*screen[:1], *caveats(reading, language), *screen[1:]]


def caveats(reading: Reading, language: Language) -> Iterator[Paragraph]:
    """What anyone who sees a number must know: that it is made up, and what is not in it."""
    if reading.illustrative:
        yield Paragraph(
            language.say(N_("ILLUSTRATIVE FIGURES: made up to show the program; nobody reported them.")), Tone.BAD
        )
    if reading.unread:
        names = tuple(PurePath(file).name for file in reading.unread)
        text = language.plural(
            "{n} file could not be read, and nothing in it is in this report: {names}.",
            "{n} files could not be read, and nothing in them is in this report: {names}.",
            len(names),
            names=names,
        )
        yield Paragraph(text, Tone.BAD)
    if reading.rows_left_out:
        text = language.plural(
            "{n} row with errors was left out of this report.",
            "{n} rows with errors were left out of this report.",
            reading.rows_left_out,
        )
        yield Paragraph(text, Tone.BAD)
    if reading.errors:
        text = language.plural(
            "{n} error was found in the figures read; see kpi validate.",
            "{n} errors were found in the figures read; see kpi validate.",
            reading.errors,
        )
        yield Paragraph(text, Tone.BAD)
    if reading.contradicting:
        text = language.say(
            N_("Figures that contradict each other are left out: {codes}."), codes=reading.contradicting
        )
        yield Paragraph(text, Tone.BAD)


def _table(report: Report, language: Language, in_plan_order: bool) -> ScreenTable:
    say, with_index = language.say, compares(report)
    columns = (
        Head(say(N_("No."))),
        Head(say(N_("Indicator")), grows=True),
        Head(say(N_("Unit")), gives_way=2, folds=True),
        Head(say(N_("Plan")), numeric=True),
        Head(say(N_("In period")), numeric=True, gives_way=3),
        Head(say(N_("Cumulative")), numeric=True),
        Head(""),
        Head(say(N_("% of plan")), numeric=True),
        *([Head(say(N_("% of last year")), numeric=True)] if with_index else []),
        Head(say(N_("Progress")), gives_way=5),
        Head(say(N_("Gap")), numeric=True, gives_way=4),
        Head(say(N_("Assessment"))),
    )
    lines: list[Line] = []
    for group in groups(report, in_plan_order=in_plan_order):
        if group.section is not None:
            lines.append(Line(heading=f"{group.section.id}. {group.section.heading(language)}"))
        for one in group.rows:
            for heading in one.headings:
                title = "  " * heading.depth + heading.of.name.in_(language)
                lines.append(Line((heading.of.code, title, *[""] * (len(columns) - 2)), Tone.STRONG))
            if one.begins_parts:
                indent = "  " * one.depth
                lines.append(Line(("", indent + say(N_("Of which:")), *[""] * (len(columns) - 2)), Tone.QUIET))
            lines.append(_line(one, language, with_index))
    return ScreenTable(columns, tuple(lines))


def _line(one: FormRow, language: Language, with_index: bool) -> Line:
    row, text = one.row, row_words(one.row, language)
    cells: tuple[ScreenCell, ...] = (
        text.code,
        "  " * one.depth + ("- " if one.depth else "") + text.name,
        text.unit,
        text.target,
        text.in_period,
        text.value,
        text.marks,
        text.percent,
        *([text.index] if with_index else []),
        Gauge(row.percent, row.expected_percent),
        text.gap,
        text.status,
    )
    tone = words.TONES[row.status]
    plain = Tone.STRONG if row.indicator.children else Tone.PLAIN
    tones = (Tone.PLAIN, plain, *[Tone.PLAIN] * (7 if with_index else 6), tone, Tone.PLAIN, tone)
    return Line(cells, tones=tones)


def promise_summary(report: Report, language: Language) -> str:
    """How many promises are kept, are not, and of how many that is not known; together they are all."""
    statuses = [promise.status for promise in report.commitments]
    kept, silent = statuses.count(Status.MET), statuses.count(Status.NOT_REPORTED)
    text = language.say(
        N_("Carried out {n} of {all} commitments; not carried out {open}; not reported {silent}."),
        n=kept,
        all=len(statuses),
        open=statuses.count(Status.NOT_YET) + statuses.count(Status.NOT_MET) + report.overdue,
        silent=silent + statuses.count(Status.INCOMPLETE),
    )
    if report.overdue:
        text += " " + language.say(N_("Overdue: {n}."), n=report.overdue)
    return text


def _promises(report: Report, language: Language) -> ScreenTable:
    say = language.say
    columns = (
        Head(say(N_("No."))),
        Head(say(N_("Commitment")), grows=True),
        Head(say(N_("Assessment"))),
        Head(say(N_("Period")), gives_way=1),
        Head(say(N_("Evidence")), gives_way=2, grows=True),
    )
    lines: list[Line] = []
    for section, rows in promise_groups(report.commitments):
        lines.append(Line(heading=f"{section.id}. {section.heading(language)}"))
        for row in rows:
            cells = (
                row.commitment.code,
                row.commitment.name.in_(language),
                doubts.marked(promise_status(row.status, language), row.doubts),
                str(row.reached or ""),
                promise_note(row, language),
            )
            lines.append(Line(cells, tones=(Tone.PLAIN, Tone.PLAIN, words.TONES[row.status], Tone.QUIET, Tone.QUIET)))
    return ScreenTable(columns, tuple(lines))
