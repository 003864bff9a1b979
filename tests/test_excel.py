"""What Excel makes of what is typed into a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhchau_kpi import excel
from vinhchau_kpi.messages import EN


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("1.10", "1.1"),
        ("01", "1"),
        ("007.50", "7.5"),
        ("1234567890123456", "1234567890123450"),
        ("1.1", "a number, 1,1 on another computer"),
        ("1-2", "a date"),
        ("3/4", "a date"),
        ("2019-06", "a date"),
        ("MAR-02", "a date"),
        ("Sep1", "a date"),
        ("1E5", "another number"),
        ("50%", "another number"),
        ("12:30", "a time of day"),
        ("1 p", "a time of day"),
        ("=A1", "a formula"),
        ("-A", "a formula"),
        ("TRUE", "a yes or no"),
    ],
)
def test_what_excel_changes(text: str, made: str) -> None:
    """Numbers lose their zeros, and what looks like a day becomes one."""
    assert EN.shown(excel.made_of(text)) == made


@pytest.mark.parametrize(
    "text", ["KT-02", "A", "1", "120", "13-40", "1.2.3", "T1", "MARS-1", "2A", "I.1", "LĐ-01", "."]
)
def test_what_stays(text: str) -> None:
    """Whole numbers and codes of letters stay as they were typed."""
    assert excel.made_of(text) is None


@given(st.from_regex(r"[A-Z]{2}-[0-9]{2}", fullmatch=True))
def test_codes_of_two_letters_stay(text: str) -> None:
    """Two letters, a dash and a number are safe, as no month is that short."""
    assert excel.made_of(text) is None
