"""plan × what was known × period → `Report`: the value that every view shows. Pure; nothing here prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.achievement import Proof, Standing, achievement, projection
from vinhchau_kpi.actual import Actual, actual, amounts_of
from vinhchau_kpi.doubt import Doubts, is_open
from vinhchau_kpi.figure import Figure, JoinedFigures
from vinhchau_kpi.figures import Known
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Entry, Indicator, Plan, Revision, Section, Unit
from vinhchau_kpi.promise import ByArea, last_said, promise_by_area
from vinhchau_kpi.status import LACKING, LAGGING, Order, Status
from vinhchau_kpi.target import Target


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read to make a report, for its heading. Numbers are counts."""

    files: int = 0
    unread: tuple[str, ...] = ()
    """Files in which nothing could be read, by name; they are not among `files`."""
    figures: int = 0
    rows_left_out: int = 0
    errors: int = 0
    contradicting: tuple[str, ...] = ()
    """Codes of indicators some of whose figures contradict each other, or another's, and are left out."""
    illustrative: int = 0
    """Files marked as made up for show."""
    last_year: int = 0
    """Figures of the year before, to compare with; they are not among `figures`."""
    other_years: tuple[str, ...] = ()
    """The years of files that lie among those that were read and are of neither year."""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator's line of a report. All numbers exact; `None` is no number, never 0.

    `percent` and `expected_percent` are of the target; the expected one is None for a level. `projection` is the
    year's end at the profile's pace, in the unit. `revision` is what set the target, None where it is the issued one.
    `last_year` is the value at the same month of the year before, None where none can be compared.
    """

    entry: Entry
    period: Period
    unit: Unit
    target: Target
    revision: Revision | None
    actual: Actual
    percent: Fraction | None
    expected_percent: Fraction | None
    gap: Fraction | None
    status: Status
    projection: Fraction | None
    last_year: Fraction | None = None
    left_out: tuple[Period, ...] = ()
    """The periods up to the report's of which figures were left out, because they contradict each other."""
    assigned: tuple[tuple[str, Target, Fraction | None], ...] = ()
    """The targets that others have set for the same thing, by assigner, each with the percent achieved of it."""
    doubts: Doubts = ()
    """What speaks against the figures that are counted in it, or that it is compared with."""
    by_area: ByArea | None = None
    """Of a yes or no that areas report: what each says."""

    @property
    def is_doubted(self) -> bool:
        """Whether a doubt is open about what is counted in it."""
        return is_open(self.doubts)

    @property
    def index(self) -> Fraction | None:
        """The value in percent of the same period's last year: 100 is as much as then. None where nothing was supplied
        to compare with, or that was not above 0."""
        if self.actual.value is None or self.last_year is None or self.last_year <= 0:
            return None
        return 100 * self.actual.value / self.last_year

    @property
    def indicator(self) -> Indicator:
        return self.entry.indicator

    @property
    def code(self) -> str:
        return self.entry.indicator.code

    @property
    def is_partial(self) -> bool:
        """Something is in the value, but not all that was due."""
        return self.actual.value is not None and bool(self.actual.missing)

    @property
    def is_behind(self) -> bool:
        return self.status in LAGGING

    @property
    def is_lacking(self) -> bool:
        """Something that was due is not there."""
        return self.status in LACKING or self.is_partial


class CommitmentRow(NamedTuple):
    """One promise's line: kept (`met`), not yet, not, not kept by its day (`overdue`), not known of all areas (`incomplete`), or not reported; `figure` is what
    says so of the whole, or else `by_area`."""

    commitment: Commitment
    section: Section
    status: Status
    figure: Figure | None
    doubts: Doubts = ()
    by_area: ByArea | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.by_area.figures if self.by_area else () if self.figure is None else (self.figure,)

    @property
    def reached(self) -> Period | None:
        """The latest period of which it is known."""
        return max((figure.period for figure in self.figures), key=lambda one: (one.last, one.first), default=None)

    @property
    def code(self) -> str:
        return self.commitment.code

    @property
    def is_doubted(self) -> bool:
        return is_open(self.doubts)

    @property
    def is_behind(self) -> bool:
        return self.status in LAGGING

    @property
    def is_lacking(self) -> bool:
        return self.status in LACKING


class Report(NamedTuple):
    """How far the plan is carried out at the end of `period`, as known on `as_of` (None: by all that was read).

    `silent_months`: those at the period's end in which something was due and that no figure of the plan reaches. Where
    there are any, each row is judged at the last month that it has.
    """

    plan: Plan
    period: Period
    as_of: date | None
    rows: tuple[Row, ...]
    commitments: tuple[CommitmentRow, ...]
    reading: Reading
    silent_months: tuple[Period, ...] = ()

    @property
    def counts(self) -> Counter[Status]:
        """How many of the indicators that are counted have each status."""
        return Counter(row.status for row in self.rows if self.plan.is_counted(row.entry))

    @property
    def overdue(self) -> int:
        """How many commitments are not carried out though their day has passed."""
        return sum(row.status is Status.OVERDUE for row in self.commitments)

    @property
    def doubted(self) -> int:
        """How many indicators and commitments rest on a doubted figure."""
        return sum(row.is_doubted for row in self.rows) + sum(row.is_doubted for row in self.commitments)

    @property
    def met_or_exceeded(self) -> int:
        counts = self.counts
        return counts[Status.MET] + counts[Status.EXCEEDED]


class Tally(NamedTuple):
    """How many of the counted indicators of a section stand how; together they are the total. `percent`: those met or exceeded."""

    total: int
    met: int
    on_track: int
    not_yet: int
    behind: int
    lacking: int
    others: int

    @property
    def percent(self) -> Fraction:
        return Fraction(100 * self.met, self.total)


def tallies(report: Report) -> tuple[tuple[Section, Tally], ...]:
    """The sections that have counted indicators, in the plan's order."""
    by_section: dict[str, Counter[Status]] = {}
    for one in report.rows:
        if report.plan.is_counted(one.entry):
            by_section.setdefault(one.entry.section.id, Counter())[one.status] += 1
    groups = ((Status.MET, Status.EXCEEDED), (Status.ON_TRACK,), (Status.NOT_YET,), LAGGING, LACKING)
    found = []
    for section in report.plan.sections:
        if counts := by_section.get(section.id):
            met, on_track, not_yet, behind, lacking = (sum(counts[status] for status in group) for group in groups)
            others = counts.total() - met - on_track - not_yet - behind - lacking
            found.append((section, Tally(counts.total(), met, on_track, not_yet, behind, lacking, others)))
    return tuple(found)


NOTHING_KNOWN = Known(None, {})


def report(
    plan: Plan,
    known: Known,
    period: Period,
    reading: Reading = Reading(),
    sections: Iterable[str] = (),
    before: Known = NOTHING_KNOWN,
) -> Report:
    """The report on `period`, over the `sections` named (none: all). `before`: the figures of the year before."""
    wanted, silent = set(sections), silent_months(plan, known, period)
    rows = tuple(
        row(plan, known, entry, period, before, is_silent=bool(silent))
        for entry in plan.entries.values()
        if not wanted or entry.section.id in wanted
    )
    commitments = tuple(
        commitment_row(plan, known, commitment, section, period, is_silent=bool(silent))
        for commitment, section in plan.commitments.values()
        if not wanted or section.id in wanted
    )
    return Report(plan, period, known.day, rows, commitments, reading, silent)


def silent_months(plan: Plan, known: Known, period: Period) -> tuple[Period, ...]:
    """The months at the period's end in which something was due and that no figure of the plan reaches."""
    reached = known.last_month(plan.entries, until=period.last) or 0
    every = {entry.indicator.every for entry in plan.entries.values()}
    due = {one.last for often in every for one in plan.span.due(often)}
    return tuple(plan.span.month(m) for m in range(reached + 1, period.last + 1) if m in due)


def row(
    plan: Plan,
    known: Known,
    entry: Entry,
    period: Period,
    before: Known = NOTHING_KNOWN,
    *,
    is_silent: bool | None = None,
) -> Row:
    """The line of one indicator. `is_silent`: whether no figure of the plan reaches the period's end (None: to be found)."""
    indicator = entry.indicator
    now = actual(plan, indicator, amounts_of(plan, known, indicator), period)
    if silent_months(plan, known, period) if is_silent is None else is_silent:
        now = now.at_its_own_month
    day = known.day or period.last_day
    target = indicator.target_on(day, known.day)
    base = Fraction(indicator.baseline.value) if indicator.baseline else None
    judged = judgement(plan, indicator, target, now, period, base)
    others = [(who, one, judgement(plan, indicator, one, now, period, base)) for who, one in target.of_others.items()]
    last_year, doubts = _last_year(plan, before, indicator, now)
    return Row(
        entry=entry,
        period=period,
        unit=plan.unit_of(indicator),
        target=target,
        revision=indicator.revision_on(day, known.day),
        actual=now,
        percent=judged.percent,
        expected_percent=judged.expected_percent,
        gap=judged.gap,
        status=judged.status,
        projection=judged.projection,
        last_year=last_year,
        left_out=left_out(known, indicator, period),
        assigned=tuple((who, one, judged.percent) for who, one, judged in others),
        doubts=(*known.doubted.behind(JoinedFigures((now.figures, now.of_period))), *doubts),
        by_area=promise_by_area(plan, known, indicator, period)
        if indicator.target.achieved and any(figure.area is not None for figure in now.figures)
        else None,
    )


def left_out(known: Known, indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """The periods up to the end of `period` of which figures of an indicator were left out, the whole town's or areas'; or
    figures of the parts that make it."""
    codes = indicator.codes_behind
    found = {key.period for key in known.left_out if key.code in codes}
    return tuple(sorted(one for one in found if one.year == period.year and one.last <= period.last))


class Judgement(NamedTuple):
    """What an actual comes to against a target, the town's or an area's; the fields are those of `Row`."""

    percent: Fraction | None
    expected_percent: Fraction | None
    gap: Fraction | None
    status: Status
    projection: Fraction | None


def judgement(
    plan: Plan, indicator: Indicator, target: Target, now: Actual, period: Period, baseline: Fraction | None
) -> Judgement:
    """`now` held against `target` at the end of `period`; without a value it is not due yet, or due and not there."""
    unit = plan.unit_of(indicator)
    # A rate has no pace: what is expected of a year's is expected of each part of it.
    share = plan.share(indicator, now.judged_at) if indicator.is_flow and not unit.is_rate else None
    expected = None if share is None else 100 * share
    if now.value is None:
        is_due = plan.span.due(indicator.every)[0].last <= period.last
        return Judgement(None, expected, None, Status.NOT_REPORTED if is_due else Status.NOT_DUE, None)
    is_sum = not unit.is_rate and not unit.can_fall and not indicator.target.achieved
    proof = Proof.ALL if not now.is_short else Proof.LEAST if is_sum else Proof.NOTHING
    standing = Standing(share, now.judged_at == plan.span.length, plan.tolerance, proof)
    result = achievement(target, now.value, baseline, "level" if share is None else "flow", standing)
    return Judgement(result.percent, expected, result.gap, result.status, projection(now.value, share))


def months_of(plan: Plan, known: Known, entry: Entry, period: Period, before: Known = NOTHING_KNOWN) -> tuple[Row, ...]:
    """The lines of one indicator for each month from January to the end of `period`, each held against its own month."""
    months = map(plan.span.month, range(1, period.last + 1))
    return tuple(row(plan, known, entry, month, before, is_silent=False) for month in months)


def _last_year(plan: Plan, before: Known, indicator: Indicator, now: Actual) -> tuple[Fraction | None, Doubts]:
    """The value, and what speaks against it, at the month of last year that `now` reaches; only like is held against like.

    Both must be whole: with a month or an area missing on either side an index would tell of the gap, not of the
    year. A baseline of the year before stands for its end, where no whole figure does. A promise has no index.
    """
    reached = now.value_period
    if now.value is None or reached is None or now.is_short or indicator.target.achieved:
        return None, ()
    earlier = plan.a_year_earlier
    same = earlier.span.period(1, reached.last)
    then = actual(earlier, indicator, amounts_of(earlier, before, indicator), same)
    if then.value_period is not None and then.value_period.last == reached.last and not then.missing:
        return then.value, before.doubted.behind(then.figures)
    base = indicator.baseline
    is_year_end = base is not None and base.year == same.year and reached.last == 12
    return (Fraction(base.value) if base is not None and is_year_end else None), ()


def chosen(report: Report, statuses: Iterable[Status], order: Order | None) -> Report:
    """The report with only the rows of these `statuses` (none: all), in `order` (None: the plan's).

    Largest percent first, then the rows without one; the gap that is furthest behind first. The summary is a
    matter of the whole report: ask for it before choosing.
    """
    wanted = set(statuses)
    rows = [r for r in report.rows if not wanted or r.status in wanted]
    commitments = tuple(c for c in report.commitments if not wanted or c.status in wanted)
    if order is Order.CODE:
        rows.sort(key=lambda r: r.code)
    elif order is Order.PERCENT:
        rows.sort(key=lambda r: (r.percent is None, -(r.percent or 0)))
    elif order is Order.GAP:
        rows.sort(key=_distance)
    return report._replace(rows=tuple(rows), commitments=commitments)


def _distance(row: Row) -> tuple[bool, Fraction]:
    """Gaps are in different units: compared as a part of the target."""
    number = row.target.number
    if row.gap is None or not number:
        return True, Fraction(0)
    towards = -row.gap if row.target.cap is not None else row.gap
    return False, towards / abs(Fraction(number))


def commitment_row(
    plan: Plan, known: Known, commitment: Commitment, section: Section, period: Period, *, is_silent: bool
) -> CommitmentRow:
    """A promise is as its latest figure of the whole at or before the period says; where areas have said something of a later
    period, or the whole nothing, it is kept where all areas are known to keep it. `is_silent`: as for `row`."""
    of_town = known.of(commitment.code).of_town()
    said = [figure for (_, last), figure in of_town.items() if last <= period.last]
    latest = max(said, key=last_said, default=None)
    by_area = promise_by_area(plan, known, commitment, period)
    if by_area is not None and (latest is None or latest.period.last < max(f.period.last for f in by_area.figures)):
        doubts = known.doubted.behind(by_area.figures)
        is_kept = None if by_area.missing and not by_area.not_kept else not by_area.not_kept
        reached = max((figure.period for figure in by_area.figures), key=lambda one: one.last)
        status = _promised(plan, commitment, is_kept, period, known.day, reached if is_silent else None)
        return CommitmentRow(commitment, section, status, None, doubts, by_area)
    if latest is None:
        return CommitmentRow(commitment, section, Status.NOT_REPORTED, None)
    status = _promised(plan, commitment, latest.value == 1, period, known.day, latest.period if is_silent else None)
    return CommitmentRow(commitment, section, status, latest, known.doubted.behind((latest,)))


def _promised(
    plan: Plan, commitment: Commitment, is_kept: bool | None, period: Period, day: date | None, reached: Period | None
) -> Status:
    """The status of a promise at the period's end or on `day`, whichever is earlier; `is_kept`: None where that is not known of
    all areas; `reached`: the last period of which anything is known, where that is not the report's."""
    if is_kept is None:
        return Status.INCOMPLETE
    if is_kept:
        return Status.MET
    today = min(day or period.last_day, (reached or period).last_day)
    if commitment.due is not None and commitment.due < today:
        return Status.OVERDUE
    return Status.NOT_MET if period.last == plan.span.length and reached is None else Status.NOT_YET
