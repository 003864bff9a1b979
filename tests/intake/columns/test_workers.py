"""Reading in several processes gives what reading in one gives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.columns.test_columns import NEEDED, PLANS, POOLS, said_of, text_of

from vinhchau_kpi.intake import inbox
from vinhchau_kpi.intake.columns import stretches, workers
from vinhchau_kpi.intake.columns.stretches import parts_of
from vinhchau_kpi.intake.cut import spoiled
from vinhchau_kpi.intake.inbox import read_inbox
from vinhchau_kpi.intake.open.files import Source
from vinhchau_kpi.intake.read.submission import Options
from vinhchau_kpi.plan import Plan

pytestmark = [
    pytest.mark.skipif(not workers.is_start_cheap(), reason="processes begin anew here"),
    # pytest-xdist has threads; the program has none when it starts its processes.
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]


@contextmanager
def processes(count: int) -> Iterator[None]:
    """Small files are read as large ones are: cut into parts, by so many processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "LEAST_BYTES", 0)
        patch.setattr(inbox, "MUCH", 0 if count > 1 else 10**12)
        patch.setattr(workers, "cores", lambda: count)
        patch.setattr(stretches, "LEAST_PART", 1500)
        patch.setattr(stretches, "COUNTED", 700)
        patch.setattr(stretches, "BLOCK", 1500)
        for module, name in ((spoiled, "ROWS"), (stretches, "LOOKED_THROUGH")):
            patch.setattr(module, name, 21)
        yield


def read(files: list[Path], plan: Plan, count: int) -> dict[str, Any]:
    with processes(count):
        return said_of(plan, read_inbox(map(str, files), plan, Options()))


@settings(deadline=None, max_examples=30, derandomize=True)
@given(seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=3), plan=st.sampled_from(PLANS))
def test_one_process_and_three(seeds: list[int], plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same figures, findings, places and reports, whatever is in the files and wherever they are cut."""
    folder = tmp_path_factory.mktemp("workers")
    files = [folder / f"{at}.csv" for at in range(len(seeds))]
    for file, seed in zip(files, seeds, strict=True):
        file.write_bytes(text_of(seed).encode())
    assert read(files, plan, 3) == read(files, plan, 1)


def plain_rows(count: int) -> list[str]:
    values = [value for value in POOLS["value"] if value.isdigit() and len(value) < 6]
    return [f"X,2019-{n % 12 + 1:02d},{'abcdef'[n // 12 % 6]},{values[n % len(values)]}" for n in range(count)]


@pytest.mark.parametrize(
    "odd", ["X,2019-01,a,1.5", "X,2019-01,a,1,5", "ký tên", 'X,2019-01,a,"7\n8"', "indicator,period,area,value"]
)
@pytest.mark.parametrize("at", [2, 200, 399])
def test_one_odd_row_anywhere(odd: str, at: int, tmp_path: Path) -> None:
    """A row that decides for the whole file does so from whichever part it stands in."""
    file = tmp_path / "a.csv"
    rows = plain_rows(400)
    rows.insert(at, odd)
    file.write_text("\n".join([",".join(NEEDED), *rows, "X,2019-02,a,2.5"]), encoding="utf-8")
    assert read([file], PLANS[0], 2) == read([file], PLANS[0], 1)


def test_a_figure_in_two_files_is_told_as_ever(tmp_path: Path) -> None:
    """Each file is put into a ledger of its own first; what stands in both is found when they are put together."""
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for shift, file in enumerate(files):
        rows = [row + str(shift) if n % 50 == 0 else row for n, row in enumerate(plain_rows(144))]
        file.write_text("\n".join([",".join(NEEDED), *rows, ""]), encoding="utf-8")
    told = read(files, PLANS[1], 2)
    assert told == read(files, PLANS[1], 1)
    codes = [one.rule.code for one in told["findings"]]
    assert codes.count("doubled-figure") > 100
    assert codes.count("conflicting-figures") > 3


def test_parts_are_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laid end to end the parts are the file; each begins where a line does, and knows which."""
    monkeypatch.setattr(stretches, "LEAST_PART", 50)
    monkeypatch.setattr(stretches, "LOOKED_THROUGH", 0)
    file = tmp_path / "a.csv"
    for ending in ("", "\n"):
        text = "\n".join("x" * (n * 7 % 60) for n in range(100)) + ending
        file.write_text(text, encoding="utf-8")
        for count, counted in ((1, 64), (2, 64), (5, 17), (40, 3000)):
            monkeypatch.setattr(stretches, "COUNTED", counted)
            parts = parts_of(Source(file), count)
            assert [part.begin for part in parts] == [0, *(part.end for part in parts[:-1])]
            assert parts[-1].end is None
            assert min(count, 2) <= len(parts) <= count
            for part in parts:
                assert text[: part.begin].count("\n") == part.line - 1
                assert part.begin == 0 or text[part.begin - 1] == "\n"


def test_a_process_that_dies_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was to read is read by the program itself."""
    file = tmp_path / "a.csv"
    file.write_text("\n".join([",".join(NEEDED), *plain_rows(400)]), encoding="utf-8")
    expected = read([file], PLANS[0], 1)
    monkeypatch.setattr(workers, "_pour", die)
    assert read([file], PLANS[0], 2) == expected


def die(*_: object) -> None:
    os._exit(1)


def test_without_processes_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system lets none be started, the files are read one after the other."""
    files = [tmp_path / name for name in ("a.csv", "b.csv")]
    for file in files:
        file.write_text("\n".join([",".join(NEEDED), *plain_rows(50)]), encoding="utf-8")
    expected = read(files, PLANS[0], 1)

    def refuse(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    assert read(files, PLANS[0], 2) == expected
