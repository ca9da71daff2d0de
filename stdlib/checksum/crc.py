"""The `crc` function."""

from collections.abc import Callable
from typing import Annotated

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Fallible, Offered, String
from dtl.types.type import STRING_TYPE
from dtl.values.text import replaced, to_bytes

from ._catalogue import NAMES, checksum


@function(checked_last=("value",))
def crc(value: String, algorithm: Annotated[String, Offered(tuple(NAMES))] = "CRC_32_ISO_HDLC") -> Fallible[String]:
    """Return a cyclic redundancy check of a text, as the text of an integer.

    Args:
        value: What is checked.
        algorithm: Its name in the catalogue of parametrised CRC algorithms, such as `CRC_16_MODBUS`, in any case.

    Raises:
        `algorithm` is not in the catalogue.

    Examples:
        The check of gzip and Ethernet:
            >>> crc("123456789")
            "3421780262"

        Another:
            >>> crc("123456789", algorithm: "CRC_16_MODBUS")
            "19255"

        An unknown one:
            >>> crc!("123456789", algorithm: "CRC_1")
            error: Invalid CRC algorithm: CRC_1
    """
    return str(algorithm(to_bytes(value)))  # type: ignore[operator]


@crc.prepare("algorithm", at_compile=False)
def _(name: str) -> Callable[[bytes], int]:
    known = replaced(name).upper()
    if known not in NAMES:
        raise FunctionError(f"Invalid CRC algorithm: {known}")
    return checksum(known)


@crc.typed
def _(arguments: Arguments) -> Result:
    name = arguments.constant("algorithm") if arguments.given("algorithm") else "CRC_32_ISO_HDLC"
    return Result(STRING_TYPE, not (isinstance(name, str) and name.upper() in NAMES))
