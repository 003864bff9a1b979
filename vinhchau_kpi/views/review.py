"""The open readings of a plan, one by one, each with what can be answered; as a screen and as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vinhchau_kpi.intake.plan.review import COLUMNS, MEASURES, OK, Open, answer_of
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Indicator
from vinhchau_kpi.views import words
from vinhchau_kpi.views.facts import target_facts
from vinhchau_kpi.views.screen import Paragraph, ScreenPart, Title, Tone

CHOICES = N_("Choose one")


def screen(found: Sequence[Open], path: Path, language: Language) -> Iterator[ScreenPart]:
    say = language.say
    if not found:
        yield Paragraph(say(N_("Nothing is open in this plan.")), Tone.GOOD)
        return
    for one in found:
        cells = row(one, language)
        unit = f" ({cells['unit']})" if cells["unit"] else ""
        yield Title(f"{cells['code']} {cells['name']}{unit}")
        if where := f"{cells['place']} {cells['effective']}".strip():
            yield Paragraph(where, Tone.QUIET)
        yield Paragraph(f"{say(COLUMNS['target'])}: {cells['target']}. {cells['review']}")
        if choices := answers(one, language):
            yield Paragraph(f"{say(CHOICES)}: {' · '.join(choices)}")
    yield Title(say(N_("How to settle them")))
    for text in (
        N_(
            "In Excel: kpi plan review {path} -o review.xlsx, fill in the column Answer, then kpi plan review {path} --apply review.xlsx."
        ),
        N_("By hand: write the target into {path} and take the line review away."),
    ):
        yield Paragraph(say(text, path=path))


def answers(one: Open, language: Language) -> tuple[str, ...]:
    """What can be chosen: that it is right as it is, where something is taken, or another target."""
    is_taken = one.target is None or not one.target.undecided
    return (*([language.say(OK)] if is_taken else []), *filter(None, (answer_of(t, language) for t in one.choices)))


def row(one: Open, language: Language) -> dict[str, str]:
    """The cells of its row in a list, by the keys of `COLUMNS`; the answer is still to come."""
    subject = one.subject
    target = language.say(N_("carried out or not"))
    if one.target is not None:
        target = answer_of(one.target, language) or words.target(one.target, language)
    return {
        "code": subject.code,
        "name": subject.name.in_(language),
        "unit": one.unit,
        "effective": str(one.effective or ""),
        "quote": one.quote,
        "place": subject.source.place or "",
        "target": target,
        "review": subject.review or "",
        "answer": "",
        "measure": language.say(MEASURES[subject.measure]) if isinstance(subject, Indicator) else "",
    }


def facts(found: Sequence[Open], language: Language) -> list[dict[str, Any]]:
    return [
        {key: row(one, language)[key] for key in ("code", "name", "unit", "quote", "place", "review")}
        | {
            "effective": str(one.effective) if one.effective else None,
            "target": None if one.target is None else target_facts(one.target),
        }
        | {"choices": [target_facts(choice) for choice in one.choices]}
        for one in found
    ]


def records(found: Sequence[Open], language: Language) -> tuple[Sequence[str], list[Mapping[str, Any]]]:
    """The rows of a list that can be answered in a CSV file too."""
    heads = {key: language.say(head) for key, head in COLUMNS.items()}
    return tuple(heads.values()), [{heads[key]: cell for key, cell in row(one, language).items()} for one in found]
