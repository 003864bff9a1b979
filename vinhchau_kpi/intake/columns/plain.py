"""The plain rows of a long file, put into the ledger without being judged one by one."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import repeat

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.columns.blocks import Block, NotPlainError
from vinhchau_kpi.intake.columns.numbers import ODD, ONE, Memo, PackedNumbers
from vinhchau_kpi.intake.cut.delimited import CELL_LIMIT
from vinhchau_kpi.intake.cut.grid import Cell, Record
from vinhchau_kpi.intake.cut.header import SUBJECTS
from vinhchau_kpi.intake.cut.headings import column_key, is_passed_over
from vinhchau_kpi.intake.read.cells import NUMBER_COLUMNS, TAKEN_BACK, TAKES_BACK, UNCLEAR, Judged, clean, wants_back
from vinhchau_kpi.intake.read.printed import evidence_of_target
from vinhchau_kpi.intake.read.rows import Rows
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.intake.read.table import RowsBelow, Table
from vinhchau_kpi.ledger import LARGEST, NOTHING, SCALE, SHIFT, Ledger
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Indicator, Plan
from vinhchau_kpi.text import fold

LEAST = 1 << SHIFT
_Slot = tuple[array, array, array, int, int, int, array, array, int, int, array, dict[int, str]]  # type: ignore[type-arg]
"""Where the plain rows of one combination of words go, and what their numbers may be.

The lines, origins and values of their column; their origin; the largest packed value; what a packed value is a multiple
of, 0 where it may have decimals; the numerators and denominators; the origin of a figure that has these, 0 where it may not
have them; the largest quotient of the two in ten thousandths, 0 where there is none; where the rows without a number are
kept; the notes of the column. A bare tuple, for it is taken apart for every row.
"""


class PlainRows:
    """Puts the rows that need no judging into the ledger.

    A row is plain where its words (code, period, agency, date …) have been judged together and nothing was found, its area
    is known, and its numbers are digits that the unit can hold. `count` rows were put in, `blank` ones report nothing.
    `texts`: of each column that is not read, the first line that has text in it. `dates`: each date as it stands, and its
    first line.
    """

    def __init__(
        self, table: Table, below: RowsBelow, plan: Plan, convention: Convention, options: Options, ledger: Ledger
    ) -> None:
        self.table, self.below, self.plan, self.ledger = table, below, plan, ledger
        self.width = len(table.header.cells)
        self.rows = Rows(table, plan, convention, options.period, plan.span, options.areas_of(plan))
        numbers = [table.columns[name] for name in NUMBER_COLUMNS if name in table.columns]
        self.area = table.columns["area"]
        self.words = [at for name, at in table.columns.items() if at not in numbers and name not in ("area", "note")]
        self.unread = [at for at in range(self.width) if at not in table.columns.values()]
        suspects = [at for at in self.unread if not str(table.header.cells[at]).strip() and table.grid.delimiter == ","]
        self.blank = self.count = 0
        self.suspects = suspects
        self.texts: dict[int, int] = {}
        self.dates: dict[str, int] = {}
        self.other = None if options.numbers is not None else Evidence(convention.other.value)
        self.slots = Memo(self._slot)
        self.places = Memo(self._place)
        self.areas = Judged(self.rows.areas.named)
        self.is_timed = bool(plan.lives.limited)
        self.cells = PackedNumbers(convention)

    def parts(self, block: Block) -> Iterator[Block]:
        """A block in parts, each row of which an area is first met in by itself: once it is judged, those below it are plain."""
        cells = block.columns[self.area]
        self._ask_again()
        new = {cell for cell in set(cells) if self.places[cell, ""] < 0} if not self.plan.areas else set()
        first = sorted(map(cells.index, new))
        ends = [0, *(end for at in first for end in (at, at + 1)), len(cells)]
        if not first:
            yield block
            return
        for begin, end in itertools.pairwise(ends):
            if begin < end:
                yield block.between(begin, end)

    def _ask_again(self) -> None:
        """A row that was judged since may have made an area known."""
        for cells in [cells for cells, place in self.places.items() if place < 0] if not self.plan.areas else ():
            del self.places[cells]

    def put(self, block: Block) -> list[Record]:
        """Put the plain rows of a block into the ledger; returns the others."""
        lines, columns = block.lines, block.columns
        if not lines:
            return []
        known = self.slots.judged
        self._ask_again()
        slots = map(self.slots.__getitem__, zip(*(columns[at] for at in self.words), strict=True))
        of_when = columns[self.table.columns["period"]] if self.is_timed else repeat("")
        places = map(self.places.__getitem__, zip(columns[self.area], of_when, strict=False))
        values, cumulatives, numerators, denominators = (
            self.cells.packed(columns[self.table.columns[name]]) if name in self.table.columns else repeat(NOTHING)
            for name in NUMBER_COLUMNS
        )
        if not isinstance(cumulatives, repeat):
            values = [ODD if sum_ != NOTHING else value for value, sum_ in zip(values, cumulatives, strict=False)]
        notes = _notes(block.texts(self.table.columns["note"])) if "note" in self.table.columns else repeat("")
        if not isinstance(notes, repeat) and None in notes:
            values = [ODD if note is None else value for value, note in zip(values, notes, strict=False)]
        odd = self._put(zip(lines, slots, places, values, numerators, denominators, notes, strict=False))
        self._look_at_unread(block)
        if "reported_on" in self.table.columns and self.slots.judged > known:
            texts = block.texts(self.table.columns["reported_on"])
            for text in set(texts) - self.dates.keys():
                self.dates[text] = lines[texts.index(text)]
        return list(map(block.record, odd))

    def _put(self, rows: Iterable[tuple[int, _Slot | None, int, int, int, int, str | None]]) -> list[int]:
        """Put what is plain into its places; returns the lines of the others. Every row of a country goes through here
        once, so it is written out, and what most rows are is asked first."""
        odd: list[int] = []
        blank = put = 0
        for line, slot, place, value, numerator, denominator, note in rows:
            if slot is None or place < 0:
                odd.append(line)
                continue
            lines, origins, values, origin, most, step, numerators, denominators, parts_origin, limit, blanks, notes = (
                slot
            )
            if lines[place]:
                odd.append(line)
                continue
            if value >= 0:
                if value > most or numerator != NOTHING or denominator != NOTHING or (step and value % step >= LEAST):
                    odd.append(line)
                    continue
                values[place] = value
                origins[place] = origin
            elif value == numerator == denominator == NOTHING:
                blank += 1
                blanks.extend((place, line))
                continue
            elif (
                value != NOTHING
                or not (parts_origin and numerator >= 0 and denominator >= LEAST)
                or (limit and (numerator >> SHIFT) * 10_000 > (denominator >> SHIFT) * limit)
            ):
                odd.append(line)
                continue
            else:
                numerators[place] = numerator
                denominators[place] = denominator
                origins[place] = parts_origin
            lines[place] = line
            put += 1
            if note:
                notes[place] = note
        self.blank += blank
        self.count += put
        return odd

    def _look_at_unread(self, block: Block) -> None:
        """Note which columns that are not read have text in them; digits under no heading may be those behind a decimal
        comma, and then nothing in the file is plain."""
        for at in self.unread:
            cells = block.texts(at)
            if any(map(str.strip, cells)):
                if at in self.suspects or max(map(len, cells)) > CELL_LIMIT:
                    raise NotPlainError
                if any(column_key(text) in SUBJECTS for text in set(cells)):
                    raise NotPlainError  # It may be the header of another table.
                if at not in self.texts:
                    given = (line for line, cell in zip(block.lines, cells, strict=True) if cell.strip())
                    meant = (line for line in given if any(self.below.meant([block.record(line)])))
                    self.texts.update((at, line) for line in itertools.islice(meant, 1))

    def _place(self, cells: tuple[Cell, Cell]) -> int:
        """Where the area that a cell names stands in the ledger; -1 where that takes judging. Beside it stands the cell of the
        period, where an area lives for a time."""
        text, when = map(str, cells)
        # What `Rows` says of an area that it meets first, it says of the row that it is met in.
        is_known = self.rows.areas.known(clean(text))
        area = self.areas[text] if is_known and self._is_no_heading(text) else UNCLEAR
        if isinstance(area, str) and self.is_timed:
            period = self.plan.period(clean(when))
            area = self.plan.lives.of_one_name(area, period) if period is not None else None
            return -1 if area is None else self.ledger.place(area)
        return -1 if area is UNCLEAR else self.ledger.place(area)

    def _is_no_heading(self, cell: Cell) -> bool:
        text = str(cell)
        key = fold(text)
        is_heading = column_key(text) is not None or is_passed_over(text)
        return len(text) <= CELL_LIMIT and not (key and (is_heading or any(key in row for row in self.below.own)))

    def _slot(self, words: tuple[Cell, ...]) -> _Slot | None:
        """Where a row of these words goes: `Rows` judges it with a 1 for the number and without an area."""
        if not all(map(self._is_no_heading, words)):
            return None
        if "target" in self.table.columns:
            record = self._record(words, {})
            if evidence_of_target(record, self.table, self.plan) is self.other:
                return None
        value = self._probe(words, {"value": "1"}) if "value" in self.table.columns else None
        parts = None
        if {"numerator", "denominator"} <= self.table.columns.keys():
            parts = self._probe(words, {"numerator": "1", "denominator": "1"})
        figure = value or parts
        entry = self.plan.entries.get(figure.code) if figure is not None else None
        if figure is None or figure.withdrawn or entry is None or entry.indicator.target.achieved:
            return None
        if value is None and "value" in self.table.columns:
            return None
        date = self.table.columns.get("reported_on")
        is_dated = date is not None and bool(str(words[self.words.index(date)]).strip())
        return self._room(entry.indicator, figure, value, parts, is_dated=is_dated)

    def _room(
        self, indicator: Indicator, figure: Figure, value: Figure | None, parts: Figure | None, *, is_dated: bool
    ) -> _Slot | None:
        unit = self.plan.unit_of(indicator)
        if unit.min is not None and unit.min > 0:
            return None
        column = self.ledger.column(figure.code, figure.stretch)
        highest = min(
            [
                Decimal(LARGEST - 1),
                *([unit.max] if unit.max is not None else []),
                *(target.out_of for target in indicator.targets if target.out_of is not None),
            ]
        )
        most = int(highest * SCALE) << SHIFT | (1 << SHIFT) - 1
        if parts is not None:
            column.keep_parts()
        limit = 0
        if unit.max is not None:
            exact = unit.max * (100 if unit.is_percent else 10_000)
            if exact != int(exact) or exact <= 0:
                return None
            limit = int(exact)
        origin = self.ledger.origin(value) if value is not None else 0
        parts_origin = self.ledger.origin(parts) if parts is not None else 0
        # A blank row without a date of its own lies over no figure, and is forgotten.
        return (
            column.lines,
            column.origins,
            column.values,
            origin,
            most if value is not None else -1,
            ONE if unit.whole else 0,
            column.numerators,
            column.denominators,
            parts_origin,
            limit,
            self.ledger.blanks.setdefault(origin or parts_origin, array("I")) if is_dated else array("I"),
            column.notes,
        )

    def _probe(self, words: tuple[Cell, ...], numbers: dict[str, str]) -> Figure | None:
        """The figure that a row of these words and numbers gives; None where there is anything to say about it."""
        fitted = self.below.fitted(self._record(words, numbers))
        if isinstance(fitted, Finding):
            return None
        figures = list(self.rows.figures(fitted))
        if self.rows.findings:
            self.rows.forget()
            return None
        return figures[0] if figures else None

    def _record(self, words: tuple[Cell, ...], numbers: dict[str, str]) -> Record:
        cells: list[Cell] = [""] * self.width
        for at, cell in zip(self.words, words, strict=True):
            cells[at] = cell
        for name, text in numbers.items():
            cells[self.table.columns[name]] = text
        return Record(1, cells)


def _notes(cells: list[str]) -> list[str | None] | repeat[str]:
    """Notes as they are kept; None where there is more to say of one: it takes a figure back, or may be the digits behind a
    decimal comma."""
    if not any(cells):
        return repeat("")
    folded = fold("\n".join(cells))  # Most are sound: all at once are asked in a third of the time.
    may_take_back = any(words in folded for words in (*TAKES_BACK, *TAKEN_BACK))
    return [
        None if len(text) > CELL_LIMIT or text.isdigit() or (may_take_back and wants_back(text)) else text
        for text in map(clean, cells)
    ]
