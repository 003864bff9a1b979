"""The open readings of a plan → the workbook in which they are answered; `intake.plan.review` reads it back as it is."""

from __future__ import annotations

from collections.abc import Sequence

from vinhchau_kpi.forms.spreadsheet import CELL, HEADER, Spreadsheet, height, page_number
from vinhchau_kpi.forms.template import OPEN
from vinhchau_kpi.intake.plan.review import COLUMNS, MEASURES, Open
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.views.review import answers, row

_WIDTHS = (10, 34, 14, 13, 22, 22, 18, 44, 24, 14)
HELP = N_(
    "Choose an answer from the list of each row, or write one such as ≥ 7,5 or < 4 or bằng 12,1 or 4,5 - 5. What is left blank stays open. Change the measure where it is wrong."
)


def workbook(found: Sequence[Open], title: str, language: Language) -> bytes:
    """A row for each; the answer and the measure are yellow, with a list of what can be chosen."""
    book, say, columns = Spreadsheet(title), language.say, list(COLUMNS)
    page = book.page(say(N_("Open readings")), _WIDTHS, footer=page_number(language))
    lists = book.hidden("kpi")
    book.merged(page, 0, (0, len(columns) - 1), title, bold=True)
    book.merged(page, 1, (0, len(columns) - 1), say(HELP), italic=True, text_wrap=True, valign="top")
    page.set_row(1, height([(say(HELP), sum(_WIDTHS))]))
    for column, head in enumerate(COLUMNS.values()):
        book.text(page, 2, column, say(head), **HEADER)
    for at, one in enumerate(found, 3):
        cells = row(one, language)
        for column, (key, text) in enumerate(cells.items()):
            # As text, so that Excel makes no day of “4,5 - 5”.
            style = {**OPEN, "num_format": "@"} if key in ("answer", "measure") else {}
            book.text(page, at, column, text, **CELL, **style, text_wrap=True)
        page.set_row(at, height(zip(cells.values(), _WIDTHS, strict=True)))
        measures = [say(words) for words in MEASURES.values()] if cells["measure"] else []
        # A list that is written into the rule ends at 255 characters, and a comma in a number would divide it.
        for key, nth, choices in (("answer", 2 * at, answers(one, language)), ("measure", 2 * at + 1, measures)):
            if choices:
                rule = {"validate": "list", "source": book.listed(lists, nth, choices), "show_error": False}
                page.data_validation(at, columns.index(key), at, columns.index(key), rule)
    page.freeze_panes(3, 2)
    page.repeat_rows(2)
    return book.bytes()
