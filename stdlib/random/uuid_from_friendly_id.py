"""The `uuid_from_friendly_id` function."""

import uuid

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.debug import debug_byte
from dtl.values.text import replaced

_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS = {digit: value for value, digit in enumerate(_ALPHABET)}
_LIMIT = 2**128
# 62^22 is beyond 128 bits, so more digits cannot fit.
_MOST_DIGITS = 22


@function
def uuid_from_friendly_id(value: String) -> Fallible[String]:
    """Return the UUID that a friendly id stands for: its number in base 62.

    Args:
        value: The friendly id, of digits, capital and small letters.

    Raises:
        `value` is empty.
        `value` has a character that is no digit of base 62.
        `value` stands for a number of more than 128 bits.

    Examples:
        A friendly id:
            >>> uuid_from_friendly_id!("2UnWOE5yZ6XA0P9xmqTmmU")
            "520915a0-740e-431c-b673-2adbc04a1316"

        Nothing:
            >>> uuid_from_friendly_id!("")
            error: failed to decode friendly id: Encoded input is an empty string

        A dash:
            >>> uuid_from_friendly_id!("3a-4b")
            error: failed to decode friendly id: Encoded input contains the invalid byte b'-' at index 2

        Too large a number:
            >>> uuid_from_friendly_id!("zzzzzzzzzzzzzzzzzzzzzz")
            error: failed to decode friendly id: Decoded number cannot fit into a `u128`
    """
    data = replaced(value).encode()
    if not data:
        raise _refuse("Encoded input is an empty string")
    if len(data.lstrip(b"0")) > _MOST_DIGITS:
        raise _refuse("Decoded number cannot fit into a `u128`")
    number = 0
    for index, byte in enumerate(data):
        number *= 62
        if number >= _LIMIT:
            raise _refuse("Decoded number cannot fit into a `u128`")
        digit = _DIGITS.get(byte)
        if digit is None:
            shown = "\\'" if byte == ord("'") else debug_byte(byte)
            raise _refuse(f"Encoded input contains the invalid byte b'{shown}' at index {index}")
        number += digit
    if number >= _LIMIT:
        raise _refuse("Decoded number cannot fit into a `u128`")
    return str(uuid.UUID(int=number))


def _refuse(reason: str) -> FunctionError:
    return FunctionError(f"failed to decode friendly id: {reason}")
