"""The `length` function."""

from dtl.functions import function
from dtl.types.annotations import Array, Integer, Object, String
from dtl.values.text import byte_length


@function
def length(value: String | Object | Array) -> Integer:
    """Return how many elements, fields or bytes there are.

    A string is measured in bytes; `strlen` counts characters.

    Args:
        value: The array, object or string.

    Examples:
        An array:
            >>> length([1, 2, 3])
            3

        An object:
            >>> length({ "a": { "b": 1 } })
            1

        A string:
            >>> length("naïve")
            6
    """
    return byte_length(value) if type(value) is str else len(value)
