"""Equality and order of values."""

from __future__ import annotations

from typing import NoReturn

from dtl.values.errors import Failure
from dtl.values.instant import Timestamp
from dtl.values.text import is_less
from dtl.values.value import Value, describe


def equals(left: Value, right: Value) -> bool:
    """Tell whether two values are equal as `==` understands it.

    Numbers are compared as doubles, two integers included, but inside containers an integer never equals a float.
    """
    if type(left) is int or type(left) is float:
        return (type(right) is int or type(right) is float) and float(left) == float(right)
    if type(left) is str:
        return type(right) is str and left == right
    return same(left, right)


def same(left: Value, right: Value) -> bool:
    """Tell whether two values are alike in kind and content, at any depth."""
    if type(left) is not type(right):
        return False
    if not isinstance(left, list | dict):
        return left == right
    todo: list[tuple[Value, Value]] = [(left, right)]
    while todo:
        one, two = todo.pop()
        if isinstance(one, list) and isinstance(two, list):
            if len(one) != len(two):
                return False
            todo.extend(zip(one, two, strict=True))
        elif isinstance(one, dict) and isinstance(two, dict):
            if one.keys() != two.keys():
                return False
            todo.extend((item, two[key]) for key, item in one.items())
        elif type(one) is not type(two) or one != two:
            return False
    return True


def less(left: Value, right: Value) -> bool:
    """Return the meaning of `<`."""
    order = _order(left, right)
    return _refuse("<", left, right) if order is None else order < 0


def less_or_equal(left: Value, right: Value) -> bool:
    """Return the meaning of `<=`."""
    order = _order(left, right)
    return _refuse("<=", left, right) if order is None else order <= 0


def greater(left: Value, right: Value) -> bool:
    """Return the meaning of `>`."""
    order = _order(left, right)
    return _refuse(">", left, right) if order is None else order > 0


def greater_or_equal(left: Value, right: Value) -> bool:
    """Return the meaning of `>=`."""
    order = _order(left, right)
    return _refuse(">=", left, right) if order is None else order >= 0


def _order(left: Value, right: Value) -> int | None:
    """Return a number below, equal to or above zero as the left value is to the right; None if they have no order."""
    if type(left) is int or type(left) is float:
        if type(right) is not type(left):
            if type(right) is not int and type(right) is not float:
                return None
            left, right = float(left), float(right)  # an integer may lose digits here, as it does in VRL
    elif type(left) is str and type(right) is str:
        return 0 if left == right else -1 if is_less(left, right) else 1
    elif not (type(left) is Timestamp and type(right) is Timestamp):
        return None
    return (left > right) - (left < right)  # type: ignore[operator]


def _refuse(symbol: str, left: Value, right: Value) -> NoReturn:
    """Raise the error for two values without an order; VRL's texts name other operators than the one used."""
    if isinstance(left, str):
        raise Failure(f"expected string, got {describe(right)}")
    if isinstance(left, Timestamp):
        raise Failure(f"expected timestamp, got {describe(right)}")
    if symbol == ">":
        raise Failure(f"can't calculate remainder of type {describe(left)} and {describe(right)}")
    raise Failure(f"can't compare {describe(left)} >= {describe(right)}")
