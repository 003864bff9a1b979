"""Areas left blank: the whole's figure, or somebody's whose area is written once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.columns.test_columns import PLANS, both_ways

from vinhchau_kpi.intake.read.submission import Options, parse_submission

HEADER = "địa bàn;mã chỉ tiêu;kỳ;thực hiện\n"


def read(plan, rows: str, header: str = HEADER):  # type: ignore[no-untyped-def]
    """The figures by code and area, and the lines of those that are not taken for the whole."""
    found = parse_submission(header + rows, "x.csv", plan, Options())
    left = [one.place.line for one in found.findings if one.rule.code == "area-left-blank"]
    assert found.rows_left_out == len(left)
    return [(figure.code, figure.area) for figure in found.figures], left


WRITTEN_ONCE = {
    "one commune, its name at the top": (
        "xã Hòa Đông;KT-02;T6/2019;4,5\n;KT-06;T6/2019;3\n;LD-02;T6/2019;12\n",
        [3, 4],
    ),
    "a block for each commune": (
        "xã Hòa Đông;KT-02;T6/2019;4,5\n;KT-06;T6/2019;3\nxã Lai Hòa;KT-02;T6/2019;4\n;KT-06;T6/2019;3\n",
        [3, 5],
    ),
    "months below the name": (
        "xã Hòa Đông;KT-02;T5/2019;4,5\n;KT-02;T6/2019;3\nxã Lai Hòa;KT-02;T5/2019;4\n;KT-02;T6/2019;3\n",
        [3, 5],
    ),
    "a last row that is not the sum": (
        "xã Hòa Đông;KT-02;T6/2019;4\nxã Lai Hòa;KT-02;T6/2019;3\n;KT-02;T6/2019;9,5\n",
        [4],
    ),
    "a row of its own above": (";;Xã Hòa Đông;\n;KT-02;T6/2019;4,5\n1;;Xã Lai Hòa:;\n;KT-02;T6/2019;3\n", [3]),
}
OF_THE_WHOLE = {
    "no area anywhere": ";KT-02;T6/2019;4,5\n;KT-06;T6/2019;3\n",
    "one thing of the whole, another by area": (
        ";KT-06;T6/2019;9,5\nxã Hòa Đông;KT-02;T6/2019;4\nxã Lai Hòa;KT-02;T6/2019;3\n;LD-02;T6/2019;5\n"
    ),
    "areas first": "xã Hòa Đông;KT-02;T6/2019;4,5\nxã Lai Hòa;KT-02;T6/2019;3\n;KT-06;T6/2019;9\n;LD-02;T6/2019;5\n",
    "the whole above its areas, one after the other": "".join(
        f";{code};T6/2019;9,5\nxã Hòa Đông;{code};T6/2019;4\nxã Lai Hòa;{code};T6/2019;3\n"
        for code in ("KT-02", "KT-06")
    ),
    "the sum below its areas": "xã Hòa Đông;KT-02;T6/2019;4,5\nxã Lai Hòa;KT-02;T6/2019;3\n;KT-02;T6/2019;7,5\n",
    "the whole by its name": "xã Hòa Đông;KT-02;T6/2019;4,5\nToàn thị xã;KT-06;T6/2019;3\n",
    "headings that are none of areas": ";;I. Xã hội;\n;KT-02;T6/2019;4,5\n;;Kinh tế;\n;KT-06;T6/2019;3\n",
}


@pytest.mark.parametrize("name", WRITTEN_ONCE)
def test_written_once(name: str, plan2019) -> None:  # type: ignore[no-untyped-def]
    """It is not the whole's, and each row says so."""
    rows, lines = WRITTEN_ONCE[name]
    if name == "a row of its own above":
        header = "stt;mã chỉ tiêu;chỉ tiêu;thực hiện tháng 6/2019\n"
        rows = rows.replace("T6/2019", "")
        lines = [3, 5]
        assert read(plan2019, rows, header) == ([], lines)
        return
    figures, left = read(plan2019, rows)
    assert left == lines
    assert all(area is not None for _, area in figures)


@pytest.mark.parametrize("name", OF_THE_WHOLE)
def test_of_the_whole(name: str, plan2019) -> None:  # type: ignore[no-untyped-def]
    """It is taken, without a word."""
    figures, left = read(plan2019, OF_THE_WHOLE[name])
    assert not left
    assert any(area is None for _, area in figures)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("LXX"),
            st.sampled_from(["2019-01", "2019-02"]),
            st.sampled_from(["", "", "a", "b", "c", "toàn xã"]),
        ),
        min_size=1,
        max_size=9,
    ),
    heading=st.sampled_from([None, None, "a", "Xã hội"]),
    at=st.integers(0, 9),
)
def test_by_columns_and_by_rows(  # type: ignore[no-untyped-def]
    rows, heading: str | None, at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A long file is read as a short one is, wherever areas are left blank."""
    file = Path(tmp_path_factory.mktemp("blanks")) / "a.csv"
    lines = [f"{code},{period},{area},{n}" for n, (code, period, area) in enumerate(rows)]
    if heading is not None:
        lines.insert(at, f",,{heading},")
    file.write_text("indicator,period,area,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    by_rows, by_columns = both_ways([file], PLANS[0], None)
    assert by_columns == by_rows
