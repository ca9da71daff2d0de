"""The `basename` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, Null, String
from dtl.values.text import replaced

from ._paths import last_name


@function
def basename(value: String) -> Fallible[String | Null]:
    """Return the last part of a file path.

    Separators at the end do not count. A path that ends in its root, in `.` alone or in `..` has no such part, and
    the result is null.

    Args:
        value: The path, with `/` between its parts.

    Examples:
        The name of a file:
            >>> basename!("/var/log/nginx/access.log")
            "access.log"

        The name of a folder:
            >>> basename!("/var/log/nginx/")
            "nginx"

        The root has no name:
            >>> basename!("/")
            null
    """
    return last_name(replaced(value))
