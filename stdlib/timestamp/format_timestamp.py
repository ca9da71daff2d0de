"""The `format_timestamp` function."""

from __future__ import annotations

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Maybe, String, Timestamp
from dtl.values.strftime import InvalidFormat, compile_format
from dtl.values.text import replaced
from dtl.values.zone import UTC, UnknownZone, find_zone


@function(evaluated_last=("value", "timezone"))
def format_timestamp(value: Timestamp, format: String, timezone: Maybe[String] = None) -> Fallible[String]:
    """Write a timestamp in a format.

    The format has strftime's directives: `%Y-%m-%d %H:%M:%S`, `%+` for RFC 3339, `%s` for Unix seconds and so on.

    Args:
        value: The timestamp.
        format: The format.
        timezone: The zone in which it is shown: an IANA name, or `local` for the host's. UTC unless given.

    Raises:
        `format` has a directive that does not exist.
        `timezone` is not known.

    Examples:
        A date in words:
            >>> format_timestamp!(t'2021-05-08T04:07:08Z', "%A %e %B %Y")
            "Saturday  8 May 2021"

        In another zone:
            >>> format_timestamp!(t'2021-05-08T04:07:08Z', "%+", timezone: "Asia/Tokyo")
            "2021-05-08T13:07:08+09:00"

        An unknown directive:
            >>> format_timestamp!(t'2021-05-08T04:07:08Z', "%E")
            error: invalid format

        An unknown zone:
            >>> format_timestamp!(t'2021-05-08T04:07:08Z', "%F", timezone: "Mars")
            error: unable to parse timezone: Mars
    """
    try:
        write = compile_format(replaced(format)).format
        return write(value, UTC if timezone is None else find_zone(timezone))
    except (InvalidFormat, UnknownZone) as reason:
        raise FunctionError(str(reason)) from None
