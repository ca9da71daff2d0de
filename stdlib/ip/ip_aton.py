"""The `ip_aton` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String

from ._address import bytes_of_ipv4


@function
def ip_aton(value: String) -> Fallible[Integer]:
    """Return an IPv4 address as an integer, its first part the most significant byte.

    Args:
        value: The address.

    Raises:
        `value` is not an IPv4 address.

    Examples:
        An address:
            >>> ip_aton!("10.0.0.1")
            167772161

        Not an address:
            >>> ip_aton!("10.0.0")
            error: unable to parse IPv4 address: invalid IPv4 address syntax
    """
    data = bytes_of_ipv4(value)
    if data is None:
        raise FunctionError("unable to parse IPv4 address: invalid IPv4 address syntax")
    return int.from_bytes(data, "big")
