"""The open readings of a plan → what can be answered to each; answers → a plan in which they are settled.

An answer is “ok”, or a target: “≥ 7,5”, “< 4”, “bằng 12,1”, “≥ 7,5, phấn đấu 8”, “4,5 - 5”. Its numbers are written plainly, with
a comma or a point and without grouping, so that they read one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pydantic import ValidationError

from vinhchau_kpi import number
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Grid
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.columns import words
from vinhchau_kpi.intake.plan.text import Change
from vinhchau_kpi.intake.read.entered import grid_of
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.messages import LANGUAGES, N_, Language, language
from vinhchau_kpi.number import Convention, Evidence
from vinhchau_kpi.period import parse_day
from vinhchau_kpi.plan import Indicator, Plan, Subject
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.target import Target
from vinhchau_kpi.targetwords import numbers_in
from vinhchau_kpi.text import fold

COLUMNS = {
    "code": N_("Code"), "name": N_("Indicator"), "unit": N_("Unit"), "effective": N_("In force from"), "quote": N_("Words of the source"),
    "place": N_("Place"), "target": N_("Taken as"), "review": N_("Why it is open"), "answer": N_("Answer"), "measure": N_("Measure"),
}  # fmt: skip
"""The columns of a list of open readings."""
OK = N_("ok")
AIM, EXACTLY = N_("aim"), N_("exactly")
MEASURES = {"flow": N_("adds up"), "level": N_("at a moment")}
SIGNS = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<", "exactly": "="}


class Open(NamedTuple):
    """A target that a person has to confirm or decide: the one as issued (`effective` None), or as revised. None: a commitment."""

    subject: Subject
    unit: str
    effective: date | None
    target: Target | None
    quote: str
    choices: tuple[Target, ...]
    """Targets that its numbers can make, the likeliest first."""


def open_readings(plan: Plan) -> Iterator[Open]:
    """What is open in a plan, in its order."""
    convention = _convention(plan)
    for subject in plan.subjects.values():
        if subject.review is None:
            continue
        quote = subject.source.quote or ""
        if not isinstance(subject, Indicator):
            yield Open(subject, "", None, None, quote, ())
            continue
        unit = plan.unit_of(subject).name.vi
        yield Open(subject, unit, None, subject.target, quote, _choices(subject.target, quote, convention))
        for one in subject.revisions:
            if one.target.undecided:
                words = one.source or ""
                yield Open(subject, unit, one.effective, one.target, words, _choices(one.target, words, convention))


def _convention(plan: Plan) -> Convention:
    """How the quotes of a plan write numbers: the Vietnamese way, unless one proves the other and none this."""
    quotes = (text for one in plan.subjects.values() for text in numbers_in(one.source.quote or ""))
    proofs = set(map(number.evidence, quotes))
    return Convention.EN if Evidence.EN in proofs and Evidence.VI not in proofs else Convention.VI


def _choices(target: Target, quote: str, convention: Convention) -> tuple[Target, ...]:
    read = (number.read(text, convention) for text in numbers_in(quote))
    found = sorted({one for one in read if isinstance(one, Decimal)}) if target.undecided else list(target.numbers)
    made: list[Target] = []
    if len(found) > 1:
        made += [Target.model_validate({sense: [found[0], found[-1]]}) for sense in ("at_least", "at_most", "between")]
    singles = found[:1] + found[-1:] if len(found) > 1 else found
    made += [Target.model_validate({sense: one}) for sense in SIGNS for one in dict.fromkeys(singles)]
    return tuple(one for one in made if one != target.model_copy(update={"assigned": {}}))


def answer_of(target: Target, language: Language) -> str:
    """A target as an answer writes it; blank for one that no answer can be."""
    shown = [_written(one, language) for one in target.numbers]
    sense = target.sense
    if target.out_of is not None or sense not in (*SIGNS, "between"):
        return ""
    if sense == "between":
        return " - ".join(shown)
    if len(shown) == 1:
        # A cell that begins with = is a formula.
        return f"{language.say(EXACTLY) if sense == 'exactly' else SIGNS[sense]} {shown[0]}"
    met, aim = shown if sense == "at_least" else reversed(shown)
    return f"{SIGNS[sense]} {met}, {language.say(AIM)} {aim}"


_N = r"(-?[0-9]{1,18}(?:[.,][0-9]{1,18})?)"
_ANSWER = re.compile(rf"([≥≤<>=]|>=|<=|bang|exactly) ?{_N}(?:[,;]? ?(?:phan dau|aim) ?{_N})?")
_BETWEEN = re.compile(rf"{_N} ?(?:-|–|den|to) ?{_N}")
_SENSES = {sign: sense for sense, sign in SIGNS.items()} | {
    ">=": "at_least", "<=": "at_most", "bang": "exactly", "exactly": "exactly",
}  # fmt: skip


def target_of(answer: str, before: Target) -> Target | None:
    """The target that an answer writes in place of the one before; None where it writes none, or one of its numbers reads two
    ways."""
    text = fold(answer)
    match, between = _ANSWER.fullmatch(text), _BETWEEN.fullmatch(text)
    texts = match.groups()[1:] if match else between.groups() if between else ()
    numbers = [read for one in texts if one and (read := _number(one)) is not None]
    if not numbers or len(numbers) < len([one for one in texts if one]):
        return None
    sense = _SENSES[match[1]] if match else "between"
    try:
        value = sorted(numbers) if len(numbers) > 1 else numbers[0]
        return Target.model_validate({sense: value} | ({"out_of": before.out_of} if before.out_of is not None else {}))
    except ValidationError:
        return None


def _written(value: Decimal, language: Language) -> str:
    """A number that reads one way: 108,987 with one more 0."""
    plain = number.canonical(value)
    return number.written(plain, language.convention) + ("0" if number.two_readings(f"{plain:f}") else "")


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", ".")
    return None if number.two_readings(plain) else number.plain(plain)


def read_answers(source: InputFile, plan: Plan) -> tuple[dict[str, Change], list[Finding]]:
    """What an answered list says, by code, and what is wrong with its file. Raises `Refusal` at an answer that is not
    understood, and at one to what is not open."""
    grid, findings = grid_of(source, Options(), lambda grid: _header(grid)[1] != {})
    if grid is None:
        return {}, findings
    at, columns = _header(grid)
    if not columns:
        raise Refusal(
            N_("{path} is no list of open readings: kpi plan review PLAN -o FILE.xlsx makes one."), path=source.name
        )
    waiting = {(fold(one.subject.code), one.effective): one for one in open_readings(plan)}
    targets: dict[str, dict[date | None, Target]] = {}
    measures: dict[str, str] = {}
    for record in grid.records[at + 1 :]:
        cells = {key: words(record.cells[n]) for key, n in columns.items() if n < len(record.cells)}
        if not (cells.get("code") and cells.get("answer")):
            continue
        key, place = (
            (fold(cells["code"]), parse_day(cells.get("effective", ""))),
            grid.place(record.line, columns["answer"]),
        )
        if key not in waiting:
            raise Refusal(N_("{place}: {code} is not open in this plan."), place=place, code=cells["code"])
        one = waiting.pop(key)
        made = _answered(one, cells["answer"], place)
        targets.setdefault(one.subject.code, {}).update({one.effective: made} if made is not None else {})
        if measure := _measured(one, cells.get("measure", ""), place):
            measures[one.subject.code] = measure
    left = {one.subject.code for one in waiting.values()}
    return {code: Change(made, measures.get(code), code not in left) for code, made in targets.items()}, findings


def _answered(one: Open, answer: str, place: Place) -> Target | None:
    """The target that takes the place of what is open; None where it is right as it is."""
    if _is_said(answer, OK) and not (one.target and one.target.undecided):
        return None
    made = target_of(answer, one.target) if one.target else None
    if made is None:
        sentence = N_(
            "{place}: the answer “{text}” is not understood. Write one such as ≥ 7,5 or < 4 or bằng 12,1 or 4,5 - 5, thousands without a dot."
        )
        raise Refusal(sentence, place=place, text=answer)
    return made


def _measured(one: Open, measure: str, place: Place) -> str | None:
    """The measure that is written, where it is another than the plan's."""
    if not measure or not isinstance(one.subject, Indicator):
        return None
    own = next((key for key, said in MEASURES.items() if _is_said(measure, said)), None)
    if own is None:
        raise Refusal(N_("{place}: the measure “{text}” is not understood."), place=place, text=measure)
    return own if own != one.subject.measure else None


def _is_said(text: str, sentence: str) -> bool:
    return any(fold(text) == fold(language(code).say(sentence)) for code in LANGUAGES)


def _header(grid: Grid) -> tuple[int, Mapping[str, int]]:
    """The row (from 0) with the headings of a list of open readings, and where they stand; nothing where there is none."""
    names = {fold(language(code).say(words)): key for key, words in COLUMNS.items() for code in LANGUAGES}
    for at, record in enumerate(grid.records[:HEADER_WITHIN]):
        found = {names[key]: n for n, cell in enumerate(record.cells) if (key := fold(words(cell))) in names}
        if {"code", "answer"} <= found.keys():
            return at, found
    return 0, {}


def is_settled(before: Plan, after: Plan, changes: Mapping[str, Change]) -> bool:
    """Whether `after` is `before` with the changes, and with nothing else."""
    if before.codes != after.codes or before.model_dump(exclude={"sections"}) != after.model_dump(exclude={"sections"}):
        return False
    for code, old, new in zip(before.codes, before.subjects.values(), after.subjects.values(), strict=True):
        change = changes.get(code, Change({}, is_closed=False))
        targets, made = change.targets, old.model_dump(exclude={"lines"})
        made["review"] = None if change.is_closed else old.review
        if isinstance(old, Indicator):
            made["measure"] = change.measure or old.measure
            made["target"] = targets.get(None, old.target).model_dump()
            for revision, one in zip(made["revisions"], old.revisions, strict=True):
                revision["target"] = targets.get(one.effective, one.target).model_dump()
        if made != new.model_dump(exclude={"lines"}):
            return False
    return True
