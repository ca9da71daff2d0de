"""The `encode_lz4` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, Fallible, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional


@function(checked_last=("value",))
def encode_lz4(value: String, prepend_size: Boolean = True) -> Fallible[String]:
    """Compress a string into an LZ4 block.

    Args:
        value: The string.
        prepend_size: Whether its length comes first, in four bytes with the least significant first.

    Examples:
        There and back:
            >>> decode_lz4!(encode_lz4!("one fish two fish"), prepended_size: true)
            "one fish two fish"

        Without the length:
            >>> decode_lz4!(encode_lz4!("one fish two fish", prepend_size: false))
            "one fish two fish"
    """
    cramjam = optional("encode_lz4", "cramjam", "cramjam")
    data = to_bytes(value)
    if not data:
        return "\0" * 5 if prepend_size else "\0"
    return from_bytes(bytes(cramjam.lz4.compress_block(data, store_size=prepend_size)))
