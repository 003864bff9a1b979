"""The result in the form asked for, on standard output or whole into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vinhchau_kpi import forms
from vinhchau_kpi.cli.options import Delivery
from vinhchau_kpi.forms import Form, Result, console
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.refusal import FaultsFound, Refusal

if TYPE_CHECKING:
    from vinhchau_kpi.finding import Finding
    from vinhchau_kpi.plan import Plan
    from vinhchau_kpi.scale import Scale


def deliver(language: Language, delivery: Delivery, result: Result) -> None:
    """Put the result in the form asked for, on standard output or whole into a file."""
    form, output = _form_of(delivery, result), delivery.output
    if form is forms.TABLE and result.screen is not None and output is None:
        from vinhchau_kpi.forms.terminal import show

        show(result.screen(language), sys.stdout)
        return
    written = form.write(result, _papers(language) if form.is_paper else language)
    if output is None:
        put_out(written, form.name)
    else:
        _write(language, output, encoded(written))


def encoded(written: str | bytes | Iterable[str]) -> bytes | Iterator[bytes]:
    """What a form has written, as it goes into a file."""
    pieces = [written] if isinstance(written, str) else written
    return pieces if isinstance(pieces, bytes) else (piece.encode() for piece in pieces)


def _papers(language: Language) -> Language:
    from vinhchau_kpi.desk import papers
    from vinhchau_kpi.intake.office import office

    return papers(language, office())


def put_out(written: str | bytes | Iterable[str], form: str) -> None:
    if not isinstance(written, bytes):
        console.put([written] if isinstance(written, str) else written)
        return
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or sys.stdout.isatty():
        raise Refusal(
            N_("The form {form} cannot be shown on a screen; name a file to write: -o bao-cao.{form}."), form=form
        )
    binary.write(written)


def asked_form(delivery: Delivery) -> Form | None:
    """The form that is named, by itself or by the ending of the file; None where none is."""
    return forms.named(delivery.form, delivery.output)


def _form_of(delivery: Delivery, result: Result) -> Form:
    form, able = asked_form(delivery), forms.of(result)
    names = tuple(sorted(one.name for one in able))
    if form is None and delivery.output is not None:
        raise Refusal(
            N_("{path} has an ending that cannot be written; use one of {endings}, or --format."),
            path=delivery.output,
            endings=forms.endings(names),
        )
    form = form or forms.TABLE
    found = form if form in able else next((one for one in able if one.name == form.name), None)
    if found is None:
        raise Refusal(N_("This result cannot be written as {form}; use {forms}."), form=form.name, forms=names)
    return found


def _write(language: Language, path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a result, and say so on standard error, and whether something stood there before."""
    from vinhchau_kpi.output import write

    was_there = os.path.lexists(path)
    write(path, data)
    text = N_("Written, replacing the old file: {path}") if was_there else N_("Written: {path}")
    console.tell(language.say(text, path=path))


def deliver_check(
    language: Language, delivery: Delivery, checked: Plan | Scale | None, findings: list[Finding], *, show_all: bool
) -> None:
    """What was found in a plan or a scale (None where it cannot be used). Raises `FaultsFound` where an error is among it."""
    from vinhchau_kpi.finding import Findings
    from vinhchau_kpi.views import findings as view
    from vinhchau_kpi.views import validation

    found = Findings(findings).in_order()
    result = Result(
        screen=lambda language: validation.plan_screen(checked, found, language, show_all=show_all),
        facts=lambda: view.facts(found, language),
        records=lambda: (view.FIELDS, view.facts(found, language)),
        findings=lambda: found,
    )
    deliver(language, delivery, result)
    if found.errors:
        raise FaultsFound
