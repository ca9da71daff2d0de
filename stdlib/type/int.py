"""The `int` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, Integer
from dtl.types.type import INTEGER

from ._guard import guarded, refuse


@function(keeps=INTEGER)
def int_(value: AnyValue) -> Fallible[Integer]:
    """Return a value if it is an integer, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with an integer.

    Args:
        value: The value that should be an integer.

    Raises:
        `value` is not an integer.

    Examples:
        It is an integer:
            >>> int(8)
            8

        A field with a fallback:
            >>> int(.count) ?? 0
            0

        It is not:
            >>> int!("8")
            error: expected integer, got string
    """
    if type(value) is int:
        return value
    raise refuse("integer", value)


@int_.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, INTEGER)
