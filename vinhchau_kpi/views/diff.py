"""A `Diff` of two reports, as a screen and as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi.diff import CAUSE_NAMES, NO_CAUSE, Cause, Change, Diff, Parts, Turn
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import MACHINE_PLACES, canonical
from vinhchau_kpi.report import Report
from vinhchau_kpi.views import words
from vinhchau_kpi.views.machine import exact
from vinhchau_kpi.views.report import row_facts
from vinhchau_kpi.views.screen import Column, Line, Part, Sheet, Title, Tone, Words


def screen(whole: Diff, shown: Diff, language: Language) -> list[Part]:
    """`whole` gives the summary, `shown` the rows that were chosen of it; those that did not move are only counted."""
    moved = [row for row in whole.rows if row.is_change]
    say = language.say
    parts: list[Part] = [
        Title(whole.a.plan.heading(language)),
        Words(say(N_("From {a} to {b}"), a=operand(whole.a), b=operand(whole.b)), Tone.STRONG),
        Words(_summary(moved, len(whole.rows), language)),
        *(Words(text, tone) for text, tone in _turns(moved, language)),
    ]
    rows = [row for row in shown.rows if row.is_change]
    if rows:
        parts.append(_table(rows, operand(whole.a), operand(whole.b), language))
    elif moved:
        parts.append(Words(say(N_("No row has what was asked for."))))
    return parts


def _summary(moved: list[Change], every: int, language: Language) -> str:
    """How many moved, and by which causes; one with two causes counts for both."""
    text = language.say(N_("{n} of {all} indicators have changed"), n=len(moved), all=every)
    counts = {cause: sum(cause in row.causes for row in moved) for cause in Cause}
    by_cause = [f"{language.say(CAUSE_NAMES[cause])} {language.number(n)}" for cause, n in counts.items() if n]
    return f"{text}: {', '.join(by_cause)}." if by_cause else f"{text}."


TURN_WORDS = {
    Turn.BETTER: (N_("Turned for the better: {rows}."), Tone.GOOD),
    Turn.WORSE: (N_("Turned for the worse: {rows}."), Tone.BAD),
    Turn.APPEARED: (N_("Reported now, not before: {rows}."), Tone.PLAIN),
    Turn.VANISHED: (N_("Reported before, not now: {rows}."), Tone.BAD),
}


def _turns(moved: list[Change], language: Language) -> Iterator[tuple[str, Tone]]:
    for turn, (sentence, tone) in TURN_WORDS.items():
        rows = [row for row in moved if row.turn is turn]
        if rows:
            with_signs = turn in (Turn.BETTER, Turn.WORSE)
            signs = {row.b.code: f" ({words.SIGNS[row.a.status]} → {words.SIGNS[row.b.status]})" for row in rows}
            names = tuple(code + (sign if with_signs else "") for code, sign in signs.items())
            yield language.say(sentence, rows=names), tone


def operand(report: Report) -> str:
    """`2019-06`, or `2019-06@2019-07-05`: a report as it is named on the command line."""
    return f"{report.period}@{report.as_of}" if report.as_of else str(report.period)


def _table(moved: list[Change], name_a: str, name_b: str, language: Language) -> Sheet:
    say = language.say
    columns = (
        Column(say(N_("No."))),
        Column(say(N_("Indicator")), grows=True),
        Column(say(N_("Unit")), gives_way=2, folds=True),
        Column(name_a, numeric=True),
        Column(name_b, numeric=True),
        Column(say(N_("Change")), numeric=True),
        Column(say(N_("% points")), numeric=True, gives_way=1),
        Column(say(N_("Assessment")), gives_way=3),
        Column(say(N_("Cause")), grows=True),
    )
    lines = []
    for row in moved:
        indicator = row.b.indicator
        if row.a.status is row.b.status:
            status = words.status(row.b.status, language)
        else:
            status = f"{words.SIGNS[row.a.status]} → {words.status(row.b.status, language)}"
        cells = (
            row.b.code,
            indicator.name.in_(language),
            words.unit(row.b.unit, language),
            words.actual(row.a.actual.value, indicator, language),
            words.actual(row.b.actual.value, indicator, language),
            words.NOT_APPLICABLE if indicator.target.achieved else words.signed(row.change, language),
            _points(row, language),
            status,
            causes(row, language),
        )
        lines.append(Line(cells, tones=(*[Tone.PLAIN] * 7, words.TONES[row.b.status], Tone.PLAIN)))
    return Sheet(columns, tuple(lines))


def _points(row: Change, language: Language) -> str:
    return words.NOT_APPLICABLE if row.percent_change is None else _signed_points(row.percent_change, language)


def _signed_points(points: Fraction, language: Language) -> str:
    return ("+" if points > 0 else "") + language.number(points, 2)


def causes(row: Change, language: Language) -> str:
    """The causes; where there are several, with what each did. A status that turned with no cause did so in time."""
    if not row.causes:
        return language.say(N_("only the time of year")) if row.a.status is not row.b.status else words.NOT_APPLICABLE
    is_promise = bool(row.b.indicator.target.achieved)
    if len(row.causes) == 1 or is_promise:
        return " + ".join(language.say(CAUSE_NAMES[cause]) for cause in row.causes)
    return "; ".join(f"{language.say(CAUSE_NAMES[cause])}{_part(row, cause, language)}" for cause in row.causes)


def _part(row: Change, cause: Cause, language: Language) -> str:
    """What a cause did to the value, or, as a target does nothing to it, in points to the percent."""
    if cause is not Cause.TARGET_REVISED:
        return "" if row.value is None else f" {words.signed(row.value.of(cause), language)}"
    if row.percent is None:
        return ""
    return " " + language.say(N_("{points} points"), points=_signed_points(row.percent.of(cause), language))


def facts(diff: Diff) -> dict[str, Any]:
    """Both sides whole; `parts` splits the change by its causes, in the unit and in points, and adds up to it."""
    return {
        "plan": diff.a.plan.id,
        "a": {"period": str(diff.a.period), "as_of": diff.a.as_of.isoformat() if diff.a.as_of else None},
        "b": {"period": str(diff.b.period), "as_of": diff.b.as_of.isoformat() if diff.b.as_of else None},
        "rows": [
            {
                "code": row.b.code,
                "a": row_facts(row.a),
                "b": row_facts(row.b),
                "change": exact(row.change),
                "percent_change": _points_fact(row.percent_change),
                "cause": cause_fact(row),
                "parts": {
                    "change": _parts_facts(row.value, exact),
                    "percent_change": _parts_facts(row.percent, _points_fact),
                },
                "turn": row.turn.value if row.turn else None,
            }
            for row in diff.rows
        ],
    }


def _parts_facts(parts: Parts | None, fact: Callable[[Fraction], Decimal | None]) -> dict[str, Decimal | None] | None:
    return None if parts is None else {cause.value: fact(parts.of(cause)) for cause in Cause}


def _points_fact(points: Fraction | None) -> Decimal | None:
    return None if points is None else canonical(points, MACHINE_PLACES)


def cause_fact(row: Change) -> str:
    return "+".join(row.causes) or NO_CAUSE


RECORD_FIELDS = (
    "code",
    "value_a",
    "value_b",
    "change",
    "percent_a",
    "percent_b",
    "percent_change",
    "status_a",
    "status_b",
    "cause",
    "turn",
    "change_new_figures",
    "change_restated",
    "percent_new_figures",
    "percent_restated",
    "percent_target_revised",
)


def records(diff: Diff) -> Iterator[dict[str, Any]]:
    for fact in facts(diff)["rows"]:
        a, b = fact["a"], fact["b"]
        sides = {
            f"{key}_{side}": row[key] for side, row in (("a", a), ("b", b)) for key in ("value", "percent", "status")
        }
        parts = {
            f"{column}_{cause}": part
            for column, key in (("change", "change"), ("percent", "percent_change"))
            for cause, part in (fact["parts"][key] or {}).items()
        }
        yield fact | sides | parts
