"""The `count` function."""

from typing import Annotated

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import ELEMENT, KEY, Array, ClosureFunction, ClosureShape, Fallible, Integer, Object
from dtl.types.type import ALL, INTEGER_TYPE

from ._elements import entries, is_true, may_be_no_answer


@function(dialect="dtl")
def count(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), ALL, partial=True)],
) -> Fallible[Integer]:
    """Count the elements for which a closure holds.

    `length` counts all elements, `tally` each string of an array.

    Args:
        value: The array or object.
        closure: Called with the index (or name) and the element; it may name the element only. Null counts as false.

    Raises:
        The closure answers with something else than a boolean or null.

    Examples:
        Failed requests:
            >>> count([200, 500, 404, 503]) -> |status| { status >= 500 }
            2

        No answer:
            >>> count!([200]) -> |status| { status }
            error: expected boolean, got integer
    """
    return sum(is_true(closure(key, element)) for key, element in entries(value))


@count.typed
def _result(arguments: Arguments) -> Result:
    return Result(INTEGER_TYPE, may_be_no_answer(arguments))
