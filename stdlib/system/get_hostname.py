"""The `get_hostname` function."""

import socket

from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, String


@function(effect=Effect.ENVIRONMENT)
def get_hostname() -> Fallible[String]:
    """Return the name of the machine.

    Raises:
        The operating system does not tell.

    Examples:
        Ask for the name:
            >>> get_hostname!()  # not run: depends on the machine
            "web-1"

        The operating system does not tell:
            >>> get_hostname!()  # not run: depends on the machine
            error: failed to get hostname: [Errno 36] File name too long
    """
    try:
        return socket.gethostname()
    except OSError as reason:
        raise FunctionError(f"failed to get hostname: {reason}") from None
