"""The `strlen` function."""

from dtl.functions import function
from dtl.types.annotations import Integer, String
from dtl.values.text import replaced


@function
def strlen(value: String) -> Integer:
    """Return how many characters a string has.

    A character is a Unicode code point; `length` counts bytes.

    Args:
        value: The string.

    Examples:
        Letters beyond ASCII:
            >>> strlen("naïve")
            5
    """
    return len(value) if value.isascii() else len(replaced(value))
