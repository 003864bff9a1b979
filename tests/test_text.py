from __future__ import annotations

import unicodedata

import pytest

from vinhchau_kpi.text import clipped, fold, nearest, nfc, unquoted, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Đông", "Hoà Đông"),
        ("Hòa Đông", "hoa dong"),
        ("Đợt I", "DOT  I"),
        ("nước", "nƣớc"),
        ("xã\u00a0Lai Hòa ", "xa lai hoa"),
        ("Tỷ lệ", unicodedata.normalize("NFD", "Tỷ lệ")),
    ],
)
def test_fold_equal(one: str, other: str) -> None:
    """Case, marks, the place of a tone mark, ƣ for ư, and spaces do not make two names of one."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("KT-02", "KT-2"), ("Vĩnh Hải", "Vĩnh Hiệp"), ("KT-02.1", "KT-021")])
def test_fold_different(one: str, other: str) -> None:
    """Names that a reader tells apart stay apart."""
    assert fold(one) != fold(other)


def test_nfc() -> None:
    """A cell is kept in composed letters without the space around it."""
    assert nfc(" " + unicodedata.normalize("NFD", "Hòa Đông") + "\t") == "Hòa Đông"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("xã Hòa Đông", "xã Hòa Đông"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\nb\tc", "a b c"),
        ("1\u00a0234", "1 234"),
        ("\x00", "\\x00"),
    ],
)
def test_visible(text: str, seen: str) -> None:
    """What could move a terminal's cursor or hide text is written out; spaces of all kinds become one."""
    assert visible(text) == seen


def test_clipped() -> None:
    """Text of 60 characters is shown whole, longer text is cut to 60 with an ellipsis at its end."""
    assert clipped("a" * 60) == "a" * 60
    assert clipped("a" * 61) == "a" * 59 + "…"
    assert len(clipped("\x1b" * 61)) == 60


def test_nearest() -> None:
    """The nearest known words come best first, at most three, and none where none is close."""
    codes = ("KT-01", "KT-02", "KT-02.1", "KT-03", "YT-02", "AN-01")
    assert nearest("kt-2", codes)[0] == "KT-02"
    assert len(nearest("KT-0", codes)) == 3
    assert nearest("phuong hoa dong", ("xã Hòa Đông", "xã Vĩnh Tân")) == ("xã Hòa Đông",)
    assert nearest("zzz", codes) == ()


def test_invisible_characters_are_dropped() -> None:
    """Zero-width characters, soft hyphens and marks of direction go; a mark that turns a number round stays to be seen."""
    assert nfc("KT\u200b-\u00ad02\ufeff") == "KT-02"
    assert nfc("\u200e1.200\u200f") == "1.200"
    assert nfc("\u202e0021") == "\u202e0021"


@pytest.mark.parametrize(
    ("quoted", "bare"),
    [("“9,08”", "9,08"), ("« KT-02 »", "KT-02"), ("‘x’", "x"), ("“a” và “b”x", "“a” và “b”x"), ("“", "“")],
)
def test_word_s_quotation_marks_around_a_cell(quoted: str, bare: str) -> None:
    """A pair of typographic quotation marks around a whole cell is not part of it."""
    assert unquoted(quoted) == bare
