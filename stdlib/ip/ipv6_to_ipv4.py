"""The `ipv6_to_ipv4` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String

from ._address import MAPPED, parse, show


@function
def ipv6_to_ipv4(value: String) -> Fallible[String]:
    """Return the IPv4 address that an IPv6 address stands for.

    Such an address begins with 80 zero bits and 16 ones, or with 96 zero bits. An IPv4 address stays as it is.

    Args:
        value: The address.

    Raises:
        `value` is not an IP address.
        `value` is an IPv6 address that stands for no IPv4 address.

    Examples:
        An address that stands for another:
            >>> ipv6_to_ipv4!("::ffff:192.0.2.1")
            "192.0.2.1"

        One that does not:
            >>> ipv6_to_ipv4!("2001:db8::1")
            error: IPV6 address 2001:db8::1 is not compatible with IPV4

        Not an address:
            >>> ipv6_to_ipv4!("host")
            error: unable to parse IP address: invalid IP address syntax
    """
    data = parse(value)
    if len(data) == 4:
        return show(data)
    if data[:12] not in (MAPPED, bytes(12)):
        raise FunctionError(f"IPV6 address {show(data)} is not compatible with IPV4")
    return show(data[12:])
