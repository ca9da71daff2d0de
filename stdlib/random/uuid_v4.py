"""The `uuid_v4` function."""

import uuid

from dtl.functions import Effect, function
from dtl.types.annotations import String


@function(effect=Effect.RANDOM)
def uuid_v4() -> String:
    """Return a random UUID (version 4 of RFC 9562).

    Examples:
        Its length:
            >>> strlen(uuid_v4())
            36
    """
    return str(uuid.uuid4())
