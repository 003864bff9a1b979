"""What a table says of a plan → the values of a plan file, as `intake.plan.text` writes them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from vinhchau_kpi import excel
from vinhchau_kpi.intake.plan.rows import COUNTED, Row
from vinhchau_kpi.intake.plan.table import Draft
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Unit
from vinhchau_kpi.planvalue import Text
from vinhchau_kpi.targetwords import Outcome, Read
from vinhchau_kpi.text import fold

_SHARE = re.compile(r"\b(?:ty le|ty trong|co cau|che phu|bao phu)\b")
_CHANGE = re.compile(r"\b(?:tang|giam|toc do|growth|change|so voi|ke hoach|du toan|chi tieu)\b")
_FILLER = re.compile(r"^(?:cac )?(?:nhom )?(?:chi tieu )?(?:chu yeu )?(?:ve )?(?:linh vuc )?(?:phat trien )?")


def values_of(draft: Draft, language: Language) -> dict[str, Any]:
    """The plan, with the words of its readings in `language`."""
    return _Values(draft, language).plan()


class _Values:
    def __init__(self, draft: Draft, language: Language) -> None:
        self.draft, self.language = draft, language
        self.units: dict[str, dict[str, Any]] = {}
        self.agencies: dict[str, dict[str, Any]] = {}
        self.taken: set[str] = set()
        """The ids and folded titles of sections."""

    def plan(self) -> dict[str, Any]:
        draft = self.draft
        sections = [self._section(title, rows) for title, rows in _parts(draft.rows)]
        found: dict[str, Any] = {"id": f"{slug(draft.issuer) or 'ke-hoach'}-{draft.year}", "year": draft.year}
        if draft.issued is not None and draft.year - 1 <= draft.issued.year <= draft.year:
            found["issued"] = draft.issued
        found |= {key: words for key, words in (("title", draft.title), ("issuer", draft.issuer)) if words}
        if any(one.read is not None for row in draft.rows for one in _parts_without_number(row)):
            found["counted"] = "top"
        found["units"] = self.units
        found |= {"agencies": self.agencies} if self.agencies else {}
        return found | {"sections": sections}

    def _section(self, title: str, rows: list[Row]) -> dict[str, Any]:
        said, n = title or self.language.say(N_("Targets")), 1
        while fold(said) in self.taken:
            n += 1
            said = f"{title or said} ({n})"
        id_ = self._initials(title)
        self.taken |= {fold(said), fold(id_)}
        found: dict[str, Any] = {"id": id_, "title": said}
        codes = [f"{id_}-{at:02}" for at in range(1, len(rows) + 1)]
        for key, is_wanted in (("indicators", False), ("commitments", True)):
            lines = [
                self._line(row, code) for row, code in zip(rows, codes, strict=True) if row.is_commitment is is_wanted
            ]
            found |= {key: lines} if lines else {}
        return found

    def _initials(self, title: str) -> str:
        letters = [word[0] for word in re.findall(r"[a-z]+", _FILLER.sub("", fold(title)))[:4] if word != "va"]
        base = "".join(letters).upper() or "CT"
        made, n = base, 1
        while fold(made) in self.taken or excel.made_of(f"{made}-01") is not None:
            n += 1
            made = f"{base}{n}" if fold(base) in self.taken else f"{base}X" * (n - 1)
        return made

    def _line(self, row: Row, code: str) -> dict[str, Any]:
        found: dict[str, Any] = {"code": code, "name": row.name}
        if row.read is not None and not row.is_commitment:
            found["unit"] = self._unit(row)
            found |= {"measure": "level"} if row.is_level else {}
            found["target"] = _target(row.read)
            found |= {"parts": "complete"} if row.is_complete else {}
        if row.read is not None and row.lead:
            found["lead"] = self._agency(row.lead)
        if row.baseline is not None and "unit" in found:
            found["baseline"] = dict(zip(("year", "value", "source"), row.baseline, strict=True))
        if row.revisions:
            found["revisions"] = [
                {"effective": day, "target": _target(read), "source": words} for day, read, words in row.revisions
            ]
        found["source"] = ({"quote": row.quote} if row.quote else {}) | {"place": row.place}
        if row.review:
            quote = " → ".join(filter(None, [row.quote, *(words for _, _, words in row.revisions)]))
            reasons = "; ".join(map(self.language.say, row.review))
            found["review"] = f"“{quote}”: {reasons}" if quote else reasons
        if row.children:
            found["children"] = [self._line(child, f"{code}.{at}") for at, child in enumerate(row.children, 1)]
        return found

    def _unit(self, row: Row) -> str:
        """The key of a row's unit: the name in the table, kept apart where what it can hold is another."""
        name = row.unit or "?"
        words, most = fold(f"{row.path} {row.name} {row.quote}"), row.read.number if row.read else None
        key, facts = slug(name) or "don-vi", dict[str, Any](name=name)
        if Unit(name=Text(vi=name, en=name)).is_percent:
            # Only what is plainly a share of a whole ends at 100; a growth may be below 0.
            is_share = _SHARE.search(words) and not _CHANGE.search(words) and (most or 0) <= 100
            key, limits = (f"{key}-share", {"min": 0, "max": 100}) if is_share else (key, {"min": -100})
            facts |= limits
        elif row.is_rate:
            key = f"{key}-rate"
            facts |= {"rate": True}
        elif fold(name) in COUNTED and (most or Decimal(0)) % 1 == 0:
            facts |= {"whole": True}
        return _kept(self.units, key, facts)

    def _agency(self, name: str) -> str:
        known = next((key for key, one in self.agencies.items() if fold(one["name"]) == fold(name)), None)
        return known or _kept(self.agencies, slug(name)[:40].strip("-") or "co-quan", {"name": name})


def _kept(into: dict[str, dict[str, Any]], key: str, facts: dict[str, Any]) -> str:
    """The key under which these facts are kept: another than `key` where that has others."""
    base, n = key, 1
    while into.get(key, facts) != facts:
        n += 1
        key = f"{base}-{n}"
    into[key] = facts
    return key


def _parts(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The sections: the headings at the top, where all are headings from the first one on; else one without a title."""
    first = next((n for n, row in enumerate(rows) if row.read is None), len(rows))
    is_divided = first < len(rows) and all(row.read is None for row in rows[first:])
    loose = list(_flat(rows[:first] if is_divided else rows))
    if loose:
        yield "", loose
    if is_divided:
        for row in rows[first:]:
            yield row.name, list(_flat(row.children))


def _parts_without_number(row: Row) -> Iterator[Row]:
    """What stands under an indicator without a number of its own: a table that numbers its targets counts those."""
    for child in row.children:
        if row.read is not None and not child.is_marked:
            yield child
        yield from _parts_without_number(child)


def _flat(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with the commitments under an indicator or a heading behind it: a plan has them beside its indicators."""
    for row in rows:
        below = list(_flat(row.children))
        row.children = [one for one in below if not one.is_commitment]
        if row.read is not None or row.children:
            yield row
        above = "" if row.read is not None else f"{row.name}: "
        yield from (replace(one, name=f"{above}{one.name}") for one in below if one.is_commitment)


def _target(read: Read) -> dict[str, Any]:
    if read.outcome in (Outcome.STATED, Outcome.READING) and read.sense and read.number is not None:
        return {read.sense: read.number}
    return {"undecided": True}


def slug(text: str) -> str:
    """An id made of words: letters of the alphabet, digits and hyphens."""
    return re.sub("[^a-z0-9]+", "-", fold(text).replace("%", " pct ")).strip("-")
