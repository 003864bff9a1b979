"""The plan: what was promised for one year, as validated, immutable values.

The models say what a plan file may hold; `inconsistencies` says what must agree between its parts. Every scalar
arrives as the text of the file (see `intake.plan.file`), so a number is exact and nothing is converted twice.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from vinhchau_kpi import excel, number, rules
from vinhchau_kpi import period as periods
from vinhchau_kpi.finding import Rule
from vinhchau_kpi.messages import N_, Language, Message, did_you_mean
from vinhchau_kpi.period import Period
from vinhchau_kpi.text import fold, nfc, spelled

Measure = Literal["flow", "level"]
Every = Literal["month", "quarter", "half", "year"]

# Text of the file → value. Each failure is a sentence of the catalogue, carried as the error's message.


TWO_READINGS = "plan_two_readings"
"""The kind of error at a number such as 28.500."""


def _refuse(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("plan_value", "{sentence}", {"sentence": sentence})


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if number.two_readings(value):
            raise PydanticCustomError(TWO_READINGS, "28.500")
        exact = number.plain(value)
        if exact is not None:
            return exact
    elif isinstance(value, Decimal):
        return value
    raise _refuse(N_("a plain number is expected, such as 28500 or 9.08, of at most 18 digits"))


def _year(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"(?:19|20)[0-9]{2}", value):
        return int(value)
    raise _refuse(N_("a year of four digits is expected, such as 2019"))


def _yes(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    raise _refuse(N_("true or false is expected"))


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _refuse(N_("a date is expected, such as 2019-04-19"))


def _month(value: Any) -> Any:
    found = periods.parse(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) else None
    if found is None:
        raise _refuse(N_("a month is expected, such as 2019-06"))
    return found


def _whole_between(low: int, high: int, sentence: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value) and low <= int(value) <= high:
            return int(value)
        raise _refuse(sentence)

    return read


def _words(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            raise _refuse(N_("some text is expected"))
        return nfc(value)
    raise _refuse(N_("some text is expected"))


def _some(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        raise _refuse(N_("at least one section is expected"))
    return value


def _shares_alone(value: Any) -> Any:
    return {"shares": value} if isinstance(value, list | tuple) else value


def _both_languages(value: Any) -> Any:
    return {"vi": value, "en": value} if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema({"type": "integer", "minimum": 1900, "maximum": 2099})]
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    Period, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"})
]
DayOfMonth = Annotated[
    int,
    BeforeValidator(_whole_between(1, 31, N_("a day of the month is expected, 1 to 31"))),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 31}),
]
WorkingDays = Annotated[
    int,
    BeforeValidator(_whole_between(0, 60, N_("a number of working days is expected, 0 to 60"))),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 60}),
]
Words = Annotated[str, BeforeValidator(_words), WithJsonSchema({"type": "string", "minLength": 1})]


class Model(BaseModel):
    """What all parts of a plan share: nothing unknown is accepted, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Text(Model):
    """A name in both languages. Plain text in the file stands for both."""

    vi: Words
    en: Words

    def in_(self, language: Language) -> str:
        return self.vi if language.code == "vi" else self.en


_SHARES_SCHEMA = {"type": "array", "items": {"type": "number"}, "minItems": 12, "maxItems": 12}
_PROFILE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _SHARES_SCHEMA,
        {
            "type": "object",
            "properties": {"shares": _SHARES_SCHEMA, "note": {"type": "string", "minLength": 1}},
            "required": ["shares"],
            "additionalProperties": False,
        },
    ]
}

Name = Annotated[
    Text,
    BeforeValidator(_both_languages),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {"vi": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
                    "required": ["vi", "en"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Unit(Model):
    """A unit and what it can hold. Below `min` (0 unless said) or above `max` nothing is accepted.

    `whole`: counted in whole numbers. `rate`: a ratio, which is never added over areas; true of % by itself.
    """

    name: Name
    whole: Yes = False
    rate: Yes | None = None
    min: Number | None = None
    max: Number | None = None

    @property
    def is_percent(self) -> bool:
        return self.name.vi.startswith("%") or fold(self.name.vi) == "phan tram"

    @property
    def is_per_something(self) -> bool:
        """An average by its name (triệu đồng/người), whose areas do not add up to the whole."""
        name = fold(self.name.vi)
        return not self.is_percent and (_PER.search(name) is not None or "binh quan" in name)

    @property
    def is_rate(self) -> bool:
        return self.is_percent or self.is_per_something if self.rate is None else self.rate


_PER = re.compile(
    r"/ ?(?:[0-9. ]+|mot |van |nghin |ngan )*(?:dau )?(?:nguoi|dan|ha|hecta|ho|lao dong|k?m[2²]|sao|cong|con|tre|hoc sinh|lop"
    r"|giuong)\b|\bper "
)
"""A unit for each of another. “tấn/năm” adds up over areas, and “xã/phường” is one or the other."""


class Round(Model):
    """An emulation round: a stretch of months with a name of its own."""

    id: Words
    name: Name
    start: Month = Field(alias="from")
    end: Month = Field(alias="to")

    @property
    def period(self) -> Period:
        return Period(self.start.year, self.start.first, self.end.last, self.id)


SENSES = ("at_least", "at_most", "exactly", "between", "achieved", "improve")


class Target(Model):
    """What is aimed at: exactly one of the six senses. `out_of`: how many there are (16 of 19 criteria)."""

    at_least: Number | None = None
    at_most: Number | None = None
    exactly: Number | None = None
    between: tuple[Number, Number] | None = None
    achieved: Yes | None = None
    improve: Literal["up", "down"] | None = None
    out_of: Number | None = None

    @model_validator(mode="after")
    def _one_sense(self) -> Self:
        given = [sense for sense in SENSES if getattr(self, sense) is not None]
        if len(given) != 1:
            raise _refuse(N_("exactly one of at_least, at_most, exactly, between, achieved, improve is expected"))
        if self.achieved is False:
            raise _refuse(N_("achieved takes only true"))
        if self.between is not None and self.between[0] > self.between[1]:
            raise _refuse(N_("between takes the lower number first"))
        if self.out_of is not None and any(n > self.out_of for n in self.numbers):
            raise _refuse(N_("the target is more than its out_of"))
        return self

    @property
    def sense(self) -> str:
        return next(sense for sense in SENSES if getattr(self, sense) is not None)

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The numbers of the target: one, two for `between`, none for a promise."""
        if self.between is not None:
            return self.between
        return tuple(n for n in (self.at_least, self.at_most, self.exactly) if n is not None)

    @property
    def number(self) -> Decimal | None:
        """The target as one number, where it is one."""
        numbers = self.numbers
        return numbers[0] if len(numbers) == 1 else None

    def with_number(self, number: Decimal) -> Target:
        """The same sense with another number; for targets that are one number."""
        return Target.model_validate({self.sense: number})

    def facts(self) -> dict[str, Any]:
        """The target as the plan file writes it, for machine output."""
        return {key: value for key in (*SENSES, "out_of") if (value := getattr(self, key)) is not None}


class Source(Model):
    """The words of the issued plan that set a target, and what is to be known about them."""

    clause: Words | None = None
    quote: Words | None = None
    note: Words | None = None


class Baseline(Model):
    """Where the indicator stood before the plan's year."""

    year: Year
    value: Number
    source: Words | None = None


Allocations = dict[str, Number]
"""The part of a target that each area is to reach, by the area's id."""


def _either_day(schema: dict[str, Any]) -> None:
    schema["properties"]["on"] = schema["properties"]["effective"]
    schema["required"] = ["target"]
    schema["oneOf"] = [{"required": ["effective"]}, {"required": ["on"]}]


class Revision(Model):
    """A target changed during the year, in force from the day `effective` (`on` in older plans).

    It may be decided later, for the time from then on: nobody knows of it before the day `decided` (None: `effective`).
    Its areas' targets are its own: those of the target before it no longer add up.
    """

    model_config = ConfigDict(json_schema_extra=_either_day)

    effective: Day = Field(validation_alias=AliasChoices("effective", "on"))
    decided: Day | None = None
    target: Target
    allocations: Allocations = {}
    allocated: Literal["complete", "partial"] = "complete"
    reason: Words | None = None
    source: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, data: Any) -> Any:
        if isinstance(data, dict) and "on" in data and "effective" in data:
            raise _refuse(N_("the day from which a target is in force is given once, as effective"))
        return data

    def holds_on(self, day: date, known_on: date | None) -> bool:
        """Whether it is in force on `day`, by what was decided by the end of `known_on` (None: by everything)."""
        return self.effective <= day and (known_on is None or (self.decided or self.effective) <= known_on)


class Commitment(Model):
    """A promise with no number: carried out or not."""

    code: Words
    name: Name
    lead: Words | None = None
    source: Source = Source.model_construct()


class Indicator(Model):
    """One thing the plan sets a target for. A flow adds up over the year; a level is true at a moment."""

    code: Words
    name: Name
    unit: Words
    measure: Measure = "flow"
    target: Target
    parts: Literal["complete", "partial"] | None = None
    lead: Words | None = None
    profile: Words = "linear"
    every: Every = "month"
    baseline: Baseline | None = None
    revisions: tuple[Revision, ...] = ()
    allocations: Allocations = {}
    allocated: Literal["complete", "partial"] = "complete"
    source: Source = Source.model_construct()
    children: tuple[Indicator, ...] = ()

    def revision_on(self, day: date, known_on: date | None = None) -> Revision | None:
        """The revision in force on `day`, by what was decided by the end of `known_on` (None: by everything): the latest to
        come into force; None where the issued target still stands."""
        made = [revision for revision in self.revisions if revision.holds_on(day, known_on)]
        return max(made, key=lambda revision: revision.effective, default=None)

    def target_before(self, revision: Revision) -> Target:
        """The target that `revision` took the place of."""
        earlier = [one for one in self.revisions if one.effective < revision.effective]
        return max(earlier, key=lambda one: one.effective).target if earlier else self.target

    def target_on(self, day: date, known_on: date | None = None) -> Target:
        """The target in force on `day`, as for `revision_on`."""
        revision = self.revision_on(day, known_on)
        return revision.target if revision else self.target

    def area_target_on(self, day: date, area: str, known_on: date | None = None) -> Target | None:
        """The part of the target in force on `day` that was given to `area`; None where none was."""
        set_by = self.revision_on(day, known_on) or self
        allocated = set_by.allocations.get(area)
        return None if allocated is None else set_by.target.with_number(allocated)

    @property
    def is_flow(self) -> bool:
        """Whether its figures add up. A promise to keep does not, whatever its measure says."""
        return self.measure == "flow" and not self.target.achieved

    @property
    def out_of(self) -> Decimal | None:
        """The most there can be, by any target it has had; None where nothing says."""
        return max((target.out_of for target in self.targets if target.out_of is not None), default=None)

    @property
    def set_by(self) -> tuple[Indicator | Revision, ...]:
        """What has set its target and those of its areas: the plan as issued, then each revision."""
        return (self, *self.revisions)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every target the indicator has had, the issued one first."""
        return tuple(one.target for one in self.set_by)


Subject = Indicator | Commitment
"""What a row of a submission is about."""


class Section(Model):
    """A part of the plan, with its indicators and commitments in the plan's order."""

    id: Words
    clause: Words | None = None
    title: Name | None = None
    indicators: tuple[Indicator, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    def heading(self, language: Language) -> str:
        return self.title.in_(language) if self.title else self.id


class Profile(Model):
    """The share of a year's flow expected by each month's end, in percent, and what that rests on."""

    shares: tuple[Number, ...]
    note: Words | None = None


class Deadline(Model):
    """By when the figures of a period are to be there.

    They close on day `closes` of the period's last month (its last day where it has no such day) and are due
    `working_days` working days later. Saturdays, Sundays and `holidays` are no working days.
    """

    closes: DayOfMonth = 14
    working_days: WorkingDays = 2
    holidays: tuple[Day, ...] = ()

    def of(self, period: Period) -> date:
        """The last day on which a figure of `period` is on time; always a working day."""
        day = min(period.last_day, period.end.first_day + timedelta(days=self.closes - 1))
        left = self.working_days
        while left or not self._is_working(day):
            day += timedelta(days=1)
            left -= left > 0 and self._is_working(day)
        return day

    def _is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays


class Party(Model):
    """An agency or an area, known by its id and its name."""

    name: Name


class Entry(NamedTuple):
    """An indicator and where it stands in the plan: its section, its parent, how deep (0 at the top)."""

    indicator: Indicator
    section: Section
    parent: Indicator | None
    depth: int


class Plan(Model):
    """One issued plan."""

    id: Words
    year: Year
    issued: Day | None = None
    title: Name | None = None
    issuer: Name | None = None
    place: Name | None = None
    rounds: tuple[Round, ...] = ()
    units: dict[str, Unit]
    agencies: dict[str, Party] = {}
    areas: dict[str, Party] = {}
    profiles: dict[str, Annotated[Profile, BeforeValidator(_shares_alone), WithJsonSchema(_PROFILE_SCHEMA)]] = {}
    tolerance: Number = Decimal("0.95")
    due: Deadline = Deadline()
    sections: Annotated[tuple[Section, ...], AfterValidator(_some)] = Field(json_schema_extra={"minItems": 1})

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every indicator by its code, in the order of the plan, each child after its parent."""
        found: dict[str, Entry] = {}

        def walk(indicators: tuple[Indicator, ...], section: Section, parent: Indicator | None, depth: int) -> None:
            for indicator in indicators:
                found[indicator.code] = Entry(indicator, section, parent, depth)
                walk(indicator.children, section, indicator, depth + 1)

        for section in self.sections:
            walk(section.indicators, section, None, 0)
        return found

    @cached_property
    def commitments(self) -> dict[str, tuple[Commitment, Section]]:
        """Every commitment by its code, in the order of the plan."""
        return {c.code: (c, section) for section in self.sections for c in section.commitments}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code a submission can carry, in the order of the plan."""
        return (*self.entries, *self.commitments)

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """Every indicator and commitment by its folded code."""
        indicators = {fold(code): entry.indicator for code, entry in self.entries.items()}
        return {**indicators, **{fold(code): commitment for code, (commitment, _) in self.commitments.items()}}

    @cached_property
    def codes_by_name(self) -> dict[str, tuple[str, ...]]:
        """The codes of each name, in either language, as `spelled` has it; nearly always one."""
        found: dict[str, tuple[str, ...]] = {}
        for subject in self.subjects.values():
            for name in dict.fromkeys((spelled(subject.name.vi), spelled(subject.name.en))):
                found[name] = (*found.get(name, ()), subject.code)
        return found

    @cached_property
    def round_words(self) -> tuple[tuple[str, Period], ...]:
        """The rounds by every name they go by, for `period.parse`."""
        return tuple((words, one.period) for one in self.rounds for words in (one.id, one.name.vi, one.name.en))

    def heading(self, language: Language) -> str:
        return self.title.in_(language) if self.title else self.id

    def unit_of(self, indicator: Indicator) -> Unit:
        return self.units[indicator.unit]

    def period(self, text: str) -> Period | None:
        """The period that `text` names, the plan's rounds included."""
        return periods.parse(text, self.round_words)

    def period_words(self, period: Period, language: Language) -> str:
        """A period in words; a round by the plan's name for it, with its months."""
        names = [one.name.in_(language) for one in self.rounds if one.id == period.name]
        months = language.period(self.known_as(period))
        return f"{names[0]} ({months})" if names else months

    def known_as(self, period: Period) -> Period:
        """`period` under its ordinary name: a round is printed as one only where it was asked for as one."""
        return Period(period.year, period.first, period.last)

    @cached_property
    def a_year_earlier(self) -> Plan:
        """The same indicators in the year before, for figures of that year to be checked by."""
        return self.model_copy(update={"year": self.year - 1})

    def share(self, indicator: Indicator, month: int) -> Fraction:
        """Share (0 to 1) of the year's flow that is expected by the end of `month` (0: of nothing); exact."""
        return self._shares[indicator.profile][month]

    @cached_property
    def _shares(self) -> dict[str, tuple[Fraction, ...]]:
        """The profiles as fractions, each from the year's beginning on."""
        linear = {"linear": tuple(Fraction(month, 12) for month in range(13))}
        return linear | {
            name: (Fraction(0), *(Fraction(share) / 100 for share in profile.shares))
            for name, profile in self.profiles.items()
        }

    def areas_of(self, indicator: Indicator, day: date, known_on: date | None = None) -> tuple[str, ...]:
        """The areas that are to report `indicator` on `day`, in the plan's order; none where the plan names no areas.

        Where all of its target is given to areas, they alone: salt is made in three communes, and the others owe no
        figure of it. A revision that gives nothing to areas leaves those owing that did so before it.
        """
        made = [one for one in indicator.revisions if one.holds_on(day, known_on) and one.allocations]
        set_by: Indicator | Revision = max(made, key=lambda one: one.effective) if made else indicator
        if not set_by.allocations or set_by.allocated == "partial":
            return tuple(self.areas)
        return tuple(area for area in self.areas or set_by.allocations if area in set_by.allocations)

    def agency_name(self, agency: str, language: Language) -> str:
        party = self.agencies.get(agency)
        return party.name.in_(language) if party else agency

    def area_name(self, area: str, language: Language) -> str:
        party = self.areas.get(area)
        return party.name.in_(language) if party else area


Loc = tuple[str | int, ...]
Fault = tuple[Loc, Rule, dict[str, Any]]


def inconsistencies(plan: Plan) -> Iterator[Fault]:
    """What disagrees inside a plan whose parts are each well formed: where it is, the rule, its words."""
    yield from _profile_faults(plan)
    for nth, day in enumerate(plan.due.holidays):
        if day.year not in (plan.year, plan.year + 1):
            reason = N_("a holiday lies in the plan's year, or in the one after it")
            yield ("due", "holidays", nth), rules.PLAN_BAD_VALUE, {"value": str(day), "reason": Message(reason)}
    yield from _round_faults(plan)
    seen: dict[str, str] = {}
    for at, section in enumerate(plan.sections):
        for nth, indicator in enumerate(section.indicators):
            yield from _indicator_faults(plan, indicator, ("sections", at, "indicators", nth), seen)
        for nth, commitment in enumerate(section.commitments):
            loc = ("sections", at, "commitments", nth)
            yield from _code_faults(commitment.code, commitment.name, loc, seen)
            yield from _lead_faults(plan, commitment.lead, loc)


def _profile_faults(plan: Plan) -> Iterator[Fault]:
    for name, profile in plan.profiles.items():
        shares = profile.shares
        rising = all(a <= b for a, b in itertools.pairwise(shares))
        if len(shares) != 12 or not rising or shares[0] < 0 or shares[-1] != 100:
            reason = N_("a profile is twelve shares that never fall and end at 100")
            yield ("profiles", name), rules.PLAN_BAD_VALUE, {"value": name, "reason": Message(reason)}


def _round_faults(plan: Plan) -> Iterator[Fault]:
    for at, one in enumerate(plan.rounds):
        if (one.start.year, one.end.year) != (plan.year, plan.year) or one.start.first > one.end.last:
            reason = N_("a round lies within the plan's year and ends after it begins")
            yield ("rounds", at), rules.PLAN_BAD_VALUE, {"value": one.id, "reason": Message(reason)}


def _indicator_faults(plan: Plan, indicator: Indicator, loc: Loc, seen: dict[str, str]) -> Iterator[Fault]:
    yield from _code_faults(indicator.code, indicator.name, loc, seen)
    yield from _lead_faults(plan, indicator.lead, loc)
    if indicator.unit not in plan.units:
        yield (*loc, "unit"), rules.PLAN_UNKNOWN_REFERENCE, _unknown(indicator.unit, N_("units"), plan.units)
    if indicator.profile != "linear" and indicator.profile not in plan.profiles:
        kind = N_("profiles")
        yield (*loc, "profile"), rules.PLAN_UNKNOWN_REFERENCE, _unknown(indicator.profile, kind, plan.profiles)
    if indicator.baseline is not None and indicator.baseline.year >= plan.year:
        reason = N_("a baseline lies before the plan's year")
        value = str(indicator.baseline.year)
        yield (*loc, "baseline"), rules.PLAN_BAD_VALUE, {"value": value, "reason": Message(reason)}
    unit = plan.units.get(indicator.unit)
    if unit is not None and unit.is_per_something and unit.rate is None:
        yield (*loc, "unit"), rules.PLAN_UNIT_PER, {"value": unit.name, "code": indicator.code}
    yield from _parts_faults(indicator, loc)
    yield from _revision_faults(plan, indicator, loc)
    yield from _allocation_faults(plan, indicator, indicator, loc)
    for nth, revision in enumerate(indicator.revisions):
        yield from _allocation_faults(plan, indicator, revision, (*loc, "revisions", nth))
    for nth, child in enumerate(indicator.children):
        yield from _indicator_faults(plan, child, (*loc, "children", nth), seen)


def _code_faults(code: str, name: Text, loc: Loc, seen: dict[str, str]) -> Iterator[Fault]:
    key = fold(code)
    if key in seen:
        yield (*loc, "code"), rules.PLAN_DOUBLED_CODE, {"value": code, "other": seen[key]}
    seen.setdefault(key, name.vi)
    made = excel.made_of(code)
    if made is not None:
        yield (*loc, "code"), rules.PLAN_CODE_CHANGES, {"value": code, "made": made}


def _lead_faults(plan: Plan, lead: str | None, loc: Loc) -> Iterator[Fault]:
    if lead is not None and lead not in plan.agencies:
        yield (*loc, "lead"), rules.PLAN_UNKNOWN_REFERENCE, _unknown(lead, N_("agencies"), plan.agencies)


def _parts_faults(indicator: Indicator, loc: Loc) -> Iterator[Fault]:
    """Complete parts add up to the whole; no part of the same unit and sense exceeds it."""
    whole = indicator.target.at_least
    alike = [child for child in indicator.children if child.unit == indicator.unit]
    shares = [child.target.at_least for child in alike]
    if whole is None or not alike or None in shares:
        return
    together = number.total(share for share in shares if share is not None)
    complete = indicator.parts == "complete" and len(alike) == len(indicator.children)
    if (complete and together != whole) or (not complete and any(s is not None and s > whole for s in shares)):
        yield (*loc, "target"), rules.PLAN_PARTS, {"code": indicator.code, "value": together, "total": whole}


def _revision_faults(plan: Plan, indicator: Indicator, loc: Loc) -> Iterator[Fault]:
    """A revision is of a day of the plan's year, one a day, and leaves a number a number and a promise a promise."""
    days = [revision.effective for revision in indicator.revisions]
    for nth, revision in enumerate(indicator.revisions):
        at, day = (*loc, "revisions", nth), str(revision.effective)
        if revision.effective in days[:nth]:
            reason = N_("two revisions on the same day: it is unclear which one holds")
            yield (*at, "on"), rules.PLAN_BAD_VALUE, {"value": day, "reason": Message(reason)}
        if revision.effective.year != plan.year:
            reason = N_("a target is revised within the plan's year")
            yield (*at, "on"), rules.PLAN_BAD_VALUE, {"value": day, "reason": Message(reason)}
        if bool(revision.target.numbers) != bool(indicator.target.numbers):
            reason = N_("a revision replaces a number by a number, or a yes/no target by a yes/no target")
            yield (*at, "target"), rules.PLAN_BAD_VALUE, {"value": revision.target.sense, "reason": Message(reason)}


def _allocation_faults(plan: Plan, indicator: Indicator, set_by: Indicator | Revision, loc: Loc) -> Iterator[Fault]:
    """The parts of a target that areas are given: of areas the plan has, of a number, and adding up to it."""
    if not set_by.allocations:
        if set_by.allocated == "partial":
            reason = N_("there are no allocations that could be partial")
            yield (*loc, "allocated"), rules.PLAN_BAD_VALUE, {"value": set_by.allocated, "reason": Message(reason)}
        return
    least = plan.units[indicator.unit].min if indicator.unit in plan.units else None
    for area, share in set_by.allocations.items():
        if share < (least or 0):
            reason = N_("the target of an area cannot be below the lowest value of the unit")
            yield (*loc, "allocations", area), rules.PLAN_BAD_VALUE, {"value": f"{share:f}", "reason": Message(reason)}
        if plan.areas and area not in plan.areas:
            yield (*loc, "allocations", area), rules.PLAN_UNKNOWN_REFERENCE, _unknown(area, N_("areas"), plan.areas)
    whole = set_by.target.number
    if whole is None:
        reason = N_("only a target that is one number can be given to areas")
        yield (*loc, "allocations"), rules.PLAN_BAD_VALUE, {"value": indicator.code, "reason": Message(reason)}
        return
    unit = plan.units.get(indicator.unit)
    if not indicator.is_flow or unit is None or unit.is_rate:
        return
    together = number.total(set_by.allocations.values())
    if (together != whole) if set_by.allocated == "complete" else (together > whole):
        args = {"code": indicator.code, "value": together, "total": whole}
        yield (*loc, "allocations"), rules.PLAN_ALLOCATIONS, args


def _unknown(value: str, kind: str, known: dict[str, Any]) -> dict[str, Any]:
    return {"value": value, "kind": Message(kind), "suggestion": did_you_mean(value, known)}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a plan file, for editors."""
    schema = Plan.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
