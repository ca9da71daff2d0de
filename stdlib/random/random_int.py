"""The `random_int` function."""

import random

from dtl.functions import Arguments, Effect, Result, function
from dtl.types.annotations import Fallible, Integer
from dtl.types.type import INTEGER_TYPE

from ._range import check_constant_range, check_range, may_be_empty


@function(effect=Effect.RANDOM)
def random_int(min: Integer, max: Integer) -> Fallible[Integer]:
    """Return a random integer of a range.

    The call cannot fail if both limits are constants.

    Args:
        min: The least that may come.
        max: The first that may not come any more.

    Raises:
        `max` is not greater than `min`.

    Examples:
        Heads or tails:
            >>> side = random_int(0, 2)
            ... side == 0 || side == 1
            true

        An empty range:
            >>> random_int!(1, length([]))
            error: max must be greater than min
    """
    check_range(min, max)
    return random.randrange(min, max)


random_int.check(check_constant_range)


@random_int.typed
def _result(arguments: Arguments) -> Result:
    return Result(INTEGER_TYPE, may_be_empty(arguments))
