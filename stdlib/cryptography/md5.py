"""The `md5` function."""

import hashlib

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import to_bytes


@function
def md5(value: String) -> String:
    """Return the MD5 hash of a text, in hexadecimal.

    MD5 is broken: it tells equal texts, but does not keep anybody from making two texts with one hash.

    Args:
        value: What is hashed.

    Examples:
        A word:
            >>> md5("hello")
            "5d41402abc4b2a76b9719d911017c592"
    """
    return hashlib.md5(to_bytes(value), usedforsecurity=False).hexdigest()
