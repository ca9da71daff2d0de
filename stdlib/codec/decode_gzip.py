"""The `decode_gzip` function."""

import zlib

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, to_bytes

from ._deflate import from_gzip


@function
def decode_gzip(value: String) -> Fallible[String]:
    """Decompress a string in the gzip format.

    Args:
        value: The compressed string.

    Raises:
        `value` is not in the gzip format, or is cut off.

    Examples:
        There and back:
            >>> decode_gzip!(encode_gzip("one fish two fish"))
            "one fish two fish"

        Not in the format:
            >>> decode_gzip!("one fish two fish")
            error: unable to decode value with Gzip decoder
    """
    try:
        return from_bytes(from_gzip(to_bytes(value)))
    except zlib.error:
        raise FunctionError("unable to decode value with Gzip decoder") from None
