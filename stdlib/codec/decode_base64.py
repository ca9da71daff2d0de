"""The `decode_base64` function."""

from typing import Annotated

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Offered, String
from dtl.values.text import from_bytes

from ._base64 import decode_unpadded


@function
def decode_base64(
    value: String, charset: Annotated[String, Offered(("standard", "url_safe"))] = "standard"
) -> Fallible[String]:
    """Decode base64.

    Padding at the end may be there or not.

    Args:
        value: The encoded text.
        charset: `standard` for an alphabet that ends in `+` and `/`, `url_safe` for `-` and `_`.

    Raises:
        `value` is not base64.
        `charset` is neither of these.

    Examples:
        With padding:
            >>> decode_base64!("aGVsbG8=")
            "hello"

        The alphabet for URLs:
            >>> decode_base64!("Pz4_", charset: "url_safe")
            "?>?"

        Not base64:
            >>> decode_base64!("hello!")
            error: unable to decode value from base64

        An unknown alphabet:
            >>> decode_base64!("aGVsbG8=", charset: "base65")
            error: unknown charset
    """
    if charset not in ("standard", "url_safe"):
        raise FunctionError("unknown charset")
    text = value.rstrip("=")
    data = decode_unpadded(text or value, charset == "url_safe")
    if data is None:
        raise FunctionError("unable to decode value from base64")
    return from_bytes(data)
