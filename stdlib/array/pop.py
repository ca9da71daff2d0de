"""The `pop` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import Array
from dtl.types.type import Type

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
def _result(arguments: Arguments) -> Type:
    # The type keeps the last element: VRL counts on it.
    return array_part(arguments.type("value"))
