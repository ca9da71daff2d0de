"""The `push` function."""

from typing import Any

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Array
from dtl.types.type import tuple_of

from ._types import appended


@function
def push(value: Array, item: AnyValue) -> Array:
    """Return an array with one more element at its end.

    The array itself stays as it is: assign the result to keep it.

    Args:
        value: The array.
        item: The new element; an array becomes one element.

    Examples:
        A new element:
            >>> push([1, 2], 3)
            [1, 2, 3]

        An array as element:
            >>> push([1], [2])
            [1, [2]]
    """
    new: list[Any] = [*value, item]
    return new


@push.typed
def _result(arguments: Arguments) -> Result:
    return appended(arguments.type("value"), tuple_of([arguments.type("item").stored()]))
