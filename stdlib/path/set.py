"""The `set` function."""

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import AnyValue, Array, Fallible, Object
from dtl.types.type import ANY
from dtl.values import path as paths
from dtl.values.errors import Failure
from dtl.values.value import describe

from ._segments import path_of
from ._types import container_or_never


@function(evaluated_last=("value", "data"), own_checks=("value", "path"))
def set_(value: Object | Array, path: Array, data: AnyValue) -> Fallible[Object | Array]:
    """Return an object or array with something put at a path that is known only when the program runs.

    What is missing on the way is made, and what is in the way replaced, as an assignment does.

    Args:
        value: The object or array; it stays as it is.
        path: Names of fields and indexes of elements, from the outside inwards; a negative index counts from the end.
        data: What to put there.

    Raises:
        An element of `path` is neither a string nor an integer.

    Examples:
        A new field:
            >>> set!({ "a": 1 }, ["b", "c"], 2)
            { "a": 1, "b": { "c": 2 } }

        An element beyond the end:
            >>> set!({}, ["list", 1], "x")
            { "list": [null, "x"] }

        No path:
            >>> set!({}, [true], 1)
            error: path segment must be either string or integer, not boolean
    """
    try:
        if type(path) is not list:
            # A string is no path either, but VRL says so.
            raise FunctionError(f"expected string or array, got {describe(path)}")
        return paths.insert(value, path_of(path), data)  # type: ignore[return-value]
    except FunctionError:
        raise
    except Failure as reason:
        raise FunctionError(reason.message) from None


@set_.typed
def _result(arguments: Arguments) -> Result:
    # An index makes an array of an object, and a path of no steps makes anything of it.
    return Result(container_or_never(arguments), True, ANY)
