"""The commands that look at figures over time: two periods or files side by side, one indicator whole, a chart of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli import completion
from vinhchau_kpi.cli.deliver import deliver
from vinhchau_kpi.cli.options import AsOfOption, PeriodArgument, ScoresOption, ScreenDelivery, SectionOption, spread
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import N_
from vinhchau_kpi.refusal import FaultsFound, Refusal
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.status import View

if TYPE_CHECKING:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.diff import Diff
    from vinhchau_kpi.scorediff import ScoreDiff


@spread
def diff(
    ctx: typer.Context,
    *,
    a: Annotated[
        str, typer.Argument(metavar="A", autocompletion=completion.periods, help=N_("The earlier period or file."))
    ],
    b: Annotated[
        str, typer.Argument(metavar="B", autocompletion=completion.periods, help=N_("The later period or file."))
    ],
    settings: Settings,
    as_of: AsOfOption = None,
    section: SectionOption = None,
    only: Annotated[
        Optional[View],
        typer.Option(
            "--view",
            help=N_(
                "Only one kind of change: most (the largest first), turned (the assessment changed), appeared (reported now, or no longer), restated."
            ),
        ),
    ] = None,
    scale: Annotated[
        Optional[Path],
        typer.Option(
            "--scale", help=N_("Compare points by this scale: of two periods, days or stages (self, appraised).")
        ),
    ] = None,
    scores: ScoresOption = None,
    unit: Annotated[Optional[str], typer.Option("--unit", help=N_("With --scale: one unit alone."))] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help=N_("Exit with 1 if anything differs."))] = False,
    delivery: ScreenDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import scorediff as score_view

    desk, day = Desk(ctx.obj, settings), asked.day(as_of)
    if scale is not None:
        if only or section:
            raise Refusal(N_("--view and --section are for indicators, not for points."))
        points = _points(desk, scale, scores or (), unit, (a, b), day)
        deliver(
            desk.language,
            delivery,
            Result(
                screen=lambda language: score_view.screen(points, language),
                facts=lambda: score_view.facts(points, desk.language),
                records=lambda: (score_view.RECORD_FIELDS, score_view.records(points, desk.language)),
            ),
        )
        if exit_code and any(one.is_change for one in points.units):
            raise FaultsFound
        return
    if scores or unit:
        raise Refusal(N_("--scores and --unit compare points: say by which --scale."))
    if asked.is_file(desk.plan, a) and asked.is_file(desk.plan, b):
        from vinhchau_kpi.filediff import file_diff
        from vinhchau_kpi.views import filediff as file_view

        left, right = (Desk(ctx.obj, replace(settings, actuals=[one])) for one in (a, b))
        right.areas = left.areas
        if only or section:
            raise Refusal(N_("--view and --section are for two periods, not for two files."))
        files = file_diff(left.plan, a, left.both_years_on(day), b, right.both_years_on(day), day)
        deliver(
            desk.language,
            delivery,
            Result(
                screen=lambda language: file_view.screen(files, language),
                facts=lambda: file_view.facts(files),
                records=lambda: (file_view.RECORD_FIELDS, file_view.records(files)),
            ),
        )
        if exit_code and files.rows:
            raise FaultsFound
        return
    from vinhchau_kpi import diff as diffs

    (period_a, day_a), (period_b, day_b) = (asked.period_on_a_day(desk.plan, one, day) for one in (a, b))
    known_a, known_b = desk.known_on(day_a), desk.known_on(day_b)
    sections = asked.sections(desk.plan, section)
    whole = diffs.diff(
        desk.report(known_a, period_a, sections), known_a, desk.report(known_b, period_b, sections), known_b
    )
    shown = diffs.chosen(whole, only) if only else whole
    deliver(desk.language, delivery, diff_result(desk, whole, shown))
    if exit_code and whole.is_different:
        raise FaultsFound


def diff_result(desk: Desk, whole: Diff, shown: Diff) -> Result:
    """Two periods side by side, in every shape: `shown` is what was chosen of the `whole`."""
    from vinhchau_kpi.views import diff as view

    return Result(
        screen=lambda language: view.screen(whole, shown, language),
        facts=lambda: view.facts(shown, desk.language),
        records=lambda: (view.RECORD_FIELDS, view.records(shown, desk.language)),
    )


def _points(
    desk: Desk, file: Path, paths: Sequence[str], unit: str | None, operands: Sequence[str], day: date | None
) -> ScoreDiff:
    """The points of two periods, days or stages."""
    from vinhchau_kpi.score import score
    from vinhchau_kpi.scorediff import Side, score_diff

    scale = desk.scale(file)
    wanted = None if unit is None else asked.unit(desk.plan, scale, unit)
    meant = [asked.period_day_and_stage(desk.plan, one, day) for one in operands]
    measures = {(period, on): desk.measures(scale, period, on) for period, on, _ in meant}
    sides = []
    for period, on, stage in meant:
        entered = [entry for entry in desk.entered(paths, scale, on) if stage is None or entry.stage <= stage]
        found = score(measures[period, on], entered)
        sides.append(Side(replace(found, units=tuple(u for u in found.units if wanted in (None, u.unit))), stage))
    return score_diff(*sides)


@spread
def show(
    ctx: typer.Context,
    *,
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            autocompletion=completion.codes,
            help=N_("Code of an indicator or commitment, such as KT-02, or words of its name."),
        ),
    ],
    period: PeriodArgument = None,
    settings: Settings,
    as_of: AsOfOption = None,
    delivery: ScreenDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.detail import detail
    from vinhchau_kpi.views import show as view
    from vinhchau_kpi.views.report import with_caveats

    desk = Desk(ctx.obj, settings)
    wanted, *others = asked.codes(desk.plan, code)
    if others:
        found_by = view.Choice(desk.plan, code, (wanted, *others))
        deliver(
            desk.language,
            delivery,
            Result(
                screen=found_by.screen,
                facts=found_by.facts,
                records=lambda: (view.CHOICE_FIELDS, found_by.facts()),
            ),
        )
        return
    known = desk.known_on(asked.day(as_of))
    until, before = desk.period(period or settings.rows_period, known), desk.last_year_on(known.day)
    found = detail(desk.plan, (desk.inbox.last_year, desk.inbox.figures), known, wanted, until, before)
    reading = desk.reading(known)
    deliver(
        desk.language,
        delivery,
        Result(
            screen=lambda language: with_caveats(view.screen(found, language), reading, language),
            facts=lambda: {**view.facts(found, desk.language), "rows_left_out": reading.rows_left_out},
            records=lambda: (view.RECORD_FIELDS, view.records(found)),
        ),
    )


@spread
def trend(
    ctx: typer.Context,
    *,
    codes: Annotated[
        Optional[list[str]],
        typer.Argument(
            metavar="[CODE...]",
            autocompletion=completion.codes,
            help=N_(
                "Codes of indicators, such as KT-02, or words of their names; all that have figures if none is given."
            ),
        ),
    ] = None,
    until: Annotated[
        Optional[str],
        typer.Option(
            "--until",
            metavar="PERIOD",
            autocompletion=completion.periods,
            help=N_("Last period to draw; the latest month with figures if not given."),
        ),
    ] = None,
    settings: Settings,
    as_of: AsOfOption = None,
    section: SectionOption = None,
    delivery: ScreenDelivery,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.trend import trend as compute
    from vinhchau_kpi.views import trend as view
    from vinhchau_kpi.views.report import with_caveats

    desk = Desk(ctx.obj, settings)
    entries = asked.entries(desk.plan, codes, section)
    known = desk.known_on(asked.day(as_of))
    found = compute(
        desk.plan, known, desk.period(until or settings.rows_period, known), entries, keep_silent=bool(codes)
    )
    reading = desk.reading(known)
    deliver(
        desk.language,
        delivery,
        Result(
            screen=lambda language: with_caveats(view.screen(found, language), reading, language),
            facts=lambda: {**view.facts(found, desk.language), "rows_left_out": reading.rows_left_out},
            records=lambda: (view.RECORD_FIELDS, view.records(found, desk.language)),
        ),
    )
