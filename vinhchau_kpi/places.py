"""What places are called: the kinds of unit, the words for a place as a whole, and when two names are of one place.

Every function takes text as it was written, and compares it folded: case, diacritics, where the tone mark stands (òa, oà)
and spaces do not count.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vinhchau_kpi.text import fold, marked, spelled

KINDS = {
    "đặc khu": "special zone", "địa bàn": "area", "huyện": "district", "phường": "ward", "quận": "urban district",
    "thành phố": "city", "thị trấn": "township", "thị xã": "town", "tỉnh": "province", "xã": "commune",
}  # fmt: skip
"""The kinds of unit, and their English."""
_SHORT = {"p.": "phuong", "x.": "xa", "tt.": "thi tran", "tt": "thi tran", "tx.": "thi xa", "tx": "thi xa", "tp.": "thanh pho",
          "tp": "thanh pho", "h.": "huyen", "q.": "quan"}  # fmt: skip
_SMALLER = ("ap", "khom", "thon", "khu pho", "to dan pho")
_ENGLISH = {english: fold(vi) for vi, english in KINDS.items() if vi != "địa bàn"}


def _one_of(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_FULL = [fold(kind) for kind in KINDS]
_KIND = _one_of(_FULL)
_ANY_KIND = _one_of([*_FULL, *_SHORT, "nuoc", "quoc", "khu vuc", "vung", "dia phuong"])
_TOTAL = "tong cong|tong so|tong chung|cong chung|tong|cong|chung|grand total|total|sum"
_WHOLE = re.compile(
    rf"(?:(?:{_TOTAL})[ :,–-]*)?(?:toan bo|toan|tat ca|ca) (?:cac )?(?:dia ban )?(?:{_ANY_KIND})(?: (?P<name>.+))?"
    rf"|(?:(?:{_TOTAL})[ :,–-]*)?(?:for |of )?(?:the )?(?:whole|entire|all)(?: of)?(?: the)?"
    rf" (?:{_one_of([*_ENGLISH, 'area', 'country', 'municipality', 'place'])})s?(?: of)?(?: (?P<english>.+))?"
    rf"|{_TOTAL}|toan bo|tat ca|all|(?:tong cong|tong so|total)[ :,–-]+(?P<total>.+)|(?:tong|cong) (?P<of_kind>(?:{_ANY_KIND})\b.*)"
)
_COUNT = re.compile(rf" ?\((?:gom )?[0-9]+ (?:{_ANY_KIND})\b[^()]*\)\W*$")
"""How many places a total is of: “Tổng cộng (3 xã, phường)”."""
_OWN_KIND = re.compile(rf"\b({_KIND})\b(?: ([^,;()]+))?")
_PREFIX = re.compile(rf"({_one_of([*(k for k in _FULL if k != 'dia ban'), *_SMALLER])}) (.+)|({_one_of(_SHORT)}) ?(.+)")
_SUFFIX = re.compile(rf"(.+) ({_one_of(_ENGLISH)})|({_one_of(_ENGLISH)}) ([0-9]+)")


def whole_in(text: str) -> str | None:
    """What a text that speaks of a place as a whole, or of a total, says besides, folded; "" where it says no more, None where
    it says no such thing: “Toàn xã” and “Tổng cộng” give "", “toàn thị xã Vĩnh Châu” gives “vinh chau”."""
    found = _WHOLE.fullmatch(_COUNT.sub("", fold(text)).strip(" :.*"))
    return next(filter(None, found.groups()), "") if found else None


def is_whole(text: str) -> bool:
    """Whether a text means the whole or a total, without a name."""
    return whole_in(text) == ""


def kind_of(issuer: str) -> tuple[str, str] | None:
    """The kind and the name, both folded, of the place whose authority `issuer` is; None where it names none."""
    found = _OWN_KIND.search(fold(issuer))
    return (found[1], (found[2] or "").strip()) if found else None


def called_whole(issuer: str) -> tuple[str, str]:
    """What the place of an issuer is called as a whole, in Vietnamese and in English."""
    own = kind_of(issuer)
    kind = next((vi for vi in KINDS if own and fold(vi) == own[0]), "địa bàn")
    return f"toàn {kind}", f"whole {KINDS[kind]}"


def is_kind(text: str) -> bool:
    """Whether a text is a kind of unit, or a level (“cấp huyện”), and nothing else."""
    return fold(text).removeprefix("cap ") in (*_FULL, *_SHORT)


class Reading(NamedTuple):
    """A name, folded, with what else is known of it: the kind of unit, and the name with its marks; None where it is not
    written, which agrees with any."""

    name: str
    kind: str | None
    marks: str | None

    def agrees(self, other: Reading) -> bool:
        return (
            self.name == other.name
            and (self.kind is None or other.kind is None or self.kind == other.kind)
            and (self.marks is None or other.marks is None or self.marks == other.marks)
        )

    def joined(self, other: Reading) -> Reading:
        return Reading(self.name, self.kind or other.kind, self.marks or other.marks)


def split(text: str) -> tuple[str | None, str]:
    """The kind and the rest of the folded name of a place; no kind where none is written."""
    key = fold(text)
    if found := _PREFIX.fullmatch(key):
        return (found[1], found[2]) if found[1] else (_SHORT[found[3]], found[4])
    if found := _SUFFIX.fullmatch(key):
        return (_ENGLISH[found[2]], found[1]) if found[2] else (_ENGLISH[found[3]], found[4])
    return None, key


def readings(text: str) -> list[Reading]:
    """The ways in which a name can be read: “Tinh Nhuệ” is a name, or that of the tỉnh Nhuệ."""
    kind, bare = split(text)
    marks = None if text.isascii() else marked(text)
    found = [Reading(spelled(text), None, marks)]
    if kind is not None:
        words = len(bare.split())
        own = None if marks is None else " ".join(marks.split()[-words:])
        if _SUFFIX.fullmatch(fold(text)) and not _PREFIX.fullmatch(fold(text)):
            own = None if marks is None else " ".join(marks.split()[:words])
        found.append(Reading(spelled(bare), kind, own))
    return found


class NamedPlaces:
    """Places that nobody has listed, each called as it was written first.

    Two names are of one place unless both say a kind and it differs (phường 1, xã 1), or both have marks and these
    differ (Tân Thành, Tân Thạnh): such places are kept apart, and `likes` says of the later one which it is like.
    """

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self._places: dict[str, list[Reading]] = {}
        self._by_name: dict[str, list[str]] = {}
        self.known: dict[str, str] = {}
        """Each text that has been judged, and the place it means."""
        self.likes: dict[str, str] = {}
        for name in names:
            self.named(name)

    def named(self, text: str) -> tuple[str, ...]:
        """The place that a text names, a new one where it is not known; several where it may be any of them."""
        if text in self.known:
            return (self.known[text],)
        own = readings(text)
        near = dict.fromkeys(place for one in own for place in self._by_name.get(one.name, ()))
        found = [place for place in near if any(a.agrees(b) for a in self._places[place] for b in own)]
        if len(found) > 1:
            same = [place for place in found if any(a in own for a in self._places[place])]
            if len(same) != 1:
                return tuple(found)
            found = same
        if not found:
            found = [text]
            if near:
                self.likes[text] = next(iter(near))
        self._learn(found[0], own)
        self.known[text] = found[0]
        return (found[0],)

    def copy(self) -> NamedPlaces:
        other = NamedPlaces()
        other._places = {place: list(held) for place, held in self._places.items()}
        other._by_name = {name: list(places) for name, places in self._by_name.items()}
        other.known, other.likes = dict(self.known), dict(self.likes)
        return other

    def _learn(self, place: str, own: list[Reading]) -> None:
        held = self._places.setdefault(place, [])
        for one in own:
            at = next((n for n, other in enumerate(held) if other.agrees(one)), None)
            if at is None:
                held.append(one)
                self._by_name.setdefault(one.name, []).append(place)
            else:
                held[at] = held[at].joined(one)
