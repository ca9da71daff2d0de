"""The `decode_zlib` function."""

import zlib

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, to_bytes

from ._deflate import from_zlib


@function
def decode_zlib(value: String) -> Fallible[String]:
    """Decompress a string in the zlib format.

    Args:
        value: The compressed string.

    Raises:
        `value` is not in the zlib format, or is cut off.

    Examples:
        There and back:
            >>> decode_zlib!(encode_zlib("one fish two fish"))
            "one fish two fish"

        Not in the format:
            >>> decode_zlib!("one fish two fish")
            error: unable to decode value with Zlib decoder
    """
    try:
        return from_bytes(from_zlib(to_bytes(value)))
    except zlib.error:
        raise FunctionError("unable to decode value with Zlib decoder") from None
