"""The `camelcase` function."""

from dtl.functions import function
from dtl.types.annotations import Maybe, String

from ._case import Style, capitalized, converter

_convert = converter("", str.lower, capitalized)


@function
def camelcase(value: String, original_case: Maybe[Style] = None) -> String:
    """Write an identifier like `thisOne`.

    Words end at `_`, `-` and blanks, where upper case follows lower case, and around digits.

    Args:
        value: The identifier.
        original_case: How it is written now; only the word boundaries of that style count then.

    Examples:
        Another style:
            >>> camelcase("retry-count")
            "retryCount"

        A known style:
            >>> camelcase("retry_count-max", original_case: "snake_case")
            "retryCount-max"
    """
    return _convert(value, original_case)
