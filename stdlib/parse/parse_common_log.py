"""The `parse_common_log` function."""

from __future__ import annotations

from typing import TypedDict

from dtl.functions import Context, FunctionError, function
from dtl.types.annotations import Fallible, Integer, Null, String, Timestamp
from dtl.values.text import replaced

from ._apache import TIME_FORMAT, read_common


class CommonLine(TypedDict):
    """The fields of a line in the Common Log Format."""

    host: String | Null
    identity: String | Null
    user: String | Null
    timestamp: Timestamp | Null
    message: String | Null
    method: String | Null
    path: String | Null
    protocol: String | Null
    status: Integer | Null
    size: Integer | Null


@function
def parse_common_log(
    value: String, timestamp_format: String = TIME_FORMAT, *, context: Context
) -> Fallible[CommonLine]:
    """Read a line of a web server in the Common Log Format.

    A field for which the line has `-` is left out.

    Args:
        value: The line.
        timestamp_format: The format of its time, as `parse_timestamp` has it; a time without an offset is in the
            host's zone.

    Raises:
        `value` is not in the format.
        Its time does not fit `timestamp_format`, or that is no format.

    Examples:
        A request:
            >>> parse_common_log!(s'10.1.2.3 - eve [08/May/2021:06:07:08 +0200] "GET /lamps?id=7 HTTP/1.1" 200 512')
            {"host": "10.1.2.3", "message": "GET /lamps?id=7 HTTP/1.1", "method": "GET", "path": "/lamps?id=7",
            "protocol": "HTTP/1.1", "size": 512, "status": 200, "timestamp": t'2021-05-08T04:07:08Z', "user": "eve"}

        Another format:
            >>> parse_common_log!("lamp is on")
            error: failed parsing common log line

        Another time:
            >>> parse_common_log!(s'- - - [8 May] - - -')
            error: failed parsing timestamp 8 May using format %d/%b/%Y:%T %z: input contains invalid characters
    """
    fields = read_common(replaced(value), timestamp_format, context.timezone)
    if fields is None:
        raise FunctionError("failed parsing common log line")
    return fields  # type: ignore[return-value]
