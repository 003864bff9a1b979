"""A `FileDiff`, as a screen and as facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vinhchau_kpi.figure import KIND_NAMES, Figure
from vinhchau_kpi.filediff import EDIT_NAMES, Edit, FigureChange, FileDiff
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Commitment
from vinhchau_kpi.text import fold
from vinhchau_kpi.views import words
from vinhchau_kpi.views.facts import exact, figure_facts
from vinhchau_kpi.views.screen import Head, Line, Paragraph, ScreenPart, ScreenTable, Title, Tone

TONES = {Edit.ADDED: Tone.GOOD, Edit.REMOVED: Tone.BAD, Edit.CHANGED: Tone.STRONG}


def screen(diff: FileDiff, language: Language) -> list[ScreenPart]:
    say = language.say
    counts = {edit.value: diff.count(edit) for edit in Edit}
    sentence = N_("Figures added {added}, removed {removed}, changed {changed}, the same {same}.")
    columns = (
        Head(say(N_("No."))),
        Head(say(N_("Indicator")), grows=True, least=16),
        Head(say(N_("Area")), gives_way=2, folds=True),
        Head(say(N_("Period"))),
        Head(say(N_("What happened")), gives_way=1),
        Head(say(N_("Before")), numeric=True),
        Head(say(N_("After")), numeric=True),
        Head(say(N_("Place")), grows=True, least=9),
    )
    return [
        Title(say(N_("From {a} to {b}"), a=diff.a, b=diff.b)),
        *(
            [Paragraph(say(N_("Based on the figures reported by {day}."), day=f"{diff.as_of:%d/%m/%Y}"))]
            if diff.as_of
            else []
        ),
        Paragraph(say(sentence, **counts, same=diff.same)),
        ScreenTable(columns, tuple(_line(row, diff, language) for row in diff.rows)),
    ]


def _line(row: FigureChange, diff: FileDiff, language: Language) -> Line:
    subject = diff.plan.subjects[fold(row.key.code)]
    is_promise = isinstance(subject, Commitment) or bool(subject.target.achieved)
    cells = (
        row.key.code,
        subject.name.in_(language),
        diff.plan.area_name(row.key.area, language) if row.key.area else "",
        str(row.key.period),
        language.say(EDIT_NAMES[row.edit]),
        _said(row.a, row, is_promise, language),
        _said(row.b, row, is_promise, language),
        " → ".join(filter(None, (_place(row.a, diff.a), _place(row.b, diff.b)))),
    )
    return Line(cells, tones=(*[Tone.PLAIN] * 4, TONES[row.edit], *[Tone.PLAIN] * 3))


def _said(figure: Figure | None, row: FigureChange, is_promise: bool, language: Language) -> str:
    """What one side says; with its kind, where that is what the sides differ in."""
    if figure is None:
        return ""
    value = words.figure_value(figure, is_promise, language)
    return f"{value} ({language.say(KIND_NAMES[figure.kind])})" if row.is_other_kind else value


def _place(figure: Figure | None, operand: str) -> str:
    """Where it stands; without the file where the heading names it."""
    return "" if figure is None else str(figure.place).removeprefix(f"{operand}:")


def facts(diff: FileDiff) -> dict[str, Any]:
    return {
        "plan": diff.plan.id,
        "a": diff.a,
        "b": diff.b,
        "as_of": diff.as_of.isoformat() if diff.as_of else None,
        "same": diff.same,
        "rows": [
            {
                "code": row.key.code,
                "period": str(row.key.period),
                "area": row.key.area,
                "edit": row.edit.value,
                "a": figure_facts(row.a) if row.a else None,
                "b": figure_facts(row.b) if row.b else None,
            }
            for row in diff.rows
        ],
    }


_SIDE_FIELDS = ("value", "cumulative", "numerator", "denominator", "kind", "place")
RECORD_FIELDS = ("code", "period", "area", "edit", *(f"{name}_{side}" for name in _SIDE_FIELDS for side in "ab"))


def records(diff: FileDiff) -> Iterator[dict[str, Any]]:
    for row, fact in zip(diff.rows, facts(diff)["rows"], strict=True):
        yield fact | _side(row.a, "a") | _side(row.b, "b")


def _side(figure: Figure | None, side: str) -> dict[str, Any]:
    if figure is None:
        return {}
    numbers = {name: exact(getattr(figure, name)) for name in _SIDE_FIELDS[:4]}
    found = {**numbers, "kind": figure.kind.value, "place": str(figure.place)}
    return {f"{name}_{side}": value for name, value in found.items()}
