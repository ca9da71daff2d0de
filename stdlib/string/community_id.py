"""The `community_id` function."""

from dtl.functions import ABSENT, Arguments, FunctionError, InvalidArgument, function, require_kind
from dtl.types.annotations import Fallible, Integer, String

from ..ip._address import parse
from ._flow import NEEDS_PORTS, flow_hash

_LARGEST = {"protocol": 255, "source_port": 65535, "destination_port": 65535, "seed": 65535}


@function(own_checks=("destination_ip", "protocol", "source_port", "destination_port", "seed"))
def community_id(
    source_ip: String,
    destination_ip: String,
    protocol: Integer,
    source_port: Integer = ABSENT,
    destination_port: Integer = ABSENT,
    seed: Integer = 0,
) -> Fallible[String]:
    """Return the Community ID of a network flow, by which tools find one flow in each other's logs.

    Both directions of a flow have the same identifier (version 1 of the specification).

    Args:
        source_ip: The address the packets come from.
        destination_ip: The address they go to, of the same version.
        protocol: The protocol's number: 6 for TCP, 17 for UDP, 1 for ICMP.
        source_port: The port at the source, or the ICMP type; needed for TCP, UDP and SCTP.
        destination_port: The port at the destination, or the ICMP code; needed for TCP, UDP and SCTP.
        seed: Sets identifiers of different networks apart.

    Raises:
        `source_ip` or `destination_ip` is not an IP address.
        The addresses are of different versions.
        A port is missing for TCP, UDP or SCTP.
        `protocol` is not within 0 to 255; a port or `seed` is not within 0 to 65535.

    Examples:
        A TCP connection:
            >>> community_id!("10.1.2.3", "10.4.5.6", protocol: 6, source_port: 40000, destination_port: 443)
            "1:/bPQdrkpCZ8AdKMCEClUJpl6Rzc="

        Not an address:
            >>> community_id!(source_ip: "gateway", destination_ip: "10.4.5.6", protocol: 47)
            error: unable to parse source IP address: invalid IP address syntax

        Two versions:
            >>> community_id!(source_ip: "::1", destination_ip: "10.4.5.6", protocol: 47)
            error: src ip and dst ip should be same version!

        No ports:
            >>> community_id!(source_ip: "10.1.2.3", destination_ip: "10.4.5.6", protocol: 17)
            error: src port and dst port should be set when protocol is tcp/udp/sctp

        A port that is none:
            >>> community_id!(source_ip: "10.1.2.3", destination_ip: "10.4.5.6", protocol: 47, seed: 70000)
            error: "seed" must be between 0 and 65535
    """
    source = parse(source_ip, "source IP address")
    require_kind(destination_ip, str)
    destination = parse(destination_ip, "destination IP address")
    _check_range(protocol, "protocol", 255)
    ports: list[int | None] = []
    for port, what in ((source_port, "source port"), (destination_port, "destination port")):
        if port is not ABSENT:
            _check_range(port, what, 65535)
        ports.append(None if port is ABSENT else port)
    _check_range(seed, "seed", 65535)
    if len(source) != len(destination):
        raise FunctionError("src ip and dst ip should be same version!")
    if protocol in NEEDS_PORTS and None in ports:
        raise FunctionError("src port and dst port should be set when protocol is tcp/udp/sctp")
    return flow_hash(source, destination, protocol, ports[0], ports[1], seed)


def _check_range(value: int, what: str, largest: int) -> None:
    require_kind(value, int)
    if not 0 <= value <= largest:
        raise FunctionError(f"{what} must be between 0 and {largest}: out of range integral type conversion attempted")


@community_id.check
def _(arguments: Arguments) -> None:
    for name, largest in _LARGEST.items():
        value = arguments.constant(name)
        if isinstance(value, int) and not 0 <= value <= largest:
            raise InvalidArgument(f'"{name}" must be between 0 and {largest}', parameter=name)
