"""Running totals typed as what came about within a period.

Two readings of a flow's figures are held against each other: each is of its own period, or it is the sum since the
year's start. A figure is doubted where the second makes the months more alike and fits the plan better.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from vinhchau_kpi.checks.series import Given, median, rounded, times_apart

ALIKE = 3
"""How many times the usual month what a total adds may be."""
UNLIKE = Fraction(5, 2)
"""How many times the usual month a figure must be to be taken for a total."""
BEYOND = Fraction(3, 2)
"""How many times the largest of the months before it, likewise."""
ROUNDED = Fraction(1, 10)
"""Part of the sum so far by which a total may be above it where hardly anything is expected."""
ENOUGH = 3
"""Fewer months say what is usual only together with the target."""
LEAST_SCORE, LEAST_OF_TWO = 2, 3
"""How many times better the reading as totals must explain a whole series; and two figures, of which the target alone says
what is usual."""


class Total(NamedTuple):
    """A figure that may be a running total.

    before   the sum of what stands before it
    instead  what the period itself would have, if it is one
    usual    what is usual for the period
    """

    given: Given
    before: Fraction
    instead: Fraction
    usual: Fraction

    @property
    def evidence(self) -> dict[str, Fraction]:
        """What a sentence says of it."""
        return {"before": self.before, "usual": rounded(self.usual)}


def running_totals(flows: Sequence[Given]) -> list[Total]:
    """The figures of one area that look like sums since the year's start. `flows`: in the order of their ends."""
    laid = laid_out(flows)
    return _all_of(laid) or _after_months(laid)


def months_as_totals(flows: Sequence[Given]) -> list[Total]:
    """The cumulatives that are less than what stands before them, and near what one period usually has. `instead` is the sum
    that they would make."""
    found = []
    for one in flows:
        if not one.is_cumulative or not one.value:
            continue
        months = laid_out([other for other in flows if other.end < one.end])
        paces = [month.pace for month in months if month.share]
        before = sum((month.value for month in months), Fraction(0))
        own = one.until - months[-1].until if months else one.until
        if not paces or not own or one.value >= before:
            continue
        usual = median(paces) * own
        if times_apart(one.value, usual) <= min(Fraction(ALIKE), times_apart(one.value, before)):
            found.append(Total(one, before, before + one.value, usual))
    return found


def laid_out(flows: Sequence[Given]) -> list[Given]:
    """What came about in one stretch after the other, without those in which nothing did: of a longer stretch or a cumulative
    what it has more than the ones before it."""
    laid: list[Given] = []
    end, until, total = 0, Fraction(0), Fraction(0)
    for one in flows:
        if one.begin < end:
            if one.begin > 0 or one.end == end or one.value < total:
                continue
            new = one._replace(value=one.value - total, begin=end, share=one.until - until)
        else:
            new = one
        if new.value:
            laid.append(new)
        end, until, total = one.end, one.until, total + new.value
    return laid


def _all_of(flows: Sequence[Given]) -> list[Total]:
    """Every figure from the first on, where they never fall and read better as totals."""
    pairs = list(itertools.pairwise(flows))
    if len(flows) < 2 or not all(map(_is_own, flows)) or any(later.value < one.value for one, later in pairs):
        return []
    first, last = flows[0], flows[-1]
    added = [(first.value, first.until), *((later.value - one.value, later.until - one.until) for one, later in pairs)]
    as_totals = [value / share for value, share in added if share and value]
    as_months = [one.pace for one in flows if one.share]
    if len(as_totals) < 2 or len(as_months) < 2:
        return []
    score = max(as_months) / min(as_months) * min(as_totals) / max(as_totals)
    if last.target is not None and last.until:
        together = sum((one.value for one in flows), Fraction(0))
        covered = sum((one.share for one in flows), Fraction(0))
        if covered:
            score *= times_apart(together, last.target * covered) / times_apart(last.value, last.target * last.until)
    if score < (LEAST_SCORE if len(flows) > 2 else LEAST_OF_TWO):
        return []
    pace = median(as_totals)
    return [Total(later, one.value, later.value - one.value, pace * later.share) for one, later in pairs]


def _is_own(one: Given) -> bool:
    """Whether it was reported as what came about within its own stretch."""
    return not one.is_cumulative and one.begin == one.figure.period.first - 1


def _after_months(flows: Sequence[Given]) -> list[Total]:
    """Figures that are the sum of all before them and a usual month more."""
    found: list[Total] = []
    months: list[Given] = []
    for at, one in enumerate(flows):
        # Totals never fall, so what is less later is a month.
        total = (
            None
            if not _is_own(one)
            else _total(one, months, [*months, *(later for later in flows[at + 1 :] if later.value < one.value)])
        )
        if total is not None:
            found.append(total)
        months.append(one if total is None else one._replace(value=total.instead))
    return found


def _total(one: Given, months: Sequence[Given], beside: Sequence[Given]) -> Total | None:
    """A figure as a total of the `months` before it. `beside`: all that say what a month usually has."""
    before = sum((month.value for month in months), Fraction(0))
    paces = [month.pace for month in beside if month.share and month.value]
    if len(months) < 2 or len(paces) < 2 or one.value < before:
        return None
    pace = median(paces)
    usual, largest = pace * one.share, max(paces) * one.share
    covered = sum((month.share for month in months), Fraction(0))
    adds = one.value - before
    is_near = adds <= max(ALIKE * pace * (one.until - covered), ROUNDED * before)
    if not is_near or one.value < max(UNLIKE * usual, BEYOND * largest):
        return None
    if len(paces) < ENOUGH and (one.step is None or one.value < UNLIKE * one.step):
        return None
    return Total(one, before, adds, usual)
