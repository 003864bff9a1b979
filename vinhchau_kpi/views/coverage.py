"""A `Coverage`: who has reported by agency and by month, what came late, what to chase; as screens and as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from vinhchau_kpi.coverage import AgencyCoverage, Coverage, Due, State, Tally, tally
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.views import words
from vinhchau_kpi.views.screen import Head, Line, Lines, Paragraph, ScreenPart, ScreenTable, Title, Tone


def screen(coverage: Coverage, language: Language) -> list[ScreenPart]:
    """The period asked for agency by agency, what came late in it, and the months since January."""
    say, period = language.say, coverage.plan.period_words(coverage.period, language)
    owing = [agency for agency in coverage.agencies if agency.due]
    complete = sum(not agency.missing for agency in owing)
    parts: list[ScreenPart] = [
        Title(coverage.plan.heading(language)),
        Paragraph(say(N_("Who has reported for {period}"), period=period), Tone.STRONG),
        Paragraph(say(_SENT_ALL[coverage.by_area], n=complete, all=len(owing))),
    ]
    if coverage.as_of is not None:
        parts.append(Paragraph(say(N_("Based on the figures reported by {day}."), day=f"{coverage.as_of:%d/%m/%Y}")))
    parts.append(_agencies(coverage, language))
    late = [(agency, one) for agency in coverage.agencies for one in agency.due if one.state is State.LATE]
    if late:
        parts += [Title(say(N_("Late"))), _late(late, coverage, language)]
    return [*parts, Title(say(N_("By month: received/due"))), *_months(coverage, language)]


_SENT_ALL = (
    N_("Of {all} agencies with indicators due, {n} have sent all."),
    N_("Of {all} areas with indicators due, {n} have sent all."),
)


def _who(coverage: Coverage, language: Language) -> Head:
    return Head(language.say(N_("Area") if coverage.by_area else N_("Agency")), grows=True)


def _agencies(coverage: Coverage, language: Language) -> ScreenTable:
    say = language.say
    has_undated = any(one.state is State.UNDATED for agency in coverage.agencies for one in agency.due)
    columns = (
        _who(coverage, language),
        Head(say(N_("Due")), numeric=True),
        Head(say(N_("Received")), numeric=True),
        Head(say(N_("On time")), numeric=True, gives_way=2),
        Head(say(N_("Late")), numeric=True, gives_way=1),
        *([Head(say(N_("Day unknown")), numeric=True, gives_way=1)] if has_undated else []),
        Head(say(N_("Corrected")), numeric=True, gives_way=3),
        Head(say(N_("Not received")), grows=True),
        Head(say(N_("Commitments reported")), numeric=True, gives_way=5),
        Head(say(N_("Last report")), gives_way=4),
    )
    return ScreenTable(columns, tuple(_line(agency, coverage, language, has_undated) for agency in coverage.agencies))


def _line(row: AgencyCoverage, coverage: Coverage, language: Language, has_undated: bool) -> Line:
    counts = tally(row.due)
    undated = (counts.undated,) if has_undated else ()
    shown = (counts.due, counts.received, counts.on_time, counts.late, *undated, counts.corrected)
    cells = (
        agency_name(row, coverage, language),
        *(language.number(n) if counts.due else words.NOT_APPLICABLE for n in shown),
        ", ".join(missing_words(row, coverage)),
        f"{language.number(row.promises_reported)}/{language.number(row.promises)}"
        if row.promises
        else words.NOT_APPLICABLE,
        f"{row.last_reported:%d/%m/%Y}" if row.last_reported else words.MISSING,
    )
    missing = Tone.BAD if row.missing else Tone.GOOD
    return Line(cells, tones=(*[Tone.PLAIN] * (len(cells) - 3), missing, Tone.PLAIN, Tone.PLAIN))


def agency_name(row: AgencyCoverage, coverage: Coverage, language: Language) -> str:
    if row.agency is None:
        return language.say(N_("(no agency)"))
    name = coverage.plan.area_name if coverage.by_area else coverage.plan.agency_name
    return name(row.agency, language)


def missing_words(row: AgencyCoverage, coverage: Coverage) -> list[str]:
    """Codes; with their period where that is not the one asked for."""
    return [
        one.indicator.code if one.period.end == coverage.period.end else f"{one.indicator.code} ({one.period})"
        for one in row.missing
    ]


def _late(late: list[tuple[AgencyCoverage, Due]], coverage: Coverage, language: Language) -> ScreenTable:
    say = language.say
    columns = (
        _who(coverage, language),
        Head(say(N_("No."))),
        Head(say(N_("Indicator")), grows=True, gives_way=1),
        Head(say(N_("Period"))),
        Head(say(N_("Deadline"))),
        Head(say(N_("Arrived"))),
        Head(say(N_("Days late")), numeric=True),
    )
    lines = tuple(
        Line(
            (
                agency_name(agency, coverage, language),
                one.indicator.code,
                one.indicator.name.in_(language),
                str(one.period),
                f"{one.deadline:%d/%m/%Y}",
                f"{one.arrived:%d/%m/%Y}" if one.arrived else words.MISSING,
                language.number(one.days_late),
            )
        )
        for agency, one in late
    )
    return ScreenTable(columns, lines)


def _months(coverage: Coverage, language: Language) -> Iterator[ScreenPart]:
    """Agencies against months; a blank is a month at whose end nothing was due."""
    say, months = language.say, coverage.months
    columns = (_who(coverage, language), *(Head(str(month), numeric=True) for month in months))
    lines = []
    for row in coverage.agencies:
        if row.until_now:
            counts = [row.month(month) for month in months]
            tones = (Tone.BAD if one.received < one.due else Tone.PLAIN for one in counts)
            cells = (_month(one, language) for one in counts)
            lines.append(Line((agency_name(row, coverage, language), *cells), tones=(Tone.PLAIN, *tones)))
    yield ScreenTable(columns, tuple(lines), repeats=1)
    yield Paragraph(
        say(N_("6/6: received/due · ?: no report date · blank: nothing due.")),
        Tone.QUIET,
    )


def _month(counts: Tally, language: Language) -> str:
    if not counts.due:
        return ""
    say = language.say
    marks = (
        (N_("late {n}"), counts.late),
        (N_("corr. {n}"), counts.corrected),
        (N_("? {n}"), counts.undated),
    )
    shown = [f"{language.number(counts.received)}/{language.number(counts.due)}"]
    return " ".join([*shown, *(say(mark, n=n) for mark, n in marks if n)])


# What to chase


def reminder(coverage: Coverage, language: Language) -> list[ScreenPart]:
    """One line for each agency that owes something since January, to be sent to it as it stands."""
    lines = tuple(owed_words(row, coverage, language) for row in coverage.agencies if row.owing)
    if lines:
        return [Lines(lines)]
    period = coverage.plan.period_words(coverage.period, language)
    return [Paragraph(language.say(N_("Nothing is missing up to the end of {period}."), period=period))]


def owed_words(row: AgencyCoverage, coverage: Coverage, language: Language) -> str:
    """What is overdue, then what will be due, period by period."""
    say, name = language.say, agency_name(row, coverage, language)
    sentences = ((State.MISSING, N_("has not yet sent:")), (State.PENDING, N_("must still send:")))
    parts = []
    for state, sentence in sentences:
        dues = [one for one in row.owing if one.state is state]
        if dues:
            parts.append(f"{name} {say(sentence)} {_items(dues, coverage, language)}.")
    return " ".join(parts)


def _items(dues: list[Due], coverage: Coverage, language: Language) -> str:
    by_period: dict[Period, list[Due]] = {}
    for one in sorted(dues, key=lambda due: (due.deadline, due.period.first)):
        by_period.setdefault(one.period, []).append(one)
    return "; ".join(
        f"{_when(of_one[0], language)}: {', '.join(_item(one, coverage, language) for one in of_one)}"
        for of_one in by_period.values()
    )


def _item(one: Due, coverage: Coverage, language: Language) -> str:
    """Code and name; and which areas are not in it, where others are."""
    text = f"{one.indicator.code} {one.indicator.name.in_(language)}"
    if not one.areas_missing:
        return text
    names = ", ".join(coverage.plan.area_name(area, language) for area in one.areas_missing)
    without = language.say(N_("without"))
    return f"{text} ({without} {names})"


def _when(one: Due, language: Language) -> str:
    day = f"{one.deadline:%d/%m/%Y}"
    return language.say(N_("{period} (due {day})"), period=language.period(one.period), day=day)


def missing_facts(coverage: Coverage) -> list[dict[str, Any]]:
    """What is owed since January, an item each."""
    who = "area" if coverage.by_area else "agency"
    return [{who: row.agency, **_due_facts(one)} for row in coverage.agencies for one in row.owing]


def fields(coverage: Coverage, *, missing: bool) -> tuple[str, ...]:
    """The columns of `records` or `missing_records`."""
    _, *others = MISSING_FIELDS if missing else RECORD_FIELDS
    return ("area" if coverage.by_area else "agency", *others)


def missing_records(coverage: Coverage) -> Iterator[dict[str, Any]]:
    for fact in missing_facts(coverage):
        yield fact | {"areas_missing": " ".join(fact["areas_missing"])}


MISSING_FIELDS = ("agency", "code", "period", "deadline", "state", "areas_missing")


# Facts


def facts(coverage: Coverage) -> dict[str, Any]:
    """`due` to `missing` are of the period asked for; `months` and `items` go from January to its end."""
    return {
        "plan": coverage.plan.id,
        "period": str(coverage.period),
        "as_of": coverage.as_of.isoformat() if coverage.as_of else None,
        "areas" if coverage.by_area else "agencies": [
            {
                "area" if coverage.by_area else "agency": row.agency,
                **asdict(tally(row.due)),
                "missing": [{"code": one.indicator.code, "period": str(one.period)} for one in row.missing],
                "commitments": row.promises,
                "commitments_reported": row.promises_reported,
                "last_reported": row.last_reported.isoformat() if row.last_reported else None,
                "months": [
                    {"period": str(month), **asdict(counts)}
                    for month in coverage.months
                    if (counts := row.month(month)).due
                ],
                "items": [_due_facts(one) for one in row.until_now],
            }
            for row in coverage.agencies
        ],
    }


def _due_facts(one: Due) -> dict[str, Any]:
    return {
        "code": one.indicator.code,
        "period": str(one.period),
        "deadline": one.deadline.isoformat(),
        "state": one.state.value,
        "arrived": one.arrived.isoformat() if one.arrived else None,
        "corrected": one.is_corrected,
        "areas_missing": list(one.areas_missing),
    }


RECORD_FIELDS = (
    "agency", "due", "received", "on_time", "late", "undated", "corrected", "overdue", "missing", "commitments",
    "commitments_reported", "last_reported",
)  # fmt: skip


def records(coverage: Coverage) -> Iterator[dict[str, Any]]:
    for fact in facts(coverage)["areas" if coverage.by_area else "agencies"]:
        yield fact | {"missing": " ".join(f"{one['code']}@{one['period']}" for one in fact["missing"])}
