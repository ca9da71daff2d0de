"""An order of all values: null, booleans, numbers, strings, timestamps, regular expressions, arrays, objects."""

from typing import Any

from dtl.values.regex import Regex
from dtl.values.text import byte_order
from dtl.values.timestamp import Timestamp
from dtl.values.value import display

_RANKS: dict[type, int] = {
    type(None): 0, bool: 1, int: 2, float: 2, str: 3, Timestamp: 4, Regex: 5, list: 6, dict: 7,
}  # fmt: skip


def order(value: Any) -> tuple[int, Any]:
    """Return a sort key: numbers by size, strings by their bytes, arrays and objects by the text they are shown as."""
    rank = _RANKS[type(value)]
    if rank == 3:
        return rank, byte_order(value)
    if rank == 5:
        return rank, byte_order(value.pattern)
    if rank >= 6:
        return rank, byte_order(display(value))
    return rank, value or 0 if rank < 3 else value
