"""How single values are said, wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from vinhchau_kpi.figure import Figure
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Entry, Indicator, Plan, Unit
from vinhchau_kpi.status import STATUS_NAMES, Status
from vinhchau_kpi.target import Target
from vinhchau_kpi.views.screen import Tone

MISSING = "…"
"""Not reported: what statistical tables print for “it happened, and was not collected”."""
NOT_APPLICABLE = "–"
"""There is no such number for this row."""

SIGNS = {
    Status.EXCEEDED: "▲",
    Status.MET: "√",
    Status.ON_TRACK: "►",
    Status.BEHIND: "▼",
    Status.NOT_YET: "○",
    Status.NOT_MET: "×",
    Status.NOT_REPORTED: MISSING,
    Status.NOT_DUE: "·",
    Status.NOT_ASSESSED: "?",
    Status.INCOMPLETE: "◊",
    Status.OVERDUE: "‼",
}
"""Told apart without colour, and drawn by every font a Windows console has."""

TONES = {
    Status.EXCEEDED: Tone.GOOD,
    Status.MET: Tone.GOOD,
    Status.ON_TRACK: Tone.FAIR,
    Status.BEHIND: Tone.BAD,
    Status.NOT_YET: Tone.PLAIN,
    Status.NOT_MET: Tone.BAD,
    Status.NOT_REPORTED: Tone.QUIET,
    Status.NOT_DUE: Tone.QUIET,
    Status.NOT_ASSESSED: Tone.QUIET,
    Status.INCOMPLETE: Tone.PLAIN,
    Status.OVERDUE: Tone.BAD,
}


def above(entry: Entry) -> str | None:
    """The code of what an indicator stands under: a heading, or the indicator that it is a part of."""
    return entry.path[-2].code if len(entry.path) > 1 else None


def status(status: Status, language: Language) -> str:
    return f"{SIGNS[status]} {language.say(STATUS_NAMES[status])}"


def number(value: Fraction | Decimal | None, language: Language, absent: str = MISSING) -> str:
    return absent if value is None else language.number(value)


def signed(value: Fraction | None, language: Language) -> str:
    """A difference: with its sign, or 0."""
    if value is None:
        return NOT_APPLICABLE
    return f"+{language.number(value)}" if value > 0 else language.number(value)


def percent(value: Fraction | None, language: Language) -> str:
    return NOT_APPLICABLE if value is None else language.percent(value)


def actual(value: Fraction | None, indicator: Indicator, language: Language, absent: str = MISSING) -> str:
    """A value in its indicator's terms: a number, or yes and no."""
    if value is not None and indicator.target.achieved:
        return yes_no(value == 1, language)
    return number(value, language, absent)


def yes_no(kept: bool, language: Language) -> str:
    return language.say(N_("yes")) if kept else language.say(N_("no"))


def figure_value(figure: Figure, is_promise: bool, language: Language) -> str:
    """What a figure says: its value, cumulative, or ratio."""
    if is_promise:
        return "" if figure.value is None else yes_no(figure.value == 1, language)
    parts = []
    if figure.value is not None:
        parts.append(language.number(figure.value))
    if figure.numerator is not None and figure.denominator is not None:
        parts.append(f"{language.number(figure.numerator)}/{language.number(figure.denominator)}")
    if figure.cumulative is not None:
        parts.append(language.say(N_("cumulative {value}"), value=figure.cumulative))
    return "; ".join(parts)


TARGET_SIGNS = {"at_most": "≤ ", "above": "> ", "below": "< ", "exactly": "= "}
"""What stands before the number; a floor alone has none."""


def target(target: Target, language: Language) -> str:
    """28.500 · ≤ 9,08 · > 97 · < 1,2 · = 5 · 2 – 4 · ≥ 7,5 – 8 · 16/19 · nâng cao · giữ vững."""
    if target.numbers:
        is_pair = len(target.numbers) > 1
        sign = "≥ " if is_pair and target.at_least is not None else TARGET_SIGNS.get(target.sense, "")
        text = sign + " – ".join(map(language.number, target.numbers))
        return text if target.out_of is None else f"{text}/{language.number(target.out_of)}"
    if target.achieved:
        return language.say(N_("achieved"))
    if target.undecided:
        return language.say(N_("to be decided"))
    return language.say(N_("raise") if target.improve == "up" else N_("lower"))


def unit(unit: Unit, language: Language) -> str:
    return unit.name.in_(language)


def amount(value: Fraction | Decimal, unit: Unit, language: Language) -> str:
    """A number with its unit: `1.234 tấn`, `98,06%`."""
    return with_unit(language.number(value), unit, language)


def with_unit(text: str, unit: Unit, language: Language) -> str:
    name = unit.name.in_(language)
    return f"{text}{'' if name.startswith('%') else ' '}{name}"


def stretches(periods: Sequence[Period]) -> tuple[str, ...]:
    """`2019-03`, `2019-07 … 2019-12`: three months in a row and more as a stretch."""
    return tuple(
        part for run in _runs(periods) for part in ([f"{run[0]} … {run[-1]}"] if len(run) > 2 else map(str, run))
    )


def stretches_in_words(periods: Sequence[Period], plan: Plan, language: Language) -> tuple[str, ...]:
    """The same as papers have it: `tháng 3/2019`, `tháng 7 đến tháng 12 năm 2019`."""
    joined = ([run[0].of_its_year(run[0].first, run[-1].last)] if len(run) > 2 else run for run in _runs(periods))
    return tuple(plan.period_words(one, language) for run in joined for one in run)


def _runs(periods: Sequence[Period]) -> list[list[Period]]:
    """Months in a row, and every other period by itself."""
    runs: list[list[Period]] = []
    for one in periods:
        follows = runs and one.is_month and runs[-1][-1].is_month and one.first == runs[-1][-1].last + 1
        if follows:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs
