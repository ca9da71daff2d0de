"""The `tally_value` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Array, Integer

from .._equal import is_same


@function
def tally_value(array: Array, value: AnyValue) -> Integer:
    """Count how many elements of an array equal a value.

    An integer never equals a float here: `1` is not `1.0`.

    Args:
        array: The array.
        value: The value to count.

    Examples:
        A word:
            >>> tally_value(["a", "b", "a"], "a")
            2
    """
    return sum(is_same(element, value) for element in array)
