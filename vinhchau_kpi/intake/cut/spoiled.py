"""Letters spoiled on the way to us: which way, by what they would be if it were undone.

A word is believed to be spoiled where it makes no Vietnamese syllable as it stands and does after the way it was
spoiled is undone. Spelling is checked by the shape of a syllable, not by a list of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Rule
from vinhchau_kpi.intake.cut.grid import Grid, NumberCell
from vinhchau_kpi.intake.open.letters import _PART, _VNI_MARKS, LEGACY, _fits, from_mojibake, is_syllable, may_be_sound

ROWS = 20_000
"""Rows that are looked through: a file is spoiled as a whole, and its first rows show it."""
LONGEST = 200
"""Characters of a word that is looked at: no syllable is longer, however spoiled, and looking takes their square."""
SURE = 2
"""Different words that must show it where one alone could be somebody's name, or a question mark without a space."""


def spoiled(grid: Grid) -> list[Finding]:
    """The finding at the first spoiled cell, or nothing."""
    firsts: dict[Rule, tuple[int, int, str, str]] = {}
    doubtful: dict[Rule, set[str]] = {
        rule: set() for rule in (rules.LOST_LETTERS, rules.MOJIBAKE, *(rule for rule, _ in LEGACY))
    }
    sound: set[str] = set()
    for line, column, raw in _words(grid):
        word = unicodedata.normalize("NFC", raw)
        if _REPLACED in word or ("?" in word and _is_surely_lost(word)):
            return [_finding(grid, rules.LOST_LETTERS, line, column, word, "")]
        if _may_be_lost(word):
            doubtful[rules.LOST_LETTERS].add(word)
            firsts.setdefault(rules.LOST_LETTERS, (line, column, word, ""))
        right = from_mojibake(raw)
        if right is not None and not may_be_sound(raw):
            return [_finding(grid, rules.MOJIBAKE, line, column, raw, right)]
        if right is not None:
            doubtful[rules.MOJIBAKE].add(raw)
            firsts.setdefault(rules.MOJIBAKE, (line, column, raw, right))
        if is_syllable(word):
            sound.add(word)
            continue
        for rule, undo in LEGACY:
            right = undo(word)
            if right != word and _is_legacy(word, right):
                doubtful[rule].add(word)
                firsts.setdefault(rule, (line, column, word, right))
    rule, words = max(doubtful.items(), key=lambda item: len(item[1]))
    is_lost = rule is rules.LOST_LETTERS
    if len(words) >= SURE and (is_lost or len(words) > len(sound) / 2):
        return [_finding(grid, rule, *firsts[rule])]
    return []


def _may_be_lost(word: str) -> bool:
    """Whether letters may stand behind a question mark; `KH?` asks about a plan, and is an abbreviation."""
    if "?" not in word:
        return False
    is_abbreviation = len(word) > 2 and word.isupper() and word.endswith("?")
    return not is_abbreviation and _lost().search(word) is not None


def _is_legacy(word: str, right: str) -> bool:
    """Whether `right` is what a word of an old font meant; 25µm is a number with its unit."""
    is_number = word[0].isdigit()
    return not is_number and is_syllable(right) and max(map(len, _PART.findall(right))) > 1


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
            for word in _WORD.findall(cell):
                if len(word) <= LONGEST and (not word.isascii() or "?" in word):
                    yield record.line, column, word


_WORD = re.compile(r"[^ \t\r\n;,|/()\"\[\]{}]+")
"""No-break spaces and curly quotation marks stay: what was à, or the ồ of đồng, ends in one."""
_BOUND = r"(?![^\W_]|=)"


@cache
def _lost() -> re.Pattern[str]:
    """A question mark before a rest that is no word: one vowel, or nothing but consonants (Di?n, li?u, ??i); or behind a
    beginning that is none (l?, th?). Whole words stand around the one that a hurried writer left without a space
    (chưa?chưa), and the value of a web address has its equals sign."""
    return re.compile(
        rf"(?:[^\W\d_]|^)\?+(?:[aeiouy]|[bcdghklmnpqrstvx]{{1,2}}){_BOUND}"
        rf"|(?<![^\W_])(?:[bcdđklnprstvx]|[cgknpt]h|ngh?|qu|tr)\?+$",
        re.IGNORECASE,
    )


@cache
def _surely_lost() -> re.Pattern[str]:
    return re.compile(rf"([^\W\d_]+)(\?+)([bcdghklmnpqrstvx]{{1,2}}){_BOUND}", re.IGNORECASE)


_REPLACED = "\ufffd"


def _is_surely_lost(word: str) -> bool:
    """Whether letters in the place of a question mark make a syllable that ends in consonants, as in `Di?n`."""
    return any(
        _fits(f"{before}{vowels}\u0323{after}")
        for before, marks, after in _surely_lost().findall(word)
        for vowels in (_PAIRS if len(marks) > 1 else _SINGLE)
    )


_SINGLE, _PAIRS = tuple("aăâeêioôơuưy"), ("ươ", "iê", "uô")
_VNI_MARKS |= {mark.upper(): marks for mark, marks in _VNI_MARKS.items()}
