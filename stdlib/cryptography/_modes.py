"""AES in its modes without authentication: CFB, OFB, CTR and CBC, and the paddings of CBC."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from dtl.functions import FunctionError

from .._optional import optional

_BLOCK = 16
_MASK = 2**64 - 1


def _ciphers() -> ModuleType:
    return optional("encrypt", "cryptography.hazmat.primitives.ciphers", "cryptography")


def _cipher(key: bytes, mode: Any) -> Any:
    ciphers = _ciphers()
    return ciphers.Cipher(ciphers.algorithms.AES(key), mode)


def _feedback_modes() -> Any:
    """Return where CFB and OFB are: they moved when the package began to call them out of date."""
    try:
        return optional("encrypt", "cryptography.hazmat.decrepit.ciphers.modes", "cryptography")
    except FunctionError:
        return _ciphers().modes


def encrypt_cfb(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt in cipher feedback mode, over whole blocks."""
    done: bytes = _cipher(key, _feedback_modes().CFB(iv)).encryptor().update(text)
    return done


def decrypt_cfb(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Decrypt in cipher feedback mode, over whole blocks."""
    done: bytes = _cipher(key, _feedback_modes().CFB(iv)).decryptor().update(text)
    return done


def crypt_ofb(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt or decrypt in output feedback mode."""
    done: bytes = _cipher(key, _feedback_modes().OFB(iv)).encryptor().update(text)
    return done


def crypt_ctr_be(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt or decrypt with a counter in the last eight bytes of the block, most significant first."""
    start = int.from_bytes(iv[8:], "big")
    return _xor_counters(key, text, lambda index: iv[:8] + (start + index & _MASK).to_bytes(8, "big"))


def crypt_ctr_le(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt or decrypt with a counter in the first eight bytes of the block, least significant first."""
    start = int.from_bytes(iv[:8], "little")
    return _xor_counters(key, text, lambda index: (start + index & _MASK).to_bytes(8, "little") + iv[8:])


def _xor_counters(key: bytes, text: bytes, block: Callable[[int], bytes]) -> bytes:
    """Combine a text with the encryption of counter blocks."""
    length = len(text)
    counters = b"".join([block(index) for index in range(-(-length // _BLOCK))])
    stream = _cipher(key, _ciphers().modes.ECB()).encryptor().update(counters)[:length]
    return (int.from_bytes(text, "big") ^ int.from_bytes(stream, "big")).to_bytes(length, "big")


def cbc(padding: str) -> tuple[Callable[[bytes, bytes, bytes], bytes], Callable[[bytes, bytes, bytes], bytes]]:
    """Return encryption and decryption in cipher block chaining mode with a padding."""

    def encrypt(key: bytes, iv: bytes, text: bytes) -> bytes:
        missing = _BLOCK - len(text) % _BLOCK
        padded = text + _padding(padding, missing)
        done: bytes = _cipher(key, _ciphers().modes.CBC(iv)).encryptor().update(padded)
        return done

    def decrypt(key: bytes, iv: bytes, text: bytes) -> bytes:
        if not text or len(text) % _BLOCK:
            raise FunctionError("Invalid input")
        padded: bytes = _cipher(key, _ciphers().modes.CBC(iv)).decryptor().update(text)
        return padded[: len(padded) - _padding_length(padding, padded[-_BLOCK:])]

    return encrypt, decrypt


def _padding(name: str, length: int) -> bytes:
    if name == "ISO7816":
        return b"\x80" + bytes(length - 1)
    if name == "ANSIX923":
        return bytes(length - 1) + bytes([length])
    # ISO 10126 asks for random bytes before the length; the length itself is as good, and repeats.
    return bytes([length]) * length


def _padding_length(name: str, block: bytes) -> int:
    """Return how many bytes of the last block are padding.

    Raises:
        FunctionError: The block does not end in such a padding: the key is wrong, or the text was changed.
    """
    length = _BLOCK - len(block.rstrip(b"\0")) + 1 if name == "ISO7816" else block[-1]
    valid = 1 <= length <= _BLOCK and (name == "ISO10126" or block[-length:] == _padding(name, length))
    if not valid:
        raise FunctionError("Invalid input")
    return length
