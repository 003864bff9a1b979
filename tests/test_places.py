"""What places are called: the whole, and two spellings of one area."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.columns.test_columns import PLANS, both_ways

from vinhchau_kpi.intake.read.cells import RowFault
from vinhchau_kpi.intake.read.parties import Areas
from vinhchau_kpi.places import NamedPlaces, called_whole, whole_in
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.planvalue import Text

WHOLES = (
    "Toàn xã", "TOÀN PHƯỜNG", "cả thị trấn", "toàn đặc khu", "Toàn huyện", "toan  quan", "toàn thị xã", "Toàn thành phố", "cả tỉnh",
    "toàn địa bàn", "toàn địa bàn huyện", "Tổng cộng", "TỔNG SỐ:", "Cộng", "Tổng cộng toàn xã", "tất cả các xã", "whole town",
    "The whole of the commune", "Total", "all wards", "Chung", "CỘNG CHUNG:", "Chung toàn huyện", "Tổng cộng (10 xã, phường)",
)  # fmt: skip


@pytest.mark.parametrize("text", WHOLES)
def test_the_whole_is_no_area(text: str, plan2019: Plan) -> None:
    """“Toàn” and any kind of unit, a total: the whole, whether the plan lists areas or not."""
    for plan in (plan2019, PLANS[0].model_copy(update={"areas": {}})):
        assert Areas(plan).named(text) is None


@pytest.mark.parametrize(
    "text", ["Toàn Thắng", "xã Toàn Thắng", "Cà Mau", "Tổng Cọt", "xã Cộng Hòa", "Tân Toàn", "Chung Sơn"]
)
def test_names_that_look_like_a_whole(text: str) -> None:
    """They are names."""
    assert whole_in(text) is None
    assert Areas(PLANS[0].model_copy(update={"areas": {}})).named(text) == text


def test_the_whole_under_its_own_name(plan2019: Plan) -> None:
    """The plan's own place is the whole; one commune with “toàn” before it is that commune, and unclear where none are
    listed. The plan may say what it calls the whole."""
    areas = Areas(plan2019)
    assert [areas.named(one) for one in ("Toàn thị xã Vĩnh Châu", "thị xã", "Thị xã Vĩnh Châu")] == [None] * 3
    assert areas.named("toàn xã Hòa Đông") == "hoa-dong"
    bare = plan2019.model_copy(update={"areas": {}})
    for unclear in ("toàn xã Hòa Đông", "tổng cộng các xã", "Vĩnh Châu", "Cấp huyện"):
        with pytest.raises(RowFault) as fault:
            Areas(bare).named(unclear)
        assert fault.value.rule.code == "area-unclear"
    said = bare.model_copy(update={"whole": Text(vi="vùng dự án", en="project area")})
    assert [Areas(said).named(one) for one in ("Vùng Dự Án", "PROJECT AREA", "Toàn xã")] == [None] * 3


def test_what_the_whole_is_called() -> None:
    """By who issued the plan; else by no kind."""
    assert called_whole("UBND xã Hòa Đông, huyện Mỹ Xuyên") == ("toàn xã", "whole commune")
    assert called_whole("Ủy ban nhân dân thị xã Vĩnh Châu") == ("toàn thị xã", "whole town")
    assert called_whole("Trung tâm Y tế") == ("toàn địa bàn", "whole area")


def test_spellings_of_one_area() -> None:
    """Case, marks left out, where a tone stands, spaces and the kind do not make two areas; it is called as first written."""
    places = NamedPlaces()
    for text in ("Hòa Đông", "xã Hoà Đông", "HÒA  ĐÔNG", "hoa dong", "X. Hòa Đông", "Hòa Đông commune"):
        assert places.named(text) == ("Hòa Đông",)
    assert places.named("Tinh Nhuệ") == places.named("xã Tinh Nhuệ") == ("Tinh Nhuệ",)
    assert places.named("Mỹ An") == places.named("Mĩ An")
    assert not places.likes


@pytest.mark.parametrize(
    ("one", "other", "either"),
    [
        ("phường 1", "xã 1", "1"),
        ("Tân Thành", "Tân Thạnh", "tan thanh"),
        ("TT. Lịch Hội Thượng", "xã Lịch Hội Thượng", "lich hoi thuong"),
    ],
)
def test_two_areas_of_nearly_one_name(one: str, other: str, either: str) -> None:
    """Two kinds, or two words without their marks alike, are two areas, and that is told; what could be either is neither."""
    places = NamedPlaces()
    assert (places.named(one), places.named(other)) == ((one,), (other,))
    assert places.likes == {other: one}
    assert places.named(either) == (one, other)


def test_by_columns_and_by_rows(tmp_path: Path) -> None:
    """Long files of a plan without areas give what reading them row by row gives, under the same names, warnings included;
    one file's spelling is another's."""
    rows = [f"L,2019-{n % 12 + 1:02d},xã {'ABCDEF'[n // 12]}a,{n}" for n in range(72)]
    first = [
        *rows,
        "L,2019-01,phường Aa,5",
        "L,2019-01,Toàn xã,7",
        "X,2019-02,AA,7",
        "X,2019-02,Fă,7",
        "X,2019-03,fa,1",
    ]
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file, lines in zip(files, (first, [one.replace("xã ", "").replace("L,", "X,") for one in rows]), strict=True):
        file.write_text("indicator,period,area,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    plan = PLANS[0].model_copy(update={"areas": {}})
    by_rows, by_columns = both_ways(files, plan, None)
    assert by_columns == by_rows
    assert "areas-alike" in {one.rule.code for one in by_rows["findings"]}
    assert {figure.area for figure in by_rows["figures"]} >= {None, "xã Aa", "phường Aa", "xã Fa"}
