"""What must agree inside a scale whose parts are each well formed, and between it and the plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi import excel, rules
from vinhchau_kpi.achievement import percent
from vinhchau_kpi.consistency import Fault, Loc
from vinhchau_kpi.messages import N_, Message, did_you_mean
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.scale import Criterion, Cut, Scale, laid_out
from vinhchau_kpi.text import fold


def scale_faults(scale: Scale, plan: Plan) -> Iterator[Fault]:
    """What disagrees: where it is, the rule, its words."""
    if scale.plan is not None and scale.plan != plan.id:
        reason = Message(N_("the scale is of another plan than {id}"), {"id": plan.id})
        yield ("plan",), rules.PLAN_BAD_VALUE, {"value": scale.plan, "reason": reason}
    together = sum((criterion.points for criterion in scale.criteria), Decimal(0))
    if together != scale.points:
        yield ("points",), rules.SCALE_POINTS, {"value": together, "total": scale.points}
    yield from _unit_faults(scale, plan)
    seen: dict[str, str] = {}
    for at, part in enumerate(scale.parts):
        for nth, criterion in enumerate(part.criteria):
            yield from _criterion_faults(scale, plan, criterion, ("parts", at, "criteria", nth), seen)
    for at, knock_out in enumerate(scale.knock_outs):
        yield from _code_faults(scale, knock_out.code, ("knock_outs", at), seen)


def _unit_faults(scale: Scale, plan: Plan) -> Iterator[Fault]:
    known = plan.areas if scale.of == "areas" else plan.agencies
    kind = N_("areas") if scale.of == "areas" else N_("agencies")
    if not scale.clusters and not known:
        reason = Message(N_("the plan lists none of them: name the units in clusters"))
        yield ("of",), rules.PLAN_BAD_VALUE, {"value": scale.of, "reason": reason}
    seen: dict[str, str] = {}
    for name, cluster in scale.clusters.items():
        for nth, unit in enumerate(cluster.members):
            loc = ("clusters", name, "members", nth)
            if known and unit not in known:
                args = {"value": unit, "kind": Message(kind), "suggestion": did_you_mean(unit, known)}
                yield loc, rules.PLAN_UNKNOWN_REFERENCE, args
            if unit in seen:
                yield loc, rules.SCALE_UNIT_TWICE, {"value": unit, "other": seen[unit]}
            seen.setdefault(unit, name)


def _criterion_faults(
    scale: Scale, plan: Plan, criterion: Criterion, loc: Loc, seen: dict[str, str]
) -> Iterator[Fault]:
    yield from _code_faults(scale, criterion.code, loc, seen)
    for nth, item in enumerate(criterion.items):
        at = (*loc, "items", nth)
        if item.code is not None and item.is_entered:
            yield from _code_faults(scale, item.code, at, seen)
        elif item.is_added and item.most is None and criterion.most_added is None:
            reason = Message(N_("what is counted and added needs most: without it nobody knows what there is to earn"))
            yield (*at, "each"), rules.PLAN_BAD_VALUE, {"value": f"{item.each:f}", "reason": reason}
    if criterion.bands:
        yield from _band_faults(criterion, (*loc, "bands"))
    if criterion.indicator is not None:
        subject = plan.subjects.get(fold(criterion.indicator))
        if subject is None or subject.code != criterion.indicator:
            kind, close = N_("indicators and commitments"), did_you_mean(criterion.indicator, plan.codes)
            args = {"value": criterion.indicator, "kind": Message(kind), "suggestion": close}
            yield (*loc, "indicator"), rules.PLAN_UNKNOWN_REFERENCE, args
        elif sentence := _unmeasurable(scale, criterion, subject):
            args = {"code": criterion.code, "indicator": subject.code, "reason": Message(sentence)}
            yield (*loc, "indicator"), rules.SCALE_NOT_MEASURABLE, args


def _unmeasurable(scale: Scale, criterion: Criterion, subject: Indicator | Commitment) -> str | None:
    """Why the rule can never look at what it asks for, whatever is reported; None where it can."""
    if isinstance(subject, Commitment) or subject.target.achieved:
        is_counted = criterion.rule is None and all(item.over is None for item in criterion.items)
        return None if criterion.met or is_counted else N_("a promise is kept or not: it has no percent and no number")
    needs_target = criterion.has_percent or criterion.met or (criterion.rule is not None and criterion.of == "gap")
    if scale.of == "areas" and needs_target and not any(one.allocations for one in subject.set_by):
        return N_("the plan gives no part of its target to areas")
    base = subject.baseline if scale.of == "agencies" else None
    start = Fraction(base.value) if base is not None else None
    if criterion.has_percent and all(percent(one, Fraction(1), start) is None for one in subject.targets):
        return N_("its target has no percent")
    return None


def _code_faults(scale: Scale, code: str, loc: Loc, seen: dict[str, str]) -> Iterator[Fault]:
    """Scores are entered by code alone, and often in Excel: no two codes alike, and none that Excel turns into another."""
    if fold(code) in seen:
        yield (*loc, "code"), rules.PLAN_DOUBLED_CODE, {"value": code, "other": seen[fold(code)]}
    seen.setdefault(fold(code), code)
    made = excel.made_of(code)
    if isinstance(made, str) and fold(made) in scale.codes:
        yield (*loc, "code"), rules.PLAN_CODE_CHANGES, {"value": code, "made": made}


def _band_faults(criterion: Criterion, loc: Loc) -> Iterator[Fault]:
    """Every value is in exactly one band."""
    bands = criterion.bands
    if bands[-1].otherwise is None or any(band.otherwise is not None for band in bands[:-1]):
        reason = Message(N_("the last band, and no other, is otherwise"))
        yield loc, rules.SCALE_BANDS, {"code": criterion.code, "reason": reason}
        return
    before: Cut | None = None
    for nth, (lower, upper, band) in enumerate(laid_out(bands)):
        args: dict[str, Any] = {}
        if lower is not None and upper is not None and lower >= upper:
            sentence, args = N_("the band that begins at {number} has no values"), {"number": lower[0]}
        elif nth and (before is None or lower is None or lower < before):
            edge = lower or before
            sentence = N_("two bands have the same values")
            if edge is not None:
                sentence, args = N_("two bands overlap at {number}"), {"number": edge[0]}
        elif nth and before is not None and lower is not None and before < lower:
            sentence, args = N_("no band says what {number} is worth"), {"number": before[0]}
        else:
            before = upper
            continue
        before = upper
        reason = Message(sentence, args)
        yield (*loc, bands.index(band)), rules.SCALE_BANDS, {"code": criterion.code, "reason": reason}
    most = criterion.most_it_can_add
    for nth, band in enumerate(bands):
        if most is not None and band.worth > criterion.points + most:
            args = {"code": criterion.code, "value": band.worth, "points": criterion.points}
            yield (*loc, nth), rules.SCALE_BAND_OVER, args
