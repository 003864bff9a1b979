"""What must agree between the parts of a plan that are each well formed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from vinhchau_kpi import excel, number, rules
from vinhchau_kpi import period as periods
from vinhchau_kpi.finding import Rule
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.plan import Heading, Indicator, Plan, Revision, Subject
from vinhchau_kpi.planvalue import Text
from vinhchau_kpi.target import Target
from vinhchau_kpi.text import fold

Loc = tuple[str | int, ...]
Fault = tuple[Loc, Rule, dict[str, Any]]


def inconsistencies(plan: Plan) -> Iterator[Fault]:
    """What disagrees inside a plan whose parts are each well formed: where it is, the rule, its words."""
    if not 0 < plan.span.length <= 12:
        reason = N_("a plan is made for one to twelve months, the last not before the first")
        yield ("to",), rules.PLAN_BAD_VALUE, {"value": str(plan.stop), "reason": Message(reason)}
    else:
        yield from _disagreements(plan)


def _disagreements(plan: Plan) -> Iterator[Fault]:
    yield from _profile_faults(plan)
    yield from _naming_faults(plan)
    yield from _area_faults(plan)
    if not 0 < plan.tolerance <= 1:
        reason = N_("a tolerance is a share above 0 and at most 1, such as 0.95")
        yield ("tolerance",), rules.PLAN_BAD_VALUE, {"value": f"{plan.tolerance:f}", "reason": Message(reason)}
    for name, unit in plan.units.items():
        if unit.min is not None and unit.max is not None and unit.min > unit.max:
            reason = N_("the lowest value of a unit is above its highest, {max}")
            args = {"value": f"{unit.min:f}", "reason": Message(reason, {"max": f"{unit.max:f}"})}
            yield ("units", name, "min"), rules.PLAN_BAD_VALUE, args
    for nth, day in enumerate(plan.due.holidays):
        if day.year not in (*plan.span.years, plan.span.years[-1] + 1):
            reason = N_("a holiday lies in the plan's year, or in the one after it")
            yield ("due", "holidays", nth), rules.PLAN_BAD_VALUE, {"value": str(day), "reason": Message(reason)}
    yield from _round_faults(plan)
    seen: dict[str, str] = {}
    for at, section in enumerate(plan.sections):
        for nth, line in enumerate(section.lines):
            yield from _line_faults(plan, line, ("sections", at, "indicators", nth), seen)
        for nth, commitment in enumerate(section.commitments):
            loc = ("sections", at, "commitments", nth)
            yield from _code_faults(plan, commitment.code, commitment.name, loc, seen)
            yield from _lead_faults(plan, commitment.lead, loc)
            yield from _open_reading(commitment, loc)
            if commitment.due is not None and commitment.due < plan.span.whole.first_day.replace(month=1):
                args = {"value": str(commitment.due), "reason": Message(N_("the day lies before the plan's year"))}
                yield (*loc, "due"), rules.PLAN_BAD_VALUE, args


def _profile_faults(plan: Plan) -> Iterator[Fault]:
    for name, profile in plan.profiles.items():
        shares = profile.shares
        rising = all(a <= b for a, b in itertools.pairwise(shares))
        if len(shares) != plan.span.length or not rising or shares[0] < 0 or shares[-1] != 100:
            sentence = N_("a profile is a share for each of the plan's {count} months, never falls and ends at 100")
            reason = Message(sentence, {"count": plan.span.length})
            yield ("profiles", name), rules.PLAN_BAD_VALUE, {"value": name, "reason": reason}


def _round_faults(plan: Plan) -> Iterator[Fault]:
    for at, one in enumerate(plan.rounds):
        if one.start > one.end or not plan.span.has(one.period):
            reason = N_("a round lies within the plan's year and ends after it begins")
            yield ("rounds", at), rules.PLAN_BAD_VALUE, {"value": one.id, "reason": Message(reason)}


def _area_faults(plan: Plan) -> Iterator[Fault]:
    """Each area lives for one stretch of months, and goes into one other that begins when it ends."""
    went_into: dict[str, str] = {}
    for id_, area in plan.areas.items():
        end = plan.lives.end(id_)
        if area.merges and area.start is None:
            reason = Message(
                N_("an area that merges others needs the month with which it begins, such as from: 2025-07")
            )
            yield ("areas", id_, "merges"), rules.PLAN_BAD_VALUE, {"value": id_, "reason": reason}
        if area.start is not None and end is not None and end < area.start:
            reason = Message(N_("an area ends before it begins"))
            yield ("areas", id_), rules.PLAN_BAD_VALUE, {"value": id_, "reason": reason}
        for nth, old in enumerate(area.merges):
            loc = ("areas", id_, "merges", nth)
            if old not in plan.areas:
                yield loc, rules.PLAN_UNKNOWN_REFERENCE, _unknown(old, N_("areas"), plan.areas)
            elif went_into.setdefault(old, id_) != id_:
                sentence = N_("it goes into {other} too, and nobody could say which part of its figures is whose")
                reason = Message(sentence, {"other": went_into[old]})
                yield loc, rules.PLAN_BAD_VALUE, {"value": old, "reason": reason}
            elif area.start is not None and (ends := plan.areas[old].end) not in (None, area.start.month_before):
                reason = Message(
                    N_("it ends with {month}, and not with the month before {area} begins"),
                    {"month": ends, "area": id_},
                )
                yield loc, rules.PLAN_BAD_VALUE, {"value": old, "reason": reason}


def _naming_faults(plan: Plan) -> Iterator[Fault]:
    """Rounds, sections, agencies and areas are asked for by id or by name, so neither may mean two of them at one time; the id of an
    agency is also part of a file's name, and that of a round must not be a period's."""
    kinds: list[list[tuple[Loc, str, Text | None]]] = [
        [(("rounds", at, "id"), one.id, one.name) for at, one in enumerate(plan.rounds)],
        [(("sections", at, "id"), one.id, one.title) for at, one in enumerate(plan.sections)],
        [(("agencies", id_), id_, party.name) for id_, party in plan.agencies.items()],
        [(("areas", id_), id_, party.name) for id_, party in plan.areas.items()],
        [(("assigners", id_), id_, party.name) for id_, party in plan.assigners.items()],
    ]
    for kind in kinds:
        owners: dict[str, list[str]] = {}
        for loc, id_, name in kind:
            for word in dict.fromkeys(text.casefold() for text in (id_, *((name.vi, name.en) if name else ()))):
                same = [other for other in owners.get(word, ()) if not plan.lives.are_apart(other, id_)]
                if same:
                    reason = N_("{other} has the same id or name, and nothing could tell them apart")
                    args = {"value": id_, "reason": Message(reason, {"other": same[0]})}
                    yield loc, rules.PLAN_BAD_VALUE, args
                    break
                owners.setdefault(word, []).append(id_)
    for at, one in enumerate(plan.rounds):
        if periods.parse(one.id) is not None:
            reason = N_("it reads as a period, so a round needs another id, such as R1")
            yield ("rounds", at, "id"), rules.PLAN_BAD_VALUE, {"value": one.id, "reason": Message(reason)}
    for id_ in plan.agencies:
        if not is_file_name(id_):
            reason = N_(
                "an agency's id is part of file names: letters, digits, - and _ and . alone, and no name of a Windows device"
            )
            yield ("agencies", id_), rules.PLAN_BAD_VALUE, {"value": id_, "reason": Message(reason)}


def is_file_name(text: str) -> bool:
    """Whether a text can be part of a file's name on any system."""
    return _IN_FILE_NAMES.fullmatch(text) is not None and _DEVICE.fullmatch(text) is None


_IN_FILE_NAMES = re.compile(r"\w(?:[\w.-]*[\w-])?")
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def _line_faults(plan: Plan, line: Indicator | Heading, loc: Loc, seen: dict[str, str]) -> Iterator[Fault]:
    yield from _code_faults(plan, line.code, line.name, loc, seen)
    if isinstance(line, Indicator):
        yield from _indicator_faults(plan, line, loc)
    for nth, below in enumerate(line.lines):
        yield from _line_faults(plan, below, (*loc, "children", nth), seen)


def _indicator_faults(plan: Plan, indicator: Indicator, loc: Loc) -> Iterator[Fault]:
    yield from _lead_faults(plan, indicator.lead, loc)
    yield from _open_reading(indicator, loc)
    if indicator.unit not in plan.units:
        yield (*loc, "unit"), rules.PLAN_UNKNOWN_REFERENCE, _unknown(indicator.unit, N_("units"), plan.units)
    if indicator.profile != "linear" and indicator.profile not in plan.profiles:
        kind = N_("profiles")
        yield (*loc, "profile"), rules.PLAN_UNKNOWN_REFERENCE, _unknown(indicator.profile, kind, plan.profiles)
    if indicator.baseline is not None and indicator.baseline.year >= plan.year:
        reason = N_("a baseline lies before the plan's year")
        value = str(indicator.baseline.year)
        yield (*loc, "baseline"), rules.PLAN_BAD_VALUE, {"value": value, "reason": Message(reason)}
    unit = plan.units.get(indicator.unit)
    if unit is not None and unit.is_per_something and unit.rate is None:
        yield (*loc, "unit"), rules.PLAN_UNIT_PER, {"value": unit.name, "code": indicator.code}
    others = (entry.indicator for entry in plan.entries.values() if entry.indicator is not indicator)
    taken = [one.code for one in others if indicator.was and fold(one.was or one.code) == fold(indicator.was)]
    if taken:
        why = Message(N_("{other} continues it already"), {"other": taken[0]})
        yield (*loc, "was"), rules.PLAN_BAD_VALUE, {"value": indicator.was, "reason": why}
    yield from _parts_faults(indicator, loc, is_rate=unit is not None and unit.is_rate)
    yield from _revision_faults(plan, indicator, loc)
    for nth, set_by in enumerate(indicator.set_by):
        at = loc if isinstance(set_by, Indicator) else (*loc, "revisions", nth - 1)
        yield from _allocation_faults(plan, indicator, set_by, at)
        yield from _assigned_faults(plan, set_by.target, (*at, "target", "assigned"))


def _assigned_faults(plan: Plan, target: Target, loc: Loc) -> Iterator[Fault]:
    """What others have set is a number, where the plan's own target is one, and of somebody the plan names."""
    for who, number_ in target.assigned.items():
        if who not in plan.assigners:
            yield (*loc, who), rules.PLAN_UNKNOWN_REFERENCE, _unknown(who, N_("assigners"), plan.assigners)
        if target.number is None:
            reason = Message(N_("others can have set a number only where the target is a bound or a number itself"))
            yield (*loc, who), rules.PLAN_BAD_VALUE, {"value": f"{number_:f}", "reason": reason}


def _code_faults(plan: Plan, code: str, name: Text, loc: Loc, seen: dict[str, str]) -> Iterator[Fault]:
    key = fold(code)
    if key in map(fold, plan.retired):
        reason = N_("it is among the codes that are retired, and would be taken for what it was")
        yield (*loc, "code"), rules.PLAN_BAD_VALUE, {"value": code, "reason": Message(reason)}
    if key in seen:
        yield (*loc, "code"), rules.PLAN_DOUBLED_CODE, {"value": code, "other": seen[key]}
    seen.setdefault(key, name.vi)
    made = excel.made_of(code)
    if made is not None:
        yield (*loc, "code"), rules.PLAN_CODE_CHANGES, {"value": code, "made": made}


def _open_reading(subject: Subject, loc: Loc) -> Iterator[Fault]:
    if subject.review is not None:
        args = {"code": subject.code, "name": subject.name, "value": subject.review}
        yield (*loc, "review"), rules.PLAN_OPEN_READING, args


def _lead_faults(plan: Plan, lead: str | None, loc: Loc) -> Iterator[Fault]:
    if lead is not None and lead not in plan.agencies:
        yield (*loc, "lead"), rules.PLAN_UNKNOWN_REFERENCE, _unknown(lead, N_("agencies"), plan.agencies)


def _parts_faults(indicator: Indicator, loc: Loc, *, is_rate: bool) -> Iterator[Fault]:
    """Complete parts add up to the whole; no part of the same unit and sense exceeds it, unless it is a rate."""
    whole = indicator.target.floor
    alike = [child for child in indicator.children if child.unit == indicator.unit]
    shares = [child.target.floor for child in alike]
    if whole is None or not alike or None in shares:
        return
    together = number.total(share for share in shares if share is not None)
    complete = indicator.parts == "complete" and len(alike) == len(indicator.children)
    exceeds = not is_rate and any(s is not None and s > whole for s in shares)
    if together != whole if complete else exceeds:
        yield (*loc, "target"), rules.PLAN_PARTS, {"code": indicator.code, "value": together, "total": whole}


def _revision_faults(plan: Plan, indicator: Indicator, loc: Loc) -> Iterator[Fault]:
    """A revision is of a day of the plan's year, one a day, and leaves a number a number and a promise a promise."""
    days = [revision.effective for revision in indicator.revisions]
    for nth, revision in enumerate(indicator.revisions):
        at, day = (*loc, "revisions", nth), str(revision.effective)
        if revision.effective in days[:nth]:
            reason = N_("two revisions on the same day: it is unclear which one holds")
            yield (*at, "on"), rules.PLAN_BAD_VALUE, {"value": day, "reason": Message(reason)}
        if not plan.span.whole.first_day <= revision.effective <= plan.span.whole.last_day:
            reason = N_("a target is revised within the plan's year")
            yield (*at, "on"), rules.PLAN_BAD_VALUE, {"value": day, "reason": Message(reason)}
        is_open = revision.target.undecided or indicator.target.undecided
        if not is_open and bool(revision.target.numbers) != bool(indicator.target.numbers):
            reason = N_("a revision replaces a number by a number, or a yes/no target by a yes/no target")
            yield (*at, "target"), rules.PLAN_BAD_VALUE, {"value": revision.target.sense, "reason": Message(reason)}


def _allocation_faults(plan: Plan, indicator: Indicator, set_by: Indicator | Revision, loc: Loc) -> Iterator[Fault]:
    """The parts of a target that areas are given: of areas the plan has, of a number, and adding up to it."""
    if not set_by.allocations:
        if set_by.allocated == "partial":
            reason = N_("there are no allocations that could be partial")
            yield (*loc, "allocated"), rules.PLAN_BAD_VALUE, {"value": set_by.allocated, "reason": Message(reason)}
        return
    least = plan.units[indicator.unit].min if indicator.unit in plan.units else None
    for area, share in set_by.allocations.items():
        if share < (least or 0):
            reason = N_("the target of an area cannot be below the lowest value of the unit")
            yield (*loc, "allocations", area), rules.PLAN_BAD_VALUE, {"value": f"{share:f}", "reason": Message(reason)}
        if plan.areas and area not in plan.areas:
            yield (*loc, "allocations", area), rules.PLAN_UNKNOWN_REFERENCE, _unknown(area, N_("areas"), plan.areas)
    whole = set_by.target.number
    if whole is None or len(set_by.target.numbers) > 1:
        reason = N_("only a target that is one number can be given to areas")
        yield (*loc, "allocations"), rules.PLAN_BAD_VALUE, {"value": indicator.code, "reason": Message(reason)}
        return
    unit = plan.units.get(indicator.unit)
    if not indicator.is_flow or unit is None or unit.is_rate:
        return
    together = number.total(set_by.allocations.values())
    if (together != whole) if set_by.allocated == "complete" else (together > whole):
        args = {"code": indicator.code, "value": together, "total": whole}
        yield (*loc, "allocations"), rules.PLAN_ALLOCATIONS, args


def _unknown(value: str, kind: str, known: dict[str, Any]) -> dict[str, Any]:
    return {"value": value, "kind": Message(kind), "suggestion": did_you_mean(value, known)}
