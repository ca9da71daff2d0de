"""Generated programs give what the real engine gives: refusals, values, events and messages."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.differential.against_vrl import compare

pytest.importorskip("vector_vrl", reason="vector-vrl is not installed (it needs Python 3.12)")


@pytest.mark.parametrize("backend", ["interpreter", "bytecode"])
def test_generated_programs(backend: str, request: pytest.FixtureRequest) -> None:
    """No program differs unless a reason is listed; `against_vrl` run as a program makes many more."""
    count = 5_000 if request.config.getoption("--long") else 300

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.randoms(use_true_random=False))
    def agrees(random: Random) -> None:
        verdict, details = compare(random, backend)
        assert verdict != "different", details

    agrees()
