"""The `encode_charset` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes, replaced

from ._charset import charset_of, encode


@function(checked_at_once=("value",))
def encode_charset(value: String, to_charset: String) -> Fallible[String]:
    """Write a text in an old character set.

    A character that the set lacks becomes its number, as `&#8364;`. UTF-16 is never written: the result is UTF-8.

    Args:
        value: The text.
        to_charset: A label of the Encoding Standard, such as `latin1`, `windows-1251`, `euc-jp` or `big5`.

    Raises:
        `to_charset` is no such label.

    Examples:
        Western European, in hexadecimal:
            >>> encode_base16(encode_charset!("café", "latin1"))
            "636166e9"

        A character that is missing:
            >>> encode_charset!("5 ₹", "latin1")
            "5 &#8377;"

        An unknown label:
            >>> encode_charset!("abc", "ebcdic")
            error: Unknown charset: ebcdic
    """
    name = charset_of(to_charset)
    if name is None:
        raise FunctionError(f"Unknown charset: {replaced(to_charset)}")
    return from_bytes(encode(replaced(value), name))
