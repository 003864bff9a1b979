"""Folders of files: what is read, what is named, and what is passed over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from transcript import kpi

from vinhchau_kpi import rules
from vinhchau_kpi.intake.open.encodings import decode
from vinhchau_kpi.intake.open.files import InputFile, collect
from vinhchau_kpi.intake.open.signature import ARCHIVE, MAIL, OLD_WORD, PDF, PICTURE, Foreign, foreign
from vinhchau_kpi.messages import EN
from vinhchau_kpi.refusal import Refusal

unix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes of Unix")
GOOD = "mã;kỳ;thực hiện\nKT-02;2019-01;1200\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kinh-te.csv").write_text(GOOD, encoding="utf-8")
    return tmp_path


def found(folder: Path) -> tuple[list[str], dict[str, str]]:
    """The names that are read, and the code of the finding for each that is not."""
    sources, findings = collect([str(folder)])
    codes = {Path(finding.place.file).name: finding.rule.code for finding in findings}
    return [source.path.name for source in sources], codes


def test_what_systems_leave_is_passed_over(folder: Path) -> None:
    """Nobody is told of desktop.ini, Thumbs.db and their like."""
    for name in (
        "desktop.ini",
        "Thumbs.db",
        "~$kinh-te.xlsx",
        ".DS_Store",
        "._kinh-te.csv",
        ".~lock.a.ods#",
        "README.md",
    ):
        (folder / name).write_bytes(b"\0")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "x.csv").write_bytes(b"\0")
    assert found(folder) == (["kinh-te.csv"], {})


def test_other_files_of_a_folder_are_named(folder: Path) -> None:
    """Scans are a warning with what they are; archives, messages and old documents are taken in, to be refused by name."""
    (folder / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7")
    (folder / "c.zip").write_bytes(b"PK\x03\x04")
    (folder / "d.doc").write_bytes(b"{\\rtf1")
    (folder / "e.dat").write_bytes(b"x")
    assert found(folder) == (
        ["c.zip", "d.doc", "kinh-te.csv"],
        dict.fromkeys(("a.jpg", "b.pdf", "e.dat"), "file-not-read"),
    )
    _, findings = collect([str(folder)])
    assert ["picture" in findings[0].message(EN), "PDF" in findings[1].message(EN)] == [True, True]


def test_a_folder_of_pictures_alone_is_refused_with_their_names(tmp_path: Path) -> None:
    """Where nothing is read, the refusal says what is there."""
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(Refusal) as refused:
        collect([str(tmp_path)])
    assert "a.jpg" in EN.tell(refused.value.message)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe1..Exif", PICTURE), (b"\x89PNG\r\n\x1a\n", PICTURE), (b"BM\0\1\0\0\0\0\0\0", PICTURE), (b"GIF89a", PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", PICTURE), (b"\0\0\0\x18ftypheic", PICTURE), (b"II*\0", PICTURE), (b"%PDF-1.4", PDF),
        (b"Rar!\x1a\x07\0", ARCHIVE), (b"7z\xbc\xaf\x27\x1c", ARCHIVE), (b"\x1f\x8b\x08\0", ARCHIVE), (b"{\\rtf1\\ansi", OLD_WORD),
        (b"From: a@b\r\nTo: c\r\n d\r\nMIME-Version: 1.0\r\n", MAIL), (b"Received: from a by b\n", MAIL),
        (b"BM;ky;thuc hien\n", None), (b"ma:ky:thuc hien\nKT-02:2019-01:1\n", None), (GOOD.encode(), None), (b"", None),
    ],
)  # fmt: skip
def test_what_is_sent_in_place_of_figures_is_known_by_its_bytes(data: bytes, kind: Foreign | None) -> None:
    """Pictures, PDF, archives, messages and old documents, and nothing that is a table in text."""
    assert foreign(data) is kind


@unix
def test_links_and_closed_folders_are_named(folder: Path) -> None:
    """A folder behind a link is not looked into, one that may not be opened cannot be: each is an error, and the rest is read."""
    (folder / "that").symlink_to(folder)
    (folder / "loop").symlink_to("loop")
    (folder / "loop.csv").symlink_to("loop.csv")
    (folder / "gone.csv").symlink_to("nowhere.csv")
    names, codes = found(folder)
    assert names == ["gone.csv", "kinh-te.csv", "loop.csv"]
    assert codes == {"that": "unreadable-file", "loop": "file-not-read"}
    for name in ("loop.csv", "gone.csv"):
        _, faults = InputFile(folder / name).read(100)
        assert "link that leads nowhere" in faults[0].message(EN)
    told = kpi("validate", str(folder), "--lang", "en")
    assert told.code == 1, told.stderr
    assert told.stdout.count("leads nowhere") == 2


def test_a_folder_that_cannot_be_looked_into_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says of a folder that may not be opened is an error at that folder."""
    inside = folder / "locked"
    inside.mkdir()
    scan = os.scandir

    def closed(path: str) -> object:
        if Path(path) == inside:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert found(folder) == (["kinh-te.csv"], {"locked": "unreadable-file"})


@unix
def test_a_pipe_with_the_name_of_a_file_does_not_hang(folder: Path) -> None:
    """Nobody writes into it, and it is no file of figures; a pipe of the shell is one."""
    os.mkfifo(folder / "x.csv")
    source = InputFile(folder / "x.csv")
    assert source.read(100)[1][0].rule is rules.UNREADABLE_FILE
    assert InputFile(Path("/dev/zero")).read(100)[0] is None
    script = f'"{sys.executable}" -m vinhchau_kpi validate <(printf "mã;kỳ;thực hiện\\nKT-02;2019-01;1200\\n")'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_files_joined_with_their_marks_are_read_on() -> None:
    """A byte-order mark at the beginning of a line is none of its text, and a Ctrl-Z ends the file, as in DOS."""
    joined, _ = decode(b"\xef\xbb\xbfa\r\n\xef\xbb\xbfa\r\n\x1a\0\0", "x.csv")
    assert joined is not None
    assert joined.text == "a\r\na\r\n"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("đã duyệt\n".encode() + "của\n".encode("cp1252", "replace").replace(b"?", b"\xf5"), (2, 2)),
        (b"x\xf5a\n" + "ab đã duyệt\n".encode(), (2, 4)),
    ],
)
def test_two_encodings_in_one_file_are_shown_where_they_meet(data: bytes, place: tuple[int, int]) -> None:
    """Whichever comes first."""
    decoded, findings = decode(data, "x.csv")
    assert decoded is None
    assert (findings[0].rule, findings[0].place.line, findings[0].place.column) == (rules.MIXED_ENCODINGS, *place)
