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
from vinhchau_kpi.intake.read.convention import witnesses
from vinhchau_kpi.intake.read.printed import evidence_of_target
from vinhchau_kpi.intake.read.rows import Rows
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.intake.read.table import RowsBelow, Table
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import nfc, unquoted


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


class OtherRows:
    """Rows that are judged one by one. Their figures go into the ledger where they fit."""

    def __init__(
        self, table: Table, below: RowsBelow, plan: Plan, convention: Convention, options: Options, ledger: Ledger
    ) -> None:
        self.table, self.below, self.ledger = table, below, ledger
        self.rows = Rows(
            table, plan, convention, options.period, plan.year, options.areas_of(plan), Findings(beyond=options.beyond)
        )
        self.other = None if options.numbers is not None else Evidence(convention.other.value)
        self.date = table.columns.get("reported_on")
        self.single: list[Figure] = []
        self.ragged = Findings(beyond=options.beyond)
        self.dates: dict[str, int] = {}
        self.texts: dict[int, int] = {}
        """Of each column that is not read, the first line that has text in it."""
        self.years: set[int] = set()
        """Those that their periods say; 0 where one says none."""
        self.year_of: Memo[str, int] = Memo(lambda text: found.year if (found := plan.period(text)) else 0)
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
