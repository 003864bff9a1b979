"""Text from other people's files: making it comparable, showable, and findable by its nearest neighbour.

`nfc` is what is stored, `fold` is what is compared, `visible` is what is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CLIP = 60
"""Longest stretch of a file's text that a message repeats, in characters."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula, unless an apostrophe stands before it."""

_HORN_LOOKALIKES = str.maketrans({"ƣ": "ư", "Ƣ": "Ư"})


class _Bases(dict[int, str]):
    """For `str.translate`: each character without its marks, found once."""

    def __missing__(self, code: int) -> str:
        marked = unicodedata.normalize("NFD", chr(code).translate(_HORN_LOOKALIKES))
        self[code] = "".join(c for c in marked if not unicodedata.combining(c))
        return self[code]


_BASES = _Bases({ord(stroked): "d" for stroked in "đĐÐð"})
_SPACES = re.compile(r"\s+")


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
"""Characters that take no room and mean nothing in a cell: zero-width spaces and joiners, soft hyphens, and the marks
of writing direction that come along when a number is copied from a window. Marks that turn the direction of what
follows are kept: they can make a number look like another, so they must be seen."""


def nfc(text: str) -> str:
    """`text` with composed letters, nothing invisible, and no space around it: how a cell is kept."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()


def unquoted(text: str) -> str:
    """`text` without a pair of curly or guillemet quotation marks around it, which Word puts for straight ones."""
    if text[:1] > "\x7f" and len(text) >= 2 and (text[0], text[-1]) in _PAIRS:
        return text[1:-1].strip()
    return text


_PAIRS = {("“", "”"), ("”", "”"), ("„", "“"), ("‘", "’"), ("«", "»")}


def fold(text: str) -> str:
    """A key that is equal for texts a Vietnamese reader takes for the same name.

    Case, tone and vowel marks, the letter ƣ that PDF copies carry for ư, and runs of white space do not
    count. Never shown to anyone.
    """
    return _folded(text) if len(text) <= REMEMBERED else _fold(text)


REMEMBERED = 200
"""Longest text, in characters, whose key is kept: headings, codes and names come back row after row."""


def _fold(text: str) -> str:
    plain = text if text.isascii() else text.translate(_BASES)
    return _SPACES.sub(" ", plain).strip().casefold()


_folded = lru_cache(maxsize=4096)(_fold)


def spelled(text: str) -> str:
    """`fold`, with i for y where a syllable has no other vowel: tỷ and tỉ, kỹ and kĩ, quý and quí are one."""
    return _I_OR_Y.sub(r"\1i", fold(text))


_I_OR_Y = re.compile(r"\b(qu|[b-df-hj-np-tvx]*)y\b")


def marked(text: str) -> str:
    """`text` folded but for its marks, with the tone of a word behind it: Hòa and Hoà are one, Thành and Thạnh are two."""
    words = unicodedata.normalize("NFD", nfc(text).translate(_HORN_LOOKALIKES).casefold()).split()
    bare = (_TONES.sub("", word) for word in words)
    return " ".join(
        _I_OR_Y.sub(r"\1i", one) + "".join(_TONES.findall(word)) for one, word in zip(bare, words, strict=True)
    )


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


_NUMBERING = re.compile(r"^(?:['\-–+*•]|[0-9]+(?:\.[0-9]+)*[.)]|[a-zđ][.)]|[ivx]+[.)])\s*|^(?:trong do|of which) ?:\s*")


def bare_name(name: str) -> str:
    """The key of a name without the dash, number or “trong đó:” that a form puts before it."""
    key, before = fold(name), None
    while key != before:
        before, key = key, _NUMBERING.sub("", key, count=1)
    return key


def name_key(name: str) -> str:
    """What is equal for two writings of one indicator's name, in a plan or in a form."""
    return spelled(bare_name(name))


def visible(text: str) -> str:
    """`text` on one line, with every character that could act on a terminal written out.

    Control characters, line breaks, and the marks that turn the writing direction become `\\x1b`-like
    escapes, so a cell can neither move the cursor nor hide its end.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if unicodedata.category(character) == "Zs":
        return " "
    point = ord(character)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def clipped(text: str, width: int = CLIP) -> str:
    """`visible` text no longer than `width` characters, with an ellipsis where it was cut."""
    seen = visible(text[: width + 1])
    return seen if len(seen) <= width else seen[: width - 1] + "…"


@lru_cache(maxsize=1024)
def nearest(word: str, known: tuple[str, ...], limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` of the `known` words closest to `word`, best first; empty when none is close.

    Compared folded and without leading zeros, so KT-3 is KT-03.
    """
    import difflib

    by_key = {_loose(one): one for one in reversed(known)}
    return tuple(by_key[key] for key in difflib.get_close_matches(_loose(word[:CLIP]), by_key, limit))


@lru_cache(maxsize=4096)
def _loose(word: str) -> str:
    return _LEADING_ZEROS.sub("", fold(word))


_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
