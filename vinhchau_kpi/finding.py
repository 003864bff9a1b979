"""What can be wrong with an input, said as values: a rule, the place it was broken, and the words involved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from vinhchau_kpi.messages import N_, Language


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule. `args` fill the rule's sentences."""

    rule: Rule
    place: Place
    args: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.rule.severity is Severity.ERROR

    @property
    def bare(self) -> Finding:
        """With bare places, its own and those in its words."""
        args = {key: value.bare if isinstance(value, Place) else value for key, value in self.args.items()}
        return replace(self, place=self.place.bare, args=args)

    def message(self, language: Language) -> str:
        return language.say(self.rule.message, **self.args)

    def fix(self, language: Language) -> str:
        return language.say(self.rule.fix, **self.args)


def in_order(findings: list[Finding]) -> list[Finding]:
    """By file, then place, then code: the order a person would mend them in."""
    return sorted(findings, key=lambda f: (f.place.file, f.place.line or 0, f.place.column or 0, f.rule.code))
