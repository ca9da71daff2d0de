"""The `exists` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, Query


@function(intrinsic=True)
def exists(field: Query) -> Boolean:
    """Tell whether a path leads to something, be it null.

    Args:
        field: The path.

    Examples:
        A field whose value is null exists:
            >>> .a = null
            ... exists(.a)
            true

        One that was never set does not:
            >>> exists(.a.b[3])
            false
    """
    raise NotImplementedError("the compiler gives exists its meaning")
