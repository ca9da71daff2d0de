"""The `is_regex` function."""

from dtl.functions import function
from dtl.types.annotations import AnyValue, Boolean
from dtl.values.regex import Regex as Pattern


@function
def is_regex(value: AnyValue) -> Boolean:
    """Tell whether a value is a regular expression.

    Args:
        value: The value to look at.

    Examples:
        It is:
            >>> is_regex(r'a+')
            true

        It is not:
            >>> is_regex("a+")
            false
    """
    return type(value) is Pattern
