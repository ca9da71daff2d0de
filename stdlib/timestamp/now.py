"""The `now` function."""

from __future__ import annotations

from dtl.functions import Context, Effect, function
from dtl.types.annotations import Timestamp


@function(effect=Effect.TIME)
def now(*, context: Context) -> Timestamp:
    """Return the present time, in nanoseconds as exactly as the host's clock gives it.

    Examples:
        The present:
            >>> now()  # not run: the clock goes on
            t'2021-05-08T04:07:08.123456789Z' # not run: the clock goes on
    """
    return context.now()
