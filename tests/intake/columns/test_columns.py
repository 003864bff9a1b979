"""Reading a long file by columns gives what reading it row by row gives."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import make
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from vinhchau_kpi import report as reports
from vinhchau_kpi.checks import check
from vinhchau_kpi.diff import diff
from vinhchau_kpi.figures import Known
from vinhchau_kpi.finding import Findings
from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.columns import blocks
from vinhchau_kpi.intake.inbox import Inbox, read_inbox
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.messages import VI
from vinhchau_kpi.number import Convention
from vinhchau_kpi.output import Shelf
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Report
from vinhchau_kpi.views.diff import facts as diff_facts
from vinhchau_kpi.views.report import facts

REVISED = [{"on": "2019-05-20", "target": {"at_least": "1500"}}]


def plan_with(areas: str | dict[str, Any]) -> Plan:
    return make.plan(
        make.indicator("X", revisions=REVISED, children=[make.indicator("X1"), make.indicator("X2")], parts="complete"),
        make.indicator("L", measure="level"),
        make.indicator("W", unit="person", target={"at_least": "16", "out_of": "900"}, measure="level"),
        make.indicator("R", unit="pc", measure="level"),
        make.indicator("Y", measure="level", target={"achieved": "true"}),
        areas=areas,
    )


MERGED = {
    **{area: {"name": f"area {area}"} for area in "abcd"},
    "e": {"name": "area e", "from": "2019-05", "merges": ["a", "b"]},
    "f": {"name": "area c", "from": "2019-09", "merges": ["c"]},
}
"""Of three areas two become one that is new, and one goes on under its name."""
PLANS = [plan_with("abcdef"), plan_with(""), plan_with(MERGED)]
POOLS: dict[str, list[str]] = {
    "indicator": [*["X", "X1", "X2", "L", "W", "R"] * 12, "x1", "Y", "Z", "", "mã", "Tổng cộng"],
    "period": [*[f"2019-{m:02d}" for m in range(1, 13)] * 8, "T3/2019", "2019-Q1", "2019", "2018-05", "05/06/2019", ""],
    "area": [*"abcdef" * 20, "area c", "A", "xã", "địa bàn", "", "zz", "a?b", "x\u0300"],
    "value": [
        *map(str, range(0, 2000, 13)), *(f"{n // 10}.{n % 10}" for n in range(1, 20000, 131)), "", "", "12,5", "1.234", "1,234",
        "1.234.567", "-5", "…", "-", "0", "0.0", "007", "5.", ".5", "12 ", "1e3", "9" * 19, "0" * 17 + "1", "1234567890123",
        "1.1234567", "97%", "²", "٣", "đ", "12o", "99999999.25",
    ],
    "numerator": ["", "", "5", "120", "0"],
    "denominator": ["", "", "150", "300", "0"],
    "cumulative": [*[""] * 9, "12"],
    "reported_on": [*["2019-07-05", "15/03/2019"] * 9, "", "03/04/2019", "31/02/2019", "2031-01-01", "ngày báo cáo"],
    "agency": [*["", "a1"] * 4, "a2", "nobody"],
    "kind": [*[""] * 12, "ước", "rút", "withdrawn", "official", "Rút số liệu", "?"],
    "note": [
        *[""] * 6, *(f"đã đối chiếu {n}" for n in range(20)), "  theo biên bản ", "nu\u0301i", "rút kinh nghiệm", "đo\u200b lại", "12",
        "note", 'said "so"', "rút số liệu", "Di?n tích", "năm", "“rút”", "“xem lại”", "'=1", "đã rút", "Da Huỷ", "rút\u200b lại", "ghi chú ",
        "Ghi chu\u0301", "số liệu đã hủy, báo lại", "withdraw it",
    ],
    "STT": ["", "1", "2"],
    "target": [*["", "1200"] * 12, "1500", "1.200,0", "1,200.0", "1200.0", "7"],
    "name": [*[""] * 20, "name of X", "name of L", "Tổng cộng", "another"],
    "unit": [*["", "tấn"] * 12, "%", "ha"],
    "Người lập": [*[""] * 20, "An", "mã", "indicator"],
}  # fmt: skip
"""What stands in each column: mostly what is plain, and some of everything else."""
RARE = 5
"""Of so many files one has what is rare in a column; the others have the first of each pool, which are plain."""
NEEDED = ("indicator", "period", "area", "value")


def text_of(seed: int) -> str:
    """A file of figures that may have anything in it."""
    chance = random.Random(seed)
    columns = [*NEEDED, *chance.sample(sorted(POOLS.keys() - set(NEEDED)), chance.randint(0, 5))]
    chance.shuffle(columns)
    delimiter = chance.choice(",;")
    pools = [POOLS[name] if chance.randrange(RARE) == 0 else POOLS[name][: -len(POOLS[name]) // 3] for name in columns]
    rows = [[chance.choice(pool) for pool in pools] for _ in range(chance.randint(40, 160))]
    for at in chance.choices(range(len(rows)), k=chance.choice([0, 0, 1, 3])):
        odd = [[], list(columns), rows[at][:-1], [*rows[at], ""], [*rows[at], "7"], [" "], ["Ký tên"]]
        rows[at] = chance.choice(odd)
    lines = [delimiter.join(_quoted(cell, delimiter) for cell in row) for row in [columns, *rows]]
    title = chance.choice(["", "", "Số liệu minh họa\n", "Đơn vị tính: ha\n"])
    return title + chance.choice(["\n", "\n", "\r\n"]).join(lines) + chance.choice(["\n", ""])


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if delimiter in cell or '"' in cell else cell


FORMATS = ("General", "0%", "#,##0.0", "#,##0;-#,##0;;@", "#,##0,", '0" tấn"', '0.0,"k"', "mm/yyyy", "dd/mm/yyyy")
NUMERIC = {"value", "numerator", "denominator", "cumulative", "STT"}
ODD = ("=1/0", "=1+1", "=A1", "12\n13", "#REF!", "5,5", "5.555")


class Workbook:
    """The like of `text_of` as a sheet, where numbers and dates are stated or are texts, with what only a sheet has."""

    def __init__(self, path: Path, seed: int) -> None:
        self.chance = chance = random.Random(seed)
        self.columns = [*NEEDED, *chance.sample(sorted(POOLS.keys() - set(NEEDED)), chance.randint(0, 5))]
        chance.shuffle(self.columns)
        self.are_texts = self.is_rare()
        with xlsxwriter.Workbook(path) as book:
            self.formats = [book.add_format({"num_format": code}) for code in FORMATS]
            self.raised, self.struck = book.add_format({"font_script": 1}), book.add_format({"font_strikeout": True})
            self.sheet = book.add_worksheet("Số liệu")
            if self.is_rare():
                book.add_worksheet("Ghi chú").write(chance.randrange(3), 1, chance.choice(["An", 7]))
            self.top, self.left = chance.choice([0, 0, 0, 2]), chance.choice([0, 0, 0, 1])
            if self.top:
                self.sheet.write(0, self.left, chance.choice(["Số liệu minh họa", "Đơn vị tính: ha"]))
                self.sheet.merge_range(1, self.left, 1, self.left + 2, "")
            self.below = self.top + 1 + chance.randint(40, 160)
            for at, name in enumerate(self.columns, self.left):
                self.sheet.write_string(self.top, at, name)
                self.fill(at, name)
            self.disturb()

    def is_rare(self) -> bool:
        return self.chance.randrange(RARE) == 0

    def fill(self, at: int, name: str) -> None:
        pool = POOLS[name] if self.is_rare() else POOLS[name][: -len(POOLS[name]) // 3]
        form = self.chance.choice(self.formats) if self.is_rare() else self.formats[0]
        for row in range(self.top + 1, self.below):
            text = self.chance.choice(pool)
            day = day_of(text) if name == "reported_on" else None
            number = number_of(text) if name in NUMERIC and not self.are_texts else None
            if self.chance.randrange(1000) == 0:
                self.sheet.write(row, at, self.chance.choice(ODD))
            elif text and self.chance.randrange(500) == 0:
                self.sheet.write_rich_string(row, at, text, self.chance.choice([self.raised, self.struck]), "1", "2")
            elif number is not None and self.chance.randrange(500) == 0:
                self.sheet.write_number(row, at, number, self.struck)
            elif number is not None:
                self.sheet.write_number(row, at, number, form)
            elif day is not None:
                self.sheet.write_datetime(row, at, day, self.formats[-1])
            elif text:
                self.sheet.write_string(row, at, text)

    def disturb(self) -> None:
        """Things that make rows hang together, or that a reader easily misses."""
        column, row = self.left + self.chance.randrange(len(self.columns)), self.chance.randrange(self.top, self.below)
        if self.is_rare():
            self.sheet.write_string(self.below + 1, self.left, "Ký tên")
        if self.is_rare():
            self.sheet.set_row(row, None, None, {"hidden": True})
        if self.is_rare():
            self.sheet.set_column(column, column, None, None, {"hidden": True})
        if self.is_rare():
            self.sheet.merge_range(row, column, row + self.chance.randint(0, 1), column + 1, "X")
        if self.is_rare():
            self.sheet.write_formula(self.below, self.left + self.chance.randint(0, 9), "=1+1", None, "#REF!")


def number_of(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text, re.ASCII) else None


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@contextmanager
def reading(least: int) -> Iterator[None]:
    """Files of at least so many bytes are read by columns, a few lines at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "LEAST_BYTES", least)
        patch.setattr(blocks, "BLOCK_BYTES", 2500)
        patch.setattr(blocks, "BLOCK_ROWS", 17)
        yield


def said_of(plan: Plan, read: Inbox) -> dict[str, Any]:
    """All that can be seen of what was read."""
    found: dict[str, Any] = {
        "figures": read.figures.rows,
        "last year": read.last_year.rows,
        "findings": list(Findings([*read.findings, *check(plan, read.figures)]).in_order()),
        "files": [
            (s.rows, s.rows_left_out, s.count, s.how_read, s.title, s.agencies, s.periods) for s in read.submissions
        ],
    }
    sides: dict[date | None, list[tuple[Report, Known]]] = {}
    for day in (None, date(2019, 4, 1)):
        known = make.sound(plan, read.figures.as_of(day)).known_on(day)
        months = [reports.report(plan, known, make.period(when)) for when in ("04", "12")]
        found[f"as of {day}"] = [facts(one, one, VI) for one in months], known.size, known.last_month(plan.entries)
        sides[day] = list(zip(months, [known, known], strict=True))
    (april, december), (april_then, _) = sides[None], sides[date(2019, 4, 1)]
    for name, a, b in (("months", april, december), ("days", april_then, april), ("both", april_then, december)):
        found[name] = diff_facts(diff(*a, *b), VI)
    return found


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=2),
    plan=st.sampled_from(PLANS),
    said=st.sampled_from([None, None, *Convention]),
)
def test_by_columns_and_by_rows(
    seeds: list[int], plan: Plan, said: Convention | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same figures, the same findings in the same order, the same report, the same differences, whatever is in the files."""
    folder = tmp_path_factory.mktemp("columns")
    files = [folder / f"{at}.csv" for at in range(len(seeds))]
    for file, seed in zip(files, seeds, strict=True):
        file.write_bytes(text_of(seed).encode())
    by_rows, by_columns = both_ways(files, plan, said)
    assert by_columns == by_rows


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=2),
    plan=st.sampled_from(PLANS),
    said=st.sampled_from([None, None, *Convention]),
)
def test_workbooks_by_columns_and_by_rows(
    seeds: list[int], plan: Plan, said: Convention | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As with texts: the same figures, findings and places, whatever numbers, dates, formats and merges the sheets have."""
    folder = tmp_path_factory.mktemp("columns")
    files = [folder / f"{at}.xlsx" for at in range(len(seeds))]
    for file, seed in zip(files, seeds, strict=True):
        Workbook(file, seed)
    by_rows, by_columns = both_ways(files, plan, said)
    assert by_columns == by_rows


def test_a_cell_of_two_lines_moves_no_number(tmp_path: Path) -> None:
    """Only a sheet has line ends in a column of numbers: the cell is at fault, and those below it keep their rows."""
    file = tmp_path / "a.xlsx"
    values = ["1.234.567", "12\n13", *(str(100 + at) for at in range(40)), "14\n\n"]
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, NEEDED)
        for row in range(1, 31):
            sheet.write_row(row, 0, ["X", f"2019-{row % 12 + 1:02d}", "abc"[row % 3]])
        for at, value in enumerate(values):
            sheet.write_row(31 + at, 0, ["L", f"2019-{at % 12 + 1:02d}", "abcdef"[at // 12], value])
    by_rows, by_columns = both_ways([file], PLANS[0], None)
    assert by_columns == by_rows
    assert [figure.value for figure in by_rows["figures"]] == [1234567, *range(100, 140), 14]


def test_what_says_how_numbers_are_written_may_stand_anywhere_in_a_sheet(tmp_path: Path) -> None:
    """One text among stated numbers decides, be it the last; one that reads both ways stops the file as it ever did."""
    for at, (said, codes) in enumerate({"12,5": [], "12.5": [], "12.500": ["ambiguous-number"]}.items()):
        file = tmp_path / f"{at}.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, NEEDED)
            for row in range(1, 60):
                sheet.write_row(row, 0, ["L", f"2019-{row % 12 + 1:02d}", "abcdef"[row // 12], row])
            sheet.write_row(60, 0, ["X", "2019-01", "a", said])
        by_rows, by_columns = both_ways([file], PLANS[0], None)
        assert by_columns == by_rows
        assert [f.rule.code for f in by_rows["findings"] if f.rule.code == "ambiguous-number"] == codes


def both_ways(files: list[Path], plan: Plan, said: Convention | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is read row by row, and by columns."""
    return read(files, plan, said, 10**9), read(files, plan, said, 0)


def read(files: list[Path], plan: Plan, said: Convention | None, least: int) -> dict[str, Any]:
    with reading(least):
        return said_of(plan, read_inbox(map(str, files), plan, Options(numbers=said)))


HEADER = "indicator,period,area,value\n"
WHOLE = {
    "no row is sound": HEADER + "".join(f"Q{n % 3},2019-{n % 12 + 1:02d},a,{n}\n" for n in range(90)),
    "nothing is reported": HEADER + "".join(f"L,2019-{n % 12 + 1:02d},{'abcdef'[n // 12]},\n" for n in range(70)),
    "all is of last year": HEADER + "".join(f"L,2018-{n % 12 + 1:02d},{'abcdef'[n // 12]},{n}\n" for n in range(70)),
    "one row is of this year": HEADER
    + "".join(f"L,2018-{n % 12 + 1:02d},a,{n}\n" for n in range(70))
    + "L,2019-01,a,5\n",
    "a program numbers the rows": f",{HEADER}"
    + "".join(f"{n},L,2019-{n % 12 + 1:02d},{'abcdef'[n // 12]},{n}\n" for n in range(70)),
    "a first column has numbers that do not run": f",{HEADER}"
    + "".join(f"{n % 9},L,2019-{n % 12 + 1:02d},{'abcdef'[n // 12]},{n}\n" for n in range(70)),
    "no period can be read": HEADER + "".join(f"L,{n}/{n},a,{n}\n" for n in range(90)),
}


@pytest.mark.parametrize("name", WHOLE)
def test_files_that_are_of_one_kind_throughout(name: str, tmp_path: Path) -> None:
    """A file without one sound row, or of another year, gives what reading it row by row gives."""
    file = tmp_path / "a.csv"
    file.write_text(WHOLE[name], encoding="utf-8")
    by_rows, by_columns = both_ways([file], PLANS[0], None)
    assert by_columns == by_rows


def test_a_file_of_nothing_but_faults_is_not_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is judged some rows at a time; none of it goes the way of short files, which have all their cells at once."""
    file = tmp_path / "a.csv"
    file.write_text(WHOLE["no row is sound"], encoding="utf-8")
    monkeypatch.setattr(inbox, "read_submission", None)
    found = read([file], PLANS[0], None, 0)["findings"]
    assert [one.place.line for one in found] == list(range(2, 92))


@pytest.mark.parametrize("last", ["", 'L,2019-01,a,1.5\nL,2019-02,a,"2,5"\n'])
def test_findings_put_aside_are_not_put_aside_twice(last: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file is begun by columns and then read again row by row, every finding is there once."""
    monkeypatch.setattr("vinhchau_kpi.finding.KEPT", 5)
    file = tmp_path / "a.csv"
    file.write_text(WHOLE["no row is sound"] + last, encoding="utf-8")
    lines = []
    for least in (0, 10**9):
        with reading(least):
            found = read_inbox([str(file)], PLANS[0], Options(beyond=Shelf())).findings
        lines.append(sorted((one.rule.code, one.place) for one in found.every()))
    assert lines[0] == lines[1]


def test_how_a_target_is_written_counts(tmp_path: Path) -> None:
    """A target written the other way stops the file: its numbers could then mean something else."""
    rows = [f"L,2019-{n % 12 + 1:02d},{'abcdef'[n // 12 % 6]},{n}.5," for n in range(70)]
    rows[60] = rows[60] + '"1.200,0"'
    file = tmp_path / "a.csv"
    file.write_text("indicator,period,area,value,target\n" + "\n".join(rows), encoding="utf-8")
    by_rows, by_columns = both_ways([file], PLANS[0], None)
    assert by_columns == by_rows
    assert by_columns["figures"] == ()
    assert "mixed-conventions" in {one.rule.code for one in by_columns["findings"]}


def test_a_long_and_a_short_file(tmp_path: Path) -> None:
    """What only the short file tells of, of an area that only it names, stands beside what the ledger holds."""
    long, short = tmp_path / "long.csv", tmp_path / "short.csv"
    rows = [f"X,2019-{n % 12 + 1:02d},khu {n // 12},{n}" for n in range(200)]
    long.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    short.write_text(HEADER + "L,2019-01,elsewhere,1000\nX,2019-02,khu 1,7\n", encoding="utf-8")
    least = short.stat().st_size + 1
    by_rows, by_columns = (read([long, short], PLANS[1], None, size) for size in (10**9, least))
    assert by_columns == by_rows
    assert len(by_columns["figures"]) == 202


def test_cells_in_quotation_marks_from_the_first_line_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that puts every cell in quotation marks is read by columns too."""
    file = tmp_path / "a.csv"
    rows = [f"L,2019-{n % 12 + 1:02d},{'abcdef'[n // 12 % 6]},{n}" for n in range(70)]
    lines = [",".join(f'"{cell}"' for cell in line.split(",")) for line in [HEADER.strip(), *rows]]
    file.write_text("\n".join(lines), encoding="utf-8")
    expected = read([file], PLANS[0], None, 10**9)
    monkeypatch.setattr(inbox, "read_submission", None)
    assert read([file], PLANS[0], None, 0) == expected


def test_behind_a_sum_figures_stand_as_in_the_files(tmp_path: Path) -> None:
    """The figures behind an amount are told by file and line, however they were read."""
    areas = "fbdace"
    file = tmp_path / "a.csv"
    rows = [f"L,2019-{n // 6 + 1:02d},{areas[n % 6]},{n + 5}" for n in range(60)]
    file.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    told = []
    for least in (0, 10**9):
        with reading(least):
            known = read_inbox([str(file)], PLANS[0], Options()).figures.known_on(None)
        (row, *_) = [one for one in reports.report(PLANS[0], known, make.period("10")).rows if one.code == "L"]
        told.append([figure.place.line for figure in row.actual.figures[:4]])
    assert told == [[56, 57, 58, 59]] * 2


def plain_rows(count: int) -> list[str]:
    values = [value for value in POOLS["value"] if value.isdigit() and len(value) < 6]
    return [f"X,2019-{n % 12 + 1:02d},{'abcdef'[n // 12 % 6]},{values[n % len(values)]}" for n in range(count)]


@pytest.mark.parametrize(
    "odd", ["X,2019-01,a,1.5", "X,2019-01,a,1,5", "ký tên", 'X,2019-01,a,"7\n8"', "indicator,period,area,value"]
)
@pytest.mark.parametrize("at", [2, 200, 399])
def test_one_odd_row_anywhere(odd: str, at: int, tmp_path: Path) -> None:
    """A row that decides for the whole file does so wherever it stands."""
    file = tmp_path / "a.csv"
    rows = plain_rows(400)
    rows.insert(at, odd)
    file.write_text("\n".join([",".join(NEEDED), *rows, "X,2019-02,a,2.5"]), encoding="utf-8")
    by_rows, by_columns = both_ways([file], PLANS[0], None)
    assert by_columns == by_rows


def test_a_figure_in_several_files_is_told_as_ever(tmp_path: Path) -> None:
    """What stands in two files, alike or not, is found whichever way they are read."""
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for shift, file in enumerate(files):
        rows = [row + str(shift) if n % 50 == 0 else row for n, row in enumerate(plain_rows(144))]
        file.write_text("\n".join([",".join(NEEDED), *rows, ""]), encoding="utf-8")
    by_rows, by_columns = both_ways(files, PLANS[1], None)
    assert by_columns == by_rows
    codes = [one.rule.code for one in by_columns["findings"]]
    assert codes.count("file-twice") == 2
    assert codes.count("conflicting-figures") > 3
