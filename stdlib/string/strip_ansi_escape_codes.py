"""The `strip_ansi_escape_codes` function."""

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import to_bytes

from ._terminal import printed


@function
def strip_ansi_escape_codes(value: String) -> String:
    """Remove the escape sequences by which programs colour text and steer terminals.

    Other control characters go too, except the line feed.

    Args:
        value: The text.

    Examples:
        Colours:
            >>> strip_ansi_escape_codes("\\u{1b}[32mok\\u{1b}[0m")
            "ok"
    """
    if value.isascii() and value.isprintable():
        return value
    return printed(to_bytes(value))
