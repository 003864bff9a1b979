"""The rows of a table → figures, and what is wrong with them. A row with a fault gives no figure and is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from vinhchau_kpi import number, rules
from vinhchau_kpi.figure import Figure, FigureKey, Kind
from vinhchau_kpi.finding import Finding, Findings, Place, Rule
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell, Record, may_misread
from vinhchau_kpi.intake.cut.headings import heading
from vinhchau_kpi.intake.read.cells import (
    DASHES,
    NO,
    NUMBER_COLUMNS,
    REMEMBERED,
    SHEETS_OWN,
    YES,
    RowFault,
    are_day_first,
    clean,
    date_in,
    fits,
    is_taken_back,
    kind_in,
    quoted,
    reported,
    wants_back,
)
from vinhchau_kpi.intake.read.header_columns import PeriodColumns
from vinhchau_kpi.intake.read.numbers import check_rate, number_in, part_of_rate
from vinhchau_kpi.intake.read.parties import Areas, Parties, agencies
from vinhchau_kpi.intake.read.printed import Printed
from vinhchau_kpi.intake.read.table import Table, merged_figures
from vinhchau_kpi.intake.read.totals import Totals
from vinhchau_kpi.messages import Message, did_you_mean
from vinhchau_kpi.number import Convention
from vinhchau_kpi.period import Period, Span, month_first, parse_day
from vinhchau_kpi.places import is_whole
from vinhchau_kpi.plan import Commitment, Heading, Indicator, Plan, Subject, Unit
from vinhchau_kpi.text import bare_name, fold, nfc, spelled

T = TypeVar("T")


class _Layout(NamedTuple):
    """Where the figures of a row stand: its columns and, in a wide table, the period they belong to."""

    columns: dict[str, int]
    of_period: PeriodColumns | None = None


@dataclass
class Rows:
    """Turns the rows of one table into figures, remembering the judgement of each text it has seen."""

    table: Table
    plan: Plan
    convention: Convention
    period: Period | None
    year: Span
    """The year that all periods are of: the plan's, or the one before."""
    areas: Areas
    """What areas are called; the same for all files of a command."""
    findings: Findings = field(default_factory=Findings)
    estimated: frozenset[Period] = frozenset()
    """The periods whose figures are estimates by the title."""
    left_out: int = 0
    gone: dict[str, Place] = field(default_factory=dict)
    """Codes of the year before that the plan no longer has, each with its first place."""
    blanks: list[Figure] = field(default_factory=list)
    """The dated rows without a number: one of them may lie over a figure that was reported before."""
    _judged: dict[tuple[str, Cell], Any] = field(default_factory=dict)
    _noted: set[tuple[Rule, Place]] = field(default_factory=set)
    """What was said of the row that is judged."""
    _noted_of_headings: set[tuple[Rule, Place]] = field(default_factory=set)
    _layout: _Layout = field(init=False)
    _faults: list[RowFault] = field(default_factory=list)

    def __post_init__(self) -> None:
        base = self.table.columns
        self.layouts = [_Layout({**base, **s.columns}, s) for s in self.table.period_columns] or [_Layout(base)]
        self.merged = merged_figures(self.table)
        self.printed = Printed(self.table, self.plan, self.convention, is_of_plan_year=self.year == self.plan.span)
        self.is_day_first = are_day_first(self.table.dates)
        self.totals = Totals(self.table.period_columns, self.year, self.convention)

    def forget(self) -> None:
        """Forget what was found; what texts mean stays known."""
        self.findings.clear()
        self._noted_of_headings.clear()
        self.left_out = 0

    def figures(self, record: Record) -> Iterator[Figure]:
        """The figures of one row: at most one in a long table, in a wide one as many as it has periods.

        None where it reports nothing, or has faults, all of which are then noted: a sender should need one round.
        """
        self._noted.clear()
        partial = self._partial_totals(record) if self.totals.over else set()
        for at, layout in enumerate(self.layouts):
            if at in partial:
                continue
            self._layout, self._faults = layout, []
            figure = self._figure(record)
            if self._faults:
                self.left_out += 1
                for fault in self._faults:
                    self._note(fault.rule, fault.column, fault.args_, record=record)
            elif figure is not None and (figure.withdrawn or any(number is not None for number in figure.numbers)):
                yield figure
            elif figure is not None and figure.reported_on is not None:
                self.blanks.append(figure)

    def _figure(self, record: Record) -> Figure | None:
        given = self._given(record)
        self._pass_over_struck(given, record)
        numbers: dict[str, Cell] = {column: reported(given.get(column, "")) for column in NUMBER_COLUMNS}
        words = {column: str(cell) for column, cell in given.items()}
        withdrawn = is_taken_back(words.get("kind", ""))
        is_blank, is_wide = not any(numbers.values()), self._layout.of_period is not None
        is_silent = is_blank and not (withdrawn and not (is_wide and self.totals.any_filled(record)))
        subject = self._tried(self._subject_of, words, numbers, record, is_silent)
        if subject is None and not self._faults:
            return None
        period = self._tried(self._period, words.get("period", ""))
        named = partial(self._once, "area", words.get("area", ""), self.areas.named)
        area = self._tried(lambda: self.areas.living(named(), period))
        agency = self._tried(self._once, "agency", words.get("agency", ""), self._agency)
        # The day above a table says of a row left blank neither that it was looked at, nor that it takes back another.
        day = words.get("reported_on", "") or ("" if is_silent else self.table.day_above)
        reported_on = self._tried(self._once, "reported_on", day, date_in)
        kind = self._tried(self._once, "kind", words.get("kind", ""), kind_in)
        if subject is None:
            return None
        note = partial(self._note, record=record)
        if is_silent and is_wide:
            # Its other periods say what is wrong with the row.
            faults, self._faults = self._faults, []
            if faults:
                return None
        else:
            if area is not None and (other := self.areas.newly_like(area)):
                note(rules.AREAS_ALIKE, "area", {"value": area, "other": other})
            self._tried(self.printed.compare, subject, given, words, area, note)
        self._tried(self._check_merged, numbers, record)
        judged = None if is_blank else self._tried(self._numbers, subject, numbers, record)
        if self._faults or period is None or kind is None or (judged is None and not is_blank):
            return None
        if not is_silent:
            self._doubt(subject, period, agency, reported_on, words, record)
        if not withdrawn and not (is_silent and is_wide) and wants_back(words.get("note", "")):
            key = FigureKey(subject.code, period, area)
            args = {"key": key.words, "words": words["note"]}
            self._note(rules.WITHDRAWN_IN_NOTE, "note", args, record=record, about={key: None})
            if is_blank:
                return None
        value, cumulative, numerator, denominator = judged or (None, None, None, None)
        return Figure(
            code=subject.code,
            period=period,
            area=area,
            value=value,
            cumulative=cumulative,
            numerator=numerator,
            denominator=denominator,
            kind=Kind.ESTIMATE if period in self.estimated or self._is_estimated(numbers) else kind,
            agency=agency,
            reported_on=reported_on,
            note=words.get("note", ""),
            place=self.table.place(record.line, self._first_column(numbers)),
            cumulative_column=self._layout.columns["cumulative"] + 1 if cumulative is not None else None,
            withdrawn=withdrawn and not is_silent,
            month_first=self._month_first(day, period, kind),
        )

    def _month_first(self, text: str, period: Period, kind: Kind) -> date | None:
        """The day of the report if its month stands first; None where that cannot be."""
        day = self._once("month first", text, month_first) if not self.is_day_first else None
        return day if day is not None and (kind is Kind.ESTIMATE or fits(day, period)) else None

    def _tried(self, judge: Callable[..., T], *args: Any) -> T | None:
        """What `judge` makes of its arguments; None where it finds a fault, which is kept."""
        try:
            return judge(*args)
        except RowFault as fault:
            # A fault is met again row after row, and would keep every row on which it was raised.
            self._faults.append(fault.with_traceback(None))
            return None

    def _subject_of(
        self, words: dict[str, str], numbers: dict[str, Cell], record: Record, is_blank: bool
    ) -> Subject | None:
        """What the row is about, by its code or its name; None for a heading, a signature or a total."""
        if not is_blank:
            self._check_raised(record)
        code = words.get("indicator", "")
        if not code:
            return None if is_blank else self._subject_by_name(words.get("name", ""), numbers, record)
        if self.year != self.plan.span and fold(code) not in self.plan.subjects_before and not is_whole(code):
            self.gone.setdefault(code, self.table.place(record.line, self.table.columns["indicator"]))
            return None
        if fold(code) in self.plan.subjects:
            return self._once("indicator", code, self._subject)
        if not is_blank and is_whole(code):
            self._note(rules.TOTAL_ROW, "indicator", {"value": code}, record=record)
            return None
        return None if is_blank else self._once("indicator", code, self._subject)

    def _is_estimated(self, numbers: dict[str, Cell]) -> bool:
        """Whether the heading of a figure says “ước”."""
        of_period = self._layout.of_period
        estimated = self.table.estimated if of_period is None else of_period.estimated
        return any(numbers[column] for column in estimated)

    def _doubt(
        self,
        subject: Subject,
        period: Period,
        agency: str | None,
        reported_on: date | None,
        words: dict[str, str],
        record: Record,
    ) -> None:
        """What is no fault of a cell but should be looked at."""
        if agency and subject.lead and agency != subject.lead:
            args = {"code": subject.code, "lead": self.plan.agencies[subject.lead].name, "agency": words["agency"]}
            self._note(rules.WRONG_AGENCY, "agency", args, record=record)
        if reported_on is not None and not fits(reported_on, period):
            args = {"day": f"{reported_on:%d/%m/%Y}", "period": period}
            self._note(rules.DATE_UNLIKELY, "reported_on", args, record=record)

    def _first_column(self, numbers: dict[str, Cell]) -> int:
        """Where a figure stands: in its first number, or in the column in which that would be."""
        given, columns = [column for column, cell in numbers.items() if cell], self._layout.columns
        return next(columns[column] for column in given or NUMBER_COLUMNS if column in columns)

    def _given(self, record: Record) -> dict[str, Cell]:
        """The row's cells by column, texts as they are kept; merged ones show what their first cell says."""
        given: dict[str, Cell] = {}
        for column, at in self._layout.columns.items():
            cell = record.cells[at]
            given[column] = clean(cell) if isinstance(cell, str) else cell
        for column, at in self._layout.columns.items() if self.table.grid.merged else ():
            origin = self.table.grid.merged.get((record.line - 1, at))
            if not given[column] and column not in NUMBER_COLUMNS and origin and origin[1] == at:
                above = self.table.grid.records[origin[0]]
                given[column] = nfc(str(above.cells[at])) if at < len(above.cells) else ""
        return given

    def _pass_over_struck(self, given: dict[str, Cell], record: Record) -> None:
        """Take nothing from cells that are struck out."""
        for column in NUMBER_COLUMNS:
            cell = given.get(column, "")
            if isinstance(cell, NumberCell) and cell.value is number.Fault.STRUCK:
                given[column] = ""
                self._note(rules.STRUCK_FIGURE, column, {"value": quoted(cell)}, record=record)

    def _check_raised(self, record: Record) -> None:
        """Refuse a word of the row that may have digits of a note in it."""
        for column in ("indicator", "period", "area", "reported_on"):
            at = self._layout.columns.get(column)
            if at is not None and may_misread(record.cells[at]):
                raise RowFault(rules.RAISED_DIGIT, column, value=str(record.cells[at]))

    def _check_merged(self, numbers: dict[str, Cell], record: Record) -> None:
        for column, cell in numbers.items():
            at = record.line - 1, self._layout.columns.get(column, -1)
            if cell and (at in self.merged or at in self.table.grid.merged):
                raise RowFault(rules.MERGED_FIGURE, column, value=quoted(cell))

    def _partial_totals(self, record: Record) -> set[int]:
        """Which periods of a wide row are not read because they may be a sheet's own sums; each is noted."""
        found = self.totals.in_part(record)
        for at, reason in found.items():
            of_period = self.table.period_columns[at]
            column, place = next(iter(of_period.columns.items()))
            self._layout = _Layout({column: place})
            args = {"value": quoted(record.cells[place]), "reason": Message(reason)}
            args["period"] = heading(str(self.table.header.cells[place]))
            self._note(rules.TOTAL_NOT_READ, column, args, record=record)
        return set(found)

    # Single cells

    def _once(self, column: str, text: Cell, judge: Callable[[Any], T]) -> T:
        """The judgement of `text` in `column`, made the first time it is met; a fault is raised every time."""
        key = column, text
        if key not in self._judged:
            if len(self._judged) >= REMEMBERED:
                self._judged.clear()
            try:
                self._judged[key] = judge(text)
            except RowFault as fault:
                self._judged[key] = fault
        found = self._judged[key]
        if isinstance(found, RowFault):
            raise found
        return found  # type: ignore[no-any-return]

    def _subject(self, text: str) -> Subject:
        subjects = self.plan.subjects if self.year == self.plan.span else self.plan.subjects_before
        subject = subjects.get(fold(text))
        if subject is None and (over := self.plan.headings.get(fold(text))):
            raise _of_heading(over, "indicator")
        if subject is None:
            raise RowFault(
                rules.UNKNOWN_INDICATOR, "indicator", value=text, suggestion=did_you_mean(text, self.plan.codes)
            )
        return subject

    def _subject_by_name(self, name: str, numbers: dict[str, Cell], record: Record) -> Subject | None:
        """The one indicator of that name; None for a total of the sheet. No code and no such name is a fault."""
        bare = bare_name(name)
        codes = self.plan.codes_by_name.get(spelled(bare), ())
        if len(codes) == 1:
            subject = self.plan.subjects[fold(codes[0])]
            self._note(rules.CODE_FROM_NAME, "name", {"code": subject.code, "expected": subject.name}, record=record)
            return subject
        if codes:
            raise RowFault(rules.AMBIGUOUS_NAME, "name", value=name, codes=codes)
        for one in self.plan.headings.values():
            if spelled(bare) in (spelled(one.name.vi), spelled(one.name.en)):
                raise _of_heading(one, "name")
        first = next((text for text in record.texts() if text), "")
        if is_whole(first) or is_whole(bare):
            self._note(rules.TOTAL_ROW, "name", {"value": name or first}, record=record)
            return None
        value = next((cell for cell in numbers.values() if cell), "")
        column = "indicator" if "indicator" in self.table.columns else "name"
        suggestion = did_you_mean(name, self._names) if name else ""
        raise RowFault(rules.MISSING_CODE, column, value=quoted(value), suggestion=suggestion)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(subject.name.vi for subject in self.plan.subjects.values())

    def _period(self, text: str) -> Period:
        if self._layout.of_period is not None:
            found = self._layout.of_period.period(self.plan.span)
            if found is not None and self.year.has(found):
                return self.plan.known_as(found)
            args = {"value": self._layout.of_period.name if found is None else str(found), "year": str(self.plan.span)}
            raise RowFault(rules.PERIOD_OUTSIDE_YEAR, "period", **args)
        if not text:
            if self.period is None:
                raise RowFault(rules.MISSING_PERIOD, "period", example=self.plan.span.example)
            return self.period
        return self._once("period", text, self.period_in)

    def period_in(self, text: str) -> Period:
        period = self.plan.period(text)
        year = str(self.plan.span)
        day = parse_day(text)
        if day is not None:
            raise RowFault(rules.PERIOD_IS_DATE, "period", value=f"{day:%d/%m/%Y}", year=year)
        if period is None:
            raise RowFault(rules.BAD_PERIOD, "period", value=text, example=self.plan.span.example, year=year)
        if not self.year.has(period):
            raise RowFault(rules.PERIOD_OUTSIDE_YEAR, "period", value=text, year=year)
        return self.plan.known_as(period)

    @cached_property
    def _agencies(self) -> Parties:
        return agencies(self.plan)

    def _agency(self, text: str) -> str | None:
        if not text:
            return None
        agency = self._agencies.named(text, may_change=False) if self.plan.agencies else text
        if agency is None:
            names = [*self.plan.agencies, *(party.name.vi for party in self.plan.agencies.values())]
            raise RowFault(rules.UNKNOWN_AGENCY, "agency", value=text, suggestion=did_you_mean(text, names))
        return agency

    # Numbers

    def _numbers(self, subject: Subject, texts: dict[str, Cell], record: Record) -> tuple[Decimal | None, ...]:
        if isinstance(subject, Commitment) or subject.target.achieved:
            return self._yes_or_no(texts), None, None, None
        unit = self.plan.unit_of(subject)
        value = self._number(subject, unit, "value", texts, record)
        cumulative = self._number(subject, unit, "cumulative", texts, record)
        numerator = self._part_of_rate("numerator", texts)
        denominator = self._part_of_rate("denominator", texts)
        if (not subject.is_flow or unit.is_rate) and cumulative is not None:
            if cumulative != value:
                raise RowFault(rules.CUMULATIVE_ON_LEVEL, "cumulative", code=subject.code, value=cumulative)
            cumulative = None
        if numerator is not None or denominator is not None:
            check_rate(unit, value, numerator, denominator, quoted(texts["value"]))
        return value, cumulative, numerator, denominator

    def _yes_or_no(self, texts: dict[str, Cell]) -> Decimal:
        text = texts["value"] or next(cell for cell in texts.values() if cell)
        word = SHEETS_OWN.get(nfc(str(text)).casefold(), fold(str(text)))
        if not texts["value"] or word not in YES | NO:
            raise RowFault(rules.BAD_YES_NO, "value", value=quoted(text))
        return Decimal(1 if word in YES else 0)

    def _number(
        self, subject: Indicator, unit: Unit, column: str, texts: dict[str, Cell], record: Record
    ) -> Decimal | None:
        text = texts[column]
        if not text:
            return None
        if text in DASHES and subject.is_flow and column == "value":
            self._note(rules.DASH_AS_ZERO, column, {"value": text}, record=record)
            return Decimal(0)
        value = self._once(
            f"{column} in {subject.unit}", text, lambda text: number_in(text, column, unit, self.convention)
        )
        if subject.out_of is not None and value > subject.out_of:
            raise RowFault(rules.OVER_OUT_OF, column, value=value, out_of=subject.out_of)
        return value

    def _part_of_rate(self, column: str, texts: dict[str, Cell]) -> Decimal | None:
        if not texts[column]:
            return None
        return self._once(column, texts[column], lambda text: part_of_rate(text, column, self.convention))

    def _note(
        self,
        rule: Rule,
        column: str,
        args: dict[str, Any],
        *,
        record: Record,
        about: Mapping[FigureKey, None] | None = None,
    ) -> None:
        """Say it once of each place: in a wide table the name of a row is met once for each period."""
        if column == "period" and self._layout.of_period is not None:
            noted = self._noted_of_headings
            place = self.table.heading_place(next(iter(self._layout.of_period.columns.values())))
        else:
            noted = self._noted
            place = self.table.place(record.line, self._layout.columns.get(column))
        if (rule, place) not in noted:
            noted.add((rule, place))
            self.findings.add(Finding(rule, place, args, about or {}))


def _of_heading(of: Heading, column: str) -> RowFault:
    codes = tuple(one.code for one in of.children)
    return RowFault(rules.HEADING_FIGURE, column, value=of.code, name=of.name, codes=codes)
