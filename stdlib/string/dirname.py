"""The `dirname` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced

from ._paths import parent


@function
def dirname(value: String) -> Fallible[String]:
    """Return a file path without its last part.

    The result is `.` when nothing is left, and `/` for the root.

    Args:
        value: The path, with `/` between its parts.

    Examples:
        The folder of a file:
            >>> dirname!("/var/log/nginx/access.log")
            "/var/log/nginx"

        A file without a folder:
            >>> dirname!("access.log")
            "."

        The root:
            >>> dirname!("/")
            "/"
    """
    path = replaced(value)
    return parent(path) or ("/" if path == "/" else ".")
