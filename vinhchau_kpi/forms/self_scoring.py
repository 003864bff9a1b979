"""A scale and one unit → the workbook in which the unit scores itself; `kpi score --scores` reads it back as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vinhchau_kpi.forms.spreadsheet import CELL, HEADER, Spreadsheet, height, number_format, page_number
from vinhchau_kpi.forms.template import LONGEST_HELP, LONGEST_TITLE, OPEN, SHUT
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.scale import STAGE_NAMES, Criterion, Item, KnockOut, Stage
from vinhchau_kpi.score import Line, Scores, UnitScore
from vinhchau_kpi.views import score as view
from vinhchau_kpi.views import words

_COLUMNS = (
    (N_("Criterion code"), 13),
    (N_("Name of the criterion"), 44),
    (N_("Standard"), 11),
    (N_("From figures"), 17),
    (N_("Scored unit"), 22),
    (N_("Score"), 12),
    (N_("Stage"), 12),
    (N_("Scored on"), 13),
    (N_("Evidence"), 30),
    (N_("Note"), 30),
)
SCORE, DAY = 5, 7
HELP = N_(
    "Fill in the yellow cells only: points of a criterion, the number of cases of an item (0 where there were none). What is left blank is not scored. Points from figures are computed and need no score. Send the file back as it is (.xlsx)."
)


def workbook(scores: Scores, one: UnitScore, language: Language) -> bytes:
    """What is printed is locked (without a password); what is to be filled in is yellow and takes only what can be entered."""
    return _Form(scores, one, language).made()


class _Form:
    def __init__(self, scores: Scores, one: UnitScore, language: Language) -> None:
        self.scores, self.one, self.language = scores, one, language
        self.name = view.unit_name(scores, one.unit, language)
        self.book = Spreadsheet(view.title(scores, language))
        self.page = self.book.page(
            language.say(N_("Self-score")), tuple(width for _, width in _COLUMNS), footer=page_number(language)
        )

    def made(self) -> bytes:
        book, page, say, last = self.book, self.page, self.language.say, len(_COLUMNS) - 1
        book.merged(page, 0, (0, last), f"{view.title(self.scores, self.language)} - {self.name}", bold=True)
        text = say(HELP)
        book.merged(page, 1, (0, last), text, italic=True, text_wrap=True, valign="top")
        page.set_row(1, height([(text, sum(width for _, width in _COLUMNS))]))
        for column, (head, _) in enumerate(_COLUMNS):
            book.text(page, 2, column, say(head), **HEADER)
        at = 2
        for of_code, line in self._rows():
            at += 1
            self._row(at, of_code, line)
        page.freeze_panes(3, 2)
        page.repeat_rows(2)
        page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        return book.bytes()

    def _rows(self) -> Iterator[tuple[Criterion | Item | KnockOut, Line | None]]:
        """What can be entered, and between it the criteria whose points come from figures or from items alone."""
        for line in self.one.lines:
            yield line.criterion, line
            for item in line.criterion.items:
                if item.is_entered:
                    yield item, None
        for knock_out in self.scores.scale.knock_outs:
            yield knock_out, None

    def _row(self, at: int, of_code: Criterion | Item | KnockOut, line: Line | None) -> None:
        book, page, language = self.book, self.page, self.language
        name = of_code.name.in_(language) if of_code.name else ""
        stage = language.say(STAGE_NAMES[Stage.SELF])
        for column, text in enumerate((of_code.code or "", name, "", "", self.name, "", stage, "", "", "")):
            book.text(page, at, column, text, **CELL, **SHUT, text_wrap=True)
        page.set_row(at, height([(name, _COLUMNS[1][1]), (self.name, _COLUMNS[4][1])]))
        if line is not None:
            self._number(at, 2, line)
            if line.criterion.is_computed:
                text = view.shown_range(self.scores, line.low, line.high, language)
                book.text(page, at, 3, text, **CELL, **SHUT, align="right")
        check = self._check(of_code)
        if check is None:
            return
        for column in range(SCORE, len(_COLUMNS)):
            if column != SCORE + 1:
                dated = {"num_format": "dd/mm/yyyy"} if column == DAY else {"text_wrap": True}
                page.write_blank(at, column, None, book.style(**CELL, **OPEN, **dated))
        title = (of_code.code or "")[:LONGEST_TITLE]
        for column, rule in ((SCORE, check), (DAY, self._day())):
            help_ = rule["input_message"][:LONGEST_HELP]
            more = {"input_title": title, "error_title": language.say(N_("Not accepted")), "error_message": help_}
            page.data_validation(at, column, at, column, {**rule, **more, "input_message": help_})

    def _number(self, at: int, column: int, line: Line) -> None:
        points = line.criterion.points
        format_ = number_format(self.scores.scale.round)
        self.book.number(self.page, at, column, points, self.language.number(points), format_, **CELL, **SHUT)

    def _check(self, of_code: Criterion | Item | KnockOut) -> dict[str, Any] | None:
        """What its cell takes; None where nothing is to be entered."""
        say = self.language.say
        if isinstance(of_code, Item):
            return self._at_least(N_("How many cases; 0 where there were none."))
        if isinstance(of_code, Criterion):
            if of_code.is_computed or (of_code.rule is None and of_code.items):
                return None
            if of_code.ranks:
                choices = [say(N_("rank {n}"), n=n) for n in range(1, len(of_code.ranks) + 1)]
                return {"validate": "list", "source": choices, "input_message": say(N_("Choose from the list."))}
            if not of_code.met:
                least, most = of_code.limits
                if most is None:
                    return self._at_least(N_("Points, 0 or more."))
                text = say(N_("Points from {low} to {high}."), low=least, high=most)
                limits = {"criteria": "between", "minimum": least, "maximum": most}
                return {"validate": "decimal", **limits, "input_message": text}
        choices = [words.yes_no(kept=kept, language=self.language) for kept in (True, False)]
        return {"validate": "list", "source": choices, "input_message": say(N_("Choose from the list."))}

    def _at_least(self, sentence: str) -> dict[str, Any]:
        return {"validate": "decimal", "criteria": ">=", "value": 0, "input_message": self.language.say(sentence)}

    def _day(self) -> dict[str, Any]:
        year, say = self.scores.plan.year, self.language.say
        limits = {"minimum": date(year, 1, 1), "maximum": date(year + 1, 12, 31)}
        text = say(N_("The day of this score, such as {example}."), example=f"05/07/{year}")
        return {"validate": "date", "criteria": "between", **limits, "input_message": text}
