"""What a command is told about the plan and the files: each setting once, with the option that sets it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Optional

from typer import Option

from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.messages import N_
from vinhchau_kpi.number import Convention


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A field with an `Option` can be given on the command line; one without is set by the command itself."""

    plan: Annotated[
        Optional[Path],
        Option(
            "--plan",
            envvar="KPI_PLAN",
            help=N_(
                "Plan file. KPI_PLAN, then kpi.toml, plan.yaml beside the figures, and the bundled plan of 2019, if not given."
            ),
        ),
    ] = None
    actuals: Annotated[
        Optional[list[str]],
        Option(
            "--actuals",
            help=N_(
                "File, folder or pattern of submitted figures; may be repeated. KPI_ACTUALS, then kpi.toml, then ./actuals, if not given."
            ),
        ),
    ] = None
    numbers: Annotated[
        Optional[Convention],
        Option(
            "--numbers",
            help=N_("How the files write numbers: vi 1.234,5 or en 1,234.5. Found from each file if not given."),
        ),
    ] = None
    encoding: Annotated[
        Optional[Encoding],
        Option("--encoding", help=N_("Encoding of the text files; found from each file if not given.")),
    ] = None
    sheet: Annotated[
        Optional[str],
        Option("--sheet", help=N_("Sheet of the workbooks; the one with a header of figures if not given.")),
    ] = None
    rows_period: Annotated[
        Optional[str],
        Option(
            "--period", help=N_("Period of the rows that do not give one; also that of the result, if none is named.")
        ),
    ] = None
    skip_invalid: Annotated[
        bool, Option("--skip-invalid", help=N_("Leave out the rows with errors and go on; the report says how many."))
    ] = False
    strict: Annotated[bool, Option("--strict", help=N_("Treat warnings as errors."))] = False
    show_all: Annotated[bool, Option("--all", help=N_("Show all findings, not only the first of each kind."))] = False
    compared: Optional[list[str]] = None
    """Files, folders and patterns whose figures are known too, while only the findings of `actuals` are asked for."""
    keep_cells: bool = False
    """Keep every file as it was cut into cells, so that a marked copy can be made of it."""
    is_silent: bool = False
    """Say no findings and stop at none: the command tells of them in its own words, and of what it leaves out."""
    every_finding: bool = False
    """Put findings that are too many to be kept aside, not only count them; `show_all` does so too."""
