"""What can be wrong with an input, said as values: a rule, the place it was broken, and the words involved."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol

from vinhchau_kpi.messages import N_, Language, Message

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from vinhchau_kpi.figure import FigureKey


class Severity(StrEnum):
    """An error stops a file; a warning is a doubt that a person should look at."""

    ERROR = "error"
    WARNING = "warning"


SEVERITY_NAMES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: the file as the user named it, the line (from 1) and the column (from 1).

    In a table the column counts cells, as a spreadsheet does; in a plan it counts characters. `sheet` is set in a
    workbook, where the place reads `kinh-te.xlsx:Sheet1!C14`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None

    @property
    def bare(self) -> Place:
        """Without the folders of the machine on which the file was read, for what is handed on."""
        return replace(self, file=PurePath(self.file).name)

    def __str__(self) -> str:
        if self.sheet is not None:
            cell = f"{column_letters(self.column) if self.column else ''}{self.line or ''}"
            return f"{self.file}:{self.sheet}" + (f"!{cell}" if cell else "")
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


def column_letters(column: int) -> str:
    """The column (from 1) as a spreadsheet names it: 3 is C, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault: its code, its sentences (catalogue keys), and an example.

    `title` names it in a list, `message` says what was found, `fix` what to do, `about` why it matters.
    `example` is what stands in a faulty file and `instead` what should; both are quoted as they are.
    """

    code: str
    severity: Severity
    title: str
    message: str
    fix: str
    about: str
    example: str
    instead: str
    to_sender: str = ""
    """What whoever sent the file is to do, where `fix` is for whoever runs `kpi`: senders have no options, and no folder."""
    is_doubt: bool = False
    """Whether it says that a well-formed number may be wrong: such a doubt travels with the number."""

    def __hash__(self) -> int:
        return hash(self.code)


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule. `args` fill the rule's sentences.

    `about`: the figures that a doubt is about, each with the number that would be right if the doubt is, None where that
    cannot be said; of a doubt about a whole file, all that it puts in doubt. Of an error, the figures that contradict each
    other, all sides of it. Nothing for other findings.
    """

    rule: Rule
    place: Place
    args: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[FigureKey, Decimal | Fraction | None] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.rule.severity is Severity.ERROR

    @property
    def bare(self) -> Finding:
        """With bare places, its own and those in its words."""
        return replace(self.with_places(lambda place: place.bare), place=self.place.bare)

    def with_places(self, said: Callable[[Place], Any]) -> Finding:
        """With the places in its words said in another way."""
        return replace(self, args={key: _with_places(value, said) for key, value in self.args.items()})

    @property
    def places(self) -> Iterator[Place]:
        """Where it stands, then the places that its words name."""
        named = (value if isinstance(value, tuple) else (value,) for value in self.args.values())
        return (one for one in itertools.chain((self.place,), *named) if isinstance(one, Place))

    def speaks_of(self, files: Container[str]) -> bool:
        """Whether it stands in one of the files, or its words name a place there."""
        return any(place.file in files for place in self.places)

    def message(self, language: Language) -> str:
        return language.say(self.rule.message, **self.args)

    def fix(self, language: Language) -> str:
        return language.say(self.rule.fix, **self.args)

    def to_sender(self, language: Language) -> str:
        """What to do, in an answer to whoever sent the file."""
        return language.say(self.rule.to_sender or self.rule.fix, **self.args)


def _with_places(value: Any, said: Callable[[Place], Any]) -> Any:
    """Places one by one, several in a tuple, or in the words of a sentence."""
    if isinstance(value, Message):
        return replace(value, args={key: _with_places(one, said) for key, one in value.args.items()})
    if type(value) is tuple:  # Not what is made of a tuple, such as a sentence.
        return tuple(_with_places(one, said) for one in value)
    return said(value) if isinstance(value, Place) else value


KEPT = 1000
"""Findings of one rule that are kept; a file that breaks a rule a million times must not fill the memory."""


class Beyond(Protocol):
    """Where the findings of a rule go beyond those that are kept."""

    def put(self, findings: Sequence[Finding]) -> None:
        """Take in some of one rule, in the order of their places."""
        ...

    def of(self, rule: Rule) -> Iterable[Finding]:
        """Those of one rule, in the order of their places."""
        ...

    def mark(self) -> Mapping[str, int]:
        """How far it is filled, by code of rule."""
        ...

    def go_back(self, mark: Mapping[str, int]) -> None:
        """Forget what was put since then."""
        ...


LEAST_IN_COMMON, NEARLY_ALL = 5, 80
"""What so many rows of a file, and so many of a hundred of its rows, have in common is told once of the file."""


class Findings:
    """Findings in the order in which they were added.

    All are counted, by rule and file. Of each rule the first `KEPT` by place are kept, and those are what one iterates over;
    further ones go `beyond`, or, where that is None, are counted only. `rows`: how many rows with figures each file has.
    """

    def __init__(self, findings: Iterable[Finding] = (), beyond: Beyond | None = None) -> None:
        self.beyond = beyond
        self.counts: Counter[tuple[Rule, str]] = Counter()
        self.rows: dict[str, int] = {}
        self._kept: dict[str, list[tuple[int, Finding]]] = {}
        """By code, each with its number in the order of adding."""
        self._next = 0
        self.extend(findings)

    def add(self, finding: Finding) -> None:
        self.counts[finding.rule, finding.place.file] += 1
        self._keep(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add these; of `Findings` also those that they only counted, or have put elsewhere."""
        if isinstance(findings, Findings):
            self.rows |= findings.rows
        if isinstance(findings, Findings) and findings.beyond in (None, self.beyond):
            self.counts.update(findings.counts)
            for finding in findings:
                self._keep(finding)
            return
        for finding in findings.every() if isinstance(findings, Findings) else findings:
            self.add(finding)

    def _keep(self, finding: Finding) -> None:
        kept = self._kept.setdefault(finding.rule.code, [])
        kept.append((self._next, finding))
        self._next += 1
        if len(kept) >= 2 * KEPT:
            self._settle(kept)

    def _settle(self, kept: list[tuple[int, Finding]]) -> None:
        """Let go of those of a rule that are not among its first by place."""
        if len(kept) > KEPT:
            kept.sort(key=lambda numbered: by_place(numbered[1]))
            if self.beyond is not None:
                self.beyond.put([finding for _, finding in kept[KEPT:]])
            del kept[KEPT:]

    def clear(self) -> None:
        self.counts.clear()
        self._kept.clear()

    def __iter__(self) -> Iterator[Finding]:
        for kept in self._kept.values():
            self._settle(kept)
        numbered = sorted(itertools.chain.from_iterable(self._kept.values()), key=lambda numbered: numbered[0])
        return (finding for _, finding in numbered)

    def __bool__(self) -> bool:
        return bool(self._kept)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self.counts == other.counts and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def errors(self) -> int:
        return sum(count for (rule, _), count in self.counts.items() if rule.severity is Severity.ERROR)

    @property
    def warnings(self) -> int:
        return self.total - self.errors

    @property
    def by_rule(self) -> Counter[Rule]:
        found: Counter[Rule] = Counter()
        for (rule, _), count in self.counts.items():
            found[rule] += count
        return found

    def by_file(self, *, errors: bool) -> Counter[str]:
        """How many errors, or how many warnings, each file has."""
        found: Counter[str] = Counter()
        for (rule, file), count in self.counts.items():
            if (rule.severity is Severity.ERROR) is errors:
                found[file] += count
        return found

    def in_common(self) -> dict[tuple[Rule, str], int]:
        """Rules that nearly every row of a file breaks, and how many rows do. Not doubts: each says a number of its own."""
        lines: dict[tuple[Rule, str], list[int | None]] = {}
        for finding in self:
            lines.setdefault((finding.rule, finding.place.file), []).append(finding.place.line)
        found = {}
        for (rule, file), on in lines.items():
            count, apart = self.counts[rule, file], len(set(on))
            # Where not all are kept, as many rows as findings if the kept ones are a row each.
            rows = apart if count == len(on) else count if apart == len(on) else 0
            is_said_of_rows = None not in on and not rule.is_doubt and file in self.rows
            if is_said_of_rows and rows >= LEAST_IN_COMMON and 100 * rows >= NEARLY_ALL * self.rows[file]:
                found[rule, file] = min(rows, self.rows[file])
        return found

    def of(self, rule: Rule) -> Iterator[Finding]:
        """Those of a rule by place, also those beyond, unless these were only counted."""
        kept = self._kept.get(rule.code, [])
        self._settle(kept)
        beyond = self.beyond.of(rule) if self.beyond is not None else ()
        return heapq.merge(sorted((finding for _, finding in kept), key=by_place), beyond, key=by_place)

    def every(self) -> Iterator[Finding]:
        """All by place, also those beyond, unless these were only counted."""
        return heapq.merge(*map(self.of, self.by_rule), key=by_place)

    def without(self, said: Container[tuple[str, Place]]) -> Findings:
        """Those that were not said, by code and place; a rule of which not all are kept stays whole."""
        found = Findings(beyond=self.beyond)
        found.rows = self.rows
        whole = {rule for rule, count in self.by_rule.items() if count > KEPT}
        found.counts.update({of: count for of, count in self.counts.items() if of[0] in whole})
        for finding in self:
            if finding.rule in whole:
                found._keep(finding)
            elif (finding.rule.code, finding.place) not in said:
                found.add(finding)
        return found

    def in_order(self) -> Findings:
        """With those that are kept by place: the order a person would mend them in."""
        found = Findings(beyond=self.beyond)
        found.counts, found.rows = self.counts, self.rows
        for finding in sorted(self, key=by_place):
            found._keep(finding)
        return found


def by_place(finding: Finding) -> tuple[str, int, int, str]:
    """What puts findings in the order of their places: file, line, column, then the rule's code."""
    place = finding.place
    return place.file, place.line or 0, place.column or 0, finding.rule.code
