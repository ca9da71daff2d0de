"""The `sort_by` function."""

from typing import Annotated

from dtl.functions import Arguments, function
from dtl.types.annotations import ELEMENT, KEY, Array, Boolean, ClosureFunction, ClosureShape
from dtl.types.type import ALL, Type

from ._elements import array_with, elements_type
from ._order import order


@function(dialect="dtl")
def sort_by(
    value: Array,
    descending: Boolean = False,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL, partial=True)],
) -> Array:
    """Return the elements of an array in the order of what a closure makes of each.

    The order is that of `sort`; equal elements keep theirs.

    Args:
        value: The array.
        descending: Whether the order is turned round.
        closure: Called once with the index and each element; it may name the element only.

    Examples:
        By a field:
            >>> sort_by([{ "n": 2 }, { "n": 1 }]) -> |x| { x.n }
            [{ "n": 1 }, { "n": 2 }]

        The longest first:
            >>> sort_by(["a", "ccc", "bb"], descending: true) -> |x| { length(x) }
            ["ccc", "bb", "a"]
    """
    keys = [order(closure(index, element)) for index, element in enumerate(value)]
    return [value[index] for index in sorted(range(len(value)), key=keys.__getitem__, reverse=descending)]


@sort_by.typed
def _result(arguments: Arguments) -> Type:
    return array_with(elements_type(arguments))
