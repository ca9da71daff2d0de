"""The `skip` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import Array, Integer
from dtl.types.type import Type

from ._elements import array_with, elements_type


@function(dialect="dtl")
def skip(value: Array, count: Integer) -> Array:
    """Return an array without its first elements.

    Args:
        value: The array.
        count: How many are left out; the last ones, if it is negative.

    Examples:
        Without the first:
            >>> skip([1, 2, 3], 1)
            [2, 3]

        Without the last:
            >>> skip([1, 2, 3], -1)
            [1, 2]
    """
    return value[count:] if count >= 0 else value[:count]


@skip.typed
def _result(arguments: Arguments) -> Type:
    return array_with(elements_type(arguments))
