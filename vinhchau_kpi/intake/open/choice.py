"""What was decided about a file while it was read, and what in the file says so."""

from __future__ import annotations

from typing import NamedTuple

from vinhchau_kpi.finding import Place
from vinhchau_kpi.messages import Message


class Choice(NamedTuple):
    """One thing that was taken of a file: what it is, and the cells or bytes that say so (places may be none)."""

    what: str
    because: Message
    places: tuple[Place, ...] = ()
