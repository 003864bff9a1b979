"""SECURITY.md: each promise has its test, each limit is the program's."""

from __future__ import annotations

import importlib
import re

import pytest
from transcript import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TESTS = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
LIMITS = re.findall(r"\| ([0-9]+) \| `([\w.]+)\.(\w+)` \|", TEXT)


def test_every_promise_has_a_test_that_is_there() -> None:
    """A row of the table of promises names tests, and each of them exists."""
    promises = TEXT.partition("## What holds")[2].partition("## Limits")[0]
    assert all("`tests/" in line for line in promises.splitlines()[4:] if line.startswith("|"))
    for file, name in TESTS:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), (file, name)


@pytest.mark.parametrize(("number", "module", "name"), LIMITS)
def test_every_limit_is_the_one_of_the_program(number: str, module: str, name: str) -> None:
    """The number that the page gives is the one that the program holds to."""
    assert getattr(importlib.import_module(module), name) == int(number)
