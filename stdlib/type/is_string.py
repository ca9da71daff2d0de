"""The `is_string` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_string(value: AnyValue) -> Boolean:
    """Tell whether a value is a string.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_string("a")
            true

        It is not:
            >>> is_string(r'a')
            false
    """
    return type(value) is str
