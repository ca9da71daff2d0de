"""The `is_boolean` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_boolean(value: AnyValue) -> Boolean:
    """Tell whether a value is a boolean.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_boolean(true)
            true

        It is not:
            >>> is_boolean("true")
            false
    """
    return type(value) is bool
