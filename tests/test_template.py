from __future__ import annotations

import csv
from fractions import Fraction
from io import StringIO

import pytest
from make import figure, indicator, known, period, plan

from vinhchau_kpi.coverage import coverage
from vinhchau_kpi.figure import Figure
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.forms.template import csv_text
from vinhchau_kpi.intake.read.submission import Options, parse_submission
from vinhchau_kpi.messages import EN, VI, Language
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.template import owed

PLAN = plan(
    indicator("M", lead="kt", target={"at_least": "28500.5"}),
    indicator("Q", lead="yt", every="quarter", target={"between": ["2", "4"]}),
    indicator("R", lead="yt", every="year", revisions=[{"on": "2019-07-12", "target": {"at_least": "1800"}}]),
    agencies={"kt": {"name": "Kinh tế"}, "yt": {"name": "Y tế"}},
    commitments=[
        {"code": "P", "name": {"vi": "lời hứa", "en": "promise"}, "lead": "kt"},
        {"code": "D", "name": "có hạn", "lead": "kt", "due": "2019-03-31"},
    ],
    rounds=[{"id": "R1", "name": "Đợt I", "from": "2019-01", "to": "2019-06"}],
)


def cells(of: Plan, when: str, language: Language) -> list[dict[str, str]]:
    text = csv_text(of, owed(of, period(when), None), language)
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("when", "agency", "expected"),
    [
        ("02", None, ["M 2019-02"]),
        ("03", None, ["M 2019-03", "Q 2019-Q1", "D 2019-03"]),
        ("Q1", "kt", ["M 2019-01", "M 2019-02", "M 2019-03", "D 2019-Q1"]),
        ("06", "kt", ["M 2019-06", "P 2019-06", "D 2019-06"]),
        ("03", "yt", ["Q 2019-Q1"]),
        ("12", "yt", ["Q 2019-Q4", "R 2019"]),
        ("02", "yt", []),
    ],
)
def test_owed(when: str, agency: str | None, expected: list[str]) -> None:
    """A template has a row for each figure due in the period from that agency, then its commitments: one with a day from that
    day on, any other at the end of a round and of the year."""
    assert [f"{one.subject.code} {one.period}" for one in owed(PLAN, period(when), agency)] == expected


def test_printed() -> None:
    """A row prints what the plan says, with a decimal comma and a period that Excel leaves alone; the rest is blank."""
    first, second, _ = cells(PLAN, "03", EN)
    assert first == {
        "indicator": "M", "name": "name of M", "unit": "tấn", "target": "28500,5", "previous period": "", "cumulative before": "", "period": "T3/2019", "value": "",
        "cumulative": "", "numerator": "", "denominator": "", "area": "", "agency": "Kinh tế", "kind": "",
        "reported_on": "", "note": "",
    }  # fmt: skip
    assert (second["period"], second["target"]) == ("quý I/2019", "")
    promise = cells(PLAN, "06", EN)[2]
    assert (promise["name"], promise["unit"], promise["target"]) == ("promise", "yes/no", "")


def test_a_promise_that_is_kept_is_not_asked_for_again() -> None:
    """A commitment with a day is asked for until somebody has said that it is carried out."""
    for said, asked in (("0", ["D"]), ("1", [])):
        rows = owed(PLAN, period("07"), "kt", known(figure("04", said, "D")))
        assert [one.subject.code for one in rows if one.subject.code in "PD"] == asked


def test_what_is_still_owed_has_a_row() -> None:
    """What was due before and is not there follows, oldest first, of areas those that have not sent it; nothing later, nor another's."""
    rows = [figure("01", "5", "M"), figure("03", "5", "M"), figure("02", "7", "M")]
    found = coverage(PLAN, PlainFigures((rows[0], rows[1])), period("2019-5M"))
    owing = [due for of in found.agencies for due in of.owing]
    expected = ["M 2019-04", "Q 2019-Q1", "M 2019-02"]
    assert sorted(f"{due.indicator.code} {due.period}" for due in owing if due.period.last < 5) == sorted(expected)
    asked = [f"{one.subject.code} {one.period}" for one in owed(PLAN, period("05"), "kt", known(*rows), owing)]
    assert asked == ["M 2019-05", "D 2019-05", "M 2019-02", "M 2019-04"]


def test_what_is_usual() -> None:
    """What adds up goes on at its pace by the season; a level stays; nothing is said where something is missing."""
    made = plan(
        indicator("F", profile="late"),
        indicator("L", measure="level"),
        profiles={"late": ["0", "10", "20", *["100"] * 9]},
    )

    def usual(when: str, *rows: Figure) -> list[Fraction | None]:
        return [one.usual for one in owed(made, period(when), None, known(*rows))]

    levels = [figure(month, "9", "L") for month in ("01", "02", "03")]
    assert usual("03", figure("01", "0", "F"), figure("02", "30", "F"), *levels) == [30, 9]
    assert usual("04", *(figure(month, "20", "F") for month in ("01", "02", "03")), *levels) == [240, 9]
    assert usual("03", figure("02", "30", "F")) == [None, None]
    assert usual("01") == [None, None]


def test_target_in_force() -> None:
    """The target printed is the one in force at the period's end."""
    assert [one["target"] for one in cells(PLAN, "12", EN) if one["indicator"] == "R"] == ["1800"]


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("when", ["06", "Q4", "H1", "2019"])
def test_template_comes_back(plan2019: Plan, language: Language, when: str) -> None:
    """An empty template is read without a fault, and filled in gives a figure for every row."""
    text = csv_text(plan2019, owed(plan2019, period(when), None), language)
    empty = parse_submission(text, "t.csv", plan2019, Options())
    assert [one.rule.code for one in empty.findings] == ["nothing-reported"]

    head, *rows = csv.reader(StringIO(text, newline=""), delimiter=";")
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows([[*row[:7], "1", *row[8:]] for row in rows])
    filled = parse_submission(out.getvalue(), "t.csv", plan2019, Options())
    assert [one.message(EN) for one in filled.findings] == []
    assert len(filled.figures) == len(rows)


ALLOCATED = plan(
    indicator("A", allocations={"a": "800", "b": "400"}, revisions=[{"on": "2019-07-12", "target": {"at_least": "9"}}]),
    indicator("B", allocations={"a": "500"}, allocated="partial"),
    areas="abc",
)


@pytest.mark.parametrize("when", ["06", "07"])
def test_a_row_for_each_area(when: str) -> None:
    """An indicator whose target is given to areas has a row for each that is to report, with its part of the target."""
    found = [(one["indicator"], one["area"], one["target"]) for one in cells(ALLOCATED, when, EN)]
    parts = ("800", "400") if when == "06" else ("", "")
    assert found == [
        ("A", "area a", parts[0]),
        ("A", "area b", parts[1]),
        ("B", "area a", "500"),
        ("B", "area b", ""),
        ("B", "area c", ""),
    ]


def test_a_template_by_area_comes_back() -> None:
    """Filled in, it gives a figure for each row; an area's part of the target beside another area is not the plan's."""
    text = csv_text(ALLOCATED, owed(ALLOCATED, period("06"), None), EN)
    head, *rows = csv.reader(StringIO(text, newline=""), delimiter=";")
    filled = [[*row[:7], "1", *row[8:]] for row in rows]

    def sent(rows: list[list[str]]) -> list[str]:
        out = StringIO()
        csv.writer(out, delimiter=";").writerows([head, *rows])
        found = parse_submission(out.getvalue(), "t.csv", ALLOCATED, Options())
        return [one.rule.code for one in found.findings] or [figure.area or "" for figure in found.figures]

    assert sent(filled) == ["a", "b", "a", "b", "c"]
    assert sent([[*filled[0][:11], "area b", *filled[0][12:]]]) == ["target-differs"]


def test_names_that_look_like_formulas_come_back() -> None:
    """A name that begins with -, +, = or a number of the list, of an indicator, an agency or an area, is known again."""
    names = {"D": "- Lúa", "P": "+ Ngô", "E": "=Khoai", "N": "1.1. Mía"}
    made = plan(
        *(
            indicator(code, lead="x", allocations={"a": "1"}, name={"vi": name, "en": name})
            for code, name in names.items()
        ),
        agencies={"x": {"name": "+ Phòng X"}},
        areas="a",
    )
    head, *rows = csv.reader(StringIO(csv_text(made, owed(made, period("06"), None), VI), newline=""), delimiter=";")
    out = StringIO()
    csv.writer(out, delimiter=";").writerows([head, *([*row[:7], "1", *row[8:]] for row in rows)])
    found = parse_submission(out.getvalue(), "t.csv", made, Options())
    assert [one.rule.code for one in found.findings] == []
    assert [(figure.code, figure.area, figure.agency) for figure in found.figures] == [
        (code, "a", "x") for code in names
    ]
