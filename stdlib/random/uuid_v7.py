"""The `uuid_v7` function."""

import os
import uuid

from dtl.functions import Context, Effect, FunctionError, function
from dtl.types.annotations import Maybe, String, Timestamp
from dtl.values.value import I64_MAX, I64_MIN

_LATEST = 2**48 - 1


@function(effect=Effect.RANDOM)
def uuid_v7(timestamp: Maybe[Timestamp] = None, *, context: Context) -> String:
    """Return a UUID that begins with a time, so that later ones sort after earlier ones (version 7 of RFC 9562).

    As in VRL the time is not exact: it runs ahead by up to 4.3 seconds, in cycles of that length.

    Args:
        timestamp: The time; the present if it is not given.

    Raises:
        `timestamp` is before 1677 or after 2262.

    Examples:
        Its length:
            >>> strlen(uuid_v7())
            36

        With a time of one's own:
            >>> starts_with(uuid_v7(t'2024-05-01T00:00:00Z'), "018f3")
            true

        Too far away:
            >>> uuid_v7(t'3000-01-01T00:00:00Z')
            error: can't convert out of range timestamp
    """
    moment = context.now() if timestamp is None else timestamp
    nanos = moment.total_nanos
    if not I64_MIN <= nanos <= I64_MAX:
        raise FunctionError("can't convert out of range timestamp")
    # VRL takes the low 32 bits of all nanoseconds since 1970 for those within the second.
    millis = _LATEST if moment.seconds < 0 else moment.seconds * 1_000 + nanos % 2**32 // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    number = (millis & _LATEST) << 80 | 7 << 76 | (noise >> 62 & 0xFFF) << 64 | 2 << 62 | noise & (2**62 - 1)
    return str(uuid.UUID(int=number))
