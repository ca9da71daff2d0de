"""The `append` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Array

from ._types import appended


@function
def append(value: Array, items: Array) -> Array:
    """Return the elements of one array followed by those of another.

    Args:
        value: The array that comes first.
        items: The array that comes after it.

    Examples:
        Two arrays:
            >>> append([1, 2], ["a"])
            [1, 2, "a"]
    """
    return [*value, *items]


@append.typed
def _result(arguments: Arguments) -> Result:
    return appended(arguments.type("value"), arguments.type("items"))
