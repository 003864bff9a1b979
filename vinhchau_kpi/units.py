"""What the words of a unit count, and by which power of ten two units of one thing differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vinhchau_kpi.text import nfc, spelled

SCALES = {
    "chuc": 1, "nghin": 3, "ngan": 3, "van": 4, "trieu": 6, "tr": 6, "ti": 9, "ty": 9,
    "k": 3, "thousand": 3, "million": 6, "mil": 6, "mio": 6, "billion": 9, "bil": 9, "bn": 9,
}  # fmt: skip
"""The power of ten of each word, as `spelled` has it, that may stand before a unit."""
_LETTERS = {"m": 6, "b": 9}
"""What a letter alone says behind a number: 3.9M."""
KNOWN = {
    "dong": ("dong", 0), "d": ("dong", 0), "₫": ("dong", 0), "vnd": ("dong", 0), "viet nam dong": ("dong", 0), "dong viet nam": ("dong", 0),
    "usd": ("usd", 0), "g": ("g", 0), "gam": ("g", 0), "gram": ("g", 0), "kg": ("g", 3), "ki lo gam": ("g", 3), "kilogam": ("g", 3),
    "yen": ("g", 4), "ta": ("g", 5), "tan": ("g", 6), "ton": ("g", 6), "tons": ("g", 6), "tonne": ("g", 6), "tonnes": ("g", 6),
    "mm": ("m", -3), "cm": ("m", -2), "dm": ("m", -1), "m": ("m", 0), "met": ("m", 0), "km": ("m", 3), "kilomet": ("m", 3), "ki lo met": ("m", 3),
    "m2": ("m2", 0), "met vuong": ("m2", 0), "ha": ("m2", 4), "hecta": ("m2", 4), "hec ta": ("m2", 4), "km2": ("m2", 6),
    "lit": ("lit", 0), "m3": ("lit", 3), "met khoi": ("lit", 3), "wh": ("wh", 0), "kwh": ("wh", 3), "mwh": ("wh", 6), "gwh": ("wh", 9),
    "%": ("1", -2), "phan tram": ("1", -2), "ti le %": ("1", -2), "percent": ("1", -2), "‰": ("1", -3), "phan nghin": ("1", -3), "phan ngan": ("1", -3),
}  # fmt: skip
"""Units that have larger and smaller ones: of what, and which power of ten of it."""

_WORDS = "|".join(sorted(SCALES, key=len, reverse=True))
_SCALE = re.compile(
    rf"(?P<word>{_WORDS})(?= (?!le|suat|so|trong)|d$|dong|vnd|$) ?|10 ?\^ ?(?P<power>[0-9]{{1,2}}) ?|(?P<one>10*(?:[.,]000)*)(?=[^0-9.,^]|$) ?"
)
_DOT = re.compile(r"(?<=[a-z])\. ?(?=[a-z])")
_POWER = re.compile(r"\b10(?=[²³⁴⁵⁶⁷⁸⁹])")
_RAISED = str.maketrans("²³⁴⁵⁶⁷⁸⁹", "23456789")


class Unit(NamedTuple):
    """What a unit counts, and its powers of ten: those that its own words say (nghìn tấn: 3), and all (9 of a gram)."""

    of: str
    said: int
    power: int
    is_known: bool
    """Whether `of` has larger and smaller units."""


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """The unit that `text` writes. Case, marks, spaces, i and y, and the usual shortenings do not count."""
    key = spelled(_POWER.sub("10^", text)).translate(_RAISED).replace("-", " ").replace("_", " ").strip(" .:()[]")
    if "/" in key:
        over, _, under = key.partition("/")
        a, b = unit(over), unit(under)
        return Unit(f"{a.of}/{b.of}", a.said - b.said, a.power - b.power, a.is_known)
    rest, said = _DOT.sub(" ", key), 0
    while (match := _SCALE.match(rest)) and match[0]:
        said += _power(match)
        rest = rest[match.end() :]
    of, own = KNOWN.get(rest, (rest.replace(" ", ""), 0))
    return Unit(of, said, said + own, rest in KNOWN)


def _power(match: re.Match[str]) -> int:
    if match["word"]:
        return SCALES[match["word"]]
    return int(match["power"]) if match["power"] else match["one"].count("0")


def says(words: str) -> bool:
    """Whether these words, beside a number, say anything that is known of units."""
    return unit(words).is_known or bool(scale(words))


def scale(words: str) -> int:
    """The power of ten that they say, 0 for none."""
    return unit(words).said or _LETTERS.get(words.strip().casefold(), 0)


def difference(text: str, names: Iterable[str]) -> int | None:
    """How many powers of ten the unit `text` is above the one of these names: 3 for “tỷ đồng” above “triệu đồng”, 0 where
    they are one; None where they count different things."""
    own = unit(text)
    known = [unit(name) for name in names]
    found = [own.power - one.power for one in known if one.of == own.of]
    return min(found, key=abs, default=None)


_A_SCALE = re.compile(
    r"\b(?:nghìn|ngàn|triệu|t[ỷỉ](?! (?:lệ|suất|số|trọng))|thousand|million|billion)\b", re.IGNORECASE
)
"""A power of ten among words that are not understood."""


def difference_of_words(words: str, names: Iterable[str]) -> int | None:
    """`difference` for the words of a number format, which may be a scale alone (“tỷ”, “k”, “M”). 0 also where they say
    nothing that is known of units."""
    own, known = unit(words), [unit(name) for name in names]
    letter = _LETTERS.get(words.strip().casefold())
    if letter is not None and all(one.of != own.of for one in known):
        own = Unit("", letter, letter, is_known=False)
    if not own.of:
        if not own.said:
            return 0
        return min((own.said - one.said for one in known), key=abs, default=0)
    found = difference(words, names)
    return 0 if found is None and not (own.is_known or own.said or _A_SCALE.search(nfc(words))) else found
