"""The `to_regex` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Regex, String
from dtl.values.regex import InvalidRegex
from dtl.values.regex import Regex as Pattern
from dtl.values.text import replaced


@function
def to_regex(value: String) -> Fallible[Regex]:
    """Compile a string into a regular expression.

    A literal such as `r'a+'` is compiled once, before the program runs. This function is for patterns that come with
    the data.

    Args:
        value: The pattern, in the syntax of Rust's regex crate.

    Raises:
        `value` is not a valid pattern.

    Examples:
        A pattern made from text:
            >>> match("room 12", to_regex!("[0-9]+$"))
            true

        An invalid pattern:
            >>> to_regex!("(a")
            error: could not create regex: regex parse error:
                (a
                ^
            error: unclosed group
    """
    try:
        return Pattern(replaced(value))
    except InvalidRegex as reason:
        raise FunctionError(f"could not create regex: {reason}") from None
