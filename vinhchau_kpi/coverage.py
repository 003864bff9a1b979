"""plan × every version of the figures × period → who has reported what was due, when, and who has not. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vinhchau_kpi.actual import Actual, actual, amounts_of
from vinhchau_kpi.figure import Amounts, Figure, FigureKey
from vinhchau_kpi.figures import Figures, PlainFigures, standing
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Indicator, Plan


class State(StrEnum):
    """What became of a figure that was due.

    undated   received, but no report date says when
    pending   not received, and on the day asked for it was not yet due
    missing   not received: the deadline is past, or no day was asked for
    """

    ON_TIME = "on_time"
    LATE = "late"
    UNDATED = "undated"
    PENDING = "pending"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Due:
    """One indicator for one period. `arrived` is the first day on which all of it was there; None where that is not
    known, or it is not there. `is_corrected`: some of its figures were sent again with another number. `areas_missing`:
    where some areas have reported and not all, those that have not."""

    indicator: Indicator
    period: Period
    deadline: date
    state: State
    arrived: date | None
    is_corrected: bool
    areas_missing: tuple[str, ...] = ()

    @property
    def is_received(self) -> bool:
        return self.state not in (State.PENDING, State.MISSING)

    @property
    def days_late(self) -> int:
        """Calendar days after the deadline; 0 where it was not late."""
        return (self.arrived - self.deadline).days if self.state is State.LATE and self.arrived else 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures were due, and what became of them. `received` is on time, late and undated together."""

    due: int
    received: int
    on_time: int
    late: int
    undated: int
    corrected: int
    overdue: int


def tally(dues: Iterable[Due]) -> Tally:
    every = tuple(dues)
    states = [one.state for one in every]
    return Tally(
        due=len(every),
        received=sum(one.is_received for one in every),
        on_time=states.count(State.ON_TIME),
        late=states.count(State.LATE),
        undated=states.count(State.UNDATED),
        corrected=sum(one.is_corrected for one in every),
        overdue=states.count(State.MISSING),
    )


@dataclass(frozen=True, slots=True)
class AgencyCoverage:
    """What one agency (None: nobody is named), or of a coverage by area one area, owed. `due` is within the period asked for, `until_now` from January to
    its end. `last_reported` is the latest report date among its figures, if given.

    `promises` counts its commitments, `promises_reported` those with a yes or no by the period's end.
    """

    agency: str | None
    due: tuple[Due, ...]
    until_now: tuple[Due, ...]
    promises: int
    promises_reported: int
    last_reported: date | None

    @property
    def missing(self) -> tuple[Due, ...]:
        """What was due within the period and is not there."""
        return tuple(one for one in self.due if not one.is_received)

    @property
    def owing(self) -> tuple[Due, ...]:
        """What was due since January and is not there: what to chase."""
        return tuple(one for one in self.until_now if not one.is_received)

    def month(self, month: Period) -> Tally:
        """What was due at the end of `month`."""
        return tally(one for one in self.until_now if one.period.last == month.last)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who has reported for `period`, as known on `as_of` (None: by all that was read, and without a clock)."""

    plan: Plan
    period: Period
    as_of: date | None
    agencies: tuple[AgencyCoverage, ...]
    by_area: bool = False

    @property
    def months(self) -> tuple[Period, ...]:
        """January to the last month of the period."""
        return tuple(map(self.plan.span.month, range(1, self.period.last + 1)))


def coverage(plan: Plan, figures: Figures, period: Period, as_of: date | None = None) -> Coverage:
    """Every agency that leads something, in the plan's order, with what it owed. `figures` are all versions, of which
    those reported after `as_of` do not exist."""
    figures = figures.as_of(as_of)
    leads = [*plan.agencies, None]
    rows = [_agency(plan, figures, period, agency, as_of) for agency in leads]
    return Coverage(plan, period, as_of, tuple(r for r in rows if r.until_now or r.promises))


def coverage_by_area(plan: Plan, figures: Figures, period: Period, as_of: date | None = None) -> Coverage:
    """Every area that was to report something, in the plan's order, as for `coverage`."""
    by_code = _by_area(plan, figures.as_of(as_of))
    rows = [_area(plan, by_code, period, area, as_of) for area in _every_area(plan, by_code)]
    return Coverage(plan, period, as_of, tuple(row for row in rows if row.until_now), by_area=True)


def of_agency(plan: Plan, figures: Figures, period: Period, agency: str, as_of: date | None = None) -> tuple[Due, ...]:
    """What one agency owed from January to the period's end."""
    return _agency(plan, figures.as_of(as_of), period, agency, as_of).until_now


def of_area(plan: Plan, figures: Figures, period: Period, area: str, as_of: date | None = None) -> tuple[Due, ...]:
    """What was due of one area from January to the period's end: of the indicators that areas report, or have targets of,
    those that it is to report. Its own figures are taken as if it were the whole."""
    return _area(plan, _by_area(plan, figures.as_of(as_of)), period, area, as_of).until_now


ByArea = Mapping[str, Mapping[str, Sequence[Figure]]]
"""By code and area the figures of areas, each as if it were the whole."""


def _by_area(plan: Plan, figures: Figures) -> ByArea:
    found: dict[str, dict[str, list[Figure]]] = {}
    for code in plan.codes:
        own = found.setdefault(code, {})
        for one in figures.of(code):
            if one.area is not None:
                own.setdefault(one.area, []).append(one._replace(area=None))
    return found


def _every_area(plan: Plan, by_code: ByArea) -> Iterable[str]:
    return plan.areas or sorted({area for of_code in by_code.values() for area in of_code})


def _area(plan: Plan, by_code: ByArea, period: Period, area: str, as_of: date | None) -> AgencyCoverage:
    own = {code: of_code.get(area, ()) for code, of_code in by_code.items()}
    dues: list[Due] = []
    for code, (indicator, *_) in plan.entries.items():
        if by_code[code] or any(one.allocations for one in indicator.set_by):
            of_one = _dues(plan, own, indicator, period, as_of)
            dues += [due for due in of_one if not plan.areas or area in _areas_of(plan, due, as_of)]
    promises = [code for code in plan.commitments if by_code[code]] if plan.lives.is_living(area, period) else []
    return _covered(area, dues, own, promises, period)


def _areas_of(plan: Plan, due: Due, as_of: date | None) -> tuple[str, ...]:
    """The areas that were to report what was due."""
    day = due.period.last_day if as_of is None else min(due.period.last_day, as_of)
    return plan.areas_of(due.indicator, day, due.period, as_of)


def due_within(plan: Plan, indicator: Indicator, period: Period) -> list[Period]:
    """The periods of an indicator that end within `period`."""
    return [one for one in plan.span.due(indicator.every) if period.first <= one.last <= period.last]


def _agency(plan: Plan, figures: Figures, period: Period, agency: str | None, as_of: date | None) -> AgencyCoverage:
    indicators = [e.indicator for e in plan.entries.values() if e.indicator.lead == agency]
    promises = [c.code for c, _ in plan.commitments.values() if c.lead == agency]
    behind = itertools.chain.from_iterable(one.codes_behind for one in indicators)
    by_code = {code: figures.of(code) for code in dict.fromkeys((*behind, *promises))}
    until_now = [due for one in indicators for due in _dues(plan, by_code, one, period, as_of)]
    return _covered(
        agency, until_now, {one: by_code[one] for one in (*(i.code for i in indicators), *promises)}, promises, period
    )


def _covered(
    agency: str | None,
    until_now: Sequence[Due],
    by_code: Mapping[str, Sequence[Figure]],
    promises: Sequence[str],
    period: Period,
) -> AgencyCoverage:
    every = itertools.chain.from_iterable(by_code.values())
    dates = [f.reported_on for f in every if f.reported_on is not None and f.period.last <= period.last]
    return AgencyCoverage(
        agency=agency,
        due=tuple(due for due in until_now if due.period.last >= period.first),
        until_now=tuple(until_now),
        promises=len(promises),
        promises_reported=sum(_is_said(by_code[code], period) for code in promises),
        last_reported=max(dates, default=None),
    )


def _is_said(versions: Sequence[Figure], period: Period) -> bool:
    """Whether a commitment has a yes or no by the period's end."""
    stretches = {
        stretch
        for known in PlainFigures(tuple(versions)).known_on(None).answers.values()
        for stretch in known.stretches
    }
    return any(last <= period.last for _, last in stretches)


def _dues(
    plan: Plan, by_code: Mapping[str, Iterable[Figure]], indicator: Indicator, period: Period, as_of: date | None
) -> list[Due]:
    """What was due from January to the period's end."""
    figures = PlainFigures(tuple(figure for code in indicator.codes_behind for figure in by_code[code]))
    expected = [one for one in plan.span.due(indicator.every) if one.last <= period.last]
    arrived: Mapping[Period, date] | None = _plain_arrivals(plan, figures.rows, indicator)
    amounts: Amounts = {}
    if arrived is None:
        amounts = amounts_of(plan, figures.known_on(None), indicator)
        arrived = _arrivals(plan, figures, indicator, period, expected)
    corrected = _corrected(figures)
    found = []
    for one in expected:
        deadline, came = plan.due.of(one), arrived.get(one)
        is_corrected = any(tells_of(key, indicator, one) for key in corrected)
        state = _state(came, deadline, as_of)
        amount = amounts.get((one.first, one.last))
        lacks = amount.areas_missing if amount is not None and came is None else ()
        found.append(Due(indicator, one, deadline, state, None if came == date.min else came, is_corrected, lacks))
    return found


def _arrivals(
    plan: Plan, figures: PlainFigures, indicator: Indicator, period: Period, expected: list[Period]
) -> dict[Period, date]:
    """When what is there came, found by replay: day after day on which a figure of the indicator was reported, what the figures
    of known days then made. What undated ones are needed for has come, on no known day: `date.min`. What complete parts
    make together is there too."""
    received = _received(plan, figures, indicator, period, expected, None)
    dated = PlainFigures(tuple(figure for figure in figures.rows if figure.reported_on is not None))
    arrived = dict.fromkeys(_received(plan, figures, indicator, period, list(received), date.min), date.min)
    for day in sorted({figure.version for figure in dated.rows}):
        open_ = [one for one in received if one not in arrived]
        arrived |= dict.fromkeys(_received(plan, dated, indicator, period, open_, day), day)
    return dict.fromkeys(received, date.min) | arrived


def _plain_arrivals(plan: Plan, rows: Sequence[Figure], indicator: Indicator) -> dict[Period, date] | None:
    """The same without a replay, where each figure is of just one period that is due, and whole; None where one is not. A
    hundred communes with fifty indicators each are mostly of that kind."""
    due, arrived = set(plan.span.due(indicator.every)), dict[Period, date]()
    if indicator.is_flow and plan.unit_of(indicator).is_rate:
        return None
    for one in rows:
        has_value = one.value is not None or None not in (one.numerator, one.denominator)
        is_plain = one.area is None and one.cumulative is None and not one.withdrawn and one.code == indicator.code
        if not (has_value and is_plain and one.period in due):
            return None
        arrived[one.period] = min(one.version, arrived.get(one.period, one.version))
    return arrived


def _state(came: date | None, deadline: date, as_of: date | None) -> State:
    """`came` is the least of days where no figure says on which; None where it has not come."""
    if came is None:
        return State.PENDING if as_of is not None and as_of <= deadline else State.MISSING
    if came == date.min:
        return State.UNDATED
    return State.ON_TIME if came <= deadline else State.LATE


def _received(
    plan: Plan, figures: Figures, indicator: Indicator, period: Period, expected: list[Period], day: date | None
) -> set[Period]:
    """Which of the expected periods are there by what was known on `day` (None: by everything)."""
    amounts = amounts_of(plan, figures.known_on(day), indicator)
    at_the_end = actual(plan, indicator, amounts, period)
    return {
        one
        for one in expected
        if _is_there(indicator, at_the_end if indicator.is_flow else actual(plan, indicator, amounts, one), one)
    }


def _is_there(indicator: Indicator, now: Actual, due: Period) -> bool:
    """A flow: no month of the due period is open. A level: a figure of the end of the due period."""
    if now.value is None or now.value_period is None:
        return False
    if not indicator.is_flow:
        return now.value_period.last == due.last and not now.missing
    return all(open_.last < due.first or due.last < open_.first for open_ in now.missing)


def _corrected(figures: Figures) -> list[FigureKey]:
    """The figures of which a later version has another number."""
    repeated = map(standing, figures.repeated())
    return [versions[0].key for versions in repeated if len({one.numbers for one in versions}) > 1]


def tells_of(key: FigureKey, indicator: Indicator, due: Period) -> bool:
    """Whether a figure tells of a due period: of some of its months (a flow), or of its end (a level)."""
    first, last = key.stretch
    if key.code != indicator.code:
        return False
    return last == due.last if not indicator.is_flow else first <= due.last and due.first <= last
