"""The `screamingsnakecase` function."""

from dtl.functions import function
from dtl.types.annotations import Maybe, String

from ._case import Style, converter

_convert = converter("_", str.upper, str.upper)


@function
def screamingsnakecase(value: String, original_case: Maybe[Style] = None) -> String:
    """Write an identifier like `THIS_ONE`.

    Words end at `_`, `-` and blanks, where upper case follows lower case, and around digits.

    Args:
        value: The identifier.
        original_case: How it is written now; only the word boundaries of that style count then.

    Examples:
        Another style:
            >>> screamingsnakecase("retry-count")
            "RETRY_COUNT"

        A known style:
            >>> screamingsnakecase("retryCount-max", original_case: "kebab-case")
            "RETRYCOUNT_MAX"
    """
    return _convert(value, original_case)
