"""Transcripts: a file of `$ kpi …` lines, each with what it prints. The file is the test, and the screen itself.

    $ kpi validate bad.csv --lang en
    what goes to standard output
    [stderr]
    what goes to standard error
    [exit 1]

`$ COLUMNS=80 kpi …` sets the environment. Lines before the first `$` are a comment. Commands run in this process, in a copy of the transcript's folder,
as a user's shell would: nothing of the machine's settings gets in.
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from vinhchau_kpi.cli import main
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.plan import Plan

WIDTH = "100"
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Run:
    """What one command did."""

    command: str
    stdout: str
    stderr: str
    code: int

    def __str__(self) -> str:
        parts = [f"$ {self.command}", self.stdout.rstrip("\n")]
        if self.stderr:
            parts += ["[stderr]", self.stderr.rstrip("\n")]
        if self.code:
            parts.append(f"[exit {self.code}]")
        lines = "\n".join(part for part in parts if part).splitlines()
        return "\n".join(line.rstrip() for line in lines) + "\n"


class _Stream(io.StringIO):
    """A standard stream that is no terminal."""

    encoding = "utf-8"


def _read_plan(source: InputFile) -> tuple[Plan | None, list[Finding]]:
    """The bundled plan is read once for all tests: it is immutable, and reading it is tested elsewhere."""
    return _bundled_plan() if source.path == bundled() else read_plan(source)


@functools.cache
def _bundled_plan() -> tuple[Plan | None, list[Finding]]:
    return read_plan(InputFile(bundled()))


def kpi(*arguments: str, width: str = WIDTH, env: dict[str, str] | None = None) -> Run:
    """Run `kpi` here and now, with a bare environment."""
    out, err = _Stream(), _Stream()
    settings = {"COLUMNS": width, "PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent", **(env or {})}
    with (
        mock.patch.dict(os.environ, settings, clear=True),
        mock.patch("vinhchau_kpi.desk.read_plan", _read_plan),
        # A kpi.toml in a folder around the tests is nobody's business.
        mock.patch("vinhchau_kpi.intake.office.folders", return_value=[Path()]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(arguments)
    return Run(shlex.join(("kpi", *arguments)), out.getvalue(), err.getvalue(), code)


def commands(text: str) -> Iterator[str]:
    """The commands of a transcript, as they are written."""
    return (line[2:] for line in text.splitlines() if line.startswith("$ "))


def comment(text: str) -> str:
    """What stands before the first command."""
    lines = text.splitlines(keepends=True)
    at = next((n for n, line in enumerate(lines) if line.startswith("$ ")), len(lines))
    return "".join(lines[:at])


def replay(text: str, *, width: str = WIDTH) -> str:
    """The transcript as the program would write it now, run in the current folder."""
    runs = []
    for command in commands(text):
        words = shlex.split(command)
        settings = dict(word.split("=", 1) for word in itertools.takewhile(lambda word: "=" in word, words))
        program, *arguments = words[len(settings) :]
        assert program == "kpi", command
        runs.append(str(replace(kpi(*arguments, width=width, env=settings), command=command)))
    return comment(text) + "\n".join(runs)
