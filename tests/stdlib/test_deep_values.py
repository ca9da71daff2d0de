"""Functions go through values of any depth: none of them runs into Python's limit of recursion."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from dtl.functions import FunctionError
from dtl.functions.registry import Registry, discover

DEPTH = 5_000
REGISTRY: Registry = discover(importlib.import_module("dtl.stdlib").FOLDER, "dtl.stdlib")


def call(name: str, *arguments: Any, **named: Any) -> Any:
    """Call a function's evaluator."""
    function = REGISTRY.get(name)
    assert function is not None
    return function(*arguments, **named)


def nested(wrap: Callable[[Any], Any]) -> Any:
    """Return a value of great depth."""
    value: Any = 1
    for _ in range(DEPTH):
        value = wrap(value)
    return value


def array() -> Any:
    return nested(lambda value: [value])


def object_() -> Any:
    return nested(lambda value: {"a": value})


CALLS: dict[str, Callable[[], Any]] = {
    "compact": lambda: call("compact", object_(), True, True, True, True, True, False),
    "flatten": lambda: call("flatten", array(), ".", frozenset()),
    "unflatten": lambda: call("unflatten", {"a." * DEPTH: 1}, ".", True),
    "map_keys": lambda: call("map_keys", object_(), True, closure=lambda key: key),
    "map_values": lambda: call("map_values", object_(), True, closure=lambda value: value),
    "tag_types_externally": lambda: call("tag_types_externally", array()),
    "unique": lambda: call("unique", [array(), array(), object_()]),
    "includes": lambda: call("includes", [array()], array()),
    "merge": lambda: call("merge", object_(), object_(), True),
    "deep_merge": lambda: call("deep_merge", object_(), object_()),
    "sort": lambda: call("sort", [object_(), array(), object_()]),
    "group_by": lambda: call("group_by", [array()], closure=lambda _, value: value),
    "is_json": lambda: call("is_json", "[" * DEPTH + "]" * DEPTH),
    "get": lambda: call("get", object_(), ["a"] * DEPTH),
    "set": lambda: call("set", object_(), ["a"] * DEPTH, 2),
    "remove": lambda: call("remove", object_(), ["a"] * DEPTH, True),
}


@pytest.mark.parametrize("name", CALLS)
def test_depth_is_no_obstacle(name: str) -> None:
    CALLS[name]()


@pytest.mark.parametrize("name", ["tally", "assert_eq"])
def test_messages_show_values_of_any_depth(name: str) -> None:
    arguments = [[array()]] if name == "tally" else [array(), object_()]
    with pytest.raises(FunctionError):
        call(name, *arguments)


def test_a_closure_that_never_ends_is_stopped() -> None:
    with pytest.raises(FunctionError, match="levels deep"):
        call("map_values", [[1]], True, closure=lambda value: [value])
