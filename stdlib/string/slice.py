"""The `slice` function."""

from typing import Any

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Array, Fallible, Integer, String
from dtl.types.type import ARRAY, STRING
from dtl.values.text import from_bytes, to_bytes

# An omitted end: the end of the value.
_END = 2**63 - 1


@function(evaluated_last=("value",), checked_at_once=("start", "end"), checked_last=("value",))
def slice_(value: String | Array, start: Integer, end: Integer = _END) -> Fallible[String | Array]:
    """Return the part of a string or array between two places.

    Places count bytes or elements from 0; negative ones count from the end.

    Args:
        value: The string or array.
        start: The first byte or element of the part.
        end: The one after the last; what lies beyond the value is taken as its end.

    Raises:
        `start` lies outside the value.
        `end` lies before `start`.

    Examples:
        The middle of a text:
            >>> slice!("2024-02-29", 5, 7)
            "02"

        The end of a text:
            >>> slice!("report.csv", -3)
            "csv"

        All but the first element:
            >>> slice!([10, 20, 30], 1)
            [20, 30]

        A start beyond the end:
            >>> slice!("abc", 5)
            error: "start" must be between "-3" and "3"

        An end before the start:
            >>> slice!("abc", 2, 1)
            error: "end" must be greater or equal to "start"
    """
    if isinstance(value, list):
        first, last = _bounds(len(value), start, end)
        return value[first:last]
    if value.isascii():
        first, last = _bounds(len(value), start, end)
        return value[first:last]
    data = to_bytes(value)
    first, last = _bounds(len(data), start, end)
    return from_bytes(data[first:last])


def _bounds(length: int, start: int, end: int) -> tuple[int, int]:
    """Turn places that may be negative into places from the beginning."""
    if not -length <= start <= length:
        raise FunctionError(f'"start" must be between "{-length}" and "{length}"')
    first = start if start >= 0 else length + start
    last = min(end if end >= 0 else length + end, length)
    if last < first:
        raise FunctionError('"end" must be greater or equal to "start"')
    return first, last


@slice_.typed
def _(arguments: Arguments) -> Any:
    value = arguments.type("value")
    # The elements that are left over keep no places of their own in the type: it is the argument's.
    return Result(value if value.within(ARRAY) or value.within(STRING) else arguments.result.type, True)
