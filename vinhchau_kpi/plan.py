"""The plan: what was promised for one year, as validated, immutable values.

The models say what a plan file may hold; `consistency` says what must agree between its parts. Every scalar arrives
as the text of the file (see `intake.plan.file`) and is read by `planvalue`, so a number is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from vinhchau_kpi import number
from vinhchau_kpi import period as periods
from vinhchau_kpi.area import Area, Lives, Party
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period, Span
from vinhchau_kpi.places import called_whole
from vinhchau_kpi.planvalue import (
    PROFILE_SCHEMA,
    TAG,
    Day,
    Model,
    Month,
    Name,
    Number,
    Words,
    Year,
    Yes,
    refuse,
    shares_alone,
    some_sections,
)
from vinhchau_kpi.planyear import Deadline, Profile, Round
from vinhchau_kpi.target import Baseline, Source, Target
from vinhchau_kpi.text import fold, name_key

Measure = Literal["flow", "level"]
Every = Literal["month", "quarter", "half", "year"]


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

    @property
    def can_fall(self) -> bool:
        """Whether an amount can be below 0, so that a sum can fall."""
        return self.min is not None and self.min < 0


_PER = re.compile(
    r"/ ?(?:[0-9. ]+|mot |van |nghin |ngan )*(?:dau )?(?:nguoi|dan|ha|hecta|ho|lao dong|k?m[2²]|sao|cong|con|tre|hoc sinh|lop"
    r"|giuong)\b|\bper "
)
"""A unit for each of another. “tấn/năm” adds up over areas, and “xã/phường” is one or the other."""


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
            raise refuse(N_("the day from which a target is in force is given once, as effective"))
        return data

    def holds_on(self, day: date, known_on: date | None) -> bool:
        """Whether it is in force on `day`, by what was decided by the end of `known_on` (None: by everything)."""
        return self.effective <= day and (known_on is None or (self.decided or self.effective) <= known_on)


class Commitment(Model):
    """A promise with no number: carried out or not, by the day `due` where it has one."""

    code: Words
    name: Name
    lead: Words | None = None
    due: Day | None = None
    source: Source = Source.model_construct()
    review: Words | None = None


class Heading(Model):
    """A line over others, with a code and no target: printed, never judged, never counted, and no figure is expected of it."""

    code: Words
    name: Name
    source: Source = Source.model_construct()
    lines: Lines = Field(alias="children", min_length=1)

    @property
    def children(self) -> tuple[Indicator, ...]:
        return tuple(_without_headings(self.lines))


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
    review: Words | None = None
    """What a person has still to confirm or decide of it; taken out once that is done."""
    counted: Yes | None = None
    was: Words | None = None
    """The code of last year's indicator that it continues; None: its own."""
    lines: Lines = Field((), alias="children")

    @cached_property
    def children(self) -> tuple[Indicator, ...]:
        """Its parts; headings among them are looked through."""
        return tuple(_without_headings(self.lines))

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

    @property
    def codes_behind(self) -> tuple[str, ...]:
        """Its code and those of the complete parts that can make it, parts of parts among them."""
        parts = self.children if self.parts == "complete" else ()
        return (self.code, *(code for part in parts for code in part.codes_behind))

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


def _is_heading(value: Any) -> str:
    """Which of the two a line of the plan is: without target and unit, and with lines below it, it is a heading."""
    if isinstance(value, dict):
        return HEADING_TAG if "children" in value and not {"target", "unit"} & value.keys() else INDICATOR_TAG
    return HEADING_TAG if isinstance(value, Heading) else INDICATOR_TAG


INDICATOR_TAG, HEADING_TAG = f"{TAG}indicator", f"{TAG}heading"
PlanLine = Annotated[
    Annotated[Indicator, Tag(INDICATOR_TAG)] | Annotated[Heading, Tag(HEADING_TAG)], Discriminator(_is_heading)
]
Lines = tuple[PlanLine, ...]


def _without_headings(lines: Lines) -> Iterator[Indicator]:
    for line in lines:
        if isinstance(line, Heading):
            yield from _without_headings(line.lines)
        else:
            yield line


Subject = Indicator | Commitment
"""What a row of a submission is about."""


class Section(Model):
    """A part of the plan, with its indicators and commitments in the plan's order."""

    id: Words
    clause: Words | None = None
    title: Name | None = None
    lines: Lines = Field((), alias="indicators")
    commitments: tuple[Commitment, ...] = ()

    def heading(self, language: Language) -> str:
        return self.title.in_(language) if self.title else self.id


class Entry(NamedTuple):
    """An indicator and where it stands in the plan: its section, its parent, how deep (0 at the top), and the headings that
    stand over it below its parent, the outermost first."""

    indicator: Indicator
    section: Section
    parent: Indicator | None
    depth: int
    headings: tuple[Heading, ...] = ()

    @property
    def path(self) -> tuple[Indicator | Heading, ...]:
        """Its parent, the headings over it, and itself."""
        return (*((self.parent,) if self.parent else ()), *self.headings, self.indicator)


def _either_time(schema: dict[str, Any]) -> None:
    schema["required"].remove("year")
    schema["oneOf"] = [{"required": ["year"]}, {"required": ["from", "to"]}]


class Plan(Model):
    """One issued plan, for a calendar year or for the months `start` to `stop`; then `year` is the one in which it begins."""

    model_config = ConfigDict(json_schema_extra=_either_time)

    id: Words
    year: Year
    start: Month | None = Field(None, alias="from")
    stop: Month | None = Field(None, alias="to")
    issued: Day | None = None
    title: Name | None = None
    issuer: Name | None = None
    place: Name | None = None
    whole: Name | None = None
    rounds: tuple[Round, ...] = ()
    units: dict[str, Unit]
    agencies: dict[str, Party] = {}
    areas: dict[str, Area] = {}
    assigners: dict[str, Party] = {}
    profiles: dict[str, Annotated[Profile, BeforeValidator(shares_alone), WithJsonSchema(PROFILE_SCHEMA)]] = {}
    tolerance: Number = Decimal("0.95")
    due: Deadline = Deadline()
    counted: Literal["top", "all"] = "all"
    retired: tuple[Words, ...] = ()
    sections: Annotated[tuple[Section, ...], AfterValidator(some_sections)] = Field(json_schema_extra={"minItems": 1})

    @model_validator(mode="before")
    @classmethod
    def _one_time(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not {"from", "to"} & data.keys():
            return data
        if "year" in data or not {"from", "to"} <= data.keys():
            raise refuse(N_("the time of a plan is given once: by year, or by from and to together"))
        return data | {"year": str(data["from"])[:4]}

    @cached_property
    def span(self) -> Span:
        """Its months: those of a calendar year, unless it says from which to which it is made for."""
        if self.start is None or self.stop is None:
            return Span(self.year)
        return Span(self.year, self.start.first, self.stop.until - self.start.since + 1)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every indicator by its code, in the order of the plan, each child after its parent."""
        found: dict[str, Entry] = {}

        def walk(lines: Lines, section: Section, parent: Indicator | None, headings: tuple[Heading, ...] = ()) -> None:
            depth = (found[parent.code].depth + 1 if parent else 0) + len(headings)
            for line in lines:
                if isinstance(line, Heading):
                    walk(line.lines, section, parent, (*headings, line))
                else:
                    found[line.code] = Entry(line, section, parent, depth, headings)
                    walk(line.lines, section, line)

        for section in self.sections:
            walk(section.lines, section, None)
        return found

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """Every heading by its folded code."""
        return {fold(one.code): one for entry in self.entries.values() for one in entry.headings}

    def is_counted(self, entry: Entry) -> bool:
        """Whether an indicator is among those of the summary."""
        own = entry.indicator.counted
        return (self.counted == "all" or entry.parent is None) if own is None else own

    @cached_property
    def commitments(self) -> dict[str, tuple[Commitment, Section]]:
        """Every commitment by its code, in the order of the plan."""
        return {c.code: (c, section) for section in self.sections for c in section.commitments}

    @cached_property
    def open_readings(self) -> int:
        """How many indicators and commitments have something to be confirmed or decided."""
        return sum(subject.review is not None for subject in self.subjects.values())

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
    def subjects_before(self) -> dict[str, Subject]:
        """By the folded codes that they had in the plan of the year before."""
        renamed = {fold(one.was): one for entry in self.entries.values() if (one := entry.indicator).was}
        own = {one.code for one in renamed.values()}
        return {key: one for key, one in self.subjects.items() if one.code not in own} | renamed

    @cached_property
    def codes_by_name(self) -> dict[str, tuple[str, ...]]:
        """The codes of each name, in either language, as `name_key` has it; nearly always one."""
        found: dict[str, tuple[str, ...]] = {}
        for subject in self.subjects.values():
            for name in dict.fromkeys((name_key(subject.name.vi), name_key(subject.name.en))):
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
        found = periods.parse(text, self.round_words)
        return None if found is None else found.counted_from(self.span.start, found.name)

    def period_words(self, period: Period, language: Language) -> str:
        """A period in words; a round by the plan's name for it, with its months."""
        names = [one.name.in_(language) for one in self.rounds if one.id == period.name]
        months = language.period(self.known_as(period))
        return f"{names[0]} ({months})" if names else months

    def known_as(self, period: Period) -> Period:
        """`period` under its ordinary name: a round is printed as one only where it was asked for as one."""
        return period.counted_from(self.span.start)

    @cached_property
    def a_year_earlier(self) -> Plan:
        """The same indicators in the year before, for figures of that year to be checked by."""
        return self.model_copy(update={"year": self.year - 1, "span": self.span.before})

    def share(self, indicator: Indicator, month: int) -> Fraction:
        """Share (0 to 1) of the plan's flow that is expected by the end of its month `month` (0: of nothing); exact."""
        return self._shares[indicator.profile][month]

    @cached_property
    def _shares(self) -> dict[str, tuple[Fraction, ...]]:
        """The profiles as fractions, each from the year's beginning on."""
        months = self.span.length
        linear = {"linear": tuple(Fraction(month, months) for month in range(months + 1))}
        return linear | {
            name: (Fraction(0), *(Fraction(share) / 100 for share in profile.shares))
            for name, profile in self.profiles.items()
        }

    @cached_property
    def lives(self) -> Lives:
        return Lives(self.areas)

    def areas_of(
        self, indicator: Indicator, day: date, period: Period, known_on: date | None = None
    ) -> tuple[str, ...]:
        """The areas that are to report `indicator` for `period` by the target in force on `day`, in the plan's order; none
        where the plan names no areas.

        Where all of its target is given to areas, they alone, or who stands for them: salt is made in three communes, and the
        others owe no figure of it. A revision that gives nothing to areas leaves those owing that did so before it.
        """
        made = [one for one in indicator.revisions if one.holds_on(day, known_on) and one.allocations]
        set_by: Indicator | Revision = max(made, key=lambda one: one.effective) if made else indicator
        if not set_by.allocations or set_by.allocated == "partial":
            return self.lives.living(self.areas, period)
        given = {one for area in set_by.allocations for one in self.lives.bearers(area, period)}
        return tuple(area for area in self.areas or set_by.allocations if area in given)

    def area_target(
        self, indicator: Indicator, area: str, day: date, period: Period, known_on: date | None = None
    ) -> Target | None:
        """The part of the target in force on `day` that is `area`'s at the end of `period`: what it was given, and those that
        it merged; None where nothing was, or where their parts cannot be added."""
        set_by = indicator.revision_on(day, known_on) or indicator
        given = [share for one, share in set_by.allocations.items() if self.lives.into(one, period) == area]
        if not given or (self.unit_of(indicator).is_rate and len(set(given)) > 1):
            return None
        return set_by.target.with_number(given[0] if self.unit_of(indicator).is_rate else number.total(given))

    def whole_name(self, language: Language) -> str:
        """What the place is called as a whole, “toàn xã”: in the plan's words, else by who issued it."""
        if self.whole is not None:
            return self.whole.in_(language)
        vi, en = called_whole(self.issuer.vi if self.issuer else "")
        return vi if language.code == "vi" else en

    def agency_name(self, agency: str, language: Language) -> str:
        party = self.agencies.get(agency)
        return party.name.in_(language) if party else agency

    def area_name(self, area: str, language: Language) -> str:
        party = self.areas.get(area)
        return party.name.in_(language) if party else area


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a plan file, for editors."""
    schema = Plan.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
