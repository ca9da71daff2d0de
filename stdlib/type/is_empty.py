"""The `is_empty` function."""

from dtl.functions import function
from dtl.types.annotations import Array, Boolean, Object, String


@function
def is_empty(value: String | Object | Array) -> Boolean:
    """Tell whether a string, an array or an object has nothing in it.

    Args:
        value: The string, array or object.

    Examples:
        An empty array:
            >>> is_empty([])
            true

        A blank is something:
            >>> is_empty(" ")
            false

        An object:
            >>> is_empty({ "a": null })
            false
    """
    return not value
