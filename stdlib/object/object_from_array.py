"""The `object_from_array` function."""

from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Array, Maybe, Object
from dtl.values.text import replaced
from dtl.values.value import describe


@function(checked_at_once=("values",))
def object_from_array(values: Array, keys: Maybe[Array] = None) -> Object:
    """Make an object of an array of values and one of names, or of an array of pairs.

    A name that is null leaves its value out.

    Args:
        values: The values; without `keys`, arrays that begin with a name and a value.
        keys: The names; what one of the arrays has more than the other is left out.

    Raises:
        `keys` is not given, and an element of `values` is not an array.
        `keys` is not given, and an element of `values` is an empty array.
        A name is neither a string nor null.

    Examples:
        Columns of a table:
            >>> object_from_array([200, "GET"], keys: ["status", "method"])
            { "method": "GET", "status": 200 }

        Pairs:
            >>> object_from_array([["a", 1], ["b", 2], [null, 3]])
            { "a": 1, "b": 2 }

        Something else among the pairs:
            >>> object_from_array([["a", 1], "b"])
            error: expected array, got string

        A pair without anything:
            >>> object_from_array([[]])
            error: array value too short

        A name that is no string:
            >>> object_from_array([1, 2], keys: ["a", 2])
            error: object keys must be strings
    """
    made: dict[str, Any] = {}
    for key, value in map(_pair, values) if keys is None else zip(keys, values, strict=False):
        if key is None:
            continue
        if type(key) is not str:
            raise FunctionError("object keys must be strings")
        made[replaced(key)] = value
    return made


def _pair(pair: Any) -> tuple[Any, Any]:
    if type(pair) is not list:
        raise FunctionError(f"expected array, got {describe(pair)}")
    if not pair:
        raise FunctionError("array value too short")
    return pair[0], pair[1] if len(pair) > 1 else None
