"""The `format_int` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@function
def format_int(value: Integer, base: Integer = 10) -> Fallible[String]:
    """Write an integer in a base.

    Digits above nine are lower-case letters. There is no prefix such as `0x`.

    Args:
        value: The integer.
        base: The base, from 2 to 36.

    Raises:
        `base` is not between 2 and 36.

    Examples:
        Hexadecimal:
            >>> format_int!(255, 16)
            "ff"

        Binary, below zero:
            >>> format_int!(-5, 2)
            "-101"

        An impossible base:
            >>> format_int!(5, 40)
            error: invalid base 40: must be be between 2 and 36 (inclusive)
    """
    if not 2 <= base <= 36:
        raise FunctionError(f"invalid base {base}: must be be between 2 and 36 (inclusive)")
    if base == 10:
        return str(value)
    digits, rest = [], -value if value < 0 else value
    while rest:
        rest, digit = divmod(rest, base)
        digits.append(_DIGITS[digit])
    return ("-" if value < 0 else "") + ("".join(reversed(digits)) or "0")
