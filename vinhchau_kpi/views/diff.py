"""A `Diff` of two reports, as a screen and as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi.diff import CAUSE_NAMES, NO_CAUSE, Cause, Change, Contributions, Diff, PromiseChange, Turn
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import MACHINE_PLACES, canonical
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Report, Row
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import marks, promise_note, promise_status
from vinhchau_kpi.views.facts import exact, figure_facts, percent_fact
from vinhchau_kpi.views.report import caveats, promise_facts, row_facts
from vinhchau_kpi.views.screen import Gauge, Head, Line, Paragraph, ScreenCell, ScreenPart, ScreenTable, Title, Tone


def screen(whole: Diff, shown: Diff, language: Language) -> list[ScreenPart]:
    """`whole` gives the summary, `shown` the rows that were chosen of it; those that did not move are only named."""
    say, moved = language.say, [row for row in whole.rows if row.has_moved]
    parts: list[ScreenPart] = [
        Title(whole.a.plan.heading(language)),
        *caveats(whole.b.reading, language),
        Paragraph(say(N_("From {a} to {b}"), a=operand(whole.a), b=operand(whole.b)), Tone.STRONG),
        Paragraph(_summary(moved, len(whole.rows), language)),
        *(Paragraph(text, tone) for text, tone in _turns([*moved, *whole.promises], language)),
    ]
    rows = [row for row in shown.rows if row.has_moved]
    promises = [promise for promise in shown.promises if promise.is_change]
    if rows:
        parts += [
            _table(rows, whole, language),
            Paragraph(
                say(
                    N_(
                        "What adds up over the year is shown as its cumulative to the period's end. * some due figures are missing · ~ estimate · † target revised · < figure of an earlier period."
                    )
                ),
                Tone.QUIET,
            ),
            *doubts.notes([side for row in rows for side in (row.a, row.b)], language),
        ]
    if promises:
        parts += [Title(say(N_("Commitments"))), _promises(promises, whole, language)]
        parts += doubts.notes([side for one in promises for side in (one.a, one.b)], language)
    restated = [row for row in shown.rows if row.restated]
    if restated:
        parts += [Title(say(N_("Restated figures"))), _restated(restated, whole.a.plan, language)]
    still = tuple(row.b.code for row in shown.rows if row.is_change and not row.has_moved)
    if still:
        parts.append(Paragraph(say(N_("Different figures, same result: {rows}."), rows=still), Tone.QUIET))
    if not rows and not promises and (moved or whole is not shown):
        parts.append(Paragraph(say(N_("There are no changes of this kind."))))
    return parts


def _summary(moved: list[Change], every: int, language: Language) -> str:
    """How many moved, and by which causes; one with two causes counts for both."""
    text = language.say(N_("{n} of {all} indicators have changed"), n=len(moved), all=every)
    counts = {cause: sum(cause in row.causes for row in moved) for cause in Cause}
    by_cause = [f"{language.say(CAUSE_NAMES[cause])} {language.number(n)}" for cause, n in counts.items() if n]
    return f"{text}: {', '.join(by_cause)}." if by_cause else f"{text}."


TURN_WORDS = {
    Turn.BETTER: (N_("Assessment improved: {rows}."), Tone.GOOD),
    Turn.WORSE: (N_("Assessment worsened: {rows}."), Tone.BAD),
    Turn.APPEARED: (N_("Newly reported: {rows}."), Tone.PLAIN),
    Turn.VANISHED: (N_("No longer reported: {rows}."), Tone.BAD),
}


def _turns(moved: Sequence[Change | PromiseChange], language: Language) -> Iterator[tuple[str, Tone]]:
    for turn, (sentence, tone) in TURN_WORDS.items():
        rows = [row for row in moved if row.turn is turn]
        if rows:
            with_signs = turn in (Turn.BETTER, Turn.WORSE)
            signs = {_code(row): f" ({words.SIGNS[row.a.status]} → {words.SIGNS[row.b.status]})" for row in rows}
            names = tuple(code + (sign if with_signs else "") for code, sign in signs.items())
            yield language.say(sentence, rows=names), tone


def _code(row: Change | PromiseChange) -> str:
    return row.b.code if isinstance(row, Change) else row.b.commitment.code


def operand(report: Report) -> str:
    """`2019-06`, or `2019-06@2019-07-05`: a report as it is named on the command line."""
    return f"{report.period}@{report.as_of}" if report.as_of else str(report.period)


def _heading(report: Report) -> str:
    """An operand over a column, in two lines where it is long."""
    return operand(report).replace("@", "\n@")


def _table(moved: list[Change], whole: Diff, language: Language) -> ScreenTable:
    say = language.say
    columns = (
        Head(say(N_("No."))),
        Head(say(N_("Indicator")), grows=True),
        Head(say(N_("Unit")), gives_way=2, folds=True),
        Head(_heading(whole.a), numeric=True),
        Head(_heading(whole.b), numeric=True),
        Head(say(N_("Change")), numeric=True),
        Head(say(N_("% points")), numeric=True, gives_way=1),
        Head(say(N_("Progress")), drawn=True),
        Head(say(N_("Assessment")), gives_way=3),
        Head(say(N_("Cause")), grows=True, least=16),
    )
    lines = []
    for row in moved:
        indicator = row.b.indicator
        if row.a.status is row.b.status:
            status = words.status(row.b.status, language)
        else:
            status = f"{words.SIGNS[row.a.status]} → {words.status(row.b.status, language)}"
        cells: tuple[ScreenCell, ...] = (
            row.b.code,
            indicator.name.in_(language),
            words.unit(row.b.unit, language),
            _value(row.a, language),
            _value(row.b, language),
            words.NOT_APPLICABLE if indicator.target.achieved else words.signed(row.change, language),
            _points(row, language),
            Gauge(row.b.percent, before=row.a.percent),
            status,
            causes(row, language),
        )
        tone = words.TONES[row.b.status]
        lines.append(Line(cells, tones=(*[Tone.PLAIN] * 7, tone, tone, Tone.PLAIN)))
    return ScreenTable(columns, tuple(lines))


def _value(row: Row, language: Language) -> str:
    return words.actual(row.actual.value, row.indicator, language) + marks(row)


def _promises(promises: list[PromiseChange], whole: Diff, language: Language) -> ScreenTable:
    say = language.say
    columns = (
        Head(say(N_("No."))),
        Head(say(N_("Commitment")), grows=True),
        Head(_heading(whole.a)),
        Head(_heading(whole.b)),
        Head(say(N_("Evidence")), grows=True, gives_way=1),
    )
    lines = (
        Line(
            (
                one.b.commitment.code,
                one.b.commitment.name.in_(language),
                doubts.marked(promise_status(one.a.status, language), one.a.doubts),
                doubts.marked(promise_status(one.b.status, language), one.b.doubts),
                promise_note(one.b, language),
            ),
            tones=(*[Tone.PLAIN] * 3, words.TONES[one.b.status], Tone.QUIET),
        )
        for one in promises
    )
    return ScreenTable(columns, tuple(lines))


def _restated(rows: list[Change], plan: Plan, language: Language) -> ScreenTable:
    """Every figure that has another number, with the report that changed it."""
    say = language.say
    columns = (
        Head(say(N_("No."))), Head(say(N_("Period"))), Head(say(N_("Area")), grows=True, least=12),
        Head(say(N_("Before")), numeric=True), Head(say(N_("After")), numeric=True), Head(say(N_("Reported on"))),
        Head(say(N_("Place")), grows=True, least=16), Head(say(N_("Note")), grows=True, least=16, gives_way=1),
    )  # fmt: skip
    lines = []
    for row in rows:
        is_promise = bool(row.b.indicator.target.achieved)
        for before, after in row.restated:
            cells = (
                row.b.code,
                str(after.period),
                plan.area_name(after.area, language) if after.area else "",
                words.figure_value(before, is_promise, language),
                words.figure_value(after, is_promise, language),
                f"{after.reported_on:%d/%m/%Y}" if after.reported_on else words.MISSING,
                str(after.place),
                after.note,
            )
            lines.append(Line(cells))
    return ScreenTable(columns, tuple(lines))


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
    # A cause that did nothing is left out, unless none did anything.
    acted = [cause for cause in row.causes if _did(row, cause)] or row.causes
    return "; ".join(f"{language.say(CAUSE_NAMES[cause])}{_part(row, cause, language)}" for cause in acted)


def _did(row: Change, cause: Cause) -> bool:
    return any(parts is not None and parts.of(cause) for parts in (row.value, row.percent))


def _part(row: Change, cause: Cause, language: Language) -> str:
    """What a cause did to the value, or, as a target does nothing to it, in points to the percent."""
    if cause is not Cause.TARGET_REVISED:
        return "" if row.value is None else f" {words.signed(row.value.of(cause), language)}"
    if row.percent is None:
        return ""
    return " " + language.say(N_("{points} points"), points=_signed_points(row.percent.of(cause), language))


def facts(diff: Diff, language: Language) -> dict[str, Any]:
    """Both sides whole; `parts` splits the change by its causes, in the unit and in points, and adds up to it: what
    rounding a number without end leaves over is put to the new figures."""
    return {
        "plan": diff.a.plan.id,
        "rows_left_out": diff.b.reading.rows_left_out,
        "a": {"period": str(diff.a.period), "as_of": diff.a.as_of.isoformat() if diff.a.as_of else None},
        "b": {"period": str(diff.b.period), "as_of": diff.b.as_of.isoformat() if diff.b.as_of else None},
        "rows": [
            {
                "code": row.b.code,
                "a": row_facts(row.a, language),
                "b": row_facts(row.b, language),
                "change": exact(row.change),
                "percent_change": percent_fact(row.percent_change),
                "cause": cause_fact(row),
                "parts": {
                    "change": _parts_facts(row.value, canonical),
                    "percent_change": _parts_facts(row.percent, lambda points: canonical(points, MACHINE_PLACES)),
                },
                "turn": row.turn.value if row.turn else None,
                "restated": [_restated_facts(*pair) for pair in row.restated],
            }
            for row in diff.rows
        ],
        "commitments": [
            {
                "code": one.b.commitment.code,
                "a": promise_facts(one.a, language),
                "b": promise_facts(one.b, language),
                "turn": one.turn.value if one.turn else None,
            }
            for one in diff.promises
        ],
    }


def _restated_facts(before: Figure, after: Figure) -> dict[str, Any]:
    return {
        "period": str(after.period),
        "area": after.area,
        "before": figure_facts(before),
        "after": figure_facts(after),
    }


def _parts_facts(parts: Contributions | None, fact: Callable[[Fraction], Decimal]) -> dict[str, Decimal] | None:
    if parts is None:
        return None
    restated, revised = fact(parts.restated), fact(parts.target_revised)
    new = fact(parts.total) - restated - revised
    return {"new_figures": new, "restated": restated, "target_revised": revised}


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
    "value_period_a",
    "value_period_b",
    "kind_a",
    "kind_b",
    "missing_a",
    "missing_b",
    "doubts_a",
    "doubts_b",
)


def records(diff: Diff, language: Language) -> Iterator[dict[str, Any]]:
    for fact in facts(diff, language)["rows"]:
        a, b = fact["a"], fact["b"]
        sides = {
            f"{key}_{side}": " ".join(row[key]) if key == "missing" else row[key]
            for side, row in (("a", a), ("b", b))
            for key in ("value", "value_period", "percent", "status", "kind", "missing")
        }
        parts = {
            f"{column}_{cause}": part
            for column, key in (("change", "change"), ("percent", "percent_change"))
            for cause, part in (fact["parts"][key] or {}).items()
        }
        doubted = {f"doubts_{side}": doubts.cell(row["doubts"]) for side, row in (("a", a), ("b", b))}
        yield fact | sides | parts | doubted
