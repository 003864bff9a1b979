"""A report as offices tell it: by section what was reached, then what is behind and who leads it, then what is missing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeVar

from vinhchau_kpi.figure import Kind
from vinhchau_kpi.messages import N_, Language, Whole
from vinhchau_kpi.plan import Plan, Subject, Unit
from vinhchau_kpi.report import CommitmentRow, Report, Row
from vinhchau_kpi.status import STATUS_NAMES, Status
from vinhchau_kpi.target import Target
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import PROMISE_WORDS, caveats, lead_of, missing_words, promise_note
from vinhchau_kpi.views.report import promise_summary, summary

T = TypeVar("T")


class Passage(NamedTuple):
    """A paragraph. `kind`: `part` and `section` are headings, `over` stands over a list, `item` in one, `end` is the last, `text` any other."""

    kind: str
    text: str


def narrative(whole: Report, shown: Report, office: str, language: Language) -> Iterator[Passage]:
    """`whole` gives the summary, `shown` the rows that are told, in the plan's order; `office` is who reports, blank where
    nobody says. Every number is a row's own, with what must be known of it beside it."""
    say, plan = language.say, whole.plan
    told = {"plan": Whole(plan_words(plan, language)), "period": Whole(plan.period_words(whole.period, language))}
    if office:
        begins = N_("Carrying out the {plan}, the {office} reports the results up to the end of {period} as follows:")
    else:
        begins = N_("The results of carrying out the {plan} up to the end of {period} are as follows:")
    yield Passage("text", say(begins, office=Whole(office), **told))
    yield Passage("part", say(N_("I. OVERALL RESULTS")))
    yield Passage("text", summary(whole, language))
    if shown.commitments:
        yield Passage("text", promise_summary(whole, language))
    if whole.as_of:
        yield Passage("text", say(N_("Based on the figures reported by {day}."), day=f"{whole.as_of:%d/%m/%Y}"))
    order = {code: at for at, code in enumerate(plan.entries)}
    rows = sorted(shown.rows, key=lambda row: order[row.code])
    used = {row.entry.section.id for row in rows} | {row.section.id for row in shown.commitments}
    if used:
        yield Passage("part", say(N_("II. RESULTS BY SECTION")))
    for number, section in enumerate((one for one in plan.sections if one.id in used), 1):
        yield Passage("section", f"{number}. {section.heading(language)}")
        yield from _indicators([row for row in rows if row.entry.section is section], plan, language)
        yield from _promises([row for row in shown.commitments if row.section is section], plan, language)
    ends = N_("These are the results of carrying out the {plan} up to the end of {period}; the annex has the details.")
    yield Passage("end", say(ends, **told))


def plan_words(plan: Plan, language: Language) -> str:
    """The plan and who issued it."""
    names = {"plan": Whole(plan.heading(language)), "issuer": Whole(plan.issuer.in_(language) if plan.issuer else "")}
    return language.say(N_("{plan} of {issuer}"), **names) if plan.issuer else names["plan"]


def _indicators(rows: Sequence[Row], plan: Plan, language: Language) -> Iterator[Passage]:
    say = language.say
    for block in _blocks(row for row in rows if row.actual.value is not None):
        first, *parts = (_result(row, plan, language) for row in block)
        of_which = [say(N_("of which:")) + f" {'; '.join(parts)}"] if parts else []
        yield Passage("item", "; ".join([first, *of_which]) + ".")
    behind = [row for row in rows if row.is_behind]
    if behind:
        yield Passage("over", say(N_("Behind, or not met:")))
    for row in behind:
        yield Passage("item", f"{_name(row, language)}: {'; '.join(_behind(row, plan, language))}.")
    lacking = [(row.indicator, row) for row in rows if row.is_lacking]
    if lacking:
        yield Passage("over", say(N_("Not reported, or not wholly:")))
    for lead, of_lead in _by_lead(lacking, plan, language):
        names = "; ".join(_lacking(row, plan, language) for row in of_lead)
        yield Passage("item", f"{lead}: {names}." if lead else f"{names}.")


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Each whole with its parts; a part whose whole is not among the rows begins a block of its own."""
    block: list[Row] = []
    for row in rows:
        parent = row.entry.parent
        if block and (parent is None or parent.code not in (one.code for one in block)):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _name(row: Row, language: Language) -> str:
    """The name, behind those of the headings over it, without which it may mean nothing."""
    return ": ".join([*(one.name.in_(language) for one in row.entry.headings), row.indicator.name.in_(language)])


def _result(row: Row, plan: Plan, language: Language) -> str:
    """What one indicator has reached, what that is of the plan, and of the same period of last year."""
    say, target, value = language.say, row.target, row.actual.value or Fraction(0)
    is_estimate = row.actual.kind is Kind.ESTIMATE
    names = {"name": Whole(_name(row, language)), "amount": Whole(words.amount(value, row.unit, language))}
    if target.achieved:
        told = [f"{names['name']}: {say(PROMISE_WORDS[Status.MET if value == 1 else Status.NOT_YET])}"]
        told += [say(N_("estimate"))] if is_estimate else []
    else:
        grows = N_("{name} reached an estimated {amount}") if is_estimate else N_("{name} reached {amount}")
        stays = N_("{name} stands at an estimated {amount}") if is_estimate else N_("{name} stands at {amount}")
        told = [say(grows if target.floor is not None else stays, **names)]
        if row.percent is not None and not row.unit.is_percent:
            told.append(say(N_("{percent}% of the year's plan"), percent=language.percent(row.percent)))
        else:
            told[0] += say(N_(" (the year's plan: {target})"), target=Whole(_target(target, row.unit, language)))
            told.append(say(_judged(row)))
    if row.index is not None:
        told.append(say(N_("{percent}% of the same period last year"), percent=language.percent(row.index)))
    known = [*caveats(plan, row, language), *doubts.in_brief(row.doubts, language)]
    return ", ".join(told) + (f" ({'; '.join(known)})" if known else "")


def _judged(row: Row) -> str:
    """The assessment as a sentence has it: staying below a bound is no “exceeded”."""
    if row.status is Status.EXCEEDED and row.target.cap is not None:
        return N_("better than planned")
    return JUDGED.get(row.status, STATUS_NAMES[row.status])


JUDGED = {
    Status.EXCEEDED: N_("the plan is exceeded"),
    Status.MET: N_("the plan is met"),
    Status.NOT_YET: N_("the plan is not yet met"),
    Status.NOT_MET: N_("the plan is not met"),
}
BOUNDS = {
    "at_most": N_("at most {amount}"), "above": N_("above {amount}"), "below": N_("below {amount}"),
    "exactly": N_("exactly {amount}"),
}  # fmt: skip


def _target(target: Target, unit: Unit, language: Language) -> str:
    """A target as a sentence has it; a floor alone is its number."""
    if len(target.numbers) != 1 or target.out_of is not None:
        text = words.target(target, language)
        return words.with_unit(text, unit, language) if target.numbers else text
    amount = words.amount(target.numbers[0], unit, language)
    bound = BOUNDS.get(target.sense)
    return amount if bound is None else language.say(bound, amount=Whole(amount))


def _behind(row: Row, plan: Plan, language: Language) -> Iterator[str]:
    """How far it is from what was to be expected, how much of the plan is lacking, and who leads it."""
    say, gap = language.say, row.gap
    if row.percent is not None and row.expected_percent is not None:
        percents = {"percent": language.percent(row.percent), "expected": language.percent(row.expected_percent)}
        yield say(N_("{percent}% of the year's plan, {expected}% expected by now"), **percents)
    if gap is not None and gap < 0 and row.target.floor is not None:
        yield say(N_("{amount} short of the year's plan"), amount=Whole(_points(-gap, row.unit, language)))
    elif gap is not None and gap > 0 and row.target.cap is not None:
        yield say(N_("{amount} above the year's plan"), amount=Whole(_points(gap, row.unit, language)))
    else:
        yield say(_judged(row))
    yield from _led_by(row.indicator, plan, language)
    yield from doubts.in_brief(row.doubts, language)


def _points(value: Fraction | Decimal, unit: Unit, language: Language) -> str:
    """A difference with its unit: of percents it is in points."""
    if not unit.is_percent:
        return words.amount(value, unit, language)
    return language.say(N_("{n} percentage points"), n=language.number(value))


def _lacking(row: Row, plan: Plan, language: Language) -> str:
    name = _name(row, language)
    return f"{name} ({missing_words(plan, row, language, in_words=True)})" if row.is_partial else name


def _promises(rows: Sequence[CommitmentRow], plan: Plan, language: Language) -> Iterator[Passage]:
    """How many promises stand how; those behind by name, those of which nothing is known by who leads them."""
    say, counts = language.say, Counter(row.status for row in rows)
    if not rows:
        return
    counted = (f"{say(text)} {language.number(counts[one])}" for one, text in PROMISE_WORDS.items() if counts[one])
    yield Passage("text", say(N_("Commitments: {counts}."), counts=Whole("; ".join(counted))))
    for row in rows:
        if row.is_behind or row.status is Status.NOT_YET:
            known = (promise_note(row, language), *_led_by(row.commitment, plan, language))
            of = (say(PROMISE_WORDS[row.status]), *known, *doubts.in_brief(row.doubts, language))
            yield Passage("item", f"{row.commitment.name.in_(language)}: {'; '.join(filter(None, of))}.")
    silent = _by_lead([(row.commitment, row) for row in rows if row.is_lacking and row.commitment.lead], plan, language)
    leads = ", ".join(f"{lead} ({language.number(len(of_lead))})" for lead, of_lead in silent)
    if leads:
        yield Passage("text", say(N_("Commitments not reported, by agency: {agencies}."), agencies=Whole(leads)))


def _led_by(subject: Subject, plan: Plan, language: Language) -> Iterator[str]:
    lead = lead_of(subject, plan, language)
    if lead:
        yield language.say(N_("led by {agency}"), agency=Whole(lead))


def _by_lead(subjects: Iterable[tuple[Subject, T]], plan: Plan, language: Language) -> Iterable[tuple[str, list[T]]]:
    found: dict[str, list[T]] = {}
    for subject, one in subjects:
        found.setdefault(lead_of(subject, plan, language), []).append(one)
    return found.items()
