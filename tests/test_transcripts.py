"""Every transcript under `cases/` and `errors/` is what the program prints today.

The samples lie beside the folder of the transcript: `../samples`.
`pytest tests/test_transcripts.py --rewrite` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import transcript

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("cases/*/screen.txt")) + sorted(HERE.glob("errors/*/screen.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.parent.name)
def test_screen(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The program prints exactly the screen that is kept, and exits as it says."""
    expected = path.read_text(encoding="utf-8")
    folder = shutil.copytree(path.parent, tmp_path / path.parent.name)
    shutil.copytree(HERE.parent / "data" / "samples", tmp_path / "samples")
    monkeypatch.chdir(folder)
    actual = transcript.replay(expected)
    if request.config.getoption("--rewrite"):
        path.write_text(actual, encoding="utf-8")
    assert actual == expected or request.config.getoption("--rewrite")
