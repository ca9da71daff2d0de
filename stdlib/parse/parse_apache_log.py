"""The `parse_apache_log` function."""

from __future__ import annotations

from typing import Literal, TypedDict

from dtl.functions import Arguments, Context, FunctionError, function
from dtl.types.annotations import Fallible, Null, Object, String, Timestamp, type_of
from dtl.types.type import Type
from dtl.values.text import replaced
from dtl.values.value import Value

from ._apache import TIME_FORMAT, read_combined, read_common, read_error, read_threaded_error
from .parse_common_log import CommonLine


class CombinedLine(CommonLine):
    """The fields of a line in the Combined Log Format."""

    referrer: String | Null
    agent: String | Null


class ErrorLine(TypedDict):
    """The fields of an error, as the reference declares them."""

    timestamp: Timestamp | Null
    module: String | Null
    severity: String | Null
    thread: String | Null
    port: String | Null
    message: String | Null


_TYPES = {"common": type_of(CommonLine), "combined": type_of(CombinedLine), "error": type_of(ErrorLine)}


@function
def parse_apache_log(
    value: String,
    format: Literal["common", "combined", "error"],
    timestamp_format: String = TIME_FORMAT,
    *,
    context: Context,
) -> Fallible[Object]:
    """Read a line of Apache's access log or error log.

    A field for which the line has `-` is left out.

    Args:
        value: The line.
        format: `common`, `combined` (common with the referrer and the agent) or `error`.
        timestamp_format: The format of its time, as `parse_timestamp` has it; a time without an offset is in the
            host's zone.

    Raises:
        `value` is not in the format.
        Its time does not fit `timestamp_format`, or that is no format.

    Examples:
        A request:
            >>> parse_apache_log!(
            ...     s'10.1.2.3 - - [08/May/2021:06:07:08 +0200] "GET /lamps HTTP/1.1" 200 512 "-" "curl/8"',
            ...     format: "combined"
            ... )
            {"agent": "curl/8", "host": "10.1.2.3", "message": "GET /lamps HTTP/1.1", "method": "GET",
            "path": "/lamps", "protocol": "HTTP/1.1", "referrer": "-", "size": 512, "status": 200,
            "timestamp": t'2021-05-08T04:07:08Z'}

        An error:
            >>> parse_apache_log!(
            ...     "[08/May/2021:06:07:08 +0200] [core:warn] [pid 71] [client 10.1.2.3:4242] lamp is out",
            ...     format: "error"
            ... )
            {"client": "10.1.2.3", "message": "lamp is out", "module": "core", "pid": 71, "port": 4242,
            "severity": "warn", "timestamp": t'2021-05-08T04:07:08Z'}

        Another format:
            >>> parse_apache_log!("lamp is on", format: "error")
            error: failed parsing error log line

        Another time:
            >>> parse_apache_log!("- - - [8 May] - - -", format: "common")
            error: failed parsing timestamp 8 May using format %d/%b/%Y:%T %z: input contains invalid characters
    """
    line = replaced(value)
    fields: dict[str, Value] | None
    if format == "common":
        fields = read_common(line, timestamp_format, context.timezone)
    elif format == "combined":
        fields = read_combined(line, timestamp_format, context.timezone)
    else:
        fields = read_error(line, timestamp_format, context.timezone)
        if fields is None:
            fields = read_threaded_error(line, timestamp_format, context.timezone)
    if fields is None:
        raise FunctionError(f"failed parsing {format} log line")
    return fields


@parse_apache_log.typed
def _(arguments: Arguments) -> Type:
    return _TYPES.get(arguments.constant("format"), arguments.result.type)
