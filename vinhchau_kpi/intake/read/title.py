"""The period that the title above a table says, or the name of its sheet, for a table that has no column of periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Grid
from vinhchau_kpi.intake.cut.headings import is_estimated, period_heading
from vinhchau_kpi.intake.read.header_columns import NOT_OF_FIGURES, PeriodColumns, years_said
from vinhchau_kpi.intake.read.table import Table
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.period import Period, Span
from vinhchau_kpi.text import fold, nfc

TITLE_LENGTH = 2000
"""Characters of a cell above the table that are looked at: what is longer is no title."""


class Mention(NamedTuple):
    """Where a title speaks of a period: its words as they stand, and which it is; None where that is not clear. `before`: the
    folded words before it."""

    words: str
    period: Period | None
    place: Place
    before: str = ""

    @property
    def is_to_come(self) -> bool:
        """Whether it is of what is planned, not of what was done: “nhiệm vụ tháng 8”."""
        said = [match["to_come"] for match in _SAID.finditer(self.before)]
        return bool(said and said[-1])

    @property
    def is_estimate(self) -> bool:
        """Whether its figures are estimates: “Ước thực hiện tháng 7”."""
        return _ESTIMATED.search(self.before) is not None


def period_of_title(table: Table, year: Span) -> tuple[Period | None, Finding | None]:
    """The one period that the title says, else the name of the sheet, and the finding that it was taken from there; or None,
    and what is wrong with the title, if it says anything. `year`: the plan's."""
    found, where = list(_mentions(table, year)), N_("the title")
    if not found:
        found, where = mentions_of_name(table.grid, year), N_("the name of the sheet")
    if not found:
        return None, None
    found = [one for one in found if not one.is_to_come] or found
    first = found[0]
    period = first.period
    running = _running(table, period) if period is not None else []
    if period is None or running or any(one.period != period for one in found):
        words = tuple(dict.fromkeys([*(one.words for one in found), *running]))
        return None, Finding(
            rules.TITLE_UNCLEAR, first.place, {"where": Message(where), "words": words, "example": year.example}
        )
    if not year.has(period):
        return None, Finding(rules.PERIOD_OUTSIDE_YEAR, first.place, {"value": first.words, "year": str(year)})
    args = {"where": Message(where), "words": first.words, "period": period}
    return period, Finding(rules.PERIOD_FROM_TITLE, first.place, args)


def estimated_by_title(table: Table, year: Span) -> frozenset[Period]:
    """The periods whose figures the title calls estimates."""
    return frozenset(one.period for one in _mentions(table, year) if one.is_estimate and one.period is not None)


def mentions_of_name(grid: Grid, year: Span) -> list[Mention]:
    """What the name of a sheet says of its period: “T6”, “Tháng 6_2019”, “Quý II”; nothing where it says more of it."""
    name = (grid.sheet or "").replace("_", " ")
    said = period_heading(name, year.start)
    if said is not None and said.kind and (said.column != "value" or is_estimated(said.kind)):
        # “KH T5”, “Lũy kế T3”, “Ước T4”: what stands there is not what was achieved in that month.
        return []
    return list(_mentions_in(name, years_said([name]), year, Place(grid.file, sheet=grid.sheet)))


def _mentions(table: Table, year: Span) -> Iterator[Mention]:
    near = years_said(table.title)
    for record in table.grid.records:
        if record.line >= table.header.line:
            break
        for at, cell in enumerate(record.cells):
            text = " ".join(nfc(str(cell))[:TITLE_LENGTH].split())
            yield from _mentions_in(text, near, year, table.place(record.line, at))


def _mentions_in(text: str, near: frozenset[int], year: Span, place: Place) -> Iterator[Mention]:
    plain = _plain(text)
    for match in _MENTION.finditer(plain):
        words = text[match.start() : match.end()].strip(" ,./-")
        yield Mention(words, _period(match, near, year), place, plain[: match.start()])


def _plain(text: str) -> str:
    """The text folded letter by letter, so that each stays where it stands; blanks for dates, numbers of documents and
    stretches of years."""
    plain = "".join(folded if len(folded := fold(letter)) == 1 else " " for letter in text)
    for pattern in (NOT_OF_FIGURES, _DAY):
        plain = pattern.sub(lambda match: " " * len(match[0]), plain)
    return plain


def _period(match: re.Match[str], near: frozenset[int], year: Span) -> Period | None:
    """The period of a mention, of the year that it says, else of the one that the title says elsewhere, else the plan's."""
    if match["part"] or match["more"] or match["since"]:
        return None
    months = f"{match['n']} thang{' cuoi nam' if match['last'] else ''}" if match["n"] else ""
    name = months or (f"quy {match['q']}" if match["q"] else f"T{match['m'] or match['m2'] or match['m3']}")
    own = match["y"] or match["y2"] or match["y3"]
    return PeriodColumns(name, frozenset({int(own)}) if own else near).period(year)


def _running(table: Table, period: Period) -> list[str]:
    """What the title says of sums since January, where the period begins later and no column is one of such sums."""
    if period.first == 1 or "cumulative" in table.columns:
        return []
    return [text for text in table.title if _RUNNING.search(fold(text))]


_SAID = re.compile(
    r"\b(?:(?:ket qua|tinh hinh|thuc hien|so lieu|bao cao)(?: (?:thuc hien|cac|cong tac))?(?: (?:ke hoach|nhiem vu|chuong trinh))?"
    r"|(?P<to_come>ke hoach|nhiem vu|chuong trinh|phuong huong|giai phap|du kien))\b"
)
"""What a title says of a period: that it is of results, or of what is to come."""
_ESTIMATED = re.compile(r"\buoc(?: (?:thuc hien|tinh|dat|ket qua|th))?[ :]{0,3}$")
_RUNNING = re.compile(r"\bluy ke\b|\bcong don\b|\btu dau nam\b|\btinh den\b")
_DAY = re.compile(
    r"\bngay[ ._…0-9]{0,20}thang[ .]{0,9}[0-9]{1,2}(?![0-9])(?: nam (?:19|20)[0-9]{2})?|\bngay [0-9]{1,2} ?[/.-] ?[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2} thang [0-9]{1,2}(?![0-9])(?: nam (?:19|20)[0-9]{2})?|(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"
)
"""Days, and months whose day is still to be filled in."""
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_MONTH = r"0?(?:1[0-2]|[1-9])"
_MENTION = re.compile(
    r"(?P<part>\b(?:dau|giua|nua|cuoi|den|het|tu|toi|truoc|sau|so|voi|tuan(?: [0-9a-z]{1,5})?) )?"
    rf"(?:(?:(?:\bthang[ :]{{1,3}}|\bt\.?(?=[0-9]))(?P<m>{_MONTH})(?![0-9])"
    rf"|(?:\bqu[yi][ :]{{1,3}}|\bq(?=[1-4] ?[/-] ?{_YEAR}))(?P<q>iv|i{{1,3}}|[1-4])(?![0-9a-z])"
    r"|(?<![0-9])0?(?P<n>[2-9]|1[0-2]) thang\b(?:(?P<last> cuoi)| dau)?)"
    r"(?P<more> ?(?:[,;+&/–-]|va\b|den\b) ?(?:[0-9]{1,2}|iv|i{1,3})(?![0-9a-z]| thang))?"
    rf"(?: ?[/.,-])?(?: ?nam)? ?(?P<y>{_YEAR})?(?P<since> (?:qua|gan|truoc|toi|tiep|sau)\b)?"
    rf"|(?<![0-9a-z/.,-])(?P<m2>{_MONTH})[/-](?P<y2>{_YEAR})(?![/-])"
    rf"|(?<![0-9a-z/.,-])(?P<y3>(?:19|20)[0-9]{{2}})[/-](?P<m3>{_MONTH})(?![0-9/-])"
    r"|\bca nam\b)"
)
"""A month, a quarter or the first or last months of a year, and what makes it unclear: a part of it or a day in it, others
after it."""
