"""No text of a file can make a pattern search for ever."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import vinhchau_kpi

RUNS = ("0", "a", " ", ".", ",", "-", "/", "(", "'", '"', "%", "é", "0 ", "0.", "0,", "1/", "a ", "a.", "ngay 1 ", "thang 1 ", "so 1")  # fmt: skip
RUNS += ("quy ", "ii", "x:", "\u00a0", "{", "[", "<", ";", "\t", "_", "&#4")
LONG = 60_000
"""Characters. A pattern that goes back from each of them needs ten seconds and more; a sound one some milliseconds."""
WHOLE = {"excel._DECIMALS", "excel._EXPONENT", "intake.read.day_above._LINE", "places._SUFFIX"}
"""Asked of a whole text only, never looked for inside one."""


def _inside(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _inside(one)


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    seen = set()
    for found in pkgutil.walk_packages(vinhchau_kpi.__path__, "vinhchau_kpi."):
        if not found.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(found.name)).items():
                for pattern in _inside(value):
                    if (pattern.pattern, pattern.flags) not in seen:
                        seen.add((pattern.pattern, pattern.flags))
                        yield f"{found.name.removeprefix('vinhchau_kpi.')}.{name}", pattern


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(n, p, id=f"{n}-{k}") for k, (n, p) in enumerate(_patterns())])  # fmt: skip
def test_a_pattern_takes_a_long_run_of_anything_in_its_stride(name: str, pattern: re.Pattern[Any]) -> None:
    """Every pattern of the package goes through sixty thousand equal characters in well under a second each."""
    for run in RUNS:
        text: Any = run * (LONG // len(run)) + "!"
        text = text.encode() if isinstance(pattern.pattern, bytes) else text
        begin = time.perf_counter()
        pattern.fullmatch(text)
        if name not in WHOLE:
            pattern.search(text)
        assert time.perf_counter() - begin < 1, run
