"""Whatever a function is given, it answers or fails with an error of its own, and soon."""

from __future__ import annotations

import signal
from random import Random
from typing import Any

import pytest

import dtl
from dtl.functions import Effect
from dtl.functions.function import Function, Parameter
from dtl.functions.standard import standard_library
from dtl.types import type as kind

_TEXTS = (
    "", "a", "abc", " ", "5", "-1", "1.5", "é", "\udcff", "\0", "a=b c=d", '{"a":1}', "[", "<a>b</a>", "%Y-%m-%d",
    "%{INT:x}",
    "2021-02-03T04:05:06Z", "127.0.0.1", "::1", "10.0.0.0/8", "http://a.b/c?d=e", "x" * 300, "(((((", "\\", "UTF-8",
    "a,b;c",
    "AES-256-CFB", "0123456789abcdef", "YWJj", "1s", "kb",
)  # fmt: skip
_VALUES: dict[int, tuple[Any, ...]] = {
    kind.STRING: _TEXTS,
    kind.INTEGER: (0, 1, -1, 2, 10, 255, -(2**63), 2**63 - 1),
    kind.FLOAT: (0.0, -0.5, 1.5, 1e300, float("inf")),
    kind.BOOLEAN: (True, False),
    kind.NULL: (None,),
    kind.ARRAY: ([], [1, 2], ["a", None, 2.5], [[1], {"a": 1}], ["a", "b"]),
    kind.OBJECT: ({}, {"a": 1}, {"a": {"b": [1, {}]}, "": None}, {"value": "x"}),
    kind.TIMESTAMP: (),
    kind.REGEX: (),
}
_LITERALS = {kind.TIMESTAMP: "t'2021-02-03T04:05:06.5Z'", kind.REGEX: r"r'(?P<a>\w+)|b*'"}
_LEFT_OUT = (Effect.AI, Effect.NETWORK)

FUNCTIONS = [
    pytest.param(function, id=function.name) for function in standard_library() if function.effect not in _LEFT_OUT
]


def argument(random: Random, parameter: Parameter, event: dict[str, Any], literal: bool) -> str | None:
    """Return an argument's source, its value put into the event; None to leave it out."""
    if not parameter.required and random.random() < 0.4:
        return None
    if parameter.enum is not None:
        return f'{parameter.name}: "{random.choice(parameter.enum)}"'
    kinds = [one for one in _VALUES if parameter.type.kinds & one]
    chosen = random.choice(kinds if random.random() < 0.9 else list(_VALUES))
    if chosen in _LITERALS:
        return f"{parameter.name}: {_LITERALS[chosen]}"
    value = random.choice(_VALUES[chosen])
    if literal or parameter.static or parameter.static_items:
        text = dtl.compile("encode_json(.v)").run({"v": value}).value
        return f"{parameter.name}: {text}" if not isinstance(value, float) else f"{parameter.name}: {value:.1f}"
    event[parameter.name] = value
    return f"{parameter.name}: .{parameter.name}"


def call(random: Random, function: Function) -> tuple[str, dict[str, Any]]:
    """Return a program that calls a function, and its event."""
    event: dict[str, Any] = {}
    literal = random.random() < 0.3
    found = (argument(random, parameter, event, literal) for parameter in function.parameters)
    names = ("_a", "_b", "_c")[: len(function.closure.parameters)] if function.closure else ()
    closure = f" -> |{', '.join(names)}| {{ {names[-1]} }}" if names else ""
    return f".r = {function.name}({', '.join(text for text in found if text is not None)}){closure}", event


def _too_slow(*_: object) -> None:
    raise TimeoutError("took more than thirty seconds")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_any_arguments_are_answered(function: Function, request: pytest.FixtureRequest) -> None:
    random = Random(function.name)
    rounds = 2000 if request.config.getoption("--long") else 25
    for _ in range(rounds):
        source, event = call(random, function)
        try:
            program = dtl.compile(source)
        except dtl.CompileError:
            continue
        before = signal.signal(signal.SIGALRM, _too_slow)
        signal.setitimer(signal.ITIMER_REAL, 30)
        try:
            outcome = program.run(event)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        message = "" if outcome.error is None else outcome.error.message
        assert "internal error" not in message, (source, event, message)
