"""The `is_ipv6` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, String

from ._address import bytes_of_ipv6


@function
def is_ipv6(value: String) -> Boolean:
    """Tell whether a text is an IPv6 address.

    Args:
        value: The text.

    Examples:
        An address:
            >>> is_ipv6("2001:db8::1")
            true

        An IPv4 address:
            >>> is_ipv6("192.0.2.1")
            false
    """
    return bytes_of_ipv6(value) is not None
