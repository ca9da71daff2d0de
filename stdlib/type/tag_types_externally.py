"""The `tag_types_externally` function."""

from typing import Any

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import AnyValue, Array, Null, Object
from dtl.types.type import ANY_ARRAY, ANY_OBJECT, ARRAY, NEVER, NULL, NULL_TYPE, UNDEFINED
from dtl.values.value import kind_name

from .._walk import rebuilt


@function
def tag_types_externally(value: AnyValue) -> Object | Array | Null:
    """Put each value that is no container into an object that names its kind.

    This keeps apart in JSON what would look alike there, such as a string and a timestamp. Null stays null.

    Args:
        value: The value; arrays and objects are gone through at any depth.

    Examples:
        A number:
            >>> tag_types_externally(12)
            { "integer": 12 }

        An object:
            >>> tag_types_externally({ "name": "Ada", "scores": [1.5, null] })
            { "name": { "string": "Ada" }, "scores": [{ "float": 1.5 }, null] }
    """
    tagged: dict[str, Any] | list[Any] | None = rebuilt(value, _tagged)
    return tagged


def _tagged(value: Any) -> Any:
    return None if value is None else {kind_name(value): value}


@tag_types_externally.typed
def _result(arguments: Arguments) -> Result:
    """What is not certainly an array or null is an object to VRL."""
    given = arguments.type("value")
    if given.within(ARRAY):
        return Result(ANY_ARRAY)
    if given.within(NULL):
        return Result(NULL_TYPE)
    array = ANY_ARRAY if given.kinds & ARRAY else NEVER
    possible = array | (NULL_TYPE if given.kinds & (NULL | UNDEFINED) else NEVER)
    return Result(ANY_OBJECT, actual=None if possible.is_never else ANY_OBJECT | possible)
