"""The rows of a table of targets: what each says, and what they prove together. What is not proved says so in `Row.review`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from vinhchau_kpi import number, units
from vinhchau_kpi.messages import N_
from vinhchau_kpi.plan import Unit
from vinhchau_kpi.planvalue import Text
from vinhchau_kpi.targetwords import STRUCTURE, Outcome, Read
from vinhchau_kpi.text import fold

NO_TARGET = N_("the table gives no target")
NO_UNIT = N_("the table gives no unit")
PROMISE = N_("it has no number, so it is taken as a commitment: carried out or not")
FLOW = N_("taken as an amount that adds up over the year; or is it a state at a moment?")
LEVEL = N_("taken as a state at a moment; or is it an amount that adds up over the year?")
SHARES = N_("the shares under it make exactly this")
TWO = N_("the cell has two numbers and two units; each is taken as a target of its own")
MERGED = N_("its cell is merged with that of another row: whose target is it?")
NOT_PARTS = N_("rows under it have more than it, so they are not taken as its parts")
REVISED = N_("the day in the heading is taken as the one from which the new target holds")


@dataclass
class Row:
    """A row of the table that says something of the plan: a heading (`read` is None), or words of a target.

    `quote` and `place`: the cell of the target as it stands. `path`: the names above its own, which say what it is of.
    """

    name: str
    unit: str
    line: int
    place: str
    rank: Decimal
    """How deep it stands by its number or dash; the lower, the further out."""
    read: Read | None = None
    quote: str = ""
    path: str = ""
    lead: str = ""
    is_marked: bool = False
    is_section: bool = False
    review: list[str] = field(default_factory=list)
    baseline: tuple[int, Decimal, str] | None = None
    revisions: list[tuple[date, Read, str]] = field(default_factory=list)
    children: list[Row] = field(default_factory=list)
    is_complete: bool = False

    @property
    def is_commitment(self) -> bool:
        return self.read is not None and self.read.outcome is Outcome.REFUSED and not (self.unit or self.revisions)

    @property
    def is_rate(self) -> bool:
        """Whether its areas do not add up: a percent, or so much for each of something, by its unit or its name."""
        unit = Unit(name=Text(vi=self.unit or "?", en=self.unit or "?"))
        return unit.is_rate or _PER_NAME.search(fold(f"{self.path} {self.name}")) is not None

    @property
    def is_level(self) -> bool:
        return self.is_rate or _LEVEL.search(fold(f"{self.path} {self.name}")) is not None


_PER_NAME = re.compile(
    r"\bbinh quan\b|/ ?(?:1|mot) ?ha\b|\btren (?:1|mot) (?:ha|don vi)|\btren (?:1|mot|[0-9.]+) ?(?:van )?dan\b"
)
_LEVEL = re.compile(
    r"\b(?:ty le|ty trong|dat (?:chuan|tieu chi|[0-9]+ tieu chi)|dan so|so giuong|giuong benh|tong dan|dan (?:trau|bo|lon|heo|gia suc|gia cam))\b"
)
COUNTED = {
    "xa", "phuong", "thon", "ap", "khom", "lang", "ban", "to", "truong", "lop", "ho", "nguoi", "lao dong", "doanh nghiep", "dang vien", "hop tac xa",
    "con", "co so", "cong trinh", "du an", "mo hinh", "san pham", "luot", "luot khach", "luot nguoi", "hoc sinh", "chau", "tre", "vu", "bac si", "giuong",
    "can", "to chuc", "chi bo", "doan vien", "hoi vien", "thue bao", "cay", "tram", "khu dan cu", "tieu chi", "lan", "may",
}  # fmt: skip
"""What is counted one by one."""


def is_unit(text: str) -> bool:
    """Whether words beside a number or name are those of a unit."""
    unit = units.unit(text) if text else None
    return unit is not None and (unit.is_known or unit.of.split("/")[0] in _COUNTED_BARE)


_COUNTED_BARE = {one.replace(" ", "") for one in COUNTED}


def with_targets(rows: list[Row], left_out: list[tuple[int, str]]) -> Iterator[Row]:
    """Without the headings over nothing: a numbered one is a commitment, others are words beside the table. What stands under a
    commitment follows it."""
    for row in rows:
        row.children = list(with_targets(row.children, left_out))
        if row.read is not None and not row.quote and row.children and not row.revisions:
            row.read = None
        if row.read is None and not row.children:
            if not row.is_marked or row.is_section:
                left_out.append((row.line, row.name))
                continue
            row.read, row.unit = Read(Outcome.REFUSED, reason=NO_TARGET), ""
        below, row.children = (row.children, []) if row.is_commitment else ([], row.children)
        yield row
        yield from below


def settle(row: Row) -> None:
    """What the rows prove together, and what is left to a person to confirm or decide."""
    for child in row.children:
        settle(child)
    if row.read is None:
        return
    of_parts = [child.read.number if child.read else None for child in row.children]
    is_alike = len(of_parts) > 1 and all(fold(child.unit) == fold(row.unit) for child in row.children)
    own = row.read.number
    if (
        is_alike
        and own is not None
        and None not in of_parts
        and number.total(n for n in of_parts if n is not None) == own
    ):
        if own == 100 and row.read.reason == STRUCTURE:
            row.read = Read(Outcome.READING, "exactly", own, SHARES)
        row.is_complete = row.read.sense == "exactly" or not row.is_rate
    if row.is_commitment:
        row.review = [NO_TARGET if row.read.reason == NO_TARGET else PROMISE]
        return
    if row.read.outcome is not Outcome.STATED and row.read.reason:
        row.review.append(row.read.reason)
    row.review += [read.reason for _, read, _ in row.revisions if read.reason and read.reason not in row.review]
    row.review += [REVISED] if row.revisions else []
    if row.unit and not row.unit.startswith("%"):
        row.review.append(LEVEL if row.is_level else FLOW)


def without_false_parts(rows: Iterable[Row]) -> Iterator[Row]:
    """With rows that cannot be parts, of the same unit and more than what they stand under, behind it."""
    for row in rows:
        row.children = list(without_false_parts(row.children))
        own = row.read.number if row.read else None
        yield row
        if own is not None and not row.is_rate and any(_is_more(child, row, own) for child in row.children):
            row.review.append(NOT_PARTS)
            yield from row.children
            row.children = []


def _is_more(child: Row, row: Row, own: Decimal) -> bool:
    of_child = child.read.number if child.read else None
    return of_child is not None and of_child > own and fold(child.unit) == fold(row.unit)
