"""What an indicator is to reach: one target of a plan, as a validated, immutable value."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from vinhchau_kpi.messages import N_
from vinhchau_kpi.planvalue import TAG, Model, Number, Words, Year, Yes, refuse

SENSES = ("at_least", "at_most", "above", "below", "exactly", "between", "achieved", "improve", "undecided")

Pair = tuple[Number, Number]
OneOrPair = Annotated[
    Annotated[Number, Tag(f"{TAG}number")] | Annotated[Pair, Tag(f"{TAG}pair")],
    Discriminator(lambda value: f"{TAG}{'pair' if isinstance(value, list | tuple) else 'number'}"),
]


class Target(Model):
    """What is aimed at: exactly one of the eight senses. `out_of`: how many there are (16 of 19 criteria).

    `at_least` may be a floor and an aim, `at_most` an aim and a ceiling: met at the bound, exceeded only past the aim. `above`
    and `below` are met only strictly, and never exceeded.
    """

    at_least: OneOrPair | None = None
    at_most: OneOrPair | None = None
    above: Number | None = None
    below: Number | None = None
    exactly: Number | None = None
    between: Pair | None = None
    achieved: Yes | None = None
    improve: Literal["up", "down"] | None = None
    undecided: Yes | None = None
    """Whether it is still to be made of the words it was taken from; nothing is judged by it."""
    out_of: Number | None = None
    assigned: dict[str, Number] = Field(default_factory=dict)
    """What others have set for the same thing, each by the id of an assigner of the plan: numbers of the same sense."""

    @model_validator(mode="after")
    def _one_sense(self) -> Self:
        given = [sense for sense in SENSES if getattr(self, sense) is not None]
        if len(given) != 1:
            raise refuse(
                N_(
                    "exactly one of at_least, at_most, above, below, exactly, between, achieved, improve, undecided is expected"
                )
            )
        if False in (self.achieved, self.undecided):
            raise refuse(N_("achieved and undecided take only true"))
        if list(self.numbers) != sorted(self.numbers):
            raise refuse(N_("of two numbers the lower one comes first"))
        if self.out_of is not None and any(n > self.out_of for n in self.numbers):
            raise refuse(N_("the target is more than its out_of"))
        return self

    @property
    def sense(self) -> str:
        return next(sense for sense in SENSES if getattr(self, sense) is not None)

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The numbers of the target, the lower first: two for a range or a bound with an aim, none for a promise."""
        value = getattr(self, self.sense)
        return value if isinstance(value, tuple) else (value,) if isinstance(value, Decimal) else ()

    @property
    def floor(self) -> Decimal | None:
        """What a target that is reached from below is met at, or (`above`) past."""
        return self.numbers[0] if self.sense in ("at_least", "above") else None

    @property
    def cap(self) -> Decimal | None:
        """What a target that is kept by staying low is met at, or (`below`) under."""
        return self.numbers[-1] if self.sense in ("at_most", "below") else None

    @property
    def aim(self) -> Decimal | None:
        """What is to be passed for the target to be exceeded; None where it cannot be."""
        return self.numbers[-1] if self.at_least is not None else self.numbers[0] if self.at_most is not None else None

    @property
    def number(self) -> Decimal | None:
        """The one number that the target is met at; None for a range and a promise."""
        return self.floor if self.floor is not None else self.cap if self.cap is not None else self.exactly

    def with_number(self, number: Decimal) -> Target:
        """The same sense with one other number; for targets that have a number."""
        return Target.model_validate({self.sense: number})

    @property
    def of_others(self) -> dict[str, Target]:
        """The targets that others have set, by assigner."""
        return {who: self.with_number(number) for who, number in self.assigned.items() if self.number is not None}

    def facts(self) -> dict[str, Any]:
        """The target as the plan file writes it, for machine output."""
        return {key: value for key in (*SENSES, "out_of") if (value := getattr(self, key)) is not None}


class Source(Model):
    """The words of the issued plan that set a target, and what is to be known about them."""

    clause: Words | None = None
    quote: Words | None = None
    place: Words | None = None
    note: Words | None = None


class Baseline(Model):
    """Where the indicator stood before the plan's year."""

    year: Year
    value: Number
    source: Words | None = None
