"""The `to_string` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, String
from dtl.types.type import ARRAY, OBJECT, REGEX, STRING, STRING_TYPE
from dtl.values import convert


@function(keeps=STRING)
def to_string(value: AnyValue) -> Fallible[String]:
    """Turn a value into a string.

    Null gives an empty string, a timestamp its RFC 3339 text in UTC. A float is written without an exponent, and
    without a fraction where it is whole. For arrays and objects there is `encode_json`.

    Args:
        value: What to turn into a string.

    Raises:
        `value` is a regex, an array or an object.

    Examples:
        An integer:
            >>> to_string(-12)
            "-12"

        A whole float:
            >>> to_string(3.0)
            "3"

        Null:
            >>> to_string(null)
            ""

        A timestamp:
            >>> to_string(t'2024-05-01T12:00:00.5Z')
            "2024-05-01T12:00:00.500Z"

        An array:
            >>> to_string!(["a", 1])
            error: unable to coerce [string, integer] into string
    """
    return value if type(value) is str else convert.to_string(value)


@to_string.typed
def _result(arguments: Arguments) -> Result:
    return Result(STRING_TYPE, arguments.type("value").contains(REGEX | ARRAY | OBJECT))
