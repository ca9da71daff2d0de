"""The `is_integer` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_integer(value: AnyValue) -> Boolean:
    """Tell whether a value is an integer.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_integer(1)
            true

        It is not:
            >>> is_integer(1.0)
            false
    """
    return type(value) is int
