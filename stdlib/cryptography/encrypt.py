"""The `encrypt` function."""

from typing import Annotated, cast

from dtl.functions import function
from dtl.types.annotations import Fallible, Offered, String
from dtl.values.text import from_bytes, to_bytes

from ._algorithms import ALGORITHMS, Algorithm, algorithm_of
from ._checks import check_algorithm


@function(checked_last=("plaintext",), own_checks=("key", "iv"))
def encrypt(
    plaintext: String, algorithm: Annotated[String, Offered(tuple(ALGORITHMS))], key: String, iv: String
) -> Fallible[String]:
    """Encrypt a text with a secret key.

    The algorithms are `AES-n-CFB`, `AES-n-OFB`, `AES-n-CTR-LE`, `AES-n-CTR-BE` and `AES-n-CBC-p` with n = 128, 192
    or 256 and p = `PKCS7`, `ANSIX923`, `ISO7816` or `ISO10126`; `AES-128-SIV`, `AES-256-SIV`, `CHACHA20-POLY1305`,
    `XCHACHA20-POLY1305` and `XSALSA20-POLY1305`. Only the last five notice when somebody changes the result. The
    initialization vector is not kept with the result, and none should be used twice with one key.

    Args:
        plaintext: What is encrypted.
        algorithm: The algorithm, in any case.
        key: The secret; n bits for AES (twice as many for SIV), otherwise 32 bytes.
        iv: The initialization vector: 16 bytes for AES, 12 for ChaCha20, 24 for XChaCha20 and XSalsa20.

    Raises:
        `algorithm` is none of these.
        `key` is longer or shorter than the algorithm needs.
        `iv` is longer or shorter than the algorithm needs.

    Examples:
        Bytes in hexadecimal:
            >>> encode_base16(encrypt!("attack at dawn", "AES-128-CTR-BE", "0123456789abcdef", "fedcba9876543210"))
            "6a3fa210951b5f68cc18a7b7bd72"

        An unknown algorithm:
            >>> encrypt!("attack at dawn", "ROT13", key: "k", iv: "i")
            error: Invalid algorithm

        A short key:
            >>> encrypt!("attack at dawn", "AES-128-CFB", key: "secret", iv: "fedcba9876543210")
            error: Invalid key size. Expected 16 bytes. Found 6 bytes

        A short initialization vector:
            >>> encrypt!("attack at dawn", "AES-128-CFB", key: "0123456789abcdef", iv: "once")
            error: Invalid iv size. Expected 16 bytes. Found 4 bytes
    """
    chosen = cast(Algorithm, algorithm)
    secret, start = chosen.checked(key, iv)
    return from_bytes(chosen.encrypt(secret, start, to_bytes(plaintext)))


encrypt.prepare("algorithm", at_compile=False)(algorithm_of)
encrypt.check(check_algorithm)
