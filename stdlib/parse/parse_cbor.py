"""The `parse_cbor` function."""

from __future__ import annotations

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Json, String
from dtl.values.text import to_bytes
from dtl.values.value import Value

from ._cbor import InvalidCbor, read_cbor


@function
def parse_cbor(value: String) -> Fallible[Json]:
    """Read a value from CBOR, the binary form of JSON.

    Integers above 64 bits become floats. Bytes after the value do not matter.

    Args:
        value: The bytes.

    Raises:
        `value` is not CBOR.
        `value` holds what JSON cannot, such as byte strings, tagged values and keys that are not strings.

    Examples:
        An object:
            >>> parse_cbor!(decode_base64!("omRsYW1wY3JlZGJvbvU="))
            {"lamp": "red", "on": true}

        Cut off:
            >>> parse_cbor!(decode_base64!("omRsYW1w"))
            error: unable to parse cbor: Io(EndOfFile(()))

        A byte string:
            >>> parse_cbor!(decode_base64!("QQA="))
            error: unable to parse cbor: Semantic(None, "invalid type: byte array, expected any valid JSON value")
    """
    try:
        found: Value = read_cbor(to_bytes(value))
    except InvalidCbor as reason:
        raise FunctionError(f"unable to parse cbor: {reason}") from None
    return found
