"""What a file is, by its bytes; its name decides nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from vinhchau_kpi import rules
from vinhchau_kpi.finding import Finding, Place
from vinhchau_kpi.messages import N_, Message

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Of Office before 2007, of messages of Outlook, and of workbooks with a password."""


class Foreign(NamedTuple):
    """A file in which no figures are read: what it is, and what may be done but asking the sender for the table itself."""

    kind: str
    way: str


PICTURE = Foreign(
    N_("a picture"), N_("A photograph or a scan of it is not enough: its digits cannot be read for certain.")
)
PDF = Foreign(N_("a PDF document"), N_("The file from which the PDF was made is enough."))
ARCHIVE = Foreign(N_("an archive of packed files"), N_("Or unpack it, and put the files that were in it here."))
MAIL = Foreign(N_("an e-mail message"), N_("Or open the message, and save the files attached to it here."))
OLD_WORD = Foreign(
    N_("a document in an old form of Word, or of another program"),
    N_("Or open it in Word, choose File > Save As > “Word Document (.docx)”, and put that file here."),
)
LETTER = Foreign(N_("a Word document without a table"), N_("Figures in running text are not read."))
SLIDES = Foreign(N_("a presentation"), N_("A table on a slide is not read."))

_STARTS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG\r\n", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b\x08", ARCHIVE),
    (b"{\\rtf", OLD_WORD),
)
_PICTURES_LATER = re.compile(rb"BM.{4}\0\0\0\0|RIFF.{4}WEBP|.{4}ftyp(?:hei|hev|mif|avif)", re.DOTALL)
"""A bitmap, a WebP, and what telephones take."""
_MAIL = re.compile(
    rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Message-ID|Received): ", re.IGNORECASE
)


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a workbook or a Word document of any kind, or a web page that passes for one."""
    return data.startswith((ZIP, EMPTY_ZIP, OLE)) or is_page(data)


def is_page(data: bytes) -> bool:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or (
        start.startswith(b"<?xml") and (b"<html" in start or b"excel.sheet" in start)
    )


def foreign(data: bytes) -> Foreign | None:
    """What these bytes, or the first of them, are in place of figures; None where that is not known.

    What a zip file or one of old Office holds is not looked at.
    """
    if _PICTURES_LATER.match(data):
        return PICTURE
    if _MAIL.match(data[:4096]):
        return MAIL
    return next((kind for start, kind in _STARTS if data.startswith(start)), None)


def document_file(file: str, known: Foreign) -> Finding:
    return Finding(rules.DOCUMENT_FILE, Place(file), {"kind": Message(known.kind), "way": Message(known.way)})
