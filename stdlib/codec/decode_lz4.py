"""The `decode_lz4` function."""

from contextlib import suppress
from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Integer, String
from dtl.values.text import from_bytes, to_bytes

from .._optional import optional
from ._lz4 import InvalidBlock, decode_block, measure
from ._lz4_frame import MAGIC, decode_frame


@function(checked_at_once=("buf_size",), checked_last=("value",))
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
            error: unable to decode value with lz4 block decoder: expected another byte, found none

        A frame with a wrong header:
            >>> decode_lz4!(decode_base16!("04224d186040ff"))
            error: unable to decode value with lz4 frame decoder: HeaderChecksumError

        A short buffer:
            >>> decode_lz4!(encode_lz4!("one fish two fish", prepend_size: false), buf_size: 4)
            error: unable to decode value with lz4 block decoder: provided output is too small for the decompressed data, actual 4, expected 17

        A negative buffer:
            >>> decode_lz4!(encode_lz4!("one fish two fish", prepend_size: false), buf_size: -1)
            error: buf_size must not be negative
    """  # noqa: E501 (a message is one line)
    data = to_bytes(value)
    lz4 = optional("decode_lz4", "cramjam", "cramjam").lz4
    if data.startswith(MAGIC):
        return from_bytes(_frame(data, lz4))
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
    try:
        length = measure(data, limit)
    except InvalidBlock as problem:
        raise FunctionError(f"unable to decode value with lz4 block decoder: {problem.message}") from None
    try:
        return bytes(lz4.decompress_block(data, output_len=length))
    except Exception:
        return decode_block(data)  # the fast decoder wants more room at the end than is needed


def _frame(data: bytes, lz4: Any) -> bytes:
    # Whether one frame is all there is; the fast decoder goes on to the next, and knows no unfinished one.
    if data.count(MAGIC) == 1:
        # Where this fails, the slow decoder says why, or makes the best of it.
        with suppress(Exception):
            return bytes(lz4.decompress(data))
    try:
        return decode_frame(data)
    except FunctionError as problem:
        raise FunctionError(f"unable to decode value with lz4 frame decoder: {problem.message}") from None
