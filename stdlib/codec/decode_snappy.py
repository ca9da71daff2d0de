"""The `decode_snappy` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional


@function
def decode_snappy(value: String) -> Fallible[String]:
    """Decompress a string in the raw Snappy format.

    Args:
        value: The compressed string.

    Raises:
        `value` is not in that format, or is cut off.

    Examples:
        There and back:
            >>> decode_snappy!(encode_snappy!("one fish two fish"))
            "one fish two fish"

        Not in the format:
            >>> decode_snappy!("one fish two fish")
            error: unable to decode value with Snappy decoder
    """
    cramjam = optional("decode_snappy", "cramjam", "cramjam")
    data = to_bytes(value)
    try:
        # The text says first how long it will be: nothing so short can become so long.
        if not _is_plausible(data):
            raise FunctionError("unable to decode value with Snappy decoder")
        return from_bytes(bytes(cramjam.snappy.decompress_raw(data)))
    except cramjam.DecompressionError:
        raise FunctionError("unable to decode value with Snappy decoder") from None


def _is_plausible(data: bytes) -> bool:
    """Tell whether the length that the data announces can come of it: an element of three bytes gives 64 at most."""
    length = shift = 0
    for byte in data[:5]:
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return length <= 64 * len(data)
    return False
