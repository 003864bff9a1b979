"""The rows of a long file that are judged one by one, and its words, whose letters may be spoiled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import repeat

from vinhchau_kpi import number
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.columns.blocks import Block, NotPlainError, is_ascii
from vinhchau_kpi.intake.columns.numbers import Memo
from vinhchau_kpi.intake.cut.delimited import CELL_LIMIT
from vinhchau_kpi.intake.cut.grid import Grid, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.cut.spoiled import ROWS as LOOKED_THROUGH
from vinhchau_kpi.intake.cut.spoiled import spoiled
from vinhchau_kpi.intake.read.blanks import Line, headed, line_of
from vinhchau_kpi.intake.read.convention import witnesses
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.intake.read.printed import evidence_of_target
from vinhchau_kpi.intake.read.rows import Rows
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.intake.read.table import RowsBelow, Table
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import fold, nfc, unquoted


def evidence_of(record: Record, table: Table, plan: Plan) -> Iterator[tuple[int, str, Evidence]]:
    """What each text of a row proves of how numbers are written, from left to right: its column, itself, the evidence. The
    numbers that a workbook states as such prove nothing."""
    target = table.columns.get("target")
    for at in sorted(witnesses(table)):
        cell = record.cells[at]
        if isinstance(cell, str):
            shown = unquoted(nfc(cell))
            yield at, shown, evidence_of_target(record, table, plan) if at == target else number.evidence(shown)


class WordSample:
    """The words of the first rows, to see whether their letters are spoiled. Each different cell is looked at once."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.records = [record for record in grid.records if record.line <= HEADER_WITHIN]
        self.seen: set[str] = set()
        self.rows = len(self.records)

    def look(self, block: Block) -> None:
        if self.rows >= LOOKED_THROUGH:
            return
        if not block.is_ascii:
            found = [
                (record.line, at, cell)
                for record in block.others
                for at, cell in enumerate(record.cells)
                if isinstance(cell, str)
            ]
            for at, cells in enumerate(block.columns):
                new = {cell for cell in cells if isinstance(cell, str)} - self.seen
                found += [(block.lines[cells.index(cell)], at, cell) for cell in new if not is_ascii(cell)]
                self.seen |= new
            # One line more could be what makes spoiled words too few to be believed.
            self.records += [
                Record(line, [*repeat("", at), cell]) for line, at, cell in sorted(found) if line <= LOOKED_THROUGH
            ]
        self.rows += len(block.lines) + len(block.others)

    def are_spoiled(self) -> bool:
        return bool(spoiled(replace(self.grid, records=self.records)))


class BlankAreas:
    """Whether a long file leaves an area blank where that may be somebody's: what `blanks` says of it takes all its rows."""

    def __init__(self, table: Table, below: RowsBelow, areas: Areas) -> None:
        self.table, self.below, self.areas = table, below, areas
        self.code, self.area = table.columns["indicator"], table.columns["area"]
        self.named: set[str] = set()
        self.blank: set[str] = set()
        """The codes of rows that name an area, and of those that leave it blank below one."""
        self.names: set[str] = set()
        self.begins_blank = self.is_below = self.is_headed = False
        self.stand_apart = True
        self._above: Line | None = None

    def look(self, block: Block) -> None:
        areas, codes = set(map(str.strip, block.texts(self.area))), set(map(str.strip, block.texts(self.code)))
        if not block.others and "" not in codes and len(block.lines) > HEADER_WITHIN:
            if "" not in areas and all(map(self.areas.is_own, areas)):
                self.stand_apart = False
                self._name(codes, areas, block.record(block.lines[-1]))
                return
            if areas == {""} and not self.names:
                self.begins_blank = True
                return
        records = sorted([*map(block.record_at, range(len(block.lines))), *block.others], key=lambda one: one.line)
        fitted = map(self.below.fitted, self.below.meant(records, has_begun=True))
        self._rows([one for one in fitted if isinstance(one, Record)])

    def _rows(self, records: list[Record]) -> None:
        lines = [line_of(self.table, self.areas, record) for record in records]
        for record, line, following in zip(records, lines, [*lines[1:], None], strict=False):
            if line.of is None or not line.of[0]:
                self.is_headed |= line.of is not None or headed(self.table, self.areas, record) is not None
            elif line.is_own:
                self.stand_apart &= not (self._above and self._above.is_own)
                self._name({line.of[0]}, {line.area}, record)
                continue
            elif not line.area and not self.names:
                self.begins_blank = True
            elif not line.area:
                self.is_below = True
                self.blank |= set() if line.begins_list(following) else {line.of[0]}
            self._above = line if line.of is not None else self._above

    def _name(self, codes: set[str], areas: set[str], last: Record) -> None:
        self.named |= set(map(fold, codes))
        self.names |= set(map(fold, areas)) if len(self.names) < 2 else set()
        self._above = line_of(self.table, self.areas, last)

    def may_be_somebodys(self) -> bool:
        is_once = not self.begins_blank and (self.stand_apart or len(self.names) == 1)
        if self.is_headed:
            return self.is_below or self.begins_blank
        return (self.is_below and is_once) or not self.blank.isdisjoint(self.named)


class OtherRows:
    """Rows that are judged one by one. Their figures go into the ledger where they fit."""

    def __init__(
        self, table: Table, below: RowsBelow, plan: Plan, convention: Convention, options: Options, ledger: Ledger
    ) -> None:
        self.table, self.below, self.ledger = table, below, ledger
        self.rows = Rows(
            table, plan, convention, options.period, plan.span, options.areas_of(plan), Findings(beyond=options.beyond)
        )
        self.other = None if options.numbers is not None else Evidence(convention.other.value)
        self.date = table.columns.get("reported_on")
        self.single: list[Figure] = []
        self.ragged = Findings(beyond=options.beyond)
        self.dates: dict[str, int] = {}
        self.texts: dict[int, int] = {}
        """Of each column that is not read, the first line that has text in it."""
        self.years: set[int | None] = set()
        """Those that their periods say; 0 where one says none, None where it is of none."""
        self.year_of: Memo[str, int | None] = Memo(
            lambda text: plan.span.number(found) if (found := plan.period(text)) else 0
        )
        self.count = self.put = 0
        self._has_begun = False

    def judge(self, records: Iterable[Record]) -> None:
        for record in self.below.meant(records, has_begun=self._has_begun):
            self._has_begun = True
            self.count += 1
            if self.below.is_other_header(record) or any(len(str(cell)) > CELL_LIMIT for cell in record.cells):
                raise NotPlainError
            for at, cell in enumerate(record.cells):
                if str(cell).strip():
                    self.texts.setdefault(at, record.line)
            fitted = self.below.fitted(record)
            if isinstance(fitted, Finding):
                self.ragged.add(fitted)
                continue
            self._row(fitted)
        # The first lines have all been here; what is left of the file has a row above it.
        if not self._has_begun:
            raise NotPlainError

    def _row(self, record: Record) -> None:
        self.years.add(self.year_of[unquoted(nfc(str(record.cells[self.table.columns["period"]])))])
        if self.date is not None:
            self.dates.setdefault(str(record.cells[self.date]).strip(), record.line)
        of_row = evidence_of(record, self.table, self.rows.plan) if self.other is not None else ()
        if any(kind is self.other for _, _, kind in of_row):
            raise NotPlainError
        for figure in self.rows.figures(record):
            if self.ledger.put(figure):
                self.put += 1
            else:
                self.single.append(figure)
