"""The `decode_zstd` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional


@function
def decode_zstd(value: String) -> Fallible[String]:
    """Decompress a string in the Zstandard format: one frame or several.

    Args:
        value: The compressed string.

    Raises:
        `value` is not in the Zstandard format, or is cut off.

    Examples:
        There and back:
            >>> decode_zstd!(encode_zstd("one fish two fish"))
            "one fish two fish"

        Not in the format:
            >>> decode_zstd!("one fish two fish")
            error: unable to decode value with Zstd decoder
    """
    cramjam = optional("decode_zstd", "cramjam", "cramjam")
    try:
        return from_bytes(bytes(cramjam.zstd.decompress(to_bytes(value))))
    except cramjam.DecompressionError:
        raise FunctionError("unable to decode value with Zstd decoder") from None
