"""The `get` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Array, Fallible, Object
from dtl.values import path as paths

from ._segments import path_of


@function(evaluated_last=("value",), own_checks=("value",))
def get(value: Object | Array, path: Array) -> Fallible[AnyValue]:
    """Return what lies at a path that is known only when the program runs.

    Null is returned where there is nothing.

    Args:
        value: The object or array.
        path: Names of fields and indexes of elements, from the outside inwards; a negative index counts from the end.

    Raises:
        An element of `path` is neither a string nor an integer.

    Examples:
        A field and an element:
            >>> get!({ "tags": ["a", "b"] }, ["tags", -1])
            "b"

        Nothing there:
            >>> get!({ "tags": [] }, ["tags", 0, "name"])
            null

        No path:
            >>> get!({}, [1.5])
            error: path segment must be either string or integer, not float
    """
    return paths.get(value, path_of(path))
