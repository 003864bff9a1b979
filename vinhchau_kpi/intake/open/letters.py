"""The shape of Vietnamese syllables, and the ways in which letters are spoiled: code pages and the fonts of before Unicode."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Rule

REMEMBERED = 4096
"""Words that need not be looked at again: the same come back in file after file."""


@lru_cache(maxsize=REMEMBERED)
def from_mojibake(word: str) -> str | None:
    """What a word was before its UTF-8 bytes were taken for a code page of Windows, once or more; None if they were not.

    windows-1252 of a western Windows, windows-1258 of a Vietnamese one.
    """
    if word.isascii():
        return None
    for page in ("cp1252", "cp1258"):
        right = None
        before = word
        for _ in range(3):
            try:
                before = b"".join(_byte(character, page) for character in before).decode("utf-8")
            except ValueError:
                break
            if before.isascii():
                break
            if _FOREIGN.search(before) is None:
                right = before
        if right is not None:
            return right
    return None


_FOREIGN = re.compile(
    "[^\\x20-\\x7e\u00a0-\u024f\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u1e00-\u1eff\u2010-\u20bf\u2100-\u2bff]"
)
"""What no Latin text is made of. Most pairs of a letter and a sign behind it (`CÓ…`) come to that."""
_ENDINGS = frozenset("\u00a0»–—’”…")
"""A no-break space, » – — ’ ” and …: signs that stand behind letters in sound text too."""


def may_be_sound(word: str) -> bool:
    """Whether a word that could be mojibake could as well be capitals and a sign behind them: `XÃ…`, `«THỊ XÃ»`."""
    signs = {c for c in word if not c.isascii() and not ("À" <= c <= "ÿ" or c in "ĂăĐđƠơƯư")}
    return signs <= _ENDINGS and not any(a.islower() and b.isupper() for a, b in itertools.pairwise(word))


def _byte(character: str, page: str) -> bytes:
    """The byte that a code page shows as `character`; those it leaves out stand for themselves."""
    point = ord(character)
    return bytes((point,)) if point < 0xA0 else character.encode(page)


def _mapping(codes: str, letters: str) -> dict[int, str]:
    return dict(zip(map(ord, codes), letters, strict=True))


_TCVN3 = _mapping(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
)
"""What a .VnTime font shows for each character (TCVN 5712:1993, table 3)."""
_VNI_LETTERS = _mapping("ñÑíìæóòîôöÔÖÆÓÒÎ", "đĐíìỉĩịỵơưƠƯỈĨỊỴ")
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302", "á": "\u0302\u0301",
    "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306",
    "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip


def _from_tcvn3(word: str) -> str:
    """The word itself where it has a letter that no such font shows."""
    if any("\u00c0" <= c <= "\u00ff" and ord(c) not in _TCVN3 for c in word):
        return word
    return word.translate(_TCVN3)


def _from_vni(word: str) -> str:
    """A VNI font writes a letter and, behind it, its mark: `aâ` is â, `öï` is ự."""
    letters: list[str] = []
    for character in word:
        marks = _VNI_MARKS.get(character)
        if marks and letters and letters[-1] and letters[-1][0] in "aeouyơưAEOUYƠƯ" and len(letters[-1]) == 1:
            letters[-1] += marks
        else:
            letters.append(_VNI_LETTERS.get(ord(character), character))
    return unicodedata.normalize("NFC", "".join(letters))


LEGACY: tuple[tuple[Rule, Callable[[str], str]], ...] = (
    (rules.TCVN3_LETTERS, _from_tcvn3),
    (rules.VNI_LETTERS, _from_vni),
)


def syllables(text: str, undo: Callable[[str], str] | None = None) -> int:
    """How many different words of `text` with marks are Vietnamese: as they stand, or after `undo` has changed them."""
    words = {word for word in unicodedata.normalize("NFC", text).split() if not word.isascii()}
    if undo is None:
        return sum(map(is_syllable, words))
    return sum(right != word and is_syllable(right) for word in words for right in [undo(word)])


_INITIAL = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_OPEN = "ai|ao|au|ay|âu|ây|eo|êu|ia|iêu|iu|oai|oao|oay|oeo|oi|ôi|ơi|ua|uây|uêu|ui|uôi|uya|uyu|ưa|ưi|ươi|ươu|ưu|yêu"
"""Vowels that end the syllable."""
_FREE = "a|e|ê|i|o|ô|ơ|u|ư|y|oa|uê|uơ|uy"
_CLOSED = "ă|â|iê|oă|uâ|uô|uyê|ươ|yê"
"""Vowels that a consonant must follow."""
_FINALS = "ch|ng|nh|[cmnpt]"
_SYLLABLE = re.compile(
    rf"(?:{_INITIAL})?(?:({_OPEN})|(?:{_FREE})(?:{_FINALS})?|(?:{_CLOSED})(?:{_FINALS})|oe[mnt]?|oo(?:ng|c))"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")


@cache
def is_syllable(word: str) -> bool:
    """Whether the words of `word` that carry marks are Vietnamese syllables: an initial, vowels, a final, one tone, which
    never stands on the second half of a diphthong."""
    parts = [part for part in _PART.findall(word) if not part.isascii()]
    return bool(parts) and all(map(_fits, parts))


_PART = re.compile(r"[^\W\d_]+")


def _fits(part: str) -> bool:
    """A stop at the end (c, ch, p, t) goes with the acute tone or the dot below, and with no other."""
    marked = unicodedata.normalize("NFD", part)
    tones = _TONE.findall(marked)
    plain = unicodedata.normalize("NFC", _TONE.sub("", marked)).casefold().replace("ƣ", "ư")
    is_stopped = plain.endswith(("c", "ch", "p", "t"))
    has_tone = len(tones) == 1 and tones[0] in _STOPPED_TONES if is_stopped else len(tones) <= 1
    match = _SYLLABLE.fullmatch(plain)
    return has_tone and match is not None and not (match[1] and marked[-1] in _TONES)


_STOPPED_TONES = "\u0301\u0323"
