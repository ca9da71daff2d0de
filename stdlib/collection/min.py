"""The `min` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import AnyValue, Array
from dtl.types.type import Type

from ._elements import elements_type, one_or_null
from ._order import order


@function(dialect="dtl")
def min_(value: Array) -> AnyValue:
    """Return the least element of an array, in the order of `sort`.

    Null is passed over; it is the result where there is nothing else.

    Args:
        value: The array.

    Examples:
        Numbers:
            >>> min([3, 1.5, 2])
            1.5

        Nothing:
            >>> min([])
            null
    """
    return min((element for element in value if element is not None), key=order, default=None)


@min_.typed
def _result(arguments: Arguments) -> Type:
    return one_or_null(elements_type(arguments), arguments.type("value"))
