"""What a reader of a report looks at first: what is doubted, what is behind, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Report, Row
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import (
    evidence,
    lead_of,
    promise_status,
    remarks,
    row_words,
)
from vinhchau_kpi.views.screen import Head, Line, ScreenTable, Tone


class Concern(NamedTuple):
    """Rows of one kind of trouble, in the order of the report; the heading is a sentence of the catalogue."""

    heading: str
    rows: tuple[Row, ...] = ()
    promises: tuple[CommitmentRow, ...] = ()


def attention(report: Report) -> Iterator[Concern]:
    """The kinds of trouble that there are. A row can be of several: behind, and by too few figures."""
    rows, promises = report.rows, report.commitments
    found = (
        Concern(
            N_("Figures to be looked at again"),
            tuple(row for row in rows if row.is_doubted),
            tuple(row for row in promises if row.is_doubted),
        ),
        Concern(N_("Indicators behind, or not met"), tuple(row for row in rows if row.is_behind)),
        Concern(N_("Indicators without figures, or without enough"), tuple(row for row in rows if row.is_lacking)),
        Concern(N_("Commitments not carried out in time"), (), tuple(row for row in promises if row.is_behind)),
        Concern(N_("Commitments not reported"), (), tuple(row for row in promises if row.is_lacking)),
    )
    return (one for one in found if one.rows or one.promises)


def table(concerns: Sequence[Concern], plan: Plan, language: Language) -> ScreenTable:
    """The rows, each with who leads it; of several kinds of trouble each stands under its heading."""
    say = language.say
    first = (
        Head(say(N_("Code"))),
        Head(say(N_("Indicator, commitment")), grows=True),
        Head(say(N_("Agency")), grows=True),
    )
    numbers = (N_("Plan"), N_("Cumulative"), N_("% of plan"), N_("Expected %"), N_("Gap"))
    middle = (Head(say(N_("Unit"))), *(Head(say(heading), numeric=True) for heading in numbers))
    # Commitments alone have no numbers.
    middle = middle if any(concern.rows for concern in concerns) else ()
    lines: list[Line] = []
    for concern in concerns:
        lines += [Line(heading=say(concern.heading))] if len(concerns) > 1 else []
        lines += [_line(row, plan, language) for row in concern.rows]
        lines += [_promise(row, len(middle), plan, language) for row in concern.promises]
    last = (Head(say(N_("Assessment"))), Head(say(N_("Remarks")), grows=True))
    return ScreenTable((*first, *middle, *last), tuple(lines))


def _line(row: Row, plan: Plan, language: Language) -> Line:
    text, said = row_words(row, language), (*remarks(plan, row, language), *doubts.remarks(row.doubts, language))
    numbers = (text.unit, text.target, text.value + text.marks, text.percent)
    expected = words.percent(row.expected_percent, language)
    names = (text.code, text.name, lead_of(row.indicator, plan, language))
    tones = (*[Tone.PLAIN] * 9, words.TONES[row.status], Tone.QUIET)
    return Line((*names, *numbers, expected, text.gap, text.status, "; ".join(said)), tones=tones)


def _promise(row: CommitmentRow, blanks: int, plan: Plan, language: Language) -> Line:
    """`blanks`: how many columns are those of numbers, which it has not."""
    said = (evidence(row, plan, language), *doubts.remarks(row.doubts, language))
    status = doubts.marked(promise_status(row.status, language), row.doubts)
    names = (row.code, row.commitment.name.in_(language), lead_of(row.commitment, plan, language))
    return Line((*names, *[""] * blanks, status, "; ".join(filter(None, said))))
