"""The `decode_base16` function."""

import binascii

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes


@function
def decode_base16(value: String) -> Fallible[String]:
    """Decode a string of hexadecimal digits.

    Upper and lower case digits are taken alike.

    Args:
        value: The digits, two to a byte.

    Raises:
        `value` has an odd number of digits, or a character that is none.

    Examples:
        Hexadecimal digits:
            >>> decode_base16!("4F6B")
            "Ok"

        Not a digit:
            >>> decode_base16!("0x4F")
            error: unable to decode value to base16
    """
    try:
        return from_bytes(binascii.unhexlify(value))
    except ValueError:
        raise FunctionError("unable to decode value to base16") from None
