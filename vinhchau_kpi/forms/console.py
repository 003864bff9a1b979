"""The one door to standard output and standard error for text."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from vinhchau_kpi.text import visible


def tell(text: str) -> None:
    """Say something on standard error; nothing in it acts on the terminal."""
    sys.stderr.write("".join(f"{visible(line)}\n" for line in text.split("\n")))


def put(pieces: Iterable[str]) -> None:
    """A result on standard output. Its form has seen to it that nothing in it acts on the terminal."""
    sys.stdout.writelines(pieces)
