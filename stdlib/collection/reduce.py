"""The `reduce` function."""

from typing import Annotated

from dtl.functions import Arguments, function
from dtl.types.annotations import ELEMENT, AnyValue, Array, ClosureFunction, ClosureShape, Object
from dtl.types.type import ALL, ANY, Type

from ._elements import entries


@function(dialect="dtl")
def reduce(
    value: Object | Array,
    initial: AnyValue,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((ANY, ELEMENT), ALL)],
) -> AnyValue:
    """Make one value of all elements: a closure joins each to what came out so far.

    It goes from the first element to the last, through an object in the order of the names.

    Args:
        value: The array or object.
        initial: What the first element is joined to; the result where there is none.
        closure: Called with what came out so far and the element; its answer is what comes out.

    Examples:
        A product:
            >>> reduce([2, 3, 4], 1) -> |product, x| { int!(product) * x }
            24

        A text:
            >>> reduce(["a", "b"], "") -> |text, x| { string!(text) + x + ";" }
            "a;b;"

        Nothing to join:
            >>> reduce([], 0) -> |so_far, _| { so_far }
            0
    """
    result = initial
    for _, element in entries(value):
        result = closure(result, element)
    return result


@reduce.typed
def _result(arguments: Arguments) -> Type:
    return arguments.type("initial").stored() | (arguments.closure or ANY).stored()
