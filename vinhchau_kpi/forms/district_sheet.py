"""The report in the district form, as the sheet of a workbook that is signed.

Percents and gaps are formulas, so that a number changed by hand carries on; what they come to now is stored beside them, and
is what the report says.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.forms.sheet import COLOURS, Sheet
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    EXACT_DIGITS,
    Spreadsheet,
    fits,
    number_format,
    percent_of,
    signed_format,
    stored,
    whole_digits,
)
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import canonical, decimals, rounded_percent
from vinhchau_kpi.report import Row
from vinhchau_kpi.status import STATUS_NAMES, Status
from vinhchau_kpi.views import doubts, words
from vinhchau_kpi.views.district import (
    FormRow,
    SectionRows,
    compares,
    groups,
    lead_of,
    letterhead,
    numbering,
    remarks,
    row_words,
)
from vinhchau_kpi.views.report import period_heading, report_caveats, summary
from vinhchau_kpi.views.screen import Tone

BAR = "#9DC3E6"
COLUMNS = {
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
    "assessment": (N_("Assessment"), 15),
    "agency": (N_("Agency"), 27),
    "remarks": (N_("Remarks"), 26),
}
"""`index` only where there is a last year to compare with."""


class DistrictSheet(Sheet):
    def __init__(self, book: Spreadsheet, dossier: Dossier, language: Language) -> None:
        with_index = compares(dossier.shown)
        columns = {name: column for name, column in COLUMNS.items() if with_index or name != "index"}
        super().__init__(book, language.say(N_("Report")), columns, language)
        self.dossier, self.plan = dossier, dossier.whole.plan
        self.numbers = numbering(self.plan)

    def write(self) -> None:
        head = letterhead(self.plan, self.dossier.office, self.language)
        self.halves(head.parent.upper() or head.office.upper(), head.nation, bold=True)
        self.halves(head.office.upper() if head.parent else "", head.motto, bold=True)
        self._heading()
        header = self.at
        self.header()
        self.page.freeze_panes(self.at, self.column("unit"))
        first = self.at
        for group in groups(self.dossier.shown, in_plan_order=self.dossier.in_plan_order):
            self._group(group)
        if first < self.at:
            self._bars(first, self.at - 1)
            self.page.autofilter(header, 0, self.at - 1, self.last)
        else:
            self.over(self.language.say(N_("No rows match.")))
        self.over(self.language.say(N_("… not reported · – does not apply · blank: not due yet.")), italic=True)
        self.signatures(head)
        self.page.print_area(0, 0, self.at - 1, self.last)
        self.page.outline_settings(True, False, True, False)

    def _heading(self) -> None:
        report, language = self.dossier.whole, self.language
        self.at += 1
        self.over(language.say(N_("RESULTS BY INDICATOR")), bold=True, align="center", font_size=14)
        self.over(self.plan.heading(language).upper(), bold=True, align="center", font_size=14)
        self.over(period_heading(report, language), bold=True, align="center")
        for part in report_caveats(report, language, on_paper=True):
            self.over(part.text, bold=True, align="center", font_color=COLOURS[part.tone])
        self.over(summary(report, language), bold=True)
        self.at += 1

    def _group(self, group: SectionRows) -> None:
        if group.section is not None:
            self.across(self.numbers[group.section.id], group.section.heading(self.language))
        for one in group.rows:
            for heading in one.headings:
                texts = {"no": self.numbers[heading.of.code], "code": heading.of.code}
                texts["indicator"] = heading.of.name.in_(self.language)
                self.line(texts, depth=heading.depth, bold=True)
            if one.begins_parts:
                self.line({"indicator": self.language.say(N_("Of which:"))}, depth=one.depth)
            self._row(one)

    def _row(self, one: FormRow) -> None:
        row, language = one.row, self.language
        text = row_words(row, language)
        bold: dict[str, Any] = {"bold": True} if row.indicator.children else {}
        remarked = "; ".join((*remarks(self.plan, row, language), *doubts.remarks(row.doubts, language)))
        self.texts(
            {
                "no": self.numbers[row.code],
                "code": row.code,
                "indicator": text.name,
                "unit": text.unit,
                "agency": lead_of(row.indicator, self.plan, language),
                "remarks": remarked,
            },
            depth=one.depth,
            **bold,
        )
        now, aim = row.actual, row.target.number
        self.number(
            "plan", None if aim is None else Fraction(aim), text.target, _target_format(row, self.language), **bold
        )
        self.number("in_period", now.in_period, text.in_period, **bold)
        value = None if row.indicator.target.achieved else now.value
        partial: dict[str, Any] = {"font_color": COLOURS[Tone.BAD]} if row.is_partial else {}
        # A cell that waits for a number shows the decimals that its unit may have.
        shown = None if value is not None or row.indicator.target.achieved else number_format(_decimals_of(row))
        mark = doubts.mark(row.doubts)
        if value is not None and mark:
            shown = f'{number_format(decimals(value))}" {mark}"'
        self.number("cumulative", value, text.value + mark, shown, **bold, **partial)
        self._percent(row, text.percent, **bold)
        if "index" in self.names:
            self.number("index", row.index, text.index, number_format(2), **bold)
        self._gap(row, text.gap, **bold)
        colour = COLOURS[words.TONES[row.status]]
        self.text("assessment", language.say(STATUS_NAMES[row.status]), font_color=colour, **bold)
        self.at += 1

    def _percent(self, row: Row, in_words: str, **style: Any) -> None:
        now = None if row.percent is None else rounded_percent(row.percent)
        part = self._part_of_target(row)
        if part is None:
            self.number("percent", None if now is None else Fraction(now), in_words, number_format(2), **style)
            return
        formula, has_one = part
        percent = f'IF({has_one},{percent_of(formula)},"{words.NOT_APPLICABLE}")'
        self._formula("percent", percent, now, row, number_format(2), **style)

    def _part_of_target(self, row: Row) -> tuple[str, str] | None:
        """What of the target is reached, 1 for all of it, and whether there is such a part, as formulas; None where this row has no
        percent whatever its numbers are."""
        if not self._is_live(row):
            return None
        value, plan = self._cell("cumulative"), self._cell("plan")
        target, base = row.target, row.indicator.baseline
        if target.floor is not None:
            return f"({value}/{plan})", f"{plan}>0"
        # Of a flow under a cap there is none before the year's end, whatever its numbers come to.
        has_one = row.percent is not None or not row.indicator.is_flow
        if target.cap is not None and base is not None and fits(base.value) and has_one:
            return f"(({base.value:f}-{value})/({base.value:f}-{plan}))", f"{plan}<>{base.value:f}"
        return None

    def _gap(self, row: Row, in_words: str, **style: Any) -> None:
        if not self._is_live(row):
            self.number(
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
        self.page.write_formula(self.at, self.column(name), whole, own, otherwise if now is None else now)

    def _cell(self, name: str) -> str:
        """A cell of the row being written, as formulas name it."""
        return f"{column_letters(self.column(name) + 1)}{self.at + 1}"

    def _bars(self, first: int, last: int) -> None:
        column = self.column("percent")
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
