"""Workbooks of OpenDocument by hand, for what no writer of them makes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_NAMES = {
    "office": "office", "style": "style", "text": "text", "table": "table", "number": "datastyle", "fo": "xsl-fo-compatible",
}  # fmt: skip
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


class Raw(str):
    """The XML of a cell, or of a row."""

    __slots__ = ()


def workbook(*rows: Sequence[str] | Raw, styles: str = "") -> bytes:
    """An .ods of one sheet, T6, whose cells are texts where they are not XML."""
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in _NAMES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{styles}'
        '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="T6">'
        f"{''.join(map(_row, rows))}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("mimetype", _TYPE), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(name, text)
    return out.getvalue()


def _row(cells: Sequence[str] | Raw) -> str:
    return cells if isinstance(cells, Raw) else f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(text: str) -> str:
    if isinstance(text, Raw):
        return text
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def number(value: str, shown: str = "", style: str = "") -> Raw:
    """A cell that states a number and shows a text."""
    named = f' table:style-name="{style}"' if style else ""
    return Raw(
        f'<table:table-cell office:value-type="float" office:value="{value}"{named}>'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )
