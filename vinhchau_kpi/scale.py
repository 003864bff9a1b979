"""The scale of points by which an emulation movement is judged, as validated, immutable values; and what is entered by hand.

Like the plan it is a file of its own (one decision, one file), whose scalars arrive as text and are read by `planvalue`. What
must agree inside it, and with the plan, is in `scale_consistency`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from vinhchau_kpi import number
from vinhchau_kpi.finding import Place
from vinhchau_kpi.messages import N_
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.planvalue import Model, Name, Number, Words, Yes, refuse
from vinhchau_kpi.text import fold

# What the file holds


def _share(value: Any) -> Any:
    if isinstance(value, str):
        match = re.fullmatch(r"([0-9]{1,4})/([1-9][0-9]{0,3})", value)
        share = Fraction(int(match[1]), int(match[2])) if match else number.plain(value)
        if share is not None and 0 <= share <= 1:
            return Fraction(share)
    raise refuse(N_("a share from 0 to 1 is expected, such as 1/2 or 0.5"))


def _places(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-6]", value):
        return int(value)
    raise refuse(N_("a number of decimals is expected, 0 to 6"))


def _flags(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value):
        return int(value)
    raise refuse(N_("a whole number is expected, such as 1"))


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise refuse(N_("it cannot be below 0"))
    return value


def _true_alone(value: Any) -> Any:
    return {} if value == "true" else value


Share = Annotated[
    Fraction, BeforeValidator(_share), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]})
]
Places = Annotated[int, BeforeValidator(_places), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 6})]
Flags = Annotated[int, BeforeValidator(_flags), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 999})]
Amount = Annotated[Number, AfterValidator(_not_negative)]
"""Points that cannot be below 0."""


class Proportion(Model):
    """points × min(percent, 100) ÷ 100; nothing below `zero_below` percent."""

    zero_below: Amount | None = None


class Leader(Model):
    """`met` of the points for the target, in proportion below it; the rest by the excess over it, the furthest over in the
    cluster having all of it."""

    met: Share = Fraction(1, 2)


Cut = tuple[Fraction, int]
"""An edge between values: (98, 0) is just below 98, (98, 2) just above it; 98 itself is (98, 1)."""


class Band(Model):
    """A stretch of values and its points. A side that is not given reaches to the next band. `otherwise`: the points of all
    values that no other band has; the last of a list."""

    above: Number | None = None
    at_least: Number | None = None
    below: Number | None = None
    at_most: Number | None = None
    points: Amount | None = None
    otherwise: Amount | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        has_edge = self.lower is not None or self.upper is not None
        twice = None not in (self.above, self.at_least) or None not in (self.below, self.at_most)
        is_rest = self.otherwise is not None
        if twice or is_rest is has_edge or is_rest is (self.points is not None):
            raise refuse(N_("a band is {at_least or above: N, points: N}, the last one {otherwise: N}"))
        return self

    @property
    def lower(self) -> Cut | None:
        if self.at_least is not None:
            return Fraction(self.at_least), 0
        return None if self.above is None else (Fraction(self.above), 2)

    @property
    def upper(self) -> Cut | None:
        if self.below is not None:
            return Fraction(self.below), 0
        return None if self.at_most is None else (Fraction(self.at_most), 2)

    @property
    def worth(self) -> Decimal:
        """Its points."""
        found = self.points if self.otherwise is None else self.otherwise
        assert found is not None
        return found


class Item(Model):
    """What is added (`each` above 0) or taken off, so many points for each case.

    Cases are entered under its `code`; or they are the percents (or units) by which the criterion's measure is `over` a
    number; or figures that came `late` or were `not_received`. `most`: points that it can come to.
    """

    code: Words | None = None
    name: Name | None = None
    each: Number
    most: Amount | None = None
    over: Number | None = None
    steps: Literal["whole", "started", "exact"] = "whole"
    count: Literal["late", "not_received"] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(one is not None for one in (self.over, self.count)) + (self.code is not None) == 0:
            raise refuse(N_("an item has a code under which its cases are entered, or over, or count"))
        if None not in (self.over, self.count):
            raise refuse(N_("an item has either over or count"))
        if self.each == 0:
            raise refuse(N_("points for each case are above or below 0"))
        return self

    @property
    def is_entered(self) -> bool:
        return self.over is None and self.count is None

    @property
    def is_added(self) -> bool:
        return self.each > 0


RULES = ("proportion", "leader", "bands", "met", "given", "ranks")


class Criterion(Model):
    """One line of the scale: at most one of six rules, and items. Without a rule its points are full, less what items take off.

    Measured where it names an indicator or commitment of the plan, else entered. `most_off`, `most_added`: what the items
    together can take off or add.
    """

    code: Words
    name: Name | None = None
    points: Amount
    indicator: Words | None = None
    of: Literal["percent", "value", "gap"] = "percent"
    proportion: Annotated[Proportion, BeforeValidator(_true_alone)] | None = None
    leader: Annotated[Leader, BeforeValidator(_true_alone)] | None = None
    bands: tuple[Band, ...] = ()
    met: Yes = False
    given: Yes = False
    ranks: tuple[Amount, ...] = ()
    items: tuple[Item, ...] = ()
    most_off: Amount | None = None
    most_added: Amount | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        given = [rule for rule in RULES if getattr(self, rule) not in (None, (), False)]
        if len(given) > 1:
            raise refuse(N_("a criterion has at most one of proportion, leader, bands, met, given, ranks"))
        if self.indicator is None and (
            given in (["proportion"], ["bands"]) or any(i.over is not None for i in self.items)
        ):
            raise refuse(N_("without an indicator there is nothing to measure"))
        if self.indicator is not None and self.given:
            raise refuse(N_("points that are given are not measured: leave out the indicator"))
        return self

    @property
    def rule(self) -> str | None:
        return next((rule for rule in RULES if getattr(self, rule) not in (None, (), False)), None)

    @property
    def is_computed(self) -> bool:
        """Whether its points, or some of them, come from figures."""
        return self.indicator is not None or any(item.count for item in self.items)

    @property
    def has_percent(self) -> bool:
        """Whether it looks at the percent of a target."""
        looks = self.rule in ("proportion", "leader", "bands", "ranks") or any(
            one.over is not None for one in self.items
        )
        return self.indicator is not None and self.of == "percent" and looks

    @property
    def highest_base(self) -> Decimal:
        """The most that its rule can give."""
        return max([self.points, *(band.worth for band in self.bands), *self.ranks])

    @property
    def most_it_can_add(self) -> Decimal | None:
        """What its items can add at most; None where nothing limits it."""
        mosts = [item.most for item in self.items if item.is_added]
        if None in mosts:
            return self.most_added
        together = sum((most for most in mosts if most is not None), Decimal(0))
        if self.most_added is None:
            return together
        return min(together, self.most_added) if mosts else self.most_added

    @property
    def limits(self) -> tuple[Decimal, Decimal | None]:
        """The least and the most that can be entered for it as a whole; None: nothing limits it."""
        added = self.most_it_can_add
        least = Decimal(0) if self.most_off is None else max(Decimal(0), self.points - self.most_off)
        return least, None if added is None else self.highest_base + added


class Part(Model):
    """A part of the scale, with its criteria in their order."""

    id: Words
    title: Name | None = None
    criteria: tuple[Criterion, ...]


class Cluster(Model):
    """Units that are ranked against each other. `flags`: how many of the first are honoured."""

    name: Name | None = None
    members: tuple[Words, ...]
    flags: Flags = 0


class Class(Model):
    """A class and the percent from which it is reached."""

    at_least: Number
    name: Name


class KnockOut(Model):
    """What leaves a unit scored, but neither classed nor ranked."""

    code: Words
    name: Name


class Scale(Model):
    """One scale of points."""

    id: Words
    plan: Words | None = None
    title: Name | None = None
    of: Literal["areas", "agencies"]
    points: Amount
    round: Places = 2
    not_applicable: Literal["leave_out", "full"] = "leave_out"
    rank_by: Literal["percent", "points"] = "percent"
    clusters: dict[str, Cluster] = {}
    classes: tuple[Class, ...] = ()
    knock_outs: tuple[KnockOut, ...] = ()
    parts: tuple[Part, ...]

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for part in self.parts for criterion in part.criteria)

    @cached_property
    def codes(self) -> dict[str, Criterion | Item | KnockOut]:
        """What can be entered, by folded code."""
        items = (item for criterion in self.criteria for item in criterion.items if item.is_entered)
        every: tuple[Criterion | Item | KnockOut, ...] = (*items, *self.criteria, *self.knock_outs)
        return {fold(one.code or ""): one for one in every}

    def units(self, plan: Plan) -> dict[str, str | None]:
        """Who is scored, and in which cluster (None: there is only one)."""
        if not self.clusters:
            return dict.fromkeys(plan.areas if self.of == "areas" else plan.agencies)
        return {unit: name for name, cluster in self.clusters.items() for unit in cluster.members}

    def class_of(self, percent: Fraction) -> Class | None:
        """The highest class that a percent reaches."""
        reached = [one for one in self.classes if percent >= one.at_least]
        return max(reached, key=lambda one: one.at_least, default=None)


def laid_out(bands: Iterable[Band]) -> list[tuple[Cut | None, Cut | None, Band]]:
    """Bands but the last, `otherwise`, from the lowest on, each with its edges, those that are not given taken from its
    neighbours; None: without end."""
    own = sorted((band for band in bands if band.otherwise is None), key=_place_of)
    found: list[tuple[Cut | None, Cut | None, Band]] = []
    for at, band in enumerate(own):
        lower = band.lower or (found[-1][1] if found else None)
        following = own[at + 1].lower if at + 1 < len(own) else None
        found.append((lower, band.upper or following, band))
    return found


def _place_of(band: Band) -> tuple[Cut, bool]:
    """The order of bands: by their lower edge; one that ends where another begins comes before it."""
    edge = band.lower or band.upper
    assert edge is not None
    return edge, band.lower is not None


def band_of(bands: tuple[Band, ...], value: Fraction) -> Band:
    """The band of an exact value, of bands without hole or overlap."""
    at = (value, 1)
    for lower, upper, band in laid_out(bands):
        if (lower is None or lower < at) and (upper is None or at < upper):
            return band
    return bands[-1]


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a scale file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scale.model_json_schema(by_alias=True)}


# What is entered


class Stage(IntEnum):
    """Who has entered a score; the highest counts."""

    SELF = 1
    APPRAISED = 2
    APPROVED = 3


STAGE_NAMES = {
    Stage.SELF: N_("self-score"),
    Stage.APPRAISED: N_("appraised"),
    Stage.APPROVED: N_("approved"),
}


class Entered(NamedTuple):
    """One entered row: of a criterion its points, of an item how many cases, of a knock-out 1 for yes and 0 for no.

    `is_rank`: the number is a rank, of a criterion by ranks. `day` None: the file does not say; such a row is older than any
    with a day.
    """

    code: str
    unit: str
    value: Decimal
    stage: Stage
    day: date | None
    evidence: str
    note: str
    place: Place
    is_rank: bool = False

    @property
    def version(self) -> date:
        return self.day or date.min


def counting(entries: Iterable[Entered], as_of: date | None) -> dict[tuple[str, str], Entered]:
    """Of each unit and code the entry that counts on `as_of` (None: by everything): the highest stage, of it the latest day."""
    found: dict[tuple[str, str], Entered] = {}
    for one in entries:
        if as_of is None or one.version <= as_of:
            known = found.get((one.unit, one.code))
            if known is None or (known.stage, known.version) <= (one.stage, one.version):
                found[one.unit, one.code] = one
    return found
