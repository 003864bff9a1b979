"""Areas and agencies of a plan, found by what people call them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from vinhchau_kpi import rules
from vinhchau_kpi.area import Party
from vinhchau_kpi.intake.read.cells import RowFault
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.period import Period
from vinhchau_kpi.places import NamedPlaces, is_kind, kind_of, split, whole_in
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import fold, marked

AGENCY_PREFIXES = ("phong ", "chi cuc ", "trung tam ")


def agency_named(plan: Plan, text: str) -> str | None:
    """The id of the agency that `text` names; `text` itself where the plan lists no agencies."""
    return agencies(plan).named(text, may_change=False) if plan.agencies else text


def agency_in(plan: Plan, text: str) -> str | None:
    """The id of the agency whose name a longer text has, such as a file's name or a title, or whose id ends it but for the
    number of a copy; of several the one that is called so at the greatest length."""
    words = _words(text)
    found = [(len(_words(name)), i) for i, one in plan.agencies.items() for name in (one.name.vi, one.name.en)
             if _words(name) in words]  # fmt: skip
    found += [(len(_words(i)), i) for i in plan.agencies if f"{words.rstrip('0123456789 ')} ".endswith(_words(i))]
    return max(found)[1] if found else None


def _words(text: str) -> str:
    """Folded words with a space around each."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


_WORD = re.compile(r"[^\W_]+")


def agencies(plan: Plan) -> Parties:
    return Parties(plan.agencies, _without_office)


def listed_areas(plan: Plan) -> Parties:
    return Parties(plan.areas, lambda key: split(key)[1])


class Parties:
    """The areas or agencies of a plan, to be found by what people call them, with or without their “xã”, “phòng” and the
    like, which `bare` takes off a folded name."""

    def __init__(self, parties: Mapping[str, Party], bare: Callable[[str], str]) -> None:
        self.parties, self.bare = parties, bare
        self.by_key: dict[str, set[str]] = {}
        self.by_bare: dict[str, set[str]] = {}
        for i, party in parties.items():
            own = fold(party.name.vi)
            for key in (fold(i), own, fold(party.name.en)):
                self.by_key.setdefault(key, set()).add(i)
            self.by_bare.setdefault(bare(own), set()).add(i)

    def named(self, text: str, *, may_change: bool) -> str | None:
        """The id of the one party that `text` names. `may_change`: another prefix names the same party: “p. 1” is phường
        1, but Phòng Y tế is no Trung tâm Y tế."""
        key = fold(text)
        bare = self.bare(key)
        found = self.by_key.get(key, ())
        if not found and (may_change or bare == key):
            found = self.by_bare.get(bare, ())
        if len(found) > 1:
            own = marked(text)
            found = {i for i in found if own in (marked(self.parties[i].name.vi), marked(self.parties[i].name.en))}
        # Of areas that have one name after the other, `Areas.living` tells which is meant.
        is_one = len({self.parties[i].name.vi.casefold() for i in found}) == 1
        return next(i for i in self.parties if i in found) if is_one else None


def _is_commune(text: str) -> bool:
    """Whether a text is a commune or the like with a name of its own."""
    kind, name = split(fold(text))
    is_name = all(word[:1].isupper() or word.isdigit() for word in text.split()[-len(name.split()) :])
    return kind in ("xa", "phuong", "thi tran", "dac khu") and name != "hoi" and is_name


def _without_office(key: str) -> str:
    return next((key.removeprefix(one) for one in AGENCY_PREFIXES if key.startswith(one)), key)


class Areas:
    """What the files of a command call the areas of a plan, and the whole; of a plan that lists no areas, they are called as
    they were first written, in whichever file."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._listed = listed_areas(plan)
        given = (one for entry in plan.entries.values() for one in entry.indicator.set_by)
        self._named = NamedPlaces(
            () if plan.areas else tuple(dict.fromkeys(a for one in given for a in one.allocations))
        )
        own = kind_of(plan.issuer.vi) if plan.issuer else None
        self._own_kind, self._own_name = own or ("", "")
        self._own = {self._own_kind, self._own_name, f"{self._own_kind} {self._own_name}"}
        if plan.place is not None:
            self._own.add(fold(plan.place.vi))
        self._whole = {fold(one) for one in (plan.whole.vi, plan.whole.en)} if plan.whole else set()

    def named(self, text: str) -> str | None:
        """The area that a cell names; None for the whole, which a blank cell means too. Raises `RowFault` where that is not
        clear."""
        key = fold(text)
        if self._is_whole(key):
            return None
        beyond = whole_in(key)
        if self.plan.areas:
            return self._one_listed(beyond or text, text)
        if beyond or is_kind(key) or key in self._own:
            self._unclear(text, Message(N_("it may be the whole or one area")))
        found = self._named.named(text)
        if len(found) > 1:
            self._unclear(text, Message(N_("it may be any of {areas}"), {"areas": found}))
        return found[0]

    def living(self, area: str | None, period: Period | None) -> str | None:
        """The area that `area` names in a period. Raises `RowFault` where it does not live at the end of it."""
        lives = self.plan.lives
        if area is None or period is None or area not in lives.limited:
            return area
        now = lives.of_one_name(area, period)
        if now is not None:
            return now
        if lives.has_ended(area, period):
            month, others = lives.end(area), tuple(one for one in (lives.into(area, period),) if one != area)
            sentence = (
                N_("{area} ended with {month}, and went into {others}") if others else N_("{area} ended with {month}")
            )
        else:
            month, others = self.plan.areas[area].start, lives.made_of.get(area, ())
            sentence = (
                N_("{area} begins with {month}, made of {others}") if others else N_("{area} begins with {month}")
            )
        names = tuple(self.plan.areas[one].name for one in others)
        reason = Message(sentence, {"area": self.plan.areas[area].name, "month": month, "others": names})
        raise RowFault(rules.AREA_OUTSIDE_ITS_TIME, "area", period=period, reason=reason)

    def is_own(self, text: str) -> bool:
        """Whether a cell names an area, be it one that is not known, and not the whole."""
        return not self._is_whole(fold(text))

    def heading(self, text: str) -> str | None:
        """The area that the only text of a row names, "" for the whole; None where it is no such heading. Of areas that nobody
        lists only a commune or the like with a name of its own: “Xã Hòa Đông”, not “Xã hội”."""
        key = fold(text)
        if self._is_whole(key):
            return ""
        if self.plan.areas:
            return text if self._listed.named(text, may_change=True) is not None else None
        return text if text in self._named.known or _is_commune(text) else None

    def is_named_in(self, text: str) -> bool:
        """Whether a heading names an area, be it one that the plan does not list: “Xã Hòa Đông”."""
        return bool(self.heading(text)) or (_is_commune(text) and not self._is_whole(fold(text)))

    def known(self, text: str) -> bool:
        """Whether it is known already what a cell means, and nothing is left to be said of it."""
        return bool(self.plan.areas) or text in self._named.known or self._is_whole(fold(text))

    def mark(self) -> NamedPlaces:
        """What is known so far, to `go_back` to where a file is read again in another way."""
        return self._named.copy()

    def go_back(self, mark: NamedPlaces) -> None:
        self._named = mark

    def newly_like(self, area: str) -> str | None:
        """The area that one met for the first time is all but called, said once."""
        return self._named.likes.pop(area, None)

    def _is_whole(self, key: str) -> bool:
        """Blank, “toàn thị xã”, “tổng cộng”; “thị xã”, “thị xã Vĩnh Châu” in its own plan. Where nobody says whose plan it is,
        a kind alone is its whole."""
        if not key or key in self._whole:
            return True
        if key in self._listed.by_key:
            return False
        if is_kind(key):
            return not self._own_kind or split(f"{key} x")[0] == self._own_kind
        beyond = whole_in(key)
        return beyond == "" or beyond in self._own or key == f"{self._own_kind} {self._own_name}"

    def _one_listed(self, text: str, cell: str) -> str:
        area = self._listed.named(text, may_change=True)
        if area is None:
            names = [party.name.vi for party in self.plan.areas.values()]
            raise RowFault(rules.UNKNOWN_AREA, "area", value=cell, suggestion=did_you_mean(text, names))
        return area

    @staticmethod
    def _unclear(text: str, reason: Message) -> None:
        raise RowFault(rules.AREA_UNCLEAR, "area", value=text, reason=reason)
