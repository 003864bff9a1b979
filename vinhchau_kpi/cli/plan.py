"""The commands about the plan: list it, check a plan file, print the schemas."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli import spoken
from vinhchau_kpi.cli.deliver import deliver, deliver_check
from vinhchau_kpi.cli.options import Delivery, FindingsDelivery, ScreenDelivery, SectionOption, spread
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import N_
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.settings import Settings

app = typer.Typer(cls=spoken.Group, invoke_without_command=True, rich_markup_mode=None)


@app.callback()
@spread
def every(
    ctx: typer.Context,
    *,
    settings: Annotated[Settings, "plan"],
    section: SectionOption = None,
    delivery: ScreenDelivery,
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import plan as view

    desk = Desk(ctx.obj, settings)
    sections = set(asked.sections(desk.plan, section))
    deliver(
        desk.language,
        delivery,
        Result(
            screen=lambda language: view.screen(desk.plan, sections, language),
            facts=lambda: view.facts(desk.plan, sections),
            records=lambda: (view.RECORD_FIELDS, view.flat_records(desk.plan, sections)),
        ),
    )


@app.command(
    "check", cls=spoken.Command, help=N_("Check a plan file and print every finding with its line and column.")
)
@spread
def check(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Plan file in YAML."))],
    settings: Annotated[Settings, "show_all"],
    delivery: FindingsDelivery,
) -> None:
    from vinhchau_kpi.intake.open.files import InputFile
    from vinhchau_kpi.intake.plan.file import read_plan

    if not os.path.lexists(file):
        raise Refusal(N_("There is no file or folder {path}."), path=file)
    plan, unordered = read_plan(InputFile(file))
    deliver_check(ctx.obj, delivery, plan, unordered, show_all=settings.show_all)


@app.command("schema", cls=spoken.Command, help=N_("Print the JSON Schema of a plan file, for editors."))
@spread
def schema(ctx: typer.Context, delivery: Delivery) -> None:
    from vinhchau_kpi.plan import json_schema

    deliver(ctx.obj, replace(delivery, form="json"), Result(facts=json_schema))


@app.command("table-schema", cls=spoken.Command, help=N_("Print the Frictionless Table Schema of a submission."))
@spread
def table(ctx: typer.Context, settings: Annotated[Settings, "plan"], delivery: Delivery) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views.schema import table_schema

    desk = Desk(ctx.obj, settings)
    deliver(desk.language, replace(delivery, form="json"), Result(facts=lambda: table_schema(desk.plan)))
