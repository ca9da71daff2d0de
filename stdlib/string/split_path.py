"""The `split_path` function."""

from dtl.functions import function
from dtl.types.annotations import Array, String
from dtl.values.text import replaced

from ._paths import parts


@function
def split_path(value: String) -> Array:
    """Split a file path into its parts.

    The root is a part of its own. Empty parts and `.` are left out, except a `.` at the very beginning.

    Args:
        value: The path, with `/` between its parts.

    Examples:
        A path from the root:
            >>> split_path("/srv/data/")
            ["/", "srv", "data"]

        A relative path:
            >>> split_path("data//2024/./q1.csv")
            ["data", "2024", "q1.csv"]
    """
    return parts(replaced(value))
