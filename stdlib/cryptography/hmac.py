"""The `hmac` function."""

import hmac as hmac_module

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Fallible, String
from dtl.types.type import STRING_TYPE
from dtl.values.text import from_bytes, replaced, to_bytes

from ._hashes import HMAC


@function
def hmac(value: String, key: String, algorithm: String = "SHA-256") -> Fallible[String]:
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
            "84ac1fe2d929bd3ae04b0a53dd82aa76fb25a28f0d65c3d04e92b98e87bc2aa8"

        Another hash function:
            >>> encode_base16(hmac("amount=10", "s3cret", algorithm: "SHA1"))
            "dcc6e34bfc84a3ea07a3ba4c9c8d8eefdb8cbfdd"

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
