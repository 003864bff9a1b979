"""`Scores` as a table by cluster, one unit whole with the reason of each point, and as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.scale import Entered, Part, Stage
from vinhchau_kpi.score import Line as ScoreLine
from vinhchau_kpi.score import Scores, State, UnitScore
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.facts import exact, percent_fact
from vinhchau_kpi.views.screen import Gauge, Head, Line, Paragraph, ScreenCell, ScreenPart, ScreenTable, Title, Tone

STATE_NAMES = {
    State.COMPUTED: N_("computed"),
    State.ENTERED: N_("entered"),
    State.SELF_ONLY: N_("self-score only"),
    State.UNCLAIMED: N_("not claimed"),
    State.MISSING: N_("not complete"),
    State.WAITING: N_("waiting for another unit"),
    State.NOT_APPLICABLE: N_("does not apply"),
}
TONES = {State.MISSING: Tone.BAD, State.WAITING: Tone.BAD, State.SELF_ONLY: Tone.FAIR, State.NOT_APPLICABLE: Tone.QUIET}


KNOCKED_OUT = N_("Not classed, not ranked: {name} ({place})")


def screen(scores: Scores, language: Language) -> Iterator[ScreenPart]:
    """A table for each cluster, and what keeps its ranks from being final."""
    yield from heading(scores, language)
    for name in dict.fromkeys(one.cluster for one in scores.units):
        units = [one for one in scores.units if one.cluster == name]
        if name is not None:
            cluster = scores.scale.clusters[name]
            yield Title(cluster.name.in_(language) if cluster.name else name)
        yield _table(scores, units, language)
        yield from _remarks(scores, name, units, language)


def title(scores: Scores, language: Language) -> str:
    return scores.scale.title.in_(language) if scores.scale.title else scores.scale.id


def heading(scores: Scores, language: Language) -> Iterator[Title | Paragraph]:
    """What stands over all points: of what, for when, and as known when."""
    say = language.say
    yield Title(title(scores, language))
    period = scores.plan.period_words(scores.period, language)
    yield Paragraph(say(N_("Points for {period}"), period=period), Tone.STRONG)
    if scores.is_provisional:
        yield Paragraph(
            say(N_("Provisional: the year is not over; figures are held against what is expected by then."))
        )
    if scores.as_of is not None:
        yield Paragraph(say(N_("As known on {day}."), day=f"{scores.as_of:%d/%m/%Y}"))


def _table(scores: Scores, units: Sequence[UnitScore], language: Language) -> ScreenTable:
    say, parts = language.say, scores.scale.parts
    columns = (
        Head(say(N_("Rank")), numeric=True),
        Head(say(N_("Scored unit")), grows=True),
        *(Head(part_name(part, language), numeric=True, gives_way=len(parts) - at) for at, part in enumerate(parts)),
        Head(say(N_("Points")), numeric=True),
        Head(say(N_("Out of")), numeric=True),
        Head("%", numeric=True),
        Head(say(N_("Class")), grows=True, least=12),
    )
    in_order = sorted(units, key=lambda one: (one.rank is None, one.rank or 0))
    return ScreenTable(columns, tuple(_unit_line(scores, one, language) for one in in_order))


def part_name(part: Part, language: Language) -> str:
    return f"{part.id}. {part.title.in_(language)}" if part.title else part.id


def _unit_line(scores: Scores, one: UnitScore, language: Language) -> Line:
    of_parts = (part_gauge(scores, one, part, language) for part in scores.scale.parts)
    cells: tuple[ScreenCell, ...] = (
        words.NOT_APPLICABLE if one.rank is None else str(one.rank),
        unit_name(scores, one.unit, language),
        *of_parts,
        shown_range(scores, one.low, one.high, language),
        _shown(scores, one.out_of, language),
        words.percent(one.percent, language),
        class_words(one, language),
    )
    return Line(cells, Tone.PLAIN if one.state == "complete" else Tone.QUIET)


def part_gauge(scores: Scores, one: UnitScore, part: Part, language: Language) -> Gauge:
    """The points of a unit in a part against what it could have there, with the reason of each; a stroke at the most that a
    range can still come to."""
    low, high = one.of_part(part.criteria)
    codes = {criterion.code for criterion in part.criteria}
    lines = [line for line in one.lines if line.criterion.code in codes]
    most = sum(line.out_of for line in lines)
    least, greatest = (100 * Fraction(points) / Fraction(most) if most else None for points in (low, high))
    notes = (f"{criterion_name(line, language)}: {why(scores, line, language)}" for line in lines)
    return Gauge(
        least, greatest if low < high else None, words=shown_range(scores, low, high, language), notes=tuple(notes)
    )


def class_words(one: UnitScore, language: Language) -> str:
    """The class of a unit, or why it has none."""
    if one.knocked_out:
        names = ", ".join(knock_out.name.in_(language) for knock_out, _ in one.knocked_out)
        return language.say(N_("not classed: {names}"), names=names)
    if one.state == "incomplete":
        return language.say(N_("not complete"))
    return "" if one.class_ is None else one.class_.name.in_(language)


def _remarks(scores: Scores, name: str | None, units: Sequence[UnitScore], language: Language) -> Iterator[ScreenPart]:
    incomplete = sum(one.state == "incomplete" for one in units)
    if incomplete:
        text = language.plural(
            "{n} unit is not complete and has no rank; the ranks of the others may still change.",
            "{n} units are not complete and have no rank; the ranks of the others may still change.",
            incomplete,
        )
        yield Paragraph(text, Tone.BAD)
    self_only = sum(line.state is State.SELF_ONLY for one in units for line in one.lines)
    if self_only:
        text = language.plural(
            "{n} criterion rests on a self-score alone.", "{n} criteria rest on self-scores alone.", self_only
        )
        yield Paragraph(text)
    doubted = sum(line.is_doubted for one in units for line in one.lines)
    if doubted:
        text = language.plural(
            "! {n} criterion rests on a doubted figure; see --unit.",
            "! {n} criteria rest on doubted figures; see --unit.",
            doubted,
        )
        yield Paragraph(text, Tone.BAD)
    flags = scores.scale.clusters[name].flags if name is not None else 0
    first = [one for one in units if one.rank is not None and one.rank <= flags]
    if len(first) > flags:
        names = tuple(unit_name(scores, one.unit, language) for one in first if one.rank == first_tied(first, flags))
        text = language.say(
            N_("Tie for the last of {n} flags, which the scale does not break: {names}."), n=flags, names=names
        )
        yield Paragraph(text, Tone.BAD)


def first_tied(first: Sequence[UnitScore], flags: int) -> int:
    """The rank that units share at the edge of the flags."""
    return sorted(one.rank or 0 for one in first)[flags - 1]


def unit_screen(scores: Scores, one: UnitScore, language: Language) -> Iterator[ScreenPart]:
    """One unit whole: each criterion with its points, why, and the file and line of each figure."""
    say = language.say
    yield from heading(scores, language)
    yield Title(unit_name(scores, one.unit, language))
    args = {
        "points": shown_range(scores, one.low, one.high, language),
        "most": _shown(scores, one.out_of, language),
        "percent": words.percent(one.percent, language),
    }
    is_known = one.percent is not None
    sentence = N_("{points} points of {most}, {percent} %") if is_known else N_("{points} points of {most}")
    yield Paragraph(say(sentence, **args), Tone.STRONG)
    if one.rank is not None:
        yield Paragraph(say(N_("Rank {rank} of the cluster"), rank=one.rank))
    if one.class_ is not None:
        yield Paragraph(say(N_("Class: {name}"), name=one.class_.name))
    for knock_out, entry in one.knocked_out:
        yield Paragraph(say(KNOCKED_OUT, name=knock_out.name, place=entry.place))
    columns = (
        Head(say(N_("Criterion")), grows=True, least=12),
        Head(say(N_("Standard")), numeric=True),
        Head(say(N_("Points")), numeric=True),
        Head(say(N_("State")), gives_way=1),
        Head(say(N_("Why")), grows=True),
        Head(say(N_("Where")), grows=True, least=12),
    )
    lines = []
    by_code = {line.criterion.code: line for line in one.lines}
    for part in scores.scale.parts:
        lines.append(
            Line(heading=f"{part_name(part, language)}: {shown_range(scores, *one.of_part(part.criteria), language)}")
        )
        lines += [_criterion_line(scores, by_code[criterion.code], language) for criterion in part.criteria]
    yield ScreenTable(columns, tuple(lines))


def _criterion_line(scores: Scores, line: ScoreLine, language: Language) -> Line:
    cells = (
        criterion_name(line, language),
        _shown(scores, line.criterion.points, language),
        shown_range(scores, line.low, line.high, language),
        language.say(STATE_NAMES[line.state]),
        why(scores, line, language),
        "; ".join(map(str, line.places)),
    )
    return Line(cells, TONES.get(line.state, Tone.PLAIN))


def criterion_name(line: ScoreLine, language: Language) -> str:
    """Code and name, marked where a doubt is open about a figure behind its points."""
    criterion = line.criterion
    name = f"{criterion.code} {criterion.name.in_(language)}" if criterion.name else criterion.code
    return f"! {name}" if line.is_doubted else name


def why(scores: Scores, line: ScoreLine, language: Language) -> str:
    """How a criterion came to its points: each step, then the points."""
    steps = [language.tell(step) for step in line.why]
    if line.state is State.NOT_APPLICABLE:
        return "; ".join(steps)
    found = [doubts.said(doubt, language) for doubt in line.doubts]
    return "; ".join([*steps, *found]) + f" = {shown_range(scores, line.low, line.high, language)}"


def unit_name(scores: Scores, unit: str, language: Language) -> str:
    if scores.scale.of == "areas":
        return scores.plan.area_name(unit, language)
    return scores.plan.agency_name(unit, language)


def _shown(scores: Scores, value: Decimal, language: Language) -> str:
    return language.number(value, scores.scale.round)


def shown_range(scores: Scores, low: Decimal, high: Decimal, language: Language) -> str:
    if low == high:
        return _shown(scores, low, language)
    args = {"low": _shown(scores, low, language), "high": _shown(scores, high, language)}
    return language.say(N_("{low} to {high}"), **args)


# Facts


def facts(scores: Scores, language: Language, unit: str | None = None) -> dict[str, Any]:
    """Everything, or one unit of it. `points` is null where there is only a range."""
    return {
        "scale": scores.scale.id,
        "period": str(scores.period),
        "as_of": scores.as_of.isoformat() if scores.as_of else None,
        "provisional": scores.is_provisional,
        "units": [_unit_facts(scores, one, language) for one in scores.units if unit in (None, one.unit)],
    }


def _unit_facts(scores: Scores, one: UnitScore, language: Language) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "cluster": one.cluster,
        "state": one.state,
        **_points_facts(one),
        "percent": percent_fact(one.percent),
        "class": one.class_.name.in_(language) if one.class_ else None,
        "rank": one.rank,
        "knocked_out": [knock_out.code for knock_out, _ in one.knocked_out],
        "criteria": [
            {
                "code": line.criterion.code,
                "state": line.state.value,
                **_points_facts(line),
                "why": why(scores, line, language),
                "figures": [{"file": place.file, "line": place.line} for place in line.places],
                "entered": [_entry_facts(entry) for entry in line.entries],
                "doubts": doubts.facts(line.doubts, language),
            }
            for line in one.lines
        ],
    }


def _points_facts(one: UnitScore | ScoreLine) -> dict[str, Any]:
    return {
        "points": exact(one.points),
        "low": exact(one.low),
        "high": exact(one.high),
        "out_of": exact(one.out_of),
    }


def _entry_facts(entry: Entered) -> dict[str, Any]:
    return {
        "code": entry.code,
        "value": exact(entry.value),
        "stage": Stage(entry.stage).name.lower(),
        "day": entry.day.isoformat() if entry.day else None,
        "evidence": entry.evidence,
        "note": entry.note,
    }


RECORD_FIELDS = (
    "unit", "cluster", "unit_state", "rank", "class", "unit_percent", "code", "state", "points", "low", "high", "out_of",
    "why", "figures",
)  # fmt: skip


def records(scores: Scores, language: Language, unit: str | None = None) -> Iterator[dict[str, Any]]:
    """A row for each criterion of each unit."""
    for of_unit in facts(scores, language, unit)["units"]:
        for line in of_unit["criteria"]:
            yield {
                **{key: of_unit[key] for key in ("unit", "cluster", "rank", "class")},
                "unit_state": of_unit["state"],
                "unit_percent": of_unit["percent"],
                **{key: line[key] for key in ("code", "state", "points", "low", "high", "out_of", "why")},
                "figures": " ".join(f"{one['file']}:{one['line']}" for one in line["figures"]),
            }
