"""The `string` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, String
from dtl.types.type import STRING

from ._guard import guarded, refuse


@function(keeps=STRING)
def string(value: AnyValue) -> Fallible[String]:
    """Return a value if it is a string, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with a string.

    Args:
        value: The value that should be a string.

    Raises:
        `value` is not a string.

    Examples:
        It is a string:
            >>> string("plain")
            "plain"

        A field with a fallback:
            >>> string(.name) ?? "unknown"
            "unknown"

        It is not:
            >>> string!(5)
            error: expected string, got integer
    """
    if type(value) is str:
        return value
    raise refuse("string", value)


@string.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, STRING)
