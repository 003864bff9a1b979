"""Two long files read together: what comes out is what reading each by itself gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from vinhchau_kpi.checks import versions
from vinhchau_kpi.figures import Figures, PlainFigures
from vinhchau_kpi.filediff import FigureChange, file_diff
from vinhchau_kpi.intake.columns import pair
from vinhchau_kpi.intake.open.files import Source
from vinhchau_kpi.intake.read.submission import Options, Submission, read_submission
from vinhchau_kpi.plan import Plan

TOP = "mã;kỳ;thực hiện;lũy kế;địa bàn;ngày báo cáo;ghi chú\n" + "\n" * pair.HEADER_WITHIN
CODES = ["KT-02", "kt-03", "LD-01", "GD-10"]
PERIODS = ["T1/2019", "1/2019", "2019-02", "tháng 3/2019"]
AREAS = ["", "Phường 1", "phuong 1", "xã Hòa Đông", "toàn thị xã"]
VALUES = ["1", "2", "28.500", "9,5", "…", "", "1.234.567"]
ROWS = st.builds(
    lambda *cells: ";".join(cells),
    st.sampled_from(CODES),
    st.sampled_from(PERIODS),
    st.sampled_from(VALUES) | st.sampled_from([*VALUES, "9.5", "x"]),
    st.sampled_from(["", "", "", "40"]),
    st.sampled_from(AREAS),
    st.sampled_from(["", "15/3/2019", "16/3/2019"]),
    st.sampled_from(["", "ghi chú"]),
)
OTHERS = st.sampled_from(
    [
        "Tổng cộng;;5;;;;",
        ";;;;;;",
        "KT-02;2018-01;5;;;;",
        "không hiểu",
        "mã;kỳ;thực hiện;lũy kế;địa bàn;ngày báo cáo;ghi chú",
    ]
)


def source(folder: Path, name: str, lines: list[str]) -> Source:
    path = folder / name
    path.write_text(TOP + "\n".join(lines) + "\n", encoding="utf-8")
    return Source(path)


def without_conflicts(plan: Plan, figures: Figures) -> Figures:
    """The figures but those with two values of one day."""
    return figures.without({key for one in versions(plan, figures) if one.is_error for key in one.about})


def compared(plan: Plan, a: Submission, b: Submission, alike: int) -> tuple[list[FigureChange], int]:
    figures = [without_conflicts(plan, PlainFigures(one.figures)) for one in (a, b)]
    found = file_diff(plan, "a", figures[0], "b", figures[1], alike=alike)
    return list(found.rows), found.same


@settings(max_examples=400)
@given(
    common=st.lists(ROWS, min_size=4, max_size=14, unique=True),
    others=st.lists(OTHERS, max_size=1),
    only_a=st.lists(ROWS, max_size=3, unique=True),
    only_b=st.lists(ROWS, max_size=3, unique=True),
    chance=st.randoms(use_true_random=False),
    at_once=st.sampled_from([1, 3, pair.AT_ONCE]),
)
def test_the_same_differences(
    plan2019: Plan,
    tmp_path_factory: pytest.TempPathFactory,
    common: list[str],
    others: list[str],
    only_a: list[str],
    only_b: list[str],
    chance: object,
    at_once: int,
) -> None:
    """The figures that differ, and how many do not, are those that reading both files whole gives, where that is
    possible; a file whose numbers cannot be told is left to be read whole."""
    folder = tmp_path_factory.mktemp("pair")
    lines_a, lines_b = [*common, *others, *only_a], [*others, *common, *only_b]
    chance.shuffle(lines_b)  # type: ignore[attr-defined]
    a, b = source(folder, "a.csv", lines_a), source(folder, "b.csv", lines_b)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair, "LEAST_LINES", 0)
        patch.setattr(pair, "AT_ONCE", at_once)
        together = pair.read_pair(a, b, plan2019, (Options(), Options()))
    whole = [read_submission(one, plan2019, Options()) for one in (a, b)]
    event("together" if together is not None else "each by itself")
    if together is None:
        return
    event("some lines not judged" if together.alike else "all lines judged")
    assert all(one.is_read for one in whole)
    rows, same = compared(plan2019, together.a, together.b, together.alike)
    expected, expected_same = compared(plan2019, whole[0], whole[1], 0)
    assert rows == expected
    if not any(finding.is_error for one in whole for finding in one.findings):
        conflicts = [
            len(PlainFigures(one.figures).rows) - len(without_conflicts(plan2019, PlainFigures(one.figures)).rows)
            for one in whole
        ]
        assert same == expected_same or any(conflicts)


def test_one_text_of_two_numbers(plan2019: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files write numbers in two ways, what they have in common is not the same, and is read."""
    monkeypatch.setattr(pair, "LEAST_LINES", 0)
    common = "KT-02;T1/2019;28.500;;;;"
    a = source(tmp_path, "a.csv", [common, "KT-03;T1/2019;9,5;;;;"])
    b = source(tmp_path, "b.csv", [common, "KT-03;T1/2019;9.5;;;;"])
    assert pair.read_pair(a, b, plan2019, (Options(), Options())) is None


def test_a_correction_of_a_common_line(plan2019: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that both have is read where another tells of the same figure, however that is spelled."""
    monkeypatch.setattr(pair, "LEAST_LINES", 0)
    common = ["KT-02;T1/2019;28;;Phường 1;15/2/2019;", "KT-02;T2/2019;30;;;15/2/2019;", "KT-03;T2/2019;31;;;15/2/2019;"]
    a = source(tmp_path, "a.csv", common)
    b = source(tmp_path, "b.csv", [*common, "kt-02;1/2019;29;;phuong 1;16/3/2019;"])
    found = pair.read_pair(a, b, plan2019, (Options(), Options()))
    assert found is not None
    rows, same = compared(plan2019, found.a, found.b, found.alike)
    assert [(row.a and row.a.value, row.b and row.b.value) for row in rows] == [(28, 29)]
    assert (same, found.alike) == (2, 1)


def test_short_files_are_read_whole(plan2019: Plan, tmp_path: Path) -> None:
    """A file that a clerk would send is judged to its last cell."""
    one = source(tmp_path, "a.csv", ["KT-02;T1/2019;28;;;;"])
    assert pair.read_pair(one, one, plan2019, (Options(), Options())) is None


def test_a_target_that_proves_how_numbers_are_written(
    plan2019: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that both have stays where its target alone shows that a dot is a decimal point."""
    monkeypatch.setattr(pair, "LEAST_LINES", 0)
    top = "mã;kỳ;thực hiện;kế hoạch\n" + "\n" * pair.HEADER_WITHIN
    common = [
        "YT-03;quý I/2019;9;9.08",
        "YT-03;quý II/2019;9;9.08",
        *(f"KT-02;T{month}/2019;{month};28500" for month in range(1, 9)),
    ]
    paths = []
    for name, value in (("a", "1.500"), ("b", "1.600")):
        path = tmp_path / f"{name}.csv"
        path.write_text(top + "\n".join([*common, f"KT-03;T1/2019;{value};"]) + "\n", encoding="utf-8")
        paths.append(Source(path))
    found = pair.read_pair(*paths, plan2019, (Options(), Options()))
    assert found is not None
    rows, same = compared(plan2019, found.a, found.b, found.alike)
    assert [(str(row.a and row.a.value), str(row.b and row.b.value)) for row in rows] == [("1.500", "1.600")]
    assert same == 10


def test_as_many_lines_stay_however_many_are_cut_at_once(
    plan2019: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each kind of number one line is kept for the whole file, not one for each part of it that is cut at a time."""
    monkeypatch.setattr(pair, "LEAST_LINES", 0)
    common = [f"KT-02;T{month}/2019;{month}{area},5;;Phường {area};;" for month in range(1, 13) for area in (1, 2)]
    a = source(tmp_path, "a.csv", [*common, "KT-03;T1/2019;9,5;;;;"])
    b = source(tmp_path, "b.csv", [*common, "KT-03;T1/2019;8,5;;;;"])
    found = []
    for at_once in (1, 5, 1000):
        monkeypatch.setattr(pair, "AT_ONCE", at_once)
        one = pair.read_pair(a, b, plan2019, (Options(), Options()))
        assert one is not None
        found.append((one.a.figures, one.b.figures, one.alike))
    assert found[0] == found[1] == found[2]
