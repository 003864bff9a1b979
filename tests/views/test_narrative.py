from __future__ import annotations

from pathlib import Path
from typing import Any

from handed_on import EVERY_KIND, facts
from make import figure, indicator, known, period, plan

from vinhchau_kpi import report as reports
from vinhchau_kpi.desk import Desk
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.messages import EN, VI, Language
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.report import Report, chosen
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.status import Order
from vinhchau_kpi.views.narrative import narrative

AGENCIES = {"a": {"name": "Phòng A"}}


def of(*rows: Figure, of_plan: Plan, before: tuple[Figure, ...] = (), on: str | None = None) -> Report:
    return reports.report(of_plan, known(*rows, on=on), period("06"), before=known(*before, on=on))


def told(report: Report, language: Language = VI, office: str = "") -> list[str]:
    """The paragraphs between the overall results and the closing sentence."""
    texts = [one.text for one in narrative(report, report, office, language)]
    return texts[texts.index("II. KẾT QUẢ THEO TỪNG LĨNH VỰC" if language is VI else "II. RESULTS BY SECTION") + 2 : -1]


def an_indicator(**facts: Any) -> Plan:
    return plan(indicator(name="Sản lượng", lead="a", **facts), agencies=AGENCIES)


def test_a_flow_is_told_as_offices_tell_it() -> None:
    """What was reached, what that is of the plan, and of the same period of last year."""
    report = of(
        figure("06", "100", cumulative="700"),
        of_plan=an_indicator(),
        before=(figure("06", cumulative="400")._replace(period=Period(2018, 6, 6)),),
    )
    assert told(report) == ["Sản lượng đạt 700 tấn, đạt 58,33% kế hoạch năm, bằng 175,00% so với cùng kỳ."]
    assert told(report, EN) == [
        "Sản lượng reached 700 tấn, 58.33% of the year's plan, 175.00% of the same period last year."
    ]


def test_what_must_be_known_of_a_number_stands_beside_it() -> None:
    """An estimate is “ước”; the months that are missing are named, in words."""
    report = of(figure("Q1", "700"), figure("06", "100", kind=Kind.ESTIMATE), of_plan=an_indicator())
    assert told(report) == [
        "Sản lượng ước đạt 800 tấn, đạt 66,67% kế hoạch năm (chưa có số liệu: tháng 4/2019, tháng 5/2019).",
        "Chỉ tiêu chưa có hoặc chưa đủ số liệu:",
        "Phòng A: Sản lượng (tháng 4/2019, tháng 5/2019).",
    ]


def test_what_is_behind_says_by_how_much_and_who_leads_it() -> None:
    """The percent, what was to be expected, what is lacking of the plan, the agency."""
    _, *behind = told(of(figure("06", "1", cumulative="300"), of_plan=an_indicator()))
    assert behind == [
        "Chỉ tiêu chậm tiến độ hoặc không đạt:",
        "Sản lượng: mới đạt 25,00% kế hoạch năm (mức cần đạt đến nay 50,00%); còn thiếu 900 tấn so với kế hoạch năm; đơn vị chủ trì: Phòng A.",
    ]


def test_what_is_missing_stands_under_who_owes_it() -> None:
    """What nobody has reported is named by agency, and is no 0."""
    assert told(of(figure("06", "1", "Y"), of_plan=an_indicator())) == [
        "Chỉ tiêu chưa có hoặc chưa đủ số liệu:",
        "Phòng A: Sản lượng.",
    ]


def test_parts_are_told_in_the_sentence_of_their_whole() -> None:
    """A whole and its parts are one sentence; a part whose whole is not reported has one of its own."""
    part = indicator("X.1", name="tôm", target={"at_least": "600"}, children=[indicator("X.1.1", name="tôm sú")])
    of_plan = an_indicator(children=[part], parts="partial")
    both = (figure("06", cumulative="400", code="X.1"), figure("06", cumulative="200", code="X.1.1"))
    assert told(of(figure("06", cumulative="700"), *both, of_plan=of_plan))[0] == (
        "Sản lượng đạt 700 tấn, đạt 58,33% kế hoạch năm; trong đó: tôm đạt 400 tấn, đạt 66,67% kế hoạch năm;"
        " tôm sú đạt 200 tấn, đạt 16,67% kế hoạch năm."
    )
    assert told(of(*both, of_plan=of_plan))[0].startswith("tôm đạt 400 tấn")


def test_a_percent_is_held_against_the_plan_itself() -> None:
    """A percent of a percent would be read as points: the plan is said, and the verdict; below a ceiling is no “vượt”."""
    share = {"unit": "pc", "measure": "level"}
    floor, ceiling = (
        an_indicator(**share, target={"at_least": "98"}),
        an_indicator(**share, target={"at_most": "9.08"}),
    )
    assert told(of(figure("06", "96.5"), of_plan=floor)) == [
        "Sản lượng đạt 96,5% (kế hoạch năm 98%), chưa đạt kế hoạch."
    ]
    assert told(of(figure("06", "9"), of_plan=ceiling)) == [
        "Sản lượng ở mức 9% (kế hoạch năm không quá 9,08%), tốt hơn kế hoạch."
    ]


def test_promises_are_counted_and_the_open_ones_named() -> None:
    """A promise whose day has passed is named with its day and who leads it; of the silent ones the agencies are counted."""
    promises = [
        {"code": "P", "name": "họp dân", "lead": "a", "due": "2019-05-01"},
        *({"code": f"Q{n}", "name": "khác", "lead": "a"} for n in "12"),
    ]
    of_plan = plan(commitments=promises, agencies=AGENCIES)
    paragraphs = told(of(figure("06", "0", "P"), figure("06", cumulative="700"), of_plan=of_plan))
    assert paragraphs[1:] == [
        "Về nhiệm vụ: chưa có số liệu 2; chưa thực hiện, quá hạn 1.",
        "họp dân: chưa thực hiện, quá hạn; hạn 01/05/2019; đơn vị chủ trì: Phòng A.",
        "Nhiệm vụ chưa có báo cáo, theo đơn vị: Phòng A (2).",
    ]


def test_a_name_is_told_whole() -> None:
    """A paper clips no name, however long."""
    long = "Tổng sản lượng " * 20 + "cuối"
    report = of(figure("06", cumulative="700"), of_plan=plan(indicator(name=long)))
    assert told(report)[0].startswith(f"{long} đạt 700 tấn")


def test_every_number_of_every_kind_is_told() -> None:
    """In whatever order rows are shown, each indicator with a value is told once, in the plan's order."""
    desk = Desk(VI, Settings(plan=Path(EVERY_KIND[2]), actuals=[EVERY_KIND[4]]))
    report = desk.report(desk.known_on(None), period("02"), [])
    paragraphs = "\n".join(one.text for one in narrative(report, chosen(report, (), Order.PERCENT), "Văn phòng", VI))
    for row in facts(EVERY_KIND)["rows"]:
        assert row["value"] is None or paragraphs.count(f"{row['name']} ") + paragraphs.count(f"{row['name']}:") >= 1
    assert "Văn phòng báo cáo kết quả thực hiện đến hết tháng 2/2019 như sau:" in paragraphs
