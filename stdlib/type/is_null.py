"""The `is_null` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean


@function
def is_null(value: AnyValue) -> Boolean:
    """Tell whether a value is null.

    A field that does not exist reads as null.

    Args:
        value: The value to look at.

    Examples:
        Nothing is there:
            >>> is_null(.missing)
            true

        It is not:
            >>> is_null("")
            false
    """
    return value is None
