"""`confirmed.csv`, a list beside the figures → what a person has looked at and found right.

Its rows are read as those of a submission are, by the same conventions; only who says so is a column of its own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from vinhchau_kpi import rules
from vinhchau_kpi.doubt import Confirmation
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.cut.delimited import read_delimited
from vinhchau_kpi.intake.cut.grid import Grid, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.cut.headings import COLUMN_NAMES, KEY_OF, heading
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.read.cells import clean
from vinhchau_kpi.intake.read.convention import convention_of
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.intake.read.rows import Rows
from vinhchau_kpi.intake.read.submission import SIZE_LIMIT, Options
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.text import fold

WHO = "who"
OWN = {
    WHO: ("người xác nhận", "xác nhận"),
    "value": ("giá trị",),
    "reported_on": ("when", "ngày", "ngày xác nhận"),
    "note": ("why", "lý do"),
}
"""What headers say here beside what they may say in a submission."""
KEYS = KEY_OF | {fold(words): key for key, others in OWN.items() for words in (key, *others)}
NAMES = {**COLUMN_NAMES, WHO: N_("who confirms")}
NEEDED = ("indicator", "period", "value", WHO)


def read_confirmed(source: InputFile, plan: Plan, options: Options) -> tuple[list[Confirmation], list[Finding]]:
    """What one such file confirms, in its order, and what is wrong with it."""
    data, findings = source.read(SIZE_LIMIT)
    if data is None:
        return [], findings
    decoded, findings = decode(data, source.name, options.encoding)
    if decoded is None:
        return [], findings
    grid, findings = read_delimited(decoded.text, source.name)
    if grid is None:
        return [], findings
    return _of_grid(grid, plan, options)


def _of_grid(grid: Grid, plan: Plan, options: Options) -> tuple[list[Confirmation], list[Finding]]:
    above, header, columns = _header(grid)
    if header is None:
        return [], []
    lacking = [name for name in NEEDED if name not in columns]
    if lacking:
        place = grid.place(header.line)
        return [], [Finding(rules.CONFIRMATION_COLUMN, place, {"column": Message(NAMES[name])}) for name in lacking]
    width = len(header.cells)
    below = [
        Record(row.line, [*row.cells, *[""] * (width - len(row.cells))])
        for row in grid.records[above + 1 :]
        if not row.is_blank
    ]
    who = columns.pop(WHO)
    table = Table(grid, header, [header.line] * width, columns, (), below)
    convention, _, faults = convention_of(table, plan, options.numbers)
    if faults:
        return [], faults
    confirmed: list[Confirmation] = []
    for row, figure, found in _figures(table, plan, convention, options.areas_of(plan)):
        findings = found
        name = clean(str(row.cells[who]))
        if figure is not None and not name:
            place = table.place(row.line, who)
            findings = [*found, Finding(rules.CONFIRMATION_UNSIGNED, place, {"code": figure.code})]
        elif figure is not None:
            value = figure.value
            assert value is not None
            confirmed.append(Confirmation(figure.key, value, name, figure.reported_on, figure.note, figure.place))
        faults += findings
    return confirmed, faults


def _header(grid: Grid) -> tuple[int, Record | None, dict[str, int]]:
    """The row that names the most of the columns, and where each of them stands."""
    best: tuple[int, Record | None, dict[str, int]] = 0, None, {}
    for at, record in enumerate(grid.records[:HEADER_WITHIN]):
        keys = [KEYS.get(fold(heading(text))) for text in record.texts()]
        columns = {key: n for n, key in reversed(list(enumerate(keys))) if key in (*NEEDED, "area", *OWN)}
        if best[1] is None or len(columns) > len(best[2]):
            best = at, record, columns
    return best


def _figures(
    table: Table, plan: Plan, convention: Convention, areas: Areas
) -> Iterator[tuple[Record, Figure | None, list[Finding]]]:
    """Each row as the figure it speaks of, of the plan's year or of the one before."""
    spans = plan.span, plan.span.before
    years = {span.year: Rows(table, plan, convention, None, span, areas) for span in spans}
    for row in table.rows:
        period = plan.period(clean(str(row.cells[table.columns["period"]])))
        reader = years.get(period.year if period else plan.year, years[plan.year])
        reader.forget()
        figure = next(iter(reader.figures(row)), None)
        yield row, figure, list(reader.findings)


def idle(confirmations: Iterable[Confirmation], figures: Iterable[Figure], beside: Container[str]) -> Iterator[Finding]:
    """Those that confirm another number than the files have, or a figure that they have not; of lists that lie only `beside`
    the files this is no matter."""
    found = {figure.key: figure for figure in figures}
    for one in confirmations:
        figure = found.get(one.key)
        if figure is None and one.place.file in beside:
            continue
        if figure is None:
            there = Message(N_("the files have no such figure"))
        elif one.holds_for(figure):
            continue
        else:
            number = figure.value if figure.value is not None else figure.cumulative
            there = Message(N_("the files have {number}"), {"number": number})
        args = {"code": one.key.code, "period": one.key.period, "value": one.value, "there": there}
        yield Finding(rules.CONFIRMATION_IDLE, one.place, args)
