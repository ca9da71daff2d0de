"""The `tally` function."""

from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Array, Fallible, Integer
from dtl.values.debug import debug_value
from dtl.values.text import replaced


@function
def tally(value: Array) -> Fallible[dict[str, Integer]]:
    """Count how often each string occurs in an array.

    Args:
        value: The array of strings.

    Raises:
        An element is not a string.

    Examples:
        Methods of requests:
            >>> tally!(["GET", "POST", "GET"])
            { "GET": 2, "POST": 1 }

        A number among them:
            >>> tally!(["GET", 1])
            error: all values must be strings, found: Integer(1)
    """
    counts: dict[Any, int] = {}
    for element in value:
        if type(element) is not str:
            raise FunctionError(f"all values must be strings, found: {debug_value(element)}")
        name = replaced(element)
        counts[name] = counts.get(name, 0) + 1
    return counts
