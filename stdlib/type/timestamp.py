"""The `timestamp` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Fallible, Timestamp
from dtl.types.type import TIMESTAMP
from dtl.values.timestamp import Timestamp as Instant

from ._guard import guarded, refuse


@function(keeps=TIMESTAMP)
def timestamp(value: AnyValue) -> Fallible[Timestamp]:
    """Return a value if it is a timestamp, and fail if it is not.

    Nothing is converted. The compiler knows afterwards that it deals with a timestamp.

    Args:
        value: The value that should be a timestamp.

    Raises:
        `value` is not a timestamp.

    Examples:
        It is a timestamp:
            >>> timestamp(t'2024-05-01T00:00:00Z')
            t'2024-05-01T00:00:00Z'

        A field with a fallback:
            >>> timestamp(.at) ?? t'1970-01-01T00:00:00Z'
            t'1970-01-01T00:00:00Z'

        It is not:
            >>> timestamp!("2024-05-01")
            error: expected timestamp, got string
    """
    if type(value) is Instant:
        return value
    raise refuse("timestamp", value)


@timestamp.typed
def _result(arguments: Arguments) -> Result:
    return guarded(arguments, TIMESTAMP)
