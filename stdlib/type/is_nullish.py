"""The `is_nullish` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean

from .._nullish import nullish


@function
def is_nullish(value: AnyValue) -> Boolean:
    """Tell whether a value stands for nothing: null, a blank string or a dash.

    Args:
        value: The value to look at.

    Examples:
        White space only:
            >>> is_nullish("  \\n")
            true

        The dash that logs write for no value:
            >>> is_nullish("-")
            true

        A word:
            >>> is_nullish("none")
            false

        An empty array is something:
            >>> is_nullish([])
            false
    """
    return nullish(value)
