"""The numbers of a row: what a cell states in a unit, and a rate held against its parts."""

from __future__ import annotations

from decimal import Decimal

from vinhchau_kpi import number, rules
from vinhchau_kpi.figure import ratio
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell
from vinhchau_kpi.intake.read.cells import REASONS, RowFault, last_digit, quoted, stated
from vinhchau_kpi.intake.read.convention import EXAMPLES
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Unit


def plain_number(cell: Cell, column: str, convention: Convention, *, percent: bool = False) -> Decimal:
    """The number of a cell; `percent`: it may say so. Raises `RowFault` for what is none."""
    value = stated(cell, percent) if isinstance(cell, NumberCell) else number.read(cell, convention, percent=percent)
    if isinstance(value, number.Fault):
        example = EXAMPLES[convention]
        args = {"example": example} if value is number.Fault.OTHER_CONVENTION else {}
        reason = Message(REASONS[value], args)
        raise RowFault(rules.BAD_NUMBER, column, value=quoted(cell), reason=reason, example=example)
    return value


def number_in(cell: Cell, column: str, unit: Unit, convention: Convention) -> Decimal:
    """The number of a cell that the unit can hold. Raises `RowFault` for any other."""
    value = plain_number(cell, column, convention, percent=unit.is_percent)
    low = Decimal(0) if unit.min is None else unit.min
    name = unit.name
    if value < 0 <= low:
        raise RowFault(rules.NEGATIVE, column, value=value, unit=name)
    if unit.whole and value != value.to_integral_value():
        raise RowFault(rules.FRACTION_IN_WHOLE_UNIT, column, value=value, unit=name)
    if value < low or (unit.max is not None and value > unit.max):
        high = unit.max if unit.max is not None else "…"
        raise RowFault(rules.OUT_OF_RANGE, column, value=value, min=low, max=high, unit=name)
    return value


def part_of_rate(cell: Cell, column: str, convention: Convention) -> Decimal:
    """A numerator or denominator. Raises `RowFault` where it is no number of 0 or more."""
    value = plain_number(cell, column, convention)
    if value < 0:
        reason = Message(N_("it cannot be below 0"))
        raise RowFault(rules.INCOMPLETE_RATE, column, reason=reason)
    return value


def check_rate(
    unit: Unit, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, text: object
) -> None:
    """Raise `RowFault` where the parts of a rate are not both there, or do not give its value, which stands as `text`."""
    reasons = {
        N_("the denominator is missing"): denominator is None,
        N_("the numerator is missing"): numerator is None,
        N_("the denominator is 0"): denominator == 0,
        N_("its unit is not a rate"): not unit.is_rate,
    }
    for sentence, holds in reasons.items():
        if holds:
            column = "numerator" if numerator is None else "denominator"
            raise RowFault(rules.INCOMPLETE_RATE, column, reason=Message(sentence))
    assert numerator is not None and denominator is not None
    computed = ratio(numerator, denominator, unit.is_percent)
    if unit.max is not None and computed > unit.max:
        low = Decimal(0) if unit.min is None else unit.min
        raise RowFault(rules.OUT_OF_RANGE, "numerator", value=computed, min=low, max=unit.max, unit=unit.name)
    if value is not None and abs(computed - ratio(value, Decimal(1), percent=False)) >= last_digit(value):
        args = {"value": text, "numerator": numerator, "denominator": denominator, "computed": computed}
        raise RowFault(rules.RATE_DISAGREES, "value", **args)
