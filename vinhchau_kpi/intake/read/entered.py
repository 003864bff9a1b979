"""Files of entered scores → `Entered` rows, by the same opening, cutting and proofs as submissions.

A row with a fault gives nothing. A blank score is not entered: never 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from vinhchau_kpi import number, rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.delimited import read_delimited
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.cut.headings import heading, is_passed_over
from vinhchau_kpi.intake.cut.spoiled import spoiled
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile, collect
from vinhchau_kpi.intake.open.signature import document_file, foreign, is_workbook
from vinhchau_kpi.intake.read.cells import NO, NOT_REPORTED, REASONS, YES, RowFault, clean, date_in, quoted, stated
from vinhchau_kpi.intake.read.convention import EXAMPLES, convention_of, doubtful_date, mixed_dates
from vinhchau_kpi.intake.read.parties import agencies, listed_areas
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT, Options
from vinhchau_kpi.intake.read.table import RowsBelow, Table
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.scale import Criterion, Entered, KnockOut, Scale, Stage
from vinhchau_kpi.text import fold

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("criterion", "mã tiêu chí", "mã", "code", "criterion code"),
    "unit": ("unit", "đơn vị", "đơn vị được chấm", "địa bàn", "area", "agency", "scored unit"),
    "value": ("score", "chấm", "điểm chấm", "điểm"),
    "stage": ("stage", "giai đoạn"),
    "reported_on": ("scored_on", "scored on", "ngày chấm", "ngày"),
    "evidence": ("evidence", "minh chứng"),
    "note": ("note", "ghi chú"),
}
"""The columns of entered scores under the keys by which a `Table` knows them, and what their headings may say."""
COLUMN_NAMES = {
    "indicator": N_("criterion"),
    "unit": N_("scored unit"),
    "value": N_("score"),
    "stage": N_("stage"),
}
"""The columns that must be there, as a person is shown them."""
_BESIDE = {
    "ten tieu chi",
    "tieu chi",
    "noi dung",
    "diem chuan",
    "diem toi da",
    "tinh tu so lieu",
    "name",
    "name of the criterion",
    "points",
    "standard",
    "from figures",
    "max",
}
"""Headings of columns that a scoring sheet prints beside the scores; nothing in them is entered."""
_KEYS = {fold(words): key for key, others in COLUMNS.items() for words in others}
STAGES = {
    "tu cham": Stage.SELF, "self": Stage.SELF, "self-score": Stage.SELF,
    "tham dinh": Stage.APPRAISED, "appraised": Stage.APPRAISED,
    "duyet": Stage.APPROVED, "phe duyet": Stage.APPROVED, "approved": Stage.APPROVED,
}  # fmt: skip
_RANK = re.compile(r"(?:xep )?(?:hang|thu|rank) ([0-9]{1,3})")


def read_entered(
    paths: Iterable[str], scale: Scale, plan: Plan, options: Options
) -> tuple[list[Entered], list[Finding]]:
    """What all the files meant by `paths` enter, and what is wrong with them. Raises `Refusal` where a path leads to nothing."""
    sources, findings = collect(paths)
    entered: list[Entered] = []
    for source in sources:
        grid, faults = grid_of(source, options, _has_header)
        findings += faults
        if grid is not None:
            own, faults = _of_grid(grid, scale, plan, options)
            entered += own
            findings += faults
    conflicts = dict(_twice(entered))
    unclear = {(one.code, one.unit, one.stage, one.day) for one in conflicts}
    sound = [one for one in entered if (one.code, one.unit, one.stage, one.day) not in unclear]
    return sound, [*findings, *conflicts.values()]


def grid_of(
    source: InputFile, options: Options, is_wanted: Callable[[Grid], bool]
) -> tuple[Grid | None, list[Finding]]:
    """A file cut into rows of cells, of a workbook the sheet that is wanted; or None and why not."""
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        return None, findings
    known = foreign(data)
    if known is not None:
        return None, [document_file(source.name, known)]
    if not data.strip():
        return None, [Finding(rules.EMPTY_FILE, Place(source.name))]
    if is_workbook(data):
        from vinhchau_kpi.intake.cut.workbook import read_workbook

        opened = read_workbook(data, source.name, options.sheet, is_wanted)
        if len(opened.sheets) > 1:
            args = {"sheets": opened.names, "why": Message(N_("it is unclear which one is meant"))}
            return None, [Finding(rules.SEVERAL_SHEETS, Place(source.name), args)]
        grid, findings = (opened.sheet.grid() if opened.sheet else None), opened.findings
    else:
        decoded, findings = decode(data, source.name, options.encoding)
        if decoded is None:
            return None, findings
        grid, findings = read_delimited(decoded.text, source.name)
        if grid is not None and decoded.doubt is not None:
            return None, spoiled(grid) or [decoded.doubt]
    return grid, [*findings, *(spoiled(grid) if grid is not None else ())]


def _has_header(grid: Grid) -> bool:
    return len(_header(grid)[1]) >= len(COLUMN_NAMES)


def _header(grid: Grid) -> tuple[int, dict[str, list[int]]]:
    """The row (from 0) that names the most columns, and where each of them stands."""
    best: tuple[int, dict[str, list[int]]] = (0, {})
    for at, record in enumerate(grid.records[:HEADER_WITHIN]):
        found: dict[str, list[int]] = {}
        for n, text in enumerate(record.texts()):
            key = _KEYS.get(fold(heading(text)))
            if key is not None:
                found.setdefault(key, []).append(n)
        if len(found) > len(best[1]):
            best = at, found
    return best


def _of_grid(grid: Grid, scale: Scale, plan: Plan, options: Options) -> tuple[list[Entered], list[Finding]]:
    at, columns = _header(grid)
    header = grid.records[at] if grid.records else Record(1, [])
    place = grid.place(header.line)
    faults = [
        Finding(rules.MISSING_COLUMN, place, {"column": Message(name)})
        for key, name in COLUMN_NAMES.items()
        if key not in columns
    ]
    for where in columns.values():
        if len(where) > 1:
            args = {"column": str(header.cells[where[1]]), "first": where[0] + 1, "second": where[1] + 1}
            faults.append(Finding(rules.DOUBLED_HEADER, grid.place(header.line, where[1]), args))
    if faults:
        return [], faults
    known = {key: where[0] for key, where in columns.items()}
    below = RowsBelow(grid, header, [header])
    below.columns = known
    fitted = [below.fitted(row) for row in below.meant(grid.records[at + 1 :])]
    rows = [row for row in fitted if isinstance(row, Record)]
    findings = [row for row in fitted if isinstance(row, Finding)]
    table = Table(grid, header, [header.line] * len(header.cells), known, (), rows)
    convention, _, faults = convention_of(table, plan, options.numbers)
    faults += mixed_dates(table, table.dates)
    if faults:
        return [], [*findings, *faults]
    if convention is Convention.EN:
        findings += doubtful_date(table, table.dates)
    findings += _unknown_columns(table)
    reader = _Rows(scale, plan, table, convention)
    entered = []
    for row in rows:
        try:
            found = reader.read(row)
        except RowFault as fault:
            findings.append(Finding(fault.rule, table.place(row.line, known.get(fault.column)), fault.args_))
        else:
            entered += [found] if found is not None else []
    return entered, findings


def _unknown_columns(table: Table) -> Iterator[Finding]:
    names = tuple(words for others in COLUMNS.values() for words in others)
    for n, text in enumerate(table.header.texts()):
        own = heading(text)
        is_known = n in table.columns.values() or fold(own) in _BESIDE or is_passed_over(own)
        if not is_known and any(str(row.cells[n]).strip() for row in table.rows):
            shown = own or Message(N_("(no heading)"))
            args = {"column": shown, "suggestion": did_you_mean(own, names) if own else ""}
            yield Finding(rules.UNKNOWN_COLUMN, table.place(table.header.line, n), args)


class _Rows:
    """The rows of one table, each judged by itself."""

    def __init__(self, scale: Scale, plan: Plan, table: Table, convention: Convention) -> None:
        self.scale, self.table, self.convention = scale, table, convention
        self.unit_named = unit_finder(scale, plan)
        self.known_units = tuple(scale.units(plan))

    def read(self, row: Record) -> Entered | None:
        """What the row enters; None where it has no score. Raises `RowFault`."""
        cell = self._cell(row, "value")
        if isinstance(cell, str) and clean(cell) in NOT_REPORTED:
            return None
        code = self._text(row, "indicator")
        of_code = self.scale.codes.get(fold(code))
        if of_code is None or of_code.code is None:
            close = did_you_mean(code, (one.code or "" for one in self.scale.codes.values()))
            raise RowFault(rules.SCORE_UNKNOWN_CODE, "indicator", value=code, suggestion=close)
        name = self._text(row, "unit")
        unit = self.unit_named(name)
        if unit is None:
            close = did_you_mean(name, self.known_units)
            raise RowFault(rules.SCORE_UNKNOWN_UNIT, "unit", value=name, suggestion=close)
        said = self._text(row, "stage")
        stage = STAGES.get(fold(said))
        if stage is None:
            raise RowFault(rules.SCORE_STAGE, "stage", value=said)
        value, is_rank = self._value(cell, of_code)
        note = self._text(row, "note")
        if isinstance(of_code, Criterion) and of_code.is_computed and stage > Stage.SELF and not note:
            raise RowFault(rules.SCORE_WITHOUT_REASON, "value", code=of_code.code)
        return Entered(
            of_code.code,
            unit,
            value,
            stage,
            date_in(self._text(row, "reported_on")),
            self._text(row, "evidence"),
            note,
            self.table.place(row.line, self.table.columns["value"]),
            is_rank,
        )

    def _cell(self, row: Record, column: str) -> Cell:
        at = self.table.columns.get(column)
        return "" if at is None else row.cells[at]

    def _text(self, row: Record, column: str) -> str:
        return clean(str(self._cell(row, column)))

    def _value(self, cell: Cell, of_code: Any) -> tuple[Decimal, bool]:
        """The number, and whether it is a rank."""
        words = fold(clean(cell)) if isinstance(cell, str) else ""
        is_yes_no = isinstance(of_code, KnockOut) or (isinstance(of_code, Criterion) and of_code.met)
        if is_yes_no and not words.isdigit() and words in YES | NO:
            full = of_code.points if isinstance(of_code, Criterion) else Decimal(1)
            return (full if words in YES else Decimal(0)), False
        rank = _RANK.fullmatch(words) if isinstance(of_code, Criterion) and of_code.ranks else None
        value = Decimal(rank[1]) if rank else self._number(cell)

        def refuse(reason: str, **args: Any) -> RowFault:
            return RowFault(
                rules.SCORE_NOT_POSSIBLE, "value", value=value, code=of_code.code, reason=Message(reason, args)
            )

        if value < 0:
            raise refuse(N_("it cannot be below 0"))
        if isinstance(of_code, KnockOut) and value not in (0, 1):
            raise refuse(N_("yes or no is expected"))
        if not isinstance(of_code, Criterion):
            return value, False
        if of_code.ranks and not of_code.is_computed:
            return value, self._is_rank(of_code, value, rank is not None, refuse)
        least, most = of_code.limits
        if most is not None and value > most:
            raise refuse(N_("the most is {number}"), number=most)
        if value < least:
            raise refuse(N_("the least is {number}"), number=least)
        if of_code.met and not of_code.is_computed and value not in (0, of_code.points):
            raise refuse(N_("it is all or nothing, {number} or 0"), number=of_code.points)
        return value, False

    def _is_rank(self, criterion: Criterion, value: Decimal, is_said: bool, refuse: Callable[..., RowFault]) -> bool:
        """Whether a number for a criterion by ranks is a rank; its points may be entered as well, where that is clear."""
        is_a_rank = value == value.to_integral_value() and 1 <= value <= len(criterion.ranks)
        is_points = value in criterion.ranks and not is_said
        if is_a_rank and is_points and criterion.ranks[int(value) - 1] != value:
            raise refuse(N_("it may be a rank or points; write “hạng {number}” for a rank"), number=value)
        if not is_a_rank and not is_points:
            raise refuse(N_("the points by rank are {numbers}"), numbers=criterion.ranks)
        return is_a_rank and not is_points

    def _number(self, cell: Cell) -> Decimal:
        text = clean(cell) if isinstance(cell, str) else ""
        value = stated(cell, percent=False) if isinstance(cell, NumberCell) else number.read(text, self.convention)
        if isinstance(value, number.Fault):
            example = EXAMPLES[self.convention]
            args = {"example": example} if value is number.Fault.OTHER_CONVENTION else {}
            reason = Message(REASONS[value], args)
            raise RowFault(rules.BAD_NUMBER, "value", value=quoted(cell), reason=reason, example=example)
        return value


def unit_finder(scale: Scale, plan: Plan) -> Callable[[str], str | None]:
    """Finds the unit that a text names, by id or by what people call it."""
    units = scale.units(plan)
    by_id = {fold(unit): unit for unit in units}
    areas = scale.of == "areas"
    parties = listed_areas(plan) if areas else agencies(plan)

    def named(text: str) -> str | None:
        found = by_id.get(fold(text)) or parties.named(text, may_change=areas)
        return found if found in units else None

    return named


def _twice(entered: Iterable[Entered]) -> Iterator[tuple[Entered, Finding]]:
    """Rows, each with its finding, that say different things of one code and unit at one stage on one day."""
    first: dict[tuple[Any, ...], Entered] = {}
    for one in entered:
        key = (one.code, one.unit, one.stage, one.day)
        other = first.setdefault(key, one)
        if (other.value, other.is_rank) != (one.value, one.is_rank):
            args = {"code": one.code, "unit": one.unit, "value": one.value, "other": other.value, "place": other.place}
            yield one, Finding(rules.SCORE_TWICE, one.place, args)
