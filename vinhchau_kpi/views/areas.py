"""A report by area: indicators against wards and communes, or, indicator by indicator, the areas in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vinhchau_kpi.actual import Actual
from vinhchau_kpi.areas import AreaRow, AreaTable
from vinhchau_kpi.figure import Kind
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.report import Report
from vinhchau_kpi.status import Status
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import (
    ESTIMATE,
    OLDER,
    PARTIAL,
    REVISED,
    left_out_notes,
    marks,
    revision_words,
)
from vinhchau_kpi.views.facts import exact, percent_fact, target_cell, target_facts
from vinhchau_kpi.views.report import heading
from vinhchau_kpi.views.screen import Head, Line, Paragraph, ScreenPart, ScreenTable, Title, Tone


def screen(
    whole: Report, shown: Report, tables: Sequence[AreaTable], language: Language, *, rank: bool = False
) -> list[ScreenPart]:
    """`whole` gives the heading, `tables` those of the rows `shown` that have something by area."""
    parts: list[ScreenPart] = [
        *heading(whole, language),
        Paragraph(_summary(len(shown.rows), tables, language), Tone.STRONG),
    ]
    if not tables:
        return parts
    parts += list(_rankings(tables, whole, language)) if rank else [_matrix(tables, whole, language)]
    return [*parts, *(Paragraph(text, tone) for text, tone in _notes(tables, whole, language))]


def _summary(every: int, tables: Sequence[AreaTable], language: Language) -> str:
    """How many indicators are shown, and that the others have nothing by area."""
    text = language.say(N_("{n} of {all} indicators have figures or targets by area."), n=len(tables), all=every)
    if every > len(tables):
        text += " " + language.say(N_("Indicators without figures or targets by area are not shown."))
    return text


def _matrix(tables: Sequence[AreaTable], report: Report, language: Language) -> ScreenTable:
    say, plan = language.say, report.plan
    whole = plan.whole_name(language)
    used = dict.fromkeys(one.area for table in tables for one in table.areas)
    areas = [area for area in plan.areas or used if area in used]
    columns = (
        Head(say(N_("No."))),
        Head(say(N_("Indicator")), grows=True),
        Head(whole[:1].upper() + whole[1:], numeric=True),
        Head(say(N_("Sum of areas")), numeric=True),
        *(Head(plan.area_name(area, language), numeric=True) for area in areas),
    )
    lines: list[Line] = []
    for table in tables:
        row, own = table.row, {one.area: one for one in table.areas}
        cells = [own.get(area) for area in areas]
        name = f"{row.indicator.name.in_(language)} ({words.unit(row.unit, language)})"
        town = words.actual(row.actual.value, row.indicator, language, _absent(row.status)) + marks(row)
        together = _together(table, language)
        values = (_area_value(one, table, language) if one else words.NOT_APPLICABLE for one in cells)
        lines.append(Line((row.code, name, town, together, *values), tones=(Tone.STRONG,) * len(columns)))
        if any(one.share is not None for one in table.areas):
            shares = (_share(one, language) for one in cells)
            blank = words.NOT_APPLICABLE
            lines.append(Line(("", "  " + say(N_("% of the town")), blank, blank, *shares), Tone.QUIET))
        if table.is_allocated:
            lines += _against_plan(table, cells, language)
    return ScreenTable(columns, tuple(lines), repeats=2)


def _against_plan(table: AreaTable, cells: list[AreaRow | None], language: Language) -> Iterator[Line]:
    say, row = language.say, table.row
    targets = (words.target(one.target, language) if one and one.target else words.NOT_APPLICABLE for one in cells)
    blank = words.NOT_APPLICABLE
    yield Line(("", "  " + say(N_("Plan")), words.target(row.target, language), blank, *targets))
    own = _absent(row.status) if row.actual.value is None else words.percent(row.percent, language)
    percents = (own, blank, *(_percent(one, language) for one in cells))
    yield Line(("", "  " + say(N_("% of plan")), *percents))
    statuses = [row.status, None, *(one.status if one else None for one in cells)]
    signs = [words.SIGNS[status] if status else words.NOT_APPLICABLE for status in statuses]
    tones = (words.TONES[status] if status else Tone.PLAIN for status in statuses)
    yield Line(("", "  " + say(N_("Assessment")), *signs), tones=(Tone.PLAIN, Tone.PLAIN, *tones))


def _rankings(tables: Sequence[AreaTable], report: Report, language: Language) -> Iterator[ScreenPart]:
    """For each indicator with targets by area the areas by percent; those without one after them, without a rank."""
    say = language.say
    for table in tables:
        if not table.is_allocated:
            continue
        row = table.row
        yield Title(f"{row.code} {row.indicator.name.in_(language)} ({words.unit(row.unit, language)})")
        columns = (
            Head(say(N_("Rank")), numeric=True),
            Head(say(N_("Area")), grows=True),
            Head(say(N_("Plan")), numeric=True),
            Head(say(N_("Cumulative")), numeric=True),
            Head(say(N_("% of plan")), numeric=True),
            Head(say(N_("Expected %")), numeric=True, gives_way=2),
            Head(say(N_("% of the town")), numeric=True, gives_way=1),
            Head(say(N_("Assessment"))),
        )
        lines = [_ranking_line(one, table, report, language) for one in table.ranked]
        if table.unranked:
            lines.append(Line(heading=say(N_("Not ranked: figures are missing, or there is no percent"))))
            lines += [_ranking_line(one, table, report, language) for one in table.unranked]
        yield ScreenTable(columns, tuple(lines))
    others = tuple(table.row.code for table in tables if not table.is_allocated)
    if others:
        yield Paragraph(say(N_("No targets of areas are in force for: {codes}."), codes=others), Tone.QUIET)


def _ranking_line(one: AreaRow, table: AreaTable, report: Report, language: Language) -> Line:
    tone = words.TONES[one.status] if one.status else Tone.PLAIN
    cells = (
        language.number(one.rank) if one.rank is not None else words.NOT_APPLICABLE,
        report.plan.area_name(one.area, language),
        words.target(one.target, language) if one.target else words.NOT_APPLICABLE,
        _area_value(one, table, language),
        _percent(one, language),
        words.percent(one.expected_percent, language),
        _share(one, language),
        words.status(one.status, language) if one.status else words.NOT_APPLICABLE,
    )
    return Line(cells, tones=(*[Tone.PLAIN] * 7, tone))


def _absent(status: Status | None) -> str:
    return "" if status is Status.NOT_DUE else words.MISSING


def _value(now: Actual, status: Status | None, table: AreaTable, language: Language) -> str:
    """A value, marked where something due is missing from it, it is of an earlier period, or an estimate."""
    found = (
        (PARTIAL, now.value is not None and now.missing),
        (ESTIMATE, now.kind is Kind.ESTIMATE),
        (OLDER, now.is_old),
    )
    signs = "".join(mark for mark, holds in found if holds)
    return words.actual(now.value, table.row.indicator, language, _absent(status)) + signs


def _area_value(one: AreaRow, table: AreaTable, language: Language) -> str:
    return _value(one.actual, one.status, table, language) + doubts.mark(one.doubts)


def _together(table: AreaTable, language: Language) -> str:
    adds_up = not table.row.unit.is_rate and not table.row.indicator.target.achieved
    if table.together.value is None and not adds_up:
        return words.NOT_APPLICABLE
    return _value(table.together, None, table, language) + doubts.mark(table.doubts)


def _share(one: AreaRow | None, language: Language) -> str:
    """A part of the town's figure; … where one of the two is not known whole."""
    if one is None:
        return words.NOT_APPLICABLE
    return words.MISSING if one.share is None else words.percent(one.share, language)


def _percent(one: AreaRow | None, language: Language) -> str:
    """What an area has of its target; as absent as its value where there is none."""
    if one is None or one.target is None:
        return words.NOT_APPLICABLE
    return _absent(one.status) if one.actual.value is None else words.percent(one.percent, language)


def _notes(tables: Sequence[AreaTable], report: Report, language: Language) -> Iterator[tuple[str, Tone]]:
    """What the marks mean: areas that have not reported, months missing from an area's own figure, what is old, an
    estimate, or held against a revised target."""
    say, plan = language.say, report.plan
    for table in tables:
        code = table.row.code
        if table.together.missing and table.together.areas_missing:
            names = tuple(plan.area_name(area, language) for area in table.together.areas_missing)
            periods = words.stretches(table.together.missing)
            text = say(N_("{code}: {areas} have not reported {periods}."), code=code, areas=names, periods=periods)
            if table.together.is_old:
                text += " " + say(N_("The sum of areas is for {period}."), period=str(table.together.value_period))
            yield f"{PARTIAL} {text}", Tone.BAD
        for one in table.areas:
            if one.actual.value is not None and one.actual.missing:
                area, periods = plan.area_name(one.area, language), words.stretches(one.actual.missing)
                text = say(N_("{code}, {area}: not reported {periods}."), code=code, area=area, periods=periods)
                yield f"{PARTIAL} {text}", Tone.BAD
        if table.row.revision is not None:
            yield f"{REVISED} {code}: {revision_words(table.row, table.row.revision, language)}.", Tone.QUIET
    yield from ((note, Tone.BAD) for note in left_out_notes((table.row for table in tables), language))
    for table in tables:
        doubted: list[doubts.Doubtable] = [table.row, *table.areas, table]
        yield from doubts.notes(doubted, language)
    old = [
        f"{table.row.code}, {plan.area_name(one.area, language)} ({one.actual.value_period})"
        for table in tables
        for one in table.areas
        if one.actual.is_old
    ]
    if old:
        yield f"{OLDER} " + say(N_("Latest figure is of an earlier period:")) + f" {'; '.join(old)}.", Tone.QUIET
    if any(one.actual.kind is Kind.ESTIMATE for table in tables for one in table.areas):
        yield f"{ESTIMATE} " + say(N_("estimate")) + ".", Tone.QUIET
    yield say(N_("… not reported · – does not apply · blank: not due yet.")), Tone.QUIET


# Facts


def facts(whole: Report, tables: Sequence[AreaTable], language: Language) -> dict[str, Any]:
    """Full precision, canonical codes; `together` is what the areas make, `areas_missing` those it lacks."""
    return {
        "plan": whole.plan.id,
        "period": str(whole.period),
        "as_of": whole.as_of.isoformat() if whole.as_of else None,
        "by": "area",
        "rows_left_out": whole.reading.rows_left_out,
        "rows": [
            {
                "code": table.row.code,
                "name": table.row.indicator.name.vi,
                "unit": table.row.indicator.unit,
                "town": _town_facts(table, language),
                "together": exact(table.together.value),
                "areas_missing": list(table.together.areas_missing),
                "areas": [_area_facts(one, language) for one in table.areas],
            }
            for table in tables
        ],
    }


def _actual_facts(now: Actual) -> dict[str, Any]:
    return {
        "value": exact(now.value),
        "value_period": str(now.value_period) if now.value_period else None,
        "in_period": exact(now.in_period),
        "cumulative": exact(now.cumulative),
        "missing": [str(period) for period in now.missing],
        "kind": now.kind.value if now.kind else None,
    }


def _town_facts(table: AreaTable, language: Language) -> dict[str, Any]:
    row = table.row
    return {
        **_actual_facts(row.actual),
        "target": target_facts(row.target),
        "percent": percent_fact(row.percent),
        "expected_percent": percent_fact(row.expected_percent),
        "gap": exact(row.gap),
        "status": row.status.value,
        "revised_on": row.revision.effective.isoformat() if row.revision else None,
        "left_out": [str(period) for period in row.left_out],
        "doubts": doubts.facts(row.doubts, language),
    }


def _area_facts(one: AreaRow, language: Language) -> dict[str, Any]:
    return {
        "area": one.area,
        **_actual_facts(one.actual),
        "share": percent_fact(one.share),
        "target": target_facts(one.target) if one.target else None,
        "percent": percent_fact(one.percent),
        "expected_percent": percent_fact(one.expected_percent),
        "gap": exact(one.gap),
        "status": one.status.value if one.status else None,
        "rank": one.rank,
        "doubts": doubts.facts(one.doubts, language),
    }


RECORD_FIELDS = (
    "code", "area", "unit", "value", "value_period", "in_period", "cumulative", "share", "target", "percent",
    "expected_percent", "gap", "status", "rank", "missing", "kind", "together", "areas_missing", "doubts",
)  # fmt: skip


def records(tables: Sequence[AreaTable], language: Language) -> Iterator[dict[str, Any]]:
    """A line for the whole town (its area is blank) with what the areas make together, then one for each area."""
    for table in tables:
        code, unit, lacking = table.row.code, table.row.indicator.unit, " ".join(table.together.areas_missing)
        sums = {"together": exact(table.together.value), "areas_missing": lacking}
        of_areas = (_area_facts(one, language) for one in table.areas)
        for fact in ({"area": None, **_town_facts(table, language), **sums}, *of_areas):
            target = target_cell(fact["target"]) if fact["target"] else None
            in_cells = {"missing": " ".join(fact["missing"]), "doubts": doubts.cell(fact["doubts"])}
            yield {**fact, "code": code, "unit": unit, "target": target, **in_cells}
