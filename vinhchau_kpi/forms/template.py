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
from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.forms.machine import csv_cell
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    HEADER,
    LINE_POINTS,
    Spreadsheet,
    height,
    number_format,
    page_number,
    percent_of,
    stored,
)
from vinhchau_kpi.intake.cut.headings import BEFORE, COLUMN_NAMES, COMPUTED
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import Convention, decimals, written
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.template import Owed
from vinhchau_kpi.views import words
from vinhchau_kpi.views.template import COLUMNS, Printed, columns_of, printed

_NAMES = COLUMN_NAMES | BEFORE | COMPUTED


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
    "indicator": 9, "name": 36, "unit": 10, "target": 11, "previous": 11, "cumulative_before": 11, "period": 11, "value": 13, "cumulative_now": 12,
    "percent_now": 10, "look": 16, "cumulative": 12, "numerator": 10, "denominator": 10, "area": 15, "agency": 18, "kind": 12, "reported_on": 12, "note": 20,
}  # fmt: skip
FEWEST_SPARE, MOST_SPARE = 30, 300
"""Open rows below those that are owed: one for each indicator in each ward and commune, within these bounds."""
HEADER_LINE = 3
NUMBERS = ("value", "cumulative", "numerator", "denominator")
SHUT: dict[str, Any] = {"bg_color": "#F2F2F2"}
OPEN: dict[str, Any] = {"bg_color": "#FFFBE0", "locked": False}
RED: dict[str, Any] = {"bg_color": "#F8CBAD", "font_color": "#B3261E", "bold": True}
TIMES, TOTAL = 10, Fraction(5, 2)
"""How many times what is usual a figure is to be looked at; and how many times it may be a running total."""
LONGEST_TITLE, LONGEST_HELP = 32, 255
"""Characters of the title and of the words that a spreadsheet shows beside a cell."""


def workbook(
    plan: Plan,
    rows: Sequence[Owed],
    period: Period,
    agency: str | None,
    language: Language,
    where: str = "",
    area: str | None = None,
) -> bytes:
    """The empty submission as a workbook: what is printed is locked (without a password), what is to be filled in is yellow
    and takes only what the plan's units allow. Beside it formulas say what follows: the cumulative, the percent, and what is to
    be looked at again, in red. `where`: to whom it is sent back."""
    return _Form(plan, [printed(plan, row, language) for row in rows], language).made(period, agency, where, area)


def _capital(heading: str) -> str:
    return heading[:1].upper() + heading[1:]


class _Form:
    def __init__(self, plan: Plan, every: Sequence[Printed], language: Language) -> None:
        self.plan, self.every, self.language = plan, every, language
        self.book = Spreadsheet(plan.heading(language))
        self.columns = columns_of(plan, every)
        self.widths = tuple(_WIDTHS[column] for column in self.columns)
        self.page = self.book.page(language.say(N_("Figures")), self.widths, footer=page_number(language))
        self.lists = self.book.hidden(language.say(N_("Lists")))
        self.ranges: dict[tuple[str, ...], str] = {}

    def made(self, period: Period, agency: str | None, where: str, area: str | None) -> bytes:
        book, page = self.book, self.page
        self._heading(period, agency, where, area)
        at = HEADER_LINE + 1
        owing = next((n for n, one in enumerate(self.every) if one.row.period.last < period.first), None)
        for n, one in enumerate(self.every):
            if n == owing:
                for column, name in enumerate(self.columns):
                    text = self.language.say(N_("Still missing from earlier periods")) if name == "name" else ""
                    book.text(page, at, column, text, **CELL, **SHUT, bold=True)
                at += 1
            self._row(at, one)
            at += 1
        last = self._spare(at)
        if "look" in self.columns:
            for name in ("value", "look"):
                self._where(name, last, f"=LEN(${self._cell('look', HEADER_LINE + 1)})>0", RED)
        for name in (*NUMBERS, "cumulative_now"):
            # A whole number has no decimal sign behind it.
            if name in self.columns:
                is_whole = "AND(ISNUMBER({0}),{0}=INT({0}))".format(self._cell(name, HEADER_LINE + 1))
                self._where(name, last, f"={is_whole}", {"num_format": self._grouped(number_format(0))})
        if agency is not None:
            # Whose form it is, its title says; the column tells it to who reads the file.
            column = self.columns.index("agency")
            page.set_column(column, column, None, None, {"hidden": True})
        page.freeze_panes(HEADER_LINE + 1, 2)
        page.repeat_rows(HEADER_LINE)
        page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        return book.bytes()

    def _heading(self, period: Period, agency: str | None, where: str, area: str | None) -> None:
        book, page, say, last = self.book, self.page, self.language.say, len(self.columns) - 1
        title = say(N_("FIGURES TO REPORT: {period}"), period=self.plan.period_words(period, self.language))
        if agency is not None:
            title += f" - {self.plan.agency_name(agency, self.language)}"
        if area is not None:
            title += f" - {self.plan.area_name(area, self.language)}"
        book.merged(page, 0, (0, last), title, bold=True, align="center")
        until = say(
            N_("To be sent by {day} to:") if where else N_("To be sent by {day}."),
            day=f"{self.plan.due.of(period):%d/%m/%Y}",
        )
        book.merged(page, 1, (0, last), f"{until} {where}".rstrip(), bold=True, align="center")
        text = say(HELP)
        book.merged(page, 2, (0, last), text, italic=True, text_wrap=True, valign="top")
        page.set_row(2, height([(text, sum(self.widths))]))
        for column, name in enumerate(self.columns):
            book.text(page, HEADER_LINE, column, _capital(say(_NAMES[name])), **HEADER)
        page.set_row(HEADER_LINE, 3 * LINE_POINTS)

    def _row(self, at: int, one: Printed) -> None:
        told = {
            "indicator": one.code, "name": one.name, "unit": one.unit, "period": one.period, "agency": one.agency,
        }  # fmt: skip
        known = {"target": one.target, "previous": one.previous, "cumulative_before": one.cumulative_before}
        computed = self._computed(at, one)
        for column, name in enumerate(self.columns):
            if name in told or (name == "area" and one.area):
                set_ = {"align": "center"} if name == "period" else {"text_wrap": True}
                self.book.text(self.page, at, column, told.get(name, one.area), **CELL, **SHUT, **set_)
            elif name in known:
                self._known(at, column, known[name])
            elif computed.get(name):
                style = {**CELL, **SHUT, "shrink": True, "num_format": self._grouped(_COMPUTED.get(name, DECIMALS))}
                self.page.write_formula(at, column, f"={computed[name]}", self.book.style(**style), "")
            else:
                self._input(at, column, name, one)
        self.page.set_row(at, height((text, _WIDTHS[name]) for name, text in told.items()))

    def _where(self, name: str, last: int, condition: str, style: dict[str, Any]) -> None:
        """How the cells of a column are set that a condition on the first of them is true of."""
        column, rule = self.columns.index(name), {"type": "formula", "criteria": condition}
        of_rule = self.book.bare_style(**style)
        self.page.conditional_format(HEADER_LINE + 1, column, last, column, {**rule, "format": of_rule})

    def _grouped(self, format_: str) -> str:
        """A number format with the signs of the form's language; LibreOffice takes what is typed so, too."""
        return {"vi": "[$-42A]", "en": "[$-809]"}[self.language.code] + format_

    def _cell(self, name: str, at: int) -> str:
        return f"{column_letters(self.columns.index(name) + 1)}{at + 1}"

    def _computed(self, at: int, one: Printed) -> dict[str, str]:
        """What follows from the figure of a row, as formulas; of nothing where it has no figure yet."""
        value, say = self._cell("value", at), self.language.say
        found = {}
        if one.so_far is not None:
            found["cumulative_now"] = f'IF(ISNUMBER({value}),{_literal(one.so_far)}+{value},"")'
        if one.percent_of is not None:
            base = value if one.so_far is None else self._cell("cumulative_now", at)
            percent = percent_of(f"({base}/{_literal(one.percent_of)})")
            found["percent_now"] = f'IF(ISNUMBER({base}),{percent},"")'
        if one.row.usual:
            usual, total = one.row.usual, one.so_far or Fraction(0)
            cases = [
                (f"{value}>={_literal(max(total, TOTAL * usual))}", N_("As large as the running total?"))
                if total
                else ("FALSE", ""),
                (f"{value}>={_literal(TIMES * usual)}", N_("Ten times the usual?")),
                (f"AND({value}>0,{value}<={_literal(usual / TIMES)})", N_("A tenth of the usual?")),
            ]
            words = '""'
            for case, text in reversed(cases):
                words = f'IF({case},"{say(text)}",{words})'
            found["look"] = f'IF(ISNUMBER({value}),{words},"")'
        return found

    def _known(self, at: int, column: int, value: Decimal | Fraction | str | None) -> None:
        if isinstance(value, str | None):
            self.book.text(self.page, at, column, value or "", **CELL, **SHUT)
        else:
            kept = stored(value)
            format_ = self._grouped(number_format(decimals(kept)))
            self.book.number(self.page, at, column, kept, self.language.number(kept), format_, **CELL, **SHUT)

    def _input(self, at: int, column: int, name: str, one: Printed) -> None:
        """A cell to be filled in, or, where this row has no such figure, a locked one."""
        check = self._check(name, one)
        self._blank(at, column, name, is_open=check is not None or name == "note")
        if check is not None:
            self.page.data_validation(at, column, at, column, self._worded(check, one.code))

    def _blank(self, at: int, column: int, name: str, *, is_open: bool) -> None:
        format_ = {"num_format": self._grouped(DECIMALS)} if name in NUMBERS else _FORMATS.get(name, {})
        style = {**CELL, **(OPEN if is_open else SHUT), **format_}
        self.page.write_blank(at, column, None, self.book.style(**style))

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

    def _spare(self, first: int) -> int:
        """Open rows for more figures, of the codes and periods above; returns the last line of the form."""
        every, subjects = self.every, [one.row.subject for one in self.every]
        codes = tuple(dict.fromkeys(s.code for s in subjects if isinstance(s, Indicator) and not s.target.achieved))
        if not codes:
            return first - 1
        last = first - 1 + min(MOST_SPARE, max(FEWEST_SPARE, len(codes) * len(self.plan.areas)))
        for at in range(first, last + 1):
            for column, name in enumerate(self.columns):
                is_open = name not in ("name", "unit", "target", *BEFORE, *COMPUTED, "agency")
                self._blank(at, column, name, is_open=is_open)
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
            if check is not None and name in self.columns:
                column = self.columns.index(name)
                self.page.data_validation(first, column, last, column, self._worded(check, title))
        return last


DECIMALS = "#,##0.######"
_COMPUTED = {"percent_now": number_format(2)}


def _literal(value: Fraction | Decimal) -> str:
    """A number as formulas have it."""
    return f"{stored(value):f}"


_FORMATS: dict[str, dict[str, Any]] = {
    "reported_on": {"num_format": "dd/mm/yyyy", "align": "center"},
    "note": {"text_wrap": True},
}
HELP = N_(
    "Fill in the yellow cells only; leave blank what is not known yet, and write 0 only for a real zero. A figure of a ward or commune goes into a row of its own: choose the code, the period and the area in the rows at the end. Send the file back as it is (.xlsx)."
)
