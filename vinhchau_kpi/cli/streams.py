"""Standard input, output and error as the program needs them, whatever it was started with."""

from __future__ import annotations

import sys
from io import StringIO, TextIOBase, TextIOWrapper
from typing import Any

from vinhchau_kpi.messages import N_
from vinhchau_kpi.refusal import Refusal


class _Closed(TextIOBase):
    """In the place of a standard stream that was closed before the program began: to use it is refused in words."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def write(self, _: str) -> int:
        raise Refusal(self._sentence)

    @property
    def buffer(self) -> Any:
        raise Refusal(self._sentence)


def prepare() -> None:
    """Let the standard streams carry every letter, whatever the code page, and put something where one is closed.

    A line ends as its form ends it: Windows would put a second carriage return into a CSV that goes through a pipe.
    """
    if sys.stdin is None:
        sys.stdin = _Closed(N_("Standard input is closed, so there is nothing to read from -; name a file."))
    if sys.stdout is None:
        sys.stdout = _Closed(N_("Standard output is closed, so nothing can be printed; name a file with -o FILE."))
    if sys.stderr is None:
        sys.stderr = StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="")


def flush() -> None:
    """Print what is still held back: what cannot be printed is known here, while there are words for it."""
    sys.stdout.flush()


def discard() -> None:
    """Let go of what can no longer be printed."""
    from vinhchau_kpi.output import discard as let_go

    let_go(sys.stdout, sys.stderr)
