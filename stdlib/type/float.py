"""The `float` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, Float
from dtl.types.type import FLOAT

from ._guard import guarded, refuse


@function(keeps=FLOAT)
def float_(value: AnyValue) -> Fallible[Float]:
    """Return a value if it is a float, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with a float.

    Args:
        value: The value that should be a float.

    Raises:
        `value` is not a float.

    Examples:
        It is a float:
            >>> float(2.5)
            2.5

        A field with a fallback:
            >>> float(.ratio) ?? 0.0
            0.0

        It is not:
            >>> float!(2)
            error: expected float, got integer
    """
    if type(value) is float:
        return value
    raise refuse("float", value)


@float_.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, FLOAT)
