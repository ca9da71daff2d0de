"""The `to_int` function."""

from collections.abc import Callable

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, Integer
from dtl.types.type import ARRAY, INTEGER, INTEGER_TYPE, OBJECT, REGEX, STRING
from dtl.values import convert
from dtl.values.value import Value


@function(keeps=INTEGER)
def to_int(value: AnyValue) -> Fallible[Integer]:
    """Turn a value into an integer.

    A float loses its fraction, and stops at the limits of 64 bits. A boolean gives 1 or 0, null 0, a timestamp its
    Unix seconds. A string must be the text of a decimal integer, without blanks.

    Args:
        value: What to turn into an integer.

    Raises:
        `value` is a string that is not the text of an integer.
        `value` is a regex, an array or an object.

    Examples:
        The text of an integer:
            >>> to_int!("+17")
            17

        A float:
            >>> to_int(-3.9)
            -3

        A timestamp:
            >>> to_int(t'2024-05-01T00:00:00Z')
            1714521600

        No integer:
            >>> to_int!("3.9")
            error: Invalid integer "3.9": invalid digit found in string

        An object:
            >>> to_int!({ "n": 1 })
            error: unable to coerce { n: integer } into integer
    """
    return convert.to_int(value)


@to_int.typed
def _result(arguments: Arguments) -> Result:
    return Result(INTEGER_TYPE, arguments.type("value").contains(STRING | REGEX | ARRAY | OBJECT))


@to_int.specialize()
def _() -> Callable[[Value], int]:
    return convert.to_int  # a call less
