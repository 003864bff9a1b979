"""The district form: the lines of a report in their order and in words, the same in every medium."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from vinhchau_kpi.figure import Kind
from vinhchau_kpi.intake.office import Office
from vinhchau_kpi.messages import N_, Language, Whole
from vinhchau_kpi.plan import Heading, Plan, Revision, Section, Subject
from vinhchau_kpi.promise import ByArea
from vinhchau_kpi.report import CommitmentRow, Report, Row
from vinhchau_kpi.status import Status
from vinhchau_kpi.views import doubts, words

PARTIAL, ESTIMATE, REVISED, OLDER, LEFT_OUT = "*", "~", "†", "<", "‡"
"""Marks beside a number; each is explained below the table, or said in words in the row's remarks."""


LEFT_OUT_WORDS = N_("Figures left out because they contradict each other:")
FONT, SIZE = "Times New Roman", 13
"""What Vietnamese offices write in; the size is in points."""


class Letterhead(NamedTuple):
    """What stands over an official paper and under it. `office` issues it, `parent` is the body above that; blank where nobody
    says. Number, day and signature are left to a person."""

    parent: str
    office: str
    nation: str
    motto: str
    number: str
    place: str
    place_and_day: str
    signer: str


BLANK = "……"
"""Where a person writes."""


def letterhead(plan: Plan, office: Office, language: Language) -> Letterhead:
    """By `kpi.toml`, else by the plan: its issuer issues the paper, or stands over the office that does."""
    say, issuer = language.say, plan.issuer.in_(language) if plan.issuer else ""
    place = office.place or (plan.place.in_(language) if plan.place else BLANK)
    return Letterhead(
        parent=office.parent or (issuer if office.name and office.name != issuer else ""),
        office=office.name or issuer,
        nation=say(N_("SOCIALIST REPUBLIC OF VIET NAM")),
        motto=say(N_("Independence - Freedom - Happiness")),
        number=BLANK + (office.report_number or "/BC-" + BLANK),
        place=place,
        place_and_day=say(N_("{place}, day …… month …… year ……"), place=Whole(place)),
        signer=office.signer or say(N_("HEAD OF THE OFFICE")),
    )


class FormHeading(NamedTuple):
    """A heading's line, and how far it stands below what is over it."""

    of: Heading
    depth: int


class FormRow(NamedTuple):
    """An indicator's line. `depth` is how far it stands below its parent; `begins_parts`: the first of its parent's parts,
    which “Of which:” goes before; `headings`: those that begin with it, which go before that."""

    row: Row
    depth: int = 0
    begins_parts: bool = False
    headings: tuple[FormHeading, ...] = ()


class SectionRows(NamedTuple):
    """The lines under one heading; without a section, all lines, in an order of their own."""

    section: Section | None
    rows: tuple[FormRow, ...]


def groups(report: Report, *, in_plan_order: bool = True) -> Iterator[SectionRows]:
    """The indicators under their sections, parts under their wholes; or, sorted by something else, in one group."""
    if not in_plan_order:
        if report.rows:
            yield SectionRows(None, tuple(map(FormRow, report.rows)))
        return
    for _, rows in groupby(report.rows, key=lambda row: row.entry.section.id):
        every = tuple(_under_parents(rows))
        yield SectionRows(every[0].row.entry.section, every)


def _under_parents(rows: Iterator[Row]) -> Iterator[FormRow]:
    parent, printed = None, set[str]()
    for row in rows:
        own, over = row.entry.parent, row.entry.headings
        begun = tuple(
            FormHeading(one, row.entry.depth - len(over) + at) for at, one in enumerate(over) if one.code not in printed
        )
        printed |= {one.code for one in over}
        yield FormRow(row, row.entry.depth, begins_parts=own is not None and own is not parent, headings=begun)
        parent = own


def promise_groups(promises: Sequence[CommitmentRow]) -> Iterator[tuple[Section, tuple[CommitmentRow, ...]]]:
    """The commitments under their sections."""
    for _, rows in groupby(promises, key=lambda row: row.section.id):
        every = tuple(rows)
        yield every[0].section, every


def numbering(plan: Plan) -> dict[str, str]:
    """The number of each section (I, II, …), indicator (1, 1.1, …) and commitment, by id and code; that of the whole plan, so
    a row has one number whatever part of the plan is shown."""
    found: dict[str, str] = {}
    for nth, section in enumerate(plan.sections, 1):
        found[section.id] = _roman(nth)
        counts: dict[str, int] = {}
        for entry in (entry for entry in plan.entries.values() if entry.section is section):
            above = ""
            for line in entry.path:
                if line.code not in found:
                    counts[above] = counts.get(above, 0) + 1
                    found[line.code] = f"{above}{counts[above]}"
                above = f"{found[line.code]}."
        for at, commitment in enumerate(section.commitments, 1):
            found[commitment.code] = str(at)
    return found


def _roman(number: int) -> str:
    text = ""
    for sign, value in (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        times, number = divmod(number, value)
        text += sign * times
    return text


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row's cells as text; nothing is blank but what is not due yet."""

    code: str
    name: str
    unit: str
    target: str
    in_period: str
    value: str
    marks: str
    percent: str
    index: str
    gap: str
    status: str


def row_words(row: Row, language: Language) -> RowWords:
    indicator, now = row.indicator, row.actual
    absent = "" if row.status is Status.NOT_DUE else words.MISSING
    is_level = now.cumulative is None and (indicator.measure == "level" or bool(indicator.target.achieved))
    return RowWords(
        code=row.code,
        name=indicator.name.in_(language),
        unit=words.unit(row.unit, language),
        target=words.target(row.target, language),
        in_period=words.NOT_APPLICABLE if is_level else words.number(now.in_period, language, absent),
        value=words.actual(now.value, indicator, language, absent),
        marks=marks(row),
        percent=words.percent(row.percent, language) if now.value is not None else absent,
        index=words.number(row.index, language, absent if now.value is None else words.MISSING),
        gap=words.signed(row.gap, language) if now.value is not None else absent,
        status=words.status(row.status, language),
    )


def compares(report: Report) -> bool:
    """Whether any row can be held against the same period of last year."""
    return any(row.index is not None for row in report.rows)


def marks(row: Row) -> str:
    """The marks that belong beside this row's number."""
    found = (
        (PARTIAL, row.is_partial),
        (ESTIMATE, row.actual.kind is Kind.ESTIMATE),
        (REVISED, row.revision is not None),
        (OLDER, row.actual.is_old),
        (LEFT_OUT, bool(row.left_out)),
    )
    return "".join(mark for mark, holds in found if holds) + doubts.mark(row.doubts)


def notes(report: Report, language: Language) -> Iterator[str]:
    """What the marks mean, with the rows and periods concerned."""
    for row in report.rows:
        if row.by_area is not None:
            yield f"{row.code}: {kept_words(row.by_area, language)}."
    partial = [row for row in report.rows if row.is_partial and row.by_area is None]
    if partial:
        rows = "; ".join(f"{row.code}: {missing_words(report.plan, row, language)}" for row in partial)
        yield f"{PARTIAL} " + language.say(N_("Some due figures are missing from the sum:")) + f" {rows}."
    estimates = [row.code for row in report.rows if ESTIMATE in marks(row)]
    if estimates:
        yield f"{ESTIMATE} " + language.say(N_("Estimate:")) + f" {', '.join(estimates)}."
    for row in report.rows:
        if row.revision is not None:
            yield f"{REVISED} {row.code}: {revision_words(row, row.revision, language)}."
        for text in assigned_words(report.plan, row, language):
            yield f"{row.code}: {text}."
    older = [f"{row.code} ({row.actual.value_period})" for row in report.rows if OLDER in marks(row)]
    if older:
        yield f"{OLDER} " + language.say(N_("Latest figure is of an earlier period:")) + f" {', '.join(older)}."
    yield from left_out_notes(report.rows, language)


def left_out_notes(rows: Iterable[Row], language: Language) -> Iterator[str]:
    """The periods of which figures were left out, row by row; nothing where none was."""
    lacking = [f"{row.code}: {', '.join(words.stretches(row.left_out))}" for row in rows if row.left_out]
    if lacking:
        yield f"{LEFT_OUT} " + language.say(LEFT_OUT_WORDS) + f" {'; '.join(lacking)}."


def remarks(plan: Plan, row: Row, language: Language) -> tuple[str, ...]:
    """The marks of one row in words, and the agencies' notes, for a form with a column of remarks."""
    estimate = [language.say(N_("estimate"))] if row.actual.kind is Kind.ESTIMATE else []
    return (*estimate, *caveats(plan, row, language), *_notes_of(row))


def caveats(plan: Plan, row: Row, language: Language) -> Iterator[str]:
    """What must be known of one row's number, as papers have it, but that it is an estimate."""
    say = language.say
    if row.left_out:
        periods = ", ".join(words.stretches_in_words(row.left_out, plan, language))
        yield say(N_("left out because they contradict each other:")) + f" {periods}"
    if row.by_area is not None:
        yield kept_words(row.by_area, language)
    elif row.is_partial and not set(row.actual.missing) <= set(row.left_out):
        yield say(N_("not reported:")) + f" {missing_words(plan, row, language, in_words=True)}"
    if row.revision is not None:
        yield revision_words(row, row.revision, language)
    yield from assigned_words(plan, row, language)
    if row.actual.is_old and row.actual.value_period is not None:
        yield say(N_("figure of {period}"), period=plan.period_words(row.actual.value_period, language))


def assigned_words(plan: Plan, row: Row, language: Language) -> Iterator[str]:
    """What others have set for the same thing, and how much of that is achieved."""
    for who, target, percent in row.assigned:
        args = {"who": plan.assigners[who].name, "target": words.target(target, language), "unit": row.unit.name}
        if percent is None or row.actual.value is None:
            yield language.say(N_("{who}: {target} {unit}"), **args)
        else:
            yield language.say(
                N_("{who}: {target} {unit}, of which {percent} %"), **args, percent=language.percent(percent)
            )


def _notes_of(row: Row) -> Iterator[str]:
    """What the agencies themselves say of the latest figures."""
    reached = row.actual.value_period
    latest = (figure for figure in row.actual.figures if reached and figure.period.last == reached.last)
    yield from dict.fromkeys(figure.note for figure in latest if figure.note)


def revision_day(revision: Revision, language: Language) -> str:
    """From when it is in force, and when that was decided, where it was another day."""
    day = f"{revision.effective:%d/%m/%Y}"
    if revision.decided in (None, revision.effective):
        return day
    return language.say(N_("{day} (decided on {decided})"), day=day, decided=f"{revision.decided:%d/%m/%Y}")


def revision_words(row: Row, revision: Revision, language: Language) -> str:
    """From what, to what, when and why."""
    text = language.say(
        N_("target revised from {old} to {new} on {day}"),
        old=words.target(row.indicator.target_before(revision), language),
        new=words.target(revision.target, language),
        day=revision_day(revision, language),
    )
    return f"{text} ({revision.reason.rstrip('.')})" if revision.reason else text


def missing_words(plan: Plan, row: Row, language: Language, *, in_words: bool = False) -> str:
    """The periods that are missing from a row's value, and the areas; `in_words`: as papers have it."""
    missing = row.actual.missing
    periods = ", ".join(words.stretches_in_words(missing, plan, language) if in_words else words.stretches(missing))
    areas = ", ".join(plan.area_name(area, language) for area in row.actual.areas_missing)
    return f"{periods} ({areas})" if areas else periods


def evidence(row: CommitmentRow, plan: Plan, language: Language) -> str:
    """What is said of a promise, and of which period, as papers have it."""
    period = plan.period_words(row.reached, language) if row.reached else ""
    return ": ".join(filter(None, (period, promise_note(row, language))))


def promise_note(row: CommitmentRow, language: Language) -> str:
    """By when a promise is due that is not known to be kept, and what is said of it: the words of its figure, or in how many areas it is kept, and in which it is not."""
    due = row.commitment.due
    shown = [language.say(N_("due by {day}"), day=f"{due:%d/%m/%Y}")] if due and row.status is not Status.MET else []
    if row.by_area is None:
        return "; ".join(filter(None, (*shown, row.figure.note if row.figure else "")))
    return "; ".join([*shown, kept_words(row.by_area, language)])


def kept_words(by_area: ByArea, language: Language) -> str:
    """In how many areas a promise is kept, and in which it is not."""
    kept, not_kept, missing = (tuple(of.values()) for of in by_area[:3])
    counts = {"n": len(kept), "all": len(kept) + len(not_kept) + len(missing)}
    parts = [language.say(N_("kept in {n} of {all} areas"), **counts)]
    if not_kept:
        parts.append(language.say(N_("not kept: {areas}"), areas=not_kept))
    if missing:
        parts.append(language.say(N_("not reported: {areas}"), areas=missing))
    return "; ".join(parts)


PROMISE_WORDS = {
    Status.MET: N_("carried out"),
    Status.NOT_YET: N_("not yet carried out"),
    Status.NOT_MET: N_("not carried out"),
    Status.NOT_REPORTED: N_("not reported"),
    Status.INCOMPLETE: N_("not reported by all areas"),
    Status.OVERDUE: N_("not carried out, overdue"),
}


def promise_status(status: Status, language: Language) -> str:
    return f"{words.SIGNS[status]} {language.say(PROMISE_WORDS[status])}"


def lead_of(subject: Subject, plan: Plan, language: Language) -> str:
    """The agency that reports it; blank where the plan names none."""
    return plan.agency_name(subject.lead, language) if subject.lead else ""
