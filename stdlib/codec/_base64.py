"""Base64 without tolerance: no foreign characters, no bits beyond the last byte."""

from __future__ import annotations

import binascii

_TO_STANDARD = str.maketrans("-_", "+/")


def decode_unpadded(text: str, url_safe: bool = False) -> bytes | None:
    """Return the bytes that base64 without padding stands for, or None when the text is no such."""
    if url_safe:
        if "+" in text or "/" in text:
            return None
        text = text.translate(_TO_STANDARD)
    try:
        data = binascii.a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
    except ValueError:
        return None
    # Bits that are left over must be zero, so that every text has one encoding only.
    return data if binascii.b2a_base64(data, newline=False).decode("ascii").rstrip("=") == text else None
