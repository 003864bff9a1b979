"""What a person typed, as the plan knows it: a period, a day, sections, codes, an agency; or a refusal that says what
can be typed. Only the plan is asked, no figures."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vinhchau_kpi import messages
from vinhchau_kpi.messages import N_
from vinhchau_kpi.period import Period, parse_day
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import fold, marked, nfc, spelled

if TYPE_CHECKING:
    from vinhchau_kpi.plan import Entry, Plan
    from vinhchau_kpi.scale import Scale, Stage


def day(text: str | None) -> date | None:
    """The day that `text` names; None where none is asked for."""
    if text is None:
        return None
    found = parse_day(text)
    if found is None:
        raise Refusal(N_("“{value}” is not a day. Write it as 2019-07-05 or 05/07/2019."), value=text)
    return found


def period(plan: Plan, text: str) -> Period:
    """The period that `text` names, in the plan's year where `text` has none: `T7`, `7`, `quý II`, `6 tháng`."""
    found = _meant(plan, text)
    year, span = str(plan.span), plan.span
    if found is None:
        sentence = N_("“{value}” is not a period. Write it as {forms}; T6 and quý II will do too.")
        forms = [f"{year}-{form}" for form in ("06", "Q2", "H1", "9M")] if span.is_calendar_year else [span.example]
        names = (*forms, year, *(one.id for one in plan.rounds))
        raise Refusal(sentence, value=text, forms=names)
    if not span.has(found):
        raise Refusal(N_("The period {value} is not in {year}, the year of the plan."), value=text, year=year)
    return found


def _meant(plan: Plan, text: str) -> Period | None:
    """The period that people mean by `text`: as it stands, else of the plan's year."""
    words = text.strip()
    return plan.period(words) or plan.span.named(words) if words else None


def is_file(plan: Plan, text: str) -> bool:
    """Whether one of two things to compare names a file or folder. A period with its year is a period, whatever the
    folder holds; one without (`T7`) is the file or folder of that name, where there is one."""
    return plan.period(text) is None and os.path.lexists(text)


def period_on_a_day(plan: Plan, text: str, otherwise: date | None = None) -> tuple[Period, date | None]:
    """`2019-06@2019-07-05` or `2019-06`: a period, and the day on which it is looked at, else the day `otherwise`."""
    name, at, on = text.partition("@")
    if plan.period(name) is None and os.path.lexists(text):
        raise Refusal(N_("Compare two periods or two files, not one of each."))
    if _meant(plan, name) is None and (os.sep in text or "/" in text or Path(text).suffix):
        raise Refusal(N_("There is no file or folder {path}."), path=text)
    return period(plan, name), day(on) if at else otherwise


def period_day_and_stage(plan: Plan, text: str, otherwise: date | None) -> tuple[str | None, date | None, Stage | None]:
    """`2019-06@2019-07-05`, `2019-06@tự chấm`, or the stage alone: a period, the day on which it is looked at, and the highest
    stage of entered scores that counts; each None where it is not said."""
    from vinhchau_kpi.intake.read.entered import STAGES

    found, stage, on = None, None, otherwise
    for at, piece in enumerate(text.split("@")):
        if fold(piece) in STAGES:
            stage = STAGES[fold(piece)]
        elif at == 0:
            found = str(period(plan, piece))
        else:
            on = day(piece)
    return found, on, stage


def sections(plan: Plan, wanted: Sequence[str] | None) -> list[str]:
    """The ids of the sections that are wanted; none is all."""
    known = {section.id.lower(): section.id for section in plan.sections}
    for one in wanted or ():
        if one.lower() not in known:
            sentence = N_("The plan has no section “{value}”; it has {codes}.")
            raise Refusal(sentence, value=one, codes=tuple(known.values()))
    return [known[one.lower()] for one in wanted or ()]


def codes(plan: Plan, text: str) -> tuple[str, ...]:
    """The codes of what `text` means: the one that it is, else those whose names, in either language, have all of its words:
    as they are typed, else whatever their marks and case, else as beginnings of words. At least one."""
    by_code = {one.lower(): one for one in plan.codes}
    if text.lower() in by_code:
        return (by_code[text.lower()],)
    names = [(one.code, name) for one in plan.subjects.values() for name in (one.name.vi, one.name.en)]
    for key, is_asked in ((marked, str.__eq__), (spelled, str.__eq__), (spelled, str.startswith)):
        asked = _words(text, key)
        if not asked:
            break
        in_names = ((code, _words(name, key)) for code, name in names)
        found = tuple(
            dict.fromkeys(
                code for code, name in in_names if all(any(is_asked(word, one) for word in name) for one in asked)
            )
        )
        if found:
            return found
    suggestion = messages.did_you_mean(text, plan.codes)
    raise Refusal(N_("The plan has no indicator “{value}”.{suggestion}"), value=text, suggestion=suggestion)


def _words(text: str, key: Callable[[str], str]) -> list[str]:
    return [key(word) for word in _WORD.findall(nfc(text[:MOST_ASKED]))]


_WORD = re.compile(r"\w+")
MOST_ASKED = 300
"""Characters of a name or of what is typed that are looked at."""


def entries(plan: Plan, wanted: Sequence[str] | None, of_sections: Sequence[str] | None) -> list[Entry]:
    """The indicators of these codes or words, in their order; of these sections, or all, where none is given."""
    if not wanted:
        only = set(sections(plan, of_sections))
        return [one for one in plan.entries.values() if not only or one.section.id in only]
    known = {one.lower() for one in plan.codes}
    for text in wanted:
        if text.lower() not in known and _meant(plan, text) is not None:
            raise Refusal(N_("“{value}” is a period; give it with --until."), value=text)
    found = list(dict.fromkeys(one for text in wanted for one in codes(plan, text)))
    promises = tuple(one for one in found if one in plan.commitments)
    if len(promises) == len(found) or any(one.lower() in map(str.lower, wanted) for one in promises):
        sentence = N_("{codes}: a commitment has no numbers to draw; kpi show CODE shows it in full.")
        raise Refusal(sentence, codes=promises)
    return [plan.entries[one] for one in found if one in plan.entries]


def agency(plan: Plan, text: str) -> str:
    """The id of the agency that `text` names."""
    from vinhchau_kpi.intake.read.parties import agency_named

    found = agency_named(plan, text)
    if found is None:
        sentence = N_("The plan has no agency “{value}”; it has {codes}.")
        raise Refusal(sentence, value=text, codes=tuple(plan.agencies))
    return found


def unit(plan: Plan, scale: Scale, text: str) -> str:
    """The unit that `text` names, of those that the scale scores."""
    from vinhchau_kpi.intake.read.entered import unit_finder

    found = unit_finder(scale, plan)(text)
    if found is None:
        sentence = N_("The scale has no unit “{value}”; it has {codes}.")
        raise Refusal(sentence, value=text, codes=tuple(scale.units(plan)))
    return found
