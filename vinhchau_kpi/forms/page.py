"""A screen, or a report with all that stands behind it → one HTML page: no network, no script needed, nothing that a
file says is markup.

The page allows itself its own style and script by their digests, and nothing else. The script sorts and filters; without
it the page reads and prints the same.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from vinhchau_kpi import __version__
from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.figure import KIND_NAMES, Figure, Kind
from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Report, Row
from vinhchau_kpi.status import STATUS_NAMES, Status
from vinhchau_kpi.text import visible
from vinhchau_kpi.trend import Course
from vinhchau_kpi.views import attention, charts, doubts, words
from vinhchau_kpi.views import findings as findings_view
from vinhchau_kpi.views.district import (
    FormRow,
    RowWords,
    compares,
    evidence,
    groups,
    lead_of,
    numbering,
    promise_groups,
    promise_status,
    remarks,
    row_words,
)
from vinhchau_kpi.views.report import heading, period_heading, promise_summary, summary
from vinhchau_kpi.views.screen import (
    Gauge,
    Line,
    Lines,
    Panels,
    Paragraph,
    Screen,
    ScreenPart,
    ScreenTable,
    Title,
    Tone,
    said,
)
from vinhchau_kpi.views.trend import course_words

SOURCES_SHOWN = 12
"""Of the figures behind one number so many are named; a workbook has them all."""
LONGEST_WORD = 60
"""Characters of a text that stays on one line in a narrow column."""
LONGEST_NUMBER = 15
"""Characters of a number that stay on one line."""


def write(result: Result, language: Language) -> str:
    """The page of a report where the result is one, else of its screen."""
    if result.dossier is not None:
        return report(result.dossier(), language)
    screen = result.whole_screen or result.screen
    assert screen is not None
    return render(screen(language), language)


def render(screen: Screen, language: Language) -> str:
    """Any screen as a page: its first title is the page's, each later one begins a part that folds."""
    first, *rest = screen
    if not isinstance(first, Title):
        first, rest = Title(language.say(N_("Findings"))), [first, *rest]
    parts: list[_Section] = [_Section("")]
    for part in rest:
        if isinstance(part, Title):
            parts.append(_Section(part.text))
        else:
            parts[-1].parts.append(part)
    return _page("screen.html", language, title=first.text, subtitle="", sections=parts)


def report(dossier: Dossier, language: Language) -> str:
    """The page of a report."""
    whole, shown, findings = dossier.whole, dossier.shown, dossier.findings
    title, *below = heading(whole, language)
    assert isinstance(title, Title)
    counts = whole.counts
    return _page(
        "report.html",
        language,
        title=title.text,
        subtitle=period_heading(whole, language),
        below=below,
        summary=summary(whole, language),
        concerns=[
            _Section(
                f"{language.say(concern.heading)}: {language.number(len(concern.rows) + len(concern.promises))}",
                [attention.table((concern,), whole.plan, language)],
                is_open=bool(concern.rows),
            )
            for concern in attention.attention(shown)
        ],
        tiles=[_tile(status, counts[status], language) for status in Status if counts[status]],
        choices=[(status, language.say(STATUS_NAMES[status])) for status in Status if status in _statuses(shown)],
        with_index=compares(shown),
        sections=list(_sections(dossier, language)),
        promises=[
            (f"{section.id}. {section.heading(language)}", [_promise(row, whole.plan, language) for row in rows])
            for section, rows in promise_groups(shown.commitments)
        ],
        promise_summary=promise_summary(whole, language) if shown.commitments else "",
        findings=findings_view.table((one.bare for one in findings.every()), language) if findings else None,
        findings_left_out=[words.text for words in findings_view.left_out(findings, language)],
        findings_counted=findings_view.counted(findings, language) if findings else "",
    )


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the page that folds. `is_open`: until a reader folds it."""

    heading: str
    parts: list[ScreenPart] = field(default_factory=list)
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class _Tile:
    """How many rows have a status."""

    status: Status
    sign: str
    name: str
    tone: Tone
    count: str


def _statuses(report: Report) -> set[Status]:
    return {row.status for row in report.rows} | {row.status for row in report.commitments}


def _tile(status: Status, count: int, language: Language) -> _Tile:
    name = language.say(STATUS_NAMES[status])
    return _Tile(status, words.SIGNS[status], name, words.TONES[status], language.number(count))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table. `sources` say where each figure behind the value stands."""

    number: str
    depth: int
    begins_parts: bool
    headings: tuple[tuple[str, int, str], ...]
    """Number, depth and name of each heading that goes before it."""
    is_parent: bool
    text: RowWords
    status: Status
    tone: Tone
    lead: str
    remarks: tuple[str, ...]
    bullet: charts.Bullet | None
    bullet_words: str
    spark: charts.Spark | None
    spark_words: str
    sources: tuple[str, ...]


def _sections(dossier: Dossier, language: Language) -> Iterator[tuple[str, list[_Row]]]:
    plan, numbers = dossier.whole.plan, numbering(dossier.whole.plan)
    for group in groups(dossier.shown, in_plan_order=dossier.in_plan_order):
        if group.section is None:
            title = language.say(N_("Indicators"))
        else:
            title = f"{group.section.id}. {group.section.heading(language)}"
        rows = (_row(one, dossier.course(one.row), plan, numbers, language) for one in group.rows)
        yield title, list(rows)


def _row(one: FormRow, course: Course, plan: Plan, numbers: dict[str, str], language: Language) -> _Row:
    row, text, bullet = one.row, row_words(one.row, language), charts.bullet(one.row)
    return _Row(
        number=numbers[row.code],
        depth=one.depth,
        begins_parts=one.begins_parts,
        headings=tuple((numbers[of.code], depth, of.name.in_(language)) for of, depth in one.headings),
        is_parent=bool(row.indicator.children),
        text=text,
        status=row.status,
        tone=words.TONES[row.status],
        lead=lead_of(row.indicator, plan, language),
        remarks=(*remarks(plan, row, language), *doubts.remarks(row.doubts, language)),
        bullet=bullet,
        bullet_words=_bullet_words(row, text, bullet, language),
        spark=charts.spark(course),
        spark_words=course_words(course, language),
        sources=tuple(_sources(row, plan, language)),
    )


def _bullet_words(row: Row, text: RowWords, bullet: charts.Bullet | None, language: Language) -> str:
    """What a row's chart shows."""
    shown = language.say(N_("{value} of {target}"), value=text.value or words.MISSING, target=text.target)
    if bullet is None or bullet.expected is None:
        return shown
    return f"{shown}; " + _expected_words(row.expected_percent, language)


def _expected_words(percent: Fraction | None, language: Language) -> str:
    return language.say(N_("expected by now {percent} %"), percent=words.percent(percent, language))


def _gauge_words(gauge: Gauge, language: Language) -> str:
    """What a gauge shows."""
    if gauge.words:
        return gauge.words
    now = words.percent(gauge.percent, language)
    if gauge.before is not None:
        return language.say(N_("from {before} % to {now} %"), before=words.percent(gauge.before, language), now=now)
    shown = language.say(N_("{now} % of the plan"), now=now)
    return shown if gauge.expected is None else f"{shown}; {_expected_words(gauge.expected, language)}"


def _sources(row: Row, plan: Plan, language: Language) -> Iterator[str]:
    figures, is_promise = row.actual.figures, bool(row.indicator.target.achieved)
    yield from (source(figure, plan, language, is_promise=is_promise) for figure in figures[:SOURCES_SHOWN])
    if len(figures) > SOURCES_SHOWN:
        yield language.say(N_("and {n} more"), n=len(figures) - SOURCES_SHOWN)
    yield from doubts.remarks(row.doubts, language)


def source(figure: Figure, plan: Plan, language: Language, *, is_promise: bool) -> str:
    """One figure and where it stands: `2019-06, xã Hòa Đông: 1.234 (ước) ← kinh-te.csv:14:6, 18/06/2019`."""
    of = f"{figure.period}, {plan.area_name(figure.area, language)}" if figure.area else str(figure.period)
    value = words.figure_value(figure, is_promise, language)
    kind = f" ({language.say(KIND_NAMES[figure.kind])})" if figure.kind is Kind.ESTIMATE else ""
    day = f", {figure.reported_on:%d/%m/%Y}" if figure.reported_on else ""
    return f"{of}: {value}{kind} ← {figure.place.bare}{day}"


@dataclass(frozen=True, slots=True)
class _Promise:
    code: str
    name: str
    key: Status
    lead: str
    status: str
    tone: Tone
    evidence: str
    sources: tuple[str, ...]
    remarks: tuple[str, ...]


def _promise(row: CommitmentRow, plan: Plan, language: Language) -> _Promise:
    doubted = doubts.remarks(row.doubts, language)
    return _Promise(
        code=row.commitment.code,
        name=row.commitment.name.in_(language),
        key=row.status,
        lead=lead_of(row.commitment, plan, language),
        status=doubts.marked(promise_status(row.status, language), row.doubts),
        tone=words.TONES[row.status],
        evidence=evidence(row, plan, language),
        sources=(*(source(figure, plan, language, is_promise=True) for figure in row.figures), *doubted)
        if row.figures
        else (),
        remarks=doubted,
    )


# The page itself


def _page(template: str, language: Language, **content: Any) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vinhchau_kpi.forms"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    assert environment.loader is not None
    style, script = (environment.loader.get_source(environment, name)[0] for name in ("page.css", "page.js"))
    environment.tests |= {
        "words": lambda part: isinstance(part, Paragraph),
        "lines": lambda part: isinstance(part, Lines),
        "panels": lambda part: isinstance(part, Panels),
        "gauge": lambda cell: isinstance(cell, Gauge),
    }
    environment.globals |= {
        "lang": language.code,
        "made_by": language.say(N_("Made by kpi {version}"), version=__version__),
        "style": style,
        "script": script,
        "style_digest": _digest(style),
        "script_digest": _digest(script),
        "gauge_chart": charts.gauge,
        "gauge_words": lambda gauge: _gauge_words(gauge, language),
        "bands": _bands,
        "bodies": _bodies,
        "breakable": _breakable,
        "long": lambda text: " long" if len(text) > LONGEST_WORD else "",
        "caption": _captions(language),
        "next_id": map("from-{}".format, itertools.count(1)).__next__,
        "indent": lambda text: len(text) - len(text.lstrip(" ")),
        "labels": {name: language.say(sentence) for name, sentence in LABELS.items()},
    }
    return environment.get_template(template).render(content)


def _shown(value: Any) -> Any:
    """What stands in the page for a value: text without anything that acts, `Markup` as it is."""
    return visible(value) if type(value) is str else value


def _breakable(number: str) -> Any:
    """A number; one too long for its column may go on in a second line, between groups of digits."""
    from markupsafe import Markup, escape

    if len(number) <= LONGEST_NUMBER:
        return number
    broken = escape(number).replace(".", Markup(".<wbr>")).replace(",", Markup(",<wbr>"))
    return Markup('<span class="long">{}</span>').format(broken)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _captions(language: Language) -> Callable[[str], str]:
    """Names for the tables of a page, no two alike."""
    word, count = language.say(N_("table")), itertools.count(1)
    return lambda heading: f"{word} {next(count)}: {heading}"


ROOM, GUTTER = 112, 2
"""Characters that stand side by side on a desk and on a sheet of paper, besides the columns that are repeated; and those between
two columns."""


def _bands(table: ScreenTable) -> Iterator[ScreenTable]:
    """A table that repeats its first columns, in as many as it takes for none to be cut off; any other as it is."""
    if not table.repeats:
        yield table
        return
    bands: list[list[int]] = []
    left = 0
    for at in range(table.repeats, len(table.columns)):
        cells = (said(line.cells[at]) for line in table.lines if not line.heading)
        needed = GUTTER + max(map(len, (*table.columns[at].heading.split(), *cells)), default=0)
        if not bands or needed > left:
            bands.append([*range(table.repeats)])
            left = ROOM
        bands[-1].append(at)
        left -= needed
    for kept in bands:
        yield table._replace(
            columns=tuple(table.columns[at] for at in kept),
            lines=tuple(line if line.heading else _cut(line, kept) for line in table.lines),
        )


def _cut(line: Line, kept: list[int]) -> Line:
    """The cells of these columns."""
    tones = tuple(line.tones[at] for at in kept) if line.tones else ()
    return line._replace(cells=tuple(line.cells[at] for at in kept), tones=tones)


def _bodies(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of a sheet under the titles across it."""
    title, body = "", list[Line]()
    for line in lines:
        if line.heading:
            if body or title:
                yield title, body
            title, body = line.heading, []
        else:
            body.append(line)
    if body or title:
        yield title, body


LABELS = {
    "no": N_("No."),
    "indicator": N_("Indicator"),
    "unit": N_("Unit"),
    "plan": N_("Plan"),
    "in_period": N_("In period"),
    "cumulative": N_("Cumulative"),
    "percent": N_("% of plan"),
    "index": N_("% of last year"),
    "progress": N_("Progress"),
    "course": N_("Month by month"),
    "gap": N_("Gap"),
    "assessment": N_("Assessment"),
    "of_which": N_("Of which:"),
    "commitments": N_("Commitments"),
    "commitment": N_("Commitment"),
    "evidence": N_("Evidence"),
    "findings": N_("Findings"),
    "nothing": N_("No rows match."),
    "no_findings": N_("No problems found in the files read."),
    "contents": N_("Contents"),
    "skip": N_("Skip to the table"),
    "legend_actual": N_("bar: actual"),
    "legend_expected": N_("thin stroke: expected by now"),
    "legend_target": N_("thick stroke: target"),
    "legend_course": N_("line: actual by month; dashes: expected; hollow point: some due figures are missing"),
    "legend_signs": N_("… not reported · – does not apply · blank: not due yet."),
    "legend_marks": N_(
        "What adds up over the year is shown as its cumulative to the period's end. * some due figures are missing · ~ estimate · † target revised · < figure of an earlier period."
    ),
    "legend_sources": N_(
        "Point at a number, or move to it with the Tab key, to see the files and lines it comes from."
    ),
    "legend_points": N_(
        "Bar: points; thick stroke: all that can be had. Point at the points, or move to them with the Tab key, to see why."
    ),
    "filter_text": N_("Find an indicator"),
    "filter_status": N_("Assessment"),
    "every": N_("all"),
    "shown": N_("{n} of {all} lines shown"),
    "sort": N_("Sort by this column"),
    "chart": N_("Bar: now; thin stroke: before; thick stroke: 100 % of the plan"),
}
"""The words of the page that are no part of a screen."""
