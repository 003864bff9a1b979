"""plan × what was known × rows of a report → how each area has done, and its part of the town's figure. Pure.

An area is judged as the town is, against the part of the target that the plan gives it; where the plan gives it none,
it has a value and no judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from vinhchau_kpi.actual import Actual, actual, areas_together, as_due, series_of
from vinhchau_kpi.doubt import Doubts
from vinhchau_kpi.figures import Known
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Row, judgement, silent_months
from vinhchau_kpi.status import Status
from vinhchau_kpi.target import Target


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One indicator in one area. All numbers exact; `None` is no number, never 0.

    share     the area's value in percent of the town's, at the same month; None for what does not add up (a rate, a
              yes or no), where the town's value is 0, not known, or a sum that lacks areas, and where something due
              is missing from the area's
    target    the area's part of the target; None where the plan gives it none. Without it `percent`,
              `expected_percent`, `gap` and `status` are None
    rank      1 is the highest percent; areas of equal percent share a rank. None where there is no percent, where
              something due is missing from it, and for a level of an earlier period
    """

    code: str
    area: str
    actual: Actual
    share: Fraction | None
    target: Target | None = None
    percent: Fraction | None = None
    expected_percent: Fraction | None = None
    gap: Fraction | None = None
    status: Status | None = None
    rank: int | None = None
    doubts: Doubts = ()

    @property
    def is_up_to_date(self) -> bool:
        """Whether the value is there, whole, and of the period it stands for."""
        return self.actual.value is not None and not self.actual.missing and not self.actual.is_old


@dataclass(frozen=True, slots=True)
class AreaTable:
    """One indicator over the areas that are to report it or have done so: the town's row, theirs in the plan's order,
    and their sum.

    `together` is what the areas make (for a rate Σ numerator ÷ Σ denominator), whatever the town itself reports;
    its `areas_missing` are not in it.
    """

    row: Row
    areas: tuple[AreaRow, ...]
    together: Actual
    doubts: Doubts = ()
    """What speaks against `together`."""

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def is_allocated(self) -> bool:
        return any(area.target is not None for area in self.areas)

    @property
    def ranked(self) -> tuple[AreaRow, ...]:
        """The areas that have a rank, first to last."""
        return tuple(sorted((a for a in self.areas if a.rank is not None), key=lambda a: a.rank or 0))

    @property
    def unranked(self) -> tuple[AreaRow, ...]:
        return tuple(a for a in self.areas if a.rank is None)


def by_area(plan: Plan, known: Known, rows: Iterable[Row], *, is_silent: bool | None = None) -> tuple[AreaTable, ...]:
    """The rows of a report that have figures or targets by area; the others are left out. `is_silent`: as for `report.row`."""
    rows = tuple(rows)
    if is_silent is None:
        is_silent = bool(rows) and bool(silent_months(plan, known, rows[0].period))
    tables = (_table(plan, known, row, is_silent) for row in rows)
    return tuple(
        table
        for table in tables
        if table.is_allocated or any(one.actual.figures for one in table.areas) or _left_out(known, table.row)
    )


def _left_out(known: Known, row: Row) -> set[str]:
    """The areas of which figures of an indicator were left out."""
    return {key.area for key in known.left_out if key.code == row.code and key.area is not None}


def _table(plan: Plan, known: Known, row: Row, is_silent: bool) -> AreaTable:
    indicator = row.indicator
    series = series_of(plan, known, indicator)
    left_out = {plan.lives.into(area, row.period) for area in _left_out(known, row)}
    reported = plan.lives.living(sorted({area for area in series if area is not None} | left_out), row.period)
    expected = plan.areas_of(indicator, known.day or row.period.last_day, row.period, known.day)
    areas = [
        area for area in plan.areas or dict.fromkeys((*expected, *reported)) if area in expected or area in reported
    ]
    together = actual(
        plan, indicator, as_due(plan, known, indicator, areas_together(plan, known, indicator)), row.period
    )
    own = {
        area: actual(plan, indicator, as_due(plan, known, indicator, series.get(area, {})), row.period)
        for area in areas
    }
    if is_silent:
        own = {area: now.at_its_own_month for area, now in own.items()}
    judged = (_area(plan, known, row, area, now) for area, now in own.items())
    return AreaTable(row, _with_ranks(tuple(judged)), together, known.doubted.behind(together.figures))


def _area(plan: Plan, known: Known, row: Row, area: str, now: Actual) -> AreaRow:
    indicator = row.indicator
    found = AreaRow(row.code, area, now, _share(row, now), doubts=known.doubted.behind(now.figures))
    target = plan.area_target(indicator, area, known.day or row.period.last_day, row.period, known.day)
    if target is None:
        return found
    judged = judgement(plan, indicator, target, now, row.period, None)
    return replace(
        found,
        target=target,
        percent=judged.percent,
        expected_percent=judged.expected_percent,
        gap=judged.gap,
        status=judged.status,
    )


def _share(row: Row, now: Actual) -> Fraction | None:
    town = row.actual
    adds_up = not row.unit.is_rate and not row.indicator.target.achieved
    if not adds_up or not town.value or now.value is None or now.missing or town.areas_missing:
        return None
    if town.value_period is None or now.value_period is None or town.value_period.last != now.value_period.last:
        return None
    return 100 * now.value / town.value


def _with_ranks(areas: tuple[AreaRow, ...]) -> tuple[AreaRow, ...]:
    """Of percents 110, 90, 90 and 80 the ranks are 1, 2, 2 and 4."""
    percents = [area.percent for area in areas if area.percent is not None and area.is_up_to_date]
    rank_of: dict[Fraction, int] = {}
    for place, percent in enumerate(sorted(percents, reverse=True), 1):
        rank_of.setdefault(percent, place)
    return tuple(
        area if area.percent is None or not area.is_up_to_date else replace(area, rank=rank_of[area.percent])
        for area in areas
    )
