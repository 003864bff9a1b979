"""What all tests share: the bundled plan, a way to parse figures, and the option that rewrites transcripts."""

from __future__ import annotations

import pytest

from vinhchau_kpi.intake.files import Source
from vinhchau_kpi.intake.planfile import bundled, read_plan
from vinhchau_kpi.plan import Plan


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write transcripts anew instead of comparing them")


@pytest.fixture(scope="session")
def plan2019() -> Plan:
    plan, findings = read_plan(Source(bundled()))
    assert plan is not None, findings
    return plan
