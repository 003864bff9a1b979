"""One input through the whole program: in a file under a name of anybody's choosing, by one command that a person may give.

The command, its options and the names follow from the bytes of the input, so that an input is its own reproduction. What
must be true of each: it ends with done, faults or wrong usage; only what can be seen, tabs and line ends are printed or
stand in a text file; what is written for a program is what that program opens.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import random
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock
from xml.parsers import expat

from vinhchau_kpi.cli import main
from vinhchau_kpi.finding import Finding
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.open.signature import OLE
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.plan import Plan

NAMES = (
    "a", "-o", "--format", "=1+1", "+1", "@a", "a\x1b[2J\x1b]0;x\a", "a\nb", "a\tb", "a\rb", "\x9b31m", "\u202evsc", "\u2028", "a\udcff",
    "[a]", "a*", "a?", "{{ a }}", "{0}", "%s%n", "[bold]", "<b onclick=x>", "&amp;", "a;b,c", "a|b", "a'b", 'a"b', "`a`", "$(a)", "~a",
    "a" * 200, "con", "e\u0323\u0302", "\u1ec7", "sheet!A1", "a:1:2", "::error::", "\ufeffa", "a\u200bb", "\U0001f990", "plan", "confirmed",
    "kpi", " a ", "a.", "a\\b", "#", "\x7f", "\u3000",
)  # fmt: skip
"""How the name of a file may begin; its ending follows."""
ENDINGS = (
    ".csv",
    ".csv",
    ".CSV",
    ".txt",
    ".tsv",
    ".xlsx",
    ".xls",
    ".xlsb",
    ".ods",
    ".docx",
    "",
    ".pdf",
    ".md",
    ".yaml",
)
FORMS = (None, None, None, "json", "csv", "md", "html", "github")
PAPERS = ("a.html", "a.xlsx", "a.docx", "a.md", "a.json", "a.csv", "a.txt")
PERIODS = ("2019-02", "2019-06", "R1", "2019", "T2", "2019-Q1", "2019-01..02", "x\x1b[2J")
CODES = ("KT-02", "KT-02.1", "YT-02", "KT-03", "AN-01", "x\x1b[2J")
FOREIGN = ("iframe", "object", "embed", "base", "form", "img", "link")
"""Elements that no page of the program has."""

Change = Callable[[bytes], bytes]


@functools.cache
def _plans() -> tuple[Plan, Plan]:
    """The bundled plan, and the same without a list of areas: any text is an area then, and is printed as one."""
    plan, _ = read_plan(InputFile(bundled()))
    assert plan is not None
    text = bundled().read_text(encoding="utf-8")
    begin = text.index("\nareas:") + 1
    end = begin + re.search(r"\n(?=\S)", text[begin:]).start()  # type: ignore[union-attr]
    without = Path(_home().name, "without.yaml")
    without.write_text(text[:begin] + text[end:], encoding="utf-8")
    other, _ = read_plan(InputFile(without))
    return plan, other or plan


@functools.cache
def _home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


def run(data: bytes, chance: random.Random, change: Change) -> None:
    """Give one command over the input. Raises what the program does not put into words, and `AssertionError`."""
    home = Path(_home().name)
    folder = home / "work"
    folder.mkdir()
    before = Path.cwd()
    try:
        os.chdir(folder)
        arguments = _arguments(data, chance, change)
        code, out, err = _kpi(arguments, chance.choice(_plans()))
        assert code in (0, 1, 2), (arguments, code)
        _hold_seen(out, arguments)
        _hold_seen(err, arguments)
        if "json" in arguments and out:
            json.loads(out)
        if out.startswith("<!DOCTYPE"):
            _Page(arguments).feed(out)
        for name in (*PAPERS, "copy.xlsx", "copy.csv"):
            if Path("out", name).exists():
                _hold_file(Path("out", name), arguments)
    finally:
        os.chdir(before)
        _remove(folder)


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            _remove(path)
        else:
            path.unlink()
    folder.rmdir()


def _kpi(arguments: Sequence[str], plan: Plan) -> tuple[int, str, str]:
    """What a command ends with, prints and tells."""

    def read(source: InputFile) -> tuple[Plan | None, list[Finding]]:
        return (plan, []) if source.path == bundled() else read_plan(source)

    out, err = io.StringIO(), io.StringIO()
    settings = {"COLUMNS": "100", "HOME": "/nonexistent", "KPI_DEBUG": "1", "KPI_LANG": "vi"}
    with (
        mock.patch.dict(os.environ, settings, clear=True),
        mock.patch("vinhchau_kpi.desk.read_plan", read),
        mock.patch("vinhchau_kpi.intake.office.folders", return_value=[Path()]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


def _arguments(data: bytes, chance: random.Random, change: Change) -> list[str]:
    """One command of those that make sense for such an input, and its files."""
    Path("out").mkdir()
    form, paper = chance.choice(FORMS), chance.choice(PAPERS)
    handed = ["-o", f"out/{paper}"] if chance.random() < 0.3 else _format(form)
    if b"criteria:" in data:
        scale = _put(_name(chance, ".yaml"), data)
        return chance.choice(
            (
                ["score", "check", scale, *_format(form)],
                ["score", "2019-02", "--scale", scale, *_figures(), *_but_github(handed)],
            )
        )
    if b"indicators:" in data:
        return _of_plan(_put(_name(chance, ".yaml"), data), chance, form, handed)
    if b"actuals" in data[:2000] and not data.startswith((b"PK", OLE)):
        Path("kpi.toml").write_bytes(data)
        return ["report", "2019-02"]
    if data.startswith(b"PK") and chance.random() < 0.15:
        return ["report", "2019-02", *_figures(), "--template", _put("form.docx", data), "-o", "out/a.docx"]
    if chance.random() < 0.1:
        _put("confirmed.csv", data)
        return ["report", "2019-02", *_figures(), *_but_github(handed)]
    mine = _put(_name(chance, *ENDINGS), data)
    if chance.random() < 0.1:
        return [
            "plan",
            "import",
            mine,
            "-o",
            "out/plan.yaml",
            *["--year", "2019"] * chance.randrange(2),
            *["--numbers", "vi"] * chance.randrange(2),
        ]
    if chance.random() < 0.3:
        return _checking(mine, chance, form)
    if chance.random() < 0.2:
        return ["diff", mine, _put("b" + _name(chance, *ENDINGS), change(data)), *_printed(handed)]
    return _over_figures(mine, chance, handed)


def _of_plan(plan: str, chance: random.Random, form: str | None, handed: list[str]) -> list[str]:
    return chance.choice(
        (
            ["plan", "check", plan, *_format(form)],
            ["plan", "--plan", plan, *_printed(handed)],
            ["plan", "review", plan, *(["-o", "out/a.xlsx"] if chance.random() < 0.3 else _printed(handed))],
            ["coverage", "--plan", plan, *_figures()],
            ["report", "T6", "--plan", plan, *_figures(), "--skip-invalid", *_but_github(handed)],
        )
    )


def _checking(mine: str, chance: random.Random, form: str | None) -> list[str]:
    if chance.random() < 0.2:
        return ["plan", "import", mine, "--year", "2019", "-o", "out/plan.yaml"]
    if chance.random() < 0.4:
        return ["validate", mine, "--annotate", chance.choice(("out/copy.xlsx", "out/copy.csv"))]
    return ["validate", chance.choice((mine, mine, ".")), "--explain", *["--all"] * chance.randrange(2), *_format(form)]


def _over_figures(mine: str, chance: random.Random, handed: list[str]) -> list[str]:
    """A command that computes from the figures of a file."""
    told, period = ["--actuals", mine, "--skip-invalid"], chance.choice(PERIODS)
    scales = Path(__file__).parent.parent / "tests" / "scales"
    scale = ["--scale", str(scales / "tien-giang.yaml"), "--plan", str(scales / "plan.yaml")]
    return chance.choice(
        (
            ["report", period, *told, *_but_github(handed)],
            ["report", period, *told, *_but_github(handed)],
            ["report", "--by", "area", "--rank", *told, *_printed(handed)],
            ["show", chance.choice(CODES), *told, *_printed(handed)],
            ["coverage", period, *told, *_printed(handed)],
            ["trend", *told, *_printed(handed)],
            ["diff", "2019-01", period, *told, *_printed(handed)],
            ["score", *scale, "--scores", mine, *_but_github(handed)],
        )
    )


def _name(chance: random.Random, *endings: str) -> str:
    return chance.choice(NAMES) + chance.choice(endings)


def _put(name: str, data: bytes) -> str:
    with contextlib.suppress(OSError):
        Path(name).write_bytes(data)
    return f"./{name}"


def _figures() -> list[str]:
    return ["--actuals", _put("a.csv", FIGURES)]


def _format(form: str | None) -> list[str]:
    return ["--format", form] if form else []


def _but_github(handed: list[str]) -> list[str]:
    return [] if "github" in handed else handed


def _printed(handed: list[str]) -> list[str]:
    """For results that are neither a workbook nor a Word file."""
    return [] if any(one.endswith(("xlsx", "docx")) for one in handed) else _but_github(handed)


FIGURES = (
    b"indicator,period,value,area,note,reported_on\nKT-02,2019-01,468,,,2019-01-16\nKT-02,2019-02,3240.5,,,2019-02-18\n"
    b"KT-02.1,2019-02,4,hoa-dong,x,2019-02-18\nYT-02,2019-02,49.2,,,\nKT-02,2019-06,900,,,\n"
)


# What must be true


def _hold_seen(text: str, arguments: Sequence[str]) -> None:
    """Only printable text, spaces, tabs and the ends of lines."""
    odd = {c for c in set(text) if not c.isprintable() and c not in "\n\r\t\ufeff" and unicodedata.category(c) != "Zs"}
    assert not odd, (arguments, odd)


def _hold_file(path: Path, arguments: Sequence[str]) -> None:
    data = path.read_bytes()
    if path.suffix not in (".xlsx", ".docx"):
        text = data.decode("utf-8")
        _hold_seen(text, arguments)
        if path.suffix == ".json":
            json.loads(text)
        if path.suffix == ".html":
            _Page(arguments).feed(text)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                for formula in _texts(parts.read(name), "f"):
                    assert path.name != "a.xlsx" or not any(c in formula for c in "|\x1b"), (arguments, formula)


class _Page(HTMLParser):
    """A page: nothing that a file says is an element, runs or leads away."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__()
        self.arguments = arguments

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in FOREIGN, (self.arguments, tag)
        for name, value in attrs:
            assert not name.startswith("on"), (self.arguments, name)
            assert name not in ("href", "src", "xlink:href") or (value or "").startswith("#"), (self.arguments, value)


def _texts(part: bytes, wanted: str) -> Iterator[str]:
    """The texts of the elements of one name, of a part that is well formed."""
    found: list[str] = []
    parser = expat.ParserCreate()
    inside = [False]

    def start(name: str, _: object) -> None:
        inside[0] = name == wanted
        if inside[0]:
            found.append("")

    def say(text: str) -> None:
        if inside[0]:
            found[-1] += text

    def end(_: str) -> None:
        inside[0] = False

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, say, end
    parser.Parse(part, True)
    return iter(found)
