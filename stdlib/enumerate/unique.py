"""The `unique` function."""

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
    return list({identity(element): element for element in reversed(value)}.values())[::-1]
