"""A `Coverage`, as a screen and as facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vinhchau_kpi.coverage import AgencyCoverage, Coverage
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views import words
from vinhchau_kpi.views.screen import Column, Line, Part, Sheet, Title, Tone, Words


def screen(coverage: Coverage, language: Language) -> list[Part]:
    say = language.say
    owing = [agency for agency in coverage.agencies if agency.due]
    complete = sum(not agency.missing for agency in owing)
    columns = (
        Column(say(N_("Agency")), grows=True),
        Column(say(N_("Due")), numeric=True),
        Column(say(N_("Received")), numeric=True),
        Column(say(N_("Not received")), grows=True),
        Column(say(N_("Commitments reported")), numeric=True, gives_way=2),
        Column(say(N_("Last report")), gives_way=1),
    )
    return [
        Title(coverage.plan.heading(language)),
        Words(say(N_("Who has reported for {period}"), period=language.period(coverage.period)), Tone.STRONG),
        Words(
            say(
                N_("Of {all} agencies with indicators due, {n} have sent all."),
                n=complete,
                all=len(owing),
            )
        ),
        Sheet(columns, tuple(_line(agency, coverage, language) for agency in coverage.agencies)),
    ]


def _line(row: AgencyCoverage, coverage: Coverage, language: Language) -> Line:
    name = coverage.plan.agency_name(row.agency, language) if row.agency else language.say(N_("(no agency)"))
    cells = (
        name,
        language.number(len(row.due)),
        language.number(row.received),
        ", ".join(missing_words(row, coverage)),
        f"{language.number(row.promises_reported)}/{language.number(row.promises)}"
        if row.promises
        else words.NOT_APPLICABLE,
        f"{row.last_reported:%d/%m/%Y}" if row.last_reported else words.MISSING,
    )
    return Line(cells, tones=(*[Tone.PLAIN] * 3, Tone.BAD if row.missing else Tone.GOOD, Tone.PLAIN, Tone.PLAIN))


def missing_words(row: AgencyCoverage, coverage: Coverage) -> list[str]:
    """Codes; with their period where that is not the one asked for."""
    return [
        one.indicator.code if one.period.end == coverage.period.end else f"{one.indicator.code} ({one.period})"
        for one in row.missing
    ]


def facts(coverage: Coverage) -> dict[str, Any]:
    return {
        "plan": coverage.plan.id,
        "period": str(coverage.period),
        "as_of": coverage.as_of.isoformat() if coverage.as_of else None,
        "agencies": [
            {
                "agency": row.agency,
                "due": len(row.due),
                "received": row.received,
                "missing": [{"code": one.indicator.code, "period": str(one.period)} for one in row.missing],
                "commitments": row.promises,
                "commitments_reported": row.promises_reported,
                "last_reported": row.last_reported.isoformat() if row.last_reported else None,
            }
            for row in coverage.agencies
        ],
    }


RECORD_FIELDS = ("agency", "due", "received", "missing", "commitments", "commitments_reported", "last_reported")


def records(coverage: Coverage) -> Iterator[dict[str, Any]]:
    for fact in facts(coverage)["agencies"]:
        yield fact | {"missing": " ".join(f"{one['code']}@{one['period']}" for one in fact["missing"])}
