"""Text ⇄ reporting period. A period is a label for whole months, not a pair of dates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from vinhchau_kpi.text import fold

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months one due period of an indicator spans, at most."""


@dataclass(frozen=True, order=True, slots=True, init=False)
class Period:
    """The months from `since` to `until`, both included, each counted from the beginning of our era: 12 × year + month - 1.

    `start` is the month, 1 to 12, with which the years begin that it is looked at in: `year`, `first` and `last` are its place
    in such a year. January 2026 is month 4 of the year 2025 of those that begin in October. `name` is set for the plan's
    rounds alone (`R1`). Two periods over the same months are equal, whatever they are called and however they are counted.
    """

    since: int
    until: int
    start: int = field(compare=False)
    name: str = field(compare=False)

    def __init__(self, year: int, first: int, last: int, name: str = "", start: int = 1) -> None:
        before = 12 * year + start - 2
        for key, value in (("since", before + first), ("until", before + last), ("start", start), ("name", name)):
            object.__setattr__(self, key, value)

    def __str__(self) -> str:
        """The short form: `2019-06`, `2019-Q2`, `2019-H1`, `2019-7M`, `2019`, `2019-10..2020-03`, or the round's own name."""
        return self.name or _short_form(*self.in_calendar)

    @property
    def year(self) -> int:
        return (self.since - self.start + 1) // 12

    @property
    def first(self) -> int:
        """Its first month within `year`, from 1 on."""
        return (self.since - self.start + 1) % 12 + 1

    @property
    def last(self) -> int:
        """Its last month within `year`; above 12 where it ends in the next."""
        return self.first + self.until - self.since

    @property
    def in_calendar(self) -> tuple[int, int, int]:
        """The calendar year in which it begins, its first month, and its last, above 12 where that is in the next."""
        first = self.since % 12 + 1
        return self.since // 12, first, first + self.until - self.since

    def counted_from(self, start: int, name: str = "") -> Period:
        """The same months, looked at in years that begin with month `start`."""
        return Period(
            self.since // 12, self.since % 12 + 2 - start, self.until - 12 * (self.since // 12) + 2 - start, name, start
        )

    def of_its_year(self, first: int, last: int) -> Period:
        """Other months of the same year."""
        return Period(self.year, first, last, start=self.start)

    @property
    def end(self) -> Period:
        """The last month."""
        return self.of_its_year(self.last, self.last)

    @property
    def first_day(self) -> date:
        return date(self.since // 12, self.since % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        following = date((self.until + 1) // 12, (self.until + 1) % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    @property
    def month_before(self) -> Period:
        """The month before its first."""
        return self.of_its_year(self.first - 1, self.first - 1)

    @property
    def is_month(self) -> bool:
        return self.since == self.until

    def months(self) -> Iterator[Period]:
        return (self.of_its_year(number, number) for number in range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True)
class Span:
    """The months that a plan is for: `length` of them from month `start` of the calendar year `year` on. A `Period` of it is
    counted from there: its first month is 1."""

    year: int
    start: int = 1
    length: int = 12

    def __str__(self) -> str:
        return str(self.whole)

    def period(self, first: int, last: int) -> Period:
        return Period(self.year, first, last, start=self.start)

    def month(self, number: int) -> Period:
        return self.period(number, number)

    @property
    def whole(self) -> Period:
        return self.period(1, self.length)

    @property
    def is_calendar_year(self) -> bool:
        return (self.start, self.length) == (1, 12)

    @property
    def before(self) -> Span:
        """The same months of the year before."""
        return Span(self.year - 1, self.start, self.length)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that it lies in."""
        return tuple(range(self.year, self.whole.last_day.year + 1))

    @property
    def example(self) -> str:
        """A month of it, to show how one is written."""
        return str(self.month(min(6, self.length)))

    def has(self, period: Period) -> bool:
        """Whether a period lies in it whole."""
        return self.whole.since <= period.since and period.until <= self.whole.until

    def is_year(self, period: Period) -> bool:
        """Whether people mean all of it by a period: itself, or one of its calendar years."""
        return period == self.whole or any(period == whole_year(year) for year in self.years)

    def number(self, period: Period) -> int | None:
        """The year of which a period is, years being such spans; None where it is of none."""
        own = period.counted_from(self.start)
        return own.year if own.last <= self.length else None

    def named(self, name: str, said: Iterable[int] = ()) -> Period | None:
        """The period that a text without its year names: one of the years `said`, else of its own; the first months of a plan
        are its own first months."""
        first_months = None if said or self.is_calendar_year else _N_MONTHS.fullmatch(fold(name))
        if first_months:
            return self.period(1, int(first_months["n"]))
        years = [year for year in self.years if not said or year in said] or [min(said)]
        ways = [way for year in years for way in (f"{name}/{year}", f"{name} {year}", f"{year}-{name}")]
        found = [one.counted_from(self.start) for one in map(parse, ways) if one is not None]
        return next(filter(self.has, found), found[0] if found else None)

    def due(self, every: str) -> tuple[Period, ...]:
        """The periods of which figures are due so often, one after the other: its months, what lies in it of each calendar
        quarter, six months and the rest, or all of it."""
        return _due(self, every)


@cache
def _due(span: Span, every: str) -> tuple[Period, ...]:
    step, shift = MONTHS_OF[every], span.start - 1 if every == "quarter" else 0
    ends = (m for m in range(1, span.length + 1) if m == span.length or (m + shift) % step == 0)
    return tuple(span.period(before + 1, end) for before, end in itertools.pairwise((0, *ends)))


def month(year: int, number: int) -> Period:
    return Period(year, number, number)


def whole_year(year: int) -> Period:
    return Period(year, 1, 12)


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
    if last > 12:
        return f"{year}-{first:02d}..{year + (last - 1) // 12}-{(last - 1) % 12 + 1:02d}"
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
    first, last = int(match["a"]), int(match["b"]) + 12 * (int(match["z"] or match["y"]) - int(match["y"]))
    return Period(int(match["y"]), first, last) if first <= last < first + 12 else None


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
_N_MONTHS = re.compile(rf"0?(?P<n>{_N}) thang(?: dau)?(?: nam)?")
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
            (rf"{_Y}-(?P<a>0[1-9]|1[0-2])\.\.(?:(?P<z>(?:19|20)[0-9]{{2}})-)?(?P<b>0[1-9]|1[0-2])", _stretch),
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
