"""The `random_bytes` function."""

import os

from dtl.functions import Arguments, Effect, InvalidArgument, Result, function
from dtl.types.annotations import Fallible, Integer, String
from dtl.types.type import STRING_TYPE
from dtl.values.text import from_bytes

_LONGEST = 64 * 1024


@function(effect=Effect.RANDOM)
def random_bytes(length: Integer) -> Fallible[String]:
    """Return a string of random bytes, which need not be UTF-8.

    The bytes are good enough for keys. The call cannot fail if `length` is a constant.

    Args:
        length: How many bytes, 65536 at most.

    Raises:
        `length` is negative.
        `length` is more than 65536.

    Examples:
        As hexadecimal digits:
            >>> strlen(encode_base16(random_bytes(16)))
            32

        Fewer than none:
            >>> random_bytes!(0 - length(["a"]))
            error: Length cannot be negative

        Too many:
            >>> random_bytes!(65536 + length(["a"]))
            error: Length is too large. Maximum is 64k
    """
    return from_bytes(os.urandom(length))


@random_bytes.prepare("length")
def _checked(length: int) -> int:
    if length < 0:
        raise InvalidArgument("Length cannot be negative")
    if length > _LONGEST:
        raise InvalidArgument("Length is too large. Maximum is 64k")
    return length


@random_bytes.typed
def _result(arguments: Arguments) -> Result:
    return Result(STRING_TYPE, "length" not in arguments.constants)
