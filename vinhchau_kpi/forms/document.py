"""A report → a Word annex as Vietnamese offices set it, by filling in a Word file that an office may replace with its own.

`usual_form.form` makes the usual file; what stands in double braces in it is filled in by `annex`. An office's own file may use
the same names anywhere, and nothing else.
"""

from __future__ import annotations

from typing import Any

from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.filling import filled, filled_file
from vinhchau_kpi.forms.usual_form import form
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.messages import N_, Language, Whole
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Row
from vinhchau_kpi.status import STATUS_NAMES
from vinhchau_kpi.views import doubts
from vinhchau_kpi.views.district import (
    BLANK,
    PROMISE_WORDS,
    FormRow,
    evidence,
    groups,
    lead_of,
    letterhead,
    numbering,
    promise_groups,
    remarks,
    row_words,
)
from vinhchau_kpi.views.narrative import narrative
from vinhchau_kpi.views.report import period_heading, promise_summary, reading_words, report_caveats, summary


def write(result: Result, language: Language) -> bytes:
    assert result.dossier is not None
    return annex(result.dossier(), language, result.word_file)


def annex(dossier: Dossier, language: Language, file: InputFile | None) -> bytes:
    """The annex; in the office's own `file` where it gives one. Raises `Refusal` where that cannot be filled in."""
    facts = content(dossier, language)
    return filled(form(language), facts) if file is None else filled_file(file, facts)


def content(dossier: Dossier, language: Language) -> dict[str, Any]:
    """The names that a Word file may use, and what stands for them: text, all of it."""
    whole, shown = dossier.whole, dossier.shown
    head = letterhead(whole.plan, dossier.office, language)
    heading = whole.plan.heading(language)
    reached = {"plan": Whole(heading), "period": Whole(whole.plan.period_words(whole.period, language))}
    return {
        **head._asdict(),
        "parent": head.parent.upper(),
        "issuer": head.office.upper(),
        "office": head.office or BLANK,
        "receiver": head.parent or BLANK,
        "title": heading.upper(),
        "subject": language.say(N_("Results of carrying out the {plan} up to the end of {period}"), **reached),
        "period": period_heading(whole, language),
        "narrative": [part._asdict() for part in narrative(whole, shown, head.office if head.parent else "", language)],
        "read": reading_words(whole, language),
        "caveats": [part.text for part in report_caveats(whole, language, on_paper=True)],
        "summary": summary(whole, language),
        "lines": _lines(dossier, language),
        "doubts": [part.text for part in doubts.notes([*shown.rows, *shown.commitments], language)],
        "commitments_summary": promise_summary(whole, language) if shown.commitments else "",
        "commitments": _promises(dossier, language),
    }


def _lines(dossier: Dossier, language: Language) -> list[dict[str, Any]]:
    numbers = numbering(dossier.whole.plan)
    lines: list[dict[str, Any]] = []
    for group in groups(dossier.shown, in_plan_order=dossier.in_plan_order):
        if group.section is not None:
            lines.append(_across(numbers[group.section.id], group.section.heading(language)))
        for one in group.rows:
            for heading in one.headings:
                name, code = heading.of.name.in_(language), heading.of.code
                lines.append({**_BLANK, "kind": "parent", "number": numbers[code], "code": code, "name": name})
            if one.begins_parts:
                lines.append({**_BLANK, "kind": "of_which", "name": language.say(N_("Of which:"))})
            lines.append(_line(one, numbers[one.row.code], dossier, language))
    return lines


_BLANK = dict.fromkeys(
    (
        "number",
        "code",
        "name",
        "agency",
        "unit",
        "plan",
        "in_period",
        "cumulative",
        "percent",
        "gap",
        "assessment",
        "remarks",
    ),
    "",
) | {"kind": "row"}


def _across(number: str, title: str) -> dict[str, Any]:
    return {**_BLANK, "kind": "section", "number": number, "name": title}


def _line(one: FormRow, number: str, dossier: Dossier, language: Language) -> dict[str, Any]:
    row, text = one.row, row_words(one.row, language)
    return {
        "kind": "parent" if row.indicator.children else "row",
        "number": number,
        "code": text.code,
        "name": ("- " if one.depth else "") + text.name,
        "agency": lead_of(row.indicator, dossier.whole.plan, language),
        "unit": text.unit,
        "plan": text.target,
        "in_period": text.in_period,
        "cumulative": text.value + doubts.mark(row.doubts),
        "percent": text.percent,
        "gap": text.gap,
        "assessment": language.say(STATUS_NAMES[row.status]),
        "remarks": "; ".join(
            [
                *remarks(dossier.whole.plan, row, language),
                *_against_last_year(row, language),
                *doubts.in_brief(row.doubts, language),
            ]
        ),
    }


def _against_last_year(row: Row, language: Language) -> list[str]:
    if row.index is None:
        return []
    return [language.say(N_("{percent}% of the same period last year"), percent=language.percent(row.index))]


def _promises(dossier: Dossier, language: Language) -> list[dict[str, Any]]:
    plan, numbers = dossier.whole.plan, numbering(dossier.whole.plan)
    lines: list[dict[str, Any]] = []
    for section, rows in promise_groups(dossier.shown.commitments):
        lines.append(_across(numbers[section.id], section.heading(language)))
        lines += [_promise(row, numbers[row.commitment.code], plan, language) for row in rows]
    return lines


def _promise(row: CommitmentRow, number: str, plan: Plan, language: Language) -> dict[str, Any]:
    return {
        **_BLANK,
        "number": number,
        "code": row.commitment.code,
        "name": row.commitment.name.in_(language),
        "agency": lead_of(row.commitment, plan, language),
        "assessment": doubts.marked(language.say(PROMISE_WORDS[row.status]), row.doubts),
        "remarks": "; ".join(filter(None, (evidence(row, plan, language), *doubts.in_brief(row.doubts, language)))),
    }
