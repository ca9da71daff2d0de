"""The `remove` function."""

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Array, Boolean, Fallible, Object
from dtl.types.type import ANY
from dtl.values import path as paths
from dtl.values.value import describe

from ._segments import path_of
from ._types import container_or_never


@function(evaluated_last=("value",), own_checks=("value", "compact"))
def remove(value: Object | Array, path: Array, compact: Boolean = False) -> Fallible[Object | Array]:
    """Return an object or array without what lies at a path that is known only when the program runs.

    Args:
        value: The object or array; it stays as it is.
        path: Names of fields and indexes of elements, from the outside inwards; a negative index counts from the end.
        compact: Whether objects and arrays that become empty are removed too.

    Raises:
        An element of `path` is neither a string nor an integer.

    Examples:
        A field of an inner object:
            >>> remove!({ "a": { "b": 1, "c": 2 } }, ["a", "b"])
            { "a": { "c": 2 } }

        The last element:
            >>> remove!([1, 2, 3], [-1])
            [1, 2]

        And what becomes empty:
            >>> remove!({ "a": { "b": 1 }, "c": 2 }, ["a", "b"], compact: true)
            { "c": 2 }

        No path:
            >>> remove!([1], [null])
            error: path segment must be either string or integer, not null
    """
    steps = path_of(path)
    if type(compact) is not bool:
        raise FunctionError(f"expected boolean, got {describe(compact)}")
    return paths.remove(value, steps, compact)[0]  # type: ignore[return-value]


@remove.typed
def _result(arguments: Arguments) -> Result:
    made = container_or_never(arguments)
    return Result(made, True, ANY if made.is_never else None)
