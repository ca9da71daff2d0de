"""Programs in which VRL's rule for a function's type promises more than its value keeps."""

from __future__ import annotations

from typing import Any

import pytest

import dtl

NULL_SUM = "can't add type integer to null"

CASES: list[tuple[str, Any]] = [
    # The type keeps the popped element.
    ("x = pop([1, 2]); x[1] + 1", NULL_SUM),
    # The type keeps the old names.
    ('x = map_keys({"a": 1}) -> |k| { "b" }; x.a + 1', NULL_SUM),
    ('x = map_keys({"a": 1}) -> |k| { k + "b" }; x.ab', 1),
    # The type keeps that of the elements which are not known.
    ('x = map_values(split("a,b", ",")) -> |v| { 1 }; x[0]', 1),
    ('x = map_values(split("a,b", ",")) -> |v| { 1 }; upcase!(x[0])', "expected string, got integer"),
    # The type is that of the second object, though a field may come from the first.
    ('x = {"a": 1}; if .q == 1 { x = {"b": 1} }; y = merge({"b": "s"}, x); y.b', "s"),
    ('x = merge({"a": {"b": 1}}, {"a": {"c": 2}}, deep: true); x.a.b', 1),
    # There is no type at all, which does not mean that the program ends there.
    ('.x = {}; .y = set!(.x, ["a"], 1); .z = 2; .z', 2),
    (".y = set!({}, [0], 1); .y", [1]),
    ('y = remove!(.x, ["a"]); .z = 3; .z', 3),
    # An integer is promised where a float comes.
    ("x = mod(5.5, 2); x + 0.5", 2.0),
]


@pytest.mark.parametrize("backend", ["interpreter", "bytecode"])
@pytest.mark.parametrize(("source", "expected"), CASES, ids=[source for source, _ in CASES])
def test_no_backend_relies_on_the_promise(source: str, expected: Any, backend: str) -> None:
    try:
        program = dtl.compile(source, dialect="vrl", backend=backend)
    except dtl.CompileError as error:
        pytest.fail("; ".join(f"{each.code} {each.message}" for each in error.diagnostics))
    outcome = program.run({})
    if outcome.status == "ok":
        assert outcome.value == expected
    else:
        assert expected in str(outcome.error)
