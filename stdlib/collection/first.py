"""The `first` function."""

from dtl.functions import Arguments, function
from dtl.types.annotations import AnyValue, Array
from dtl.types.type import ARRAY, Type


@function(dialect="dtl")
def first(value: Array) -> AnyValue:
    """Return the first element of an array, null if there is none.

    Args:
        value: The array.

    Examples:
        The first of three:
            >>> first(["a", "b", "c"])
            "a"

        None:
            >>> first([])
            null
    """
    return value[0] if value else None


@first.typed
def _result(arguments: Arguments) -> Type:
    return arguments.type("value").only(ARRAY).at((0,)).stored()
