"""How the program ends where its surroundings fail it: pipes, closed streams, no memory, Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from transcript import ROOT, kpi

from vinhchau_kpi import output
from vinhchau_kpi.refusal import Refusal

SAMPLES = str(ROOT / "data" / "samples" / "2019-*.csv")
unix = pytest.mark.skipif(sys.platform == "win32", reason="a matter of Unix shells")


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """A line of bash in which `kpi` is the program; its exit code is that of the program, not of what it is piped to."""
    script = f'kpi() {{ "{sys.executable}" -m vinhchau_kpi "$@"; }}; set -o pipefail; {line}'
    env = {**os.environ, "KPI_LANG": "en", "PYTHONPATH": str(ROOT)}
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, cwd=ROOT, env=env)


@unix
@pytest.mark.parametrize(
    "command",
    ["--help", "plan --help", "plan", "plan --format json", f"report --actuals '{SAMPLES}'",
     f"report --actuals '{SAMPLES}' --format csv", "rule", f"validate '{SAMPLES}' --explain"],
)  # fmt: skip
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_pipe_that_nobody_reads_on_is_no_fault(command: str, reader: str) -> None:
    """`kpi … | head -1` ends with exit 0, and nothing on standard error."""
    done = shell(f"kpi {command} | {reader}")
    assert (done.returncode, done.stderr) == (0, "")


@unix
def test_a_sentence_that_nobody_reads_is_no_fault() -> None:
    """Standard error into a closed pipe ends as quietly."""
    assert shell("kpi report 2019-13 2>&1 | true").stderr == ""


@unix
def test_a_closed_output_is_said() -> None:
    """Where standard output is closed, the way out is named; with -o nothing is missed."""
    for command in ("plan", "--help", "--version", "plan --format json", f"validate '{SAMPLES}'"):
        done = shell(f"kpi {command} >&-")
        assert done.returncode == 2
        assert done.stderr.startswith("Error: Standard output is closed"), done.stderr
        assert "-o FILE" in done.stderr


@unix
def test_a_file_needs_no_standard_output(tmp_path: Path) -> None:
    """With -o a report is written whole where standard output is closed."""
    done = shell(f"kpi plan -o '{tmp_path / 'plan.json'}' >&-")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plan.json").read_text(encoding="utf-8").rstrip().endswith("}")


@unix
def test_a_closed_input_is_said() -> None:
    """`kpi validate -` with standard input closed is wrong usage."""
    done = shell("kpi validate - <&-")
    assert done.returncode == 2
    assert "Standard input is closed" in done.stderr
    assert "Traceback" not in done.stderr


@unix
def test_a_closed_standard_error_changes_nothing() -> None:
    """Where standard error is closed, the report is printed as ever, and faults are told by the exit code."""
    assert shell("kpi plan 2>&-").stdout == shell("kpi plan").stdout
    assert shell("kpi report 2019-13 2>&-").returncode == 2


def test_no_memory_is_no_fault_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory runs out, that is said, with what to do; not that the program has failed."""

    def check(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("vinhchau_kpi.desk.check", check)
    run = kpi("validate", SAMPLES, "--lang", "en")
    assert run.code == 2
    assert "not enough memory" in run.stderr
    assert "fault of kpi" not in run.stderr


@unix
@pytest.mark.parametrize("moment", [0.02, 0.03, 0.05, 0.1, 0.2])
def test_an_interrupted_program_ends_quietly(moment: float) -> None:
    """Ctrl+C ends the program without a traceback, also while it is loading; shells are told 130, or that it was Ctrl+C."""
    # A shell that starts the tests in the background has its children pass over Ctrl+C.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code = f"{heard}import sys; sys.argv[1:] = ['validate', '-']; from vinhchau_kpi.__main__ import main; print(end='.', flush=True); sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as run:
        assert run.stdout is not None
        run.stdout.read(1)
        time.sleep(moment)
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=20)
    assert run.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in errors


@pytest.mark.parametrize("command", [["validate", ""], ["report", "--actuals", ""], ["validate", SAMPLES, ""]])
def test_an_empty_name_is_wrong_usage(command: list[str]) -> None:
    """`kpi validate ''`, the mark of a variable that was not set, does not read the folder one is in."""
    run = kpi(*command, "--lang", "en")
    assert run.code == 2
    assert "without a name" in run.stderr


@unix
def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    """A link is refused as a place to write: what it leads to stays as it was."""
    there, link = tmp_path / "there.html", tmp_path / "link.html"
    there.write_bytes(b"old")
    link.symlink_to(there)
    with pytest.raises(Refusal):
        output.write(link, b"new")
    assert link.is_symlink()
    assert there.read_bytes() == b"old"
