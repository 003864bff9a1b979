"""The CSV of `machine` as a file that Excel opens right on a computer set to the language of the papers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

from vinhchau_kpi.excel import DIGITS, made_of
from vinhchau_kpi.forms import Result
from vinhchau_kpi.forms.machine import csv_cell
from vinhchau_kpi.messages import Language
from vinhchau_kpi.number import Convention, written
from vinhchau_kpi.period import parse, parse_day
from vinhchau_kpi.views.template import typed


def write(result: Result, language: Language) -> Iterator[str]:
    """A byte-order mark, CRLF, the decimal sign of the language, and `;` between the cells where that is a comma."""
    assert result.records is not None
    fields, records = result.records()
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if language.convention is Convention.VI else ",")
    writer.writerow(fields)
    for record in records:
        writer.writerow([_cell(record.get(field), language.convention) for field in fields])
    yield "\ufeff" + out.getvalue()


def _cell(value: Any, convention: Convention) -> str:
    """What Excel would make something else of, save a day, stays text: a period in words, the rest behind an apostrophe."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= DIGITS:
        return written(value, convention)
    text = csv_cell(value)
    if not isinstance(value, str | Decimal) or made_of(text) is None or parse_day(text) is not None:
        return text
    period = parse(text)
    return f"'{text}" if period is None else typed(period)
