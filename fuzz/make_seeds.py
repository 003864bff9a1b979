"""Makes the files of `seeds/` anew: `python fuzz/make_seeds.py`.

Small ones, each of another kind; most faults are in the files of the tests already. The .ods is the .xlsx as
LibreOffice saves it, and stays as it is where there is no LibreOffice.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment

SEEDS = Path(__file__).parent / "seeds"
LONG = (
    "Mã chỉ tiêu;Chỉ tiêu;ĐVT;Kỳ báo cáo;Thực hiện;Lũy kế;Tử số;Mẫu số;Địa bàn;Đơn vị báo cáo;Ngày báo cáo;Loại số liệu;Ghi chú\n"
    "KT-02;Diện tích nuôi trồng thủy sản;ha;T1/2019;468;468;;;;Phòng Kinh tế;16/01/2019;Chính thức;\n"
    "KT-02;Diện tích nuôi trồng thủy sản;ha;T2/2019;3.240,5;3.708,5;;;;Phòng Kinh tế;18/02/2019;Ước;\n"
    "KT-02.1;Nuôi tôm;ha;T2/2019;2.860,5;;;;xã Hòa Đông;Phòng Kinh tế;18/02/2019;;Chưa kể các hộ mới\n"
    "KT-02.1;Nuôi tôm;ha;T2/2019;4;;;;Phường 1;Phòng Kinh tế;18/02/2019;;\n"
    "KT-10;Sản lượng muối;tấn;quý I/2019;-;;;;;;;;\n"
    "YT-02;Tỷ lệ tiêm chủng đầy đủ;%;T2/2019;49,2;;492;1000;;Trung tâm Y tế;;;\n"
    "YT-02;Tỷ lệ tiêm chủng đầy đủ;%;T2/2019;50%;;50;100;xã Lai Hòa;;;;\n"
    ";Tổng cộng;;T2/2019;12;;;;;;;;\n"
)
ENGLISH = 'code,period,value,cumulative,area,note\nKT-02,2019-01,"1,234.5",,,"two\nlines"\nKT-02,2019-02,"1,000","2,234.5",,\nKT-03,2019-Q1,7,,,\nKT-03,2019-02..03,9,,,\n'
STRETCHES = "".join(
    f"KT-03;2019-{a:02d}..{b:02d};{10 * (b - a + 1)};{'' if a > 1 else 10 * b}\n"
    for a in range(1, 5)
    for b in range(a + 1, 7)
)
WIDE = (
    "BÁO CÁO NĂM 2019;;;;;;;;\n"
    "Mã;Chỉ tiêu;Kế hoạch năm;Thực hiện;;;;;Lũy kế\n"
    ";;;T1;T2;T3;Quý I;6 tháng;6 tháng\n"
    "KT-02;Diện tích nuôi trồng thủy sản;28.500;468;3.240,5;3.082;6.790,5;0;\n"
    "KT-03;Tổng sản lượng thủy hải sản;;5;;7;12;;20\n"
    ";Nuôi tôm;;1;2;3;;;\n"
)


def main() -> None:
    SEEDS.mkdir(exist_ok=True)
    for name, data in {**texts(), **packages()}.items():
        (SEEDS / name).write_bytes(data)
    as_ods(SEEDS / "cells.xlsx")


def texts() -> dict[str, bytes]:
    declared = "sep=;\r\n" + LONG.replace("\n", "\r\n")
    return {
        "utf-8.csv": LONG.encode(),
        "marked-crlf.csv": declared.encode("utf-8-sig"),
        "utf-16-le.csv": LONG.replace(";", "\t").encode("utf-16"),
        "utf-16-be.csv": b"\xfe\xff" + LONG.encode("utf-16-be"),
        "windows-1258.csv": windows_1258(LONG),
        "western.csv": LONG.encode("cp1252", errors="ignore"),
        "misread.csv": LONG.encode().decode("latin-1").encode(),
        "english.csv": ENGLISH.encode(),
        "stretches.csv": ("mã;kỳ;thực hiện;lũy kế\n" + STRETCHES).encode(),
        "wide.csv": WIDE.encode(),
        "wide.tsv": WIDE.replace(";", "\t").replace("\n", "\r").encode("utf-8-sig"),
        "whole-rows-quoted.csv": "".join(f'"{line}"\n' for line in ENGLISH.replace('"', '""').splitlines()).encode(),
        "cut.csv": LONG.encode()[:301],
        "quote-open.csv": ENGLISH.encode()[:-40] + b'"',
        "empty.csv": b"",
        "kpi.toml": b'plan = "plan.yaml"\nactuals = "a.csv"\npapers = "vi"\nnumbers = "vi"\n',
        "confirmed.csv": "mã;kỳ;địa bàn;giá trị;người xác nhận;ngày;lý do\nKT-02;T2/2019;;3240,5;Nguyễn Văn A;05/07/2019;đã gọi lại\n".encode(),
    }


def windows_1258(text: str) -> bytes:
    """Each tone mark behind its vowel, as the code page has it."""
    import unicodedata

    parts = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
        parts.append(unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones)) + tones)
    return "".join(parts).encode("cp1258")


def packages() -> dict[str, bytes]:
    whole = workbook()
    return {
        "form.docx": word_form(),
        "cells.xlsx": whole,
        "cut.xlsx": whole[: len(whole) * 2 // 3],
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    }


def workbook() -> bytes:
    """Percents, dates, merged cells, a formula, an error and a comment, on a sheet that is not the first."""
    book = openpyxl.Workbook()
    guide: Any = book.active
    guide.title = "Hướng dẫn"
    guide["A1"] = "Điền vào trang sau"
    page = book.create_sheet("Số liệu")
    page.append(["PHÒNG KINH TẾ", None, None, None, None, None])
    page.append(["Mã chỉ tiêu", "Chỉ tiêu", "Kỳ báo cáo", "Thực hiện", "Lũy kế", "Ngày báo cáo"])
    page.append(["KT-02", "Diện tích nuôi trồng thủy sản", dt.date(2019, 1, 1), 468, "=D3", dt.date(2019, 1, 16)])
    page.append(["KT-02", None, "T2/2019", 3240.5, 3708.5, dt.datetime(2019, 2, 18, 8, 30)])  # noqa: DTZ001 - a sheet has no zones
    page.append(["YT-02", None, "T2/2019", 0.492, None, "18/02/2019"])
    page.append(["YT-02", None, "T3/2019", "#DIV/0!", None, True])
    page.append(["KT-03", None, "T3/2019", "1.234,5", None, None])
    page.append(["KT-11", None, "T3/2019", 38064000, None, None])
    page.merge_cells("A1:F1")
    page.merge_cells("B3:B4")
    page["C3"].number_format = "mm/yyyy"
    page["D5"].number_format = "0.0%"
    page["D8"].number_format = "#,##0,"
    page["D3"].comment = Comment("xem lại", "kpi")
    book.create_sheet("Nháp").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word_form() -> bytes:
    """An office's own Word file: names in braces, a loop over the rows of a table, a condition."""
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    def row(*texts: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in texts)}</w:tr>"

    table = (
        row("Mã", "Thực hiện")
        + row("{%tr for line in lines %}", "")
        + row("{{ line.code }}", "{{ line.cumulative }}")
        + row("{%tr endfor %}", "")
    )
    body = (
        paragraph("{{ issuer | upper }}")
        + paragraph("{%p if summary %}")
        + paragraph("{{ summary }}")
        + paragraph("{%p endif %}")
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {spaces}><w:body>{body}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{table}</w:tbl><w:sectPr/></w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def as_ods(path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        return
    with tempfile.TemporaryDirectory() as home:
        profile = f"-env:UserInstallation={Path(home).as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "ods", "--outdir", str(path.parent), str(path)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
