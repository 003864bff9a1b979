"""A report with all that stands behind it → a workbook: what to look at first, the district form, the commitments, the
sections beside each other, the figures with their places, the findings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.figure import KIND_NAMES, Figure
from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.district_sheet import DistrictSheet
from vinhchau_kpi.forms.sheet import COLOURS, Sheet
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    Spreadsheet,
    height,
    number_format,
)
from vinhchau_kpi.forms.tables import ScreenSheet
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import rounded_percent
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Tally, tallies
from vinhchau_kpi.views import attention, doubts, words
from vinhchau_kpi.views import findings as findings_view
from vinhchau_kpi.views.district import (
    FONT,
    PROMISE_WORDS,
    evidence,
    lead_of,
    letterhead,
    numbering,
    promise_groups,
)
from vinhchau_kpi.views.report import heading as report_heading
from vinhchau_kpi.views.report import promise_summary, summary
from vinhchau_kpi.views.screen import Paragraph, ScreenPart, Tone


def write(result: Result, language: Language) -> bytes:
    assert result.dossier is not None
    return report(result.dossier(), language)


def report(dossier: Dossier, language: Language) -> bytes:
    book = Spreadsheet(dossier.whole.plan.heading(language))
    _attention(book, dossier, language)
    DistrictSheet(book, dossier, language).write()
    if dossier.shown.commitments:
        _promises(book, dossier, language)
    _sections(book, dossier, language)
    _figures(book, dossier, language)
    _findings(book, dossier, language)
    return book.bytes()


def _attention(book: Spreadsheet, dossier: Dossier, language: Language) -> None:
    """What the report is of and was made from, then what is doubted, behind and missing."""
    whole, concerns = dossier.whole, tuple(attention.attention(dossier.shown))
    parts: list[ScreenPart] = [*report_heading(whole, language), Paragraph(summary(whole, language), Tone.STRONG)]
    if dossier.shown.commitments:
        parts.append(Paragraph(promise_summary(whole, language)))
    if concerns:
        parts.append(attention.table(concerns, whole.plan, language))
    else:
        parts.append(Paragraph(language.say(N_("Nothing is behind, and nothing is missing."))))
    ScreenSheet(book, language.say(N_("To look at first")), parts, language)


# The commitments

_PROMISES = {
    "no": (N_("No."), 6), "code": (N_("Code"), 10), "indicator": (N_("Commitment"), 60), "agency": (N_("Agency"), 30),
    "due": (N_("Due by"), 13), "assessment": (N_("Assessment"), 22), "remarks": (N_("Evidence"), 50),
}  # fmt: skip


def _promises(book: Spreadsheet, dossier: Dossier, language: Language) -> None:
    plan, numbers = dossier.whole.plan, numbering(dossier.whole.plan)
    sheet = Sheet(book, language.say(N_("Commitments")), _PROMISES, language)
    sheet.over(language.say(N_("RESULTS BY COMMITMENT")), bold=True, align="center", font_size=14)
    sheet.over(plan.heading(language).upper(), bold=True, align="center", font_size=14)
    sheet.over(promise_summary(dossier.whole, language), bold=True)
    sheet.at += 1
    header = sheet.at
    sheet.header()
    sheet.page.freeze_panes(sheet.at, sheet.column("agency"))
    for section, rows in promise_groups(dossier.shown.commitments):
        sheet.across(numbers[section.id], section.heading(language))
        for row in rows:
            sheet.texts(_promise(row, numbers[row.code], plan, language))
            colour = COLOURS[words.TONES[row.status]]
            sheet.text("assessment", _promised(row, language), font_color=colour)
            if row.commitment.due is not None:
                style = book.style(num_format="dd/mm/yyyy", align="center", **CELL)
                sheet.page.write_datetime(sheet.at, sheet.column("due"), row.commitment.due, style)
            sheet.at += 1
    sheet.page.autofilter(header, 0, sheet.at - 1, sheet.last)
    sheet.signatures(letterhead(plan, dossier.office, language))


def _promise(row: CommitmentRow, number: str, plan: Plan, language: Language) -> dict[str, str]:
    said_of = (evidence(row, plan, language), *doubts.remarks(row.doubts, language))
    return {
        "no": number,
        "code": row.code,
        "indicator": row.commitment.name.in_(language),
        "agency": lead_of(row.commitment, plan, language),
        "assessment": _promised(row, language),
        "remarks": "; ".join(filter(None, said_of)),
    }


def _promised(row: CommitmentRow, language: Language) -> str:
    return doubts.marked(language.say(PROMISE_WORDS[row.status]), row.doubts)


# The sections beside each other

_SECTIONS = {
    "no": (N_("No."), 6), "indicator": (N_("Section"), 52), "total": (N_("Indicators"), 12),
    "met": (N_("Met or exceeded"), 12), "on_track": (N_("On track"), 12), "not_yet": (N_("Not yet met"), 12),
    "behind": (N_("Behind, or not met"), 14), "lacking": (N_("Not reported, or not wholly"), 16),
    "others": (N_("Not due, or not assessed"), 16), "percent": (N_("% met or exceeded"), 14),
}  # fmt: skip
_SERIES = {
    "met": "#548235", "on_track": "#9DC3E6", "not_yet": "#FFD966", "behind": "#C00000", "lacking": "#A6A6A6",
    "others": "#E7E6E6",
}  # fmt: skip
"""The parts of a section's bar, and their colours."""
BAR_POINTS, CHART_POINTS = 28, 160
"""Height of the chart: for each bar, and besides."""


def _sections(book: Spreadsheet, dossier: Dossier, language: Language) -> None:
    """How many indicators of each section stand how, as a table and as bars of 100 percent."""
    whole, numbers = dossier.whole, numbering(dossier.whole.plan)
    sheet = Sheet(book, language.say(N_("By section")), _SECTIONS, language)
    sheet.over(language.say(N_("HOW THE INDICATORS OF EACH SECTION STAND")), bold=True, align="center", font_size=14)
    sheet.over(summary(whole, language))
    sheet.at += 1
    sheet.header()
    first = sheet.at
    of_sections = tallies(whole)
    for section, tally in of_sections:
        _tally(sheet, numbers[section.id], section.heading(language), tally)
    if of_sections:
        _chart(book, sheet, first, len(of_sections))


def _tally(sheet: Sheet, number: str, title: str, tally: Tally) -> None:
    sheet.texts({"no": number, "indicator": title})
    for name in ("total", *_SERIES):
        count = Fraction(getattr(tally, name))
        sheet.number(name, count, "", "0")
    percent = rounded_percent(tally.percent)
    sheet.number("percent", Fraction(percent), "", number_format(2))
    sheet.at += 1


def _chart(book: Spreadsheet, sheet: Sheet, first: int, count: int) -> None:
    chart = book.chart({"type": "bar", "subtype": "percent_stacked"})
    name, last = sheet.page.get_name(), first + count - 1
    for series, colour in _SERIES.items():
        column = sheet.column(series)
        chart.add_series(
            {
                "name": [name, first - 1, column],
                "categories": [name, first, 1, last, 1],
                "values": [name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    font = {"name": FONT, "size": 11}
    chart.set_x_axis({"num_font": font, "num_format": "0%", "major_gridlines": {"visible": True}})
    chart.set_y_axis({"num_font": {**font, "size": 10}, "reverse": True})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_title(
        {"name": sheet.language.say(N_("Percent of the indicators of each section")), "name_font": {**font, "size": 13}}
    )
    chart.set_size({"width": 1180, "height": CHART_POINTS + BAR_POINTS * count})
    sheet.page.insert_chart(sheet.at + 1, 0, chart)


# The figures and the findings

_FIGURE_HEADINGS = (
    (N_("No."), 6), (N_("Code"), 10), (N_("Indicator"), 40), (N_("Period"), 10), (N_("Area"), 18), (N_("Value"), 13),
    (N_("Cumulative"), 13), (N_("Numerator"), 13), (N_("Denominator"), 13), (N_("Kind"), 13), (N_("Reported on"), 13),
    (N_("Agency"), 24), (N_("File"), 24), (N_("Sheet"), 12), (N_("Line"), 7), (N_("Column"), 7), (N_("Note"), 36),
)  # fmt: skip


_COUNTS = (N_("No."), N_("Line"))
MOST_FIGURES = 50_000
"""Rows of the sheet of figures. A sheet has room for a million, which no program opens in a reasonable time or memory."""


def _figures(book: Spreadsheet, dossier: Dossier, language: Language) -> None:
    """The figures that are counted in the report, and where each stands; beyond `MOST_FIGURES` it says how many more."""
    figures = dossier.figures
    listed = figures[:MOST_FIGURES]
    plan, say = dossier.whole.plan, language.say
    sheet = Sheet(
        book, say(N_("Figures")), {heading: (heading, width) for heading, width in _FIGURE_HEADINGS}, language
    )
    sheet.header()
    page = sheet.page
    page.freeze_panes(1, 0)
    for at, figure in enumerate(listed, 1):
        place = figure.place.bare
        cells: tuple[str | Decimal | None, ...] = (
            Decimal(at),
            figure.code,
            _name(plan, figure, language),
            str(figure.period),
            plan.area_name(figure.area, language) if figure.area else "",
            *_numbers(plan, figure, language),
            say(KIND_NAMES[figure.kind]),
            "",
            plan.agency_name(figure.agency, language) if figure.agency else "",
            place.file,
            place.sheet or "",
            None if place.line is None else Decimal(place.line),
            "" if place.column is None else column_letters(place.column),
            figure.note,
        )
        page.set_row(
            at, height((cell, _FIGURE_HEADINGS[n][1]) for n, cell in enumerate(cells) if isinstance(cell, str))
        )
        for column, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                # Which row and which line it is are no amounts: they have no thousands.
                is_count = _FIGURE_HEADINGS[column][0] in _COUNTS
                book.number(page, at, column, cell, language.number(cell), "0" if is_count else None, **CELL)
            else:
                book.text(page, at, column, cell or "", **CELL, text_wrap=True)
        if figure.reported_on is not None:
            style = book.style(num_format="dd/mm/yyyy", align="center", **CELL)
            page.write_datetime(at, 10, figure.reported_on, style)
    if len(listed) < len(figures):
        more = N_("{n} more figures are counted and are not listed here; kpi show lists those of one indicator.")
        book.text(page, len(listed) + 1, 0, say(more, n=len(figures) - len(listed)))
    if listed:
        page.autofilter(0, 0, len(listed), sheet.last)


def _numbers(plan: Plan, figure: Figure, language: Language) -> tuple[str | Decimal | None, ...]:
    """The numbers of a figure; of a promise, yes or no."""
    entry = plan.entries.get(figure.code)
    if entry is None or entry.indicator.target.achieved:
        return words.figure_value(figure, is_promise=True, language=language), None, None, None
    return figure.numbers


def _name(plan: Plan, figure: Figure, language: Language) -> str:
    entry = plan.entries.get(figure.code)
    return (entry.indicator if entry else plan.commitments[figure.code][0]).name.in_(language)


def _findings(book: Spreadsheet, dossier: Dossier, language: Language) -> None:
    table = findings_view.table((one.bare for one in dossier.findings.every()), language)
    nothing = Paragraph(language.say(N_("No problems found in the files read.")))
    parts = (table if dossier.findings else nothing, *findings_view.left_out(dossier.findings, language))
    ScreenSheet(book, language.say(N_("Findings")), parts, language)
