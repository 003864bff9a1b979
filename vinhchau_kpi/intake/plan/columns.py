"""The header of a table of targets → what each column holds, and of which year. What it does not prove is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.cut.headings import column_key
from vinhchau_kpi.intake.read.cells import clean
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import parse_day
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import fold

_NAME = re.compile(
    r"(?:(?:cac|ten|danh muc|noi dung|he thong|nhom|linh vuc)(?: ?[,/] ?| )?)*"
    r"(?:chi tieu|noi dung|danh muc|linh vuc|nhiem vu|indicators?)(?:[ ,/-]+(?:chu yeu|chinh|cu the|nhiem vu|cong viec|kinh te|xa hoi|phat trien|ktxh|kt-xh))*"
)
_MARK = re.compile(r"(?:so )?(?:tt|stt|thu tu)|no\.?")
_UNIT = re.compile(r"(?:dvt|dv tinh|don vi(?: tinh)?|unit)(?: ?\(.*)?")
_AIMED = re.compile(
    r"\b(?:kh|ke hoach|muc tieu|dieu chinh|phan dau|du toan|nghi quyet|nq|giao|chi tieu|targets?|plan)\b"
)
_DONE = re.compile(r"\b(?:th|uth|thuc hien|ket qua|uoc|dat duoc|actual)\b")
_COMPARED = re.compile(r"%|\b(?:so sanh|so voi|ty le|cung ky|chenh lech|tang,? ?giam|tang truong)\b|/ ?(?:kh|th|uth)\b")
_BESIDE = re.compile(r"\b(?:ghi chu|can cu|giai trinh|ly do|nguon|note)\b")
_LEAD = re.compile(
    r"\b(?:co quan|don vi|phong|ban|nganh|noi)\b.{0,60}\b(?:chu tri|phu trach|thuc hien|theo doi|bao cao|tham muu|chiu trach nhiem|dau moi)\b"
)
_CHANGED = re.compile(r"\b(?:dieu chinh|bo sung|sua doi|revised)\b")
_PART_OF_YEAR = re.compile(r"\b(?:thang|quy)\b")
_YEAR = re.compile(r"(?<![0-9/.])20[0-9]{2}(?![0-9/])")
_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}[/-][0-9]{1,2}[/-]20[0-9]{2}(?![0-9])")
_DAY_IN_WORDS = re.compile(r"ng[aà]y\s+([0-9]{1,2})\s+th[aá]ng\s+([0-9]{1,2})\s+n[aă]m\s+(20[0-9]{2})", re.IGNORECASE)
_YEAR_SAID = re.compile(r"\bnam (20[0-9]{2})(?: ?[-–] ?(20[0-9]{2}))?")
LONGEST = 120
"""Characters of a heading; what has more is a sentence."""
HEADER_ROWS = 4
"""Rows that a header may take."""


def words(cell: Cell) -> str:
    """A cell on one line, as a person reads it."""
    return " ".join(clean(str(cell)).split())


def header_at(grid: Grid) -> int | None:
    """The row (from 0) in which the header begins: it names a column of names and one of targets."""
    for at in range(min(len(grid.records), HEADER_WITHIN)):
        names = [fold(text) for text in map(words, grid.records[at].cells) if text]
        if any(map(_NAME.fullmatch, names)) and any(map(_is_aim, map(fold, joined(grid, at)[0]))):
            return at
    return None


def joined(grid: Grid, at: int) -> tuple[list[str], int]:
    """The headings of the columns, those of the rows below the first behind its own (“Kế hoạch” over “2025”), and the first
    row below the header. A row belongs to it that has words or years, and none in the column of names."""
    top = grid.records[at].cells
    found = [words(cell) for cell in top]
    named = next((n for n, text in enumerate(found) if _NAME.fullmatch(fold(text))), 0)
    # A heading over several columns stands in the first of them alone.
    over = list(found)
    for n in range(named + 1, len(over)):
        over[n] = over[n] or over[n - 1]
    first = at + 1
    while first < min(len(grid.records), at + HEADER_ROWS):
        below = grid.records[first].cells
        texts = [words(cell) for cell in below]
        if any(texts[: named + 1]) or not any(texts) or not all(_is_heading(cell) for cell in below):
            break
        found += [""] * (len(texts) - len(found))
        over += [over[-1]] * (len(texts) - len(over))
        found = [
            (f"{above or left} {own}" if above or left else own) if own else above
            for own, above, left in zip([*texts, *[""] * len(found)], found, over, strict=False)
        ]
        first += 1
    return found, first


def _is_heading(cell: Cell) -> bool:
    text = words(cell)
    is_year = _YEAR.fullmatch(text) is not None
    return not text or is_year or (not isinstance(cell, NumberCell) and re.match(r"[^\W\d_]|[(%]", text) is not None)


def _is_aim(key: str) -> bool:
    """Whether a heading is that of targets. What is compared, or was achieved, is none."""
    if not key or len(key) > LONGEST or any(one.search(key) for one in (_COMPARED, _BESIDE, _LEAD)):
        return False
    aimed, done = _AIMED.search(key), _DONE.search(key)
    if done is not None and (aimed is None or done.start() < aimed.start()):
        return False
    return aimed is not None or _YEAR.search(key) is not None


class Columns:
    """Where the number, name, unit, target, revisions, agency and last year's figure of a row stand, and of which year they
    are. `unused`: the headings of the others."""

    def __init__(self, headings: Sequence[str], title: Sequence[str], year: int | None, wanted: str | None) -> None:
        keys = [fold(text) for text in headings]
        names = [n for n, key in enumerate(keys) if _NAME.fullmatch(key)]
        self.headings = headings
        self.name = names[0]
        self.mark = next((n for n, key in enumerate(keys) if _MARK.fullmatch(key)), None)
        self.unit = next((n for n, key in enumerate(keys) if _UNIT.fullmatch(key) or column_key(key) == "unit"), None)
        self.lead = next((n for n, key in enumerate(keys) if n != self.unit and _LEAD.search(key)), None)
        aims = [n for n, key in enumerate(keys) if n not in (names[0], self.unit) and _is_aim(key)]
        # “Nội dung” beside “Chỉ tiêu”: the second is what is aimed at, unless another column is.
        aims = [n for n in aims if n not in names] or [n for n in aims if n in names]
        self.year = _year(year, [headings[n] for n in aims], title)
        days = {n: day for n in aims if _CHANGED.search(keys[n]) and (day := _day(headings[n])) is not None}
        revised = {n: day for n, day in days.items() if day.year == self.year}
        is_one_a_day = len(set(revised.values())) == len(revised) < len(aims)
        self.revisions = list(revised.items()) if wanted is None and is_one_a_day else []
        found = [n for n in aims if n not in dict(self.revisions)]
        if wanted is not None:
            found = _named(wanted, keys)
        own = [n for n in found if str(self.year) in headings[n]]
        if own and wanted is None:
            found = [n for n in found if n in own or not _YEAR.search(headings[n])]
        if len(found) != 1:
            shown = tuple(f"{column_letters(n + 1)} “{headings[n]}”" for n in aims)
            raise Refusal(N_("Say with --target-column which column has the targets: {names}."), names=shown)
        self.target = found[0]
        last = [n for n, key in enumerate(keys) if self._is_last_year(key)]
        self.last = last[0] if len(last) == 1 else None
        used = {self.name, self.mark, self.unit, self.lead, self.target, self.last, *dict(self.revisions)}
        self.unused = tuple(text for n, text in enumerate(headings) if text and n not in used)
        self.names = range(
            self.name, next(n for n in range(self.name + 1, len(keys) + 1) if n in used or n >= len(keys) or keys[n])
        )
        """The columns that a name may stand in: those of parts are often set in by a column."""

    def _is_last_year(self, key: str) -> bool:
        is_whole = not (_COMPARED.search(key) or _PART_OF_YEAR.search(key) or len(key) > LONGEST)
        return is_whole and _DONE.search(key) is not None and str(self.year - 1) in key and not _is_aim(key)

    @property
    def numbers(self) -> list[int]:
        return [self.target, *dict(self.revisions), *([self.last] if self.last is not None else [])]


def _named(wanted: str, keys: Sequence[str]) -> list[int]:
    """The columns that are meant by a heading, a part of one, or the letters of a column."""
    by_letters = [n for n in range(len(keys)) if column_letters(n + 1) == wanted.strip().upper()]
    exact = [n for n, key in enumerate(keys) if key == fold(wanted)]
    return exact or by_letters or [n for n, key in enumerate(keys) if fold(wanted) and fold(wanted) in key]


def _year(said: int | None, headings: Sequence[str], title: Sequence[str]) -> int:
    """The year that is said, else that of the headings of targets, where the title says no other; else that of the title."""
    if said is not None:
        return said
    of_headings = {int(year) for text in headings for year in _YEAR.findall(_DAY.sub(" ", text))}
    keys = [fold(_DAY_IN_WORDS.sub(" ", _DAY.sub(" ", text))) for text in title]
    of_title = {int(year) for key in keys for match in _YEAR_SAID.finditer(key) for year in match.groups() if year}
    found = of_headings if len(of_headings) == 1 else of_title
    if len(found) != 1 or (of_title and not found & of_title):
        raise Refusal(N_("The table does not prove its year: say it with --year."))
    return min(found)


def _day(text: str) -> date | None:
    """The one day in a text; None where it has none, or several."""
    found = {parse_day(match.group()) for match in _DAY.finditer(text)}
    found |= {parse_day("/".join(match.groups())) for match in _DAY_IN_WORDS.finditer(text)}
    return next(iter(found)) if len(found) == 1 else None


_BODY = re.compile(
    r"(?i)(?:của\s+|^)((?:HĐND|UBND|Hội đồng nhân dân|[ỦU][ỷy] ban nhân dân|Quốc hội)(?:\s+(?!(?:kỳ|khóa|khoá|về|ngày|năm|tại|giao|ban\s+hành|và|20[0-9]{2})\b)[^\W_]+){0,8})"
)
_TITLE = re.compile(r"\b(?:chi tieu|ke hoach|nhiem vu|muc tieu)\b")


def title_of(lines: Sequence[str]) -> tuple[str, str, date | None]:
    """What the lines above a table say: the title, who issued it, and when; blank and None where they do not."""
    named = next((line for line in lines if _TITLE.search(fold(line)) and not fold(line).startswith("(kem theo")), "")
    bodies = [match[1] for line in lines if (match := _BODY.search(line))]
    days = {day for line in lines if (day := _day(line))}
    return named, max(bodies, key=len, default="").strip(), min(days) if len(days) == 1 else None
