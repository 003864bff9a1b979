"""One indicator whole: the plan's words, the formula with its numbers, every figure with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from vinhchau_kpi.detail import Detail
from vinhchau_kpi.figure import KIND_NAMES, WITHDRAWN, Figure
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Row
from vinhchau_kpi.text import fold
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import (
    LEFT_OUT_WORDS,
    PARTIAL,
    assigned_words,
    kept_words,
    missing_words,
    promise_note,
    promise_status,
    revision_day,
)
from vinhchau_kpi.views.facts import figure_facts, target_facts
from vinhchau_kpi.views.plan import EVERY_NAMES, MEASURE_NAMES
from vinhchau_kpi.views.report import promise_facts, row_facts
from vinhchau_kpi.views.screen import Gauge, Head, Line, Paragraph, ScreenCell, ScreenPart, ScreenTable, Title, Tone

REPLACED = "×"
"""Beside a figure in whose place another stands."""
TAKEN_BACK = N_("taken back")
"""Beside a figure that a later row takes back."""


class Choice(NamedTuple):
    """What may be meant by words that are in the names of several indicators and commitments."""

    plan: Plan
    words: str
    codes: tuple[str, ...]

    def screen(self, language: Language) -> list[ScreenPart]:
        say = language.say
        text = N_("“{words}” is in {n} names. Show one by its code, for example: kpi show {example}")
        columns = Head(say(N_("No."))), Head(say(N_("Name")), grows=True), Head(say(N_("Lead agency")), gives_way=1)
        found = [self.plan.subjects[fold(code)] for code in self.codes]
        cells = (
            (one.code, one.name.in_(language), self.plan.agency_name(one.lead, language) if one.lead else "")
            for one in found
        )
        heading = Paragraph(say(text, words=self.words, n=len(found), example=self.codes[0]))
        return [heading, ScreenTable(columns, tuple(map(Line, cells)))]

    def facts(self) -> list[dict[str, Any]]:
        found = (self.plan.subjects[fold(code)] for code in self.codes)
        return [{"code": one.code, "name": one.name.vi, "lead": one.lead} for one in found]


CHOICE_FIELDS = ("code", "name", "lead")


def screen(detail: Detail, language: Language) -> list[ScreenPart]:
    row = detail.row
    if isinstance(row, CommitmentRow):
        return [*_promise(row, language), *_figures(detail, language)]
    return [*_indicator(detail, row, language), *_months(detail, language), *_figures(detail, language)]


def _indicator(detail: Detail, row: Row, language: Language) -> Iterator[ScreenPart]:
    say, indicator, plan = language.say, row.indicator, detail.plan
    yield Title(f"{indicator.code} {indicator.name.in_(language)}")
    if row.entry.headings:
        yield Paragraph(" › ".join(f"{one.code} {one.name.in_(language)}" for one in row.entry.headings), Tone.QUIET)
    yield from _source(row.indicator.source.clause, indicator.source.quote, indicator.source.note, language)
    lead = plan.agency_name(indicator.lead, language) if indicator.lead else words.NOT_APPLICABLE
    yield Paragraph(
        say(
            N_("Target {target} {unit} · {measure} · reported each {every} · {lead}"),
            target=words.target(row.target, language),
            unit=row.unit.name,
            measure=say(MEASURE_NAMES[indicator.measure]),
            every=say(EVERY_NAMES[indicator.every]),
            lead=lead,
        )
    )
    if row.by_area is not None:
        yield Paragraph(kept_words(row.by_area, language))
    yield from (Paragraph(text) for text in assigned_words(plan, row, language))
    yield from _target_history(detail, row, language)
    yield from _season(detail, row, language)
    yield Paragraph(formula(row, language), Tone.STRONG)
    yield Paragraph(doubts.marked(words.status(row.status, language), row.doubts), words.TONES[row.status])
    yield from doubts.notes([row, *detail.months], language)
    if not set(row.actual.missing) <= set(row.left_out):
        yield Paragraph(say(N_("Not reported:")) + f" {missing_words(plan, row, language)}", Tone.BAD)
    if row.left_out:
        yield Paragraph(say(LEFT_OUT_WORDS) + f" {', '.join(words.stretches(row.left_out))}", Tone.BAD)
    others = tuple(dict.fromkeys(figure.code for figure in row.actual.figures if figure.code != row.code))
    if others:
        yield Paragraph(say(N_("Where it is not reported itself, the sum of its parts counts: {codes}."), codes=others))
    if row.index is not None and row.last_year is not None:
        text = say(
            N_("Against the same month of last year: 100 × {value} ÷ {then} = {percent} %"),
            value=row.actual.value,
            then=row.last_year,
            percent=language.percent(row.index),
        )
        yield Paragraph(text)
    if row.projection is not None:
        text = say(
            N_("Projection for the whole year, if the remaining months follow the seasonal profile: {value} {unit}"),
            value=row.projection,
            unit=row.unit.name,
        )
        if row.actual.is_short:
            text += " " + say(N_("(too low: some figures are missing from the sum)"))
        yield Paragraph(text, Tone.QUIET)


def _target_history(detail: Detail, row: Row, language: Language) -> Iterator[ScreenPart]:
    """Every target the indicator has had, where it was revised; a mark at the one the row is held against."""
    say, indicator = language.say, row.indicator
    if not indicator.revisions:
        return
    yield Paragraph(say(N_("Targets, oldest first; ► is the one in force for this report:")))
    issued = detail.plan.issued
    when = f"{issued:%d/%m/%Y}" if issued else say(N_("as issued"))
    history = [(row.revision is None, when, indicator.target, "")]
    for revision in sorted(indicator.revisions, key=lambda one: one.effective):
        grounds = " · ".join(filter(None, (revision.reason, revision.source)))
        history.append((revision is row.revision, revision_day(revision, language), revision.target, grounds))
    for is_in_force, day, target, grounds in history:
        mark = "►" if is_in_force else " "
        text = f"  {mark} {day}  {words.target(target, language)} {words.unit(row.unit, language)}"
        yield Paragraph(f"{text}  {grounds}".rstrip(), Tone.STRONG if is_in_force else Tone.PLAIN)


def _season(detail: Detail, row: Row, language: Language) -> Iterator[ScreenPart]:
    """The profile that the expected percent follows, and what it rests on."""
    profile = detail.plan.profiles.get(row.indicator.profile)
    if profile is None or not row.indicator.is_flow:
        return
    text = language.say(
        N_("Expected by the end of each month, in % of the year ({profile}): {shares}"),
        profile=row.indicator.profile,
        shares=profile.shares,
    )
    yield Paragraph(text)
    if profile.note:
        yield Paragraph(language.say(N_("Note:")) + f" {profile.note}", Tone.QUIET)


def gap_unit(row: Row, language: Language) -> str:
    """A difference of two percents is in points."""
    return language.say(N_("points")) if row.unit.is_percent else words.unit(row.unit, language)


def formula(row: Row, language: Language) -> str:
    """The computation with this period's numbers in it."""
    say, now, target = language.say, row.actual, row.target
    if now.value is None:
        return say(N_("No figure, so nothing to compute."))
    value = words.actual(now.value, row.indicator, language)
    if row.percent is None:
        if row.gap is None:
            return say(N_("Reported: {value}"), value=value)
        goal = words.target(target, language)
        return say(
            N_("Gap = {value} against {target}: {gap} {unit}"),
            value=value,
            target=goal,
            gap=words.signed(row.gap, language),
            unit=gap_unit(row, language),
        )
    if target.floor is not None:
        args = {"value": value, "target": language.number(target.floor), "percent": language.percent(row.percent)}
        done = say(N_("100 × {value} ÷ {target} = {percent} %"), **args)
    else:
        assert row.indicator.baseline is not None and target.cap is not None
        base = language.number(row.indicator.baseline.value)
        args = {
            "base": base,
            "value": value,
            "target": language.number(target.cap),
            "percent": language.percent(row.percent),
        }
        done = say(N_("100 × ({base} − {value}) ÷ ({base} − {target}) = {percent} %"), **args)
    if row.expected_percent is not None:
        done += "; " + say(N_("expected by now {percent} %"), percent=language.percent(row.expected_percent))
    return done + "; " + say(N_("gap {gap} {unit}"), gap=words.signed(row.gap, language), unit=gap_unit(row, language))


def _promise(row: CommitmentRow, language: Language) -> Iterator[ScreenPart]:
    source = row.commitment.source
    yield Title(f"{row.commitment.code} {row.commitment.name.in_(language)}")
    yield from _source(source.clause, source.quote, source.note, language)
    yield Paragraph(doubts.marked(promise_status(row.status, language), row.doubts), words.TONES[row.status])
    if row.by_area is not None:
        yield Paragraph(": ".join(filter(None, (str(row.reached or ""), promise_note(row, language)))))
    yield from doubts.notes([row], language)


def _source(clause: str | None, quote: str | None, note: str | None, language: Language) -> Iterator[ScreenPart]:
    if quote:
        yield Paragraph(f"{clause or ''} “{quote}”".strip())
    if note:
        yield Paragraph(language.say(N_("Note:")) + f" {note}", Tone.QUIET)


def _months(detail: Detail, language: Language) -> Iterator[ScreenPart]:
    say = language.say
    is_revised = any(row.revision for row in detail.months)
    columns = (
        Head(say(N_("Period"))),
        *([Head(say(N_("Plan")), numeric=True)] if is_revised else []),
        Head(say(N_("In period")), numeric=True),
        Head(say(N_("Cumulative")), numeric=True),
        Head(say(N_("% of plan")), numeric=True),
        Head(say(N_("Expected %")), numeric=True),
        Head(say(N_("Progress"))),
        Head(say(N_("Assessment"))),
    )
    lines = []
    for row in detail.months:
        now = row.actual
        absent = words.MISSING if now.value is not None or row.indicator.every == "month" else ""
        level = row.indicator.measure == "level"
        cells: tuple[ScreenCell, ...] = (
            str(row.period),
            *([words.target(row.target, language)] if is_revised else []),
            words.NOT_APPLICABLE if level else words.number(now.in_period, language, absent),
            words.actual(now.value, row.indicator, language, absent)
            + (PARTIAL if row.is_partial else "")
            + doubts.mark(row.doubts),
            words.percent(row.percent, language) if now.value is not None else absent,
            words.NOT_APPLICABLE if row.expected_percent is None else language.percent(row.expected_percent),
            Gauge(row.percent, row.expected_percent),
            words.status(row.status, language),
        )
        tone = words.TONES[row.status]
        lines.append(Line(cells, tones=(*[Tone.PLAIN] * (len(columns) - 2), tone, tone)))
    yield Title(say(N_("Month by month")))
    yield ScreenTable(columns, tuple(lines))
    if any(row.is_partial for row in detail.months):
        yield Paragraph(f"{PARTIAL} " + say(N_("Some due figures are missing from the sum.")), Tone.QUIET)


def _figures(detail: Detail, language: Language) -> Iterator[ScreenPart]:
    say = language.say
    yield Title(say(N_("Figures, every version")))
    if not detail.figures:
        yield Paragraph(say(N_("None.")))
        return
    row = detail.row
    is_promise = isinstance(row, CommitmentRow) or bool(row.indicator.target.achieved)
    columns = (
        Head(say(N_("Period"))), Head(say(N_("Area")), gives_way=2), Head(say(N_("Figure")), numeric=True), Head(""),
        Head(say(N_("Kind")), gives_way=3), Head(say(N_("Reported on"))), Head(say(N_("Place"))), Head(say(N_("Note")), grows=True, gives_way=1),
    )  # fmt: skip
    lines = tuple(
        Line(
            (
                str(f.period),
                detail.plan.area_name(f.area, language) if f.area else "",
                words.figure_value(f, is_promise, language),
                _sign(f, detail, language),
                say(WITHDRAWN if f.withdrawn else KIND_NAMES[f.kind]),
                f"{f.reported_on:%d/%m/%Y}" if f.reported_on else words.MISSING,
                str(f.place),
                f.note,
            )
        )
        for f in detail.figures
    )
    yield ScreenTable(columns, lines)
    for figure, by in detail.taken_back.items():
        args = {"figure": words.figure_value(figure, is_promise, language), "place": figure.place, "by": by.place}
        day = f"{by.reported_on:%d/%m/%Y}" if by.reported_on else words.MISSING
        said = say(
            N_("{key}: {figure} ({place}) was taken back on {day} ({by})."), key=figure.key.words, day=day, **args
        )
        yield Paragraph(said, Tone.QUIET)
    if any(_sign(f, detail, language) == REPLACED for f in detail.figures):
        yield Paragraph(
            f"{REPLACED} "
            + say(N_("kept, but not counted: an official figure, a later report, or one with a date, replaces it.")),
            Tone.QUIET,
        )


def _sign(figure: Figure, detail: Detail, language: Language) -> str:
    """What stands beside a figure: that another stands in its place, that it is taken back, or that it is doubted."""
    if figure.withdrawn:
        return ""
    if figure in detail.taken_back:
        return language.say(TAKEN_BACK)
    if figure not in detail.current:
        return REPLACED
    about = (doubt for row in (detail.row, *detail.months) for doubt in row.doubts)
    return doubts.mark(tuple(doubt for doubt in about if figure.key in doubt.about))


def facts(detail: Detail, language: Language) -> dict[str, Any]:
    row = detail.row
    if isinstance(row, CommitmentRow):
        own: dict[str, Any] = promise_facts(row, language)
        source = row.commitment.source
    else:
        own, source = row_facts(row, language), row.indicator.source
    return {
        **own,
        "source": source.model_dump(),
        "months": [{"period": str(month.period), **row_facts(month, language)} for month in detail.months],
        "targets": _target_facts(detail, row),
        "figures": [{**figure_record(figure), "is_current": figure in detail.current} for figure in detail.figures],
    }


def _target_facts(detail: Detail, row: Row | CommitmentRow) -> list[dict[str, Any]]:
    """Every target with the day from which it holds; the first is the issued one."""
    if isinstance(row, CommitmentRow):
        return []
    issued = detail.plan.issued
    first = {
        "on": issued.isoformat() if issued else None,
        "decided": issued.isoformat() if issued else None,
        "target": target_facts(row.indicator.target),
        "reason": None,
    }
    later = [
        {
            "on": one.effective.isoformat(),
            "decided": (one.decided or one.effective).isoformat(),
            "target": target_facts(one.target),
            "reason": one.reason,
        }
        for one in sorted(row.indicator.revisions, key=lambda one: one.effective)
    ]
    return [first, *later]


def records(detail: Detail) -> Iterator[dict[str, Any]]:
    for figure in detail.figures:
        yield figure_record(figure) | {"is_current": figure in detail.current}


def figure_record(figure: Figure) -> dict[str, Any]:
    return {"code": figure.code, "period": str(figure.period), "area": figure.area, **figure_facts(figure)}


RECORD_FIELDS = (
    "code",
    "period",
    "area",
    "value",
    "cumulative",
    "numerator",
    "denominator",
    "kind",
    "reported_on",
    "agency",
    "note",
    "file",
    "line",
    "column",
    "is_current",
)
