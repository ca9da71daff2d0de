"""The `contains` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, String
from dtl.values.text import replaced


@function(checked_last=("value", "substring"))
def contains(value: String, substring: String, case_sensitive: Boolean = True) -> Boolean:
    """Tell whether a string occurs in another.

    Args:
        value: The text to search.
        substring: The text to look for.
        case_sensitive: Whether upper and lower case differ.

    Examples:
        A part of a text:
            >>> contains("connection refused", "refused")
            true

        Letters of another case:
            >>> contains("Connection Refused", "refused")
            false

        Case left aside:
            >>> contains("Connection Refused", "refused", case_sensitive: false)
            true
    """
    text, part = replaced(value), replaced(substring)
    return part in text if case_sensitive else part.lower() in text.lower()
