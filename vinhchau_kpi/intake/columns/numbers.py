"""Columns of cells → packed numbers, as the ledger keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import TypeVar

from vinhchau_kpi import number
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell
from vinhchau_kpi.intake.read.cells import REMEMBERED
from vinhchau_kpi.ledger import LARGEST, NOTHING, PLACES, SCALE, SHIFT
from vinhchau_kpi.number import Convention

ONE = SCALE << SHIFT
"""The packed number 1."""
ODD = -2
"""A cell that is no plain number."""
DIGITS = len(str(LARGEST)) - 1
K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """What each key means, found once."""

    def __init__(self, judge: Callable[[K], V]) -> None:
        self.judge = judge
        self.judged = 0

    def __missing__(self, key: K) -> V:
        self.judged += 1
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[key] = self.judge(key)
        return found


class PackedNumbers:
    """Cells of digits, with or without decimals and groups, as packed numbers; `ODD` for what is none of these, `NOTHING`
    for a blank."""

    def __init__(self, convention: Convention) -> None:
        self.point, self.group = (",", ".") if convention is Convention.VI else (".", ",")
        group, point = re.escape(self.group), re.escape(self.point)
        self.grouped = re.compile(rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+(?:{point}[0-9]+)?")
        line = rf"(?:{self.grouped.pattern}|[^{group}\n]*)"
        self.all_grouped = re.compile(rf"{line}(?:\n{line})*")
        self.decimals = Memo(self._decimals)

    def _decimals(self, text: str) -> int:
        """What stands behind the decimal sign, packed; far below 0 where it is not one to six digits."""
        if not text:
            return 0
        is_plain = text.isascii() and text.isdigit() and len(text) <= PLACES
        scale: int = 10 ** (PLACES - len(text)) if is_plain else 0
        return int(text) * scale << SHIFT | len(text) if is_plain else -ONE * LARGEST * 2

    def written(self, cell: NumberCell) -> str:
        """A number that a workbook states, as a text would write it; “x” where there is more to say of it."""
        return "x" if cell.words or isinstance(cell.value, number.Fault) else str(cell).replace(".", self.point)

    def packed(self, column: Sequence[Cell]) -> Iterable[int]:
        cells = [cell if isinstance(cell, str) else self.written(cell) for cell in column]
        joined = "\n".join(cells)
        if joined.count("\n") >= len(cells):
            cells = ["x" if "\n" in cell else cell for cell in cells]
            joined = "\n".join(cells)
        if len(joined) == len(cells) - 1:
            return repeat(NOTHING)
        if not joined.isascii():
            cells = [cell if cell.isascii() else "x" for cell in cells]
            joined = "\n".join(cells)
        if self.group in joined:
            if self.all_grouped.fullmatch(joined):
                joined = joined.replace(self.group, "")
                cells = joined.split("\n")
            else:
                cells = [cell.replace(self.group, "") if self.grouped.fullmatch(cell) else cell for cell in cells]
        if max(map(len, cells)) > DIGITS:
            cells = [cell if len(cell.partition(self.point)[0]) <= DIGITS else "x" for cell in cells]
            joined = "\n".join(cells)
        if self.point not in joined:
            if joined.replace("\n", "").isdigit():
                return [int(cell) * ONE if cell else NOTHING for cell in cells]
            return [int(cell) * ONE if cell.isdigit() else ODD if cell else NOTHING for cell in cells]
        if joined.endswith(self.point) or f"{self.point}\n" in joined:
            cells = [cell if cell[-1:] != self.point else "x" for cell in cells]
        decimals = self.decimals
        return [
            int(whole) * ONE + decimals[end] if whole.isdigit() else ODD if whole or end else NOTHING
            for whole, _, end in map(str.partition, cells, repeat(self.point))
        ]
