"""The `random_bool` function."""

import random

from dtl.functions import Effect, function
from dtl.types.annotations import Boolean


@function(effect=Effect.RANDOM)
def random_bool() -> Boolean:
    """Return true or false by chance.

    Examples:
        One or the other:
            >>> is_boolean(random_bool())
            true
    """
    return random.getrandbits(1) == 1
