"""What a file is, by its bytes; its name decides nothing."""

from __future__ import annotations

from vinhchau_kpi.messages import N_

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Of Office before 2007, and of workbooks with a password."""


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a workbook of any kind, or a web page that passes for one."""
    return data.startswith((ZIP, EMPTY_ZIP, OLE)) or is_page(data)


def is_page(data: bytes) -> bool:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or (
        start.startswith(b"<?xml") and (b"<html" in start or b"excel.sheet" in start)
    )


def document(data: bytes) -> str | None:
    """In words, the document that these bytes are; None where they are none that is known."""
    if data.startswith(b"%PDF-"):
        return N_("a PDF document")
    if data.startswith(ZIP) and b"word/document.xml" in data:
        return N_("a Word document")
    if data.startswith(OLE) and "WordDocument".encode("utf-16-le") in data:
        return N_("a Word document")
    return None
