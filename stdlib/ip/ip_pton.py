"""The `ip_pton` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, String
from dtl.values.text import from_bytes

from ._address import parse


@function
def ip_pton(value: String) -> Fallible[String]:
    """Return the bytes of an IP address, 4 or 16 of them, most significant first.

    Args:
        value: The address.

    Raises:
        `value` is not an IP address.

    Examples:
        An IPv4 address in hexadecimal:
            >>> encode_base16(ip_pton!("192.0.2.1"))
            "c0000201"

        Not an address:
            >>> ip_pton!("192.0.2")
            error: unable to parse IP address: invalid IP address syntax
    """
    return from_bytes(parse(value))
