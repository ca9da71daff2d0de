"""The `last` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import AnyValue, Array
from dtl.types.type import Type

from ._elements import elements_type, one_or_null


@function(dialect="dtl")
def last(value: Array) -> AnyValue:
    """Return the last element of an array, null if there is none.

    Args:
        value: The array.

    Examples:
        The last of three:
            >>> last(["a", "b", "c"])
            "c"

        None:
            >>> last([])
            null
    """
    return value[-1] if value else None


@last.typed
def _result(arguments: Arguments) -> Type:
    elements = elements_type(arguments)
    found = one_or_null(elements, arguments.type("value"))
    return found | elements
