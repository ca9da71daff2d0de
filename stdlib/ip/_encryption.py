"""IP addresses encrypted into IP addresses: ipcrypt's deterministic and prefix-preserving modes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from dtl.functions import FunctionError, require_kind
from dtl.values.text import replaced, to_bytes

from .._optional import optional
from ._address import MAPPED, parse, show

_TOP = 1 << 127
# What precedes the first bit of an address in the block that decides how it is changed: a single one.
_NO_PREFIX = 1
_IPV4_PREFIX = 1 << 96 | 0xFFFF


def crypt_ip(ip: str, key: str, mode: str, function: str) -> str:
    """Encrypt or decrypt an address: `function` says which, and names the caller.

    Raises:
        FunctionError: The address, the key's length or the mode is wrong.
    """
    address = parse(ip)
    require_kind(mode, str)
    if mode not in ("aes128", "pfx"):
        raise FunctionError(f"Invalid mode '{replaced(mode)}'. Must be 'aes128' or 'pfx'")
    require_kind(key, str)
    secret = to_bytes(key)
    length = 16 if mode == "aes128" else 32
    if len(secret) != length:
        raise FunctionError(f"{mode} mode requires a {length}-byte key for {'IPv4' if len(address) == 4 else 'IPv6'}")
    block = MAPPED + address if len(address) == 4 else address
    decrypts = function == "decrypt_ip"
    if mode == "aes128":
        changed = _cipher(secret, function, decrypts)(block)
    elif secret[:16] == secret[16:]:
        raise FunctionError("The two halves of the key must be different")
    else:
        changed = _prefix_preserving(block, len(address) == 4, secret, function, decrypts)
    return show(changed[12:] if changed.startswith(MAPPED) else changed)


@lru_cache(maxsize=64)
def _cipher(key: bytes, function: str, decrypts: bool = False) -> Callable[[bytes], bytes]:
    """Return AES over blocks of 16 bytes that do not depend on each other."""
    ciphers = optional(function, "cryptography.hazmat.primitives.ciphers", "cryptography")
    cipher = ciphers.Cipher(ciphers.algorithms.AES(key), ciphers.modes.ECB())
    update: Callable[[bytes], bytes] = (cipher.decryptor() if decrypts else cipher.encryptor()).update
    return update


def _prefix_preserving(block: bytes, mapped: bool, key: bytes, function: str, decrypts: bool) -> bytes:
    """Change each bit by a secret function of the bits before it, so that equal prefixes stay equal.

    `mapped` tells that the block stands for an IPv4 address: then only its last 32 bits change.
    """
    first, second = _cipher(key[:16], function), _cipher(key[16:], function)
    old = int.from_bytes(block, "big")
    bits = 32 if mapped else 128
    prefix = _IPV4_PREFIX if mapped else _NO_PREFIX
    new = old >> bits << bits
    for place in range(bits - 1, -1, -1):
        data = prefix.to_bytes(16, "big")
        change = (first(data)[15] ^ second(data)[15]) & 1
        bit = old >> place & 1
        new |= (bit ^ change) << place
        plain = bit ^ change if decrypts else bit
        prefix = prefix << 1 & (2 * _TOP - 1) | plain
    return new.to_bytes(16, "big")
