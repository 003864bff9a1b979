"""What units count, and by which power of ten they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhchau_kpi import units
from vinhchau_kpi.text import spelled


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("tỉ đồng", "tỷ đồng"),
        ("Tỷ đ", "tỷ đồng"),
        ("TR.Đ", "triệu đồng"),
        ("trđ", "triệu đồng"),
        ("ngàn  đồng", "nghìn đồng"),
        ("1.000 đồng", "nghìn đồng"),
        ("Tỷ lệ %", "%"),
        ("phần trăm", "%"),
        ("hecta", "ha"),
        ("m²", "m2"),
        ("triệu đồng / người", "triệu đồng/người"),
        ("(lao động)", "Lao động"),
        ("billion dong", "tỷ đồng"),
        ("10³ tấn", "nghìn tấn"),
    ],
)
def test_spelling_is_no_difference(text: str, plan: str) -> None:
    """Case, marks, i and y, spaces and the usual shortenings do not count."""
    assert units.difference(text, [plan]) == 0


@pytest.mark.parametrize(
    ("text", "plan", "power"),
    [
        ("triệu đồng", "tỷ đồng", -3),
        ("tỷ đồng", "triệu đồng", 3),
        ("nghìn tỷ đồng", "tỷ đồng", 3),
        ("đồng", "triệu đồng", -6),
        ("kg", "tấn", -3),
        ("tạ", "tấn", -1),
        ("nghìn tấn", "tấn", 3),
        ("nghìn ha", "ha", 3),
        ("m2", "ha", -4),
        ("nghìn người", "người", 3),
        ("tỷ đồng/người", "triệu đồng/người", 3),
        ("giường/vạn dân", "giường/1.000 dân", -1),
        ("‰", "%", -1),
    ],
)
def test_a_power_of_ten_is_known(text: str, plan: str, power: int) -> None:
    """Larger and smaller units of one thing differ by a power of ten."""
    assert units.difference(text, [plan]) == power
    assert units.difference(plan, [text]) == -power


@pytest.mark.parametrize(
    ("text", "plan"), [("ha", "tấn"), ("người", "hộ"), ("trạm", "xã"), ("tỷ lệ", "tỷ đồng"), ("lượt", "người")]
)
def test_other_things_are_other_units(text: str, plan: str) -> None:
    """Hectares are no tonnes, and a rate (tỷ lệ) is no billion (tỷ)."""
    assert units.difference(text, [plan]) is None


@pytest.mark.parametrize(
    ("words", "power"),
    [
        (" tỷ", 0), ("tỉ", 0), (" tỷ đồng", 0), ("bn", 0), (" lượt", 0), ("x", 0), ("", 0),
        (" tr.đ", -3), ("M", -3), ("million", -3), ("k", -6), ("ngàn", -6), ("%", None), (" kg", None), ("đơn vị: triệu", None), ("₫", -9),
    ],
)  # fmt: skip
def test_words_of_a_format(words: str, power: int | None) -> None:
    """A scale alone is held against the plan's; words that are no unit say nothing."""
    assert units.difference_of_words(words, ["tỷ đồng", "billion dong", "billion-dong"]) == power


def test_known_words_beside_an_unknown_unit() -> None:
    """Money, percents and thousands are no households."""
    assert [units.difference_of_words(words, ["hộ"]) for words in ("tr.đ", "%", "nghìn người", "k", "ước")] == [
        None,
        None,
        None,
        3,
        0,
    ]


@given(st.sampled_from(sorted(units.SCALES)), st.sampled_from(sorted(units.KNOWN)))
def test_a_scale_before_a_unit_multiplies_it(scale: str, base: str) -> None:
    """“nghìn”, “triệu”, “k” and the others say their power of ten before any unit."""
    assert units.difference(f"{scale} {base}", [base]) == units.SCALES[scale] or units.unit(f"{scale} {base}").is_known


@given(st.text(alphabet="abcdeghiklmnoprstuvxyđàỷỉ 0123456789./%²³", max_size=20))
def test_a_unit_is_itself(text: str) -> None:
    """Any text is the same unit as itself, in any case and with any spaces around it."""
    assert units.difference(f" {text.upper()} ", [text]) == 0


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("tỷ", "tỉ", True), ("Quý", "quí", True), ("kỹ", "kĩ", True), ("tay", "tai", False), ("thúy", "thúi", False)],
)
def test_i_and_y(a: str, b: str, same: bool) -> None:
    """i and y are one where they are the only vowel of their syllable."""
    assert (spelled(a) == spelled(b)) is same
