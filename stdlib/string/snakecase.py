"""The `snakecase` function."""

from typing import Any

from dtl.functions import ABSENT, Arguments, InvalidArgument, function
from dtl.types.annotations import Array, Maybe, String
from dtl.types.type import ARRAY

from ._case import NAMED_BOUNDARIES, Style, converter

_convert = converter("_", str.lower, str.lower)


@function
def snakecase(
    value: String,
    original_case: Maybe[Style] = None,
    excluded_boundaries: Maybe[Array] = None,
) -> String:
    """Write an identifier like `this_one`.

    Words end at `_`, `-` and blanks, where upper case follows lower case, and around digits.

    Args:
        value: The identifier.
        original_case: How it is written now; only the word boundaries of that style count then.
        excluded_boundaries: Boundaries that do not count, a literal array of `lower_upper` (as in `aB`),
            `upper_lower` (`Ab`), `acronym` (`ABc`, before the `B`), `lower_digit` (`a1`), `upper_digit` (`A1`),
            `digit_lower` (`1a`) and `digit_upper` (`1A`).

    Raises:
        An element of `excluded_boundaries` is no boundary.

    Examples:
        Another style:
            >>> snakecase("HTTPRetryCount")
            "http_retry_count"

        A known style:
            >>> snakecase("retryCount-max", original_case: "kebab-case")
            "retrycount_max"

        Digits kept with their word:
            >>> snakecase("sha256Sum", excluded_boundaries: ["lower_digit"])
            "sha256_sum"

        No boundary:
            >>> snakecase("retryCount", excluded_boundaries: ["vowel"])
            error: boundary must match one of: lower_upper, upper_lower, acronym, lower_digit, upper_digit, digit_lower, digit_upper
    """  # noqa: E501 (a message is one line)
    return _convert(value, original_case, excluded_boundaries or ())


@snakecase.prepare("excluded_boundaries")
def _(names: list[Any]) -> tuple[str, ...]:
    for name in names:
        if name not in NAMED_BOUNDARIES:
            text = f"boundary must match one of: {', '.join(NAMED_BOUNDARIES)}"
            raise InvalidArgument(text, code=0)
    return tuple(names)


@snakecase.check
def _(arguments: Arguments) -> None:
    if not arguments.given("excluded_boundaries") or arguments.constant("excluded_boundaries") is not ABSENT:
        return
    given = arguments.type("excluded_boundaries")
    if given.kinds == ARRAY and given.array is not None and given.array.is_closed:
        raise InvalidArgument("expected static string for excluded_boundaries", code=0)
    raise InvalidArgument("expected: array", code=400, title="unexpected expression type")
