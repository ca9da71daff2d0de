"""The `object` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, Object
from dtl.types.type import OBJECT

from ._guard import guarded, refuse


@function(keeps=OBJECT)
def object(value: AnyValue) -> Fallible[Object]:
    """Return a value if it is an object, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with an object.

    Args:
        value: The value that should be an object.

    Raises:
        `value` is not an object.

    Examples:
        It is an object:
            >>> object({ "a": 1 })
            { "a": 1 }

        A field with a fallback:
            >>> object(.user) ?? {}
            {}

        It is not:
            >>> object!([1])
            error: expected object, got [integer]
    """
    if type(value) is dict:
        return value
    raise refuse("object", value)


@object.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, OBJECT)
