"""Facts → JSON and CSV for other programs: exact numbers, nothing localised, no text that a spreadsheet runs."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from vinhchau_kpi.forms import Result
from vinhchau_kpi.messages import Language
from vinhchau_kpi.text import FORMULA_STARTS, visible


def write_json(result: Result, _language: Language) -> Iterator[str]:
    return json_text(result.facts())


def write_csv(result: Result, _language: Language) -> Iterator[str]:
    assert result.records is not None
    return csv_text(*result.records())


def json_text(facts: Any) -> Iterator[str]:
    """JSON with every digit of every `Decimal`, piece by piece; the standard library would pass them through binary floats.
    What is made one by one is an array. Characters that act on a terminal stand as their number (`\\u009b`): the value is
    the same to whoever reads it."""
    import simplejson

    encoder = simplejson.JSONEncoder(use_decimal=True, ensure_ascii=False, indent=2, iterable_as_array=True)
    for piece in encoder.iterencode(facts):
        is_seen = piece.replace("\n", "").isprintable()
        yield piece if is_seen else "".join(map(_numbered, piece))
    yield "\n"


def _numbered(character: str) -> str:
    """A character of a JSON string, or, where it is not to be seen, its number in UTF-16."""
    if character.isprintable() or character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def csv_text(fields: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """RFC 4180 CSV with `,` and LF, row by row. None is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in itertools.chain([fields], ([csv_cell(record.get(field)) for field in fields] for record in records)):
        out.seek(0)
        out.truncate()
        writer.writerow(row)
        yield out.getvalue()


def csv_cell(value: Any) -> str:
    """A cell's text. Words that a spreadsheet would take for a formula get an apostrophe before them; characters
    that a terminal would act on are written out."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "\n".join(map(visible, str(value).split("\n")))
    return "'" + text if isinstance(value, str) and value.startswith(FORMULA_STARTS) else text
