"""A submission: one file of figures from an agency → `Figure`s and findings.

Every cell is judged on its own first (this module), figures against each other later (`checks`). A row with a
fault gives no figure and is counted. Each distinct text of a column is judged once.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from vinhchau_kpi import number, rules
from vinhchau_kpi.encoding import Encoding
from vinhchau_kpi.figures import Figure, Kind, SpotKey, key_of_period, ratio
from vinhchau_kpi.finding import Beyond, Finding, Findings, Place, Rule
from vinhchau_kpi.intake.delimited import read_delimited
from vinhchau_kpi.intake.files import Source
from vinhchau_kpi.intake.grid import Cell, Grid, NumberCell, Record, Taken
from vinhchau_kpi.intake.headings import COLUMN_NAMES, heading
from vinhchau_kpi.intake.signature import document, is_workbook
from vinhchau_kpi.intake.spoiled import spoiled
from vinhchau_kpi.intake.table import Spread, Table, read_table
from vinhchau_kpi.intake.text import decode
from vinhchau_kpi.ledger import Ledger
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.period import Period, is_day_first, parse_day
from vinhchau_kpi.plan import Commitment, Indicator, Party, Plan, Subject, Unit
from vinhchau_kpi.text import fold, nfc, unquoted

if TYPE_CHECKING:
    from vinhchau_kpi.intake.workbook import Opened

SIZE_LIMIT = 500_000_000
"""Bytes of a submission: some six million rows."""

REMEMBERED = 100_000
"""Texts of cells whose judgement is remembered: the same come back row after row."""
NOT_REPORTED = {"", "…", "...", ".."}
DASHES = {"-", "–", "—"}
YES = {"1", "co", "dat", "yes", "da dat", "da thuc hien", "true"}
NO = {"0", "khong", "chua", "chua dat", "khong dat", "no", "chua thuc hien", "khong thuc hien", "false"}
_SHEETS_OWN = {"đúng": "true", "sai": "false"}
"""How a Vietnamese sheet writes true and false. With their marks: without, “đúng” would be “dừng”."""
KINDS = {
    "estimate": Kind.ESTIMATE, "uoc": Kind.ESTIMATE, "uoc tinh": Kind.ESTIMATE, "uoc thuc hien": Kind.ESTIMATE,
    "official": Kind.OFFICIAL, "chinh thuc": Kind.OFFICIAL,
}  # fmt: skip
NUMBER_COLUMNS = ("value", "cumulative", "numerator", "denominator")
ILLUSTRATIVE = ("so lieu minh hoa", "illustrative figures")
"""Words of a title row that mark every figure of the file as made up for show."""

REASONS = {
    number.Fault.OTHER_CONVENTION: N_("this file writes numbers as {example}"),
    number.Fault.SEPARATORS: N_("its dots, commas or spaces are not where a number has them"),
    number.Fault.WORDS: N_("it has letters in it"),
    number.Fault.PERCENT: N_("its unit is not %"),
    number.Fault.EXPONENT: N_("it is written with an exponent"),
    number.Fault.OTHER_DIGITS: N_("it has digits other than 0 to 9"),
    number.Fault.FORMULA: N_("it is a formula, not its result"),
    number.Fault.TOO_LONG: N_("it has more than 18 digits"),
    number.Fault.NOT_A_NUMBER: N_("it has no digits"),
    number.Fault.ERROR_VALUE: N_("it is an error of the sheet's formula"),
    number.Fault.DATE: N_("it is a date; Excel may have turned a number into it"),
    number.Fault.SCALED: N_("its format hides thousands, so what is seen is not what is stored"),
    number.Fault.UNSEEN: N_("the cell shows nothing, but it holds this number"),
    number.Fault.NO_RESULT: N_("it is a formula that was never computed; open the file in Excel and save it"),
}
EXAMPLES = {Convention.VI: "1.234,5", Convention.EN: "1,234.5"}
SIGNS = {Convention.VI: N_("comma"), Convention.EN: N_("point")}


class Options(NamedTuple):
    """What the command line says of all files: how numbers are written, the period of rows that give none, the
    encoding of text, the sheet of workbooks. `keep_cells`: a file's cells are asked for, however long it is. `beyond`: where
    findings go that are too many to be kept."""

    numbers: Convention | None = None
    period: Period | None = None
    encoding: Encoding | None = None
    sheet: str | None = None
    keep_cells: bool = False
    beyond: Beyond | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file was read: what was taken of it, and what says so. None where the file is no such thing, or was not
    understood so far."""

    encoding: Taken | None = None
    delimiter: Taken | None = None
    sheet: str | None = None
    sheets_passed_over: tuple[str, ...] = ()
    is_xlsx: bool = False
    header: Place | None = None
    columns: tuple[tuple[str, str, Place], ...] = ()
    """Each column that is read: its name, the heading as it stands, and where that is."""
    periods: tuple[tuple[str, Place], ...] = ()
    """The headings of a wide table's periods, and where they stand."""
    convention: Convention | None = None
    """How its text writes numbers, once that is proved."""
    numbers: Taken | None = None
    number_columns: frozenset[int] = frozenset()
    """The columns, from 1, that hold figures or targets."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What one file gave.

    `rows` counts rows with something in them, `rows_left_out` those with a fault (in a wide table each faulty figure).
    `grid` is the file as it was cut into cells, None where that could not be done or, of a long file, was not asked for.
    """

    file: str
    figures: tuple[Figure, ...] = ()
    findings: Findings = field(default_factory=Findings)
    rows: int = 0
    rows_left_out: int = 0
    title: tuple[str, ...] = ()
    manner: Manner = Manner()
    grid: Grid | None = None
    is_read: bool = False
    """Whether its rows were read one by one; False where the file was stopped as a whole."""
    is_of_last_year: bool = False
    """Whether all its periods are of the year before the plan's: figures to compare with, not to report."""
    in_ledger: int = 0
    """How many more figures it gave, which stand in `ledger`."""
    ledger: Ledger | None = None

    @property
    def is_illustrative(self) -> bool:
        return any(words in fold(line) for line in self.title for words in ILLUSTRATIVE)

    @property
    def agencies(self) -> tuple[str, ...]:
        """By their ids."""
        return tuple(sorted({figure.agency for figure in self._origins if figure.agency}))

    @property
    def periods(self) -> tuple[Period, ...]:
        """By their last month, the longer before the shorter."""
        return tuple(
            sorted({figure.period for figure in self._origins}, key=lambda period: (period.last, period.first))
        )

    @property
    def count(self) -> int:
        """How many figures it gave."""
        return len(self.figures) + self.in_ledger

    @property
    def _origins(self) -> Iterator[Figure]:
        """Its figures; of those in the ledger what they have in common."""
        if self.ledger is not None:
            yield from self.ledger.by_file.get(self.file, ())
        yield from self.figures


def read_submission(source: Source, plan: Plan, options: Options) -> Submission:
    """Read one file whole. Nothing is raised for what is in it: faults come back as findings."""
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        return Submission(source.name, findings=Findings(findings))
    kind = document(data)
    if kind is not None:
        finding = Finding(rules.DOCUMENT_FILE, Place(source.name), {"kind": Message(kind)})
        return Submission(source.name, findings=Findings([finding]))
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return Submission(source.name, findings=Findings([Finding(rules.EMPTY_FILE, Place(source.name))]))
    if is_workbook(data):
        from vinhchau_kpi.intake.workbook import read_workbook

        return of_workbook(read_workbook(data, source.name, options.sheet), source.name, plan, options)
    decoded, findings = decode(data, source.name, options.encoding)
    if decoded is None:
        return Submission(source.name, findings=Findings(findings))
    return _of_text(decoded.text, source.name, Manner(encoding=decoded.taken), decoded.doubt, plan, options)


def of_workbook(opened: Opened, file: str, plan: Plan, options: Options) -> Submission:
    """The figures and findings of a workbook, row by row."""
    if opened.sheet is None:
        return Submission(file, findings=Findings(opened.findings))
    return _of_grid(opened.sheet.grid(), manner_of_workbook(opened), opened.findings, plan, options)


def manner_of_workbook(opened: Opened) -> Manner:
    sheet = opened.sheet.name if opened.sheet is not None else None
    return Manner(sheet=sheet, sheets_passed_over=opened.passed_over, is_xlsx=opened.is_xlsx)


def parse_submission(text: str, file: str, plan: Plan, options: Options) -> Submission:
    """The figures and findings of one text that a file held."""
    return _of_text(text, file, Manner(), None, plan, options)


def _of_text(text: str, file: str, manner: Manner, doubt: Finding | None, plan: Plan, options: Options) -> Submission:
    grid, findings = read_delimited(text, file)
    if grid is None:
        return Submission(file, (), Findings([doubt] if doubt else findings), manner=Manner() if doubt else manner)
    if doubt is not None:
        return Submission(file, findings=Findings(spoiled(grid) or [doubt]))
    return _of_grid(grid, replace(manner, delimiter=delimiter_taken(grid)), [], plan, options)


def delimiter_taken(grid: Grid) -> Taken:
    assert grid.delimiter is not None
    declared, counted = N_("its first line says so"), N_("it gives the most known columns")
    return Taken(grid.delimiter, Message(declared if grid.is_declared else counted))


def _of_grid(grid: Grid, manner: Manner, before: list[Finding], plan: Plan, options: Options) -> Submission:
    """The figures of a grid; `before` was found on the way to it."""
    spoilt = spoiled(grid)
    if spoilt:
        return Submission(grid.file, findings=Findings([*before, *spoilt]), manner=manner, grid=grid)
    table, findings = read_table(grid, options.beyond)
    if table is None:
        return Submission(grid.file, findings=Findings([*before, *findings]), manner=manner, grid=grid)
    found = Findings(before, options.beyond)
    found.extend(table.findings)
    missing = _missing_columns(table, options)
    convention, numbers, faults = _convention(table, options)
    manner = manner_of(table, replace(manner, numbers=numbers, convention=convention if numbers else None))
    fatal = (
        rules.DOUBLED_HEADER,
        rules.MIXED_LAYOUT,
        rules.HEADING_OVER_SEVERAL,
        rules.SECOND_TABLE,
        rules.UNCLEAR_GROUP,
    )
    rows = len(table.rows) + table.ragged
    if missing or faults or any(f.rule in fatal for f in found):
        found.extend([*missing, *faults])
        return Submission(grid.file, (), found, rows, rows, table.title, manner, grid)
    last_year_at = _last_year_at(table, plan)
    year = plan.year if last_year_at is None else plan.year - 1
    reader = Rows(table, plan, convention, options.period, year, Findings(beyond=options.beyond))
    if last_year_at is not None:
        found.add(Finding(rules.LAST_YEAR, last_year_at, {"year": str(plan.year), "before": str(plan.year - 1)}))
    figures = tuple(figure for record in table.rows for figure in reader.figures(record))
    found.extend(reader.findings)
    if convention is Convention.EN:
        found.extend(_doubtful_dates(table))
    if not figures and not found.errors:
        found.add(nothing_reported(table))
    left_out = table.ragged + reader.left_out
    found.extend(_hidden_figures(table.grid, figures))
    return Submission(
        grid.file,
        figures,
        found,
        rows,
        left_out,
        table.title,
        manner,
        grid,
        is_read=True,
        is_of_last_year=last_year_at is not None,
    )


def nothing_reported(table: Table) -> Finding:
    """The finding of a file without figures or faults."""
    return Finding(rules.NOTHING_REPORTED, table.place(table.header.line))


def _last_year_at(table: Table, plan: Plan) -> Place | None:
    """The first period of a file whose periods are all of the year before the plan's; None for any other file.

    One row of another year makes it a file of this year, whose rows of last year are then faults. A title is not
    enough: it may have been left over from last year's sheet.
    """
    if table.is_wide:
        if not all(str(plan.year - 1) in spread.name for spread in table.spreads):
            return None
        found = {table.heading_place(next(iter(s.columns.values()))): s.period(plan.year) for s in table.spreads}
    elif "period" in table.columns:
        at = table.columns["period"]
        lines: dict[Cell, int] = {}
        for record in table.rows:
            lines.setdefault(record.cells[at], record.line)
        texts = {_clean(cell) if isinstance(cell, str) else str(cell): line for cell, line in lines.items()}
        found = {table.place(line, at): plan.period(text) for text, line in texts.items() if text}
    else:
        return None
    years = {period.year for period in found.values() if period is not None}
    return next(iter(found)) if years == {plan.year - 1} else None


def of_grid(grid: Grid, encoding: Taken, plan: Plan, options: Options) -> Submission:
    """The figures and findings of a text that was cut into rows already."""
    return _of_grid(grid, Manner(encoding=encoding, delimiter=delimiter_taken(grid)), [], plan, options)


class Plain:
    """For the columns of a long table, as texts, what they mean where that takes no judging of the row. Each text is judged
    once; what is a fault is `UNCLEAR`."""

    def __init__(self, table: Table, plan: Plan) -> None:
        reader = Rows(table, plan, Convention.VI, None, plan.year)
        self.table = table
        self.codes = Judged(lambda text: subject.code if (subject := plan.subjects.get(fold(text))) else UNCLEAR)
        self.periods = Judged(lambda text: key_of_period(reader.period_in(text)) if text else UNCLEAR)
        self.areas = Judged(reader.area_in)
        self.is_reported = Judged(lambda text: bool(_reported(text)))
        self._texts: dict[int, set[str]] = {n: set() for n in witnesses(table)}
        self._proofs: dict[tuple[int, Evidence], str] = {}

    def keys(self, columns: Sequence[Sequence[str]]) -> Iterator[SpotKey]:
        """What each row is a figure of; with `UNCLEAR` in it where that is not plain."""
        at = self.table.columns
        areas = map(self.areas.__getitem__, columns[at["area"]]) if "area" in at else itertools.repeat(None)
        codes = map(self.codes.__getitem__, columns[at["indicator"]])
        return zip(codes, map(self.periods.__getitem__, columns[at["period"]]), areas, strict=False)

    @property
    def has_unclear(self) -> bool:
        """Whether anything met so far was not plain."""
        return any(found is UNCLEAR for memo in (self.codes, self.periods, self.areas) for found in memo.values())

    def reported(self, columns: Sequence[Sequence[str]]) -> list[bool]:
        """Whether each row reports anything."""
        numbers = [columns[n] for n in self.table.number_columns]
        if any(all(self.is_reported[text] for text in set(texts)) for texts in numbers):
            return [True] * len(columns[0])
        said = (map(self.is_reported.__getitem__, texts) for texts in numbers)
        return list(map(any, zip(*said, strict=True)))

    def look_for_proofs(self, columns: Sequence[Sequence[str]], lines: Sequence[str]) -> None:
        """Note a line for each kind of evidence of how numbers are written, in each column."""
        for n, known in self._texts.items():
            new = [text for text in dict.fromkeys(columns[n]) if text not in known]
            known.update(new)
            kinds = {number.evidence(_clean(text)): text for text in new}
            self._proofs.update(((n, kind), lines[columns[n].index(text)]) for kind, text in kinds.items())

    @property
    def proofs(self) -> Collection[str]:
        """The lines that were noted."""
        return self._proofs.values()


UNCLEAR: Any = object()


class Judged(dict[str, Any]):
    """What each text means, found once; `UNCLEAR` where it is a fault."""

    def __init__(self, judge: Callable[[str], Any]) -> None:
        self.judge = judge

    def __missing__(self, text: str) -> Any:
        if len(self) >= REMEMBERED:
            self.clear()
        try:
            found = self.judge(_clean(text))
        except _Fault:
            found = UNCLEAR
        self[text] = found
        return found


def manner_of(table: Table, manner: Manner) -> Manner:
    """`manner` with what the table adds to it."""
    headings = [heading(text) for text in table.header.texts()]
    return replace(
        manner,
        header=table.place(table.header.line),
        columns=tuple((name, headings[at], table.heading_place(at)) for name, at in table.columns.items()),
        periods=tuple(
            (spread.name, table.heading_place(at)) for spread in table.spreads for at in spread.columns.values()
        ),
        number_columns=frozenset(at + 1 for at in witnesses(table)),
    )


def _missing_columns(table: Table, options: Options) -> list[Finding]:
    has = table.columns
    lacking = []
    if "indicator" not in has and "name" not in has:
        lacking.append("indicator")
    # Where a heading over the figures is not understood, that is what is wrong, not that columns are missing.
    is_unclear = any(f.rule in (rules.UNCLEAR_GROUP, rules.HEADING_OVER_SEVERAL) for f in table.findings)
    if not table.is_wide and not is_unclear:
        if "period" not in has and options.period is None:
            lacking.append("period")
        if "value" not in has and "cumulative" not in has and not {"numerator", "denominator"} <= has.keys():
            lacking.append("value")
    place = table.place(table.header.line)
    return [Finding(rules.MISSING_COLUMN, place, {"column": Message(COLUMN_NAMES[column])}) for column in lacking]


def _convention(table: Table, options: Options) -> tuple[Convention, Taken | None, list[Finding]]:
    """How this file writes numbers, what says so, and why it cannot be told.

    It is said; else proved by a cell that reads one way only; else by semicolons. Numbers that a workbook states as
    such need no proof and are none.
    """
    if options.numbers is not None:
        return options.numbers, taken(options.numbers, N_("set by --numbers")), []
    proofs = _proofs(table)
    vi, en = proofs.get(Evidence.VI), proofs.get(Evidence.EN)
    if vi and en:
        return Convention.VI, None, [_mixed({Convention.VI: vi, Convention.EN: en})]
    if vi or en:
        convention, proof = (Convention.VI, vi) if vi else (Convention.EN, en)
        assert proof is not None
        return convention, taken(convention, N_("“{value}” can be read only one way"), proof), []
    if table.grid.delimiter == ";":
        return Convention.VI, taken(Convention.VI, N_("semicolons stand between the columns")), []
    if Evidence.EITHER not in proofs:
        return Convention.VI, either_way(table.grid), []
    text, place = proofs[Evidence.EITHER]
    return Convention.EN, None, [Finding(rules.AMBIGUOUS_NUMBER, place, _both_readings(text))]


def taken(convention: Convention, because: str, proof: Proof | None = None) -> Taken:
    what = EXAMPLES[convention]
    if proof is None:
        return Taken(what, Message(because))
    return Taken(what, Message(because, {"value": proof[0]}), (proof[1],))


def either_way(grid: Grid) -> Taken:
    """Where nothing hangs on how numbers are written."""
    same, stated = N_("every number reads the same both ways"), N_("the workbook stores them as numbers")
    return Taken("", Message(same if grid.sheet is None else stated))


Proof = tuple[str, Place]
"""A cell's text and where it stands."""


def _proofs(table: Table) -> dict[Evidence, Proof]:
    """The first cell of each kind of evidence, in the order of the file.

    A target that the template printed is a witness too, but one that reads both ways is no harm: nothing is
    computed from it.
    """
    proofs: dict[Evidence, Proof] = {}
    target = table.columns.get("target")
    for at in witnesses(table):
        first_lines = {cell: r.line for r in reversed(table.rows) if isinstance(cell := r.cells[at], str)}
        for text, line in first_lines.items():
            shown = _clean(text)
            kind = number.evidence(shown)
            if kind is not Evidence.EITHER or at != target:
                proof = shown, table.place(line, at)
                proofs[kind] = min(proofs.get(kind, proof), proof, key=lambda p: p[1])
    return proofs


def witnesses(table: Table) -> list[int]:
    """The columns whose texts show how the file writes numbers: those of figures, and the target."""
    return [*table.number_columns, *([table.columns["target"]] if "target" in table.columns else [])]


def _clean(text: str) -> str:
    return unquoted(nfc(text))


def _mixed(proofs: dict[Convention, Proof]) -> Finding:
    """Said of the later cell, naming the earlier."""
    (first, (other, place)), (second, (value, found)) = sorted(proofs.items(), key=lambda item: item[1][1])
    args = {
        "value": value,
        "here": Message(SIGNS[second]),
        "other": other,
        "place": place,
        "there": Message(SIGNS[first]),
    }
    return Finding(rules.MIXED_CONVENTIONS, found, args)


def _both_readings(text: str) -> dict[str, Any]:
    readings = {c.value: number.read(text, c, percent=True) for c in Convention}
    return {"value": text, **{name: value for name, value in readings.items() if isinstance(value, Decimal)}}


T = TypeVar("T")


class _Fault(Exception):
    """A row that gives no figure: the column at fault, the rule, its words."""

    def __init__(self, rule: Rule, column: str, **args: Any) -> None:
        super().__init__(rule.code)
        self.rule, self.column, self.args_ = rule, column, args


class _Layout(NamedTuple):
    """Where the figures of a row stand: its columns and, in a wide table, the period they belong to."""

    columns: dict[str, int]
    spread: Spread | None = None


@dataclass
class Rows:
    """Turns the rows of one table into figures, remembering the judgement of each text it has seen."""

    table: Table
    plan: Plan
    convention: Convention
    period: Period | None
    year: int
    """The year that all periods are of: the plan's, or the one before."""
    findings: Findings = field(default_factory=Findings)
    left_out: int = 0
    _judged: dict[tuple[str, Cell], Any] = field(default_factory=dict)
    _noted: set[tuple[Rule, Place]] = field(default_factory=set)
    """What was said of the row that is judged."""
    _noted_of_headings: set[tuple[Rule, Place]] = field(default_factory=set)
    _layout: _Layout = field(init=False)
    _faults: list[_Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        base = self.table.columns
        self.layouts = [_Layout({**base, **s.columns}, s) for s in self.table.spreads] or [_Layout(base)]
        self.merged = _merged_figures(self.table)
        self.title_unit = next((m[1].strip(" .)") for line in self.table.title if (m := _TITLE_UNIT.search(line))), "")
        self.totals = _totals(self.table.spreads, self.year)

    def forget(self) -> None:
        """Forget what was found; what texts mean stays known."""
        self.findings.clear()
        self._noted_of_headings.clear()
        self.left_out = 0

    def figures(self, record: Record) -> Iterator[Figure]:
        """The figures of one row: at most one in a long table, in a wide one as many as it has periods.

        None where it reports nothing, or has faults, all of which are then noted: a sender should need one round.
        """
        self._noted.clear()
        partial = self._partial_totals(record) if self.totals else set()
        for at, layout in enumerate(self.layouts):
            if at in partial:
                continue
            self._layout, self._faults = layout, []
            figure = self._figure(record)
            if self._faults:
                self.left_out += 1
                for fault in self._faults:
                    self._note(fault.rule, record, fault.column, fault.args_)
            elif figure is not None:
                yield figure

    def _figure(self, record: Record) -> Figure | None:
        given = self._given(record)
        numbers: dict[str, Cell] = {column: _reported(given.get(column, "")) for column in NUMBER_COLUMNS}
        words = {column: str(cell) for column, cell in given.items()}
        is_blank = not any(numbers.values())
        subject = self._tried(self._subject_of, words, numbers, record)
        if subject is None and not self._faults:
            return None
        if is_blank and self._layout.spread is not None:
            return None
        period = self._tried(self._period, words.get("period", ""))
        area = self._tried(self._once, "area", words.get("area", ""), self.area_in)
        agency = self._tried(self._once, "agency", words.get("agency", ""), self._agency)
        reported_on = self._tried(self._once, "reported_on", words.get("reported_on", ""), _date)
        kind = self._tried(self._once, "kind", words.get("kind", ""), _kind)
        if subject is None:
            return None
        self._tried(self._compare, subject, given, words, record, area)
        if is_blank:
            return None
        self._tried(self._check_merged, numbers, record)
        judged = self._tried(self._numbers, subject, numbers, record)
        if self._faults or period is None or judged is None or kind is None:
            return None
        self._doubt(subject, period, agency, reported_on, words, record)
        value, cumulative, numerator, denominator = judged
        return Figure(
            code=subject.code,
            period=period,
            area=area,
            value=value,
            cumulative=cumulative,
            numerator=numerator,
            denominator=denominator,
            kind=Kind.ESTIMATE if self._is_estimated(numbers) else kind,
            agency=agency,
            reported_on=reported_on,
            note=words.get("note", ""),
            place=self.table.place(record.line, self._first_column(numbers)),
            cumulative_column=self._layout.columns["cumulative"] + 1 if cumulative is not None else None,
        )

    def _tried(self, judge: Callable[..., T], *args: Any) -> T | None:
        """What `judge` makes of its arguments; None where it finds a fault, which is kept."""
        try:
            return judge(*args)
        except _Fault as fault:
            # A fault is met again row after row, and would keep every row on which it was raised.
            self._faults.append(fault.with_traceback(None))
            return None

    def _subject_of(self, words: dict[str, str], numbers: dict[str, Cell], record: Record) -> Subject | None:
        """What the row is about, by its code or its name; None for a heading, a signature or a total."""
        code = words.get("indicator", "")
        is_blank = not any(numbers.values())
        if not code:
            return None if is_blank else self._subject_by_name(words.get("name", ""), numbers, record)
        if fold(code) in self.plan.subjects:
            return self._once("indicator", code, self._subject)
        if not is_blank and fold(code) in TOTALS:
            self._note(rules.TOTAL_ROW, record, "indicator", {"value": code})
            return None
        return None if is_blank else self._once("indicator", code, self._subject)

    def _is_estimated(self, numbers: dict[str, Cell]) -> bool:
        """Whether the heading of a figure says “ước”."""
        spread = self._layout.spread
        return spread is not None and any(numbers[column] for column in spread.estimated)

    def _doubt(
        self,
        subject: Subject,
        period: Period,
        agency: str | None,
        reported_on: date | None,
        words: dict[str, str],
        record: Record,
    ) -> None:
        """What is no fault of a cell but should be looked at."""
        if agency and subject.lead and agency != subject.lead:
            args = {"code": subject.code, "lead": self.plan.agencies[subject.lead].name, "agency": words["agency"]}
            self._note(rules.WRONG_AGENCY, record, "agency", args)
        if reported_on is not None and not _fits(reported_on, period):
            args = {"day": f"{reported_on:%d/%m/%Y}", "period": period}
            self._note(rules.DATE_UNLIKELY, record, "reported_on", args)

    def _first_column(self, numbers: dict[str, Cell]) -> int:
        return next(self._layout.columns[column] for column, cell in numbers.items() if cell)

    def _given(self, record: Record) -> dict[str, Cell]:
        """The row's cells by column, texts as they are kept; merged ones show what their first cell says."""
        given: dict[str, Cell] = {}
        for column, at in self._layout.columns.items():
            cell = record.cells[at]
            given[column] = _clean(cell) if isinstance(cell, str) else cell
        for column, at in self._layout.columns.items() if self.table.grid.merged else ():
            origin = self.table.grid.merged.get((record.line - 1, at))
            if not given[column] and column not in NUMBER_COLUMNS and origin and origin[1] == at:
                above = self.table.grid.records[origin[0]]
                given[column] = nfc(str(above.cells[at])) if at < len(above.cells) else ""
        return given

    def _check_merged(self, numbers: dict[str, Cell], record: Record) -> None:
        for column, cell in numbers.items():
            at = record.line - 1, self._layout.columns.get(column, -1)
            if cell and (at in self.merged or at in self.table.grid.merged):
                raise _Fault(rules.MERGED_FIGURE, column, value=_quoted(cell))

    def _partial_totals(self, record: Record) -> set[int]:
        """Which spreads of a wide row may be sums over blank months; they are noted where they say anything.

        A longer period is taken where all its months are there and filled in (and then must agree), or where none is
        and it is not 0, which is what a sheet's sum of nothing looks like.
        """
        filled = [self._is_filled(record, spread) for spread in self.table.spreads]
        found = set()
        for at, (within, is_covered) in self.totals.items():
            inside = [filled[other] for other in within]
            if not filled[at] or (is_covered and all(inside)):
                continue
            spread = self.table.spreads[at]
            if any(inside) or self._is_zero(record, spread):
                found.add(at)
                column, place = next(iter(spread.columns.items()))
                self._layout = _Layout({column: place})
                args = {"value": _quoted(record.cells[place]), "period": spread.name}
                self._note(rules.TOTAL_NOT_READ, record, column, args)
        return found

    def _is_filled(self, record: Record, spread: Spread) -> bool:
        cells = (record.cells[at] for at in spread.columns.values())
        return any(_reported(_clean(cell) if isinstance(cell, str) else cell) for cell in cells)

    def _is_zero(self, record: Record, spread: Spread) -> bool:
        cells = [record.cells[at] for at in spread.columns.values()]
        return all(not any(c in "123456789" for c in str(cell)) for cell in cells)

    # Single cells

    def _once(self, column: str, text: Cell, judge: Callable[[Any], T]) -> T:
        """The judgement of `text` in `column`, made the first time it is met; a fault is raised every time."""
        key = column, text
        if key not in self._judged:
            if len(self._judged) >= REMEMBERED:
                self._judged.clear()
            try:
                self._judged[key] = judge(text)
            except _Fault as fault:
                self._judged[key] = fault
        found = self._judged[key]
        if isinstance(found, _Fault):
            raise found
        return found  # type: ignore[no-any-return]

    def _subject(self, text: str) -> Subject:
        subject = self.plan.subjects.get(fold(text))
        if subject is None:
            raise _Fault(
                rules.UNKNOWN_INDICATOR, "indicator", value=text, suggestion=did_you_mean(text, self.plan.codes)
            )
        return subject

    def _subject_by_name(self, name: str, numbers: dict[str, Cell], record: Record) -> Subject | None:
        """The one indicator of that name; None for a total of the sheet. No code and no such name is a fault."""
        bare = _bare_name(name)
        codes = self.plan.codes_by_name.get(bare, ())
        if len(codes) == 1:
            subject = self.plan.subjects[fold(codes[0])]
            self._note(rules.CODE_FROM_NAME, record, "name", {"code": subject.code, "expected": subject.name})
            return subject
        if codes:
            raise _Fault(rules.AMBIGUOUS_NAME, "name", value=name, codes=codes)
        first = next((text for text in record.texts() if text), "")
        if fold(first).rstrip(" :.") in TOTALS or bare.rstrip(" :.") in TOTALS:
            self._note(rules.TOTAL_ROW, record, "name", {"value": name or first})
            return None
        value = next(cell for cell in numbers.values() if cell)
        column = "indicator" if "indicator" in self.table.columns else "name"
        suggestion = did_you_mean(name, self._names) if name else ""
        raise _Fault(rules.MISSING_CODE, column, value=_quoted(value), suggestion=suggestion)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(subject.name.vi for subject in self.plan.subjects.values())

    def _period(self, text: str) -> Period:
        if self._layout.spread is not None:
            found = self._layout.spread.period(self.plan.year)
            if found is not None and found.year == self.year:
                return self.plan.known_as(found)
            args = {"value": self._layout.spread.name if found is None else str(found), "year": str(self.plan.year)}
            raise _Fault(rules.PERIOD_OUTSIDE_YEAR, "period", **args)
        if not text:
            if self.period is None:
                raise _Fault(rules.MISSING_PERIOD, "period", example=f"{self.plan.year}-06")
            return self.period
        return self._once("period", text, self.period_in)

    def period_in(self, text: str) -> Period:
        period = self.plan.period(text)
        year = str(self.plan.year)
        day = parse_day(text)
        if day is not None:
            raise _Fault(rules.PERIOD_IS_DATE, "period", value=f"{day:%d/%m/%Y}", year=year)
        if period is None:
            raise _Fault(rules.BAD_PERIOD, "period", value=text, example=f"{year}-06", year=year)
        if period.year != self.year:
            raise _Fault(rules.PERIOD_OUTSIDE_YEAR, "period", value=text, year=year)
        return self.plan.known_as(period)

    def area_in(self, text: str) -> str | None:
        if not text or fold(text) in WHOLE_TOWN:
            return None
        if not self.plan.areas:
            return text
        area = self._areas.named(text, may_change=True)
        if area is None:
            names = [party.name.vi for party in self.plan.areas.values()]
            raise _Fault(rules.UNKNOWN_AREA, "area", value=text, suggestion=did_you_mean(text, names))
        return area

    @cached_property
    def _areas(self) -> _Parties:
        return _Parties(self.plan.areas, AREA_PREFIXES)

    @cached_property
    def _agencies(self) -> _Parties:
        return _Parties(self.plan.agencies, AGENCY_PREFIXES)

    def _agency(self, text: str) -> str | None:
        if not text:
            return None
        agency = self._agencies.named(text, may_change=False) if self.plan.agencies else text
        if agency is None:
            names = [*self.plan.agencies, *(party.name.vi for party in self.plan.agencies.values())]
            raise _Fault(rules.UNKNOWN_AGENCY, "agency", value=text, suggestion=did_you_mean(text, names))
        return agency

    # Numbers

    def _numbers(self, subject: Subject, texts: dict[str, Cell], record: Record) -> tuple[Decimal | None, ...]:
        if isinstance(subject, Commitment) or subject.target.achieved:
            return self._yes_or_no(texts), None, None, None
        unit = self.plan.unit_of(subject)
        value = self._number(subject, unit, "value", texts, record)
        cumulative = self._number(subject, unit, "cumulative", texts, record)
        numerator = self._part_of_rate("numerator", texts)
        denominator = self._part_of_rate("denominator", texts)
        if not subject.is_flow and cumulative is not None:
            if cumulative != value:
                raise _Fault(rules.CUMULATIVE_ON_LEVEL, "cumulative", code=subject.code, value=cumulative)
            cumulative = None
        if numerator is not None or denominator is not None:
            self._check_rate(subject, unit, value, numerator, denominator, _quoted(texts["value"]))
        return value, cumulative, numerator, denominator

    def _yes_or_no(self, texts: dict[str, Cell]) -> Decimal:
        text = texts["value"] or next(cell for cell in texts.values() if cell)
        word = _SHEETS_OWN.get(nfc(str(text)).casefold(), fold(str(text)))
        if not texts["value"] or word not in YES | NO:
            raise _Fault(rules.BAD_YES_NO, "value", value=_quoted(text))
        return Decimal(1 if word in YES else 0)

    def _number(
        self, subject: Indicator, unit: Unit, column: str, texts: dict[str, Cell], record: Record
    ) -> Decimal | None:
        text = texts[column]
        if not text:
            return None
        if text in DASHES and subject.is_flow and column == "value":
            self._note(rules.DASH_AS_ZERO, record, column, {"value": text})
            return Decimal(0)
        value = self._once(f"{column} in {subject.unit}", text, lambda text: self._read(text, column, unit))
        if subject.out_of is not None and value > subject.out_of:
            raise _Fault(rules.OVER_OUT_OF, column, value=value, out_of=subject.out_of)
        return value

    def _part_of_rate(self, column: str, texts: dict[str, Cell]) -> Decimal | None:
        if not texts[column]:
            return None
        value = self._once(column, texts[column], lambda text: self._plain_number(text, column))
        if value < 0:
            reason = Message(N_("it cannot be below 0"))
            raise _Fault(rules.INCOMPLETE_RATE, column, reason=reason)
        return value

    def _plain_number(self, cell: Cell, column: str, *, percent: bool = False) -> Decimal:
        value = _stated(cell, percent) if isinstance(cell, NumberCell) else self._written(cell, percent)
        if isinstance(value, number.Fault):
            example = EXAMPLES[self.convention]
            args = {"example": example} if value is number.Fault.OTHER_CONVENTION else {}
            reason = Message(REASONS[value], args)
            raise _Fault(rules.BAD_NUMBER, column, value=_quoted(cell), reason=reason, example=example)
        return value

    def _written(self, text: str, percent: bool) -> Decimal | number.Fault:
        return number.read(text, self.convention, percent=percent)

    def _read(self, cell: Cell, column: str, unit: Unit) -> Decimal:
        value = self._plain_number(cell, column, percent=unit.is_percent)
        low = Decimal(0) if unit.min is None else unit.min
        name = unit.name
        if value < 0 <= low:
            raise _Fault(rules.NEGATIVE, column, value=value, unit=name)
        if unit.whole and value != value.to_integral_value():
            raise _Fault(rules.FRACTION_IN_WHOLE_UNIT, column, value=value, unit=name)
        if value < low or (unit.max is not None and value > unit.max):
            high = unit.max if unit.max is not None else "…"
            raise _Fault(rules.OUT_OF_RANGE, column, value=value, min=low, max=high, unit=name)
        return value

    def _check_rate(
        self,
        subject: Indicator,
        unit: Unit,
        value: Decimal | None,
        numerator: Decimal | None,
        denominator: Decimal | None,
        text: object,
    ) -> None:
        reasons = {
            N_("the denominator is missing"): denominator is None,
            N_("the numerator is missing"): numerator is None,
            N_("the denominator is 0"): denominator == 0,
            N_("this indicator adds up over the year"): subject.is_flow,
            N_("its unit is not a rate"): not unit.is_rate,
        }
        for sentence, holds in reasons.items():
            if holds:
                column = "numerator" if numerator is None else "denominator"
                raise _Fault(rules.INCOMPLETE_RATE, column, reason=Message(sentence))
        assert numerator is not None and denominator is not None
        computed = ratio(numerator, denominator, unit.is_percent)
        if unit.max is not None and computed > unit.max:
            low = Decimal(0) if unit.min is None else unit.min
            raise _Fault(rules.OUT_OF_RANGE, "numerator", value=computed, min=low, max=unit.max, unit=unit.name)
        if value is not None and abs(computed - ratio(value, Decimal(1), percent=False)) >= _last_digit(value):
            args = {"value": text, "numerator": numerator, "denominator": denominator, "computed": computed}
            raise _Fault(rules.RATE_DISAGREES, "value", **args)

    # What the template printed

    def _compare(
        self, subject: Subject, given: dict[str, Cell], words: dict[str, str], record: Record, area: str | None
    ) -> None:
        """Hold name, unit and target, where the row has them, against the plan's."""
        name, key = words.get("name", ""), _bare_name(words.get("name", ""))
        if key and key not in (fold(subject.name.vi), fold(subject.name.en)):
            others = self.plan.codes_by_name.get(key)
            if others:
                raise _Fault(rules.SHIFTED_ROW, "name", code=subject.code, value=name, other=others)
            args = {"code": subject.code, "value": name, "expected": subject.name}
            self._note(rules.NAME_DIFFERS, record, "name", args)
        if isinstance(subject, Commitment):
            return
        unit_name = self.plan.unit_of(subject).name
        unit = words.get("unit", "") or self.title_unit
        if unit and fold(unit) not in (fold(unit_name.vi), fold(unit_name.en), fold(subject.unit)):
            raise _Fault(rules.UNIT_DIFFERS, "unit", code=subject.code, value=unit, expected=unit_name)
        target = given.get("target", "")
        if target and self.year == self.plan.year and not self._is_target(subject, target, area):
            expected = subject.target.numbers or Message(N_("yes or no"))
            raise _Fault(rules.TARGET_DIFFERS, "target", code=subject.code, value=_quoted(target), expected=expected)

    def _is_target(self, subject: Indicator, cell: Cell, area: str | None) -> bool:
        """Whether a cell is a target the indicator, or the area in it, has or had; any reading will do, since nothing is
        computed."""
        if not any(target.numbers for target in subject.targets):
            return True
        known = {n for target in subject.targets for n in target.numbers}
        if area is not None:
            parts = (one.allocations.get(area) for one in subject.set_by)
            known |= {part for part in parts if part is not None}
        if isinstance(cell, NumberCell):
            return _stated(cell, percent=True) in known
        bare = cell.lstrip("≥≤=<> ").partition("/")[0]
        return any(number.read(bare, convention, percent=True) in known for convention in Convention)

    def _note(self, rule: Rule, record: Record, column: str, args: dict[str, Any]) -> None:
        """Say it once of each place: in a wide table the name of a row is met once for each period."""
        if column == "period" and self._layout.spread is not None:
            noted = self._noted_of_headings
            place = self.table.heading_place(next(iter(self._layout.spread.columns.values())))
        else:
            noted = self._noted
            place = self.table.place(record.line, self._layout.columns.get(column))
        if (rule, place) not in noted:
            noted.add((rule, place))
            self.findings.add(Finding(rule, place, args))


def _doubtful_dates(table: Table) -> Iterator[Finding]:
    column = table.columns.get("reported_on")
    if column is not None:
        yield from doubtful_date(table, ((str(record.cells[column]).strip(), record.line) for record in table.rows))


def doubtful_date(table: Table, dates: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    """The first date that could be month first, in a file that writes the English way and has no day above 12. `dates`:
    as they stand, each with its line, in the order of the file."""
    doubt: Finding | None = None
    for text, line in dates:
        is_sure = is_day_first(text)
        if is_sure:
            return
        day = parse_day(text) if is_sure is None else None
        if doubt is None and day is not None:
            args = {"value": text, "day": str(day.day), "month": str(day.month)}
            doubt = Finding(rules.DATE_ORDER, table.place(line, table.columns["reported_on"]), args)
    if doubt is not None:
        yield doubt


def _totals(spreads: tuple[Spread, ...], year: int) -> dict[int, tuple[list[int], bool]]:
    """Of each spread that has shorter ones within it: which they are, and whether they make all of its months."""
    months = [
        frozenset((period.year, n) for n in range(period.first, period.last + 1)) if period else frozenset()
        for period in (spread.period(year) for spread in spreads)
    ]
    found = {}
    for at, whole in enumerate(months):
        if len(whole) > 1:
            within = [other for other, part in enumerate(months) if part and part < whole]
            if within:
                found[at] = within, frozenset().union(*(months[other] for other in within)) == whole
    return found


def _hidden_figures(grid: Grid, figures: Sequence[Figure]) -> Iterator[Finding]:
    """One finding for all figures that a person who looks at the sheet does not see, at the first of them."""
    hidden = [f for f in figures if f.place.line in grid.hidden_lines or f.place.column in grid.hidden_columns]
    if hidden:
        value = next(number for number in hidden[0].numbers if number is not None)
        yield Finding(rules.HIDDEN_FIGURES, hidden[0].place, {"value": value, "n": len(hidden)})


def _merged_figures(table: Table) -> set[tuple[int, int]]:
    """The cells of figures (row and column of the sheet, from 0) that are merged with the cells of other figures."""
    columns, rows = set(table.number_columns), {record.line - 1 for record in table.rows}
    return {
        origin
        for (row, column), origin in table.grid.merged.items()
        if origin[1] in columns and column in columns and row in rows and origin[0] in rows
    }


def _stated(cell: NumberCell, percent: bool) -> Decimal | number.Fault:
    """The number that a cell shows: 0.98 with the format of a percent is 98, and no number of tonnes."""
    if isinstance(cell.value, number.Fault) or not cell.is_percent:
        return cell.value
    return cell.value.scaleb(2) if percent else number.Fault.PERCENT


def _quoted(cell: Cell) -> Decimal | str:
    """A cell as a message repeats it: a number in the reader's own writing."""
    if isinstance(cell, str) or cell.is_percent or isinstance(cell.value, number.Fault):
        return str(cell)
    return cell.value


WHOLE_TOWN = {"toan thi xa", "thi xa", "toan thi xa vinh chau", "whole town"}
TOTALS = {"tong", "tong cong", "cong", "tong so", "toan thi xa", "total", "sum"}
_TITLE_UNIT = re.compile(r"(?:đơn vị tính|đvt)\s*:\s*(.+)", re.IGNORECASE)
"""“Đơn vị tính: triệu đồng” above a table: the unit of the rows that name none."""
_NUMBERING = re.compile(r"^(?:['\-–+*•]|[0-9]+(?:\.[0-9]+)*[.)]|[a-zđ][.)]|[ivx]+[.)])\s*|^(?:trong do|of which) ?:\s*")


def _bare_name(name: str) -> str:
    """The key of a name without the dash, number or “trong đó:” that a form puts before it."""
    key, before = fold(name), None
    while key != before:
        before, key = key, _NUMBERING.sub("", key, count=1)
    return key


AREA_PREFIXES = ("xa ", "phuong ", "thi tran ", "p. ", "x. ")
AGENCY_PREFIXES = ("phong ", "chi cuc ", "trung tam ")


def agency_named(plan: Plan, text: str) -> str | None:
    """The id of the agency that `text` names; `text` itself where the plan lists no agencies."""
    return _Parties(plan.agencies, AGENCY_PREFIXES).named(text, may_change=False) if plan.agencies else text


class _Parties:
    """The areas or agencies of a plan, to be found by what people call them, with or without their “xã”, “phòng” and the
    like."""

    def __init__(self, parties: Mapping[str, Party], prefixes: Iterable[str]) -> None:
        self.prefixes = tuple(prefixes)
        self.by_key: dict[str, set[str]] = {}
        self.by_bare: dict[str, set[str]] = {}
        for i, party in parties.items():
            own = fold(party.name.vi)
            for key in (fold(i), own, fold(party.name.en)):
                self.by_key.setdefault(key, set()).add(i)
            self.by_bare.setdefault(_without_prefix(own, self.prefixes), set()).add(i)

    def named(self, text: str, *, may_change: bool) -> str | None:
        """The id of the one party that `text` names. `may_change`: another prefix names the same party: “p. 1” is phường
        1, but Phòng Y tế is no Trung tâm Y tế."""
        key = fold(text)
        bare = _without_prefix(key, self.prefixes)
        found = self.by_key.get(key, ())
        if not found and (may_change or bare == key):
            found = self.by_bare.get(bare, ())
        return next(iter(found)) if len(found) == 1 else None


def _without_prefix(key: str, prefixes: Iterable[str]) -> str:
    for prefix in prefixes:
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key


def _date(text: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise _Fault(rules.BAD_DATE, "reported_on", value=text)
    return day


def _fits(day: date, period: Period) -> bool:
    """Whether a figure of `period` can have been reported on `day`: not before it begins, nor years after."""
    return date(period.year, period.first, 1) <= day <= date(period.year + 2, 12, 31)


def _kind(text: str) -> Kind:
    kind = KINDS.get(fold(text)) if text else Kind.OFFICIAL
    if kind is None:
        raise _Fault(rules.BAD_KIND, "kind", value=text)
    return kind


def _reported(cell: Cell) -> Cell:
    """The cell, or nothing where it says that nothing is reported."""
    return "" if isinstance(cell, str) and cell in NOT_REPORTED else cell


def _last_digit(value: Decimal) -> Decimal:
    """One unit of the last printed digit: what rounding, or cutting off, may have taken."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)
