"""A `ScoreDiff`: who has other points, class or rank, and by which criteria; as a screen and as facts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.scale import STAGE_NAMES
from vinhchau_kpi.score import Line as ScoreLine
from vinhchau_kpi.score import UnitScore
from vinhchau_kpi.scorediff import ScoreDiff, Side, UnitChange, change
from vinhchau_kpi.views import score as view
from vinhchau_kpi.views import words
from vinhchau_kpi.views.facts import exact
from vinhchau_kpi.views.screen import Head, Line, Paragraph, ScreenPart, ScreenTable, Title, Tone


def screen(diff: ScoreDiff, language: Language) -> Iterator[ScreenPart]:
    say, scores, moved = language.say, diff.b.scores, [one for one in diff.units if one.is_change]
    a, b = (operand(side, language) for side in (diff.a, diff.b))
    yield Title(view.title(scores, language))
    yield Paragraph(say(N_("From {a} to {b}"), a=a, b=b), Tone.STRONG)
    yield Paragraph(say(N_("Units with changes: {n} of {all}."), n=len(moved), all=len(diff.units)))
    if not moved:
        return
    numbers = (Head(a, numeric=True), Head(b, numeric=True), Head(say(N_("Change")), numeric=True))
    yield ScreenTable(
        (
            Head(say(N_("Scored unit")), grows=True),
            *numbers,
            Head(say(N_("Rank")), numeric=True),
            Head(say(N_("Class")), gives_way=1),
        ),
        tuple(_unit(diff, one, language) for one in moved),
    )
    yield Title(say(N_("Criteria")))
    lines: list[Line] = []
    for one in moved:
        if one.lines:
            lines.append(Line(heading=view.unit_name(scores, one.b.unit, language)))
        lines += [_criterion(diff, *pair, language) for pair in one.lines]
    why, where = Head(say(N_("Why")), grows=True), Head(say(N_("Where")), grows=True, least=12)
    yield ScreenTable((Head(say(N_("Criterion")), grows=True, least=12), *numbers, why, where), tuple(lines))


def operand(side: Side, language: Language) -> str:
    """`2019-06@2019-07-05`, and the stage where one was asked for."""
    scores = side.scores
    period = f"{scores.period}@{scores.as_of}" if scores.as_of else str(scores.period)
    return period if side.stage is None else f"{period} {language.say(STAGE_NAMES[side.stage])}"


def _unit(diff: ScoreDiff, one: UnitChange, language: Language) -> Line:
    ranks = (words.NOT_APPLICABLE if side.rank is None else str(side.rank) for side in (one.a, one.b))
    classes = (view.class_words(side, language) for side in (one.a, one.b))
    both = (" → ".join(dict.fromkeys(pair)) for pair in (ranks, classes))
    name = view.unit_name(diff.b.scores, one.b.unit, language)
    return Line((name, *_numbers(diff, one.a, one.b, language), *both))


def _criterion(diff: ScoreDiff, a: ScoreLine, b: ScoreLine, language: Language) -> Line:
    """With the reason of the later side, and the places of both."""
    where = "; ".join(dict.fromkeys(map(str, (*a.places, *b.places))))
    why = view.why(diff.b.scores, b, language)
    return Line((view.criterion_name(b, language), *_numbers(diff, a, b, language), why, where))


def _numbers(diff: ScoreDiff, a: UnitScore | ScoreLine, b: UnitScore | ScoreLine, language: Language) -> list[str]:
    more = change(a, b)
    sides = (view.shown_range(diff.b.scores, one.low, one.high, language) for one in (a, b))
    return [*sides, words.signed(None if more is None else Fraction(more), language)]


# Facts


def facts(diff: ScoreDiff, language: Language) -> dict[str, Any]:
    """Both sides of every unit, whole, and how many points lie between them; null where one of them is a range."""
    sides = [view.facts(side.scores, language) for side in (diff.a, diff.b)]
    a, b = ({one["unit"]: one for one in side.pop("units")} for side in sides)
    for side, of in zip(sides, (diff.a, diff.b), strict=True):
        side["stage"] = of.stage.name.lower() if of.stage else None
    return {
        "scale": diff.b.scores.scale.id,
        "a": sides[0],
        "b": sides[1],
        "units": [
            {
                "unit": one.b.unit,
                "a": a[one.b.unit],
                "b": b[one.b.unit],
                "change": exact(change(one.a, one.b)),
                "criteria": [{"code": y.criterion.code, "change": exact(change(x, y))} for x, y in one.lines],
            }
            for one in diff.units
        ],
    }


_SIDE_FIELDS = ("points", "low", "high", "out_of", "state", "why", "figures")
RECORD_FIELDS = ("unit", "code", "change", *(f"{name}_{side}" for name in _SIDE_FIELDS for side in "ab"))


def records(diff: ScoreDiff, language: Language) -> Iterator[dict[str, Any]]:
    """A row for each criterion that comes to something else."""
    moved = {(one.b.unit, b.criterion.code): change(a, b) for one in diff.units for a, b in one.lines}
    for a, b in zip(*(view.records(side.scores, language) for side in (diff.a, diff.b)), strict=True):
        key = a["unit"], a["code"]
        if key in moved:
            sides = {f"{name}_{side}": row[name] for side, row in (("a", a), ("b", b)) for name in _SIDE_FIELDS}
            yield {"unit": a["unit"], "code": a["code"], "change": exact(moved[key]), **sides}
