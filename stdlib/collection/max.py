"""The `max` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import AnyValue, Array
from dtl.types.type import Type

from ._elements import elements_type, one_or_null
from ._order import order


@function(dialect="dtl")
def max_(value: Array) -> AnyValue:
    """Return the greatest element of an array, in the order of `sort`.

    Null is passed over; it is the result where there is nothing else.

    Args:
        value: The array.

    Examples:
        Numbers:
            >>> max([3, 1.5, 2])
            3

        Timestamps:
            >>> max([t'2024-01-01T00:00:00Z', null, t'2024-05-01T00:00:00Z'])
            t'2024-05-01T00:00:00Z'

        Nothing:
            >>> max([])
            null
    """
    return max((element for element in value if element is not None), key=order, default=None)


@max_.typed
def _result(arguments: Arguments) -> Type:
    return one_or_null(elements_type(arguments), arguments.type("value"))
