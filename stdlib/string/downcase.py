"""The `downcase` function."""

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import replaced


@function
def downcase(value: String) -> String:
    """Return a text in lower case.

    Args:
        value: The text; characters without case stay as they are.

    Examples:
        Letters, digits and marks:
            >>> downcase("WARN: 2 Retries")
            "warn: 2 retries"
    """
    return value.lower() if value.isascii() else replaced(value).lower()
