"""Community ID, version 1: a hash of a network flow's ends and protocol."""

from __future__ import annotations

import base64
import hashlib
import struct

_ICMP, _TCP, _UDP, _ICMP6, _SCTP = 1, 6, 17, 58, 132

#: Protocols that have ports.
NEEDS_PORTS = frozenset({_TCP, _UDP, _SCTP})

# ICMP messages that answer each other: the type of the one stands for the port of the other.
_ANSWERS = {
    _ICMP: {0: 8, 8: 0, 9: 10, 10: 9, 13: 14, 14: 13, 15: 16, 16: 15, 17: 18, 18: 17},
    _ICMP6: {128: 129, 129: 128, 130: 131, 131: 130, 133: 134, 134: 133, 135: 136, 136: 135, 139: 140, 140: 139,
             144: 145, 145: 144},
}  # fmt: skip


def flow_hash(
    source: bytes, destination: bytes, protocol: int, source_port: int | None, destination_port: int | None, seed: int
) -> str:
    """Return the identifier of a flow, the same for both directions where they can be told to belong together."""
    # ICMP always has a type and a code; elsewhere a port alone does not count.
    with_ports = protocol in _ANSWERS or (source_port is not None and destination_port is not None)
    near, far = (source, source_port or 0), (destination, destination_port or 0)
    if not with_ports:
        near, far = (source, 0), (destination, 0)
    one_way = False
    if protocol in _ANSWERS:
        answer = _ANSWERS[protocol].get(near[1])
        one_way = answer is None
        far = (destination, far[1] if answer is None else answer)
    if not one_way and far < near:
        near, far = far, near
    data = struct.pack(">H", seed) + near[0] + far[0] + bytes([protocol, 0])
    if with_ports:
        data += struct.pack(">HH", near[1], far[1])
    return "1:" + base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")
