"""The `random_float` function."""

import math
import random

from dtl.functions import Arguments, Effect, FunctionError, Result, function
from dtl.types.annotations import Fallible, Float
from dtl.types.type import FLOAT_TYPE

from ._range import check_constant_range, check_range, may_be_empty


@function(effect=Effect.RANDOM)
def random_float(min: Float, max: Float) -> Fallible[Float]:
    """Return a random float of a range.

    The call cannot fail if both limits are constants.

    Args:
        min: The least that may come.
        max: The limit that is not reached.

    Raises:
        `max` is not greater than `min`.
        The range is wider than a float can tell.

    Examples:
        A share:
            >>> share = random_float(0.0, 1.0)
            ... share >= 0.0 && share < 1.0
            true

        An empty range:
            >>> random_float!(1.0, to_float(length([])))
            error: max must be greater than min

        An endless range:
            >>> random_float!(0.0, to_float!("inf"))
            error: the range from 0 to inf is too wide
    """
    check_range(min, max)
    if math.isinf(max - min):
        raise FunctionError(f"the range from {min:g} to {max:g} is too wide")
    found = min + (max - min) * random.random()
    # Rounding may reach the upper limit.
    return found if found < max else min


random_float.check(check_constant_range)


@random_float.typed
def _result(arguments: Arguments) -> Result:
    return Result(FLOAT_TYPE, may_be_empty(arguments))
