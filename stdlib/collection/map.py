"""The `map` function."""

from typing import Annotated

from dtl.functions import Arguments, function
from dtl.types.annotations import ELEMENT, KEY, Array, ClosureFunction, ClosureShape, Object
from dtl.types.type import ALL, ANY, Type

from ._elements import entries, mapped


@function(dialect="dtl")
def map_(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL, partial=True)],
) -> Object | Array:
    """Return an array or object with each element replaced by what a closure makes of it.

    An array stays an array of the same length, an object keeps its names.

    Args:
        value: The array or object.
        closure: Called with the index (or name) and the element; it may name the element only.

    Examples:
        Elements of an array:
            >>> map([1, 2, 3]) -> |x| { x * x }
            [1, 4, 9]

        With the index:
            >>> map(["a", "b"]) -> |i, x| { to_string(i) + x }
            ["0a", "1b"]

        Fields of an object:
            >>> map({ "a": 1, "b": 2 }) -> |x| { x + 1 }
            { "a": 2, "b": 3 }
    """
    if type(value) is list:
        return [closure(index, element) for index, element in enumerate(value)]
    return {key: closure(key, element) for key, element in entries(value)}


@map_.typed
def _result(arguments: Arguments) -> Type:
    return mapped(arguments, (arguments.closure or ANY).stored())
