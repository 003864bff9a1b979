"""How far a printed number may be off for having been rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def slack(value: Decimal | None) -> Fraction:
    """One unit of the last printed decimal of a figure: a count has none to spare for rounding but 1."""
    if value is None:
        return Fraction(0)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** min(exponent, 0)
