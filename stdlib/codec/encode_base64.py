"""The `encode_base64` function."""

import binascii
from typing import Annotated

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Offered, String
from dtl.values.text import to_bytes

_TO_URL_SAFE = str.maketrans("+/", "-_")


@function
def encode_base64(
    value: String, padding: Boolean = True, charset: Annotated[String, Offered(("standard", "url_safe"))] = "standard"
) -> String:
    """Write the bytes of a string in base64.

    Args:
        value: The string.
        padding: Whether the result is filled with `=` to a multiple of four characters.
        charset: `standard` for an alphabet that ends in `+` and `/`, `url_safe` for `-` and `_`.

    Raises:
        `charset` is neither of these.

    Examples:
        With padding:
            >>> encode_base64("hello")
            "aGVsbG8="

        Without padding, in the alphabet for URLs:
            >>> encode_base64("?>?!", padding: false, charset: "url_safe")
            "Pz4_IQ"

        An unknown alphabet:
            >>> encode_base64("hello", charset: "base65")
            error: unknown charset
    """
    if charset not in ("standard", "url_safe"):
        raise FunctionError("unknown charset")
    text = binascii.b2a_base64(to_bytes(value), newline=False).decode("ascii")
    if charset == "url_safe":
        text = text.translate(_TO_URL_SAFE)
    return text if padding else text.rstrip("=")
