"""The `decrypt_ip` function."""

from typing import Annotated

from dtl.functions import function
from dtl.types.annotations import Fallible, Offered, String

from ._encryption import crypt_ip


@function(own_checks=("key", "mode"))
def decrypt_ip(ip: String, key: String, mode: Annotated[String, Offered(("aes128", "pfx"))]) -> Fallible[String]:
    """Decrypt an IP address that `encrypt_ip` made.

    The mode `aes128` makes an IPv6 address of every address. The mode `pfx` keeps the version, and addresses of one
    network stay in one network.

    Args:
        ip: The address.
        key: The secret: 16 bytes for `aes128`, 32 for `pfx`.
        mode: `aes128` or `pfx`.

    Raises:
        `ip` is not an IP address.
        `mode` is neither of these.
        `key` is not as long as the mode needs.
        The halves of the key are equal in the mode `pfx`.

    Examples:
        There and back:
            >>> decrypt_ip!(encrypt_ip!("192.0.2.1", "0123456789abcdef", "aes128"), "0123456789abcdef", "aes128")
            "192.0.2.1"

        Not an address:
            >>> decrypt_ip!("host", "0123456789abcdef", "aes128")
            error: unable to parse IP address: invalid IP address syntax

        An unknown mode:
            >>> decrypt_ip!("192.0.2.1", "0123456789abcdef", "rot13")
            error: Invalid mode 'rot13'. Must be 'aes128' or 'pfx'

        A short key:
            >>> decrypt_ip!("192.0.2.1", "secret", "aes128")
            error: aes128 mode requires a 16-byte key for IPv4

        Equal halves:
            >>> decrypt_ip!("192.0.2.1", "0123456789abcdef0123456789abcdef", "pfx")
            error: The two halves of the key must be different
    """
    return crypt_ip(ip, key, mode, "decrypt_ip")
