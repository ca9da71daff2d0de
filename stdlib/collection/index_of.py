"""The `index_of` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Array, Integer, Null

from .._equal import is_same


@function(dialect="dtl")
def index_of(value: Array, item: AnyValue) -> Integer | Null:
    """Return the index of the first element that equals a value, null if there is none.

    An integer never equals a float here: `1` is not `1.0`.

    Args:
        value: The array.
        item: The value to look for.

    Examples:
        The second element:
            >>> index_of(["GET", "POST", "PUT"], "POST")
            1

        Not there:
            >>> index_of(["GET"], "PATCH")
            null
    """
    return next((index for index, element in enumerate(value) if is_same(element, item)), None)
