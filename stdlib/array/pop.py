"""The `pop` function."""

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import Array
from dtl.types.type import ARRAY, UNDEFINED, Collection, Type

from ._types import array_part


@function
def pop(value: Array) -> Array:
    """Return an array without its last element.

    The array itself stays as it is: assign the result to keep it. An empty array gives an empty array.

    Args:
        value: The array.

    Examples:
        The last element goes:
            >>> pop(["a", "b", "c"])
            ["a", "b"]

        Nothing to take:
            >>> pop([])
            []
    """
    return value[:-1]


@pop.typed
def _result(arguments: Arguments) -> Result:
    """VRL's type keeps the last element; each of them may be that one."""
    given = array_part(arguments.type("value"))
    assert given.array is not None
    known = {index: part.with_kinds(UNDEFINED) for index, part in given.array.known.items()}
    return Result(given, actual=Type(ARRAY, None, Collection(known, given.array.unknown)) if known else None)
