"""The options that many commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from vinhchau_kpi.cli import completion
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.messages import N_
from vinhchau_kpi.number import Convention


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
        help=N_("How the files write numbers: vi 1.234,5 or en 1,234.5. Proved from the file if not given."),
    ),
]
EncodingOption = Annotated[
    Optional[Encoding],
    typer.Option("--encoding", help=N_("Encoding of the text files; proved from each file if not given.")),
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
        autocompletion=completion.sections,
        help=N_("Only this section of the plan, such as KT; may be repeated."),
    ),
]
AsOfOption = Annotated[
    Optional[str],
    typer.Option(
        "--as-of", help=N_("As known on this day: rows reported later do not exist. 2019-07-05 or 05/07/2019.")
    ),
]
SkipOption = Annotated[
    bool, typer.Option("--skip-invalid", help=N_("Go on without the rows that have faults; the report says how many."))
]
StrictOption = Annotated[bool, typer.Option("--strict", help=N_("Treat warnings as errors."))]
AllOption = Annotated[bool, typer.Option("--all", help=N_("Show every finding, not only the first of each kind."))]
PeriodArgument = Annotated[
    Optional[str],
    typer.Argument(
        metavar="[PERIOD]",
        autocompletion=completion.periods,
        help=N_("2019-06, 2019-Q2, 2019-H1, 2019-9M, 2019, R1; the latest month with figures if not given."),
    ),
]
WithoutPeriodOption = Annotated[
    Optional[str],
    typer.Option(
        "--period", help=N_("Period of the rows that do not give one; also that of the result, if none is named.")
    ),
]
