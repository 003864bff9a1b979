"""A long file, CSV or workbook → a ledger, by columns: what takes no judging of a row by itself is never made one.

A row is plain where its code, period, agency, date and other words have been judged together and nothing was found,
its area is known, and its numbers are digits that the unit can hold. `Rows` itself judges each such combination once,
with a 1 for the number. All other rows, and every row that this module is not sure of, are judged by `Rows` one by
one as in a short file; a file that it is not sure of is read as a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from vinhchau_kpi import rules
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.finding import Finding, Findings
from vinhchau_kpi.intake.columns.blocks import BLOCK_BYTES, Block, LongFile, NotPlainError, SheetFile, TextFile
from vinhchau_kpi.intake.columns.numbers import K
from vinhchau_kpi.intake.columns.others import BlankAreas, OtherRows, WordSample, evidence_of
from vinhchau_kpi.intake.columns.plain import PlainRows
from vinhchau_kpi.intake.cut.grid import Cell, Record
from vinhchau_kpi.intake.cut.header import WIDTH_LIMIT
from vinhchau_kpi.intake.cut.headings import heading, is_passed_over, period_heading
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.open.signature import is_workbook
from vinhchau_kpi.intake.read.cells import are_day_first
from vinhchau_kpi.intake.read.convention import (
    Proof,
    because,
    convention_choice,
    doubtful_date,
    either_way,
    mixed_dates,
    witnesses,
)
from vinhchau_kpi.intake.read.header_columns import is_not_actual, may_be_index, unknown_column
from vinhchau_kpi.intake.read.how_read import with_columns
from vinhchau_kpi.intake.read.printed import Printed
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT, Options, Submission, nothing_reported, of_workbook
from vinhchau_kpi.intake.read.table import RowsBelow, Table, read_table
from vinhchau_kpi.intake.read.title import estimated_by_title
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.messages import N_
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Plan


def read_by_columns(source: InputFile, plan: Plan, options: Options, ledger: Ledger) -> Submission | None:
    """The figures of a long file, plain ones put into `ledger`; None, and nothing put there, for one that has to be read
    row by row."""
    if source.size is None or source.size > SIZE_LIMIT:
        return None
    areas = options.areas_of(plan)
    options = options._replace(areas=areas)
    before = areas.mark()
    mark = options.beyond.mark() if options.beyond is not None else {}

    def undo() -> None:
        """Leave nothing of a file that is read again in another way."""
        ledger.take_out(source.name)
        areas.go_back(before)
        if options.beyond is not None:
            options.beyond.go_back(mark)

    try:
        if is_workbook(next(source.blocks(BLOCK_BYTES), b"")):
            return _read_workbook(source, plan, options, ledger, undo)
        if options.encoding not in (None, Encoding.UTF_8):
            return None
        return ColumnReader(TextFile(source, options.encoding), plan, options, ledger).read()
    except (NotPlainError, OSError):
        undo()
        return None


def _read_workbook(
    source: InputFile, plan: Plan, options: Options, ledger: Ledger, undo: Callable[[], None]
) -> Submission | None:
    from vinhchau_kpi.intake.cut.workbook import read_workbook

    data, _ = source.read(SIZE_LIMIT)
    if data is None:
        return None
    opened = read_workbook(data, source.name, options.sheet)
    if opened.sheet is not None:
        try:
            return ColumnReader(SheetFile(opened, opened.sheet), plan, options, ledger).read()
        except NotPlainError:
            undo()
    # It has been opened and measured, which is not done twice.
    return of_workbook(opened, source.name, plan, options)


class ColumnReader:
    """Reads one long file. Raises `NotPlainError` where only reading it row by row can tell what it says; the caller then
    takes out of the ledger what was put in."""

    def __init__(self, file: LongFile, plan: Plan, options: Options, ledger: Ledger) -> None:
        self.file, self.plan, self.options, self.ledger = file, plan, options, ledger
        grid = self.grid = file.grid
        self.table = self._table()
        header_lines = [
            record for record in grid.records if record.line in {self.table.header.line, *self.table.heading_lines}
        ]
        self.below = RowsBelow(grid, self.table.header, header_lines)
        self.below.columns = self.table.columns

    def _table(self) -> Table:
        table, _ = read_table(self.grid, self.plan.span)
        if table is None or table.is_wide or not {"indicator", "period", "area"} <= table.columns.keys():
            raise NotPlainError
        has_numbers = "value" in table.columns or {"numerator", "denominator"} <= table.columns.keys()
        if not has_numbers or any(f.rule not in (rules.RAGGED_ROW, rules.UNKNOWN_COLUMN) for f in table.findings):
            raise NotPlainError
        # Headings of periods and comparisons say something of what stands below them, if anything does.
        says_more = table.estimated or estimated_by_title(table, self.plan.span) or _says_unit(table, self.plan)
        if len(table.header.cells) > WIDTH_LIMIT or says_more or any(map(_may_say_more, table.header.texts())):
            raise NotPlainError
        return replace(table, rows=[], findings=Findings(), ragged=0)

    # How numbers are written

    def _convention(self) -> tuple[Convention, Choice | None]:
        """As for a short file; but where it cannot be told, or is told in two ways, the file is read as one."""
        if self.options.numbers is not None:
            return self.options.numbers, convention_choice(self.options.numbers, N_("set by --numbers"))
        is_either = False
        odd: tuple[Convention, Choice] | None = None
        for proof, kind in self._proofs():
            is_either |= kind is Evidence.EITHER
            if kind in (Evidence.VI, Evidence.EN):
                convention = Convention(kind.value)
                if odd is not None and convention is not odd[0]:
                    raise NotPlainError
                found = odd or (convention, convention_choice(convention, because(proof), proof))
                if convention is Convention.VI or odd is not None or self.grid.delimiter != ";":
                    return found
                # One cell does not outweigh semicolons; a second one may follow.
                odd = found
        if self.grid.delimiter == ";" and odd is None:
            return Convention.VI, convention_choice(Convention.VI, N_("semicolons stand between the columns"))
        if is_either or odd is not None:
            raise NotPlainError
        return Convention.VI, either_way(self.grid)

    def _proofs(self) -> Iterator[tuple[Proof, Evidence]]:
        """What each cell proves of how numbers are written, in the order of the file."""
        at_all, has_begun = witnesses(self.table), False
        for block in self.file.blocks(self.table) if self.file.may_prove(self.table) else ():
            if block.others or any(_has_sign(block.columns[at]) for at in at_all):
                records = sorted([*self._records(block), *block.others], key=lambda record: record.line)
                for record in self.below.meant(records, has_begun=has_begun):
                    fitted = self.below.fitted(record)
                    if not isinstance(fitted, Finding):
                        for at, shown, kind in evidence_of(fitted, self.table, self.plan):
                            yield Proof(shown, self.table.place(record.line, at)), kind
            has_begun = True

    @staticmethod
    def _records(block: Block) -> Iterator[Record]:
        return (
            Record(line, list(cells)) for line, cells in zip(block.lines, zip(*block.columns, strict=True), strict=True)
        )

    # Reading

    def read(self) -> Submission:
        """The whole file; its figures are put into the ledger where they fit."""
        convention, numbers = self._convention()
        parts = self.table, self.below, self.plan, convention, self.options, self.ledger
        plain, others, words = PlainRows(*parts), OtherRows(*parts), WordSample(self.grid)
        areas = BlankAreas(self.table, self.below, others.rows.areas)
        for block in self.file.blocks(self.table):
            words.look(block)
            areas.look(block)
            for part in plain.parts(block):
                others.judge(sorted([*part.others, *plain.put(part)], key=lambda record: record.line))
        if words.are_spoiled() or areas.may_be_somebodys():
            raise NotPlainError
        if len(others.years - {0}) == 1 and self.plan.year not in others.years and not (plain.count or plain.blank):
            # A file of last year is one to compare with, one of another year may be set aside.
            raise NotPlainError
        in_ledger = plain.count + others.put
        findings = Findings(self.file.findings, self.options.beyond)
        findings.extend(self._unknown_columns(_earliest(others.texts, plain.texts)))
        findings.extend(others.ragged)
        findings.extend(others.rows.findings)
        dates = dict(sorted(_earliest(others.dates, plain.dates).items(), key=lambda date: date[1]))
        if mixed_dates(self.table, dates):
            raise NotPlainError
        if are_day_first(dates):
            self.ledger.settle_dates(self.grid.file)
            others.single = [figure._replace(month_first=None) for figure in others.single]
        if convention is Convention.EN:
            findings.extend(doubtful_date(self.table, dates))
        if not (in_ledger or others.single or findings.errors):
            findings.add(nothing_reported(self.table))
        how_read = replace(self.file.how_read, numbers=numbers, convention=convention if numbers else None)
        return Submission(
            self.grid.file,
            tuple(others.single),
            findings,
            plain.count + plain.blank + others.count,
            others.ragged.total + others.rows.left_out,
            self.table.title,
            with_columns(self.table, how_read),
            is_read=True,
            in_ledger=in_ledger,
            blanks=tuple(others.rows.blanks),
            ledger=self.ledger,
        )

    def _unknown_columns(self, texts: dict[int, int]) -> Iterator[Finding]:
        """Those that have text in them. `texts`: the first line that has, by column."""
        for at, text in enumerate(self.table.header.texts()):
            if at in texts and at not in self.table.columns.values() and not is_passed_over(heading(text)):
                if at == 0 and may_be_index(heading(text)):
                    # Whether it numbers the rows shows in all of them together.
                    raise NotPlainError
                yield unknown_column(heading(text), self.table.heading_place(at))


def _earliest(*lines: Mapping[K, int]) -> dict[K, int]:
    """The first line of each key."""
    found: dict[K, int] = {}
    for of_one in lines:
        for key, line in of_one.items():
            found[key] = min(line, found.get(key, line))
    return found


def _says_unit(table: Table, plan: Plan) -> bool:
    """Whether a unit stands above the table: whether it is that of a row may hang on the other rows."""
    return bool(Printed(table, plan, Convention.VI, is_of_plan_year=True).unit_above)


def _may_say_more(text: str) -> bool:
    return period_heading(heading(text)) is not None or is_not_actual(heading(text))


def _has_sign(cells: Sequence[Cell]) -> bool:
    """Whether a text may show how numbers are written."""
    joined = "".join([cell for cell in cells if isinstance(cell, str)])
    return "." in joined or "," in joined or not joined.isascii()
