"""The `seahash` function."""

import struct

from dtl.functions import function
from dtl.types.annotations import Integer, String
from dtl.values.text import to_bytes
from dtl.values.value import wrap

_MASK = 2**64 - 1
_FACTOR = 0x6EED0E9DA4D94A4F
_SEEDS = (0x16F11FE89B0D677C, 0xB480A793D8E6C86C, 0x6FE2E5AAF078EBC9, 0x14F994A4C5259381)


@function
def seahash(value: String) -> Integer:
    """Return the SeaHash of a text, as a signed 64-bit integer.

    SeaHash is fast and spreads well, but it is no cryptographic hash.

    Args:
        value: What is hashed.

    Examples:
        A word:
            >>> seahash("hello")
            153251464476911497
    """
    data = to_bytes(value)
    length = len(data)
    padded = data + bytes(-length % 8)
    a, b, c, d = _SEEDS
    for (word,) in struct.iter_unpack("<Q", padded):
        # The four lanes take turns: the one just mixed goes to the end.
        a, b, c, d = b, c, d, _diffuse(a ^ word)
    return wrap(_diffuse(a ^ b ^ c ^ d ^ length))


def _diffuse(word: int) -> int:
    """Spread every bit of a 64-bit word over all of it."""
    word = word * _FACTOR & _MASK
    word ^= (word >> 32) >> (word >> 60)
    return word * _FACTOR & _MASK
