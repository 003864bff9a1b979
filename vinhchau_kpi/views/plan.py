"""The plan itself, as a readable list and as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Entry, Every, Indicator, Plan
from vinhchau_kpi.views import words
from vinhchau_kpi.views.facts import target_cell, target_facts
from vinhchau_kpi.views.screen import Head, Line, Paragraph, ScreenPart, ScreenTable, Title, Tone

EVERY_NAMES: dict[Every, str] = {
    "month": N_("month"), "quarter": N_("quarter"), "half": N_("half year"), "year": N_("year"),
}  # fmt: skip
MEASURE_NAMES = {"flow": N_("adds up"), "level": N_("at a moment")}


def screen(plan: Plan, sections: set[str], language: Language) -> list[ScreenPart]:
    say = language.say
    indicators = (
        Head(say(N_("No."))), Head(say(N_("Indicator")), grows=True), Head(say(N_("Unit")), folds=True),
        Head(say(N_("Plan")), numeric=True), Head(say(N_("Measure")), gives_way=2), Head(say(N_("Reported each")), gives_way=3),
        Head(say(N_("Lead agency")), gives_way=4),
    )  # fmt: skip
    promises = (
        Head(say(N_("No."))),
        Head(say(N_("Commitment")), grows=True),
        Head(say(N_("Lead agency")), gives_way=1),
    )
    parts: list[ScreenPart] = [
        Title(plan.heading(language)),
        *([Paragraph(plan.issuer.in_(language))] if plan.issuer else []),
    ]
    counts = {"n": sum(map(plan.is_counted, plan.entries.values())), "m": len(plan.commitments)}
    parts.append(Paragraph(say(N_("{n} indicators, {m} commitments."), **counts), Tone.STRONG))
    for section in plan.sections:
        if sections and section.id not in sections:
            continue
        clause = f" ({section.clause})" if section.clause else ""
        parts.append(Title(f"{section.id}. {section.heading(language)}{clause}"))
        own = [entry for entry in plan.entries.values() if entry.section is section]
        parts.append(ScreenTable(indicators, tuple(_lines(plan, own, language))))
        listed = [(c.code, c.name.in_(language), _lead(plan, c.lead, language)) for c in section.commitments]
        parts.append(ScreenTable(promises, tuple(map(Line, listed))))
    return parts


def _lines(plan: Plan, entries: Iterable[Entry], language: Language) -> Iterator[Line]:
    """A line for each indicator, and before the first under it for each heading."""
    printed: set[str] = set()
    for entry in entries:
        for at, heading in enumerate(entry.headings):
            if heading.code not in printed:
                indent = "  " * (entry.depth - len(entry.headings) + at)
                yield Line((heading.code, indent + heading.name.in_(language), *[""] * 5), Tone.STRONG)
                printed.add(heading.code)
        yield _line(plan, entry.indicator, entry.depth, language)


def _line(plan: Plan, indicator: Indicator, depth: int, language: Language) -> Line:
    unit = plan.unit_of(indicator)
    cells = (
        indicator.code,
        "  " * depth + ("- " if depth else "") + indicator.name.in_(language),
        words.unit(unit, language),
        " → ".join(words.target(target, language) for target in indicator.targets),
        language.say(MEASURE_NAMES[indicator.measure]),
        language.say(EVERY_NAMES[indicator.every]),
        _lead(plan, indicator.lead, language),
    )
    return Line(cells)


def _lead(plan: Plan, lead: str | None, language: Language) -> str:
    return plan.agency_name(lead, language) if lead else ""


def facts(plan: Plan, sections: set[str]) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "year": plan.year,
        "period": str(plan.span),
        "indicators": [r for r in records(plan, sections) if r["measure"] != "commitment"],
        "commitments": [
            {key: r[key] for key in ("code", "section", "name", "lead", "clause", "quote", "note")}
            for r in records(plan, sections)
            if r["measure"] == "commitment"
        ],
    }


RECORD_FIELDS = (
    "code",
    "parent",
    "section",
    "name",
    "unit",
    "measure",
    "target",
    "every",
    "lead",
    "clause",
    "quote",
    "note",
)


def records(plan: Plan, sections: set[str]) -> Iterator[dict[str, Any]]:
    for entry in plan.entries.values():
        indicator = entry.indicator
        if not sections or entry.section.id in sections:
            yield {
                "code": indicator.code,
                "parent": words.above(entry),
                "section": entry.section.id,
                "name": indicator.name.vi,
                "unit": indicator.unit,
                "measure": indicator.measure,
                "target": target_facts(indicator.target),
                "every": indicator.every,
                "lead": indicator.lead,
                **indicator.source.model_dump(),
            }
    for commitment, section in plan.commitments.values():
        if not sections or section.id in sections:
            yield {
                **dict.fromkeys(RECORD_FIELDS),
                "code": commitment.code,
                "section": section.id,
                "name": commitment.name.vi,
                "measure": "commitment",
                "lead": commitment.lead,
                **commitment.source.model_dump(),
            }


def flat_records(plan: Plan, sections: set[str]) -> Iterator[dict[str, Any]]:
    """`records` with the target in one cell: `at_least 28500`."""
    for record in records(plan, sections):
        target = record["target"]
        yield record | {"target": target_cell(target) if target else None}
