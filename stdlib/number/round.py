"""The `round` function."""

from dtl.functions import function
from dtl.types.annotations import Float, Integer

from ._rounding import half_away, number_type, to_places


@function(evaluated_last=("value",), checked_last=("value",))
def round_(value: Integer | Float, precision: Integer = 0) -> Integer | Float:
    """Round a number to the nearest, halves away from zero.

    Args:
        value: The number; an integer is returned as it is.
        precision: How many decimal places are kept; tens, hundreds and so on where it is negative.

    Examples:
        A half:
            >>> round(2.5)
            3.0

        A half below zero:
            >>> round(-2.5)
            -3.0

        To two decimal places:
            >>> round(2.71828, precision: 2)
            2.72
    """
    return value if type(value) is int else to_places(value, precision, half_away)


round_.typed(number_type)
