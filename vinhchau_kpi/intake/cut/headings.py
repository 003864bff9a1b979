"""The headings of a submission: which column a cell of the header names, or which period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from typing import NamedTuple

from vinhchau_kpi import period as periods
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period, Span
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
    "name": ("chỉ tiêu", "tên chỉ tiêu", "các chỉ tiêu", "chỉ tiêu chủ yếu", "các chỉ tiêu chủ yếu"),
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
COMPUTED = {
    "cumulative_now": N_("cumulative, computed"),
    "percent_now": N_("% of plan, computed"),
    "look": N_("look again"),
}
"""Headings of the columns in which a template computes what follows from what is filled in."""
PASSED_OVER = (
    "stt",
    "tt",
    "no.",
    "phát hiện của kpi",
    "findings of kpi",
    "kỳ trước",
    "lũy kế kỳ trước",
    "lũy kế tự tính",
    "% kế hoạch tự tính",
    "xem lại",
    *BEFORE.values(),
    *COMPUTED.values(),
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


def period_heading(text: str, start: int = 1) -> PeriodHeading | None:
    """What a header cell says of a period, its year being said there or elsewhere; None where it names none. `start`: the month
    with which the plan's year begins."""
    words = unquoted(text)
    if period_named(words) is not None:
        return PeriodHeading(words)
    parts = _written_out(fold(words)).split(" ")[:_MOST_WORDS]
    for at in range(1, len(parts)):
        kind, name = " ".join(parts[:at]), " ".join(parts[at:])
        column = None if _YEAR.search(kind) else column_of_kind(kind)
        # “Lũy kế từ đầu năm” is of no period.
        if column is None or period_named(name) is None or (column == "cumulative" and name == "nam"):
            continue
        first_months = _FIRST_MONTHS.fullmatch(name) if column == "cumulative" else None
        if first_months and 1 <= (months := int(first_months[1])) <= 12:
            # “Lũy kế 7 tháng” is the sum up to the year's seventh month: in most plans July.
            name = f"T{(start + months - 2) % 12 + 1}{first_months[2]}"
        return PeriodHeading(name, kind)
    return None


def _written_out(words: str) -> str:
    """Folded words with what is short or stands behind as it is usually said: “LK 7T (ước)” is “uoc lk 7 thang”, and what is up
    to the last day of a month is up to that month."""
    if behind := _ESTIMATE_BEHIND.search(words):
        words = f"{behind[1]} {words[: behind.start()]}"
    return _MONTHS.sub(r"\1 thang", _UNTIL_DAY.sub(_until_month, words))


def _until_month(match: re.Match[str]) -> str:
    month, year = int(match["m"]), match["y"] or ""
    is_last = 1 <= month <= 12 and int(match["d"]) == monthrange(int(year or 2001), month)[1]
    return f"den t{month}{year and '/'}{year}" if is_last else match[0]


_ESTIMATE_BEHIND = re.compile(r" ?\((uoc(?: tinh| th| thuc hien)?)\)$")
_MONTHS = re.compile(r"\b([0-9]{1,2}) ?t(?= |/|$)")
_UNTIL_DAY = re.compile(
    r"(?:tu (?:ngay )?0?1/0?1(?:/(?:19|20)[0-9]{2})? )?den (?:het )?(?:ngay )?(?P<d>[0-9]{2})/(?P<m>[0-9]{1,2})(?:/(?P<y>(?:19|20)[0-9]{2}))?$"
)
_MOST_WORDS = 16
"""Words of a heading; what has more is a sentence."""
_FIRST_MONTHS = re.compile(r"([0-9]{1,2}) thang(?: dau)?((?: nam)? ?/? ?(?:(?:19|20)[0-9]{2})?)")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def is_subheading(text: str) -> bool:
    """Whether a cell below another heading says what its column holds: a period, TH, KH, LK, % …"""
    is_number = text.strip().isdigit()
    return not is_number and bool(column_key(text) or period_heading(text) or column_of_kind(text))


def number_column(text: str) -> str | None:
    """`value` or `cumulative` where a heading that is no column's name says so in other words: “Ước thực hiện”, “Lũy kế từ
    đầu năm đến tháng báo cáo”; it names no period."""
    words = fold(text)
    kind = column_of_kind(words) if words and not _DIGIT.search(words) else None
    return kind if kind != "other" and (_bare(words) or _THIS.search(words)) else None


_THIS = re.compile(r"\b(?:thang|ky) (?:bao cao|nay)\b")
_DIGIT = re.compile(r"[0-9]")


def column_of_kind(kind: str) -> str | None:
    """What words before, over or under a column say that it holds: `value`, `cumulative`, or `other`; None: not known.

    Words that are known count whole, never by a part of them: “thực hiện kế hoạch năm 2019” is a title. But whatever is
    compared, or of another time, is never this period's figure.
    """
    words = fold(kind)
    if _COMPARED.search(words) and words.count(" ") < _MOST_WORDS:
        return "other"
    key = _bare(words)
    if not key or _VALUE.fullmatch(key):
        return "value"
    if _CUMULATIVE.fullmatch(key):
        return "cumulative"
    return "other" if _TARGET.fullmatch(key) else None


def _bare(words: str) -> str:
    """Folded words without those that only say “of this month” or “of the year”."""
    return " ".join(_AROUND.sub(" ", words).split()).strip(" :.-")


_AROUND = re.compile(
    r"\b(?:nam )?(?:19|20)[0-9]{2}\b|\b(?:trong )?(?:thang|ky) (?:bao cao|nay)\b|\b(?:trong |cac |cua )?thang\b"
    r"|\b(?:trong |cua )?nam\b(?! truoc| nay)"
)
_SAID = r"(?:uoc(?: tinh)?|so bo|chinh thuc|so lieu|ket qua|kq)"
_DONE = rf"(?:(?:{_SAID} )?(?:thuc hien|th|uth)(?: duoc)?|{_SAID}|uoc dat)"
_SINCE = r"(?:tu dau(?: ky)?|den|tu dau(?: ky)? den)(?: nay| het| cuoi| cuoi ky)?"
_VALUE = re.compile(rf"{_DONE}|(?:{_DONE} )?trong(?: ky)?|value|actual")
_CUMULATIVE = re.compile(
    rf"(?:{_DONE} )?(?:luy ke|lk|cong don)(?: {_DONE})?(?: {_SINCE})?|{_DONE} {_SINCE}|tu dau(?: ky)?|cumulative"
)
_TARGET = re.compile(
    r"(?:ke hoach|kh|muc tieu|chi tieu|chi tieu giao|du toan|giao|target|plan)(?: giao)?|so sanh|tang,? giam"
)
_COMPARED = re.compile(
    r"%|\bt[iy] le\b|\bcung ky\b|\b(?:nam|thang|quy|ky) (?:truoc|ngoai)\b|\bso (?:voi|sanh voi|kh|ke hoach|du toan|cung|nam|quy|thang|ky)\b"
)


def is_estimated(kind: str) -> bool:
    return not {"uoc", "uth"}.isdisjoint(fold(kind).split())


ANY_YEAR = Span(2000)


def period_named(name: str, year: Span = ANY_YEAR, said: Iterable[int] = ()) -> Period | None:
    """The period that a name says, of one of the years `said`, or of `year`, where it says none; a number alone names none."""
    if name.strip().isdigit():
        return None
    own = periods.parse(name)
    if own is None and any(map(str.isalpha, name)):
        return year.named(name, said)
    return own and own.counted_from(year.start)
