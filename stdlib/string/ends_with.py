"""The `ends_with` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, String
from dtl.values.text import replaced


@function(evaluated_last=("substring", "value"), checked_last=("value", "substring"))
def ends_with(value: String, substring: String, case_sensitive: Boolean = True) -> Boolean:
    """Tell whether a text ends with another.

    Args:
        value: The text.
        substring: What it should end with.
        case_sensitive: Whether upper and lower case differ.

    Examples:
        A suffix:
            >>> ends_with("backup.tar.gz", ".gz")
            true

        Letters of another case:
            >>> ends_with("BACKUP.TAR.GZ", ".gz")
            false

        Case left aside:
            >>> ends_with("BACKUP.TAR.GZ", ".gz", case_sensitive: false)
            true
    """
    text, part = replaced(value), replaced(substring)
    return text.endswith(part) if case_sensitive else text.lower().endswith(part.lower())
