"""The `encode_zstd` function."""

from dtl.functions import function
from dtl.types.annotations import Integer, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional


@function(checked_last=("value",))
def encode_zstd(value: String, compression_level: Integer = 3) -> String:
    """Compress a string into the Zstandard format.

    Args:
        value: The string.
        compression_level: From 1 (fast) to 22 (small); a negative one is faster still, 0 is the usual level, and one
            out of range is taken as the nearest.

    Examples:
        There and back:
            >>> decode_zstd!(encode_zstd("one fish two fish"))
            "one fish two fish"

        At another level:
            >>> decode_zstd!(encode_zstd("one fish two fish", compression_level: 19))
            "one fish two fish"
    """
    # The level is one of 32 bits; higher ones are cut off.
    level = (compression_level + 2**31) % 2**32 - 2**31
    compressor = optional("encode_zstd", "cramjam", "cramjam").zstd.Compressor(level)
    compressor.compress(to_bytes(value))
    return from_bytes(bytes(compressor.finish()))
