"""The `parse_dnstap` function."""

import base64
import binascii

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Object, String
from dtl.values.text import replaced

from ._dnstap import InvalidFrame, read_frame


@function
def parse_dnstap(value: String, lowercase_hostnames: Boolean = False) -> Fallible[Object]:
    """Parse a dnstap frame: a query or a response that a name server saw.

    What cannot be read within a frame is given in base64 as `rawData`, and the reason as `error`.

    Args:
        value: The frame in base64.
        lowercase_hostnames: Whether host names are turned to lower case.

    Raises:
        `value` is not base64.
        `value` is not a dnstap frame.

    Examples:
        Read a frame without a message:
            >>> parse_dnstap!("CgNuczF4AQ==")
            { "dataType": "Message", "dataTypeId": 1, "serverId": "ns1" }

        Not base64:
            >>> parse_dnstap!("???")
            error: ??? is not a valid base64 encoded string

        Not a frame:
            >>> parse_dnstap!("CgM=")
            error: dnstap parsing failed for CgM=: failed to decode Protobuf message: buffer underflow
    """
    text = replaced(value)
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise FunctionError(f"{text} is not a valid base64 encoded string") from None
    try:
        return read_frame(data, lowercase_hostnames)
    except InvalidFrame as reason:
        raise FunctionError(f"dnstap parsing failed for {text}: {reason}") from None
