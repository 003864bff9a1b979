"""The Table Schema of a submission, for other programs."""

from __future__ import annotations

from typing import Any

from vinhchau_kpi.plan import Plan


def table_schema(plan: Plan) -> dict[str, Any]:
    """Frictionless Table Schema of a submission with canonical English headers, `.` decimals, ISO periods."""
    codes = list(plan.codes)
    number = {"type": "number", "decimalChar": ".", "bareNumber": True}
    lowest = {"constraints": {"minimum": min([0, *(int(u.min) for u in plan.units.values() if u.min is not None)])}}
    period = r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|(?:[2-9]|1[01])M|(?:0[1-9]|1[0-2])\.\.(?:(?:19|20)[0-9]{2}-)?(?:0[1-9]|1[0-2])))?"
    rounds = "|".join(one.id for one in plan.rounds)
    fields: list[dict[str, Any]] = [
        {"name": "indicator", "type": "string", "constraints": {"required": True, "enum": codes}},
        {
            "name": "period",
            "type": "string",
            "constraints": {"required": True, "pattern": f"(?:{period}{'|' + rounds if rounds else ''})"},
        },
        {"name": "value", **number, **lowest},
        {"name": "cumulative", **number, **lowest},
        {"name": "numerator", **number, **lowest},
        {"name": "denominator", **number, **lowest},
        {"name": "area", "type": "string", **({"constraints": {"enum": list(plan.areas)}} if plan.areas else {})},
        {
            "name": "agency",
            "type": "string",
            **({"constraints": {"enum": list(plan.agencies)}} if plan.agencies else {}),
        },
        {"name": "reported_on", "type": "date"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["estimate", "official", "withdrawn"]}},
        {"name": "name", "type": "string"},
        {"name": "unit", "type": "string"},
        {"name": "target", **number},
        {"name": "note", "type": "string"},
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": ["", "…"],
    }
