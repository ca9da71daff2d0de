"""The `map_values` function."""

from typing import Annotated, Any

from dtl.functions import Arguments, Result, function
from dtl.types.annotations import ELEMENT, Array, Boolean, ClosureFunction, ClosureShape, Object
from dtl.types.type import ALL, ANY, CONTAINERS, Collection, Type

from .._parts import mapped_parts
from ._container import entries
from ._deepest import check_depth


@function(evaluated_last=("value",), checked_at_once=("recursive",))
def map_values(
    value: Object | Array,
    recursive: Boolean = False,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((ELEMENT,), ALL)],
) -> Object | Array:
    """Put in place of each value of an object or array what a closure makes of it.

    Args:
        value: The object or array.
        recursive: Whether the values within objects and arrays are replaced too. The closure gets an inner object or
            array first, then what is in its answer for it.
        closure: Called with each value.

    Examples:
        The fields of an object:
            >>> map_values({ "a": 1, "b": 2 }) -> |value| { value * 10 }
            { "a": 10, "b": 20 }

        The elements of an array:
            >>> map_values(["a", "b"]) -> |value| { upcase(value) }
            ["A", "B"]

        At any depth:
            >>> map_values({ "a": { "b": "x" } }, recursive: true) -> |v| { if is_string(v) { 1 } else { v } }
            { "a": { "b": 1 } }
    """
    result: dict[str, Any] | list[Any]
    if type(value) not in (dict, list):
        result = closure(value)
        return result
    if not recursive:
        if type(value) is list:
            return [closure(part) for part in value]
        return {key: closure(part) for key, part in entries(value)}
    result = value.copy()
    # New containers, each with the places whose values are still the old ones.
    levels: list[tuple[Any, Any]] = [(result, entries(value))]
    while levels:
        new, parts = levels[-1]
        for key, part in parts:
            made = closure(part)
            if type(part) in (dict, list) and type(made) in (dict, list):
                new[key] = made.copy()
                levels.append((new[key], entries(made)))
                check_depth(len(levels))
                break
            new[key] = made
        else:
            levels.pop()
    return result


@map_values.typed
def _result(arguments: Arguments) -> Result:
    """Every known part has the body's type; what is not known keeps its own, as in VRL."""
    given, body = arguments.type("value").only(CONTAINERS), arguments.closure or ANY
    if given.is_never:
        return Result(given, actual=ANY)
    made = Type(given.kinds, _mapped(given.object, body), _mapped(given.array, body))
    inner = ANY if arguments.constant("recursive", arguments.given("recursive")) and body.kinds & CONTAINERS else body
    actual = Type(given.kinds, mapped_parts(given.object, inner), mapped_parts(given.array, inner))
    return Result(made, actual=None if made.includes(actual) else actual)


def _mapped(parts: Collection | None, body: Type) -> Collection | None:
    return None if parts is None else Collection(dict.fromkeys(parts.known, body), parts.unknown)
