"""What speaks against a number, in words and as facts; the same wherever the number is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from vinhchau_kpi.doubt import Confirmation, Doubt, Doubts, is_open
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views.facts import exact
from vinhchau_kpi.views.screen import Paragraph, Tone

DOUBTED = "!"
"""Beside a number that rests on a figure about which a doubt is open."""


def mark(doubts: Doubts) -> str:
    return DOUBTED if is_open(doubts) else ""


def marked(words: str, doubts: Doubts) -> str:
    """Words, such as a status, with the mark behind them."""
    return f"{words} {mark(doubts)}".rstrip()


def said(doubt: Doubt, language: Language) -> str:
    """The place of the figure, without folders, and what speaks against it."""
    finding = doubt.finding.bare
    return f"{finding.place}: {finding.message(language)}{confirmed(doubt, language)}"


def confirmed(doubt: Doubt, language: Language) -> str:
    """Who has found the number right, when and why; nothing where the doubt is open."""
    words = language.say(N_("confirmed:"))
    return "" if doubt.is_open else f" – {words} {'; '.join(map(_by, doubt.confirmed))}"


def _by(one: Confirmation) -> str:
    day = f" ({one.day:%d/%m/%Y})" if one.day else ""
    return f"{one.who}{day}: {one.why}" if one.why else f"{one.who}{day}"


def in_brief(doubts: Doubts, language: Language) -> tuple[str, ...]:
    """That the row rests on a doubted figure, where what speaks against it stands elsewhere."""
    words = language.say(N_("to be looked at again"))
    return (f"{DOUBTED} {words}",) if is_open(doubts) else ()


def remarks(doubts: Doubts, language: Language) -> tuple[str, ...]:
    """Each doubt about one row, with the mark of the row where it is open."""
    return tuple(f"{mark((doubt,))} {said(doubt, language)}".lstrip() for doubt in doubts)


class Doubtable(Protocol):
    """A row of any kind."""

    @property
    def code(self) -> str: ...
    @property
    def doubts(self) -> Doubts: ...


def notes(rows: Iterable[Doubtable], language: Language) -> Iterator[Paragraph]:
    """Each doubt about the rows of a table, with the codes of the rows that rest on it."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for doubt in row.doubts:
            found.setdefault((mark((doubt,)), said(doubt, language)), []).append(row.code)
    for (sign, words), codes in found.items():
        text = f"{sign} {', '.join(dict.fromkeys(codes))}: {words}".lstrip()
        yield Paragraph(text, Tone.BAD if sign else Tone.QUIET)


def facts(doubts: Doubts, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "rule": doubt.finding.rule.code,
            "file": doubt.finding.place.file,
            "line": doubt.finding.place.line,
            "column": doubt.finding.place.column,
            "message": doubt.finding.message(language),
            "instead": exact(doubt.instead),
            "confirmed_by": None if doubt.is_open else ", ".join(dict.fromkeys(one.who for one in doubt.confirmed)),
        }
        for doubt in doubts
    ]


def cell(facts: list[dict[str, Any]]) -> str:
    """The same in one cell of a CSV: `running-total kinh-te.csv:5:3 instead 215`; several with a `;` between."""
    return "; ".join(map(_in_cell, facts))


def _in_cell(fact: dict[str, Any]) -> str:
    place = ":".join(str(fact[key]) for key in ("file", "line", "column") if fact[key] is not None)
    instead = "" if fact["instead"] is None else f" instead {fact['instead']:f}"
    by = "" if fact["confirmed_by"] is None else f" confirmed by {fact['confirmed_by']}"
    return f"{fact['rule']} {place}{instead}{by}"
