"""The commands about what was sent: is it sound, and who has sent it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli.answers import language_of, marked_copy
from vinhchau_kpi.cli.deliver import asked_form, deliver
from vinhchau_kpi.cli.options import (
    AsOfOption,
    ComparedOption,
    FindingsDelivery,
    PeriodArgument,
    ScreenDelivery,
    spread,
)
from vinhchau_kpi.forms import Result, console
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import FaultsFound, Refusal
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.status import By

if TYPE_CHECKING:
    from vinhchau_kpi.desk import Desk


@spread
def validate(
    ctx: typer.Context,
    *,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help=N_("Files, folders or patterns such as inbox/*.csv; - is standard input.")
        ),
    ],
    settings: Annotated[Settings, "plan", "numbers", "encoding", "sheet", "rows_period", "strict", "show_all"],
    compared: ComparedOption = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help=N_("Say how each file was read: encoding, columns, numbers, and from which cells.")
        ),
    ] = False,
    annotate: Annotated[
        Optional[Path],
        typer.Option(
            "--annotate",
            help=N_(
                "Write a copy of the one FILE with each finding marked in its cell, to send back; .xlsx or .csv, never over an existing file."
            ),
        ),
    ] = None,
    delivery: FindingsDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import findings as view
    from vinhchau_kpi.views import validation

    form = asked_form(delivery)
    told = replace(
        settings,
        actuals=files,
        compared=compared,
        keep_cells=annotate is not None,
        every_finding=annotate is not None or (form is not None and form.is_for_programs),
    )
    desk = Desk(ctx.obj, told)
    if annotate is not None:
        _check_annotation(desk, annotate)
    inbox, findings, language = desk.inbox, desk.findings, desk.language
    deliver(
        desk.language,
        delivery,
        Result(
            screen=lambda language: validation.screen(
                inbox,
                findings,
                desk.plan,
                language,
                show_all=settings.show_all,
                explain=explain,
                settled=desk.settled_on(None),
            ),
            whole_screen=lambda language: validation.screen(
                inbox, findings, desk.plan, language, as_table=True, explain=explain, settled=desk.settled_on(None)
            ),
            facts=lambda: (
                validation.explained_facts(inbox, findings, language)
                if explain
                else view.facts(findings.every(), language)
            ),
            records=lambda: (view.FIELDS, view.facts(findings.every(), language)),
            findings=findings.every,
        ),
    )
    if annotate is not None:
        _annotate(desk, annotate, language_of(desk, delivery.lang))
    if desk.has_faults:
        raise FaultsFound


def _check_annotation(desk: Desk, path: Path) -> None:
    """Refuse before anything is said what cannot be done, whatever the file holds."""
    from vinhchau_kpi.output import refuse_existing

    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise Refusal(N_("A marked copy is written as .xlsx or .csv; {path} is neither."), path=path)
    refuse_existing(path)
    if len(desk.inbox.submissions) != 1:
        raise Refusal(N_("--annotate marks one file; name exactly one."))


def _annotate(desk: Desk, path: Path, language: Language) -> None:
    """Write the copy that goes back to the sender, and say so on standard error."""
    from vinhchau_kpi.output import write_new

    (submission,) = desk.inbox.submissions
    if any(part.grid is None for part in submission.parts):
        text = N_("No marked copy was written: {file} has no rows that could be read; see above for what to do.")
        console.tell(desk.language.say(text, file=submission.file))
        return
    findings, as_csv = tuple(desk.findings.every()), path.suffix.lower() == ".csv"
    write_new(path, marked_copy(desk, submission, findings, language, as_csv=as_csv))
    console.tell(desk.language.say(N_("A marked copy was written: {path}"), path=path))


@spread
def coverage(
    ctx: typer.Context,
    *,
    period: PeriodArgument = None,
    settings: Settings,
    as_of: AsOfOption = None,
    missing: Annotated[
        bool,
        typer.Option(
            "--missing", help=N_("Only what is missing since January, one line for each agency, to send as a reminder.")
        ),
    ] = False,
    by: Annotated[
        Optional[By], typer.Option("--by", help=N_("--by area: each ward and commune in place of each agency."))
    ] = None,
    delivery: ScreenDelivery,
) -> None:
    from vinhchau_kpi.coverage import coverage as by_agency
    from vinhchau_kpi.coverage import coverage_by_area
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import coverage as view
    from vinhchau_kpi.views.report import with_caveats

    desk = Desk(ctx.obj, settings)
    day = asked.day(as_of)
    figures = desk.figures_on(day)
    known = figures.known_on(day)
    compute = by_agency if by is None else coverage_by_area
    found = compute(desk.plan, figures, desk.period(period or settings.rows_period, known), day)
    reading = desk.reading(known)
    deliver(
        desk.language,
        delivery,
        Result(
            screen=lambda language: (
                view.reminder(found, language)
                if missing
                else with_caveats(view.screen(found, language), reading, language)
            ),
            facts=lambda: (
                view.missing_facts(found) if missing else {**view.facts(found), "rows_left_out": reading.rows_left_out}
            ),
            records=lambda: (
                view.fields(found, missing=missing),
                view.missing_records(found) if missing else view.records(found),
            ),
        ),
    )
