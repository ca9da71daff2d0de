"""The `map_keys` function."""

from typing import Annotated, Any

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Boolean, ClosureFunction, ClosureShape, Object
from dtl.types.type import ANY, ANY_OBJECT, OBJECT, STRING, STRING_TYPE
from dtl.values.text import replaced
from dtl.values.value import describe

from ._deepest import check_depth


@function(evaluated_last=("value",), checked_at_once=("recursive",))
def map_keys(
    value: Object,
    recursive: Boolean = False,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((STRING_TYPE,), STRING)],
) -> Object:
    """Give each field of an object the name that a closure makes of its name.

    Where two fields get the same name, the one whose old name comes later stays.

    Args:
        value: The object.
        recursive: Whether the fields of inner objects are renamed too, also those within arrays.
        closure: Called with the name of each field.

    Examples:
        Capital letters:
            >>> map_keys({ "a": 1, "b": { "c": 2 } }) -> |key| { upcase(key) }
            { "A": 1, "B": { "c": 2 } }

        Inner objects too:
            >>> map_keys({ "a": [{ "c": 2 }] }, recursive: true) -> |key| { upcase(key) }
            { "A": [{ "C": 2 }] }
    """
    if type(value) is not dict:
        return value
    renamed: dict[str, Any] = {}
    # New containers being filled, each with the parts of the old one that are still to come.
    levels: list[tuple[Any, Any]] = [(renamed, _fields(value))]
    while levels:
        new, parts = levels[-1]
        for key, part in parts:
            name = _name(closure(key)) if type(new) is dict else key
            inner: Any = part
            if recursive and type(part) is dict:
                inner = {}
                levels.append((inner, _fields(part)))
            elif recursive and type(part) is list:
                inner = list(part)
                levels.append((inner, enumerate(part)))
            new[name] = inner
            if inner is not part:
                check_depth(len(levels))
                break
        else:
            levels.pop()
    return renamed


def _fields(value: dict[str, Any]) -> Any:
    return iter([(key, value[key]) for key in sorted(value)])


def _name(answer: Any) -> str:
    if type(answer) is not str:
        raise FunctionError(f"expected string, got {describe(answer)}")
    return replaced(answer)


@map_keys.typed
def _result(arguments: Arguments) -> Result:
    """VRL keeps the old names in the type."""
    given = arguments.type("value")
    if given.is_never:
        return Result(given, actual=ANY)
    left = given.only(OBJECT)
    return Result(ANY_OBJECT) if left.is_never else Result(left, actual=None if left == ANY_OBJECT else ANY_OBJECT)
