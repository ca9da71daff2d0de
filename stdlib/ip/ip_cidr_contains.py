"""The `ip_cidr_contains` function."""

from typing import Any

from dtl.functions import ABSENT, Arguments, FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Boolean, Fallible, String
from dtl.values.value import describe

from ._address import parse
from ._network import Network, read_network


@function(evaluated_last=("cidr",), own_checks=("cidr",))
def ip_cidr_contains(cidr: String | Array, value: String) -> Fallible[Boolean]:
    """Tell whether an IP address lies in a network, or in one of several.

    Args:
        cidr: The network as its first address and the length of the network part, or an array of such.
        value: The address; it lies in no network of the other version.

    Raises:
        `cidr` is not a network.
        `value` is not an IP address.

    Examples:
        In a network:
            >>> ip_cidr_contains!("10.0.0.0/8", "10.20.30.40")
            true

        In none of two:
            >>> ip_cidr_contains!(["10.0.0.0/8", "fc00::/7"], "192.0.2.1")
            false

        Not a network:
            >>> ip_cidr_contains!("10.0.0.1/8", "10.20.30.40")
            error: "cidr" must be valid cidr

        Not an address:
            >>> ip_cidr_contains!("10.0.0.0/8", "host")
            error: unable to parse IP address: invalid IP address syntax
    """
    address = parse(value)
    for network in cidr:
        if isinstance(network, FunctionError):
            raise FunctionError(network.message)
        if network.contains(address):  # type: ignore[union-attr]
            return True
    return False


@ip_cidr_contains.prepare("cidr", at_compile=False)
def _(cidr: Any) -> list[Network | FunctionError]:
    if not isinstance(cidr, (str, list)):
        return [FunctionError(f"expected string or array, got {describe(cidr)}")]
    return [read_network(item) for item in (cidr if isinstance(cidr, list) else [cidr])]


@ip_cidr_contains.check
def _(arguments: Arguments) -> None:
    cidr = arguments.constant("cidr")
    if cidr is ABSENT:
        return
    for item in cidr if isinstance(cidr, list) else [cidr]:
        if isinstance(read_network(item), FunctionError):
            what = "valid cidr" if isinstance(item, str) else "string"
            # The report names the function where others name the parameter, and shows the element.
            raise InvalidArgument(f'"cidr" must be {what}', parameter="ip_cidr_contains", received=item)
