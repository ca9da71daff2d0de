"""The operators: one row each, with the meaning that every backend and the constant folder share.

`&&`, `||` and `??` decide what is evaluated at all and are control flow; only their error texts are here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from dtl.data import frozen
from dtl.values import compare
from dtl.values.errors import Failure, Stop
from dtl.values.text import byte_length, joined, joined_all
from dtl.values.value import Value, describe, wrap

# A repeated string may have this many bytes; more is an error, so that a program cannot use up the memory.
LONGEST_REPETITION = 64 * 1024 * 1024


@frozen
class Operator:
    """An operator: how it is written, what it is called, and what it means for its operands.

    The meaning raises `Failure` for operands it cannot take.
    """

    symbol: str
    name: str
    meaning: Callable[..., Any]


def add(left: Value, right: Value) -> Value:
    """Add numbers, or concatenate strings; null beside a string counts as nothing."""
    one, two = type(left), type(right)
    if one is int and two is int:
        return wrap(left + right)  # type: ignore[operator, arg-type]
    if one is str:
        if two is str:
            return joined(left, right)  # type: ignore[arg-type]
        if right is None:
            return left
    elif (one is int or one is float) and (two is int or two is float):
        return _number(float(left) + float(right))  # type: ignore[arg-type]
    elif left is None and two is str:
        return right
    raise Failure(f"can't add type {describe(right)} to {describe(left)}")


def subtract(left: Value, right: Value) -> Value:
    """Subtract numbers."""
    one, two = type(left), type(right)
    if one is int and two is int:
        return wrap(left - right)  # type: ignore[operator, arg-type]
    if (one is int or one is float) and (two is int or two is float):
        return _number(float(left) - float(right))  # type: ignore[arg-type]
    raise Failure(f"can't subtract type {describe(right)} from {describe(left)}")


def multiply(left: Value, right: Value) -> Value:
    """Multiply numbers, or repeat a string."""
    one, two = type(left), type(right)
    if one is int and two is int:
        return wrap(left * right)  # type: ignore[operator, arg-type]
    if (one is int or one is float) and (two is int or two is float):
        return _number(float(left) * float(right))  # type: ignore[arg-type]
    if one is str and two is int:
        return _repeat(left, right)  # type: ignore[arg-type]
    if one is int and two is str:
        return _repeat(right, left)  # type: ignore[arg-type]
    raise Failure(f"can't multiply type {describe(left)} by {describe(right)}")


def divide(left: Value, right: Value) -> float:
    """Divide numbers; the result is a float, and a divisor of zero fails before kinds are looked at."""
    one, two = type(left), type(right)
    if two is int or two is float:
        divisor = float(right)  # type: ignore[arg-type]
        if divisor == 0.0:
            raise Failure("can't divide by zero")
        if one is int or one is float:
            return _number(float(left) / divisor)  # type: ignore[arg-type]
    raise Failure(f"can't divide type {describe(left)} by {describe(right)}")


def merge(left: Value, right: Value) -> dict[str, Any]:
    """Put the fields of two objects together; the right one's win."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left | right
    raise Failure(f"can't merge type {describe(right)} into {describe(left)}")


def differs(left: Value, right: Value) -> bool:
    """Return the meaning of `!=`."""
    return not compare.equals(left, right)


def negate(value: Value) -> bool:
    """Return the meaning of `!`."""
    if isinstance(value, bool):
        return not value
    raise Failure(f"expected boolean, got {describe(value)}")


def or_failure(inner: Stop) -> Failure:
    """Word what the right side of `||` raised; an abort or a return becomes an error there."""
    return Failure(f"can't apply an OR to these types - {inner.message}")


def and_failure(left: Value, right: Value) -> Failure:
    """Word the error of `&&` for operands that are not boolean."""
    return Failure(f"can't apply an AND to types {describe(left)} and {describe(right)}")


def _number(number: float) -> float:
    """Return a float result; NaN is not a value."""
    if number != number:
        raise Failure("operation would produce NaN")
    return number


def _repeat(text: str, count: int) -> str:
    if count <= 0 or not text:
        return ""
    if byte_length(text) * count > LONGEST_REPETITION:
        _refuse_repetition(count)
    if "\udc80" <= text[0] <= "\udcff" and "\udc80" <= text[-1] <= "\udcff":
        return joined_all([text] * count)
    return text * count


def _refuse_repetition(count: int) -> NoReturn:
    raise Failure(f"can't repeat a string {count} times: the result would have more than {LONGEST_REPETITION} bytes")


OPERATORS: dict[str, Operator] = {
    row.symbol: row
    for row in (
        Operator("+", "add", add),
        Operator("-", "subtract", subtract),
        Operator("*", "multiply", multiply),
        Operator("/", "divide", divide),
        Operator("|", "merge", merge),
        Operator("==", "equal", compare.equals),
        Operator("!=", "not equal", differs),
        Operator("<", "less", compare.less),
        Operator("<=", "less or equal", compare.less_or_equal),
        Operator(">", "greater", compare.greater),
        Operator(">=", "greater or equal", compare.greater_or_equal),
        Operator("!", "not", negate),
    )
}
