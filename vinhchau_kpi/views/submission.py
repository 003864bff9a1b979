"""The rows a submission is made of: an empty one for Excel, and its Table Schema for other programs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

from vinhchau_kpi.intake.headings import COLUMN_NAMES
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import Convention, written
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Plan
from vinhchau_kpi.template import Owed
from vinhchau_kpi.views.machine import csv_cell

TEMPLATE = (
    "indicator", "name", "unit", "target", "period", "value", "cumulative", "numerator", "denominator", "area", "agency",
    "kind", "reported_on", "note",
)  # fmt: skip
"""The columns of a template, in the order in which they are filled in."""


def template(plan: Plan, rows: Sequence[Owed], language: Language) -> str:
    """The empty submission as Excel in Vietnam opens it: semicolons, CRLF; its writer adds the byte-order mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([language.say(COLUMN_NAMES[column]) for column in TEMPLATE])
    for row in rows:
        cells = dict.fromkeys(TEMPLATE, "") | _printed(plan, row, language)
        writer.writerow([csv_cell(cell) for cell in cells.values()])
    return out.getvalue()


def _printed(plan: Plan, row: Owed, language: Language) -> dict[str, str]:
    subject = row.subject
    agency = plan.agency_name(subject.lead, language) if subject.lead else ""
    printed = {
        "indicator": subject.code,
        "name": subject.name.in_(language),
        "period": typed(row.period),
        "agency": agency,
    }
    if not isinstance(subject, Commitment):
        day = row.period.last_day
        target = subject.target_on(day) if row.area is None else subject.area_target_on(day, row.area)
        number = target.number if target else None
        printed["unit"] = plan.unit_of(subject).name.in_(language)
        printed["target"] = written(number, Convention.VI) if number is not None else ""
        printed["area"] = plan.area_name(row.area, language) if row.area else ""
    else:
        printed["unit"] = language.say(N_("yes/no"))
    return printed


def typed(period: Period) -> str:
    """A period in words that Excel leaves alone; it turns 2019-06 and 6/2019 into dates."""
    if period.is_month:
        return f"T{period.last}/{period.year}"
    if period.last - period.first == 2 and period.last % 3 == 0:
        return f"quý {('I', 'II', 'III', 'IV')[period.last // 3 - 1]}/{period.year}"
    if (period.first, period.last) == (7, 12):
        return f"6 tháng cuối năm {period.year}"
    if (period.first, period.last) == (1, 12):
        return f"năm {period.year}"
    if (period.first, period.last) in ((1, 6), (1, 9)):
        return f"{period.last} tháng đầu năm {period.year}"
    return period.name or str(period)


def table_schema(plan: Plan) -> dict[str, Any]:
    """Frictionless Table Schema of a submission with canonical English headers, `.` decimals, ISO periods."""
    codes = list(plan.codes)
    number = {"type": "number", "decimalChar": ".", "bareNumber": True}
    lowest = {"constraints": {"minimum": min([0, *(int(u.min) for u in plan.units.values() if u.min is not None)])}}
    period = r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?"
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
        {"name": "kind", "type": "string", "constraints": {"enum": ["estimate", "official"]}},
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
