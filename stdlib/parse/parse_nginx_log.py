"""The `parse_nginx_log` function."""

from __future__ import annotations

from typing import Literal

from dtl.functions import Arguments, Context, FunctionError, function
from dtl.types.annotations import Fallible, Maybe, Object, String
from dtl.types.type import Type
from dtl.values.text import replaced

from ._nginx import READERS, TIME_FORMATS
from ._nginx_types import TYPES


@function
def parse_nginx_log(
    value: String,
    format: Literal["combined", "error", "ingress_upstreaminfo", "main"],
    timestamp_format: Maybe[String] = None,
    *,
    context: Context,
) -> Fallible[Object]:
    """Read a line of nginx's access log or error log.

    A field for which the line has `-` is left out.

    Args:
        value: The line.
        format: `combined`, `main` (combined with the forwarded address), `ingress_upstreaminfo` (of the ingress
            controller) or `error`.
        timestamp_format: The format of its time, as `parse_timestamp` has it; the format's usual one unless given.
            A time without an offset is in the host's zone.

    Raises:
        `value` is not in the format.
        Its time does not fit `timestamp_format`, or that is no format.

    Examples:
        A request:
            >>> parse_nginx_log!(
            ...     s'10.1.2.3 - eve [08/May/2021:06:07:08 +0200] "GET /lamps HTTP/1.1" 200 512 "-" "curl/8"',
            ...     format: "combined"
            ... )
            {"agent": "curl/8", "client": "10.1.2.3", "referer": "-", "request": "GET /lamps HTTP/1.1", "size": 512,
            "status": 200, "timestamp": t'2021-05-08T04:07:08Z', "user": "eve"}

        An error:
            >>> parse_nginx_log!(
            ...     "2021/05/08 06:07:08 [error] 71#72: *5 lamp is out, client: 10.1.2.3, server: attic",
            ...     format: "error"
            ... )
            {"cid": 5, "client": "10.1.2.3", "message": "lamp is out", "pid": 71, "server": "attic",
            "severity": "error", "tid": 72, "timestamp": t'2021-05-08T06:07:08Z'}

        Another format:
            >>> parse_nginx_log!("lamp is on", format: "main")
            error: failed parsing log line

        Another time:
            >>> parse_nginx_log!("8 May [warn] 1#2: lamp is out", format: "error")
            error: failed parsing timestamp 8 May using format %Y/%m/%d %H:%M:%S: input contains invalid characters
    """
    time_format = TIME_FORMATS[format] if timestamp_format is None else timestamp_format
    fields = READERS[format](replaced(value), time_format, context.timezone)
    if fields is None:
        raise FunctionError("failed parsing log line")
    return fields


@parse_nginx_log.typed
def _(arguments: Arguments) -> Type:
    return TYPES.get(arguments.constant("format"), arguments.result.type)
