"""IP addresses: their text and their bytes."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv6Address

from dtl.functions import FunctionError

_PART = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = re.compile(r"\.".join([_PART] * 4))

# Where an IPv4 address lies in an IPv6 address that stands for it.
MAPPED = bytes(10) + b"\xff\xff"


def bytes_of_ipv4(text: str) -> bytes | None:
    """Return the four bytes of an IPv4 address, or None when the text is none; no part may have leading zeros."""
    match = _IPV4.fullmatch(text)
    return bytes([int(part) for part in match.groups()]) if match else None


def bytes_of_ipv6(text: str) -> bytes | None:
    """Return the 16 bytes of an IPv6 address, or None when the text is none; a zone is not allowed."""
    if "%" in text or not text.isascii():
        return None
    try:
        return socket.inet_pton(socket.AF_INET6, text)
    except (OSError, ValueError):
        return None


def bytes_of(text: str) -> bytes | None:
    """Return the 4 or 16 bytes of an address, or None when the text is none."""
    return bytes_of_ipv6(text) if ":" in text else bytes_of_ipv4(text)


def parse(text: str, what: str = "IP address") -> bytes:
    """Return the 4 or 16 bytes of an address.

    Raises:
        FunctionError: The text is no address; the message names it as `what`.
    """
    data = bytes_of(text)
    if data is None:
        raise FunctionError(f"unable to parse {what}: invalid IP address syntax")
    return data


def show(data: bytes) -> str:
    """Write an address of 4 or 16 bytes: lower case, the longest run of zeros left out, IPv4 inside IPv6 with dots."""
    if len(data) == 4:
        return ".".join(map(str, data))
    if data.startswith(MAPPED):
        return "::ffff:" + ".".join(map(str, data[12:]))
    return str(IPv6Address(data))
