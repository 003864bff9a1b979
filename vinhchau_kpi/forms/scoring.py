"""Points → the office's scoring sheets, as a workbook whose sums are live, and as a Word annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from vinhchau_kpi.finding import column_letters
from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.spreadsheet import (
    CELL,
    HEADER,
    Spreadsheet,
    height,
    number_format,
    page_number,
    sheet_name,
    stored,
)
from vinhchau_kpi.forms.tables import set_parts
from vinhchau_kpi.forms.typesetting import add_paragraph, add_signatures, blank
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.output import packed
from vinhchau_kpi.score import Line, Staged, UnitScore
from vinhchau_kpi.views import score as view
from vinhchau_kpi.views import words

_COLUMNS = (
    (N_("Criterion"), 42),
    (N_("Standard"), 11),
    (N_("Self-score"), 11),
    (N_("Appraised"), 11),
    (N_("Points"), 17),
    (N_("Reason"), 52),
    (N_("Where"), 34),
)
POINTS = 4
"""The column of the points that count, which is added up."""
PERCENT = "0.00####"
"""So many decimals that 99.996 is not shown as 100."""
BOLD: dict[str, Any] = {"bold": True, "bg_color": "#F2F2F2"}


def write_workbook(result: Result, language: Language) -> bytes:
    assert result.scores is not None
    return _Book(result.scores(), language).made()


def write_document(result: Result, language: Language) -> bytes:
    """The screen of the points, set as an annex with places to sign."""
    assert result.scores is not None
    assert result.screen is not None
    scores = result.scores().scores
    document = blank(view.title(scores, language), language)
    if scores.plan.issuer is not None:
        add_paragraph(document, scores.plan.issuer.in_(language).upper(), bold=True)
    add_paragraph(document, language.say(N_("ANNEX")), bold=True, align="center", before=8)
    set_parts(document, result.screen(language))
    add_signatures(document, language)
    return packed(document)


class _Book:
    """A summary with a line for each unit, and a scoring sheet for each. Only what is known whole is added up: a sum with a range
    in it is the range, until a number is typed in its place."""

    def __init__(self, staged: Staged, language: Language) -> None:
        self.scores, self.language = staged.scores, language
        self.alone = {one.unit: one for one in staged.self_scored.units}
        self.book = Spreadsheet(view.title(staged.scores, language))
        self.format = number_format(staged.scores.scale.round)

    def made(self) -> bytes:
        say, scale = self.language.say, self.scores.scale
        heads = (say(N_("Cluster")), say(N_("Rank")), say(N_("Scored unit")),
                 *(view.part_name(part, self.language) for part in scale.parts),
                 say(N_("Points")), say(N_("Out of")), "%", say(N_("Class")))  # fmt: skip
        widths = (18, 7, 28, *(17 for _ in scale.parts), 17, 10, 10, 22)
        summary = self.book.page(say(N_("Summary")), widths, footer=page_number(self.language))
        at = self._heading(summary, len(heads))
        for column, head in enumerate(heads):
            self.book.text(summary, at, column, head, **HEADER)
        summary.set_row(at, height([(head, width) for head, width in zip(heads, widths, strict=True)]))
        summary.repeat_rows(at)
        for n, one in enumerate(self.scores.units, 1):
            name = sheet_name(n, view.unit_name(self.scores, one.unit, self.language))
            self._summary_line(summary, at + n, one, name, self._sheet(name, one))
        note = say(
            N_("Sums follow a number that is changed; ranks and classes are those of the scores as they were read.")
        )
        self.book.text(summary, at + len(self.scores.units) + 1, 0, note, italic=True)
        return self.book.bytes()

    def _heading(self, page: Any, columns: int, *more: str) -> int:
        """The title and what is to be said of all the points; the row after them."""
        lines = [part.text for part in view.heading(self.scores, self.language)] + list(more)
        for at, text in enumerate(lines):
            self.book.merged(page, at, (0, columns - 1), text, bold=at == 0 or text in more)
        return len(lines)

    def _summary_line(self, page: Any, at: int, one: UnitScore, sheet: str, sums: Sequence[int]) -> None:
        scores, language, parts = self.scores, self.language, self.scores.scale.parts
        cluster = scores.scale.clusters[one.cluster] if one.cluster is not None else None
        named = "" if cluster is None else cluster.name.in_(language) if cluster.name else one.cluster or ""
        rank = words.NOT_APPLICABLE if one.rank is None else str(one.rank)
        for column, text in enumerate((named, rank, view.unit_name(scores, one.unit, language))):
            self.book.text(page, at, column, text, **CELL, text_wrap=True)
        for n, part in enumerate(parts):
            source = f"'{sheet}'!{column_letters(POINTS + 1)}{sums[n] + 1}"
            self._formula(page, at, 3 + n, f"={source}", one.of_part(part.criteria))
        total = 3 + len(parts)
        self._sum(
            page, at, total, [f"{column_letters(3 + n + 1)}{at + 1}" for n in range(len(parts))], (one.low, one.high)
        )
        self._number(page, at, total + 1, one.out_of)
        cell, out_of = (f"{column_letters(total + n)}{at + 1}" for n in (1, 2))
        formula = f'=IF(AND(ISNUMBER({cell}),{out_of}>0),100*{cell}/{out_of},"{words.NOT_APPLICABLE}")'
        shown = words.NOT_APPLICABLE if one.percent is None else stored(one.percent)
        page.write_formula(at, total + 2, formula, self.book.style(**CELL, num_format=PERCENT, align="right"), shown)
        class_ = view.class_words(one, language)
        self.book.text(page, at, total + 3, class_, **CELL, text_wrap=True)
        page.set_row(at, height([(named, 18), (view.unit_name(scores, one.unit, language), 28), (class_, 22)]))

    def _sheet(self, name: str, one: UnitScore) -> list[int]:
        """The scoring sheet of a unit; the rows of the sums of its parts."""
        say, scale = self.language.say, self.scores.scale
        page = self.book.page(name, tuple(width for _, width in _COLUMNS), footer=page_number(self.language))
        at = self._heading(page, len(_COLUMNS), view.unit_name(self.scores, one.unit, self.language))
        for column, (head, _) in enumerate(_COLUMNS):
            self.book.text(page, at, column, say(head), **HEADER)
        page.repeat_rows(at)
        page.freeze_panes(at + 1, 1)
        lines = {line.criterion.code: line for line in one.lines}
        alone = {line.criterion.code: line for line in self.alone[one.unit].lines}
        sums = []
        at += 1
        for part in scale.parts:
            sums.append(at)
            self._across(page, at, view.part_name(part, self.language))
            cells = [f"{column_letters(POINTS + 1)}{at + 2 + n}" for n in range(len(part.criteria))]
            self._sum(page, at, POINTS, cells, one.of_part(part.criteria), **BOLD)
            for n, criterion in enumerate(part.criteria, 1):
                self._criterion(page, at + n, lines[criterion.code], alone[criterion.code])
            at += 1 + len(part.criteria)
        self._across(page, at, say(N_("Total")))
        self._number(page, at, 1, scale.points, **BOLD)
        self._sum(
            page, at, POINTS, [f"{column_letters(POINTS + 1)}{row + 1}" for row in sums], (one.low, one.high), **BOLD
        )
        for knock_out, entry in one.knocked_out:
            at += 1
            text = say(view.KNOCKED_OUT, name=knock_out.name, place=entry.place)
            self.book.text(page, at, 0, text, bold=True)
        return sums

    def _across(self, page: Any, at: int, text: str) -> None:
        for column in range(len(_COLUMNS)):
            self.book.text(page, at, column, text if column == 0 else "", **CELL, **BOLD)

    def _criterion(self, page: Any, at: int, line: Line, alone: Line) -> None:
        criterion, language = line.criterion, self.language
        name, why = view.criterion_name(line, language), view.why(self.scores, line, language)
        where = "; ".join(map(str, line.places))
        for column, text in ((0, name), (5, why), (6, where)):
            self.book.text(page, at, column, text, **CELL, text_wrap=True)
        page.set_row(at, height([(name, 42), (why, 52), (where, 34)]))
        self._number(page, at, 1, criterion.points)
        for column, points in ((2, alone.claimed), (3, line.appraised)):
            if points is None:
                self.book.text(page, at, column, "", **CELL)
            else:
                self._number(page, at, column, points)
        if line.points is None:
            self.book.text(page, at, POINTS, self._range((line.low, line.high)), **CELL, align="right")
        else:
            self._number(page, at, POINTS, line.points)

    def _range(self, span: tuple[Decimal, Decimal]) -> str:
        return view.shown_range(self.scores, *span, self.language)

    def _number(self, page: Any, at: int, column: int, value: Decimal, **style: Any) -> None:
        self.book.number(page, at, column, value, self.language.number(value), self.format, **CELL, **style)

    def _sum(
        self, page: Any, at: int, column: int, cells: Sequence[str], span: tuple[Decimal, Decimal], **style: Any
    ) -> None:
        """The sum of cells, where all of them are numbers; else the range that it was."""
        if not cells:
            self._number(page, at, column, span[0], **style)
            return
        listed = f"{cells[0]}:{cells[-1]}" if _are_neighbours(cells) else ",".join(cells)
        shown = self._range(span) if span[0] < span[1] else words.MISSING
        formula = f'=IF(COUNT({listed})={len(cells)},SUM({listed}),"{shown}")'
        self._formula(page, at, column, formula, span, **style)

    def _formula(
        self, page: Any, at: int, column: int, formula: str, span: tuple[Decimal, Decimal], **style: Any
    ) -> None:
        now = span[0] if span[0] == span[1] else self._range(span)
        own = self.book.style(num_format=self.format, align="right", **CELL, **style)
        page.write_formula(at, column, formula, own, now)


def _are_neighbours(cells: Sequence[str]) -> bool:
    rows = [int(re.sub(r"\D", "", cell)) for cell in cells]
    return len({re.sub(r"\d", "", cell) for cell in cells}) == 1 and rows == list(range(rows[0], rows[0] + len(rows)))
