"""The `encode_zlib` function."""

from dtl.functions import function, require_kind
from dtl.types.annotations import Fallible, Integer, String
from dtl.values.text import from_bytes, to_bytes

from ._deflate import check_level, level_rule, to_zlib


@function(own_checks=("value",))
def encode_zlib(value: String, compression_level: Integer = 6) -> Fallible[String]:
    """Compress a string into the zlib format.

    Args:
        value: The string.
        compression_level: From 0 (not at all) over 1 (fast) to 10 (small).

    Raises:
        `compression_level` is not within 0 to 10.

    Examples:
        There and back:
            >>> decode_zlib!(encode_zlib("one fish two fish"))
            "one fish two fish"

        Something that compresses well:
            >>> length(encode_zlib("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")) < 40
            true

        A level that does not exist:
            >>> encode_zlib!("one fish two fish", compression_level: 11)
            error: compression level must be <= 10
    """
    level = check_level(compression_level)
    require_kind(value, str)
    return from_bytes(to_zlib(to_bytes(value), level))


encode_zlib.typed(level_rule)
