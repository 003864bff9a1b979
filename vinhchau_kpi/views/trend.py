"""A `Trend` as small multiples: a chart for each indicator, side by side as far as the window goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.period import Span
from vinhchau_kpi.report import Row
from vinhchau_kpi.trend import Course, Trend, goal_of
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.charts import spark
from vinhchau_kpi.views.district import PARTIAL, marks
from vinhchau_kpi.views.facts import exact
from vinhchau_kpi.views.report import row_facts
from vinhchau_kpi.views.screen import Panel, Panels, Paragraph, ScreenPart, Title, Tone

HEIGHT = 6
"""Rows of a chart. A cell shows halves, so a bar has twice as many steps."""
FULL, HALF, PARTLY, PASSED, ZERO, GOAL = "█", "▄", "░", "▓", "_", "─"
"""Two places a month."""


def screen(trend: Trend, language: Language) -> list[ScreenPart]:
    say = language.say
    parts: list[ScreenPart] = [
        Title(trend.plan.heading(language)),
        Paragraph(
            say(N_("Month by month up to {period}"), period=trend.plan.period_words(trend.period, language)),
            Tone.STRONG,
        ),
    ]
    if trend.as_of is not None:
        parts.append(Paragraph(say(N_("Based on the figures reported by {day}."), day=f"{trend.as_of:%d/%m/%Y}")))
    if trend.courses:
        panels = (_panel(course, language) for course in trend.courses)
        parts += [
            Panels(tuple(panels), tuple(_legend(language))),
            *doubts.notes([course.row for course in trend.courses], language),
        ]
    if trend.silent:
        text = language.plural(
            "{n} indicator has no figure yet: {codes}.",
            "{n} indicators have no figures yet: {codes}.",
            len(trend.silent),
            codes=trend.silent,
        )
        parts.append(Paragraph(text))
    return parts


def _legend(language: Language) -> Iterator[Paragraph]:
    say = language.say
    yield Paragraph(
        say(
            N_(
                "█ cumulative, or the level; ░ some due figures are missing · ─ expected by then, or the target of a level; ▓ above that"
            )
        ),
        Tone.QUIET,
    )
    yield Paragraph(
        say(
            N_(
                "_ zero · … not reported · blank: nothing due, or still to come · * some due figures are missing · ~ estimate · † target revised · < figure of an earlier period"
            )
        ),
        Tone.QUIET,
    )


def _panel(course: Course, language: Language) -> Panel:
    row = course.row
    indicator, value = row.indicator, words.actual(row.actual.value, row.indicator, language)
    goal = words.target(row.target, language)
    percent = "" if row.percent is None else f"{language.percent(row.percent)} %  "
    above = (
        Paragraph(f"{row.code} {indicator.name.in_(language)}", Tone.STRONG),
        Paragraph(f"{value}{marks(row)} / {goal} {words.unit(row.unit, language)}"),
        Paragraph(f"{percent}{words.status(row.status, language)}", words.TONES[row.status]),
    )
    characters = _signs(course) if indicator.target.achieved else _chart(course, language)
    return Panel(above, tuple(map(Paragraph, characters)), spark(course), course_words(course, language))


def course_words(course: Course, language: Language) -> str:
    """The months of a course: those with a figure of their own, and … where one that was due is not there."""
    shown = []
    for month in course.months:
        if course.has_own(month):
            mark = PARTIAL if month.is_partial else ""
            shown.append(f"{month.period}: {words.actual(month.actual.value, month.indicator, language)}{mark}")
        elif course.is_due(month):
            shown.append(f"{month.period}: {words.MISSING}")
    return "; ".join(shown)


def _axis(span: Span) -> str:
    """Every other month by its number: `1 . 3 . 5 …`."""
    marks = (f"{(span.start + at - 1) % 12 + 1:<2}" if at % 2 == 0 else ". " for at in range(span.length))
    return "".join(marks).rstrip()


def _signs(course: Course) -> Iterator[str]:
    """A promise: yes, no, or nothing, month by month."""
    cells = []
    for month in course.months:
        if course.has_own(month):
            cells.append("√ " if month.actual.value == 1 else "× ")
        else:
            cells.append("… " if course.is_due(month) else "  ")
    yield "".join(cells)
    yield _axis(course.span)


@dataclass(frozen=True, slots=True)
class CharacterScale:
    """From `bottom`, which is 0 unless something is below it, to `top`: no axis begins anywhere else."""

    bottom: Fraction
    top: Fraction

    def halves(self, value: Fraction) -> int:
        """How many half cells high `value` is, 0 to twice `HEIGHT`; what is above the bottom has at least one."""
        part = (value - self.bottom) / (self.top - self.bottom)
        steps = int(part * 2 * HEIGHT)
        return max(0, min(2 * HEIGHT, steps if steps or value <= self.bottom else 1))

    def line(self, value: Fraction) -> int:
        """The row of a line at `value`, counted from the bottom, 0 to `HEIGHT` − 1."""
        return max(0, min(HEIGHT - 1, (self.halves(value) + 1) // 2 - 1))


def scale_of(course: Course) -> CharacterScale:
    """Wide enough for all that is drawn."""
    drawn = [value for month in course.months for value in (month.actual.value, goal_of(month)) if value is not None]
    drawn += [Fraction(number) for number in course.row.target.numbers]
    bottom = min([Fraction(0), *drawn])
    top = max([Fraction(0), *drawn])
    return CharacterScale(bottom, top if top > bottom else bottom + 1)


def _chart(course: Course, language: Language) -> Iterator[str]:
    scale = scale_of(course)
    columns = [_column(course, month, scale) for month in course.months]
    labels = {HEIGHT - 1: language.number(scale.top), 0: language.number(scale.bottom)}
    width = max(map(len, labels.values()))
    for level in reversed(range(HEIGHT)):
        yield f"{labels.get(level, ''):>{width}}│" + " ".join(column[level] for column in columns)
    yield " " * width + " " + _axis(course.span)


def _column(course: Course, month: Row, scale: CharacterScale) -> list[str]:
    """A month's cells from the bottom up: the bar, and the line it is held against. The line lies above a bar that falls
    short of it, however little, and within one that does not."""
    cells = [" "] * HEIGHT
    value, goal = month.actual.value, goal_of(month)
    if value is not None and course.has_own(month):
        halves = scale.halves(value)
        full = PARTLY if month.is_partial else FULL
        for level in range(HEIGHT):
            cells[level] = full if halves >= 2 * level + 2 else HALF if halves == 2 * level + 1 else " "
        if not halves:
            cells[0] = ZERO
        if goal is not None and scale.bottom < goal:
            top = max((halves + 1) // 2, 1)
            if value >= goal:
                cells[min(scale.line(goal), top - 1)] = PASSED
            else:
                cells[min(max(scale.line(goal), top), HEIGHT - 1)] = GOAL
    elif course.is_due(month):
        cells[0] = words.MISSING
        if goal is not None and scale.line(goal) > 0:
            cells[scale.line(goal)] = GOAL
    return cells


# Facts

MONTH_FIELDS = ("in_period", "cumulative", "value", "value_period", "percent", "expected_percent", "status", "missing")


def facts(trend: Trend, language: Language) -> dict[str, Any]:
    """Every indicator with its months; `silent` are the codes of those that have no figure."""
    return {
        "plan": trend.plan.id,
        "period": str(trend.period),
        "as_of": trend.as_of.isoformat() if trend.as_of else None,
        "indicators": [
            {**row_facts(course.row, language), "months": [_month_facts(month, language) for month in course.months]}
            for course in trend.courses
        ],
        "silent": list(trend.silent),
    }


def _month_facts(month: Row, language: Language) -> dict[str, Any]:
    fact = row_facts(month, language)
    goal = goal_of(month)
    return {"period": str(month.period), "goal": exact(goal), **{field: fact[field] for field in MONTH_FIELDS}}


RECORD_FIELDS = ("code", "unit", "period", "goal", *MONTH_FIELDS)


def records(trend: Trend, language: Language) -> Iterator[dict[str, Any]]:
    for course in trend.courses:
        for month in course.months:
            fact = _month_facts(month, language)
            missing = " ".join(fact["missing"])
            yield {"code": course.row.code, "unit": course.row.indicator.unit, **fact, "missing": missing}
