"""The `join` function."""

from dtl.functions import FunctionError, function, require_kind
from dtl.types.annotations import Array, Fallible, String
from dtl.values.text import replaced


@function(own_checks=("separator",))
def join(value: Array, separator: String = "") -> Fallible[String]:
    """Concatenate the strings of an array.

    Args:
        value: The strings.
        separator: What is put between two of them.

    Raises:
        An element of `value` is not a string.

    Examples:
        With a separator:
            >>> join!(["usr", "local", "bin"], "/")
            "usr/local/bin"

        Without one:
            >>> join!(["2024", "02", "29"])
            "20240229"

        Not a string:
            >>> join!(["port", 80], " ")
            error: all array items must be strings
    """
    try:
        parts = [replaced(item) for item in value]
    except (TypeError, AttributeError):
        raise FunctionError("all array items must be strings") from None
    require_kind(separator, str)
    return replaced(replaced(separator).join(parts))
