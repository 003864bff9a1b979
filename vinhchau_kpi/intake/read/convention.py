"""How a file writes numbers, 1.234,5 or 1,234.5, and days: what its cells prove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from vinhchau_kpi import number, rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Grid
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.read.cells import clean
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.period import is_day_first, parse_day

EXAMPLES = {Convention.VI: "1.234,5", Convention.EN: "1,234.5"}
SIGNS = {Convention.VI: N_("comma"), Convention.EN: N_("point")}


def convention_of(table: Table, said: Convention | None) -> tuple[Convention, Choice | None, list[Finding]]:
    """How this file writes numbers, what says so, and why it cannot be told.

    It is said; else proved by a cell that reads one way only; else by semicolons. Numbers that a workbook states as
    such need no proof and are none.
    """
    if said is not None:
        return said, convention_choice(said, N_("set by --numbers")), []
    proofs = proofs_in(table)
    vi, en = proofs.get(Evidence.VI), proofs.get(Evidence.EN)
    if vi and en:
        return Convention.VI, None, [_mixed({Convention.VI: vi, Convention.EN: en})]
    if vi or en:
        convention, proof = (Convention.VI, vi) if vi else (Convention.EN, en)
        assert proof is not None
        return convention, convention_choice(convention, N_("“{value}” can be read only one way"), proof), []
    if table.grid.delimiter == ";":
        return Convention.VI, convention_choice(Convention.VI, N_("semicolons stand between the columns")), []
    if Evidence.EITHER not in proofs:
        return Convention.VI, either_way(table.grid), []
    text, place = proofs[Evidence.EITHER]
    return Convention.EN, None, [Finding(rules.AMBIGUOUS_NUMBER, place, _both_readings(text))]


def convention_choice(convention: Convention, because: str, proof: Proof | None = None) -> Choice:
    what = EXAMPLES[convention]
    if proof is None:
        return Choice(what, Message(because))
    return Choice(what, Message(because, {"value": proof[0]}), (proof[1],))


def either_way(grid: Grid) -> Choice:
    """Where nothing hangs on how numbers are written."""
    same, stated = N_("every number reads the same both ways"), N_("the workbook stores them as numbers")
    return Choice("", Message(same if grid.sheet is None else stated))


Proof = tuple[str, Place]
"""A cell's text and where it stands."""


def proofs_in(table: Table) -> dict[Evidence, Proof]:
    """The first cell of each kind of evidence, in the order of the file.

    A target that the template printed is a witness too, but one that reads both ways is no harm: nothing is
    computed from it.
    """
    proofs: dict[Evidence, Proof] = {}
    target = table.columns.get("target")
    for at in witnesses(table):
        first_lines = {cell: r.line for r in reversed(table.rows) if isinstance(cell := r.cells[at], str)}
        for text, line in first_lines.items():
            shown = clean(text)
            kind = number.evidence(shown)
            if kind is not Evidence.EITHER or at != target:
                proof = shown, table.place(line, at)
                proofs[kind] = min(proofs.get(kind, proof), proof, key=lambda p: p[1])
    return proofs


def witnesses(table: Table) -> list[int]:
    """The columns whose texts show how the file writes numbers: those of figures, and the target."""
    return [*table.number_columns, *([table.columns["target"]] if "target" in table.columns else [])]


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


def doubtful_dates(table: Table) -> Iterator[Finding]:
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
