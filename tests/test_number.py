from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from vinhchau_kpi import number
from vinhchau_kpi.number import Convention, Evidence, Fault

VI, EN = Convention.VI, Convention.EN


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("28.500", "28500", "28.500"),
        ("28,500", "28.500", "28500"),
        ("120", "120", "120"),
        ("0", "0", "0"),
        ("007", "7", "7"),
        (" 12 ", "12", "12"),
        ("-5", "-5", "-5"),
        ("\u22125", "-5", "-5"),
        ("+5", "5", "5"),
        ("1\u00a0234\u202f567", "1234567", "1234567"),
        ("999999999999999999", "999999999999999999", "999999999999999999"),
        ("-0", "0", "0"),
    ],
)
def test_both_readings(text: str, vi: str, en: str) -> None:
    """A text that is a number in both conventions gives each convention's exact number, digits kept."""
    assert str(number.read(text, VI)) == vi
    assert str(number.read(text, EN)) == en


@pytest.mark.parametrize(
    ("text", "convention", "expected"),
    [
        ("9,08", VI, "9.08"),
        ("1.234.567,891", VI, "1234567.891"),
        ("-1.234,5", VI, "-1234.5"),
        ("0,500", VI, "0.500"),
        ("186.7", EN, "186.7"),
        ("1,234,567.891", EN, "1234567.891"),
        ("0.500", EN, "0.500"),
        ("12345.678", EN, "12345.678"),
    ],
)
def test_one_reading(text: str, convention: Convention, expected: str) -> None:
    """A text that only one convention can write is read in it and refused, as the other's, in the other."""
    assert str(number.read(text, convention)) == expected
    assert number.read(text, convention.other) is Fault.OTHER_CONVENTION


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.NOT_A_NUMBER),
        ("…", Fault.NOT_A_NUMBER),
        ("-", Fault.NOT_A_NUMBER),
        ("NaN", Fault.NOT_A_NUMBER),
        ("Infinity", Fault.NOT_A_NUMBER),
        ("1e5", Fault.EXPONENT),
        ("1,5E+03", Fault.EXPONENT),
        ("186,7ha", Fault.WORDS),
        ("39 vạn tấn", Fault.WORDS),
        ("1_000", Fault.SEPARATORS),
        ("1 234", Fault.SEPARATORS),
        ("1.23.456", Fault.SEPARATORS),
        ("1.234.56", Fault.SEPARATORS),
        ("0.123.456", Fault.SEPARATORS),
        (",5", Fault.SEPARATORS),
        ("5,", Fault.SEPARATORS),
        ("5%", Fault.PERCENT),
        ("١٢٣", Fault.OTHER_DIGITS),
        ("１２", Fault.OTHER_DIGITS),
        ("5²", Fault.OTHER_DIGITS),
        ("½", Fault.OTHER_DIGITS),
        ("=1+1", Fault.FORMULA),
        ("1234567890123456789", Fault.TOO_LONG),
        ("123456789012345678,1", Fault.TOO_LONG),
    ],
)
def test_refused(text: str, fault: Fault) -> None:
    """What is no number of this convention is refused with the reason that a clerk can act on."""
    assert number.read(text, VI) is fault


def test_percent_sign_only_in_percent_rows() -> None:
    """A trailing % sign is accepted in a % row alone, with or without a space before it."""
    assert number.read("98,5%", VI, percent=True) == Decimal("98.5")
    assert number.read("98,5 %", VI, percent=True) == Decimal("98.5")
    assert number.read("98,5%", VI) is Fault.PERCENT
    assert number.read("98,5%%", VI, percent=True) is not Decimal("98.5")


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("9,08", Evidence.VI),
        ("1.234.567", Evidence.VI),
        ("1.234,5", Evidence.VI),
        ("0,500", Evidence.VI),
        ("186.7", Evidence.EN),
        ("0.500", Evidence.EN),
        ("1,234,567", Evidence.EN),
        ("1234.567", Evidence.EN),
        ("28.500", Evidence.EITHER),
        ("28,500", Evidence.EITHER),
        ("-1.234", Evidence.EITHER),
        ("28.500%", Evidence.EITHER),
        ("120", Evidence.SAME),
        ("98%", Evidence.SAME),
        ("", Evidence.NONE),
        ("186.7ha", Evidence.NONE),
        ("1.23.456", Evidence.NONE),
    ],
)
def test_evidence(text: str, proof: Evidence) -> None:
    """A cell proves the convention in which alone it can be read, and nothing where both or neither can."""
    assert number.evidence(text) is proof


@pytest.mark.parametrize(
    ("text", "expected"),
    [("28500", "28500"), ("-0.5", "-0.5"), ("9.080", "9.080"), ("0", "0"), ("-0", "0"), ("0.000000000000000001", None)],
)
def test_plain(text: str, expected: str | None) -> None:
    """A plan's number is read exactly as programs write it, up to 18 digits."""
    found = number.plain(text)
    assert (None if found is None else f"{found:f}") == expected


@pytest.mark.parametrize("text", ["", "010", "1e5", "1,5", ".5", "5.", "+5", "1_000", "١٢", "NaN", " 5", "1" * 19])
def test_not_plain(text: str) -> None:
    """Leading zeros, signs, grouping, exponents and other digits are no plain number."""
    assert number.plain(text) is None


@pytest.mark.parametrize(
    ("exact", "places", "expected"),
    [
        ("0.005", 2, "0.01"),
        ("0.004999999999999999999", 2, "0.00"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.004", 2, "0.00"),
        ("1/3", 6, "0.333333"),
        ("2/3", 2, "0.67"),
        ("1.005", 2, "1.01"),
        ("12", 2, "12.00"),
    ],
)
def test_rounded_half_up(exact: str, places: int, expected: str) -> None:
    """Rounding is half away from zero, decided on the exact value, and never shows a minus zero."""
    assert str(number.rounded(Fraction(exact), places)) == expected


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        ("100", "100.00"),
        ("99.996", "99.99"),
        ("99.995", "99.99"),
        ("99.994", "99.99"),
        ("100.004", "100.01"),
        ("100.0000001", "100.01"),
        ("100.006", "100.01"),
        ("0.005", "0.01"),
        ("-100.001", "-100.00"),
    ],
)
def test_percent_never_rounds_onto_the_line(percent: str, shown: str) -> None:
    """100,00 is shown for exactly the target and for nothing beside it, on either side."""
    assert str(number.rounded_percent(Fraction(percent))) == shown


@pytest.mark.parametrize(
    ("exact", "places", "expected"),
    [
        ("28500", None, "28500"),
        ("9.080", None, "9.08"),
        ("0.0000001", None, "0.0000001"),
        ("1/3", None, "0.333333"),
        ("43.3175438596", 6, "43.317544"),
        ("50", 6, "50"),
        ("-1.5", 6, "-1.5"),
        ("1000000000000000000", None, "1000000000000000000"),
        ("0", 6, "0"),
    ],
)
def test_canonical(exact: str, places: int | None, expected: str) -> None:
    """Machines get every digit a number has, no trailing zeros; 6 decimals where it has no end."""
    assert f"{number.canonical(Fraction(exact), places):f}" == expected


@pytest.mark.parametrize(
    ("exact", "places", "vi", "en"),
    [
        ("1234567.891", None, "1.234.567,891", "1,234,567.891"),
        ("1234.5", 2, "1.234,50", "1,234.50"),
        ("28500", None, "28.500", "28,500"),
        ("-0.5", None, "-0,5", "-0.5"),
        ("2/3", None, "0,67", "0.67"),
    ],
)
def test_shown(exact: str, places: int | None, vi: str, en: str) -> None:
    """A reader sees groups of three and all decimals; of a number without end, two."""
    assert number.shown(Fraction(exact), VI, places) == vi
    assert number.shown(Fraction(exact), EN, places) == en


def test_written() -> None:
    """What a template prints is exact and ungrouped, so neither convention misreads it by a thousand."""
    assert number.written(Decimal("28500.50"), VI) == "28500,50"
    assert number.written(Decimal("28500.50"), EN) == "28500.50"


def test_total_is_exact() -> None:
    """A sum keeps every digit of numbers far apart in size."""
    values = [Decimal(999999999999999999), Decimal("0.00000000000000001"), Decimal("0.1")]
    assert number.total(values) == Decimal("999999999999999999.10000000000000001")
    assert number.total([]) == 0


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (28500.0, "28500"),
        (9.08, "9.08"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e15, "1000000000000000"),
        (123456789012345.6, "123456789012346"),
        (0.000001, "0.000001"),
        (7, "7"),
    ],
)
def test_a_workbook_states_what_it_shows(cell: float, expected: str) -> None:
    """The number of a workbook's cell is its 15 significant digits, as a spreadsheet shows it, without an exponent."""
    assert str(number.stated(cell)) == expected


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (1e18, Fault.TOO_LONG),
        (1e300, Fault.TOO_LONG),
        (1e-30, Fault.TOO_LONG),
        (float("inf"), Fault.NOT_A_NUMBER),
        (float("nan"), Fault.NOT_A_NUMBER),
    ],
)
def test_a_workbook_number_that_cannot_be_taken(cell: float, fault: Fault) -> None:
    """A number that 18 digits cannot write, or that is none, is a fault and not a guess."""
    assert number.stated(cell) is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("#REF!", Fault.ERROR_VALUE),
        ("#DIV/0!", Fault.ERROR_VALUE),
        ("####", Fault.ERROR_VALUE),
        ("01/06/2019", Fault.DATE),
        ("2019-06-01", Fault.DATE),
        ("1.6.2019", Fault.DATE),
    ],
)
def test_what_a_sheet_puts_for_a_number(text: str, fault: Fault) -> None:
    """Error values and dates are named as such."""
    assert number.read(text, Convention.VI) is fault
