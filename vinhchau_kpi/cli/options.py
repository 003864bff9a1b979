"""The options that many commands share, and how a command takes them: as a group, whole."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, get_type_hints

import typer

from vinhchau_kpi import forms
from vinhchau_kpi.cli import completion
from vinhchau_kpi.messages import N_


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command as Typer wants it: a parameter that is a dataclass becomes an option for each field that declares one,
    and the command is given the dataclass. `Annotated[Settings, "plan", "numbers"]` has the options of these fields alone.
    """
    plain, annotated = get_type_hints(command), get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    groups: dict[str, list[str]] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        if is_dataclass(plain[name]):
            options = _options(plain[name], getattr(annotated[name], "__metadata__", ()))
            groups[name] = [option.name for option in options]
            parameters.extend(options)
        else:
            parameters.append(parameter.replace(annotation=annotated[name], kind=inspect.Parameter.KEYWORD_ONLY))

    @wraps(command)
    def with_groups(**given: Any) -> None:
        whole = {name: plain[name](**{one: given.pop(one) for one in options}) for name, options in groups.items()}
        command(**given, **whole)

    with_groups.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_groups.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_groups


def _options(group: Any, wanted: tuple[str, ...]) -> list[inspect.Parameter]:
    annotations = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=annotations[one.name]
        )
        for one in fields(group)
        if hasattr(annotations[one.name], "__metadata__") and (not wanted or one.name in wanted)
    ]


if TYPE_CHECKING:
    ScreenForm = str
    FindingsForm = str
    ReportForm = str
else:
    # What Typer offers to choose from.
    ScreenForm, FindingsForm, ReportForm = (Literal[forms.names(*more)] for more in ((), ("findings",), ("dossier",)))


class Lang(StrEnum):
    VI = "vi"
    EN = "en"


LangOption = Annotated[
    Optional[Lang],
    typer.Option(
        "--lang",
        help=N_(
            "Language: vi or en. KPI_LANG, then the system's, if not given; of files to hand on, what kpi.toml says, else Vietnamese."
        ),
    ),
]
OutputOption = Annotated[
    Optional[Path],
    typer.Option("--output", "-o", help=N_("File to write; its ending names the form ({endings}).")),
]
ComparedOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--actuals",
        help=N_(
            "Figures to compare FILE with: a file, folder or pattern; may be repeated. Only what is found in FILE is shown."
        ),
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
    typer.Option("--as-of", help=N_("Use only the figures reported by this day: 2019-07-05 or 05/07/2019.")),
]
ScoresOption = Annotated[
    Optional[list[str]],
    typer.Option("--scores", help=N_("File, folder or pattern of entered scores; may be repeated.")),
]
PeriodArgument = Annotated[
    Optional[str],
    typer.Argument(
        metavar="[PERIOD]",
        autocompletion=completion.periods,
        help=N_(
            "2019-06 or T6, 2019-Q2 or quý II, 2019-H1, 2019-9M, 2019, R1; the latest month with figures if not given."
        ),
    ),
]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """In which form a result goes out (None: as its file's ending says, else a table), where to and in which language."""

    form: str | None = None
    output: OutputOption = None
    lang: LangOption = None


@dataclass(frozen=True, kw_only=True)
class ScreenDelivery(Delivery):
    form: Annotated[Optional[ScreenForm], typer.Option("--format", help=N_("Form of the result."))] = None


@dataclass(frozen=True, kw_only=True)
class FindingsDelivery(Delivery):
    form: Annotated[Optional[FindingsForm], typer.Option("--format", help=N_("Form of the result."))] = None


@dataclass(frozen=True, kw_only=True)
class ReportDelivery(Delivery):
    form: Annotated[Optional[ReportForm], typer.Option("--format", help=N_("Form of the result."))] = None
