"""Domain names with other letters than ASCII: Unicode Technical Standard 46, without limits of length.

The package idna brings the tables; its own functions follow IDNA 2008, which allows fewer names.
"""

from __future__ import annotations

import unicodedata
from types import ModuleType

from .._optional import optional

PREFIX = "xn--"
# Decoding takes time in the square of the length.
_LONGEST = 4096
_JOINERS = "\u200c\u200d"


class InvalidDomain(Exception):
    """A domain name is not valid."""


def encode_label(label: str) -> str:
    """Write a label with the prefix and in punycode."""
    return PREFIX + label.encode("punycode").decode("ascii")


def decode_label(label: str) -> str | None:
    """Return what stands in punycode after the prefix; None when it is none, or far longer than any label."""
    if label == "-" or len(label) > _LONGEST:  # a delimiter with nothing before it
        return None
    try:
        text = label.encode("ascii").decode("punycode")
        text.encode("utf-8")  # halves of a surrogate pair are no characters
    except UnicodeError:
        return None
    return text


def valid_labels(domain: str, function: str) -> list[str]:
    """Return the labels of a domain name as Unicode, mapped to lower case and checked.

    Raises:
        InvalidDomain: A character or a label is not allowed.
    """
    if domain.isascii() and PREFIX not in domain.lower():
        return domain.lower().split(".")
    idna: ModuleType = optional(function, "idna.core", "idna")
    try:
        labels = [_unicode_label(label, idna) for label in idna.uts46_remap(domain, False).split(".")]
        if any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for label in labels for each in label):
            for label in labels:
                if label:
                    idna.check_bidi(label, True)
    except (idna.IDNAError, ValueError):
        raise InvalidDomain from None
    return labels


def _unicode_label(label: str, idna: ModuleType) -> str:
    """Return a mapped label as Unicode, checked."""
    if label.startswith(PREFIX):
        text = decode_label(label[len(PREFIX) :])
        # What could be written without punycode, or is not as the mapping would make it, is refused.
        if not text or text.isascii() or idna.uts46_remap(text, False) != text:
            raise InvalidDomain
        label = text
    elif label.isascii():
        return label
    if unicodedata.category(label[0])[0] == "M":
        raise InvalidDomain
    for place, character in enumerate(label):
        if character in _JOINERS and not idna.valid_contextj(label, place):
            raise InvalidDomain
    return label
