"""What the text of one cell means, where that does not depend on the rest of its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from vinhchau_kpi import number, rules
from vinhchau_kpi.figure import Kind
from vinhchau_kpi.finding import Rule
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period, is_day_first, month_first, parse_day
from vinhchau_kpi.text import FORMULA_STARTS, fold, nfc, unquoted

REMEMBERED = 100_000
"""Texts of cells whose judgement is remembered: the same come back row after row."""
NOT_REPORTED = {"", "…", "...", ".."}
DASHES = {"-", "–", "—"}
YES = {"1", "co", "dat", "yes", "da dat", "da thuc hien", "hoan thanh", "da hoan thanh", "true"}
NO = {
    "0",
    "khong",
    "chua",
    "chua dat",
    "khong dat",
    "no",
    "chua thuc hien",
    "khong thuc hien",
    "chua hoan thanh",
    "khong hoan thanh",
    "false",
}
SHEETS_OWN = {"đúng": "true", "sai": "false"}
"""How a Vietnamese sheet writes true and false. With their marks: without, “đúng” would be “dừng”."""
KINDS = {
    "estimate": Kind.ESTIMATE, "uoc": Kind.ESTIMATE, "uoc tinh": Kind.ESTIMATE, "uoc thuc hien": Kind.ESTIMATE,
    "uoc th": Kind.ESTIMATE, "uoc dat": Kind.ESTIMATE, "so bo": Kind.ESTIMATE, "tam tinh": Kind.ESTIMATE,
    "official": Kind.OFFICIAL, "chinh thuc": Kind.OFFICIAL,
}  # fmt: skip
TAKEN_BACK = {
    "rut", "rut so lieu", "rut lai", "rut lai so lieu", "rut bao cao", "thu hoi", "thu hoi so lieu", "huy", "huy so lieu",
    "huy bo", "bai bo", "withdrawn", "withdraw",
}  # fmt: skip
"""What stands in place of a kind where a row takes back what was reported before."""
TAKES_BACK = (
    "rut so lieu", "rut lai", "rut cac so lieu", "rut bao cao", "thu hoi so lieu", "huy so lieu", "so lieu da huy",
    "so lieu da rut", "withdrawn", "withdraw ",
)  # fmt: skip
"""Words of a note that want to take a figure back. “Rút kinh nghiệm”, “rút ngắn” and “nước rút” are none."""
REASONS = {
    number.Fault.OTHER_CONVENTION: N_("this file writes numbers as {example}"),
    number.Fault.SEPARATORS: N_("its dots, commas or spaces are not where a number has them"),
    number.Fault.WORDS: N_("it has letters in it"),
    number.Fault.PERCENT: N_("its unit is not %"),
    number.Fault.EXPONENT: N_("it is written with an exponent"),
    number.Fault.OTHER_DIGITS: N_("it has digits other than 0 to 9"),
    number.Fault.FORMULA: N_("it is a formula, not its result"),
    number.Fault.TOO_LONG: N_("it has more than 18 digits"),
    number.Fault.NOT_A_NUMBER: N_("it has no digits"),
    number.Fault.ERROR_VALUE: N_("it is an error of the sheet's formula"),
    number.Fault.DATE: N_("it is a date; Excel may have turned a number into it"),
    number.Fault.SCALED: N_("its format hides or adds digits, so what is seen is not what is stored"),
    number.Fault.RAISED: N_("some of it is raised, lowered or struck out, and these are no digits of the number"),
    number.Fault.UNSEEN: N_("the cell shows nothing, but it holds this number"),
    number.Fault.NO_RESULT: N_("it is a formula that was never computed; open the file in Excel and save it"),
}
NUMBER_COLUMNS = ("value", "cumulative", "numerator", "denominator")
UNCLEAR: Any = object()


class Judged(dict[str, Any]):
    """What each text means, found once; `UNCLEAR` where it is a fault."""

    def __init__(self, judge: Callable[[str], Any]) -> None:
        self.judge = judge

    def __missing__(self, text: str) -> Any:
        if len(self) >= REMEMBERED:
            self.clear()
        try:
            found = self.judge(clean(text))
        except RowFault:
            found = UNCLEAR
        self[text] = found
        return found


def clean(text: str) -> str:
    """A cell's text, without the apostrophe by which our own templates keep a spreadsheet from taking a name for a formula."""
    bare = unquoted(nfc(text))
    return bare[1:] if bare[:1] == "'" and bare[1:].startswith(FORMULA_STARTS) else bare


class RowFault(Exception):
    """A row that gives no figure: the column at fault, the rule, its words."""

    def __init__(self, rule: Rule, column: str, **args: Any) -> None:
        super().__init__(rule.code)
        self.rule, self.column, self.args_ = rule, column, args


def stated(cell: NumberCell, percent: bool) -> Decimal | number.Fault:
    """The number that a cell shows: 0.98 with the format of a percent is 98, and no number of tonnes."""
    if isinstance(cell.value, number.Fault) or not cell.is_percent:
        return cell.value
    return cell.value.scaleb(2) if percent else number.Fault.PERCENT


def quoted(cell: Cell) -> Decimal | str:
    """A cell as a message repeats it: a number in the reader's own writing."""
    if isinstance(cell, str) or cell.is_percent or isinstance(cell.value, number.Fault):
        return str(cell)
    return cell.value


def date_in(text: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise RowFault(rules.BAD_DATE, "reported_on", value=text)
    return day


def are_day_first(dates: Iterable[str]) -> bool:
    """Whether a day above 12 proves that all dates of a file have the day first, and none proves that the month is."""
    is_proved = False
    for text in dates:
        is_proved |= is_day_first(text)
        if parse_day(text) is None and month_first(text) is not None:
            return False
    return is_proved


def fits(day: date, period: Period) -> bool:
    """Whether a figure of `period` can have been reported on `day`: not before it begins, nor years after."""
    return period.first_day <= day <= date(period.first_day.year + 2, 12, 31)


def kind_in(text: str) -> Kind:
    kind = KINDS.get(fold(text)) if text and not is_taken_back(text) else Kind.OFFICIAL
    if kind is None:
        raise RowFault(rules.BAD_KIND, "kind", value=text)
    return kind


def is_taken_back(kind: str) -> bool:
    """Whether a row of this kind takes a figure back."""
    return fold(kind).removeprefix("da ") in TAKEN_BACK


def wants_back(note: str) -> bool:
    """Whether a note says that the figure of its row is taken back."""
    key = fold(note)
    return is_taken_back(note) or any(words in key for words in TAKES_BACK)


def reported(cell: Cell) -> Cell:
    """The cell, or nothing where it says that nothing is reported, or is struck out."""
    is_none = cell in NOT_REPORTED if isinstance(cell, str) else cell.value is number.Fault.STRUCK
    return "" if is_none else cell


def last_digit(value: Decimal) -> Decimal:
    """One unit of the last printed digit: what rounding, or cutting off, may have taken."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)
