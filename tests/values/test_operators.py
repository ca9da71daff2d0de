"""What the operators mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtl.values.compare import equals, same
from dtl.values.errors import Abort, Drop, Failure, FunctionError, Return, Stop, call_failure
from dtl.values.operators import OPERATORS, and_failure, or_failure
from dtl.values.regex import Regex
from dtl.values.text import from_bytes
from dtl.values.timestamp import Timestamp
from dtl.values.value import I64_MAX, I64_MIN, wrap
from tests.values.strategies import byte_strings, finite, integers, values

INF = float("inf")
NOON, LATER = Timestamp(43_200), Timestamp(43_200, 1)

RESULTS: list[tuple[Any, str, Any, Any]] = [
    (I64_MAX, "+", 1, I64_MIN),
    (I64_MIN, "-", 1, I64_MAX),
    (I64_MAX, "*", 2, -2),
    (1, "+", 0.5, 1.5),
    (2.0, "-", 2, 0.0),
    (9007199254740993, "+", 0.0, 9007199254740992.0),
    (3, "*", 0.5, 1.5),
    (7, "/", 2, 3.5),
    (6, "/", 2, 3.0),
    (1.0, "/", 4, 0.25),
    (1e308, "*", 10, INF),
    ("ab", "+", "cd", "abcd"),
    (None, "+", "x", "x"),
    ("x", "+", None, "x"),
    ("ab", "*", 2, "abab"),
    (3, "*", "é", "ééé"),
    ("x", "*", -1, ""),
    ("x", "*", 0, ""),
    ({"a": 1, "b": {"c": 1}}, "|", {"b": {"d": 2}}, {"a": 1, "b": {"d": 2}}),
    (1, "==", 1.0, True),
    (9007199254740993, "==", 9007199254740992, True),
    ([9007199254740993], "==", [9007199254740992], False),
    ([1], "==", [1.0], False),
    ([True], "==", [1], False),
    (1, "==", True, False),
    (0.0, "==", -0.0, True),
    ("1", "!=", 1, True),
    (None, "==", None, True),
    (None, "==", False, False),
    ({"a": [1, {}]}, "==", {"a": [1, {}]}, True),
    ({"a": 1}, "==", {"b": 1}, False),
    ([], "==", {}, False),
    (Regex("a+"), "==", Regex("a+"), True),
    (Regex("a+"), "==", "a+", False),
    (NOON, "!=", LATER, True),
    (1, "<", 1.5, True),
    (9007199254740993, ">", 9007199254740992, True),
    (9007199254740993, ">", 9007199254740992.0, False),
    ("Z", "<", "a", True),
    ("é", ">", "z", True),
    (from_bytes(b"\xff"), ">", "\U0010ffff", True),
    ("a", ">=", "a", True),
    (NOON, "<", LATER, True),
    (NOON, "<=", NOON, True),
    (2, ">=", 3, False),
]


@pytest.mark.parametrize(("left", "symbol", "right", "result"), RESULTS)
def test_results(left: Any, symbol: str, right: Any, result: Any) -> None:
    found = OPERATORS[symbol].meaning(left, right)
    assert same(found, result), found


FAILURES: list[tuple[Any, str, Any, str]] = [
    (1, "+", "x", "can't add type string to integer"),
    (None, "+", None, "can't add type null to null"),
    ([[]], "+", {}, "can't add type object to [array]"),
    ("x", "-", 1, "can't subtract type integer from string"),
    (NOON, "-", NOON, "can't subtract type timestamp from timestamp"),
    (True, "*", 2, "can't multiply type boolean by integer"),
    ("x", "*", 1.0, "can't multiply type string by float"),
    ({"a": 1}, "/", [2], "can't divide type { a: integer } by [integer]"),
    ("x", "/", 0, "can't divide by zero"),
    (5, "/", -0.0, "can't divide by zero"),
    (INF, "-", INF, "operation would produce NaN"),
    (0, "*", INF, "operation would produce NaN"),
    (INF, "/", INF, "operation would produce NaN"),
    ("x", "<", 1, "expected string, got integer"),
    (NOON, ">=", "x", "expected timestamp, got string"),
    (1, "<", "x", "can't compare integer >= string"),
    (True, "<=", True, "can't compare boolean >= boolean"),
    ([1], ">=", [], "can't compare [integer] >= array"),
    (None, ">", 1, "can't calculate remainder of type null and integer"),
    (Regex("x"), ">", Regex("x"), "can't calculate remainder of type regex and regex"),
    ({}, "|", 1, "can't merge type integer into object"),
]


@pytest.mark.parametrize(("left", "symbol", "right", "message"), FAILURES)
def test_failures(left: Any, symbol: str, right: Any, message: str) -> None:
    with pytest.raises(Failure) as failure:
        OPERATORS[symbol].meaning(left, right)
    assert failure.value.message == message


def test_not() -> None:
    assert OPERATORS["!"].meaning(False) is True
    with pytest.raises(Failure, match="expected boolean, got null"):
        OPERATORS["!"].meaning(None)


def test_repetition_is_bounded() -> None:
    for left, right in (("ab", 2**62), (2**40, "x")):
        with pytest.raises(Failure, match="can't repeat a string"):
            OPERATORS["*"].meaning(left, right)
    assert OPERATORS["*"].meaning("", 2**62) == ""


@given(byte_strings, st.integers(-2, 5))
def test_repeating_is_repeating_bytes(text: str, count: int) -> None:
    data = text.encode("utf-8", "surrogateescape") * count
    assert OPERATORS["*"].meaning(text, count) == from_bytes(data)


@given(integers, integers)
def test_integers_wrap(left: int, right: int) -> None:
    assert OPERATORS["+"].meaning(left, right) == wrap(left + right)
    assert OPERATORS["-"].meaning(left, right) == wrap(left - right)
    assert OPERATORS["*"].meaning(left, right) == wrap(left * right)


@given(integers | finite, integers | finite)
def test_numbers_are_ordered(left: float, right: float) -> None:
    less, equal, greater = (OPERATORS[symbol].meaning(left, right) for symbol in ("<=", "==", ">="))
    assert less or greater
    assert not (less and greater) or equal
    assert OPERATORS["<"].meaning(left, right) is not greater
    assert OPERATORS[">"].meaning(left, right) is not less


@given(values, values)
def test_equality_is_symmetric_and_holds_for_one_value(one: Any, two: Any) -> None:
    assert equals(one, one)
    assert equals(one, two) == equals(two, one)
    assert OPERATORS["!="].meaning(one, two) is not equals(one, two)


def test_deep_values_are_compared_without_recursion() -> None:
    def deep(inner: Any) -> Any:
        for _ in range(20_000):
            inner = [inner]
        return inner

    assert equals(deep(1), deep(1))
    assert not equals(deep(1), deep(2))


def test_words_for_what_the_logical_operators_raise() -> None:
    assert and_failure(1, "x").message == "can't apply an AND to types integer and string"
    assert or_failure(Abort("stop")).message == "can't apply an OR to these types - stop"
    assert call_failure("f", 3, 9, FunctionError("bad")).message == 'function call error for "f" at (3:9): bad'


def test_every_end_of_an_evaluation_has_a_message() -> None:
    stops: list[Stop] = [Failure("f"), FunctionError("g"), Abort(), Abort("a"), Return(1), Drop()]
    assert [stop.message for stop in stops] == ["f", "g", "aborted", "a", "return", "dropped"]
