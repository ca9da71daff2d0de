"""The `ip_to_ipv6` function."""

from dtl.functions import function
from dtl.types.annotations import Fallible, String

from ._address import MAPPED, parse, show


@function
def ip_to_ipv6(value: String) -> Fallible[String]:
    """Return an IP address as an IPv6 address.

    An IPv4 address becomes the IPv6 address that stands for it, an IPv6 address is written in its canonical form.

    Args:
        value: The address.

    Raises:
        `value` is not an IP address.

    Examples:
        From IPv4:
            >>> ip_to_ipv6!("192.0.2.1")
            "::ffff:192.0.2.1"

        From IPv6:
            >>> ip_to_ipv6!("2001:DB8:0:0:0:0:0:1")
            "2001:db8::1"

        Not an address:
            >>> ip_to_ipv6!("host")
            error: unable to parse IP address: invalid IP address syntax
    """
    data = parse(value)
    return show(MAPPED + data if len(data) == 4 else data)
