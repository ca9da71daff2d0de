"""IP networks written as an address and the length of its network part."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dtl.functions import FunctionError
from dtl.values.number import InvalidNumber, parse_integer
from dtl.values.value import Value, describe

from ._address import bytes_of


class Network(NamedTuple):
    """A network: its addresses have some bytes, and equal `prefix` when shifted right by `shift` bits."""

    length: int
    prefix: int
    shift: int

    def contains(self, address: bytes) -> bool:
        """Tell whether an address of 4 or 16 bytes lies in the network."""
        return len(address) == self.length and int.from_bytes(address, "big") >> self.shift == self.prefix


def read_network(value: Value) -> Network | FunctionError:
    """Return the network that a value names, or why there is none: nobody may ask for it."""
    if not isinstance(value, str):
        return FunctionError(f"expected string, got {describe(value)}")
    return _read(value)


@lru_cache(maxsize=1024)
def _read(text: str) -> Network | FunctionError:
    address, slash, bits = text.rpartition("/")
    if not slash:
        address, bits = bits, ""
    data = bytes_of(address)
    if data is None:
        return FunctionError("unable to parse CIDR: couldn't parse address in network: invalid IP address syntax")
    longest = 8 * len(data)
    length = longest
    if slash:
        try:
            length = _small_integer(bits)
        except InvalidNumber as problem:
            return FunctionError(f"unable to parse CIDR: couldn't parse length in network: {problem}")
    if length > longest:
        version = "Ipv4" if longest == 32 else "Ipv6"
        return FunctionError(
            f"unable to parse CIDR: invalid length for network: Network length {length} is too long for {version} "
            f"(maximum: {longest})"
        )
    shift = longest - length
    number = int.from_bytes(data, "big")
    if number & ((1 << shift) - 1):
        return FunctionError("unable to parse CIDR: host part of address was not zero")
    return Network(len(data), number >> shift, shift)


def _small_integer(text: str) -> int:
    """Read an integer of 8 bits without a minus sign."""
    if text.startswith("-"):
        raise InvalidNumber("invalid digit found in string")
    number = parse_integer(text)
    if number > 255:
        raise InvalidNumber("number too large to fit in target type")
    return number
