"""The answer to the sender: their own file with each fault marked in its cell. No figure is changed.

Text stays text: what a spreadsheet would take for a formula is written as a word, but for formulas that the sender's own
workbook already has.
"""

from __future__ import annotations

import contextlib
import csv
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from vinhchau_kpi import number, rules
from vinhchau_kpi.finding import SEVERITY_NAMES, Finding
from vinhchau_kpi.forms.machine import csv_cell
from vinhchau_kpi.intake.cut.grid import Cell, Grid, NumberCell
from vinhchau_kpi.intake.cut.headings import REMARKS
from vinhchau_kpi.intake.open import package
from vinhchau_kpi.intake.open.walk import Broken, Swollen
from vinhchau_kpi.intake.read.cells import DASHES
from vinhchau_kpi.intake.read.submission import Submission
from vinhchau_kpi.messages import N_, Language
from vinhchau_kpi.number import Convention
from vinhchau_kpi.output import packed
from vinhchau_kpi.refusal import Refusal
from vinhchau_kpi.text import nfc, visible

RED, YELLOW = "FFC7CE", "FFEB9C"
NARROWEST, WIDEST = 8, 48
"""Widths, in characters, that columns of a made workbook keep to."""


def csv_bytes(submission: Submission, findings: Sequence[Finding], language: Language) -> bytes:
    """The rows as they were, and one column more that says what is wrong with each, for Excel to open.

    Separated as it was; a workbook by `;`, or by `,` where its texts write numbers the English way. What belongs to no row
    of figures stands below all rows; a row that does not fit the header still does not. Raises `Refusal` for what a CSV
    file could only show as sound: of a workbook merged cells, numbers that are not seen as they are, or of two readings;
    and for several sheets.
    """
    if submission.sheets:
        raise Refusal(N_("A CSV file holds one sheet only; write the marked copy as .xlsx."))
    how_read, (grid,) = submission.how_read, _grids(submission)
    is_workbook = grid.sheet is not None
    has_two_readings = is_workbook and how_read.header is not None and how_read.numbers is None
    if has_two_readings or grid.merged or any(map(_shows_otherwise, _cells(grid))):
        raise Refusal(N_("A CSV file would hide some of these findings; write the marked copy as .xlsx."))
    numbers = how_read.convention or Convention.VI
    headings = _heading_lines(submission, grid)
    out = StringIO()
    delimiter = grid.delimiter or (";" if numbers is Convention.VI else ",")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    ragged = _ragged_lines(findings)
    width = max((len(record.cells) for record in grid.records if record.line not in ragged), default=0)
    by_line: dict[int | None, list[Finding]] = {}
    for finding in findings:
        is_here = _is_in(finding, grid) and finding.place.line not in headings
        by_line.setdefault(finding.place.line if is_here else None, []).append(finding.bare)
    for record in grid.records:
        if record.line in headings:
            remark = language.say(REMARKS) if headings[record.line] else ""
        else:
            remark = _joined(by_line.pop(record.line, []), language)
        cells = [_as_it_was(cell, numbers) for cell in record.cells]
        blank = 0 if record.line in ragged else width - len(cells)
        writer.writerow([*cells, *[""] * blank, csv_cell(remark)])
    for finding in (finding for rest in by_line.values() for finding in rest):
        writer.writerow([*[""] * width, csv_cell(f"{finding.place}: {_joined([finding], language)}")])
    return out.getvalue().encode("utf-8-sig")


def _grids(submission: Submission) -> list[Grid]:
    """What its rows were read from; a sheet each, where there are several."""
    return [part.grid for part in submission.parts if part.grid is not None]


def _ragged_lines(findings: Iterable[Finding]) -> set[int | None]:
    """The lines of the rows whose cells do not fit the header."""
    return {finding.place.line for finding in findings if finding.rule is rules.RAGGED_ROW}


def _is_in(finding: Finding, grid: Grid) -> bool:
    return (finding.place.file, finding.place.sheet) == (grid.file, grid.sheet)


def _cells(grid: Grid) -> Iterator[Cell]:
    return (cell for record in grid.records for cell in record.cells)


def _shows_otherwise(cell: Cell) -> bool:
    """Whether what there is to say of a cell's number hangs on how the workbook shows it."""
    return isinstance(cell, NumberCell) and bool(cell.words or cell.value in _SHOWN_BY)


_SHOWN_BY = {
    number.Fault.SCALED: "#,##0,",
    number.Fault.UNSEEN: ";;;",
    number.Fault.RAISED: "General",
    number.Fault.STRUCK: "General",
}
"""Faults that hang on how a number is shown, and a format that shows it so."""


def _heading_lines(submission: Submission, grid: Grid) -> dict[int, bool]:
    """The lines of the header, wherever it is repeated, and whether each takes the heading of the remarks."""
    how_read = submission.how_read
    if how_read.header is None:
        return {}
    places = [how_read.header, *(place for *_, place in how_read.columns), *(place for *_, place in how_read.periods)]
    lines = sorted({place.line for place in places if place.line is not None})
    rows = {record.line: [text for text in record.texts() if text] for record in grid.records}
    header = [rows[line] for line in lines if line in rows]
    return {line: texts == header[0] for line, texts in rows.items() if texts in header and texts}


def _joined(findings: Iterable[Finding], language: Language) -> str:
    return " | ".join(f"{f.message(language)} → {f.to_sender(language)}" for f in findings)


def _as_it_was(cell: Cell, numbers: Convention) -> str:
    """A cell's text; a number stays one, also a negative, anything else that would run gets an apostrophe."""
    if isinstance(cell, NumberCell):
        is_number = isinstance(cell.value, Decimal)
        return str(cell).replace(".", ",") if is_number and numbers is Convention.VI else csv_cell(str(cell))
    text = nfc(cell)
    is_number = any(isinstance(number.read(text, convention), Decimal) for convention in Convention)
    return text if is_number or text in DASHES else csv_cell(text)


def workbook_bytes(
    submission: Submission, findings: Sequence[Finding], language: Language, data: bytes | None
) -> bytes:
    """The file's cells coloured and commented, and a sheet that lists all findings.

    `data` is the workbook itself, where it was an .xlsx: its cells, formulas, formats and sheets stay as they were
    (pictures do where Pillow is installed). Any other file is written anew. What stands in a column of numbers and reads
    as one in the file's way of writing is written as one, so that the answer to this answer needs no proof.
    """
    import openpyxl

    grids = _grids(submission)
    if data is not None and _is_light(data):
        # openpyxl stumbles in many ways, on loading and on saving, over workbooks that Excel and calamine open: those are
        # written anew too.
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            loaded = openpyxl.load_workbook(BytesIO(data), keep_links=False)
            results = openpyxl.load_workbook(BytesIO(data), keep_links=False, data_only=True)
            pages = [Page(loaded[grid.sheet or ""], grid, {}) for grid in grids]
            return _with_results(_marked(loaded, pages, findings, language), loaded, results)
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    pages = []
    for part, grid in zip(submission.parts, grids, strict=True):
        name = _NOT_IN_NAMES.sub(" ", grid.sheet or "")[:31] if submission.sheets else language.say(N_("Figures"))
        sheet = book.create_sheet(name)
        ragged = _ragged_lines(finding for finding in findings if _is_in(finding, grid))
        pages.append(Page(sheet, grid, _filled(sheet, part, grid, ragged)))
    return packed(_marked(book, pages, findings, language))


_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]]")


class Page(NamedTuple):
    """A sheet of the copy, and what it was cut from. `rows` maps a line of the file to its row, where they differ."""

    sheet: Any
    grid: Grid
    rows: dict[int, int]


def _is_light(data: bytes) -> bool:
    """Whether openpyxl can open a workbook: what a few bytes say of a million cells, it makes a million cells of, twice."""
    try:
        return package.unpacked(data, package.WorkbookKind.XLSX).is_light()
    except (Broken, Swollen):
        return False


def _filled(page: Any, submission: Submission, grid: Grid, ragged: set[int | None]) -> dict[int, int]:
    """Write the rows of a file into a sheet; which row each line of the file has become.

    A row whose cells do not fit the header stands whole in the first cell of a figure: cell by cell it would look sound.
    """
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    how_read = submission.how_read
    header = how_read.header.line if how_read.header else None
    rows: dict[int, int] = {}
    widths: dict[int, int] = {}
    for at, record in enumerate(grid.records, 1):
        rows[record.line] = at
        cells = record.cells
        if record.line in ragged:
            whole = (grid.delimiter or ";").join(map(str, cells))
            cells = [*[""] * (min(how_read.number_columns, default=1) - 1), whole]
        for column, cell in enumerate(cells, 1):
            target = page.cell(at, column)
            _write_alike(target, cell, how_read.convention if column in how_read.number_columns else None)
            if record.line == header:
                target.font = Font(name="Calibri", size=11, bold=True)
            if header is not None and record.line >= header:
                widths[column] = max(widths.get(column, NARROWEST), min(len(str(cell)) + 2, WIDEST))
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = width
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), origin in grid.merged.items():
        last = corners.get(origin, origin)
        corners[origin] = max(last[0], row), max(last[1], column)
    for (top, left), (bottom, right) in corners.items():
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    if header in rows:
        page.freeze_panes = f"A{rows[header] + 1}"
        page.print_title_rows = f"{rows[header]}:{rows[header]}"
    _set_up(page)
    return rows


def _write_alike(target: Any, cell: Cell, convention: Convention | None) -> None:
    """Set a cell so that the copy is read as the file was: with what its number was found to be shown by."""
    from openpyxl.styles import Font

    _write(target, _value(cell, convention))
    if not isinstance(cell, NumberCell):
        return
    if cell.words:
        target.number_format += ' "{}"'.format(cell.words.replace('"', ""))
    if isinstance(cell.value, number.Fault) and cell.value in _SHOWN_BY:
        stored = number.plain(cell.seen)
        if stored is not None:
            target.value = stored
        target.number_format = _SHOWN_BY[cell.value]
        if cell.value in (number.Fault.RAISED, number.Fault.STRUCK):
            is_struck = cell.value is number.Fault.STRUCK
            target.font = Font(
                name="Calibri", size=11, strike=is_struck, vertAlign=None if is_struck else "superscript"
            )


def _set_up(page: Any) -> None:
    """A4, landscape, as wide as the sheet."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


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
        target.value = _visible_lines(nfc(value)) or None
        if value:
            target.data_type = "s"


def _marked(book: Any, pages: Sequence[Page], findings: Sequence[Finding], language: Language) -> Any:
    """The book with its faulty cells marked on their pages."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    notes: dict[tuple[str, str], list[Finding]] = {}
    spots: list[tuple[str, str] | None] = []
    for finding in findings:
        line, spot = finding.place.line, None
        own_page = next((page for page in pages if _is_in(finding, page.grid)), None)
        if line is not None and own_page is not None:
            cell = own_page.sheet.cell(own_page.rows.get(line, line), finding.place.column or 1)
            spot = own_page.sheet.title, cell.coordinate
        spots.append(spot)
        if spot is not None:
            notes.setdefault(spot, []).append(finding.bare)
    for (title, coordinate), own in notes.items():
        cell = _first_of_merged(book[title], book[title][coordinate])
        text = "\n".join(f"{f.message(language)}\n→ {f.to_sender(language)}" for f in own)
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(_visible_lines(before + text), "kpi", height=160, width=360)
        colour = RED if any(f.is_error for f in own) else YELLOW
        cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    _list(book, list(zip((finding.bare for finding in findings), spots, strict=True)), language, len(pages) > 1)
    return book


def _first_of_merged(page: Any, cell: Any) -> Any:
    for area in page.merged_cells.ranges:
        if cell.coordinate in area:
            return page.cell(area.min_row, area.min_col)
    return cell


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _list(book: Any, found: list[tuple[Finding, tuple[str, str] | None]], language: Language, several: bool) -> None:
    """A sheet at the end with every finding on a row; its place leads to the cell, of `several` sheets."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    say = language.say
    page = book.create_sheet(say(N_("Findings")))
    rows = [(say(N_("Place")), say(N_("Severity")), say(N_("What was found")), say(N_("What to do")))]
    rows += [
        (
            ("!".join(spot) if several else spot[1]) if spot else str(f.place),
            say(SEVERITY_NAMES[f.rule.severity]),
            f.message(language),
            f.to_sender(language),
        )
        for f, spot in found
    ]
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = page.cell(at, column)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if at == 1:
                cell.font = Font(name="Calibri", size=11, bold=True)
        lines = max(-(-len(text) // (width - 4)) for text, width in zip(row, LIST_WIDTHS, strict=True))
        page.row_dimensions[at].height = LINE_HEIGHT * lines
    for at, (_, spot) in enumerate(found, 2):
        if spot is not None:
            cell, quoted = page.cell(at, 1), spot[0].replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{spot[1]}")
            cell.font = Font(name="Calibri", size=11, color="0563C1", underline="single")
    for letter, width in zip("ABCD", LIST_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    _set_up(page)


LIST_WIDTHS = (16, 12, 60, 80)
"""Widths, in characters, of the columns of the list of findings."""
LINE_HEIGHT = 15
"""Points of a line of text."""


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^>]*(?:/>|>.*?</f>))<v ?(?:/>|></v>)</c>', re.DOTALL)
_TYPE = re.compile(rb' t="[a-z]*"')


def _with_results(marked: Any, loaded: Any, results: Any) -> bytes:
    """The saved workbook with what its formulas came to, which openpyxl leaves out: a preview shows no blanks then."""
    out = BytesIO()
    paths = {f"xl/worksheets/sheet{at}.xml": page.title for at, page in enumerate(loaded.worksheets, 1)}
    with zipfile.ZipFile(BytesIO(packed(marked))) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if paths.get(name) in results.sheetnames:
                page = results[paths[name]]
                data = _FORMULA.sub(lambda match, page=page: _with_result(match, page), data)  # type: ignore[misc]
            after.writestr(name, data)
    return out.getvalue()


def _with_result(match: re.Match[bytes], page: Any) -> bytes:
    result = page[match[1].decode()]
    value, kind = result.value, result.data_type
    if value is None or kind not in _RESULTS:
        return match[0]
    if kind == "d":
        from openpyxl.utils import datetime

        to_excel: Any = datetime.to_excel
        value = to_excel(value)
    text = f"{value:d}" if isinstance(value, bool) else str(value)
    attributes = _TYPE.sub(b"", match[2]) + _RESULTS[kind]
    return b'<c r="%b"%b>%b<v>%b</v></c>' % (match[1], attributes, match[3], escape(text).encode())


_RESULTS = {"n": b"", "d": b"", "s": b' t="str"', "b": b' t="b"', "e": b' t="e"'}
"""The kinds of results as a cell of a sheet declares them."""
