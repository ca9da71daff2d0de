"""Every documented example, on every backend: it gives what its docstring says."""

from __future__ import annotations

import math
from typing import Any

import pytest

import dtl
from dtl.backends import BACKENDS
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.functions import Effect
from dtl.functions.function import Example, Function
from dtl.functions.standard import standard_library
from tests.support.typed_json import encode

EXAMPLES = [
    pytest.param(function, example, id=f"{function.name}-{number}")
    for function in standard_library()
    if function.effect is not Effect.AI
    for number, example in enumerate(function.documentation.examples)
]


def texts_of(found: Diagnostic) -> list[str]:
    """Return all that a diagnostic says."""
    return [found.message, *(label.text for label in found.labels)]


def is_close(found: Any, expected: Any) -> bool:
    """Tell whether two values are equal, floats up to what differs between processors."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(is_close(found[key], expected[key]) for key in found)
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(is_close, found, expected))
    if type(found) is float and type(expected) is float:
        return math.isclose(found, expected, rel_tol=1e-6)
    return type(found) is type(expected) and bool(found == expected)


def one_line(text: str) -> str:
    """Return a text with its white space folded, as a docstring shows it."""
    return " ".join(text.split())


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("function", "example"), EXAMPLES)
def test_an_example_gives_what_it_says(function: Function, example: Example, backend: str) -> None:
    if example.skip:
        pytest.skip(example.skip)
    try:
        outcome = dtl.compile(example.source, backend=backend).run({})
    except dtl.CompileError as refused:
        assert example.error is not None, refused
        assert example.error in " ".join(text for found in refused.diagnostics for text in texts_of(found))
        return
    if example.error is not None:
        assert outcome.error is not None, f"gave {outcome.value!r}"
        assert one_line(example.error) in one_line(outcome.error.message)
        return
    assert outcome.error is None, outcome.error
    expected = dtl.compile(example.result).run({})
    assert is_close(encode(outcome.value), encode(expected.value))
    assert type(outcome.value) is type(expected.value)
