"""The command that writes what agencies fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from vinhchau_kpi import asked
from vinhchau_kpi.cli import completion
from vinhchau_kpi.cli.deliver import put_out
from vinhchau_kpi.cli.options import LangOption, spread
from vinhchau_kpi.forms import console
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.status import By

if TYPE_CHECKING:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.period import Period
    from vinhchau_kpi.template import Owed

FORMS = ("xlsx", "csv")
if TYPE_CHECKING:
    TemplateForm = str
else:
    TemplateForm = Literal[FORMS]


@spread
def template(
    ctx: typer.Context,
    *,
    period: Annotated[
        Optional[str],
        typer.Argument(
            metavar="[PERIOD]", autocompletion=completion.periods, help=N_("2019-06, 2019-Q2, 2019-H1, 2019, R1.")
        ),
    ] = None,
    agency: Annotated[
        Optional[str],
        typer.Option(
            "--agency", autocompletion=completion.agencies, help=N_("Only what this agency reports, such as kinh-te.")
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help=N_("A file for each agency that has something to report, into the folder of --output.")
        ),
    ] = False,
    by: Annotated[
        Optional[By], typer.Option("--by", help=N_("With --all: --by area, a file for each ward and commune instead."))
    ] = None,
    word: Annotated[
        bool,
        typer.Option(
            "--word", help=N_("Write the Word file of the annex instead, to be changed and given to report --template.")
        ),
    ] = False,
    scale: Annotated[
        Optional[Path],
        typer.Option("--scale", help=N_("Write the workbook in which a unit scores itself by this scale of points.")),
    ] = None,
    unit: Annotated[
        Optional[str], typer.Option("--unit", help=N_("With --scale: the unit that scores itself."))
    ] = None,
    settings: Annotated[Settings, "plan", "actuals", "numbers"],
    form: Annotated[
        Optional[TemplateForm], typer.Option("--format", help=N_("Form of the template: xlsx or csv."))
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
    if scale is not None or unit is not None:
        if scale is None or (unit is None) is not every or output is None or agency is not None or form == "csv":
            raise Refusal(
                N_(
                    "A unit scores itself in a workbook: give --scale, --unit and --output FILE.xlsx, or --scale, --all and --output FOLDER."
                )
            )
        _write_self_scoring(Desk(ctx.obj, settings), scale, period, unit, output)
        return
    if period is None:
        raise Refusal(N_("Say for which period, for example 2019-07."))
    desk = Desk(ctx.obj, settings)
    wanted = asked.period(desk.plan, period)
    if every:
        if agency is not None or output is None:
            raise Refusal(N_("--all writes a file for each agency: give it a folder with --output, and no --agency."))
        write = _write_templates if by is None else _write_templates_of_areas
        write(desk, wanted, form or "xlsx", output)
        return
    if by is not None:
        raise Refusal(N_("--by area goes with --all, and a folder with --output."))
    wanted_form = form or ("csv" if output is None else _template_form(output))
    data = _template(desk, wanted, asked.agency(desk.plan, agency) if agency is not None else None, wanted_form)
    if output is None:
        put_out(data, wanted_form)
    else:
        _write_all(desk.language, {output: data})


def _template_form(path: Path) -> str:
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise Refusal(N_("A template is written as .xlsx or .csv; {path} has another ending."), path=path)
    return form


def _template(desk: Desk, period: Period, agency: str | None, form: str) -> str | bytes:
    """What an agency owes, to be filled in."""
    from vinhchau_kpi.template import owed

    rows = owed(desk.plan, period, agency, desk.known_so_far, desk.still_owed(period))
    return _form(desk, rows, period, form, agency=agency)


def _form(
    desk: Desk, rows: Sequence[Owed], period: Period, form: str, *, agency: str | None = None, area: str | None = None
) -> str | bytes:
    from vinhchau_kpi.forms import template as forms

    if form == "csv":
        return forms.csv_text(desk.plan, rows, desk.papers())
    where = ", ".join(filter(None, (desk.office.name, desk.office.address)))
    return forms.workbook(desk.plan, rows, period, agency, desk.papers(), where, area)


def _write_templates_of_areas(desk: Desk, period: Period, form: str, folder: Path) -> None:
    """A file for each area that owes something; none, where one of them is there already."""
    from vinhchau_kpi.consistency import is_file_name
    from vinhchau_kpi.template import owed_by

    found = {area: owed_by(desk.plan, period, area, desk.known_so_far) for area in desk.plan.areas}
    owing = {area: rows for area, rows in found.items() if rows}
    if not owing:
        raise Refusal(N_("No area has anything to report for {period}."), period=str(period))
    for area in owing:
        if not is_file_name(area):
            sentence = N_("The file of each area is called by its id, and “{value}” cannot be part of a file's name.")
            raise Refusal(sentence, value=area)
    _make_folder(folder)
    files = {
        folder / f"{period}-{area}.{form}": _form(desk, rows, period, form, area=area) for area, rows in owing.items()
    }
    _write_all(desk.language, files)


def _write_all(language: Language, files: Mapping[Path, str | bytes]) -> None:
    """Write them where nothing stands yet, text as Excel opens it, and say so on standard error."""
    from vinhchau_kpi.output import write_all_new

    write_all_new({path: data if isinstance(data, bytes) else data.encode("utf-8-sig") for path, data in files.items()})
    for path in files:
        console.tell(language.say(N_("A template was written: {path}"), path=path))


def _write_templates(desk: Desk, period: Period, form: str, folder: Path) -> None:
    """A file for each agency that owes something; none, where one of them is there already."""
    from vinhchau_kpi.template import owed

    rows = owed(desk.plan, period, None, desk.known_so_far, desk.still_owed(period))
    leads = {row.subject.lead for row in rows}
    # A plan that names no agencies is one office's own: what it owes is one file.
    agencies = [agency for agency in desk.plan.agencies or [None] if agency in leads]
    if not agencies:
        raise Refusal(N_("No agency has anything to report for {period}."), period=str(period))
    paths = {agency: folder / f"{period}{f'-{agency}' if agency else ''}.{form}" for agency in agencies}
    _make_folder(folder)
    _write_all(desk.language, {path: _template(desk, period, agency, form) for agency, path in paths.items()})
    nobodys = tuple(dict.fromkeys(row.subject.code for row in rows if row.subject.lead is None))
    if nobodys and desk.plan.agencies:
        text = N_("Not in any of the files, because the plan names no agency for them: {codes}.")
        console.tell(desk.language.say(text, codes=nobodys))


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal(N_("{path} is a file; --all needs a folder."), path=folder)
    folder.mkdir(parents=True, exist_ok=True)


def _write_self_scoring(desk: Desk, file: Path, period: str | None, unit: str | None, output: Path) -> None:
    """The workbook of one unit, or into a folder that of each; what comes from figures is filled in."""
    from vinhchau_kpi.forms.self_scoring import workbook
    from vinhchau_kpi.score import score

    scale = desk.scale(file)
    wanted = None if unit is None else asked.unit(desk.plan, scale, unit)
    if wanted is not None and output.suffix.lower() != ".xlsx":
        raise Refusal(N_("A scoring workbook is written as .xlsx; {path} has another ending."), path=output)
    found = score(desk.measures(scale, period, None))
    units = [one for one in found.units if wanted in (None, one.unit)]
    if wanted is None:
        _make_folder(output)
    paths = {output if wanted else output / f"{scale.id}-{one.unit}.xlsx": one for one in units}
    _write_all(desk.language, {path: workbook(found, one, desk.language) for path, one in paths.items()})


def _write_word_form(language: Language, output: Path | None) -> None:
    from vinhchau_kpi.desk import papers
    from vinhchau_kpi.forms.usual_form import form
    from vinhchau_kpi.intake.office import office

    if output is None or output.suffix.lower() != ".docx":
        raise Refusal(N_("The Word file is written as .docx: say where with --output, for example -o phu-luc.docx."))
    _write_all(language, {output: form(papers(language, office()))})
