"""The `decode_lz4` function."""

from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Integer, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional
from ._lz4 import MAGIC, InvalidBlock, decode_block, decode_frame

# Longer results are not reserved in advance: four bytes in the data must not cost gigabytes.
_PLAUSIBLE = 255


@function
def decode_lz4(value: String, buf_size: Integer = 1_000_000, prepended_size: Boolean = False) -> Fallible[String]:
    """Decompress an LZ4 frame or block.

    A frame is known by its first four bytes.

    Args:
        value: The compressed string.
        buf_size: The length in bytes that the content of a block may have.
        prepended_size: Whether a block's length comes first, in four bytes; `buf_size` is not used then.

    Raises:
        `value` is a block that is wrong.
        `value` is a frame that is wrong.
        The content is longer than `buf_size`, or than the length that comes first.
        `buf_size` is negative.

    Examples:
        A block with its length:
            >>> decode_lz4!(encode_lz4!("one fish two fish"), prepended_size: true)
            "one fish two fish"

        A block without:
            >>> decode_lz4!(encode_lz4!("one fish two fish", prepend_size: false))
            "one fish two fish"

        A block that is none:
            >>> decode_lz4!("one fish")
            error: unable to decode value with lz4 block decoder: the offset to copy is not contained in the decompressed buffer

        A frame with a wrong header:
            >>> decode_lz4!(decode_base16!("04224d186040ff"))
            error: unable to decode value with lz4 frame decoder: HeaderChecksumError

        A short buffer:
            >>> decode_lz4!(encode_lz4!("one fish two fish", prepend_size: false), buf_size: 4)
            error: unable to decode value with lz4 block decoder: provided output is too small for the decompressed data, actual 4, expected 17
    """
    data = to_bytes(value)
    lz4 = optional("decode_lz4", "cramjam", "cramjam").lz4
    if data.startswith(MAGIC):
        return from_bytes(_frame(data))
    limit = buf_size
    if prepended_size:
        if len(data) < 4:
            raise FunctionError("unable to decode value with lz4 block decoder: expected another byte, found none")
        limit = int.from_bytes(data[:4], "little")
        data = data[4:]
    if limit < 0:
        raise FunctionError("buf_size must not be negative")
    return from_bytes(_block(data, limit, lz4))


def _block(data: bytes, limit: int, lz4: Any) -> bytes:
    room = bytearray(min(limit, _PLAUSIBLE * len(data)))
    try:
        length = lz4.decompress_block_into(data, room)
    except Exception:
        # The fast decoder does not say why, and refuses some blocks that are only unusual.
        try:
            return decode_block(data, limit)
        except InvalidBlock as problem:
            raise FunctionError(f"unable to decode value with lz4 block decoder: {problem.message}") from None
    return bytes(memoryview(room)[:length])


def _frame(data: bytes) -> bytes:
    try:
        return decode_frame(data)
    except FunctionError as problem:
        raise FunctionError(f"unable to decode value with lz4 frame decoder: {problem.message}") from None
