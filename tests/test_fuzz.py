"""Any bytes are read: to figures, or to findings that can be said. `fuzz/intake.py` tries many more of them."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

from vinhchau_kpi.plan import Plan

sys.path.insert(0, str(Path(__file__).parent.parent / "fuzz"))

import mutation
import target

SEEDS = target.seeds()
ROUNDS = 12
MUTATIONS = 40
"""Inputs of a round."""


def check(data: bytes, plan: Plan, *, thorough: bool) -> None:
    """Read an input, and see that it took no longer than it may."""
    begun = time.process_time()
    target.check_one(data, plan, thorough=thorough)
    assert time.process_time() - begun < target.SECONDS


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_is_read(name: str, plan2019: Plan) -> None:
    """Each seed is read twice alike, said in both languages and marked, and every place and number is one of its own."""
    check(SEEDS[name], plan2019, thorough=True)


@pytest.mark.parametrize("nth", range(ROUNDS))
def test_changed_seeds_are_read(nth: int, plan2019: Plan) -> None:
    """A seed with other cells, other bytes or other parts is an input like any other."""
    chance = random.Random(nth)
    mutate = mutation.Mutator(mutation.vocabulary(plan2019), mutation.flipped(chance), target.LARGEST)
    for data in chance.choices(list(SEEDS.values()), k=MUTATIONS):
        changed = data
        for _ in range(chance.randint(1, 3)):
            changed = mutate(changed, chance.randrange(2**32))
        check(changed, plan2019, thorough=False)


@pytest.mark.parametrize("nth", range(ROUNDS // 4))
def test_broken_bytes_are_read(nth: int, plan2019: Plan) -> None:
    """A seed of which a few bytes were lost or changed on the way, or whose end is missing, raises nothing."""
    chance = random.Random(nth)
    damage = mutation.flipped(chance)
    for data in chance.choices(list(SEEDS.values()), k=MUTATIONS):
        check(damage(data, chance.choice((target.LARGEST, len(data) // 2))), plan2019, thorough=False)
