"""Points: single rules with published results, two real scales, a published appraisal, and laws."""

from __future__ import annotations

import csv
import json
import math
import random
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import docx
import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcript import ROOT, kpi

from vinhchau_kpi import period as periods
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.finding import Place
from vinhchau_kpi.intake.read.submission import Options, parse_submission
from vinhchau_kpi.measured import Measured, Measures
from vinhchau_kpi.messages import EN, Message
from vinhchau_kpi.number import rounded
from vinhchau_kpi.plan import Plan
from vinhchau_kpi.scale import Criterion, Entered, Scale, Stage
from vinhchau_kpi.score import Scores, contradictions, score
from vinhchau_kpi.scoring_rules import by_leader, in_band, in_proportion

SCALES = Path(__file__).parent / "scales"


def criterion(**keys: Any) -> Criterion:
    return Criterion.model_validate({"code": "TC", "indicator": "X", **keys})


def peer(percent: Fraction | None) -> Measured:
    return Measured(percent, None, Message(""))


# Single rules

LEADER = [
    # points, actual, target, (actual, target) of the furthest over, exact, shown
    (5, "8", "10", None, "2", "2.00"),
    (5, "10", "10", None, "5/2", "2.50"),
    (5, "20", "10", None, "5", "5.00"),
    (5, "15", "10", ("20", "10"), "15/4", "3.75"),
    (5, "3", "1", ("12", "1"), "65/22", "2.95"),
    (5, "5", "1", ("12", "1"), "75/22", "3.41"),
    (20, "50", "5", ("1", "0.05"), "280/19", "14.74"),
    (20, "66.67", "5", ("1", "0.05"), "15667/950", "16.49"),
    (10, "4", "3", ("100", "75"), "10", "10.00"),
    (10, "2", "1", ("5", "1"), "25/4", "6.25"),
    (10, "2", "1", ("10", "1"), "50/9", "5.56"),
    (10, "1", "1", None, "5", "5.00"),
]
"""Published examples of the rule (Điều 6, cluster of communes' police), and scores stored for that cluster; a tie of leaders
has all points, which a comparison of floats had missed."""


@pytest.mark.parametrize(("points", "actual", "target", "furthest", "exact", "shown"), LEADER)
def test_leader(
    points: int, actual: str, target: str, furthest: tuple[str, str] | None, exact: str, shown: str
) -> None:
    """Half for the target, the rest by the excess over it against the furthest of the cluster, exactly, then rounded once."""
    others = {} if furthest is None else {"b": peer(100 * Fraction(furthest[0]) / Fraction(furthest[1]))}
    found = by_leader(
        criterion(points=str(points), leader={"met": "1/2"}), 100 * Fraction(actual) / Fraction(target), others
    )
    assert (found.low, found.high, found.is_waiting) == (Fraction(exact), Fraction(exact), False)
    assert f"{rounded(found.low, 2)}" == shown


def test_leader_waits_for_a_peer_only_over_the_target() -> None:
    """With a peer missing, a unit over the target has half and more; one below it depends on nobody."""
    rule, missing = criterion(points="10", leader="true"), {"b": peer(None)}
    over, below = (by_leader(rule, Fraction(percent), missing) for percent in (200, 50))
    assert (over.low, over.high, over.is_waiting) == (5, 10, True)
    assert (below.low, below.high, below.is_waiting) == (Fraction(5, 2), Fraction(5, 2), False)


@pytest.mark.parametrize(
    ("percent", "points"), [("155", 5), ("100", 3), ("99.999", 2), ("94.99", 1), ("120", 5), ("110", 4)]
)
def test_bands_of_percent(percent: str, points: int) -> None:
    """An edge belongs to the band that says at_least, and 99.999 % is not 100 %."""
    bands = [
        {"at_least": "120", "points": "5"},
        {"above": "100", "points": "4"},
        {"at_least": "100", "points": "3"},
        {"at_least": "95", "points": "2"},
        {"otherwise": "1"},
    ]
    assert in_band(criterion(points="3", bands=bands), Fraction(percent), {}).low == points


@pytest.mark.parametrize(
    ("percent", "points"), [("70", "7"), ("69.99", "0"), ("100", "10"), ("130", "10"), ("85.5", "8.55")]
)
def test_proportion(percent: str, points: str) -> None:
    """In proportion up to 100 %, nothing below the floor."""
    rule = criterion(points="10", proportion={"zero_below": "70"})
    assert in_proportion(rule, Fraction(percent), {}).low == Fraction(points)


BANDS = "[{above: 98, points: 5}, {at_least: 97, points: 4}, {at_least: 96, points: 3}, {otherwise: 0}]"
COUNTS = "[{at_least: 120, points: 5}, {above: 100, points: 4}, {at_least: 100, points: 3}, {at_least: 95, points: 2}, {otherwise: 1}]"
MEASURED = [
    # points, the rule, actual, target, shown
    (5, f"of: value, bands: {BANDS}", "98.06", "97", "5.00"),
    (5, f"of: value, bands: {BANDS}", "98", "97", "4.00"),
    (5, f"of: value, bands: {BANDS}", "95.99", "97", "0.00"),
    *((3, f"most_added: 2, bands: {COUNTS}", *rest) for rest in (
        ("31", "20", "5.00"), ("20", "20", "3.00"), ("99.999", "100", "2.00"), ("94.99", "100", "1.00"),
    )),
    (10, "proportion: {zero_below: 70}", "70", "100", "7.00"),
    (10, "proportion: {zero_below: 70}", "69.99", "100", "0.00"),
    (10, "proportion: {zero_below: 70}", "85.5", "100", "8.55"),
]  # fmt: skip


def test_every_rule_through_the_command_line(tmp_path: Path) -> None:
    """Each single rule, its indicator and its target written as files, comes out of `kpi score` to the published digit, with the
    line of its figure; a leader's also with that of the furthest."""
    cases = [
        (points, "leader: {met: 1/2}", actual, target, shown, furthest)
        for points, actual, target, furthest, _, shown in LEADER
    ]
    cases += [(*case, None) for case in MEASURED]
    indicators, criteria, figures = [], [], ["indicator;period;area;value"]
    for n, (points, rule, actual, target, _, furthest) in enumerate(cases):
        parts = {"a": target, **({"b": furthest[1]} if furthest else {})}
        whole = sum(map(Decimal, parts.values()))
        indicators.append(
            f"{{code: X{n}, name: X{n}, unit: u, every: year, allocated: partial, target: {{at_least: {whole + 1}}}, allocations: {json.dumps(parts)}}}".replace(
                '"', ""
            )
        )
        criteria.append(f"{{code: T{n}, points: {points}, indicator: X{n}, {rule}}}")
        for unit, value in {"a": actual, **({"b": furthest[0]} if furthest else {})}.items():
            figures.append(f"X{n};2019;{unit};{value.replace('.', ',')}")
    plan = [
        "id: mau", "year: 2019", "units: {u: {name: u}}", "areas: {a: {name: xã a}, b: {name: xã b}}",
        "sections:", "  - id: I", "    indicators:", *(f"      - {one}" for one in indicators),
    ]  # fmt: skip
    total = sum(points for points, *_ in cases)
    scale = ["id: m", "of: areas", f"points: {total}", "parts:", "  - id: I", "    criteria:"]
    scale += [f"      - {one}" for one in criteria]
    for name, lines in (("plan.yaml", plan), ("scale.yaml", scale), ("f.csv", figures)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    where = ("--plan", str(tmp_path / "plan.yaml"), "--actuals", str(tmp_path / "f.csv"))
    units = run("score", "2019", "--scale", str(tmp_path / "scale.yaml"), *where)["units"]
    line = 1
    for (_, _, _, _, shown, furthest), one in zip(cases, units[0]["criteria"], strict=True):
        assert f"{one['points']:.2f}" == shown, one
        own = [line + 1, line + 2] if furthest else [line + 1]
        line = own[-1]
        assert [place["line"] for place in one["figures"]] == (own if "÷" in one["why"] else own[:1])


# Real scales


def run(*arguments: str) -> Any:
    found = kpi(*arguments, "--format", "json", "--lang", "en")
    assert found.stdout, found.stderr
    return json.loads(found.stdout, parse_float=Decimal)


@pytest.mark.parametrize("name", ["tien-giang", "cum-cong-an"])
def test_real_scales_are_sound(name: str) -> None:
    """Two scales that are in use can be written down without a finding."""
    assert run("score", "check", str(SCALES / f"{name}.yaml"), "--plan", str(SCALES / "plan.yaml")) == []


def test_measured_criteria_of_a_real_scale(tmp_path: Path) -> None:
    """98.06 % collected and 31 of 20 planned inspections have 5 points each, as appraised; nothing else is earned by silence."""
    figures = tmp_path / "f.csv"
    rows = ("indicator;period;area;value", "THU-GOM-RAC;2022-12;cai-lay;98,06", "KE-HOACH-KIEM-TRA;2022;cai-lay;31")
    figures.write_text("\n".join(rows), encoding="utf-8")
    entered = tmp_path / "scores.csv"
    entered.write_text("criterion;unit;score;stage\nd1.1;cai-lay;0;appraised\n", encoding="utf-8")
    where = ("--plan", str(SCALES / "plan.yaml"), "--actuals", str(figures), "--scores", str(entered))
    units = run("score", "2022", "--scale", str(SCALES / "tien-giang.yaml"), *where)["units"]
    lines = {line["code"]: line for line in units[0]["criteria"]}
    assert [(lines[code]["points"], lines[code]["state"]) for code in ("c1", "d1")] == [
        (5, "computed"),
        (5, "computed"),
    ]
    assert lines["d1"]["figures"] == [{"file": str(figures), "line": 3}, {"file": str(entered), "line": 2}]
    assert (lines["c2"]["points"], lines["c2"]["low"], lines["c2"]["state"]) == (None, 0, "missing")
    assert (units[0]["state"], units[0]["rank"]) == ("incomplete", None)


def test_a_published_appraisal(tmp_path: Path) -> None:
    """Standard, bonus and what is taken off make the published points, by criterion, by part and together."""
    with (SCALES / "cai-lay-2022.csv").open(encoding="utf-8") as lines:
        published = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    parts: dict[str, list[str]] = defaultdict(list)
    entered = ["mã tiêu chí;đơn vị;chấm;giai đoạn;ngày chấm"]
    for row in published:
        code = row["criterion"]
        items = f'[{{code: "{code}+", each: 1}}, {{code: "{code}-", each: -1}}]'
        parts[row["part"]].append(f'      - {{code: "c{code}", points: {row["standard"]}, items: {items}}}')
        for sign, column in (("+", "bonus_appraised"), ("-", "off_appraised")):
            number = row[column].replace(".", ",")
            entered += [
                f"{code}{sign};huyện Cai Lậy;9;tự chấm;30/11/2022",
                f"{code}{sign};Cai Lậy;{number};thẩm định;9/12/2022",
            ]
    scale = ["id: tt", "of: areas", "points: 100", "clusters: {c: {members: [cai-lay]}}", "parts:"]
    for part, criteria in parts.items():
        scale += [f'  - id: "{part}"', "    criteria:", *criteria]
    (tmp_path / "scale.yaml").write_text("\n".join(scale), encoding="utf-8")
    (tmp_path / "scores.csv").write_text("\n".join(entered), encoding="utf-8")
    where = ("--plan", str(SCALES / "plan.yaml"), "--scores", str(tmp_path / "scores.csv"))
    (unit,) = run("score", "2022", "--scale", str(tmp_path / "scale.yaml"), *where)["units"]
    assert [line["points"] for line in unit["criteria"]] == [Decimal(row["appraised"]) for row in published]
    assert (unit["points"], unit["state"], unit["rank"]) == (TOGETHER, "complete", 1)
    part_of = {f"c{row['criterion']}": row["part"] for row in published}
    by_part: dict[str, Decimal] = defaultdict(Decimal)
    for line in unit["criteria"]:
        by_part[part_of[line["code"]]] += line["points"]
    assert by_part == {part: Decimal(points) for part, points in BY_PART.items()}


TOGETHER = Decimal("118.4")
BY_PART = {
    "1.a": "36", "1.b": "16", "1.c": "26.4", "1.d": "16", "2": "2.5", "3": "12.5", "4": "4", "5": "5",
}  # fmt: skip


# A slow reference, and laws

UNITS = ("a", "b", "c", "d")


def plan_of(allocations: dict[str, str]) -> Plan:
    indicator = {
        "code": "X", "name": "X", "unit": "ha", "every": "year", "target": {"at_least": "40"}, "allocations": allocations,
    }  # fmt: skip
    areas = {unit: {"name": f"xã {unit}"} for unit in UNITS}
    sections = [{"id": "I", "indicators": [indicator]}]
    units = {"ha": {"name": "ha"}}
    return Plan.model_validate({"id": "mau", "year": "2019", "units": units, "areas": areas, "sections": sections})


PLAN = plan_of(dict.fromkeys(UNITS, "10"))


class Rules(NamedTuple):
    """The numbers of a scale with a criterion of each kind: in proportion with a bonus, by the leader, by bands, by cases."""

    proportion: int = 10
    zero_below: str | None = "70"
    each: str = "0.1"
    over: str = "100"
    steps: str = "whole"
    most: str = "2"
    leader: int = 20
    met: str = "1/2"
    bands: tuple[int, int, int] = (5, 4, 0)
    edges: tuple[str, str] = ("98", "97")
    is_above: bool = True
    cases: int = 10
    off: tuple[str, str | None, str | None] = ("0.5", "2", "3")
    added: tuple[str, str | None] = ("1.25", "4")
    round: int = 2

    @property
    def most_of(self) -> dict[str, Decimal]:
        """The most that each criterion can come to; nobody has more than nine cases."""
        bonus = 9 * Decimal(self.added[0])
        capped = bonus if self.added[1] is None else min(bonus, Decimal(self.added[1]))
        return {
            "P": self.proportion + Decimal(self.most), "L": Decimal(self.leader), "B": Decimal(self.bands[0]), "T": self.cases + capped,
        }  # fmt: skip

    @property
    def points(self) -> int:
        return self.proportion + self.leader + self.bands[0] + self.cases


def scale_of(rules: Rules) -> Scale:
    first, second, third = map(str, rules.bands)
    least = {"zero_below": rules.zero_below} if rules.zero_below is not None else {}
    limits = {"most_off": rules.off[2], "most_added": rules.added[1]}
    criteria = [
        {
            "code": "P", "points": str(rules.proportion), "indicator": "X", "proportion": least,
            "items": [{"each": rules.each, "over": rules.over, "most": rules.most, "steps": rules.steps}],
        },
        {"code": "L", "points": str(rules.leader), "indicator": "X", "leader": {"met": rules.met}},
        {
            "code": "B", "points": first, "indicator": "X",
            "bands": [
                {"above" if rules.is_above else "at_least": rules.edges[0], "points": first},
                {"at_least": rules.edges[1], "points": second}, {"otherwise": third},
            ],
        },
        {
            "code": "T", "points": str(rules.cases), **{name: most for name, most in limits.items() if most is not None},
            "items": [
                {"code": "T-", "each": f"-{rules.off[0]}", **({"most": rules.off[1]} if rules.off[1] is not None else {})},
                {"code": "T+", "each": rules.added[0]},
            ],
        },
    ]  # fmt: skip
    classes = [{"at_least": "50", "name": "B"}, {"at_least": "90", "name": "A"}]
    parts = [{"id": "I", "criteria": criteria}]
    whole = {"id": "mau", "of": "areas", "points": str(rules.points), "round": str(rules.round)}
    return Scale.model_validate({**whole, "classes": classes, "parts": parts})


USUAL = Rules()
SCALE = scale_of(USUAL)
some = st.decimals(0, 5, places=2).map(str)
percents = st.integers(0, 15000).map(lambda n: f"{n / 100:.2f}")
scales = st.builds(
    Rules,
    proportion=st.integers(0, 40),
    zero_below=st.none() | percents,
    each=st.sampled_from(["0.1", "0.25", "1"]),
    over=percents,
    steps=st.sampled_from(["whole", "started", "exact"]),
    most=some,
    leader=st.integers(0, 40),
    met=st.sampled_from(["0", "1/3", "1/2", "0.7", "1"]),
    bands=st.lists(st.integers(0, 9), min_size=3, max_size=3).map(lambda n: tuple(sorted(n, reverse=True))),
    edges=st.lists(st.integers(0, 15000), min_size=2, max_size=2, unique=True).map(
        lambda n: tuple(f"{one / 100:.2f}" for one in sorted(n, reverse=True))
    ),
    is_above=st.booleans(),
    cases=st.integers(0, 20),
    off=st.tuples(st.sampled_from(["0.5", "0.33", "3"]), st.none() | some, st.none() | some),
    added=st.tuples(st.sampled_from(["1.25", "0.1"]), st.none() | some),
    round=st.integers(0, 4),
)

amounts = st.none() | st.decimals(0, 40, places=2)
cases = st.none() | st.integers(0, 9)
worlds = st.fixed_dictionaries({unit: st.tuples(amounts, cases, cases) for unit in UNITS})
World = dict[str, tuple[Decimal | None, int | None, int | None]]


def scored(world: World, order: list[str] | None = None, scale: Scale = SCALE) -> Scores:
    rows = [f"X;2019;{unit};{world[unit][0]:f}" for unit in order or list(world) if world[unit][0] is not None]
    text = "\n".join(["indicator;period;area;value", *(row.replace(".", ",") for row in rows)]) + "\n"
    figures = PlainFigures(parse_submission(text, "f.csv", PLAN, Options()).figures)
    entered = [
        Entered(code, unit, Decimal(count), Stage.APPRAISED, date(2019, 12, 31), "", "", Place("s.csv"))
        for unit in order or list(world)
        for code, count in (("T-", world[unit][1]), ("T+", world[unit][2]))
        if count is not None
    ]
    return score(Measures(scale, PLAN, figures.known_on(None), figures, periods.Period(2019, 1, 12)), entered)


def half_up(exact: Fraction, places: int) -> Decimal:
    return Decimal(int(exact * 10**places + Fraction(1, 2))) / 10**places


def by_hand(world: World, unit: str, rules: Rules = USUAL) -> dict[str, tuple[Decimal, Decimal]]:
    """The ranges of one unit's criteria, each rule written out once more, plainly."""
    amount, off, added = world[unit]
    most, half = Fraction(rules.most), rules.leader * Fraction(rules.met)
    found: dict[str, tuple[Fraction, Fraction]] = {}
    if amount is None:
        found |= {"P": (Fraction(0), rules.proportion + most), "L": (Fraction(0), Fraction(rules.leader))}
        found["B"] = Fraction(rules.bands[2]), Fraction(rules.bands[0])
    else:
        part = Fraction(amount) / 10
        beyond = max(100 * part - Fraction(rules.over), Fraction(0))
        steps = {"whole": math.floor, "started": math.ceil, "exact": Fraction}[rules.steps](beyond)
        own = rules.proportion * min(part, Fraction(1))
        if rules.zero_below is not None and 100 * part < Fraction(rules.zero_below):
            own = Fraction(0)
        own += min(Fraction(rules.each) * steps, most)
        found["P"] = own, own
        lead = [Fraction(one[0]) / 10 for one in world.values() if one[0] is not None]
        led = half * part if part <= 1 else half + (rules.leader - half) * (part - 1) / (max(lead) - 1)
        waits = part > 1 and any(one[0] is None for one in world.values())
        found["L"] = (half if waits else led), led
        upper, lower = map(Fraction, rules.edges)
        is_first = 100 * part > upper if rules.is_above else 100 * part >= upper
        band = Fraction(rules.bands[0 if is_first else 1 if 100 * part >= lower else 2])
        found["B"] = band, band
    limits = [Fraction(one) for one in rules.off[1:] if one is not None]
    plus = Fraction(rules.added[0]) * (added or 0)
    plus = plus if rules.added[1] is None else min(plus, Fraction(rules.added[1]))
    worst = min(limits, default=rules.cases + Fraction(rules.added[1] or 0))
    minus = (Fraction(0), worst) if off is None else (min([Fraction(rules.off[0]) * off, *limits]),) * 2
    found["T"] = tuple(max(Fraction(0), rules.cases + plus - one) for one in minus[::-1])  # type: ignore[assignment]
    return {code: (half_up(low, rules.round), half_up(high, rules.round)) for code, (low, high) in found.items()}


def ranges(found: Scores) -> dict[str, dict[str, tuple[Decimal, Decimal]]]:
    return {one.unit: {line.criterion.code: (line.low, line.high) for line in one.lines} for one in found.units}


@settings(max_examples=200, deadline=None)
@given(worlds, scales)
def test_the_slow_reference_agrees(world: World, rules: Rules) -> None:
    """Every range, sum, percent, class and rank of any scale is what its rules written out by hand make, and lies within what there is."""
    found, most = scored(world, scale=scale_of(rules)), rules.most_of
    assert ranges(found) == {unit: by_hand(world, unit, rules) for unit in UNITS}
    percents = {}
    for one in found.units:
        assert one.low == sum(line.low for line in one.lines)
        slack = Decimal(1) / 10**rules.round
        assert all(0 <= line.low <= line.high < most[line.criterion.code] + slack for line in one.lines)
        if one.low == one.high and rules.points:
            percents[one.unit] = 100 * Fraction(one.low) / rules.points
    for one in found.units:
        percent = percents.get(one.unit)
        assert one.percent == percent
        assert one.rank == (None if percent is None else 1 + sum(other > percent for other in percents.values()))
        name = None if percent is None or percent < 50 else "A" if percent >= 90 else "B"
        assert (one.class_.name.vi if one.class_ else None) == name


@settings(max_examples=50, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(world: World, chance: random.Random) -> None:
    """Figures and entered scores in any order make the same points."""
    order = list(UNITS)
    chance.shuffle(order)
    assert ranges(scored(world, order)) == ranges(scored(world))


@settings(max_examples=50, deadline=None)
@given(worlds, st.decimals(0, 40, places=2), st.decimals(0, 5, places=2))
def test_more_never_loses(world: World, amount: Decimal, more: Decimal) -> None:
    """More achieved never loses points, under any of the rules."""
    before = ranges(scored({**world, "a": (amount, 0, 0)}))["a"]
    after = ranges(scored({**world, "a": (amount + more, 0, 0)}))["a"]
    assert all(after[code] >= before[code] for code in ("P", "B"))
    assert after["L"][1] >= before["L"][1]


@settings(max_examples=50, deadline=None)
@given(worlds, st.decimals(0, 10, places=2))
def test_a_peer_never_changes_a_unit_at_or_below_its_target(world: World, amount: Decimal) -> None:
    """What another unit has, or has not sent, is nothing to a unit that is not over its target."""
    with_peer = {**world, "a": (amount, 0, 0)}
    assert ranges(scored(with_peer))["a"] == ranges(scored({**with_peer, "b": (None, None, None)}))["a"]


# Entered scores


def entered_on(*rows: tuple[str, Stage, int | None]) -> list[Entered]:
    return [
        Entered("T", "a", Decimal(value), stage, date(2019, 12, day) if day else None, "", "", Place("s.csv", at))
        for at, (value, stage, day) in enumerate(rows, 2)
    ]


def test_which_entry_counts() -> None:
    """The highest stage counts, within it the latest day; a self-score alone counts and is marked; later days do not exist."""
    none = PlainFigures(())
    rows = entered_on(
        ("13", Stage.SELF, 30), ("11", Stage.APPRAISED, 5), ("12", Stage.APPRAISED, 9), ("9", Stage.APPRAISED, 2)
    )

    def points(day: date | None) -> tuple[Decimal | None, str]:
        found = score(Measures(SCALE, PLAN, none.known_on(day), none, periods.Period(2019, 1, 12)), rows)
        line = found.units[0].lines[-1]
        return line.points, line.state.value

    assert points(None) == (Decimal(12), "entered")
    assert points(date(2019, 12, 6)) == (Decimal(11), "entered")
    rows = entered_on(("13", Stage.SELF, 30))
    assert points(None) == (Decimal(13), "self_only")
    rows = []
    assert points(None) == (None, "missing")


@pytest.mark.parametrize(
    ("rows", "is_found"),
    [
        ((("T", "8.5", Stage.APPRAISED), ("T-", "3", Stage.APPRAISED)), False),
        ((("T", "8", Stage.APPRAISED), ("T-", "3", Stage.APPRAISED)), True),
        ((("T", "8", Stage.APPRAISED), ("T-", "3", Stage.SELF)), False),  # the appraisers saw it otherwise
        ((("T", "9.25", Stage.SELF), ("T+", "1", Stage.SELF)), False),  # nobody says what is taken off, up to 2 points
        ((("T", "12", Stage.SELF), ("T+", "1", Stage.SELF)), True),
        ((("T", "12", Stage.SELF),), False),
    ],
)
def test_a_score_and_the_cases_that_make_it_agree(rows: tuple[tuple[str, str, Stage], ...], is_found: bool) -> None:
    """A total beside the cases that make it, entered at one stage, is what they make, or both are in doubt; no other stage has a say."""
    entered = [Entered(code, "a", Decimal(n), stage, None, "", "", Place("s.csv")) for code, n, stage in rows]
    found = list(contradictions(SCALE, entered))
    assert [entries for _, entries in found] == ([set(entered)] if is_found else [])


def test_a_percent_of_a_floor_with_an_aim_names_both() -> None:
    """9 of a floor of 8 with an aim of 10 is 112.5 percent of the floor; in mid-year floor and aim are those expected by then."""
    for period, value, words in (
        ("2019", "9", "X: 9 of the floor 8 (aim 10), that is 112.50 %"),
        ("2019-H1", "4,5", "X: 4.5 of the floor 4 (aim 5) expected by then, that is 112.50 %"),
    ):
        target = {"code": "X", "name": "X", "unit": "ha", "target": {"at_least": ["8", "10"]}, "lead": "p"}
        plan = Plan.model_validate(
            {
                "id": "mau",
                "year": "2019",
                "units": {"ha": {"name": "ha"}},
                "agencies": {"p": {"name": "P"}},
                "sections": [{"id": "I", "indicators": [target]}],
            }
        )
        text = f"indicator;period;value\nX;{period};{value}\n"
        figures = PlainFigures(parse_submission(text, "f.csv", plan, Options()).figures)
        scale = Scale.model_validate(
            {
                "id": "m",
                "of": "agencies",
                "points": "1",
                "parts": [
                    {"id": "I", "criteria": [{"code": "P", "points": "1", "indicator": "X", "proportion": "true"}]}
                ],
            }
        )
        (one,) = score(
            Measures(
                scale, plan, figures.known_on(None), figures, periods.Period(2019, 1, 12 if period == "2019" else 6)
            )
        ).units
        assert EN.tell(one.lines[0].why[0]) == words


def test_what_does_not_apply_leaves_the_denominator() -> None:
    """A unit without a part of the target is scored of the rest: 10 of 10 are 100 percent; or has all points, where the scale says so."""
    plan = plan_of({"b": "40"})
    none = PlainFigures(())
    rows = entered_on(("10", Stage.APPRAISED, 30))
    for scale, out_of, points in ((SCALE, 10, 10), (SCALE.model_copy(update={"not_applicable": "full"}), 45, 45)):
        one = score(Measures(scale, plan, none.known_on(None), none, periods.Period(2019, 1, 12)), rows).units[0]
        assert (one.out_of, one.points, one.percent) == (out_of, points, 100)


# The samples

SAMPLES = ROOT / "data" / "samples"
OF_AREAS = (
    "score", "2019-06", "--scale", str(SAMPLES / "scale.yaml"), "--scores", str(SAMPLES / "scores-2019.csv"),
    "--actuals", str(SAMPLES / "2019-*.csv"), "--actuals", str(SAMPLES / "areas-2019.csv"),
)  # fmt: skip


def test_the_worked_scale_of_wards_and_communes() -> None:
    """Points worked out by hand from the sample files: bands of people trained, a late month, what was appraised, a capped bonus."""
    expected = {
        # unit: people trained, movement, reports on time, emulation work, building order, rules, bonus
        "phuong-1": ("30", "10", "10", "28", "15", "5", "0"),  # 5+3+5+7+8+9 = 37
        "phuong-2": ("25", "10", "10", "27.5", "13.5", "5", "0"),  # 3+2+4+5+6+7 = 27
        "vinh-phuoc": ("30", "10", "10", "29", "15", "5", "2"),
        "khanh-hoa": ("30", "0", "10", "26", "12", "5", "0"),
        "hoa-dong": ("30", "10", "10", "29", "15", "5", "4"),  # three certificates, at most 4
        "lac-hoa": ("25", "10", "10", "26.5", "13.5", "0", "0"),
        "lai-hoa": ("30", "10", "10", "27", "13.5", "5", "0"),  # the appraisers found one more case
        "vinh-hai": ("20", "10", "9.5", "27", "10", "5", "0"),  # May is late; 4 cases, at most 5 off
        "vinh-hiep": ("20", "10", "10", "28.25", "15", "5", "0"),
        "vinh-tan": ("25", "10", "10", None, "15", "5", "0"),  # nobody has scored its emulation work
    }
    whole = json.loads(kpi(*OF_AREAS, "--format", "json").stdout)
    jsonschema.validate(whole, json.loads((ROOT / "docs" / "score.schema.json").read_text(encoding="utf-8")))
    found = {one["unit"]: one for one in whole["units"]}
    assert {
        unit: tuple(
            None if line["points"] is None else f"{Decimal(str(line['points'])).normalize():f}"
            for line in one["criteria"]
        )
        for unit, one in found.items()
    } == expected
    assert (found["vinh-tan"]["low"], found["vinh-tan"]["high"]) == (65, 95)
    assert [one["rank"] for one in found.values()] == [2, 3, 1, 4, 1, 3, 2, 4, None, None]
    assert found["vinh-hiep"]["state"] == "knocked_out"


def test_the_worked_scale_of_agencies() -> None:
    """By what each leads, and by when it reported: fish over the expected share, jobs behind it, one figure late and two that did not come."""
    run = kpi(
        "score",
        "2019-06",
        "--scale",
        str(SAMPLES / "scale-agencies.yaml"),
        "--actuals",
        str(SAMPLES / "2019-*.csv"),
        "--format",
        "json",
    )
    found = {one["unit"]: (one["points"], one["out_of"]) for one in json.loads(run.stdout)["units"]}
    assert found == {
        "kinh-te": (40.2, 40),
        "ld-tbxh": (37.14, 40),
        "gd-dt": (20, 20),
        "y-te": (37.5, 40),
        "bhxh": (35, 40),
    }


def test_scoring_sheets_add_up_live(tmp_path: Path) -> None:
    """The workbook has the points of the screen; its sums are formulas, and a sum with a range in it is the range, never less."""
    out = tmp_path / "points.xlsx"
    assert kpi(*OF_AREAS, "--lang", "en", "-o", str(out)).code == 0
    live, now = (openpyxl.load_workbook(out, data_only=is_now) for is_now in (False, True))
    rows = {row[2]: row for row in now.worksheets[0].iter_rows(values_only=True) if row[2]}
    assert rows["Hòa Đông commune"][:9] == ("Communes", "1", "Hòa Đông commune", 50, 49, 4, 103, 100, 103)
    assert rows["Vĩnh Tân commune"][4:9] == ("20.00 to 50.00", 0, "65.00 to 95.00", 100, "–")
    sheet = live["10. Vĩnh Tân commune"]
    sums = [row[4] for row in sheet.iter_rows(values_only=True) if str(row[4]).startswith("=")]
    assert sums[1] == '=IF(COUNT(E11:E13)=3,SUM(E11:E13),"20.00 to 50.00")'
    assert sums[-1] == '=IF(COUNT(E6,E10,E14)=3,SUM(E6,E10,E14),"65.00 to 95.00")'
    entered = {row[0]: row[2:5] for row in now["7. Lai Hòa commune"].iter_rows(values_only=True)}
    assert entered["TC-5 Building order"] == (15, 13.5, 13.5)  # a case more than the commune had said
    assert entered["TC-1 Vocational training"] == (None, None, 30)


def test_the_annex_says_what_the_screen_says(tmp_path: Path) -> None:
    """The Word annex of one unit has each criterion with its points and the reason."""
    out = tmp_path / "points.docx"
    assert kpi(*OF_AREAS, "--unit", "vinh-hai", "--lang", "en", "-o", str(out)).code == 0
    rows = [[cell.text for cell in row.cells] for table in docx.Document(str(out)).tables for row in table.rows]
    assert ["TC-4 Emulation work", "30.00", "27.00", "entered", "appraised on 27/06/2019: 27 = 27.00"] in [
        row[:5] for row in rows
    ]


def test_a_self_scoring_workbook_is_read_back(tmp_path: Path) -> None:
    """What the unit types into the open cells is its self-score, in both languages; blank cells score nothing (TC-5 has at most 5 of 15 off), computed points stay."""
    for language, yes in (("vi", "có"), ("en", "yes")):
        out = tmp_path / f"{language}.xlsx"
        given = ("--scale", str(SAMPLES / "scale.yaml"), "--actuals", str(SAMPLES / "2019-*.csv"))
        given += ("--actuals", str(SAMPLES / "areas-2019.csv"), "--lang", language)
        assert kpi("template", "2019-06", *given, "--unit", "lai-hoa", "-o", str(out)).code == 0
        book = openpyxl.load_workbook(out)
        sheet = book.worksheets[0]
        rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
        assert [code for code, row in rows.items() if not row[5].protection.locked] == [
            "TC-4",
            "TC-5a",
            "TC-6",
            "TH-1a",
            "KL",
        ]
        assert [code for code, row in rows.items() if row[3].value] == ["TC-1", "TC-2", "TC-3"]
        assert sheet.protection.sheet
        score = ("score", "2019-06", *given, "--unit", "lai-hoa", "--scores", str(out), "--format", "json")
        for typed, low, high in (({}, 60, 100), ({"TC-4": 28.5, "TC-5a": 2, "TC-6": yes}, 95.5, 95.5)):
            for code, value in typed.items():
                rows[code][5].value = value
            book.save(out)
            (unit,) = json.loads(kpi(*score).stdout)["units"]
            assert (unit["low"], unit["high"]) == (low, high)
    states = {line["code"]: line["state"] for line in unit["criteria"]}
    assert states["TC-1"] == "computed"
    assert states["TC-4"] == states["TC-5"] == states["TC-6"] == "self_only"
