"""The `floor` function."""

from dtl.functions import function
from dtl.types.annotations import Float, Integer

from ._rounding import downward, number_type, to_places


@function(evaluated_last=("value",), checked_last=("value",))
def floor(value: Integer | Float, precision: Integer = 0) -> Integer | Float:
    """Round a number down.

    Args:
        value: The number; an integer is returned as it is.
        precision: How many decimal places are kept; tens, hundreds and so on where it is negative.

    Examples:
        To a whole number, which stays a float:
            >>> floor(2.9)
            2.0

        Below zero:
            >>> floor(-2.1)
            -3.0

        To two decimal places:
            >>> floor(2.718, precision: 2)
            2.71
    """
    return value if type(value) is int else to_places(value, precision, downward)


floor.typed(number_type)
