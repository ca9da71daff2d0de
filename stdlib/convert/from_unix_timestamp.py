"""The `from_unix_timestamp` function."""

from typing import Literal

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, Timestamp
from dtl.values.calendar import MAX_YEAR, MIN_YEAR, days_from_civil
from dtl.values.timestamp import NANOS
from dtl.values.timestamp import Timestamp as Instant
from dtl.values.value import describe

from ._unix import NANOS_PER_UNIT

_FIRST = days_from_civil(MIN_YEAR, 1, 1) * 86_400
_LAST = days_from_civil(MAX_YEAR + 1, 1, 1) * 86_400 - 1


@function(own_checks=("value",))
def from_unix_timestamp(
    value: Integer,
    unit: Literal["seconds", "milliseconds", "nanoseconds", "microseconds"] = "seconds",
) -> Fallible[Timestamp]:
    """Turn a number of seconds since 1970, or of a smaller unit, into a timestamp.

    Args:
        value: The number; negative before 1970.
        unit: The unit that it counts.

    Raises:
        `value` is beyond the years that a timestamp can have.

    Examples:
        Seconds:
            >>> from_unix_timestamp!(1714521600)
            t'2024-05-01T00:00:00Z'

        Milliseconds:
            >>> from_unix_timestamp!(1714521600250, unit: "milliseconds")
            t'2024-05-01T00:00:00.250Z'

        Milliseconds taken for seconds, twice over:
            >>> from_unix_timestamp!(1714521600250000)
            error: unable to coerce 1714521600250000 into timestamp
    """
    if type(value) is not int:
        raise FunctionError(f"unable to coerce {describe(value)} into timestamp")
    seconds, nanos = divmod(value * NANOS_PER_UNIT[unit], NANOS)
    if not _FIRST <= seconds <= _LAST:
        raise FunctionError(f"unable to coerce {value} into timestamp")
    return Instant(seconds, nanos)
