"""The `sort` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import Array, Boolean
from dtl.types.type import Type

from ._elements import array_with, elements_type
from ._order import order


@function(dialect="dtl")
def sort(value: Array, descending: Boolean = False) -> Array:
    """Return the elements of an array in ascending order.

    Numbers go by size, strings by their bytes, timestamps by time. Of different kinds the order is: null, booleans,
    numbers, strings, timestamps, regular expressions, arrays, objects. Equal elements keep their order.

    Args:
        value: The array.
        descending: Whether the order is turned round.

    Examples:
        Numbers:
            >>> sort([10, 9.5, -1])
            [-1, 9.5, 10]

        The largest first:
            >>> sort(["b", "c", "a"], descending: true)
            ["c", "b", "a"]

        Of different kinds:
            >>> sort(["a", 1, null])
            [null, 1, "a"]
    """
    return sorted(value, key=order, reverse=descending)


@sort.typed
def _result(arguments: Arguments) -> Type:
    return array_with(elements_type(arguments))
