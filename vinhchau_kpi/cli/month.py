"""The commands of a month's work: begin a folder for it, and close the month."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from vinhchau_kpi import asked, forms
from vinhchau_kpi.cli import completion
from vinhchau_kpi.cli.answers import in_both_forms, language_of, plain_name, replies
from vinhchau_kpi.cli.deliver import deliver, encoded
from vinhchau_kpi.cli.options import AsOfOption, Delivery, LangOption, spread
from vinhchau_kpi.cli.over_time import diff_result
from vinhchau_kpi.cli.report import report_result
from vinhchau_kpi.forms import Result, console
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import FaultsFound, Refusal
from vinhchau_kpi.settings import Settings

if TYPE_CHECKING:
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.figures import Known
    from vinhchau_kpi.views.closing import Closing


@spread
def init(
    ctx: typer.Context,
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help=N_("Where; the working folder if not given."))
    ] = Path(),
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.intake.open.files import PLAN_FILE, SETTINGS_FILE, InputFile
    from vinhchau_kpi.intake.plan.file import SIZE_LIMIT, bundled
    from vinhchau_kpi.output import make_folder, write_all_new

    language: Language = ctx.obj
    data, _ = InputFile(bundled()).read(SIZE_LIMIT)
    plan = (data or b"").split(b"\n", 1)[1]  # The first line names a schema that lies elsewhere.
    example = "# " + language.say(
        N_("An example: replace it by the plan of your own. kpi plan check plan.yaml looks it over.")
    )
    files = {folder / SETTINGS_FILE: _settings(language).encode()}
    text = N_("Next: put the files that agencies send into {folder}, then close the month: kpi close T7.")
    if not os.path.lexists(folder / PLAN_FILE):
        files[folder / PLAN_FILE] = f"{example}\n".encode() + plan
        text = N_(
            "Next: replace the plan, put the files that agencies send into {folder}, then close the month: kpi close T7."
        )
    make_folder(folder / "actuals")
    write_all_new(files)
    for path in (*files, folder / "actuals"):
        console.tell(language.say(N_("Written: {path}"), path=path))
    console.tell(language.say(text, folder=folder / "actuals"))


@spread
def close(
    ctx: typer.Context,
    *,
    period: Annotated[
        str,
        typer.Argument(
            metavar="PERIOD", autocompletion=completion.periods, help=N_("The month, such as 2019-07 or T7.")
        ),
    ],
    settings: Annotated[
        Settings, "plan", "actuals", "numbers", "encoding", "sheet", "rows_period", "skip_invalid", "strict"
    ],
    as_of: AsOfOption = None,
    output: Annotated[
        Optional[Path],
        typer.Option(
            "--output", "-o", help=N_("Folder to write; one named as the month, beside kpi.toml, if not given.")
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    from vinhchau_kpi.answers import answers
    from vinhchau_kpi.coverage import coverage
    from vinhchau_kpi.desk import Desk
    from vinhchau_kpi.output import write_folder
    from vinhchau_kpi.views import closing as view
    from vinhchau_kpi.views.letters import reminders

    desk = Desk(ctx.obj, replace(settings, keep_cells=True, every_finding=True, is_silent=True))
    wanted, day = asked.period(desk.plan, period), asked.day(as_of)
    folder = output or desk.office.folder / plain_name(str(wanted))
    if desk.has_around(folder):
        sentence = N_("{path} lies among the figures, where it would be read as figures itself; name another with -o.")
        raise Refusal(sentence, path=folder)
    figures, known, findings = desk.figures_on(day), desk.known_on(day), desk.findings_on(day)
    told, own = answers(desk.plan, desk.inbox, findings)
    found = coverage(desk.plan, figures, wanted, day)
    is_stopped = desk.has_errors(findings) and not settings.skip_invalid
    closing = view.Closing(
        coverage=found,
        files=len(desk.inbox.submissions),
        figures=known.size,
        findings=findings,
        own=own,
        answers=told,
        report=None if is_stopped else desk.report(known, wanted, ()),
        folder=folder,
    )
    language = language_of(desk, lang)
    letters = in_both_forms("don-doc.txt", reminders(found, told, desk.office, language), language)
    replied = {f"tra-loi/{name}": data for name, data in replies(desk, told, language).items()}
    summary = Result(facts=lambda: view.facts(closing, desk.language))
    files = {**replied, **letters, **_reports(desk, closing, known), "tom-tat.json": _written("json", summary, desk)}
    write_folder(folder, files)
    deliver(desk.language, Delivery(), replace(summary, screen=lambda language: view.screen(closing, language)))
    console.tell(desk.language.say(N_("Written: {path}"), path=folder))
    if desk.has_errors(findings) or closing.doubts:
        raise FaultsFound


def _reports(desk: Desk, closing: Closing, known: Known) -> dict[str, bytes]:
    """The report in the forms of papers, and what has moved since the month before; nothing where errors stop it."""
    from vinhchau_kpi.diff import diff

    report = closing.report
    if report is None:
        return {}
    result = report_result(desk, report, report, known)
    made = {f"bao-cao.{form}": _written(form, result, desk) for form in ("html", "xlsx", "docx")}
    period = report.period
    if period.is_month and period.first > 1:
        before = desk.report(known, period.month_before, ())
        moved = diff(before, known, report, known)
        made["so-sanh.html"] = _written("html", diff_result(desk, moved, moved), desk)
    return made


def _written(form: str, result: Result, desk: Desk) -> bytes:
    found = next(one for one in forms.of(result) if one.name == form)
    written = encoded(found.write(result, desk.papers() if found.is_paper else desk.language))
    return written if isinstance(written, bytes) else b"".join(written)


def _settings(language: Language) -> str:
    """The text of a first `kpi.toml`: each key with what it does."""
    lines = (
        (
            N_("What holds in this folder unless an option says otherwise. Paths begin here; write / in them, not \\."),
            "",
        ),
        (N_("The plan of the year."), 'plan = "plan.yaml"'),
        (N_("The folder of the files that agencies send."), 'actuals = "actuals"'),
        (N_("The language of what is handed on: vi or en."), 'papers = "vi"'),
        (
            N_("How the files write numbers, where that is always the same: vi 1.234,5 or en 1,234.5."),
            '# numbers = "vi"',
        ),
        (
            N_(
                "What stands over papers and under them: the office, the body above it, the place, who signs, the number."
            ),
            """\
# office = "Văn phòng HĐND và UBND thị xã"
# parent = "Ủy ban nhân dân thị xã"
# place = "Vĩnh Châu"
# signer = "CHÁNH VĂN PHÒNG"
# report_number = "/BC-VP\"""",
        ),
        (
            N_("Where senders send what is corrected, and within how many working days."),
            """\
# address = "vanphong@example.vn"
working_days = 2""",
        ),
    )
    return "\n".join(
        f"# {language.say(words)}\n{key}\n" if key else f"# {language.say(words)}\n" for words, key in lines
    )
