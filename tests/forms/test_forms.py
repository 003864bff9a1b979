"""The list of forms: each has a writer of its own, and is found by its name or by the ending of a file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from transcript import kpi

from vinhchau_kpi import forms
from vinhchau_kpi.forms import FORMS, Form, Result


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_has_a_writer(form: Form) -> None:
    """The function that a form names is there, and the shape that it is made from is one of a result's."""
    module, function = form.writer.split(".")
    assert callable(getattr(import_module(f"vinhchau_kpi.forms.{module}"), function))
    assert form.made_from in Result.__dataclass_fields__


def test_found_by_name_or_ending() -> None:
    """A name comes before the ending of a file; forms of one ending have one name; an unknown ending names none."""
    for form in FORMS:
        for ending in form.endings:
            found = forms.named(None, Path(f"a{ending.upper()}"))
            assert found is not None
            assert found.name == form.name
    assert forms.named("csv", Path("a.html")) == forms.named("csv", None)
    assert forms.named(None, Path("a.exe")) is forms.named(None, None) is None


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("report", ("dossier",)),
        ("validate", ("findings",)),
        ("show", ()),
        ("score", ("scores",)),
        ("plan check", ("findings",)),
    ],
)
def test_the_command_line_offers_what_there_is(command: str, more: tuple[str, ...]) -> None:
    """--format takes every form that the command's results come in, and the help of -o names all their endings."""
    names = forms.names(*more)
    text = " ".join(kpi(*command.split(), "--help", "--lang", "en").stdout.split())
    assert f"--format <{'|'.join(names)}>" in text
    assert f"({', '.join(forms.endings(names))})" in text


def test_a_new_form_is_a_line_of_the_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is added to the list is found by its ending, with nothing else to change."""
    monkeypatch.setattr(forms, "FORMS", (*FORMS, Form("yaml", (".yaml",), "machine.write_json", "facts")))
    run = kpi("rule", "bad-number", "-o", str(tmp_path / "a.yaml"))
    assert run.code == 0
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8").startswith("[")
