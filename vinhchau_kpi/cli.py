"""The command line: arguments, one chain of calls, the result on standard output, an exit code.

Heavy modules are imported inside the command that needs them, so that `kpi --help` stays instant.
Exit codes: 0 done; 1 faults found; 2 wrong usage, missing file, broken plan; 70 a fault of the program itself.
"""

from __future__ import annotations

import gc
import gettext
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional, TextIO, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_name
from typer.models import CommandInfo, TyperInfo

from vinhchau_kpi import __version__, messages
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.messages import N_, FaultsFound, Language, Refusal
from vinhchau_kpi.number import Convention
from vinhchau_kpi.status import By, Order, Status, View

if TYPE_CHECKING:
    from datetime import date

    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.dossier import Dossier
    from vinhchau_kpi.figures import Known
    from vinhchau_kpi.period import Period
    from vinhchau_kpi.plan import Plan
    from vinhchau_kpi.views.screen import Screen

DONE, FAULTS, USAGE, BUG = 0, 1, 2, 70


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"


class ReportFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"
    XLSX = "xlsx"
    DOCX = "docx"


class TemplateFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


class FindingsFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"
    GITHUB = "github"


class Lang(StrEnum):
    VI = "vi"
    EN = "en"


# Help in the language of the user. Typer's own words are looked up in our catalogue too.

_TYPERS_OWN = (
    N_("Options"), N_("Commands"), N_("Arguments"), N_("required"), N_("default: {default}"), N_("env var: {var}"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip


def _translate(command: Any, ctx: Any) -> None:
    language: Language = ctx.find_root().obj or messages.language()
    for param in command.get_params(ctx):
        if getattr(param, "help", None):
            param.help = language.say(param.help)
    for one in (command, *getattr(command, "commands", {}).values()):
        if one.help:
            one.help = language.say(one.help)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    language: Language = ctx.find_root().obj or messages.language()
    prefix = language.say(N_("Usage: "))
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix)


class _Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate(self, ctx)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


class _Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate(self, ctx)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


# Completion


def _plan_for_completion(ctx: typer.Context) -> Plan | None:
    from vinhchau_kpi.intake.files import Source
    from vinhchau_kpi.intake.planfile import bundled, read_plan

    given = ctx.params.get("plan") or os.environ.get("KPI_PLAN")
    return read_plan(Source(Path(given) if given else bundled()))[0]


def _complete_codes(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    plan = _plan_for_completion(ctx)
    if plan:
        language = messages.language()
        yield from ((code, entry.indicator.name.in_(language)) for code, entry in plan.entries.items())
        yield from ((code, commitment.name.in_(language)) for code, (commitment, _) in plan.commitments.items())


def _complete_sections(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    plan = _plan_for_completion(ctx)
    if plan:
        yield from ((section.id, section.heading(messages.language())) for section in plan.sections)


def _complete_periods(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    plan = _plan_for_completion(ctx)
    if plan:
        year = plan.year
        yield from (f"{year}-{month:02d}" for month in range(1, 13))
        yield from (f"{year}-{name}" for name in ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M"))
        yield str(year)
        yield from (one.id for one in plan.rounds)


def _complete_agencies(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    plan = _plan_for_completion(ctx)
    if plan:
        yield from ((agency, party.name.in_(messages.language())) for agency, party in plan.agencies.items())


def _complete_rules(incomplete: str) -> Iterator[tuple[str, str]]:
    from vinhchau_kpi import rules

    yield from ((rule.code, messages.language().say(rule.title)) for rule in rules.ALL)


# Options that many commands share

PlanOption = Annotated[
    Optional[Path],
    typer.Option("--plan", envvar="KPI_PLAN", help=N_("Plan file; the bundled plan of 2019 if not given.")),
]
ActualsOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--actuals",
        help=N_(
            "File, folder or pattern of submitted figures; may be repeated. KPI_ACTUALS, then ./actuals, if not given."
        ),
    ),
]
NumbersOption = Annotated[
    Optional[Convention],
    typer.Option(
        "--numbers",
        help=N_("How the files write numbers: vi 1.234,5 or en 1,234.5. Found from each file if not given."),
    ),
]
EncodingOption = Annotated[
    Optional[Encoding],
    typer.Option("--encoding", help=N_("Encoding of the text files; found from each file if not given.")),
]
SheetOption = Annotated[
    Optional[str],
    typer.Option("--sheet", help=N_("Sheet of the workbooks; the one with a header of figures if not given.")),
]
LangOption = Annotated[
    Optional[Lang], typer.Option("--lang", help=N_("Language: vi or en. KPI_LANG, then the system's, if not given."))
]
FormatOption = Annotated[Optional[Format], typer.Option("--format", help=N_("Form of the result."))]
ReportFormatOption = Annotated[Optional[ReportFormat], typer.Option("--format", help=N_("Form of the result."))]
FindingsFormatOption = Annotated[Optional[FindingsFormat], typer.Option("--format", help=N_("Form of the result."))]
OutputOption = Annotated[
    Optional[Path],
    typer.Option(
        "--output", "-o", help=N_("File to write; its ending names the form (.html, .json, .csv, .md, .txt).")
    ),
]
ReportOutputOption = Annotated[
    Optional[Path],
    typer.Option(
        "--output",
        "-o",
        help=N_("File to write; its ending names the form (.html, .xlsx, .docx, .json, .csv, .md, .txt)."),
    ),
]
SectionOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--section",
        autocompletion=_complete_sections,
        help=N_("Only this section of the plan, such as KT; may be repeated."),
    ),
]
AsOfOption = Annotated[
    Optional[str],
    typer.Option("--as-of", help=N_("Use only the figures reported by this day: 2019-07-05 or 05/07/2019.")),
]
SkipOption = Annotated[
    bool, typer.Option("--skip-invalid", help=N_("Leave out the rows with errors and go on; the report says how many."))
]
StrictOption = Annotated[bool, typer.Option("--strict", help=N_("Treat warnings as errors."))]
AllOption = Annotated[bool, typer.Option("--all", help=N_("Show all findings, not only the first of each kind."))]
PeriodArgument = Annotated[
    Optional[str],
    typer.Argument(
        metavar="[PERIOD]",
        autocompletion=_complete_periods,
        help=N_("2019-06, 2019-Q2, 2019-H1, 2019-9M, 2019, R1; the latest month with figures if not given."),
    ),
]
WithoutPeriodOption = Annotated[
    Optional[str],
    typer.Option(
        "--period", help=N_("Period of the rows that do not give one; also that of the result, if none is named.")
    ),
]

app = typer.Typer(
    name="kpi",
    cls=_Group,
    help=N_("Track the targets of a public plan against what was achieved."),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
plan_app = typer.Typer(cls=_Group, invoke_without_command=True, rich_markup_mode=None)
app.add_typer(plan_app, name="plan", help=N_("List the plan; check a plan file; print its schemas."))


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"kpi {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    lang: LangOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=N_("Show the version and exit."))
    ] = False,
) -> None:
    pass


@app.command(cls=_Command, help=N_("Print the table of percent achieved."))
def report(
    ctx: typer.Context,
    period: PeriodArgument = None,
    plan: PlanOption = None,
    actuals: ActualsOption = None,
    numbers: NumbersOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    rows_period: WithoutPeriodOption = None,
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
    skip_invalid: SkipOption = False,
    strict: StrictOption = False,
    fail_on: Annotated[
        Optional[list[Status]],
        typer.Option("--fail-on", help=N_("Exit with 1 if any indicator has this status; may be repeated.")),
    ] = None,
    show_all: AllOption = False,
    form: ReportFormatOption = None,
    output: ReportOutputOption = None,
    template: Annotated[
        Optional[Path],
        typer.Option(
            "--template",
            help=N_("Word file to fill in for .docx, in place of the usual one; kpi template --word writes that."),
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.report import chosen

    if rank and by is None:
        raise Refusal(N_("--rank orders areas; give it together with --by area."))
    if template is not None and (form or _ending(output)) != ReportFormat.DOCX:
        raise Refusal(N_("--template is the form of a Word file; give it together with -o FILE.docx."))

    desk = Desk(
        ctx.obj,
        plan,
        actuals,
        numbers,
        encoding=encoding,
        sheet=sheet,
        period=rows_period,
        skip_invalid=skip_invalid,
        strict=strict,
        show_all=show_all,
    )
    known = _known(desk, as_of)
    whole = desk.report(known, desk.period(period or rows_period, known), section)
    shown = chosen(whole, status or (), sort)
    if by is By.AREA:
        from vinhchau_kpi.areas import by_area
        from vinhchau_kpi.views import areas as area_view

        tables = by_area(desk.plan, known, shown.rows)
        _deliver(
            desk.language,
            form,
            output,
            screen=lambda: area_view.screen(whole, shown, tables, desk.language, rank=rank),
            facts=lambda: area_view.facts(whole, tables),
            records=lambda: (area_view.RECORD_FIELDS, area_view.records(tables)),
        )
    else:
        from vinhchau_kpi.views import report as view

        def stands_behind() -> Dossier:
            from vinhchau_kpi.dossier import Dossier

            return Dossier(whole, shown, sort is None, known, desk.findings_on(known.day))

        def page() -> str:
            from vinhchau_kpi.views.page import report as page_of

            return page_of(stands_behind(), desk.language)

        def workbook() -> bytes:
            from vinhchau_kpi.views.workbook import report as workbook_of

            return workbook_of(stands_behind(), desk.language)

        def document() -> bytes:
            from vinhchau_kpi.intake.files import Source
            from vinhchau_kpi.views.document import annex

            return annex(stands_behind(), desk.language, Source(template) if template else None)

        _deliver(
            desk.language,
            form,
            output,
            screen=lambda: view.screen(whole, shown, desk.language, in_plan_order=sort is None),
            facts=lambda: view.facts(whole, shown),
            records=lambda: (view.RECORD_FIELDS, view.records(shown)),
            html=page,
            xlsx=workbook,
            docx=document,
        )
    if any(row.status in (fail_on or ()) for row in whole.rows):
        raise FaultsFound


@app.command(cls=_Command, help=N_("Check submitted files and print every finding; the files are not changed."))
def validate(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help=N_("Files, folders or patterns such as inbox/*.csv; - is standard input.")
        ),
    ],
    plan: PlanOption = None,
    numbers: NumbersOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    period: WithoutPeriodOption = None,
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
    strict: StrictOption = False,
    show_all: AllOption = False,
    form: FindingsFormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import findings as view
    from vinhchau_kpi.views import validation

    desk = Desk(
        ctx.obj,
        plan,
        files,
        numbers,
        encoding=encoding,
        sheet=sheet,
        period=period,
        strict=strict,
        show_all=show_all,
        keep_cells=annotate is not None,
        every_finding=annotate is not None or _is_for_programs(form, output),
    )
    if annotate is not None:
        _check_annotation(desk, annotate)
    inbox, findings, language = desk.inbox, desk.findings, desk.language
    _deliver(
        desk.language,
        form,
        output,
        screen=lambda: validation.screen(inbox, findings, desk.plan, language, show_all=show_all, explain=explain),
        markdown=lambda: validation.screen(inbox, findings, desk.plan, language, as_table=True, explain=explain),
        facts=lambda: (
            validation.explained_facts(inbox, findings, language) if explain else view.facts(findings.every(), language)
        ),
        records=lambda: (view.FIELDS, view.facts(findings.every(), language)),
        github=lambda: view.github(findings.every(), language),
    )
    if annotate is not None:
        # The sender is Vietnamese, whatever the officer's own language.
        _annotate(desk, annotate, Language(lang.value if lang else "vi"))
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
    from vinhchau_kpi.views import annotation

    (submission,) = desk.inbox.submissions
    if submission.grid is None:
        text = N_("No marked copy was written: {file} has no rows that could be read; see above for what to do.")
        sys.stderr.write(desk.language.say(text, file=submission.file) + "\n")
        return
    findings = tuple(desk.findings.every())
    if path.suffix.lower() == ".csv":
        data = annotation.csv_bytes(submission, submission.grid, findings, language)
    else:
        original = desk.workbook(submission)
        data = annotation.workbook_bytes(submission, submission.grid, findings, language, original)
    write_new(path, data)
    sys.stderr.write(desk.language.say(N_("A marked copy was written: {path}"), path=path) + "\n")


@app.command(
    cls=_Command,
    help=N_("Compare two periods, one period as reported by two days (2019-06@2019-07-05 2019-06), or two files."),
)
def diff(
    ctx: typer.Context,
    a: Annotated[
        str, typer.Argument(metavar="A", autocompletion=_complete_periods, help=N_("The earlier period or file."))
    ],
    b: Annotated[
        str, typer.Argument(metavar="B", autocompletion=_complete_periods, help=N_("The later period or file."))
    ],
    plan: PlanOption = None,
    actuals: ActualsOption = None,
    numbers: NumbersOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    rows_period: WithoutPeriodOption = None,
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
    exit_code: Annotated[bool, typer.Option("--exit-code", help=N_("Exit with 1 if anything differs."))] = False,
    skip_invalid: SkipOption = False,
    strict: StrictOption = False,
    show_all: AllOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk

    def desk_of(paths: list[str] | None) -> Desk:
        return Desk(
            ctx.obj,
            plan,
            paths,
            numbers,
            encoding=encoding,
            sheet=sheet,
            period=rows_period,
            skip_invalid=skip_invalid,
            strict=strict,
            show_all=show_all,
        )

    desk = desk_of(actuals)
    if desk.is_file(a) and desk.is_file(b):
        from vinhchau_kpi.filediff import file_diff
        from vinhchau_kpi.views import filediff as file_view

        left, right = desk_of([a]), desk_of([b])
        if only or section:
            raise Refusal(N_("--view and --section are for two periods, not for two files."))
        day = _day(as_of)
        # What was known on a day needs every row and its date.
        alike = left.read_beside(right) if day is None else 0
        files = file_diff(left.plan, a, left.both_years_on(day), b, right.both_years_on(day), day, alike)
        _deliver(
            desk.language,
            form,
            output,
            screen=lambda: file_view.screen(files, left.language),
            facts=lambda: file_view.facts(files),
            records=lambda: (file_view.RECORD_FIELDS, file_view.records(files)),
        )
        if exit_code and files.rows:
            raise FaultsFound
        return
    from vinhchau_kpi import diff as diffs
    from vinhchau_kpi.views import diff as view

    (period_a, known_a), (period_b, known_b) = desk.operand(a, _day(as_of)), desk.operand(b, _day(as_of))
    whole = diffs.diff(
        desk.report(known_a, period_a, section), known_a, desk.report(known_b, period_b, section), known_b
    )
    shown = diffs.chosen(whole, only) if only else whole
    _deliver(
        desk.language,
        form,
        output,
        screen=lambda: view.screen(whole, shown, desk.language),
        facts=lambda: view.facts(shown),
        records=lambda: (view.RECORD_FIELDS, view.records(shown)),
    )
    if exit_code and whole.is_different:
        raise FaultsFound


@app.command(
    cls=_Command,
    help=N_(
        "Show one indicator in full: the plan's words, the formula with its numbers, each figure with file and line."
    ),
)
def show(
    ctx: typer.Context,
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            autocompletion=_complete_codes,
            help=N_("Code of an indicator or commitment, such as KT-02."),
        ),
    ],
    period: PeriodArgument = None,
    plan: PlanOption = None,
    actuals: ActualsOption = None,
    numbers: NumbersOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    rows_period: WithoutPeriodOption = None,
    as_of: AsOfOption = None,
    skip_invalid: SkipOption = False,
    strict: StrictOption = False,
    show_all: AllOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.subject import subject
    from vinhchau_kpi.views import show as view
    from vinhchau_kpi.views.report import with_caveats

    desk = Desk(
        ctx.obj,
        plan,
        actuals,
        numbers,
        encoding=encoding,
        sheet=sheet,
        period=rows_period,
        skip_invalid=skip_invalid,
        strict=strict,
        show_all=show_all,
    )
    wanted = desk.code(code)
    known = _known(desk, as_of)
    until, before = desk.period(period or rows_period, known), desk.last_year_on(known.day)
    found = subject(desk.plan, desk.inbox.every_figure, known, wanted, until, before)
    reading = desk.reading(known)
    _deliver(
        desk.language,
        form,
        output,
        screen=lambda: with_caveats(view.screen(found, desk.language), reading, desk.language),
        facts=lambda: {**view.facts(found), "rows_left_out": reading.rows_left_out},
        records=lambda: (view.RECORD_FIELDS, view.records(found)),
    )


@app.command(
    cls=_Command, help=N_("Draw indicators month by month, against what is expected: small charts side by side.")
)
def trend(
    ctx: typer.Context,
    codes: Annotated[
        Optional[list[str]],
        typer.Argument(
            metavar="[CODE...]",
            autocompletion=_complete_codes,
            help=N_("Codes of indicators, such as KT-02; all that have figures if none is given."),
        ),
    ] = None,
    until: Annotated[
        Optional[str],
        typer.Option(
            "--until",
            metavar="PERIOD",
            autocompletion=_complete_periods,
            help=N_("Last period to draw; the latest month with figures if not given."),
        ),
    ] = None,
    plan: PlanOption = None,
    actuals: ActualsOption = None,
    numbers: NumbersOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    rows_period: WithoutPeriodOption = None,
    as_of: AsOfOption = None,
    section: SectionOption = None,
    skip_invalid: SkipOption = False,
    strict: StrictOption = False,
    show_all: AllOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.trend import trend as compute
    from vinhchau_kpi.views import trend as view
    from vinhchau_kpi.views.report import with_caveats

    desk = Desk(
        ctx.obj,
        plan,
        actuals,
        numbers,
        encoding=encoding,
        sheet=sheet,
        period=rows_period,
        skip_invalid=skip_invalid,
        strict=strict,
        show_all=show_all,
    )
    entries = desk.entries(codes, section)
    known = _known(desk, as_of)
    found = compute(desk.plan, known, desk.period(until or rows_period, known), entries, keep_silent=bool(codes))
    reading = desk.reading(known)
    _deliver(
        desk.language,
        form,
        output,
        screen=lambda: with_caveats(view.screen(found, desk.language), reading, desk.language),
        facts=lambda: {**view.facts(found), "rows_left_out": reading.rows_left_out},
        records=lambda: (view.RECORD_FIELDS, view.records(found)),
    )


@app.command(cls=_Command, help=N_("Show who has reported what was due, who was late, and who has not."))
def coverage(
    ctx: typer.Context,
    period: PeriodArgument = None,
    plan: PlanOption = None,
    actuals: ActualsOption = None,
    numbers: NumbersOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    rows_period: WithoutPeriodOption = None,
    as_of: AsOfOption = None,
    missing: Annotated[
        bool,
        typer.Option(
            "--missing", help=N_("Only what is missing since January, one line for each agency, to send as a reminder.")
        ),
    ] = False,
    skip_invalid: SkipOption = False,
    strict: StrictOption = False,
    show_all: AllOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.coverage import coverage as compute
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import coverage as view
    from vinhchau_kpi.views.report import with_caveats

    desk = Desk(
        ctx.obj,
        plan,
        actuals,
        numbers,
        encoding=encoding,
        sheet=sheet,
        period=rows_period,
        skip_invalid=skip_invalid,
        strict=strict,
        show_all=show_all,
    )
    day = _day(as_of)
    figures = desk.figures_on(day)
    known = figures.known_on(day)
    found = compute(desk.plan, figures, desk.period(period or rows_period, known), day)
    reading = desk.reading(known)
    _deliver(
        desk.language,
        form,
        output,
        screen=lambda: (
            view.reminder(found, desk.language)
            if missing
            else with_caveats(view.screen(found, desk.language), reading, desk.language)
        ),
        facts=lambda: (
            view.missing_facts(found) if missing else {**view.facts(found), "rows_left_out": reading.rows_left_out}
        ),
        records=lambda: (
            (view.MISSING_FIELDS, view.missing_records(found)) if missing else (view.RECORD_FIELDS, view.records(found))
        ),
    )


@app.command(cls=_Command, help=N_("Write an empty template for Excel: what an agency has to report for a period."))
def template(
    ctx: typer.Context,
    period: Annotated[
        Optional[str],
        typer.Argument(
            metavar="[PERIOD]", autocompletion=_complete_periods, help=N_("2019-06, 2019-Q2, 2019-H1, 2019, R1.")
        ),
    ] = None,
    agency: Annotated[
        Optional[str],
        typer.Option(
            "--agency", autocompletion=_complete_agencies, help=N_("Only what this agency reports, such as kinh-te.")
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help=N_("A file for each agency that has something to report, into the folder of --output.")
        ),
    ] = False,
    word: Annotated[
        bool,
        typer.Option(
            "--word", help=N_("Write the Word file of the annex instead, to be changed and given to report --template.")
        ),
    ] = False,
    plan: PlanOption = None,
    actuals: ActualsOption = None,
    numbers: NumbersOption = None,
    form: Annotated[
        Optional[TemplateFormat], typer.Option("--format", help=N_("Form of the template: xlsx or csv."))
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option("--output", "-o", help=N_("File to write (.xlsx or .csv), or with --all the folder.")),
    ] = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.desk import Desk

    if word:
        if period is not None or agency is not None or every:
            raise Refusal(
                N_("--word writes only the Word form of the annex: leave out the period, --agency and --all.")
            )
        _write_word_form(ctx.obj, output)
        return
    if period is None:
        raise Refusal(N_("Say for which period, for example 2019-07."))
    desk = Desk(ctx.obj, plan, actuals, numbers)
    wanted = desk.period_named(period)
    if every:
        if agency is not None or output is None:
            raise Refusal(N_("--all writes a file for each agency: give it a folder with --output, and no --agency."))
        _write_templates(desk, wanted, form or TemplateFormat.XLSX, output)
        return
    wanted_form = form or (TemplateFormat.CSV if output is None else _template_form(output))
    data = _template(desk, wanted, desk.agency(agency), wanted_form)
    if output is None:
        _put_out(data, wanted_form)
    else:
        _write_template(desk.language, output, data)


def _template_form(path: Path) -> TemplateFormat:
    try:
        return TemplateFormat(path.suffix.lower().removeprefix("."))
    except ValueError:
        raise Refusal(N_("A template is written as .xlsx or .csv; {path} has another ending."), path=path) from None


def _template(desk: Desk, period: Period, agency: str | None, form: TemplateFormat) -> str | bytes:
    """What an agency owes, to be filled in."""
    from vinhchau_kpi.template import owed
    from vinhchau_kpi.views import template as view

    rows = owed(desk.plan, period, agency, desk.known_so_far)
    if form is TemplateFormat.CSV:
        return view.csv_text(desk.plan, rows, desk.language)
    return view.workbook(desk.plan, rows, period, agency, desk.language)


def _write_template(language: Language, path: Path, data: str | bytes) -> None:
    """Write it where nothing stands yet, text as Excel opens it, and say so on standard error."""
    from vinhchau_kpi.output import write_new

    write_new(path, data if isinstance(data, bytes) else data.encode("utf-8-sig"))
    sys.stderr.write(language.say(N_("A template was written: {path}"), path=path) + "\n")


def _write_templates(desk: Desk, period: Period, form: TemplateFormat, folder: Path) -> None:
    """A file for each agency that owes something; none, where one of them is there already."""
    from vinhchau_kpi.output import refuse_existing
    from vinhchau_kpi.template import owed

    subjects = [row.subject for row in owed(desk.plan, period, None)]
    leads = {subject.lead for subject in subjects}
    agencies = [agency for agency in desk.plan.agencies if agency in leads]
    if not agencies:
        raise Refusal(N_("No agency has anything to report for {period}."), period=str(period))
    if folder.exists() and not folder.is_dir():
        raise Refusal(N_("{path} is a file; --all needs a folder."), path=folder)
    paths = {agency: folder / f"{period}-{agency}.{form}" for agency in agencies}
    for path in paths.values():
        refuse_existing(path)
    folder.mkdir(parents=True, exist_ok=True)
    for agency, path in paths.items():
        _write_template(desk.language, path, _template(desk, period, agency, form))
    nobodys = tuple(
        dict.fromkeys(row.subject.code for row in owed(desk.plan, period, None) if row.subject.lead is None)
    )
    if nobodys:
        text = N_("Not in any of the files, because the plan names no agency for them: {codes}.")
        sys.stderr.write(desk.language.say(text, codes=nobodys) + "\n")


def _write_word_form(language: Language, output: Path | None) -> None:
    from vinhchau_kpi.views.document import form

    if output is None or output.suffix.lower() != ".docx":
        raise Refusal(N_("The Word file is written as .docx: say where with --output, for example -o phu-luc.docx."))
    _write_template(language, output, form(language))


@plan_app.callback()
def plan_list(
    ctx: typer.Context,
    plan: PlanOption = None,
    section: SectionOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views import plan as view

    desk = Desk(ctx.obj, plan)
    sections = set(desk.sections(section))
    _deliver(
        desk.language,
        form,
        output,
        screen=lambda: view.screen(desk.plan, sections, desk.language),
        facts=lambda: view.facts(desk.plan, sections),
        records=lambda: (view.RECORD_FIELDS, view.flat_records(desk.plan, sections)),
    )


@plan_app.command("check", cls=_Command, help=N_("Check a plan file and print every finding with its line and column."))
def plan_check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Plan file in YAML."))],
    show_all: AllOption = False,
    form: FindingsFormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.finding import Findings
    from vinhchau_kpi.intake.files import Source
    from vinhchau_kpi.intake.planfile import read_plan
    from vinhchau_kpi.views import findings as view
    from vinhchau_kpi.views import validation

    if not os.path.lexists(file):
        raise Refusal(N_("There is no file or folder {path}."), path=file)
    plan, unordered = read_plan(Source(file))
    findings = Findings(unordered).in_order()
    _deliver(
        ctx.obj,
        form,
        output,
        screen=lambda: validation.plan_screen(plan, findings, ctx.obj, show_all=show_all),
        facts=lambda: view.facts(findings, ctx.obj),
        records=lambda: (view.FIELDS, view.facts(findings, ctx.obj)),
        github=lambda: view.github(findings, ctx.obj),
    )
    if findings:
        raise FaultsFound


@plan_app.command("schema", cls=_Command, help=N_("Print the JSON Schema of a plan file, for editors."))
def plan_schema(ctx: typer.Context, output: OutputOption = None, lang: LangOption = None) -> None:
    from vinhchau_kpi.plan import json_schema

    _deliver(ctx.obj, Format.JSON, output, facts=json_schema)


@plan_app.command("table-schema", cls=_Command, help=N_("Print the Frictionless Table Schema of a submission."))
def plan_table_schema(
    ctx: typer.Context, plan: PlanOption = None, output: OutputOption = None, lang: LangOption = None
) -> None:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.views.schema import table_schema

    desk = Desk(ctx.obj, plan)
    _deliver(desk.language, Format.JSON, output, facts=lambda: table_schema(desk.plan))


@app.command(cls=_Command, help=N_("Explain what a finding's code means, with an example and the fix."))
def rule(
    ctx: typer.Context,
    code: Annotated[
        Optional[str],
        typer.Argument(
            metavar="[CODE]",
            autocompletion=_complete_rules,
            help=N_("Code of a finding, such as bad-number; all are listed if not given."),
        ),
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi import rules
    from vinhchau_kpi.views import findings as view

    language: Language = ctx.obj
    found = rules.by_code(code) if code else None
    if code and found is None:
        known = [one.code for one in rules.ALL]
        raise Refusal(
            N_("There is no rule “{code}”.{suggestion}"), code=code, suggestion=messages.did_you_mean(code, known)
        )
    chosen = [found] if found else rules.ALL
    _deliver(
        ctx.obj,
        form,
        output,
        screen=lambda: view.rule_screen(found, language) if found else view.rule_list(language),
        markdown=lambda: [part for one in chosen for part in view.rule_screen(one, language)],
        facts=lambda: [view.rule_facts(one, language) for one in chosen],
        records=lambda: (view.RULE_FIELDS, [view.rule_facts(one, language) for one in chosen]),
    )


# Results


def _deliver(
    language: Language,
    form: Format | ReportFormat | FindingsFormat | None,
    output: Path | None,
    *,
    facts: Callable[[], Any],
    screen: Callable[[], Screen] | None = None,
    markdown: Callable[[], Screen] | None = None,
    records: Callable[[], tuple[Sequence[str], Iterable[Mapping[str, Any]]]] | None = None,
    **others: Callable[[], str | bytes | Iterable[str]],
) -> None:
    """Put the result in the form asked for, on standard output or whole into a file. `others` are forms by name."""
    forms: dict[str, Callable[[], str | bytes | Iterable[str]]] = {"json": lambda: _json(facts())}
    if screen is not None:
        forms |= {
            "table": lambda: _plain(screen()),
            "md": lambda: _markdown((markdown or screen)()),
            "html": lambda: _page((markdown or screen)(), language),
        }
    if records is not None:
        forms["csv"] = lambda: _csv(*records())
    forms |= others
    name = form.value if form is not None else _form_of(output, forms)
    if name not in forms:
        raise Refusal(
            N_("This result cannot be written as {form}; use {forms}."), form=name, forms=tuple(sorted(forms))
        )
    if name == "table" and screen is not None and output is None:
        _show(screen(), sys.stdout)
        return
    result = forms[name]()
    if output is None:
        _put_out(result, name)
    else:
        pieces = [result] if isinstance(result, str) else result
        _write(language, output, pieces if isinstance(pieces, bytes) else (piece.encode() for piece in pieces))


def _put_out(result: str | bytes | Iterable[str], form: str) -> None:
    if not isinstance(result, bytes):
        sys.stdout.writelines([result] if isinstance(result, str) else result)
        return
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or sys.stdout.isatty():
        raise Refusal(
            N_("The form {form} cannot be shown on a screen; name a file to write: -o bao-cao.{form}."), form=form
        )
    binary.write(result)


ENDINGS = {
    ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".docx": "docx", ".json": "json", ".csv": "csv", ".md": "md",
    ".txt": "table",
}  # fmt: skip
"""The form that the ending of a file names."""


def _ending(output: Path | None) -> str | None:
    return ENDINGS.get(output.suffix.lower()) if output is not None else None


def _is_for_programs(form: FindingsFormat | None, output: Path | None) -> bool:
    """Whether the result goes to another program, which gets all of it."""
    return (form.value if form is not None else _ending(output)) in ("json", "csv", "github")


def _form_of(output: Path | None, forms: Mapping[str, Any]) -> str:
    if output is None:
        return "table"
    form = _ending(output)
    if form is None:
        raise Refusal(
            N_("{path} has an ending that cannot be written; use one of {endings}, or --format."),
            path=output,
            endings=tuple(ending for ending, name in ENDINGS.items() if name in forms),
        )
    return form


def _json(facts: Any) -> Iterable[str]:
    from vinhchau_kpi.views.machine import json_text

    return json_text(facts)


def _csv(fields: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    from vinhchau_kpi.views.machine import csv_text

    return csv_text(fields, records)


def _plain(screen: Screen) -> str:
    from vinhchau_kpi.views.terminal import plain

    return plain(screen)


def _markdown(screen: Screen) -> str:
    from vinhchau_kpi.views.markdown import render

    return render(screen)


def _page(screen: Screen, language: Language) -> str:
    from vinhchau_kpi.views.page import render

    return render(screen, language)


def _show(screen: Screen, out: TextIO) -> None:
    from vinhchau_kpi.views.terminal import show as show_screen

    show_screen(screen, out)


def _write(language: Language, path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a result, and say so on standard error, and whether something stood there before."""
    from vinhchau_kpi.output import write

    was_there = os.path.lexists(path)
    write(path, data)
    text = N_("Written, replacing the old file: {path}") if was_there else N_("Written: {path}")
    sys.stderr.write(language.say(text, path=path) + "\n")


def _known(desk: Desk, as_of: str | None) -> Known:
    """What was known on the day asked for; everything, where none is."""
    day = _day(as_of)
    return desk.known_on(day)


def _day(as_of: str | None) -> date | None:
    from vinhchau_kpi.desk import day_named

    return None if as_of is None else day_named(as_of)


# The program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kpi`; returns the exit code. Never lets a traceback reach the user."""
    # A run is short and makes many small values that hold no cycles: looking for some again and again took a quarter of it.
    gc.set_threshold(100_000, 50, 50)
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = messages.language(_asked_language(arguments))
    _speak(language)
    try:
        return _asked_for(arguments)(arguments, prog_name="kpi", standalone_mode=False, obj=language) or DONE
    except Refusal as refusal:
        return _refuse(language, language.tell(refusal.message))
    except FaultsFound:
        return FAULTS
    except typer.Abort:
        return USAGE
    except OSError as error:
        return _refuse(
            language, language.say(N_("The system does not allow it: {reason}."), reason=error.strerror or str(error))
        )
    except Exception as error:
        if hasattr(error, "format_message"):
            return _refuse(language, _usage_words(error, language), error)
        if os.environ.get("KPI_DEBUG"):
            raise
        text = N_(
            "The program has failed: {error}. This is an error in kpi, not in your files; please report it (KPI_DEBUG=1 shows more)."
        )
        sys.stderr.write(language.say(text, error=f"{type(error).__name__}: {error}") + "\n")
        return BUG


def _asked_for(arguments: Sequence[str]) -> typer.Typer:
    """The app with the options of those commands that the arguments name, and of the others the name and help alone: to
    work out the options of all takes Typer longer than most of them run."""
    if any(name.endswith("_COMPLETE") for name in os.environ):
        return app
    lean = copy(app)
    lean.registered_commands = [
        one if one.name in arguments else _by_name(one) for one in map(_named, app.registered_commands)
    ]
    lean.registered_groups = [one if one.name in arguments else _by_name(one) for one in app.registered_groups]
    return lean


def _named(command: CommandInfo) -> CommandInfo:
    found = copy(command)
    found.name = command.name or get_command_name(getattr(command.callback, "__name__", ""))
    return found


Info = TypeVar("Info", CommandInfo, TyperInfo)


def _by_name(command: Info) -> Info:
    """A command that can be listed; it is not the one that is run."""
    found = copy(command)
    if isinstance(found, TyperInfo):
        found.typer_instance = typer.Typer(cls=_Group, rich_markup_mode=None)
    else:
        found.callback = _root_alone
    return found


def _root_alone() -> None:
    """What stands in for commands that are listed only."""


def _asked_language(arguments: Sequence[str]) -> str | None:
    """What follows --lang: it is needed before anything is parsed, for help and usage messages are in it too."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def _speak(language: Language) -> None:
    """Typer looks its own words up with gettext; standard streams carry every letter, whatever the code page."""
    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(messages.DOMAIN, str(messages.LOCALE))
    gettext.textdomain(messages.DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")


def _refuse(language: Language, text: str, error: Any = None) -> int:
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(text + "\n")
        return USAGE
    sys.stderr.write(language.say(N_("Error:")) + f" {text}\n")
    if ctx is not None:
        sys.stderr.write(language.say(N_("See {command} --help."), command=ctx.command_path) + "\n")
    return USAGE


def _usage_words(error: Any, language: Language) -> str:
    """Typer's usage errors, which it says in English alone, in the catalogue's words."""
    kind, say = type(error).__name__, language.say
    param = getattr(error, "param", None)
    names = (
        " / ".join([*param.opts, *param.secondary_opts])
        if param is not None and param.param_type_name == "option"
        else getattr(param, "metavar", None) or ""
    )
    if kind == "NoArgsIsHelpError":
        return str(error.format_message())
    if kind == "NoSuchOption":
        close = (
            messages.Message(N_(" Did you mean {codes}?"), {"codes": tuple(error.possibilities)})
            if error.possibilities
            else ""
        )
        return say(N_("There is no option {option}.{suggestion}"), option=error.option_name, suggestion=close)
    if kind == "MissingParameter":
        return say(N_("{name} is missing."), name=names)
    if kind == "BadOptionUsage":
        return say(N_("{option} needs a value."), option=error.option_name)
    choices = getattr(getattr(param, "type", None), "choices", None)
    if choices:
        return say(
            N_("{name} takes one of: {choices}."),
            name=names,
            choices=tuple(str(getattr(one, "value", one)) for one in choices),
        )
    if "No such command" in error.message or (error.ctx is not None and getattr(error.ctx.command, "commands", None)):
        commands = tuple(getattr(error.ctx.command, "commands", {}))
        return say(N_("Unknown command; the commands are {commands}."), commands=commands)
    if "unexpected extra argument" in error.message:
        return say(N_("Too many words after {command}."), command=error.ctx.command_path)
    return say(N_("The command line was not understood: {words}"), words=error.message)
