"""The `array` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Array, Fallible
from dtl.types.type import ARRAY

from ._guard import guarded, refuse


@function(keeps=ARRAY)
def array(value: AnyValue) -> Fallible[Array]:
    """Return a value if it is an array, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with an array.

    Args:
        value: The value that should be an array.

    Raises:
        `value` is not an array.

    Examples:
        It is an array:
            >>> array([1, 2])
            [1, 2]

        A field with a fallback:
            >>> array(.tags) ?? []
            []

        It is not:
            >>> array!("1, 2")
            error: expected array, got string
    """
    if type(value) is list:
        return value
    raise refuse("array", value)


@array.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, ARRAY)
