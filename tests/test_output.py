"""Writing: a whole file or none, and the old one whole, whatever goes wrong on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from handed_on import SAMPLES
from transcript import ROOT, kpi

from vinhchau_kpi import output
from vinhchau_kpi.messages import EN, VI
from vinhchau_kpi.refusal import Refusal

OLD = b"the report of last month"
FORMS = ("html", "xlsx", "docx", "md", "json", "csv", "txt")


def in_a_process(setting: str, path: Path) -> subprocess.CompletedProcess[str]:
    """`kpi report -o path` in a process of its own, in which `setting` was done before."""
    arguments = ["report", *SAMPLES, "-o", str(path), "--lang", "en"]
    code = f"import os, signal, sys\n{setting}\nfrom vinhchau_kpi.cli import main\nsys.exit(main({arguments!r}))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_whole_over_an_old_one(form: str, tmp_path: Path) -> None:
    """A report goes to a file of each form, in the place of what stood there, with nothing on standard output and nothing beside it."""
    path = tmp_path / f"a.{form}"
    path.write_bytes(OLD)
    run = kpi("report", *SAMPLES, "-o", str(path))
    assert (run.code, run.stdout) == (0, "")
    assert path.read_bytes() != OLD
    assert len(path.read_bytes()) > 5000
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="limits on a file's size are a thing of Unix")
@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_the_old_file(form: str, tmp_path: Path) -> None:
    """Where only part of the file finds room, the old one stays as it was, what happened is said, and no part lies about."""
    path = tmp_path / f"a.{form}"
    path.write_bytes(OLD)
    done = in_a_process("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))", path)
    assert done.returncode == 2, done.stderr
    assert "was not written: File too large" in done.stderr
    assert "What was there before is unchanged" in done.stderr
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal on Unix")
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_killed_process_leaves_the_old_file(moment: str, tmp_path: Path) -> None:
    """A process that is killed when all is written but not yet in its place leaves the old file whole."""
    path = tmp_path / "a.html"
    path.write_bytes(OLD)
    done = in_a_process(f"os.{moment} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)", path)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD


def test_a_file_that_another_program_holds_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that is open in Excel cannot be replaced on Windows: it stays, the clerk is told, and no part lies about."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)

    def held(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "replace", held)
    run = kpi("report", *SAMPLES, "-o", str(path), "--lang", "vi")
    assert run.code == 2
    assert "tệp đang mở trong chương trình khác" in run.stderr
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_what_may_not_be_written_is_left(tmp_path: Path) -> None:
    """A read-only file, a folder and a file in no folder are refused, and stay as they are."""
    locked = tmp_path / "a.html"
    locked.write_bytes(OLD)
    locked.chmod(0o444)
    for path in (locked, tmp_path, tmp_path / "nowhere" / "a.html"):
        with pytest.raises(Refusal) as refused:
            output.write(path, b"new")
        assert "unchanged" in EN.tell(refused.value.message)
        assert VI.tell(refused.value.message) != EN.tell(refused.value.message)
    assert locked.read_bytes() == OLD


def test_a_new_file_is_never_written_over(tmp_path: Path) -> None:
    """What is meant to be new is refused where something stands, a broken link too."""
    path = tmp_path / "a.csv"
    output.write_new(path, b"x")
    with pytest.raises(Refusal):
        output.write_new(path, b"y")
    assert path.read_bytes() == b"x"
    if hasattr(os, "symlink"):
        (tmp_path / "link").symlink_to(tmp_path / "gone")
        with pytest.raises(Refusal):
            output.write_new(tmp_path / "link", b"y")


def test_of_several_new_files_all_are_written_or_none(tmp_path: Path) -> None:
    """Where one of several files cannot be written, the others are not there either, so the next run is not refused."""
    fine, nowhere, stands = tmp_path / "a.csv", tmp_path / "gone" / "b.csv", tmp_path / "c.csv"
    stands.write_bytes(OLD)
    for last in (nowhere, stands):
        with pytest.raises(Refusal):
            output.write_all_new({fine: b"x", last: b"y"})
        assert list(tmp_path.iterdir()) == [stands]
    output.write_all_new({fine: b"x", tmp_path / "d.csv": b"y"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "c.csv", "d.csv"]
    assert stands.read_bytes() == OLD


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_file_for_a_program_is_not_thrown_on_the_screen(form: str) -> None:
    """A workbook or a document without a file to go to goes to a pipe whole, and is refused where the output cannot hold bytes."""
    run = kpi("report", *SAMPLES, "--format", form, "--lang", "en")
    assert run.code == 2
    assert f"-o bao-cao.{form}" in run.stderr
    arguments = ["report", *SAMPLES, "--format", form]
    code = f"import sys; from vinhchau_kpi.cli import main; sys.exit(main({arguments!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.startswith(b"PK\x03\x04")


@pytest.mark.parametrize("command", [["diff", "2019-05", "2019-06"], ["report", "--by", "area"], ["coverage"]])
def test_a_form_that_there_is_not_is_said(command: list[str], tmp_path: Path) -> None:
    """An ending that no form has is refused with those that there are, and nothing is written."""
    run = kpi(*command, "--actuals", SAMPLES[-1], "-o", str(tmp_path / "a.pdf"), "--lang", "en")
    assert run.code == 2
    assert ".html" in run.stderr
    assert ".xlsx" in run.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("moment", [1000.0, 7_000_000_000.0])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock")
def test_a_clock_out_of_its_mind_is_said(moment: float, tmp_path: Path) -> None:
    """A year that no Word file can hold is no fault of the program; a page is written all the same."""
    setting = (
        f"import time\nlocal = time.localtime\ntime.localtime = lambda at=None: local({moment} if at is None else at)"
    )
    done = in_a_process(setting, tmp_path / "a.docx")
    assert done.returncode == 2, done.stderr
    assert "clock of this computer" in done.stderr
    assert in_a_process(setting, tmp_path / "a.html").returncode == 0
