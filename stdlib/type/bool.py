"""The `bool` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Boolean, Fallible
from dtl.types.type import BOOLEAN

from ._guard import guarded, refuse


@function(keeps=BOOLEAN)
def bool_(value: AnyValue) -> Fallible[Boolean]:
    """Return a value if it is a boolean, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with a boolean.

    Args:
        value: The value that should be a boolean.

    Raises:
        `value` is not a boolean.

    Examples:
        It is a boolean:
            >>> bool(false)
            false

        A field with a fallback:
            >>> bool(.active) ?? false
            false

        It is not:
            >>> bool!(0)
            error: expected boolean, got integer
    """
    if type(value) is bool:
        return value
    raise refuse("boolean", value)


@bool_.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, BOOLEAN)
