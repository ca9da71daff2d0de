"""The `sha3` function."""

import hashlib
from typing import Literal

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import to_bytes

from ._hashes import SHA3


@function
def sha3(value: String, variant: Literal["SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"] = "SHA3-512") -> String:
    """Return a SHA-3 hash of a text, in hexadecimal.

    Args:
        value: What is hashed.
        variant: The hash function; the number is its length in bits.

    Examples:
        A short variant:
            >>> sha3("hello", variant: "SHA3-224")
            "b87f88c72702fff1748e58b87e9141a42c0dbedc29a78cb0d4a5cd81"

        The length of the usual variant's hexadecimal digits:
            >>> length(sha3("hello"))
            128
    """
    return hashlib.new(SHA3[variant], to_bytes(value)).hexdigest()
