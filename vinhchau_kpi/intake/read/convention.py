"""How a file writes numbers, 1.234,5 or 1,234.5, and days: what its cells prove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from vinhchau_kpi import number, rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Grid
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.intake.read.cells import are_day_first, clean
from vinhchau_kpi.intake.read.printed import evidence_of_target
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.period import month_first, parse_day
from vinhchau_kpi.plan import Plan

EXAMPLES = {Convention.VI: "1.234,5", Convention.EN: "1,234.5"}
SIGNS = {Convention.VI: N_("comma"), Convention.EN: N_("point")}
_OF_CELL = {Convention.VI: N_("has a decimal comma"), Convention.EN: N_("has a decimal point")}
_OF_TARGET = {
    Convention.VI: N_("is the plan's target only with a decimal comma"),
    Convention.EN: N_("is the plan's target only with a decimal point"),
}


def convention_of(table: Table, plan: Plan, said: Convention | None) -> tuple[Convention, Choice | None, list[Finding]]:
    """How this file writes numbers, what says so, and why it cannot be told.

    It is said; else proved by a cell that reads one way only, or by a printed target that is the plan's in one reading
    only; else by semicolons, which a single cell does not outweigh. Numbers that a workbook states as such need no proof
    and are none.
    """
    if said is not None:
        return said, convention_choice(said, N_("set by --numbers")), []
    proofs = proofs_in(table, plan)
    vi, en = proofs.get(Evidence.VI), proofs.get(Evidence.EN)
    if vi and en:
        return Convention.VI, None, [_mixed({Convention.VI: vi, Convention.EN: en})]
    if en and en.cells == 1 and table.grid.delimiter == ";":
        return Convention.VI, None, [_odd(en)]
    if vi or en:
        convention, proof = (Convention.VI, vi) if vi else (Convention.EN, en)
        assert proof is not None
        return convention, convention_choice(convention, because(proof), proof), []
    if table.grid.delimiter == ";":
        return Convention.VI, convention_choice(Convention.VI, N_("semicolons stand between the columns")), []
    if Evidence.EITHER not in proofs:
        return Convention.VI, either_way(table.grid), []
    found = proofs[Evidence.EITHER]
    return Convention.EN, None, [Finding(rules.AMBIGUOUS_NUMBER, found.place, _both_readings(found.text))]


def because(proof: Proof) -> str:
    """What the cell says of the file."""
    if number.evidence(proof.text) is Evidence.EITHER:
        return N_("the printed target “{value}” is the plan's in one reading only")
    return N_("“{value}” can be read only one way")


def convention_choice(convention: Convention, because: str, proof: Proof | None = None) -> Choice:
    what = EXAMPLES[convention]
    if proof is None:
        return Choice(what, Message(because))
    return Choice(what, Message(because, {"value": proof.text}), (proof.place,))


def either_way(grid: Grid) -> Choice:
    """Where nothing hangs on how numbers are written."""
    same, stated = N_("every number reads the same both ways"), N_("the workbook stores them as numbers")
    return Choice("", Message(same if grid.sheet is None else stated))


class Proof(NamedTuple):
    """A cell's text and where it stands; how many `cells` of the file say the same."""

    text: str
    place: Place
    cells: int = 1


def proofs_in(table: Table, plan: Plan) -> dict[Evidence, Proof]:
    """The first cell of each kind of evidence, in the order of the file, and how many there are."""
    proofs: dict[Evidence, Proof] = {}
    for at, line, shown, kind, count in _evidence(table, plan):
        proof = Proof(shown, table.place(line, at), count)
        known = proofs.get(kind)
        if known is not None:
            proof = min(known, proof, key=lambda p: p.place)._replace(cells=known.cells + count)
        proofs[kind] = proof
    return proofs


def _evidence(table: Table, plan: Plan) -> Iterator[tuple[int, int, str, Evidence, int]]:
    """Of each text in a column of figures, and of each target: column, first line, text, evidence, how many cells."""
    for at in table.number_columns:
        texts = [(cell, record.line) for record in table.rows if isinstance(cell := record.cells[at], str)]
        counts, first_lines = Counter(text for text, _ in texts), dict(reversed(texts))
        for text, line in first_lines.items():
            shown = clean(text)
            yield at, line, shown, number.evidence(shown), counts[text]
    if "target" in table.columns:
        at = table.columns["target"]
        for record in table.rows:
            if (kind := evidence_of_target(record, table, plan)) is not Evidence.NONE:
                yield at, record.line, clean(str(record.cells[at])), kind, 1


def witnesses(table: Table) -> list[int]:
    """The columns whose texts show how the file writes numbers: those of figures, and the target."""
    return [*table.number_columns, *([table.columns["target"]] if "target" in table.columns else [])]


def _mixed(proofs: dict[Convention, Proof]) -> Finding:
    """Said of the cell that stands alone, else of the later one, naming the other."""
    (first, other), (second, proof) = sorted(proofs.items(), key=lambda item: item[1].place)
    if other.cells == 1 < proof.cells:
        (first, other), (second, proof) = (second, proof), (first, other)
    args = {
        "value": proof.text,
        "here": _said(proof, second),
        "other": other.text,
        "place": other.place,
        "there": _said(other, first),
    }
    return Finding(rules.MIXED_CONVENTIONS, proof.place, args)


def _said(proof: Proof, convention: Convention) -> Message:
    is_target = number.evidence(proof.text) is Evidence.EITHER
    return Message((_OF_TARGET if is_target else _OF_CELL)[convention])


def _odd(proof: Proof) -> Finding:
    args = {"value": proof.text, "here": Message(SIGNS[Convention.EN]), "there": Message(SIGNS[Convention.VI])}
    return Finding(rules.ODD_NUMBER, proof.place, args)


def _both_readings(text: str) -> dict[str, Any]:
    readings = {c.value: number.read(text, c, percent=True) for c in Convention}
    return {"value": text, **{name: value for name, value in readings.items() if isinstance(value, Decimal)}}


def doubtful_date(table: Table, dates: Mapping[str, int]) -> Iterator[Finding]:
    """The first date that could be month first, in a file that writes the English way and has no day above 12. `dates`:
    as they stand, each with its first line, in the order of the file."""
    if are_day_first(dates):
        return
    for text, line in dates.items():
        day = parse_day(text)
        if day is not None and month_first(text) is not None:
            args = {"value": text, "day": str(day.day), "month": str(day.month)}
            yield Finding(rules.DATE_ORDER, table.place(line, table.columns["reported_on"]), args)
            return


def mixed_dates(table: Table, dates: Mapping[str, int]) -> list[Finding]:
    """The first date of a sheet that is text, where others are dates of the sheet: it took those that it understood, and may
    have understood the month first. `dates`: as for `doubtful_date`."""
    if table.grid.sheet is None:
        return []
    typed = [text for text in dates if not text[:4].isdigit() and (parse_day(text) or month_first(text))]
    stored = [text for text in dates if "-" in text[:5] and parse_day(text)]
    if not typed or not stored:
        return []
    column = table.columns["reported_on"]
    args = {"value": typed[0], "day": stored[0], "place": table.place(dates[stored[0]], column)}
    return [Finding(rules.MIXED_DATES, table.place(dates[typed[0]], column), args)]
