"""The `unique` function."""

from typing import Any

from dtl.functions import function
from dtl.types.annotations import Array

from .._equal import identity


@function
def unique(value: Array) -> Array:
    """Return the elements of an array without repetitions, each where it first occurred.

    An integer never equals a float here: `1` and `1.0` both stay.

    Args:
        value: The array.

    Examples:
        Words:
            >>> unique(["b", "a", "b"])
            ["b", "a"]

        Objects:
            >>> unique([{ "a": 1 }, { "a": 1 }, { "a": 2 }])
            [{ "a": 1 }, { "a": 2 }]
    """
    first: dict[Any, Any] = {}
    for element in value:
        first.setdefault(identity(element), element)
    return list(first.values())
