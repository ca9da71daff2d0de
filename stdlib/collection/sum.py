"""The `sum` function."""

import math
from typing import Any

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Array, Fallible, Float, Integer
from dtl.types.type import FLOAT_TYPE, INTEGER, INTEGER_TYPE, NULL, NUMBERS
from dtl.values.value import describe, wrap

from ._elements import elements_type


@function(dialect="dtl")
def sum_(value: Array) -> Fallible[Integer | Float]:
    """Add up the numbers of an array.

    Null is passed over. The sum of integers is an integer, which wraps around at the limits of 64 bits as `+` does;
    with a float among them it is a float. The sum of nothing is 0. The call cannot fail where it is certain that all
    elements are numbers.

    Args:
        value: The array.

    Raises:
        An element is neither a number nor null.
        Infinities of both signs are among the numbers.

    Examples:
        Integers:
            >>> sum([1, 2, 3])
            6

        With a float:
            >>> sum([1, 0.5, null])
            1.5

        A text:
            >>> sum!([1, "2"])
            error: can't add up: expected integer or float, got string

        No such number:
            >>> sum([to_float!("inf"), to_float!("-inf")])
            error: can't add up infinities of both signs
    """
    total: Any = 0
    for element in value:
        if type(element) is int or type(element) is float:
            total += element
        elif element is not None:
            raise FunctionError(f"can't add up: expected integer or float, got {describe(element)}")
    if type(total) is int:
        return wrap(total)
    if math.isnan(total):
        raise FunctionError("can't add up infinities of both signs")
    return total  # type: ignore[no-any-return]


@sum_.typed
def _result(arguments: Arguments) -> Result:
    elements = elements_type(arguments)
    if elements.within(INTEGER | NULL):
        return Result(INTEGER_TYPE)
    return Result(INTEGER_TYPE | FLOAT_TYPE, not elements.within(NUMBERS | NULL))
