"""The `mod` function."""

import math
from typing import Any

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Fallible, Float, Integer
from dtl.types.type import FLOAT_TYPE, INTEGER, INTEGER_TYPE
from dtl.values.value import describe

from ._rounding import NUMBER_TYPE


@function(own_checks=("value", "modulus"))
def mod(value: Integer | Float, modulus: Integer | Float) -> Fallible[Integer | Float]:
    """Return what is left over by a division.

    The result has the sign of `value`. It is a float if one of the two is.

    Args:
        value: The number to divide.
        modulus: The number to divide by.

    Raises:
        `modulus` is zero.
        `value` is infinite, so that there is no such number.
        One of the two is not a number.

    Examples:
        Integers:
            >>> mod(17, 5)
            2

        A negative number:
            >>> mod(-17, 5)
            -2

        Floats:
            >>> mod(5.5, 2)
            1.5

        By zero:
            >>> mod!(17, 0)
            error: can't divide by zero

        Of infinity:
            >>> mod!(to_float!("inf"), 2.0)
            error: operation would produce NaN

        No number:
            >>> mod!(.missing, 2)
            error: can't calculate remainder of type null and integer
    """
    if _is_number(modulus) and modulus == 0:
        raise FunctionError("can't divide by zero")
    if not _is_number(value) or not _is_number(modulus):
        raise FunctionError(f"can't calculate remainder of type {describe(value)} and {describe(modulus)}")
    if type(value) is int and type(modulus) is int:
        rest = value % modulus
        # Python's remainder has the sign of the divisor.
        return rest - modulus if rest and (value < 0) != (modulus < 0) else rest
    if math.isinf(value):
        raise FunctionError("operation would produce NaN")
    return math.fmod(value, modulus)


def _is_number(value: Any) -> bool:
    return type(value) is int or type(value) is float


@mod.typed
def _result(arguments: Arguments) -> Result:
    """A constant that can divide makes the call infallible, and decides the type alone."""
    modulus, value = arguments.constant("modulus"), arguments.constant("value")
    infinite = type(value) is float and math.isinf(value)
    if type(modulus) is int:
        given = arguments.type("value")
        return Result(INTEGER_TYPE, infinite or not modulus, None if given.within(INTEGER) else NUMBER_TYPE)
    if type(modulus) is float:
        return Result(FLOAT_TYPE, infinite or not _is_normal(modulus))
    return Result(NUMBER_TYPE, True)


def _is_normal(number: float) -> bool:
    """Tell whether a float is neither zero, infinite, nor so small that it lost digits."""
    return math.isfinite(number) and math.fabs(number) >= 2.2250738585072014e-308
