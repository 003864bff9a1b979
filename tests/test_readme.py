"""What the README and the pages with screens show is what the program prints.

A block ```` ```console ```` holds commands and their output. A line `[…]` stands for lines left out. `make docs` has no
hand in it: `pytest tests/test_readme.py --rewrite` fills the blocks that are stale, leaving out as much as before.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from make import period
from transcript import ROOT, kpi

from vinhchau_kpi.cli import COMMANDS
from vinhchau_kpi.cli.plan import app as plan_app
from vinhchau_kpi.dossier import Dossier
from vinhchau_kpi.forms import document
from vinhchau_kpi.messages import VI
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import NOTHING_KNOWN, report

LEFT_OUT = "[…]"
SHOWN = 24
"""Lines of a longer output that `--rewrite` keeps from the top."""
PAGES = {
    f"{name}{ending}": lang
    for name in ("README", "docs/month-end", "docs/over-time", "docs/scoring", "docs/from-a-table")
    for lang, ending in (("en", ".md"), ("vi", ".vi.md"))
}
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
MAKE_REPORT = 'kpi report --actuals "data/samples/2019-*.csv"'


def output_of(command: str, lang: str) -> str:
    """What a command of the README prints, standard error first, as a terminal 100 wide shows it."""
    line = MAKE_REPORT if command == "make report" else command
    program, *arguments = shlex.split(line)
    assert program == "kpi", command
    run = kpi(*arguments, env={"KPI_LANG": lang}, width="100")
    return (run.stderr + run.stdout).replace("\ufeff", "").replace("\r\n", "\n")


def matches(shown: str, printed: str) -> bool:
    """Whether `shown` is `printed`, with runs of lines left out where it says so."""
    parts = [re.escape(part.strip("\n")) for part in shown.split(LEFT_OUT)]
    return re.fullmatch(r"\n*" + r"\n(?:.*\n)*?".join(parts) + r"\n*", printed) is not None


def shortened(printed: str, shown: str) -> str:
    """`printed` with as many lines at its ends as were shown before; of a long one that is new, the top."""
    lines = printed.rstrip("\n").splitlines()
    top, left_out, end = shown.strip("\n").partition(LEFT_OUT)
    if left_out:
        head, tail = len(top.splitlines()), len(end.rpartition(LEFT_OUT)[2].splitlines()) - 1
    else:
        head, tail = (len(lines), 0) if shown.strip() or len(lines) <= SHOWN + 4 else (SHOWN, 0)
    if head + max(tail, 0) >= len(lines):
        return "\n".join(lines)
    return "\n".join([*lines[:head], LEFT_OUT, *lines[len(lines) - max(tail, 0) :]])


@pytest.mark.parametrize("name", PAGES)
def test_page_shows_what_is_printed(name: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Each console block of a page is a command and its true output."""
    monkeypatch.chdir(ROOT)
    path: Path = ROOT / name
    text = path.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert len(blocks) >= (4 if name.startswith("README") else 5)
    for block in blocks:
        command, _, shown = block.partition("\n")
        printed = output_of(command.removeprefix("$ "), PAGES[name])
        if request.config.getoption("--rewrite") and not matches(shown, printed):
            text = text.replace(f"```console\n{block}```", f"```console\n{command}\n{shortened(printed, shown)}\n```")
        elif not request.config.getoption("--rewrite"):
            assert matches(shown, printed), command
    path.write_text(text, encoding="utf-8") if request.config.getoption("--rewrite") else None


def test_make_report_is_what_the_readme_says() -> None:
    """`make report` runs the command whose output the README shows."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "SAMPLES := data/samples/2019-*.csv" in makefile
    assert '$(BIN)/kpi report --actuals "$(SAMPLES)"' in makefile


def test_every_command_is_in_the_readme() -> None:
    """No command is undocumented."""
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs" / "plan-format.md").read_text("utf-8")
    text += (ROOT / "docs" / "submission-format.md").read_text(encoding="utf-8")
    names = [*COMMANDS, *(f"plan {one.name}" for one in plan_app.registered_commands)]
    assert len(names) == 16
    for name in names:
        assert f"kpi {name}" in text, name


def test_every_key_of_a_plan_is_explained_in_both_languages() -> None:
    """The Vietnamese page has the tables of the English one, key by key."""
    pages = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("plan-format.md", "plan-format.vi.md")]
    tables = [[line.split(" | ") for line in page.splitlines() if line.startswith("| ")] for page in pages]
    english, vietnamese = ([(row[1] if row[0] == "|" or "`" in row[1] else row[0]) for row in rows] for rows in tables)
    keys = [[key for cell in cells for key in re.findall(r"`[^`]+`", cell)] for cells in (english, vietnamese)]
    assert keys[0] == keys[1] and len(keys[0]) > 50


@pytest.mark.parametrize("page", ["docs/handing-on.md", "docs/handing-on.vi.md"])
def test_every_name_of_the_word_form_is_explained(page: str, plan2019: Plan) -> None:
    """The page on handing on names everything that a Word form may use, and nothing else."""
    row = report(plan2019, NOTHING_KNOWN, period("06"))
    content = document.content(Dossier(row, row, in_plan_order=True, known=NOTHING_KNOWN, findings=()), VI)
    names = {*content, *content["narrative"][0], *content["lines"][0], *content["commitments"][0]}
    table = (ROOT / page).read_text(encoding="utf-8").partition("|---|---|\n")[2]
    assert set(re.findall(r"`(\w+)`", table)) - {"section", "row", "part", "over", "item", "end", "of_which"} == names


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_every_picture_is_there(page: str) -> None:
    """The pictures of the README are files of the repository, each with words for those who cannot see it."""
    pictures = re.findall(r"!\[([^\]]+)\]\((docs/[^)]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert len({path for _, path in pictures}) == 4
    assert all((ROOT / path).stat().st_size > 10_000 for _, path in pictures)
