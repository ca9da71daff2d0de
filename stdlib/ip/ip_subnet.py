"""The `ip_subnet` function."""

from functools import lru_cache

from dtl.functions import FunctionError, function, require_kind
from dtl.types.annotations import Fallible, String
from dtl.values.number import InvalidNumber, parse_integer

from ._address import parse, show


@function(own_checks=("subnet",))
def ip_subnet(value: String, subnet: String) -> Fallible[String]:
    """Return the network part of an IP address.

    Args:
        value: The address.
        subnet: The length of the network part, as in `/24`, or a mask such as `255.255.255.0`.

    Raises:
        `value` is not an IP address.
        `subnet` is neither a length nor a mask.
        `subnet` is longer than the address, or a mask of the other version.

    Examples:
        By a length:
            >>> ip_subnet!("192.0.2.130", "/25")
            "192.0.2.128"

        By a mask:
            >>> ip_subnet!("192.0.2.130", "255.255.0.0")
            "192.0.0.0"

        Not an address:
            >>> ip_subnet!("host", "/24")
            error: unable to parse IP address: invalid IP address syntax

        Not a length:
            >>> ip_subnet!("192.0.2.130", "/a")
            error: /a is not a valid subnet

        Too long:
            >>> ip_subnet!("192.0.2.130", "/40")
            error: subnet cannot be greater than 32 for ipv4 addresses
    """
    address = parse(value)
    require_kind(subnet, str)
    mask = _mask(subnet, len(address))
    return show(bytes(a & b for a, b in zip(address, mask, strict=True)))


@lru_cache(maxsize=256)
def _mask(subnet: str, length: int) -> bytes:
    """Return the mask of a network for addresses of some bytes."""
    if not subnet.startswith("/"):
        mask = parse(subnet, "mask")
        if len(mask) != length:
            ours, other = ("ipv4", "ipv6") if length == 4 else ("ipv6", "ipv4")
            raise FunctionError(f"attempting to mask an {ours} address with an {other} mask")
        return mask
    try:
        bits = parse_integer(subnet[1:])
    except InvalidNumber:
        bits = -1
    if not 0 <= bits < 2**32 or subnet[1:2] == "-":
        raise FunctionError(f"{subnet} is not a valid subnet")
    longest = 8 * length
    if bits > longest:
        version = "ipv4" if length == 4 else "ipv6"
        raise FunctionError(f"subnet cannot be greater than {longest} for {version} addresses")
    # A length of 0 keeps the address as it is.
    return ((1 << longest) - (1 << longest - (bits or longest))).to_bytes(length, "big")
