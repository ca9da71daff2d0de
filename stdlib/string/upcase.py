"""The `upcase` function."""

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import replaced


@function
def upcase(value: String) -> String:
    """Return a text in upper case.

    Args:
        value: The text; characters without case stay as they are.

    Examples:
        Letters, digits and marks:
            >>> upcase("warn: 2 retries")
            "WARN: 2 RETRIES"
    """
    return value.upper() if value.isascii() else replaced(value).upper()
