"""The result in the form asked for, on standard output or whole into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from vinhchau_kpi.cli.options import Delivery
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import Refusal

if TYPE_CHECKING:
    from vinhchau_kpi.views.screen import Screen


def deliver(
    language: Language,
    delivery: Delivery,
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
    output = delivery.output
    name = delivery.form.value if delivery.form is not None else _form_of(output, forms)
    if name not in forms:
        raise Refusal(
            N_("This result cannot be given as {form}; it can be as {forms}."), form=name, forms=tuple(sorted(forms))
        )
    if name == "table" and screen is not None and output is None:
        _show(screen(), sys.stdout)
        return
    result = forms[name]()
    if output is None:
        put_out(result, name)
    else:
        pieces = [result] if isinstance(result, str) else result
        _write(language, output, pieces if isinstance(pieces, bytes) else (piece.encode() for piece in pieces))


def put_out(result: str | bytes | Iterable[str], form: str) -> None:
    if not isinstance(result, bytes):
        sys.stdout.writelines([result] if isinstance(result, str) else result)
        return
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or sys.stdout.isatty():
        raise Refusal(
            N_("A file of the form {form} is not for a screen; say where to write it: -o bao-cao.{form}."), form=form
        )
    binary.write(result)


ENDINGS = {
    ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".docx": "docx", ".json": "json", ".csv": "csv", ".md": "md",
    ".txt": "table",
}  # fmt: skip
"""The form that the ending of a file names."""


def ending(output: Path | None) -> str | None:
    return ENDINGS.get(output.suffix.lower()) if output is not None else None


def is_for_programs(delivery: Delivery) -> bool:
    """Whether the result goes to another program, which gets all of it."""
    return (delivery.form or ending(delivery.output)) in ("json", "csv", "github")


def _form_of(output: Path | None, forms: Mapping[str, Any]) -> str:
    if output is None:
        return "table"
    form = ending(output)
    if form is None:
        raise Refusal(
            N_("The ending of {path} names no form that can be written; use one of {endings}, or --format."),
            path=output,
            endings=tuple(ending for ending, name in ENDINGS.items() if name in forms),
        )
    return form


def _json(facts: Any) -> Iterable[str]:
    from vinhchau_kpi.forms.machine import json_text

    return json_text(facts)


def _csv(fields: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    from vinhchau_kpi.forms.machine import csv_text

    return csv_text(fields, records)


def _plain(screen: Screen) -> str:
    from vinhchau_kpi.forms.terminal import plain

    return plain(screen)


def _markdown(screen: Screen) -> str:
    from vinhchau_kpi.forms.markdown import render

    return render(screen)


def _page(screen: Screen, language: Language) -> str:
    from vinhchau_kpi.forms.page import render

    return render(screen, language)


def _show(screen: Screen, out: TextIO) -> None:
    from vinhchau_kpi.forms.terminal import show as show_screen

    show_screen(screen, out)


def _write(language: Language, path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a result, and say so on standard error, and whether something stood there before."""
    from vinhchau_kpi.output import write

    was_there = os.path.lexists(path)
    write(path, data)
    text = N_("Written, in the place of the old file: {path}") if was_there else N_("Written: {path}")
    sys.stderr.write(language.say(text, path=path) + "\n")
