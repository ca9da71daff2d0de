"""The `parse_float` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Float, String
from dtl.values import number
from dtl.values.debug import debug_text
from dtl.values.text import replaced


@function
def parse_float(value: String) -> Fallible[Float]:
    """Read a float from a text.

    The text holds nothing but the number: an optional sign, digits with or without a point, an optional exponent;
    or `inf` or `infinity` in any case.

    Args:
        value: The number as text.

    Raises:
        `value` is empty or is not the text of a number.
        `value` is `nan`.

    Examples:
        A number:
            >>> parse_float!("-12.75")
            -12.75

        With an exponent:
            >>> parse_float!("3e2")
            300.0

        Not a number's text:
            >>> parse_float!("12 km")
            error: Invalid floating point number "12 km": invalid float literal

        Not a number:
            >>> parse_float!("nan")
            error: NaN number not supported "nan"
    """
    text = replaced(value)
    try:
        found = number.parse_float(text)
    except number.InvalidNumber as problem:
        raise FunctionError(f"Invalid floating point number {debug_text(text)}: {problem}") from None
    if found != found:
        raise FunctionError(f"NaN number not supported {debug_text(text)}")
    return found
