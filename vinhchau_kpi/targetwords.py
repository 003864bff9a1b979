"""The words of a target → what they state, what is to be decided, or that there is no number in them. Pure.

Only a phrase that is understood to its last word states a target: an unknown word, a second number or a range is for a
person to decide. Never a guess in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from vinhchau_kpi import number
from vinhchau_kpi.messages import N_
from vinhchau_kpi.number import Convention
from vinhchau_kpi.text import fold, nfc


class Outcome(Enum):
    """How far the words of a target go."""

    STATED = "stated"
    """They say the sense and the number."""
    READING = "reading"
    """A plain number, taken as at least that much: usual, but nobody has said so."""
    TO_DECIDE = "to-decide"
    """They have numbers that a person has to make a target of."""
    REFUSED = "refused"
    """They have no number."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the words of a target come to. `sense` and `number` where it is stated or a reading; else `reason`, and
    `number` where only the sense is open."""

    outcome: Outcome
    sense: str | None = None
    number: Decimal | None = None
    reason: str | None = None


PLAIN = N_("a plain number is taken as at least that much")
NO_NUMBER = N_("there is no number in it")
SEVERAL = N_("it has several numbers: is it one target or several?")
RANGE = N_("it is a range: the bound that must be met, and whether more or less is better, are not said")
ABOUT = N_("“about” does not say from where on it is met")
INCREMENT = N_("it is an increase, and the name does not say of what: is the increase reported, or the new level?")
DECREASE = N_("it is a decrease: is the decrease reported, or the level that is left?")
ASSIGNED = N_("it is a percent of an amount that is assigned elsewhere and does not stand here")
STRUCTURE = N_("it is a share of a structure: more is not plainly better, nor is less")
SENSE = N_("the sense is not said, and less may be what is wanted: at least, or at most?")
AGAINST = N_("it asks for much of what should be little: is it a decrease?")
UNCLEAR = N_("its words or unit are not understood to the last: which bound is meant, and in which unit?")
UNREAD = N_("its number cannot be read in one way")

_BOUNDS = {
    "above": "tren, hon, vuot, lon hon, cao hon, nhieu hon, dat tren, dat hon, >",
    "below": "duoi, thap hon, nho hon, it hon, con duoi, giam con duoi, giam xuong duoi, giam xuong con duoi, <",
    "at_least": "it nhat, toi thieu, dat, dat it nhat, dat toi thieu, khong duoi, khong thap hon, khong it hon, ≥, >=",
    "at_most": "khong qua, toi da, con, con khong qua, giam con, giam xuong, giam xuong con, khong vuot, khong vuot qua, "
    "khong tren, khong hon, khong cao hon, ≤, <=",
}
_SENSE_OF = {words: sense for sense, many in _BOUNDS.items() for words in many.split(", ")}
_NUMBER = re.compile(r"[0-9](?:[0-9.,\u00a0\u202f]*[0-9])?")
_YEAR = re.compile(r"\b(?:den |trong |cuoi )?nam (?:19|20)[0-9]{2}\b")
_RANGE = re.compile(r" ?%? ?(?:-|den) ?")
_ABOUT = re.compile(r"\b(?:khoang|gan|xap xi)\b|~")
_INCREASE = re.compile(r"(?:co |tang )?them\b|tang\b|co$")
_SCALE = re.compile(r"(?:ty|ti|trieu|nghin|ngan)\b")
_ASSIGNED = re.compile(r"\b(?:chi tieu|ke hoach|kh|du toan|duoc giao|tinh giao|tren giao|trung uong giao|giao)\b")
_STRUCTURE = re.compile(r"\b(?:co cau|ty trong|ti trong)\b")
_LESS_IS_BETTER = re.compile(
    r"\b(?:ngheo|suy dinh duong|thap coi|that nghiep|thieu viec lam|toi pham|pham toi|tai nan|con thu (?:3|ba)|(?:tang|giam) sinh|muc sinh"
    r"|tang (?:dan so|tu nhien)|dan so trung binh|tu vong|so nguoi chet|bo hoc|luu ban|mu chu|no xau|no dong|no dong bao hiem|that thoat"
    r"|o nhiem|phat thai|gia tieu dung|cpi|lam phat|tao hon|ma tuy|vi pham|qua han|tre han|khong hoan thanh|chua dat|lao dong nong nghiep"
    r"|mat can bang gioi tinh|ty so gioi tinh|boi chi|chay|bao luc|poverty|unemployment|malnutrition|mortality|accidents?|inflation)\b"
)
_GROWTH = re.compile(r"\btang\b|\bgrowth\b")


def read_target(words: str, name: str, unit: str, convention: Convention) -> Read:
    """What `words` come to as the target of the indicator `name`, counted in `unit` (blank where its table says none).

    A unit may stand behind the number; another than the indicator's is not understood.
    """
    text, own, key = _plain(words), _plain(unit), fold(name)
    text = _YEAR.sub(" ", text).strip()
    is_up, is_down = "tro len" in text, "tro xuong" in text
    text = re.sub(r" ?\b(?:tro len|tro xuong)$", "", text)
    if own and text.endswith(own) and _NUMBER.search(text.removesuffix(own)):
        text = text.removesuffix(own).rstrip()
    found = list(_NUMBER.finditer(text))
    if not found:
        return Read(Outcome.REFUSED, reason=NO_NUMBER)
    if _ABOUT.search(text):
        return _open(ABOUT)
    if len(found) > 1:
        between = text[found[0].end() : found[1].start()]
        return _open(RANGE if len(found) == 2 and _RANGE.fullmatch(between) else SEVERAL)
    value = number.read(found[0].group(), convention)
    if isinstance(value, number.Fault):
        return _open(UNREAD)
    before, after = text[: found[0].start()].strip(), text[found[0].end() :].strip(" .;")
    before = re.sub(r"^phan dau\b ?", "", before)
    if _ASSIGNED.search(f"{before} {after}") or (own.startswith("%") and _ASSIGNED.search(own)):
        return _open(ASSIGNED)
    change = _change(before, name)
    if change is not None:
        return _open(change)
    sense = _sense(before.removeprefix("tang").strip(), is_up, is_down)
    if sense is None or not _is_unit(after, own, key):
        return _open(UNCLEAR)
    doubt = _doubt(sense, key, is_said=sense != "" and (before != "dat" or is_up))
    if doubt is not None:
        return Read(Outcome.TO_DECIDE, number=value, reason=doubt)
    return Read(Outcome.STATED, sense, value) if sense else Read(Outcome.READING, "at_least", value, PLAIN)


def numbers_in(words: str) -> list[str]:
    """The numbers in the words of a target, as they are written; years are none."""
    return _NUMBER.findall(_YEAR.sub(" ", _plain(words)))


def is_structure(name: str) -> bool:
    """Whether a name is that of the parts of a structure, or of one of them."""
    return _STRUCTURE.search(fold(name)) is not None


def _change(before: str, name: str) -> str | None:
    """Why a number is, or may be, that of an increase or a decrease, by the words before it and the indicator's name."""
    if _INCREASE.match(before) and ("them" in before or not _GROWTH.search(fold(name))):
        return INCREMENT
    is_level = before in _SENSE_OF and before.startswith(("con", "giam"))
    if not is_level and (before.startswith("giam") or "giảm" in nfc(name).casefold()):
        return DECREASE
    return None


def _doubt(sense: str, name: str, *, is_said: bool) -> str | None:
    """Why the name of an indicator forbids to take its number in this sense. `is_said`: by more than “đạt”."""
    if sense in ("", "at_least") and is_structure(name):
        return STRUCTURE
    if sense in ("", "at_least", "above") and _LESS_IS_BETTER.search(name):
        return AGAINST if is_said else SENSE
    return None


def _open(reason: str) -> Read:
    return Read(Outcome.TO_DECIDE, reason=reason)


def _plain(text: str) -> str:
    """Folded, with one kind of dash; what may stand in a number keeps its place."""
    return re.sub("[–—−]", "-", fold(text))


def _is_unit(after: str, own: str, name: str) -> bool:
    """Whether what stands behind the number is the indicator's unit, its beginning, or the unit with words of the name."""
    if not after or after == own or (after == "%" and own.startswith("%")):
        return True
    if own.startswith(f"{after} "):
        return _SCALE.match(own.removeprefix(f"{after} ")) is None
    rest = after.removeprefix(own).strip() if own and after.startswith(f"{own} ") else None
    return rest is not None and f" {rest} " in f" {name} "


def _sense(before: str, is_up: bool, is_down: bool) -> str | None:
    """The sense by the words before the number and “trở lên” or “trở xuống” behind it; blank for none of them, None where
    they are not understood."""
    if is_up or is_down:
        bare = re.sub(r"(?:^| )(?:tu|dat)\b", "", before).strip()
        return ("at_least" if is_up else "at_most") if not bare and is_up != is_down else None
    return _SENSE_OF.get(before) if before else ""
