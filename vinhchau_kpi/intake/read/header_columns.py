"""What the columns of a header are: which names, which periods, and which hold no figures of this year."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place, Rule
from vinhchau_kpi.intake.cut.grid import Grid, Record
from vinhchau_kpi.intake.cut.headings import (
    NAMES,
    PeriodHeading,
    column_key,
    column_of_kind,
    heading,
    is_estimated,
    is_passed_over,
    number_column,
    period_heading,
    period_named,
)
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.period import Period, Span
from vinhchau_kpi.text import fold


@dataclass(frozen=True, slots=True)
class PeriodColumns:
    """One period of a wide table: its name as it stands, the years said near it, and where its figures stand.

    `name` is shortened, as `PeriodHeading` has it. `columns` maps `value` or `cumulative` to a column (from 0); `estimated` are
    those whose heading says “ước”.
    """

    name: str
    years: frozenset[int] = frozenset()
    columns: dict[str, int] = field(default_factory=dict)
    estimated: set[str] = field(default_factory=set)

    def period(self, year: Span) -> Period | None:
        """Its period: of the year that its name says, else of `year`, unless only others are said near it."""
        return period_named(self.name, year, self.years)


@dataclass
class HeaderColumns:
    """What the columns of one header are."""

    grid: Grid
    header: Record
    lines: list[int]
    below: list[Record]
    above: list[Record]
    at: int
    first: int
    year: Span
    findings: list[Finding] = field(default_factory=list)
    leftmost: int = 0
    passed_over: set[int] = field(default_factory=set)
    """Columns of periods that are not read: they hold targets, or a period that another column holds."""
    estimated: set[str] = field(default_factory=set)
    not_actual: dict[int, str] = field(default_factory=dict)
    """Columns that hold targets, comparisons or another year by their headings, and how they are named."""

    def read(self) -> tuple[dict[str, int], tuple[PeriodColumns, ...]]:
        texts = [heading(text) for text in self.header.texts()]
        keys = [column_key(text) for text in texts]
        named = {n: said for n, text in enumerate(texts) if (said := self._said(n, text, keys))}
        keys = [None if n in named else key for n, key in enumerate(keys)]
        targets = [n for n, said in named.items() if self._is_year_s_target(said)]
        if len(targets) == 1 and "target" not in keys:
            keys[targets[0]] = "target"
            del named[targets[0]]
        for n, text in enumerate(texts):
            kind = number_column(text) if keys[n] is None and n not in named else None
            if kind is not None and kind not in map(column_key, texts):
                keys[n] = kind
        # One period alone makes a wide table only where no column says what the period or the value is.
        own = {"period", "value"}.intersection(key for key in keys if key)
        is_wide = not own or sum(said.column != "other" and self._is_of_year(said) for said in named.values()) >= 2
        # Headings over several columns begin at the first column that holds numbers.
        self.leftmost = min([*named, *(n for n, key in enumerate(keys) if key in (*NUMBERS, "target"))], default=0)
        period_columns = self._period_columns(texts, named) if named and is_wide else ()
        columns = self._assigned(texts, keys, period_columns)
        numbers = {key: [texts[n], *self._levels(n)] for key, n in columns.items() if key in NUMBERS}
        self.estimated = {key for key, said in numbers.items() if any(map(is_estimated, said))}
        if period_columns and "period" in columns:
            self._note(rules.MIXED_LAYOUT, columns["period"], {"column": texts[columns["period"]]})
        if self.not_actual:
            first = min(self.not_actual)
            self._note(rules.NOT_ACTUAL, first, {"columns": tuple(self.not_actual[n] for n in sorted(self.not_actual))})
        return columns, period_columns

    def _said(self, n: int, text: str, keys: list[str | None]) -> PeriodHeading | None:
        """What the heading of a column says of a period: its own words, or, where these say only what it holds, those over
        it. A year over them is the year of a period, and no period."""
        own = period_heading(text, self.year.start)
        if own is not None or self.lines[n] == self.header.line or column_of_kind(text) is None:
            return own if keys[n] is None else None
        over = period_heading(self._over(self.at, n, leftmost=0), self.year.start)
        period = period_named(over.name) if over is not None else None
        if over is None or period is None or (period.first, period.last) == (1, 12):
            return None
        return PeriodHeading(over.name, fold(text))

    def _assigned(
        self, texts: list[str], keys: list[str | None], period_columns: tuple[PeriodColumns, ...]
    ) -> dict[str, int]:
        """Where each column of a name stands; those that are not read, or should not stand there, are noted."""
        taken = self.passed_over | {n for of_period in period_columns for n in of_period.columns.values()}
        other = {n: self._other_kind(n) if key in NUMBERS else "" for n, key in enumerate(keys)}
        sound = {key for n, key in enumerate(keys) if not other[n]} | {
            key for one in period_columns for key in one.columns
        }
        columns: dict[str, int] = {}
        for n, (text, key) in enumerate(zip(texts, keys, strict=True)):
            if n in taken:
                continue
            if key is None:
                self._unknown(n, text)
            elif other[n]:
                # Where another column holds the actual figures, this one need not be understood.
                if key in sound:
                    self._not_actual(n, f"{other[n]}: {text}")
                else:
                    self._unclear(n, text, other[n])
            elif key in columns:
                args = {"column": text, "first": columns[key] + 1, "second": n + 1}
                self._note(rules.DOUBLED_HEADER, n, args)
            elif key == "cumulative" and (of_period := self._month_of_all(period_columns)):
                of_period.columns.setdefault(key, n)
            elif period_columns and key in NUMBERS:
                if _has_text(self.below, n):
                    self._note(rules.COLUMN_WITHOUT_PERIOD, n, {"column": text})
            else:
                columns[key] = n
        return columns

    def _month_of_all(self, period_columns: tuple[PeriodColumns, ...]) -> PeriodColumns | None:
        """Of periods that all end in one month, which a cumulative is then of, the shortest; None where they do not. A figure
        of the whole year is not one of them: it may be what is expected."""
        found = [(period, one) for one in period_columns if (period := one.period(self.year)) is not None]
        found = [(period, one) for period, one in found if period.last - period.first < 11]
        if len({period.last for period, _ in found}) != 1:
            return None
        return max(found, key=lambda item: item[0].first)[1]

    def _is_of_year(self, said: PeriodHeading) -> bool:
        period = period_named(said.name, self.year)
        return period is not None and (self.year.has(period) or self.year.is_year(period))

    def _is_year_s_target(self, said: PeriodHeading) -> bool:
        """“Kế hoạch năm 2019”, “KH 2019”."""
        period = period_named(said.name, self.year)
        return said.column == "other" and period is not None and self.year.is_year(period)

    def _other_kind(self, n: int) -> str:
        """The heading over a column of numbers that speaks of targets, of a comparison, or of another year; else nothing."""
        for over in self._levels(n):
            years = years_said([over])
            if column_of_kind(over) == "other" or (years and years.isdisjoint(self.year.years)):
                return over
        return ""

    def _period_columns(self, texts: list[str], named: dict[int, PeriodHeading]) -> tuple[PeriodColumns, ...]:
        """The periods of a wide table; columns of targets and percents are not read."""
        said_above = years_said(text for record in self.above for text in record.texts())
        found: dict[tuple[Period | None, str], PeriodColumns] = {}
        for n, said in named.items():
            if n + 1 < len(texts) and not texts[n + 1] and _has_text(self.below, n + 1):
                self._note(rules.HEADING_OVER_SEVERAL, n, {"column": texts[n]})
                self.passed_over.update(itertools.takewhile(lambda right: not texts[right], range(n + 1, len(texts))))
            levels = self._levels(n)
            column, group = self._kind(said, levels)
            if column is None:
                self.passed_over.add(n)
                self._unclear(n, texts[n], group)
                continue
            if column == "other":
                self._not_actual(n, f"{group}: {texts[n]}" if group not in ("", said.kind) else texts[n])
                continue
            own = PeriodColumns(said.name, years_said(levels) or said_above)
            period = own.period(self.year)
            of_period = found.setdefault((period, "" if period else said.name), own)
            if column in of_period.columns:
                args = {"column": texts[n], "first": of_period.columns[column] + 1, "second": n + 1}
                self.passed_over.add(n)
                self._note(rules.DOUBLED_HEADER, n, args)
            else:
                of_period.columns[column] = n
                if is_estimated(said.kind) or any(map(is_estimated, levels)):
                    of_period.estimated.add(column)
        return tuple(self._of_this_year(texts, found))

    def _of_this_year(
        self, texts: list[str], found: Mapping[tuple[Period | None, str], PeriodColumns]
    ) -> Iterator[PeriodColumns]:
        """Without those of another year that stand there to be compared with: of a whole year, or of months that the table has
        of this year too. Any other may be a year that was mistyped."""
        here = {(period.first, period.last) for period, _ in found if period and self.year.has(period)}
        for (period, _), of_period in found.items():
            is_other = period is not None and not self.year.has(period)
            if (
                here
                and period
                and is_other
                and (period.last - period.first == 11 or (period.first, period.last) in here)
            ):
                for n in of_period.columns.values():
                    self._not_actual(
                        n,
                        texts[n] if str(period.first_day.year) in texts[n] else f"{period.first_day.year}: {texts[n]}",
                    )
            elif of_period.columns:
                yield of_period

    def _kind(self, said: PeriodHeading, levels: list[str]) -> tuple[str | None, str]:
        """What a column of a period holds, by its own words and those over it; and the words that decide.

        Words in the header itself must be understood; above it they may be a title. Periods over periods say nothing but
        what they hold.
        """
        kind, words = said.column, said.kind
        for level, over in enumerate(levels):
            of_period = period_heading(over, self.year.start)
            own = column_of_kind(over) if of_period is None else of_period.column
            if own is None and level == 0 and self.first - self.at == 2:
                return None, over
            if own == "other" or (own == "cumulative" and kind == "value"):
                kind, words = own, over
        return kind, words

    def _levels(self, n: int) -> list[str]:
        """The headings that stand over column `n`, from below: in the header's upper row, and in rows above that stand
        over no column of words, as a title does."""
        rows = [self.at] if self.first - self.at == 2 else []
        for at in range(self.at - 1, -1, -1):
            if any(list(self.grid.records[at].texts())[: self.leftmost]):
                break
            rows.append(at)
        return [text for at in rows if (text := self._over(at, n))]

    def _over(self, at: int, n: int, leftmost: int | None = None) -> str:
        """What row `at` says over column `n`: its own cell, the one it is merged with, or the nearest to the left."""
        record = self.grid.records[at]
        texts = [heading(text) for text in record.texts()]
        leftmost = self.leftmost if leftmost is None else leftmost
        for left in range(min(n, len(texts) - 1), leftmost - 1, -1):
            if texts[left]:
                return texts[left]
            origin = self.grid.merged.get((record.line - 1, left)) if self.grid.sheet is not None else None
            if origin is not None and origin[1] >= leftmost:
                cells = self.grid.records[origin[0]].cells
                return heading(str(cells[origin[1]])) if origin[1] < len(cells) else ""
        return ""

    def _unclear(self, n: int, text: str, group: str) -> None:
        """Once for each heading, at the first column that stands under it."""
        if not any(f.rule is rules.UNCLEAR_GROUP and f.args["group"] == group for f in self.findings):
            self._note(rules.UNCLEAR_GROUP, n, {"column": text, "group": group})

    def _not_actual(self, n: int, shown: str) -> None:
        self.passed_over.add(n)
        if _has_text(self.below, n):
            self.not_actual[n] = shown

    def _unknown(self, n: int, text: str) -> None:
        if is_passed_over(text) or (n == 0 and may_be_index(text) and _runs(self.below)):
            return
        said = period_heading(text, self.year.start)
        period = period_named(said.name, self.year) if said is not None else None
        is_forecast = said is not None and is_estimated(said.kind) and period is not None and self.year.is_year(period)
        if is_not_actual(text) or is_forecast or (said is not None and not self._is_of_year(said)):
            self._not_actual(n, text)
        elif _has_text(self.below, n):
            self.findings.append(unknown_column(text, self.grid.place(self.lines[n], n)))

    def _note(self, rule: Rule, n: int, args: dict[str, object]) -> None:
        self.findings.append(Finding(rule, self.grid.place(self.lines[n], n), args))


def may_be_index(heading: str) -> bool:
    """Whether a first column of this heading may be the numbers of rows that a program wrote: pandas' index."""
    return fold(heading) in ("", "index", "unnamed: 0")


def _runs(records: list[Record]) -> bool:
    """Whether the first column numbers the rows without a gap, from 0 or 1."""
    texts = [str(record.cells[0]).strip() for record in records if record.cells]
    return any(texts == [str(n + begin) for n in range(len(records))] for begin in (0, 1))


def is_not_actual(heading: str) -> bool:
    """Whether a heading that names no column says that what stands below it is a target or a comparison."""
    return column_key(heading) is None and column_of_kind(heading) == "other"


def unknown_column(heading: str, place: Place) -> Finding:
    """The finding at a column with text in it whose heading says nothing that is known."""
    shown = heading or Message(N_("(no heading)"))
    return Finding(
        rules.UNKNOWN_COLUMN, place, {"column": shown, "suggestion": did_you_mean(heading, NAMES) if heading else ""}
    )


NUMBERS = ("value", "cumulative", "numerator", "denominator")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
NOT_OF_FIGURES = re.compile(
    r"ngay [0-9. ]+thang [0-9. ]+nam [0-9]{4}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|so ?:? ?[0-9]+ ?/[^ ]*|(?<![0-9])[0-9]+/[0-9]{4}/[^ ]*"
    r"|(?:19|20)[0-9]{2} ?[-–] ?(?:19|20)[0-9]{2}"
)
"""Years that a title has beside that of its figures: of dates, of documents' numbers, of stretches of years."""


def years_said(texts: Iterable[str]) -> frozenset[int]:
    """The years that headings or titles say of the figures below them."""
    return frozenset(int(year) for text in texts for year in _YEAR.findall(NOT_OF_FIGURES.sub(" ", fold(text))))


def _has_text(records: list[Record], at: int) -> bool:
    return any(len(record.cells) > at and str(record.cells[at]).strip() for record in records)
