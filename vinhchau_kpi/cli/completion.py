"""What the shell offers after Tab: the codes, sections, periods and agencies of the plan, and the rules."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from vinhchau_kpi import messages

if TYPE_CHECKING:
    from vinhchau_kpi.plan import Plan


def _plan_for_completion(ctx: typer.Context) -> Plan | None:
    from vinhchau_kpi.intake.office import office, plan_beside
    from vinhchau_kpi.intake.open.files import InputFile
    from vinhchau_kpi.intake.plan.file import bundled, read_plan

    given, here = ctx.params.get("plan") or os.environ.get("KPI_PLAN"), office()
    found = Path(given) if given else here.plan_path or plan_beside([here.actuals_path], here)
    return read_plan(InputFile(found or bundled()))[0]


def codes(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    plan = _plan_for_completion(ctx)
    if plan:
        language = messages.language()
        yield from ((code, entry.indicator.name.in_(language)) for code, entry in plan.entries.items())
        yield from ((code, commitment.name.in_(language)) for code, (commitment, _) in plan.commitments.items())


def sections(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    plan = _plan_for_completion(ctx)
    if plan:
        yield from ((section.id, section.heading(messages.language())) for section in plan.sections)


def periods(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    plan = _plan_for_completion(ctx)
    if plan:
        span = plan.span
        yield from (str(span.month(number)) for number in range(1, span.length + 1))
        names = ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M")
        found = (plan.period(f"{year}-{name}") for year in span.years for name in names)
        yield from (str(one) for one in found if one is not None and span.has(one))
        yield str(span)
        yield from (one.id for one in plan.rounds)


def agencies(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    plan = _plan_for_completion(ctx)
    if plan:
        yield from ((agency, party.name.in_(messages.language())) for agency, party in plan.agencies.items())


def rule_codes(incomplete: str) -> Iterator[tuple[str, str]]:
    from vinhchau_kpi import rules

    yield from ((rule.code, messages.language().say(rule.title)) for rule in rules.ALL)
