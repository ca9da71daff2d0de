"""The `reverse_dns` function."""

import ipaddress
import socket

from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced


@function(effect=Effect.NETWORK)
def reverse_dns(value: String) -> Fallible[String]:
    """Return the host name of an IP address, as the system's resolver knows it.

    The call waits for the answer. An address without a name gives the address itself.

    Args:
        value: The address.

    Raises:
        `value` is not an IP address.
        The resolver fails.

    Examples:
        Look up an address:
            >>> reverse_dns!("127.0.0.1")  # not run: asks the network
            "localhost"

        Not an address:
            >>> reverse_dns!("localhost")
            error: unable to parse IP address: invalid IP address syntax

        The resolver fails:
            >>> reverse_dns!("192.0.2.1")  # not run: asks the network
            error: unable to perform a lookup : [Errno -3] Temporary failure in name resolution
    """
    text = replaced(value)
    try:
        if "%" in text:
            raise ValueError
        address = ipaddress.ip_address(text)
    except ValueError:
        raise FunctionError("unable to parse IP address: invalid IP address syntax") from None
    try:
        return socket.getnameinfo((str(address), 0), socket.NI_NUMERICSERV)[0]
    except OSError as reason:
        raise FunctionError(f"unable to perform a lookup : {reason}") from None
