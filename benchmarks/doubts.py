# ruff: noqa: INP001, ARG001, S311, T201
"""Doubts measured: sound series of several shapes, each kind of mistake planted at random; how many are caught, and how many
sound figures are doubted.

`python -m benchmarks.doubts` prints the table, `--write` puts it into the pages. What the bounds of the checks were chosen on (`TUNED_ON`) is not what is
reported (`REPORTED_ON`): another seed, other seasons, other noise.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from vinhchau_kpi import checks
from vinhchau_kpi.figure import Figure, Kind
from vinhchau_kpi.figures import PlainFigures
from vinhchau_kpi.finding import Place
from vinhchau_kpi.period import Period
from vinhchau_kpi.plan import Plan

YEAR = 2019
UNITS = {
    "t": {"name": "tấn"},
    "pc": {"name": "%", "min": "0", "max": "100"},
    "person": {"name": "người", "whole": "true"},
}


class Style(NamedTuple):
    """What makes one set of series differ from another: a seed, how noisy months are, which seasons there are."""

    seed: int
    noise: tuple[float, float]
    seasons: tuple[tuple[int, ...], ...]
    growth: tuple[float, float]


TUNED_ON = Style(
    seed=1,
    noise=(0.1, 0.35),
    seasons=(
        (10, 20, 25, 25, 15, 5, 0, 0, 0, 0, 0, 0),
        (4, 5, 6, 7, 8, 9, 11, 12, 12, 9, 9, 8),
        (0, 12, 11, 12, 11, 12, 12, 12, 12, 6, 0, 0),
    ),
    growth=(1.02, 1.12),
)
REPORTED_ON = Style(
    seed=2019,
    noise=(0.08, 0.4),
    seasons=(
        (6, 16, 21, 21, 13, 3, 3, 4, 3, 3, 4, 3),
        (2, 3, 5, 8, 12, 15, 15, 13, 10, 8, 5, 4),
        (0, 0, 0, 0, 5, 15, 25, 25, 20, 10, 0, 0),
        (15, 10, 5, 3, 3, 5, 15, 14, 10, 5, 5, 10),
    ),
    growth=(1.03, 1.15),
)


class Series(NamedTuple):
    """One indicator of a plan, and a sound value for each of its months."""

    shape: str
    indicator: dict[str, Any]
    profile: tuple[int, ...] | None
    values: list[Decimal]
    area: str | None

    @property
    def is_flow(self) -> bool:
        return bool(self.indicator["measure"] == "flow")


Shape = Callable[[random.Random, Style, float], tuple[dict[str, Any], tuple[int, ...] | None, list[float], int]]
"""A size of the year → facts of the indicator, its season, twelve values, and decimals that they are written with."""


def _noisy(rng: random.Random, style: Style) -> float:
    return rng.uniform(*style.noise)


def _flow(rng: random.Random, size: float, **facts: Any) -> dict[str, Any]:
    """A flow whose year comes to about `size`, with a target that it meets more or less."""
    return {"measure": "flow", "unit": "t", "target": {"at_least": _text(size * rng.uniform(0.7, 1.5), 0)}, **facts}


def _text(value: float, places: int) -> str:
    return f"{max(value, 10.0**-places):.{places}f}"


def flat(
    rng: random.Random, style: Style, size: float
) -> tuple[dict[str, Any], tuple[int, ...] | None, list[float], int]:
    noise = _noisy(rng, style)
    return _flow(rng, size), None, [size / 12 * math.exp(rng.gauss(0, noise)) for _ in range(12)], rng.choice([0, 1, 3])


def seasonal(rng: random.Random, style: Style, size: float) -> Any:
    noise, season = _noisy(rng, style), rng.choice(style.seasons)
    values = [size * share / 100 * math.exp(rng.gauss(0, noise)) for share in season]
    return _flow(rng, size, profile="season"), season, values, rng.choice([0, 1, 3])


def growing(rng: random.Random, style: Style, size: float) -> Any:
    noise, rate = min(_noisy(rng, style), 0.15), rng.uniform(*style.growth)
    values = [rate**month * math.exp(rng.gauss(0, noise)) for month in range(12)]
    return _flow(rng, size), None, [size * value / sum(values) for value in values], rng.choice([0, 1, 3])


def sparse(rng: random.Random, style: Style, size: float) -> Any:
    """A few persons a month, in some months none."""
    mean = rng.uniform(2, 9)
    values = [float(sum(rng.random() < mean / 40 for _ in range(40))) for _ in range(12)]
    return _flow(rng, mean * 12, unit="person"), None, values, 0


def many_zeros(rng: random.Random, style: Style, size: float) -> Any:
    """Comes a few times a year, much or little."""
    values = [size / 4 * math.exp(rng.gauss(0, 0.6)) if rng.random() < 0.4 else 0.0 for _ in range(12)]
    return _flow(rng, size), None, values, rng.choice([0, 1])


def level(rng: random.Random, style: Style, size: float) -> Any:
    drift, value, values = rng.uniform(-0.02, 0.04), size, []
    for _ in range(12):
        value *= 1 + drift + rng.gauss(0, 0.03)
        values.append(value)
    target = {"at_least": _text(size * rng.uniform(0.9, 1.3), 0)}
    return {"measure": "level", "unit": "t", "target": target}, None, values, rng.choice([0, 1])


def rate(rng: random.Random, style: Style, size: float) -> Any:
    """A percent: high and steady, rising from little, or low where lower is better."""
    kind = rng.choice(["high", "rising", "low"])
    if kind == "rising":
        end = rng.uniform(80, 99)
        values = [end * (month + 1) / 12 + rng.gauss(0, 1) for month in range(12)]
    else:
        mean = rng.uniform(60, 97) if kind == "high" else rng.uniform(6, 15)
        values = [mean + rng.gauss(0, mean / 60) for _ in range(12)]
    near = values[-1] * rng.uniform(0.95, 1.03)
    target = {"at_most" if kind == "low" else "at_least": _text(min(near, 99.9), 1)}
    return {"measure": "level", "unit": "pc", "target": target}, None, [min(max(one, 2), 100) for one in values], 2


def cap(rng: random.Random, style: Style, size: float) -> Any:
    """A flow that is to stay below its target."""
    facts, profile, values, places = flat(rng, style, size)
    return facts | {"target": {"at_most": _text(size * rng.uniform(1, 2.5), 0)}}, profile, values, places


SHAPES: dict[str, Shape] = {
    "flat": flat,
    "seasonal": seasonal,
    "growing": growing,
    "sparse": sparse,
    "many zeros": many_zeros,
    "level": level,
    "rate": rate,
    "cap": cap,
}


def sound(rng: random.Random, style: Style, shape: str) -> Series:
    """A sound series of 3 to 12 months, of a town or of one of its communes."""
    area = rng.choice([None, "a"])
    size = 10 ** (rng.uniform(2.5, 6) if area is None else rng.uniform(1.5, 4))
    facts, profile, values, places = SHAPES[shape](rng, style, size)
    facts = {"code": "X", "name": "X", **facts}
    if size < 1000 and places == 0 and facts["unit"] == "t":
        places = 1
    if area is not None:
        ((sense, number),) = facts["target"].items()
        is_sum = facts["unit"] != "pc"
        rest = {"b": _text(float(number) * 3, 2)} if is_sum else {}
        whole = Decimal(number) + (Decimal(rest["b"]) if rest else 0)
        facts |= {"target": {sense: str(whole)}, "allocations": {area: number, **rest}}
    given = values[: rng.randint(3, 12)]
    return Series(shape, facts, profile, [Decimal(f"{value:.{places}f}") for value in given], area)


def plan_of(series: Series) -> Plan:
    shares = list(itertools.accumulate(series.profile)) if series.profile else None
    facts: dict[str, Any] = {
        "id": "x",
        "year": str(YEAR),
        "units": UNITS,
        "areas": {area: {"name": f"area {area}"} for area in "ab"},
        "sections": [{"id": "S", "indicators": [series.indicator]}],
    }
    if shares:
        facts["profiles"] = {"season": [str(share) for share in shares]}
    return Plan.model_validate(facts)


def doubts(series: Series) -> dict[int, str]:
    """The months that are doubted, each with the code of the rule."""
    rows = tuple(
        Figure("X", Period(YEAR, at, at), series.area, value, None, None, None, Kind.OFFICIAL, None, None, "",
               Place("f.csv", at + 1, 3))
        for at, value in enumerate(series.values, 1)
    )  # fmt: skip
    found = {}
    for finding in checks.check(plan_of(series), PlainFigures(rows)):
        if finding.rule.is_doubt:
            for key in finding.about:
                found[key.period.last] = finding.rule.code
    return found


# Mistakes: a sound series → a spoiled one and the months that are wrong; None where it cannot be made of it


Spoiled = tuple[Series, set[int]] | None


def _with(series: Series, month: int, value: Decimal) -> Series:
    values = [*series.values]
    values[month - 1] = value
    return series._replace(values=values)


def _stand_beside(series: Series, month: int, *, before: bool = False) -> bool:
    """Whether at least three other months, or months before it, have something in them."""
    others = [value for at, value in enumerate(series.values, 1) if (at < month if before else at != month)]
    return sum(map(bool, others)) >= 3


def times(low: float, high: float) -> Callable[[random.Random, Series], Spoiled]:
    """One figure by a power of ten (`low` = `high`), or by anything between."""

    def spoil(rng: random.Random, series: Series) -> Spoiled:
        month = rng.randint(1, len(series.values))
        value = series.values[month - 1]
        factor = Decimal(repr(round(math.exp(rng.uniform(math.log(low), math.log(high))), 3)))
        wrong = value * factor
        is_percent = series.indicator["unit"] == "pc"
        if not _stand_beside(series, month) or not value or (is_percent and (wrong > 100 or wrong <= 1)):
            return None
        if series.indicator["unit"] == "person" and wrong != int(wrong):
            return None
        return _with(series, month, wrong), {month}

    return spoil


def one_total(rng: random.Random, series: Series) -> Spoiled:
    """The last month has the running total."""
    return _totals_from(series, len(series.values), len(series.values))


def totals_from(rng: random.Random, series: Series) -> Spoiled:
    """From some month on there are running totals."""
    return (
        None
        if len(series.values) < 5
        else _totals_from(series, rng.randint(4, len(series.values) - 1), len(series.values))
    )


def all_totals(rng: random.Random, series: Series) -> Spoiled:
    return _totals_from(series, 2, len(series.values))


def _totals_from(series: Series, first: int, last: int) -> Spoiled:
    if not series.is_flow or not _stand_beside(series, first, before=first > 2):
        return None
    sums = list(itertools.accumulate(series.values))
    months = range(first, last + 1)
    # Where nothing came before, the total is the month.
    wrong = {month for month in months if sums[month - 1] != series.values[month - 1]}
    values = [sums[month - 1] if month in months else value for month, value in enumerate(series.values, 1)]
    return (series._replace(values=values), wrong) if wrong else None


def fraction(rng: random.Random, series: Series) -> Spoiled:
    if series.indicator["unit"] != "pc":
        return None
    month = rng.randint(1, len(series.values))
    return _with(series, month, series.values[month - 1] / 100), {month}


MISTAKES: dict[str, Callable[[random.Random, Series], Spoiled]] = {
    "× 1000": times(1000, 1000),
    "× 100": times(100, 100),
    "× 10": times(10, 10),
    "× 13–79": times(13, 79),
    "÷ 10": times(0.1, 0.1),
    "÷ 100": times(0.01, 0.01),
    "÷ 1000": times(0.001, 0.001),
    "last month is the running total": one_total,
    "running totals from some month on": totals_from,
    "running totals all along": all_totals,
    "percent as a fraction": fraction,
}


class Measured(NamedTuple):
    """Counts by kind of mistake and shape: planted and caught; and of sound figures by shape: all and doubted."""

    planted: Counter[tuple[str, str]]
    caught: Counter[tuple[str, str]]
    figures: Counter[str]
    doubted: Counter[str]


def measure(style: Style, rounds: int) -> Measured:
    """`rounds` sound series of each shape, and each mistake planted in each."""
    rng = random.Random(style.seed)
    planted: Counter[tuple[str, str]] = Counter()
    caught: Counter[tuple[str, str]] = Counter()
    figures: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    for shape, _ in itertools.product(SHAPES, range(rounds)):
        series = sound(rng, style, shape)
        figures[shape] += len(series.values)
        doubted[shape] += len(doubts(series))
        for mistake, spoil in MISTAKES.items():
            spoiled = spoil(rng, series)
            if spoiled is None:
                continue
            wrong, months = spoiled
            found = doubts(wrong)
            planted[mistake, shape] += len(months)
            caught[mistake, shape] += len(months & found.keys())
    return Measured(planted, caught, figures, doubted)


def rows(measured: Measured) -> Iterator[list[str]]:
    yield ["", *SHAPES, "all"]
    for mistake in MISTAKES:
        parts = [(measured.caught[mistake, shape], measured.planted[mistake, shape]) for shape in SHAPES]
        parts.append((sum(caught for caught, _ in parts), sum(planted for _, planted in parts)))
        yield [mistake, *(f"{100 * caught / planted:.1f}" if planted else "–" for caught, planted in parts)]
    parts = [(measured.doubted[shape], measured.figures[shape]) for shape in SHAPES]
    parts.append((sum(doubted for doubted, _ in parts), sum(figures for _, figures in parts)))
    yield ["sound figures doubted", *(f"{100 * doubted / figures:.2f}" for doubted, figures in parts)]


PAGES = [Path(__file__).parent.parent / "docs" / name for name in ("doubts.md", "doubts.vi.md")]
BEGIN, END = "<!-- table: make doubts -->\n", "<!-- end of table -->\n"
WORDS = {
    "flat": "đều", "seasonal": "theo mùa", "growing": "tăng dần", "sparse": "số nhỏ", "many zeros": "nhiều số 0",
    "level": "thời điểm", "rate": "tỷ lệ", "cap": "mức trần", "all": "chung", "": "",
    "last month is the running total": "tháng cuối ghi lũy kế", "running totals from some month on": "từ một tháng trở đi ghi lũy kế",
    "running totals all along": "tháng nào cũng ghi lũy kế", "percent as a fraction": "% ghi thành phần của 1",
    "sound figures doubted": "số đúng bị nghi ngờ",
}  # fmt: skip
"""The Vietnamese of the table."""


def digest(style: Style, rounds: int) -> str:
    """A few rounds in one line, which a test makes again."""
    measured = measure(style, rounds)
    caught, planted = measured.caught.total(), measured.planted.total()
    doubted, figures = measured.doubted.total(), measured.figures.total()
    return f"<!-- {rounds} rounds: {caught} of {planted} caught, {doubted} of {figures} sound figures doubted -->\n"


def table(measured: Measured, *, vietnamese: bool) -> str:
    lines = []
    for at, row in enumerate(rows(measured)):
        cells = [WORDS.get(cell, cell) if vietnamese else cell for cell in row]
        if vietnamese:
            cells[1:] = [cell.replace(".", ",") for cell in cells[1:]]
        lines.append(f"| {' | '.join(cells)} |\n")
        if at == 0:
            lines.append(f"|{'---|' * len(cells)}\n")
    return "".join(lines)


def write(rounds: int) -> None:
    """Put the tables into the pages."""
    measured, line = measure(REPORTED_ON, rounds), digest(REPORTED_ON, FEW)
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
        made = table(measured, vietnamese=page.name.endswith(".vi.md"))
        page.write_text(f"{text[:begin]}{line}\n{made}\n{text[end:]}", encoding="utf-8")


FEW = 4
"""Rounds that a test may take."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tune", action="store_true", help="the series that the bounds were chosen on")
    parser.add_argument("--rounds", type=int, default=200, help="sound series of each shape")
    parser.add_argument("--write", action="store_true", help="into docs/doubts.md and docs/doubts.vi.md")
    asked = parser.parse_args()
    if asked.write:
        write(asked.rounds)
        return
    for row in rows(measure(TUNED_ON if asked.tune else REPORTED_ON, asked.rounds)):
        print(f"{row[0]:36}" + "".join(f"{cell:>11}" for cell in row[1:]))


if __name__ == "__main__":
    main()
