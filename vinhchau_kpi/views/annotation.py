"""The answer to the sender: their own file with each fault marked in its cell. No figure is changed.

Text stays text: what a spreadsheet would take for a formula is written as a word, but for formulas that the sender's own
workbook already has.
"""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from vinhchau_kpi import number
from vinhchau_kpi.finding import SEVERITY_NAMES, Finding
from vinhchau_kpi.intake.grid import Cell, Grid, NumberCell
from vinhchau_kpi.intake.submission import Submission
from vinhchau_kpi.intake.table import REMARKS
from vinhchau_kpi.messages import N_, Language, Refusal
from vinhchau_kpi.number import Convention
from vinhchau_kpi.text import visible
from vinhchau_kpi.views.machine import csv_cell

RED, YELLOW = "FFC7CE", "FFEB9C"
WIDEST = 48
"""Columns of a made workbook are no wider than this many characters."""


def csv_bytes(submission: Submission, grid: Grid, findings: Sequence[Finding], language: Language) -> bytes:
    """The rows as they were, and one column more that says what is wrong with each, for Excel to open.

    Separated as it was, a workbook by `;`. What belongs to no row of figures stands below all rows. Raises `Refusal` for
    a workbook with texts that could be two numbers: between semicolons they would become one of them.
    """
    manner = submission.manner
    if grid.sheet is not None and manner.header is not None and manner.numbers is None:
        raise Refusal(
            N_(
                "A number of this workbook has two readings, and a CSV file would settle them; write the marked copy as .xlsx."
            )
        )
    numbers = manner.convention or Convention.VI
    header = manner.header.line if manner.header else None
    out = StringIO()
    writer = csv.writer(out, delimiter=grid.delimiter or ";", lineterminator="\r\n")
    width = max((len(record.cells) for record in grid.records), default=0)
    by_line: dict[int | None, list[Finding]] = {}
    for finding in findings:
        is_here = finding.place.sheet == grid.sheet and finding.place.line != header
        by_line.setdefault(finding.place.line if is_here else None, []).append(finding)
    for record in grid.records:
        remark = language.say(REMARKS) if record.line == header else _joined(by_line.pop(record.line, []), language)
        cells = [_as_it_was(cell, numbers) for cell in record.cells]
        writer.writerow([*cells, *[""] * (width - len(cells)), csv_cell(remark)])
    for finding in (finding for rest in by_line.values() for finding in rest):
        writer.writerow([*[""] * width, csv_cell(f"{finding.place}: {_joined([finding], language)}")])
    return out.getvalue().encode("utf-8-sig")


def _joined(findings: Iterable[Finding], language: Language) -> str:
    return " | ".join(f"{f.message(language)} → {f.fix(language)}" for f in findings)


def _as_it_was(cell: Cell, numbers: Convention) -> str:
    """A cell's text; a number stays one, also a negative, anything else that would run gets an apostrophe."""
    if isinstance(cell, NumberCell):
        is_number = isinstance(cell.value, Decimal)
        return str(cell).replace(".", ",") if is_number and numbers is Convention.VI else csv_cell(str(cell))
    is_number = any(isinstance(number.read(cell, convention), Decimal) for convention in Convention)
    return cell if is_number else csv_cell(cell)


def workbook_bytes(
    submission: Submission, grid: Grid, findings: Sequence[Finding], language: Language, data: bytes | None
) -> bytes:
    """The file's cells coloured and commented, and a sheet that lists all findings.

    `data` is the workbook itself, where it was an .xlsx: it stays as it was in all else. Any other file is written anew.

    What stands in a column of numbers and reads as one in the file's way of writing is written as one, so that the
    answer to this answer needs no proof.
    """
    import openpyxl

    if data is not None and grid.sheet is not None:
        # openpyxl stumbles in many ways over workbooks that Excel and calamine open: those are written anew too.
        with contextlib.suppress(Exception):
            loaded = openpyxl.load_workbook(BytesIO(data), keep_links=False)
            return _marked(loaded, loaded[grid.sheet], findings, {}, language)
    book = openpyxl.Workbook()
    page: Any = book.active
    numbers, convention = submission.manner.number_columns, submission.manner.convention
    rows: dict[int, int] = {}
    widths: dict[int, int] = {}
    for at, record in enumerate(grid.records, 1):
        rows[record.line] = at
        for column, cell in enumerate(record.cells, 1):
            _write(page.cell(at, column), _value(cell, convention if column in numbers else None))
            widths[column] = max(widths.get(column, 8), min(len(str(cell)) + 2, WIDEST))
    for column, width in widths.items():
        page.column_dimensions[page.cell(1, column).column_letter].width = width
    return _marked(book, page, findings, rows, language)


def _value(cell: Cell, convention: Convention | None) -> Decimal | str:
    if isinstance(cell, NumberCell):
        return cell.value if isinstance(cell.value, Decimal) and not cell.is_percent else str(cell)
    read = number.read(cell, convention) if convention is not None else None
    return read if isinstance(read, Decimal) and len(read.as_tuple().digits) <= EXACT_DIGITS else cell


EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""


def _write(target: Any, value: Decimal | str) -> None:
    """Set a cell; text is text whatever it begins with."""
    if isinstance(value, Decimal):
        places = max(0, -int(value.as_tuple().exponent))
        target.value = value
        target.number_format = "#,##0" + (f".{'0' * places}" if places else "")
    else:
        target.value = _visible_lines(value) or None
        if value:
            target.data_type = "s"


def _marked(book: Any, page: Any, findings: Sequence[Finding], rows: dict[int, int], language: Language) -> bytes:
    """`rows` maps a line of the file to its row, where they differ."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    notes: dict[str, list[Finding]] = {}
    for finding in findings:
        place = finding.place
        if place.line is not None and (place.sheet is None or place.sheet == page.title):
            row, column = rows.get(place.line, place.line), place.column or 1
            notes.setdefault(page.cell(row, column).coordinate, []).append(finding)
    for coordinate, own in notes.items():
        cell = _first_of_merged(page, page[coordinate])
        text = "\n".join(f"{f.message(language)}\n→ {f.fix(language)}" for f in own)
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(_visible_lines(before + text), "kpi", height=160, width=360)
        colour = RED if any(f.is_error for f in own) else YELLOW
        cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    _list(book, findings, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _first_of_merged(page: Any, cell: Any) -> Any:
    for area in page.merged_cells.ranges:
        if cell.coordinate in area:
            return page.cell(area.min_row, area.min_col)
    return cell


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _list(book: Any, findings: Sequence[Finding], language: Language) -> None:
    """A sheet at the end with every finding on a row."""
    from openpyxl.styles import Alignment, Font

    say = language.say
    title = say(N_("Findings"))
    page = book.create_sheet(title)
    headings = (say(N_("Place")), say(N_("Severity")), say(N_("What was found")), say(N_("What to do")))
    rows = [headings]
    rows += [
        (str(f.place), say(SEVERITY_NAMES[f.rule.severity]), f.message(language), f.fix(language)) for f in findings
    ]
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = page.cell(at, column)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if at == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (32, 12, 60, 80), strict=True):
        page.column_dimensions[letter].width = width
