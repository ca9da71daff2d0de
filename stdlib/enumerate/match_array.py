"""The `match_array` function."""

from dtl.functions import function
from dtl.types.annotations import Array, Boolean, Regex


@function(checked_last=("value", "all"))
def match_array(value: Array, pattern: Regex, all: Boolean = False) -> Boolean:
    """Tell whether a regular expression matches an element of an array.

    An element that is not a string does not match.

    Args:
        value: The array.
        pattern: The regular expression.
        all: Whether every element must match; an empty array then passes.

    Examples:
        One of them:
            >>> match_array(["alpha", "beta"], r'^b')
            true

        All of them:
            >>> match_array(["alpha", "beta"], r'^b', all: true)
            false
    """
    matches = (type(element) is str and pattern.is_match(element) for element in value)
    if all:
        return False not in matches
    return True in matches
