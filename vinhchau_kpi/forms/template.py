"""An empty submission, as CSV and as a workbook whose cells take only what can be taken; and its way back is the intake's."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

from vinhchau_kpi.figure import KIND_NAMES, WITHDRAWN
from vinhchau_kpi.forms.machine import csv_cell
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    HEADER,
    LINE_POINTS,
    Spreadsheet,
    height,
    number_format,
    page_number,
    stored,
)
from vinhchau_kpi.intake.cut.headings import BEFORE, COLUMN_NAMES
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import Convention, written
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.template import Owed
from vinhchau_kpi.views import words
from vinhchau_kpi.views.template import COLUMNS, Printed, printed

_NAMES = COLUMN_NAMES | BEFORE


def csv_text(plan: Plan, rows: Sequence[Owed], language: Language) -> str:
    """The empty submission as Excel in Vietnam opens it: semicolons, CRLF; its writer adds the byte-order mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([language.say(_NAMES[column]) for column in COLUMNS])
    for row in rows:
        one = printed(plan, row, language)
        cells = dict.fromkeys(COLUMNS, "") | {
            "indicator": one.code,
            "name": one.name,
            "unit": one.unit,
            "target": _typed_number(one.target),
            "previous": _typed_number(one.previous),
            "cumulative_before": _typed_number(one.cumulative_before),
            "period": one.period,
            "area": one.area,
            "agency": one.agency,
        }
        writer.writerow([csv_cell(cell) for cell in cells.values()])
    return out.getvalue()


def _typed_number(value: Decimal | Fraction | str | None) -> str:
    return value or "" if isinstance(value, str | None) else written(stored(value), Convention.VI)


# The workbook

_WIDTHS = {
    "indicator": 11, "name": 42, "unit": 12, "target": 12, "previous": 12, "cumulative_before": 12, "period": 17, "value": 13, "cumulative": 13,
    "numerator": 10, "denominator": 10, "area": 18, "agency": 20, "kind": 12, "reported_on": 13, "note": 26,
}  # fmt: skip
FEWEST_SPARE, MOST_SPARE = 30, 300
"""Open rows below those that are owed: one for each indicator in each ward and commune, within these bounds."""
HEADER_LINE = 2
NUMBERS = ("value", "cumulative", "numerator", "denominator")
SHUT: dict[str, Any] = {"bg_color": "#F2F2F2"}
OPEN: dict[str, Any] = {"bg_color": "#FFFBE0", "locked": False}
LONGEST_TITLE, LONGEST_HELP = 32, 255
"""Characters of the title and of the words that a spreadsheet shows beside a cell."""


def workbook(plan: Plan, rows: Sequence[Owed], period: Period, whose: str | None, language: Language) -> bytes:
    """The empty submission of `whose` name as a workbook: what is printed is locked (without a password), what is to be filled in is yellow
    and takes only what the plan's units allow."""
    return _Form(plan, language).made(rows, period, whose)


def _capital(heading: str) -> str:
    return heading[:1].upper() + heading[1:]


class _Form:
    def __init__(self, plan: Plan, language: Language) -> None:
        self.plan, self.language = plan, language
        self.book = Spreadsheet(plan.heading(language))
        self.widths = tuple(_WIDTHS[column] for column in COLUMNS)
        self.page = self.book.page(language.say(N_("Figures")), self.widths, footer=page_number(language))
        self.lists = self.book.hidden(language.say(N_("Lists")))
        self.ranges: dict[tuple[str, ...], str] = {}

    def made(self, rows: Sequence[Owed], period: Period, whose: str | None) -> bytes:
        book, page, say, last = self.book, self.page, self.language.say, len(COLUMNS) - 1
        title = say(N_("FIGURES TO REPORT: {period}"), period=self.plan.period_words(period, self.language))
        if whose is not None:
            title += f" - {whose}"
        book.merged(page, 0, (0, last), title, bold=True, align="center")
        text = say(HELP)
        book.merged(page, 1, (0, last), text, italic=True, text_wrap=True, valign="top")
        page.set_row(1, height([(text, sum(self.widths))]))
        for column, name in enumerate(COLUMNS):
            book.text(page, HEADER_LINE, column, _capital(say(_NAMES[name])), **HEADER)
        page.set_row(HEADER_LINE, 2 * LINE_POINTS)
        every = [printed(self.plan, row, self.language) for row in rows]
        for at, one in enumerate(every, HEADER_LINE + 1):
            self._row(at, one)
        self._spare(HEADER_LINE + 1 + len(every), every)
        page.freeze_panes(HEADER_LINE + 1, 2)
        page.repeat_rows(HEADER_LINE)
        page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        return book.bytes()

    def _row(self, at: int, one: Printed) -> None:
        told = {
            "indicator": one.code, "name": one.name, "unit": one.unit, "period": one.period, "agency": one.agency,
        }  # fmt: skip
        known = {"target": one.target, "previous": one.previous, "cumulative_before": one.cumulative_before}
        for column, name in enumerate(COLUMNS):
            if name in told or (name == "area" and one.area):
                wraps = {"text_wrap": True} if name in ("name", "agency") else {}
                self.book.text(self.page, at, column, told.get(name, one.area), **CELL, **SHUT, **wraps)
            elif name in known:
                self._known(at, column, known[name])
            else:
                self._input(at, column, name, one)
        self.page.set_row(at, height((text, _WIDTHS[name]) for name, text in told.items()))

    def _known(self, at: int, column: int, value: Decimal | Fraction | str | None) -> None:
        if isinstance(value, str | None):
            self.book.text(self.page, at, column, value or "", **CELL, **SHUT)
        else:
            kept = stored(value)
            self.book.number(self.page, at, column, kept, self.language.number(kept), **CELL, **SHUT)

    def _input(self, at: int, column: int, name: str, one: Printed) -> None:
        """A cell to be filled in, or, where this row has no such figure, a locked one."""
        check = self._check(name, one)
        style = {**CELL, **(OPEN if check is not None or name == "note" else SHUT), **_FORMATS.get(name, {})}
        if check is not None and check["validate"] == "integer":
            # A whole number shows its thousands, so that a slip is seen; another keeps what was typed.
            style["num_format"] = number_format(0)
        self.page.write_blank(at, column, None, self.book.style(**style))
        if check is not None:
            self.page.data_validation(at, column, at, column, self._worded(check, one.code))

    def _check(self, name: str, one: Printed) -> dict[str, Any] | None:
        """What a cell takes, as XlsxWriter has it; None for one that takes nothing, or anything."""
        subject = one.row.subject
        if name == "kind":
            return self._list(tuple(self.language.say(word) for word in (*KIND_NAMES.values(), WITHDRAWN)))
        if name == "reported_on":
            return self._date()
        if isinstance(subject, Commitment) or subject.target.achieved:
            # A promise is the whole town's: those of areas cannot be added up.
            return self._yes_no() if name == "value" else None
        unit = self.plan.unit_of(subject)
        if name == "area":
            return self._areas(is_rate=unit.is_rate)
        low = Decimal(0) if unit.min is None else unit.min
        if name == "value":
            limits = [limit for limit in (unit.max, subject.out_of) if limit is not None]
            return self._number(low, min(limits, default=None), whole=unit.whole)
        if name == "cumulative" and subject.is_flow and not unit.is_rate:
            return self._number(low, None, whole=unit.whole)
        if name in ("numerator", "denominator") and unit.is_rate:
            return self._number(Decimal(0), None, whole=False)
        return None

    def _number(self, low: Decimal, high: Decimal | None, *, whole: bool) -> dict[str, Any]:
        say, validate = self.language.say, "integer" if whole else "decimal"
        kind = say(N_("a whole number")) if whole else say(N_("a number"))
        if high is None:
            text = N_("Enter {kind}, {low} or more. Leave it blank if it is not known yet.")
            limits: dict[str, Any] = {"criteria": ">=", "value": low}
        else:
            text = N_("Enter {kind} from {low} to {high}. Leave it blank if it is not known yet.")
            limits = {"criteria": "between", "minimum": low, "maximum": high}
        return {"validate": validate, **limits, "input_message": say(text, kind=kind, low=low, high=high)}

    def _yes_no(self) -> dict[str, Any]:
        return self._list(
            (words.yes_no(kept=True, language=self.language), words.yes_no(kept=False, language=self.language))
        )

    def _date(self) -> dict[str, Any]:
        year, say = self.plan.year, self.language.say
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(year, 1, 1),
            "maximum": date(year + 1, 12, 31),
            "input_message": say(N_("The day of this report, such as {example}."), example=f"05/07/{year}"),
        }

    def _areas(self, *, is_rate: bool = False) -> dict[str, Any]:
        """One of the plan's areas; anything, where it names none."""
        say = self.language.say
        names = tuple(party.name.in_(self.language) for party in self.plan.areas.values())
        check = self._list(names) if names else {"validate": "any"}
        text = (
            say(N_("Leave blank for the whole town, or choose from the list."))
            if names
            else say(N_("Blank: the whole town."))
        )
        if is_rate:
            text += " " + say(N_("A rate of a ward or commune needs its numerator and denominator, to be added up."))
        return check | {"input_message": text}

    def _list(self, choices: tuple[str, ...]) -> dict[str, Any]:
        """One of these words, which stand on the hidden sheet: a list in a cell's own rule is cut at 255 characters."""
        if choices not in self.ranges:
            self.ranges[choices] = self.book.listed(self.lists, len(self.ranges), choices)
        text = self.language.say(N_("Choose from the list."))
        return {"validate": "list", "source": self.ranges[choices], "input_message": text}

    def _worded(self, check: dict[str, Any], title: str) -> dict[str, Any]:
        """With what a person sees on entering the cell, and on entering something else into it."""
        help_ = check["input_message"][:LONGEST_HELP]
        return {
            **check,
            "input_title": title[:LONGEST_TITLE],
            "input_message": help_,
            "error_title": self.language.say(N_("Not accepted"))[:LONGEST_TITLE],
            "error_message": help_,
        }

    def _spare(self, first: int, every: Sequence[Printed]) -> None:
        """Open rows for more figures, of the codes and periods above."""
        subjects = [one.row.subject for one in every]
        codes = tuple(dict.fromkeys(s.code for s in subjects if isinstance(s, Indicator) and not s.target.achieved))
        if not codes:
            return
        last = first - 1 + min(MOST_SPARE, max(FEWEST_SPARE, len(codes) * len(self.plan.areas)))
        for at in range(first, last + 1):
            for column, name in enumerate(COLUMNS):
                is_shut = name in ("name", "unit", "target", *BEFORE, "agency")
                style = {**CELL, **(SHUT if is_shut else OPEN), **_FORMATS.get(name, {})}
                self.page.write_blank(at, column, None, self.book.style(**style))
        lowest = min((unit.min for unit in self.plan.units.values() if unit.min is not None), default=Decimal(0))
        checks = {
            "indicator": self._list(codes),
            "period": self._list(tuple(dict.fromkeys(one.period for one in every))),
            "area": self._areas(),
            "kind": self._check("kind", every[0]),
            "reported_on": self._date(),
            **dict.fromkeys(NUMBERS, self._number(lowest, None, whole=False)),
        }
        title = self.language.say(N_("Further rows"))
        for name, check in checks.items():
            if check is not None:
                column = COLUMNS.index(name)
                self.page.data_validation(first, column, last, column, self._worded(check, title))


_FORMATS: dict[str, dict[str, Any]] = {
    "reported_on": {"num_format": "dd/mm/yyyy", "align": "center"},
    "note": {"text_wrap": True},
}
HELP = N_(
    "Fill in the yellow cells only; leave blank what is not known yet, and write 0 only for a real zero. A figure of a ward or commune goes into a row of its own: choose the code, the period and the area in the rows at the end. Send the file back as it is (.xlsx)."
)
