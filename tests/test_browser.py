"""The pages in a browser: Chromium shows, prints and filters them; axe finds nothing to object to; hostile words stay words."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from handed_on import EVERY_KIND, HOSTILE, SAMPLES, facts, hostile, written
from transcript import ROOT, kpi

from vinhchau_kpi.forms.page import render
from vinhchau_kpi.messages import VI
from vinhchau_kpi.text import visible
from vinhchau_kpi.views.screen import Head, Line, Lines, Paragraph, ScreenTable, Title

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here: no chromium on the PATH")
WIDE, PHONE = 1280, 390
OPTIONS = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by playwright; skipped where the tests' browser packages are not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browser")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


class Opened:
    """A page in a browser, with all it said on the console and all it asked for beside itself."""

    def __init__(self, browser: Any, path: Path, width: int = WIDE, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **context)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: request.url == path.as_uri() or self.said.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self) -> Any:
        return self.page

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.said == []


DIFF = ("diff", "2019-05", "2019-06", "--actuals", str(ROOT / "data/samples/2019-*.csv"))
AREAS = (
    "report", "--by", "area", "--plan", str(ROOT / "data/samples/over-time/plan.yaml"),
    "--actuals", str(ROOT / "data/samples/over-time/2019.csv"),
)  # fmt: skip
SHOW = ("show", "KT-03", "2019-06", "--actuals", str(ROOT / "data/samples/2019-*.csv"))
COVERAGE = ("coverage", "2019-06", "--actuals", str(ROOT / "data/samples/2019-*.csv"))
TREND = ("trend", "--actuals", str(ROOT / "data/samples/2019-*.csv"))
POINTS = (
    "score", "2019-06", "--scale", str(ROOT / "data/samples/scale.yaml"), "--scores", str(ROOT / "data/samples/scores-2019.csv"),
    "--actuals", str(ROOT / "data/samples/2019-*.csv"), "--actuals", str(ROOT / "data/samples/areas-2019.csv"),
)  # fmt: skip
FAULTY = ("validate", str(ROOT / "data/samples/faulty.csv"))
PAGES = {
    "report": ("report", *SAMPLES), "every kind": ("report", *EVERY_KIND), "diff": DIFF, "by area": AREAS, "show": SHOW,
    "coverage": COVERAGE, "trend": TREND, "points": POINTS, "validate": FAULTY,
    "left out": ("report", "2019-06", "--skip-invalid", "--actuals", str(ROOT / "data/samples/faulty.csv")),
}  # fmt: skip


def page_of(folder: Path, name: str, lang: str = "vi") -> Path:
    path = folder / "a.html"
    kpi(*PAGES[name], "-o", str(path), "--lang", lang)
    return path


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_on_desk_and_phone_in_light_and_dark(name: str, browser: Any, tmp_path: Path) -> None:
    """At 1280 and 390 wide, light and dark, a page is as wide as its window, says nothing on the console, asks for nothing, and
    axe finds no violation."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed: make browser"
    ).Axe()
    path = page_of(tmp_path, name)
    for width in (WIDE, PHONE):
        for scheme in ("light", "dark"):
            with Opened(browser, path, width, color_scheme=scheme) as page:
                page.screenshot(path=str(tmp_path / f"{width}-{scheme}.png"))
                assert page.evaluate("document.documentElement.scrollWidth") == width
                found = axe.run(page).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (width, scheme)
            assert (tmp_path / f"{width}-{scheme}.png").read_bytes().startswith(b"\x89PNG")


def test_a_page_needs_no_script(browser: Any, tmp_path: Path) -> None:
    """With scripts off the table is there, whole and open, and nothing waits for a script."""
    with Opened(browser, page_of(tmp_path, "report"), java_script_enabled=False) as page:
        assert page.locator("tr.line").count() == 134
        assert page.locator("tr.line").first.is_visible()
        assert page.locator("#filters").is_hidden()
        assert page.get_by_text("16.416", exact=True).first.is_visible()


@pytest.mark.parametrize(("name", "reason"), [("report", "2019-06.csv:"), ("points", "LD-01: 38")])
def test_what_is_behind_a_value_shows_on_hover_and_focus(name: str, reason: str, browser: Any, tmp_path: Path) -> None:
    """Pointing at a value, or moving to it by keyboard, shows the files and lines, or the reasons, behind it; Escape hides them."""
    with Opened(browser, page_of(tmp_path, name)) as page:
        value = page.locator("button.value").first
        sources = page.locator(".sources").first
        assert sources.is_hidden()
        value.hover()
        assert sources.is_visible()
        page.mouse.move(0, 0)
        assert sources.is_hidden()
        value.focus()
        assert sources.is_visible()
        assert reason in sources.inner_text()
        page.keyboard.press("Escape")
        assert sources.is_hidden()
        assert value.evaluate("(e) => e.getAttribute('aria-describedby')") == sources.evaluate("(e) => e.id")


def test_lines_can_be_found_and_sorted(browser: Any, tmp_path: Path) -> None:
    """Filtering by word and status leaves the lines that have both, and says how many; sorting by percent puts the largest first,
    and what has none last; a third click is the plan's order again."""
    found = facts(SAMPLES)
    with Opened(browser, page_of(tmp_path, "report")) as page:
        page.select_option("#status", "behind")
        behind = [row["code"] for row in found["rows"] if row["status"] == "behind"]
        shown = page.locator("tr.line:visible .code").all_inner_texts()
        assert shown == behind
        assert f"{len(behind)}/134" in page.locator("#shown").inner_text()
        page.fill("#find", "HO LAP DIEN")
        assert page.locator("tr.line:visible .code").all_inner_texts() == ["KT-12"]
        page.fill("#find", "")
        page.select_option("#status", "")
        assert page.locator("tr.line:visible").count() == 134
        table = page.locator("table").first
        before = table.locator(".code").all_inner_texts()
        header = table.locator("th button").get_by_text("% kế hoạch")
        header.click()
        header.click()
        percents = {row["code"]: row["percent"] for row in found["rows"]}
        order = [percents[code] for code in table.locator(".code").all_inner_texts()]
        numbers = [one for one in order if one is not None]
        assert order == [*sorted(numbers, reverse=True), *[None] * (len(order) - len(numbers))]
        assert table.locator("th[aria-sort=descending]").count() == 1
        header.click()
        assert table.locator(".code").all_inner_texts() == before


def test_a_report_prints_on_a4(browser: Any, tmp_path: Path) -> None:
    """Printed, it is A4 landscape; what was folded is open; filters and links are gone, the table's header is on every sheet."""
    with Opened(browser, page_of(tmp_path, "left out")) as page:
        page.locator("details").first.evaluate("(e) => { e.open = false; }")
        data = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        assert page.locator("#filters").is_hidden()
        assert page.locator("nav").is_hidden()
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", data)}
    assert {(round(box[2]), round(box[3])) for box in boxes} == {(842, 595)}
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
        ).stdout.decode()
        sheets = text.split("\f")[:-1]
        assert "Diện tích nuôi trồng thủy sản" in text
        assert "6.240 tấn" in text
        assert sum("Kế hoạch" in sheet for sheet in sheets) >= len(sheets) // 3


def test_hostile_words_do_nothing(browser: Any, tmp_path: Path) -> None:
    """Names and notes that are scripts, images, markup and styles are read as words: no script runs, nothing is fetched."""
    path = written(tmp_path / "a.html", hostile(tmp_path))
    with Opened(browser, path, PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    with Opened(browser, path) as page:
        assert page.title().startswith(HOSTILE["script"])
        assert page.evaluate("document.querySelectorAll('img, iframe, body script').length") == 1
        words = page.locator("main").inner_text()
        shown = " ".join(words.split())
        assert [
            text for text in HOSTILE.values() if " ".join(visible(text.replace("\x00", "")).split()) not in shown
        ] == []


def test_a_word_without_end_is_broken(browser: Any, tmp_path: Path) -> None:
    """A name, heading, cell or note of 3,000 letters without a space leaves every page as wide as its window."""
    long = "x" * 3000
    heads = (Head(long, grows=True), Head(long, numeric=True), Head("a"))
    table = ScreenTable(heads, (Line(heading=long), Line((long, long, long))))
    path = tmp_path / "a.html"
    path.write_text(
        render([Title(long), Paragraph(long), Lines((long,)), table, Title(long), table], VI), encoding="utf-8"
    )
    for width in (WIDE, PHONE):
        with Opened(browser, path, width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") == width


LONG = "x" * 3000


def long_words(folder: Path) -> tuple[str, ...]:
    """A plan and figures whose every name is a word without end."""
    names = {"name": LONG, "lead": "a"}
    indicators = [
        {"code": "A", **names, "unit": "t", "target": {"at_least": 1200}, "allocations": {"x": 600, "y": 600}},
        {"code": "B", **names, "unit": "t", "target": {"at_least": 1200}},
    ]
    plan = {
        "id": "x", "year": 2019, "title": LONG, "issuer": LONG, "units": {"t": {"name": LONG}},
        "agencies": {"a": {"name": LONG}}, "areas": {"x": {"name": LONG}, "y": {"name": f"{LONG}y"}},
        "sections": [{"id": "S", "title": LONG, "indicators": indicators, "commitments": [{"code": "P", **names}]}],
    }  # fmt: skip
    (folder / "plan.yaml").write_text(json.dumps(plan), encoding="utf-8")
    rows = ["indicator;period;area;value;note", *(f"A;2019-01;{one};1;{LONG}" for one in (LONG, f"{LONG}y"))]
    (folder / f"{'x' * 100}.csv").write_text("\n".join([*rows, f"P;2019-01;;no;{LONG}"]) + "\n", encoding="utf-8")
    return ("--plan", str(folder / "plan.yaml"), "--actuals", str(folder / f"{'x' * 100}.csv"))


@pytest.mark.parametrize(
    "command",
    [
        ("report", "2019-02"),
        ("report", "2019-01", "--by", "area"),
        ("report", "2019-01", "--by", "area", "--rank"),
        ("diff", "2019-01", "2019-02"),
        ("show", "A", "2019-01"),
        ("trend",),
        ("coverage", "2019-02"),
    ],
    ids=" ".join,
)
def test_no_name_without_end_makes_a_page_wide(command: tuple[str, ...], browser: Any, tmp_path: Path) -> None:
    """Names, units, agencies, areas and notes of 3,000 letters leave the page of every command as wide as its window."""
    path = tmp_path / "a.html"
    run = kpi(*command, *long_words(tmp_path), "-o", str(path), "--lang", "vi")
    assert path.exists(), run
    for width in (WIDE, PHONE):
        with Opened(browser, path, width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_table_of_many_areas_is_not_cut_off(browser: Any, tmp_path: Path) -> None:
    """Areas that do not stand side by side stand in tables one below the other; none is wider than what it stands in, on the
    desk and on paper, and each begins with the indicator."""
    areas = {f"a{n}": {"name": f"xã Vĩnh Thạnh Trung {n}"} for n in range(1, 41)}
    indicator = {"code": "A", "name": "Sản lượng", "unit": "t", "target": {"at_least": 1200000}}
    plan = {
        "id": "x",
        "year": 2019,
        "units": {"t": {"name": "tấn"}},
        "areas": areas,
        "sections": [{"id": "S", "indicators": [indicator]}],
    }
    (tmp_path / "plan.yaml").write_text(json.dumps(plan), encoding="utf-8")
    rows = ["indicator;period;area;value", *(f"A;2019-01;{area['name']};1234567,25" for area in areas.values())]
    (tmp_path / "a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    path = tmp_path / "a.html"
    arguments = ("--by", "area", "--plan", str(tmp_path / "plan.yaml"), "--actuals", str(tmp_path / "a.csv"))
    kpi("report", "2019-01", *arguments, "-o", str(path), "--lang", "vi")
    with Opened(browser, path) as page:
        wider = "[...document.querySelectorAll('.scroll')].filter((e) => e.scrollWidth > e.clientWidth).length"
        assert page.evaluate(wider) == 0
        tables = page.locator("table.matrix")
        assert tables.count() > 1
        assert {row.inner_text() for row in tables.locator("tbody tr:first-child td:first-child").all()} == {"A"}
        heads = page.locator("table.matrix th").all_inner_texts()
        assert [
            name for name in (area["name"] for area in areas.values()) if " ".join(heads).count(f"{name} ") > 1
        ] == []
        assert sum("Trung" in one for one in heads) == len(areas)
        page.set_viewport_size({"width": 1032, "height": 900})  # A4 landscape between its margins.
        page.emulate_media(media="print")
        assert page.evaluate("Math.max(...[...document.querySelectorAll('table')].map((e) => e.offsetWidth))") <= 1032


def test_what_is_behind_and_missing_stands_before_the_tables(browser: Any, tmp_path: Path) -> None:
    """A report begins with what is behind and what is missing, each with its agency; the legend stands below the tables."""
    with Opened(browser, page_of(tmp_path, "report")) as page:
        parts = page.locator("details.concern, #s1, .legend, #findings")
        tops = page.evaluate(
            "[...document.querySelectorAll('details.concern, #s1, .legend, #findings')].map((e) => e.className || e.id)"
        )
        assert tops == ["concern"] * 3 + ["s1", "legend", "findings"]
        words = parts.nth(0).inner_text()
        assert "Giải quyết việc làm mới" in words
        assert "Phòng Lao động - Thương binh và Xã hội" in words
        assert page.locator("tr.line .lead").first.inner_text() == "Phòng Kinh tế"


def test_the_policy_stops_what_is_not_ours(browser: Any, tmp_path: Path) -> None:
    """A script or style that were in the page would not run: the page allows its own alone."""
    path = page_of(tmp_path, "report")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<main", "<script>document.title='run'</script><main"), encoding="utf-8")
    opened = Opened(browser, path)
    assert opened.page.title() != "run"
    assert any("Content Security Policy" in message for message in opened.said)
    opened.context.close()


def test_the_numbers_in_the_browser_are_those_of_the_json(browser: Any, tmp_path: Path) -> None:
    """What a person reads in the row of each indicator is what the JSON report says."""
    with Opened(browser, page_of(tmp_path, "every kind")) as page:
        rows = page.evaluate(
            "[...document.querySelectorAll('tr.line')].map((r) => [r.querySelector('.code').textContent, [...r.cells].map((c) => (c.querySelector('button') ?? c).textContent.trim())])"
        )
    cells = dict(rows)
    for row in facts(EVERY_KIND)["rows"]:
        if row["percent"] is not None:
            assert VI.percent(row["percent"]) in cells[row["code"]], row["code"]
        if row["in_period"] is not None:
            assert VI.number(row["in_period"]) in cells[row["code"]], row["code"]
