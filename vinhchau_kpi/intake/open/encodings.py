"""Bytes → text: in which encoding they are, proved or said, never guessed.

UTF-8 proves itself, UTF-16 shows its byte-order mark, and windows-1258 is proved by its combining marks: it writes ệ
as ê and a dot below, which no other code page does in a way that makes Vietnamese letters. Why rules and no detection
library: `docs/encodings.md` has both measured.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace
from typing import NamedTuple

from vinhchau_kpi import rules
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.open.letters import LEGACY, syllables
from vinhchau_kpi.messages import N_, Message


class Decoded(NamedTuple):
    """A text and what says that it is in this encoding.

    `doubt`: set where nothing does. The text is then what a western Windows would show: good for nothing but to
    recognise how its letters were spoiled.
    """

    text: str
    choice: Choice
    doubt: Finding | None = None


def decode(data: bytes, file: str, said: Encoding | None = None) -> tuple[Decoded | None, list[Finding]]:
    """The text of `data`, or None and the finding that shows the first byte that is not text.

    `said` is the user's word, which is taken. A byte-order mark is dropped. The column of a place counts the bytes
    of its line.
    """
    data = _before_end(data)
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is not None:
        mark, codec = marked
        because = N_("by the byte-order mark at its beginning")
        return _strictly(data.removeprefix(mark), codec, file, because)
    if said is not None:
        codec = "utf-16-le" if said is Encoding.UTF_16 else _CODECS.get(said, said.value)
        return _strictly(data, codec, file, N_("set by --encoding"))
    nul = data.find(0)
    if nul >= 0:
        is_to_the_end = not data[nul:].strip(b"\0\r\n") and "\ufffd" not in data[:nul].decode(errors="replace")
        rule = rules.FILLED_WITH_NOTHING if is_to_the_end else rules.NOT_TEXT
        return None, [Finding(rule, _place(data, nul, file), {"byte": "0x00"})]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        turn = _turn(data)
        if turn is not None:
            return None, [Finding(rules.MIXED_ENCODINGS, _place(data, turn, file))]
        return _not_utf_8(data, error, file)
    because = N_("all letters are plain ASCII") if text.isascii() else N_("all its letters are valid UTF-8")
    return Decoded(_joined(text), Choice(Encoding.UTF_8.value, Message(because))), []


_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CODECS = {Encoding.WINDOWS_1258: "cp1258"}
_NAMES = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "cp1258": Encoding.WINDOWS_1258.value}


def _strictly(data: bytes, codec: str, file: str, because: str) -> tuple[Decoded | None, list[Finding]]:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        name = _NAMES.get(codec, codec)
        args = {"byte": f"0x{data[error.start]:02X}", "encoding": name.upper() if "utf" in name else name}
        # In UTF-16 a byte of a line end is none by itself: lines and columns are those of the text before.
        read = (
            data[: error.start].decode(codec, errors="replace")
            if "16" in codec
            else data[: error.start].decode("latin-1")
        )
        place = _end_of(read, file)
        return None, [Finding(rules.ENCODING, place, args)]
    nul = text.find("\0")
    if nul >= 0:
        place = replace(_end_of(text[:nul], file), column=None)
        return None, [Finding(rules.NOT_TEXT, place, {"byte": "0x00"})]
    return Decoded(_joined(text), Choice(_NAMES.get(codec, codec), Message(because))), []


def _before_end(data: bytes) -> bytes:
    """Without the Ctrl-Z with which DOS ends a text, and what fills the file up behind it."""
    text = data.rstrip(b"\0\r\n\x1a")
    end = data.find(b"\x1a", len(text))
    return data if end < 0 else data[:end]


def _joined(text: str) -> str:
    """Without the byte-order marks that stand at the beginning of a line, where files were joined."""
    return _MARK_OF_LINE.sub("", text) if "\ufeff" in text else text


_MARK_OF_LINE = re.compile("(?<=[\r\n])\ufeff+")


def _turn(data: bytes) -> int | None:
    """Where the encoding changes, in a file of which some lines prove to be UTF-8 and others cannot be; None in any other."""
    kinds: list[tuple[bool, int]] = []
    letters = at = 0
    for line in data.splitlines(keepends=True):
        first = next((n for n, byte in enumerate(line) if byte > 127), None)
        if first is not None:
            try:
                seen = [c for c in line.decode() if c > "\x7f" and c.isalpha()]
            except UnicodeDecodeError as error:
                kinds.append((False, at + error.start))
            else:
                if any(unicodedata.normalize("NFD", c.casefold())[0] not in "aeiouyđ" for c in seen):
                    return None
                letters += len(seen)
                kinds.append((True, at + first))
        at += len(line)
    if letters < PROVING:
        return None
    return next(place for is_utf_8, place in kinds if is_utf_8 is not kinds[0][0])


PROVING = 3
"""Vietnamese letters in UTF-8 that are no chance: in another encoding each would be two or three odd signs."""


def _not_utf_8(data: bytes, error: UnicodeDecodeError, file: str) -> tuple[Decoded, list[Finding]]:
    text = _vietnamese_1258(data)
    if text is not None:
        places = (_place(data, error.start, file),)
        because = Message(N_("its tone marks follow their vowels, as in no other encoding"))
        return Decoded(text, Choice(Encoding.WINDOWS_1258.value, because, places)), []
    args = {"byte": f"0x{data[error.start]:02X}", "encoding": "UTF-8"}
    doubt = Finding(rules.ENCODING, _place(data, error.start, file), args)
    shown = data.decode("cp1252", errors="replace").replace("\ufffd", "")
    return Decoded(shown, Choice("", Message("")), doubt), []


TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Grave, acute, tilde, hook above, dot below: what windows-1258 writes behind the vowel."""
_LETTERS = frozenset("aăâeêioôơuưy")
_BASES = frozenset("ăâđêôơư")


def _vietnamese_1258(data: bytes) -> str | None:
    """The text, if windows-1258 makes Vietnamese of every byte above 127 and of at least one combining mark.

    Other letters of the page (ß, ø, ç …) are no proof against it, but Vietnamese has none of them, and text in another
    code page is full of them.
    """
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    marks = 0
    before = ""
    for character in text:
        if character in TONES:
            marks += 1
            base = unicodedata.normalize("NFC", before).casefold()
            if base not in _LETTERS:
                return None
        elif character >= "\u00c0" and character.isalpha() and not _is_vietnamese(character):
            return None
        before = character
    return text if marks and _is_likeliest(text, data) else None


LOOKED_AT = 1_000_000
"""Bytes in which the readings of a file are compared."""


def _is_likeliest(text: str, data: bytes) -> bool:
    """Whether no other reading of the bytes makes as many Vietnamese words of them."""
    shown = data[:LOOKED_AT].decode("cp1252", errors="replace")
    return syllables(text[:LOOKED_AT]) > max(syllables(shown, undo) for undo in (None, *(undo for _, undo in LEGACY)))


def _is_vietnamese(letter: str) -> bool:
    low = letter.casefold()
    if low in _BASES:
        return True
    parts = unicodedata.normalize("NFD", low)
    return len(parts) == 2 and parts[0] in _LETTERS and parts[1] in TONES


def _place(data: bytes, at: int, file: str) -> Place:
    return _end_of(data[:at].decode("latin-1"), file)


def _end_of(before: str, file: str) -> Place:
    """The line and column that follow a text; lines end as CSV's do."""
    lines = _LINE_END.split(before)
    return Place(file, len(lines), len(lines[-1]) + 1)


_LINE_END = re.compile("\r\n|\r|\n")
