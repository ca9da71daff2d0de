"""The `log` function."""

from typing import Literal

from dtl.functions import Context, Effect, function
from dtl.types.annotations import AnyValue, Integer, Null


@function(effect=Effect.LOG)
def log(
    value: AnyValue,
    level: Literal["trace", "debug", "info", "warn", "error"] = "info",
    rate_limit_secs: Integer = 1,
    *,
    context: Context,
) -> Null:
    """Write a value to the log of the program's host.

    Args:
        value: What to write.
        level: How grave it is.
        rate_limit_secs: For how many seconds the host holds back further messages of this call.

    Examples:
        A text:
            >>> log("no user in this record", level: "warn")
            null

        The whole record, each time:
            >>> log(., rate_limit_secs: 0)
            null
    """
    context.log(level, value, rate_limit_secs, 0)
