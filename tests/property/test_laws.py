"""Laws of the compiler, over generated programs: backends agree, passes change nothing, types hold."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dtl
from dtl.values.decode import from_json
from tests.differential.generate import case, event_text
from tests.property.conformance import violation
from tests.support.typed_json import encode

COMPILED: dict[str, dict[str, Any]] = {
    "interpreter": {"backend": "interpreter", "optimize": False},
    "interpreter, optimized": {"backend": "interpreter"},
    "bytecode, not optimized": {"backend": "bytecode", "optimize": False},
    "bytecode": {"backend": "bytecode"},
}


def outcomes(source: str, texts: list[str], options: dict[str, Any]) -> list[Any] | tuple[int, ...]:
    """Return what a program does with each event, or the codes of its refusal."""
    try:
        program = dtl.compile(source, dialect="vrl", **options)
    except dtl.CompileError as error:
        return tuple(found.code for found in error.diagnostics if found.is_error)
    found = []
    for text in texts:
        outcome = program.run(from_json(text))
        message = outcome.error.message if outcome.error is not None else None
        found.append((outcome.status, encode(outcome.value), encode(outcome.record), encode(outcome.metadata), message))
        if outcome.status == "ok":
            assert (wrong := violation(outcome.record, program.types)) is None, (source, text, wrong)
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_backends_and_passes_agree(random: Random) -> None:
    source, events = case(random)
    texts = [event_text(event) for event in events]
    answers = {name: outcomes(source, texts, options) for name, options in COMPILED.items()}
    assert all(answer == answers["interpreter"] for answer in answers.values()), (source, events, answers)


@pytest.mark.parametrize("seed", range(2))
def test_many_programs_agree(seed: int) -> None:
    random = Random(seed)
    for _ in range(100):
        source, events = case(random)
        texts = [event_text(event) for event in events]
        expected = outcomes(source, texts, COMPILED["interpreter"])
        for name in ("bytecode", "interpreter, optimized"):
            assert outcomes(source, texts, COMPILED[name]) == expected, source
