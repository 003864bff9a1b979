"""The agencies and areas of a plan; areas may be merged in mid-year, and then each lives for a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pydantic import Field

from vinhchau_kpi.period import Period
from vinhchau_kpi.planvalue import Model, Month, Name, Words


class Party(Model):
    """An agency or an area, known by its id and its name."""

    name: Name


class Area(Party):
    """A ward or commune, from the month `start` to the month `end` (None: from before the plan's time, or beyond it).

    `merges`: the areas it was made of. Each ends with the month before it begins, and what adds up in them is in its sums.
    """

    start: Month | None = Field(None, alias="from")
    end: Month | None = Field(None, alias="to")
    merges: tuple[Words, ...] = ()


class Lives:
    """Which areas live when, and who stands for those that do not. An area that is not listed lives always."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        self._areas = areas

    @cached_property
    def successors(self) -> dict[str, str]:
        """By each merged area the one it went into."""
        return {old: new for new, area in self._areas.items() for old in area.merges}

    @cached_property
    def made_of(self) -> dict[str, tuple[str, ...]]:
        """By each area that merged others these."""
        return {new: area.merges for new, area in self._areas.items() if area.merges}

    def end(self, area: str) -> Period | None:
        """Its last month; that before its successor's first where the plan does not say it."""
        own, successor = self._areas[area].end, self._areas.get(self.successors.get(area, ""))
        return own or (successor.start.month_before if successor and successor.start else None)

    @cached_property
    def limited(self) -> frozenset[str]:
        """Those that begin or end within the plan's time."""
        return frozenset(
            id_ for id_, area in self._areas.items() if area.start is not None or self.end(id_) is not None
        )

    def has_begun(self, area: str, period: Period) -> bool:
        """Whether it lives, or has lived, in the last month of a period."""
        start = self._areas[area].start if area in self._areas else None
        return start is None or start <= period.end

    def has_ended(self, area: str, period: Period) -> bool:
        end = self.end(area) if area in self._areas else None
        return end is not None and end < period.end

    def is_living(self, area: str, period: Period) -> bool:
        """Whether it lives in the last month of a period."""
        return self.has_begun(area, period) and not self.has_ended(area, period)

    def living(self, areas: Iterable[str], period: Period) -> tuple[str, ...]:
        return tuple(area for area in areas if self.is_living(area, period)) if self.limited else tuple(areas)

    def into(self, area: str, period: Period) -> str:
        """What an area has become by the end of a period: itself, or what it went into."""
        has_gone = area in self.successors and self.has_ended(area, period)
        return self.into(self.successors[area], period) if has_gone else area

    def bearers(self, area: str, period: Period) -> tuple[str, ...]:
        """Who stands for an area at the end of a period: what it has become, or what it is to be made of."""
        now = self.into(area, period)
        if self.has_begun(now, period):
            return self.living((now,), period)
        return tuple(one for old in self.made_of.get(now, ()) for one in self.bearers(old, period))

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the one has ended before the other begins."""
        if not {one, other} <= self._areas.keys():
            return False
        pairs = ((self.end(a), self._areas[b].start) for a, b in ((one, other), (other, one)))
        return any(end is not None and start is not None and end < start for end, start in pairs)

    def of_one_name(self, area: str, period: Period) -> str | None:
        """The area that lives at a period's end and has the name of `area`: itself, or one that took the name over."""
        if self.is_living(area, period):
            return area
        name = self._areas[area].name.vi.casefold()
        same = (one for one, other in self._areas.items() if other.name.vi.casefold() == name)
        return next(iter(self.living(same, period)), None)
