"""The commands about points: print them, check a scale file, print the schema of one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Optional

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli import spoken
from vinhchau_kpi.cli.deliver import deliver, deliver_check
from vinhchau_kpi.cli.options import (
    AsOfOption,
    Delivery,
    FindingsDelivery,
    PeriodArgument,
    ReportDelivery,
    ScoresOption,
    spread,
)
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import N_
from vinhchau_kpi.settings import Settings

app = typer.Typer(cls=spoken.GroupWithDefault, rich_markup_mode=None)


@app.command(
    spoken.GroupWithDefault.default,
    cls=spoken.Command,
    hidden=True,
    help=N_("Print points, classes and ranks by a scale, or one unit whole with the reason of each point."),
    epilog="kpi score check FILE · kpi score schema",
)
@spread
def score(
    ctx: typer.Context,
    *,
    period: PeriodArgument = None,
    scale: Annotated[Path, typer.Option("--scale", help=N_("File of the scale of points."))],
    scores: ScoresOption = None,
    unit: Annotated[
        Optional[str],
        typer.Option("--unit", help=N_("One unit whole: each point, why, and the file and line of each figure.")),
    ] = None,
    settings: Settings,
    as_of: AsOfOption = None,
    delivery: ReportDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.scale import Stage
    from vinhchau_kpi.score import Staged
    from vinhchau_kpi.score import score as compute
    from vinhchau_kpi.views import score as view

    desk, day = Desk(ctx.obj, settings), asked.day(as_of)
    by = desk.scale(scale)
    wanted = None if unit is None else asked.unit(desk.plan, by, unit)
    entered, measures = desk.entered(scores or (), by, day), desk.measures(by, period, day)
    found = compute(measures, entered)

    def staged() -> Staged:
        """With what the units say of themselves; of one unit, where one is asked for."""
        alone = compute(measures, [one for one in entered if one.stage is Stage.SELF])
        shown = tuple(one for one in found.units if wanted in (None, one.unit))
        return Staged(replace(found, units=shown), alone)

    language = desk.language
    deliver(
        language,
        delivery,
        Result(
            screen=lambda language: (
                view.screen(found, language)
                if wanted is None
                else view.unit_screen(found, next(one for one in found.units if one.unit == wanted), language)
            ),
            scores=staged,
            facts=lambda: view.facts(found, language, wanted),
            records=lambda: (view.RECORD_FIELDS, view.records(found, language, wanted)),
        ),
    )


@app.command(
    "check",
    cls=spoken.Command,
    help=N_("Check a scale file against the plan, and files of entered scores against the scale."),
)
@spread
def check(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Scale file in YAML."))],
    scores: ScoresOption = None,
    settings: Annotated[Settings, "plan", "numbers", "encoding", "sheet", "show_all"],
    delivery: FindingsDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk

    desk = Desk(ctx.obj, settings)
    scale, unordered = desk.scale_and_findings(file)
    if scale is not None and scores:
        unordered += desk.entered_and_findings(scores, scale)[1]
    deliver_check(ctx.obj, delivery, scale, unordered, show_all=settings.show_all)


@app.command("schema", cls=spoken.Command, help=N_("Print the JSON Schema of a scale file, for editors."))
@spread
def schema(ctx: typer.Context, delivery: Delivery) -> None:
    from vinhchau_kpi.scale import json_schema

    deliver(ctx.obj, replace(delivery, form="json"), Result(facts=json_schema))
