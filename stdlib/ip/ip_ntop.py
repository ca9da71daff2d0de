"""The `ip_ntop` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import to_bytes

from ._address import show


@function
def ip_ntop(value: String) -> Fallible[String]:
    """Return the text of an IP address given as bytes.

    Args:
        value: The 4 bytes of an IPv4 address or the 16 of an IPv6 address, most significant first.

    Raises:
        `value` has another length.

    Examples:
        Four bytes:
            >>> ip_ntop!("\\u{7f}\\u{0}\\u{0}\\u{1}")
            "127.0.0.1"

        Sixteen bytes:
            >>> ip_ntop!(decode_base16!("20010db8000000000000000000000042"))
            "2001:db8::42"

        Another number of bytes:
            >>> ip_ntop!("abc")
            error: "value" must be of length 4 or 16 bytes
    """
    data = to_bytes(value)
    if len(data) not in (4, 16):
        raise FunctionError('"value" must be of length 4 or 16 bytes')
    return show(data)
