"""The `set_semantic_meaning` function."""

from dtl.functions import Effect, function
from dtl.types.annotations import Null, Query, Static, String


@function(effect=Effect.STATE)
def set_semantic_meaning(target: Query, meaning: Static[String]) -> Null:
    """Say what a field means, so that a host can find its message or timestamp wherever it is.

    It is for hosts that read a program's meanings; running it does nothing.

    Args:
        target: The field.
        meaning: What it means.

    Examples:
        Name the field of the message:
            >>> set_semantic_meaning(.text, "message")
            null
    """
