"""The `format_number` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Float, Integer, Maybe, String
from dtl.values.text import replaced

from ._decimal import decimal_text

# A number is padded with zeros up to this many decimal places.
_MOST_PLACES = 65_536


@function(evaluated_last=("decimal_separator",), checked_last=("decimal_separator",))
def format_number(
    value: Integer | Float,
    scale: Maybe[Integer] = None,
    decimal_separator: String = ".",
    grouping_separator: Maybe[String] = None,
) -> String:
    """Write a number for people: with a fixed number of decimal places and with digits in groups of three.

    Decimal places are cut off, not rounded. As in VRL a sign counts as a digit when the groups are made, and a
    separator also stands before the first digit where the groups come out even.

    Args:
        value: The number.
        scale: How many decimal places are written; as many as there are when it is not given.
        decimal_separator: What stands before the decimal places.
        grouping_separator: What stands between the groups; there are none when it is not given.

    Raises:
        `scale` is negative or more than 65536.
        `value` is infinite.

    Examples:
        Two decimal places:
            >>> format_number(1234.5, scale: 2)
            "1234.50"

        In groups:
            >>> format_number(1234567.891, scale: 2, decimal_separator: ",", grouping_separator: ".")
            "1.234.567,89"

        A negative scale:
            >>> format_number(1.5, scale: -1)
            error: scale -1 is not between 0 and 65536

        No finite number:
            >>> format_number(to_float!("inf"))
            error: can't format an infinite number
    """
    if scale is not None and not 0 <= scale <= _MOST_PLACES:
        raise FunctionError(f"scale {scale} is not between 0 and {_MOST_PLACES}")
    text = str(value) if type(value) is int else decimal_text(value)
    whole, point, places = text.partition(".")
    if scale is not None:
        places, point = places[:scale].ljust(scale, "0"), "." if scale else ""
    if grouping_separator is not None:
        whole = _grouped(whole, replaced(grouping_separator))
    return whole + replaced(decimal_separator) + places if point else whole


def _grouped(digits: str, separator: str) -> str:
    """Put a separator before every third character, counted from the end, the very first included."""
    first = len(digits) % 3
    return digits[:first] + "".join(separator + digits[at : at + 3] for at in range(first, len(digits), 3))
