"""Authenticated encryption: AES-SIV and the Poly1305 family. The tag is part of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.functions import FunctionError

from .._optional import optional

_TAG = 16


def _aead() -> Any:
    return optional("encrypt", "cryptography.hazmat.primitives.ciphers.aead", "cryptography")


def _sodium() -> Any:
    return optional("encrypt", "nacl.bindings", "pynacl")


def _opened(text: bytes, decrypt: Callable[[], bytes]) -> bytes:
    """Decrypt a text that holds its tag.

    Raises:
        FunctionError: The tag does not belong to the text: the key is wrong, or the text was changed.
    """
    if len(text) >= _TAG:
        try:
            return decrypt()
        except Exception as problem:
            # The classes cannot be named here: their packages are imported only where they are needed.
            if type(problem).__name__ not in ("InvalidTag", "CryptoError"):
                raise
    raise FunctionError("Invalid input")


def encrypt_siv(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt with AES-SIV; the associated data is empty, and the nonce comes after it."""
    done: bytes = _aead().AESSIV(key).encrypt(text, [b"", iv])
    return done


def decrypt_siv(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Decrypt with AES-SIV."""
    cipher = _aead().AESSIV(key)
    return _opened(text, lambda: cipher.decrypt(text, [b"", iv]))


def encrypt_chacha(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt with ChaCha20-Poly1305; the tag follows the text."""
    done: bytes = _aead().ChaCha20Poly1305(key).encrypt(iv, text, None)
    return done


def decrypt_chacha(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Decrypt with ChaCha20-Poly1305."""
    cipher = _aead().ChaCha20Poly1305(key)
    return _opened(text, lambda: cipher.decrypt(iv, text, None))


def encrypt_xchacha(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt with XChaCha20-Poly1305; the tag follows the text."""
    done: bytes = _sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(text, None, iv, key)
    return done


def decrypt_xchacha(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Decrypt with XChaCha20-Poly1305."""
    decrypt = _sodium().crypto_aead_xchacha20poly1305_ietf_decrypt
    return _opened(text, lambda: decrypt(text, None, iv, key))


def encrypt_xsalsa(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypt with XSalsa20-Poly1305; the tag precedes the text."""
    done: bytes = _sodium().crypto_secretbox(text, iv, key)
    return done


def decrypt_xsalsa(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Decrypt with XSalsa20-Poly1305."""
    decrypt = _sodium().crypto_secretbox_open
    return _opened(text, lambda: decrypt(text, iv, key))
