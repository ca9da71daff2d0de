"""The `match` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, Regex, String


@function
def match(value: String, pattern: Regex) -> Boolean:
    """Tell whether a pattern matches anywhere in a text.

    Args:
        value: The text.
        pattern: The regular expression.

    Examples:
        A number in a text:
            >>> match("took 17 ms", r'\\d+ ms')
            true

        The whole text:
            >>> match("took 17 ms", r'^\\d+ ms$')
            false
    """
    return pattern.is_match(value)
