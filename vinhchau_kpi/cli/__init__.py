"""The command line: arguments, one chain of calls, the result on standard output, an exit code.

A module for the commands of each kind, imported only when one of them is asked for; what is heavy, inside the
command that needs it. So `kpi --help` stays instant.
Exit codes: 0 done; 1 faults found; 2 wrong usage, missing file, broken plan; 70 a fault of the program itself.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from vinhchau_kpi import __version__, messages
from vinhchau_kpi.cli import spoken, streams
from vinhchau_kpi.cli.options import LangOption
from vinhchau_kpi.forms import console
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import FaultsFound, Refusal

DONE, FAULTS, USAGE, BUG = 0, 1, 2, 70

COMMANDS = {
    "report": ("report", N_("Print the table of percent achieved.")),
    "validate": ("submissions", N_("Check submitted files and print every finding; the files are not changed.")),
    "diff": (
        "over_time",
        N_("Compare two periods, one period as reported by two days (2019-06@2019-07-05 2019-06), or two files."),
    ),
    "show": (
        "over_time",
        N_(
            "Show one indicator in full: the plan's words, the formula with its numbers, each figure with file and line."
        ),
    ),
    "trend": (
        "over_time",
        N_("Draw indicators month by month, against what is expected: small charts side by side."),
    ),
    "coverage": ("submissions", N_("Show who has reported what was due, who was late, and who has not.")),
    "template": ("template", N_("Write an empty template for Excel: what an agency has to report for a period.")),
    "init": ("month", N_("Begin a folder: kpi.toml, a plan to replace, and a folder for what agencies send.")),
    "close": ("month", N_("Close a month: answer senders, remind the silent, write the report, into one folder.")),
    "rule": ("rule", N_("Explain what a finding's code means, with an example and the fix.")),
}
"""The name of each command, which is that of its function too: the module it is in, and what it does."""

SHELVES = {
    N_("Every month"): {
        "init": "kpi init",
        "template": "kpi template T7 --all -o bieu-mau",
        "validate": "kpi validate actuals",
        "coverage": "kpi coverage T7 --missing",
        "report": "kpi report T7 -o bao-cao.docx",
        "close": "kpi close T7",
    },
    N_("Looking closer"): {
        "diff": "kpi diff T6 T7",
        "show": 'kpi show "thu ngân sách"',
        "trend": "kpi trend KT-03 KT-14",
        "rule": "kpi rule bad-number",
    },
    N_("Plan and points"): {
        "plan": "kpi plan check plan.yaml",
        "score": "kpi score T6 --scale scale.yaml",
    },
}
"""The commands as help lists them, each with an example."""

GROUPS = {
    "plan": ("plan", N_("List the plan; check a plan file; print its schemas.")),
    "score": ("score", N_("Print points, classes and ranks by a scale; check a scale file; print its schema.")),
}
"""The name of each command that has commands of its own: the module whose `app` it is, and what it does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kpi`; returns the exit code. Never lets a traceback reach the user."""
    # A run is short and makes many small values that hold no cycles: looking for some again and again took a quarter of it.
    gc.set_threshold(100_000, 50, 50)
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = messages.language(spoken.asked_language(arguments))
    spoken.speak(language)
    streams.prepare()
    try:
        return _run(arguments, language)
    except BrokenPipeError:
        pass
    except SystemExit as end:
        # Typer and rich end the program so where the pipe is closed; and completion, when it has said what there is.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
    # Who reads has read enough (`kpi report | head`): that is no fault of anybody.
    streams.discard()
    return DONE


def _run(arguments: Sequence[str], language: Language) -> int:
    """What `main` does, with every end put into words but that of a closed pipe."""
    try:
        try:
            code: int = app(_asked_for(arguments))(arguments, prog_name="kpi", standalone_mode=False, obj=language)
        except FaultsFound:
            code = FAULTS
        streams.flush()
    except Refusal as refusal:
        return _refuse(language, language.tell(refusal.message))
    except typer.Abort:
        return USAGE
    except BrokenPipeError:
        raise
    except OSError as error:
        streams.discard()
        return _refuse(
            language, language.say(N_("The system does not allow it: {reason}."), reason=error.strerror or str(error))
        )
    except MemoryError:
        return _refuse(
            language,
            language.say(
                N_("There is not enough memory for these files. Close other programs, or give fewer or smaller files.")
            ),
        )
    except Exception as error:
        if hasattr(error, "format_message"):
            return _refuse(language, spoken.usage_words(error, language), error)
        if os.environ.get("KPI_DEBUG"):
            raise
        text = N_(
            "The program has failed: {error}. This is an error in kpi, not in your files; please report it (KPI_DEBUG=1 shows more)."
        )
        console.tell(language.say(text, error=f"{type(error).__name__}: {error}"))
        return BUG
    return code or DONE


def app(names: Collection[str]) -> typer.Typer:
    """The program with the commands of these `names`; of the others it has the name and help alone: to work out the
    options of all takes Typer longer than most of them run."""
    program = typer.Typer(
        name="kpi",
        cls=_Kpi,
        help=N_("Track the targets of a public plan against what was achieved."),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        callback=_root,
    )
    for name, (module, words) in COMMANDS.items():
        command = getattr(import_module(f"{__name__}.{module}"), name) if name in names else _listed_only
        program.command(name, cls=spoken.Command, help=words, epilog=_example(name))(command)
    for name, (module, words) in GROUPS.items():
        group = import_module(f"{__name__}.{module}").app if name in names else typer.Typer(cls=spoken.Group)
        program.add_typer(group, name=name, help=words, epilog=_example(name))
    return program


def _example(name: str) -> str | None:
    return next((examples[name] for examples in SHELVES.values() if name in examples), None)


class _Kpi(spoken.Group):
    """The program, whose help lists its commands on shelves."""

    def shelves(self) -> dict[str, list[str]]:
        listed = {title: [name for name in examples if name in self.commands] for title, examples in SHELVES.items()}
        rest = [name for name in self.commands if _example(name) is None]
        return {**listed, N_("Commands"): rest} if rest else listed


def _asked_for(arguments: Sequence[str]) -> Collection[str]:
    """The names of commands that stand in the arguments, whatever they mean there; all, where the shell asks to
    complete one."""
    if any(name.endswith("_COMPLETE") for name in os.environ):
        return [*COMMANDS, *GROUPS]
    return arguments


def _listed_only() -> None:
    """What stands in for a command that is listed and not run."""


def _refuse(language: Language, text: str, error: Any = None) -> int:
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        console.tell(text)
        return USAGE
    console.tell(language.say(N_("Error:")) + f" {text}")
    if ctx is not None:
        console.tell(language.say(N_("See {command} --help."), command=ctx.command_path.rstrip()))
    return USAGE


def _version(wanted: bool) -> None:
    if wanted:
        console.put([f"kpi {__version__}\n"])
        raise typer.Exit


def _root(
    lang: LangOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=N_("Show the version and exit."))
    ] = False,
) -> None:
    pass
