"""plan × what was known × commitment, or yes or no → what its areas say of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan, Subject
from vinhchau_kpi.planvalue import Name, Text


class ByArea(NamedTuple):
    """What areas say of a promise, the last that each has said: their names by id; `missing` were to say and have not."""

    kept: Mapping[str, Name]
    not_kept: Mapping[str, Name]
    missing: Mapping[str, Name]
    figures: tuple[Figure, ...]


def last_said(figure: Figure) -> tuple[int, date, int]:
    """The order of what is said of one promise: by its period, then by the day of the report."""
    return figure.period.last, figure.version, figure.period.first


def promise_by_area(plan: Plan, known: Known, promise: Subject, period: Period) -> ByArea | None:
    """What areas have said of a promise by the end of `period`; None where none has said anything."""
    latest: dict[str, Figure] = {}
    for figure in sorted(known.of(promise.code).figures(), key=last_said):
        is_own = figure.area is not None and plan.lives.is_living(figure.area, period)
        if figure.area is not None and is_own and figure.period.last <= period.last:
            latest[figure.area] = figure
    if not latest:
        return None

    def names(areas: Iterable[str]) -> dict[str, Name]:
        return {area: plan.areas[area].name if area in plan.areas else Text(vi=area, en=area) for area in areas}

    every = plan.lives.living(plan.areas or sorted(latest), period)
    return ByArea(
        names(area for area in every if area in latest and latest[area].value == 1),
        names(area for area in every if area in latest and latest[area].value != 1),
        names(area for area in every if area not in latest),
        tuple(sorted(latest.values(), key=lambda figure: figure.place)),
    )
