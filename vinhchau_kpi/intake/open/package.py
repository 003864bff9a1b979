"""The zip package of a workbook: measured before it is opened, and looked into for what the reader does not tell.

`python-calamine` gives the values of cells. It says nothing of percent formats, of formulas that nothing has computed
and of error values (both come out blank), and it makes a cell of memory for each place of a sheet, however empty. So a
look at the XML comes first. What calamine is then given is a package made anew of the very bytes that were looked at.
The XML is never there as a whole: 100 000 rows are some 35 MB of it, and a tenth of that when packed.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from functools import cached_property
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from vinhchau_kpi.intake.open import binary
from vinhchau_kpi.intake.open.docx import DocxWalk, Table
from vinhchau_kpi.intake.open.ods import OdsWalk
from vinhchau_kpi.intake.open.ole import Compound, compound
from vinhchau_kpi.intake.open.signature import ARCHIVE, MAIL, OLD_WORD, OLE, SLIDES, Foreign
from vinhchau_kpi.intake.open.walk import (
    BLOCK,
    CELLS_LIMIT,
    UNFOLDED_LIMIT,
    Broken,
    Locked,
    Look,
    Swollen,
    attribute,
    elements,
    parse,
)
from vinhchau_kpi.intake.open.xlsx import SharedWalk, Style, XlsxWalk, styles_of
from vinhchau_kpi.messages import N_

UNPACKED_LIMIT = 200_000_000
"""Bytes of XML in a workbook: some 300 000 rows of figures."""
PARTS_LIMIT = 2_000


class WorkbookKind(Enum):
    XLSX = "xlsx"
    ODS = "ods"
    XLSB = "xlsb"
    XLS = "xls"
    DOCX = "docx"


_DAMAGE = (expat.ExpatError, ET.ParseError, LookupError, ValueError, struct.error)
"""What XML and records raise that is not as a workbook has it: a missing part, an encoding that does not exist, a bad number."""


class XlsPackage:
    """An .xls, asked as a `Package` is. Raises `Broken`, and `Locked` where a password is needed."""

    packed = b""

    def __init__(self, data: bytes) -> None:
        with _damage_told():
            self._xls = binary.Xls(Compound(data).stream("Workbook"))

    def measure(self) -> None:
        """Raises `Swollen`."""
        with _damage_told():
            self.packed = compound("Workbook", self._xls.look_at_all())

    def look(self, sheet: str, _room: int) -> Look:
        with _damage_told():
            return self._xls.looks[sheet]


class Package:
    """The XML parts of a workbook, packed anew."""

    def __init__(self, kind: WorkbookKind, packed: bytes) -> None:
        self.kind, self.packed = kind, packed
        self._archive = zipfile.ZipFile(io.BytesIO(packed))

    def part(self, name: str) -> IO[bytes]:
        """Raises `KeyError` where there is none of this name."""
        return self._archive.open(name)

    def has(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def measure(self) -> None:
        """Raises `Swollen` for an OpenDocument that would fill the memory: its reader takes all sheets at once."""
        if self.kind is WorkbookKind.ODS:
            with _damage_told():
                OdsWalk(None, CELLS_LIMIT).over(self.part("content.xml"))

    def is_light(self) -> bool:
        """Whether an .xlsx can be opened by a program that keeps a cell for each that is styled, merged or linked.

        Raises `Broken`, also for a sheet that nobody looked at, and `Swollen`.
        """
        room = UNFOLDED_LIMIT
        with _damage_told():
            for part in self._sheets.values():
                room -= XlsxWalk(self._styles, self._shared, CELLS_LIMIT, room).over(self.part(part)).unfolded
        return room >= 0

    def look(self, sheet: str, room: int) -> Look:
        """What is marked and merged in a sheet of at most `room` places. Raises `Swollen` for a larger one."""
        with _damage_told():
            if self.kind is WorkbookKind.ODS:
                walk = OdsWalk(sheet, room)
                # Formats that several sheets share.
                walk.over(self.part("styles.xml") if self.has("styles.xml") else io.BytesIO(b"<none/>"))
                return walk.over(self.part("content.xml"))
            if self.kind is WorkbookKind.XLSB:
                return self._look_at_records(self._sheets[sheet], room)
            return XlsxWalk(self._styles, self._shared, room).over(self.part(self._sheets[sheet]))

    def _look_at_records(self, part: str, room: int) -> Look:
        styles, texts = (
            self.part(name).read() if self.has(name) else b"" for name in ("xl/styles.bin", "xl/sharedStrings.bin")
        )
        walk = binary.XlsbWalk(binary.styles_of(styles), binary.lengths_of(texts), room)
        return walk.over_records(binary.records(self.part(part).read()))

    def tables(self) -> list[Table]:
        """Those of a Word document. Raises `Swollen`."""
        walk = DocxWalk(CELLS_LIMIT)
        with _damage_told():
            walk.over(self.part("word/document.xml"))
        return walk.tables

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """The name of each sheet's part in an .xlsx or .xlsb."""
        found = {}
        targets = {
            e.get("Id"): e.get("Target") or ""
            for e in elements(self.part(f"xl/_rels/workbook.{self._ending}.rels").read(), "Relationship")
        }
        book = self.part(f"xl/workbook.{self._ending}").read()
        if self.kind is WorkbookKind.XLSB:
            relations = binary.sheets_of(book)
        else:
            relations = {e.get("name", ""): attribute(e, "id") or "" for e in elements(book, "sheet")}
        for name, relation in relations.items():
            target = targets.get(relation, "")
            inside = posixpath.normpath(posixpath.join("xl", target))
            found[name] = target.lstrip("/") if target.startswith("/") else inside
        return found

    @property
    def _ending(self) -> str:
        return "bin" if self.kind is WorkbookKind.XLSB else "xml"

    @cached_property
    def _styles(self) -> dict[int, Style]:
        return styles_of(self.part("xl/styles.xml").read() if self.has("xl/styles.xml") else None)

    @cached_property
    def _shared(self) -> SharedWalk:
        """What there is to know of the texts that cells share."""
        walk = SharedWalk()
        if self.has("xl/sharedStrings.xml"):
            parse(self.part("xl/sharedStrings.xml"), walk)
        return walk


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise Broken(N_("its contents are not those of a workbook")) from error


def kind_of(data: bytes) -> WorkbookKind | Foreign | str:
    """Which workbook or Word document a file is, else in words what other workbook, or what else.

    Raises `Broken` where it is not whole, and `Locked` where a password is needed.
    """
    if data.startswith(OLE):
        return _kind_of_old(data)
    with _opened(data) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if any(entry.flag_bits & 1 for entry in archive.infolist()) or _is_locked_ods(archive, names):
            raise Locked
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            mime = _read(archive, archive.getinfo("mimetype"))
            if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return WorkbookKind.ODS
            return OLD_WORD
    if any(name.endswith("vbaProject.bin") for name in names):
        return N_("a workbook with macros (.xlsm)")
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return WorkbookKind.XLSB
    if "xl/workbook.xml" in names:
        return WorkbookKind.XLSX
    if "word/document.xml" in names:
        return WorkbookKind.DOCX
    return SLIDES if "ppt/presentation.xml" in names else ARCHIVE


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _kind_of_old(data: bytes) -> WorkbookKind | Foreign | str:
    if _ENCRYPTED in data:
        raise Locked
    names = Compound(data).names
    if "Workbook" in names:
        return WorkbookKind.XLS
    if "Book" in names:
        return N_("a workbook of Excel 95 or older")
    if "WordDocument" in names:
        return OLD_WORD
    if "PowerPoint Document" in names:
        return SLIDES
    return MAIL if "__properties_version1.0" in names else N_("a file that only Office opens")


def _is_locked_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """OpenDocument lists in its manifest how each part is encrypted."""
    manifest = "META-INF/manifest.xml"
    if manifest not in names or archive.getinfo(manifest).file_size > UNPACKED_LIMIT:
        return False
    return b"encryption-data" in _read(archive, archive.getinfo(manifest))


def opened(data: bytes, kind: WorkbookKind) -> Package | XlsPackage:
    return XlsPackage(data) if kind is WorkbookKind.XLS else unpacked(data, kind)


def unpacked(data: bytes, kind: WorkbookKind) -> Package:
    """The parts. Raises `Broken` for a damaged package and `Swollen` for one that unpacks to too much."""
    with _opened(data) as archive:
        endings = (".xml", ".rels", "mimetype", *((".bin",) if kind is WorkbookKind.XLSB else ()))
        entries = [entry for entry in archive.infolist() if entry.filename.endswith(endings)]
        if len(entries) > PARTS_LIMIT:
            raise Swollen(N_("parts"), PARTS_LIMIT)
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise Swollen(N_("bytes when unpacked"), UNPACKED_LIMIT)
        # Of several parts of one name the last is the one that counts.
        parts = {entry.filename: entry for entry in entries}
        looks = {name: _PartLook() for name in parts}
        packed = _packed({name: _blocks(archive, entry, looks[name]) for name, entry in parts.items()})
    if any(look.is_odd for look in looks.values()):
        with zipfile.ZipFile(io.BytesIO(packed)) as archive, _damage_told():
            packed = _packed({name: _plainly(archive, name, looks[name]) for name in parts})
    return Package(kind, packed)


def _packed(parts: Mapping[str, Iterator[bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, blocks in parts.items():
            with archive.open(name, "w") as part:
                for block in blocks:
                    part.write(block)
    return out.getvalue()


class _PartLook:
    """A look at the bytes of a part. `is_odd`: it has comments, instructions, CDATA, or digits and letters written as
    references, which the reader of cells passes over or stops at."""

    def __init__(self) -> None:
        self.is_odd = False
        self.namespaces: dict[bytes, bytes] = {}

    def at(self, seen: bytes, *, is_first: bool) -> None:
        """Raises `Broken` where a prefix means two things, so that elements are not what they look like."""
        declared = is_first and seen.removeprefix(codecs.BOM_UTF8).startswith(b"<?xml")
        if (
            b"<!" in seen
            or seen.count(b"<?") > declared
            or (b"&#" in seen and any(map(_is_plain, _REFERENCE.findall(seen))))
        ):
            self.is_odd = True
        if b"xmlns" in seen:
            for prefix, _, space in _NAMESPACE.findall(seen):
                if self.namespaces.setdefault(prefix, space) != space:
                    raise Broken(N_("its contents are not those of a workbook"))


_REFERENCE = re.compile(rb"&#(x?)0*([0-9a-fA-F]*);?")
_NAMESPACE = re.compile(rb"\sxmlns(:[\w.-]+)?\s*=\s*([\"'])([^\"'<]*)\2")


def _is_plain(reference: tuple[bytes, bytes]) -> bool:
    """Whether a character reference is to what may be part of a number, or is none."""
    try:
        code = int(reference[1], 16 if reference[0] else 10)
    except ValueError:
        return True
    return code < 128 and (chr(code).isalnum() or chr(code) in "+-.")


def _plainly(archive: zipfile.ZipFile, name: str, look: _PartLook) -> Iterator[bytes]:
    """A part; an odd one with the same elements and characters, written plainly."""
    if not look.is_odd:
        yield from _blocks(archive, archive.getinfo(name), _PartLook())
        return
    written: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: written.append(
        f"<{tag}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}>"
    )
    parser.EndElementHandler = lambda tag: written.append(f"</{tag}>")
    parser.CharacterDataHandler = lambda text: written.append(escape(text, {"\r": "&#13;"}))
    for block in _blocks(archive, archive.getinfo(name), _PartLook()):
        parser.Parse(block, False)
        yield "".join(written).encode()
        written.clear()
    parser.Parse(b"", True)
    yield "".join(written).encode()


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, look: _PartLook) -> Iterator[bytes]:
    """One part, some of it at a time; never more than its entry says, which has been added up before.

    Raises `Broken` for one that is damaged, declares entities, which can swell without end, or hides in UTF-16 that it does.
    """
    before = b""
    with _unpacking(), archive.open(entry) as part:
        while block := part.read(BLOCK):
            seen = before + block
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or (not before and block.startswith(_WIDE)):
                raise Broken(N_("its contents are not those of a workbook"))
            look.at(seen, is_first=not before)
            # From the last tag on, which the block may have cut.
            before = seen[max(seen.rfind(b"<"), len(seen) - BLOCK) :]
            yield block


_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How UTF-16 begins."""


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Broken(N_("it is cut off or damaged")) from error


@contextmanager
def _unpacking() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise Broken(N_("it is cut off or damaged")) from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part; never more of it than its entry says, which has been added up before."""
    with _unpacking():
        return archive.read(entry)
