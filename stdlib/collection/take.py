"""The `take` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import Array, Integer
from dtl.types.type import Type

from ._elements import array_with, elements_type


@function(dialect="dtl")
def take(value: Array, count: Integer) -> Array:
    """Return the first elements of an array.

    Args:
        value: The array.
        count: How many; the last ones, if it is negative.

    Examples:
        The first two:
            >>> take([1, 2, 3], 2)
            [1, 2]

        The last two:
            >>> take([1, 2, 3], -2)
            [2, 3]

        More than there are:
            >>> take([1], 5)
            [1]
    """
    return value[:count] if count >= 0 else value[count:]


@take.typed
def _result(arguments: Arguments) -> Type:
    return array_with(elements_type(arguments))
