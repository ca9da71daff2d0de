"""The `includes` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Array, Boolean

from .._equal import is_same


@function
def includes(value: Array, item: AnyValue) -> Boolean:
    """Tell whether an array has an element that equals a value.

    An integer never equals a float here: `1` is not `1.0`.

    Args:
        value: The array.
        item: The value to look for.

    Examples:
        It is there:
            >>> includes(["GET", "POST"], "POST")
            true

        It is not:
            >>> includes([1, 2], 1.0)
            false

        An array as element:
            >>> includes([[1, 2], [3]], [3])
            true
    """
    return any(is_same(element, item) for element in value)
