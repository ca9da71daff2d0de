"""The `ceil` function."""

from dtl.functions import function
from dtl.types.annotations import Float, Integer

from ._rounding import number_type, to_places, upward


@function(evaluated_last=("value",), checked_last=("value",))
def ceil(value: Integer | Float, precision: Integer = 0) -> Integer | Float:
    """Round a number up.

    Args:
        value: The number; an integer is returned as it is.
        precision: How many decimal places are kept; tens, hundreds and so on where it is negative.

    Examples:
        To a whole number, which stays a float:
            >>> ceil(2.1)
            3.0

        To one decimal place:
            >>> ceil(2.13, precision: 1)
            2.2

        To tens:
            >>> ceil(121.0, precision: -1)
            130.0
    """
    return value if type(value) is int else to_places(value, precision, upward)


ceil.typed(number_type)
