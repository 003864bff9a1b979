"""Text → rows of cells: which character separates the columns, and the rows as CSV has them."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterator

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.intake.cut.grid import Cell, Grid, Record
from vinhchau_kpi.intake.cut.header import HEADER_WITHIN, WIDTH_LIMIT, header_among

CELL_LIMIT = 100_000
"""Characters in one cell."""
DELIMITERS = ",;\t|"

_DECLARED = re.compile(r'"?sep=(.)"?[ ;,\t|]*(?=[\r\n]|$)', re.IGNORECASE)


def read_delimited(text: str, file: str) -> tuple[Grid | None, list[Finding]]:
    """The rows of a CSV text; None and the finding where its rows cannot be told apart.

    The delimiter is the one a first line `sep=;` declares; else the one that yields the most known column names;
    else, where there is no header in sight, the one that makes the most cells.
    """
    if "\ufeff" in text:
        first = text.lstrip().partition("\n")[0].strip()
        at = text.find(f"\ufeff{first}") if first else -1
        if at >= 0:
            before = text[:at].splitlines()
            return None, [Finding(rules.JOINED_FILES, Place(file, len(before), len(before[-1]) + 1))]
    declared = _DECLARED.match(text)
    is_declared = declared is not None and declared[1] in DELIMITERS
    delimiter = declared[1] if declared and is_declared else _delimiter(text)
    records: list[Record] = []
    for item in _records(text, delimiter, file):
        if isinstance(item, Finding):
            return None, [item]
        records.append(item)
    if declared:
        records = records[1:]
    return Grid(file, records, delimiter, is_declared), []


def _delimiter(text: str) -> str:
    best = (0, 0, 0, DELIMITERS[0])
    absent = [delimiter for delimiter in DELIMITERS if delimiter not in text]
    for preference, delimiter in enumerate(DELIMITERS):
        if delimiter in absent[1:]:  # It makes the same rows of one cell as the first that the text has not.
            continue
        top = list(itertools.islice(_readable(text, delimiter), HEADER_WITHIN))
        known, _ = header_among(top)
        cells = max((len(record.cells) for record in top), default=0)
        best = max(best, (known, min(cells, WIDTH_LIMIT), -preference, delimiter))
    return best[-1]


def _readable(text: str, delimiter: str) -> Iterator[Record]:
    """The rows up to the first that cannot be read."""
    return itertools.takewhile(lambda item: isinstance(item, Record), _records(text, delimiter, ""))  # type: ignore[arg-type]


def _records(text: str, delimiter: str, file: str) -> Iterator[Record | Finding]:
    """The rows of a CSV text; a row that cannot be read ends them with its finding."""
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                yield Finding(rules.CELL_TOO_LONG, Place(file, line), {"limit": CELL_LIMIT})
            else:
                yield Finding(rules.QUOTE_NOT_CLOSED, Place(file, line))
            return
        yield Record(line, unwrapped(cells, delimiter))
        line = reader.line_num + 1


def unwrapped(cells: list[str], delimiter: str) -> list[Cell]:
    """The cells of a row that was quoted as a whole: a sheet whose rows all stood in column A was saved again."""
    if len(cells) == 1 and cells[0].count(delimiter) >= 2:
        with contextlib.suppress(csv.Error):
            return list(next(csv.reader([cells[0]], delimiter=delimiter, strict=True)))
    return list(cells)
