"""The `decode_percent` function."""

from urllib.parse import unquote_to_bytes

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import from_bytes, replaced, to_bytes


@function
def decode_percent(value: String) -> String:
    """Decode the `%` escapes of a URL.

    A `%` without two hexadecimal digits stays as it is, and so does `+`. Bytes that are not UTF-8 become U+FFFD.

    Args:
        value: The encoded text.

    Examples:
        A query:
            >>> decode_percent("q=caf%C3%A9%20bar")
            "q=café bar"

        No escapes:
            >>> decode_percent("100% + 1")
            "100% + 1"
    """
    if "%" not in value:
        return replaced(value)
    return replaced(from_bytes(unquote_to_bytes(to_bytes(value))))
