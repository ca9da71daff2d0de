"""The `is_ipv4` function."""

from dtl.functions import function
from dtl.types.annotations import Boolean, String

from ._address import bytes_of_ipv4


@function
def is_ipv4(value: String) -> Boolean:
    """Tell whether a text is an IPv4 address.

    Args:
        value: The text.

    Examples:
        An address:
            >>> is_ipv4("192.0.2.1")
            true

        Too large a part:
            >>> is_ipv4("192.0.2.256")
            false
    """
    return bytes_of_ipv4(value) is not None
