"""The `encode_snappy` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional


@function
def encode_snappy(value: String) -> Fallible[String]:
    """Compress a string into the raw Snappy format, without a frame.

    Args:
        value: The string.

    Examples:
        There and back:
            >>> decode_snappy!(encode_snappy!("one fish two fish"))
            "one fish two fish"
    """
    cramjam = optional("encode_snappy", "cramjam", "cramjam")
    return from_bytes(bytes(cramjam.snappy.compress_raw(to_bytes(value))))
