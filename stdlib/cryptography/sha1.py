"""The `sha1` function."""

import hashlib

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import to_bytes


@function
def sha1(value: String) -> String:
    """Return the SHA-1 hash of a text, in hexadecimal.

    SHA-1 is broken: it tells equal texts, but does not keep anybody from making two texts with one hash.

    Args:
        value: What is hashed.

    Examples:
        A word:
            >>> sha1("hello")
            "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"
    """
    return hashlib.sha1(to_bytes(value), usedforsecurity=False).hexdigest()
