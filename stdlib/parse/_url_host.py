"""The host of a URL, as browsers read it: domains, and addresses in every notation."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

from ._percent import encode_opaque

_PLAIN = re.compile(r"[a-z0-9_~!$&'()*+,;=`{}-]+(?:\.[a-z0-9_~!$&'()*+,;=`{}-]*)*")
_FORBIDDEN_OPAQUE = re.compile(r"[\x00\t\n\r #/:<>?@\[\\\]^|]")
_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_GROUP = re.compile(r"[0-9A-Fa-f]{1,4}")
_NO_DOMAIN = "invalid international domain name"
_NO_IPV4 = "invalid IPv4 address"
_NO_IPV6 = "invalid IPv6 address"


class InvalidUrl(ValueError):
    """A text is no URL; `str()` tells why."""


def read_opaque_host(text: str) -> str:
    """Return the host of a scheme that says nothing of hosts.

    Raises:
        InvalidUrl: It has a character that no host may have.
    """
    if text.startswith("["):
        return _read_bracketed(text)
    if _FORBIDDEN_OPAQUE.search(text):
        raise InvalidUrl("invalid domain character")
    return encode_opaque(text)


def read_host(text: str) -> str:
    """Return a domain in ASCII or an address.

    Raises:
        InvalidUrl: It is neither.
    """
    if text.startswith("["):
        return _read_bracketed(text)
    domain = unquote(text) if "%" in text else text
    if not (_PLAIN.fullmatch(domain) and "xn--" not in domain):
        domain = _to_ascii(domain)
    if not domain:
        raise InvalidUrl("empty host")
    if _FORBIDDEN.search(domain):
        raise InvalidUrl(_NO_DOMAIN)
    return _read_ipv4(domain) if _ends_in_number(domain) else domain


def _read_bracketed(text: str) -> str:
    if not text.endswith("]"):
        raise InvalidUrl(_NO_IPV6)
    address = text[1:-1]
    if "%" in address or "/" in address:
        raise InvalidUrl(_NO_IPV6)
    try:
        number = int(ipaddress.IPv6Address(address))
    except ValueError:
        raise InvalidUrl(_NO_IPV6) from None
    groups = [f"{number >> shift & 0xFFFF:x}" for shift in range(112, -1, -16)]
    shown = ":".join(groups)
    zeros = max(re.findall(r"(?:^|(?<=:))0(?::0)+(?=:|$)", shown), key=len, default="")
    if zeros:
        before, _, after = _cut(shown, zeros)
        shown = f"{before}::{after}"
    return f"[{shown}]"


def _cut(shown: str, zeros: str) -> tuple[str, str, str]:
    """Split an address at its first run of zero groups, the colons around it left out."""
    at = re.search(rf"(?:^|(?<=:)){zeros}(?=:|$)", shown)
    assert at is not None
    return shown[: at.start()].rstrip(":"), zeros, shown[at.end() :].lstrip(":")


def _ends_in_number(domain: str) -> bool:
    parts = domain.split(".")
    if not parts[-1] and len(parts) > 1:
        parts.pop()
    last = parts[-1]
    return last.isdigit() or _number(last) is not None


def _read_ipv4(domain: str) -> str:
    parts = domain.split(".")
    if not parts[-1]:
        parts.pop()
    numbers = [_number(part) for part in parts]
    if len(parts) > 4 or any(number is None for number in numbers):
        raise InvalidUrl(_NO_IPV4)
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(parts)):  # type: ignore[operator]
        raise InvalidUrl(_NO_IPV4)
    address = last
    for place, number in enumerate(first):
        address += number << 8 * (3 - place)  # type: ignore[operator]
    return str(ipaddress.IPv4Address(address))


def _number(text: str) -> int | None:
    """Return the number of a part of an address: `0x` begins a hexadecimal, `0` an octal one."""
    if not text or len(text) > 1_000:
        return None
    base = 10
    if text[:2] in ("0x", "0X"):
        text, base = text[2:], 16
    elif len(text) > 1 and text[0] == "0":
        text, base = text[1:], 8
    if not text:
        return 0
    digits = "0123456789abcdefABCDEF" if base == 16 else "0123456789"[:base]
    return int(text, base) if all(character in digits for character in text) else None


def _to_ascii(domain: str) -> str:
    # Lazy: the tables of international names are large, and most hosts are plain.
    import idna

    try:
        mapped = idna.uts46_remap(domain, std3_rules=False, transitional=False)
    except idna.IDNAError:
        raise InvalidUrl(_NO_DOMAIN) from None
    return ".".join([_label_to_ascii(label) for label in mapped.split(".")])


def _label_to_ascii(label: str) -> str:
    try:
        if label.startswith("xn--"):
            plain = label[4:].encode("ascii").decode("punycode")
            if not plain or plain.isascii() or plain.encode("punycode").decode() != label[4:]:
                raise InvalidUrl(_NO_DOMAIN)
            return label
        return label if label.isascii() else "xn--" + label.encode("punycode").decode()
    except UnicodeError:
        raise InvalidUrl(_NO_DOMAIN) from None
