"""Small plans, figures and reports for tests, in as few words as the case needs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi import checks
from vinhchau_kpi import report as reports
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import Figures, Known, PlainFigures
from vinhchau_kpi.finding import Place
from vinhchau_kpi.period import Period, parse
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.target import Target

UNITS = {
    "t": {"name": "tấn"},
    "pc": {"name": "%", "min": "0", "max": "100"},
    "person": {"name": "người", "whole": "true"},
    "score": {"name": "điểm", "rate": "true"},
    "yes": {"name": "có/không"},
}
BALANCE = {**UNITS, "t": {"name": "tỷ đồng", "min": "-1000"}}
"""Where what is counted in `t` can be below 0."""
_lines = itertools.count(1)


def target(**sense: Any) -> Target:
    """`target(at_least="120")`."""
    return Target.model_validate(sense)


def indicator(code: str = "X", **facts: Any) -> dict[str, Any]:
    """A monthly flow of at least 1200 t, unless `facts` say otherwise."""
    return {"code": code, "name": f"name of {code}", "unit": "t", "target": {"at_least": "1200"}, **facts}


def plan(
    *indicators: dict[str, Any], areas: Iterable[str] | dict[str, Any] = (), commitments: Any = (), **facts: Any
) -> Plan:
    """A plan of 2019 with one section, S, unless `facts` say from which month to which it is."""
    return Plan.model_validate(
        {
            "id": "x",
            **({} if "from" in facts else {"year": "2019"}),
            "units": UNITS,
            "areas": areas if isinstance(areas, dict) else {area: {"name": f"area {area}"} for area in areas},
            "sections": [{"id": "S", "indicators": indicators or [indicator()], "commitments": commitments}],
            **facts,
        }
    )


def period(text: str) -> Period:
    """`06`, `Q2`, `H1`, `9M` of 2019, or any text that says its year."""
    found = parse(text if "2019" in text else f"2019-{text}")
    assert found is not None, text
    return found


def figure(when: str, value: str | None = None, code: str = "X", **facts: Any) -> Figure:
    """One row; numbers are given as text. `on` is its report date. Each figure stands on a line of its own."""
    names = ("cumulative", "numerator", "denominator")
    texts = {name: facts.pop(name, None) for name in names}
    numbers = {name: None if text is None else Decimal(text) for name, text in texts.items()}
    on = facts.pop("on", None)
    rest = {"area": None, "kind": Kind.OFFICIAL, "agency": None, "note": "", "place": Place("f.csv", next(_lines), 3)}
    return Figure(
        code=code,
        period=period(when),
        value=None if value is None else Decimal(value),
        **numbers,
        reported_on=date.fromisoformat(on) if on else None,
        **{**rest, **facts},
    )


def known(*rows: Figure, on: str | None = None) -> Known:
    return PlainFigures(rows).known_on(date.fromisoformat(on) if on else None)


def sound(of: Plan, figures: Figures) -> Figures:
    """The figures but those that contradict each other."""
    in_errors = {key for finding in checks.check(of, figures) if finding.is_error for key in finding.about}
    return figures.without(checks.contradicting(of, figures, in_errors))


def report(of: Plan, rows: Iterable[Figure], when: str, on: str | None = None) -> reports.Report:
    return reports.report(of, known(*rows, on=on), period(when))


def row(of: Plan, rows: Iterable[Figure], when: str, code: str = "X", on: str | None = None) -> reports.Row:
    """One indicator's line of the report on `when`."""
    return next(one for one in report(of, rows, when, on).rows if one.code == code)


def f(text: str) -> Fraction:
    """An exact number, as a test writes it down."""
    return Fraction(text)
