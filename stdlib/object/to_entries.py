"""The `to_entries` function."""

from dtl.functions import function
from dtl.types.annotations import Array, Object


@function
def to_entries(value: Object | Array) -> Array:
    """Return the parts of an object or array as objects with a `key` and a `value`.

    The key of an array's element is its index.

    Args:
        value: The object or array.

    Examples:
        An object, in the order of the names:
            >>> to_entries({ "b": 1, "a": 2 })
            [{ "key": "a", "value": 2 }, { "key": "b", "value": 1 }]

        An array:
            >>> to_entries(["x"])
            [{ "key": 0, "value": "x" }]
    """
    if type(value) is dict:
        return [{"key": key, "value": value[key]} for key in sorted(value)]
    return [{"key": index, "value": element} for index, element in enumerate(value)]
