"""The commands about the plan: list it, check a plan file, make one of a table, settle its readings, print the schemas."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli import spoken
from vinhchau_kpi.cli.deliver import deliver, deliver_check
from vinhchau_kpi.cli.options import Delivery, FindingsDelivery, LangOption, ScreenDelivery, SectionOption, spread
from vinhchau_kpi.forms import Result, console
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import FaultsFound, Refusal
from vinhchau_kpi.settings import Settings

if TYPE_CHECKING:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.plan import Plan

NewPlanOption = Annotated[
    Path, typer.Option("--output", "-o", help=N_("Plan file to write; an existing one is never written over."))
]

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

    _must_be_there(file)
    plan, unordered = read_plan(InputFile(file))
    deliver_check(ctx.obj, delivery, plan, unordered, show_all=settings.show_all)


@app.command(
    "import",
    cls=spoken.Command,
    help=N_("Make a plan file of an office's table of targets; what the table does not prove is marked for review."),
)
@spread
def import_(
    ctx: typer.Context,
    *,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help=N_("Table in .xlsx, .xls, .ods, .docx or .csv."))],
    settings: Annotated[Settings, "numbers", "encoding", "sheet", "show_all"],
    year: Annotated[
        Optional[int],
        typer.Option("--year", min=1900, max=2099, help=N_("Year of the plan, where the table does not prove it.")),
    ] = None,
    column: Annotated[
        Optional[str],
        typer.Option(
            "--target-column", help=N_("Heading or letters of the column of targets, where there are several.")
        ),
    ] = None,
    output: NewPlanOption = Path("plan.yaml"),
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.finding import Findings
    from vinhchau_kpi.intake.open.files import InputFile
    from vinhchau_kpi.intake.plan.draft import values_of
    from vinhchau_kpi.intake.plan.table import read_table
    from vinhchau_kpi.intake.plan.text import text_of
    from vinhchau_kpi.intake.read.submission import Options
    from vinhchau_kpi.output import refuse_existing

    language: Language = ctx.obj
    _must_be_there(table)
    refuse_existing(output)
    options = Options(numbers=settings.numbers, encoding=settings.encoding, sheet=settings.sheet)
    draft, findings = read_table(InputFile(table), options, year, column)
    if findings:
        Desk(language, settings).show(Findings(findings).in_order())
    if draft is None:
        raise FaultsFound
    said = [language.tell(message) for message in draft.said]
    made = language.say(
        N_("Made of {path} by kpi plan import. What has review is to be looked at by a person: kpi plan review."),
        path=table.name,
    )
    plan = _write_plan(output, text_of(values_of(draft, language), [made, *said]), language)
    for line in said:
        console.tell(line)
    text = N_(
        "Written: {path}, with {n} indicators and {m} commitments; {k} of them to be confirmed or decided. Next: kpi plan review {path}"
    )
    counts = {"n": len(plan.entries), "m": len(plan.commitments), "k": plan.open_readings}
    console.tell(language.say(text, path=output, **counts))


@app.command(
    "review",
    cls=spoken.Command,
    help=N_("List what a person has still to confirm or decide in a plan, and take the answers in."),
)
@spread
def review(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Plan file in YAML."))],
    answered: Annotated[
        Optional[Path],
        typer.Option(
            "--apply", help=N_("The list with its answers (.xlsx or .csv), to be written into the plan file.")
        ),
    ] = None,
    delivery: ScreenDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.forms.review import workbook
    from vinhchau_kpi.intake.plan.review import open_readings
    from vinhchau_kpi.output import write_new
    from vinhchau_kpi.views import review as view

    _must_be_there(file)
    desk = Desk(ctx.obj, Settings(plan=file))
    if answered is not None:
        _apply(desk, file, answered)
        return
    found = list(open_readings(desk.plan))
    if delivery.output is not None and delivery.output.suffix.lower() == ".xlsx":
        title = desk.language.say(N_("Open readings of {plan}"), plan=desk.plan.heading(desk.language))
        write_new(delivery.output, workbook(found, title, desk.language))
        console.tell(desk.language.say(N_("Written: {path}"), path=delivery.output))
        return
    deliver(
        desk.language,
        delivery,
        Result(
            screen=lambda language: view.screen(found, file, language),
            facts=lambda: view.facts(found, desk.language),
            records=lambda: view.records(found, desk.language),
        ),
    )


def _must_be_there(path: Path) -> None:
    if not os.path.lexists(path):
        raise Refusal(N_("There is no file or folder {path}."), path=path)


def _apply(desk: Desk, file: Path, answered: Path) -> None:
    """Write the answers into the plan file, all else in it as it was."""
    from vinhchau_kpi.finding import Findings
    from vinhchau_kpi.intake.open.encodings import decode
    from vinhchau_kpi.intake.open.files import InputFile
    from vinhchau_kpi.intake.plan.file import SIZE_LIMIT, plan_in
    from vinhchau_kpi.intake.plan.review import is_settled, read_answers
    from vinhchau_kpi.intake.plan.text import changed
    from vinhchau_kpi.output import write

    _must_be_there(answered)
    changes, findings = read_answers(InputFile(answered), desk.plan)
    if findings:
        desk.show(Findings(findings).in_order())
        raise FaultsFound
    data, _ = InputFile(file).read(SIZE_LIMIT)
    decoded, _ = decode(data or b"", str(file))
    text = changed(decoded.text if decoded else "", changes)
    plan, faults = plan_in(text, str(file))
    if plan is None and (errors := [fault for fault in faults if fault.is_error]):
        desk.show(Findings(errors).in_order())
    if plan is None or not is_settled(desk.plan, plan, changes):
        raise Refusal(
            N_("{path} could not be changed at the places of these answers; write them in by hand."), path=file
        )
    write(file, text.encode())
    counts = {"n": desk.plan.open_readings - plan.open_readings, "m": plan.open_readings}
    console.tell(desk.language.say(N_("{path}: {n} settled, {m} still open."), path=file, **counts))


def _write_plan(path: Path, text: str, language: Language) -> Plan:
    """A new plan file, and the plan in it; nothing is written that would not be one."""
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.finding import Findings
    from vinhchau_kpi.intake.plan.file import plan_in
    from vinhchau_kpi.output import write_new

    plan, faults = plan_in(text, str(path))
    if plan is None:
        Desk(language, Settings()).show(Findings(fault for fault in faults if fault.is_error).in_order())
        raise FaultsFound
    write_new(path, text.encode())
    return plan


@app.command("new", cls=spoken.Command, help=N_("Begin a plan file by hand: every key that it needs, explained."))
@spread
def new(
    ctx: typer.Context,
    *,
    year: Annotated[int, typer.Option("--year", min=1900, max=2099, help=N_("Year of the plan."))],
    output: NewPlanOption = Path("plan.yaml"),
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.intake.plan.first import first_plan

    _write_plan(output, first_plan(str(output), year, ctx.obj), ctx.obj)
    text = N_("Written: {path}. Fill it in with a text editor; kpi plan check {path} says what is wrong or still open.")
    console.tell(ctx.obj.say(text, path=output))


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
