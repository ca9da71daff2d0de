"""The small meanings that all backends share: checks, words of failures, iteration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dtl.functions.function import Function
from dtl.types.show import show
from dtl.types.type import ARRAY, BOOLEAN, OBJECT, STRING, UNDEFINED, Type
from dtl.values.compare import equals, greater, greater_or_equal, less, less_or_equal
from dtl.values.errors import Abort, Failure, Return, Stop, call_failure
from dtl.values.operators import add, and_failure, differs, divide, merge, multiply, subtract
from dtl.values.value import Value, describe, display

#: What `??` and `ok, err =` catch: every Stop but Drop.
CAUGHT = (Failure, Abort, Return)

#: The meaning of each operator that evaluates both its sides.
MEANINGS: dict[str, Any] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "|": merge,
    "==": equals,
    "!=": differs,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
}


def refuse_kind(kinds: int, value: Value) -> Failure:
    """Word the failure for a value that is of none of the kinds wanted."""
    return Failure(f"expected {show(Type(kinds & ~UNDEFINED))}, got {describe(value)}")


def truth(value: Value) -> bool:
    """Return a condition's value.

    Raises:
        Failure: It is not a boolean.
    """
    if value is True or value is False:
        return value
    raise refuse_kind(BOOLEAN, value)


def conjoin(left: Value, right: Value) -> bool:
    """Return `left && right` for a left side that is neither null nor false."""
    if left is True and (right is None or right is True or right is False):
        return right is True
    raise and_failure(left, right)


def call_failed(stop: Stop, name: str, start: int, end: int) -> Stop:
    """Return what a call raises when something stopped its arguments, its closure or its evaluator.

    A failure is given the call's name and place (bytes), an abort or a drop passes, a return is not allowed there.
    """
    if isinstance(stop, Failure):
        outer: Stop = call_failure(name, start, end, stop)
    elif isinstance(stop, Return):
        outer = Failure("return cannot be used inside closures")
    else:
        return stop
    outer.place, outer.inner = stop.place, stop.inner
    return outer


def entries(items: Value) -> Iterable[tuple[Any, Any]]:
    """Return the keys (or indexes) and elements that a loop takes, in their order.

    Raises:
        Failure: The value is neither an object nor an array.
    """
    if isinstance(items, dict):
        return [(key, items[key]) for key in sorted(items)]
    if isinstance(items, list):
        return enumerate(items)
    raise refuse_kind(OBJECT | ARRAY, items)


def message_text(message: Value) -> str:
    """Return the text of an `abort`.

    Raises:
        Failure: It is not a string.
    """
    if isinstance(message, str):
        return message
    raise refuse_kind(STRING, message)


def thrown_text(message: Value) -> str:
    """Return the text of a `throw`; what is not a string is shown as a value."""
    return message if isinstance(message, str) else display(message)


def default_argument(function: Function, index: int) -> Any:
    """Return what stands for an argument that is not given, as the evaluator wants it."""
    parameter = function.parameters[index]
    preparation = function.preparations.get(parameter.name)
    if preparation is None or parameter.default is None:
        return parameter.default
    return preparation.prepare(parameter.default)


def is_leaking(stop: Stop, slots: int, first: Value) -> bool:
    """Tell whether a closure that was stopped leaves its parameters in the variables they shadow (spec 6.4).

    Not when `return` is honoured: in a closure of two parameters over an object's entries.
    """
    return not (isinstance(stop, Return) and slots == 2 and isinstance(first, str))
