"""The `hmac` function."""

import hmac as hmac_module
from typing import Annotated

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Fallible, Offered, String
from dtl.types.type import STRING_TYPE
from dtl.values.text import from_bytes, replaced, to_bytes

from ._hashes import HMAC


@function
def hmac(
    value: String, key: String, algorithm: Annotated[String, Offered(tuple(HMAC))] = "SHA-256"
) -> Fallible[String]:
    """Return the keyed hash (HMAC) of a text, as bytes.

    Args:
        value: What is signed.
        key: The secret.
        algorithm: The hash function: `SHA1`, `SHA-224`, `SHA-256`, `SHA-384` or `SHA-512`, in any case.

    Raises:
        `algorithm` is none of these.

    Examples:
        A signature in hexadecimal:
            >>> encode_base16(hmac("amount=10", "s3cret"))
            "ec37ec10a337a18b5aed6c425a8d7f57a7ab46a53a8c412e550299a51a88083d"

        Another hash function:
            >>> encode_base16(hmac("amount=10", "s3cret", algorithm: "SHA1"))
            "36b92748c2c8b4949866341b954fd86f62617df6"

        An unknown one:
            >>> hmac!("amount=10", "s3cret", algorithm: "CRC")
            error: Invalid algorithm: CRC
    """
    return from_bytes(hmac_module.digest(to_bytes(key), to_bytes(value), algorithm))


@hmac.prepare("algorithm", at_compile=False)
def _(name: str) -> str:
    found = HMAC.get(name.upper())
    if found is None:
        raise FunctionError(f"Invalid algorithm: {replaced(name).upper()}")
    return found


@hmac.typed
def _(arguments: Arguments) -> Result:
    name = arguments.constant("algorithm") if arguments.given("algorithm") else "SHA-256"
    return Result(STRING_TYPE, not (isinstance(name, str) and name.upper() in HMAC))
