"""The commands of a month's work: begin a folder for it, and close the month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vinhchau_kpi.cli.options import LangOption, spread
from vinhchau_kpi.forms import console
from vinhchau_kpi.messages import N_, Language


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
    make_folder(folder / "actuals")
    files = {
        folder / SETTINGS_FILE: _settings(language).encode(),
        folder / PLAN_FILE: f"{example}\n".encode() + plan,
    }
    write_all_new(files)
    for path in (*files, folder / "actuals"):
        console.tell(language.say(N_("Written: {path}"), path=path))
    text = N_("Next: replace the plan, put the files that agencies send into {folder}, then kpi validate {folder}.")
    console.tell(language.say(text, folder=folder / "actuals"))


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
