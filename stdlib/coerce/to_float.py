"""The `to_float` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, Float
from dtl.types.type import ARRAY, FLOAT, FLOAT_TYPE, OBJECT, REGEX, STRING
from dtl.values import convert


@function(keeps=FLOAT)
def to_float(value: AnyValue) -> Fallible[Float]:
    """Turn a value into a float.

    A boolean gives 1.0 or 0.0, null 0.0, a timestamp its Unix seconds with their fraction. A string must be the text
    of a number; `inf` and `infinity` are taken too.

    Args:
        value: What to turn into a float.

    Raises:
        `value` is a string that is not the text of a number.
        `value` is the text `nan`, for there is no such number here.
        `value` is a regex, an array or an object.
        `value` is a timestamp before 1677 or after 2262, whose nanoseconds do not fit 64 bits.

    Examples:
        The text of a number:
            >>> to_float!("-2.5e3")
            -2500.0

        A boolean:
            >>> to_float(true)
            1.0

        A timestamp:
            >>> to_float(t'2024-05-01T00:00:00.5Z')
            1714521600.5

        No number:
            >>> to_float!("1,5")
            error: Invalid floating point number "1,5": invalid float literal

        Not a number:
            >>> to_float!("nan")
            error: NaN number not supported "nan"

        An array:
            >>> to_float!([1.5])
            error: unable to coerce [float] into float

        A distant time:
            >>> to_float(t'3000-01-01T00:00:00Z')
            error: can't convert out of range timestamp
    """
    return convert.to_float(value)


@to_float.typed
def _result(arguments: Arguments) -> Result:
    return Result(FLOAT_TYPE, arguments.type("value").contains(STRING | REGEX | ARRAY | OBJECT))
