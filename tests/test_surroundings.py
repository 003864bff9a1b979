"""What the machine may do to a run: a full disk, no folder for temporary files, small limits, signals, two runs at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from handed_on import SAMPLES
from transcript import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits, signals and devices are those of Unix")

OLD = b"the report of last month"
REPORT = ("report", *SAMPLES)
ENTRY = "from vinhchau_kpi.__main__ import main\nsys.exit(main())"


def code(*setting: str, before: str = "") -> str:
    """A program that does `setting` first and then is `kpi`; `before`: what is changed in the package."""
    return "\n".join(("import os, resource, signal, sys", *setting, before, ENTRY))


def run(
    *arguments: str, setting: str = "", before: str = "", folder: Path = ROOT, stdout: int | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """`kpi` in a process of its own with the machine as `setting` makes it."""
    return subprocess.run(
        [sys.executable, "-c", code(setting, before=before), *arguments],
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "KPI_LANG": "en", "PYTHONPATH": str(ROOT), **env},
        timeout=60,
    )


def said(done: subprocess.CompletedProcess[str], exit_code: int, words: str) -> None:
    """It ended in a sentence, with this code."""
    assert "Traceback" not in done.stderr, done.stderr
    assert (done.returncode, words in done.stderr) == (exit_code, True), done


def many_faults(folder: Path) -> Path:
    """A file with more findings of a rule than are kept in memory."""
    path = folder / "faulty.csv"
    rows = "".join(f"KT-{at % 90:02d},2019-01,x{at}\n" for at in range(3000))
    path.write_text(f"code,period,value\n{rows}", encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", [("plan",), (*REPORT, "--format", "csv"), ("--help",)])
def test_an_output_without_room_is_said(command: tuple[str, ...]) -> None:
    """Where what is printed finds no room, that is said, and nothing of Python's."""
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        said(run(*command, stdout=full), 2, "No space left on device")
    finally:
        os.close(full)


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_no_folder_for_temporary_files_is_said(form: str, tmp_path: Path) -> None:
    """Findings that are put aside need a place: without one that is said; a report needs none."""
    nowhere = {name: str(tmp_path / "nowhere") for name in ("TMPDIR", "TEMP", "TMP")}
    path = many_faults(tmp_path)
    before = "import tempfile; tempfile._candidate_tempdir_list = lambda: [os.environ['TMPDIR']]"
    done = run("validate", str(path), "--format", form, "--all", before=before, **nowhere)
    said(done, 2, "temporary")
    done = run(*REPORT, "-o", str(tmp_path / "a.xlsx"), before=before, **nowhere)
    said(done, 0, "Written")


def test_a_full_folder_for_temporary_files_is_said(tmp_path: Path) -> None:
    """Where findings that are put aside find no room, that is said."""
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    said(run("validate", str(many_faults(tmp_path)), "--format", "json", setting=limit), 2, "File too large")


@pytest.mark.parametrize(
    "command",
    [
        ("validate", "faulty.csv", "--annotate", "new.xlsx"),
        ("template", "2019-06", "--all", "-o", "new"),
        ("init", "new"),
        ("close", "2019-01", "--actuals", "faulty.csv", "-o", "new"),
    ],
)
def test_of_new_files_nothing_is_left_where_there_is_no_room(command: tuple[str, ...], tmp_path: Path) -> None:
    """A marked copy, templates and a first folder are there whole, or no file of them is; the next run is not refused for it."""
    many_faults(tmp_path)
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))"
    assert run(*command, setting=limit, folder=tmp_path).returncode == 2
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["faulty.csv"]
    assert run(*command, folder=tmp_path).returncode in (0, 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("moment", ["fsync", "chmod"])
def test_a_signal_while_writing_leaves_the_old_file(number: signal.Signals, moment: str, tmp_path: Path) -> None:
    """Ctrl+C, an end that the system asks for and a kill, in the midst of writing: the old file is whole."""
    path = tmp_path / "a.html"
    path.write_bytes(OLD)
    struck = f"lambda *_, **__: os.kill(os.getpid(), {int(number)})"
    # A shell that starts the tests in the background has its children pass over Ctrl+C.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    setting = f"{heard}; os.{moment} = {struck}"
    done = run(*REPORT, "-o", str(path), setting=setting)
    assert done.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}.get(number, -number), done
    assert path.read_bytes() == OLD
    assert "Traceback" not in done.stderr
    if number is not signal.SIGKILL:
        assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.05, 0.2, 0.4])
def test_an_end_at_any_moment_leaves_no_half_file(moment: float, tmp_path: Path) -> None:
    """Ended by the system, at whatever moment, a run leaves the old file or the new one, and no words of Python's."""
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    arguments = [sys.executable, "-c", code("print(flush=True)"), *REPORT, "-o", str(path)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as job:
        assert job.stdout is not None
        job.stdout.readline()
        time.sleep(moment)
        job.terminate()
        _, errors = job.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert path.read_bytes() == OLD or path.read_bytes().rstrip().endswith(b"}")


@pytest.mark.parametrize(
    "limit", ["resource.RLIMIT_AS, (2**30, 2**30)", "resource.RLIMIT_NOFILE, (14, 14)", "resource.RLIMIT_NPROC, (0, 0)"]
)
def test_small_limits_are_enough(limit: str, tmp_path: Path) -> None:
    """A gigabyte of memory, fourteen open files, not one more process: a month is reported all the same."""
    path = tmp_path / "a.xlsx"
    done = run(*REPORT, "-o", str(path), setting=f"resource.setrlimit({limit})")
    said(done, 0, "Written")
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("limit", [4, 5, 6, 7])
def test_too_few_open_files_are_said(limit: int) -> None:
    """Where not even the plan can be opened, the way out is a sentence."""
    setting = f"import vinhchau_kpi.cli\nresource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))"
    done = run(*REPORT, setting=setting)
    assert done.returncode in (0, 1, 2), done
    assert "Traceback" not in done.stderr


def test_a_working_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    """A folder that was deleted behind the shell's back is no fault of the program."""
    gone = tmp_path / "gone"
    gone.mkdir()
    done = run("report", "2019-06", setting=f"os.chdir({str(gone)!r}); os.rmdir({str(gone)!r})")
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    assert "failed" not in done.stderr


def test_two_runs_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    """Two programs that write one file do it one after the other."""
    path = tmp_path / "a.csv"
    arguments = [sys.executable, "-c", code(), *REPORT, "--format", "csv", "-o", str(path)]
    jobs = [subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(3)]
    assert [job.wait(60) for job in jobs] == [0, 0, 0]
    assert path.read_text(encoding="utf-8").count("\nKT-02,") == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_takes_no_files_is_said(tmp_path: Path) -> None:
    """Where nothing may be written, that is said, and nothing lies about."""
    tmp_path.chmod(0o555)
    try:
        said(run(*REPORT, "-o", str(tmp_path / "a.html")), 2, "was not written")
        assert not list(tmp_path.iterdir())
    finally:
        tmp_path.chmod(0o755)
        shutil.rmtree(tmp_path, ignore_errors=True)
