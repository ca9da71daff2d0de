"""The `get_secret` function."""

from dtl.functions import Context, Effect, function
from dtl.types.annotations import Null, String


@function(effect=Effect.STATE)
def get_secret(key: String, *, context: Context) -> String | Null:
    """Return one of the event's secrets.

    Args:
        key: The secret's name.

    Examples:
        Ask for a secret:
            >>> set_secret("api_key", "k-1"); get_secret("api_key")
            "k-1"

        There is no such secret:
            >>> get_secret("nothing")
            null
    """
    return context.secrets.get(key)
