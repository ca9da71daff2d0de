"""The `to_bool` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Boolean, Fallible
from dtl.types.type import ARRAY, BOOLEAN, BOOLEAN_TYPE, OBJECT, REGEX, STRING, TIMESTAMP
from dtl.values import convert


@function(keeps=BOOLEAN)
def to_bool(value: AnyValue) -> Fallible[Boolean]:
    """Turn a value into a boolean.

    Null is false, a number is true unless it is zero. A string is true for `true`, `t`, `yes`, `y` and false for
    `false`, `f`, `no`, `n`, in any case; the text of an integer counts as that integer.

    Args:
        value: What to turn into a boolean.

    Raises:
        `value` is a string that says neither true nor false.
        `value` is of a kind that has no truth: a timestamp, a regex, an array or an object.

    Examples:
        A word:
            >>> to_bool!("Yes")
            true

        A number:
            >>> to_bool(0.0)
            false

        Null:
            >>> to_bool(null)
            false

        Neither true nor false:
            >>> to_bool!("on")
            error: Invalid boolean value "on"

        A timestamp:
            >>> to_bool!(t'2024-05-01T00:00:00Z')
            error: unable to coerce timestamp into boolean
    """
    return convert.to_bool(value)


@to_bool.typed
def _result(arguments: Arguments) -> Result:
    return Result(BOOLEAN_TYPE, arguments.type("value").contains(STRING | TIMESTAMP | REGEX | ARRAY | OBJECT))
