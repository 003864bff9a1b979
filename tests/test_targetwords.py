"""The words of real targets: each is stated, a reading, to be decided, or refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from vinhchau_kpi import targetwords
from vinhchau_kpi.number import Convention
from vinhchau_kpi.targetwords import Outcome, read_target

PHRASES = Path(__file__).parent / "phrases.tsv"
"""147 targets of eleven published documents of 2020 to 2026: provinces (LC24 Lào Cai, PT20), the National Assembly (QH25), districts
and communes. `target`: the sense and number, or the reason why there is none."""


def test_each_phrase_of_published_plans_comes_to_what_a_person_made_of_it() -> None:
    """No phrase becomes a target that its words do not state, but a plain number, which is marked as a reading."""
    with PHRASES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == 147
    for row in rows:
        read = read_target(row["words"], row["name"], row["unit"], Convention.VI)
        made = f"{read.sense} {read.number}" if read.sense else _name(read.reason)
        assert (read.outcome.value, made) == (row["outcome"], row["target"]), row["words"]


def _name(reason: str | None) -> str:
    return next(name.lower() for name, value in vars(targetwords).items() if name.isupper() and value == reason)


@pytest.mark.parametrize(
    ("words", "unit", "sense"),
    [
        ("vượt 10", "tấn", "above"),
        ("> 10", "tấn", "above"),
        ("thấp hơn 10", "tấn", "below"),
        ("ít nhất 10 tấn", "tấn", "at_least"),
        ("tối thiểu 10", "tấn", "at_least"),
        ("không dưới 10", "tấn", "at_least"),
        ("≥10", "tấn", "at_least"),
        ("không quá 10", "tấn", "at_most"),
        ("tối đa 10", "tấn", "at_most"),
        ("còn 10", "tấn", "at_most"),
        ("giảm xuống còn 10", "tấn", "at_most"),
        ("≤ 10", "tấn", "at_most"),
        ("10 trở xuống", "tấn", "at_most"),
        ("đạt từ 10 tấn trở lên", "tấn", "at_least"),
        ("10 nghìn tấn", "tấn", None),
        ("10 triệu", "triệu tấn", "at_least"),
        ("10 nghìn", "nghìn tỷ đồng", None),
        ("10 tấn", "", None),
        ("10%", "tấn", None),
        ("10-12", "tấn", None),
        ("khoảng 10", "tấn", None),
        ("tăng thêm 10", "tấn", None),
        ("giảm 10", "tấn", None),
        ("trên 10 trở lên", "tấn", None),
        ("không trở lên 10", "tấn", None),
        ("1,234.5", "tấn", None),
        ("-10", "tấn", None),
        ("10/20", "tấn", None),
    ],
)
def test_a_bound_is_stated_only_where_every_word_is_understood(words: str, unit: str, sense: str | None) -> None:
    read = read_target(words, "Sản lượng", unit, Convention.VI)
    assert read.sense == sense
    assert (read.outcome in (Outcome.STATED, Outcome.READING)) == (sense is not None)
