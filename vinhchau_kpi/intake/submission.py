"""A submission: one file of figures from an agency → `Figure`s and findings.

Every cell is judged on its own first (this module), figures against each other later (`checks`). A row with a
fault gives no figure and is counted. Each distinct text of a column is judged once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from vinhchau_kpi import number, rules
from vinhchau_kpi.figures import Figure, Kind, ratio
from vinhchau_kpi.finding import Finding, Place, Rule
from vinhchau_kpi.intake.files import Source
from vinhchau_kpi.intake.table import COLUMN_NAMES, Record, Table, read_table
from vinhchau_kpi.intake.text import decode
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.period import Period, parse_day
from vinhchau_kpi.plan import Commitment, Indicator, Party, Plan, Subject, Unit
from vinhchau_kpi.text import fold, nfc

SIZE_LIMIT = 500_000_000
"""Bytes of a submission: some six million rows."""

NOT_REPORTED = {"", "…", "...", ".."}
DASHES = {"-", "–", "—"}
YES = {"1", "co", "dat", "yes", "da dat", "da thuc hien"}
NO = {"0", "khong", "chua", "chua dat", "khong dat", "no", "chua thuc hien", "khong thuc hien"}
KINDS = {
    "estimate": Kind.ESTIMATE, "uoc": Kind.ESTIMATE, "uoc tinh": Kind.ESTIMATE, "uoc thuc hien": Kind.ESTIMATE,
    "official": Kind.OFFICIAL, "chinh thuc": Kind.OFFICIAL,
}  # fmt: skip
NUMBER_COLUMNS = ("value", "cumulative", "numerator", "denominator")
ILLUSTRATIVE = ("so lieu minh hoa", "illustrative figures")
"""Words of a title row that mark every figure of the file as made up for show."""

REASONS = {
    number.Fault.OTHER_CONVENTION: N_("this file writes numbers as {example}"),
    number.Fault.SEPARATORS: N_("its dots, commas and spaces do not stand where those of a number do"),
    number.Fault.WORDS: N_("it has letters in it"),
    number.Fault.PERCENT: N_("its unit is not %"),
    number.Fault.EXPONENT: N_("it is written with an exponent"),
    number.Fault.OTHER_DIGITS: N_("its digits are not 0 to 9"),
    number.Fault.FORMULA: N_("it is a formula, not its result"),
    number.Fault.TOO_LONG: N_("it has more than 18 digits"),
    number.Fault.NOT_A_NUMBER: N_("it has no digits"),
}
EXAMPLES = {Convention.VI: "1.234,5", Convention.EN: "1,234.5"}
SIGNS = {Convention.VI: N_("comma"), Convention.EN: N_("point")}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of all files: how numbers are written, and the period of rows that give none."""

    numbers: Convention | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What one file gave. `rows` counts rows with something in them, `rows_left_out` those with a fault."""

    file: str
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    rows_left_out: int = 0
    title: tuple[str, ...] = ()

    @property
    def is_illustrative(self) -> bool:
        return any(words in fold(line) for line in self.title for words in ILLUSTRATIVE)


def read_submission(source: Source, plan: Plan, options: Options) -> Submission:
    """Read one file whole. Nothing is raised for what is in it: faults come back as findings."""
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        return Submission(source.name, findings=tuple(findings))
    text, findings = decode(data, source.name)
    if text is None:
        return Submission(source.name, findings=tuple(findings))
    return parse_submission(text, source.name, plan, options)


def parse_submission(text: str, file: str, plan: Plan, options: Options) -> Submission:
    """The figures and findings of one text that a file held."""
    table, findings = read_table(text, file)
    if table is None:
        return Submission(file, findings=tuple(findings))
    findings = list(table.findings)
    ragged = sum(f.rule is rules.RAGGED_ROW for f in findings)
    missing = _missing_columns(table, options)
    convention, faults = _convention(table, options)
    stops = [*missing, *faults, *(f for f in findings if f.rule is rules.DOUBLED_HEADER)]
    rows = len(table.rows) + ragged
    if stops:
        others = [f for f in findings if f.rule is not rules.DOUBLED_HEADER]
        return Submission(file, (), (*others, *stops), rows, rows, table.title)
    reader = _Rows(table, plan, convention, options.period)
    figures = tuple(figure for record in table.rows if (figure := reader.figure(record)) is not None)
    findings += reader.findings
    if not figures and not any(f.is_error for f in findings):
        findings.append(Finding(rules.NOTHING_REPORTED, table.place(table.header.line)))
    return Submission(file, figures, tuple(findings), rows, ragged + reader.left_out, table.title)


def _missing_columns(table: Table, options: Options) -> list[Finding]:
    has = table.columns
    lacking = []
    if "indicator" not in has:
        lacking.append("indicator")
    if "period" not in has and options.period is None:
        lacking.append("period")
    if "value" not in has and "cumulative" not in has and not {"numerator", "denominator"} <= has.keys():
        lacking.append("value")
    place = table.place(table.header.line)
    return [Finding(rules.MISSING_COLUMN, place, {"column": Message(COLUMN_NAMES[column])}) for column in lacking]


def _convention(table: Table, options: Options) -> tuple[Convention, list[Finding]]:
    """How this file writes numbers: said, else proved by a cell that reads one way only, else by semicolons."""
    if options.numbers is not None:
        return options.numbers, []
    proofs = _proofs(table)
    vi, en = proofs.get(Evidence.VI), proofs.get(Evidence.EN)
    if vi and en:
        return Convention.VI, [_mixed({Convention.VI: vi, Convention.EN: en})]
    if vi or (table.delimiter == ";" and not en):
        return Convention.VI, []
    if en or Evidence.EITHER not in proofs:
        return Convention.EN, []
    text, place = proofs[Evidence.EITHER]
    return Convention.EN, [Finding(rules.AMBIGUOUS_NUMBER, place, _both_readings(text))]


Proof = tuple[str, Place]
"""A cell's text and where it stands."""


def _proofs(table: Table) -> dict[Evidence, Proof]:
    """The first cell of each kind of evidence, in the order of the file.

    A target that the template printed is a witness too, but one that reads both ways is no harm: nothing is
    computed from it.
    """
    proofs: dict[Evidence, Proof] = {}
    for column in (*NUMBER_COLUMNS, "target"):
        at = table.columns.get(column)
        if at is None:
            continue
        first_lines = {record.cells[at]: record.line for record in reversed(table.rows)}
        for text, line in first_lines.items():
            kind = number.evidence(text)
            if kind is not Evidence.EITHER or column != "target":
                proof = text.strip(), table.place(line, at)
                proofs[kind] = min(proofs.get(kind, proof), proof, key=lambda p: p[1])
    return proofs


def _mixed(proofs: dict[Convention, Proof]) -> Finding:
    """Said of the later cell, naming the earlier."""
    (first, (other, place)), (second, (value, found)) = sorted(proofs.items(), key=lambda item: item[1][1])
    args = {
        "value": value,
        "here": Message(SIGNS[second]),
        "other": other,
        "place": place,
        "there": Message(SIGNS[first]),
    }
    return Finding(rules.MIXED_CONVENTIONS, found, args)


def _both_readings(text: str) -> dict[str, Any]:
    readings = {c.value: number.read(text, c, percent=True) for c in Convention}
    return {"value": text, **{name: value for name, value in readings.items() if isinstance(value, Decimal)}}


T = TypeVar("T")


class _Fault(Exception):
    """A row that gives no figure: the column at fault, the rule, its words."""

    def __init__(self, rule: Rule, column: str, **args: Any) -> None:
        super().__init__(rule.code)
        self.rule, self.column, self.args_ = rule, column, args


@dataclass
class _Rows:
    """Turns the rows of one table into figures, remembering the judgement of each text it has seen."""

    table: Table
    plan: Plan
    convention: Convention
    period: Period | None
    findings: list[Finding] = field(default_factory=list)
    left_out: int = 0
    _judged: dict[tuple[str, str], Any] = field(default_factory=dict)

    def figure(self, record: Record) -> Figure | None:
        """The figure of one row; None where it reports nothing, or has a fault (which is then noted)."""
        try:
            return self._figure(record)
        except _Fault as fault:
            self.left_out += 1
            self._note(fault.rule, record, fault.column, fault.args_)
            return None

    def _figure(self, record: Record) -> Figure | None:
        given = {column: nfc(record.cells[at]) for column, at in self.table.columns.items()}
        texts = {column: _reported(given.get(column, "")) for column in NUMBER_COLUMNS}
        if not given["indicator"]:
            value = next(filter(None, texts.values()), "")
            if value:
                raise _Fault(rules.MISSING_CODE, "indicator", value=value)
            return None
        if not any(texts.values()) and fold(given["indicator"]) not in self.plan.subjects:
            # A heading, a signature: no figure is lost with it.
            return None
        subject = self._once("indicator", given["indicator"], self._subject)
        period = self._period(given.get("period", ""))
        area = self._once("area", given.get("area", ""), self._area)
        agency = self._once("agency", given.get("agency", ""), self._agency)
        reported_on = self._once("reported_on", given.get("reported_on", ""), _date)
        kind = self._once("kind", given.get("kind", ""), _kind)
        self._compare(subject, given, record)
        if not any(texts.values()):
            return None
        if agency and subject.lead and agency != subject.lead:
            args = {"code": subject.code, "lead": self.plan.agencies[subject.lead].name, "agency": given["agency"]}
            self._note(rules.WRONG_AGENCY, record, "agency", args)
        if reported_on is not None and not _fits(reported_on, period):
            self._note(rules.DATE_UNLIKELY, record, "reported_on", {"day": f"{reported_on:%d/%m/%Y}", "period": period})
        numbers = self._numbers(subject, texts, record)
        return Figure(
            code=subject.code,
            period=period,
            area=area,
            value=numbers[0],
            cumulative=numbers[1],
            numerator=numbers[2],
            denominator=numbers[3],
            kind=kind,
            agency=agency,
            reported_on=reported_on,
            note=given.get("note", ""),
            place=self.table.place(record.line, self._first_column(texts)),
            cumulative_column=self.table.columns["cumulative"] + 1 if numbers[1] is not None else None,
        )

    def _first_column(self, texts: dict[str, str]) -> int:
        return next(self.table.columns[column] for column, text in texts.items() if text)

    # Single cells

    def _once(self, column: str, text: str, judge: Callable[[str], T]) -> T:
        """The judgement of `text` in `column`, made the first time it is met; a fault is raised every time."""
        key = column, text
        if key not in self._judged:
            try:
                self._judged[key] = judge(text)
            except _Fault as fault:
                self._judged[key] = fault
        found = self._judged[key]
        if isinstance(found, _Fault):
            raise found
        return found  # type: ignore[no-any-return]

    def _subject(self, text: str) -> Subject:
        subject = self.plan.subjects.get(fold(text))
        if subject is None:
            raise _Fault(
                rules.UNKNOWN_INDICATOR, "indicator", value=text, suggestion=did_you_mean(text, self.plan.codes)
            )
        return subject

    def _period(self, text: str) -> Period:
        if not text:
            if self.period is None:
                raise _Fault(rules.MISSING_PERIOD, "period", example=f"{self.plan.year}-06")
            return self.period
        return self._once("period", text, self._read_period)

    def _read_period(self, text: str) -> Period:
        period = self.plan.period(text)
        year = str(self.plan.year)
        if period is None:
            raise _Fault(rules.BAD_PERIOD, "period", value=text, example=f"{year}-06", year=year)
        if period.year != self.plan.year:
            raise _Fault(rules.PERIOD_OUTSIDE_YEAR, "period", value=text, year=year)
        return self.plan.known_as(period)

    def _area(self, text: str) -> str | None:
        if not text:
            return None
        if not self.plan.areas:
            return text
        area = _party(text, self.plan.areas, AREA_PREFIXES)
        if area is None:
            names = [party.name.vi for party in self.plan.areas.values()]
            raise _Fault(rules.UNKNOWN_AREA, "area", value=text, suggestion=did_you_mean(text, names))
        return area

    def _agency(self, text: str) -> str | None:
        if not text:
            return None
        agency = agency_named(self.plan, text)
        if agency is None:
            names = [*self.plan.agencies, *(party.name.vi for party in self.plan.agencies.values())]
            raise _Fault(rules.UNKNOWN_AGENCY, "agency", value=text, suggestion=did_you_mean(text, names))
        return agency

    # Numbers

    def _numbers(self, subject: Subject, texts: dict[str, str], record: Record) -> tuple[Decimal | None, ...]:
        if isinstance(subject, Commitment) or subject.target.achieved:
            return self._yes_or_no(texts), None, None, None
        unit = self.plan.unit_of(subject)
        value = self._number(subject, unit, "value", texts, record)
        cumulative = self._number(subject, unit, "cumulative", texts, record)
        numerator = self._part_of_rate("numerator", texts)
        denominator = self._part_of_rate("denominator", texts)
        if not subject.is_flow and cumulative is not None:
            if cumulative != value:
                raise _Fault(rules.CUMULATIVE_ON_LEVEL, "cumulative", code=subject.code, value=cumulative)
            cumulative = None
        if numerator is not None or denominator is not None:
            self._check_rate(subject, unit, value, numerator, denominator, texts["value"])
        return value, cumulative, numerator, denominator

    def _yes_or_no(self, texts: dict[str, str]) -> Decimal:
        text = texts["value"] or next(filter(None, texts.values()))
        word = fold(text)
        if not texts["value"] or word not in YES | NO:
            raise _Fault(rules.BAD_YES_NO, "value", value=text)
        return Decimal(1 if word in YES else 0)

    def _number(
        self, subject: Indicator, unit: Unit, column: str, texts: dict[str, str], record: Record
    ) -> Decimal | None:
        text = texts[column]
        if not text:
            return None
        if text in DASHES and subject.is_flow and column == "value":
            self._note(rules.DASH_AS_ZERO, record, column, {"value": text})
            return Decimal(0)
        value = self._once(f"{column} in {subject.unit}", text, lambda text: self._read(text, column, unit))
        out_of = max((target.out_of for target in subject.targets if target.out_of is not None), default=None)
        if out_of is not None and value > out_of:
            raise _Fault(rules.OVER_OUT_OF, column, value=value, out_of=out_of)
        return value

    def _part_of_rate(self, column: str, texts: dict[str, str]) -> Decimal | None:
        if not texts[column]:
            return None
        value = self._once(column, texts[column], lambda text: self._plain_number(text, column))
        if value < 0:
            reason = Message(N_("it cannot be below 0"))
            raise _Fault(rules.INCOMPLETE_RATE, column, reason=reason)
        return value

    def _plain_number(self, text: str, column: str, *, percent: bool = False) -> Decimal:
        value = number.read(text, self.convention, percent=percent)
        if isinstance(value, number.Fault):
            example = EXAMPLES[self.convention]
            args = {"example": example} if value is number.Fault.OTHER_CONVENTION else {}
            raise _Fault(rules.BAD_NUMBER, column, value=text, reason=Message(REASONS[value], args), example=example)
        return value

    def _read(self, text: str, column: str, unit: Unit) -> Decimal:
        value = self._plain_number(text, column, percent=unit.is_percent)
        low = Decimal(0) if unit.min is None else unit.min
        name = unit.name
        if value < 0 <= low:
            raise _Fault(rules.NEGATIVE, column, value=value, unit=name)
        if unit.whole and value != value.to_integral_value():
            raise _Fault(rules.FRACTION_IN_WHOLE_UNIT, column, value=value, unit=name)
        if value < low or (unit.max is not None and value > unit.max):
            high = unit.max if unit.max is not None else "…"
            raise _Fault(rules.OUT_OF_RANGE, column, value=value, min=low, max=high, unit=name)
        return value

    def _check_rate(
        self,
        subject: Indicator,
        unit: Unit,
        value: Decimal | None,
        numerator: Decimal | None,
        denominator: Decimal | None,
        text: str,
    ) -> None:
        reasons = {
            N_("the denominator is missing"): denominator is None,
            N_("the numerator is missing"): numerator is None,
            N_("the denominator is 0"): denominator == 0,
            N_("this indicator adds up over the year"): subject.is_flow,
            N_("its unit is not a rate"): not unit.is_rate,
        }
        for sentence, holds in reasons.items():
            if holds:
                column = "numerator" if numerator is None else "denominator"
                raise _Fault(rules.INCOMPLETE_RATE, column, reason=Message(sentence))
        assert numerator is not None and denominator is not None
        computed = ratio(numerator, denominator, unit.is_percent)
        if unit.max is not None and computed > unit.max:
            low = Decimal(0) if unit.min is None else unit.min
            raise _Fault(rules.OUT_OF_RANGE, "numerator", value=computed, min=low, max=unit.max, unit=unit.name)
        if value is not None and abs(computed - ratio(value, Decimal(1), percent=False)) >= _last_digit(value):
            args = {"value": text, "numerator": numerator, "denominator": denominator, "computed": computed}
            raise _Fault(rules.RATE_DISAGREES, "value", **args)

    # What the template printed

    def _compare(self, subject: Subject, given: dict[str, str], record: Record) -> None:
        """Hold name, unit and target, where the row has them, against the plan's."""
        name = given.get("name", "").lstrip("'-–+ ")
        if name and fold(name) not in (fold(subject.name.vi), fold(subject.name.en)):
            other = self.plan.codes_by_name.get(fold(name))
            if other is not None:
                raise _Fault(rules.SHIFTED_ROW, "name", code=subject.code, value=name, other=other)
            args = {"code": subject.code, "value": name, "expected": subject.name}
            self._note(rules.NAME_DIFFERS, record, "name", args)
        if isinstance(subject, Commitment):
            return
        unit_name = self.plan.unit_of(subject).name
        unit = given.get("unit", "")
        if unit and fold(unit) not in (fold(unit_name.vi), fold(unit_name.en), fold(subject.unit)):
            raise _Fault(rules.UNIT_DIFFERS, "unit", code=subject.code, value=unit, expected=unit_name)
        target = given.get("target", "")
        if target and not self._is_target(subject, target):
            expected = subject.target.numbers or Message(N_("yes or no"))
            raise _Fault(rules.TARGET_DIFFERS, "target", code=subject.code, value=target, expected=expected)

    def _is_target(self, subject: Indicator, text: str) -> bool:
        """Whether `text` is a target the indicator has or had; any reading will do, since nothing is computed."""
        if not any(target.numbers for target in subject.targets):
            return True
        bare = text.lstrip("≥≤=<> ").partition("/")[0]
        known = {n for target in subject.targets for n in target.numbers}
        return any(number.read(bare, convention, percent=True) in known for convention in Convention)

    def _note(self, rule: Rule, record: Record, column: str, args: dict[str, Any]) -> None:
        at = self.table.columns.get(column)
        self.findings.append(Finding(rule, self.table.place(record.line, at), args))


def agency_named(plan: Plan, text: str) -> str | None:
    """The id of the agency that `text` names; `text` itself where the plan lists no agencies."""
    return _party(text, plan.agencies, AGENCY_PREFIXES) if plan.agencies else text


AREA_PREFIXES = ("xa ", "phuong ", "thi tran ", "p. ", "x. ")
AGENCY_PREFIXES = ("phong ", "chi cuc ", "trung tam ")


def _party(text: str, parties: dict[str, Party], prefixes: Iterable[str]) -> str | None:
    """The id of the one party that `text` names, with or without its “xã”, “phòng” and the like."""
    key = fold(text)
    exact = [i for i, party in parties.items() if key in (fold(i), fold(party.name.vi), fold(party.name.en))]
    if not exact:
        bare = _without_prefix(key, prefixes)
        exact = [i for i, party in parties.items() if bare == _without_prefix(fold(party.name.vi), prefixes)]
    return exact[0] if len(exact) == 1 else None


def _without_prefix(key: str, prefixes: Iterable[str]) -> str:
    for prefix in prefixes:
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key


def _date(text: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise _Fault(rules.BAD_DATE, "reported_on", value=text)
    return day


def _fits(day: date, period: Period) -> bool:
    """Whether a figure of `period` can have been reported on `day`: not before it begins, nor years after."""
    return date(period.year, period.first, 1) <= day <= date(period.year + 2, 12, 31)


def _kind(text: str) -> Kind:
    kind = KINDS.get(fold(text)) if text else Kind.OFFICIAL
    if kind is None:
        raise _Fault(rules.BAD_KIND, "kind", value=text)
    return kind


def _reported(text: str) -> str:
    return "" if text in NOT_REPORTED else text


def _last_digit(value: Decimal) -> Decimal:
    """One unit of the last printed digit: what rounding, or cutting off, may have taken."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)
