"""The headings of a submission: which column a cell of the header names, or which period."""

from __future__ import annotations

import re
from typing import NamedTuple

from vinhchau_kpi import period as periods
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period
from vinhchau_kpi.text import fold, nfc, unquoted

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("mã chỉ tiêu", "mã", "mã số", "code"),
    "period": ("kỳ", "kỳ báo cáo"),
    "value": ("thực hiện", "thực hiện trong kỳ", "thực hiện trong tháng", "trong kỳ", "trong tháng"),
    "cumulative": ("lũy kế", "lũy kế từ đầu năm"),
    "numerator": ("tử số",),
    "denominator": ("mẫu số",),
    "area": ("địa bàn", "xã/phường", "xã, phường", "xã", "phường", "xã phường"),
    "agency": ("đơn vị báo cáo",),
    "reported_on": ("ngày báo cáo", "reported on"),
    "kind": ("loại số liệu",),
    "name": ("chỉ tiêu", "tên chỉ tiêu"),
    "unit": ("đvt", "đơn vị tính"),
    "target": ("kế hoạch", "kế hoạch năm"),
    "note": ("ghi chú",),
}
"""The columns of a submission and what else their headers may say; case and diacritics do not count."""

COLUMN_NAMES = {
    "indicator": N_("indicator"),
    "name": N_("name"),
    "unit": N_("unit"),
    "target": N_("target"),
    "period": N_("period"),
    "value": N_("value"),
    "cumulative": N_("cumulative"),
    "numerator": N_("numerator"),
    "denominator": N_("denominator"),
    "area": N_("area"),
    "agency": N_("agency"),
    "kind": N_("kind"),
    "reported_on": N_("reported_on"),
    "note": N_("note"),
}
"""The columns under the names that a person is shown."""

REMARKS = N_("findings of kpi")
"""Heading of the column that `--annotate` adds to a CSV file."""
BEFORE = {"previous": N_("previous period"), "cumulative_before": N_("cumulative before")}
"""Headings of the columns in which a template shows what was reported last."""
PASSED_OVER = (
    "stt",
    "tt",
    "no.",
    "phát hiện của kpi",
    "findings of kpi",
    "kỳ trước",
    "lũy kế kỳ trước",
    *BEFORE.values(),
)
"""Headers of columns that hold nothing to read: row numbers, and what `kpi` itself wrote."""

KEY_OF = {fold(words): key for key, others in COLUMNS.items() for words in (key, *others)}
"""The column of each folded heading."""
NAMES = tuple(name for key, others in COLUMNS.items() for name in (key, *others))
"""Everything that a heading may say, for suggestions."""
_PASSED_OVER = {fold(words) for words in PASSED_OVER}


def heading(text: str) -> str:
    """A header cell as it is kept."""
    return unquoted(nfc(text))


def column_key(header: str) -> str | None:
    """The column that a header cell names, or None."""
    return KEY_OF.get(fold(unquoted(header)))


def is_passed_over(heading: str) -> bool:
    """Whether a column of this heading holds nothing to read."""
    return fold(heading) in _PASSED_OVER


class PeriodHeading(NamedTuple):
    """What a heading such as `T1`, `2019-01`, `Ước thực hiện tháng 7` or `Lũy kế 7 tháng` says.

    `kind`: the words before the period, folded; empty where it has none.
    """

    name: str
    kind: str = ""

    @property
    def column(self) -> str | None:
        """What the heading says that its column holds, as `column_of_kind` has it."""
        return column_of_kind(self.kind)


def period_heading(text: str) -> PeriodHeading | None:
    """What a header cell says of a period, its year being said there or elsewhere; None where it names none."""
    words = unquoted(text)
    if period_named(words) is not None:
        return PeriodHeading(words)
    match = _KIND_AND_PERIOD.fullmatch(fold(words))
    if match is None:
        return None
    first_months = _FIRST_MONTHS.fullmatch(match["period"])
    # “Lũy kế 7 tháng” is the sum up to July.
    name = f"T{first_months[1]}{first_months[2]}" if first_months and "luy ke" in match["kind"] else match["period"]
    return PeriodHeading(name, match["kind"]) if period_named(name) is not None else None


_KIND = r"(?:uoc )?(?:thuc hien|th|trong ky|luy ke|lk)(?: trong)?(?: den(?: het)?)?|uoc|ke hoach|kh|so lieu"
_KIND_AND_PERIOD = re.compile(rf"(?P<kind>{_KIND}) (?P<period>.+)")
_FIRST_MONTHS = re.compile(r"([0-9]{1,2}) thang(?: dau)?((?: nam)? ?/? ?(?:(?:19|20)[0-9]{2})?)")
_SUBHEADING = re.compile(rf"{_KIND}|%.*|ty le.*|so .*|cung ky.*")


def is_subheading(text: str) -> bool:
    """Whether a cell below a period tells only what its column holds: TH, KH, LK, % …"""
    return _SUBHEADING.fullmatch(fold(text)) is not None


def column_of_kind(kind: str) -> str | None:
    """What words before, over or under a column say that it holds: `value`, `cumulative`, or `other`; None: not known.

    Words that are known count whole, never by a part of them: “thực hiện kế hoạch năm 2019” is a title.
    """
    key = _AROUND.sub(" ", fold(kind)).strip(" :.-")
    if not key or _VALUE.fullmatch(key):
        return "value"
    if _CUMULATIVE.fullmatch(key):
        return "cumulative"
    return "other" if _OTHER.fullmatch(key) else None


_AROUND = re.compile(
    r"\b(?:nam )?(?:19|20)[0-9]{2}\b|\b(?:trong |cac |cua )?thang\b|\b(?:trong |cua )?nam\b(?! truoc| nay)"
)
_VALUE = re.compile(
    r"(?:uoc |so lieu |ket qua )?(?:thuc hien|th)(?: duoc)?|uoc|so lieu|ket qua|trong(?: ky)?|(?:thuc hien )?trong ky|value|actual"
)
_CUMULATIVE = re.compile(
    r"(?:uoc )?(?:thuc hien )?(?:luy ke|lk|cong don)(?: thuc hien)?(?: (?:tu dau|den|den het|den cuoi ky))?|tu dau|cumulative"
)
_OTHER = re.compile(
    r"(?:ke hoach|kh|muc tieu|chi tieu|chi tieu giao|du toan|giao|target|plan)(?: giao)?|%.*|ty le.*|so (?:voi|sanh).*"
    r"|(?:thuc hien )?(?:cung ky|nam truoc)(?: nam)?(?: truoc)?"
)


def is_estimated(kind: str) -> bool:
    return "uoc" in fold(kind).split()


def period_named(name: str, year: int = 2000) -> Period | None:
    """The period that a name says, of `year` where it says none; a number alone names none."""
    if name.strip().isdigit():
        return None
    own = periods.parse(name)
    if own is not None or not any(map(str.isalpha, name)):
        return own
    return periods.parse(f"{name}/{year}") or periods.parse(f"{name} {year}")
