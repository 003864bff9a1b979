"""Text that would act on a terminal, wherever it comes from: every view in every form says it, and none lets it act."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from transcript import Run, kpi

from vinhchau_kpi.forms import console, markdown, page, terminal
from vinhchau_kpi.messages import EN
from vinhchau_kpi.views.charts import Point, Spark
from vinhchau_kpi.views.screen import Gauge, Head, Line, Lines, Panel, Panels, Paragraph, Screen, ScreenTable, Title

NASTY = "\x1b[2J\a\x1b]0;title\a\u202e\x9b31m\u2066\u2028\x7f"
"""Clears the screen, rings, names the window, turns the direction of writing, colours, breaks the line, rubs out."""
PLAN = r"""
id: "id@"
year: 2019
title: {vi: "T@", en: "T@"}
issuer: {vi: "I@", en: "I@"}
place: {vi: "P@", en: "P@"}
rounds:
  - {id: "R1@", name: {vi: "R@", en: "R@"}, from: 2019-01, to: 2019-06}
units:
  "ha@": {name: {vi: "ha@", en: "ha@"}}
agencies:
  kt: {name: {vi: "A@", en: "A@"}}
sections:
  - id: "KT@"
    clause: "C@"
    title: {vi: "S@", en: "S@"}
    indicators:
      - {code: "KT-1@", name: {vi: "N@", en: "N@"}, unit: "ha@", target: {at_least: 100}, lead: kt, parts: partial,
         allocated: partial, allocations: {"X@": 50},
         baseline: {year: 2018, value: 50, source: "B@"},
         revisions: [{on: 2019-03-01, target: {at_least: 120}, reason: "W@", source: "Q@"}],
         source: {clause: "C@", quote: "Q@", note: "O@"},
         children: [{code: "KT-2@", name: {vi: "M@", en: "M@"}, unit: "ha@", target: {at_least: 40}}]}
    commitments:
      - {code: "AN-1@", name: {vi: "V@", en: "V@"}, lead: kt, source: {clause: "C@", quote: "Q@", note: "O@"}}
"""
ROWS = """indicator,period,value,area,agency,note,reported_on,name
KT-1@,2019-01,5,X@,kt,note@,2019-02-01,N@
KT-1@,2019-02,5,X@,kt,note@,2019-03-01,N@
KT-1@,2019-02,7,Y@,kt,note@,2019-03-01,other@
AN-1@,2019-02,1,,kt,note@,2019-03-01,V@
"""
FAULTY = "indicator,period,value,area,agency,un@known\nKT-9@,2019-13@,5@,X@,kx@,1\nKT-1@,2019-01,5,X@,kt,\n"
CODE = f"KT-1{NASTY}"


def acts(text: str) -> set[str]:
    """The characters of a text that are neither seen nor a space nor the end of a line."""
    return {one for one in text if not one.isprintable() and one != "\n" and unicodedata.category(one) != "Zs"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan and files in which every text is nasty, the names of files too where the system lets them be."""
    escaped = "".join(f"\\u{ord(one):04x}" for one in NASTY)
    (tmp_path / "plan.yaml").write_text(PLAN.replace("@", escaped), encoding="utf-8")
    (tmp_path / "actuals").mkdir()
    nasty_name = "" if sys.platform == "win32" else f"{NASTY.replace('/', '')}\udcff"
    (tmp_path / "actuals" / f"a{nasty_name}.csv").write_text(ROWS.replace("@", NASTY), encoding="utf-8")
    (tmp_path / f"faulty{nasty_name}.csv").write_text(FAULTY.replace("@", NASTY), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(folder: Path) -> list[tuple[str, ...]]:
    (faulty,) = (str(one) for one in folder.glob("faulty*.csv"))
    return [
        ("plan",),
        ("plan", "check", "plan.yaml"),
        ("plan", "check", faulty),
        ("report", "2019-02"),
        ("report", "2019-03", "--section", "KT" + NASTY),
        ("report", "--by", "area"),
        ("report", "--by", "area", "--rank"),
        ("report", "--actuals", faulty),
        ("report", "--status", NASTY),
        ("report", NASTY),
        ("report", "--section", NASTY),
        ("report", f"--{NASTY}"),
        ("report", "-o", f"{NASTY}.exe"),
        (NASTY,),
        ("show", CODE),
        ("show", f"AN-1{NASTY}"),
        ("show", NASTY),
        ("trend",),
        ("coverage", "2019-02"),
        ("coverage", "2019-03", "--missing"),
        ("diff", "2019-01", "2019-02"),
        ("diff", faulty, faulty),
        ("diff", *(str(next(folder.glob("actuals/*"))),) * 2),
        ("validate", "actuals", "--explain"),
        ("validate", faulty, "--all"),
        ("validate", faulty, "--explain"),
        ("validate", NASTY),
        ("rule", NASTY),
        ("template", "2019-04", "--agency", NASTY),
        ("template", "2019-04"),
    ]


@pytest.mark.parametrize("form", [None, "csv", "json", "md", "html", "github"])
def test_every_view_in_every_form(folder: Path, form: str | None) -> None:
    """Whatever is asked for, only what can be seen reaches the terminal, and no fault of the program."""
    spoken = 0
    for words in commands(folder):
        plan = [] if words[0] in (NASTY, "rule") or words[:2] == ("plan", "check") else ["--plan", "plan.yaml"]
        run: Run = kpi(*words, *plan, *(["--format", form] if form else []), "--lang", "en")
        assert run.code != 70, (words, run.stderr)
        out = run.stdout.replace("\r\n", "\n").lstrip("\ufeff") if words[0] == "template" else run.stdout
        assert not acts(out), (words, acts(out))
        assert not acts(run.stderr), (words, acts(run.stderr))
        spoken += "\\x1b" in out or "\\u001b" in out
        if form == "json" and run.stdout:
            json.loads(run.stdout)
    assert spoken > (0 if form == "github" else 5)


def everywhere() -> Screen:
    """A screen of every part there is, with a nasty text in every place."""
    spark = Spark((Point(0, 0, is_whole=True),), (), ())
    words = Paragraph(NASTY)
    heads = (
        Head(NASTY, grows=True),
        Head(f"a\n{NASTY}", numeric=True),
        Head(NASTY, folds=True, gives_way=9),
        Head(NASTY),
    )
    lines = (Line(heading=NASTY), Line((NASTY, f"  {NASTY}", NASTY * 9, Gauge(None))))
    return [
        Title(NASTY),
        words,
        Lines((NASTY, NASTY)),
        ScreenTable(heads, lines),
        ScreenTable(heads, lines, repeats=1),
        Panels((Panel((words, words), (words,)), Panel((words,), (words,), spark, NASTY)), legend=(words,)),
    ]


def test_every_part_of_a_screen() -> None:
    """Each part that a view may show is made harmless whole, on a terminal with colours as well."""
    out = StringIO()
    terminal.draw(everywhere(), Console(file=out, force_terminal=True, color_system="truecolor", width=90))
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    for text in (coloured, terminal.plain(everywhere()), markdown.render(everywhere()), page.render(everywhere(), EN)):
        assert not acts(text)
        assert "x1b" in text


def test_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence on standard error keeps its lines and loses all else that would act."""
    console.tell(f"a\nb{NASTY}")
    assert capsys.readouterr().err.startswith("a\nb\\x1b[2J\\x07")
