"""What all tests share: the bundled plan, a way to parse figures, and the option that rewrites transcripts."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from vinhchau_kpi.intake.open.files import InputFile
from vinhchau_kpi.intake.plan.file import bundled, read_plan
from vinhchau_kpi.plan import Plan

# No deadline: a busy machine is no fault. No database: a test leaves nothing behind. The same cases each time in CI.
settings.register_profile("kpi", deadline=None, max_examples=100, database=None, derandomize="CI" in os.environ)
settings.load_profile("kpi")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write transcripts anew instead of comparing them")


@pytest.fixture(scope="session")
def plan2019() -> Plan:
    plan, findings = read_plan(InputFile(bundled()))
    assert plan is not None, findings
    return plan
