"""Bytes → text: UTF-8 with or without a byte-order mark, and nothing that is not text."""

from __future__ import annotations

import codecs

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place


def decode(data: bytes, file: str) -> tuple[str | None, list[Finding]]:
    """The text of `data`, or None and the finding that shows the first byte that is not text.

    A UTF-8 byte-order mark is dropped. The column of the place counts bytes of the line.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    nul = data.find(0)
    if nul >= 0:
        return None, [Finding(rules.NOT_TEXT, _place(data, nul, file), {"byte": "0x00"})]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        return None, [Finding(rules.ENCODING, _place(data, error.start, file), {"byte": byte})]


def _place(data: bytes, at: int, file: str) -> Place:
    before = data[:at]
    return Place(file, before.count(b"\n") + 1, at - before.rfind(b"\n"))
