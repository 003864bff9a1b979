# ruff: noqa: INP001
"""Who finds the encoding of small Vietnamese files: the program's rules, or a detection library?

From the root of the repository: `python -m benchmarks.encodings` prints the page, `--write` puts it into
`docs/encodings.md`.
"""

from __future__ import annotations

import importlib
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from statistics import median
from types import ModuleType

from tests.corpus import COPIES, SIZES, WAYS, Member, Way, members, single_notes
from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.cut.delimited import read_delimited
from vinhchau_kpi.intake.cut.spoiled import spoiled
from vinhchau_kpi.intake.open.encodings import decode

PAGE = Path(__file__).parent.parent / "docs" / "encodings.md"
PEERS = ("chardet", "charset-normalizer")
TOLD = ("utf-8", "utf-16", "cp1258", "cp1252")
"""The encodings that a library is told to choose among, where it is told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a detector makes of a file: its text, or the code of the rule by which it is refused ("": without one)."""

    text: str | None
    rule: str = ""


class Outcome(StrEnum):
    """`RIGHT`: the text as it was; or, of a spoiled file, the name of how. `WRONG`: another text, and not a word."""

    RIGHT = "right"
    REFUSED = "refused"
    MISNAMED = "misnamed"
    WRONG = "silently wrong"


Detector = Callable[[bytes], Answer]


def kpi(data: bytes) -> Answer:
    """The program: decode, cut into cells, look for spoiled letters."""
    decoded, findings = decode(data, "")
    if decoded is None:
        return _refused(findings)
    grid, findings = read_delimited(decoded.text, "")
    doubts = [] if decoded.doubt is None else [decoded.doubt]
    if grid is None:
        return _refused(doubts or findings)
    refused = spoiled(grid) or doubts
    return _refused(refused) if refused else Answer(decoded.text)


def _refused(findings: list[Finding]) -> Answer:
    return Answer(None, findings[0].rule.code)


def ladder(data: bytes) -> Answer:
    """What many programs do: byte-order mark, else UTF-8, else the code page of western Windows."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((codec for mark, codec in marks.items() if data.startswith(mark)), None)
    return _first_that_decodes(data, (marked,) if marked else ("utf-8", "cp1252", "latin-1"))


def _first_that_decodes(data: bytes, codecs: tuple[str | None, ...]) -> Answer:
    for codec in filter(None, codecs):
        try:
            return Answer(data.decode(codec).removeprefix("\ufeff"))
        except (UnicodeDecodeError, LookupError):
            continue
    return Answer(None)


def chardet(*, told: bool) -> Detector:
    """Asked for its one best guess, whatever its confidence."""
    library = _peer("chardet")
    options = {"include_encodings": TOLD} if told else {}
    return lambda data: _first_that_decodes(data, (library.detect(data, **options)["encoding"],))


def charset_normalizer(*, told: bool) -> Detector:
    """Asked for its one best guess."""
    library = _peer("charset_normalizer")
    isolation = list(TOLD) if told else None

    def detect(data: bytes) -> Answer:
        best = library.from_bytes(data, cp_isolation=isolation).best()
        return Answer(None if best is None else str(best).removeprefix("\ufeff"))

    return detect


def _peer(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError:
        sys.exit(f"{module} is not installed; this comparison needs it: make encodings")


def detectors() -> dict[str, Detector]:
    """Who is compared, the program first."""
    return {
        "kpi": kpi,
        "chardet": chardet(told=False),
        "chardet, told": chardet(told=True),
        "charset-normalizer": charset_normalizer(told=False),
        "charset-normalizer, told": charset_normalizer(told=True),
        "ladder": ladder,
    }


def outcome(member: Member, answer: Answer) -> Outcome:
    """A text that cannot be had back has no right reading: it is named, refused, or wrong."""
    way = member.way
    if answer.text is not None:
        is_read = unicodedata.normalize("NFC", answer.text) == member.text
        return Outcome.RIGHT if is_read and (way.rule is None or way.is_french) else Outcome.WRONG
    if way.rule is None or way.is_french or answer.rule in ("", rules.ENCODING.code):
        return Outcome.REFUSED
    return Outcome.RIGHT if answer.rule == way.rule else Outcome.MISNAMED


@dataclass
class Tally:
    """Outcomes by detector, way and group of files, and the seconds each detector took by group."""

    outcomes: dict[tuple[str, str, int], Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    files: int = 0

    def of(self, detector: str, ways: list[Way], group: int | None = None) -> Counter[Outcome]:
        """The outcomes of `detector` for these ways, of one group of files or of all."""
        names = {way.name for way in ways}
        found: Counter[Outcome] = Counter()
        for (who, way, its_group), counter in self.outcomes.items():
            if who == detector and way in names and group in (None, its_group):
                found += counter
        return found

    def milliseconds(self, detector: str, group: int) -> float:
        """The median of a file's time."""
        return median(self.seconds[detector, group]) * 1000


def measure(them: dict[str, Detector], files: Iterable[Member], group_of: Callable[[Member], int]) -> Tally:
    """Every detector over all of `files`."""
    tally = Tally()
    for member in files:
        tally.files += 1
        group = group_of(member)
        for name, detect in them.items():
            begin = time.perf_counter()
            answer = detect(member.data)
            tally.seconds[name, group].append(time.perf_counter() - begin)
            tally.outcomes[name, member.way.name, group][outcome(member, answer)] += 1
    return tally


WORDS = {1: "1 word", 2: "2 words", 3: "3 to 5 words", 6: "6 words and more"}
"""Groups of notes, by the fewest words with a letter beyond ASCII."""


def words_of(member: Member) -> int:
    """The group of a note."""
    return max(least for least in WORDS if least <= member.marked_words)


# The page

READABLE = [way for way in WAYS if way.rule is None]
FRENCH = [way for way in WAYS if way.is_french]
SPOILED = [way for way in WAYS if way.rule is not None and not way.is_french]
WINDOWS_1258 = [way for way in READABLE if way.name.startswith("windows-1258")]


def _table(heads: list[str], rows: list[list[str]]) -> str:
    line = ["---", *["--:"] * (len(heads) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [heads, line, *rows])


def _share(counter: Counter[Outcome], *kinds: Outcome) -> str:
    """The outcomes of `kinds` in percent, 100 and 0 only where it is all or none."""
    total = counter.total()
    return " · ".join(_percent(counter[kind], total) for kind in kinds)


def _percent(part: int, whole: int) -> str:
    rounded = round(100 * part / whole)
    if (rounded == 100) != (part == whole) or (rounded == 0) != (part == 0):
        return f"{100 * part / whole:.1f}"
    return str(rounded)


THREE = (Outcome.RIGHT, Outcome.REFUSED, Outcome.WRONG)
FOUR = (Outcome.RIGHT, Outcome.REFUSED, Outcome.MISNAMED, Outcome.WRONG)


def page(tally: Tally, notes: Tally, names: list[str]) -> str:
    """The page in Markdown."""
    read = [[way.name, *[_share(tally.of(who, [way]), *THREE) for who in names]] for way in [*READABLE, *FRENCH]]
    sizes = [
        [f"{rows} rows", *[_share(tally.of(who, WINDOWS_1258, rows), *THREE) for who in names]] for rows in SIZES
    ] + [
        [f"1 note, {words}", *[_share(notes.of(who, WINDOWS_1258, least), *THREE) for who in names]]
        for least, words in WORDS.items()
    ]
    spoilt = [
        [way.name, _share(tally.of("kpi", [way]), *FOUR)]
        + [_share(tally.of(who, [way]), Outcome.REFUSED, Outcome.WRONG) for who in names[1:]]
        for way in SPOILED
    ]
    spoilt_notes = [[way.name, *[_share(notes.of("kpi", [way], least), *FOUR) for least in WORDS]] for way in SPOILED]
    times = [[who, *[f"{tally.milliseconds(who, rows):.2f}" for rows in SIZES]] for who in names]
    facts = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": python_version(),
        "versions": ", ".join(f"{peer} {version(peer)}" for peer in PEERS),
        "files": f"{tally.files:,}",
        "sizes": f"{', '.join(map(str, SIZES[:-1]))} and {SIZES[-1]}",
        "copies": COPIES,
        "notes": f"{notes.files:,}",
        "told": ", ".join(TOLD),
        "read": _table(["encoding", *names], read),
        "by_size": _table(["", *names], sizes),
        "spoilt": _table(["what happened to it", *names], spoilt),
        "spoilt_notes": _table(["what happened to it", *WORDS.values()], spoilt_notes),
        "times": _table(["", *[f"{rows} rows" for rows in SIZES]], times),
    }
    return PAGE_TEXT.format(**facts)


PAGE_TEXT = """\
# How the encoding of a file is found

Written by `benchmarks/encodings.py`. To measure again: `make encodings`.

An encoding is proved or said (`--encoding`), never guessed. What proves each:

- **A byte-order mark** at the beginning: UTF-8, or UTF-16 in either order. Bytes that then do not fit are an error.
- **UTF-8** proves itself: text in another encoding is hardly ever valid in it. Letters may stand whole, or apart from
  their marks as a Mac writes them.
- **windows-1258** writes ệ as ê and a dot below. It is proved where every such mark stands behind a vowel, there is
  at least one, no letter is foreign to Vietnamese, and no other reading makes as many Vietnamese words.
- **Nothing else** is read. The first byte that none of these explains is shown, and the file is refused.

Letters that were spoiled before the file was sent are a valid text of other letters, so no reading of its bytes finds
them. They are found by spelling: a word that is no Vietnamese syllable as it stands, and is one after the way it was
spoiled is undone. The fonts TCVN3 and VNI need two different words to show it, since one may be somebody's name.

## Measured

Measured {day} with Python {python}, {versions}.

{files} made files of {sizes} rows: headings in Vietnamese or ASCII, words in every row or a note in one
row of ten, `;` or `,`, {copies} of each kind; and {notes} files of one row, whose note is all there is in Vietnamese
(`tests/corpus.py`). “Told”: the library is told to choose among {told}. “Ladder”:
byte-order mark, else UTF-8, else windows-1252, as many programs do.

Files that can be read, of all sizes: **right · refused · silently wrong**, in percent. French is there to see what is
taken for Vietnamese; `kpi` is to refuse it.

{read}

Both kinds of windows-1258 by size, and files with one note by its words that have a letter beyond ASCII:

{by_size}

Files whose letters are spoiled. `kpi`: **named · refused without a name · named wrongly · silently wrong**. The others
name nothing: **refused · silently wrong**.

{spoilt}

`kpi` with spoiled files that have one note:

{spoilt_notes}

Milliseconds a file, median, on one machine. `kpi` has then also cut the file into cells and looked for spoiled letters.

{times}

## Why rules and no library

- **A file sent back costs a mail; a wrong name in a report is not noticed.** A library answers nearly always: but for
  some files in TCVN3 that charset-normalizer gives up on, whatever was spoiled is passed on as text.
- **Where a library is better**: chardet, told what it may choose from, also reads windows-1258 in notes so short that
  nothing proves it, and French, which `kpi` refuses. It does so by guessing: the bytes of “có” in windows-1258 are
  those of “cú” in TCVN3. The sender of such a file is asked, or `--encoding windows-1258` says it.
- **Where chardet is as good**: UTF-8, UTF-16, and windows-1258 from a few words on.
- A guess gives no reason. `kpi validate --explain` says what proved the encoding.

A library that answered “none of these” for TCVN3, VNI and windows-1252 would change this.
"""


def main() -> None:
    """Measure, and print the page or write it."""
    them = detectors()
    tally = measure(them, members(), lambda member: member.rows)
    text = page(tally, measure(them, single_notes(), words_of), list(them))
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
