"""The `filter` function."""

from typing import Annotated, Any

from dtl.functions import Arguments, FunctionError, function
from dtl.types.annotations import ELEMENT, KEY, Array, ClosureFunction, ClosureShape, Object
from dtl.types.type import ANY_ARRAY, ARRAY, BOOLEAN, OBJECT, Type, of_kinds
from dtl.values.errors import Return
from dtl.values.value import describe

from ._container import entries


@function
def filter_(
    value: Object | Array,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((KEY, ELEMENT), BOOLEAN)],
) -> Object | Array:
    """Keep the parts of an object or array for which a closure is true.

    For an object, `return` in the closure gives the answer for that field.

    Args:
        value: The object or array.
        closure: Called with the key (or index) and the value of each part.

    Examples:
        Fields of an object:
            >>> filter({ "a": 1, "b": 20, "c": 3 }) -> |_key, value| { value < 10 }
            { "a": 1, "c": 3 }

        Every second element:
            >>> filter(["a", "b", "c"]) -> |index, _value| { mod(index, 2) == 0 }
            ["a", "c"]
    """
    if type(value) is dict:
        return {key: part for key, part in entries(value) if _holds_for_field(closure, key, part)}
    if type(value) is not list:
        raise FunctionError("function requires collection types as input")
    return [part for index, part in enumerate(value) if _boolean(closure(index, part))]


def _holds_for_field(closure: ClosureFunction, key: str, part: Any) -> bool:
    try:
        return _boolean(closure(key, part))
    except Return as result:
        return _boolean(result.value)


def _boolean(answer: Any) -> bool:
    if type(answer) is not bool:
        raise FunctionError(f"expected boolean, got {describe(answer)}")
    return answer


@filter_.typed
def _result(arguments: Arguments) -> Type:
    given = arguments.type("value")
    return ANY_ARRAY if given.is_never else of_kinds(given.kinds & (ARRAY | OBJECT))
