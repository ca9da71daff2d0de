"""The `set_secret` function."""

from dtl.functions import Context, Effect, function
from dtl.types.annotations import Null, String


@function(effect=Effect.STATE)
def set_secret(key: String, secret: String, *, context: Context) -> Null:
    """Keep a secret with the event.

    Secrets go where the event goes, but are no part of the record.

    Args:
        key: The secret's name.
        secret: The secret.

    Examples:
        Keep a secret:
            >>> set_secret("api_key", "k-1")
            null
    """
    context.secrets[key] = secret
