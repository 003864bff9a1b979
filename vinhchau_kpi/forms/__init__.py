"""The forms that a result can be given in: a table on the screen, JSON, a page, a workbook …

A form is a module of this folder and a line in `FORMS`; the command line, its help and its refusals take it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from vinhchau_kpi.dossier import Dossier
    from vinhchau_kpi.finding import Finding
    from vinhchau_kpi.intake.open.files import InputFile
    from vinhchau_kpi.messages import Language
    from vinhchau_kpi.score import Staged
    from vinhchau_kpi.views.screen import Screen


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a command found, in each shape that a form is made from; a shape is made when a form asks for it.

    `facts`: for programs, nested. `records`: the same flat, the names of the fields before the rows. `screen`: for people;
    `whole_screen`: more of it, where no window limits it. `dossier`: a report with all that stands behind it, and
    `word_file`, the office's own Word file to set it in. `scores`: points, for scoring sheets. None: the result does not come in this shape.
    """

    facts: Callable[[], Any]
    records: Callable[[], tuple[Sequence[str], Iterable[Mapping[str, Any]]]] | None = None
    screen: Callable[[Language], Screen] | None = None
    whole_screen: Callable[[Language], Screen] | None = None
    findings: Callable[[], Iterable[Finding]] | None = None
    dossier: Callable[[], Dossier] | None = None
    word_file: InputFile | None = None
    scores: Callable[[], Staged] | None = None


class Form(NamedTuple):
    """A form: what --format calls it, the endings of its files, the function that writes it (module and name in this
    folder, imported when it is used), and the shape of a result that it is made from. A paper is handed on: its language is
    the office's, not the computer's."""

    name: str
    endings: tuple[str, ...]
    writer: str
    made_from: str
    is_paper: bool = False

    def write(self, result: Result, language: Language) -> str | bytes | Iterable[str]:
        module, function = self.writer.split(".")
        written: str | bytes | Iterable[str] = getattr(import_module(f"{__name__}.{module}"), function)(
            result, language
        )
        return written

    @property
    def is_for_programs(self) -> bool:
        """Whether another program reads it, which gets all there is."""
        return self.made_from in ("facts", "records", "findings")


FORMS = (
    Form("table", (".txt",), "terminal.write", "screen"),
    Form("json", (".json",), "machine.write_json", "facts"),
    Form("csv", (), "machine.write_csv", "records"),
    Form("csv", (".csv",), "excel_csv.write", "records", is_paper=True),
    Form("md", (".md",), "markdown.write", "screen"),
    Form("html", (".html", ".htm"), "page.write", "screen", is_paper=True),
    Form("xlsx", (".xlsx",), "workbook.write", "dossier", is_paper=True),
    Form("docx", (".docx",), "document.write", "dossier", is_paper=True),
    Form("xlsx", (".xlsx",), "scoring.write_workbook", "scores", is_paper=True),
    Form("docx", (".docx",), "scoring.write_document", "scores", is_paper=True),
    Form("xlsx", (".xlsx",), "tables.write_workbook", "screen", is_paper=True),
    Form("docx", (".docx",), "tables.write_document", "screen", is_paper=True),
    Form("github", (), "github.write", "findings"),
)
"""The first is that of the screen. Where several have one name, the first that a result can be made into is meant; but the
ending of a file goes before the name, so that csv is for programs and a file.csv for Excel."""
TABLE = FORMS[0]


def of(result: Result) -> tuple[Form, ...]:
    """The forms that a result can be given in."""
    return tuple(form for form in FORMS if getattr(result, form.made_from) is not None)


def names(*more: str) -> tuple[str, ...]:
    """The names of the forms that most results come in, and of those that are made from these shapes besides."""
    return tuple(dict.fromkeys(one.name for one in FORMS if one.made_from in ("facts", "records", "screen", *more)))


def named(name: str | None, path: Path | None) -> Form | None:
    """The form with this name, else the one that the ending of a file names; None where neither does."""
    return next(
        (form for form in FORMS if form.name == name or (not name and path and path.suffix.lower() in form.endings)),
        None,
    )


def endings(names: Collection[str]) -> tuple[str, ...]:
    """The endings of the files of these forms."""
    return tuple(dict.fromkeys(ending for form in FORMS if form.name in names for ending in form.endings))
