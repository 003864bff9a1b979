"""Workbooks in records (.xls, .xlsb): the same cells as in an .xlsx, and nothing that their reader does not tell is lost."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from vinhchau_kpi.intake.cut import workbook
from vinhchau_kpi.intake.cut.grid import Grid, NumberCell
from vinhchau_kpi.intake.cut.workbook import read_workbook
from vinhchau_kpi.intake.open import binary, walk
from vinhchau_kpi.intake.open.ole import Compound, compound
from vinhchau_kpi.number import Fault

SEED = (Path(__file__).parent / "seeds" / "thang-6.xls").read_bytes()
"""Made by LibreOffice."""


def grid(data: bytes) -> Grid:
    sheet = read_workbook(data, "x").sheet
    assert sheet is not None
    return sheet.grid()


def rule(data: bytes) -> str:
    opened = read_workbook(data, "x")
    assert opened.sheet is None
    return opened.findings[0].rule.code


def test_an_xls_is_read_as_a_person_sees_it() -> None:
    """Numbers, results of formulas, percents, texts, days and months come as in an .xlsx; errors and hidden numbers as faults."""
    read = grid(SEED)
    values = {str(record.cells[0]): record.cells[2] for record in read.records[2:11]}
    assert values == {
        "KT-02": NumberCell(Decimal("28500.5")),
        "KT-03": NumberCell(Decimal(1200)),
        "YT-05": NumberCell(Decimal("0.982"), is_percent=True),
        "KT-06": NumberCell(Fault.ERROR_VALUE, seen="#DIV/0!"),
        "KT-07": "14.850",
        "KT-10": NumberCell(Decimal(1234)),
        "KT-11": NumberCell(Decimal(57)),
        "KT-12": NumberCell(Fault.UNSEEN, seen="0"),
        "KT-14": NumberCell(Fault.SCALED, seen="2000000"),
    }
    assert (read.records[2].cells[3], read.records[7].cells[1], read.records[7].cells[3]) == (
        "2019-06-18", "2019-06", "18/06/2019",
    )  # fmt: skip
    assert read.hidden_lines == {9}
    assert read.merged[0, 4] == (0, 0)
    assert read_workbook(SEED, "x").passed_over == ("Danh mục",)


def test_the_texts_of_an_xls_are_measured() -> None:
    """How long each shared text is shows in its record, also where the texts go on in another."""
    xls = binary.Xls(Compound(SEED).stream("Workbook"))
    texts = [str(cell) for record in grid(SEED).records for cell in record.cells if isinstance(cell, str) and cell]
    assert max(map(len, texts)) in xls.lengths
    assert len([length for length in xls.lengths if length > 150]) == 23


@pytest.mark.parametrize("end", [4, 300, 600, 5000, len(SEED) // 2])
def test_an_xls_cut_off_is_said(end: int) -> None:
    """Whatever is left of it, it is damaged, or no workbook any more."""
    data = SEED[:end]
    opened = read_workbook(data.ljust(8, b"\0"), "x") if end >= 8 else None
    assert opened is None or opened.sheet is None


def test_a_far_cell_of_an_xls_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sheets are measured before they are opened."""
    monkeypatch.setattr(binary, "CELLS_LIMIT", 20)
    assert rule(SEED) == "workbook-too-large"


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data)]) + data


def text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def cell(kind: int, column: int, data: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, style) + data)


def row(at: int, *cells: bytes, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBB", at, 0, 300, 0, 0x10 * hidden) + bytes(5)) + b"".join(cells)


def xlsb(*rows: bytes) -> bytes:
    """A binary workbook of one sheet, "T6", with these rows; style 1 is a percent."""
    names = [cell(6, at, text(name)) for at, name in enumerate(("mã chỉ tiêu", "kỳ", "thực hiện"))]
    styles = record(617, struct.pack("<I", 2)) + b"".join(
        record(47, struct.pack("<HH", 0xFFFF, code) + bytes(12)) for code in (0, 9)
    ) + record(618)  # fmt: skip
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts: dict[str, Any] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/_rels/workbook.bin.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("T6"))
        + record(144) + record(132),
        "xl/styles.bin": record(278) + styles + record(279),
        "xl/worksheets/sheet1.bin": record(129) + record(148, struct.pack("<4I", 0, 9, 0, 9)) + record(145)
        + row(0, *names) + b"".join(rows) + record(146) + record(130),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def figure(at: int, kind: int, data: bytes, style: int = 0) -> bytes:
    return row(at, cell(6, 0, text("KT-02")), cell(6, 1, text("T6/2019")), cell(kind, 2, data, style))


def test_an_xlsb_is_read_as_a_person_sees_it() -> None:
    """Numbers, percents, errors and hidden rows come as in an .xlsx."""
    read = grid(
        xlsb(
            figure(1, 5, struct.pack("<d", 28500.5)),
            figure(2, 2, struct.pack("<I", 1200 << 2 | 2)),
            figure(3, 5, struct.pack("<d", 0.982), style=1),
            figure(4, 3, b"\x07"),
            row(5, cell(6, 0, text("KT-03")), hidden=True),
        )
    )
    assert [one.cells[2] for one in read.records[1:5]] == [
        NumberCell(Decimal("28500.5")),
        NumberCell(Decimal(1200)),
        NumberCell(Decimal("0.982"), is_percent=True),
        NumberCell(Fault.ERROR_VALUE, seen="#DIV/0!"),
    ]
    assert read.hidden_lines == {6}


def test_a_far_cell_of_an_xlsb_is_too_large() -> None:
    """Its reader would make a place of memory for each cell before."""
    assert walk.CELLS_LIMIT < 1_000_000 * 16_000
    assert rule(xlsb(row(1_048_575, cell(6, 16_383, text("x"))))) == "workbook-too-large"


def test_a_damaged_xlsb_is_said() -> None:
    """A record cut off is no fault of the program."""
    data = xlsb(record(0, b"\1"))
    assert rule(data) == "broken-workbook"


def test_cells_of_an_xlsb_stand_in_their_order() -> None:
    """Of two cells at one place its reader would keep one, and of rows out of order not all: such a file is refused."""
    twice = cell(5, 2, struct.pack("<d", 1)), cell(5, 2, struct.pack("<d", 2))
    assert rule(xlsb(row(1, *twice))) == "broken-workbook"
    assert rule(xlsb(row(2, twice[0]), row(1, twice[0]))) == "broken-workbook"
    assert rule(xlsb(row(1, twice[0]), row(2_000_000), row(3, twice[0]))) == "broken-workbook"


BOF, EOF = (0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), (0x0A, b"")


def xls(*records: tuple[int, bytes], of_book: tuple[tuple[int, bytes], ...] = ()) -> bytes:
    """An .xls of one sheet, "T6", with a header and these records, each of a kind and its contents."""
    header = [typed(0, at, name) for at, name in enumerate(("ma chi tieu", "ky", "thuc hien"))]
    named = struct.pack("<BB", 2, 0) + b"T6"
    size = sum(4 + len(data) for _, data in (BOF, *of_book, EOF)) + 10 + len(named)
    sheet = 0x85, struct.pack("<IBB", size, 0, 0) + named
    whole = (BOF, sheet, *of_book, EOF, BOF, *header, *records, EOF)
    return compound("Workbook", b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in whole))


def typed(row: int, column: int, text: str) -> tuple[int, bytes]:
    return 0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")


def numbered(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, column, 0, value)


ROW_2 = typed(1, 0, "KT-02"), typed(1, 1, "T6/2019"), numbered(1, 2, 468)


def test_the_numbers_of_a_chart_in_a_sheet_are_no_cells() -> None:
    """What a chart within a sheet of an .xls remembers of its figures does not stand in the place of a figure."""
    read = grid(xls(*ROW_2, BOF, numbered(1, 2, 7), EOF))
    assert read.records[1].cells[2] == NumberCell(Decimal(468))


@pytest.mark.parametrize("said", [(0, 2**31, 0, 256), (5, 1, 9, 1), (0, 2**32 - 1, 0, 65_535)])
def test_room_that_an_xls_promises_is_not_made(said: tuple[int, int, int, int]) -> None:
    """How many rows and columns it says it has costs nothing: only its cells count."""
    assert len(grid(xls((0x200, struct.pack("<IIHHxx", *said)), *ROW_2)).records) == 2


@pytest.mark.parametrize(
    "records",
    [
        (numbered(1, 2, 1), numbered(1, 2, 2)),
        (numbered(2, 2, 1), numbered(1, 2, 2)),
        ((0xBD, struct.pack("<HHHIHIH", 1, 1, 0, 6, 0, 6, 2)), numbered(1, 2, 2)),
        (numbered(1, 2, 1), (0x207, struct.pack("<HB", 1, 0) + b"x")),
        ((0xFD, struct.pack("<HHHI", 1, 2, 0, 7)),),
        ((0xD6, struct.pack("<HHHHB", 1, 2, 0, 1, 0) + b"x"),),
    ],
)
def test_a_cell_of_an_xls_that_would_be_lost_is_damage(records: tuple[tuple[int, bytes], ...]) -> None:
    """Two cells at one place, rows out of order, a text from nowhere: its reader would drop one in silence."""
    assert rule(xls(*records)) == "broken-workbook"


def test_two_tables_of_texts_are_damage() -> None:
    """The reader would make room for as many texts as the second says, which nobody has counted."""
    texts = 0xFC, struct.pack("<II", 0, 0)
    assert rule(xls(*ROW_2, of_book=(texts, (0xFC, struct.pack("<II", 0, 2**31 - 1))))) == "broken-workbook"
    assert len(grid(xls(*ROW_2, of_book=(texts,))).records) == 2


def test_the_result_of_a_formula_may_be_a_text() -> None:
    """A text behind its formula is the cell's; the formula itself plays no part."""
    formula = 0x06, struct.pack("<HHHBxxxxxHHIH", 1, 2, 0, 0, 0xFFFF, 0, 0, 9) + b"\xff" * 9
    read = grid(xls(*ROW_2[:2], formula, (0x207, struct.pack("<HB", 3, 0) + b"468")))
    assert read.records[1].cells[2] == "468"


@pytest.mark.parametrize("size", [0, 1, 4096, 5000, 9_000_000])
def test_a_stream_goes_into_a_compound_file_and_out_again(size: int) -> None:
    """Of any length, padded to whole sectors."""
    stream = bytes(range(251)) * (size // 251 + 1)
    assert Compound(compound("Workbook", stream[:size])).stream("Workbook").rstrip(b"\0") == stream[:size].rstrip(b"\0")


def test_what_the_reader_says_of_its_own_fault_is_for_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    """A panic of Rust writes past Python on standard error: nothing of it is seen, and what comes after is."""

    def panic() -> None:
        with workbook._reading():
            os.write(2, b"thread panicked")
            raise OverflowError

    with pytest.raises(walk.Broken):
        panic()
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"
