"""The `parse_int` function."""

from __future__ import annotations

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, Maybe, String
from dtl.values.number import InvalidNumber, parse_integer
from dtl.values.text import replaced
from dtl.values.value import display

_PREFIXES = {"0b": 2, "0o": 8, "0x": 16}


@function
def parse_int(value: String, base: Maybe[Integer] = None) -> Fallible[Integer]:
    """Read an integer written in a base.

    Without `base`, `0b`, `0o` and `0x` begin a binary, an octal and a hexadecimal number, another leading `0` an octal
    one; everything else is decimal. With `base` no prefix is known. A sign may come first, but then no prefix.

    Args:
        value: The digits.
        base: The base, from 2 to 36.

    Raises:
        The base is not between 2 and 36.
        `value` is empty, has a character that is no digit of the base, or does not fit into 64 bits.

    Examples:
        A hexadecimal number:
            >>> parse_int!("0x1c8")
            456

        A given base:
            >>> parse_int!("zz", base: 36)
            1295

        A base out of range:
            >>> parse_int!("10", base: 64)
            error: invalid base "10": must be be between 2 and 36 (inclusive)

        Not a digit:
            >>> parse_int!("12 km")
            error: could not parse integer: invalid digit found in string
    """
    text = replaced(value)
    if base is not None:
        if not 2 <= base <= 36:
            raise FunctionError(f"invalid base {display(text)}: must be be between 2 and 36 (inclusive)")
    elif not text:
        raise FunctionError("value is empty")
    else:
        base = 10
        if text[0] == "0":
            known = _PREFIXES.get(text[:2])
            base, text = (known, text[2:]) if known else (8, text)
    try:
        return parse_integer(text, base)
    except InvalidNumber as reason:
        raise FunctionError(f"could not parse integer: {reason}") from None
