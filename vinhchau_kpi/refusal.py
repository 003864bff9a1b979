"""Why a command stops: it cannot go on, or the files have faults."""

from __future__ import annotations

from typing import Any

from vinhchau_kpi.messages import Message


class Refusal(Exception):
    """A command cannot go on: wrong usage, something missing. Said in the user's words; exit code 2."""

    def __init__(self, sentence: str, **args: Any) -> None:
        super().__init__(sentence)
        self.message = Message(sentence, args)


class FaultsFound(Exception):
    """A command stops because of faults in the files, which have been shown; exit code 1."""
