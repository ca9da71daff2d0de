"""The `is_array` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_array(value: AnyValue) -> Boolean:
    """Tell whether a value is an array.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_array([])
            true

        It is not:
            >>> is_array("[]")
            false
    """
    return type(value) is list
