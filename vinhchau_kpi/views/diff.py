"""A `Diff` of two reports, or of two files, as a screen and as facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vinhchau_kpi.diff import CAUSE_NAMES, EDIT_NAMES, NO_CAUSE, Change, Diff, Edit, FileDiff
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import MACHINE_PLACES, canonical
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.report import Report
from vinhchau_kpi.views import words
from vinhchau_kpi.views.machine import exact, figure_facts
from vinhchau_kpi.views.report import row_facts
from vinhchau_kpi.views.screen import Column, Line, Part, Sheet, Title, Tone, Words


def screen(diff: Diff, language: Language) -> list[Part]:
    """The indicators that moved; how many did not."""
    moved = [row for row in diff.rows if row.is_change]
    say = language.say
    parts: list[Part] = [
        Title(diff.a.plan.heading(language)),
        Words(say(N_("From {a} to {b}"), a=operand(diff.a), b=operand(diff.b)), Tone.STRONG),
        Words(say(N_("{n} of {all} indicators have changed."), n=len(moved), all=len(diff.rows))),
    ]
    if moved:
        parts.append(_table(moved, operand(diff.a), operand(diff.b), language))
    return parts


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
        Column(say(N_("Cause"))),
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
    if row.percent_change is None:
        return words.NOT_APPLICABLE
    sign = "+" if row.percent_change > 0 else ""
    return sign + language.number(row.percent_change, 2)


def causes(row: Change, language: Language) -> str:
    return " + ".join(language.say(CAUSE_NAMES[cause]) for cause in row.causes) or words.NOT_APPLICABLE


def facts(diff: Diff) -> dict[str, Any]:
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
                "percent_change": None if row.percent_change is None else canonical(row.percent_change, MACHINE_PLACES),
                "cause": cause_fact(row),
            }
            for row in diff.rows
        ],
    }


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
)


def records(diff: Diff) -> Iterator[dict[str, Any]]:
    for fact in facts(diff)["rows"]:
        a, b = fact["a"], fact["b"]
        sides = {
            f"{key}_{side}": row[key] for side, row in (("a", a), ("b", b)) for key in ("value", "percent", "status")
        }
        yield fact | sides


# Two files


def file_screen(diff: FileDiff, language: Language) -> list[Part]:
    say = language.say
    counts = {edit: sum(row.edit is edit for row in diff.rows) for edit in Edit}
    parts: list[Part] = [
        Title(say(N_("From {a} to {b}"), a=diff.a, b=diff.b)),
        Words(
            say(
                N_("Figures added {added}, removed {removed}, changed {changed}, the same {same}."),
                **counts,
                same=diff.same,
            )
        ),
    ]
    columns = (
        Column(say(N_("No."))), Column(say(N_("Indicator")), grows=True, gives_way=1), Column(say(N_("Period"))),
        Column(say(N_("Area")), gives_way=2), Column(say(N_("What happened"))), Column(say(N_("Before")), numeric=True),
        Column(say(N_("After")), numeric=True), Column(say(N_("Place")), gives_way=3),
    )  # fmt: skip
    lines = []
    for row in diff.rows:
        subject = _subject(diff.plan, row.key.code)
        is_promise = isinstance(subject, Commitment) or bool(subject.target.achieved)
        figure = row.b or row.a
        assert figure is not None
        cells = (
            row.key.code,
            subject.name.in_(language),
            str(Period(diff.plan.year, *row.key.stretch)),
            diff.plan.area_name(row.key.area, language) if row.key.area else "",
            say(EDIT_NAMES[row.edit]),
            words.figure_value(row.a, is_promise, language) if row.a else "",
            words.figure_value(row.b, is_promise, language) if row.b else "",
            str(figure.place),
        )
        lines.append(Line(cells))
    return [*parts, Sheet(columns, tuple(lines))]


def _subject(plan: Plan, code: str) -> Indicator | Commitment:
    return plan.entries[code].indicator if code in plan.entries else plan.commitments[code][0]


def file_facts(diff: FileDiff) -> dict[str, Any]:
    return {
        "plan": diff.plan.id,
        "a": diff.a,
        "b": diff.b,
        "same": diff.same,
        "rows": [
            {
                "code": row.key.code,
                "period": str(Period(diff.plan.year, *row.key.stretch)),
                "area": row.key.area,
                "edit": row.edit.value,
                "a": figure_facts(row.a) if row.a else None,
                "b": figure_facts(row.b) if row.b else None,
            }
            for row in diff.rows
        ],
    }


FILE_RECORD_FIELDS = (
    "code",
    "period",
    "area",
    "edit",
    "value_a",
    "value_b",
    "cumulative_a",
    "cumulative_b",
    "place_a",
    "place_b",
)


def file_records(diff: FileDiff) -> Iterator[dict[str, Any]]:
    for row, fact in zip(diff.rows, file_facts(diff)["rows"], strict=True):
        sides: dict[str, Any] = {}
        for side, figure in (("a", row.a), ("b", row.b)):
            sides[f"value_{side}"] = exact(figure.value) if figure else None
            sides[f"cumulative_{side}"] = exact(figure.cumulative) if figure else None
            sides[f"place_{side}"] = str(figure.place) if figure else None
        yield fact | sides
