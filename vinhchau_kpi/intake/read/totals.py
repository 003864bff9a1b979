"""Longer periods beside shorter ones in one row: which may be a sheet's own sums of what is there."""

from __future__ import annotations

from decimal import Decimal

from vinhchau_kpi import number
from vinhchau_kpi.intake.cut.grid import NumberCell, Record
from vinhchau_kpi.intake.read.cells import clean, reported, stated
from vinhchau_kpi.intake.read.header_columns import PeriodColumns
from vinhchau_kpi.messages import N_
from vinhchau_kpi.number import Convention
from vinhchau_kpi.period import Span


class Totals:
    """The periods of one wide table. `over`: of each that has shorter ones within it, which they are, and whether they
    make all of its months."""

    def __init__(self, periods: tuple[PeriodColumns, ...], year: Span, convention: Convention) -> None:
        self.periods, self.convention = periods, convention
        self.over = totals_over(periods, year)

    def in_part(self, record: Record) -> dict[int, str]:
        """The periods that may be sums of only some of their months, and why.

        A longer period whose months all have a column is taken where these are all filled in (and then must agree), or none is
        and it is not 0, which is what a sum of nothing looks like. One with months that the table has no column for is the
        sender's own figure, unless it is just the sum of the columns beside it.
        """
        filled = [self._is_filled(record, of_period) for of_period in self.periods]
        found = {}
        for at, (within, is_covered) in self.over.items():
            inside = [filled[other] for other in within]
            if not filled[at] or (is_covered and all(inside)):
                continue
            if (any(inside) and is_covered) or (not any(inside) and self._is_zero(record, self.periods[at])):
                found[at] = N_("months of it are blank beside it, so it may be the sum of only the others")
            elif not is_covered and self._is_sum(record, at, within):
                found[at] = N_("it is just the sum of the columns beside it, which are not all of its months")
        return found

    def any_filled(self, record: Record) -> bool:
        """Whether a row has a number for any of its periods."""
        return any(self._is_filled(record, of_period) for of_period in self.periods)

    def _is_sum(self, record: Record, at: int, within: list[int]) -> bool:
        """Whether the value of a period is the sum of two or more shorter ones beside it."""
        outer = [one for one in within if not any(one in self.over.get(other, ([],))[0] for other in within)]
        parts = [part for one in outer if (part := self._stated(record, one)) is not None]
        return len(parts) > 1 and self._stated(record, at) == sum(parts)

    def _stated(self, record: Record, at: int) -> Decimal | None:
        """The number that a row has for the value of a period; None where it has none."""
        column = self.periods[at].columns.get("value")
        cell = "" if column is None else record.cells[column]
        if isinstance(cell, NumberCell):
            found = stated(cell, percent=False)
        else:
            found = number.read(clean(cell), self.convention)
        return found if isinstance(found, Decimal) else None

    def _is_filled(self, record: Record, of_period: PeriodColumns) -> bool:
        cells = (record.cells[at] for at in of_period.columns.values())
        return any(reported(clean(cell) if isinstance(cell, str) else cell) for cell in cells)

    def _is_zero(self, record: Record, of_period: PeriodColumns) -> bool:
        cells = [record.cells[at] for at in of_period.columns.values()]
        return all(not any(c in "123456789" for c in str(cell)) for cell in cells)


def totals_over(period_columns: tuple[PeriodColumns, ...], year: Span) -> dict[int, tuple[list[int], bool]]:
    """Of each period that has shorter ones within it: which they are, and whether they make all of its months."""
    months = [
        frozenset((period.year, n) for n in range(period.first, period.last + 1)) if period else frozenset()
        for period in (of_period.period(year) for of_period in period_columns)
    ]
    found = {}
    for at, whole in enumerate(months):
        if len(whole) > 1:
            within = [other for other, part in enumerate(months) if part and part < whole]
            if within:
                found[at] = within, frozenset().union(*(months[other] for other in within)) == whole
    return found
