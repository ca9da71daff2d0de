"""The `abs` function."""

from dtl.functions import function
from dtl.types.annotations import Float, Integer
from dtl.values.value import wrap

from ._rounding import number_type


@function
def abs_(value: Integer | Float) -> Integer | Float:
    """Return a number without its sign.

    The least integer has no positive counterpart in 64 bits, and stays as it is.

    Args:
        value: The number.

    Examples:
        An integer:
            >>> abs(-7)
            7

        A float:
            >>> abs(-0.25)
            0.25
    """
    return wrap(abs(value)) if type(value) is int else abs(value)


abs_.typed(number_type)
