"""The `any` function."""

from typing import Annotated

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import ELEMENT, KEY, Array, Boolean, ClosureFunction, ClosureShape, Fallible, Object
from dtl.types.type import ALL, BOOLEAN_TYPE

from ._elements import entries, is_true, may_be_no_answer


@function(dialect="dtl")
def any_(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL, partial=True)],
) -> Fallible[Boolean]:
    """Tell whether a closure holds for at least one element.

    The elements after the first for which it holds are not looked at. For no elements the answer is false.

    Args:
        value: The array or object.
        closure: Called with the index (or name) and the element; it may name the element only. Null counts as false.

    Raises:
        The closure answers with something else than a boolean or null.

    Examples:
        It holds for one:
            >>> any([1, 2, 3]) -> |x| { x > 2 }
            true

        No elements:
            >>> any([]) -> |_| { true }
            false

        No answer:
            >>> any!([1]) -> |x| { x }
            error: expected boolean, got integer
    """
    return any(is_true(closure(key, element)) for key, element in entries(value))


@any_.typed
def _result(arguments: Arguments) -> Result:
    return Result(BOOLEAN_TYPE, may_be_no_answer(arguments))
