"""The `kebabcase` function."""

from dtl.functions import function
from dtl.types.annotations import Maybe, String

from ._case import Style, converter

_convert = converter("-", str.lower, str.lower)


@function
def kebabcase(value: String, original_case: Maybe[Style] = None) -> String:
    """Write an identifier like `this-one`.

    Words end at `_`, `-` and blanks, where upper case follows lower case, and around digits.

    Args:
        value: The identifier.
        original_case: How it is written now; only the word boundaries of that style count then.

    Examples:
        Another style:
            >>> kebabcase("RetryCount")
            "retry-count"

        A known style:
            >>> kebabcase("retryCount_max", original_case: "snake_case")
            "retrycount-max"
    """
    return _convert(value, original_case)
