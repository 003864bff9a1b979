"""Text ⇄ reporting period. A period is a label for whole months of one year, not a pair of dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from vinhchau_kpi.text import fold

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months one due period of an indicator spans."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Months `first` to `last` (1 to 12, both included) of `year`.

    `name` is set for the plan's rounds alone (`R1`). Two periods over the same months are equal, whatever
    they are called.
    """

    year: int
    first: int
    last: int
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        """The short form: `2019-06`, `2019-Q2`, `2019-H1`, `2019-7M`, `2019`, or the round's own name."""
        return self.name or _short_form(self.year, self.first, self.last)

    @property
    def end(self) -> Period:
        """The last month."""
        return month(self.year, self.last)

    @property
    def first_day(self) -> date:
        return date(self.year, self.first, 1)

    @property
    def last_day(self) -> date:
        following = date(self.year + self.last // 12, self.last % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    @property
    def month_before(self) -> Period:
        """The month before its first."""
        return month(self.year, self.first - 1) if self.first > 1 else month(self.year - 1, 12)

    @property
    def is_month(self) -> bool:
        return self.first == self.last

    def months(self) -> Iterator[Period]:
        return (month(self.year, number) for number in range(self.first, self.last + 1))


def month(year: int, number: int) -> Period:
    return Period(year, number, number)


def whole_year(year: int) -> Period:
    return Period(year, 1, 12)


def due_periods(year: int, every: str, until: int) -> list[Period]:
    """The periods of length `every` that are over by the end of month `until` of `year`, in order."""
    step = MONTHS_OF[every]
    return [Period(year, last - step + 1, last) for last in range(step, until + 1, step)]


def parse(text: str, rounds: Iterable[tuple[str, Period]] = ()) -> Period | None:
    """The period that `text` names, or None.

    Reads the short forms and those people write (`6/2019`, `T6/2019`, `tháng 6 năm 2019`, `quý II/2019`,
    `6 tháng đầu năm 2019`, `7 tháng 2019`). `rounds` are the plan's, each by all the words it is known by; where there are
    none, a Roman number can only be a quarter: `II/2019`. A period without its year is not read: it could be any year's.
    """
    key, rounds = fold(text), tuple(rounds)
    for words, period in rounds:
        if _round_key(words) == _round_key(text):
            return period
    for pattern, build in _forms():
        match = pattern.fullmatch(key)
        if match:
            return build(match)
    alone = re.fullmatch(rf"(?P<q>i{{1,3}}|iv) ?/ ?{_Y}", key)
    return _quarter(alone) if alone and not rounds else None


def parse_day(text: str) -> date | None:
    """The day that `text` names: 2019-07-05 or 2019/07/05, or day first as in Vietnam, 05/07/2019; else None."""
    for pattern in (_ISO_DAY, _DAY_FIRST):
        match = pattern.fullmatch(text.strip())
        if match:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None


def month_first(text: str) -> date | None:
    """The other day that a day/month/year names if the month stands first; None where there is none."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None or int(match["d"]) == int(match["m"]):
        return None
    try:
        return date(int(match["y"]), int(match["d"]), int(match["m"]))
    except ValueError:
        return None


def is_day_first(text: str) -> bool:
    """Whether a day/month/year can only be read so, for its day is above 12."""
    match = _DAY_FIRST.fullmatch(text.strip())
    return match is not None and int(match["d"]) > 12 and parse_day(text) is not None


_ISO_DAY = re.compile(r"(?P<y>[0-9]{4})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})")
_SHORT = {(1, last): f"{last}M" for last in range(2, 12)} | {
    (1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4", (1, 6): "H1", (7, 12): "H2"
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _short_form(year: int, first: int, last: int) -> str:
    if first == last:
        return f"{year}-{first:02d}"
    if (first, last) == (1, 12):
        return str(year)
    return f"{year}-{_SHORT.get((first, last), f'{first:02d}..{last:02d}')}"


def _round_key(text: str) -> str:
    """`Đợt I`, `đợt 1` and `DOT I` are one round."""
    words = fold(text).split()
    if words and words[-1] in _ROMAN:
        words[-1] = str(_ROMAN[words[-1]])
    return " ".join(words)


def _month(match: re.Match[str]) -> Period | None:
    number = int(match["m"])
    return month(_year_of(match), number) if 1 <= number <= 12 else None


def _stretch(match: re.Match[str]) -> Period | None:
    first, last = int(match["a"]), int(match["b"])
    return Period(int(match["y"]), first, last) if first <= last else None


def _year_of(match: re.Match[str]) -> int:
    """Of two digits the last ones: “T6/24”."""
    year = int(match["y"])
    return year if year >= 100 else 2000 + year


def _quarter(match: re.Match[str]) -> Period:
    quarter = _ROMAN[match["q"]]
    return Period(_year_of(match), 3 * quarter - 2, 3 * quarter)


def _half(match: re.Match[str]) -> Period:
    return Period(int(match["y"]), 1, 6) if match["h"] == "1" else Period(int(match["y"]), 7, 12)


def _first_months(match: re.Match[str]) -> Period:
    return Period(int(match["y"]), 1, int(match["n"]))


def _last_six(match: re.Match[str]) -> Period:
    return Period(int(match["y"]), 7, 12)


def _year(match: re.Match[str]) -> Period:
    return whole_year(int(match["y"]))


_Y = r"(?P<y>(?:19|20)[0-9]{2})"
_YY = r" ?/ ?(?P<y>1[3-9]|[2-9][0-9])"
"""A year of two digits that can be no month."""
_M = r"(?P<m>[0-9]{1,2})"
_N = r"(?:[2-9]|1[012])"
_OF = r" ?(?:/|-|,? nam) ?"


@cache
def _forms() -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]]]:
    """The forms of a period; made when the first text is read, for --help reads none."""
    return [
        (re.compile(pattern), build)
        for pattern, build in (
            (rf"{_Y}[-/]{_M}", _month),
            (rf"{_M} ?[/-] ?{_Y}", _month),
            (rf"(?:t|thang) ?{_M}{_OF}{_Y}", _month),
            (rf"(?:t|thang) ?{_M}{_YY}", _month),
            (rf"{_Y}-(?P<a>0[1-9]|1[0-2])\.\.(?P<b>0[1-9]|1[0-2])", _stretch),
            (rf"{_Y}-?q(?P<q>[1-4])", _quarter),
            (rf"(?:q|quy|qui) ?(?P<q>i{{1,3}}|iv|[1-4]){_OF}{_Y}", _quarter),
            (rf"(?:q|quy|qui) ?(?P<q>i{{1,3}}|iv|[1-4]){_YY}", _quarter),
            (rf"{_Y}-?h(?P<h>[12])", _half),
            (rf"{_Y}-?(?P<n>{_N})m", _first_months),
            (rf"0?(?P<n>{_N}) thang(?: dau)?(?: nam| ?/)? ?{_Y}", _first_months),
            (rf"0?6 thang cuoi(?: nam| ?/)? ?{_Y}", _last_six),
            (rf"(?:ca )?(?:nam )?{_Y}", _year),
        )
    ]
