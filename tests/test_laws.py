"""What holds for every input, tried on inputs that nobody would think of."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import make
from hypothesis import assume, example, given
from hypothesis import strategies as st

from vinhchau_kpi import number
from vinhchau_kpi import report as reports
from vinhchau_kpi.achievement import Standing, achievement
from vinhchau_kpi.areas import by_area
from vinhchau_kpi.checks import check
from vinhchau_kpi.detail import detail
from vinhchau_kpi.diff import Cause, diff
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.finding import Place
from vinhchau_kpi.forms.machine import json_text
from vinhchau_kpi.forms.terminal import plain
from vinhchau_kpi.messages import VI
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.period import Period, parse
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.status import WORST_TO_BEST
from vinhchau_kpi.views import areas as area_view
from vinhchau_kpi.views import diff as diff_view
from vinhchau_kpi.views import report as report_view
from vinhchau_kpi.views import show as show_view
from vinhchau_kpi.views.report import facts
from vinhchau_kpi.views.template import typed

CONVENTIONS = st.sampled_from(Convention)


@st.composite
def decimals(draw: st.DrawFn) -> Decimal:
    """Any number that a cell may hold: up to 18 digits, some of them decimals."""
    digits = draw(st.integers(0, 10**18 - 1))
    places = draw(st.integers(0, 18 - len(str(digits))) | st.just(0))
    sign = draw(st.sampled_from(["", "-"]))
    return Decimal(f"{sign}{digits}e-{places}")


AMOUNTS = st.integers(0, 10**7).map(lambda n: Decimal(n).scaleb(-2))
FRACTIONS = st.fractions(-1000, 1000, max_denominator=997)
CELLS = st.text() | st.text("0123456789.,-+% e\u00a0\u2212", max_size=24)

# Numbers


@given(decimals(), CONVENTIONS)
def test_written_reads_back(value: Decimal, convention: Convention) -> None:
    """What is written in a convention is read back in it as the same number."""
    assert number.read(number.written(value, convention), convention) == value


@given(decimals(), CONVENTIONS)
def test_shown_reads_back(value: Decimal, convention: Convention) -> None:
    """What a reader is shown, groups and all, reads back as the same number."""
    assert number.read(number.shown(value, convention), convention) == value


@given(CELLS, CONVENTIONS, st.booleans())
@example("9" * 19, Convention.VI, False)
@example("0," + "0" * 18, Convention.VI, False)
@example("1.234.567.890.123.456.789", Convention.VI, False)
def test_any_text_is_judged(text: str, convention: Convention, percent: bool) -> None:
    """Any text gives a number of at most 18 digits or the reason why not; nothing is raised."""
    found = number.read(text, convention, percent=percent)
    if isinstance(found, Decimal):
        _, digits, exponent = found.as_tuple()
        assert isinstance(exponent, int)
        assert exponent <= 0
        assert max(len(digits), -exponent) <= 18
    else:
        assert isinstance(found, number.Fault)


@given(CELLS | decimals().flatmap(lambda d: CONVENTIONS.map(lambda c: number.shown(d, c))))
@example("28.500")
@example("1.234.567")
def test_evidence_is_what_can_be_read(text: str) -> None:
    """A cell proves a convention if it reads in that one alone; in both it is the same number, or a thousandfold off."""
    readings = {c: number.read(text, c, percent=True) for c in Convention}
    numbers = {c: found for c, found in readings.items() if isinstance(found, Decimal)}
    proof = number.evidence(text)
    if len(numbers) == 2:
        vi, en = numbers[Convention.VI], numbers[Convention.EN]
        assert proof is (Evidence.SAME if vi == en else Evidence.EITHER)
        assert vi in {en, en * 1000, en / 1000}
    elif numbers:
        assert proof.value == next(iter(numbers)).value
    else:
        assert proof is Evidence.NONE


@given(FRACTIONS, st.integers(0, 6))
def test_rounding_is_near(exact: Fraction, places: int) -> None:
    """Rounding moves a number by at most half a unit of the last place."""
    assert abs(Fraction(number.rounded(exact, places)) - exact) <= Fraction(1, 2 * 10**places)


@given(FRACTIONS | FRACTIONS.map(lambda f: 100 + f / 10**5))
@example(Fraction(100))
def test_hundred_is_exact(percent: Fraction) -> None:
    """A percent is shown as 100 exactly when it is 100, and on the side of the line where it is."""
    shown = number.rounded_percent(percent)
    assert (shown == 100) == (percent == 100)
    assert (shown > 100) == (percent > 100)


# Periods

SHAPES = (
    [(m, m) for m in range(1, 13)] + [(1, 3), (4, 6), (7, 9), (10, 12), (1, 6), (7, 12), (1, 9), (1, 12)]
)  # fmt: skip
PERIODS = st.builds(lambda year, shape: Period(year, *shape), st.integers(1900, 2099), st.sampled_from(SHAPES))


@given(PERIODS)
def test_period_reads_back(period: Period) -> None:
    """A period printed in the short form, or typed for a template, is read back as the same period."""
    assert parse(str(period)) == period
    assert parse(typed(period)) == period


@given(st.text() | st.text("0123456789/-qhmt ", max_size=12))
def test_any_text_is_a_period_or_not(text: str) -> None:
    """Any text names a period of whole months of one year, or none; nothing is raised."""
    found = parse(text)
    assert found is None or (1 <= found.first <= found.last <= 12 and parse(str(found)) == found)


# Judgement


@given(
    target=AMOUNTS.filter(bool),
    low=AMOUNTS,
    more=AMOUNTS,
    measure=st.sampled_from(["flow", "level"]),
    month=st.integers(1, 12),
)
@example(target=Decimal(100), low=Decimal("99.99"), more=Decimal("0.01"), measure="flow", month=6)
def test_more_is_never_worse(target: Decimal, low: Decimal, more: Decimal, measure: str, month: int) -> None:
    """Against a floor, a larger actual has no lower percent and no worse status."""
    now = Standing(Fraction(month, 12) if measure == "flow" else None, month == 12)
    of = make.target(at_least=f"{target:f}")
    a, b = (achievement(of, Fraction(value), None, measure, now) for value in (low, low + more))
    assert a.percent is not None and b.percent is not None
    assert a.percent <= b.percent
    assert WORST_TO_BEST[a.status] <= WORST_TO_BEST[b.status]


@given(target=AMOUNTS, low=AMOUNTS, more=AMOUNTS, month=st.integers(1, 12))
def test_more_is_never_better_under_a_cap(target: Decimal, low: Decimal, more: Decimal, month: int) -> None:
    """Against a cap, a larger actual has no better status."""
    now = Standing(Fraction(month, 12), month == 12)
    of = make.target(at_most=f"{target:f}")
    a, b = (achievement(of, Fraction(value), None, "flow", now).status for value in (low, low + more))
    assert WORST_TO_BEST[a] >= WORST_TO_BEST[b]


# Reports

AREAS = "abc"
PLAN = make.plan(make.indicator("X"), make.indicator("L", measure="level"), areas=AREAS)
REVISION = {"on": "2019-05-20", "target": {"at_least": "1500"}}
REVISED = make.plan(
    make.indicator("X", revisions=[REVISION]), make.indicator("L", measure="level", revisions=[REVISION]), areas=AREAS
)
ALLOCATED = make.plan(make.indicator("A", allocations={"a": "600", "b": "400", "c": "200"}), areas=AREAS)
SHORT = {**{m: f"{m:02d}" for m in range(1, 13)}}
MONTHLY = st.dictionaries(st.integers(1, 12), AMOUNTS)
ENDS = st.sampled_from(["01", "03", "06", "08", "12", "Q2", "Q3", "H1", "H2", "9M", "2019"])
DAYS = st.dates(date(2019, 1, 1), date(2019, 12, 31))


def rows_of(monthly: dict[int, Decimal], code: str = "X") -> list[Figure]:
    return [make.figure(SHORT[month], f"{value:f}", code) for month, value in monthly.items()]


def report_facts(rows: list[Figure], when: str, on: date | None = None, of: Plan = PLAN) -> dict[str, object]:
    """The report's JSON, as known on a day."""
    found = reports.report(of, PlainFigures(tuple(rows)).known_on(on), make.period(when))
    return facts(found, found, VI)


def printed(rows: list[Figure], when: str, on: date) -> str:
    """All that the screens and machine forms of a report, its areas and its indicators say."""
    figures, period = PlainFigures(tuple(rows)), make.period(when)
    known = figures.known_on(on)
    found = reports.report(PLAN, known, period)
    tables = by_area(PLAN, known, found.rows)
    details = [detail(PLAN, [figures], known, code, period) for code in PLAN.entries]
    screens = [report_view.screen(found, found, VI), area_view.screen(found, found, tables, VI)]
    screens += [show_view.screen(one, VI) for one in details]
    forms = [report_view.facts(found, found, VI), area_view.facts(found, tables, VI)]
    forms += [show_view.facts(detail, VI) for detail in details]
    return "".join(map(plain, screens)) + "".join(piece for form in forms for piece in json_text(form))


@given(MONTHLY.filter(bool), st.sampled_from([1, 2, 3, 4]))
def test_months_make_the_quarter(monthly: dict[int, Decimal], quarter: int) -> None:
    """A quarter's in-period is the sum of its months'; where no month has one, the quarter has none."""
    rows = rows_of(monthly)
    months = [make.row(PLAN, rows, SHORT[m]).actual.in_period for m in range(3 * quarter - 2, 3 * quarter + 1)]
    reported = [one for one in months if one is not None]
    whole = make.row(PLAN, rows, f"Q{quarter}").actual.in_period
    assert whole == (sum(reported) if reported else None)


@given(MONTHLY.filter(lambda monthly: 1 in monthly), st.integers(1, 12))
def test_cumulative_grows_by_the_month(monthly: dict[int, Decimal], month: int) -> None:
    """A cumulative is the one of a month before and the month's own value."""
    rows = rows_of(monthly)
    now = make.row(PLAN, rows, SHORT[month]).actual
    before = make.row(PLAN, rows, SHORT[month - 1]).actual.cumulative if month > 1 else Fraction(0)
    assert now.cumulative is not None and before is not None
    assert now.cumulative == before + (now.in_period or 0)


@st.composite
def submissions(draw: st.DrawFn) -> list[Figure]:
    """Figures of a flow and a level, town and areas, values and cumulatives, each figure's days all different."""
    keys = st.tuples(
        st.sampled_from(["X", "L"]),
        st.sampled_from([*SHORT.values(), "Q1", "Q2", "H1"]),
        st.sampled_from([None, *AREAS]),
        st.none() | DAYS,
    )
    rows = []
    for code, when, area, on in draw(st.lists(keys, min_size=2, max_size=10, unique=True)):
        value = f"{draw(AMOUNTS):f}"
        cumulative = f"{draw(AMOUNTS):f}" if code == "X" and draw(st.booleans()) else None
        day = on.isoformat() if on else None
        rows.append(make.figure(when, value, code, area=area, on=day, cumulative=cumulative))
    return rows


@st.composite
def contradictions(draw: st.DrawFn) -> list[Figure]:
    """Figures that need not agree with each other: months, cumulatives and quarters of the town and areas, some days alike."""
    rows = []
    for _ in range(draw(st.integers(2, 9))):
        when, area = draw(st.sampled_from([*SHORT.values(), "Q1", "H1"])), draw(st.sampled_from([None, None, *AREAS]))
        value, cumulative = (draw(st.none() | st.sampled_from(["1", "2", "5", "10"])) for _ in range(2))
        kind = draw(st.sampled_from([Kind.OFFICIAL, Kind.OFFICIAL, Kind.ESTIMATE]))
        if value or cumulative:
            rows.append(make.figure(when, value, "X", area=area, cumulative=cumulative, kind=kind))
    return rows


@given(contradictions(), st.sampled_from([*SHORT.values(), "Q1", "Q2", "H1"]))
def test_what_is_left_contradicts_nothing(rows: list[Figure], when: str) -> None:
    """Once the figures that errors are about are left out, no error is left, nothing is below 0, and every row from which
    something up to its period was left out says so."""
    figures = PlainFigures(tuple(rows))
    sound = make.sound(PLAN, figures)
    assert not [finding for finding in check(PLAN, sound) if finding.is_error]
    gone = {figure.key for figure in rows} - {figure.key for figure in sound.rows}
    period = make.period(when)
    found = reports.row(PLAN, replace(sound.known_on(None), left_out=gone), PLAN.entries["X"], period)
    assert (found.actual.in_period or 0) >= 0
    assert found.left_out == tuple(sorted({key.period for key in gone if key.period.last <= period.last}))
    assert not gone & {figure.key for figure in found.actual.figures}


@given(contradictions(), MONTHLY)
def test_a_contradiction_stays_with_its_indicator(rows: list[Figure], monthly: dict[int, Decimal]) -> None:
    """Figures of one indicator that contradict each other take nothing away from another."""
    others = rows_of(monthly, "L")
    sound = make.sound(PLAN, PlainFigures((*rows, *others)))
    assert sound.of("L") == others


@given(submissions(), ENDS, st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[Figure], when: str, chance: object) -> None:
    """The order of rows, and which file each stands in, change nothing in a report."""
    shuffled = [row._replace(place=Place(f"{chance.choice('xyz')}.csv", 2)) for row in rows]  # type: ignore[attr-defined]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert report_facts(shuffled, when) == report_facts(rows, when)


@given(submissions(), ENDS, DAYS, st.data())
def test_the_past_stays(rows: list[Figure], when: str, day: date, data: st.DataObject) -> None:
    """A correction of a later day leaves the report as of an earlier one as it was, byte for byte, on every screen."""
    row = data.draw(st.sampled_from(rows))
    later = row._replace(value=Decimal("123456.7"), reported_on=day + timedelta(days=data.draw(st.integers(1, 400))))
    assert printed([*rows, later], when, day) == printed(rows, when, day)


@given(submissions(), st.data())
def test_the_last_correction_counts(rows: list[Figure], data: st.DataObject) -> None:
    """A figure sent last replaces the one it corrects, as if that had never been."""
    row = data.draw(st.sampled_from(rows))
    key = (row.code, row.period, row.area)
    corrected = row._replace(value=Decimal("123456.7"), reported_on=date(2020, 1, 1))
    others = [one for one in rows if (one.code, one.period, one.area) != key]
    assert report_facts([*rows, corrected], "2019") == report_facts([*others, corrected], "2019")


@given(MONTHLY.filter(bool), st.data(), ENDS)
def test_areas_make_the_town(monthly: dict[int, Decimal], data: st.DataObject, when: str) -> None:
    """A month given by all areas of the plan gives the town the same row as its own figure would."""
    rows = rows_of(monthly) + rows_of(monthly, "L")
    month = data.draw(st.sampled_from(sorted(monthly)))
    value = monthly[month]
    first = data.draw(st.decimals(0, value, places=2))
    second = data.draw(st.decimals(0, value - first, places=2))
    shares = dict(zip(AREAS, (first, second, value - first - second), strict=True))
    kept = [row for row in rows if row.period.last != month]
    split = [
        make.figure(SHORT[month], f"{share:f}", code, area=area) for code in "XL" for area, share in shares.items()
    ]
    assert report_facts([*kept, *split], when) == report_facts(rows, when)


@given(MONTHLY.filter(bool), st.data())
def test_a_month_taken_away_is_named(monthly: dict[int, Decimal], data: st.DataObject) -> None:
    """Taking a month's figure away lowers the sum by it and names the month as missing; a 0 in its place does not."""
    month = data.draw(st.sampled_from(sorted(monthly)))
    assume(len(monthly) > 1)
    less = {m: value for m, value in monthly.items() if m != month}
    whole, short, nil = (
        make.row(PLAN, rows_of(one), "12").actual for one in (monthly, less, {**less, month: Decimal(0)})
    )
    assert whole.cumulative is not None and short.cumulative is not None
    assert short.cumulative == nil.cumulative == whole.cumulative - Fraction(monthly[month])
    assert Period(2019, month, month) in short.missing
    assert Period(2019, month, month) not in nil.missing


KINDS = make.plan(
    make.indicator("zero"),
    make.indicator("missing"),
    make.indicator("not-due", every="year"),
    make.indicator("not-applicable", measure="level", target={"at_most": "5"}),
)


@given(st.integers(1, 11), AMOUNTS)
def test_four_kinds_of_nothing(month: int, level: Decimal) -> None:
    """Zero, missing, not due and without a percent are told apart by the facts of a row."""
    rows = [
        make.figure(SHORT[month], None, "zero", cumulative="0"),
        make.figure(SHORT[month], f"{level:f}", "not-applicable"),
    ]
    found = report_facts(rows, SHORT[month], of=KINDS)["rows"]
    assert isinstance(found, list)
    seen = {row["code"]: (row["value"], row["percent"], row["status"]) for row in found}
    assert seen["zero"] == (0, 0, "behind")
    assert seen["missing"] == (None, None, "not_reported")
    assert seen["not-due"] == (None, None, "not_due")
    assert seen["not-applicable"][:2] == (level, None)


# Differences


@given(submissions(), ENDS, DAYS, ENDS, DAYS)
def test_parts_make_the_change(rows: list[Figure], when_a: str, day_a: date, when_b: str, day_b: date) -> None:
    """What each cause did adds up to the change, to the last digit; a cause that is not there did nothing."""
    figures = PlainFigures(tuple(rows))
    known_a, known_b = figures.known_on(day_a), figures.known_on(day_b)
    a, b = (reports.report(REVISED, known, make.period(when)) for known, when in ((known_a, when_a), (known_b, when_b)))
    for row in diff(a, known_a, b, known_b).rows:
        before, after = row.a.actual.value, row.b.actual.value
        assert (row.value is None) == (before is None or after is None)
        if row.value is not None and before is not None and after is not None:
            assert before + row.value.new_figures + row.value.restated == after
            assert row.value.target_revised == 0
        if row.percent is not None and row.a.percent is not None and row.b.percent is not None:
            assert row.a.percent + sum(row.percent.of(cause) for cause in Cause) == row.b.percent
        for parts in (row.value, row.percent):
            assert parts is None or all(parts.of(cause) == 0 for cause in Cause if cause not in row.causes)
    for fact in diff_view.facts(diff(a, known_a, b, known_b), VI)["rows"]:
        for key in ("change", "percent_change"):
            assert fact["parts"][key] is None or sum(fact["parts"][key].values()) == fact[key]


@given(submissions(), ENDS, DAYS)
def test_nothing_moved(rows: list[Figure], when: str, day: date) -> None:
    """A report beside itself has no change."""
    known = PlainFigures(tuple(rows)).known_on(day)
    one = reports.report(REVISED, known, make.period(when))
    assert not any(row.is_change for row in diff(one, known, one, known).rows)


@given(submissions(), ENDS, ENDS, DAYS)
def test_a_change_backwards(rows: list[Figure], when_a: str, when_b: str, day: date) -> None:
    """From B to A is as much as from A to B, the other way."""
    known_a, known_b = PlainFigures(tuple(rows)).known_on(day), PlainFigures(tuple(rows)).known_on(None)
    a, b = (reports.report(REVISED, known, make.period(when)) for known, when in ((known_a, when_a), (known_b, when_b)))
    forth, back = diff(a, known_a, b, known_b).rows, diff(b, known_b, a, known_a).rows
    for there, again in zip(forth, back, strict=True):
        assert there.change == (None if again.change is None else -again.change)
        assert there.percent_change == (None if again.percent_change is None else -again.percent_change)
        assert set(there.causes) == set(again.causes)


# Areas


@given(submissions(), ENDS)
def test_an_area_is_reckoned_as_the_town(rows: list[Figure], when: str) -> None:
    """An area's numbers are what the town's would be, had it only that area's figures."""
    known = PlainFigures(tuple(rows)).known_on(None)
    for table in by_area(PLAN, known, reports.report(PLAN, known, make.period(when)).rows):
        for one in table.areas:
            own = [row._replace(area=None) for row in rows if row.area == one.area]
            alone = make.row(PLAN, own, when, table.row.code).actual
            assert (one.actual.value, one.actual.in_period) == (alone.value, alone.in_period)
            assert (one.actual.cumulative, one.actual.missing) == (alone.cumulative, alone.missing)


@given(MONTHLY.filter(bool), st.data(), st.sampled_from(list(SHORT.values())))
def test_shares_make_the_whole(monthly: dict[int, Decimal], data: st.DataObject, when: str) -> None:
    """Where all areas have reported the same months, their sum is the town's figure and their shares are 100 %."""
    rows = []
    for month, value in monthly.items():
        first = data.draw(st.decimals(0, value, places=2))
        second = data.draw(st.decimals(0, value - first, places=2))
        parts = zip(AREAS, (first, second, value - first - second), strict=True)
        rows += [make.figure(SHORT[month], f"{part:f}", area=area) for area, part in parts]
    known = PlainFigures(tuple(rows)).known_on(None)
    for table in by_area(PLAN, known, reports.report(PLAN, known, make.period(when)).rows):
        assert table.together.value == table.row.actual.value
        shares = [one.share for one in table.areas]
        assert all(share is None for share in shares) or sum(share or 0 for share in shares) == 100


@given(st.dictionaries(st.sampled_from(AREAS), AMOUNTS, min_size=1))
def test_ranks_follow_percents(values: dict[str, Decimal]) -> None:
    """A higher percent has a smaller rank, equal ones the same; who has not reported has none."""
    rows = [make.figure("01", f"{value:f}", "A", area=area) for area, value in values.items()]
    known = PlainFigures(tuple(rows)).known_on(None)
    (table,) = by_area(ALLOCATED, known, reports.report(ALLOCATED, known, make.period("01")).rows)
    assert {one.area for one in table.ranked} == values.keys()
    for one, other in itertools.pairwise(table.ranked):
        assert one.percent is not None and other.percent is not None and one.rank is not None
        assert one.percent >= other.percent
        assert (one.percent == other.percent) == (one.rank == other.rank)
    assert [one.rank for one in table.ranked][:1] == [1]
