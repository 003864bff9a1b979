"""What a command imports decides how long it takes to start: held here by name, not by the clock."""

from __future__ import annotations

import subprocess
import sys

import transcript

from vinhchau_kpi import cli

HEAVY = ("pydantic", "yaml", "rich", "simplejson", "vinhchau_kpi.plan", "vinhchau_kpi.report")


def imported_by(*arguments: str) -> set[str]:
    """The modules that are in memory after `kpi …`."""
    code = (
        "import sys; from vinhchau_kpi.cli import main; "
        f"main({list(arguments)!r}); sys.stderr.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=transcript.ROOT)
    return set(done.stderr.splitlines())


def test_help_imports_nothing_heavy() -> None:
    """`kpi --help` loads neither pydantic, YAML, rich nor the plan's models."""
    assert not imported_by("--help").intersection(HEAVY)


def test_help_works_out_no_options_of_other_commands() -> None:
    """What takes Typer longest, the options of each command, is done for those that the arguments name."""
    named = ("report", "validate")
    for name in named:
        lean = cli.app([name, "--help"])
        real = {one.name for one in lean.registered_commands if one.callback is not cli._listed_only}
        assert real == {name}
        assert len(lean.registered_commands) == len(cli.COMMANDS)


def test_a_command_imports_no_module_of_another() -> None:
    """The modules of commands that are not asked for stay where they are."""
    rooms = {f"vinhchau_kpi.cli.{module}" for module, _ in (*cli.COMMANDS.values(), *cli.GROUPS.values())}
    assert imported_by("rule", "--lang", "en") & rooms == {"vinhchau_kpi.cli.rule"}


def test_report_imports_no_more_than_it_needs() -> None:
    """`kpi report` of CSV files does without workbooks, the JSON writer, Markdown, syntax colouring, test-time
    libraries, nor what reads long files, draws charts or counts who has reported."""
    loaded = imported_by("report", "--actuals", "data/samples/published-2019.csv")
    assert {"pydantic", "yaml", "rich"} <= loaded
    assert not loaded & {"simplejson", "babel", "jsonschema", "rich.markdown", "rich.syntax", "rich.progress"}
    assert not loaded & {"jinja2", "xlsxwriter", "docx", "docxtpl", "lxml", "vinhchau_kpi.dossier"}
    assert not any(module.startswith("vinhchau_kpi.intake.columns") for module in loaded)
    assert not loaded & {"vinhchau_kpi.trend", "vinhchau_kpi.coverage", "vinhchau_kpi.views.charts"}
    assert not loaded & {"python_calamine", "openpyxl", "xml.etree.ElementTree", "vinhchau_kpi.intake.open.package"}


def test_help_lists_each_command_once_with_an_example() -> None:
    """Every command stands on one shelf of the help, whole, with an example of it."""
    examples = [(name, example) for shelf in cli.SHELVES.values() for name, example in shelf.items()]
    assert sorted(name for name, _ in examples) == sorted((*cli.COMMANDS, *cli.GROUPS))
    shown = transcript.kpi("--help", "--lang", "en").stdout
    for name, example in examples:
        assert example.startswith(f"kpi {name}")
        assert example in shown
    assert "..." not in shown.partition("Every month")[2]
