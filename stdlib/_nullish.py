"""What counts as no value: shared by `is_nullish` and `compact`."""

from typing import Any

from dtl.pattern import pattern

# Unicode's White_Space property; Python's `isspace` counts four control characters more.
_BLANK = pattern(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*")


def nullish(value: Any) -> bool:
    """Tell whether a value is null, a string of white space or nothing, or a dash."""
    if type(value) is str:
        return value == "-" or _BLANK.fullmatch(value) is not None
    return value is None
