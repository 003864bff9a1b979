"""Letters spoiled on the way to us: which way, by what they would be if it were undone.

A word is believed to be spoiled where it makes no Vietnamese syllable as it stands and does after the way it was
spoiled is undone. Spelling is checked by the shape of a syllable, not by a list of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Rule
from vinhchau_kpi.intake.grid import Grid, NumberCell

ROWS = 20_000
"""Rows that are looked through: a file is spoiled as a whole, and its first rows show it."""
SURE = 2
"""Different words that must show it where one alone could be somebody's name, or a question mark without a space."""


def spoiled(grid: Grid) -> list[Finding]:
    """The finding at the first spoiled cell, or nothing."""
    firsts: dict[Rule, tuple[int, int, str, str]] = {}
    doubtful: dict[Rule, set[str]] = {rules.LOST_LETTERS: set(), **{rule: set() for rule, _ in _LEGACY}}
    sound: set[str] = set()
    for line, column, word in _words(grid):
        found = _clearly(word)
        if found is not None:
            rule, right = found
            return [_finding(grid, rule, line, column, word, right)]
        if _LOST.search(word):
            doubtful[rules.LOST_LETTERS].add(word)
            firsts.setdefault(rules.LOST_LETTERS, (line, column, word, ""))
        elif _is_syllable(word):
            sound.add(word)
        for rule, undo in _LEGACY:
            right = undo(word)
            if right != word and word not in sound and _is_syllable(right):
                doubtful[rule].add(word)
                firsts.setdefault(rule, (line, column, word, right))
    rule, words = max(doubtful.items(), key=lambda item: len(item[1]))
    is_lost = rule is rules.LOST_LETTERS
    if len(words) >= SURE and (is_lost or len(words) > len(sound) / 2):
        return [_finding(grid, rule, *firsts[rule])]
    return []


def _finding(grid: Grid, rule: Rule, line: int, column: int, word: str, right: str) -> Finding:
    return Finding(rule, grid.place(line, column), {"value": word, "right": right})


def _words(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Every word with a letter beyond ASCII, or with a question mark among its letters."""
    seen: set[str] = set()
    for record in grid.records[:ROWS]:
        for column, cell in enumerate(record.cells):
            if isinstance(cell, NumberCell) or (cell.isascii() and "?" not in cell) or cell in seen:
                continue
            seen.add(cell)
            for word in _WORD.findall(unicodedata.normalize("NFC", cell)):
                if not word.isascii() or _LOST.search(word):
                    yield record.line, column, word


_WORD = re.compile(r"[^\s;,|/()\"“”\[\]{}]+")
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_A-Z]")
_REPLACED = "\ufffd"


def _clearly(word: str) -> tuple[Rule, str] | None:
    """The ways that one word is enough to tell."""
    if _REPLACED in word:
        return rules.LOST_LETTERS, ""
    right = _from_mojibake(word)
    if right is not None:
        return rules.MOJIBAKE, right
    return None


def _from_mojibake(word: str) -> str | None:
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
            if before.isascii() or any(unicodedata.category(c) in ("Cc", "Co", "Cn") for c in before):
                break
            right = before
        if right is not None:
            return right
    return None


def _byte(character: str, page: str) -> bytes:
    """The byte that a code page shows as `character`; those it leaves out stand for themselves."""
    point = ord(character)
    return bytes((point,)) if point < 0xA0 else character.encode(page)


# Legacy fonts


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
_VNI_MARKS |= {mark.upper(): marks for mark, marks in _VNI_MARKS.items()}


def _from_tcvn3(word: str) -> str:
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


_LEGACY: tuple[tuple[Rule, Callable[[str], str]], ...] = (
    (rules.TCVN3_LETTERS, _from_tcvn3),
    (rules.VNI_LETTERS, _from_vni),
)


# Syllables

_INITIAL = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_VOWELS = (
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo|ô|ôi|ơi|ua|uâ|uây|uê"
    "|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu"
)
_SYLLABLE = re.compile(rf"(?:{_INITIAL})?(?:{_VOWELS})(?:ch|ng|nh|[cmnpt])?")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def _is_syllable(word: str) -> bool:
    """Whether the words of `word` that carry marks are Vietnamese syllables: an initial, vowels, a final, one tone."""
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
    return has_tone and _SYLLABLE.fullmatch(plain) is not None


_STOPPED_TONES = "\u0301\u0323"
