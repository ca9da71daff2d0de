"""The `is_timestamp` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean
from dtl.values.timestamp import Timestamp as Instant


@function
def is_timestamp(value: AnyValue) -> Boolean:
    """Tell whether a value is a timestamp.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_timestamp(t'2024-05-01T00:00:00Z')
            true

        It is not:
            >>> is_timestamp("2024-05-01T00:00:00Z")
            false
    """
    return type(value) is Instant
