"""The `to_unix_timestamp` function."""

from typing import Literal

from dtl.functions import FunctionError, function
from dtl.types.annotations import Integer, Timestamp
from dtl.values.value import I64_MAX, I64_MIN

from ._unix import NANOS_PER_UNIT


@function
def to_unix_timestamp(
    value: Timestamp,
    unit: Literal["seconds", "milliseconds", "nanoseconds", "microseconds"] = "seconds",
) -> Integer:
    """Turn a timestamp into the number of seconds since 1970, or of a smaller unit.

    What is left over is cut off towards the past.

    Args:
        value: The timestamp.
        unit: The unit to count.

    Raises:
        The unit is nanoseconds, and their number does not fit 64 bits: before 1677 or after 2262.

    Examples:
        Seconds:
            >>> to_unix_timestamp(t'2024-05-01T00:00:00.9Z')
            1714521600

        Milliseconds:
            >>> to_unix_timestamp(t'2024-05-01T00:00:00.9Z', unit: "milliseconds")
            1714521600900

        Too far away:
            >>> to_unix_timestamp(t'3000-01-01T00:00:00Z', unit: "nanoseconds")
            error: can't convert out of range timestamp
    """
    if unit == "seconds":
        return value.seconds
    number = value.total_nanos // NANOS_PER_UNIT[unit]
    if not I64_MIN <= number <= I64_MAX:
        raise FunctionError("can't convert out of range timestamp")
    return number
