"""Areas and agencies of a plan, found by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vinhchau_kpi.plan import Party, Plan
from vinhchau_kpi.text import fold

WHOLE_TOWN = {"toan thi xa", "thi xa", "toan thi xa vinh chau", "whole town"}
AREA_PREFIXES = ("xa ", "phuong ", "thi tran ", "p. ", "x. ")
AGENCY_PREFIXES = ("phong ", "chi cuc ", "trung tam ")


def agency_named(plan: Plan, text: str) -> str | None:
    """The id of the agency that `text` names; `text` itself where the plan lists no agencies."""
    return Parties(plan.agencies, AGENCY_PREFIXES).named(text, may_change=False) if plan.agencies else text


class Parties:
    """The areas or agencies of a plan, to be found by what people call them, with or without their “xã”, “phòng” and the
    like."""

    def __init__(self, parties: Mapping[str, Party], prefixes: Iterable[str]) -> None:
        self.prefixes = tuple(prefixes)
        self.by_key: dict[str, set[str]] = {}
        self.by_bare: dict[str, set[str]] = {}
        for i, party in parties.items():
            own = fold(party.name.vi)
            for key in (fold(i), own, fold(party.name.en)):
                self.by_key.setdefault(key, set()).add(i)
            self.by_bare.setdefault(_without_prefix(own, self.prefixes), set()).add(i)

    def named(self, text: str, *, may_change: bool) -> str | None:
        """The id of the one party that `text` names. `may_change`: another prefix names the same party: “p. 1” is phường
        1, but Phòng Y tế is no Trung tâm Y tế."""
        key = fold(text)
        bare = _without_prefix(key, self.prefixes)
        found = self.by_key.get(key, ())
        if not found and (may_change or bare == key):
            found = self.by_bare.get(bare, ())
        return next(iter(found)) if len(found) == 1 else None


def _without_prefix(key: str, prefixes: Iterable[str]) -> str:
    for prefix in prefixes:
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key
