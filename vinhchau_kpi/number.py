"""Text ⇄ exact number. Nothing else turns text into a number, and nothing else rounds one.

What is read is a `Decimal` of at most 18 digits, exactly as written. What is computed is a `Fraction`, so a
comparison with a target is never decided by rounding. Rounding happens here, half up, on the way to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cache

MAX_DIGITS = 18
PERCENT_PLACES = 2
"""Decimals of a percent on a screen."""
MACHINE_PLACES = 6
"""Decimals, in machine output, of a number that has no end (a third) or is a percent."""

_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])


class Convention(StrEnum):
    """How a file writes numbers: `vi` 1.234,5 · `en` 1,234.5."""

    VI = "vi"
    EN = "en"

    @property
    def other(self) -> Convention:
        return Convention.EN if self is Convention.VI else Convention.VI


class Fault(Enum):
    """Why a text is not a number that can be taken."""

    OTHER_CONVENTION = "other-convention"
    SEPARATORS = "separators"
    WORDS = "words"
    PERCENT = "percent"
    EXPONENT = "exponent"
    OTHER_DIGITS = "other-digits"
    FORMULA = "formula"
    TOO_LONG = "too-long"
    ERROR_VALUE = "error-value"
    """#REF!, #DIV/0!: what a spreadsheet shows in place of a number."""
    DATE = "date"
    SCALED = "scaled"
    """The workbook's format hides or adds digits: what is shown is not what is stored."""
    RAISED = "raised"
    """Some of its characters are raised, lowered or struck out."""
    STRUCK = "struck"
    """All of it is struck out: it is not reported."""
    UNSEEN = "unseen"
    """The workbook's format shows nothing where this number stands."""
    NO_RESULT = "no-result"
    """A formula that nothing has computed yet."""
    NOT_A_NUMBER = "not-a-number"


class Evidence(Enum):
    """What one cell says about the convention of its file."""

    VI = "vi"
    EN = "en"
    SAME = "same"
    """Reads the same both ways: 120."""
    EITHER = "either"
    """Two readings a thousandfold apart: 28.500."""
    NONE = "none"


_NO_BREAK = "\u00a0\u2009\u202f"
_SIGN = r"([-\u2212+]?)"


@cache
def _pattern(convention: Convention) -> re.Pattern[str]:
    group, point = (".", ",") if convention is Convention.VI else (",", ".")
    first = r"[1-9][0-9]{0,2}"
    return re.compile(
        rf"{_SIGN}({first}(?:{re.escape(group)}[0-9]{{3}})+|{first}(?:[{_NO_BREAK}][0-9]{{3}})+|[0-9]+)"
        rf"(?:{re.escape(point)}([0-9]+))?"
    )


_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_ONE_GROUP = re.compile(r"(-?[1-9][0-9]{0,2})\.([0-9]{3})")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_EXPONENT = r"[-+]?[0-9][0-9.,]*[eE][-+]?[0-9]+"


def plain(text: str) -> Decimal | None:
    """A number as programs write it (`28500`, `-0.5`): no grouping, no leading zero, no exponent; else None."""
    if _PLAIN.fullmatch(text) and len(_NOT_DIGITS.sub("", text)) <= MAX_DIGITS:
        return _positive_zero(Decimal(text))
    return None


def two_readings(text: str) -> tuple[str, str] | None:
    """The two numbers that `28.500` may mean where nothing proves which, both written so that they read one way: 28500
    and 28.5; None for every other text."""
    match = _ONE_GROUP.fullmatch(text)
    if match is None:
        return None
    decimals = match[2].rstrip("0")
    decimals = f"{decimals}0" if len(decimals) == 3 else decimals
    return match[1] + match[2], f"{match[1]}.{decimals}" if decimals else match[1]


def read(text: str, convention: Convention, *, percent: bool = False) -> Decimal | Fault:
    """The exact number that `text` writes in `convention`, or why there is none.

    `percent` says that the row's unit is %, where a trailing % sign may stand. Grouping must be in threes
    from a first group that does not start with 0; a no-break or thin space may group as well.
    """
    body = _body(text, percent)
    number = _match(body, convention)
    return number if number is not None else _diagnosis(body, convention)


def stated(value: object) -> Decimal | Fault:
    """The number of a workbook's cell, which reaches us as a binary float: its 15 significant digits.

    That many a spreadsheet shows and lets anyone type, so 9.08 is 9.08 and 0.1 + 0.2 is 0.3. `TOO_LONG` where it
    cannot be written with 18 digits, `NOT_A_NUMBER` for infinity.
    """
    text = f"{value:.15g}"
    if not any(digit in text for digit in "0123456789"):
        return Fault.NOT_A_NUMBER
    number = Decimal(text)
    if abs(number.adjusted()) > MAX_DIGITS or sum(c.isdigit() for c in f"{number:f}") > MAX_DIGITS:
        return Fault.TOO_LONG
    return _positive_zero(_trimmed(number))


def evidence(text: str) -> Evidence:
    """What a number cell proves of its file's convention. A trailing % sign does not count."""
    body = _body(text, percent=True)
    vi = _match(body, Convention.VI)
    en = _match(body, Convention.EN)
    if vi is None:
        return Evidence.NONE if en is None else Evidence.EN
    if en is None:
        return Evidence.VI
    return Evidence.SAME if vi == en else Evidence.EITHER


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum. Raises `decimal.Inexact` rather than drop a digit; inputs of 18 digits never reach that."""
    result = Decimal(0)
    for value in values:
        result = _EXACT.add(result, value)
    return result


def rounded(number: Decimal | Fraction, places: int) -> Decimal:
    """`number` to `places` decimals, half up (away from zero), decided on the exact value."""
    exact = Fraction(number)
    scale: int = 10**places
    whole, rest = divmod(abs(exact.numerator) * scale, exact.denominator)
    if 2 * rest >= exact.denominator:
        whole += 1
    sign = "-" if exact < 0 and whole else ""
    return Decimal(f"{sign}{whole}e-{places}")


def rounded_percent(percent: Decimal | Fraction, places: int = PERCENT_PLACES) -> Decimal:
    """A percent rounded half up, but never onto 100 from either side: 99.996 is 99.99, 100.004 is 100.01.

    "100 %" is printed for exactly the target and for nothing else.
    """
    result = rounded(percent, places)
    if result == 100 and percent != 100:
        step = Decimal(f"1e-{places}")
        return result - step if percent < 100 else result + step
    return result


def canonical(number: Decimal | Fraction, places: int | None = None) -> Decimal:
    """`number` for machines: every digit it has, no trailing zeros, no positive exponent.

    With `places`, or where the digits never end, rounded half up to that many (by default 6) decimals.
    """
    exact = Fraction(number)
    own = _own_places(exact)
    if places is None:
        places = MACHINE_PLACES if own is None else own
    elif own is not None:
        places = min(own, places)
    result = rounded(exact, places)
    return _trimmed(result)


def shown(number: Decimal | Fraction, convention: Convention, places: int | None = None) -> str:
    """`number` for a reader: grouped in threes, all its decimals, or exactly `places` of them."""
    return grouped(rounded(number, decimals(number) if places is None else places), convention)


def decimals(number: Decimal | Fraction) -> int:
    """How many decimals a reader is shown: all there are, two where they never end."""
    own = _own_places(Fraction(number))
    return PERCENT_PLACES if own is None else own


def grouped(number: Decimal, convention: Convention) -> str:
    """`number`, with the decimals it carries, in the digits of `convention`: 1.234,50 or 1,234.50."""
    text = f"{number:,f}"
    if convention is Convention.VI:
        text = text.translate(_SWAP)
    return text


def written(number: Decimal, convention: Convention) -> str:
    """`number` as a clerk would type it in a file of `convention`: exact, ungrouped, `parse` reads it back."""
    text = f"{number:f}"
    return text.replace(".", ",") if convention is Convention.VI else text


_SWAP = str.maketrans(",.", ".,")


def _body(text: str, percent: bool) -> str:
    body = text.strip()
    if percent and body.endswith("%"):
        body = body[:-1].rstrip()
    return body


def _match(body: str, convention: Convention) -> Decimal | None:
    match = _pattern(convention).fullmatch(body)
    if match is None:
        return None
    sign, whole, fraction = match.groups()
    digits = _NOT_DIGITS.sub("", whole)
    if len(digits) + len(fraction or "") > MAX_DIGITS:
        return None
    number = Decimal(f"{digits}.{fraction}" if fraction else digits)
    return _positive_zero(-number if sign in ("-", "\u2212") else number)


def _positive_zero(number: Decimal) -> Decimal:
    return number or abs(number)


def _trimmed(number: Decimal) -> Decimal:
    if number == number.to_integral_value():
        return Decimal(int(number))
    return Decimal(f"{number:f}".rstrip("0"))


def _own_places(exact: Fraction) -> int | None:
    """Decimals needed to write `exact` in full; None where they never end."""
    denominator, twos, fives = exact.denominator, 0, 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


_DATE = r"(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:19|20)[0-9]{2}"


def _diagnosis(body: str, convention: Convention) -> Fault:
    if body.startswith("#"):
        return Fault.ERROR_VALUE
    if re.fullmatch(_DATE, body):
        return Fault.DATE
    if any(c.isnumeric() and not c.isascii() for c in body):
        return Fault.OTHER_DIGITS
    if body.startswith(("=", "@", "+=")):
        return Fault.FORMULA
    if sum(c.isdigit() for c in body) > MAX_DIGITS:
        return Fault.TOO_LONG
    if re.fullmatch(_EXPONENT, body):
        return Fault.EXPONENT
    if body.endswith("%") and _match(body[:-1].rstrip(), convention) is not None:
        return Fault.PERCENT
    if _match(body, convention.other) is not None:
        return Fault.OTHER_CONVENTION
    if any(c.isdigit() for c in body):
        return Fault.WORDS if any(c.isalpha() for c in body) else Fault.SEPARATORS
    return Fault.NOT_A_NUMBER
