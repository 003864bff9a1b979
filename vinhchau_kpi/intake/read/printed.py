"""What the template printed beside a figure: name, unit and target, to be held against the plan's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from vinhchau_kpi import number, rules, units
from vinhchau_kpi.finding import Rule
from vinhchau_kpi.intake.cut.grid import Cell, NumberCell, Record
from vinhchau_kpi.intake.read.cells import NUMBER_COLUMNS, RowFault, clean, quoted, stated
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.plan import Commitment, Indicator, Plan, Subject
from vinhchau_kpi.planvalue import Text
from vinhchau_kpi.text import fold, name_key

Note = Callable[[Rule, str, dict[str, Any]], None]
"""Says what is to be looked at in a column of the row."""


class Printed:
    """The words of one table that the plan has words of its own for."""

    def __init__(self, table: Table, plan: Plan, convention: Convention, *, is_of_plan_year: bool) -> None:
        self.plan, self.convention, self.is_of_plan_year = plan, convention, is_of_plan_year
        self.unit_above = unit_above(table.title, self._is_unit)
        self.table, self._is_said = table, False

    @cached_property
    def _is_mixed(self) -> bool:
        """Whether the unit above the table is that of some rows of the table, so that others may well be of another thing."""
        at = self.table.columns.get("unit")
        rows = (one for one in self.table.rows if self.unit_above and (at is None or not clean(str(one.cells[at]))))
        subjects = (_subject(record, self.table, self.plan) for record in rows)
        return any(
            units.difference(self.unit_above, (own.vi, own.en)) is not None
            for subject in subjects
            if isinstance(subject, Indicator) and (own := self.plan.unit_of(subject).name)
        )

    def _is_unit(self, text: str) -> bool:
        names = [name for i, one in self.plan.units.items() for name in (i, one.name.vi, one.name.en)]
        return units.unit(text).is_known or units.difference(text, names) is not None

    def compare(
        self, subject: Subject, given: dict[str, Cell], words: dict[str, str], area: str | None, note: Note
    ) -> None:
        """Hold name, unit and target, where the row has them, against the plan's."""
        name, key = words.get("name", ""), name_key(words.get("name", ""))
        if key and key not in (name_key(subject.name.vi), name_key(subject.name.en)):
            others = self.plan.codes_by_name.get(key)
            if others:
                raise RowFault(rules.SHIFTED_ROW, "name", code=subject.code, value=name, other=others)
            note(rules.NAME_DIFFERS, "name", {"code": subject.code, "value": name, "expected": subject.name})
        if isinstance(subject, Commitment):
            return
        self._compare_unit(subject, given, words, note)
        target = given.get("target", "")
        if target and self.is_of_plan_year and not self._is_target(subject, target, area):
            expected = subject.target.numbers or Message(N_("yes or no"))
            raise RowFault(rules.TARGET_DIFFERS, "target", code=subject.code, value=quoted(target), expected=expected)

    def _compare_unit(self, subject: Indicator, given: dict[str, Cell], words: dict[str, str], note: Note) -> None:
        """Hold the row's unit, else the one above the table, and what the formats of its cells say, against the plan's."""
        own = self.plan.unit_of(subject).name
        names = (own.vi, own.en, subject.unit)
        unit = words.get("unit", "") or self.unit_above
        of_row = next(((column, given[column]) for column in NUMBER_COLUMNS[:2] if given.get(column)), None)
        found: list[tuple[str, Cell, str, int | None]] = []
        if unit:
            at, cell = of_row or ("unit", "")
            power = units.difference(unit, names)
            if words.get("unit"):
                found.append(("unit", cell, unit, power))
            elif power is not None or not self._is_mixed:
                found.append((at, cell, unit, power))
            elif not self._is_said:
                self._is_said = True
                note(rules.UNIT_NOT_OF_ROW, at, {"value": unit, "code": subject.code, "expected": own})
        for column in NUMBER_COLUMNS[:2]:
            cell = given.get(column, "")
            if isinstance(cell, NumberCell) and cell.words:
                found.append((column, cell, cell.words, units.difference_of_words(cell.words, names)))
        parts = [cell.words for column in NUMBER_COLUMNS[2:] if isinstance(cell := given.get(column, ""), NumberCell)]
        if len({units.scale(said) for said in parts}) > 1:
            found.append((NUMBER_COLUMNS[2], "", max(parts, key=units.scale), None))
        for column, cell, said, power in found:
            if power != 0:
                scale = self._scale(cell, said, own, power)
                raise RowFault(rules.UNIT_DIFFERS, column, code=subject.code, value=said, expected=own, scale=scale)

    def _scale(self, cell: Cell, said: str, own: Text, power: int | None) -> Message | str:
        """How many of the plan's unit one of those that are said is, and what that makes of the figure in `cell`; nothing
        where they count different things."""
        if power is None:
            return ""
        args = {"value": said, "factor": Decimal(1).scaleb(power), "expected": own}
        value = stated(cell, percent=True) if isinstance(cell, NumberCell) else number.read(cell, self.convention)
        if not isinstance(value, Decimal):
            return Message(N_("; 1 {value} is {factor} {expected}"), args)
        args |= {"figure": value, "right": value.scaleb(power)}
        return Message(N_("; 1 {value} is {factor} {expected}, so {figure} {value} are {right} {expected}"), args)

    def _is_target(self, subject: Indicator, cell: Cell, area: str | None) -> bool:
        """Whether a cell is a target the indicator, or the area in it, has or had; any reading will do, since nothing is
        computed."""
        if not any(target.numbers for target in subject.targets):
            return True
        known = numbers_of_targets(subject, area)
        if isinstance(cell, NumberCell):
            return (stated(cell, percent=True),) in known
        texts = _numbers_in(cell)
        return any(
            tuple(number.read(one, convention, percent=True) for one in texts) in known for convention in Convention
        )


def numbers_of_targets(subject: Indicator, area: str | None) -> set[tuple[Decimal, ...]]:
    """What a target that an indicator has had may be printed as: each of its numbers, or both of two; and the parts of an area."""
    known = {printed for one in subject.targets for printed in (one.numbers, *((n,) for n in one.numbers))}
    if area is not None:
        parts = (one.allocations.get(area) for one in subject.set_by)
        known |= {(part,) for part in parts if part is not None}
    return known


def evidence_of_target(record: Record, table: Table, plan: Plan) -> Evidence:
    """What the target that is printed in a row proves of how its file writes numbers: the way that it reads, or the one in
    which it is the plan's; `NONE` where it is neither, for nothing is computed from it."""
    cell = record.cells[table.columns["target"]]
    if not isinstance(cell, str):
        return Evidence.NONE
    texts = _numbers_in(clean(cell))
    kinds = {number.evidence(text) for text in texts}
    kinds = kinds - {Evidence.EITHER, Evidence.SAME} or kinds - {Evidence.SAME} or kinds
    found = kinds.pop() if len(kinds) == 1 else Evidence.NONE
    if found is not Evidence.EITHER:
        return found
    subject = _subject(record, table, plan)
    if not isinstance(subject, Indicator):
        return Evidence.NONE
    known = numbers_of_targets(subject, None) | {(n,) for one in subject.set_by for n in one.allocations.values()}
    fitting = [c for c in Convention if tuple(number.read(text, c, percent=True) for text in texts) in known]
    return Evidence(fitting[0].value) if len(fitting) == 1 else Evidence.NONE


def _subject(record: Record, table: Table, plan: Plan) -> Subject | None:
    """What a row is about by its code, or else by its name alone."""
    code, name = (
        clean(str(record.cells[table.columns[column]])) if column in table.columns else ""
        for column in ("indicator", "name")
    )
    if code:
        return plan.subjects.get(fold(code))
    codes = plan.codes_by_name.get(name_key(name), ())
    return plan.subjects[fold(codes[0])] if len(codes) == 1 else None


def _numbers_in(text: str) -> list[str]:
    """The one or two numbers of a printed target without the words and signs about them: “đạt trên 97%”, “≥ 97”, “16/19”,
    “từ 86% trở lên”, “7,5 - 8,0”."""
    bare = _ABOUT_A_TARGET.sub(" ", text).strip()
    return _RANGE.split(bare.partition("/")[0].strip(), maxsplit=1)


_ABOUT_A_TARGET = re.compile(
    r"[≥≤<>=]|\b(?:đạt|trên|hơn|vượt|dưới|thấp\s+hơn|từ|trở\s+(?:lên|xuống)|ít\s+nhất|tối\s+(?:thiểu|đa)|không\s+quá|còn|giảm\s+xuống"
    r"|above|over|below|under|at\s+(?:least|most))\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<=[0-9%])\s*(?:[-\u2013\u2014]|\bđến\b|\bto\b)\s*(?=[0-9])")


def unit_above(title: Sequence[str], is_unit: Callable[[str], bool]) -> str:
    """The unit that a line above the table states for all rows that name none: “Đơn vị tính: triệu đồng”."""
    for at, line in enumerate(title):
        match = _UNIT_ABOVE.search(line)
        if match is None:
            continue
        said = match["unit"].strip(" .:)") or (title[at + 1].strip(" .:()") if at + 1 < len(title) else "")
        # “Đơn vị: Phòng Kinh tế” is who reports, and “ĐVT: triệu đồng, người” is no one unit.
        is_said = match["tinh"] and match["colon"] and not re.search("[,;]", said)
        if said and (is_said or is_unit(said)):
            return said
    return ""


_UNIT_ABOVE = re.compile(
    r"(?:(?P<tinh>đơn\s+vị\s+tính|đvt)|đơn\s+vị|tính\s+(?:bằng|theo))\s*(?:(?P<colon>:)|(?=\s|$))(?P<unit>[^()\n]*)",
    re.IGNORECASE,
)
