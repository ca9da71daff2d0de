"""The `match_any` function."""

from typing import Any

from dtl.functions import InvalidArgument, function
from dtl.types.annotations import Array, Boolean, StaticItems, String
from dtl.values.regex import Regex
from dtl.values.value import describe


@function
def match_any(value: String, patterns: StaticItems[Array]) -> Boolean:
    """Tell whether one of several patterns matches anywhere in a text.

    Args:
        value: The text.
        patterns: The regular expressions, all of them constants.

    Raises:
        An element of `patterns` is not a regular expression.

    Examples:
        One of two:
            >>> match_any("GET /health", [r'/health', r'/ready'])
            true

        None of two:
            >>> match_any("GET /", [r'/health', r'/ready'])
            false

        Not a regular expression:
            >>> match_any("GET /health", ["/health"])
            error: expected regex, got string
    """
    return any(pattern.is_match(value) for pattern in patterns)


@match_any.prepare("patterns")
def _(patterns: list[Any]) -> tuple[Regex, ...]:
    for pattern in patterns:
        if not isinstance(pattern, Regex):
            raise InvalidArgument(f"expected regex, got {describe(pattern)}", code=300)
    return tuple(patterns)
