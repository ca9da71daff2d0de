"""The `pascalcase` function."""

from dtl.functions import function
from dtl.types.annotations import Maybe, String

from ._case import Style, capitalized, converter

_convert = converter("", capitalized, capitalized)


@function
def pascalcase(value: String, original_case: Maybe[Style] = None) -> String:
    """Write an identifier like `ThisOne`.

    Words end at `_`, `-` and blanks, where upper case follows lower case, and around digits.

    Args:
        value: The identifier.
        original_case: How it is written now; only the word boundaries of that style count then.

    Examples:
        Another style:
            >>> pascalcase("retry-count")
            "RetryCount"

        A known style:
            >>> pascalcase("retry_count-max", original_case: "snake_case")
            "RetryCount-max"
    """
    return _convert(value, original_case)
