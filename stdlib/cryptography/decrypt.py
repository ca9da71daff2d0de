"""The `decrypt` function."""

from typing import Annotated, cast

from dtl.functions import function
from dtl.types.annotations import Fallible, Offered, String
from dtl.values.text import from_bytes, to_bytes

from ._algorithms import ALGORITHMS, Algorithm, algorithm_of
from ._checks import check_algorithm


@function(checked_last=("ciphertext",), own_checks=("key", "iv"))
def decrypt(
    ciphertext: String, algorithm: Annotated[String, Offered(tuple(ALGORITHMS))], key: String, iv: String
) -> Fallible[String]:
    """Decrypt what `encrypt` made.

    Args:
        ciphertext: The encrypted text.
        algorithm: The algorithm that encrypted it, in any case.
        key: The secret.
        iv: The initialization vector that was used.

    Raises:
        `algorithm` is none that `encrypt` knows.
        `key` is longer or shorter than the algorithm needs.
        `iv` is longer or shorter than the algorithm needs.
        `ciphertext` does not end in the padding of the algorithm, or does not bear the right tag.

    Examples:
        There and back:
            >>> key = "0123456789abcdef0123456789ABCDEF"
            ... iv = "fedcba9876543210"
            ... secret = encrypt!("attack at dawn", "AES-128-SIV", key, iv)
            ... decrypt!(secret, "AES-128-SIV", key, iv)
            "attack at dawn"

        An unknown algorithm:
            >>> decrypt!("x", "ROT13", key: "k", iv: "i")
            error: Invalid algorithm

        A short key:
            >>> decrypt!("x", "AES-128-CFB", key: "secret", iv: "fedcba9876543210")
            error: Invalid key size. Expected 16 bytes. Found 6 bytes

        A short initialization vector:
            >>> decrypt!("x", "AES-128-CFB", key: "0123456789abcdef", iv: "once")
            error: Invalid iv size. Expected 16 bytes. Found 4 bytes

        Something that was never encrypted:
            >>> decrypt!("attack at dawn!!", "AES-128-CBC-PKCS7", key: "0123456789abcdef", iv: "fedcba9876543210")
            error: Invalid input
    """
    chosen = cast(Algorithm, algorithm)
    secret, start = chosen.checked(key, iv)
    return from_bytes(chosen.decrypt(secret, start, to_bytes(ciphertext)))


decrypt.prepare("algorithm", at_compile=False)(algorithm_of)
decrypt.check(check_algorithm)
