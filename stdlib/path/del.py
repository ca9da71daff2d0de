"""The `del` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean, Query


@function(intrinsic=True)
def del_(target: Query, compact: Boolean = False) -> AnyValue:
    """Remove what a path names, and return it.

    Null is returned where there is nothing. Elements of an array that come after a removed one move down.

    Args:
        target: The path: of the record, its metadata or a variable.
        compact: Whether objects and arrays that become empty are removed too.

    Examples:
        Give a field another name:
            >>> . = { "old": 1, "b": 2 }
            ... .new = del(.old)
            ... .
            { "b": 2, "new": 1 }

        Remove what becomes empty:
            >>> . = { "a": { "b": { "c": 1 } }, "d": 2 }
            ... del(.a.b.c, compact: true)
            ... .
            { "d": 2 }
    """
    raise NotImplementedError("the compiler gives del its meaning")
