"""The command that prints the table of percent achieved."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli.deliver import asked_form, deliver
from vinhchau_kpi.cli.options import AsOfOption, PeriodArgument, ReportDelivery, SectionOption, spread
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import N_
from vinhchau_kpi.refusal import FaultsFound, Refusal
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.status import By, Order, Status

if TYPE_CHECKING:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.dossier import Dossier
    from vinhchau_kpi.figures import Known
    from vinhchau_kpi.report import Report

DOUBT = "doubt"
if TYPE_CHECKING:
    Stop = str
else:
    Stop = StrEnum("Stop", [*map(str, Status), DOUBT])
    """What `--fail-on` may name."""


@spread
def report(
    ctx: typer.Context,
    *,
    period: PeriodArgument = None,
    settings: Settings,
    as_of: AsOfOption = None,
    section: SectionOption = None,
    status: Annotated[
        Optional[list[Status]], typer.Option("--status", help=N_("Only rows of this status; may be repeated."))
    ] = None,
    sort: Annotated[
        Optional[Order], typer.Option("--sort", help=N_("Order of the rows; that of the plan if not given."))
    ] = None,
    by: Annotated[
        Optional[By], typer.Option("--by", help=N_("Break the town's figures down: --by area, by ward and commune."))
    ] = None,
    rank: Annotated[
        bool, typer.Option("--rank", help=N_("With --by area: the areas in order of percent, where they have targets."))
    ] = False,
    fail_on: Annotated[
        Optional[list[Stop]],
        typer.Option(
            "--fail-on",
            help=N_(
                "Exit with 1 if any indicator has this status, or rests on a doubted figure (doubt); may be repeated."
            ),
        ),
    ] = None,
    template: Annotated[
        Optional[Path],
        typer.Option(
            "--template",
            help=N_("Word file to fill in for .docx, in place of the usual one; kpi template --word writes that."),
        ),
    ] = None,
    delivery: ReportDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.report import chosen

    if rank and by is None:
        raise Refusal(N_("--rank orders areas; give it together with --by area."))
    form = asked_form(delivery)
    if template is not None and (form is None or form.name != "docx"):
        raise Refusal(N_("--template is the form of a Word file; give it together with -o FILE.docx."))

    desk = Desk(ctx.obj, settings)
    known = desk.known_on(asked.day(as_of))
    whole = desk.report(known, desk.period(period or settings.rows_period, known), asked.sections(desk.plan, section))
    shown = chosen(whole, status or (), sort)
    if by is By.AREA:
        from vinhchau_kpi.areas import by_area
        from vinhchau_kpi.views import areas as area_view

        tables = by_area(desk.plan, known, shown.rows)
        deliver(
            desk.language,
            delivery,
            Result(
                screen=lambda language: area_view.screen(whole, shown, tables, language, rank=rank),
                facts=lambda: area_view.facts(whole, tables, desk.language),
                records=lambda: (area_view.RECORD_FIELDS, area_view.records(tables, desk.language)),
            ),
        )
    else:
        word_file = None
        if template is not None:
            from vinhchau_kpi.intake.open.files import InputFile

            word_file = InputFile(template)
        result = report_result(desk, whole, shown, known, in_plan_order=sort is None)
        deliver(desk.language, delivery, replace(result, word_file=word_file))
    stops = fail_on or ()
    if any(row.status in stops for row in whole.rows) or (DOUBT in stops and whole.doubted):
        raise FaultsFound


def report_result(desk: Desk, whole: Report, shown: Report, known: Known, *, in_plan_order: bool = True) -> Result:
    """A report in every shape: `shown` is what was chosen of the `whole`, which was made from what was `known`."""
    from vinhchau_kpi.views import report as view

    def dossier() -> Dossier:
        from vinhchau_kpi.dossier import Dossier

        return Dossier(whole, shown, in_plan_order, known, desk.findings_on(known.day), desk.office)

    return Result(
        screen=lambda language: view.screen(whole, shown, language, in_plan_order=in_plan_order),
        facts=lambda: view.facts(whole, shown, desk.language),
        records=lambda: (view.RECORD_FIELDS, view.records(shown, desk.language)),
        dossier=dossier,
    )
