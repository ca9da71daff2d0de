"""Which expressions the checker takes for constants, and their values (spec 9.1)."""

from __future__ import annotations

import math
from typing import Any

from dtl.functions.function import ABSENT
from dtl.types.type import ARRAY, BOOLEAN, FLOAT, INTEGER, OBJECT, REGEX, STRING, TIMESTAMP
from dtl.values.errors import Stop
from dtl.values.operators import OPERATORS
from dtl.values.regex import Regex
from dtl.values.timestamp import Timestamp

_FOLDED = frozenset("+-*/")


def fold(operator: str, left: Any, right: Any) -> Any:
    """Return the constant that an arithmetic operator gives for two constant numbers, or ABSENT."""
    if operator not in _FOLDED or not is_number(left) or not is_number(right):
        return ABSENT
    try:
        return OPERATORS[operator].meaning(left, right)
    except Stop:
        return ABSENT


def is_number(value: Any) -> bool:
    """Tell whether a constant is an integer or a float."""
    return type(value) is int or type(value) is float


def is_sure_divisor(value: Any) -> bool:
    """Tell whether dividing a number by this constant cannot fail: no zero, no subnormal, no infinity."""
    if type(value) is int:
        return value != 0
    return type(value) is float and math.isfinite(value) and abs(value) >= 2.2250738585072014e-308


def gives_nan(operator: str, left: Any, right: Any) -> bool:
    """Tell whether an operator on two constant numbers would give NaN."""
    if operator not in "+-*" or not is_number(left) or not is_number(right):
        return False
    if type(left) is int and type(right) is int:
        return False
    a, b = float(left), float(right)
    result = a + b if operator == "+" else a - b if operator == "-" else a * b
    return math.isnan(result)


def default_of(kinds: int) -> Any:
    """Return what `ok, err = ...` stores on failure for a type of exactly these kinds (spec 3.9)."""
    return _DEFAULTS.get(kinds)


_DEFAULTS: dict[int, Any] = {
    0: "",  # of a value that never comes
    STRING: "",
    INTEGER: 0,
    FLOAT: 0.0,
    BOOLEAN: False,
    TIMESTAMP: Timestamp(0, 0),
    REGEX: Regex(""),
    ARRAY: [],
    OBJECT: {},
}
