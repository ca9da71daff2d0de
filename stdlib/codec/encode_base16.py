"""The `encode_base16` function."""

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import to_bytes


@function
def encode_base16(value: String) -> String:
    """Write the bytes of a string in hexadecimal, two lower case digits to a byte.

    Args:
        value: The string.

    Examples:
        A word:
            >>> encode_base16("Ok")
            "4f6b"
    """
    return to_bytes(value).hex()
