"""The algorithms of `encrypt` and `decrypt`: names, sizes, and how each is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dtl.functions import FunctionError, require_kind
from dtl.values.text import to_bytes
from dtl.values.value import Value

from . import _aead, _modes

#: Takes a key, an initialization vector and a text.
Crypt = Callable[[bytes, bytes, bytes], bytes]


class Algorithm(NamedTuple):
    """A way to encrypt, with the lengths in bytes of its key and initialization vector."""

    key: int
    iv: int
    encrypt: Crypt
    decrypt: Crypt

    def checked(self, key: Value, iv: Value) -> tuple[bytes, bytes]:
        """Return the bytes of a key and an initialization vector.

        Raises:
            FunctionError: One is no text, or longer or shorter than it must be.
        """
        return _sized("key", key, self.key), _sized("iv", iv, self.iv)


def _sized(what: str, given: Value, length: int) -> bytes:
    data = to_bytes(require_kind(given, str))
    if len(data) != length:
        raise FunctionError(f"Invalid {what} size. Expected {length} bytes. Found {len(data)} bytes")
    return data


def _algorithms() -> dict[str, Algorithm]:
    found = {}
    for bits in (128, 192, 256):
        size = bits // 8
        found[f"AES-{bits}-CFB"] = Algorithm(size, 16, _modes.encrypt_cfb, _modes.decrypt_cfb)
        found[f"AES-{bits}-OFB"] = Algorithm(size, 16, _modes.crypt_ofb, _modes.crypt_ofb)
        # `CTR` alone is an old name of the little-endian variant.
        for name in ("CTR", "CTR-LE"):
            found[f"AES-{bits}-{name}"] = Algorithm(size, 16, _modes.crypt_ctr_le, _modes.crypt_ctr_le)
        found[f"AES-{bits}-CTR-BE"] = Algorithm(size, 16, _modes.crypt_ctr_be, _modes.crypt_ctr_be)
        for padding in ("PKCS7", "ANSIX923", "ISO7816", "ISO10126"):
            found[f"AES-{bits}-CBC-{padding}"] = Algorithm(size, 16, *_modes.cbc(padding))
    for bits in (128, 256):  # of each of the two keys
        found[f"AES-{bits}-SIV"] = Algorithm(bits // 4, 16, _aead.encrypt_siv, _aead.decrypt_siv)
    found["CHACHA20-POLY1305"] = Algorithm(32, 12, _aead.encrypt_chacha, _aead.decrypt_chacha)
    found["XCHACHA20-POLY1305"] = Algorithm(32, 24, _aead.encrypt_xchacha, _aead.decrypt_xchacha)
    found["XSALSA20-POLY1305"] = Algorithm(32, 24, _aead.encrypt_xsalsa, _aead.decrypt_xsalsa)
    return found


ALGORITHMS = _algorithms()


def algorithm_of(name: str) -> Algorithm:
    """Return an algorithm by its name, in any case.

    Raises:
        FunctionError: There is none of that name.
    """
    found = ALGORITHMS.get(name.upper())
    if found is None:
        raise FunctionError(f"Invalid algorithm: {name.upper()}")
    return found
