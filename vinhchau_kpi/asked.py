"""What a person typed, as the plan knows it, or a refusal that says what can be typed."""

from __future__ import annotations

from datetime import date

from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import parse_day
from vinhchau_kpi.refusal import Refusal


def day(text: str | None) -> date | None:
    """The day that `text` names; None where none is asked for."""
    if text is None:
        return None
    found = parse_day(text)
    if found is None:
        raise Refusal(N_("“{value}” is not a day. Write it as 2019-07-05 or 05/07/2019."), value=text)
    return found
