"""The day of the report that is written once, above the table: which lines say one, and which speak of other days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vinhchau_kpi.finding import Place
from vinhchau_kpi.intake.cut.grid import Grid, Record
from vinhchau_kpi.intake.cut.headings import column_key
from vinhchau_kpi.intake.open.choice import Choice
from vinhchau_kpi.messages import N_, Message
from vinhchau_kpi.period import month_first, parse_day
from vinhchau_kpi.text import fold


def days_above(grid: Grid, above: Sequence[Record]) -> dict[str, Place]:
    """Each report date that the rows above a table state, as it stands or, where its month is a word, as 2019-07-05; with its
    place. Of one day written in several ways that which has one reading is kept."""
    found: dict[str, Place] = {}
    for record in above:
        for text, column in _said(record):
            same = next((other for other in found if parse_day(other) == parse_day(text)), None)
            if same is None or (month_first(same) and not month_first(text)):
                found.pop(same or "", None)
                found[text] = grid.place(record.line, column)
    return found


def day_choice(days: Mapping[str, Place]) -> Choice | None:
    """What was made of the days above a table; None where there is none."""
    if not days:
        return None
    if len(days) > 1:
        because = Message(N_("not taken: different days stand above the table: {days}"), {"days": tuple(days)})
        return Choice("", because, tuple(days.values()))
    because = Message(N_("stands above the table, and is taken for rows that give no report date"))
    return Choice(next(iter(days)), because, tuple(days.values()))


def _said(record: Record) -> Iterator[tuple[str, int]]:
    """The report dates of a row above the table, with their columns (from 0): each in one cell, or beside its label."""
    texts = list(map(fold, record.texts()))
    filled = [at for at, text in enumerate(texts) if text]
    for before, at in zip([None, *filled], filled, strict=False):
        match = _LINE.fullmatch(texts[at])
        # The label may have a cell of its own.
        label = texts[before] if match and not match["before"] and before is not None else ""
        if match is None or not _is_of_report(label or match["before"]):
            continue
        day = f"{match['Y']}-{match['M']:0>2}-{match['D']:0>2}" if match["Y"] else match["day"].replace(" ", "")
        if parse_day(day) is not None:
            yield day, at


def _is_of_report(before: str) -> bool:
    """Whether the words before a date make it the report's: its label, or the place where it was signed. What is cited or
    covered has a date too: “Kèm theo Kế hoạch số 08/KH-UBND ngày …”, “số liệu đến ngày …”."""
    label = before.strip(" (:")
    if column_key(label) == "reported_on" or label == "bao cao ngay":
        return True
    place, comma, ngay = label.rpartition(",")
    words = place.split()
    return bool(comma) and ngay.strip() == "ngay" and 0 < len(words) <= 5 and _OF_DOCUMENT.search(place) is None


_DAY = (
    r"(?P<day>[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
    r"|(?P<D>[0-9]{1,2}) thang (?P<M>[0-9]{1,2}) nam (?P<Y>[0-9]{4})"
)
_LINE = re.compile(rf"(?P<before>[^0-9]*?) ?(?:{_DAY})[ .)]*")
_OF_DOCUMENT = re.compile(r"\b(?:so|theo|ke hoach|kh|quyet dinh|qd|nghi quyet|nq|cong van|cv|thong bao|den|ban hanh)\b")
