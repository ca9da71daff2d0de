"""The `all` function."""

from typing import Annotated

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import ELEMENT, KEY, Array, Boolean, ClosureFunction, ClosureShape, Fallible, Object
from dtl.types.type import ALL, BOOLEAN_TYPE

from ._elements import entries, is_true, may_be_no_answer


@function(dialect="dtl")
def all_(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL, partial=True)],
) -> Fallible[Boolean]:
    """Tell whether a closure holds for every element.

    The elements after the first for which it does not hold are not looked at. For no elements the answer is true.

    Args:
        value: The array or object.
        closure: Called with the index (or name) and the element; it may name the element only. Null counts as false.

    Raises:
        The closure answers with something else than a boolean or null.

    Examples:
        Not for all:
            >>> all([1, 2, 3]) -> |x| { x > 2 }
            false

        Fields of an object:
            >>> all({ "a": "x", "b": "y" }) -> |name, text| { name != text }
            true

        No answer:
            >>> all!(["yes"]) -> |x| { x }
            error: expected boolean, got string
    """
    return all(is_true(closure(key, element)) for key, element in entries(value))


@all_.typed
def _result(arguments: Arguments) -> Result:
    return Result(BOOLEAN_TYPE, may_be_no_answer(arguments))
