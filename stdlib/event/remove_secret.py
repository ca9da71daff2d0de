"""The `remove_secret` function."""

from dtl.functions import Context, Effect, function
from dtl.types.annotations import Null, String


@function(effect=Effect.STATE)
def remove_secret(key: String, *, context: Context) -> Null:
    """Forget one of the event's secrets, if it is there.

    Args:
        key: The secret's name.

    Examples:
        Forget a secret:
            >>> set_secret("api_key", "k-1"); remove_secret("api_key"); get_secret("api_key")
            null
    """
    context.secrets.pop(key, None)
