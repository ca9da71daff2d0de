"""The `is_object` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_object(value: AnyValue) -> Boolean:
    """Tell whether a value is an object.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_object({})
            true

        It is not:
            >>> is_object([])
            false
    """
    return type(value) is dict
