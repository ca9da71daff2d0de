"""The `parse_timestamp` function."""

from __future__ import annotations

from collections.abc import Callable

from dtl.functions import ABSENT, Context, FunctionError, function, require_kind
from dtl.types.annotations import Fallible, String, Timestamp
from dtl.values.debug import debug_text
from dtl.values.instant import InvalidTimestamp
from dtl.values.instant import Timestamp as Instant
from dtl.values.strptime import compile_format
from dtl.values.text import replaced
from dtl.values.value import Value, describe, kind_name
from dtl.values.zone import UnknownZone, find_zone


@function(own_checks=("value", "format", "timezone"))
def parse_timestamp(
    value: String | Timestamp,
    format: String,
    timezone: String = ABSENT,
    *,
    context: Context,
) -> Fallible[Timestamp]:
    """Read a timestamp written in a format.

    The format has strftime's directives: `%Y-%m-%d %H:%M:%S`, `%+` for RFC 3339, `%s` for Unix seconds and so on. A
    text whose format has no offset from UTC is a local time.

    Args:
        value: The text; a timestamp is returned as it is.
        format: The format.
        timezone: The zone of a local time: an IANA name, or `local`. The host's setting unless given.

    Raises:
        `value` does not fit the format, or is no date and time.
        `timezone` is not known.
        `value` is neither a string nor a timestamp.

    Examples:
        A time with its offset:
            >>> parse_timestamp!("8 May 2021 06:07:08 +0200", "%d %b %Y %T %z")
            t'2021-05-08T04:07:08Z'

        A local time:
            >>> parse_timestamp!("2021-05-08 06:07", "%F %R", timezone: "Asia/Tokyo")
            t'2021-05-07T21:07:00Z'

        Not in this format:
            >>> parse_timestamp!("8 May", "%F %T")
            error: Invalid timestamp "8 May": input contains invalid characters

        An unknown zone:
            >>> parse_timestamp!("2021-05-08 06:07", "%F %R", timezone: "Mars")
            error: unable to parse timezone: Mars

        Null:
            >>> parse_timestamp!(.moment, "%s")
            error: unable to convert null value to timestamp
    """
    text: Value = value
    if type(text) is not str:
        if isinstance(text, Instant):
            return text
        word = "map" if isinstance(text, dict) else kind_name(text)
        raise FunctionError(f"unable to convert {word} value to timestamp")
    if type(format) is not str:
        raise FunctionError(f"expected string, got {describe(format)}")
    zone = context.timezone
    if timezone is not ABSENT:
        require_kind(timezone, str)
        zone = timezone
    try:
        return compile_format(format).parse(text, find_zone(zone))
    except InvalidTimestamp as reason:
        raise FunctionError(f"Invalid timestamp {debug_text(replaced(text))}: {reason}") from None
    except UnknownZone as reason:
        raise FunctionError(str(reason)) from None


@parse_timestamp.specialize("format", "timezone")
def _(format: Value, timezone: Value) -> Callable[[Value, Context], Instant] | None:
    read = compile_format(format).quick if type(format) is str else None
    if read is None or timezone is not ABSENT:
        return None

    def parse(value: Value, context: Context) -> Instant:
        if type(value) is str:
            found = read(value) if context.timezone == "UTC" else None
            if found is not None:
                return found
        plain: Instant = parse_timestamp(value, format, context=context)
        return plain

    return parse
