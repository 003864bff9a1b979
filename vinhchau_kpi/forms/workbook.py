"""A report with all that stands behind it → a workbook in the district form: the table, the figures with their places, the
findings.

Percents and gaps are formulas, so that a number changed by hand carries on; what they come to now is stored beside them, and
is what the report says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.figure import KIND_NAMES, Figure
from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    EXACT_DIGITS,
    HEADER,
    LINE_POINTS,
    Spreadsheet,
    fits,
    height,
    number_format,
    page_number,
    percent_of,
    signed_format,
    stored,
    whole_digits,
)
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import canonical, decimals, rounded_percent
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import CommitmentRow, Row
from vinhchau_kpi.status import Status
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views import findings as findings_view
from vinhchau_kpi.views.district import (
    RESULTS,
    FormRow,
    SectionRows,
    compares,
    evidence,
    groups,
    letterhead,
    numbering,
    promise_groups,
    promise_status,
    remarks,
    row_words,
)
from vinhchau_kpi.views.report import period_heading, promise_summary, reading_words, report_caveats, summary
from vinhchau_kpi.views.screen import Tone, said

COLOURS = {
    Tone.PLAIN: "#000000",
    Tone.STRONG: "#000000",
    Tone.QUIET: "#595959",
    Tone.GOOD: "#176B30",
    Tone.FAIR: "#0A5A8A",
    Tone.BAD: "#B3261E",
}
BAR = "#9DC3E6"


def write(result: Result, language: Language) -> bytes:
    assert result.dossier is not None
    return report(result.dossier(), language)


def report(dossier: Dossier, language: Language) -> bytes:
    book = Spreadsheet(dossier.whole.plan.heading(language))
    _Table(book, dossier, language).write()
    _figures(book, dossier, language)
    _findings(book, dossier, language)
    return book.bytes()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each column of the table stands; `index` only where there is a last year to compare with."""

    names: tuple[str, ...]

    def __getitem__(self, name: str) -> int:
        return self.names.index(name)

    @property
    def last(self) -> int:
        return len(self.names) - 1


_HEADINGS = {
    "no": (N_("No."), 6),
    "code": (N_("Code"), 10),
    "indicator": (N_("Indicator"), 42),
    "unit": (N_("Unit"), 11),
    "plan": (N_("Plan of the year"), 12),
    "in_period": (N_("In period"), 12),
    "cumulative": (N_("Cumulative"), 12),
    "percent": (N_("% of plan"), 10),
    "index": (N_("% of last year"), 10),
    "gap": (N_("Gap"), 12),
    "assessment": (N_("Assessment"), 17),
    "remarks": (N_("Remarks"), 27),
}
"""The columns of the table: heading, and width in characters."""


class _Table:
    """The first sheet. A row is written at `self.at`, which then moves on."""

    def __init__(self, book: Spreadsheet, dossier: Dossier, language: Language) -> None:
        self.book, self.dossier, self.language = book, dossier, language
        self.plan = dossier.whole.plan
        with_index = compares(dossier.shown)
        self.columns = _Columns(tuple(name for name in _HEADINGS if with_index or name != "index"))
        self.numbers = numbering(self.plan)
        self.widths = tuple(_HEADINGS[name][1] for name in self.columns.names)
        self.page = book.page(language.say(N_("Report")), self.widths, footer=page_number(language))
        self.at = 0

    def write(self) -> None:
        say, shown = self.language.say, self.dossier.shown
        self._heading()
        header = self.at
        for column, name in enumerate(self.columns.names):
            self.book.text(self.page, header, column, say(_HEADINGS[name][0]), **HEADER)
        self.page.set_row(header, 2 * LINE_POINTS)
        self.at += 1
        first = self.at
        for group in groups(shown, in_plan_order=self.dossier.in_plan_order):
            self._group(group)
        if first < self.at:
            self._bars(first, self.at - 1)
        if shown.commitments:
            self._across("", say(N_("Commitments")) + f". {promise_summary(self.dossier.whole, self.language)}")
            for section, promises in promise_groups(shown.commitments):
                self._across(self.numbers[section.id], section.heading(self.language))
                for row in promises:
                    self._promise(row)
        if first == self.at:
            self._over(say(N_("No rows match.")))
        else:
            self.page.autofilter(header, 0, self.at - 1, self.columns.last)
        self._over(say(N_("… not reported · – does not apply · blank: not due yet.")), italic=True)
        self.page.freeze_panes(header + 1, self.columns["unit"])
        self.page.repeat_rows(header)
        self.page.print_area(0, 0, self.at - 1, self.columns.last)
        self.page.outline_settings(True, False, True, False)

    # The heading

    def _heading(self) -> None:
        report, language = self.dossier.whole, self.language
        head = letterhead(self.plan, language)
        left, right = (0, self.columns["indicator"]), (self.columns["plan"], self.columns.last)
        self.book.merged(self.page, 0, left, head.issuer, bold=True, align="center")
        self.book.merged(self.page, 0, right, head.nation, bold=True, align="center")
        self.book.merged(self.page, 1, right, head.motto, bold=True, align="center", underline=1)
        self.at = 3
        self._over(language.say(RESULTS), bold=True, align="center", font_size=14)
        self._over(self.plan.heading(language).upper(), bold=True, align="center", font_size=14)
        self._over(period_heading(report, language), bold=True, align="center")
        self._over(reading_words(report, language), italic=True, align="center")
        for part in report_caveats(report, language):
            self._over(part.text, bold=True, align="center", font_color=COLOURS[part.tone])
        self._over(summary(report, language), bold=True)
        self.at += 1

    def _over(self, text: str, **style: Any) -> None:
        """A paragraph over all columns, as high as it needs to be: a merged cell does not grow by itself."""
        self.book.merged(self.page, self.at, (0, self.columns.last), text, text_wrap=True, valign="top", **style)
        self.page.set_row(self.at, height([(text, sum(self.widths))]))
        self.at += 1

    # The lines

    def _group(self, group: SectionRows) -> None:
        if group.section is not None:
            self._across(self.numbers[group.section.id], group.section.heading(self.language))
        for one in group.rows:
            for heading in one.headings:
                texts = {"no": self.numbers[heading.of.code], "code": heading.of.code}
                texts["indicator"] = heading.of.name.in_(self.language)
                self._line(texts, depth=heading.depth, bold=True)
            if one.begins_parts:
                self._line({"indicator": self.language.say(N_("Of which:"))}, depth=one.depth)
            self._row(one)

    def _across(self, number: str, title: str) -> None:
        self._line({"no": number, "indicator": title}, bold=True, bg_color="#F2F2F2")

    def _line(self, texts: Mapping[str, str], *, depth: int = 0, **style: Any) -> None:
        """A line that is text alone."""
        self._texts(texts, depth=depth, **style)
        self.at += 1

    def _texts(self, texts: Mapping[str, str], *, depth: int = 0, **style: Any) -> None:
        """The texts of the row by column; the cells that have none are empty ones of the table."""
        for column, name in enumerate(self.columns.names):
            layout: dict[str, Any] = {"indent": depth} if name == "indicator" else {}
            layout |= {"text_wrap": True} if name in ("indicator", "unit", "remarks") else {}
            layout |= {"align": "center"} if name in ("no", "unit") else {}
            self.book.text(self.page, self.at, column, texts.get(name, ""), **CELL, **layout, **style)
        taken = {"indicator": min(2 * depth, _HEADINGS["indicator"][1] - 2)}
        room = ((text, _HEADINGS[name][1] - taken.get(name, 0)) for name, text in texts.items())
        self.page.set_row(self.at, height(room), None, {"level": depth})

    def _row(self, one: FormRow) -> None:
        row, language = one.row, self.language
        text, book, page, columns = row_words(row, language), self.book, self.page, self.columns
        bold: dict[str, Any] = {"bold": True} if row.indicator.children else {}
        remarked = "; ".join((*remarks(self.plan, row, language), *doubts.remarks(row.doubts, language)))
        self._texts(
            {
                "no": self.numbers[row.code],
                "code": row.code,
                "indicator": text.name,
                "unit": text.unit,
                "remarks": remarked,
            },
            depth=one.depth,
            **bold,
        )
        now, aim = row.actual, row.target.number
        self._number(
            "plan", None if aim is None else Fraction(aim), text.target, _target_format(row, self.language), **bold
        )
        self._number("in_period", now.in_period, text.in_period, **bold)
        value = None if row.indicator.target.achieved else now.value
        partial: dict[str, Any] = {"font_color": COLOURS[Tone.BAD]} if row.is_partial else {}
        # A cell that waits for a number shows the decimals that its unit may have.
        shown = None if value is not None or row.indicator.target.achieved else number_format(_decimals_of(row))
        mark = doubts.mark(row.doubts)
        if value is not None and mark:
            shown = f'{number_format(decimals(value))}" {mark}"'
        self._number("cumulative", value, text.value + mark, shown, **bold, **partial)
        self._percent(row, text.percent, **bold)
        if "index" in columns.names:
            self._number("index", row.index, text.index, number_format(2), **bold)
        self._gap(row, text.gap, **bold)
        colour = COLOURS[words.TONES[row.status]]
        book.text(page, self.at, columns["assessment"], text.status, **CELL, font_color=colour, indent=1, **bold)
        self.at += 1

    def _number(
        self, name: str, value: Fraction | None, in_words: str, format_: str | None = None, **style: Any
    ) -> None:
        column = self.columns[name]
        if value is None:
            own = {"num_format": format_} if format_ else {}
            self.book.text(self.page, self.at, column, in_words, **CELL, **own, align="right", **style)
        else:
            format_ = format_ or number_format(decimals(value))
            self.book.number(self.page, self.at, column, stored(value), in_words, format_, **CELL, **style)

    def _percent(self, row: Row, in_words: str, **style: Any) -> None:
        now = None if row.percent is None else rounded_percent(row.percent)
        part = self._part_of_target(row)
        if part is None:
            self._number("percent", None if now is None else Fraction(now), in_words, number_format(2), **style)
            return
        formula, has_one = part
        # As the report rounds, never onto 100 from either side; the inner rounding takes off what binary fractions add.
        self._formula(
            "percent",
            f'IF({has_one},{percent_of(formula)},"{words.NOT_APPLICABLE}")',
            now,
            row,
            number_format(2),
            **style,
        )

    def _part_of_target(self, row: Row) -> tuple[str, str] | None:
        """What of the target is reached, 1 for all of it, and whether there is such a part, as formulas; None where this row has no
        percent whatever its numbers are."""
        if not self._is_live(row):
            return None
        value, plan = self._cell("cumulative"), self._cell("plan")
        target, base = row.target, row.indicator.baseline
        if target.floor is not None:
            return f"({value}/{plan})", f"{plan}>0"
        if target.cap is not None and base is not None and fits(base.value):
            return f"(({base.value:f}-{value})/({base.value:f}-{plan}))", f"{plan}<>{base.value:f}"
        return None

    def _gap(self, row: Row, in_words: str, **style: Any) -> None:
        if not self._is_live(row):
            self._number(
                "gap", row.gap, in_words, None if row.gap is None else signed_format(decimals(row.gap)), **style
            )
            return
        # 0.3 - 0.2 is not 0.1 in binary fractions: rounded to where they are exact, or to what the numbers have.
        ends = [Fraction(row.target.number or 0), row.actual.value or Fraction(0)]
        exact = EXACT_DIGITS - max(map(whole_digits, ends))
        places = max(min(TYPED_PLACES, exact), *map(decimals, ends)) if row.gap is None or _ends(row.gap) else exact
        formula = f"ROUND({self._cell('cumulative')}-{self._cell('plan')},{places})"
        shown = signed_format(_decimals_of(row) if row.gap is None else decimals(row.gap))
        self._formula("gap", formula, None if row.gap is None else canonical(row.gap, places), row, shown, **style)

    def _is_live(self, row: Row) -> bool:
        """Whether plan and value are, or may become, numbers that a spreadsheet keeps whole."""
        number, value = row.target.number, row.actual.value
        return number is not None and fits(number) and (value is None or fits(stored(value)))

    def _formula(self, name: str, formula: str, now: Decimal | None, row: Row, format_: str, **style: Any) -> None:
        """A formula that waits for a number in the cumulative: until there is one it says why there is none."""
        absent = "" if row.status is Status.NOT_DUE else words.MISSING
        own = self.book.style(num_format=format_, align="right", **CELL, **style)
        whole = f'=IF(ISNUMBER({self._cell("cumulative")}),{formula},"{absent}")'
        otherwise = words.NOT_APPLICABLE if row.actual.value is not None else absent
        self.page.write_formula(self.at, self.columns[name], whole, own, otherwise if now is None else now)

    def _cell(self, name: str) -> str:
        """A cell of the row being written, as formulas name it."""
        return f"{column_letters(self.columns[name] + 1)}{self.at + 1}"

    def _promise(self, row: CommitmentRow) -> None:
        status = doubts.marked(promise_status(row.status, self.language), row.doubts)
        code = row.commitment.code
        name = row.commitment.name.in_(self.language)
        remarked = "; ".join(filter(None, (evidence(row, self.language), *doubts.remarks(row.doubts, self.language))))
        self._texts({"no": self.numbers[code], "code": code, "indicator": name, "remarks": remarked})
        colour = COLOURS[words.TONES[row.status]]
        self.book.text(self.page, self.at, self.columns["assessment"], status, **CELL, font_color=colour, indent=1)
        self.at += 1

    def _bars(self, first: int, last: int) -> None:
        column = self.columns["percent"]
        bar = {
            "type": "data_bar", "data_bar_2010": True, "bar_color": BAR, "bar_solid": True,
            "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100,
        }  # fmt: skip
        self.page.conditional_format(first, column, last, column, bar)


def _target_format(row: Row, language: Language) -> str:
    """A number with what the form writes about it: ≤ 9,08 and 16/19 stay numbers, and so does the bound of ≥ 7,5 – 8."""
    target = row.target
    number = target.number or Decimal(0)
    shown = words.target(target, language)
    before, _, after = (
        shown.partition(language.number(number))
        if target.floor is not None
        else shown.rpartition(language.number(number))
    )
    return "".join((f'"{before}"' if before else "", number_format(decimals(number)), f'"{after}"' if after else ""))


TYPED_PLACES = 6
"""Decimals to which a gap is exact when a number with more of them is typed in."""


def _decimals_of(row: Row) -> int:
    """The decimals that a unit may have: none where it is counted, else two, or those of the target."""
    return 0 if row.unit.whole else max(2, decimals(row.target.number or Decimal(0)))


def _ends(value: Fraction) -> bool:
    """Whether the digits of a number end."""
    return Fraction(stored(value)) == value


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
    headings = tuple((say(heading), width) for heading, width in _FIGURE_HEADINGS)
    page = _sheet(book, say(N_("Figures")), headings, language)
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
    _finish(page, len(listed), len(_FIGURE_HEADINGS))


def _numbers(plan: Plan, figure: Figure, language: Language) -> tuple[str | Decimal | None, ...]:
    """The numbers of a figure; of a promise, yes or no."""
    entry = plan.entries.get(figure.code)
    if entry is None or entry.indicator.target.achieved:
        return words.figure_value(figure, is_promise=True, language=language), None, None, None
    return figure.numbers


def _name(plan: Plan, figure: Figure, language: Language) -> str:
    entry = plan.entries.get(figure.code)
    return (entry.indicator if entry else plan.commitments[figure.code][0]).name.in_(language)


_FINDING_WIDTHS = (28, 12, 22, 60, 60)


def _findings(book: Spreadsheet, dossier: Dossier, language: Language) -> None:
    findings = [one.bare for one in dossier.findings.every()]
    table = findings_view.table(findings, language)
    headings = tuple((column.heading, width) for column, width in zip(table.columns, _FINDING_WIDTHS, strict=True))
    page = _sheet(book, language.say(N_("Findings")), headings, language)
    for at, (finding, line) in enumerate(zip(findings, table.lines, strict=True), 1):
        cells = tuple(map(said, line.cells))
        page.set_row(at, height(zip(cells, _FINDING_WIDTHS, strict=True)))
        for column, cell in enumerate(cells):
            colour = {"font_color": COLOURS[Tone.BAD]} if finding.is_error and column == 1 else {}
            book.text(page, at, column, cell, **CELL, text_wrap=True, **colour)
    if not dossier.findings:
        book.text(page, 1, 0, language.say(N_("No problems found in the files read.")))
    for at, more in enumerate(findings_view.left_out(dossier.findings, language), len(findings) + 1):
        book.text(page, at, 0, more.text)
    _finish(page, len(findings), len(headings))


def _sheet(book: Spreadsheet, name: str, headings: tuple[tuple[str, int], ...], language: Language) -> Any:
    page = book.page(name, tuple(width for _, width in headings), footer=page_number(language))
    for column, (heading, _) in enumerate(headings):
        book.text(page, 0, column, heading, **HEADER)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    return page


def _finish(page: Any, rows: int, columns: int) -> None:
    if rows:
        page.autofilter(0, 0, rows, columns - 1)
