"""The `is_float` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_float(value: AnyValue) -> Boolean:
    """Tell whether a value is a float.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_float(1.0)
            true

        It is not:
            >>> is_float(1)
            false
    """
    return type(value) is float
