"""The `sha2` function."""

import hashlib
from typing import Literal

from dtl.functions import function
from dtl.types.annotations import String
from dtl.values.text import to_bytes

from ._hashes import SHA2


@function
def sha2(
    value: String,
    variant: Literal["SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA-512/224", "SHA-512/256"] = "SHA-512/256",
) -> String:
    """Return a SHA-2 hash of a text, in hexadecimal.

    Args:
        value: What is hashed.
        variant: The hash function; the number is its length in bits.

    Examples:
        The usual variant:
            >>> sha2("hello")
            "e30d87cfa2a75db545eac4d61baf970366a8357c7f72fa95b52d0accb698f13a"

        Another:
            >>> sha2("hello", variant: "SHA-256")
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    """
    return hashlib.new(SHA2[variant], to_bytes(value)).hexdigest()
