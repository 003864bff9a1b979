"""The page of a report and of other screens, without a browser: what is in it, and what cannot be. tests/test_browser.py opens it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from handed_on import HOSTILE, REPORTS, SAMPLES, facts, hostile, written
from hypothesis import given
from hypothesis import strategies as st
from make import figure, indicator, known, period, plan
from transcript import ROOT, kpi

from vinhchau_kpi.forms import page
from vinhchau_kpi.messages import EN, VI
from vinhchau_kpi.report import months_of, report
from vinhchau_kpi.text import visible
from vinhchau_kpi.trend import Course
from vinhchau_kpi.views import charts
from vinhchau_kpi.views.screen import Gauge, Head, Line, Lines, Panel, Panels, Paragraph, ScreenTable, Title
from vinhchau_kpi.views.trend import course_words

VOID = {"wbr", "meta", "input", "rect", "line", "path", "polyline"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes, and its text by what it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.text: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.text.append((self.inside[-1], data.strip()))

    def rows(self) -> Iterator[str]:
        """The words of a page outside its style and script."""
        return (text for tag, text in self.text if tag not in ("style", "script"))


def page_of(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_brings_all_it_needs_and_allows_nothing_else(name: str, lang: str, tmp_path: Path) -> None:
    """Style and script stand in the page, allowed by their digests; nothing else is, no address is named, nothing is inline."""
    made = page_of(written(tmp_path / "a.html", REPORTS[name], lang=lang))
    policy = next(a["content"] for tag, a in made.elements if a.get("http-equiv") == "Content-Security-Policy")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    for tag in ("style", "script"):
        (own,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none'; ")
    assert "unsafe" not in (policy or "")
    for tag, attributes in made.elements:
        assert not {"src", "style", "srcdoc", "background"} & attributes.keys(), tag
        assert not [key for key in attributes if key.startswith("on")], tag
        assert (attributes.get("href") or "#").startswith("#"), tag
    assert not re.findall(r"https?:|url\(|@import", text)
    assert made.elements[0] == ("html", {"lang": lang})
    assert made.inside == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_table_says_what_the_machine_form_says(name: str, tmp_path: Path) -> None:
    """Each row of the page has the code, cumulative, percent, gap and status of the JSON, in Vietnamese."""
    text = written(tmp_path / "a.html", REPORTS[name]).read_text(encoding="utf-8")
    line = r'<tr role="row" class="line[^"]*" data-status="(\w+)"[^>]*>.*?class="code">(.*?)</span>(.*?)</tr>'
    rows = {code: (status, cells) for status, code, cells in re.findall(line, text, re.DOTALL)}
    found = facts(REPORTS[name])
    assert list(rows) == [row["code"] for row in (*found["rows"], *found["commitments"])]
    for row in found["rows"]:
        status, cells = rows[row["code"]]
        texts = re.findall(
            r"<(?:td|button)[^>]*>([^<]*)(?=<)",
            html.unescape(re.sub("</?span[^>]*long[^>]*>|<wbr>|</span>(?=</button>)", "", cells)),
        )
        assert status == row["status"]
        if row["value"] is not None and row["target"] != {"achieved": True}:
            value = VI.number(row["value"], 2 if endless(row["value"]) else None)
            assert [text for text in texts if text.rstrip("*~†<!") == value], (row["code"], texts)
        if row["percent"] is not None:
            assert VI.percent(row["percent"]) in texts
        if row["gap"] is not None and not endless(row["gap"]):
            assert ("+" if row["gap"] > 0 else "") + VI.number(row["gap"]) in texts
        for nothing, sign in ((row["status"] == "not_reported", "…"), (row["status"] == "not_due", "")):
            assert not nothing or texts.count(sign) >= 2


def endless(value: Decimal) -> bool:
    """Whether a number of the JSON was cut off at its six places, the last of which may be zeros; no figure here has five."""
    return value.as_tuple().exponent <= -5


@pytest.mark.parametrize("command", ["report", "show H2", "trend --until"])
def test_nothing_from_a_file_is_markup(command: str, tmp_path: Path) -> None:
    """Names, units, titles, notes and file names that are markup or scripts show as they are written, and make no element."""
    made_of = hostile(tmp_path)
    run = kpi(*command.split(), *made_of, "-o", str(tmp_path / "a.html"), "--lang", "en")
    assert run.code == 0, run.stderr
    made = page_of(tmp_path / "a.html")
    tags = [tag for tag, _ in made.elements]
    assert (tags.count("script"), tags.count("style"), tags.count("h1")) == (1, 1, 1)
    assert not {"img", "iframe", "object", "w:fldsimple"} & set(tags)
    assert not [key for _, attributes in made.elements for key in attributes if key.startswith("on")]
    raw = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert not {chr(n) for n in (*range(32), 0x85, 0x202E) if chr(n) != "\n"} & set(raw)
    if command == "report":
        words = {" ".join(word.split()) for word in made.rows()}
        assert {" ".join(visible(text.replace("\x00", "")).split()) for text in HOSTILE.values()} <= words


def test_a_value_tells_where_it_comes_from(tmp_path: Path) -> None:
    """Behind a number stand the file, line and column of each figure, without the folders of the machine."""
    text = written(tmp_path / "a.html", SAMPLES).read_text(encoding="utf-8")
    assert "2019-06: 6.876; lũy kế 30.832 ← 2019-06.csv:6:5, 18/06/2019" in text
    assert str(ROOT) not in text


def test_findings_and_rows_left_out_are_on_the_page(tmp_path: Path) -> None:
    """A report that left rows out says how many, and lists what is wrong with them."""
    faulty = str(ROOT / "data" / "samples" / "faulty.csv")
    made = page_of(written(tmp_path / "a.html", ("2019-06", "--actuals", faulty), "--skip-invalid"))
    words = list(made.rows())
    assert [word for word in words if word == "Báo cáo này không tính 18 dòng có lỗi."]
    assert "faulty.csv:5:5" in words
    assert any("6.240 tấn" in word for word in words)


def test_any_screen_is_a_page() -> None:
    """Titles fold, tables have headed columns and rows under their titles, and pictures are drawn."""
    sheet = ScreenTable(
        (Head("Mã"), Head("Tiến độ")),
        (Line(heading="Nhóm"), Line(("A", Gauge(Fraction(50), before=Fraction(20))))),
    )
    screen = [
        Title("Một"),
        Paragraph("lời"),
        Title("Hai"),
        sheet,
        Lines(("x",)),
        Panels((Panel((Paragraph("p"),), (Paragraph("q"),)),)),
    ]
    text = page.render(screen, EN)
    made = Page(text)
    tags = [tag for tag, _ in made.elements]
    assert (tags.count("h1"), tags.count("details"), tags.count("svg"), tags.count("pre")) == (1, 1, 1, 1)
    assert ("th", {"colspan": "2", "scope": "rowgroup", "role": "rowheader"}) in made.elements


# Charts

NUMBERS = st.fractions(min_value=-100, max_value=1000, max_denominator=1000)


def row_of(value: str, target: dict[str, object]):
    of = plan(indicator("X", target=target))
    found = report(of, known(figure("06", cumulative=value)), period("06"))
    return found.rows[0]


@given(st.lists(NUMBERS, min_size=2, max_size=2), NUMBERS)
def test_a_larger_number_has_no_shorter_bar(pair: list[Fraction], other: Fraction) -> None:
    """On one scale a larger number never stands to the left, and everything lies within the chart."""
    low, high = sorted(pair)
    scale = charts.Scale.of(low, high, other)
    assert 0 <= scale.at(low) <= scale.at(high) <= charts.LENGTH


@given(
    st.fractions(min_value=0, max_value=300, max_denominator=100),
    st.fractions(min_value=0, max_value=100, max_denominator=100),
)
def test_a_bar_begins_at_zero_and_ends_at_its_number(percent: Fraction, expected: Fraction) -> None:
    """A gauge's bar is as long as its percent, and passes the target's stroke just where the percent passes 100."""
    drawn = charts.gauge(percent, expected, None)
    assert drawn is not None
    assert drawn.begin == 0
    (target,) = drawn.targets
    assert (percent >= 100) == (drawn.end >= target) or abs(percent - 100) < 1
    assert (drawn.length == 0) == (percent * charts.LENGTH / (max(percent, 100) * charts.ROOM) <= Fraction(1, 2))


def test_what_has_no_number_has_no_bar() -> None:
    """A promise has no chart; a missing value leaves the target alone; zero is a bar of no length, not a missing one."""
    assert charts.bullet(row_of("1", {"achieved": "true"})) is None
    zero = charts.bullet(row_of("0", {"at_least": "100"}))
    assert zero is not None and (zero.end, zero.length) == (0, 0)
    of = plan(indicator("X", target={"at_least": "0"}))
    nothing = charts.bullet(report(of, known(figure("06", cumulative="0")), period("06")).rows[0])
    assert nothing is not None and (nothing.end, nothing.targets) == (0, (0,))
    silent = charts.bullet(report(plan(indicator("X")), known(), period("06")).rows[0])
    assert silent is not None and silent.end is None and silent.targets == (909,)
    corridor = charts.bullet(row_of("3", {"between": ["2", "4"]}))
    assert corridor is not None and len(corridor.targets) == 2


def test_a_line_is_broken_where_months_are_missing() -> None:
    """Months without a figure of their own have no point, and no line is drawn over them."""
    of = plan(indicator("X"))
    months = (figure(f"{m:02d}", "100") for m in (1, 2, 4, 5))
    on = known(*months)
    whole = report(of, on, period("06"))
    course = Course(whole.rows[0], months_of(of, on, whole.rows[0].entry, period("06")), of.span)
    drawn = charts.spark(course)
    assert drawn is not None
    assert [len(line) for line in drawn.lines] == [2, 2]
    assert [point.is_whole for point in drawn.points] == [True, True, False, False]
    assert [point.x for point in drawn.points] == [42, 125, 292, 375]


def test_a_chart_says_what_it_shows() -> None:
    """A line's words have the figures that it has points for, a partial one marked, and … where one that was due is missing; a
    level that is carried on is not said again."""
    of = plan(indicator("X"), indicator("L", measure="level"))
    on = known(figure("01", "5"), figure("03", "7"), figure("02", "70", "L"))
    whole = report(of, on, period("04"))
    flow, level = (Course(row, months_of(of, on, row.entry, period("04")), of.span) for row in whole.rows)
    assert course_words(flow, EN) == "2019-01: 5; 2019-02: …; 2019-03: 12*; 2019-04: …"
    assert course_words(level, EN) == "2019-01: …; 2019-02: 70; 2019-03: …; 2019-04: …"
    assert page._gauge_words(Gauge(Fraction(50), before=Fraction(20)), EN) == "from 20.00 % to 50.00 %"
    assert page._gauge_words(Gauge(Fraction(50), Fraction(25)), EN) == "50.00 % of the plan; expected by now 25.00 %"
