"""Which of two figures is the later one, where their report dates can be read in two ways."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript import kpi

from vinhchau_kpi.checks import check
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.intake.read.submission import Options, parse_submission

PLAN, _ = read_plan(InputFile(bundled()))
assert PLAN is not None
HEAD = "indicator;period;area;value;reported_on\n"


def codes(*texts: str) -> list[str]:
    """The rules broken by files of these rows, read row by row and held against each other."""
    read = [parse_submission(HEAD + text, f"{n}.csv", PLAN, Options()) for n, text in enumerate(texts)]
    figures = PlainFigures(tuple(figure for one in read for figure in one.figures))
    found = [finding.rule.code for one in read for finding in one.findings]
    return [code for code in (*found, *(f.rule.code for f in check(PLAN, figures))) if "date" in code]


def row(day: str, value: str = "260", code: str = "LD-02", kept: str = "2019-05") -> str:
    return f"{code};{kept};;{value};{day}\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (row("06/12/2019", "230"), row("07/08/2019")),
        (row("06/12/2019", "230"), row("2019-07-08")),
        (row("2019-06-12", "230"), row("06/07/2019")),
        (row("5.8.2019", "230"), row("6-7-2019")),
    ],
)
def test_order_that_hangs_on_a_reading_is_an_error(first: str, second: str) -> None:
    """Where the other figure would count with the month first, neither does, in whichever order the files come."""
    assert codes(first, second) == codes(second, first) == ["dates-either-way"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (row("05/07/2019", "230"), row("10/07/2019")),
        (row("06/12/2019", "260"), row("07/08/2019", "260")),
        (row("2019-06-12", "230"), row("2019-07-08")),
        (
            row("06/12/2019", "230") + row("25/06/2019", code="LD-01"),
            row("07/08/2019") + row("16/07/2019", code="LD-03"),
        ),
        (row("05/07/2019", "230", kept="2019-06"), row("02/08/2019", kept="2019-06")),
        (row("05/07/2019"), ""),
    ],
)
def test_order_that_is_the_same_however_it_is_read_is_none(first: str, second: str) -> None:
    """Silent: one order in every reading, one number, dates of one reading, a day above 12 in each file, a report that
    would be older than its period, no rival."""
    assert codes(first, second) == []


def test_the_file_that_leaves_it_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a day above 12 proves the dates of one file, the sentence speaks of the other alone."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("proved.csv", row("13/07/2019", "230")), ("open.csv", row("06/12/2019"))):
        (tmp_path / name).write_text(f"{HEAD}{text}", encoding="utf-8")
    said = kpi("validate", "proved.csv", "open.csv", "--lang", "en").stdout
    assert "the dates of open.csv," in " ".join(said.split())


def test_dates_of_one_file_are_read_in_one_way() -> None:
    """5 July and 6 August, or 7 May and 8 June: in one file the second is the later one; in two files nobody knows."""
    first, second = row("05/07/2019", "230"), row("06/08/2019")
    assert codes(first + second) == []
    assert codes(first, second) == ["dates-either-way"]


def test_a_month_proved_first_settles_nothing() -> None:
    """A file with a day above 12 first and one above 12 second proves neither."""
    rest = row("25/06/2019", code="LD-01") + row("06/25/2019", code="LD-03")
    assert codes(row("06/12/2019", "230") + rest, row("07/08/2019")) == ["bad-date", "dates-either-way"]


DAYS = st.tuples(st.integers(1, 28), st.integers(6, 12), st.booleans()).map(
    lambda day: f"2019-{day[1]:02}-{day[0]:02}" if day[2] else f"{day[0]:02}/{day[1]:02}/2019"
)


@given(st.lists(st.tuples(DAYS, st.sampled_from(["230", "260", "300"])), min_size=2, max_size=5), st.randoms())
def test_the_error_does_not_hang_on_the_order_of_rows(rows: list[tuple[str, str]], order: random.Random) -> None:
    """Rows in another order are the same file."""
    texts = [row(*one) for one in rows]
    shuffled = order.sample(texts, len(texts))
    assert ("dates-either-way" in codes("".join(texts))) == ("dates-either-way" in codes("".join(shuffled)))


@pytest.mark.parametrize("is_proved", [False, True])
def test_long_files_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_proved: bool) -> None:
    """By rows and by columns the same figures are in doubt, and a day above 12 anywhere settles a file."""
    areas = list(PLAN.areas)[:3]
    proof = f"LD-01;2019-05;{areas[0]};5;25/06/2019\n" if is_proved else ""
    for n, (day, value) in enumerate([("06/12/2019", 230), ("07/08/2019", 260)]):
        text = "".join(f"LD-02;2019-05;{area};{value};{day}\n" for area in areas)
        (tmp_path / f"{n}.csv").write_text(HEAD + text + proof, encoding="utf-8")
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(inbox, "LEAST_BYTES", least)
        read = inbox.read_inbox([str(tmp_path)], PLAN, Options())
        found.append([(f.rule.code, f.place) for f in check(PLAN, read.figures) if f.rule.code == "dates-either-way"])
    assert sorted(found[0]) == sorted(found[1])
    assert len(found[0]) == (0 if is_proved else len(areas))
