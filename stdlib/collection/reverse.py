"""The `reverse` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import Array
from dtl.types.type import Type

from ._elements import array_with, elements_type


@function(dialect="dtl")
def reverse(value: Array) -> Array:
    """Return the elements of an array from the last to the first.

    Args:
        value: The array.

    Examples:
        Three elements:
            >>> reverse([1, 2, 3])
            [3, 2, 1]
    """
    return value[::-1]


@reverse.typed
def _result(arguments: Arguments) -> Type:
    return array_with(elements_type(arguments))
