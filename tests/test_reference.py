"""The package and the reference tell the same of the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import make
from hypothesis import event, given, settings
from hypothesis import strategies as st
from reference import NEW, Aim, Moved, Said, Told, index, moved, rate_of_the_year, tell

from vinhchau_kpi import report as reports
from vinhchau_kpi.diff import diff
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import Figures, PlainFigures
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan

AREAS = ("north", "south", "west")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
SEASON = [0, 5, 5, 20, 40, "60.5", 80, 80, 90, 95, 99, 100]
AMOUNTS = st.integers(0, 400).map(lambda n: Decimal(n) / 4)
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2019, 3, 1))
REVISED_ON = st.dates(date(2019, 1, 1), date(2019, 12, 31))
LAST_MONTHS = st.integers(1, 12)
PERIODS = [(m, m) for m in range(1, 13)] + [(1, 3), (4, 6), (7, 9), (10, 12), (1, 6), (7, 12), (1, 9), (1, 12)]


class Case(NamedTuple):
    plan: Plan
    aim: Aim
    rows: list[Said]


@st.composite
def targets(draw: st.DrawFn, top: int) -> tuple[dict[str, Any], str, tuple[Fraction, ...]]:
    """A target as a plan writes it, its sense, its numbers."""
    low, high = sorted(draw(st.tuples(st.integers(0, top), st.integers(0, top))))
    sense = draw(st.sampled_from(["at_least", "at_most", "above", "below", "exactly", "between", "improve"]))
    if sense == "between" or (sense in ("at_least", "at_most") and draw(st.booleans())):
        return {sense: [str(low), str(high)]}, sense, (Fraction(low), Fraction(high))
    if sense == "improve":
        way = draw(st.sampled_from(["up", "down"]))
        return {sense: way}, way, ()
    return {sense: str(high)}, sense, (Fraction(high),)


def lives(merged_after: int, start: int) -> dict[str, Any]:
    """The areas of a plan; the first two are one after a month, unless that is 0."""
    found: dict[str, Any] = {area: {"name": f"area {area}"} for area in AREAS}
    if merged_after:
        found[NEW] = {
            "name": "area new",
            "from": str(Period(2019, merged_after + 1, merged_after + 1, start=start)),
            "merges": list(AREAS[:2]),
        }
    return found


@st.composite
def cases(draw: st.DrawFn, measure: str, *, rate: bool = False) -> Case:
    """A plan of one indicator, and figures as its agency might send them, corrections included."""
    target, sense, numbers = draw(targets(100 if measure == "level" else 1000))
    every = draw(st.sampled_from(list(MONTHS)))
    revisions = {
        draw(REVISED_ON): draw(targets(100 if measure == "level" else 1000)) for _ in range(draw(st.integers(0, 2)))
    }
    baseline = draw(st.none() | st.integers(0, 1000))
    areas = draw(st.sampled_from([(), AREAS]))
    merged_after = draw(st.integers(0, 11)) if areas and not rate else 0
    start = draw(st.sampled_from([1, 1, 4, 7, 10]))
    has_season = measure == "flow" and draw(st.booleans())
    tolerance = draw(st.sampled_from(["0.95", "1", "0.8"]))
    can_fall = not rate and draw(st.booleans())
    facts = make.indicator(measure=measure, target=target, every=every, unit="pc" if rate else "t")
    facts["revisions"] = [{"on": on.isoformat(), "target": words} for on, (words, _, _) in revisions.items()]
    if has_season:
        facts["profile"] = "season"
    if baseline is not None:
        facts["baseline"] = {"year": "2018", "value": str(baseline)}
    plan = make.plan(
        facts,
        areas=lives(merged_after, start) if areas else {},
        tolerance=tolerance,
        profiles={"season": [str(share) for share in SEASON]},
        units=make.BALANCE if can_fall else make.UNITS,
        **({} if start == 1 else {"from": f"2019-{start:02d}", "to": f"2020-{start - 1:02d}"}),
    )
    aim = Aim(
        measure=measure,
        sense=sense,
        numbers=numbers,
        baseline=None if baseline is None else Fraction(baseline),
        every=MONTHS[every],
        tolerance=Fraction(tolerance),
        is_percent=rate,
        areas=areas,
        can_fall=can_fall,
        merged_after=merged_after,
        start=start,
        revisions=tuple((on, sense, numbers) for on, (_, sense, numbers) in revisions.items()),
    )
    if has_season:
        aim = Aim(**{**aim.__dict__, "shares": tuple(Fraction(share) / 100 for share in SEASON)})
    if measure == "flow":
        rows = draw(flow_rows(aim))
    elif rate:
        rows = draw(rate_rows(areas))
    else:
        rows = draw(level_rows(aim))
    for row in draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else ():
        rows.append(replace(row, on=draw(DAYS), takes_back=True))
    return Case(plan, aim, rows)


@st.composite
def cases_of_two_years(draw: st.DrawFn) -> tuple[Case, list[Said]]:
    """A case, and figures of the year before of the same kind."""
    case = draw(cases("flow") | cases("level"))
    rows_of = flow_rows if case.aim.measure == "flow" else level_rows
    return case, draw(rows_of(replace(case.aim, merged_after=0)))


@st.composite
def flow_rows(draw: st.DrawFn, aim: Aim) -> list[Said]:
    """What truly came about in each month and place, of which some months, cumulatives and quarters were reported.

    Either the months alone, some of them wrong until corrected, or months, cumulatives and quarters that agree:
    which of two numbers for one thing is right, the contract leaves to the checks.
    """
    rows: list[Said] = []
    areas = aim.areas
    only_months = draw(st.booleans())
    silent = draw(st.sampled_from([None, *areas]))
    places: tuple[str | None, ...] = areas or (None,)
    truth = {place: [Fraction(draw(AMOUNTS)) for _ in range(12)] for place in places}
    of_town = [sum(column) for column in zip(*truth.values(), strict=True)]
    truth[NEW] = [sum(pair) for pair in zip(*(truth[area] for area in areas[:2]), strict=True)]

    def add(first: int, last: int, *, value: bool, cumulative: bool) -> None:
        is_split = bool(areas) and draw(st.booleans())
        absent = silent if draw(st.booleans()) else None
        day = draw(DAYS)
        is_estimate = draw(st.integers(0, 3)) == 0
        for place in aim.areas_at(last) if is_split else (None,):
            if place is not None and place == absent:
                continue
            months = truth[place] if place is not None else of_town
            said = Said(
                first,
                last,
                place,
                value=Fraction(sum(months[first - 1 : last])) if value else None,
                cumulative=Fraction(sum(months[:last])) if cumulative else None,
                on=day,
                is_estimate=is_estimate,
            )
            if is_estimate and only_months:
                said = replace(said, value=Fraction(draw(AMOUNTS)))
            if only_months and not said.is_estimate and draw(st.booleans()):
                wrong = Fraction(draw(AMOUNTS))
                is_estimate = draw(st.booleans())
                earlier = [None, date(2018, 12, 31)] if day is not None else []
                later = [day, date(2019, 12, 31)] if is_estimate else []
                if earlier or later:
                    on = draw(st.sampled_from([*earlier, *later]))
                    rows.append(Said(first, last, place, value=wrong, on=on, is_estimate=is_estimate))
            rows.append(said)

    until = draw(st.integers(1, 12))
    for month in range(1, until + 1):
        how = draw(st.sampled_from(["value", "nothing"] if only_months else ["value", "nothing", "cumulative", "both"]))
        if how != "nothing":
            add(month, month, value=how != "cumulative", cumulative=how != "value")
    for first, last in draw(
        st.lists(st.sampled_from([(1, 3), (4, 6), (7, 9), (10, 12), (1, 6)]), unique=True, max_size=3)
    ):
        add(first, last, value=True, cumulative=False)
    return draw(st.permutations(rows))


@st.composite
def level_rows(draw: st.DrawFn, aim: Aim) -> list[Said]:
    """Levels at the ends of some months, a quarter's end given either as the month or as the quarter."""
    rows = []
    for last in sorted(draw(st.sets(st.integers(1, 12), max_size=5))):
        first = last - 2 if last % 3 == 0 and draw(st.booleans()) else last
        areas = aim.areas_at(last)
        places = draw(st.sampled_from([(None,), areas or (None,), (None, *areas)]))
        rows += [
            Said(first, last, place, value=Fraction(draw(AMOUNTS)), on=draw(DAYS), is_estimate=draw(st.booleans()))
            for place in places
        ]
    return draw(st.permutations(rows))


@st.composite
def rate_rows(draw: st.DrawFn, areas: tuple[str, ...]) -> list[Said]:
    """Rates in %, of the town or of areas, some of them without numerator and denominator."""
    rows = []
    for month in sorted(draw(st.sets(st.integers(1, 12), max_size=5))):
        for place in draw(st.sampled_from([(None,), areas or (None,)])):
            whole = draw(st.integers(1, 60))
            part = draw(st.integers(0, whole))
            if draw(st.integers(0, 4)):
                said = Said(month, month, place, numerator=Fraction(part), denominator=Fraction(whole), on=draw(DAYS))
            else:
                said = Said(month, month, place, value=Fraction(part), on=draw(DAYS))
            rows.append(said)
    return draw(st.permutations(rows))


def figures(rows: Iterable[Said], start: int) -> Figures:
    def text(amount: Fraction | None) -> str | None:
        return None if amount is None else f"{Decimal(amount.numerator) / Decimal(amount.denominator):f}"

    def figure(said: Said) -> Figure:
        blank = make.figure(
            "01",
            text(said.value),
            area=said.area,
            cumulative=text(said.cumulative),
            numerator=text(said.numerator),
            denominator=text(said.denominator),
        )
        kind = Kind.ESTIMATE if said.is_estimate else Kind.OFFICIAL
        period = Period(2019, said.first, said.last, start=start)
        return blank._replace(period=period, reported_on=said.on, kind=kind, withdrawn=said.takes_back)

    return PlainFigures(tuple(map(figure, rows)))


def told(row: reports.Row) -> Told:
    """A row of the package in the reference's words."""
    now = row.actual
    return Told(
        status=row.status.value,
        value=now.value,
        value_period=(now.value_period.first, now.value_period.last) if now.value_period else None,
        in_period=now.in_period,
        cumulative=now.cumulative,
        percent=row.percent,
        expected_percent=row.expected_percent,
        gap=row.gap,
        projection=row.projection,
        missing=tuple((one.first, one.last) for one in now.missing),
        is_short=now.is_short,
    )


def compare(case: Case, stretch: tuple[int, int], day: date | None) -> None:
    found = reports.report(
        case.plan, figures(case.rows, case.aim.start).known_on(day), case.plan.span.period(*stretch)
    ).rows[0]
    expected = tell(case.aim, case.rows, *stretch, day)
    event(expected.status)
    assert told(found) == expected


THOUSANDS = settings(max_examples=600)


@THOUSANDS
@given(cases("flow"), st.sampled_from(PERIODS), DAYS)
def test_flows(case: Case, stretch: tuple[int, int], day: date | None) -> None:
    """A flow's row is what plain loops over its figures give."""
    compare(case, stretch, day)


@THOUSANDS
@given(cases("level"), st.sampled_from(PERIODS), DAYS)
def test_levels(case: Case, stretch: tuple[int, int], day: date | None) -> None:
    """A level's row is what plain loops over its figures give."""
    compare(case, stretch, day)


@THOUSANDS
@given(cases("level", rate=True), st.sampled_from(PERIODS), DAYS)
def test_rates(case: Case, stretch: tuple[int, int], day: date | None) -> None:
    """A rate's row is what plain loops over its figures give."""
    compare(case, stretch, day)


@THOUSANDS
@given(cases("level", rate=True), st.sampled_from(PERIODS), DAYS)
def test_rates_of_the_year(case: Case, stretch: tuple[int, int], day: date | None) -> None:
    """What a rate adds up to over the year is what plain loops over its numerators and denominators give."""
    flow = make.indicator(unit="pc", target={"at_least": "50"})
    plan = make.plan(flow, areas=case.aim.areas)
    (row,) = reports.report(plan, figures(case.rows, 1).known_on(day), Period(2019, *stretch)).rows
    value, in_period = rate_of_the_year(case.aim, case.rows, *stretch, day)
    event("made" if value is not None else "none")
    if value is not None:
        assert (row.actual.value, row.actual.in_period) == (value, in_period)
    else:
        assert row.actual.cumulative is None


@given(cases_of_two_years(), LAST_MONTHS, DAYS)
def test_last_year(case_and_before: tuple[Case, list[Said]], last: int, day: date | None) -> None:
    """The index against last year is what plain loops over both years give."""
    case, last_year = case_and_before
    known, before = figures(case.rows, case.aim.start).known_on(day), figures(last_year, case.aim.start).known_on(day)
    (row,) = reports.report(case.plan, known, case.plan.span.period(1, last), before=before).rows
    event("index" if row.index is not None else "none")
    assert row.index == index(case.aim, case.rows, last_year, last, day)


@THOUSANDS
@given(cases("flow") | cases("level") | cases("level", rate=True), LAST_MONTHS, DAYS, LAST_MONTHS, DAYS)
def test_differences(case: Case, last_a: int, day_a: date | None, last_b: int, day_b: date | None) -> None:
    """The parts of a change are what replacing figures one set after the other gives."""
    known_a, known_b = (
        figures(case.rows, case.aim.start).known_on(day_a),
        figures(case.rows, case.aim.start).known_on(day_b),
    )
    a, b = (
        reports.report(case.plan, known, case.plan.span.period(1, last))
        for known, last in ((known_a, last_a), (known_b, last_b))
    )
    (row,) = diff(a, known_a, b, known_b).rows
    expected = moved(case.aim, case.rows, (last_a, day_a), (last_b, day_b))
    event("+".join(row.causes) or "none")
    if row.value is None:
        assert expected is None
        return
    percent = row.percent and (row.percent.new_figures, row.percent.restated, row.percent.target_revised)
    assert expected == Moved((row.value.new_figures, row.value.restated), percent)
