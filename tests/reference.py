"""What is computed, told a second time: slow, with plain loops, straight from the contract's words.

Nothing of the package's own computing is used here. `test_reference` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product


@dataclass(frozen=True)
class Said:
    """One reported row: months `first` to `last`, of an area or (None) the town."""

    first: int
    last: int
    area: str | None = None
    value: Fraction | None = None
    cumulative: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    on: date | None = None
    is_estimate: bool = False
    takes_back: bool = False


@dataclass(frozen=True)
class Aim:
    """One indicator of the plan. `numbers` are the target's: none, one, the two ends of a range, or a bound and an aim."""

    measure: str
    sense: str
    numbers: tuple[Fraction, ...]
    baseline: Fraction | None = None
    every: int = 1
    shares: tuple[Fraction, ...] = tuple(Fraction(month, 12) for month in range(1, 13))
    tolerance: Fraction = Fraction("0.95")
    is_percent: bool = False
    areas: tuple[str, ...] = ()
    can_fall: bool = False
    """Whether an amount can be below 0."""
    revisions: tuple[tuple[date, str, tuple[Fraction, ...]], ...] = ()
    """The day from which each holds, its sense and its numbers."""
    merged_after: int = 0
    """The month after which the first two areas are one, NEW; 0: they stay two."""
    start: int = 1
    """The calendar month that is the first of the plan's twelve."""

    def areas_at(self, last: int) -> tuple[str, ...]:
        """Those that are there in a month."""
        return (NEW, *self.areas[2:]) if self.areas and 0 < self.merged_after < last else self.areas


NEW = "new"


@dataclass(frozen=True)
class Sum:
    """What one stretch comes to. `is_short`: some area is not in it."""

    first: int
    last: int
    value: Fraction | None
    cumulative: Fraction | None
    is_short: bool
    is_estimate: bool = False
    on: date = date.min
    """The latest day on which a figure of it was reported."""


@dataclass(frozen=True)
class Told:
    """The facts of a report's row. Missing stretches are pairs of months."""

    status: str
    value: Fraction | None = None
    value_period: tuple[int, int] | None = None
    in_period: Fraction | None = None
    cumulative: Fraction | None = None
    percent: Fraction | None = None
    expected_percent: Fraction | None = None
    gap: Fraction | None = None
    projection: Fraction | None = None
    missing: tuple[tuple[int, int], ...] = ()
    is_short: bool = False


def tell(aim: Aim, rows: list[Said], first: int, last: int, day: date | None) -> Told:
    """The row of `aim` in a report on months `first` to `last`, as known on `day`."""
    aim = in_force(aim, last, day)
    here = as_due(aim, known(rows, day))
    sums = town_flow(aim, here) if aim.measure == "flow" and not aim.is_percent else town(aim, here)
    due = [(end - aim.every + 1, end) for end in range(1, last + 1) if end % aim.every == 0]
    if aim.measure == "level":
        return judged_level(aim, sums, last, due, is_silent(rows, last, due, day))
    return judged_flow(aim, sums, first, last, due, is_silent(rows, last, due, day))


def is_silent(rows: list[Said], last: int, due: list[tuple[int, int]], day: date | None) -> bool:
    """Whether something was due after the last month that anybody has reported."""
    reached = max((row.last for row in known(rows, day) if row.last <= last), default=0)
    return any(end > reached for _, end in due)


def in_force(aim: Aim, last: int, day: date | None) -> Aim:
    """With the target in force on the day, or at the end of the report's last month."""
    if day is None:
        following = aim.start - 1 + last
        day = date(2019 + following // 12, following % 12 + 1, 1) - timedelta(days=1)
    for on, sense, numbers in sorted(aim.revisions):
        if on <= day:
            aim = replace(aim, sense=sense, numbers=numbers)
    return aim


def index(aim: Aim, rows: list[Said], last_year: list[Said], last: int, day: date | None) -> Fraction | None:
    """This year's value in percent of last year's at the same month, both whole; at the year's end the baseline
    stands for last year where nothing else does."""
    now = tell(aim, rows, 1, last, day)
    if now.value is None or now.value_period is None or now.is_short:
        return None
    month = now.value_period[1]
    then = tell(aim, last_year, 1, month, day)
    if then.value is None or then.missing or then.value_period is None or then.value_period[1] != month:
        base = aim.baseline if month == 12 else None
        return 100 * now.value / base if base is not None and base > 0 else None
    return 100 * now.value / then.value if then.value > 0 else None


@dataclass(frozen=True)
class Moved:
    """What new figures, restated ones and a revised target did, to the value and to the percent."""

    value: tuple[Fraction, Fraction]
    percent: tuple[Fraction, Fraction, Fraction] | None


def moved(aim: Aim, rows: list[Said], a: tuple[int, date | None], b: tuple[int, date | None]) -> Moved | None:
    """From the report on a month as known on a day to another; None where one of them has no value.

    First the figures that both sides have take B's numbers: that is restated. Then B's own figures come and A's own
    go: that is new. The target comes last.
    """
    (last_a, day_a), (last_b, day_b) = a, b
    before, after = tell(aim, rows, 1, *a), tell(aim, rows, 1, *b)
    if before.value is None or after.value is None:
        return None
    later = {(row.first, row.last, row.area): row for row in known(rows, day_b) if row.last <= last_b}
    earlier = known(rows, day_a)
    in_scope = [(row.first, row.last, row.area) for row in earlier if row.last <= last_a]
    if set(in_scope) == set(later):
        between = after.value
    else:
        half_way = [
            later.get(key, row) if (key := (row.first, row.last, row.area)) in in_scope else row for row in earlier
        ]
        alone = tell(aim, [replace(row, on=None) for row in half_way], 1, last_a, None).value
        between = before.value if alone is None else alone
    value = (after.value - between, between - before.value)
    if before.percent is None or after.percent is None:
        return Moved(value, None)
    old = in_force(aim, last_a, day_a)
    steps = [percent(old, before.value), percent(old, between), percent(old, after.value), after.percent]
    first, second, third, fourth = (step if step is not None else Fraction(0) for step in steps)
    return Moved(value, (third - second, second - first, fourth - third))


def as_due(aim: Aim, rows: list[Said]) -> list[Said]:
    """Of what is due by several months, a figure for the last of them alone is that of all."""
    if aim.measure != "flow" or aim.every == 1:
        return rows
    found = []
    for row in rows:
        begin = row.last - aim.every + 1
        others = [one for one in rows if one.first <= row.last and one.last >= begin]
        is_alone = row.last % aim.every == 0 and all((one.first, one.last) == (row.last, row.last) for one in others)
        found.append(replace(row, first=begin) if is_alone and row.cumulative is None else row)
    return found


def known(rows: list[Said], day: date | None) -> list[Said]:
    """Rows reported after the day do not exist. Of rows for one figure the latest official one counts, else the latest
    estimate; undated is oldest. A row that takes back leaves nothing of earlier days."""
    there = [row for row in rows if day is None or row.on is None or row.on <= day]
    latest: dict[tuple[int, int, str | None], Said] = {}
    for row in there:
        key = (row.first, row.last, row.area)
        back = [one.on or date.min for one in there if one.takes_back and (one.first, one.last, one.area) == key]
        if row.takes_back or any(on > (row.on or date.min) for on in back):
            continue
        other = latest.get(key)
        if other is None or (not row.is_estimate, row.on or date.min) > (not other.is_estimate, other.on or date.min):
            latest[key] = row
    return list(latest.values())


def town_flow(aim: Aim, rows: list[Said]) -> list[Sum]:
    """A flow's sums: the town's value and its cumulative where it gives them, else those of the areas, each area
    summed by itself first. Value and cumulative stand apart, for one may lack areas that the other has."""
    reporters = {row.area for row in rows if row.area is not None}
    own = {
        area: official_first(
            [
                Sum(r.first, r.last, r.value, r.cumulative, False, r.is_estimate, r.on or date.min)
                for r in rows
                if r.area == area
            ]
        )
        for area in (*aim.areas, *reporters, NEW)
    }
    if aim.merged_after:
        old = [row for row in rows if row.area in aim.areas[:2]]
        before = [one for one in summed(aim, old, own, lambda _: aim.areas[:2]) if one.last <= aim.merged_after]
        said = {(one.first, one.last) for one in own[NEW]}
        own[NEW] += official_first([one for one in before if (one.first, one.last) not in said])
    return official_first(summed(aim, rows, own, lambda last: aim.areas_at(last) or tuple(reporters)))


def summed(
    aim: Aim, rows: list[Said], own: dict[str, list[Sum]], areas_at: Callable[[int], tuple[str, ...]]
) -> list[Sum]:
    """What each stretch of the rows comes to: by the town's own word, else by the areas that are there at its end."""
    sums = []
    for first, last in sorted({(row.first, row.last) for row in rows}):
        every = areas_at(last)
        here = [row for row in rows if (row.first, row.last) == (first, last)]
        whole = next((row for row in here if row.area is None), None)
        parts = [row for row in here if row.area is not None]
        has_cumulative = any(row.cumulative is not None for row in parts)
        laid = [best(own[area], 1, last) for area in every]
        reached = [one for one in laid if not one.gaps] if has_cumulative else []
        of_town = whole is not None and whole.value is not None and (whole.cumulative is not None or not reached)
        used = [row for row in here if row.area is None or not of_town]
        is_estimate = any(row.is_estimate for row in used)
        on = max(row.on or date.min for row in used)
        if whole is not None and whole.value is not None:
            sums.append(Sum(first, last, whole.value, None, False, is_estimate, on))
        elif parts:
            values = [in_full(aim, own[area], first, last) for area in every]
            if any(value is not None for value in values):
                total = sum((value for value in values if value is not None), Fraction(0))
                sums.append(Sum(first, last, total, None, None in values, is_estimate, on))
        if whole is not None and whole.cumulative is not None:
            sums.append(Sum(first, last, None, whole.cumulative, False, is_estimate, on))
        elif reached:
            total = sum((one.total for one in reached), Fraction(0))
            sums.append(Sum(first, last, None, total, len(reached) < len(every), is_estimate, on))
    return sums


def official_first(sums: list[Sum]) -> list[Sum]:
    """Without the estimates of several months whose months are there officially, some of them no earlier."""
    official = [one for one in sums if not one.is_estimate and not one.is_short]

    def is_outdone(one: Sum, first: int) -> bool:
        if not one.is_estimate or first == one.last:
            return False
        laid = best(official, first, one.last)
        return not laid.gaps and max(used.on for used, _ in laid.used) >= one.on

    found = []
    for one in sums:
        value = None if one.value is None or is_outdone(one, one.first) else one.value
        cumulative = None if one.cumulative is None or is_outdone(one, 1) else one.cumulative
        if value is not None or cumulative is not None:
            found.append(replace(one, value=value, cumulative=cumulative))
    return found


def in_full(aim: Aim, sums: list[Sum], first: int, last: int) -> Fraction | None:
    """The sum over the months if all of it is known, as it stands or as a difference of two sums from January; a difference
    below 0 only of what can fall."""
    only_months = first == last
    here = best(sums, first, last, only_months=only_months)
    if not here.gaps:
        return here.total
    until = best(sums, 1, last, only_months=only_months)
    before = best(sums, 1, first - 1, only_months=only_months)
    if until.gaps or before.gaps or (until.total < before.total and not aim.can_fall):
        return None
    return until.total - before.total


def town(aim: Aim, rows: list[Said]) -> list[Sum]:
    """A whole-town figure is used where there is one, else the areas add up."""
    sums = []
    for first, last in sorted({(row.first, row.last) for row in rows}):
        here = [row for row in rows if (row.first, row.last) == (first, last)]
        whole = [row for row in here if row.area is None]
        if whole:
            one = whole[0]
            value = one.value
            if one.numerator is not None and one.denominator is not None:
                value = rate(aim, [one])
            sums.append(Sum(first, last, value, one.cumulative, False, one.is_estimate, one.on or date.min))
            continue
        is_short = any(area not in [row.area for row in here] for area in aim.areas_at(last))
        if all(row.numerator is not None for row in here):
            sums.append(Sum(first, last, rate(aim, here), None, is_short))
        elif not aim.is_percent:
            values = [row.value for row in here if row.value is not None]
            cumulatives = [row.cumulative for row in here if row.cumulative is not None]
            value = sum(values, Fraction(0)) if len(values) == len(here) else None
            cumulative = sum(cumulatives, Fraction(0)) if len(cumulatives) == len(here) else None
            if value is not None or cumulative is not None:
                sums.append(Sum(first, last, value, cumulative, is_short))
    return sums


def rate(aim: Aim, rows: list[Said]) -> Fraction:
    """Σ numerator ÷ Σ denominator."""
    above = sum((row.numerator for row in rows if row.numerator is not None), Fraction(0))
    below = sum((row.denominator for row in rows if row.denominator is not None), Fraction(0))
    return above / below * (100 if aim.is_percent else 1)


def rate_of_the_year(
    aim: Aim, rows: list[Said], first: int, last: int, day: date | None
) -> tuple[Fraction | None, Fraction | None]:
    """Σ numerator ÷ Σ denominator of the months that have both, since January and within the months asked for."""
    by_month = {month: [row for row in known(rows, day) if row.last == month] for month in range(1, last + 1)}
    made = {month: here for month, here in by_month.items() if here and all(row.numerator is not None for row in here)}
    since, within = ([row for m, here in made.items() if m >= begin for row in here] for begin in (1, first))
    return rate(aim, since) if since else None, rate(aim, within) if within else None


# Flows


@dataclass(frozen=True)
class Laid:
    """One way to make up a sum: what it comes to, the months not in it, the stretches used and where each begins."""

    total: Fraction
    gaps: tuple[int, ...]
    used: tuple[tuple[Sum, int], ...]
    reach: int


def ways(sums: list[Sum], first: int, last: int, *, only_months: bool = False) -> Iterator[Laid]:
    """Every way to make up months `first` to `last`: a cumulative or none at the start, then any stretches of
    several months that fit, then single months for the rest."""
    starts: list[Sum | None] = []
    if first == 1:
        starts += [one for one in sums if one.cumulative is not None and one.last <= last]
    for start in (*starts, None):
        begin = start.last + 1 if start else first
        longer = [
            one
            for one in sums
            if one.value is not None and one.first < one.last and one.first >= begin and one.last <= last
        ]
        for choice in product([False, True], repeat=0 if only_months else len(longer)):
            chosen = [one for one, is_in in zip(longer, choice, strict=False) if is_in]
            covered = [month for one in chosen for month in range(one.first, one.last + 1)]
            if len(covered) != len(set(covered)):
                continue
            total, gaps, used = Fraction(0), [], [(one, one.first) for one in chosen]
            if start is not None and start.cumulative is not None:
                total += start.cumulative
                used.append((start, 1))
            for one in chosen:
                total += one.value or 0
            for month in range(begin, last + 1):
                if month in covered:
                    continue
                own = [one for one in sums if (one.first, one.last) == (month, month) and one.value is not None]
                if own:
                    total += own[0].value or 0
                    used.append((own[0], month))
                else:
                    gaps.append(month)
            open_months = set(gaps)
            reach = max((m for m in range(first, last + 1) if m not in open_months), default=0)
            yield Laid(total, tuple(gaps), tuple(used), reach)


def best(sums: list[Sum], first: int, last: int, *, only_months: bool = False) -> Laid:
    """As few months open, missing or short of areas, as can be; of those as few missing; no gap before a cumulative
    that can be used; then as few stretches; of equals the first, which has a cumulative."""

    def worth(way: Laid) -> tuple[int, int, list[int], int]:
        short = [month for one, begin in way.used if one.is_short for month in range(begin, one.last + 1)]
        return len(way.gaps) + len(short), len(way.gaps), [-gap for gap in way.gaps], len(way.used)

    return min(ways(sums, first, last, only_months=only_months), key=worth)


def in_period(aim: Aim, sums: list[Sum], first: int, last: int) -> Fraction | None:
    """The sum over the period: of the whole town if it can be, as it stands or as a difference of two sums from
    January; else of what there is. A stretch of several months gives a month nothing; two cumulatives do."""
    only_months = first == last
    full = in_full(aim, [one for one in sums if not one.is_short], first, last)
    if full is not None:
        return full
    here = best(sums, first, last, only_months=only_months)
    return here.total if here.used else None


def judged_flow(aim: Aim, sums: list[Sum], first: int, last: int, due: list[tuple[int, int]], is_silent: bool) -> Told:
    laid = best(sums, 1, last)
    last_due = due[-1][1] if due else 0
    if not laid.used:
        share = share_of(aim, 12 if last == 12 else last_due)
        status = "not_reported" if due else "not_due"
        return Told(status, expected_percent=100 * share, missing=tuple(due))
    at = laid.reach if is_silent else max(last_due, laid.reach)
    share = share_of(aim, at)
    value = laid.total
    gaps = set(laid.gaps)
    for one, begin in laid.used:
        if one.is_short:
            gaps |= set(range(begin, one.last + 1))
    missing: list[tuple[int, int]] = []
    for begin, end in due:
        open_months = [month for month in range(begin, end + 1) if month in gaps]
        if len(open_months) == end - begin + 1:
            missing.append((begin, end))
        else:
            missing += [(month, month) for month in open_months]
    missing += [(month, month) for month in range(last_due + 1, laid.reach) if month in gaps]
    if last_due < laid.reach and laid.reach in gaps:
        missing.append((laid.reach, laid.reach))
    is_short = any(month in gaps for month in range(1, at + 1))
    status = flow_status(aim, value, share, is_final=at == 12)
    return Told(
        status=at_least_proved(aim, value, status) if is_short else status,
        value=value,
        value_period=(laid.reach, laid.reach),
        in_period=in_period(aim, sums, first, last),
        cumulative=value,
        percent=None if aim.sense in CAPS and (is_short or at < 12) else percent(aim, value),
        expected_percent=100 * share,
        gap=gap(aim, value),
        projection=value / share if share >= Fraction(1, 10) else None,
        missing=tuple(missing),
        is_short=is_short,
    )


def share_of(aim: Aim, month: int) -> Fraction:
    return aim.shares[month - 1] if month else Fraction(0)


# Levels


def judged_level(aim: Aim, sums: list[Sum], last: int, due: list[tuple[int, int]], is_silent: bool) -> Told:
    """Its latest figure at or before the period's end; one that lacks areas only where no whole one is known."""
    here = [one for one in sums if one.value is not None and one.last <= last]
    if not here:
        return Told("not_reported" if due else "not_due", missing=tuple(due[-1:]))
    newest = max(here, key=lambda one: one.last)
    latest = max([one for one in here if not one.is_short] or here, key=lambda one: one.last)
    assert latest.value is not None
    stretch = (latest.first, latest.last)
    status = verdict(aim, latest.value, is_final=(latest.last if is_silent else last) == 12)
    return Told(
        status=at_least_proved(aim, latest.value, status) if latest.is_short else status,
        value=latest.value,
        value_period=stretch,
        percent=None if aim.sense in CAPS and latest.is_short else percent(aim, latest.value),
        gap=gap(aim, latest.value),
        missing=((newest.first, newest.last),) if newest.is_short else (),
        is_short=latest.is_short,
    )


# The table of the contract


FLOORS, CAPS = ("at_least", "above"), ("at_most", "below")


def bound(aim: Aim) -> Fraction:
    """Of a bound and an aim, the bound: the lower number of a floor, the higher one of a cap."""
    return aim.numbers[0] if aim.sense in FLOORS else aim.numbers[-1]


def percent(aim: Aim, actual: Fraction) -> Fraction | None:
    if aim.sense in FLOORS and bound(aim) > 0:
        return 100 * actual / bound(aim)
    if aim.sense in CAPS and aim.baseline is not None and aim.baseline > bound(aim):
        return 100 * (aim.baseline - actual) / (aim.baseline - bound(aim))
    return None


def gap(aim: Aim, actual: Fraction) -> Fraction | None:
    if aim.sense == "between":
        low, high = aim.numbers
        if actual < low:
            return actual - low
        return actual - high if actual > high else Fraction(0)
    return actual - bound(aim) if aim.numbers else None


def met(aim: Aim, actual: Fraction) -> bool | None:
    if aim.sense == "at_least":
        return actual >= bound(aim)
    if aim.sense == "above":
        return actual > bound(aim)
    if aim.sense == "at_most":
        return actual <= bound(aim)
    if aim.sense == "below":
        return actual < bound(aim)
    if aim.sense == "exactly":
        return actual == aim.numbers[0]
    if aim.sense == "between":
        return aim.numbers[0] <= actual <= aim.numbers[1]
    if aim.baseline is None:
        return None
    return actual > aim.baseline if aim.sense == "up" else actual < aim.baseline


def verdict(aim: Aim, actual: Fraction, *, is_final: bool) -> str:
    is_met = met(aim, actual)
    if is_met is None:
        return "not_assessed"
    if is_met and aim.sense == "at_least" and actual > aim.numbers[-1]:
        return "exceeded"
    if is_met and aim.sense == "at_most" and actual < aim.numbers[0]:
        return "exceeded"
    if is_met:
        return "met"
    return "not_met" if is_final else "not_yet"


def flow_status(aim: Aim, actual: Fraction, share: Fraction, *, is_final: bool) -> str:
    """Before December a flow is met only if it can no longer be missed: a floor reached."""
    if aim.sense == "down" and aim.baseline is not None and not is_final:
        return "not_yet"
    if is_final or aim.sense in ("up", "down") or (aim.sense in FLOORS and met(aim, actual)):
        return verdict(aim, actual, is_final=is_final)
    low, high = aim.numbers[0], aim.numbers[-1]
    enough = actual >= share * low * aim.tolerance
    if aim.sense in FLOORS:
        on_track = enough
    elif aim.sense in CAPS:
        on_track = actual * aim.tolerance <= share * high and met(aim, actual) is True
    else:
        on_track = enough and actual <= high
    return "on_track" if on_track else "behind"


def at_least_proved(aim: Aim, actual: Fraction, status: str) -> str:
    """What stands whatever is still missing, where nothing can take away from a sum."""
    if status == "not_assessed":
        return status
    if aim.is_percent or aim.can_fall:
        return "incomplete"
    if aim.sense in (*FLOORS, "up"):
        return status if status in ("on_track", "met", "exceeded") else "incomplete"
    edge = aim.baseline if aim.sense == "down" else aim.numbers[-1]
    assert edge is not None
    is_broken = actual >= edge if aim.sense in ("down", "below") else actual > edge
    return status if is_broken else "incomplete"
