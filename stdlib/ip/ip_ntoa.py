"""The `ip_ntoa` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String

from ._address import show


@function
def ip_ntoa(value: Integer) -> Fallible[String]:
    """Return the IPv4 address that an integer stands for.

    Args:
        value: The address, its first part the most significant byte.

    Raises:
        `value` does not fit into 32 bits.

    Examples:
        An address:
            >>> ip_ntoa!(167772161)
            "10.0.0.1"

        Too large:
            >>> ip_ntoa!(4294967296)
            error: cannot convert to bytes: integer does not fit in u32
    """
    if not 0 <= value < 2**32:
        raise FunctionError("cannot convert to bytes: integer does not fit in u32")
    return show(value.to_bytes(4, "big"))
