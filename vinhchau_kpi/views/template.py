"""The rows of an empty submission, in the words that are printed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from vinhchau_kpi.checks.series import adds_up
from vinhchau_kpi.intake.cut.headings import COMPUTED
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Commitment, Indicator, Plan
from vinhchau_kpi.template import Owed
from vinhchau_kpi.views import words

COLUMNS = (
    "indicator", "name", "unit", "target", "previous", "cumulative_before", "period", "value", "cumulative", "numerator", "denominator", "area",
    "agency", "kind", "reported_on", "note",
)  # fmt: skip
"""The columns of a template, in the order in which they are filled in; what was reported before is for the eye alone."""


def columns_of(plan: Plan, rows: Sequence[Printed]) -> tuple[str, ...]:
    """The columns of a workbook: those that some row has a use for, with what is computed beside what is filled in."""
    indicators = [one.row.subject for one in rows if isinstance(one.row.subject, Indicator)]
    used = {
        "previous": any(one.previous is not None for one in rows),
        "cumulative_before": any(one.cumulative_before is not None for one in rows),
        "cumulative": any(one.is_flow for one in indicators),
        "cumulative_now": any(one.so_far is not None for one in rows),
        "percent_now": any(one.percent_of is not None for one in rows),
        "look": any(one.row.usual for one in rows),
        **dict.fromkeys(("numerator", "denominator"), any(plan.unit_of(one).is_rate for one in indicators)),
    }
    at = COLUMNS.index("value") + 1
    return tuple(name for name in (*COLUMNS[:at], *COMPUTED, *COLUMNS[at:]) if used.get(name, True))


@dataclass(frozen=True, slots=True)
class Printed:
    """What a row of a template says before anyone fills it in. `previous` and `cumulative_before` are of the period before;
    None where nothing whole is known of it. `so_far` is what the new figure is added to for the cumulative, `percent_of` what
    a percent is of; None where there is no such number."""

    row: Owed
    code: str
    name: str
    unit: str
    target: Decimal | None
    previous: Fraction | str | None
    cumulative_before: Fraction | None
    so_far: Fraction | None
    percent_of: Decimal | None
    period: str
    area: str
    agency: str


def printed(plan: Plan, row: Owed, language: Language) -> Printed:
    subject = row.subject
    target = so_far = percent_of = None
    if isinstance(subject, Commitment):
        unit = language.say(N_("yes/no"))
    else:
        unit, day = plan.unit_of(subject).name.in_(language), row.period.last_day
        in_force = subject.target_on(day) if row.area is None else plan.area_target(subject, row.area, day, row.period)
        target = in_force.number if in_force else None
        if adds_up(plan, subject):
            so_far = Fraction(0) if row.period.first == 1 else _cumulative_before(row)
        if in_force is not None and in_force.floor and (so_far is not None or not subject.is_flow):
            percent_of = in_force.floor if in_force.floor > 0 else None
    return Printed(
        row=row,
        code=subject.code,
        name=subject.name.in_(language),
        unit=unit,
        target=target,
        previous=_previous(row, language),
        cumulative_before=_cumulative_before(row),
        so_far=so_far,
        percent_of=percent_of,
        period=typed(row.period),
        area=plan.area_name(row.area, language) if row.area else "",
        agency=plan.agency_name(subject.lead, language) if subject.lead else "",
    )


def _previous(row: Owed, language: Language) -> Fraction | str | None:
    """What to hold the new figure against: a flow's own figure, a level, or yes and no."""
    if row.before is None or row.before.value is None or isinstance(row.subject, Commitment):
        return None
    if row.subject.target.achieved:
        return words.yes_no(row.before.value == 1, language)
    return row.before.in_period if row.subject.is_flow else row.before.value


def _cumulative_before(row: Owed) -> Fraction | None:
    """A flow's sum so far, to add the new figure to: only where nothing is missing from it."""
    now = row.before
    return None if now is None or now.cumulative is None or now.missing else now.cumulative


def typed(period: Period) -> str:
    """A period in words that Excel leaves alone; it turns 2019-06 and 6/2019 into dates."""
    year, first, last = period.in_calendar
    if period.is_month:
        return f"T{last}/{year}"
    if last - first == 2 and last % 3 == 0:
        return f"quý {('I', 'II', 'III', 'IV')[last // 3 - 1]}/{year}"
    if (first, last) == (7, 12):
        return f"6 tháng cuối năm {year}"
    if (first, last) == (1, 12):
        return f"năm {year}"
    if first == 1 and last < 12:
        return f"{last} tháng đầu năm {year}"
    return period.name or str(period)
